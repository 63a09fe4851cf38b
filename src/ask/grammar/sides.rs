//! Things set side by side, and things that are none of several: "compare Ghana and Guatemala", "neither the EU nor Germany".

use super::attach::{Order, attach, narrow};
use super::parts::{alike, listed};
use super::rules::{Grammar, Made, noun, nouns};
use crate::ask::lattice::Value;
use crate::ask::meaning::{Cond, Head, Mark, Noun, Pred, Rel, Side};
use crate::ask::sorts;
use std::rc::Rc;

/// So many can be set side by side.
const MOST: usize = 5;

impl Grammar<'_> {
    /// What several have or do not have of something: "on the conventions that they have ratified".
    pub(super) fn compared_on(self, topic: &Noun, several: &Noun, side: Side) -> Vec<(Noun, f32)> {
        let countries = Noun { compared: None, asked: false, whether: false, ..several.clone() };
        let mut found = Vec::new();
        if let Some(told) = told_of(topic, &countries, self) {
            found.push((told, 0.0));
        }
        if topic.conds.is_empty() {
            for (at, id) in self.books.relations.compared.iter().enumerate() {
                let cost = 0.01 * f32::from(u8::try_from(at).unwrap_or(u8::MAX));
                found.extend(self.by_relation(topic, &countries, *id).map(|n| (n, cost)));
            }
        }
        let of = Pred { rel: self.of(false, several.words), arg: Rc::new(countries), after: true };
        found.extend(attach(topic, &of, Order::HeadRelArg, false, self.books).into_iter().map(|(n, cost)| (n, cost + 0.15)));
        let each = |(n, cost): (Noun, f32)| each_of_several(&n, side).map(|n| (n, cost));
        found.into_iter().filter_map(each).collect()
    }

    /// The things that several have of a kind, by one of the relations that countries are compared by.
    fn by_relation(self, topic: &Noun, several: &Noun, id: usize) -> Option<Noun> {
        let relation = self.books.relations.all.get(id)?;
        let event = relation.event.as_ref().map_or(0, |event| sorts::of_class(event.as_str()));
        let leads_to = match &topic.head {
            Head::Type(_) => topic.sorts == relation.right || (event != 0 && topic.sorts == event),
            Head::Role { relations, right: true, .. } => {
                relation.through.is_some_and(|through| relations.contains(&through.second))
            }
            _ => false,
        };
        if !leads_to {
            return None;
        }
        let head = if topic.sorts == event || matches!(topic.head, Head::Role { .. }) { Head::Open } else { topic.head.clone() };
        let plain = Noun { head, sorts: relation.right, asked: true, ..topic.clone() };
        let pred = Rel::new(vec![(id, crate::ask::meaning::Form::Forward, 0.0)], topic.words);
        let pred = Pred { rel: Rc::new(pred), arg: Rc::new(several.clone()), after: false };
        attach(&plain, &pred, Order::HeadArgRel, false, self.books).into_iter().next().map(|(n, _)| n)
    }

    /// The same relation once more, of another: "that Guatemala has ratified and Ghana has not".
    pub(super) fn again(self, head: &Noun, pred: &Pred) -> Made {
        let Some(last) = head.conds.iter().rev().find_map(|cond| match cond {
            Cond::Link { other, .. } if other.is_name() => Some(cond.clone()),
            _ => None,
        }) else {
            return Vec::new();
        };
        let Cond::Link { relation, left, other, not, words } = last else { return Vec::new() };
        let Some(found) = self.books.relations.all.get(relation) else { return Vec::new() };
        let far = if left { found.right } else { found.left };
        let Some(arg) = narrow(&pred.arg, far, self.books).filter(|arg| alike(arg, &other)) else { return Vec::new() };
        let mut head = head.clone();
        head.conds.push(Cond::Link { relation, left, other: Rc::new(arg), not: not != pred.rel.not, words });
        vec![(noun(head), 0.1)]
    }
}

/// What a word that compares stands at.
pub(super) fn set_side_by_side(n: &Noun, side: Side) -> Made {
    if is_group(n) {
        return vec![(noun(Noun { compared: Some(side), ..n.clone() }), -0.2)];
    }
    if n.compared.is_some() {
        return Vec::new();
    }
    each_of_several(n, side).map(|n| (noun(n), 0.0)).into_iter().collect()
}

/// Two things with a word between them that compares: "Ghana versus Guatemala", "Ghana with Guatemala".
pub(super) fn paired(a: &Rc<Noun>, b: &Rc<Noun>, side: Side) -> Made {
    if b.asked || !b.is_name() {
        return Vec::new();
    }
    if a.is_name() && alike(a, b) {
        let mut both = listed(a, b, true);
        both.compared = Some(side);
        return if is_group(&both) { vec![(noun(both), 0.0)] } else { Vec::new() };
    }
    let Some(both) = widened(a, b) else { return Vec::new() };
    match side {
        Side::Paired => vec![(noun(Noun { compared: Some(side), ..both }), 0.1)],
        side => each_of_several(&both, side).map(|n| (noun(n), 0.0)).into_iter().collect(),
    }
}

/// "Neither A", "nor B".
pub(super) fn neither(b: &Value) -> Made {
    let nor = |n: &Rc<Noun>| Rc::new(Noun { none: true, nor: true, ..(**n).clone() });
    match b {
        Value::Noun(n) if !n.asked && !n.nor && n.compared.is_none() && !n.is_bare() => vec![(Value::Noun(nor(n)), 0.05)],
        Value::Pred(pred) if !pred.arg.asked && !pred.arg.nor && pred.after => {
            vec![(Value::Pred(Rc::new(Pred { arg: nor(&pred.arg), ..(**pred).clone() })), 0.05)]
        }
        _ => Vec::new(),
    }
}

/// Two parts of which the second is "nor B": there is to be neither.
pub(super) fn nor(a: &Value, b: &Value) -> Made {
    let both = |a: &Rc<Noun>, b: &Rc<Noun>| {
        let mut both = listed(a, b, false);
        (both.none, both.nor) = (true, true);
        Rc::new(both)
    };
    match (a, b) {
        (Value::Noun(a), Value::Noun(b)) if b.nor && !a.asked && a.is_name() && b.is_name() && alike(a, b) => {
            vec![(Value::Noun(both(a, b)), if a.nor { 0.0 } else { 0.2 })]
        }
        // "Unions that are neither the CTM nor the CROC."
        (Value::Noun(a), Value::Noun(b)) if b.nor && b.is_name() && !a.is_name() && !a.nor && a.sorts & b.sorts != 0 => {
            let other = Noun { none: false, nor: false, ..(**b).clone() };
            let mut a = (**a).clone();
            a.conds.push(Cond::Except(Rc::new(other)));
            vec![(noun(a), 0.1)]
        }
        (Value::Pred(a), Value::Pred(b)) if b.arg.nor && a.after && b.after => {
            let same = a.rel.choices == b.rel.choices || (b.rel.weak && (a.rel.not || a.arg.nor));
            if !same || !a.arg.is_name() || !b.arg.is_name() || !alike(&a.arg, &b.arg) {
                return Vec::new();
            }
            vec![(Value::Pred(Rc::new(Pred { rel: Rc::clone(&a.rel), arg: both(&a.arg, &b.arg), after: true })), 0.0)]
        }
        // "Financés ni par A ni par B".
        (Value::Rel(a), Value::Pred(b)) if b.arg.nor && b.rel.weak && !a.weak && !a.of => {
            vec![(Value::Pred(Rc::new(Pred { rel: Rc::clone(a), arg: Rc::clone(&b.arg), after: true })), 0.15)]
        }
        _ => Vec::new(),
    }
}

/// Several countries, or other things of one kind, by name.
fn is_group(n: &Noun) -> bool {
    let country = sorts::countries();
    let few = matches!(&n.head, Head::List { of, .. } if of.len() <= MOST && of.iter().all(|one| one.sorts & country != 0));
    few && n.is_several() && n.conds.is_empty()
}

/// Things told apart by each of several that they are tied to: "compare the projects of Mexico and Ghana".
fn each_of_several(n: &Noun, side: Side) -> Option<Noun> {
    let mut compared = n.clone();
    compared.asked = true;
    compared.compared = Some(side);
    apart(&mut compared.conds).then_some(compared)
}

/// Has the first tie to several count for each of them by itself.
fn apart(conds: &mut [Cond]) -> bool {
    for cond in conds {
        let Cond::Link { other, not: false, .. } = cond else { continue };
        if other.is_several() {
            if let Head::List { of, .. } = &other.head {
                let head = Head::List { all: false, of: of.clone() };
                *other = Rc::new(Noun { head, compared: None, ..(**other).clone() });
            }
            *cond = Cond::Per(Box::new(cond.clone()));
            return true;
        }
        if apart(&mut Rc::make_mut(other).conds) {
            return true;
        }
    }
    false
}

/// A topic of which something is told of whatever, told of several: "the conventions that they ratified".
fn told_of(topic: &Noun, several: &Noun, grammar: Grammar<'_>) -> Option<Noun> {
    let mut told = topic.clone();
    for cond in &mut told.conds {
        if let Cond::Link { relation, left, other, not: false, .. } = cond
            && other.is_bare()
            && let Some(found) = grammar.books.relations.all.get(*relation)
            && let Some(narrowed) = narrow(several, if *left { found.right } else { found.left }, grammar.books)
        {
            *other = Rc::new(narrowed);
            return Some(told);
        }
    }
    None
}

/// The same with one more thing where it is tied to one like it: "projects of Ghana" and "Guatemala".
fn widened(a: &Noun, b: &Rc<Noun>) -> Option<Noun> {
    let mut wide = a.clone();
    let last = wide.conds.iter_mut().rev().find_map(|cond| match cond {
        Cond::Link { other, not: false, .. } if other.is_name() && alike(other, b) => Some(other),
        _ => None,
    })?;
    *last = Rc::new(listed(last, b, true));
    Some(wide)
}

/// What a joining word of comparisons makes of the part before it.
pub(super) fn to_be_compared(a: &Value, mark: Mark) -> Made {
    match a {
        Value::Noun(n) if n.is_name() || !n.conds.is_empty() => vec![(Value::Joined(mark, Rc::new(a.clone())), 0.05)],
        _ => Vec::new(),
    }
}

/// "Ghana has not": what was told last, of another.
pub(super) fn has_not(n: &Rc<Noun>) -> Made {
    if n.asked || !n.is_name() || n.none {
        return Vec::new();
    }
    let rel = Rel { not: true, again: true, ..Rel::new(Vec::new(), n.words) };
    vec![(Value::Pred(Rc::new(Pred { rel: Rc::new(rel), arg: Rc::clone(n), after: true })), 0.2)]
}

/// A topic beside what is compared: "which sectors do Ghana and Guatemala share".
pub(super) fn topic(grammar: Grammar<'_>, topic: &Noun, several: &Noun) -> Option<Made> {
    let side = several.compared.filter(|side| *side != Side::Paired && several.is_several())?;
    let plain = matches!(topic.head, Head::Type(_) | Head::Role { .. }) && !topic.counted && topic.compared.is_none();
    let topic = Noun { via: None, ..topic.clone() };
    Some(if plain { nouns(grammar.compared_on(&topic, several, side), 0.05) } else { Vec::new() })
}
