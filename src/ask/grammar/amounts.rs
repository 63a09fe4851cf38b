//! Numbers beside what they compare: budgets over an amount, more than so many of something.

use super::attach::{Order, attach};
use super::rules::{Grammar, Made, noun, nouns};
use crate::ask::meaning::{Head, Noun, Pred};
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

/// A number, and of what there are so many: "more than two partners". What counts itself is the number: "participants".
pub(super) fn numbered(a: &Rc<Noun>, b: &Rc<Noun>, bounds: &Bounds) -> Made {
    let groups = sorts::named("id:scheme/groups").unwrap_or(0);
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
