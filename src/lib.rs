//! `flg`: a knowledge graph of the institutions and programmes that fight forced labour, made from reports.
//!
//! Data flows one way; each stage is a plain function from one noun of [`model`] to the next:
//!
//! ```text
//! file ─read▶ Document ─form▶ Report ─extract▶ Claims ─link▶ Linked ─graph▶ quads ─check▶ store ─▶ serve, query
//! ```
//!
//! [`knowledge`] holds what differs from one kind of report, language or country to the next: it is data, not code.
//! An entry of the list below imports only entries above it, and the stages never import each other.

pub mod ask;
pub mod backup;
pub mod check;
pub mod cli;
pub mod config;
pub mod convert;
pub mod describe;
pub mod diff;
pub mod extract;
pub mod facts;
pub mod form;
pub mod graph;
pub mod knowledge;
pub mod link;
pub mod model;
pub mod names;
pub mod publish;
pub mod queries;
pub mod read;
pub mod release;
pub mod review;
pub mod search;
pub mod serve;
pub mod store;
