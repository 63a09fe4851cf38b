//! Which of the bearers of a name a question means, where it names their country as well: "the National Steering Committee in
//! Ghana".

use super::Understood;
use super::meaning::{Cond, Head, Noun};
use oxigraph::model::NamedNode;
use std::collections::HashSet;
use std::rc::Rc;

/// What a question names that has one bearer alone.
pub(super) struct Named(HashSet<NamedNode>);

impl Named {
    /// The plain names of a reading.
    pub(super) fn of(understood: &Understood<'_>, names: &[Vec<usize>]) -> Self {
        let one = |bearers: &Vec<usize>| match bearers.as_slice() {
            [one] => understood.books.vocabulary.entities.get(*one).map(|entity| entity.iri.clone()),
            _ => None,
        };
        Self(names.iter().filter_map(one).collect())
    }

    /// Leaves those bearers that belong to a country of the question, if there are any.
    pub(super) fn narrow(&self, understood: &Understood<'_>, bearers: &mut Vec<usize>) {
        let own = |at: &usize| {
            let entity = understood.books.vocabulary.entities.get(*at);
            entity.and_then(|entity| entity.country.as_ref()).is_some_and(|country| self.0.contains(country))
        };
        if bearers.len() > 1 && bearers.iter().any(own) {
            bearers.retain(own);
        }
    }

    /// Narrows all the names of a reading.
    pub(super) fn noun(&self, understood: &Understood<'_>, noun: &mut Noun) {
        match &mut noun.head {
            Head::Name(bearers) => self.narrow(understood, bearers),
            Head::List { of, .. } => of.iter_mut().for_each(|one| self.noun(understood, Rc::make_mut(one))),
            _ => {}
        }
        noun.conds.iter_mut().for_each(|cond| self.cond(understood, cond));
    }

    fn cond(&self, understood: &Understood<'_>, cond: &mut Cond) {
        match cond {
            Cond::Link { other, .. } => self.noun(understood, Rc::make_mut(other)),
            Cond::All(conds) | Cond::Any(conds) => conds.iter_mut().for_each(|cond| self.cond(understood, cond)),
            Cond::Per(cond) => self.cond(understood, cond),
            Cond::Except(noun) | Cond::Among(noun) | Cond::Scope(noun) => self.noun(understood, Rc::make_mut(noun)),
            Cond::Time(_) | Cond::Answered(_) => {}
        }
    }
}
