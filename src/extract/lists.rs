//! Lists behind an introduction that ends in a colon: each item is read together with the introduction, as one sentence.
//!
//! "It is made up of: – the Ministry of Tides, which chairs it; – the Dock Union" says of each item what its introduction says,
//! though marks, lines or what is added to an item part them.

use super::byway::Reading;
use super::layout::begins_line;
use super::reader::{Place, Reader};
use super::spots::{Spot, What};
use super::tokens::{Sentence, Token, apostrophe};
use super::vocabulary::Senses;
use std::ops::Range;

/// An introduction and an item have no more tokens than this together.
const LONGEST: usize = 70;
/// An item stands no more tokens behind its introduction.
const FARTHEST: usize = 700;
/// So many sentences behind an introduction may be those of its items.
const MOST_SENTENCES: usize = 100;
/// So many small words may stand before the name that begins an item: "representatives of the".
const MOST_SMALL: usize = 4;

/// The sentences, with one for each item of an introduced list put in behind its introduction.
pub(super) fn with_items(
    reader: &Reader<'_>,
    place: Place<'_>,
    sentences: Vec<Sentence>,
    readings: Vec<Reading>,
    spots: &[Spot],
) -> (Vec<Sentence>, Vec<Reading>) {
    let toks = place.tokens;
    if !toks.iter().any(|t| t.is(':')) {
        return (sentences, readings);
    }
    let mut out = (Vec::with_capacity(sentences.len()), Vec::with_capacity(readings.len()));
    for (at, (sentence, reading)) in sentences.iter().zip(&readings).enumerate() {
        out.0.push(sentence.clone());
        out.1.push(reading.clone());
        // A sentence that is read twice is introduced once.
        if matches!(reading, Reading::With(_)) {
            continue;
        }
        let Some((colon, items)) = inside(reader, place, sentence, spots).or_else(|| behind(toks, &sentences, at, spots)) else {
            continue;
        };
        let short = |item: &Range<usize>| colon - sentence.tokens.start + item.len() < LONGEST;
        for item in items.into_iter().filter(|item| short(item) && item.end - colon < FARTHEST) {
            out.0.push(Sentence { tokens: sentence.tokens.start..item.end, item: sentence.item });
            out.1.push(Reading::Item(colon + 1..item.start));
        }
    }
    out
}

/// The items behind a colon within a sentence, parted by semicolons or lines; none if a comma or "and" parts all of them, so that
/// they are read as one list.
fn inside(reader: &Reader<'_>, place: Place<'_>, sentence: &Sentence, spots: &[Spot]) -> Option<(usize, Vec<Range<usize>>)> {
    let toks = place.tokens;
    let Range { start, end } = sentence.tokens;
    let colon = (start..end).find(|i| toks[*i].is(':') && *i + 1 < end)?;
    let mut items = Vec::new();
    let mut from = colon + 1;
    let mut lines = false;
    for at in colon + 2..end.min(colon + FARTHEST) {
        let line = named(toks, at, end, spots) && begins_line(reader, place, at);
        if line || toks[at].is(';') {
            lines |= line && !toks[at - 1].is(';') && !toks[at - 1].is(',');
            items.push(from..at);
            from = at + usize::from(!line);
        }
    }
    items.push(from..end);
    let and = |t: &Token| t.can_be(Senses::AND) || t.is(',') || t.is(';') || t.is('.');
    // What is more than a name: "which chairs it".
    let more = |item: &Range<usize>| {
        let first = spots.get(spots.partition_point(|s| s.tokens.start < item.start)).filter(|s| s.tokens.end <= item.end);
        toks[first.map_or(item.end, |s| s.tokens.end)..item.end].iter().any(|t| !and(t))
    };
    let told = items.iter().any(more);
    let items: Vec<_> = items
        .into_iter()
        .map(|item| item.start + toks[item.clone()].iter().take_while(|t| and(t)).count()..item.end)
        .filter(|item| named(toks, item.start, item.end, spots))
        .collect();
    (items.len() > 1 && (lines || told)).then_some((colon, items))
}

/// The items that marks begin behind a sentence that ends in a colon.
fn behind(toks: &[Token], sentences: &[Sentence], at: usize, spots: &[Spot]) -> Option<(usize, Vec<Range<usize>>)> {
    let sentence = &sentences[at];
    let colon = sentence.tokens.end.checked_sub(1).filter(|i| toks[*i].is(':'))?;
    let mut item = sentence.item;
    let mut items: Vec<Range<usize>> = Vec::new();
    for next in sentences[at + 1..].iter().take(MOST_SENTENCES) {
        // The first sentence of each item; those that are read twice stand there twice.
        if next.item == item {
            continue;
        }
        if next.item == sentence.item || next.item > item + 1 {
            break;
        }
        item = next.item;
        if named(toks, next.tokens.start, next.tokens.end, spots) {
            items.push(next.tokens.clone());
        }
    }
    (!items.is_empty()).then_some((colon, items))
}

/// Whether a name begins at a token, or behind small words there.
fn named(toks: &[Token], at: usize, end: usize, spots: &[Spot]) -> bool {
    let small = |t: &&Token| !t.capital && (t.is_wordlike() || apostrophe(t));
    let first = at + toks[at..end.min(at + MOST_SMALL)].iter().take_while(small).count();
    let name = |s: &&Spot| matches!(s.what, What::Name { .. } | What::Learnt(_) | What::Promised(_) | What::Short);
    let from = spots.partition_point(|s| s.tokens.start < at);
    spots[from..].iter().take_while(|s| s.tokens.start <= first).any(|s| name(&s))
}
