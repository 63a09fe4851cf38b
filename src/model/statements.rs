//! Statements whose terms are kept once each: a report says thousands of things in few words.

use super::terms::{TermId, Terms};
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad, QuadRef, TermRef};

/// A statement by the numbers of its terms: subject, property, object, graph.
pub type Row = [TermId; 4];

/// What stands in a [`Row`] for the graph of a statement that is in none.
pub const NO_GRAPH: TermId = TermId::MAX;

/// Statements by the numbers of their terms.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    terms: Terms,
    rows: Vec<Row>,
}

impl Statements {
    /// These statements, all of them in one graph, with room for so many more of so many new terms, whose texts have so many bytes.
    #[must_use]
    pub fn in_graph(&self, graph: NamedNodeRef<'_>, statements: usize, terms: usize, bytes: usize) -> Self {
        let mut terms = self.terms.with_more_room(terms, bytes);
        let graph = terms.copy(graph.into());
        let mut rows = Vec::with_capacity(self.rows.len() + statements);
        rows.extend(self.rows.iter().map(|[subject, property, object, _]| [*subject, *property, *object, graph]));
        Self { terms, rows }
    }

    /// Their terms; there may be some that no statement has.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Their terms, to add some that statements can then be made of.
    pub fn terms_mut(&mut self) -> &mut Terms {
        &mut self.terms
    }

    /// The statements by the numbers of their terms.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Adds a statement of terms that are known.
    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Adds a statement.
    pub fn copy(&mut self, quad: QuadRef<'_>) {
        let graph = match quad.graph_name {
            GraphNameRef::NamedNode(name) => self.terms.copy(name.into()),
            GraphNameRef::BlankNode(name) => self.terms.copy(name.into()),
            GraphNameRef::DefaultGraph => NO_GRAPH,
        };
        let [subject, property] = [quad.subject.into(), quad.predicate.into()].map(|term| self.terms.copy(term));
        let object = self.terms.copy(quad.object);
        self.rows.push([subject, property, object, graph]);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The statements in their order.
    pub fn iter(&self) -> impl Iterator<Item = QuadRef<'_>> {
        self.rows.iter().filter_map(|row| self.quad(row))
    }

    fn quad(&self, row: &Row) -> Option<QuadRef<'_>> {
        let node = |id| match self.terms.get(id)? {
            TermRef::NamedNode(name) => Some(NamedOrBlankNodeRef::from(name)),
            TermRef::BlankNode(node) => Some(node.into()),
            TermRef::Literal(_) => None,
        };
        let [subject, property, object, graph] = *row;
        let TermRef::NamedNode(predicate) = self.terms.get(property)? else { return None };
        let graph_name = if graph == NO_GRAPH { GraphNameRef::DefaultGraph } else { node(graph)?.into() };
        Some(QuadRef { subject: node(subject)?, predicate, object: self.terms.get(object)?, graph_name })
    }

    /// Puts them in order, by subject, property, object and graph, each once.
    pub fn settle(&mut self) {
        // A report speaks of each thing many times: subjects and properties are put in order once each, statements by counting.
        let mut by_property = vec![Row::default(); self.rows.len()];
        self.order_by(1, &self.rows, &mut by_property);
        let mut rows = std::mem::take(&mut self.rows);
        self.order_by(0, &by_property, &mut rows);
        let terms = &self.terms;
        for alike in rows.chunk_by_mut(|a, b| (a[0], a[1]) == (b[0], b[1])) {
            alike.sort_unstable_by(|a, b| terms.order(a[2], b[2]).then_with(|| terms.order(a[3], b[3])));
        }
        rows.dedup();
        self.rows = rows;
    }

    /// Writes rows in the order of the terms in a column, over as many others; those with the same term stay in theirs.
    fn order_by(&self, column: usize, rows: &[Row], ordered: &mut [Row]) {
        // By the number of a term, how many rows have it; then the place of the next that has.
        let mut places: Vec<u32> = vec![0; self.terms.count() as usize];
        let mut here: Vec<TermId> = Vec::new();
        for row in rows {
            let count = &mut places[row[column] as usize];
            if *count == 0 {
                here.push(row[column]);
            }
            *count += 1;
        }
        let keys = Keys::of(&self.terms, &here);
        let mut here: Vec<(u128, TermId)> = here.into_iter().map(|id| (keys.key(&self.terms, id), id)).collect();
        // Stable, since claims are written in the order in which they stand: what is in order already is only looked over.
        here.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| self.terms.order(*x, *y)));
        here.iter().fold(0, |before, (_, id)| before + std::mem::replace(&mut places[*id as usize], before));
        for row in rows {
            let place = &mut places[row[column] as usize];
            ordered[*place as usize] = *row;
            *place += 1;
        }
    }
}

/// What stands behind the beginning that some IRIs have in common, as a number: most of them differ in it, and are put in order
/// without being read.
struct Keys {
    /// How many bytes they have in common; `None` where not all of them are IRIs.
    common: Option<usize>,
}

impl Keys {
    fn of(terms: &Terms, ids: &[TermId]) -> Self {
        let mut common: Option<&[u8]> = None;
        for id in ids {
            let Some(iri) = terms.iri(*id).map(str::as_bytes) else { return Self { common: None } };
            let before = common.unwrap_or(iri);
            let length =
                if iri.starts_with(before) { before.len() } else { before.iter().zip(iri).take_while(|(a, b)| a == b).count() };
            common = Some(&before[..length]);
        }
        Self { common: common.map(<[u8]>::len) }
    }

    fn key(&self, terms: &Terms, id: TermId) -> u128 {
        let Some((common, iri)) = self.common.zip(terms.iri(id)) else { return 0 };
        let mut bytes = [0; 16];
        // An IRI has no zero byte, so that a shorter one comes first.
        let rest = iri.as_bytes().get(common..).unwrap_or_default();
        let length = rest.len().min(bytes.len());
        bytes[..length].copy_from_slice(&rest[..length]);
        u128::from_be_bytes(bytes)
    }
}

impl<'q> FromIterator<QuadRef<'q>> for Statements {
    fn from_iter<I: IntoIterator<Item = QuadRef<'q>>>(quads: I) -> Self {
        let mut all = Self::default();
        quads.into_iter().for_each(|quad| all.copy(quad));
        all
    }
}

impl FromIterator<Quad> for Statements {
    fn from_iter<I: IntoIterator<Item = Quad>>(quads: I) -> Self {
        let mut all = Self::default();
        quads.into_iter().for_each(|quad| all.copy(quad.as_ref()));
        all
    }
}

impl PartialEq for Statements {
    /// Whether the same statements stand in the same order; how their terms are numbered does not matter.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}
