//! Reads a backup, and makes sure on the way that it is whole and what was written.

use super::{BackupError, END, End, FORMAT, GRAPH, HEAD, Head, STEP, Summary};
use crate::config::hexadecimal;
use crate::store::{Part, Store, StoreError};
use flate2::bufread::GzDecoder;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::NamedNode;
use sha2::{Digest as _, Sha256};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// The first line has fewer bytes.
const LONGEST_HEAD: u64 = 4096;
/// Any line has fewer bytes.
const LONGEST_LINE: u64 = 256 << 20;
/// How files begin that are packed with gzip.
const GZIP: &[u8] = &[0x1f, 0x8b];
/// So many bytes of lines are parsed at a time.
const BLOCK: usize = 256 << 10;

/// A file that should be a backup.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// The file.
    pub path: &'s Path,
    /// What it is called in messages.
    pub name: &'s str,
}

/// Reads a backup to its end, and says what it is. `see` is told how many quads were read.
///
/// # Errors
/// If it is no backup, or not as it was written.
pub fn check(from: Source<'_>, see: &mut dyn FnMut(u64)) -> Result<Summary, BackupError> {
    let mut reader = Reader::open(from)?;
    while let Some(part) = reader.line() {
        if part? && reader.quads.is_multiple_of(STEP) {
            see(reader.quads);
        }
    }
    reader.summary()
}

/// Puts a backup in the place of what a store holds, which has to be empty unless `replace` says otherwise. The backup is checked
/// before, so that a bad one does not cost the time of filling a store.
///
/// # Errors
/// As [`check`]; [`BackupError::NotEmpty`]; if the store cannot be written. Nothing is changed then.
pub fn restore(store: &dyn Store, from: Source<'_>, replace: bool, see: &mut dyn FnMut(u64)) -> Result<Summary, BackupError> {
    let empty = store.is_empty()? && store.graphs()?.is_empty();
    if !(replace || empty) {
        return Err(BackupError::NotEmpty { quads: store.size()? });
    }
    let summary = check(from, &mut |_| {})?;
    let mut parts = Parts { reader: Reader::open(from)?, ready: VecDeque::new(), ended: false, fault: None, given: 0, see };
    match store.restore(&mut parts) {
        Ok(()) => Ok(summary),
        Err(error) => Err(parts.fault.take().unwrap_or(BackupError::Store(error))),
    }
}

/// The lines of a backup.
struct Reader {
    file: String,
    from: BufReader<GzDecoder<BufReader<File>>>,
    head: Head,
    line: String,
    all: Sha256,
    graphs: u64,
    quads: u64,
    end: Option<End>,
}

impl Reader {
    fn open(source: Source<'_>) -> Result<Self, BackupError> {
        let file = source.name.to_owned();
        let access = |source| BackupError::Access { file: file.clone(), action: "read", source };
        let opened = File::open(source.path).map_err(access)?;
        if opened.metadata().map_err(access)?.is_dir() {
            return Err(access(io::ErrorKind::IsADirectory.into()));
        }
        let mut packed = BufReader::new(opened);
        let other = || BackupError::Other { file: file.clone() };
        let begins = packed.fill_buf().map_err(access)?;
        if !GZIP.starts_with(&begins[..begins.len().min(GZIP.len())]) {
            return Err(other());
        }
        let mut from = BufReader::new(GzDecoder::new(packed));
        let mut line = String::new();
        from.by_ref().take(LONGEST_HEAD).read_line(&mut line).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => BackupError::Cut { file: file.clone(), quads: 0 },
            _ => other(),
        })?;
        let (format, head) = line.trim_end().strip_prefix(HEAD).and_then(|rest| rest.split_once(' ')).ok_or_else(other)?;
        if format != FORMAT {
            return Err(BackupError::Newer { file, format: format.to_owned() });
        }
        let head = serde_json::from_str(head).map_err(|_| other())?;
        let all = Sha256::new_with_prefix(line.as_bytes());
        Ok(Self { file, from, head, line, all, graphs: 0, quads: 0, end: None })
    }

    fn altered(&self, fault: impl Into<String>) -> BackupError {
        BackupError::Altered { file: self.file.clone(), fault: fault.into() }
    }

    /// Goes to the next line of a graph or quad, and says whether it is one of a quad; `None` after the last, once all was checked.
    fn line(&mut self) -> Option<Result<bool, BackupError>> {
        match self.next() {
            Ok(true) if self.line.starts_with(GRAPH) => {
                self.graphs += 1;
                Some(Ok(false))
            }
            Ok(true) => {
                self.quads += 1;
                Some(Ok(true))
            }
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }

    fn next(&mut self) -> Result<bool, BackupError> {
        self.line.clear();
        let read = self.from.by_ref().take(LONGEST_LINE).read_line(&mut self.line);
        let cut = || BackupError::Cut { file: self.file.clone(), quads: self.quads };
        match read {
            Ok(0) => return Err(cut()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(cut()),
            Err(error) => return Err(self.altered(format!("it cannot be unpacked after {} quads ({error})", self.quads))),
        }
        let Some(end) = self.line.strip_prefix(END) else {
            self.all.update(self.line.as_bytes());
            return Ok(true);
        };
        let end: End = serde_json::from_str(end).map_err(|_| self.altered("its last line cannot be read"))?;
        self.check_end(&end)?;
        self.end = Some(end);
        Ok(false)
    }

    /// Makes sure that what was read is what the last line says, and that nothing comes behind it.
    fn check_end(&mut self, end: &End) -> Result<(), BackupError> {
        let found = hexadecimal(&self.all.clone().finalize());
        if found != end.sha256 {
            return Err(self.altered(format!("its SHA-256 is {found}, and was {} when it was written", end.sha256)));
        }
        if (self.graphs, self.quads) != (end.graphs, end.quads) {
            let (graphs, quads) = (self.graphs, self.quads);
            return Err(self.altered(format!(
                "it has {graphs} graphs and {quads} quads, and had {} and {} when it was written",
                end.graphs, end.quads
            )));
        }
        // Reading on unpacks the rest, and compares it with the checksum of gzip.
        let mut rest = [0];
        let behind = match self.from.read(&mut rest) {
            Ok(0) => self.from.get_mut().get_mut().fill_buf().map(|rest| !rest.is_empty()),
            Ok(_) => Ok(true),
            Err(error) => Err(error),
        };
        match behind {
            Ok(false) => Ok(()),
            Ok(true) => Err(self.altered("there is something behind its last line")),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Err(BackupError::Cut { file: self.file.clone(), quads: self.quads })
            }
            Err(error) => Err(self.altered(format!("its end cannot be unpacked ({error})"))),
        }
    }

    fn summary(self) -> Result<Summary, BackupError> {
        let (file, quads) = (self.file, self.quads);
        let end = self.end.ok_or(BackupError::Cut { file, quads })?;
        Ok(Summary { head: self.head, end })
    }
}

/// What a backup holds, for a store.
struct Parts<'s> {
    reader: Reader,
    ready: VecDeque<Part>,
    ended: bool,
    /// What was wrong with the backup; the store is told only that there is no more.
    fault: Option<BackupError>,
    given: u64,
    see: &'s mut dyn FnMut(u64),
}

impl Parts<'_> {
    /// Reads and parses some lines more.
    fn more(&mut self) -> Result<(), BackupError> {
        let mut block = String::new();
        while block.len() < BLOCK {
            let Some(quad) = self.reader.line() else {
                self.ended = true;
                break;
            };
            if quad? {
                block.push_str(&self.reader.line);
                continue;
            }
            let name = self.reader.line.trim_end().trim_start_matches(GRAPH);
            let iri = name.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
            let iri = iri.ok_or_else(|| self.reader.altered(format!("`{name}` names no graph")))?;
            self.ready.push_back(Part::Graph(NamedNode::new_unchecked(iri)));
        }
        // What a store held is taken as it is, its blank nodes with their labels.
        for quad in RdfParser::from_format(RdfFormat::NQuads).lenient().for_slice(block.as_bytes()) {
            let quad = quad.map_err(|error| self.reader.altered(format!("a line is no quad: {error}")))?;
            self.ready.push_back(Part::Quad(quad));
        }
        Ok(())
    }
}

impl Iterator for Parts<'_> {
    type Item = Result<Part, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            if let Err(fault) = self.more() {
                self.fault = Some(fault);
                self.ended = true;
                return Some(Err(StoreError::Cancelled));
            }
        }
        let part = self.ready.pop_front()?;
        if matches!(part, Part::Quad(_)) {
            self.given += 1;
            if self.given.is_multiple_of(STEP) {
                (self.see)(self.given);
            }
        }
        Some(Ok(part))
    }
}
