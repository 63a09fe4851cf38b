//! Countries beside names: they tell which body is meant, whose it is, or where an organisation has its office.

use super::{Spot, What};
use crate::extract::Tools;
use crate::extract::tokens::{Kind, Token, apostrophe, ends_owner};
use crate::extract::vocabulary::Senses;
use crate::model::vocab::class;
use oxigraph::model::NamedNode;
use rustc_hash::FxHashMap;

/// Acronyms of known bodies that are told apart by a country behind them, "the DOL of the United States", with their places among
/// the spots: such a one is longer than what the report explained the acronym to be, and so goes before it.
pub(super) fn with_countries(toks: &[Token], spots: &[Spot], tools: &Tools<'_>) -> Vec<(usize, Spot)> {
    let acronym = |s: &Spot| matches!(&s.what, What::Name { is_acronym: true, .. });
    let mut countries: FxHashMap<usize, &Spot> = FxHashMap::default();
    for spot in spots.iter().filter(|s| country_named(s).is_some()) {
        countries.entry(spot.tokens.start).or_insert(spot);
    }
    let narrowed = |(at, spot): (usize, &Spot)| {
        let behind = (spot.tokens.end + 1..).zip(toks.get(spot.tokens.end..).unwrap_or_default());
        let country = behind.take_while(|(_, token)| small(token)).find_map(|(at, _)| countries.get(&at))?;
        let mut spot = spot.clone();
        narrow(&mut spot, country, tools).then_some((at, spot))
    };
    spots.iter().enumerate().filter(|(_, s)| acronym(s)).filter_map(narrowed).collect()
}

/// "the Department of Labor (DOL) of the United States": the country tells which body is meant, and belongs to its place.
pub(super) fn countries(toks: &[Token], spots: &mut Vec<Spot>, tools: &Tools<'_>) {
    let mut at = 0;
    while at + 1 < spots.len() {
        let (before, next) = spots.split_at_mut(at + 1);
        if abroad(&before[at], &next[0], tools) {
            // "World Vision Honduras" is World Vision.
            before[at].tokens.end = next[0].tokens.end;
            spots.remove(at + 1);
        } else if of(&before[at], &next[0], toks) && narrow(&mut before[at], &next[0], tools) {
            spots.remove(at + 1);
        } else {
            at += 1;
        }
    }
}

/// Whether a country's name stands right behind an organisation that is of no country: its office there.
fn abroad(spot: &Spot, next: &Spot, tools: &Tools<'_>) -> bool {
    let international = [class::INTERGOVERNMENTAL_ORGANIZATION, class::CIVIL_SOCIETY_ORGANIZATION].contains(&spot.kind.as_ref());
    let known = match &spot.what {
        What::Name { known, .. } => !known.is_empty() && known.iter().all(|k| tools.country_of(k).is_none()),
        _ => false,
    };
    international && known && country_named(next).is_some() && spot.tokens.end == next.tokens.start
}

/// "the United Kingdom's Foreign Office": what a country has is what is spoken of, and the country's.
pub(super) fn possessive(toks: &[Token], spots: &mut Vec<Spot>, tools: &Tools<'_>) {
    let has = |spot: &Spot, next: &Spot| {
        let between = toks.get(spot.tokens.end..next.tokens.start).unwrap_or_default();
        let body = tools.rules.slots.get("GovBody").is_some_and(|kinds| kinds.contains(&next.kind));
        body && matches!(between, [mark, s] if apostrophe(mark) && ends_owner(Some(s), &tools.lexicon.rows.owner_endings))
    };
    for at in (1..spots.len()).rev() {
        let Some(country) = country_named(&spots[at - 1]).filter(|_| has(&spots[at - 1], &spots[at])).cloned() else { continue };
        let from = spots[at - 1].tokens.start;
        let own = &mut spots[at];
        if let What::Name { known, .. } = &mut own.what {
            known.retain(|k| tools.country_of(k).is_none_or(|of| *of == country));
            own.country = Some(country);
            own.tokens.start = from;
            spots.remove(at - 1);
        }
    }
}

/// The country that a spot names.
fn country_named(spot: &Spot) -> Option<&NamedNode> {
    match &spot.what {
        What::Name { known, .. } if spot.kind.as_ref() == class::COUNTRY => known.first(),
        _ => None,
    }
}

fn small(token: &Token) -> bool {
    token.kind == Kind::Word && !token.capital && token.can_be(Senses::POSSESSIVE)
}

/// Whether nothing but small words such as "of the" stands between two spots.
fn of(spot: &Spot, next: &Spot, toks: &[Token]) -> bool {
    let between = toks.get(spot.tokens.end..next.tokens.start).unwrap_or_default();
    !between.is_empty() && between.iter().all(small)
}

/// Narrows what a name may stand for to the bodies of the country behind it, if there are any.
fn narrow(spot: &mut Spot, next: &Spot, tools: &Tools<'_>) -> bool {
    let (Some(country), What::Name { known, .. }) = (country_named(next), &mut spot.what) else { return false };
    let belongs = known.iter().any(|k| tools.country_of(k) == Some(country));
    if belongs {
        known.retain(|k| tools.country_of(k) == Some(country));
        spot.tokens.end = next.tokens.end;
        spot.country = Some(country.clone());
    }
    belongs
}
