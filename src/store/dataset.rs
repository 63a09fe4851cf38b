//! Which graphs a query or update sees, and where it writes, when it names none.

use super::StoreError;
use crate::config::DefaultGraph;
use crate::model::vocab::graph;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad};
use oxigraph::sparql::QueryDatasetSpecification;

/// The datasets of a store.
#[derive(Debug)]
pub(super) struct Datasets {
    own: Option<NamedNode>,
}

impl Datasets {
    pub(super) fn new(default: DefaultGraph) -> Self {
        Self { own: (default == DefaultGraph::Own).then(graph::default) }
    }

    /// The graph that the default graph is kept as; `None` if it is the union.
    pub(super) fn own(&self) -> Option<&NamedNode> {
        self.own.as_ref()
    }

    /// The graph that is written to for a name of the protocol.
    ///
    /// # Errors
    /// [`StoreError::UnionIsRead`] if that is the union of all.
    pub(super) fn written(&self, graph: Option<&NamedNode>) -> Result<NamedNode, StoreError> {
        graph.or(self.own()).cloned().ok_or(StoreError::UnionIsRead)
    }

    /// A quad of an update as it is stored.
    ///
    /// # Errors
    /// As [`Datasets::written`].
    pub(super) fn stored(&self, quad: Quad) -> Result<Quad, StoreError> {
        if quad.graph_name.is_default_graph() {
            return Ok(Quad { graph_name: self.written(None)?.into(), ..quad });
        }
        Ok(quad)
    }

    /// Tells the engine what to look at: the graphs of the request if it names some, both halves of the dataset; else those of the
    /// query, if `named`; else what the store has.
    pub(super) fn apply(
        &self,
        dataset: &mut QueryDatasetSpecification,
        named: bool,
        (default_graphs, named_graphs): (&[NamedNode], &[NamedNode]),
        graphs: impl FnOnce() -> Result<Vec<NamedOrBlankNode>, StoreError>,
    ) -> Result<(), StoreError> {
        if !default_graphs.is_empty() || !named_graphs.is_empty() {
            dataset.set_default_graph(default_graphs.iter().cloned().map(GraphName::from).collect());
            dataset.set_available_named_graphs(named_graphs.iter().cloned().map(NamedOrBlankNode::from).collect());
        } else if let (Some(own), false) = (&self.own, named) {
            let hidden = NamedOrBlankNode::from(own.clone());
            dataset.set_default_graph(vec![own.clone().into()]);
            dataset.set_available_named_graphs(graphs()?.into_iter().filter(|graph| *graph != hidden).collect());
        }
        Ok(())
    }
}
