//! Nouns that mean something else than what was named before: "the project on school meals", "another project".
//!
//! Without a name of its own such a thing is told nothing of; what is said of it must not be taken to be said of another.

use super::acronyms::opens;
use super::{Spot, What, spot};
use crate::extract::Tools;
use crate::extract::tokens::{Kind, Token, apostrophe, same_word};
use crate::extract::vocabulary::Senses;
use oxigraph::model::NamedNode;
use std::ops::Range;

/// Tells the phrases that refer back from those that mean something else.
pub(super) fn tell(toks: &[Token], spots: &mut Vec<Spot>, tools: &Tools<'_>) {
    let anaphors = |s: &&Spot| matches!(s.what, What::Anaphor);
    // "the project « Bridge »" names a project.
    let named = |end: usize| toks.get(end).is_some_and(opens) && begins(spots, end + 1).is_some();
    let quoted: Vec<usize> = spots.iter().filter(anaphors).map(|s| s.tokens.end).filter(|end| named(*end)).collect();
    spots.retain(|s| !(matches!(s.what, What::Anaphor) && quoted.contains(&s.tokens.end)));
    for at in 0..spots.len() {
        let spot = &spots[at];
        let behind = if matches!(spot.what, What::Anaphor) { qualified(toks, spot.tokens.end, tools) } else { None };
        let Some(behind) = behind.filter(|_| !predicate(toks, spot.tokens.start, spots, &spot.kind, tools)) else { continue };
        let first = (behind..toks.len()).find(|i| !small(&toks[*i]));
        // "the project on Fair Ports (FP)" announces a name.
        let announced = first.and_then(|first| begins(spots, first)).is_some_and(|name| name.kind == spot.kind);
        let word = first.map(|first| toks[first].folded.clone());
        spots[at].what = if announced { What::Other(None) } else { What::Other(word) };
    }
    let others: Vec<Spot> = (0..toks.len()).filter_map(|at| other(toks, at, spots, tools)).collect();
    if !others.is_empty() {
        spots.extend(others);
        spots.sort_by_key(|s| s.tokens.start);
    }
}

/// Behind the word that begins what tells a thing from others, where it stands behind a noun: "on", "nacional de".
pub(super) fn qualified(toks: &[Token], end: usize, tools: &Tools<'_>) -> Option<usize> {
    /// So many adjectives may stand between.
    const ADJECTIVES: usize = 2;
    let words = &tools.lexicon.others;
    let adjective = |t: &&Token| !t.capital && words.qualities.contains(&t.folded);
    let at = end + toks[end.min(toks.len())..].iter().take(ADJECTIVES).take_while(adjective).count();
    let begins = toks.get(at).is_some_and(|t| t.kind == Kind::Word && t.spaced && !t.capital);
    let behind = at + tools.rules.by.iter().filter(|_| begins).find(|p| is(toks, at, p))?.len();
    // "of 2019": a year tells no thing from others.
    (!toks.get(behind).is_some_and(|t| t.kind == Kind::Number)).then_some(behind)
}

/// A noun for something else by the words before it, where these begin what is said: "Another project", "In addition, two regional projects".
fn other(toks: &[Token], at: usize, spots: &[Spot], tools: &Tools<'_>) -> Option<Spot> {
    /// So many words may stand between.
    const BETWEEN: usize = 5;
    let noun = toks[at].kind == Kind::Word && !toks[at].capital && toks[at].can_be(Senses::HEAD);
    let kind = noun.then(|| tools.rules.nouns.get(&toks[at].folded)).flatten()?.clone();
    let plain = |i: &usize| toks[*i].kind == Kind::Word && !toks[*i].capital && !toks[*i].can_be(Senses::POSSESSIVE);
    let from = at - (0..at).rev().take(BETWEEN).take_while(plain).count();
    let words = &tools.lexicon.others;
    let verb = toks.get(at + 1).is_some_and(|t| t.is(',') || words.verbs.contains(&t.folded));
    let same = |i: usize| words.same.contains(&toks[i].folded);
    let qualified = |i: usize| words.articles.contains(&toks[i].folded) && i + 1 < at && verb && !(i + 1..at).any(same);
    let new = |i: usize| words.indefinite.contains(&toks[i].folded) && i > 0 && toks[i - 1].is(',');
    let begins_at = |i: &usize| {
        let phrase = tools.rules.others.iter().any(|p| i + p.len() <= at && is(toks, *i, p));
        phrase || qualified(*i) || new(*i)
    };
    // "the ILO project"
    let owner = spots.iter().find(|s| s.tokens.end == at && s.kind != kind && verb).and_then(|s| s.tokens.start.checked_sub(1));
    let possessed = owner.filter(|i| words.articles.contains(&toks[*i].folded));
    let start = (from.saturating_sub(1)..at).find(begins_at).or(possessed)?;
    // "Under a separate programme, …"
    let first = |i: usize| i.checked_sub(1).is_none_or(|i| toks[i].is('.'));
    let start = start.checked_sub(1).filter(|i| first(*i) && toks[*i].kind == Kind::Word).unwrap_or(start);
    let before = start.checked_sub(1);
    let and = before.is_some_and(|i| toks[i].can_be(Senses::AND) && ends(spots, i, &kind).is_none());
    let mark = before.is_none_or(|i| toks[i].kind == Kind::Mark && !apostrophe(&toks[i]) && ends(spots, i, &kind).is_none());
    // What stands there is a name, or announces one.
    let naming = (at + 1..at + 3).any(|i| begins(spots, i).is_some_and(|s| s.kind == kind) || toks.get(i).is_some_and(naming));
    let free = spots.iter().all(|s| s.tokens.end <= at || at < s.tokens.start);
    ((and || mark) && !naming && free).then(|| spot(at..at + 1, kind, What::Other(None)))
}

/// Whether a noun that begins there says what something is that is named before it: "Bridge is the project of the Ministry", "Bridge, the
/// project of the Ministry".
fn predicate(toks: &[Token], start: usize, spots: &[Spot], kind: &NamedNode, tools: &Tools<'_>) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    tools.lexicon.others.predicates.contains(&toks[before].folded) || toks[before].is(',') && ends(spots, before, kind).is_some()
}

fn naming(token: &Token) -> bool {
    token.can_be(Senses::NAMING) || opens(token)
}

fn small(token: &Token) -> bool {
    apostrophe(token) || !token.capital && token.can_be(Senses::POSSESSIVE)
}

fn is(toks: &[Token], at: usize, phrase: &[String]) -> bool {
    toks.get(at..at + phrase.len()).is_some_and(|here| here.iter().zip(phrase).all(|(t, w)| same_word(t, w)))
}

/// The name that begins at a token.
fn begins(spots: &[Spot], at: usize) -> Option<&Spot> {
    let touches = |s: &&Spot| s.tokens.start <= at && at <= s.name.start;
    spots.iter().find(touches).filter(|s| matches!(s.what, What::Name { .. } | What::Learnt(_) | What::Promised(_)))
}

/// The thing of a kind whose name ends before a token, or before the noun or the mark before it.
fn ends<'s>(spots: &'s [Spot], at: usize, kind: &NamedNode) -> Option<&'s Spot> {
    let near = |s: &Range<usize>| s.end <= at && at <= s.end + 1;
    spots.iter().find(|s| s.kind == *kind && near(&s.tokens) && !matches!(s.what, What::Other(_)))
}
