//! The integration tests, in one binary so that the store is linked once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod authority;
mod check;
mod mexico;
mod ontology;
mod pdf;
mod serve;
mod shacl_w3c;
mod shared;
mod store;
