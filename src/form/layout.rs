//! How a text is laid out: its lines, the gaps between them, the pages they end, and the bracket codes in them.

use super::cells::{Cells, Place, Side};
use super::vocabulary::{Number, Vocabulary};
use crate::model::document::{Document, Span};
use std::ops::Range;

/// A line that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its text, without white space at its ends.
    pub(super) span: Span,
    /// How many blank lines stand before it; a page break counts as two at least, the beginning of a table's cell as one.
    pub(super) gap: usize,
    /// Where it stands in a table, if its source shows tables.
    pub(super) place: Option<Place>,
    /// Its words outside of bracket codes, of those of the layout.
    words: Range<usize>,
}

/// A word of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// The word, as all forms know it.
    pub(super) number: Number,
    /// Its length in bytes.
    length: u32,
    /// Where it begins in the document's text.
    pub(super) start: usize,
}

impl Word {
    /// A word with its place in the document's text.
    pub(super) fn at(number: Number, place: Range<usize>) -> Self {
        Self { number, length: u32::try_from(place.len()).unwrap_or(u32::MAX), start: place.start }
    }

    /// Where it ends in the document's text.
    pub(super) fn end(&self) -> usize {
        self.start + self.length as usize
    }
}

/// A bracket code: `[4.1]`.
#[derive(Clone, Debug)]
pub(super) struct Code {
    /// The code, in lower case, without brackets and spaces.
    pub(super) text: String,
    /// Where it stands, brackets included. It may run over a line end.
    pub(super) span: Span,
}

/// The lines and codes of a document.
pub(super) struct Layout {
    /// All lines but the blank ones.
    pub(super) lines: Vec<Line>,
    /// The words of all lines, in the order of the text.
    words: Vec<Word>,
    /// All bracket codes, in the order of the text.
    pub(super) codes: Vec<Code>,
    /// Whether blank lines tell questions from answers.
    pub(super) spaced: bool,
}

/// A gap of so many blank lines ends a page.
pub(super) const PAGE_GAP: usize = 2;

impl Layout {
    /// The layout of a document.
    pub(super) fn of(document: &Document, vocabulary: &Vocabulary) -> Self {
        /// So many letters a word has, or fewer, with what stands before it.
        const WORD: usize = 6;
        let codes = codes(&document.text);
        let mut words: Vec<Word> = Vec::with_capacity(document.text.len() / WORD + 1);
        let cells = Cells::of(document);
        let mut lines: Vec<Line> = Vec::with_capacity(document.lines().size_hint().0);
        let mut blank = 0;
        for line in document.lines() {
            let text = document.slice(line);
            let mut start = line.start;
            for part in text.split('\u{c}') {
                if start > line.start {
                    blank = blank.max(PAGE_GAP);
                }
                let trimmed = part.trim();
                if trimmed.is_empty() {
                    // A line that holds nothing but a form feed is one blank line, not two.
                    blank += usize::from(start == line.start);
                } else {
                    let from = start + (part.len() - part.trim_start().len());
                    let span = Span::new(from, from + trimmed.len());
                    let place = cells.at(from);
                    let begins = lines.last().is_some_and(|last| last.place.map(|p| p.cell) != place.map(|p| p.cell));
                    let gap = blank.max(usize::from(begins));
                    let before = words.len();
                    let here = vocabulary.known(trimmed);
                    words.extend(here.map(|(number, at)| Word::at(number, from + at.start..from + at.end)));
                    leave_codes_out(&mut words, before, span, &codes);
                    lines.push(Line { span, gap, place, words: before..words.len() });
                    blank = 0;
                }
                start += part.len() + 1;
            }
        }
        if let Some(first) = lines.first_mut() {
            first.gap = first.gap.max(1); // nothing stands before it
        }
        let gaps = lines.iter().filter(|line| line.gap == 1).count();
        let spaced = gaps * 4 >= lines.len();
        Self { lines, words, codes, spaced }
    }

    /// The words of a line.
    pub(super) fn words(&self, line: usize) -> &[Word] {
        self.lines.get(line).map_or(&[], |line| &self.words[line.words.clone()])
    }

    /// The words of some lines that follow one another; of those that there are.
    pub(super) fn words_of(&self, lines: Range<usize>) -> &[Word] {
        let lines = self.lines.get(lines.start..lines.end.min(self.lines.len())).unwrap_or_default();
        let ends = lines.first().zip(lines.last());
        ends.map_or(&[], |(first, last)| &self.words[first.words.start..last.words.end])
    }

    /// The line after the block that `start` lies in: the next one with a gap before it, or the end.
    pub(super) fn block_end(&self, start: usize) -> usize {
        (start + 1..self.lines.len()).find(|i| self.lines.get(*i).is_none_or(|l| l.gap > 0)).unwrap_or(self.lines.len())
    }

    /// The line after what a row of a table is about, if a line begins it: its number may have a cell of its own.
    pub(super) fn question_end(&self, start: usize) -> Option<usize> {
        let place = |line: usize| self.lines.get(line).and_then(|l| l.place);
        let own = place(start).filter(|own| own.side == Side::Question)?;
        let more = |line: &usize| place(*line).is_some_and(|p| p.row == own.row && p.side == Side::Question);
        Some((start + 1..self.lines.len()).take_while(more).last().unwrap_or(start) + 1)
    }

    /// Whether a line is the first of what tells what its row of a table is about.
    pub(super) fn begins_row(&self, line: usize) -> bool {
        let place = |line: usize| self.lines.get(line).and_then(|l| l.place);
        let before = line.checked_sub(1).and_then(place);
        place(line).is_some_and(|p| p.side == Side::Question && before.is_none_or(|b| b.row != p.row))
    }

    /// The codes that begin in the given lines.
    pub(super) fn codes_in(&self, from: usize, to: usize) -> impl Iterator<Item = &Code> {
        let start = self.lines.get(from).map_or(usize::MAX, |l| l.span.start);
        let end = to.checked_sub(1).and_then(|last| self.lines.get(last)).map_or(0, |l| l.span.end);
        let first = self.codes.partition_point(|code| code.span.start < start);
        self.codes.iter().skip(first).take_while(move |code| code.span.start < end)
    }

    /// Whether a line holds a code, or a part of one.
    pub(super) fn has_code(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|l| code_from(&self.codes, l.span.start).is_some_and(|c| c.span.start < l.span.end))
    }

    /// The span from the first to the last of the given lines.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.lines.get(from).map_or(0, |l| l.span.start);
        let end = to.checked_sub(1).and_then(|last| self.lines.get(last)).map_or(start, |l| l.span.end);
        Span::new(start, end)
    }
}

/// Takes the words of bracket codes out of those of a line, which begin at an index.
fn leave_codes_out(words: &mut Vec<Word>, from: usize, line: Span, codes: &[Code]) {
    if code_from(codes, line.start).is_none_or(|code| code.span.start >= line.end) {
        return; // most lines have none
    }
    let is_of_none = |word: &Word| {
        let code = code_from(codes, word.start);
        code.is_none_or(|c| word.start < c.span.start || c.span.end < word.end())
    };
    let mut kept = from;
    for at in from..words.len() {
        if is_of_none(&words[at]) {
            words.swap(kept, at);
            kept += 1;
        }
    }
    words.truncate(kept);
}

/// The first code that ends after a place. Codes are in the order of the text, and none lies in another.
fn code_from(codes: &[Code], place: usize) -> Option<&Code> {
    codes.get(codes.partition_point(|code| code.span.end <= place))
}

/// The bracket codes of a text: digits with dots, and a letter perhaps, over a line end perhaps.
fn codes(text: &str) -> Vec<Code> {
    const LONGEST: usize = 24;
    let mut found = Vec::new();
    for (start, _) in text.match_indices('[') {
        let inner = text.get(start + 1..).unwrap_or_default();
        let Some((length, _)) = inner.char_indices().take(LONGEST).find(|(_, c)| *c == ']') else { continue };
        let code: String = inner.chars().take_while(|c| *c != ']').filter(|c| !c.is_whitespace()).collect();
        if is_code(&code) {
            found.push(Code { text: code.to_lowercase(), span: Span::new(start, start + 1 + length + 1) });
        }
    }
    found
}

/// `4.1`, `11a`, `1.6.1`: one or two digits a part, up to four parts, and perhaps a letter.
fn is_code(code: &str) -> bool {
    let numbers = code.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(code);
    let part = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    numbers.split('.').count() <= 4 && numbers.split('.').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_may_be_wrapped_and_years_are_none() {
        let of = |text: &str| codes(text).into_iter().map(|c| c.text).collect::<Vec<_>>();
        assert_eq!(of("memoria? [13]Sírvase [ 4.\n1 ] [11A] [1.6.1]"), ["13", "4.1", "11a", "1.6.1"]);
        assert!(of("[2020] [sic] [] [1.2.3.4.5] [").is_empty());
    }
}
