//! Forms whose questions have no numbers: a category, a label and the content stand in three columns.
//!
//! Flattened, a row is the category's words, the label's and the content's; or the content cuts them, where a row is copied
//! line by line and every line holds a piece of each column. The form's words tell the pieces apart, in the form's order:
//! what goes on with the category or the label that is open is taken off the front of a line, and the rest is content.

use super::headings::Head;
use super::known::{FormWords, Known, Phrase};
use super::layout::{Layout, Word};
use super::vocabulary::{Number, WordSet};
use crate::knowledge::form::{Form, QuestionSpec};
use crate::knowledge::words::places;
use crate::model::document::{Document, Span};
use crate::model::lang::Lang;
use rustc_hash::FxHashMap;

/// A category or a label, with what follows it.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    /// What it is in the form.
    pub(super) head: Head,
    /// The line in which it begins.
    pub(super) line: usize,
    /// Its words, piece by piece.
    pub(super) words: Vec<Span>,
    /// The content, line by line.
    pub(super) content: Vec<(usize, Span)>,
}

/// A label or category has so many lines at most, with the content that cuts it.
const LONGEST: usize = 14;

/// Whether the questions of a form have no numbers.
pub(super) fn is_labelled(form: &Form) -> bool {
    form.questions.iter().all(|question| question.number.is_none())
}

/// The categories and labels of a form, in one language.
pub(super) struct Labels {
    pub(super) lang: Lang,
    sections: Phrases,
    questions: Phrases,
    /// The words that one of them begins with.
    begins: WordSet,
    /// The category of each label.
    of_section: Vec<Option<usize>>,
}

impl Labels {
    /// Those of a form, of whose sections the words are given.
    pub(super) fn of(form: &Form, words: &FormWords, sections: &[Vec<Phrase>], lang: &Lang) -> Self {
        let sections = Phrases::of(sections.iter().map(|phrases| words.in_lang(phrases, lang)));
        let questions = Phrases::of((0..form.questions.len()).map(|question| words.in_lang(words.of_question(question), lang)));
        let section = |id: &String| form.sections.iter().position(|section| section.id == *id);
        Self {
            lang: lang.clone(),
            begins: WordSet::of(sections.by_first.keys().chain(questions.by_first.keys()).copied()),
            sections,
            questions,
            of_section: form.questions.iter().map(|question| question.section.as_ref().and_then(section)).collect(),
        }
    }
}

/// The rows of a document in a language of the form, with what they hold.
pub(super) fn rows(document: &Document, layout: &Layout, known: Known<'_>, labels: &Labels) -> Vec<Labelled> {
    let mut reading = Reading::of(document, layout, known, labels);
    for line in 0..layout.lines.len() {
        let content = reading.line(line);
        reading.content(line, content);
    }
    reading.rows
}

/// The same without what they hold: enough to tell the form, and its language.
pub(super) fn heads(document: &Document, layout: &Layout, known: Known<'_>, labels: &Labels) -> Vec<Labelled> {
    let mut reading = Reading::of(document, layout, known, labels);
    for line in 0..layout.lines.len() {
        reading.line(line);
    }
    reading.rows
}

/// The words of a label as the form prints them, capitals and all.
fn printed(question: &QuestionSpec, lang: &Lang) -> Vec<String> {
    let text = question.text.iter().find(|(l, _)| *l == lang).map_or("", |(_, text)| text.as_str());
    places(text).map(|place| text.get(place).unwrap_or_default().to_owned()).collect()
}

/// The words of categories or labels.
struct Phrases {
    all: Vec<Vec<Number>>,
    /// The indices of those that begin with a word, ascending.
    by_first: FxHashMap<Number, Vec<usize>>,
}

impl Phrases {
    fn of<'a>(all: impl Iterator<Item = Option<&'a [Number]>>) -> Self {
        let all: Vec<Vec<Number>> = all.map(|words| words.unwrap_or_default().to_vec()).collect();
        let mut by_first: FxHashMap<Number, Vec<usize>> = FxHashMap::default();
        for (at, words) in all.iter().enumerate() {
            if let Some(first) = words.first() {
                by_first.entry(*first).or_default().push(at);
            }
        }
        Self { all, by_first }
    }

    /// Those from an index on that begin as a line does: the index, the words, how many of them begin the line.
    fn begun(&self, words: &[Word], from: usize) -> impl Iterator<Item = (usize, &[Number], usize)> {
        let here = words.first().and_then(|word| self.by_first.get(&word.number));
        let all = here.into_iter().flatten().copied().filter(move |at| *at >= from);
        all.map(|at| (at, self.all[at].as_slice(), leading(words, &self.all[at])))
    }
}

/// A category or label whose last words are not found yet: its row, its words, and how many of them are found.
#[derive(Clone)]
struct Open<'a> {
    row: usize,
    words: &'a [Number],
    found: usize,
}

struct Reading<'a> {
    document: &'a Document,
    layout: &'a Layout,
    known: Known<'a>,
    labels: &'a Labels,
    /// The first category and label that may still come.
    next_section: usize,
    next_label: usize,
    open_section: Option<Open<'a>>,
    open_label: Option<Open<'a>>,
    rows: Vec<Labelled>,
}

impl<'a> Reading<'a> {
    fn of(document: &'a Document, layout: &'a Layout, known: Known<'a>, labels: &'a Labels) -> Self {
        Self {
            document,
            layout,
            known,
            labels,
            next_section: 0,
            next_label: 0,
            open_section: None,
            open_label: None,
            rows: Vec::new(),
        }
    }

    /// Reads a line: where it goes on with what is no category or label.
    fn line(&mut self, line: usize) -> usize {
        let mut words = self.layout.words(line);
        let mut at = self.layout.lines.get(line).map_or(0, |line| line.span.start);
        if self.open_section.is_none()
            && self.open_label.is_none()
            && !words.first().is_some_and(|w| self.labels.begins.has(w.number))
        {
            return at; // nearly all lines
        }
        while !words.is_empty() {
            let taken = self.go_on(words, line).or_else(|| self.begin(words, line));
            let Some(taken) = taken.filter(|taken| *taken > 0) else { break };
            at = words.get(taken - 1).map_or(at, Word::end);
            words = words.get(taken..).unwrap_or_default();
        }
        at
    }

    /// Gives the open row what a line holds from a place on.
    fn content(&mut self, line: usize, at: usize) {
        let Some(whole) = self.layout.lines.get(line) else { return };
        let rest = self.document.slice(Span::new(at, whole.span.end));
        // Brackets, colons and apostrophes that end a label are no content.
        let content =
            if at > whole.span.start { rest.trim_start_matches([':', ')', ',', ' ', '\t', '|', '\'', '’']) } else { rest };
        if content.trim().is_empty() {
            return;
        }
        let span = Span::new(whole.span.end - content.len(), whole.span.end);
        if let Some(row) = self.rows.last_mut() {
            row.content.push((line, span));
        }
    }

    /// Goes on with what is open: how many words of the line do.
    fn go_on(&mut self, words: &[Word], line: usize) -> Option<usize> {
        if let Some(mut open) = self.open_section.take() {
            let count = leading(words, &open.words[open.found..]);
            let missing = open.words.len() - open.found;
            if count > 0 && (self.is_upper(words, count) || self.is_piece(words, count, missing)) {
                open.found += count;
                self.add(open.row, words, count);
                self.open_section = (open.found < open.words.len()).then_some(open);
                return Some(count);
            }
            self.open_section = Some(open);
        }
        let mut open = self.open_label.take()?;
        let count = leading(words, &open.words[open.found..]);
        let later = line > self.rows.get(open.row).map_or(0, |row| row.line);
        if later && count > 0 && self.is_piece(words, count, open.words.len() - open.found) {
            open.found += count;
            self.add(open.row, words, count);
            self.open_label = (open.found < open.words.len()).then_some(open);
            return Some(count);
        }
        self.open_label = Some(open);
        None
    }

    /// Begins a category or a label: how many words of the line are its own.
    fn begin(&mut self, words: &[Word], line: usize) -> Option<usize> {
        let label = self.label(words, line, self.next_section);
        // A label's beginning may be a category's whole name; the longer one is meant.
        let section = self.section(words, line).filter(|(_, count)| label.is_none_or(|(_, words)| *count > words));
        if let Some((section, count)) = section {
            self.next_section = section + 1;
            self.open(Head::Section(section), line, words, count);
            let found = Open { row: self.rows.len() - 1, words: &self.labels.sections.all[section], found: count };
            // A category within another one may be whole before the other's last words come.
            if count < found.words.len() {
                self.open_section = Some(found);
            }
            self.open_label = None;
            return Some(count);
        }
        let (label, count) = label?;
        self.next_label = label + 1;
        self.open(Head::Label(label), line, words, count);
        let found = Open { row: self.rows.len() - 1, words: &self.labels.questions.all[label], found: count };
        self.open_label = (count < found.words.len()).then_some(found);
        Some(count)
    }

    fn section(&self, words: &[Word], line: usize) -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize)> = None;
        for (at, known, count) in self.labels.sections.begun(words, self.next_section) {
            let whole = count == known.len();
            let rest = words.get(count..).unwrap_or_default();
            let followed = || rest.is_empty() || self.label(rest, line, at + 1).is_some();
            let upper = count > 0 && self.is_upper(words, count);
            let piece = upper || count > 1 && (rest.is_empty() || self.is_parted(words, count));
            let good = if whole { count > 0 && followed() } else { piece && self.ends(known, count, line, upper) };
            if good && best.is_none_or(|(_, most)| count > most) {
                best = Some((at, count));
            }
        }
        best
    }

    /// The label that begins here, and its words; the categories before `begun` have begun.
    fn label(&self, words: &[Word], line: usize, begun: usize) -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize)> = None;
        for (at, known, count) in self.labels.questions.begun(words, self.next_label) {
            let rest = words.get(count..).unwrap_or_default();
            // Behind a piece of another column, a single word is a piece too.
            let inner = self.layout.words(line).len() > words.len();
            // Content may begin as a label does; one whose category has begun is the likelier.
            let begun = self.labels.of_section.get(at).copied().flatten().is_none_or(|section| section < begun);
            let good = if count == known.len() {
                count > 0 && self.is_content(rest) && (begun || rest.is_empty() || self.is_printed(at, words))
            } else {
                let alone = rest.is_empty() || inner || count > 0 && self.is_parted(words, count);
                begun && (count > 1 || count == 1 && alone) && self.ends(known, count, line, false)
            };
            if good && best.is_none_or(|(_, most)| count > most) {
                best = Some((at, count));
            }
        }
        best
    }

    /// Whether the rest of a category or label comes in the next lines: at their beginning, or behind a wide gap.
    fn ends(&self, known: &[Number], found: usize, line: usize, upper: bool) -> bool {
        let mut found = found;
        for next in (line + 1..self.layout.lines.len()).take(LONGEST) {
            let next = self.layout.words(next);
            let places = (0..next.len()).filter(|at| *at == 0 || self.is_parted(next, *at));
            let piece = places.map(|at| &next[at..]).find_map(|words| {
                let count = leading(words, &known[found..]);
                let goes_on = if upper { self.is_upper(words, count) } else { self.is_piece(words, count, known.len() - found) };
                (count > 0 && goes_on).then_some(count)
            });
            found += piece.unwrap_or_default();
            if found == known.len() {
                return true;
            }
        }
        false
    }

    /// Whether a wide gap, a tab or a rule stands behind so many words, as between columns.
    fn is_parted(&self, words: &[Word], count: usize) -> bool {
        let pair = count.checked_sub(1).and_then(|last| words.get(last)).zip(words.get(count));
        pair.is_some_and(|(last, next)| {
            let between = self.document.text.get(last.end()..next.start).unwrap_or_default();
            between.contains("  ") || between.contains(['\t', '|'])
        })
    }

    /// Whether so many words of a line go on with a label of which so many are missing: a single one may be chance.
    fn is_piece(&self, words: &[Word], count: usize, missing: usize) -> bool {
        count > 1 || count == 1 && (words.len() == 1 || missing == 1 || self.is_parted(words, count))
    }

    /// Whether a label stands here as the form prints it.
    fn is_printed(&self, label: usize, words: &[Word]) -> bool {
        let Some(printed) = self.known.question(label).map(|question| printed(question, &self.labels.lang)) else {
            return false;
        };
        printed.iter().enumerate().all(|(at, known)| words.get(at).is_some_and(|word| self.written(word) == known))
    }

    /// Whether what stands behind a label begins as content does: not in the middle of a sentence.
    fn is_content(&self, rest: &[Word]) -> bool {
        rest.first().is_none_or(|word| self.written(word).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
    }

    fn written(&self, word: &Word) -> &str {
        self.document.text.get(word.start..word.end()).unwrap_or_default()
    }

    fn is_upper(&self, words: &[Word], count: usize) -> bool {
        let span = words.first().zip(words.get(count.wrapping_sub(1)));
        span.is_some_and(|(first, last)| {
            let text = self.document.text.get(first.start..last.end()).unwrap_or_default();
            !text.chars().any(char::is_lowercase)
        })
    }

    fn open(&mut self, head: Head, line: usize, words: &[Word], count: usize) {
        self.rows.push(Labelled { head, line, words: Vec::new(), content: Vec::new() });
        self.add(self.rows.len() - 1, words, count);
    }

    fn add(&mut self, row: usize, words: &[Word], count: usize) {
        let span = words.first().zip(words.get(count.wrapping_sub(1)));
        if let (Some((first, last)), Some(row)) = (span, self.rows.get_mut(row)) {
            row.words.push(Span::new(first.start, last.end()));
        }
    }
}

/// How many words at the beginning of a line are those that are known to come.
fn leading(words: &[Word], known: &[Number]) -> usize {
    words.iter().zip(known).take_while(|(word, known)| word.number == **known).count()
}
