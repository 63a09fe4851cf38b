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
        let mut passage = Self::default();
        for span in spans {
            let text = document.slice(*span);
            passage.text.reserve(text.len() + 1);
            let (mut at, mut behind) = (0, None);
            while at < text.len() {
                let start = run(text, at, true);
                at = run(text, start, false);
                if start == at {
                    break;
                }
                match passage.runs.last_mut().filter(|_| behind == Some(start)) {
                    // White space of one byte stays one: the run goes on.
                    Some(run) => {
                        passage.text.push(' ');
                        passage.text.push_str(&text[start..at]);
                        run.len = passage.text.len() - run.at;
                    }
                    None => passage.push(&text[start..at], span.start + start),
                }
                behind = Some(at + 1);
            }
        }
        passage
    }

    /// Words that stand beside the text, such as a running head: they have no place in it.
    pub fn beside(words: &str) -> Self {
        Self { text: words.split_whitespace().collect::<Vec<_>>().join(" "), runs: Vec::new() }
    }

    fn push(&mut self, word: &str, source: usize) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.runs.push(Run { at: self.text.len(), source, len: word.len() });
        self.text.push_str(word);
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
            part.push(&self.text[from..to], run.source + (from - run.at));
        }
        part
    }
}

/// Where a run of characters ends that begins at a place: of white space, or of what is none.
fn run(text: &str, from: usize, white: bool) -> usize {
    let mut at = from;
    // Most characters are a byte each.
    while let Some(byte) = text.as_bytes().get(at) {
        let c = if byte.is_ascii() { Some(char::from(*byte)) } else { text.get(at..).and_then(|rest| rest.chars().next()) };
        if c.is_some_and(char::is_whitespace) != white {
            break;
        }
        at += c.map_or(1, char::len_utf8);
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
        assert_eq!(passage.part(3..17).text(), "Secretaría del".get(..14).unwrap());
    }
}
