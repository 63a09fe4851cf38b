//! A document as it was read: its text, where it came from, and where its lines and pages begin.

use super::diagnostic::Diagnostic;
use super::layout::Layout;
use std::ops::Range;

/// A stretch of [`Document::text`], in bytes; always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span; an end before the start is taken as empty.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }
    /// The span as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Where a document came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file name or address, as the user gave it; for messages only.
    pub name: String,
    /// SHA-256 of the bytes that were read, in lower-case hexadecimal.
    pub sha256: String,
}

/// A page of a paginated source, or a stretch of one: a page comes more than once where a table's cells go on over its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The page's number, from 1.
    pub number: u32,
    /// The page's text, or a part of it.
    pub span: Span,
}

/// A document: text with line and page positions. Every piece of evidence points into [`Document::text`].
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Where it came from.
    pub source: Source,
    /// The text, exactly as in the source (text files) or as the reader laid it out (others, and text that is read as pages).
    pub text: String,
    /// The pages in the order of the text, no two overlapping; empty where the source has none.
    pub pages: Vec<Page>,
    /// Headings, paragraphs and tables, where the source shows them by more than its text.
    pub layout: Option<Layout>,
    /// What its reader had to assume: its encoding, for instance.
    pub notes: Vec<Diagnostic>,
    line_starts: Vec<usize>,
    /// How many characters stand before each line.
    line_chars: Vec<usize>,
    /// Where each line of the source begins in the text, with its number, if the text was laid out anew.
    source_lines: Vec<(usize, usize)>,
}

impl Document {
    /// A document of `text`; lines are found here, pages are given.
    pub fn new(source: Source, text: String, pages: Vec<Page>) -> Self {
        let line_starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut before = 0;
        let line = |line: &str| {
            let here = before;
            before += line.chars().count();
            here
        };
        // The empty line after the last line end is one, too.
        let line_chars = text.split_inclusive('\n').chain(std::iter::once("")).map(line).collect();
        Self { source, text, pages, layout: None, notes: Vec::new(), line_starts, line_chars, source_lines: Vec::new() }
    }
    /// The document with the layout that its source shows.
    #[must_use]
    pub fn with_layout(mut self, layout: Layout) -> Self {
        self.layout = Some(layout);
        self
    }
    /// The document with what its reader has to say.
    #[must_use]
    pub fn with_note(mut self, note: Diagnostic) -> Self {
        self.notes.push(note);
        self
    }
    /// The document with the places at which lines of the source begin, in the order of the text, and their numbers, from 1.
    #[must_use]
    pub fn with_lines(mut self, lines: Vec<(usize, usize)>) -> Self {
        self.source_lines = lines;
        self
    }
    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
    /// The line of the source, from 1, in which a byte lies; where the source has no lines, that of the text.
    pub fn line(&self, byte: usize) -> usize {
        let after = self.source_lines.partition_point(|(start, _)| *start <= byte);
        self.source_lines[..after].last().map_or_else(|| self.line_of_text(byte), |(_, number)| *number)
    }
    fn line_of_text(&self, byte: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= byte).max(1)
    }
    /// The spans of all lines, without their line ends.
    pub fn lines(&self) -> impl Iterator<Item = Span> + '_ {
        self.line_starts.iter().enumerate().map(|(i, start)| {
            let end = self.line_starts.get(i + 1).map_or(self.text.len(), |next| next - 1);
            let trimmed = self.text[*start..end].trim_end_matches('\r');
            Span::new(*start, start + trimmed.len())
        })
    }
    /// The number of the page in which a byte lies, where pages are known.
    pub fn page(&self, byte: usize) -> Option<u32> {
        let after = self.pages.partition_point(|p| p.span.start <= byte);
        self.pages[..after].last().filter(|p| byte < p.span.end).map(|p| p.number)
    }
    /// A byte offset as an offset in Unicode characters, which is what published evidence carries.
    pub fn char_offset(&self, byte: usize) -> usize {
        // There are thousands of offsets in a report: each is counted from the beginning of its line.
        let line = self.line_of_text(byte) - 1;
        let (start, before) = (self.line_starts.get(line), self.line_chars.get(line));
        let within = start.and_then(|start| self.text.get(*start..byte)).map_or(0, |part| part.chars().count());
        before.copied().unwrap_or_default() + within
    }
}
