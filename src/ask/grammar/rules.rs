//! The grammar: what two neighbouring parts of a question are together. `docs/asking.md` tells the rules with examples.

use super::amounts::numbered;
use super::attach::{NAME_AS_HEAD, Order, attach, bare, narrow, unfilled, with};
use super::parts::{fits, followed, relation_and_thing};
use super::roles::{has_nothing_to_be_picked_by, is_kinds, is_mixed, one_of, turned};
use super::sides::{nor, set_side_by_side, topic};
use super::than::{is_comparable, is_unfinished, lacks_than, larger};
use crate::ask::lattice::{Books, Value};
use crate::ask::meaning::{Cond, Form, Head, Mark, Noun, Pick, Pred, Rel};
use crate::ask::sorts::{self, Sorts};
use std::rc::Rc;

/// What two neighbours make, with the cost of it.
pub(super) type Made = Vec<(Value, f32)>;

/// The rules with what they look up.
#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    /// Words, relations, names.
    pub(super) books: Books<'a>,
    /// Whether a verb may stand before its subject, and an adjective behind its noun.
    pub(super) inversion: bool,
}

pub(super) fn noun(noun: Noun) -> Value {
    Value::Noun(Rc::new(noun))
}

pub(super) fn nouns(all: Vec<(Noun, f32)>, cost: f32) -> Made {
    all.into_iter().map(|(n, more)| (noun(n), more + cost)).collect()
}

impl Grammar<'_> {
    /// What a part and the next one make.
    pub(super) fn combine(self, a: &Value, b: &Value) -> Made {
        if let Some(made) = self.beside_numbers(a, b) {
            return made;
        }
        let mut made = nor(a, b);
        made.extend(self.neighbours(a, b));
        made
    }

    fn neighbours(self, a: &Value, b: &Value) -> Made {
        match (a, b) {
            (Value::Noun(a), Value::Noun(b)) => self.side_by_side(a, b),
            (Value::Noun(a), Value::Rel(b)) => self.thing_and_relation(a, b),
            (Value::Rel(a), Value::Noun(b)) => relation_and_thing(a, b),
            (Value::Noun(a), Value::Pred(b)) if b.rel.again => self.again(a, b),
            (Value::Noun(a), Value::Pred(b)) if a.compared.is_some() => {
                if b.after && b.rel.weak {
                    topic(self, &b.arg, a).unwrap_or_default()
                } else {
                    Vec::new()
                }
            }
            (Value::Noun(a), Value::Pred(b)) => {
                let order = if b.after { Order::HeadRelArg } else { Order::HeadArgRel };
                let has_more = is_comparable(&b.arg);
                if b.after && b.rel.weak && a.asked && a.is_bare() && a.sorts == Sorts::MAX && !has_more {
                    return one_of(a, b);
                }
                // "What unions …" asks for unions, and not for what unions do.
                let misread = !b.after && a.asked && a.is_bare() && is_kinds(&b.arg) && b.arg.words.0 == a.words.1;
                let mut made = nouns(attach(a, b, order, self.inversion, self.books), if misread { 1.5 } else { 0.0 });
                made.extend(self.implied(a, b, order));
                made
            }
            (Value::Pred(a), Value::Noun(b)) if !b.asked || a.arg.asked => self.said_first(a, b),
            (Value::Pred(a), Value::Pred(b)) => self.parted(a, b),
            (Value::Noun(a), Value::Cond(b)) => self.condition(a, b),
            (Value::Cond(a), Value::Noun(b)) if matches!(**a, Cond::Answered(_)) => self.condition(b, a),
            // "Besides the STPS, who takes part …?"
            (Value::Cond(a), Value::Noun(b)) if b.asked && !b.is_bare() => self.condition(b, a),
            (Value::Noun(n), Value::Mark(Mark::Compare(side))) => {
                let mut made = followed(a, Mark::Compare(*side));
                made.extend(set_side_by_side(n, *side));
                made
            }
            (Value::Noun(n), Value::Mark(Mark::Pick(pick))) => self.picked_behind(n, *pick),
            (Value::Rel(rel), Value::Mark(Mark::Pick(pick))) => self.costs(rel, *pick),
            (Value::Pred(pred), Value::Mark(Mark::Pick(pick))) if self.inversion && pred.after => {
                let costs = self.costs(&pred.rel, *pick).into_iter();
                let costs = costs.filter_map(|(value, _)| if let Value::Pred(costs) = value { Some(costs) } else { None });
                nouns(costs.flat_map(|c| attach(&pred.arg, &c, Order::HeadRelArg, false, self.books)).collect(), 0.1)
            }
            (Value::Noun(n), Value::Mark(Mark::Comparative(pick))) | (Value::Mark(Mark::Comparative(pick)), Value::Noun(n)) => {
                larger(n, *pick)
            }
            (Value::Noun(_) | Value::Rel(_) | Value::Pred(_), Value::Mark(mark)) => followed(a, *mark),
            (Value::Mark(mark), _) => self.marked(*mark, b),
            (Value::Joined(mark, first), _) => self.joined(*mark, first, b),
            (Value::Noun(a), Value::Joined(Mark::Per, b)) => self.per(a, b),
            (Value::Rel(a), Value::Joined(Mark::Per, b)) if !a.weak => match &**b {
                Value::Noun(b) => {
                    let mut each = (**b).clone();
                    each.each = true;
                    vec![(Value::Pred(Rc::new(Pred { rel: Rc::clone(a), arg: Rc::new(each), after: true })), 0.0)]
                }
                _ => Vec::new(),
            },
            // "Trabajan tanto en Ghana como en Guatemala".
            (Value::Rel(a), Value::Pred(b)) if a.parted == Some(b.rel.words.0) && b.after && b.rel.weak => {
                let rel = Rel { parted: None, ..(**a).clone() };
                vec![(Value::Pred(Rc::new(Pred { rel: Rc::new(rel), ..(**b).clone() })), 0.05)]
            }
            // "Tienen como contraparte a la STPS".
            (Value::Rel(a), Value::Pred(b)) if a.of && !a.not && b.after && !b.rel.weak && !b.rel.of => {
                vec![(Value::Pred(Rc::clone(b)), 0.1)]
            }
            (Value::Rel(a), Value::Rel(b)) if b.weak && !a.weak && !a.of => vec![(Value::Rel(Rc::clone(a)), 0.15)],
            _ => Vec::new(),
        }
    }

    fn thing_and_relation(self, a: &Rc<Noun>, b: &Rc<Rel>) -> Made {
        let mut made = nouns(bare(a, b, self.books), 0.0);
        // "What is SENDEROS about?"
        let stranded = !self.inversion && b.weak && !b.of && a.is_name() && !a.asked && !b.scope;
        if stranded {
            made.push((Value::Pred(Rc::new(Pred { rel: Rc::clone(b), arg: Rc::clone(a), after: false })), 0.35));
        }
        if !a.asked && !b.scope && (!b.weak || b.of) {
            made.push((Value::Pred(Rc::new(Pred { rel: Rc::clone(b), arg: Rc::clone(a), after: false })), 0.0));
        }
        made
    }

    /// What is said stands before what it is said of: "DOL-funded projects", "¿financia el DOL SENDEROS?".
    fn said_first(self, a: &Pred, b: &Rc<Noun>) -> Made {
        let order = if a.after { Order::RelArgHead } else { Order::ArgRelHead };
        // "¿Tiene Ghana más proyectos …?", "¿hay en Ghana más proyectos …?"
        if a.after && a.rel.weak && !a.rel.not && a.arg.is_name() && is_comparable(b) && b.pick.is_some() {
            return nouns(attach(b, a, Order::HeadRelArg, self.inversion, self.books), 0.2);
        }
        if a.after != self.inversion || (a.after && a.rel.weak) {
            return Vec::new();
        }
        let mut made = attach(b, a, order, self.inversion, self.books);
        // "¿Comentó la CTM la memoria?" asks whether it did.
        if a.after && a.arg.is_name() && !b.counted && b.pick.is_none() {
            for (noun, _) in &mut made {
                noun.whether = true;
            }
        }
        nouns(made, 0.05)
    }

    /// The verb before its subject, and the preposition before its object: "¿participa la OIT en REFRAME?".
    fn parted(self, a: &Pred, b: &Pred) -> Made {
        if a.rel.parted == Some(b.rel.words.0) && a.after && b.after && b.rel.weak && !b.arg.asked && !a.arg.asked {
            let rel = Rel { parted: None, ..(*a.rel).clone() };
            let pred = Pred { rel: Rc::new(rel), arg: Rc::clone(&b.arg), after: true };
            return nouns(attach(&a.arg, &pred, Order::HeadRelArg, false, self.books), 0.0);
        }
        let whole = self.inversion && a.after && b.after && !a.rel.weak && b.rel.weak && !a.rel.not && !b.arg.asked;
        if !whole || !b.arg.is_name() || !a.arg.is_name() {
            return Vec::new();
        }
        nouns(attach(&b.arg, a, Order::RelArgHead, true, self.books), 0.15)
    }

    /// The largest and the like behind its noun: "le projet le plus cher", "which project is the largest".
    fn picked_behind(self, n: &Rc<Noun>, pick: Pick) -> Made {
        let number = matches!(pick, Pick::Most | Pick::Fewest);
        let stands = n.asked || (self.inversion && n.conds.is_empty());
        // "¿Cuántos proyectos más …?"
        if number && n.counted && n.pick.is_none() {
            return vec![(noun(Noun { pick: Some(pick), ..(**n).clone() }), 0.1)];
        }
        if number || !stands || n.pick.is_some() || n.counted || !fits(pick, n) {
            return Vec::new();
        }
        let mut picked = (**n).clone();
        picked.pick = Some(pick);
        if matches!(pick, Pick::Total | Pick::Average) {
            picked.sorts &= sorts::literals();
        }
        vec![(noun(picked), 0.1)]
    }

    pub(super) fn condition(self, a: &Rc<Noun>, b: &Rc<Cond>) -> Made {
        match &**b {
            Cond::Answered(_) => {
                let questions = sorts::named("flg:Question").unwrap_or(0);
                let narrowed = narrow(a, questions, self.books).filter(|_| a.sorts != Sorts::MAX || a.asked);
                narrowed.map(|n| (noun(with(&n, (**b).clone())), 0.0)).into_iter().collect()
            }
            Cond::Except(other) if a.sorts & other.sorts != 0 && !a.is_name() => vec![(noun(with(a, (**b).clone())), 0.05)],
            _ => Vec::new(),
        }
    }

    /// Two descriptions side by side.
    fn side_by_side(self, a: &Rc<Noun>, b: &Rc<Noun>) -> Made {
        let mut made = Vec::new();
        if let Some(made) = topic(self, a, b).or_else(|| topic(self, b, a)).filter(|_| !a.is_bare()) {
            return made;
        }
        if let Head::Time(span) = &b.head {
            if !matches!(a.head, Head::Time(_)) && !a.is_bare() {
                made.push((noun(with(a, Cond::Time(span.clone()))), if a.is_name() { 0.4 } else { 0.1 }));
            }
            return made;
        }
        if let Head::Time(span) = &a.head {
            if !b.asked && !b.is_name() {
                made.push((noun(with(b, Cond::Time(span.clone()))), 0.15));
            }
            return made;
        }
        if let Head::Quantity(bounds) = &b.head {
            made.extend(self.measured(a, b, bounds));
            return made;
        }
        if let Head::Quantity(bounds) = &a.head {
            made.extend(numbered(a, b, bounds));
            return made;
        }
        // "In what states …" asks for states, and not for what is in them.
        let determiner = a.is_bare() && a.sorts == Sorts::MAX && matches!(b.head, Head::Type(_)) && b.words.0 == a.words.1;
        if let Some(via) = a
            .via
            .as_ref()
            .filter(|via| !determiner && (via.choices.len() != 1 || !via.choices.iter().any(|c| c.1 == Form::Either)))
        {
            let pred = Pred { rel: Rc::clone(via), arg: Rc::clone(b), after: false };
            let mut head = (**a).clone();
            head.via = None;
            made.extend(nouns(attach(&head, &pred, Order::HeadArgRel, true, self.books), 0.2));
            // "In which states does the DOL fund projects": the states are those of the projects.
            if let Some(things) = turned(b) {
                let pred = Pred { arg: Rc::new(things), ..pred };
                // Who does something is no thing that is asked for, and costs nothing as such.
                made.extend(nouns(attach(&head, &pred, Order::HeadArgRel, true, self.books), 0.1 - NAME_AS_HEAD));
            }
        }
        if a.asked && a.is_bare() && !b.asked && a.via.is_none() {
            made.extend(self.question_word(a, b));
            return made;
        }
        // "Which funders do the projects of Ghana and Guatemala share?"
        if let Some(side) = b.compared.filter(|_| !b.is_several() && !a.is_bare()) {
            let other = Noun { asked: false, compared: Some(side), ..(**b).clone() };
            let pred = Pred { rel: self.of(false, (b.words.0, b.words.0)), arg: Rc::new(other), after: true };
            return nouns(attach(a, &pred, Order::HeadRelArg, false, self.books), 0.1);
        }
        if b.asked || a.none || b.none {
            return made;
        }
        // "Which NGOs are partners of SENDEROS?"
        if matches!(b.head, Head::Role { filled: true, .. })
            && (matches!(a.head, Head::Type(_)) && a.asked || a.is_name() && a.whether)
            && let Some(mut both) = narrow(a, b.sorts, self.books)
        {
            both.conds.extend(b.conds.iter().cloned());
            made.push((noun(both), if a.is_name() { 0.6 } else { 0.1 }));
        }
        made.extend(self.apposed(a, b));
        made.extend(self.role_played(a, b));
        let plain = |n: &Noun| matches!(n.head, Head::Type(_) | Head::Role { .. }) && !n.counted;
        let of = self.of(false, (b.words.0, b.words.0));
        // Agriculture projects, Mexico's needs without its apostrophe, project funders.
        if !a.asked
            && (a.is_name() || (matches!(a.head, Head::Type(_)) && a.conds.is_empty() && b.is_open_role()))
            && plain(b)
            && b.conds.is_empty()
        {
            let pred = Pred { rel: Rc::clone(&of), arg: Rc::clone(a), after: true };
            made.extend(nouns(attach(b, &pred, Order::HeadRelArg, false, self.books), if self.inversion { 0.5 } else { 0.3 }));
            made.extend(self.implied(b, &pred, Order::HeadRelArg));
        }
        // One of several that are named: "which country has more projects, Ghana or Mexico".
        if a.asked && !a.is_name() && b.is_several() && b.sorts & !a.sorts == 0 && a.compared.is_none() {
            made.push((noun(with(a, Cond::Among(Rc::clone(b)))), 0.2));
        }
        // Proyectos agrícolas, besoins les plus importants.
        if b.is_name() && (plain(a) || a.asked) && !a.is_bare() {
            let pred = Pred { rel: of, arg: Rc::clone(b), after: true };
            made.extend(nouns(attach(a, &pred, Order::HeadRelArg, false, self.books), if self.inversion { 0.3 } else { 0.45 }));
        }
        made
    }

    /// A question word and what it asks for: "who are the funders", "what is CITI", "where is COMAR", "when was the meeting".
    fn question_word(self, a: &Rc<Noun>, b: &Rc<Noun>) -> Made {
        let mut made = Vec::new();
        let literal = sorts::literals() & !sorts::bit("number");
        let narrow_word = a.sorts & literal == a.sorts || a.sorts == self.books.relations.place;
        if narrow_word {
            let of = self.of(false, a.words);
            let pred = Pred { rel: of, arg: Rc::clone(b), after: true };
            // Of several things, how much is the sum of what each has.
            let mut head = (**a).clone();
            head.pick = Some(Pick::Total).filter(|_| a.sorts == sorts::bit("money") && !matches!(b.head, Head::Name(_)));
            made.extend(nouns(attach(&head, &pred, Order::HeadRelArg, false, self.books), 0.2));
            made.extend(self.given(a, b));
            if a.sorts == sorts::bit("date") {
                made.extend(self.dated(a, b));
            }
        }
        if !matches!(b.head, Head::Time(_))
            && let Some(mut asked) = narrow(b, a.sorts, self.books)
        {
            asked.asked = true;
            made.push((noun(asked), if b.is_name() { 0.2 } else { 0.05 }));
        }
        made
    }

    /// "When" with a whole statement: "when did Mexico ratify the convention".
    fn dated(self, a: &Rc<Noun>, b: &Rc<Noun>) -> Made {
        let Some(Cond::Link { relation, .. }) = b.conds.last() else { return Vec::new() };
        let date = self.books.relations.all.get(*relation).and_then(|relation| relation.date.as_ref());
        if date.is_none() {
            return Vec::new();
        }
        let mut asked = (**b).clone();
        asked.asked = true;
        asked.via = Some(Rc::new(Rel { weak: true, ..Rel::new(vec![(*relation, Form::Either, 0.0)], a.words) }));
        vec![(noun(asked), 0.05)]
    }

    /// The relations of "of".
    pub(super) fn of(self, not: bool, words: (usize, usize)) -> Rc<Rel> {
        Rc::new(Rel { not, weak: true, of: true, ..Rel::new(self.books.relations.of(), words) })
    }

    /// A verb and its subject, and nothing more: "¿hicieron comentarios los patrones?".
    pub(super) fn verb_first(self, pred: &Pred) -> Vec<(Noun, f32)> {
        let said = self.inversion && pred.after && !pred.arg.asked && !pred.arg.is_bare();
        let all = if said { bare(&pred.arg, &pred.rel, self.books) } else { Vec::new() };
        all.into_iter().map(|(noun, cost)| (Noun { whether: true, ..noun }, cost + 0.2)).collect()
    }

    /// A description that can be asked as it stands, with every noun for an end of a relation tied to something.
    pub(super) fn finished(self, n: &Noun) -> Vec<(Noun, f32)> {
        if is_unfinished(n, self.books) || has_nothing_to_be_picked_by(n) || is_mixed(n) || lacks_than(n) {
            return Vec::new();
        }
        // How much is given is the sum of what each of the things has.
        let mut n = n.clone();
        let of_several = |cond: &Cond| match cond {
            Cond::Link { other, left: false, not: false, .. } => other.head == Head::Open && !other.conds.is_empty(),
            _ => false,
        };
        if n.asked && n.head == Head::Open && n.sorts == sorts::bit("money") && n.pick.is_none() && n.conds.iter().any(of_several)
        {
            n.pick = Some(Pick::Total);
        }
        if n.is_open_role() { unfilled(&n, self.books) } else { vec![(n, 0.0)] }
    }
}
