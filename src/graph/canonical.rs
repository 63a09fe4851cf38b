//! The canonical form of a dataset: the same statements give the same bytes, in whatever order they come.

use oxigraph::model::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxigraph::model::{Dataset, Quad};

/// The dataset as canonical N-Quads: blank nodes named by RDFC-1.0 with SHA-256, lines sorted, each once.
pub fn canonical_nquads(quads: impl IntoIterator<Item = Quad>) -> String {
    let mut dataset: Dataset = quads.into_iter().collect();
    dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 });
    let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    lines.concat()
}
