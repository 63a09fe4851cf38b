//! The integration tests, in one binary so that the store is linked once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ontology;
mod shacl_w3c;
mod shared;
mod store;
