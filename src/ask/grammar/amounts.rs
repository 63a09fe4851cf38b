//! Numbers beside what they compare: budgets over an amount, more than so many of something.

use super::attach::{Order, attach};
use super::rules::{Grammar, Made, noun, nouns};
use crate::ask::lattice::Value;
use crate::ask::meaning::{Cond, Form, Head, Noun, Pick, Pred, Rel};
use crate::ask::quantity::Bounds;
use crate::ask::sorts;
use std::rc::Rc;

impl Grammar<'_> {
    /// What is compared, and with which number: "a budget over 5 million", "projects over 5 million dollars".
    pub(super) fn measured(self, a: &Rc<Noun>, b: &Rc<Noun>, bounds: &Bounds) -> Made {
        if a.is_open_role() && a.conds.is_empty() && !a.asked && a.sorts & b.sorts != 0 {
            let mut measured = (**b).clone();
            measured.sorts &= a.sorts;
            measured.words.0 = a.words.0;
            return vec![(noun(measured), 0.0)];
        }
        if bounds.currency.is_none() || a.is_bare() {
            return Vec::new();
        }
        let pred = Pred { rel: self.of(false, (b.words.0, b.words.0)), arg: Rc::clone(b), after: true };
        nouns(attach(a, &pred, Order::HeadRelArg, false, self.books), 0.3)
    }
}

impl Grammar<'_> {
    /// "Costs more", before "than".
    pub(super) fn costs(self, rel: &Rel, pick: Pick) -> Made {
        let money = sorts::bit("money");
        let amount = |id: &usize| self.books.relations.all.get(*id).is_some_and(|relation| relation.right == money);
        let choices: Vec<_> = rel.choices.iter().filter(|(id, ..)| amount(id)).copied().collect();
        if choices.is_empty() || rel.weak || rel.of || rel.not || !matches!(pick, Pick::Most | Pick::Fewest | Pick::Same) {
            return Vec::new();
        }
        let sum = Noun { pick: Some(pick), ..Noun::new(money, Head::Open, rel.words) };
        vec![(Value::Pred(Rc::new(Pred { rel: Rc::new(Rel { choices, ..rel.clone() }), arg: Rc::new(sum), after: true })), 0.0)]
    }

    /// Money of things that are not named themselves: "the total funding of the DOL in Mexico" is that of its programmes there.
    pub(super) fn implied(self, head: &Noun, pred: &Pred, order: Order) -> Made {
        let all = &self.books.relations.all;
        let money = sorts::bit("money");
        let how_much = [self.books.relations.find("amount").unwrap_or(usize::MAX)];
        let relations = match &head.head {
            Head::Role { relations, right: true, .. } => relations.as_slice(),
            // "How much does the DOL give" in Ghana.
            Head::Open if head.asked && head.sorts == money && !head.conds.is_empty() => &how_much,
            _ => return Vec::new(),
        };
        let amount = |id: &usize| all.get(*id).is_some_and(|relation| relation.right == money && relation.through.is_none());
        let Some(amount) = relations.iter().copied().find(amount) else { return Vec::new() };
        let things = match head.conds.as_slice() {
            [] => all.get(amount).map(|relation| Noun::new(relation.left, Head::Open, (head.words.0, head.words.0))),
            [Cond::Link { relation, left: false, other, .. }] if *relation == amount && other.head == Head::Open => {
                Some((**other).clone())
            }
            _ => None,
        };
        let Some(things) = things else { return Vec::new() };
        // "DOL funding" is money that the DOL gives.
        let giver = relations.iter().find(|id| **id != amount);
        let pred = match giver {
            Some(id) if pred.rel.of || pred.rel.weak => {
                let mut rel = (*pred.rel).clone();
                rel.choices.insert(0, (*id, Form::Either, 0.0));
                Pred { rel: Rc::new(rel), ..pred.clone() }
            }
            _ => pred.clone(),
        };
        let mut made = Vec::new();
        for (things, cost) in attach(&things, &pred, order, self.inversion, self.books) {
            let mut head = head.clone();
            head.sorts = money;
            if head.head != Head::Open {
                head.head = Head::Role { relations: vec![amount], right: true, filled: true };
            }
            head.conds = vec![Cond::Link { relation: amount, left: false, other: Rc::new(things), not: false, words: (0, 0) }];
            made.push((noun(head), cost + 0.15));
        }
        made
    }

    /// "How much does the DOL give to projects in Ghana": the sum of what those projects have of it.
    pub(super) fn given(self, a: &Noun, b: &Noun) -> Made {
        let (Some(Cond::Link { relation, left, other, not: false, words }), true) =
            (b.conds.last(), a.sorts == sorts::bit("money"))
        else {
            return Vec::new();
        };
        if b.conds.len() != 1 || other.is_name() || !matches!(b.head, Head::Name(_)) {
            return Vec::new();
        }
        let giver = Noun { conds: Vec::new(), ..b.clone() };
        let mut things = (**other).clone();
        things.conds.push(Cond::Link { relation: *relation, left: !left, other: Rc::new(giver), not: false, words: *words });
        let pred = Pred { rel: self.of(false, a.words), arg: Rc::new(things), after: true };
        let mut sum = a.clone();
        sum.pick = Some(Pick::Total);
        // The giver is no thing that is asked for, and costs nothing as such.
        nouns(attach(&sum, &pred, Order::HeadRelArg, false, self.books), -0.7)
    }
}

/// A number, and of what there are so many: "more than two partners". What counts itself is the number: "participants".
pub(super) fn numbered(a: &Rc<Noun>, b: &Rc<Noun>, bounds: &Bounds) -> Made {
    let groups = sorts::groups();
    let is_things = matches!(b.head, Head::Type(_) | Head::Role { .. }) || (b.is_name() && b.sorts & groups != 0);
    if bounds.currency.is_some() || b.asked || b.counted || b.many.is_some() || b.pick.is_some() || !is_things {
        return Vec::new();
    }
    let value = b.sorts & sorts::literals() != 0;
    if value && b.is_open_role() && b.conds.is_empty() && a.sorts & b.sorts != 0 {
        let mut number = (**a).clone();
        number.sorts &= b.sorts;
        number.words.1 = b.words.1;
        return vec![(noun(number), 0.0)];
    }
    if value {
        return Vec::new();
    }
    let mut many = (**b).clone();
    many.many = Some(bounds.clone());
    vec![(noun(many), if b.conds.is_empty() { 0.0 } else { 0.05 })]
}
