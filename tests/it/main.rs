//! The integration tests, in one binary so that the store is linked once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod architecture;
mod ask;
mod authority;
mod backup;
mod bad_input;
mod baseline;
mod canonical;
mod check;
mod cli;
mod clients;
mod conformance;
mod contract;
mod deploy;
mod diff;
mod evidence;
mod findings;
mod form;
mod formats;
mod hostile;
mod identity;
mod knowledge;
mod languages;
mod limits;
mod mexico;
mod mutated;
mod names;
mod ontology;
mod operate;
mod overview;
mod pages;
mod passages;
mod pdf;
mod queries;
mod repeatable;
mod review;
mod sample;
mod score;
mod serve;
mod service;
mod shacl_w3c;
mod shared;
mod store;
mod traps;
mod writing;
