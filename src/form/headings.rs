//! Headings of sections, and labels that are answered without a number: lines whose words are the form's.

use super::compare::agrees;
use super::known::{ByLang, Known};
use super::layout::Layout;
use crate::model::document::Document;
use rustc_hash::FxHashSet;

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

/// All headings and labels, in the order of the text. `starts` are the first lines of questions, ascending.
pub(super) fn headings(document: &Document, layout: &Layout, known: &Known<'_>, starts: &[usize]) -> Vec<Found> {
    let all = known.sections.iter().map(|(_, by_lang)| by_lang).chain(known.questions.iter().map(|(_, by_lang)| by_lang));
    let firsts: FxHashSet<&str> = all.flatten().filter_map(|(_, words)| words.first()).map(String::as_str).collect();
    let mut found: Vec<Found> = Vec::new();
    let mut line = 0;
    while line < layout.lines.len() {
        match heading(document, layout, known, &firsts, line).filter(|f| !starts.iter().any(|s| (f.line..f.end).contains(s))) {
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
fn heading(document: &Document, layout: &Layout, known: &Known<'_>, firsts: &FxHashSet<&str>, line: usize) -> Option<Found> {
    let first = layout.lines.get(line)?;
    if !document.slice(first.span).starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()) {
        return None; // the middle of a sentence
    }
    let word = layout.lines.iter().skip(line).take(LONGEST).find_map(|line| line.words.first());
    if first.gap == 0 && !word.is_some_and(|word| firsts.contains(word.text.as_str())) {
        return None; // no heading begins with this word, and none with a misprint stands here
    }
    let sections = known.sections.iter().enumerate().map(|(i, (_, by_lang))| (Head::Section(i), by_lang));
    let labels = known.questions.iter().enumerate().filter(|(_, (q, _))| q.number.is_none());
    let labels = labels.map(|(i, (_, by_lang))| (Head::Label(i), by_lang));
    let block = Block::at(layout, line);
    let mut best: Option<(f32, usize, Found)> = None;
    for (head, by_lang) in sections.chain(labels) {
        let Some((score, length, end)) = block.agreement(by_lang) else { continue };
        if best.as_ref().is_none_or(|(s, l, _)| (score, length) > (*s, *l)) {
            best = Some((score, length, Found { line, end, head }));
        }
    }
    best.map(|(.., found)| found)
}

/// Some lines in which a heading may stand, by their words.
struct Block<'t> {
    line: usize,
    /// The words of all of the lines, and how many there are up to the end of each.
    words: Vec<&'t str>,
    ends: Vec<usize>,
    /// The same numbers, a bit each.
    lengths: u64,
    /// The end of the lines that stand together, if nothing stands right before them.
    alone: Option<usize>,
}

impl<'t> Block<'t> {
    /// The lines from `line` on.
    fn at(layout: &'t Layout, line: usize) -> Self {
        let lines = || layout.lines.iter().skip(line).take(LONGEST);
        let words = Vec::with_capacity(lines().map(|line| line.words.len()).sum());
        let mut block = Self { line, words, ends: Vec::with_capacity(LONGEST), lengths: 0, alone: None };
        for line in lines() {
            block.words.extend(line.words.iter().map(|word| word.text.as_str()));
            block.ends.push(block.words.len());
            block.lengths |= bit(block.words.len());
        }
        if layout.lines.get(line).is_some_and(|l| l.gap > 0) {
            block.alone = Some(layout.block_end(line));
        }
        block
    }

    /// The end of the lines that have the words of a heading and no others.
    fn exact(&self, known: &[String]) -> Option<usize> {
        // Few headings have as many words as some of the lines, and only those are looked into.
        if self.lengths & bit(known.len()) == 0 {
            return None;
        }
        let at = self.ends.iter().position(|length| *length == known.len())?;
        let words = self.words.get(..known.len()).filter(|words| !words.is_empty())?;
        words.iter().zip(known).all(|(word, known)| word == known).then_some(self.line + at + 1)
    }

    /// How well the lines that stand together agree with a heading of several words, and their end: with a misprint, it must
    /// at least stand alone.
    fn misprinted(&self, known: &[String]) -> Option<(f32, usize)> {
        let end = self.alone.filter(|_| known.len() >= TELLING)?;
        let words = self.words.get(..*self.ends.get(end.checked_sub(self.line + 1)?)?)?;
        let long = words.len() > known.len() + LONGER;
        (!long && may_agree(words, known)).then(|| (agrees(words, known, AGREES), end))
    }

    /// The lines that agree with a heading in one of its languages: how well, its length in words, the end.
    fn agreement(&self, by_lang: &ByLang<'_>) -> Option<(f32, usize, usize)> {
        let mut best: Option<(f32, usize, usize)> = None;
        for (_, known) in by_lang {
            let Some((score, end)) = self.exact(known).map(|end| (1.0, end)).or_else(|| self.misprinted(known)) else { continue };
            if score >= AGREES && best.is_none_or(|(s, l, _)| (score, known.len()) > (s, l)) {
                best = Some((score, known.len(), end));
            }
        }
        best
    }
}

/// The bit of a number of words; large ones share theirs.
fn bit(words: usize) -> u64 {
    1 << (words % 64)
}

/// Whether there are not so many more words on one side that they cannot agree.
fn may_agree(words: &[&str], known: &[String]) -> bool {
    let (fewer, more) = (words.len().min(known.len()), words.len().max(known.len()));
    fewer * 10 >= more * 7
}

/// Drops short headings that nothing confirms: a heading is followed by a question, a heading or the end; a label follows
/// a heading or a question's answer and stands alone.
fn confirmed(layout: &Layout, known: &Known<'_>, found: &[Found], starts: &[usize]) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for (i, this) in found.iter().enumerate().rev() {
        let words: usize = (this.line..this.end).filter_map(|l| layout.lines.get(l)).map(|l| l.words.len()).sum();
        let followed = this.end >= layout.lines.len()
            || starts.binary_search(&this.end).is_ok()
            || kept.last().is_some_and(|next| next.line == this.end);
        let follows = i.checked_sub(1).and_then(|before| found.get(before)).is_some_and(|f| f.end == this.line);
        let alone = layout.lines.get(this.line).is_some_and(|l| l.gap > 0);
        let keep = match this.head {
            Head::Section(section) => {
                let top = known.sections.get(section).is_some_and(|(s, _)| s.level == 1);
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
