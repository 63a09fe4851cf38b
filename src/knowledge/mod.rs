//! What `flg` knows before it reads a report: forms, words and names, all of them data files.
//!
//! The files are part of the binary, so that it works anywhere; each is checked when it is loaded.

pub mod authority;
pub mod bearers;
pub mod classes;
pub mod files;
pub mod folded;
pub mod form;
pub mod head;
pub mod lexicon;
pub mod meaning;
pub mod numbers;
pub mod places;
pub mod plural;
pub mod relation;
pub mod reports;
pub mod rows;
pub mod table;
pub mod telling;
pub mod titles;
pub mod turtle;
pub mod wording;
pub mod words;
