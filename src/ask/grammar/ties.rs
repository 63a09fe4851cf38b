//! What ties one thing to another: a relation of one step, or of two by what lies between.

use crate::ask::lattice::Books;
use crate::ask::meaning::{Cond, Head, Noun, Words};
use crate::ask::relations::RelationId;
use crate::ask::sorts;
use std::rc::Rc;

/// What ties a thing to another by a relation: one step, two by what lies between, or one in either direction.
pub(in crate::ask) fn tied(id: RelationId, left: bool, other: Rc<Noun>, not: bool, words: Words, books: Books<'_>) -> Cond {
    let relation = books.relations.all.get(id);
    if let Some(through) = relation.and_then(|relation| relation.through) {
        let (near, far) = if left { (through.first, through.second) } else { (through.second, through.first) };
        let (mut between, other) = met_before(&other, far).unwrap_or((Noun::new(through.between, Head::Open, words), other));
        between.conds.push(Cond::Link { relation: far, left: true, other, not: false, words });
        return Cond::Link { relation: near, left: false, other: Rc::new(between), not, words };
    }
    let one = |left: bool| Cond::Link { relation: id, left, other: Rc::clone(&other), not, words };
    if relation.is_some_and(|relation| relation.symmetric) {
        let both = vec![one(true), one(false)];
        return if not { Cond::All(both) } else { Cond::Any(both) };
    }
    one(left)
}

/// Whether something told of a giver's programmes is told of those whose money it gives: "which funder gives the most money in
/// Ghana".
pub(super) fn joins_what_is_given(head: &mut Noun, cond: &Cond, books: Books<'_>) -> bool {
    let Cond::Link { relation, left: false, other, not: false, .. } = cond else { return false };
    let money = |cond: &Cond| match cond {
        Cond::Link { relation, left: true, .. } => {
            books.relations.all.get(*relation).is_some_and(|relation| relation.right == sorts::bit("money"))
        }
        _ => false,
    };
    for given in &mut head.conds {
        if let Cond::Link { relation: id, left: false, other: programmes, not: false, .. } = given
            && id == relation
            && programmes.head == Head::Open
            && programmes.conds.iter().any(money)
        {
            Rc::make_mut(programmes).conds.extend(other.conds.iter().cloned());
            return true;
        }
    }
    false
}

/// What something is already tied to by a relation, and the thing without that tie: "the most money in Ghana" is that of
/// programmes there, and who gives it gives it to them.
fn met_before(other: &Noun, relation: RelationId) -> Option<(Noun, Rc<Noun>)> {
    let mut rest = other.clone();
    let at = other.conds.iter().position(|cond| {
        matches!(cond, Cond::Link { relation: id, left: false, other, not: false, .. }
            if *id == relation && other.head == Head::Open)
    })?;
    let Cond::Link { other: between, .. } = rest.conds.remove(at) else { return None };
    Some(((*between).clone(), Rc::new(rest)))
}

/// Has what is told of each count apart, where the tie goes through something else.
pub(super) fn each_apart(cond: Cond, through: bool) -> Cond {
    match cond {
        Cond::Link { relation, left, mut other, not, words } if through => {
            let inner = Rc::make_mut(&mut other);
            if let Some(last) = inner.conds.pop() {
                inner.conds.push(Cond::Per(Box::new(last)));
            }
            Cond::Link { relation, left, other, not, words }
        }
        cond => Cond::Per(Box::new(cond)),
    }
}
