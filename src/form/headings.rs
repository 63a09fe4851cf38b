//! Headings of sections, and labels that are answered without a number: lines whose words are the form's.

use super::compare::{Text, ratio};
use super::known::{FormWords, Known, Phrase};
use super::layout::{Layout, Word};
use super::vocabulary::{Number, WordSet};
use crate::knowledge::form::Form;
use crate::model::document::Document;

/// What a heading or label is in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// A section, by index.
    Section(usize),
    /// A question without a number, by index.
    Label(usize),
}

/// A heading or label in the text.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its first line.
    pub(super) line: usize,
    /// One past its last line.
    pub(super) end: usize,
    /// What it is.
    pub(super) head: Head,
}

/// A heading has so many lines at most.
const LONGEST: usize = 6;
/// Headings of so many words are known by their words alone; shorter ones may be words of an answer.
const TELLING: usize = 4;
/// A heading with misprints has so many more words at most.
const LONGER: usize = 3;
/// Words that agree so well are the heading's, misprints aside.
const AGREES: f32 = 0.8;

/// The words of a form's headings and labels.
#[derive(Default)]
pub(super) struct Heads {
    /// In each language, sections before labels, and in the form's order.
    all: Vec<(Head, Vec<Number>)>,
    /// The words that they begin with.
    begins: WordSet,
    /// All of their words.
    words: WordSet,
    /// The words of the longest.
    longest: usize,
}

impl Heads {
    /// Those of a form, of whose sections the words are given.
    pub(super) fn of(form: &Form, words: &FormWords, sections: &[Vec<Phrase>]) -> Self {
        let sections = sections.iter().enumerate().map(|(i, phrases)| (Head::Section(i), phrases.as_slice()));
        let labels = form.questions.iter().enumerate().filter(|(_, question)| question.number.is_none());
        let labels = labels.map(|(i, _)| (Head::Label(i), words.of_question(i)));
        let phrases = sections.chain(labels).flat_map(|(head, phrases)| phrases.iter().map(move |phrase| (head, phrase)));
        let all: Vec<_> = phrases.map(|(head, phrase)| (head, words.of_phrase(phrase).to_vec())).collect();
        Self {
            begins: WordSet::of(all.iter().filter_map(|(_, words)| words.first().copied())),
            words: WordSet::of(all.iter().flat_map(|(_, words)| words.iter().copied())),
            longest: all.iter().map(|(_, words)| words.len()).max().unwrap_or_default(),
            all,
        }
    }

    /// Whether so many of some words are in headings that they may agree with one.
    fn may_have(&self, words: &[Word]) -> bool {
        let known = words.iter().filter(|word| self.words.has(word.number)).count();
        ratio(known, words.len()) >= AGREES
    }
}

/// All headings and labels, in the order of the text. `starts` are the first lines of questions, ascending.
pub(super) fn headings(document: &Document, layout: &Layout, known: Known<'_>, starts: &[usize]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut line = 0;
    while line < layout.lines.len() {
        let heading = heading(document, layout, &known.words.heads, line);
        match heading.filter(|f| !starts.iter().any(|s| (f.line..f.end).contains(s))) {
            Some(heading) => {
                line = heading.end;
                found.push(heading);
            }
            None => line += 1,
        }
    }
    confirmed(layout, known, &found, starts)
}

/// The heading that begins in a line, of several the one that agrees best, then the longest.
fn heading(document: &Document, layout: &Layout, heads: &Heads, line: usize) -> Option<Found> {
    let block = Block::at(layout, heads, line);
    if !block.begins && block.alone.is_none() {
        return None; // no heading begins with this word, and none with a misprint stands here
    }
    if !document.slice(layout.lines.get(line)?.span).starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()) {
        return None; // the middle of a sentence
    }
    let mut best: Option<(f32, usize, Found)> = None;
    for (head, known) in &heads.all {
        let Some((score, end)) = block.exact(known).map(|end| (1.0, end)).or_else(|| block.misprinted(known)) else { continue };
        if score >= AGREES && best.as_ref().is_none_or(|(s, l, _)| (score, known.len()) > (*s, *l)) {
            best = Some((score, known.len(), Found { line, end, head: *head }));
        }
    }
    best.map(|(.., found)| found)
}

/// Some lines in which a heading may stand.
struct Block<'t> {
    layout: &'t Layout,
    line: usize,
    words: &'t [Word],
    /// Whether a heading begins with the first word.
    begins: bool,
    /// The lines that stand together, if nothing stands right before them and they may be a heading with a misprint: their words
    /// and their end.
    alone: Option<(Text<'t>, usize)>,
}

impl<'t> Block<'t> {
    /// The lines from `line` on.
    fn at(layout: &'t Layout, heads: &Heads, line: usize) -> Self {
        let words = layout.words_of(line..line + LONGEST);
        let begins = words.first().is_some_and(|word| heads.begins.has(word.number));
        let end = layout.lines.get(line).filter(|l| l.gap > 0).map(|_| layout.block_end(line));
        let end = end.filter(|end| *end <= line + LONGEST);
        let alone = end.map(|end| (layout.words_of(line..end), end));
        let alone = alone.filter(|(words, _)| words.len() <= heads.longest + LONGER && heads.may_have(words));
        Self { layout, line, words, begins, alone: alone.map(|(words, end)| (Text::of(words), end)) }
    }

    /// The end of the lines that have the words of a heading and no others.
    fn exact(&self, known: &[Number]) -> Option<usize> {
        let words = self.words.get(..known.len()).filter(|words| !words.is_empty())?;
        if !words.iter().zip(known).all(|(word, known)| word.number == *known) {
            return None;
        }
        let ends = self.line + 1..=self.layout.lines.len().min(self.line + LONGEST);
        ends.into_iter().find(|end| self.layout.words_of(self.line..*end).len() == known.len())
    }

    /// How well the lines that stand together agree with a heading of several words, and their end: with a misprint, it must
    /// at least stand alone.
    fn misprinted(&self, known: &[Number]) -> Option<(f32, usize)> {
        let (text, end) = self.alone.as_ref().filter(|_| known.len() >= TELLING)?;
        let long = text.words.len() > known.len() + LONGER;
        (!long && may_agree(text.words, known)).then(|| (text.agrees(known, AGREES), *end))
    }
}

/// Whether there are not so many more words on one side that they cannot agree.
fn may_agree(words: &[Word], known: &[Number]) -> bool {
    let (fewer, more) = (words.len().min(known.len()), words.len().max(known.len()));
    fewer * 10 >= more * 7
}

/// Drops short headings that nothing confirms: a heading is followed by a question, a heading or the end; a label follows
/// a heading or a question's answer and stands alone.
fn confirmed(layout: &Layout, known: Known<'_>, found: &[Found], starts: &[usize]) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for (i, this) in found.iter().enumerate().rev() {
        let words = layout.words_of(this.line..this.end).len();
        let followed = this.end >= layout.lines.len()
            || starts.binary_search(&this.end).is_ok()
            || kept.last().is_some_and(|next| next.line == this.end);
        let follows = i.checked_sub(1).and_then(|before| found.get(before)).is_some_and(|f| f.end == this.line);
        let alone = layout.lines.get(this.line).is_some_and(|l| l.gap > 0);
        let keep = match this.head {
            Head::Section(section) => {
                let top = known.section(section).is_some_and(|s| s.level == 1);
                followed || (alone && words >= TELLING) || (alone && top && words > 1)
            }
            Head::Label(_) => follows || (alone && words >= TELLING),
        };
        if keep {
            kept.push(this.clone());
        }
    }
    kept.reverse();
    kept
}
