//! Quads as rows of numbers, in the orders in which patterns look for them.

use super::view::NO_GRAPH;
use crate::model::statements::Row;
use crate::model::terms::TermId as Id;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Quads in three orders, so that those that match a pattern stand together; in a row of each, the graph stands last. What is
/// said of each subject is always wanted, and other orders seldom: they are made when they are.
pub(super) struct Index {
    /// By subject, property, object and graph, but subjects in the order in which they came.
    spo: Vec<Row>,
    /// Where the rows of each subject begin and end.
    subjects: FxHashMap<Id, (u32, u32)>,
    pos: OnceLock<ByProperty>,
    osp: OnceLock<Vec<Row>>,
    /// The named graphs, in order.
    pub(super) graphs: Vec<Id>,
}

/// The rows by their properties, and where those of each are.
struct ByProperty {
    rows: Vec<Row>,
    properties: FxHashMap<Id, Property>,
}

/// Where the rows of a property begin and end, which are in the order of subjects.
struct Property {
    place: (u32, u32),
    by_value: OnceLock<ByValue>,
}

/// The rows of a property in order, and where those with each value begin and end.
struct ByValue {
    rows: Vec<Row>,
    places: FxHashMap<Id, (u32, u32)>,
}

impl Index {
    /// Quads; where those of a subject do not stand together, they are put so.
    pub(super) fn new(mut quads: Vec<Row>) -> Self {
        let mut subjects = FxHashMap::with_capacity_and_hasher(quads.len() / 4, rustc_hash::FxBuildHasher);
        if !group(&mut quads, &mut subjects) {
            quads.sort_unstable_by_key(number);
            group(&mut quads, &mut subjects);
        }
        let mut graphs: Vec<Id> = Vec::new();
        for row in &quads {
            if row[3] != NO_GRAPH && graphs.last() != Some(&row[3]) {
                graphs.push(row[3]);
            }
        }
        graphs.sort_unstable();
        graphs.dedup();
        Self { spo: quads, subjects, pos: OnceLock::new(), osp: OnceLock::new(), graphs }
    }

    /// All that is said of a subject, in the order of properties, objects and graphs.
    pub(super) fn about(&self, subject: Id) -> &[Row] {
        self.subjects.get(&subject).map_or(&[], |place| part(&self.spo, *place))
    }

    /// The subjects, in order.
    pub(super) fn subjects(&self) -> Vec<Id> {
        let mut subjects: Vec<Id> = self.subjects.keys().copied().collect();
        subjects.sort_unstable();
        subjects
    }

    fn by_property(&self) -> &ByProperty {
        self.pos.get_or_init(|| ByProperty::new(&self.spo))
    }

    /// The properties, in order.
    pub(super) fn properties(&self) -> Vec<Id> {
        let mut properties: Vec<Id> = self.by_property().properties.keys().copied().collect();
        properties.sort_unstable();
        properties
    }

    /// Whether there is a quad with a property.
    pub(super) fn has_property(&self, property: Id) -> bool {
        self.by_property().properties.contains_key(&property)
    }

    /// The rows of an order that begin with some numbers.
    pub(super) fn range(&self, order: Order, prefix: &[Id]) -> &[Row] {
        match (order, prefix) {
            (Order::Spo, []) => &self.spo,
            (Order::Spo, [subject]) => self.about(*subject),
            (Order::Spo, [subject, ..]) => range(self.about(*subject), prefix),
            (Order::Pos, [property]) => self.by_property().of(*property).map_or(&[], |(_, rows)| rows),
            (Order::Pos, [property, value, ..]) => self.by_property().of(*property).map_or(&[], |(property, rows)| {
                let by_value = property.by_value.get_or_init(|| ByValue::new(rows));
                by_value.places.get(value).map_or(&[], |place| part(&by_value.rows, *place))
            }),
            (Order::Pos, []) => &[],
            (Order::Osp, _) => {
                range(self.osp.get_or_init(|| sorted(self.spo.iter().map(|[s, p, o, g]| [*o, *s, *p, *g]))), prefix)
            }
        }
    }
}

fn part(rows: &[Row], (from, to): (u32, u32)) -> &[Row] {
    rows.get(from as usize..to as usize).unwrap_or_default()
}

impl ByProperty {
    /// How many rows there are of each is counted, so that they are put there at once.
    fn new(quads: &[Row]) -> Self {
        let most = quads.iter().map(|row| row[1]).max().map_or(0, |most| most as usize + 1);
        let mut ends: Vec<u32> = vec![0; most];
        let mut used: Vec<Id> = Vec::new();
        for [_, property, ..] in quads {
            let count = &mut ends[*property as usize];
            if *count == 0 {
                used.push(*property);
            }
            *count += 1;
        }
        let (mut properties, mut from) = (FxHashMap::default(), 0);
        for property in used {
            let to = from + ends[property as usize];
            ends[property as usize] = from;
            properties.insert(property, Property { place: (from, to), by_value: OnceLock::new() });
            from = to;
        }
        let mut rows = vec![Row::default(); quads.len()];
        for [s, p, o, g] in quads {
            let end = &mut ends[*p as usize];
            rows[*end as usize] = [*p, *o, *s, *g];
            *end += 1;
        }
        Self { rows, properties }
    }

    fn of(&self, property: Id) -> Option<(&Property, &[Row])> {
        self.properties.get(&property).map(|property| (property, part(&self.rows, property.place)))
    }
}

impl ByValue {
    fn new(rows: &[Row]) -> Self {
        let mut rows = rows.to_vec();
        rows.sort_unstable_by_key(|[_, o, s, _]| u64::from(*o) << Id::BITS | u64::from(*s));
        let (mut places, mut from) = (FxHashMap::with_capacity_and_hasher(rows.len(), rustc_hash::FxBuildHasher), 0);
        for alike in rows.chunk_by(|a, b| a[1] == b[1]) {
            let to = from + u32::try_from(alike.len()).unwrap_or(u32::MAX);
            places.insert(alike[0][1], (from, to));
            from = to;
        }
        Self { rows, places }
    }
}

fn sorted(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_unstable_by_key(number);
    rows
}

/// Puts in order what is said of each subject, once, and tells where it stands; not if it stands in several places.
fn group(quads: &mut Vec<Row>, subjects: &mut FxHashMap<Id, (u32, u32)>) -> bool {
    subjects.clear();
    for alike in quads.chunk_by_mut(|a, b| a[0] == b[0]) {
        // Most are in order.
        alike.sort_unstable_by_key(|[_, p, o, g]| (*p, *o, *g));
    }
    quads.dedup();
    let mut from = 0;
    for alike in quads.chunk_by(|a, b| a[0] == b[0]) {
        let to = from + u32::try_from(alike.len()).unwrap_or(u32::MAX);
        if subjects.insert(alike[0][0], (from, to)).is_some() {
            return false;
        }
        from = to;
    }
    true
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
