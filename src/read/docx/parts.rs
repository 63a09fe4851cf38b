//! The parts of a DOCX file: which archive it is, and each part unpacked within bounds.

use super::super::encoding::decode;
use super::super::{ReadError, kind};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;
use zip::result::ZipError;

/// All parts together are not unpacked to more than this, in bytes.
const UNPACKED: u64 = 100_000_000;

/// An office document that was opened.
pub(super) struct Package<'a> {
    name: String,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How much may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    pub(super) fn open(name: &str, bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::DamagedOffice {
            name: name.to_owned(),
            what: "the list of its parts, at its end, is missing or wrong, as where a file is cut off".to_owned(),
        })?;
        Ok(Self { name: name.to_owned(), archive, left: UNPACKED })
    }

    /// The name of the part with the document's text.
    ///
    /// # Errors
    /// If the archive is no DOCX document, or one with macros.
    pub(super) fn main(&mut self) -> Result<String, ReadError> {
        const AGAIN: &str = "open it and save it as DOCX";
        const NO_MACROS: &str = "open it in a word processor and save it as DOCX, without macros";
        let other = |found: &'static str, remedy: &'static str| Err(ReadError::Format { name: self.name.clone(), found, remedy });
        let files: Vec<String> = self.archive.file_names().flatten().map(Cow::into_owned).collect();
        let has = |start: &str| files.iter().any(|name| name.starts_with(start));
        for (start, found, remedy) in [
            ("xl/", "a spreadsheet (XLSX)", "give the report that it belongs to, or save its text as DOCX"),
            ("ppt/", "a presentation (PPTX)", "give the report that it belongs to, or save its text as DOCX"),
            ("content.xml", "an OpenDocument file (ODT)", AGAIN),
            ("META-INF/container.xml", "an electronic book (EPUB)", "give the report as PDF, HTML, DOCX or plain text"),
            ("word/vbaProject", "a document with macros (DOCM)", NO_MACROS),
        ] {
            if has(start) {
                return other(found, remedy);
            }
        }
        if !has("[Content_Types].xml") {
            return other("a ZIP archive", "unpack it, and give the reports in it");
        }
        let types = self.part("[Content_Types].xml")?.unwrap_or_default();
        let mut main = None;
        elements(&types, |start| {
            let kind = attribute(start, "ContentType").unwrap_or_default();
            if start.local_name().as_ref() == b"Override" && kind.contains("wordprocessingml") && kind.ends_with(".main+xml") {
                main = attribute(start, "PartName").map(|name| (name.trim_start_matches('/').to_owned(), kind));
            }
        })
        .map_err(|e| self.broken(&e))?;
        match main {
            Some((_, kind)) if kind.contains("macroEnabled") => {
                Err(ReadError::Format { name: self.name.clone(), found: "a document with macros (DOCM)", remedy: NO_MACROS })
            }
            Some((part, _)) => Ok(part),
            None if has("word/document.xml") => Ok("word/document.xml".to_owned()),
            None => {
                Err(ReadError::Format { name: self.name.clone(), found: "an office document of another kind", remedy: AGAIN })
            }
        }
    }

    /// The text of a part; `None` if there is none of this name.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<String>, ReadError> {
        let name = self.name.clone();
        let damaged = |what: String| ReadError::DamagedOffice { name: name.clone(), what };
        let file = match self.archive.by_name(path) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                let remedy = "open it with its password and save it without one";
                return Err(ReadError::Format { name, found: "locked with a password", remedy });
            }
            Err(error) => return Err(damaged(format!("its part `{path}` cannot be opened: {error}"))),
        };
        let mut bytes = Vec::new();
        let read = file.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(format!("its part `{path}` cannot be unpacked: {error}")))?;
        self.left = self
            .left
            .checked_sub(bytes.len() as u64)
            .ok_or(ReadError::Swollen { name: name.clone(), limit: UNPACKED / 1_000_000 })?;
        let text = decode(&name, &bytes, kind::declared(&bytes));
        Ok(Some(text.map_err(|_| damaged(format!("its part `{path}` is no text")))?.text.into_owned()))
    }

    /// The error for a document with something wrong in it.
    pub(super) fn damaged(&self, what: String) -> ReadError {
        ReadError::DamagedOffice { name: self.name.clone(), what }
    }

    /// The error for a part that is no XML.
    pub(super) fn broken(&self, error: &quick_xml::Error) -> ReadError {
        self.damaged(format!("one of its parts is not well formed: {error}"))
    }
}

/// Shows the beginnings of all elements of a part, in their order.
pub(super) fn elements(xml: &str, mut see: impl FnMut(&BytesStart<'_>)) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event()? {
            Event::Start(start) | Event::Empty(start) => see(&start),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute by its name, whatever its prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name.as_bytes())?;
    let raw = String::from_utf8_lossy(&found.value);
    Some(quick_xml::escape::unescape(&raw).map_or_else(|_| raw.to_string(), Cow::into_owned))
}

/// An attribute that is a number.
pub(super) fn number<T: std::str::FromStr>(start: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(start, name).and_then(|value| value.trim().parse().ok())
}

/// Where the links of a document lead, by the name of the relation.
pub(super) fn addresses(xml: &str) -> Result<HashMap<String, String>, quick_xml::Error> {
    let mut addresses = HashMap::new();
    elements(xml, |start| {
        let target = attribute(start, "Target").filter(|t| t.starts_with("http://") || t.starts_with("https://"));
        if let (Some(id), Some(target)) = (attribute(start, "Id"), target) {
            addresses.insert(id, target);
        }
    })?;
    Ok(addresses)
}
