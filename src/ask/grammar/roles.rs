//! Nouns beside names and beside each other: what is the same thing, and who plays which part in a relation.

use super::attach::narrow;
use super::parts::listed;
use super::rules::{Grammar, Made, noun};
use crate::ask::lattice::Value;
use crate::ask::link::own_property;
use crate::ask::meaning::{Cond, Form, Head, Noun, Pick, Pred, Rel};
use crate::ask::sorts;
use std::rc::Rc;

impl Grammar<'_> {
    /// "Whose funder is the EU", "de los que es contraparte la STPS"; and "which partners are NGOs".
    pub(super) fn role_played(self, a: &Rc<Noun>, b: &Rc<Noun>) -> Made {
        let open = |n: &Noun| n.is_open_role() && n.conds.is_empty() && !n.asked && n.pick.is_none() && !n.counted;
        let named = |n: &Noun| n.is_name() && !n.asked && !n.whether;
        let (role, name) = match (open(a) && named(b), named(a) && open(b)) {
            (true, _) => (a, b),
            (_, true) => (b, a),
            _ => {
                let filled = a.asked && matches!(a.head, Head::Role { filled: true, .. });
                let kind = filled && matches!(b.head, Head::Type(_)) && b.conds.is_empty() && !b.asked && !b.counted;
                return if kind { self.of_kind(a, b) } else { Vec::new() };
            }
        };
        let Head::Role { relations, right, .. } = &role.head else { return Vec::new() };
        let literal = role.sorts & sorts::literals() != 0;
        if literal || role.sorts & name.sorts == 0 {
            return Vec::new();
        }
        let form = if *right { Form::Forward } else { Form::Backward };
        let rel = Rel::new(relations.iter().map(|id| (*id, form, 0.0)).collect(), role.words);
        vec![(Value::Pred(Rc::new(Pred { rel: Rc::new(rel), arg: Rc::clone(name), after: true })), 0.3)]
    }

    /// "Which partners of SENDEROS are NGOs?"
    fn of_kind(self, a: &Noun, b: &Noun) -> Made {
        let Some(mut both) = narrow(b, a.sorts, self.books) else { return Vec::new() };
        both.conds.clone_from(&a.conds);
        (both.asked, both.via) = (true, a.via.clone());
        vec![(noun(both), 0.1)]
    }

    /// The bearers of a name that belong to the country before it.
    fn of_country(self, a: &Noun, b: &Noun) -> Option<Noun> {
        let (Head::Name(countries), Head::Name(bearers)) = (&a.head, &b.head) else { return None };
        let entities = &self.books.vocabulary.entities;
        let [country] = countries.as_slice() else { return None };
        let country = entities.get(*country).filter(|_| a.is_name() && b.is_name() && !a.asked && !b.asked)?;
        let own = |at: &usize| entities.get(*at).is_some_and(|entity| entity.country.as_ref() == Some(&country.iri));
        let own: Vec<usize> = bearers.iter().copied().filter(own).collect();
        (!own.is_empty()).then(|| Noun { head: Head::Name(own), whether: a.whether, ..b.clone() })
    }

    /// "The SENDEROS project", "la comisión CITI"; and names in a row.
    pub(super) fn apposed(self, a: &Rc<Noun>, b: &Rc<Noun>) -> Made {
        let mut made = Vec::new();
        let is_type = |n: &Noun| matches!(n.head, Head::Type(_)) && n.conds.is_empty();
        if is_type(a)
            && matches!(b.head, Head::Name(_))
            && b.conds.is_empty()
            && let Some(mut named) = narrow(b, a.sorts, self.books)
        {
            named.asked = a.asked;
            named.whether |= a.whether;
            made.push((noun(named), if a.asked { 0.9 } else { 0.05 }));
        }
        // "The Ghana National Steering Committee".
        if let Some(named) = self.of_country(a, b) {
            made.push((noun(named), 0.1));
        }
        if is_type(b)
            && matches!(a.head, Head::Name(_))
            && a.conds.is_empty()
            && let Some(named) = narrow(a, b.sorts, self.books)
        {
            made.push((noun(named), 0.1));
        }
        if a.is_name() && b.is_name() && !a.asked && a.sorts & b.sorts != 0 {
            // "Mexique-Guatemala"; but a place and the country it is in are not two.
            let country = sorts::countries();
            let two = (a.sorts | b.sorts) & !country == 0;
            made.push((noun(listed(a, b, true)), if two { 0.12 } else { 0.6 }));
        }
        made
    }
}

/// "Which of Ghana and Guatemala …?"
pub(super) fn one_of(a: &Noun, b: &Pred) -> Made {
    if !b.rel.of || !b.arg.is_several() || a.via.is_some() {
        return Vec::new();
    }
    let mut one = a.clone();
    one.sorts = b.arg.sorts;
    one.conds.push(Cond::Among(Rc::clone(&b.arg)));
    vec![(noun(one), 0.1)]
}

/// Whether things are to be the largest or the latest, and nothing says how large or how late such things are.
pub(super) fn has_nothing_to_be_picked_by(n: &Noun) -> bool {
    let by_itself = |pick: Pick| matches!(pick, Pick::Largest | Pick::Smallest | Pick::Latest | Pick::Earliest);
    let literal = n.sorts & sorts::literals() != 0;
    // "The most projects" are those of somebody.
    if n.asked && !literal && n.against.is_none() && matches!(n.pick, Some(Pick::Most | Pick::Fewest)) {
        return true;
    }
    n.pick.is_some_and(|pick| by_itself(pick) && !literal && own_property(n, pick).is_none())
}

/// Whether a description is a noun for a class, or several of them.
pub(super) fn is_kinds(n: &Noun) -> bool {
    match &n.head {
        Head::Type(_) => true,
        Head::List { of, .. } => of.iter().all(|one| is_kinds(one)),
        _ => false,
    }
}

/// Whether several kinds of things are asked for at once, of which more than their kind is said: "projects and their funders".
pub(super) fn is_mixed(n: &Noun) -> bool {
    let plain = |n: &Noun| n.is_name() || (matches!(n.head, Head::Type(_)) && n.conds.is_empty());
    matches!(&n.head, Head::List { of, .. } if !n.is_name() && !of.iter().all(|one| plain(one)))
}

/// The things that someone named does something to, with that said of them: of "the DOL funds projects", the projects.
pub(super) fn turned(n: &Noun) -> Option<Noun> {
    let [Cond::Link { relation, left, other, not: false, words }] = n.conds.as_slice() else { return None };
    let subject = Noun { conds: Vec::new(), whether: false, ..n.clone() };
    if !subject.is_name() || !matches!(other.head, Head::Type(_)) || n.asked {
        return None;
    }
    let mut things = (**other).clone();
    things.conds.push(Cond::Link { relation: *relation, left: !left, other: Rc::new(subject), not: false, words: *words });
    Some(things)
}
