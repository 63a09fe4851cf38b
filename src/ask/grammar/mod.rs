//! Reads a question: every stretch of it is taken for whatever its parts can be together, and the reading of the whole that
//! costs least is the one that is meant.

mod amounts;
mod attach;
mod marks;
mod parts;
mod roles;
mod rules;
mod sides;
mod than;
mod ties;

use super::lattice::{Books, Lattice, Value};
use super::meaning::{Cond, Form, Noun, Side};
pub(super) use attach::seen;
use rules::Grammar;
pub(super) use ties::tied;

/// A stretch of the question with one meaning.
#[derive(Clone, Debug)]
struct Part {
    value: Value,
    cost: f32,
}

/// So many meanings of a stretch are kept, the likeliest.
const KEPT: usize = 14;

/// A reading of a whole question.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What is asked for.
    pub noun: Noun,
    /// How far-fetched it is.
    pub cost: f32,
}

/// The readings of a question, the likeliest first; and of those that leave something out, the words of the longest.
pub struct Readings {
    /// Readings of the whole.
    pub whole: Vec<Reading>,
    /// The stretch that could be read best, where the whole could not.
    pub longest: Option<(usize, usize)>,
}

/// Reads a question.
pub fn read(lattice: &Lattice, length: usize, books: Books<'_>) -> Readings {
    let chart = Chart::new(lattice, length, books);
    let whole = chart.whole();
    let longest = if whole.is_empty() { longest(&chart.cells, length) } else { None };
    Readings { whole, longest }
}

/// What every stretch of a question can be, to which more can be added at its end.
pub struct Chart<'a> {
    grammar: Grammar<'a>,
    /// By first word, and by one past the last.
    cells: Vec<Vec<Vec<Part>>>,
    length: usize,
    /// Where a reading can begin: the words before add nothing.
    starts: Vec<usize>,
    /// The length of the question as it stands, if none of its words says anything.
    empty: Option<usize>,
}

impl<'a> Chart<'a> {
    /// What the stretches of a question can be.
    pub fn new(lattice: &Lattice, length: usize, books: Books<'a>) -> Self {
        let grammar = Grammar { books, inversion: books.lexicon.words.inversion };
        let mut cells: Vec<Vec<Vec<Part>>> = vec![vec![Vec::new(); length + 1]; length + 1];
        for edge in &lattice.edges {
            let mut end = edge.end;
            let mut cost = edge.cost;
            put(&mut cells, edge.start, end, edge.value.clone(), cost);
            while end < length && lattice.droppable.get(end).copied().unwrap_or(false) {
                end += 1;
                cost += 0.03;
                put(&mut cells, edge.start, end, edge.value.clone(), cost);
            }
        }
        let says_nothing =
            |words: usize| lattice.droppable.iter().zip(&lattice.asks).take(words).all(|(drop, asks)| *drop && !asks);
        let starts = (0..length).take_while(|start| says_nothing(*start)).collect();
        let empty = Some(length).filter(|length| says_nothing(*length));
        let mut chart = Self { grammar, cells, length, starts, empty };
        for end in 1..=length {
            chart.fill(end);
        }
        chart
    }

    /// Puts together what ends at a word.
    fn fill(&mut self, end: usize) {
        for start in (0..end).rev() {
            for middle in start + 1..end {
                let Some((left, right)) = cells(&self.cells, start, middle, end) else { continue };
                let mut made = Vec::new();
                for a in left {
                    for b in right {
                        let of_both = self.grammar.combine(&a.value, &b.value);
                        made.extend(of_both.into_iter().map(|(value, cost)| (value, a.cost + b.cost + cost)));
                    }
                }
                for (value, cost) in made {
                    put(&mut self.cells, start, end, value, cost);
                }
            }
        }
    }

    /// What stands at the end of the question.
    pub fn last(&self) -> impl Iterator<Item = &Value> {
        let cells = self.cells.iter().filter_map(|row| row.get(self.length));
        cells.flatten().map(|part| &part.value)
    }

    /// Shows the question with one word more, which has these meanings.
    pub fn with<T>(&mut self, more: &[(Value, f32)], then: impl FnOnce(&mut Self) -> T) -> T {
        let start = self.length;
        self.length += 1;
        for row in &mut self.cells {
            row.push(Vec::new());
        }
        self.cells.push(vec![Vec::new(); self.length + 1]);
        if self.empty == Some(start) {
            self.starts.push(start);
        }
        for (value, cost) in more {
            put(&mut self.cells, start, self.length, value.clone(), *cost);
        }
        self.fill(self.length);
        let done = then(self);
        self.cells.pop();
        for row in &mut self.cells {
            row.pop();
        }
        if self.empty == Some(start) {
            self.starts.pop();
        }
        self.length = start;
        done
    }

    /// The readings of the whole, the likeliest first.
    pub fn whole(&self) -> Vec<Reading> {
        let mut whole = Vec::new();
        for start in &self.starts {
            for part in self.cells.get(*start).and_then(|row| row.get(self.length)).into_iter().flatten() {
                let read = match &part.value {
                    Value::Noun(noun) => self.grammar.finished(noun),
                    Value::Pred(pred) => self.grammar.verb_first(pred),
                    _ => continue,
                };
                for (noun, more) in read {
                    let cost = part.cost + more + 0.03 * f32::from(u8::try_from(*start).unwrap_or(u8::MAX)) + root_cost(&noun);
                    whole.push(Reading { noun, cost });
                }
            }
        }
        whole.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        whole
    }
}

type Cells<'a> = (&'a [Part], &'a [Part]);

fn cells(chart: &[Vec<Vec<Part>>], start: usize, middle: usize, end: usize) -> Option<Cells<'_>> {
    let left = chart.get(start)?.get(middle)?;
    let right = chart.get(middle)?.get(end)?;
    (!left.is_empty() && !right.is_empty()).then_some((left, right))
}

fn put(chart: &mut [Vec<Vec<Part>>], start: usize, end: usize, value: Value, cost: f32) {
    let Some(cell) = chart.get_mut(start).and_then(|row| row.get_mut(end)) else { return };
    if cell.len() >= KEPT && cell.last().is_some_and(|last| last.cost <= cost) {
        return;
    }
    if let Some(same) = cell.iter_mut().find(|part| part.value == value) {
        if same.cost > cost {
            same.cost = cost;
            cell.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        }
        return;
    }
    let at = cell.partition_point(|part| part.cost <= cost);
    cell.insert(at, Part { value, cost });
    cell.truncate(KEPT);
}

/// What is wrong with a reading as a question: nothing is asked, or something is asked in the wrong place.
fn root_cost(noun: &Noun) -> f32 {
    let mut cost = 0.0;
    if noun
        .via
        .as_ref()
        .is_some_and(|via| !via.choices.iter().any(|(_, form, _)| *form == Form::Either) || via.choices.len() != 1)
    {
        cost += 2.0;
    }
    if noun.compared == Some(Side::Paired) {
        cost += 5.0;
    }
    if noun.none || noun.many.is_some() || noun.is_quantity() {
        cost += 3.0;
    }
    // "Who funds projects" is asked of who does, not of projects.
    if !noun.asked && !noun.whether && noun.is_name() {
        cost += 0.2;
    }
    cost + noun.conds.iter().map(inner_cost).sum::<f32>()
}

fn inner_cost(cond: &Cond) -> f32 {
    match cond {
        Cond::Link { other, .. } => other.conds.iter().map(inner_cost).sum::<f32>() + if other.counted { 2.0 } else { 0.0 },
        Cond::All(all) | Cond::Any(all) => all.iter().map(inner_cost).sum(),
        Cond::Per(cond) => inner_cost(cond),
        Cond::Scope(_) | Cond::Unsaid(_) | Cond::Time(_) | Cond::Except(_) | Cond::Among(_) | Cond::Answered(_) => 0.0,
    }
}

/// The longest stretch that has a meaning together.
fn longest(chart: &[Vec<Vec<Part>>], length: usize) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for (start, row) in chart.iter().enumerate() {
        for (end, cell) in row.iter().enumerate().take(length + 1) {
            let whole = cell.iter().any(|part| matches!(&part.value, Value::Noun(_) | Value::Pred(_)));
            if whole && best.is_none_or(|(from, to)| end - start > to - from) {
                best = Some((start, end));
            }
        }
    }
    best
}
