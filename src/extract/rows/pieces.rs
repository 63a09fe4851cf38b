//! The pieces of a title and the words that tell what they are: where a separator stands, which noun heads a name.

use super::title::is_acronym;
use crate::knowledge::rows::RowWords;
use crate::knowledge::words::folded_words;
use std::ops::Range;

pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let strip = |c: char| c.is_whitespace() || ",;:.–—-".contains(c);
    let start = range.start + (part.len() - part.trim_start_matches(strip).len());
    let end = range.end - (part.len() - part.trim_end_matches(strip).len());
    start..end.max(start)
}

/// Whether one of the words of a name is among those of a list.
pub(super) fn has(name: &str, list: &[String]) -> bool {
    folded_words(name).iter().any(|w| list.contains(w))
}

pub(super) fn first_is(name: &str, list: &[String], words: &RowWords) -> bool {
    folded_words(name).into_iter().find(|w| !words.articles.contains(w)).is_some_and(|w| list.contains(&w))
}

pub(super) fn last_is(name: &str, list: &[String]) -> bool {
    let bare = name.split('(').next().unwrap_or(name);
    folded_words(bare).last().is_some_and(|w| list.contains(w))
}

/// Whether the noun of a body is the head of a name: it begins or ends it, or stands before its first preposition.
pub(super) fn headed(name: &str, words: &RowWords) -> bool {
    let nouns = [&words.bodies, &words.plural_bodies, &words.owners];
    let all = folded_words(name.split('(').next().unwrap_or(name));
    let before = before_preposition(&all, words).map(|at| &all[at]);
    let heads = [all.iter().find(|w| !words.articles.contains(w)), all.last(), before];
    heads.into_iter().flatten().any(|head| nouns.into_iter().any(|list| list.contains(head))) || is_acronym(name)
}

/// The place of the word before the first preposition.
pub(super) fn before_preposition(all: &[String], words: &RowWords) -> Option<usize> {
    all.iter().position(|w| words.prepositions.contains(w))?.checked_sub(1)
}

/// Positions of a separator outside of brackets.
pub(super) fn outside(text: &str, range: &Range<usize>, separator: &str) -> Vec<Range<usize>> {
    let mut depth = 0i32;
    let mut out = Vec::new();
    for (at, c) in text[range.clone()].char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if depth == 0 && text[range.start + at..range.end].starts_with(separator) => {
                out.push(range.start + at..range.start + at + separator.len());
            }
            _ => {}
        }
    }
    out
}

/// The places of the words that join two names, with the spaces around them.
pub(super) fn ands(text: &str, range: &Range<usize>, words: &RowWords) -> Vec<Range<usize>> {
    words.and.iter().flat_map(|and| outside(text, range, &format!(" {and} "))).collect()
}

/// The items of a list with commas and a last "and", or with semicolons.
pub(super) fn listed(text: &str, whole: &Range<usize>, and: &[String]) -> Vec<Range<usize>> {
    let mut cuts = outside(text, whole, "; ");
    if cuts.is_empty() {
        cuts = outside(text, whole, ", ");
    }
    let mut items = Vec::new();
    let mut from = whole.start;
    for end in cuts.iter().map(|c| c.start).chain([whole.end]) {
        let mut item = trimmed(text, from..end);
        let joined = and.iter().find(|a| text[item.clone()].strip_prefix(a.as_str()).is_some_and(|r| r.starts_with(' ')));
        if let Some(and) = joined.filter(|_| !items.is_empty()) {
            item = trimmed(text, item.start + and.len()..item.end);
        }
        items.push(item);
        from = (end + 1).min(whole.end);
    }
    items.retain(|i| !i.is_empty());
    items
}
