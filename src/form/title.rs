//! The head of a report: its title, the country and year it is about, its instruments; and whether there is a second one.

use super::known::Known;
use super::layout::{Layout, Word};
use super::vocabulary;
use crate::knowledge::words::{find, folded_words, words};
use crate::model::document::{Document, Span};
use crate::model::id::fold;
use crate::model::passage::Passage;
use oxigraph::model::NamedNode;
use std::ops::Range;

/// Finds the resource of a country by its name, folded by [`fold`].
pub type CountryByName<'a> = &'a dyn Fn(&str) -> Option<NamedNode>;

/// A line that names a country and a year: "Mexico - 2021".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CountryYear {
    pub(super) line: usize,
    pub(super) span: Span,
    pub(super) country: NamedNode,
    pub(super) year: i32,
}

/// The first country and year in the given lines: in one line, or in two that follow one another.
pub(super) fn country_year(document: &Document, layout: &Layout, to: usize, by_name: CountryByName<'_>) -> Option<CountryYear> {
    let lines = layout.lines.get(..to.min(layout.lines.len()))?;
    // A line with nothing else in it is surer than one of which they are a part.
    let alone = (0..lines.len()).find_map(|line| in_line(document, layout, line, by_name, true));
    alone.or_else(|| (0..lines.len()).find_map(|line| in_line(document, layout, line, by_name, false))).or_else(|| {
        lines.windows(2).enumerate().find_map(|(line, pair)| {
            let [first, second] = pair else { return None };
            let words = layout.words(line + 1);
            let (_, year) = year(document, words).filter(|(at, _)| at.len() == words.len())?;
            let country = whole_name(document, layout.words(line), by_name)?;
            Some(CountryYear { line, span: Span::new(first.span.start, second.span.end), country, year })
        })
    })
}

/// All lines that hold a country and a year and nothing else.
pub(super) fn country_lines(document: &Document, layout: &Layout, by_name: CountryByName<'_>) -> Vec<CountryYear> {
    (0..layout.lines.len()).filter_map(|line| in_line(document, layout, line, by_name, true)).collect()
}

fn in_line(document: &Document, layout: &Layout, line: usize, by_name: CountryByName<'_>, alone: bool) -> Option<CountryYear> {
    const LONGEST: usize = 12;
    let words = layout.words(line);
    if words.len() < 2 || (alone && words.len() > LONGEST) {
        return None;
    }
    let (at, year) = year(document, words)?;
    let (before, after) = (words.get(..at.start)?, words.get(at.end..)?);
    let country = if alone {
        let name = if after.is_empty() { before } else { after };
        whole_name(document, name, by_name).filter(|_| before.is_empty() || after.is_empty())
    } else {
        name_in(document, before, by_name).or_else(|| name_in(document, after, by_name))
    }?;
    Some(CountryYear { line, span: layout.lines.get(line)?.span, country, year })
}

/// The one word that is a year; of a period, `2000-2012`, its last year.
fn year(document: &Document, words: &[Word]) -> Option<(Range<usize>, i32)> {
    let mut years = words.iter().enumerate().filter_map(|(i, word)| Some((i, vocabulary::year(word.number)?, word)));
    let (first, year, word) = years.next()?;
    let Some((second, end, other)) = years.next() else { return Some((first..first + 1, year)) };
    let between = document.text.get(word.end()..other.start)?.trim();
    let period = second == first + 1 && year < end && matches!(between, "-" | "–" | "—");
    (period && years.next().is_none()).then_some((first..second + 1, end))
}

/// The country whose name the words are.
fn whole_name(document: &Document, words: &[Word], by_name: CountryByName<'_>) -> Option<NamedNode> {
    let (first, last) = (words.first()?, words.last()?);
    let name = document.text.get(first.start..last.end())?;
    // A closing bracket belongs to a name such as "Venezuela (Bolivarian Republic of)".
    let bracketed = document.text.get(first.start..=last.end()).filter(|name| name.ends_with(')'));
    let folded = |name: &str| fold(name).split_whitespace().collect::<Vec<_>>().join(" ");
    bracketed.and_then(|name| by_name(&folded(name))).or_else(|| by_name(&folded(name)))
}

/// The longest name of a country among the words; of several the first.
fn name_in(document: &Document, words: &[Word], by_name: CountryByName<'_>) -> Option<NamedNode> {
    const LONGEST: usize = 8;
    (1..=words.len().min(LONGEST)).rev().find_map(|n| words.windows(n).find_map(|w| whole_name(document, w, by_name)))
}

/// The first place in a passage that speaks of an instrument: a phrase of the title page with its number, or the number.
pub(super) fn instrument(known: Known<'_>, title: &Passage, instrument: &NamedNode) -> Passage {
    let number = instrument.as_str().rsplit('/').next().map(folded_words).unwrap_or_default();
    let words = words(title.text());
    let mut phrase = known.form.folded().marks.iter().filter(|(_, mark)| number.iter().all(|n| mark.contains(n)));
    let place = phrase.find_map(|(_, mark)| find(&words, mark)).or_else(|| find(&words, &number));
    place.map_or_else(|| title.clone(), |range| title.part(range))
}

/// Lines where a phrase of the title page begins: the phrase, and the line. Phrases may run over line ends.
pub(super) fn marks(layout: &Layout, known: Known<'_>) -> Vec<(usize, usize)> {
    const LONGEST: usize = 5;
    let mut found = Vec::new();
    for line in 0..layout.lines.len() {
        let words = layout.words_of(line..line + LONGEST);
        if words.first().is_none_or(|first| !known.words.mark_begins.has(first.number)) {
            continue;
        }
        for (mark, phrase) in known.words.marks.iter().enumerate() {
            let phrase = known.words.of_phrase(phrase);
            let starts =
                words.get(..phrase.len()).is_some_and(|words| words.iter().map(|word| word.number).eq(phrase.iter().copied()));
            if starts && !phrase.is_empty() {
                found.push((mark, line));
            }
        }
    }
    found
}

/// The lines over which a phrase of the title page runs that begins in a line.
pub(super) fn lines_of(layout: &Layout, known: Known<'_>, mark: usize, line: usize) -> Range<usize> {
    let words = known.words.marks.get(mark).map_or(0, |mark| known.words.of_phrase(mark).len());
    let end = (line + 1..layout.lines.len()).find(|end| layout.words_of(line..*end).len() >= words);
    line..end.unwrap_or(layout.lines.len())
}
