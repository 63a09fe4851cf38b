//! Where a title that names several policies or programmes is parted.

use super::pieces::{ands, has, last_is, listed, outside, trimmed};
use super::title::{Named, words_the};
use crate::knowledge::rows::RowWords;
use crate::knowledge::words::folded_words;
use std::ops::Range;

/// The policies or programmes of a title: "X Program and Y Program", "Plan on X and National Y Strategy", and, behind a theme
/// that announces several, "Child Protection Programs: X and Y".
pub(super) fn things(text: &str, whole: Range<usize>, words: &RowWords) -> Vec<(Range<usize>, Option<usize>)> {
    let whole = trimmed(text, whole);
    let signs = [": ", " - ", " – ", "—"];
    let mut cuts = signs.iter().flat_map(|sign| outside(text, &whole, sign));
    let theme = |cut: &Range<usize>| folded_words(&text[whole.start..cut.start]).last().is_some_and(|w| words.themes.contains(w));
    let themed = cuts.find(theme);
    let inner = themed.as_ref().map_or(whole.clone(), |cut| trimmed(text, cut.end..whole.end));
    let mut items = if themed.is_some() { listed(text, &inner, &words.and) } else { vec![inner] };
    if let Some(last) = items.pop() {
        items.extend(paired(text, &last, words, themed.is_some()).unwrap_or_else(|| vec![last]));
    }
    items.into_iter().map(|r| (r, None)).collect()
}

/// The two things that one name of a title joins, "Tidenet and Rope-Book", where the row's text names each of them by itself.
pub(super) fn named_apart(named: Named, title: &str, text: &str, words: &RowWords) -> Vec<Named> {
    let [(name, range)] = named.names.as_slice() else { return vec![named] };
    if named.acronym.is_some() || named.period.is_some() || named.part_of.is_some() || text.contains(name.as_str()) {
        return vec![named];
    }
    let alone = |half: &str| {
        let mut found = text.match_indices(half);
        half.starts_with(char::is_uppercase) && !half.contains(' ') && found.any(|(at, _)| stands_alone(text, at, half.len()))
    };
    // A name lacks the marks that its title may have within it.
    let first = |half: &str| title.get(range.clone())?.starts_with(half).then(|| range.start..range.start + half.len());
    let second = |half: &str| title.get(range.clone())?.ends_with(half).then(|| range.end - half.len()..range.end);
    let halves = words.and.iter().find_map(|and| name.split_once(&format!(" {and} "))).filter(|(a, b)| alone(a) && alone(b));
    let places = halves.and_then(|(a, b)| Some([(a, first(a)?), (b, second(b)?)]));
    let one = |(half, range): (&str, Range<usize>)| Named {
        names: vec![(half.to_owned(), range.clone())],
        range,
        marks: named.marks.clone(),
        ..Named::default()
    };
    places.map_or_else(|| vec![named.clone()], |places| places.map(one).into())
}

/// Whether a word of a text is a whole one within a sentence, and no part of a longer name.
fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let (before, behind) = (&text[..at], &text[at + length..]);
    let word = |c: char| c.is_alphanumeric() || c == '-';
    let last = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    // "Tidenet's Rope-Book" has a name of its own behind the owner's.
    let inside = last.ends_with(char::is_alphanumeric) && (!last.starts_with(char::is_uppercase) || last.contains(['\'', '’']))
        || last.ends_with(',');
    !before.ends_with(word) && !behind.starts_with(word) && inside && !behind.trim_start().starts_with(char::is_uppercase)
}

/// The two things of "A and B": each is told by its own noun, or else a theme before them announces several.
fn paired(text: &str, whole: &Range<usize>, words: &RowWords, announced: bool) -> Option<Vec<Range<usize>>> {
    const FEWEST: usize = 3;
    ands(text, whole, words).into_iter().find_map(|cut| {
        let (left, mut right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        let the = words_the(&text[right.clone()], &words.articles);
        right.start += the.unwrap_or_default();
        let [l, r] = [&text[left.clone()], &text[right.clone()]];
        let [first, second] = [l, r].map(folded_words);
        let thing = last_is(r, &words.things) && second.len() >= FEWEST && first.len() > 1;
        let alike = last_is(l, &words.things)
            || l.ends_with(')')
            || has(l, &words.things) && (first.first() == second.first() || the.is_some());
        // "Social Aid Program and Social Support for Families": a noun ends the first, and the second is long.
        let bare = folded_words(r.split('(').next().unwrap_or(r));
        let long = last_is(l, &words.things) && first.len() > 2 && bare.len() > FEWEST;
        // "Safety Net Program (SNP) and Additional Financing (2014–2022)": the period is that of the one thing.
        let period = r.rfind('(').is_some_and(|open| super::title::period(&r[open..]).is_some());
        let bracketed = l.ends_with(')') && r.ends_with(')') && (!period || last_is(r, &words.things));
        let two = thing && alike || long || bracketed || announced;
        // "… and Its Framework of Action" is of the first.
        let own = second.first().is_some_and(|w| words.inner.contains(w));
        (two && !own && r.starts_with(char::is_uppercase)).then(|| vec![left, right])
    })
}
