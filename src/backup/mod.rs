//! Backups: one file that holds a whole store, which people and other programs can read, and which proves that it is whole.
//!
//! It is N-Quads, sorted and packed with gzip. Lines that N-Quads take for comments carry the rest:
//!
//! ```text
//! # flg backup 1 {"program":"0.1.0+…","made":"2026-11-29T16:00:00Z"}
//! # graph <https://example.org/graph>
//! <https://example.org/a> <https://example.org/b> "c" <https://example.org/graph> .
//! # end {"graphs":1,"quads":1,"revision":"…","sha256":"…"}
//! ```
//!
//! The first line says what it is. Each graph is named, so that empty ones are not lost. The last line counts graphs and quads; its
//! `sha256` is that of all lines before it, and its `revision` is made from graphs and quads alone, so that the same content has the
//! same one.

mod error;
mod read;
pub(crate) mod sort;
mod write;

pub use error::BackupError;
pub use read::{Source, check, restore};
pub use write::write;

use crate::knowledge::files;
use serde::{Deserialize, Serialize};

/// The media type of a backup.
pub const MEDIA_TYPE: &str = "application/gzip";
/// How the names of backups end.
pub const EXTENSION: &str = "nq.gz";

/// How the first line begins, before the number of the format.
const HEAD: &str = "# flg backup ";
/// The format that is written, and read.
const FORMAT: &str = "1";
/// How the line of a graph begins.
const GRAPH: &str = "# graph ";
/// How the last line begins.
const END: &str = "# end ";
/// Progress is told each time that so many quads are done.
const STEP: u64 = 10_000;

/// What a backup says of itself at its beginning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of the program that made it, with that of its knowledge.
    pub program: String,
    /// When it was made, as `xsd:dateTime`.
    pub made: String,
}

impl Head {
    /// The head of a backup that this program makes.
    pub fn new(made: String) -> Self {
        Self { program: files::version().to_owned(), made }
    }
    /// The name of the file in a folder of backups: `flg-2026-11-29T160000Z.nq.gz`.
    pub fn file_name(&self) -> String {
        let second = self.made.split(['.', 'Z']).next().unwrap_or_default();
        format!("flg-{}Z.{EXTENSION}", second.replace(':', ""))
    }
}

/// What a backup says of itself at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// How many graphs there are, empty ones too.
    pub graphs: u64,
    /// How many quads there are.
    pub quads: u64,
    /// The same for the same content.
    pub revision: String,
    /// The SHA-256 digest of all lines before the last.
    pub sha256: String,
}

/// What a backup is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Its beginning.
    #[serde(flatten)]
    pub head: Head,
    /// Its end.
    #[serde(flatten)]
    pub end: End,
}
