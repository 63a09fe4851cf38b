//! Numbers of things compared with each other: "are there more projects in Ghana than in Guatemala?".

use super::attach::{Order, attach, narrow, with};
use super::parts::alike;
use super::rules::{Grammar, Made, noun};
use crate::ask::dates::Span;
use crate::ask::lattice::{Books, Value};
use crate::ask::meaning::{Against, Cond, Head, Mark, Noun, Pick, Pred, Words};
use crate::ask::relations::RelationId;
use crate::ask::sorts;
use std::rc::Rc;

/// What it costs that a thing fits badly in the place of another.
const MISFIT: f32 = 0.15;

/// Whether things picked so are to be compared in number with others.
fn compares(n: &Noun) -> Option<Pick> {
    n.pick.filter(|pick| matches!(pick, Pick::Most | Pick::Fewest | Pick::Same))
}

/// "Is the budget of A larger" than that of B.
pub(super) fn larger(n: &Noun, pick: Pick) -> Made {
    let is_plain = is_sum(n) && !n.asked && n.pick.is_none() && n.many.is_none() && !n.is_quantity();
    let larger = Noun { pick: Some(pick), ..n.clone() };
    if is_plain { vec![(noun(larger), 0.1)] } else { Vec::new() }
}

/// Whether a description is of sums of money.
fn is_sum(n: &Noun) -> bool {
    n.sorts == sorts::bit("money")
}

/// Whether there is a word like "more" in a description, so that it can go on with "than".
pub(super) fn is_comparable(n: &Noun) -> bool {
    let in_cond = |cond: &Cond| matches!(cond, Cond::Link { other, not: false, .. } if is_comparable(other));
    n.against.is_none() && n.compared.is_none() && (compares(n).is_some() || n.conds.iter().any(in_cond))
}

/// Whether a description still has a "more" or "as many" that only stands before "than".
pub(super) fn is_unfinished(n: &Noun, books: Books<'_>) -> bool {
    let in_cond = |cond: &Cond| match cond {
        // "Who trained the most officials": the training tells how many they were.
        Cond::Link { other, relation, .. } if other.is_name() && other.pick.is_some_and(|pick| pick != Pick::Same) => {
            books.relations.all.get(*relation).is_none_or(|relation| relation.count.is_none())
        }
        Cond::Link { other, .. } => is_unfinished(other, books),
        Cond::Per(cond) => matches!(&**cond, Cond::Link { other, .. } if is_unfinished(other, books)),
        _ => false,
    };
    let counts_people = n.is_name() && n.pick.is_some();
    let how_many = n.counted && compares(n).is_some();
    let more_money = is_sum(n) && n.head == Head::Open && compares(n).is_some() && !n.asked;
    let whether = n.whether && n.against.is_none() && compares(n).is_some();
    more_money || whether || n.pick == Some(Pick::Same) || counts_people || how_many || n.conds.iter().any(in_cond)
}

/// Whether somebody named does something to "more" things, and nothing says than who.
pub(super) fn lacks_than(n: &Noun) -> bool {
    let named = Noun { conds: Vec::new(), ..n.clone() }.is_name();
    named && !n.asked && n.against.is_none() && is_comparable(n)
}

/// What is counted by the first part of such a question: of "does Ghana have more projects", the projects that Ghana has.
fn counted(n: &Noun) -> Option<(Noun, Pick, bool)> {
    if let Some(pick) = compares(n) {
        let difference = n.counted;
        let (sum, counted) = (Some(Pick::Total).filter(|_| is_sum(n)), !is_sum(n));
        let counted = Noun { pick: sum, whether: false, asked: true, counted, via: None, ..n.clone() };
        return Some((counted, pick, difference));
    }
    n.conds.iter().enumerate().find_map(|(at, cond)| {
        let Cond::Link { relation, left, other, not: false, words } = cond else { return None };
        if !is_comparable(other) {
            return None;
        }
        let mut rest = n.clone();
        rest.conds.remove(at);
        (rest.whether, rest.asked) = (false, false);
        let mut inner = (**other).clone();
        inner.conds.push(Cond::Link { relation: *relation, left: !left, other: Rc::new(rest), not: false, words: *words });
        counted(&inner)
    })
}

/// What the second part of such a question puts in the place of something in the first.
struct Instead<'a> {
    noun: &'a Noun,
    /// The relations that its preposition or verb stands for; none if it has no such word, or one that says little.
    relations: Vec<RelationId>,
}

impl Instead<'_> {
    /// How badly it fits in the place of a name at the other end of a relation; none if not at all.
    fn misfit(&self, other: &Noun, relation: RelationId) -> Option<u8> {
        if !other.is_name() || !self.noun.is_name() || !alike(other, self.noun) {
            return None;
        }
        let organizations = sorts::organizations();
        let kind = match (other.sorts & self.noun.sorts, other.sorts & organizations, self.noun.sorts & organizations) {
            (0, 0, _) | (0, _, 0) => 4,
            (0, ..) => 2,
            _ => 0,
        };
        match (self.relations.is_empty(), self.relations.contains(&relation)) {
            (true, _) => Some(kind + 1),
            (false, true) => Some(kind),
            (false, false) => None,
        }
    }

    /// The best place for it: the conditions to follow, from one description to the next; the last of equally good ones.
    fn place(&self, n: &Noun) -> Option<(u8, Vec<usize>)> {
        let mut best: Option<(u8, Vec<usize>)> = None;
        for (at, cond) in n.conds.iter().enumerate() {
            let Cond::Link { other, relation, .. } = cond else { continue };
            let here = self.misfit(other, *relation).map(|misfit| (misfit, vec![at]));
            let deeper = self.place(other).map(|(misfit, mut path)| {
                path.insert(0, at);
                (misfit, path)
            });
            for found in here.into_iter().chain(deeper) {
                if best.as_ref().is_none_or(|best| found.0 <= best.0) {
                    best = Some(found);
                }
            }
        }
        best
    }
}

/// The same description with another thing in a place; and what stood there.
fn replaced(n: &Noun, path: &[usize], by: &Noun) -> Option<(Noun, Noun)> {
    let (at, rest) = path.split_first()?;
    let mut n = n.clone();
    let Some(Cond::Link { other, .. }) = n.conds.get_mut(*at) else { return None };
    let was = if rest.is_empty() {
        std::mem::replace(other, Rc::new(by.clone())).as_ref().clone()
    } else {
        let (inner, was) = replaced(other, rest, by)?;
        *other = Rc::new(inner);
        was
    };
    Some((n, was))
}

/// The same description at another time; and the time that it was of.
fn at_time(n: &Noun, by: &Span) -> Option<(Noun, Span)> {
    let mut n = n.clone();
    for cond in n.conds.iter_mut().rev() {
        match cond {
            Cond::Time(span) => {
                let was = std::mem::replace(span, by.clone());
                return Some((n, was));
            }
            Cond::Scope(report) => {
                if let Some((inner, was)) = at_time(report, by) {
                    *report = Rc::new(inner);
                    return Some((n, was));
                }
            }
            Cond::Link { other, .. } => {
                if let Some((inner, was)) = at_time(other, by) {
                    *other = Rc::new(inner);
                    return Some((n, was));
                }
            }
            _ => {}
        }
    }
    None
}

/// A time by itself.
fn time(span: Span, words: Words) -> Noun {
    Noun::new(sorts::bit("date"), Head::Time(span), words)
}

impl Grammar<'_> {
    /// "More projects in Ghana" than "in Guatemala", than "Guatemala", than "in 2020", than "trainings".
    pub(super) fn than(self, a: &Noun, b: &Value) -> Made {
        let Some((first, pick, difference)) = counted(a) else { return Vec::new() };
        let (other, relations) = match b {
            Value::Noun(other) => (other, Vec::new()),
            Value::Pred(pred) if pred.rel.again || pred.rel.scope || pred.rel.not => return Vec::new(),
            Value::Pred(pred) if pred.rel.of => (&pred.arg, Vec::new()),
            Value::Pred(pred) => (&pred.arg, pred.rel.choices.iter().map(|(id, ..)| *id).collect()),
            _ => return Vec::new(),
        };
        if other.asked
            || other.pick.is_some()
            || other.against.is_some()
            || other.is_bare()
            || first.conds.is_empty() && other.is_name()
        {
            return Vec::new();
        }
        let mut cost = 0.0;
        let made = match &other.head {
            Head::Time(span) => at_time(&first, span).map(|(second, was)| {
                let sides = [time(was, first.words), time(span.clone(), other.words)];
                (first.clone(), second, sides)
            }),
            Head::Type(_) | Head::Role { .. } if relations.is_empty() => self.kinds(&first, other),
            _ => {
                let instead = Instead { noun: other, relations };
                instead.place(&first).and_then(|(misfit, path)| {
                    cost = MISFIT * f32::from(misfit);
                    let (second, was) = replaced(&first, &path, other)?;
                    Some((first.clone(), second, [was, (**other).clone()]))
                })
            }
        };
        let Some((mut first, other, sides)) = made else { return Vec::new() };
        first.against = Some(Rc::new(Against { pick, difference, other, sides }));
        vec![(noun(first), cost)]
    }

    /// "More trainings than meetings in 2020": what is said of the one kind is said of the other.
    fn kinds(self, first: &Noun, other: &Noun) -> Option<(Noun, Noun, [Noun; 2])> {
        let kind = |n: &Noun| Noun { conds: Vec::new(), asked: false, counted: false, ..n.clone() };
        let sides = [kind(first), kind(other)];
        let mut first = first.clone();
        let mut second = Noun { asked: true, counted: true, ..other.clone() };
        if second.conds.is_empty() {
            second = self.with_all(&second, &first.conds)?;
        } else if first.conds.is_empty() {
            first = self.with_all(&first, &second.conds)?;
        }
        (first.head != second.head || first.conds != second.conds).then_some((first, second, sides))
    }

    /// A description with conditions that were said of another; none if they cannot be said of it.
    fn with_all(self, n: &Noun, conds: &[Cond]) -> Option<Noun> {
        let mut n = n.clone();
        for cond in conds {
            if let Cond::Link { relation, left, .. } = cond {
                let relation = self.books.relations.all.get(*relation)?;
                n = narrow(&n, if *left { relation.left } else { relation.right }, self.books)?;
            }
            n.conds.push(cond.clone());
        }
        Some(n)
    }

    /// What stands beside two numbers that are compared: what is said of both, and words that say nothing more. None if
    /// neither part is such a comparison.
    pub(super) fn beside_numbers(self, a: &Value, b: &Value) -> Option<Made> {
        let numbers = |value: &Value| match value {
            Value::Noun(n) => n.against.as_ref().map(|against| (Rc::clone(n), Rc::clone(against))),
            _ => None,
        };
        let ((first, against), beside) = match (numbers(a), numbers(b)) {
            (Some(found), None) => (found, b),
            (None, Some(found)) => (found, a),
            (Some(_), Some(_)) => return Some(Vec::new()),
            (None, None) => return None,
        };
        Some(match beside {
            Value::Pred(pred) if !pred.rel.again && !pred.rel.scope => self.of_both_sides(&first, &against, pred),
            Value::Noun(time) => match &time.head {
                Head::Time(span) => at_both(&first, &against, span),
                _ => Vec::new(),
            },
            Value::Mark(Mark::Whether | Mark::List) if numbers(a).is_none() => vec![(b.clone(), 0.0)],
            _ => Vec::new(),
        })
    }

    /// "… than in Guatemala, funded by the DOL".
    fn of_both_sides(self, a: &Noun, against: &Against, b: &Pred) -> Made {
        let order = if b.after { Order::HeadRelArg } else { Order::HeadArgRel };
        let told = |n: &Noun| attach(n, b, order, self.inversion, self.books).into_iter().min_by(|x, y| x.1.total_cmp(&y.1));
        let bare = Noun { against: None, ..a.clone() };
        let (Some((mut first, cost)), Some((other, more))) = (told(&bare), told(&against.other)) else { return Vec::new() };
        first.against = Some(Rc::new(Against { other, ..against.clone() }));
        vec![(noun(first), cost + more + 0.1)]
    }
}

/// The same of a time: "… than in Guatemala in 2021".
fn at_both(a: &Noun, against: &Against, span: &Span) -> Made {
    let timed = |n: &Noun| with(n, Cond::Time(span.clone()));
    let mut first = timed(a);
    first.against = Some(Rc::new(Against { other: timed(&against.other), ..against.clone() }));
    vec![(noun(first), 0.1)]
}
