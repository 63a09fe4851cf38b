//! The rows of a table that blanks keep: no rule or empty line divides them, so they are told by where cells end and begin.

use super::MARKS;
use super::leaf::{Piece, Written};
use super::title::width;

/// A word had room if so much of the column's width would have been enough: letters differ more than their usual widths.
const FILLED: f32 = 0.95;
/// And it had much if so much would have been.
const HALF: f32 = 0.6;
/// Small words at the end of a line, of so many letters, have something to follow.
const SMALL: usize = 3;
/// A column in which a line has so many letters is one of running text.
const LONG: usize = 40;
/// A cell of no more letters stands on one line.
const BRIEF: usize = 20;

/// So many rows tell how rows end.
const SURE: usize = 2;

/// The lines of a table, with what is known of its columns.
struct Told<'a> {
    lines: &'a [Written],
    cells: &'a [Vec<Option<Piece>>],
    columns: Vec<Column>,
    /// Whether a column but the first has anything.
    divided: bool,
}

/// A column.
#[derive(Debug)]
struct Column {
    /// The width of its fullest line.
    fullest: f32,
    /// The width that blanks keep free for it.
    space: f32,
    /// Whether it is of running text.
    flows: bool,
    /// Whether its cells never take a second line.
    brief: bool,
    /// Whether its cells hold lists, so that a line that ends early ends no cell.
    lists: bool,
}

/// What a line of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// A row begins in it.
    Row,
    /// It goes on with the row above.
    Same,
    /// It may be either.
    Either,
}

/// What each line of a table is. One without anything in its first column goes on with the row above.
pub(super) fn starts(lines: &[Written], cells: &[Vec<Option<Piece>>], edges: &[usize]) -> Vec<Start> {
    let divided = cells.iter().any(|row| row.iter().skip(1).any(Option::is_some));
    let mut all = Told { lines, cells, columns: Vec::new(), divided };
    all.columns = (0..edges.len()).map(|column| all.column(edges, column)).collect();
    let mut told: Vec<Start> = (0..cells.len()).map(|at| all.start(at)).collect();
    // Where every row is known to end with a source in brackets, a line that does not is not its row's last.
    let sourced = |at: usize| cells[at].iter().rev().flatten().next().is_some_and(|cell| cell.text.ends_with(')'));
    let last: Vec<usize> = (1..cells.len()).filter(|at| told[*at] == Start::Row).map(|at| at - 1).collect();
    if last.len() >= SURE && last.iter().all(|at| sourced(*at)) {
        let either = |at: &usize| told[*at] == Start::Either && !sourced(*at - 1);
        (1..cells.len()).filter(either).collect::<Vec<_>>().into_iter().for_each(|at| told[at] = Start::Same);
    }
    told
}

impl Told<'_> {
    fn column(&self, edges: &[usize], column: usize) -> Column {
        let all = || self.cells.iter().filter_map(|row| row[column].as_ref());
        let letters = |cell: &Piece| cell.text.chars().count();
        let fullest = all().map(|cell| width(&cell.text)).fold(0.0, f32::max);
        let within = |at: &usize| self.cells[*at][0].is_none() && self.lines[*at].row == self.lines[*at - 1].row + 1;
        let beneath = || (1..self.cells.len()).filter(within).filter_map(|at| Some((at, self.cells[at][column].as_ref()?)));
        let early =
            |(at, cell): (usize, &Piece)| !begins_small(&cell.text) && self.room(column, at) + width(" ") < FILLED * fullest;
        Column {
            fullest,
            #[allow(clippy::cast_precision_loss)]
            space: edges.get(column + 1).map_or(0, |next| next.saturating_sub(edges[column] + 2)) as f32,
            flows: all().any(|cell| letters(cell) >= LONG),
            brief: self.cells.first().is_some_and(|row| row.len() > 2)
                && all().all(|cell| letters(cell) <= BRIEF)
                && beneath().next().is_none(),
            lists: beneath().any(early),
        }
    }

    /// The width that the line above would have had with the first word of a line; endless where one of them says nothing.
    fn room(&self, column: usize, at: usize) -> f32 {
        match (&self.cells[at - 1][column], &self.cells[at][column]) {
            (Some(above), Some(here)) => {
                let word = here.text.split_inclusive([' ', '-', '/']).next().unwrap_or_default();
                width(&above.text) + width(word.trim_end())
            }
            _ => f32::MAX,
        }
    }

    fn had_room(&self, column: usize, at: usize) -> bool {
        self.room(column, at) + width(" ") < FILLED * self.columns[column].fullest
    }

    fn start(&self, at: usize) -> Start {
        let is = |row: bool| if row { Start::Row } else { Start::Same };
        let Some(here) = &self.cells[at][0] else { return Start::Same };
        // A name that begins beside the midst of a text begins a row, for cells begin side by side.
        let Some(above) = at.checked_sub(1).and_then(|above| self.cells[above][0].as_ref()) else { return Start::Row };
        let apart = self.lines[at].row > self.lines[at - 1].row + 1;
        if begins_small(&here.text) || is_open(&above.text) {
            return Start::Same;
        }
        let others = |at: usize| self.cells[at].iter().skip(1).any(Option::is_some);
        if !self.divided {
            return is(apart || self.had_room(0, at));
        }
        if apart || !others(at) {
            return is(apart && others(at));
        }
        let further = || self.columns.iter().enumerate().skip(1);
        let both = |column: usize| Some((self.cells[at - 1][column].as_ref()?, self.cells[at][column].as_ref()?));
        let ended = |column: usize| {
            both(column).is_none_or(|(above, here)| {
                !begins_small(&here.text) && !is_open(&above.text) && (stops(&above.text) || self.had_room(column, at))
            })
        };
        if further().any(|(column, of)| of.flows && !ended(column)) {
            return Start::Same;
        }
        let first = &self.columns[0];
        let early = further().any(|(column, of)| of.flows && !of.lists && self.had_room(column, at));
        let anew = |column: usize| self.cells[at][column].is_some() && self.cells[at - 1][column].is_none();
        let begins = self.had_room(0, at)
            || self.room(0, at) + width(" ") < HALF * first.space
            || above.text.ends_with(MARKS)
            || above.text.ends_with(')')
            || early
            || further().any(|(column, of)| anew(column) || of.brief && both(column).is_some());
        match (begins, further().any(|(_, of)| of.flows && !of.lists)) {
            (true, _) => Start::Row,
            (false, true) => Start::Either,
            (false, false) => Start::Same,
        }
    }
}

/// Whether a text begins in the midst of a sentence or a name.
fn begins_small(text: &str) -> bool {
    text.starts_with(|c: char| c.is_lowercase() || "([&/–—-,;".contains(c))
}

/// Whether a name is not at its end: it ends in a small word, a comma, a hyphen, or within brackets.
fn is_open(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    let small = last.chars().count() <= SMALL && last.starts_with(char::is_lowercase) && last.chars().all(char::is_alphabetic);
    small || text.ends_with([',', '-', '/', '&', '–', '(']) || text.matches('(').count() > text.matches(')').count()
}

/// Whether a text is at its end, for all that its last letter tells.
fn stops(text: &str) -> bool {
    text.ends_with(['.', '!', '?', ')', ']', ';', '”', '"', '*', '†', '‡'])
}
