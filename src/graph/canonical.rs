//! The canonical form of a dataset: the same statements give the same bytes, in whatever order they come.

use oxigraph::model::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxigraph::model::{Dataset, GraphName, Quad};
use std::fmt::Write as _;

/// The dataset as canonical N-Quads: blank nodes named by RDFC-1.0 with SHA-256, lines sorted, each once.
pub fn canonical_nquads(quads: impl IntoIterator<Item = Quad>) -> String {
    let mut quads: Vec<Quad> = quads.into_iter().collect();
    // Only blank nodes need names, and what a report is converted to has none.
    if quads.iter().any(has_blank_node) {
        let mut dataset: Dataset = quads.into_iter().collect();
        dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 });
        quads = dataset.iter().map(Into::into).collect();
    }
    let mut text = String::new();
    let ends: Vec<usize> = quads
        .iter()
        .map(|quad| {
            let _ = writeln!(text, "{quad} ."); // writing to a string cannot fail
            text.len()
        })
        .collect();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let mut lines: Vec<&str> = starts.zip(&ends).filter_map(|(start, end)| text.get(start..*end)).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.concat()
}

fn has_blank_node(quad: &Quad) -> bool {
    quad.subject.is_blank_node() || quad.object.is_blank_node() || matches!(quad.graph_name, GraphName::BlankNode(_))
}
