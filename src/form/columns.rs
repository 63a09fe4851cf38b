//! A row's two columns: which of its lines are the question, and which the answer.
//!
//! A table's row, flattened, is the question's lines, then the answer's; but where a page ends inside of a row, the rest of
//! the question follows the first part of its own answer. The form's words tell what is the question's, as far as the text
//! has them; layout tells where the words are not the form's. Where the source shows the table's cells, they tell it.

use super::cells::{Place, Side};
use super::compare::Follower;
use super::layout::{Code, Layout, PAGE_GAP, Word};
use super::unknown::parted;
use super::vocabulary::Number;
use crate::model::document::{Document, Span};
use std::ops::Range;

/// The two columns of a row, each as the spans of its lines.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) question: Vec<Span>,
    /// With the line of each span.
    pub(super) answer: Vec<(usize, Span)>,
    /// Whether nothing of the question is missing, as far as its words and code are known.
    pub(super) complete: bool,
}

/// A row to be split.
pub(super) struct Row<'a> {
    pub(super) document: &'a Document,
    pub(super) layout: &'a Layout,
    /// Its lines.
    pub(super) lines: Range<usize>,
    /// Lines in it that are neither question nor answer: running titles.
    pub(super) furniture: &'a [usize],
    /// The question's words in the form, in the report's language; empty if they are not known.
    pub(super) words: &'a [Number],
    /// The bracket code that the question has in the form.
    pub(super) code: Option<&'a str>,
    /// Where the question ends, if the form does not have it and its mark tells that.
    pub(super) ends: Option<usize>,
}

impl Row<'_> {
    /// Splits the row.
    pub(super) fn split(&self) -> Columns {
        self.by_cells().unwrap_or_else(|| self.by_text())
    }

    /// Splits the row by its cells, where it has some.
    fn by_cells(&self) -> Option<Columns> {
        let place = |line: usize| self.layout.lines.get(line).and_then(|l| l.place);
        let own = place(self.lines.start).filter(|p| p.side == Side::Question)?;
        let mut follower = Follower::new(self.words);
        let mut columns = Columns { complete: true, ..Columns::default() };
        for line in self.lines.clone().filter(|line| !self.furniture.contains(line)) {
            let Some(span) = self.layout.lines.get(line).map(|l| l.span) else { continue };
            let words = self.line_words(line);
            match place(line) {
                Some(place) if place.row == own.row && place.side == Side::Question => {
                    follower.take(words);
                    columns.question.push(span);
                }
                // The rest of the question, which the end of a page cut off.
                Some(Place { side: Side::Question, .. }) | None if follower.goes_on(words) => {
                    columns.question.push(span);
                }
                // The titles of a column, above its further rows, are no part of a row.
                Some(place) if place.title && place.row != own.row => {}
                _ => columns.answer.push((line, span)),
            }
        }
        Some(columns)
    }

    /// Splits the row by words, codes and blank lines.
    fn by_text(&self) -> Columns {
        let mut follower = Follower::new(self.words);
        let first_block = self.layout.block_end(self.lines.start).min(self.lines.end);
        let more = (first_block..self.lines.end).any(|line| !self.furniture.contains(&line));
        if let Some(end) = self.ends.filter(|_| !(self.layout.spaced && more)) {
            return self.up_to(end);
        }
        let mut columns = Columns::default();
        let mut is_question = vec![false; self.lines.len()];
        let mut cut = None;
        if self.layout.spaced && more {
            for line in self.lines.start..first_block {
                follower.take(self.line_words(line));
                self.mark(&mut is_question, line);
            }
        } else {
            cut = self.by_words(first_block, more, &mut follower, &mut is_question);
        }
        self.rest(first_block, &mut follower, &mut is_question);
        columns.complete = self.is_complete(&follower, &is_question);
        for (line, is_question) in self.lines.clone().zip(is_question) {
            let Some(span) = self.layout.lines.get(line).map(|l| l.span).filter(|_| !self.furniture.contains(&line)) else {
                continue;
            };
            match cut.filter(|at| is_question && *at > span.start && *at < span.end) {
                Some(at) => {
                    columns.question.push(Span::new(span.start, at));
                    columns.answer.push((line, Span::new(at, span.end)));
                }
                None if is_question => columns.question.push(span),
                None => columns.answer.push((line, span)),
            }
        }
        self.code_below(&mut columns);
        columns
    }

    /// Splits the row where its question is known to end.
    fn up_to(&self, end: usize) -> Columns {
        let mut columns = Columns { complete: true, ..Columns::default() };
        for line in self.lines.clone().filter(|line| !self.furniture.contains(line)) {
            let Some(span) = self.layout.lines.get(line).map(|l| l.span) else { continue };
            let (question, answer) = parted(span, end, self.document);
            columns.question.extend(question);
            columns.answer.extend(answer.map(|span| (line, span)));
        }
        columns
    }

    /// Gives the question its code where that was wrapped, or stands on the next page, and the answer begins behind it.
    fn code_below(&self, columns: &mut Columns) {
        let Some(first) = columns.answer.first_mut() else { return };
        let coded = |span: &Span| self.layout.codes.iter().any(|c| c.span.start < span.end && span.start < c.span.end);
        let own = |code: &&Code| code.span.start == first.1.start && Some(code.text.as_str()) == self.code;
        let Some(code) = self.layout.codes.iter().find(own).filter(|_| !columns.question.iter().any(coded)) else { return };
        columns.question.push(code.span);
        let rest = Span::new(code.span.end.min(first.1.end), first.1.end);
        let words = self.document.slice(rest).trim_start();
        first.1.start = first.1.end - words.len();
        if words.is_empty() {
            columns.answer.remove(0);
        }
    }

    /// Marks the lines of the first block that the words take as the question's; where the question ends inside of a
    /// line, returns that place.
    fn by_words(&self, end: usize, more: bool, follower: &mut Follower<'_>, is_question: &mut [bool]) -> Option<usize> {
        let mut last = None;
        for line in self.lines.start..end {
            let words = self.line_words(line);
            let code = self.layout.has_code(line);
            let goes_on = if self.words.is_empty() {
                // No words to follow: up to the code, or to the end of the block if something is left for the answer.
                let coded = (self.lines.start..line).any(|before| self.layout.has_code(before));
                !coded && (more || self.code.is_some())
            } else if line == self.lines.start {
                follower.take(words);
                true
            } else {
                (follower.goes_on(words)) || (code && words.is_empty()) || self.tail_goes_on(follower, line)
            };
            if !goes_on && line > self.lines.start {
                break;
            }
            self.mark(is_question, line);
            last = Some(line);
        }
        if more || last.is_none_or(|line| line + 1 < end) || self.words.is_empty() {
            return None;
        }
        // All of the row was taken: perhaps the answer stands on the question's last line.
        self.cut(last?)
    }

    /// Whether a line begins with the last words of the question, and goes on with something else: "memoria? [11a] Sí".
    fn tail_goes_on(&self, follower: &mut Follower<'_>, line: usize) -> bool {
        let words = self.line_words(line);
        let before = follower.at;
        if before >= self.words.len() {
            return false;
        }
        let (found, end) = follower.take(words);
        let tail = found > 0 && found == end && follower.is_done();
        if !tail {
            follower.at = before;
        }
        tail
    }

    /// Where the question ends inside of a line, if words follow that are not the question's.
    fn cut(&self, last: usize) -> Option<usize> {
        let mut follower = Follower::new(self.words);
        for line in self.lines.start..last {
            follower.take(self.line_words(line));
        }
        let words = self.line_words(last);
        let (_, end) = follower.take(words);
        words.get(end)?;
        if !follower.is_done() {
            return None;
        }
        let span = self.layout.lines.get(last)?.span;
        let word = end.checked_sub(1).and_then(|i| words.get(i)).map_or(span.start, Word::end);
        let code = self.layout.codes.iter().filter(|c| c.span.end <= span.end && c.span.end > span.start);
        let at = code.map(|c| c.span.end).fold(word, usize::max);
        let rest = self.document.slice(Span::new(at, span.end));
        let ended = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        (!ended.is_empty()).then(|| span.end - ended.len())
    }

    /// Finds the rest of the question behind the first part of its answer.
    fn rest(&self, from: usize, follower: &mut Follower<'_>, is_question: &mut [bool]) {
        let mut line = from;
        while line < self.lines.end && !self.is_complete(follower, is_question) {
            let block_end = self.layout.block_end(line).min(self.lines.end);
            let taken = self.rest_by_words(line, block_end, follower).or_else(|| self.rest_by_layout(line, block_end));
            for taken in line..taken.unwrap_or(line) {
                self.mark(is_question, taken);
            }
            line = block_end;
        }
    }

    /// Lines of a block that go on where the question broke off: one past the last of them.
    fn rest_by_words(&self, start: usize, end: usize, follower: &mut Follower<'_>) -> Option<usize> {
        let before = follower.at;
        let next = self.words.get(before..)?.iter().take(2);
        let first = self.line_words(start).first()?;
        if !next.into_iter().any(|known| *known == first.number) {
            return None;
        }
        let mut line = start;
        while line < end {
            let words = self.line_words(line);
            if !(follower.goes_on(words) || (words.is_empty() && self.layout.has_code(line))) {
                break;
            }
            line += 1;
        }
        // A word or two may be chance; more, or a code, or the question's end, is not.
        let sure = follower.at - before > 2 || follower.is_done() || self.layout.codes_in(start, line).next().is_some();
        if line > start && sure {
            return Some(line);
        }
        follower.at = before;
        None
    }

    /// A block after a page break that ends in the code that the question still lacks: one past the code's line.
    fn rest_by_layout(&self, start: usize, end: usize) -> Option<usize> {
        let after_break = self.layout.lines.get(start).is_some_and(|l| l.gap >= PAGE_GAP);
        let code = self.layout.codes_in(start, end).find(|c| Some(c.text.as_str()) == self.code)?;
        let line = (start..end).find(|l| self.layout.lines.get(*l).is_some_and(|l| l.span.end >= code.span.end))?;
        after_break.then_some(line + 1)
    }

    /// Whether nothing of the question is missing.
    fn is_complete(&self, follower: &Follower<'_>, is_question: &[bool]) -> bool {
        let has_code = |line: usize| self.layout.has_code(line);
        let coded = || self.lines.clone().zip(is_question).any(|(line, is_question)| *is_question && has_code(line));
        if self.words.is_empty() { self.code.is_none() || coded() } else { follower.is_done() }
    }

    fn mark(&self, is_question: &mut [bool], line: usize) {
        if let Some(mark) = line.checked_sub(self.lines.start).and_then(|i| is_question.get_mut(i)) {
            *mark = true;
        }
    }

    fn line_words(&self, line: usize) -> &[Word] {
        self.layout.words(line)
    }
}
