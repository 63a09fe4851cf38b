//! Changes under way in the embedded engine: one transaction, which sees what it has changed, and keeps the union of all graphs.

use super::StoreError;
use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, QuadRef};
use oxigraph::store::{StorageError, Transaction};

/// A transaction. What is dropped without [`Draft::commit`] has changed nothing.
pub(super) struct Draft<'a> {
    transaction: Transaction<'a>,
    /// The store's error for one of the engine's.
    failed: &'a (dyn Fn(StorageError) -> StoreError + Sync),
    /// How many quads more there are, if that is asked for.
    more: Option<i64>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        transaction: Transaction<'a>,
        failed: &'a (dyn Fn(StorageError) -> StoreError + Sync),
        counting: bool,
    ) -> Self {
        Self { transaction, failed, more: counting.then_some(0) }
    }

    /// The transaction, for queries.
    pub(super) fn reader(&self) -> &Transaction<'a> {
        &self.transaction
    }

    /// Adds a quad of a named graph.
    pub(super) fn insert(&mut self, quad: QuadRef<'_>) -> Result<(), StoreError> {
        if let Some(more) = &mut self.more {
            *more += i64::from(!self.transaction.contains(quad).map_err(self.failed)?);
        }
        self.transaction.insert(quad);
        self.transaction.insert(in_union(quad));
        Ok(())
    }

    /// Takes a quad out of a named graph.
    pub(super) fn remove(&mut self, quad: QuadRef<'_>) -> Result<(), StoreError> {
        if let Some(more) = &mut self.more {
            *more -= i64::from(self.transaction.contains(quad).map_err(self.failed)?);
        }
        self.transaction.remove(quad);
        let found = self.transaction.quads_for_pattern(Some(quad.subject), Some(quad.predicate), Some(quad.object), None);
        for other in found {
            if !other.map_err(self.failed)?.graph_name.is_default_graph() {
                return Ok(());
            }
        }
        self.transaction.remove(in_union(quad));
        Ok(())
    }

    /// Takes everything out of a graph, which stays.
    pub(super) fn clear(&mut self, graph: NamedOrBlankNodeRef<'_>) -> Result<(), StoreError> {
        let all: Result<Vec<Quad>, _> = self.transaction.quads_for_pattern(None, None, None, Some(graph.into())).collect();
        all.map_err(self.failed)?.iter().try_for_each(|quad| self.remove(quad.as_ref()))
    }

    /// Takes a graph away with everything in it.
    pub(super) fn drop(&mut self, graph: NamedOrBlankNodeRef<'_>) -> Result<(), StoreError> {
        self.clear(graph)?;
        self.transaction.remove_named_graph(graph).map_err(self.failed)
    }

    /// Makes a graph, which may be empty.
    pub(super) fn create(&mut self, graph: &NamedNode) {
        self.transaction.insert_named_graph(graph.as_ref());
    }

    /// Whether there is such a graph.
    pub(super) fn has(&self, graph: &NamedNode) -> Result<bool, StoreError> {
        self.transaction.contains_named_graph(graph.as_ref()).map_err(self.failed)
    }

    /// All named graphs.
    pub(super) fn graphs(&self) -> Result<Vec<NamedOrBlankNode>, StoreError> {
        self.transaction.named_graphs().collect::<Result<_, _>>().map_err(self.failed)
    }

    /// Makes all of the changes hold, and says how many quads more there are, if it counted them.
    pub(super) fn commit(self) -> Result<i64, StoreError> {
        self.transaction.commit().map_err(self.failed)?;
        Ok(self.more.unwrap_or_default())
    }
}

/// A quad's triple in the union of all graphs, which is kept where the engine has its default graph.
fn in_union(quad: QuadRef<'_>) -> QuadRef<'_> {
    QuadRef { graph_name: GraphNameRef::DefaultGraph, ..quad }
}
