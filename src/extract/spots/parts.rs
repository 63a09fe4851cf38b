//! What belongs to a name behind it, and what the form of a name states: "Annual Reports of the Commission".

use super::{Part, Spot, Spots, What, spot};
use crate::extract::Tools;
use crate::extract::chunk::with_years;
use crate::extract::tokens::Token;
use crate::extract::vocabulary::Senses;
use crate::model::vocab::class;
use std::ops::Range;

/// Completes names by what follows them with a preposition: "Annual Reports" + "of" + the Commission.
pub(super) fn complete(toks: &[Token], spots: Vec<Spot>, tools: &Tools<'_>) -> Spots {
    let mut out = Spots::default();
    // From the end, so that a complement is complete itself when it is taken.
    let mut pending = spots;
    let mut done: Vec<Spot> = Vec::with_capacity(pending.len());
    while let Some(mut spot) = pending.pop() {
        let head = spot.head.or_else(|| known_head(&spot, toks, tools).map(|(head, _)| head));
        let complement = head.and_then(|h| tools.lexicon.heads[h].complement.as_ref());
        let complement = complement.filter(|c| !c.known_only && (spot.head.is_some() || !c.part_of_name));
        let Some(complement) = complement else {
            done.push(spot);
            continue;
        };
        let fits = done.last().is_some_and(|next| {
            let between: Vec<&str> = toks[spot.tokens.end..next.tokens.start].iter().map(|t| t.folded.as_str()).collect();
            let between = open(&between, tools);
            tools.rules.slots.get(&complement.class).is_some_and(|kinds| kinds.contains(&next.kind))
                && tools.preposition(&between, &complement.prepositions)
        });
        if fits && let Some(next) = done.pop() {
            let inner = out.inner.len();
            if let Some(property) = &complement.property {
                spot.parts.push(Part { property: property.0.clone(), inner, inverse: complement.inverse });
            }
            if complement.part_of_name {
                let end = with_years(toks, next.tokens.end);
                spot.tokens.end = end;
                spot.name.end = end;
                dated(toks, &mut spot, done.last());
                out.inner.push(next);
            } else {
                out.inner.push(next.clone());
                done.push(next);
            }
            done.push(spot);
        } else if !complement.required {
            done.push(spot);
        }
    }
    done.reverse();
    out.outer = done;
    out
}

/// The date that follows a meeting is part of its name: by it meetings of one body are told apart.
fn dated(toks: &[Token], spot: &mut Spot, next: Option<&Spot>) {
    let Some(next) = next.filter(|n| spot.kind.as_ref() == class::MEETING && matches!(n.what, What::Date(_))) else { return };
    let between = &toks[spot.tokens.end..next.tokens.start];
    let small = |t: &Token| t.is(',') || t.is('(') || !t.capital && t.can_be(Senses::POSSESSIVE);
    if between.iter().all(small) {
        spot.name.end = next.tokens.end;
    }
}

/// The head that a known name begins with, and its length.
fn known_head(spot: &Spot, toks: &[Token], tools: &Tools<'_>) -> Option<(usize, usize)> {
    let known = matches!(&spot.what, What::Name { known, .. } if !known.is_empty());
    let longer = known && spot.name.len() > 1;
    let head = longer.then(|| tools.rules.chunker.head_of(toks, spot.name.start)).flatten();
    head.filter(|(_, length)| *length < spot.name.len())
}

/// What the names of known bodies say that end in another name: "Technical Secretariat of the Commission".
pub(super) fn known_parts(text: &str, toks: &[Token], spots: &mut Spots, tools: &Tools<'_>) {
    for at in 0..spots.outer.len() {
        let spot = &spots.outer[at];
        let Some((head, length)) = known_head(spot, toks, tools) else { continue };
        let Some(complement) = tools.lexicon.heads[head].complement.as_ref().filter(|_| spot.parts.is_empty()) else { continue };
        let (from, end) = (spot.name.start + length, spot.name.end);
        let follows = |start: usize| {
            (from.max(start.saturating_sub(3))..start).any(|before| {
                let words: Vec<&str> = toks[before..start].iter().map(|t| t.folded.as_str()).collect();
                tools.preposition(&open(&words, tools), &complement.prepositions)
            })
        };
        let Some(inner) = last_name(text, toks, from..end, tools) else { continue };
        let fits = tools.rules.slots.get(&complement.class).is_some_and(|kinds| kinds.contains(&inner.kind));
        if fits && follows(inner.tokens.start) {
            if let Some(property) = &complement.property {
                let part = Part { property: property.0.clone(), inner: spots.inner.len(), inverse: complement.inverse };
                spots.outer[at].parts.push(part);
            }
            spots.inner.push(inner);
        }
    }
}

/// The name that ends a stretch of a passage: a known one, or the beginning of one that was named before.
fn last_name(text: &str, toks: &[Token], range: Range<usize>, tools: &Tools<'_>) -> Option<Spot> {
    let rest = toks.get(range.clone())?;
    let found = tools.gazetteer.find(text, rest, &tools.lexicon.language);
    if let Some(last) = found.into_iter().find(|f| f.tokens.end == rest.len()) {
        let what = What::Name { known: last.bearers, acronym: None, is_acronym: last.code };
        return Some(spot(last.tokens.start + range.start..range.end, last.kind, what));
    }
    let start = range.clone().find(|at| toks[*at].capital)?;
    let (head, _) = tools.rules.chunker.head_of(toks, start)?;
    Some(spot(start..range.end, tools.lexicon.heads[head].class.0.clone(), What::Short))
}

/// Words with contractions opened.
fn open(words: &[&str], tools: &Tools<'_>) -> String {
    let contractions = &tools.lexicon.words.contractions;
    words.iter().map(|w| contractions.get(*w).map_or(*w, String::as_str)).collect::<Vec<_>>().join(" ")
}
