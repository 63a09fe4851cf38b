//! The canonical form of a dataset: the same statements give the same bytes, in whatever order they come.

use crate::model::statements::{Row, Statements};
use crate::model::terms::TermId;
use crate::model::vocab::xsd;
use oxigraph::model::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxigraph::model::{Dataset, Quad, TermRef};
use std::fmt::Write as _;
use std::ops::Range;

/// The dataset as canonical N-Quads: blank nodes named by RDFC-1.0 with SHA-256, lines sorted, each once.
pub fn canonical_nquads(quads: impl IntoIterator<Item = Quad>) -> String {
    canonical(&quads.into_iter().collect())
}

/// The same of statements whose terms are numbered.
pub fn canonical(statements: &Statements) -> String {
    // Only blank nodes need names, and what a report is converted to has none.
    if !statements.terms().has_blank_nodes() {
        return sorted(statements);
    }
    let mut dataset: Dataset = statements.iter().collect();
    dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 });
    sorted(&dataset.iter().collect())
}

/// The lines of the statements, sorted, each once.
fn sorted(statements: &Statements) -> String {
    let written = Written::of(statements);
    let mut rows: Vec<Row> = statements.rows().to_vec();
    // Stable, because what is in order already, as a conversion is but for a few lines, is put in order quickly so.
    rows.sort_by(|a, b| {
        let differs = a.iter().zip(b).find(|(a, b)| a != b);
        differs.map_or(std::cmp::Ordering::Equal, |(a, b)| written.term(*a).cmp(written.term(*b)))
    });
    rows.dedup();
    let length: usize = rows.iter().flatten().map(|id| written.term(*id).len()).sum();
    let mut text = String::with_capacity(length + 2 * rows.len());
    for row in rows {
        text.extend(row.map(|id| written.term(id)));
        text.push_str(".\n");
    }
    text
}

/// Writes a term as it stands in N-Quads.
pub(super) fn write_term(term: TermRef<'_>, text: &mut String) {
    // Nothing in most literals has to be written otherwise: they are copied, and not character by character.
    let plain = |value: &str| value.bytes().all(|byte| byte >= b' ' && !matches!(byte, b'"' | b'\\' | 0x7F | 0xEF));
    match term {
        TermRef::NamedNode(iri) => text.extend(["<", iri.as_str(), ">"]),
        TermRef::Literal(literal) if plain(literal.value()) => {
            text.extend(["\"", literal.value(), "\""]);
            match literal.language() {
                Some(language) => text.extend(["@", language]),
                None if literal.datatype() == xsd::STRING => {}
                None => text.extend(["^^<", literal.datatype().as_str(), ">"]),
            }
        }
        term => drop(write!(text, "{term}")), // writing to a string cannot fail
    }
}

/// Terms as they stand in N-Quads, each with the space behind it: by their order, lines have the order of their bytes.
struct Written {
    text: String,
    places: Vec<Range<usize>>,
}

impl Written {
    fn of(statements: &Statements) -> Self {
        let mut text = String::new();
        let place = |term: TermRef<'_>| {
            let start = text.len();
            write_term(term, &mut text);
            text.push(' ');
            start..text.len()
        };
        let places = statements.terms().iter().map(place).collect();
        Self { text, places }
    }

    /// A term as it is written; nothing for a graph that a statement does not have.
    fn term(&self, id: TermId) -> &str {
        let place = self.places.get(id as usize);
        place.and_then(|place| self.text.get(place.clone())).unwrap_or_default()
    }
}
