//! Ties things to what is said of them, where the kinds of both allow it.

use super::ties::{each_apart, joins_what_is_given, tied};
use crate::ask::lattice::Books;
use crate::ask::meaning::{Cond, Form, Head, Noun, Pred, Rel, Side};
use crate::ask::relations::{Relation, RelationId};
use crate::ask::sorts::{self, Sorts};
use crate::model::vocab::flg;
use std::rc::Rc;

/// In which order a thing, a relation and another thing stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Projects | funded by | the EU.
    HeadRelArg,
    /// Projects | the EU | funds.
    HeadArgRel,
    /// EU | funded | projects.
    ArgRelHead,
    /// Finances | the EU | projects: the verb first.
    RelArgHead,
}

/// What costs how much: a reading that costs less is better.
const INVERTED: f32 = 0.5;
const UNSEEN: f32 = 0.35;
const ONLY_THAT_SOME: f32 = 0.5;
pub(super) const NAME_AS_HEAD: f32 = 0.6;
const LATE: f32 = 0.1;
const NARROWED: f32 = 0.15;
const NEARER: f32 = 0.06;
const SAME: f32 = 0.2;

/// Whether the head is the left end, in the order of likelihood, and what that costs.
fn sides(form: Form, order: Order, inversion: bool) -> Vec<(bool, f32)> {
    let subject_is_left = match form {
        Form::Either => {
            return match order {
                Order::HeadRelArg | Order::HeadArgRel => vec![(true, 0.0), (false, 0.0)],
                Order::ArgRelHead | Order::RelArgHead => Vec::new(),
            };
        }
        Form::Participle => {
            return match order {
                Order::HeadRelArg => vec![(true, 0.3), (false, 0.35)],
                Order::HeadArgRel => vec![(false, 0.1), (true, 0.5)],
                Order::ArgRelHead => vec![(true, 0.1)],
                Order::RelArgHead => vec![(true, 0.7)],
            };
        }
        Form::Forward => true,
        Form::Backward => false,
    };
    let mut found = match order {
        Order::HeadRelArg => vec![(subject_is_left, 0.0)],
        Order::HeadArgRel => vec![(!subject_is_left, 0.0)],
        Order::ArgRelHead => Vec::new(),
        Order::RelArgHead => vec![(!subject_is_left, 0.3), (subject_is_left, 0.6)],
    };
    if inversion && order == Order::HeadRelArg {
        found.push((!subject_is_left, INVERTED));
    }
    found
}

/// A thing with something said of it; every way in which that can be meant, each with its cost.
pub(super) fn attach(head: &Noun, pred: &Pred, order: Order, inversion: bool, books: Books<'_>) -> Vec<(Noun, f32)> {
    let rel = &pred.rel;
    if head.is_quantity() || head.many.is_some() {
        return Vec::new();
    }
    // The preposition before the question word is that of its verb.
    if rel.parted.is_some() && rel.parted != head.via.as_ref().map(|via| via.words.0) {
        return Vec::new();
    }
    if rel.scope {
        let report = sorts::reports();
        let reports = head.sorts & !report == 0;
        let fits = !reports
            && order == Order::HeadRelArg
            && pred.arg.sorts & report != 0
            && pred.arg.sorts != Sorts::MAX
            && !pred.arg.asked;
        let narrowed = if fits { narrow(&pred.arg, report, books) } else { None };
        let told = |arg| if rel.not { Cond::Unsaid(arg) } else { Cond::Scope(arg) };
        return narrowed.map(|arg| (with(head, told(Rc::new(arg))), 0.1)).into_iter().collect();
    }
    let spoken = matches!(order, Order::HeadRelArg | Order::HeadArgRel);
    let mut found = if let Some(roles) = role(head, &pred.arg, rel).filter(|_| spoken) {
        let mut found = Vec::new();
        for (id, head_is_left) in roles {
            found.extend(link(head, id, head_is_left, &pred.arg, rel, books));
        }
        found
    } else {
        let mut found = Vec::new();
        for (id, form, cost) in &rel.choices {
            let several = books.relations.all.get(*id).is_some_and(|relation| relation.several);
            if several && *form == Form::Either && !pred.arg.is_several() {
                continue;
            }
            for (head_is_left, more) in sides(*form, order, inversion || head.via.is_some()) {
                // Behind a preposition there is no subject: "through whom does it act".
                let subject = if *form == Form::Backward { !head_is_left } else { head_is_left };
                if head.via.is_some() && head.asked && *form != Form::Either && subject {
                    continue;
                }
                // "Topics that a training covers": the noun and the verb say the same.
                let same =
                    matches!(&head.head, Head::Role { relations, right, .. } if relations.contains(id) && *right != head_is_left);
                let same = if same { SAME } else { 0.0 };
                let linked = link(head, *id, head_is_left, &pred.arg, rel, books);
                found.extend(linked.map(|(noun, less)| (noun, cost + more + less - same)));
            }
        }
        found
    };
    if let Some((all, also)) = &rel.also {
        let second = Pred { rel: Rc::clone(also), arg: Rc::clone(&pred.arg), after: pred.after };
        let others = attach(head, &second, order, inversion, books);
        found = joined(head, found, &others, *all);
    }
    // What stands behind another thing is said of that one first: "bodies that run projects in Ghana".
    let nearer = rel.weak && order == Order::HeadRelArg && head.conds.last().is_some_and(ends_in_things);
    let late = if head.conds.is_empty() { 0.0 } else { LATE } + if nearer { NEARER } else { 0.0 };
    let named = if head.is_name() { NAME_AS_HEAD } else { 0.0 };
    for (_, cost) in &mut found {
        *cost += late + named;
    }
    found
}

/// Whether what was said last is said with a noun for things, which more can be said of.
fn ends_in_things(cond: &Cond) -> bool {
    matches!(cond, Cond::Link { other, not: false, .. } if matches!(other.head, Head::Type(_) | Head::Role { .. }) && other.words.1 > 0)
}

/// Two readings of the same things as one: all that is said, or any.
fn joined(head: &Noun, first: Vec<(Noun, f32)>, second: &[(Noun, f32)], all: bool) -> Vec<(Noun, f32)> {
    let mut found = Vec::new();
    for (a, cost) in first {
        for (b, more) in second {
            let (Some(x), Some(y)) = (a.conds.last(), b.conds.last()) else { continue };
            let sorts = if all { a.sorts & b.sorts } else { a.sorts | b.sorts };
            let cond = if all { Cond::All(vec![x.clone(), y.clone()]) } else { Cond::Any(vec![x.clone(), y.clone()]) };
            if sorts != 0 {
                let mut noun = with(head, cond);
                noun.sorts = sorts;
                found.push((noun, cost + more));
            }
        }
    }
    found
}

/// The relations that a noun for an end asks for, with whether the head is then the left end.
fn role(head: &Noun, arg: &Noun, rel: &Rel) -> Option<Vec<(RelationId, bool)>> {
    if !rel.of && !rel.weak {
        return None;
    }
    match (&head.head, &arg.head) {
        (Head::Role { relations, right, filled: false }, _) => Some(relations.iter().map(|id| (*id, !*right)).collect()),
        (_, Head::Role { relations, right, filled: false }) if rel.of => Some(relations.iter().map(|id| (*id, *right)).collect()),
        _ => None,
    }
}

/// A thing that only stands in a relation, to whatever: "unions that commented".
pub(super) fn bare(head: &Noun, rel: &Rel, books: Books<'_>) -> Vec<(Noun, f32)> {
    if rel.weak || rel.of || rel.scope || rel.also.is_some() {
        return Vec::new();
    }
    let anything = Noun::new(Sorts::MAX, Head::Open, rel.words);
    let mut found = Vec::new();
    for (id, form, cost) in &rel.choices {
        let sides: &[(bool, f32)] = match form {
            Form::Forward => &[(true, 0.0)],
            Form::Backward => &[(false, 0.0)],
            Form::Participle | Form::Either => &[(true, 0.1), (false, 0.1)],
        };
        for (left, more) in sides {
            let linked = link(head, *id, *left, &anything, rel, books);
            let named = if head.is_name() || head.is_bare() { 0.3 } else { 0.0 };
            found.extend(linked.map(|(noun, less)| (noun, ONLY_THAT_SOME + cost + more + less + named)));
        }
    }
    found
}

/// A noun for an end of a relation whose other end is not told: "the funders".
pub(super) fn unfilled(noun: &Noun, books: Books<'_>) -> Vec<(Noun, f32)> {
    let Head::Role { relations, right, filled: false } = &noun.head else { return vec![(noun.clone(), 0.0)] };
    let rel = Rel { of: true, ..Rel::new(Vec::new(), noun.words) };
    let anything = Noun::new(Sorts::MAX, Head::Open, noun.words);
    relations
        .iter()
        .filter_map(|id| link(noun, *id, !*right, &anything, &rel, books))
        .map(|(noun, cost)| (noun, cost + 0.2))
        .collect()
}

/// The head tied to another thing by one relation, if the kinds of both allow it.
fn link(head: &Noun, id: RelationId, head_is_left: bool, arg: &Noun, rel: &Rel, books: Books<'_>) -> Option<(Noun, f32)> {
    let relation = books.relations.all.get(id)?;
    // "Until when" is the end of something, and of nothing else a date.
    if let Head::Role { relations, .. } = &head.head
        && head.asked
        && head.sorts & !sorts::literals() == 0
        && !relations.contains(&id)
    {
        return None;
    }
    let (own, far) = if head_is_left { (relation.left, relation.right) } else { (relation.right, relation.left) };
    // "Where" asks for places, and not for actors that may be countries.
    let open = head.head == Head::Open;
    let elsewhere = open && head.sorts == books.relations.place && own & !books.relations.place != 0;
    // And "who" for actors, not for where something is done.
    let elsewhere = elsewhere || (open && head.sorts == books.relations.who && own & !books.relations.place == 0);
    // Nor for groups of people, where no verb says that something is done for them.
    let groups = sorts::groups();
    if rel.of && open && head.sorts == books.relations.who && own & !groups == 0 {
        return None;
    }
    let narrowed = matches!(head.head, Head::Type(_)) && head.sorts & !own != 0;
    let mut head = narrow(head, own, books)?;
    let mut arg = narrow(arg, far, books)?;
    if head.compared.is_some() || arg.compared == Some(Side::Paired) || (arg.compared.is_some() && arg.is_several()) {
        return None;
    }
    head.compared = arg.compared.take();
    head.asked |= head.compared.is_some();
    if arg.is_open_role() && !arg_role_fits(&arg, id, head_is_left) {
        return unfilled(&arg, books).into_iter().next().and_then(|(arg, cost)| {
            let (noun, more) = link(&head, id, head_is_left, &arg, rel, books)?;
            Some((noun, cost + more))
        });
    }
    let mut cost = unseen(&head, relation, head_is_left, books) + unseen(&arg, relation, !head_is_left, books);
    if elsewhere {
        cost += 0.6;
    }
    // "Organisations" are all of them, and not forums alone.
    if narrowed {
        cost += NARROWED;
    }
    if relation.best != 0 {
        let right = if head_is_left { &arg } else { &head };
        cost += if right.sorts & relation.best == 0 { 0.4 } else { 0.0 };
    }
    // A preposition before the question word has found its verb: "in which states does it work".
    if head.via.as_ref().is_some_and(|via| !via.choices.iter().any(|(_, form, _)| *form == Form::Either) || via.choices.len() > 1)
    {
        head.via = None;
    }
    fill(&mut head, id, head_is_left);
    fill(&mut arg, id, !head_is_left);
    // "No son ni A ni B": two words that deny are one denial.
    let mut not = if arg.nor { true } else { rel.not != arg.none };
    (arg.none, arg.nor) = (false, false);
    if not && (arg.is_quantity() || arg.many.is_some()) {
        arg = arg.inverted()?;
        not = false;
    }
    let each = std::mem::take(&mut arg.each);
    let cond = tied(id, head_is_left, Rc::new(arg), not, rel.words, books);
    let cond = if each { each_apart(cond, relation.through.is_some()) } else { cond };
    if relation.through.is_none() || !joins_what_is_given(&mut head, &cond, books) {
        head.conds.push(cond);
    }
    Some((head, cost))
}

fn arg_role_fits(arg: &Noun, id: RelationId, head_is_left: bool) -> bool {
    matches!(&arg.head, Head::Role { relations, right, .. } if relations.contains(&id) && *right == head_is_left)
}

/// The noun for an end has found its other end.
fn fill(noun: &mut Noun, id: RelationId, is_left: bool) {
    if let Head::Role { relations, right, filled } = &mut noun.head
        && relations.contains(&id)
        && *right != is_left
    {
        *filled = true;
    }
}

/// What is left of a description where only some kinds will do; none if nothing is.
pub(super) fn narrow(noun: &Noun, mask: Sorts, books: Books<'_>) -> Option<Noun> {
    let mut narrowed = noun.clone();
    narrowed.sorts &= mask;
    if narrowed.sorts == 0 {
        return None;
    }
    match &mut narrowed.head {
        Head::Name(bearers) => {
            bearers.retain(|b| books.vocabulary.entities.get(*b).is_some_and(|entity| entity.sorts & mask != 0));
            if bearers.is_empty() {
                return None;
            }
        }
        Head::List { of, .. } => {
            for one in of.iter_mut() {
                *one = Rc::new(narrow(one, mask, books)?);
            }
        }
        _ => {}
    }
    Some(narrowed)
}

/// What it costs that no report puts a named thing at this end of the relation.
fn unseen(noun: &Noun, relation: &Relation, left: bool, books: Books<'_>) -> f32 {
    match &noun.head {
        Head::Name(bearers) if seen(bearers, relation, left, books).is_empty() => UNSEEN,
        _ => 0.0,
    }
}

/// Those bearers of a name that reports put at an end of a relation; all, where reports need not tell.
pub(in crate::ask) fn seen(bearers: &[usize], relation: &Relation, left: bool, books: Books<'_>) -> Vec<usize> {
    let told = |bearer: usize| match (left, relation.first.is_empty()) {
        (true, true) => books.vocabulary.stands_at(bearer, &relation.path, true),
        (true, false) => books.vocabulary.stands_at(bearer, &relation.first, true),
        (false, _) => books.vocabulary.stands_at(bearer, &relation.path, false),
    };
    let free = (relation.within && !left) || relation.through.is_some();
    // That a body belongs to a country is reference data, and no statement of a report.
    let at_home = |bearer: usize| {
        let national = relation.path.iter().any(|step| step.property == flg::COUNTRY && !step.inverse);
        left && national && books.vocabulary.entities.get(bearer).is_some_and(|entity| entity.country.is_some())
    };
    bearers.iter().copied().filter(|bearer| free || told(*bearer) || at_home(*bearer)).collect()
}

/// A description with one thing more said.
pub(super) fn with(noun: &Noun, cond: Cond) -> Noun {
    let mut noun = noun.clone();
    noun.conds.push(cond);
    noun
}
