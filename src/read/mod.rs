//! Files to documents: what a source says, as text whose every character keeps its place.
//!
//! Plain text in any encoding that can be told, PDF, HTML, DOCX, and XML of documents. Each further format is one more file
//! here that ends in a [`Document`].
//!
//! Offsets count from the first character of the text, decoded: a byte order mark is no part of it. The line ends of plain
//! text are kept as they are; the text of other formats is laid out by `flow`, that of pages by `page`. [`laid_out`] reads a plain
//! text as pages, too: only a form tells whether its columns and its running heads mean anything.

pub mod address;
mod data;
mod docx;
mod encoding;
mod flow;
mod grid;
mod html;
mod kind;
mod list;
mod page;
mod text;
mod xml;

pub use page::laid_out;

use crate::model::diagnostic::Diagnostic;
use crate::model::document::{Document, Source};
use crate::model::id::sha256;
use kind::{FileKind, Markup};
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
    /// It is a PDF that asks for a password.
    #[error(
        "`{name}` is locked with a password\nhint: save it without one, for instance with `qpdf --decrypt --password=WORD {name} open.pdf`"
    )]
    Locked {
        /// The file.
        name: String,
    },
    /// It is a PDF that is cut off or broken.
    #[error("`{name}` is a damaged PDF file: {what}\nhint: fetch it again, or mend it with `qpdf {name} mended.pdf`")]
    Damaged {
        /// The file.
        name: String,
        /// What is wrong with it.
        what: String,
    },
    /// It is a PDF that holds more than any report.
    #[error("`{name}` holds too much: {what}\nhint: give the report alone, as a file of its own")]
    Overfull {
        /// The file.
        name: String,
        /// What there is too much of.
        what: String,
    },
    /// It is a PDF of pictures, or of letters that cannot be told.
    #[error(
        "`{name}` is a scan: its pages are pictures without text\nhint: recognise its text with `ocrmypdf --force-ocr {name} text.pdf`"
    )]
    Scan {
        /// The file.
        name: String,
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
    /// It begins as text in an encoding, and is none.
    #[error(
        "`{name}` begins as {encoding}, but not all of it is\nhint: check that it is complete, or save it as plain text in UTF-8"
    )]
    Broken {
        /// The file.
        name: String,
        /// The encoding, as `iconv` calls it.
        encoding: &'static str,
    },
    /// It is an office document that is not whole.
    #[error("`{name}` is a damaged DOCX document: {what}\nhint: fetch it again, or open it and save it anew as DOCX")]
    DamagedOffice {
        /// The file.
        name: String,
        /// What is wrong with it.
        what: String,
    },
    /// It unpacks to more than any report has.
    #[error("`{name}` unpacks to more than {limit} MB\nhint: give the report alone, without what was put into it")]
    Swollen {
        /// The file.
        name: String,
        /// The limit in megabytes.
        limit: u64,
    },
    /// It is XML that is not well formed.
    #[error(
        "`{name}` is XML that is not well formed: {what}, at offset {offset}\nhint: fetch it again, or check it with `xmllint --noout {name}`"
    )]
    Malformed {
        /// The file.
        name: String,
        /// What is wrong with it.
        what: String,
        /// Where, in bytes of the decoded text.
        offset: u64,
    },
    /// It is XML, and no document.
    #[error(
        "`{name}` is XML, but no document: {what}\nhint: give the report as its publisher prints it, as PDF, HTML, DOCX or plain text"
    )]
    NoDocument {
        /// The file.
        name: String,
        /// What it is instead.
        what: String,
    },
    /// It is data on several countries, each a report.
    #[error(
        "`{name}` holds {count} reports, one a record\nhint: save it as a file that ends in `.xml`, and give that: its reports are taken one by one"
    )]
    Several {
        /// The file.
        name: String,
        /// How many there are.
        count: usize,
    },
}

/// Reads a file.
///
/// # Errors
/// [`ReadError`]; a file that is too large is refused before it is read.
pub fn file(path: &Path) -> Result<Document, ReadError> {
    let name = path.display().to_string();
    document(&name, &bytes_of(path)?)
}

/// Reads the documents of a file: one, or, of a file of data, one a record.
///
/// # Errors
/// As [`file()`].
pub fn files(path: &Path) -> Result<Vec<Document>, ReadError> {
    documents(&path.display().to_string(), &bytes_of(path)?)
}

/// The bytes of a file; one that is too large is refused before it is read.
fn bytes_of(path: &Path) -> Result<Vec<u8>, ReadError> {
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
    Ok(bytes)
}

/// Makes a document of the bytes of a file; `name` is its path or address, for messages.
///
/// # Errors
/// [`ReadError`] if the bytes are of no format that is read, or hold several reports.
pub fn document(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    let mut all = documents(name, bytes)?;
    match (all.pop(), all.len()) {
        (Some(document), 0) => Ok(document),
        (None, _) => Err(ReadError::Empty { name: name.to_owned() }),
        (Some(_), others) => Err(ReadError::Several { name: name.to_owned(), count: others + 1 }),
    }
}

/// Makes the documents of the bytes of a file: one, or, of data, one a record, in the order of the file.
///
/// # Errors
/// [`ReadError`] if the bytes are of no format that is read.
pub fn documents(name: &str, bytes: &[u8]) -> Result<Vec<Document>, ReadError> {
    check_size(name, bytes.len() as u64)?;
    let source = || Source { name: name.to_owned(), sha256: sha256(bytes) };
    let documents = match FileKind::of(bytes) {
        FileKind::Text => written(name, bytes, source)?,
        FileKind::Pdf => vec![page::pdf(name, bytes)?],
        FileKind::Zip => vec![docx::document(source(), bytes)?],
        FileKind::Other { found, remedy } => return Err(ReadError::Format { name: name.to_owned(), found, remedy }),
    };
    if documents.iter().all(|document| document.text.trim().is_empty()) {
        return Err(ReadError::Empty { name: name.to_owned() });
    }
    Ok(documents)
}

/// The documents of bytes that are text, marked up or not.
fn written(name: &str, bytes: &[u8], source: impl Fn() -> Source) -> Result<Vec<Document>, ReadError> {
    let decoded = encoding::decode(name, bytes, kind::declared(bytes))?;
    let documents = match Markup::of(name, &decoded.text) {
        Markup::Plain => vec![text::document(source(), &decoded.text)],
        Markup::Html => vec![html::document(source(), &decoded.text)],
        Markup::Xml => xml::documents(source(), &decoded.text)?,
    };
    let Some(encoding) = decoded.assumed else { return Ok(documents) };
    let said = format!("the text says nothing of its encoding; it was read as {encoding}");
    let hint = format!("if letters are wrong, convert it to UTF-8 with `iconv`, from the encoding that it is in, not {encoding}");
    let note = |document: Document| document.with_note(Diagnostic::note("assumed-encoding", said.clone()).hint(hint.clone()));
    Ok(documents.into_iter().map(note).collect())
}

/// A sign as other fonts have it: symbol fonts keep their bullets, boxes and checks in the private area.
fn sign(c: char) -> char {
    match c {
        '\u{f0b7}' | '\u{f0a7}' => '•',
        '\u{f0fc}' => '✓',
        '\u{f0fe}' | '\u{f052}' => '☑',
        '\u{f0fd}' | '\u{f078}' | '\u{f054}' => '☒',
        '\u{f0a8}' | '\u{f06f}' | '\u{f071}' | '\u{f0a3}' => '☐',
        c => c,
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
