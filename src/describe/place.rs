//! Where documents are published.

use crate::model::vocab::BASE;
use oxigraph::model::NamedNode;

/// The scheme and host at which things are published, as in `http://127.0.0.1:7878`: what the graph calls by its canonical base is
/// shown there under the same path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// The place of an origin: scheme and host without a slash behind.
    pub fn new(origin: impl Into<String>) -> Self {
        Self(origin.into())
    }
    /// Scheme and host.
    pub fn origin(&self) -> &str {
        &self.0
    }
    /// The address of a path there, which begins with a slash.
    pub fn at(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.0))
    }
    /// The IRI by which the graph knows what is shown at an address there; others are left as they are.
    pub fn canonical(&self, iri: &NamedNode) -> NamedNode {
        let path = iri.as_str().strip_prefix(&self.0).and_then(|path| path.strip_prefix('/'));
        path.map_or_else(|| iri.clone(), |path| NamedNode::new_unchecked(format!("{BASE}{path}")))
    }
}
