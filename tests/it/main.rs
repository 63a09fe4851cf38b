//! The integration tests, in one binary so that the store is linked once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod architecture;
mod authority;
mod bad_input;
mod check;
mod cli;
mod evidence;
mod form;
mod languages;
mod mexico;
mod mutated;
mod ontology;
mod pages;
mod passages;
mod queries;
mod repeatable;
mod sample;
mod score;
mod serve;
mod shacl_w3c;
mod shared;
mod store;
mod traps;
