//! Places that no noun beside them tells: those that a noun tells elsewhere in the report, those that stand in one series with a
//! place ("en Arenal, Salinas y Loma Alta", where one of the three is known to be one), and those that a project is said to be in.

use super::kinds;
use super::localities::Localities;
use super::reader::{Place, Reader};
use super::spots::{Spot, What};
use super::tokens::{Kind, Token};
use super::vocabulary::Senses;
use crate::model::vocab::class;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A name of fewer letters may be many things.
const FEWEST_LETTERS: usize = 4;

/// The places of a report, by the first of their words: the words of each, folded.
#[derive(Default)]
pub(super) struct Whereabouts(FxHashMap<String, Vec<Vec<String>>>);

impl Whereabouts {
    /// The places that nouns tell in the passage with these tokens.
    pub(super) fn look_ahead(&mut self, localities: &Localities, toks: &[Token]) {
        for name in localities.find(toks) {
            self.add(&toks[name]);
        }
    }

    fn add(&mut self, name: &[Token]) {
        let words: Vec<String> = name.iter().map(|t| t.folded.clone()).collect();
        if let Some(first) = words.first().filter(|_| words.concat().len() >= FEWEST_LETTERS) {
            let all = self.0.entry(first.clone()).or_default();
            if !all.contains(&words) {
                all.push(words);
            }
        }
    }

    /// The place that begins at a token.
    fn at(&self, toks: &[Token], at: usize) -> Option<Range<usize>> {
        let names = self.0.get(&toks[at].folded)?;
        let here = |name: &&Vec<String>| {
            let words = toks.get(at..at + name.len());
            words.is_some_and(|words| words.iter().zip(name.iter()).all(|(t, w)| t.folded == *w))
        };
        names.iter().filter(here).map(Vec::len).max().map(|length| at..at + length)
    }
}

/// Adds the places of a passage that its own words do not tell.
pub(super) fn add(reader: &mut Reader<'_>, place: Place<'_>, spots: &mut Vec<Spot>) {
    let toks = place.tokens;
    let mut taken = vec![false; toks.len()];
    for spot in spots.iter() {
        taken[spot.tokens.clone()].fill(true);
    }
    let mut known: Vec<Range<usize>> = Vec::new();
    for at in 0..toks.len() {
        if toks[at].capital && !toks[at].upper && stands_for_itself(toks, at) && !taken[at] {
            let name = reader.places.at(toks, at).filter(|name| !taken[name.clone()].contains(&true) && ends(toks, name.end));
            known.extend(name);
        }
    }
    known.extend(spots.iter().flat_map(|spot| within(reader, toks, spot, &taken)));
    let mut new = known.clone();
    known.extend(spots.iter().filter(|s| s.kind == kinds::place()).map(|s| s.tokens.clone()));
    known.sort_unstable_by_key(|name| name.start);
    known.iter().chain(&new).for_each(|name| taken[name.clone()].fill(true));
    for one in known {
        let localities = &reader.tools.rules.localities;
        for name in before(localities, toks, one.start, &taken).into_iter().chain(behind(localities, toks, one.end, &taken)) {
            taken[name.clone()].fill(true);
            reader.places.add(&toks[name.clone()]);
            new.push(name);
        }
    }
    spots.extend(new.into_iter().map(|name| Spot {
        tokens: name.clone(),
        name,
        kind: kinds::place(),
        what: What::Name { known: Vec::new(), acronym: None, is_acronym: false },
        head: None,
        country: None,
        parts: Vec::new(),
    }));
    spots.sort_by_key(|s| s.tokens.start);
}

/// The names that stand behind a project and "in", or, if they are several, behind a group of people, a sector or an issue and "in":
/// "the Safe Nets project in Arenal until 2023", "pescadores en Arenal y Loma Alta".
fn within(reader: &Reader<'_>, toks: &[Token], spot: &Spot, taken: &[bool]) -> Vec<Range<usize>> {
    let localities = &reader.tools.rules.localities;
    let programme = spot.kind.as_ref() == class::PROGRAMME;
    let word = |at: usize| toks.get(at).is_some_and(|t| t.kind == Kind::Word && !t.capital);
    let quoted = toks.get(spot.tokens.end).is_some_and(|t| ['"', '”', '»'].iter().any(|c| t.is(*c)));
    let end = spot.tokens.end + usize::from(quoted);
    // "the Safe Nets project in", "fishing vessels in"
    let inside = |at: usize| localities.within(toks, at);
    let Some(from) = inside(end).or_else(|| inside(end + 1).filter(|_| word(end))) else { return Vec::new() };
    if !programme && !kinds::is_scheme(&spot.kind) {
        return Vec::new();
    }
    let Some(first) = localities.name_at(toks, from).filter(|name| names(toks, name, taken)) else { return Vec::new() };
    let others = behind(localities, toks, first.end, taken);
    let last = others.last().map_or(first.end, |name| name.end);
    let closed = toks.get(last).is_none_or(|t| t.kind == Kind::Mark || small(t));
    if others.is_empty() && !(programme && closed) {
        return Vec::new();
    }
    let all: Vec<_> = std::iter::once(first).chain(others).collect();
    // What is so called in another country is not taken for a place of this one without a noun.
    let abroad = |name: &Range<usize>| reader.tools.listed.is_abroad(&toks[name.clone()], &reader.report.country);
    if all.iter().any(abroad) { Vec::new() } else { all }
}

/// Whether a name that begins at a token is no part of another, and not the beginning of a sentence.
fn stands_for_itself(toks: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|i| &toks[i]) else { return false };
    small(before) || [',', ':', '('].iter().any(|c| before.is(*c))
}

/// Whether a name may end at a token: no word with a capital goes on with it, and no acronym explains it.
fn ends(toks: &[Token], end: usize) -> bool {
    let goes_on = |t: &Token| t.capital && t.spaced && t.kind == Kind::Word || t.is('(') || !t.spaced && t.is('-');
    !toks.get(end).is_some_and(goes_on)
}

fn small(token: &Token) -> bool {
    !token.capital && (token.can_be(Senses::SMALL) || token.can_be(Senses::GENITIVE) || token.can_be(Senses::CONTRACTION))
}

/// Whether words name a place if they stand beside one.
fn names(toks: &[Token], name: &Range<usize>, taken: &[bool]) -> bool {
    let other = |t: &Token| {
        t.upper || [Senses::HEAD, Senses::MONTH, Senses::DEMONYM, Senses::PLACE_NOUN].iter().any(|sense| t.can_be(*sense))
    };
    !taken[name.clone()].contains(&true) && ends(toks, name.end) && !toks[name.clone()].iter().any(|t| t.capital && other(t))
}

/// The members of a series behind a place that ends at `at`.
fn behind(localities: &Localities, toks: &[Token], mut at: usize, taken: &[bool]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    while let Some((next, _)) = localities.joined_behind(toks, at) {
        // "in Arenal and in Loma Alta"
        let next = localities.within(toks, next).unwrap_or(next);
        let Some(name) = localities.name_at(toks, next).filter(|name| names(toks, name, taken)) else { break };
        at = name.end;
        out.push(name);
    }
    out
}

/// The members of a series before a place that begins at `at`; the first stands behind a small word or a colon.
fn before(localities: &Localities, toks: &[Token], mut at: usize, taken: &[bool]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    while let Some(end) = localities.member_before(toks, at) {
        let Some(name) = localities.name_before(toks, end).filter(|name| names(toks, name, taken)) else { break };
        at = name.start;
        out.push(name);
    }
    if at.checked_sub(1).is_some_and(|i| small(&toks[i]) || toks[i].is(':')) { out } else { Vec::new() }
}
