# The ways in. `make help` lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run build test bench screenshots

# Looks for what the build needs, installs what is missing and says so; prints the variables that cargo must see.
SETUP := bash .ci/setup
WITH := env="$$($(SETUP))" && eval "$$env" &&
# One profile for everything, so that the C++ store is built once.
PROFILE := --release

help: ## list the commands
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build flg, make the graph from the reports in data/reports, and serve it at http://127.0.0.1:7878/
	@$(WITH) cargo run $(PROFILE) --quiet -- build
	@$(WITH) cargo run $(PROFILE) --quiet -- serve

build: ## build flg
	@$(WITH) cargo build $(PROFILE) --locked

test: ## check formatting, lints, documentation, dependencies, and run all tests
	@$(SETUP) test > /dev/null
	@echo '== formatting' && cargo fmt --check
	@echo '== lints' && $(WITH) cargo clippy $(PROFILE) --locked --all-targets -- -D warnings
	@echo '== documentation' && $(WITH) RUSTDOCFLAGS='-D warnings' cargo doc $(PROFILE) --locked --no-deps
	@echo '== dependencies' && bash .ci/dependencies
	@echo '== tests' && $(WITH) cargo test $(PROFILE) --locked

bench: ## time conversion on one core, of texts and PDF files apart, each published question, the reading of questions, and search
	@$(WITH) cargo bench --profile release --locked --bench convert --bench ask --bench search

screenshots: build ## take the pictures of the documentation anew
	@$(SETUP) test > /dev/null
	@$(WITH) bash .ci/screenshots
