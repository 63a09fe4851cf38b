//! Quads as rows of numbers, in the orders in which patterns look for them.

use super::view::NO_GRAPH;
use crate::model::statements::Row;
use crate::model::terms::TermId as Id;

/// Quads in three orders, so that those that match a pattern stand together; in a row of each, the graph stands last.
pub(super) struct Index {
    spo: Ordered,
    pos: Ordered,
    osp: Ordered,
    /// The named graphs, in order.
    pub(super) graphs: Vec<Id>,
}

impl Index {
    /// Quads of so many terms.
    pub(super) fn new(quads: &[Row], terms: Id) -> Self {
        let mut spo = Ordered::by_first(quads.iter().copied(), terms);
        for alike in spo.rows.chunk_by_mut(|a, b| a[0] == b[0]) {
            alike.sort_unstable_by_key(number);
        }
        let all = spo.rows.len();
        spo.rows.dedup();
        if spo.rows.len() < all {
            spo = Ordered::by_first(spo.rows.iter().copied(), terms);
        }
        // What is alike in the first column stays in the order that it comes in, and so is in order by the others.
        let osp = Ordered::by_first(spo.rows.iter().map(|[s, p, o, g]| [*o, *s, *p, *g]), terms);
        let pos = Ordered::by_first(osp.rows.iter().map(|[o, s, p, g]| [*p, *o, *s, *g]), terms);
        let mut graphs: Vec<Id> = spo.rows.iter().map(|row| row[3]).filter(|graph| *graph != NO_GRAPH).collect();
        graphs.dedup();
        graphs.sort_unstable();
        graphs.dedup();
        Self { spo, pos, osp, graphs }
    }

    /// The rows of an order that begin with some numbers.
    pub(super) fn range(&self, order: Order, prefix: &[Id]) -> &[Row] {
        let ordered = match order {
            Order::Spo => &self.spo,
            Order::Pos => &self.pos,
            Order::Osp => &self.osp,
        };
        match prefix {
            [] => &ordered.rows,
            [first] => ordered.beginning_with(*first),
            [first, ..] => range(ordered.beginning_with(*first), prefix),
        }
    }

    /// What stands next in the rows of an order that begin with some numbers, each once.
    pub(super) fn distinct(&self, order: Order, prefix: &[Id]) -> Vec<Id> {
        let (mut rows, mut found) = (self.range(order, prefix), Vec::new());
        while let Some(row) = rows.first() {
            let id = row[prefix.len()];
            found.push(id);
            rows = &rows[rows.partition_point(|row| row[prefix.len()] <= id)..];
        }
        found
    }
}

/// Rows in the order of their first numbers.
struct Ordered {
    rows: Vec<Row>,
    /// Where the rows that begin with each number begin, and where the last end.
    starts: Vec<u32>,
}

impl Ordered {
    /// Counts how many rows begin with each number, so that each can be put at its place at once.
    fn by_first(all: impl ExactSizeIterator<Item = Row> + DoubleEndedIterator + Clone, terms: Id) -> Self {
        let mut starts = vec![0; terms as usize + 1];
        for row in all.clone() {
            starts[row[0] as usize] += 1;
        }
        let mut rows = vec![Row::default(); all.len()];
        // Where the rows of each number end; then, filled from behind, where they begin.
        starts.iter_mut().fold(0, |before, count| {
            *count += before;
            *count
        });
        for row in all.rev() {
            starts[row[0] as usize] -= 1;
            rows[starts[row[0] as usize] as usize] = row;
        }
        Self { rows, starts }
    }

    fn beginning_with(&self, first: Id) -> &[Row] {
        let bound = |id: usize| self.starts.get(id).map(|start| *start as usize);
        let first = first as usize;
        bound(first).zip(bound(first + 1)).and_then(|(from, to)| self.rows.get(from..to)).unwrap_or_default()
    }
}

/// A row as one number, in the order of rows: it is compared in half the time.
fn number(row: &Row) -> u128 {
    row.iter().fold(0, |number, id| number << Id::BITS | u128::from(*id))
}

/// The rows that begin with some numbers.
fn range<'r>(rows: &'r [Row], prefix: &[Id]) -> &'r [Row] {
    let (mut least, mut most) = ([Id::MIN; 4], [Id::MAX; 4]);
    least[..prefix.len()].copy_from_slice(prefix);
    most[..prefix.len()].copy_from_slice(prefix);
    let (least, most) = (number(&least), number(&most));
    let rows = &rows[rows.partition_point(|row| number(row) < least)..];
    // Most ranges are short.
    let near = rows.iter().take(8).take_while(|row| number(row) <= most).count();
    if near < 8 {
        return &rows[..near];
    }
    &rows[..rows.partition_point(|row| number(row) <= most)]
}

#[derive(Clone, Copy)]
pub(super) enum Order {
    Spo,
    Pos,
    Osp,
}

impl Order {
    /// A row of this order as subject, property, object and graph.
    pub(super) fn quad(self, row: &Row) -> Row {
        let [a, b, c, g] = *row;
        match self {
            Self::Spo => [a, b, c, g],
            Self::Pos => [c, a, b, g],
            Self::Osp => [b, c, a, g],
        }
    }
}

/// Of what is said of a node, that with one property.
pub(super) fn with(about: &[Row], property: Id) -> &[Row] {
    let from = about.partition_point(|row| row[1] < property);
    let to = about[from..].iter().position(|row| row[1] != property).map_or(about.len(), |length| from + length);
    &about[from..to]
}

/// The values in rows about one node with one property, each once.
pub(super) fn each(said: &[Row]) -> impl Iterator<Item = Id> + '_ {
    said.chunk_by(|a, b| a[2] == b[2]).filter_map(|alike| Some(alike.first()?[2]))
}

/// The values of a property in all that is said of a node, each once.
pub(super) fn values(about: &[Row], property: Id) -> impl Iterator<Item = Id> + '_ {
    each(with(about, property))
}
