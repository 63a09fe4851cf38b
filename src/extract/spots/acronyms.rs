//! Acronyms: where a text explains them, and where it uses them.

use super::{Spot, What, find};
use crate::extract::Tools;
use crate::extract::tokens::{Token, apostrophe, tokens};
use crate::model::claim::MentionId;
use oxigraph::model::NamedNode;
use std::collections::HashMap;
use std::ops::Range;

/// The acronyms that a report explains, by their letters.
#[derive(Default)]
pub(in crate::extract) struct Acronyms {
    /// Explained so far: what each stands for.
    pub learnt: HashMap<String, (MentionId, NamedNode)>,
    /// Explained somewhere in the report: the kind of what each stands for.
    pub promised: HashMap<String, NamedNode>,
}

/// The places at which acronyms stand that the report explains.
pub(super) fn acronyms(text: &str, toks: &[Token], known: &Acronyms) -> Vec<Spot> {
    let of = |t: &Token| {
        let written = text.get(t.range.clone())?;
        let learnt = known.learnt.get(written).map(|(id, kind)| (kind, What::Learnt(*id)));
        learnt.or_else(|| known.promised.get(written).map(|kind| (kind, What::Promised(written.to_owned()))))
    };
    let upper = toks.iter().enumerate().filter(|(_, t)| t.upper);
    upper.filter_map(|(at, t)| of(t).map(|(kind, what)| super::spot(at..at + 1, kind.clone(), what))).collect()
}

/// `Full Name (ACRONYM)` and `ACRONYM (Full Name)`: the brackets belong to the name's place and teach the acronym.
pub(super) fn brackets(text: &str, toks: &[Token], spots: &mut Vec<Spot>) {
    let mut swallowed: Vec<Range<usize>> = Vec::new();
    for spot in spots.iter_mut() {
        let Range { start, end } = spot.tokens;
        let What::Name { acronym, is_acronym, .. } = &mut spot.what else { continue };
        if *is_acronym {
            continue;
        }
        if toks.get(end).is_some_and(|t| t.is('('))
            && let Some(close) = closing(toks, end + 1)
            && let Some(written) = letters(text, toks, end + 1..close)
        {
            *acronym = Some(written);
            spot.tokens.end = close + 1;
            swallowed.push(end..close + 1);
        } else if let Some(word) = start.checked_sub(2)
            && toks[word + 1].is('(')
            && toks.get(end).is_some_and(|t| t.is(')'))
            && (toks[word].spaced || word.checked_sub(1).is_some_and(|i| apostrophe(&toks[i])))
            && let Some(written) = letters(text, toks, word..word + 1)
        {
            *acronym = Some(written);
            spot.tokens = word..end + 1;
            swallowed.push(word..word + 1);
        }
    }
    spots.retain(|s| !swallowed.iter().any(|w| w.start <= s.tokens.start && s.tokens.end <= w.end));
}

/// The bracket that closes a short run of tokens written without spaces.
fn closing(toks: &[Token], from: usize) -> Option<usize> {
    /// An acronym has no more tokens than this: `J/TIP`, `CNLTP-PP`.
    const MOST: usize = 5;
    let close = (from..=(from + MOST)).find(|i| toks.get(*i).is_some_and(|t| t.is(')')))?;
    (close > from && toks[from..close].iter().all(|t| !t.spaced)).then_some(close)
}

/// Tokens that are an acronym: capitals, perhaps with digits and marks.
fn letters(text: &str, toks: &[Token], range: Range<usize>) -> Option<String> {
    const LONGEST_ACRONYM: usize = 14;
    let first = toks.get(range.start).filter(|t| t.capital)?;
    let written = text.get(first.range.start..toks.get(range.end.checked_sub(1)?)?.range.end)?;
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    let fits = capitals >= 2 && !written.chars().any(char::is_lowercase) && written.chars().count() <= LONGEST_ACRONYM;
    fits.then(|| written.to_owned())
}

/// Whether a passage may explain an acronym at all: one stands in brackets, before brackets, or behind a dash.
fn may_explain(text: &str, toks: &[Token]) -> bool {
    let bracketed = |at: usize| {
        let inside = closing(toks, at + 1).and_then(|close| letters(text, toks, at + 1..close));
        inside.is_some() || at.checked_sub(1).is_some_and(|before| letters(text, toks, before..at).is_some())
    };
    let behind = |at: usize| toks.get(at + 1).is_some_and(|t| t.upper && t.spaced);
    toks.iter().enumerate().any(|(at, t)| t.is('(') && bracketed(at) || (t.is('-') || t.is('–')) && t.spaced && behind(at))
}

/// The acronyms that a passage explains, each with the kind of what it stands for.
pub(in crate::extract) fn explained(text: &str, tools: &Tools<'_>) -> Vec<(String, NamedNode)> {
    let toks = tokens(text);
    if !may_explain(text, &toks) {
        return Vec::new();
    }
    let spots = find(text, &toks, tools, &Acronyms::default());
    let explained = |s: Spot| match s.what {
        What::Name { acronym: Some(acronym), .. } => Some((acronym, s.kind)),
        _ => None,
    };
    spots.outer.into_iter().chain(spots.inner).filter_map(explained).collect()
}
