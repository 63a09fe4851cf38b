//! Which of the bearers of a name a question means: those of the country that it names as well ("the National Steering Committee
//! in Ghana"), those of which reports tell what is asked, and of an acronym the one that is well known.

use super::Understood;
use super::grammar::seen;
use super::meaning::{Cond, Head, Noun, Words};
use super::refusal;
use super::relations::RelationId;
use oxigraph::model::NamedNode;
use std::collections::HashSet;
use std::rc::Rc;

/// Leaves each name of a reading those of its bearers that can be meant.
pub(super) fn settle(understood: &Understood<'_>, noun: &mut Noun) {
    let named = Named::of(understood, noun);
    each_name(noun, &mut |words, bearers, ends| {
        named.narrow(understood, words, bearers);
        for (relation, left) in ends {
            if let Some(relation) = understood.books.relations.all.get(*relation) {
                let standing = seen(bearers, relation, *left, understood.books);
                if !standing.is_empty() {
                    *bearers = standing;
                }
            }
        }
    });
    if at_home(understood, noun) {
        noun.conds.clear();
    }
}

/// A thing with nothing said of it but the country that it belongs to is asked for by itself: "the National Steering Committee in
/// Ghana".
fn at_home(understood: &Understood<'_>, noun: &Noun) -> bool {
    let entities = &understood.books.vocabulary.entities;
    let (Head::Name(bearers), [Cond::Link { relation, left: true, other, not: false, .. }]) = (&noun.head, noun.conds.as_slice())
    else {
        return false;
    };
    let ([bearer], Head::Name(countries)) = (bearers.as_slice(), &other.head) else { return false };
    let located = understood.books.relations.all.get(*relation).is_some_and(|relation| relation.id == "located");
    let country = entities.get(*bearer).and_then(|entity| entity.country.as_ref());
    let named = countries.iter().filter_map(|at| entities.get(*at)).map(|entity| &entity.iri);
    located && !noun.whether && other.conds.is_empty() && named.into_iter().any(|iri| Some(iri) == country)
}

/// The ends of relations that a name stands at: whether each is the left one.
type Ends<'a> = &'a [(RelationId, bool)];

/// Visits every name of a reading.
fn each_name(noun: &mut Noun, visit: &mut dyn FnMut(Words, &mut Vec<usize>, Ends<'_>)) {
    in_noun(noun, &[], visit);
}

fn in_noun(noun: &mut Noun, far: Ends<'_>, visit: &mut dyn FnMut(Words, &mut Vec<usize>, Ends<'_>)) {
    let own = noun.conds.iter().filter_map(|cond| match cond {
        Cond::Link { relation, left, not: false, .. } => Some((*relation, *left)),
        _ => None,
    });
    let ends: Vec<(RelationId, bool)> = far.iter().copied().chain(own).collect();
    match &mut noun.head {
        Head::Name(bearers) => visit(noun.words, bearers, &ends),
        Head::List { of, .. } => of.iter_mut().for_each(|one| in_noun(Rc::make_mut(one), &ends, visit)),
        _ => {}
    }
    noun.conds.iter_mut().for_each(|cond| in_cond(cond, visit));
    if let Some(against) = &mut noun.against {
        let against = Rc::make_mut(against);
        in_noun(&mut against.other, &[], visit);
        against.sides.iter_mut().for_each(|side| in_noun(side, &[], visit));
    }
}

fn in_cond(cond: &mut Cond, visit: &mut dyn FnMut(Words, &mut Vec<usize>, Ends<'_>)) {
    match cond {
        Cond::Link { relation, left, other, .. } => in_noun(Rc::make_mut(other), &[(*relation, !*left)], visit),
        Cond::All(conds) | Cond::Any(conds) => conds.iter_mut().for_each(|cond| in_cond(cond, visit)),
        Cond::Per(cond) => in_cond(cond, visit),
        Cond::Except(noun) | Cond::Among(noun) | Cond::Scope(noun) | Cond::Unsaid(noun) => {
            in_noun(Rc::make_mut(noun), &[], visit);
        }
        Cond::Time(_) | Cond::Answered(_) => {}
    }
}

/// What a question names that has one bearer alone.
struct Named(HashSet<NamedNode>);

impl Named {
    /// The plain names of a reading.
    fn of(understood: &Understood<'_>, noun: &Noun) -> Self {
        let one = |(_, bearers): (Words, Vec<usize>)| match bearers.as_slice() {
            [one] => understood.books.vocabulary.entities.get(*one).map(|entity| entity.iri.clone()),
            _ => None,
        };
        Self(refusal::names(noun).into_iter().filter_map(one).collect())
    }

    /// Leaves those bearers that belong to a country of the question, if there are any. Of an acronym that is well known, it is
    /// the well-known bearer that is left, but where the question names the country of another: then it may be that one.
    fn narrow(&self, understood: &Understood<'_>, words: Words, bearers: &mut Vec<usize>) {
        let own = |at: &usize| {
            let entity = understood.books.vocabulary.entities.get(*at);
            entity.and_then(|entity| entity.country.as_ref()).is_some_and(|country| self.0.contains(country))
        };
        match (well_known(understood, words, bearers), bearers.iter().any(own)) {
            (Some(known), false) => *bearers = vec![known],
            (Some(known), true) if !own(&known) => {}
            (_, true) => bearers.retain(own),
            // "The Ministry of Labour in Ghana" is not another country's that has no longer name.
            (None, false) => {
                let cut = understood.books.vocabulary.cut_off(&understood.tokens, words.0).into_iter();
                let mut cut: Vec<usize> = cut.filter(|(length, _)| words.0 + length == words.1).map(|(_, at)| at).collect();
                cut.retain(own);
                cut.sort_unstable();
                cut.dedup();
                if !cut.is_empty() {
                    *bearers = cut;
                }
            }
        }
    }
}

/// The bearer of a single word that the reference data knows, where all the others are only proposed by reports.
fn well_known(understood: &Understood<'_>, words: Words, bearers: &[usize]) -> Option<usize> {
    let entities = &understood.books.vocabulary.entities;
    let known = |at: &&usize| entities.get(**at).is_some_and(|entity| entity.known);
    let proposed = |at: &usize| entities.get(*at).is_some_and(|entity| entity.proposed && !entity.known);
    let mut all = bearers.iter().filter(known);
    let (Some(one), None) = (all.next(), all.next()) else { return None };
    let rest = bearers.iter().filter(|at| *at != one).all(proposed);
    (rest && bearers.len() > 1 && words.1 - words.0 == 1).then_some(*one)
}

/// Those who bear the same word but stand back behind a well-known bearer, which is the one that is meant.
pub(super) fn passed_over(understood: &Understood<'_>, words: Words, bearers: &[usize]) -> Vec<usize> {
    let ([one], Some(token)) = (bearers, understood.tokens.get(words.0).filter(|_| words.1 - words.0 == 1)) else {
        return Vec::new();
    };
    let all = understood.books.vocabulary.names.get(&token.text).into_iter().flatten();
    let mut others: Vec<usize> =
        all.filter(|name| name.words.len() == 1).map(|name| name.entity).filter(|at| at != one).collect();
    others.sort_unstable();
    others.dedup();
    let both: Vec<usize> = std::iter::once(*one).chain(others.iter().copied()).collect();
    if well_known(understood, words, &both) == Some(*one) { others } else { Vec::new() }
}
