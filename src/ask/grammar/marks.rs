//! Words that work on others: "not", "which", "most", "and", "versus", and what they make of what stands beside them.

use super::attach::{Order, attach, bare};
use super::parts::{alike, either, fits, listed};
use super::rules::{Grammar, Made, noun, nouns};
use super::sides::{has_not, neither, paired, set_side_by_side};
use crate::ask::lattice::{Books, Value};
use crate::ask::meaning::{Cond, Head, Mark, Noun, Pick, Pred, Side};
use crate::ask::sorts;
use std::rc::Rc;

impl Grammar<'_> {
    /// A word that works on what follows.
    pub(super) fn marked(self, mark: Mark, b: &Value) -> Made {
        match (mark, b) {
            (Mark::Not, Value::Rel(rel)) => {
                let mut rel = (**rel).clone();
                rel.not = !rel.not;
                vec![(Value::Rel(Rc::new(rel)), 0.0)]
            }
            (Mark::Not, Value::Cond(cond)) => match &**cond {
                Cond::Answered(answered) => vec![(Value::Cond(Rc::new(Cond::Answered(!answered))), 0.0)],
                _ => Vec::new(),
            },
            (Mark::Not, Value::Noun(n)) if n.is_name() => vec![(Value::Cond(Rc::new(Cond::Except(Rc::clone(n)))), 0.4)],
            (Mark::Not, Value::Noun(n)) if !n.asked && !n.none && n.conds.is_empty() && !n.is_bare() => {
                let mut n = (**n).clone();
                n.none = true;
                vec![(noun(n), 0.2)]
            }
            (Mark::Without, Value::Noun(n)) if !n.asked => {
                vec![(Value::Pred(Rc::new(Pred { rel: self.of(true, n.words), arg: Rc::clone(n), after: true })), 0.0)]
            }
            // "Whose budget exceeds 5 million".
            (Mark::That, Value::Noun(n)) if n.is_quantity() => {
                vec![(Value::Pred(Rc::new(Pred { rel: self.of(false, n.words), arg: Rc::clone(n), after: true })), 0.05)]
            }
            (Mark::Both, Value::Pred(pred)) if pred.arg.is_several() => {
                let arg = Rc::new(Noun { both: true, ..(*pred.arg).clone() });
                vec![(Value::Pred(Rc::new(Pred { arg, ..(**pred).clone() })), 0.0)]
            }
            (Mark::Except, Value::Noun(n)) if !n.asked => vec![(Value::Cond(Rc::new(Cond::Except(Rc::clone(n)))), 0.0)],
            (Mark::Both, Value::Noun(n)) => match &n.head {
                Head::List { of, .. } => {
                    let mut n = (**n).clone();
                    n.head = Head::List { all: true, of: of.clone() };
                    n.both = true;
                    vec![(noun(n), 0.0)]
                }
                _ => Vec::new(),
            },
            (Mark::That, Value::Rel(_)) => vec![(b.clone(), 0.05)],
            // "In charge of protecting children".
            (Mark::Charged, Value::Rel(rel)) if !rel.weak && !rel.of => vec![(b.clone(), 0.05)],
            (Mark::Charged, Value::Pred(pred)) if pred.after && !pred.rel.weak && !pred.rel.of => vec![(b.clone(), 0.05)],
            (Mark::That, Value::Pred(pred)) if pred.after => vec![(b.clone(), 0.05)],
            (Mark::Which, Value::Noun(n)) if !n.asked && !n.counted && !matches!(n.head, Head::Time(_)) => {
                let mut asked = (**n).clone();
                asked.asked = true;
                vec![(noun(asked), if n.is_name() { 0.9 } else { 0.0 })]
            }
            (Mark::About, Value::Noun(n)) if !n.asked && !n.counted => {
                let mut asked = (**n).clone();
                asked.asked = true;
                vec![(noun(asked), 0.0)]
            }
            (Mark::Compare(side), Value::Noun(n)) => set_side_by_side(n, side),
            (Mark::Compare(side), Value::Pred(p)) if p.after && p.rel.weak => set_side_by_side(&p.arg, side),
            (Mark::How, Value::Noun(n)) if n.compared.is_some() => vec![(b.clone(), 0.0)],
            (Mark::Nor, _) => neither(b),
            (Mark::That, Value::Pred(pred)) if pred.rel.again => vec![(b.clone(), 0.0)],
            (Mark::HowMuch, Value::Noun(n)) if n.sorts & sorts::bit("money") != 0 && !n.asked => {
                let mut asked = (**n).clone();
                asked.asked = true;
                vec![(noun(asked), 0.0)]
            }
            (Mark::HowMany, Value::Noun(n)) if !n.asked && !n.is_name_only_of_thing(self.books) => {
                let mut asked = (**n).clone();
                asked.asked = true;
                asked.counted = true;
                vec![(noun(asked), 0.0)]
            }
            (Mark::Whether, Value::Noun(n)) if !n.asked => {
                let mut n = (**n).clone();
                n.whether = true;
                vec![(noun(n), 0.0)]
            }
            (Mark::List, Value::Noun(n)) if !n.counted => {
                let mut asked = (**n).clone();
                asked.asked = true;
                vec![(noun(asked), 0.0)]
            }
            (Mark::Pick(pick), Value::Noun(n)) if n.pick.is_none() && !n.asked && fits(pick, n) => {
                let mut picked = (**n).clone();
                picked.pick = Some(pick);
                if matches!(pick, Pick::Total | Pick::Average) {
                    picked.sorts &= sorts::literals();
                }
                vec![(noun(picked), 0.0)]
            }
            (Mark::Per, Value::Noun(n)) if !n.asked && !n.is_name() => vec![(Value::Joined(Mark::Per, Rc::new(b.clone())), 0.0)],
            _ => Vec::new(),
        }
    }

    /// What was joined, and what it is joined to.
    pub(super) fn joined(self, mark: Mark, first: &Value, b: &Value) -> Made {
        match (mark, first, b) {
            (Mark::Possessive, Value::Noun(a), Value::Noun(b)) if !b.asked => {
                let pred = Pred { rel: self.of(false, a.words), arg: Rc::clone(a), after: true };
                nouns(attach(b, &pred, Order::HeadRelArg, false, self.books), 0.0)
            }
            (Mark::And | Mark::Or, Value::Noun(a), Value::Noun(b)) => {
                if !alike(a, b)
                    || b.asked
                    || a.is_bare()
                    || a.compared.is_some()
                    || b.compared.is_some()
                    || (a.asked && !a.is_name() && !b.conds.is_empty())
                    || b.counted
                {
                    return Vec::new();
                }
                // "Projects in Mexico and their funders" are not in their funders.
                if (a.is_open_role() && b.is_name()) || (a.is_name() && b.is_open_role()) {
                    return Vec::new();
                }
                let like = a.is_name() == b.is_name() || matches!(a.head, Head::List { .. });
                vec![(noun(listed(a, b, mark == Mark::And)), if like { 0.0 } else { 0.5 })]
            }
            (Mark::And, Value::Noun(a), Value::Pred(b)) if !a.conds.is_empty() => {
                let order = if b.after { Order::HeadRelArg } else { Order::HeadArgRel };
                nouns(attach(a, b, order, self.inversion, self.books), 0.0)
            }
            (Mark::And, Value::Noun(a), Value::Rel(b)) if !a.conds.is_empty() => nouns(bare(a, b, self.books), 0.0),
            // "Au Ghana et au Mexique".
            (Mark::And | Mark::Or, Value::Pred(a), Value::Pred(b)) if a.after && b.after && a.rel.weak && b.rel.weak => {
                let same = a.rel.choices == b.rel.choices && a.rel.not == b.rel.not && alike(&a.arg, &b.arg);
                if !same || !a.arg.is_name() || !b.arg.is_name() || a.arg.nor || b.arg.nor {
                    return Vec::new();
                }
                let arg = Rc::new(listed(&a.arg, &b.arg, mark == Mark::And));
                vec![(Value::Pred(Rc::new(Pred { rel: Rc::clone(&a.rel), arg, after: true })), 0.05)]
            }
            (Mark::Or, Value::Noun(a), Value::Pred(b)) if !a.conds.is_empty() => {
                let order = if b.after { Order::HeadRelArg } else { Order::HeadArgRel };
                either(attach(a, b, order, self.inversion, self.books))
            }
            (Mark::Or, Value::Noun(a), Value::Rel(b)) if !a.conds.is_empty() => either(bare(a, b, self.books)),
            (Mark::And | Mark::Or, Value::Rel(a), Value::Rel(b))
                if !a.weak && !b.weak && a.also.is_none() && b.also.is_none() =>
            {
                let mut rel = (**b).clone();
                rel.also = Some((mark == Mark::And, Rc::clone(a)));
                vec![(Value::Rel(Rc::new(rel)), 0.0)]
            }
            (Mark::And, Value::Noun(a), Value::Cond(b)) => {
                let mut made = self.condition(a, b);
                // "Ratified by Guatemala but not by Ghana".
                if let Cond::Except(other) = &**b
                    && let Some(Value::Pred(pred)) = has_not(other).into_iter().next().map(|(value, _)| value)
                {
                    made.extend(self.again(a, &pred));
                }
                made
            }
            (Mark::Compare(side), Value::Noun(a), Value::Noun(b)) => paired(a, b, side),
            (Mark::With, Value::Noun(a), Value::Noun(b)) => paired(a, b, Side::Paired),
            (Mark::Than, Value::Noun(a), b) => self.than(a, b),
            (Mark::Per, Value::Noun(a), Value::Rel(b)) if !b.scope && !b.weak => {
                let mut each = (**a).clone();
                each.each = true;
                vec![(Value::Pred(Rc::new(Pred { rel: Rc::clone(b), arg: Rc::new(each), after: false })), 0.0)]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn per(self, a: &Rc<Noun>, b: &Value) -> Made {
        let Value::Noun(b) = b else { return Vec::new() };
        // Of a name there is one alone.
        if a.is_name() || matches!(a.head, Head::Name(_)) {
            return Vec::new();
        }
        let pred = Pred { rel: self.of(false, b.words), arg: Rc::clone(b), after: true };
        // "How much does the DOL give in each country".
        if a.sorts == sorts::bit("money") && a.head == Head::Open {
            let each = Rc::new(Noun { each: true, ..(**b).clone() });
            return self.implied(a, &Pred { arg: each, ..pred }, Order::HeadRelArg);
        }
        // "Projects per funder in Mexico": where they are is said of the projects.
        let more = if matches!(b.head, Head::Role { filled: true, .. }) { 0.4 } else { 0.0 };
        let mut made = Vec::new();
        for (mut n, cost) in attach(a, &pred, Order::HeadRelArg, false, self.books) {
            if let Some(cond) = n.conds.pop() {
                n.conds.push(Cond::Per(Box::new(cond)));
                made.push((noun(n), cost + more));
            }
        }
        made
    }
}

impl Noun {
    /// Whether it is the name of a thing, and not of a group of people or the like.
    fn is_name_only_of_thing(&self, books: Books<'_>) -> bool {
        let Head::Name(bearers) = &self.head else { return false };
        let groups = sorts::groups();
        !bearers.iter().filter_map(|b| books.vocabulary.entities.get(*b)).any(|entity| entity.sorts & groups != 0)
    }
}
