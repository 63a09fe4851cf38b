//! The rows of a table of categories, labels and content, however it was flattened.
//!
//! Flattened, a row is the category's words, the label's and the content's; or the content cuts them, where a row is copied
//! line by line and every line holds a piece of each column. The form's words tell the pieces apart, in the form's order:
//! where a category or label begins, the places of its other pieces are looked for at the beginning of the next lines, or
//! behind what parts columns, and it begins only if all of them are found. What is no piece is content.

use super::headings::Head;
use super::label_content;
use super::labels::{Labelled, Labels, Progress, Words, is_parted};
use super::layout::{Layout, PAGE_GAP, Word};
use crate::model::document::{Document, Span};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A label or category has so many lines at most, with the content that cuts it.
const LONGEST: usize = 14;

/// What parts columns where a line shows them.
const RULES: [char; 4] = ['|', ' ', '\t', '\u{a0}'];

/// The rows of a document in a language of the form, with what they hold, lines that are repeated on each page left out.
pub(super) fn rows(document: &Document, layout: &Layout, labels: &Labels, furniture: &[usize]) -> Vec<Labelled> {
    let mut reading = Reading::of(document, layout, labels, furniture);
    for line in (0..layout.lines.len()).filter(|line| !furniture.contains(line)) {
        if let Some(whole) = layout.lines.get(line).filter(|_| reading.is_plain(line)) {
            reading.content(line, whole.span);
            continue;
        }
        for content in reading.line(line) {
            reading.content(line, content);
        }
    }
    let mut rows = reading.rows;
    label_content::between_namesakes(&mut rows, labels);
    label_content::above_labels(&mut rows, layout);
    rows
}

/// The same without what they hold: enough to tell the form, and its language.
pub(super) fn heads(document: &Document, layout: &Layout, labels: &Labels) -> Vec<Labelled> {
    let mut reading = Reading::of(document, layout, labels, &[]);
    for line in 0..layout.lines.len() {
        if !reading.is_plain(line) {
            reading.line(line);
        }
    }
    reading.rows
}

/// A piece of a category or label in a line: the words there.
type Piece = (usize, Range<usize>);

/// The words of a piece that is known to stand in a line to come, and its row; `None` for one that is only repeated.
type Awaited = (Range<usize>, Option<usize>);

/// A category or label that may begin at a place.
struct Begin {
    /// Its index in the form.
    at: usize,
    /// How many words of the line are its own.
    count: usize,
    /// The pieces in later lines.
    rest: Vec<Piece>,
}

/// The better one of those that may begin; of several wordings of one the longest.
fn best(all: impl Iterator<Item = Begin>) -> Option<Begin> {
    all.reduce(|best, next| {
        let better = if best.at == next.at { next.words() > best.words() } else { next.rank() > best.rank() };
        if better { next } else { best }
    })
}

impl Begin {
    /// All of its words.
    fn words(&self) -> usize {
        self.count + self.rest.iter().map(|(_, piece)| piece.len()).sum::<usize>()
    }

    /// Of two that may begin, the better one has more words here, and its others nearer.
    fn rank(&self) -> (usize, std::cmp::Reverse<usize>, std::cmp::Reverse<usize>) {
        let last = self.rest.last().map_or(0, |(line, _)| *line);
        (self.count, std::cmp::Reverse(last), std::cmp::Reverse(self.at))
    }
}

struct Reading<'a> {
    document: &'a Document,
    layout: &'a Layout,
    labels: &'a Labels,
    furniture: &'a [usize],
    /// The first category and label that may still come.
    next_section: usize,
    next_label: usize,
    /// The pieces that are known to stand in lines to come, by line.
    pieces: FxHashMap<usize, Vec<Awaited>>,
    /// The row that content belongs to.
    open: Option<usize>,
    /// The line before which a page holds nothing but running heads and what it repeats.
    top: usize,
    rows: Vec<Labelled>,
}

impl<'a> Reading<'a> {
    fn of(document: &'a Document, layout: &'a Layout, labels: &'a Labels, furniture: &'a [usize]) -> Self {
        let (pieces, rows) = (FxHashMap::default(), Vec::new());
        Self { document, layout, labels, furniture, next_section: 0, next_label: 0, pieces, open: None, top: 0, rows }
    }

    /// Whether a line, as nearly all do, holds nothing of a category or label.
    fn is_plain(&self, line: usize) -> bool {
        let words = self.layout.words(line);
        let begins = words.first().is_some_and(|word| self.labels.begins.has(word.number));
        !begins
            && !self.labels.begins_broken(self.document, words)
            && (self.pieces.is_empty() || !self.pieces.contains_key(&line))
    }

    /// Reads a line: the parts of it that are of no category or label.
    fn line(&mut self, line: usize) -> Vec<Span> {
        let layout = self.layout;
        let (words, Some(whole)) = (layout.words(line), layout.lines.get(line).map(|line| line.span)) else {
            return Vec::new();
        };
        let pieces = self.pieces.get(&line).cloned().unwrap_or_default();
        let (mut at, mut from, mut content) = (0, whole.start, Vec::new());
        while at < words.len() {
            let taken = if let Some((piece, row)) = pieces.iter().find(|(piece, _)| piece.start == at) {
                if let Some(row) = row {
                    self.add(*row, &words[piece.clone()]);
                }
                Some(piece.len())
            } else {
                self.begin(&words[at..], line)
            };
            if let Some(taken) = taken.filter(|taken| *taken > 0) {
                at += taken;
                from = words.get(at - 1).map_or(whole.end, Word::end);
                continue;
            }
            // What stands before a piece of a column further to the right.
            let Some((piece, _)) = pieces.iter().filter(|(piece, _)| piece.start > at).min_by_key(|(piece, _)| piece.start)
            else {
                break;
            };
            content.push(Span::new(from, words.get(piece.start - 1).map_or(from, Word::end)));
            at = piece.start;
        }
        content.push(Span::new(from, whole.end));
        content
    }

    /// Gives the open row a part of a line.
    fn content(&mut self, line: usize, part: Span) {
        let begins = self.layout.lines.get(line).is_some_and(|whole| whole.span.start == part.start);
        let whole = self.document.slice(part).trim_end_matches(RULES);
        // Brackets, colons and apostrophes that end a label are no content.
        let ends = |c: char| RULES.contains(&c) || !begins && [':', ')', ',', '\'', '’'].contains(&c);
        let content = whole.trim_start_matches(ends);
        if content.is_empty() {
            return;
        }
        let end = part.start + whole.len();
        let span = Span::new(end - content.len(), end);
        if let Some(row) = self.open.and_then(|open| self.rows.get_mut(open)) {
            row.content.push((line, span));
        }
    }

    /// Begins a category or a label, or passes over one that is repeated: how many of some words are its own.
    fn begin(&mut self, words: &[Word], line: usize) -> Option<usize> {
        let new_page = self.begins_page(line);
        // A category may stand beside each of its labels, or once more where a page begins.
        let meant = |section: &Begin| section.at >= self.next_section || new_page || self.leads_to_label(section, words, line);
        let section = self.section(words, line).filter(meant);
        // A label's beginning may be a category's whole name; the longer one is meant, and a category is followed by a label.
        let label = self.label(words, line, self.next_section, &[]).filter(|label| {
            section.as_ref().is_none_or(|section| {
                section.count < label.count || section.count == label.count && !self.leads_to_label(section, words, line)
            })
        });
        let (head, begin) = match (label, section) {
            (Some(label), _) => {
                self.next_label = label.at + 1;
                (Head::Label(label.at), label)
            }
            (None, Some(section)) if section.at >= self.next_section => {
                self.next_section = section.at + 1;
                (Head::Section(section.at), section)
            }
            (None, section) => {
                let last = self.next_label.checked_sub(1).filter(|_| new_page);
                let label = || self.labels_from(words, line, last?..last? + 1, self.next_section, &[]);
                return section.or_else(label).map(|begin| self.again(begin, words, line));
            }
        };
        self.rows.push(Labelled { head, line, words: Vec::new(), content: Vec::new() });
        let row = self.rows.len() - 1;
        self.add(row, &words[..begin.count]);
        for (line, piece) in begin.rest {
            self.pieces.entry(line).or_default().push((piece, Some(row)));
        }
        // A category whose name comes late, as one that is turned or centred does, takes nothing from the label that is open.
        let goes_on = |open: usize| match (self.rows.get(open).map(|row| row.head), head) {
            (Some(Head::Label(label)), Head::Section(section)) => self.labels.holds(section, label),
            _ => false,
        };
        if !self.open.is_some_and(goes_on) {
            self.open = Some(row);
        }
        Some(begin.count)
    }

    /// Passes over the words of a category that stands beside each of its labels, or of a row that the end of a page cut, with
    /// a remark such as "(continued)": how many words of the line that are.
    fn again(&mut self, begin: Begin, words: &[Word], line: usize) -> usize {
        self.top = begin.rest.last().map_or(line, |(line, _)| *line) + 1;
        for (line, piece) in begin.rest {
            self.pieces.entry(line).or_default().push((piece, None));
        }
        let next = words.get(begin.count).filter(|next| {
            let before = words.get(begin.count - 1).map_or(next.start, Word::end);
            self.document.text.get(before..next.start).is_some_and(|between| between.trim() == "(")
        });
        let Some(next) = next.filter(|_| self.begins_page(line)) else { return begin.count };
        let rest = self.layout.lines.get(line).and_then(|whole| self.document.text.get(next.start..whole.span.end));
        let end = next.start + rest.and_then(|text| text.find(')')).unwrap_or_default();
        words.partition_point(|word| word.end() <= end).max(begin.count)
    }

    /// Whether a line is the first of a page, running heads aside.
    fn begins_page(&self, line: usize) -> bool {
        line > 0
            && (self.top == line
                || self.furniture.contains(&(line - 1))
                || self.layout.lines.get(line).is_some_and(|l| l.gap >= PAGE_GAP))
    }

    /// Whether a label follows a category: on the same line, or on the next.
    fn leads_to_label(&self, section: &Begin, words: &[Word], line: usize) -> bool {
        let begun = self.next_section.max(section.at + 1);
        let rest = words.get(section.count..).unwrap_or_default();
        if !rest.is_empty() {
            let within = |inner: Begin| self.leads_to_label(&inner, rest, line);
            return self.label(rest, line, begun, &section.rest).is_some() || self.section(rest, line).is_some_and(within);
        }
        let next = (line + 1..self.layout.lines.len()).find(|line| !self.furniture.contains(line));
        next.is_some_and(|next| self.label(self.layout.words(next), next, begun, &section.rest).is_some())
    }

    /// The category that begins here.
    fn section(&self, words: &[Word], line: usize) -> Option<Begin> {
        let good = self.labels.sections.begun(self.document, words).filter_map(|(at, known, count, progress)| {
            let rest = words.get(count..).unwrap_or_default();
            let upper = self.is_upper(&words[..count]);
            let followed = |pieces: &[Piece]| rest.is_empty() || self.label(rest, line, at + 1, pieces).is_some();
            if known.is_whole(progress) {
                let own = is_parted(self.document, words, count) || count > 1 && upper && self.is_content(rest);
                let own = own || self.is_remark(words, count, line);
                return (own || followed(&[])).then_some(Begin { at, count, rest: Vec::new() });
            }
            let pieces = self.rest(known, progress, line, upper, &[])?;
            let piece = upper || count > 1 && (is_parted(self.document, words, count) || followed(&pieces));
            piece.then_some(Begin { at, count, rest: pieces })
        });
        best(good)
    }

    /// The label that begins here, if the categories before `begun` have begun; pieces of others stand in the next lines.
    fn label(&self, words: &[Word], line: usize, begun: usize, others: &[Piece]) -> Option<Begin> {
        self.labels_from(words, line, self.next_label..self.labels.of_section.len(), begun, others)
    }

    fn labels_from(&self, words: &[Word], line: usize, among: Range<usize>, begun: usize, others: &[Piece]) -> Option<Begin> {
        let all = self.labels.questions.begun(self.document, words).filter(|(at, ..)| among.contains(at));
        let good = all.filter_map(|(at, known, count, progress)| {
            let rest = words.get(count..).unwrap_or_default();
            let alone = is_parted(self.document, words, count);
            if known.is_whole(progress) {
                // Content may begin as a label does; one whose category has begun is the likelier.
                let own = self.labels.of_section.get(at).copied().flatten().is_none_or(|section| section < begun);
                let good = (self.is_content(rest) || self.is_remark(words, count, line))
                    && (own || alone || self.is_printed(known, words));
                return good.then_some(Begin { at, count, rest: Vec::new() });
            }
            let pieces = self.rest(known, progress, line, false, others)?;
            // Where it begins once more before it goes on, this is not yet its beginning.
            let next = pieces.first().map_or(line, |(next, _)| *next);
            if (line + 1..next)
                .any(|between| known.go_on(self.document, self.layout.words(between), Progress::default()).0 == count)
            {
                return None;
            }
            // A single word before content may be the content's, unless the others stand right below it.
            let close = pieces.iter().enumerate().all(|(n, (l, _))| self.between(line, *l) == n);
            let apart =
                || alone && pieces.iter().all(|(line, piece)| is_parted(self.document, self.layout.words(*line), piece.end));
            let sure = if count > 1 || alone {
                close || self.labels.has_begun(at, begun) || apart()
            } else {
                close && self.is_content(rest)
            };
            sure.then_some(Begin { at, count, rest: pieces })
        });
        best(good)
    }

    /// How many lines stand between two, running heads aside.
    fn between(&self, line: usize, later: usize) -> usize {
        (line + 1..later).filter(|line| !self.furniture.contains(line)).count()
    }

    /// Where the rest of a category or label stands in the next lines: at their beginning, behind a piece of another, or behind
    /// what parts columns.
    fn rest(&self, known: &Words, from: Progress, line: usize, upper: bool, others: &[Piece]) -> Option<Vec<Piece>> {
        let (mut progress, mut pieces, mut unbroken) = (from, Vec::new(), true);
        let lines = (line + 1..self.layout.lines.len()).filter(|line| !self.furniture.contains(line));
        for next in lines.take(LONGEST) {
            let words = self.layout.words(next);
            let planned = self.pieces.get(&next);
            let behind = |at: usize| {
                let of_row = planned.is_some_and(|pieces| pieces.iter().any(|(piece, _)| piece.end == at));
                of_row || others.iter().any(|(line, piece)| *line == next && piece.end == at)
            };
            let free = |at: usize| {
                let of_row = planned.is_some_and(|pieces| pieces.iter().any(|(piece, _)| piece.contains(&at)));
                !of_row && !others.iter().any(|(line, piece)| *line == next && piece.contains(&at))
            };
            let goes_on = |at: &usize| known.may_go_on(self.document, &words[*at], progress);
            let found = (0..words.len()).filter(goes_on).find_map(|at| {
                let (count, reached) = known.go_on(self.document, &words[at..], progress);
                let piece = words.get(at..at + count).filter(|piece| !piece.is_empty())?;
                if !(free(at) && (at == 0 || is_parted(self.document, words, at) || behind(at))) {
                    return None;
                }
                let alone = is_parted(self.document, &words[at..], count);
                let likely = count > 1 || alone || unbroken || known.missing(progress) == 1;
                (if upper { self.is_upper(piece) } else { likely }).then_some((at..at + count, reached))
            });
            let Some((piece, reached)) = found else {
                unbroken = false;
                continue;
            };
            pieces.push((next, piece));
            progress = reached;
            if known.is_whole(progress) {
                return Some(pieces);
            }
        }
        None
    }

    /// Whether a remark in brackets follows so many words, as where a page goes on with a row: "(continued)".
    fn is_remark(&self, words: &[Word], count: usize, line: usize) -> bool {
        let end = count.checked_sub(1).and_then(|last| words.get(last)).map_or(0, Word::end);
        let rest = self.layout.lines.get(line).and_then(|whole| self.document.text.get(end..whole.span.end)).unwrap_or_default();
        self.begins_page(line) && rest.trim_start().starts_with('(') && rest.contains(')')
    }

    /// Whether a label stands here as the form prints it.
    fn is_printed(&self, known: &Words, words: &[Word]) -> bool {
        known.printed.iter().enumerate().all(|(at, known)| words.get(at).is_some_and(|word| self.written(word) == known))
    }

    /// Whether what stands behind a label begins as content does: not in the middle of a sentence.
    fn is_content(&self, rest: &[Word]) -> bool {
        rest.first().is_none_or(|word| self.written(word).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
    }

    fn written(&self, word: &Word) -> &str {
        self.document.text.get(word.start..word.end()).unwrap_or_default()
    }

    fn is_upper(&self, words: &[Word]) -> bool {
        let span = words.first().zip(words.last());
        span.is_some_and(|(first, last)| {
            let text = self.document.text.get(first.start..last.end()).unwrap_or_default();
            !text.chars().any(char::is_lowercase)
        })
    }

    fn add(&mut self, row: usize, words: &[Word]) {
        if let (Some((first, last)), Some(row)) = (words.first().zip(words.last()), self.rows.get_mut(row)) {
            row.words.push(Span::new(first.start, last.end()));
        }
    }
}
