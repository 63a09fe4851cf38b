//! Files to documents: what a source says, as text whose every character keeps its place.
//!
//! Plain text so far, in UTF-8. Each further format is one more file here that ends in a [`Document`].
//!
//! Offsets count from the first character of the text: a byte order mark is no part of it. Line ends are kept as they are.

pub mod address;
mod kind;
mod text;

use crate::model::document::Document;
use kind::FileKind;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

/// Files larger than this are refused, in bytes: reports have some hundred kilobytes.
pub const LARGEST: u64 = 50_000_000;

/// Why a file cannot be read as a report.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no such file.
    #[error("`{name}` does not exist\nhint: check the path; relative paths start at the current folder")]
    Missing {
        /// The file.
        name: String,
    },
    /// It is a folder.
    #[error("`{name}` is a folder, not a report\nhint: name the files in it, for instance `{name}/*.txt`")]
    Folder {
        /// The folder.
        name: String,
    },
    /// It is neither a file nor a folder: a device, a socket.
    #[error("`{name}` is no ordinary file\nhint: save the report as a file first")]
    NoFile {
        /// The path.
        name: String,
    },
    /// The system refuses to read it.
    #[error("`{name}` cannot be read: {source}\nhint: check its permissions with `ls -l`")]
    Unreadable {
        /// The file.
        name: String,
        /// Why.
        source: std::io::Error,
    },
    /// It is larger than any report.
    #[error("`{name}` has {size} MB; the limit is {limit} MB\nhint: give the report alone, as a text of its own")]
    TooLarge {
        /// The file.
        name: String,
        /// Its size in megabytes, rounded up.
        size: u64,
        /// The limit in megabytes.
        limit: u64,
    },
    /// There is nothing in it, or nothing but white space.
    #[error("`{name}` is empty\nhint: check that it was downloaded or exported completely")]
    Empty {
        /// The file.
        name: String,
    },
    /// It is of a format that is not read.
    #[error("`{name}` is {found}, not a text\nhint: {remedy}")]
    Format {
        /// The file.
        name: String,
        /// What it is.
        found: &'static str,
        /// How to make a text of it.
        remedy: &'static str,
    },
    /// It holds bytes that no text has.
    #[error(
        "`{name}` is binary: line {line} holds a zero byte, at offset {offset}\nhint: export the report as plain text in UTF-8"
    )]
    Binary {
        /// The file.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The offset in bytes, from 0.
        offset: usize,
    },
    /// It is text in another encoding.
    #[error("`{name}` is not UTF-8: line {line} holds the byte 0x{byte:02X}, at offset {offset}\nhint: {remedy}")]
    Encoding {
        /// The file.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The offset in bytes, from 0.
        offset: usize,
        /// The first byte that is wrong.
        byte: u8,
        /// How to convert it.
        remedy: String,
    },
    /// It is UTF-16 or UTF-32.
    #[error("`{name}` is {encoding}, not UTF-8\nhint: convert it with `iconv -f {encoding} -t utf-8 {name}`")]
    Wide {
        /// The file.
        name: String,
        /// The encoding, as `iconv` calls it.
        encoding: &'static str,
    },
}

/// Reads a file.
///
/// # Errors
/// [`ReadError`]; a file that is too large is refused before it is read.
pub fn file(path: &Path) -> Result<Document, ReadError> {
    let name = path.display().to_string();
    let io = |source: std::io::Error| match source.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::Missing { name: name.clone() },
        ErrorKind::IsADirectory => ReadError::Folder { name: name.clone() },
        _ => ReadError::Unreadable { name: name.clone(), source },
    };
    let metadata = std::fs::metadata(path).map_err(io)?;
    if metadata.is_dir() {
        return Err(ReadError::Folder { name });
    }
    if !metadata.is_file() {
        return Err(ReadError::NoFile { name });
    }
    check_size(&name, metadata.len())?;
    let mut bytes = Vec::new();
    // The limit holds for a file that grows meanwhile, too.
    File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(io)?;
    document(&name, &bytes)
}

/// Makes a document of the bytes of a file; `name` is its path or address, for messages.
///
/// # Errors
/// [`ReadError`] if the bytes are no text in UTF-8.
pub fn document(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    check_size(name, bytes.len() as u64)?;
    match FileKind::of(bytes) {
        FileKind::Text => text::document(name, bytes),
        FileKind::Wide(encoding) => Err(ReadError::Wide { name: name.to_owned(), encoding }),
        FileKind::Other { found, remedy } => Err(ReadError::Format { name: name.to_owned(), found, remedy }),
    }
}

fn check_size(name: &str, bytes: u64) -> Result<(), ReadError> {
    const MEGABYTE: u64 = 1_000_000;
    if bytes > LARGEST {
        let size = bytes.div_ceil(MEGABYTE);
        return Err(ReadError::TooLarge { name: name.to_owned(), size, limit: LARGEST / MEGABYTE });
    }
    Ok(())
}
