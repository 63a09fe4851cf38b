//! Parts that grammar rules make of two others, whatever the words mean.

use super::rules::{Made, noun};
use super::sides::{has_not, to_be_compared};
use super::than::is_comparable;
use crate::ask::lattice::Value;
use crate::ask::meaning::{Cond, Head, Mark, Noun, Pick, Pred, Rel};
use crate::ask::sorts::{self, Sorts};
use std::rc::Rc;

/// A relation's words and the thing behind them.
pub(super) fn relation_and_thing(a: &Rc<Rel>, b: &Rc<Noun>) -> Made {
    let mut made = Vec::new();
    if a.weak && b.asked && b.via.is_none() && b.conds.is_empty() && !b.is_name() {
        let mut asked = (**b).clone();
        asked.via = Some(Rc::clone(a));
        made.push((noun(asked), 0.05));
    }
    if !a.weak && b.asked && b.is_bare() && b.via.is_none() {
        let mut asked = (**b).clone();
        asked.via = Some(Rc::clone(a));
        made.push((noun(asked), 0.1));
    }
    if !b.asked {
        made.push((Value::Pred(Rc::new(Pred { rel: Rc::clone(a), arg: Rc::clone(b), after: true })), 0.0));
    }
    made
}

/// A part and a joining word behind it.
pub(super) fn followed(a: &Value, mark: Mark) -> Made {
    match (a, mark) {
        (Value::Noun(n), Mark::That) if !n.is_bare() => vec![(a.clone(), 0.0)],
        (Value::Rel(rel), Mark::That) if rel.weak => vec![(Value::Mark(Mark::That), 0.1)],
        (_, Mark::And | Mark::Or) => vec![(Value::Joined(mark, Rc::new(a.clone())), 0.0)],
        (_, Mark::BothAnd) => vec![(Value::Joined(Mark::And, Rc::new(a.clone())), 0.0)],
        (_, Mark::With | Mark::Compare(_)) => to_be_compared(a, mark),
        (Value::Noun(n), Mark::Than) if is_comparable(n) => vec![(Value::Joined(mark, Rc::new(a.clone())), 0.0)],
        (Value::Noun(n), Mark::Not) => has_not(n),
        (Value::Noun(n), Mark::Possessive) if !n.asked => vec![(Value::Joined(mark, Rc::new(a.clone())), 0.0)],
        _ => Vec::new(),
    }
}

/// The last two things that are said hold in turn.
pub(super) fn either(all: Vec<(Noun, f32)>) -> Made {
    let mut made = Vec::new();
    for (mut n, cost) in all {
        if let (Some(b), Some(a)) = (n.conds.pop(), n.conds.pop()) {
            let any = match a {
                Cond::Any(mut all) => {
                    all.push(b);
                    Cond::Any(all)
                }
                a => Cond::Any(vec![a, b]),
            };
            n.conds.push(any);
            made.push((noun(n), cost));
        }
    }
    made
}

/// Whether two descriptions can be joined: they can be the same kind of thing, or both act, or both are places.
pub(super) fn alike(a: &Noun, b: &Noun) -> bool {
    let actors = sorts::organizations() | sorts::countries();
    let places = sorts::places() | sorts::countries();
    [
        a.sorts & b.sorts,
        if a.sorts & actors != 0 { b.sorts & actors } else { 0 },
        if a.sorts & places != 0 { b.sorts & places } else { 0 },
    ]
    .iter()
    .any(|common| *common != 0)
}

/// Two descriptions as one of both.
pub(super) fn listed(a: &Rc<Noun>, b: &Rc<Noun>, all: bool) -> Noun {
    let mut of = match &a.head {
        Head::List { of, .. } if a.conds.is_empty() => of.clone(),
        _ => vec![Rc::new(Noun { asked: false, counted: false, whether: false, ..(**a).clone() })],
    };
    match &b.head {
        Head::List { of: more, .. } if b.conds.is_empty() => of.extend(more.iter().cloned()),
        _ => of.push(Rc::clone(b)),
    }
    let mut noun = Noun::new(a.sorts | b.sorts, Head::List { all, of }, (a.words.0.min(b.words.0), a.words.1.max(b.words.1)));
    (noun.asked, noun.counted, noun.whether) = (a.asked, a.counted, a.whether);
    noun
}

/// Whether things can be picked so.
pub(super) fn fits(pick: Pick, noun: &Noun) -> bool {
    let literal = noun.sorts & sorts::literals() != 0 && noun.sorts != Sorts::MAX;
    let people = noun.is_name() && noun.sorts & sorts::groups() != 0;
    let role_or_type = matches!(noun.head, Head::Type(_) | Head::Role { .. });
    match pick {
        Pick::Total | Pick::Average => literal && role_or_type,
        Pick::Most | Pick::Fewest | Pick::Same => role_or_type || people,
        Pick::Largest | Pick::Smallest => role_or_type,
        Pick::Latest | Pick::Earliest => role_or_type && !literal,
    }
}
