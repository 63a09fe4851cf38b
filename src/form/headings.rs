//! Headings of sections, and labels that are answered without a number: lines whose words are the form's.

use super::compare::agrees;
use super::known::{ByLang, Known};
use super::layout::Layout;
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

/// Headings of so many words are known by their words alone; shorter ones may be words of an answer.
const TELLING: usize = 4;
/// Words that agree so well are the heading's, misprints aside.
const AGREES: f32 = 0.8;

/// All headings and labels, in the order of the text. `starts` are the first lines of questions, ascending.
pub(super) fn headings(document: &Document, layout: &Layout, known: &Known<'_>, starts: &[usize]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut line = 0;
    while line < layout.lines.len() {
        match heading(document, layout, known, line).filter(|f| !starts.iter().any(|s| (f.line..f.end).contains(s))) {
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
fn heading(document: &Document, layout: &Layout, known: &Known<'_>, line: usize) -> Option<Found> {
    let first = layout.lines.get(line)?;
    if !document.slice(first.span).starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()) {
        return None; // the middle of a sentence
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
    /// The end of the lines that stand together, if nothing stands right before them.
    alone: Option<usize>,
}

impl<'t> Block<'t> {
    /// The lines from `line` on.
    fn at(layout: &'t Layout, line: usize) -> Self {
        const LONGEST: usize = 6;
        let mut block = Self { line, words: Vec::new(), ends: Vec::new(), alone: None };
        for line in layout.lines.iter().skip(line).take(LONGEST) {
            block.words.extend(line.words.iter().map(|word| word.text.as_str()));
            block.ends.push(block.words.len());
        }
        if layout.lines.get(line).is_some_and(|l| l.gap > 0) {
            block.alone = Some(layout.block_end(line));
        }
        block
    }

    /// The lines that agree with a heading in one of its languages: how well, its length in words, the end.
    fn agreement(&self, by_lang: &ByLang<'_>) -> Option<(f32, usize, usize)> {
        let mut best: Option<(f32, usize, usize)> = None;
        for (_, known) in by_lang {
            // With a misprint, the heading must at least stand alone.
            let alone = self.alone.filter(|_| known.len() >= TELLING);
            for (at, length) in self.ends.iter().enumerate() {
                let (end, words) = (self.line + at + 1, &self.words[..*length]);
                if words.len() > known.len() + 3 {
                    break;
                }
                let exact = words.len() == known.len() && words.iter().zip(*known).all(|(word, known)| word == known);
                let score = match alone {
                    _ if exact => 1.0,
                    Some(alone) if alone == end && may_agree(words, known) => agrees(words, known),
                    _ => 0.0,
                };
                if score >= AGREES && best.is_none_or(|(s, l, _)| (score, known.len()) > (s, l)) {
                    best = Some((score, known.len(), end));
                }
            }
        }
        best
    }
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
