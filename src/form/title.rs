//! The head of a report: its title, the country and year it is about, its instruments; and whether there is a second one.

use super::known::Known;
use super::layout::Layout;
use crate::knowledge::words::{Word, find, folded_words};
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
            let country = whole_name(document, &first.words, by_name)?;
            let (_, year) = year(document, &second.words).filter(|(at, _)| at.len() == second.words.len())?;
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
    let words = &layout.lines.get(line)?.words;
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
    let mut years = words.iter().enumerate().filter_map(|(i, word)| {
        let year = Some(&word.text).filter(|text| text.len() == 4)?.parse::<i32>().ok()?;
        (1919..=2100).contains(&year).then_some((i, year, word)) // the ILO was founded in 1919
    });
    let (first, year, word) = years.next()?;
    let Some((second, end, other)) = years.next() else { return Some((first..first + 1, year)) };
    let between = document.text.get(word.range.end..other.range.start)?.trim();
    let period = second == first + 1 && year < end && matches!(between, "-" | "–" | "—");
    (period && years.next().is_none()).then_some((first..second + 1, end))
}

/// The country whose name the words are.
fn whole_name(document: &Document, words: &[Word], by_name: CountryByName<'_>) -> Option<NamedNode> {
    let (first, last) = (words.first()?, words.last()?);
    let name = document.text.get(first.range.start..last.range.end)?;
    // A closing bracket belongs to a name such as "Venezuela (Bolivarian Republic of)".
    let bracketed = document.text.get(first.range.start..=last.range.end).filter(|name| name.ends_with(')'));
    let folded = |name: &str| fold(name).split_whitespace().collect::<Vec<_>>().join(" ");
    bracketed.and_then(|name| by_name(&folded(name))).or_else(|| by_name(&folded(name)))
}

/// The longest name of a country among the words; of several the first.
fn name_in(document: &Document, words: &[Word], by_name: CountryByName<'_>) -> Option<NamedNode> {
    const LONGEST: usize = 8;
    (1..=words.len().min(LONGEST)).rev().find_map(|n| words.windows(n).find_map(|w| whole_name(document, w, by_name)))
}

/// The first place in a passage that speaks of an instrument: a phrase of the title page with its number, or the number.
pub(super) fn instrument(known: &Known<'_>, title: &Passage, instrument: &NamedNode) -> Passage {
    let number = instrument.as_str().rsplit('/').next().map(folded_words).unwrap_or_default();
    let words = crate::knowledge::words::words(title.text());
    let mut phrase = known.marks.iter().filter(|(_, mark)| number.iter().all(|n| mark.contains(n)));
    let place = phrase.find_map(|(_, mark)| find(&words, mark)).or_else(|| find(&words, &number));
    place.map_or_else(|| title.clone(), |range| title.part(range))
}

/// Lines where a phrase of the title page begins: the phrase, and the line. Phrases may run over line ends.
pub(super) fn marks(layout: &Layout, known: &Known<'_>) -> Vec<(usize, usize)> {
    const LONGEST: usize = 5;
    let mut found = Vec::new();
    for line in 0..layout.lines.len() {
        let lines = layout.lines.iter().skip(line).take(LONGEST);
        let mut words = lines.flat_map(|l| l.words.iter().map(|w| w.text.as_str())).peekable();
        let first = words.peek().copied();
        if known.marks.iter().all(|(_, phrase)| phrase.first().map(String::as_str) != first) {
            continue;
        }
        let words: Vec<&str> = words.collect();
        for (mark, (_, phrase)) in known.marks.iter().enumerate() {
            let starts = words.get(..phrase.len()).is_some_and(|w| w.iter().copied().eq(phrase.iter().map(String::as_str)));
            if starts && !phrase.is_empty() {
                found.push((mark, line));
            }
        }
    }
    found
}
