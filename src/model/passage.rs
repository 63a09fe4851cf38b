//! Running text made from broken lines, which still knows where each of its parts stands in the source.

use super::document::{Document, Span};
use std::ops::Range;

/// A run of text copied from the source without change, but for white space that became a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// Where it begins in the passage.
    at: usize,
    /// Where it begins in the source.
    source: usize,
    /// Its length in bytes, the same in both.
    len: usize,
}

/// Text whose line wraps are folded to single spaces, with the way back to the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    text: String,
    runs: Vec<Run>,
}

impl Passage {
    /// The passage of the given spans of a document, in their order: white space of any length becomes one space.
    pub fn of(document: &Document, spans: &[Span]) -> Self {
        Self::with_parts(document, spans).0
    }

    /// The same, and the part of it that each span became; a span of nothing but white space has none.
    pub fn with_parts(document: &Document, spans: &[Span]) -> (Self, Vec<Range<usize>>) {
        let mut passage = Self::default();
        passage.text.reserve(spans.iter().map(|span| span.end - span.start + 1).sum());
        let mut parts = Vec::with_capacity(spans.len());
        for span in spans {
            let before = passage.text.len();
            passage.append(document.slice(*span), span.start);
            if passage.text.len() > before {
                parts.push(before + usize::from(before > 0)..passage.text.len());
            }
        }
        (passage, parts)
    }

    /// Adds a stretch of the source that begins at `source` there.
    fn append(&mut self, text: &str, source: usize) {
        let mut at = run(text, 0, true);
        while at < text.len() {
            self.begin(source + at);
            let from = self.text.len();
            loop {
                // Words with a plain space between them are copied at once.
                let end = words(text, at);
                self.text.push_str(&text[at..end]);
                at = run(text, end, true);
                // Other white space of one byte becomes a space, and the run goes on.
                if at != end + 1 || at == text.len() {
                    break;
                }
                self.text.push(' ');
            }
            if let Some(run) = self.runs.last_mut() {
                run.len = self.text.len() - from;
            }
        }
    }

    /// Words that stand beside the text, such as a running head: they have no place in it.
    pub fn beside(words: &str) -> Self {
        let mut text = String::with_capacity(words.len());
        fold_white(words, &mut text);
        Self { text, runs: Vec::new() }
    }

    /// Begins a run, of which nothing is there yet.
    fn begin(&mut self, source: usize) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.runs.push(Run { at: self.text.len(), source, len: 0 });
    }

    /// The text, without leading, trailing or doubled white space.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
    /// A part of the text.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }
    /// The part of the source that a range of this passage was made from: from its first to its last character.
    /// `None` if the range holds no text.
    pub fn source(&self, range: Range<usize>) -> Option<Span> {
        let range = self.trimmed(range)?;
        let touched = self.touched(&range);
        let (first, last) = (touched.first()?, touched.last()?);
        let start = first.source + range.start.saturating_sub(first.at);
        let end = last.source + (range.end - last.at).min(last.len);
        Some(Span::new(start, end))
    }
    /// A range without the spaces at its ends; `None` if it is nothing but spaces.
    fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let text = self.text.as_bytes().get(range.start..range.end.min(self.text.len()))?;
        let trimmed = text.trim_ascii();
        let start = range.start + (text.len() - text.trim_ascii_start().len());
        (text.is_empty() || !trimmed.is_empty()).then(|| start..start + trimmed.len())
    }
    /// The runs that a range has a part of.
    fn touched(&self, range: &Range<usize>) -> &[Run] {
        let from = self.runs.partition_point(|r| r.at + r.len <= range.start);
        let to = self.runs.partition_point(|r| r.at < range.end);
        self.runs.get(from..to).unwrap_or_default()
    }
    /// Whether the source of a range is one stretch: nothing but white space lies between its parts.
    pub fn is_contiguous(&self, range: Range<usize>, document: &Document) -> bool {
        self.touched(&range).windows(2).all(|pair| {
            let (from, to) = (pair[0].source + pair[0].len, pair[1].source);
            from <= to && document.slice(Span::new(from, to)).chars().all(char::is_whitespace)
        })
    }
    /// A passage of a part of this one.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let mut part = Self::default();
        let range = self.trimmed(range).unwrap_or_default();
        for run in self.touched(&range) {
            let from = run.at.max(range.start);
            let to = (run.at + run.len).min(range.end);
            part.begin(run.source + (from - run.at));
            part.text.push_str(&self.text[from..to]);
            if let Some(run) = part.runs.last_mut() {
                run.len = to - from;
            }
        }
        part
    }
}

/// Writes a text with single spaces for all white space, and none at its ends, behind what is written already.
pub fn fold_white(text: &str, out: &mut String) {
    let text = text.trim();
    let bytes = text.as_bytes();
    let is_plain =
        |at: usize| bytes.get(at).is_some_and(|byte| matches!(byte, b'!'..=b'~') || !byte.is_ascii() && !WHITE.contains(byte));
    let (mut written, mut at) = (0, 0);
    while at < text.len() {
        // A single space stays as it is: what goes on behind it is written with what stands before.
        if is_plain(at) || bytes[at] == b' ' && is_plain(at + 1) {
            at += 1;
            continue;
        }
        let end = run(text, at, true);
        if end > at && &text[at..end] != " " {
            out.push_str(&text[written..at]);
            out.push(' ');
            written = end;
        }
        at = end.max(at + 1);
    }
    out.push_str(&text[written..]);
}

/// Where words end that begin at a place and have one plain space between each two.
fn words(text: &str, from: usize) -> usize {
    let mut end = run(text, from, false);
    while text.as_bytes().get(end) == Some(&b' ') {
        let next = run(text, end + 1, false);
        if next == end + 1 {
            break;
        }
        end = next;
    }
    end
}

/// With these bytes begins all white space that is no ASCII.
const WHITE: [u8; 4] = [0xc2, 0xe1, 0xe2, 0xe3];

/// Where a run of characters ends that begins at a place: of white space, or of what is none.
fn run(text: &str, from: usize, white: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        // Most characters are a byte each, and letters.
        let (is_white, length) = match byte {
            b'!'..=b'~' => (false, 1),
            _ if byte.is_ascii() => (char::from(*byte).is_whitespace(), 1),
            _ if WHITE.contains(byte) => {
                let c = text.get(at..).and_then(|rest| rest.chars().next());
                (c.is_some_and(char::is_whitespace), c.map_or(1, char::len_utf8))
            }
            // The bytes of other characters, one by one.
            _ => (false, 1),
        };
        if is_white != white {
            break;
        }
        at += length;
    }
    at
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::document::Source;

    fn document(text: &str) -> Document {
        Document::new(Source { name: "t".into(), sha256: String::new() }, text.into(), vec![])
    }

    #[test]
    fn folds_line_wraps_and_finds_the_way_back() {
        let doc = document("la Secretaría \n\ndel  Trabajo\nNEXT y Previsión");
        let passage = Passage::of(&doc, &[Span::new(0, 29), Span::new(34, doc.text.len())]);
        assert_eq!(passage.text(), "la Secretaría del Trabajo y Previsión");
        let at = passage.text().find("Secretaría").unwrap();
        let span = passage.source(at..at + "Secretaría del".len()).unwrap();
        assert_eq!(doc.slice(span), "Secretaría \n\ndel");
        assert!(passage.is_contiguous(at..at + 14, &doc));
        assert!(!passage.is_contiguous(0..passage.text().len(), &doc));
        // Stretches are kept, and not words; the ends of a range may be spaces, which stand nowhere by themselves.
        assert_eq!(passage.runs.len(), 4);
        assert_eq!(passage.source(at - 1..at + "Secretaría ".len()).map(|span| doc.slice(span)), Some("Secretaría"));
        assert_eq!(passage.source(at - 1..at), None);
        assert_eq!(passage.part(at - 1..at + "Secretaría ".len()).text(), "Secretaría");
        assert_eq!(Passage::beside(" Sección \n\u{a0}3 ").text(), "Sección 3");
        assert_eq!(passage.part(3..17).text(), "Secretaría del".get(..14).unwrap());
    }

    #[test]
    fn all_white_space_is_folded_and_every_word_has_its_place() {
        let text = "\u{a0}uno\tdos  tres\u{2009}“cuatro”\u{3000}\u{85}cinco · seis\r\nà\u{1680}fin ";
        let doc = document(text);
        let middle = text.find("cinco").unwrap();
        let (passage, parts) = Passage::with_parts(&doc, &[Span::new(0, middle), Span::new(0, 2), Span::new(middle, text.len())]);
        assert_eq!(passage.text(), text.split_whitespace().collect::<Vec<_>>().join(" "));
        let parts: Vec<&str> = parts.into_iter().map(|part| passage.slice(part)).collect();
        assert_eq!(parts, ["uno dos tres “cuatro”", "cinco · seis à fin"]);
        for word in text.split_whitespace() {
            let at = passage.text().find(word).unwrap();
            assert_eq!(passage.source(at..at + word.len()).map(|span| doc.slice(span)), Some(word));
        }
        assert_eq!(passage.runs.len(), 6);
        for c in ('\u{80}'..=char::MAX).filter(|c| c.is_whitespace()) {
            assert_eq!(run(&format!("a{c}b"), 0, false), 1, "{c:?}");
        }
    }

    #[test]
    fn all_white_space_is_folded() {
        for c in '\0'..='\u{FFFF}' {
            let mut folded = String::new();
            fold_white(&format!("{c}é a{c}\u{2014} b{c}"), &mut folded);
            let expected: Vec<String> = format!("{c}é a{c}\u{2014} b{c}").split_whitespace().map(str::to_owned).collect();
            assert_eq!(folded, expected.join(" "), "{c:?}");
        }
    }
}
