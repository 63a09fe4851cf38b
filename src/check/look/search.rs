//! Goals solved over numbered rows, one after the other, each with what those before it have found.

use super::{Condition, Goal, Slot, Sort, Text};
use crate::check::view::{NO_GRAPH, Scope, View};
use crate::model::terms::{Kind, TermId as Id};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{LiteralRef, Term, TermRef};
use spareval::ExpressionTerm;
use std::borrow::Cow;

/// So many rows are looked at: a rule for which they are not enough is better run whole.
const ROWS: usize = 20_000;

/// What is asked of each solution: whether it will do.
type Then<'t, 's> = &'t mut dyn FnMut(&mut Search<'s>) -> bool;

/// What a solution is sought for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    /// To know that there may be one: what is unclear holds.
    Possible,
    /// To know that there is one: what is unclear does not hold.
    Sure,
}

impl For {
    /// What a solution is sought for that must not be there.
    fn other(self) -> Self {
        match self {
            Self::Possible => Self::Sure,
            Self::Sure => Self::Possible,
        }
    }
}

pub(super) struct Search<'s> {
    view: &'s View<'s>,
    /// The values of variables, as far as they have some.
    values: Vec<Option<Id>>,
    hidden: &'s [bool],
    /// How many rows may still be looked at.
    left: usize,
}

impl<'s> Search<'s> {
    pub(super) fn new(view: &'s View<'_>, hidden: &'s [bool]) -> Self {
        Self { view, values: vec![None; hidden.len()], hidden, left: ROWS }
    }

    /// Whether a goal can have a solution.
    pub(super) fn can_meet(mut self, goal: &Goal) -> bool {
        self.solve(goal, For::Possible, &mut |_| true) || self.left == 0
    }

    fn value(&self, slot: Slot) -> Option<Id> {
        match slot {
            Slot::Known(id) => Some(id),
            Slot::Open(variable) => self.values[variable],
        }
    }

    /// Whether a place has a value that is not known here.
    fn is_hidden(&self, slot: Slot) -> bool {
        matches!(slot, Slot::Open(variable) if self.hidden[variable] && self.values[variable].is_none())
    }

    /// Whether a goal has a solution that will do. Afterwards, variables have the values that they had before.
    fn solve(&mut self, goal: &Goal, sought: For, then: Then<'_, 's>) -> bool {
        match goal {
            Goal::Statement([s, p, o], graph) => self.statement([*s, *p, *o], *graph, sought, then),
            // A graph that has a name is not looked up: it may have no statements.
            Goal::Graph(name) if self.value(*name).is_some() => sought == For::Possible && then(self),
            Goal::Graph(name) => {
                let view = self.view;
                !self.is_unfit(*name, sought) && view.graphs().any(|graph| self.with(*name, graph, then))
            }
            Goal::Leads(from, steps, to) => match self.value(*from).zip(self.value(*to)) {
                Some((from, to)) => self.leads(from, steps, to) && then(self),
                None => sought == For::Possible && then(self),
            },
            Goal::OneOf(slot, terms) => !self.is_unfit(*slot, sought) && terms.iter().any(|term| self.with(*slot, *term, then)),
            Goal::Holds(condition) => self.comes_out(condition, true, sought) && then(self),
            Goal::All(goals) => self.all(goals, sought, then),
            Goal::Any(goals) => goals.iter().any(|goal| self.solve(goal, sought, then)),
            Goal::Unclear => sought == For::Possible && then(self),
        }
    }

    fn all(&mut self, goals: &[Goal], sought: For, then: Then<'_, 's>) -> bool {
        match goals {
            [] => then(self),
            [last] => self.solve(last, sought, then),
            [first, rest @ ..] => self.solve(first, sought, &mut |search| search.all(rest, sought, then)),
        }
    }

    /// Whether a place is of no use in being sure.
    fn is_unfit(&self, slot: Slot, sought: For) -> bool {
        sought == For::Sure && self.is_hidden(slot)
    }

    /// Goes on with a value of a place, unless it has another.
    fn with(&mut self, slot: Slot, value: Id, then: Then<'_, 's>) -> bool {
        match (slot, self.value(slot)) {
            (_, Some(known)) => known == value && then(self),
            (Slot::Open(variable), None) => {
                self.values[variable] = Some(value);
                let will_do = then(self);
                self.values[variable] = None;
                will_do
            }
            (Slot::Known(_), None) => false,
        }
    }

    fn statement(&mut self, [s, p, o]: [Slot; 3], graph: Option<Slot>, sought: For, then: Then<'_, 's>) -> bool {
        let slots = [s, p, o, graph.unwrap_or(Slot::Known(NO_GRAPH))];
        if slots.iter().any(|slot| self.is_unfit(*slot, sought)) {
            return false;
        }
        let scope = graph.map_or(Scope::Union, |graph| self.value(graph).map_or(Scope::AnyNamed, Scope::In));
        let open = slots.map(|slot| match slot {
            Slot::Open(variable) if self.values[variable].is_none() => Some(variable),
            _ => None,
        });
        let [s, p, o] = [s, p, o].map(|slot| self.value(slot));
        let view = self.view;
        for row in view.find(s, p, o, scope) {
            self.left = self.left.saturating_sub(1);
            if self.left == 0 {
                return false;
            }
            let mut fits = true;
            for (variable, value) in open.into_iter().zip(row) {
                if let Some(variable) = variable {
                    // It may stand in two places.
                    fits &= *self.values[variable].get_or_insert(value) == value;
                }
            }
            let will_do = fits && then(self);
            open.into_iter().flatten().for_each(|variable| self.values[variable] = None);
            if will_do {
                return true;
            }
        }
        false
    }

    /// Whether some of these properties lead from a node to another, or it is the same.
    fn leads(&mut self, from: Id, steps: &[Id], to: Id) -> bool {
        let (mut reached, mut next) = (vec![from], 0);
        while let Some(&node) = reached.get(next)
            && self.left > 0
        {
            if node == to {
                return true;
            }
            next += 1;
            for step in steps {
                for [_, _, other, _] in self.view.find(Some(node), Some(*step), None, Scope::Union) {
                    self.left = self.left.saturating_sub(1);
                    if !reached.contains(&other) {
                        reached.push(other);
                    }
                }
            }
        }
        false
    }

    /// Whether a condition can be, or is sure to be, as `wanted`.
    fn comes_out(&mut self, condition: &Condition, wanted: bool, sought: For) -> bool {
        let is = match condition {
            Condition::Not(inner) => return self.comes_out(inner, !wanted, sought),
            Condition::Every(all) if wanted => return all.iter().all(|one| self.comes_out(one, true, sought)),
            Condition::Every(all) => return all.iter().any(|one| self.comes_out(one, false, sought)),
            Condition::Either(all) if wanted => return all.iter().any(|one| self.comes_out(one, true, sought)),
            Condition::Either(all) => return all.iter().all(|one| self.comes_out(one, false, sought)),
            // Where no value is shared, nothing is taken away.
            Condition::Beside(variables, _) if variables.iter().all(|variable| self.values[*variable].is_none()) => None,
            Condition::Exists(goal) | Condition::Beside(_, goal) => {
                return self.solve(goal, if wanted { sought } else { sought.other() }, &mut |_| true) == wanted;
            }
            Condition::Same(a, b) => self.same(*a, *b),
            Condition::Begins(text, with) => self.text(text).zip(self.text(with)).map(|(text, with)| text.starts_with(&*with)),
            Condition::AtMost(text, most) => self.text(text).zip(self.text(most)).map(|(text, most)| text <= most),
            Condition::Is(sort, slot) => self.value(*slot).and_then(|id| self.sort(id)).map(|is| is == *sort),
            Condition::Unclear => None,
        };
        is.map_or(sought == For::Possible, |is| is == wanted)
    }

    fn sort(&self, id: Id) -> Option<Sort> {
        Some(match self.view.kind(id)? {
            Kind::Iri => Sort::Iri,
            Kind::Blank => Sort::Blank,
            Kind::Plain | Kind::Tagged(_) | Kind::Typed(_) => Sort::Literal,
        })
    }

    /// Whether two terms are equal, where that is so only of a term and itself: not of two numbers or dates.
    fn same(&self, a: Slot, b: Slot) -> Option<bool> {
        let (a, b) = (self.value(a)?, self.value(b)?);
        let is_typed = |id: Id| matches!(self.view.kind(id), None | Some(Kind::Typed(_)));
        if is_typed(a) && self.sort(b) == Some(Sort::Literal) || is_typed(b) && self.sort(a) == Some(Sort::Literal) {
            return None;
        }
        Some(a == b)
    }

    /// What is spelled, where it can be told: values that are numbers or dates are spelled as the engine spells them.
    fn text<'t>(&self, text: &'t Text) -> Option<Cow<'t, str>>
    where
        's: 't,
    {
        match text {
            Text::Said(text) => Some(Cow::Borrowed(text)),
            Text::Of(slot) => match self.view.term(self.value(*slot)?)? {
                TermRef::NamedNode(iri) => Some(Cow::Borrowed(iri.as_str())),
                TermRef::Literal(literal) if is_text(literal) => Some(Cow::Borrowed(literal.value())),
                TermRef::Literal(literal) => match Term::from(ExpressionTerm::from(Term::from(literal.into_owned()))) {
                    Term::Literal(literal) => Some(Cow::Owned(literal.destruct().0)),
                    _ => None,
                },
                TermRef::BlankNode(_) => None,
            },
        }
    }
}

/// Whether a literal is a text, in a language or not, and equal to no other.
fn is_text(literal: LiteralRef<'_>) -> bool {
    literal.language().is_some() || literal.datatype() == xsd::STRING
}
