//! The nouns that the stages exchange: document, report, answer, mention, claim, diagnostic, and their names.

pub mod claim;
pub mod diagnostic;
pub mod document;
pub mod id;
mod kinds;
pub mod lang;
pub mod layout;
pub mod moment;
pub mod passage;
pub mod report;
pub mod statements;
pub mod terms;
pub mod vocab;
