//! The store that a command writes reports to: opened at once if it is there, made only when there is something to put in.

use crate::convert::{Conversion, Converter};
use crate::model::vocab::graph;
use crate::store::{Embedded, Store as _, StoreError};
use std::path::Path;

/// A store to be filled.
pub(super) struct Target<'a> {
    path: &'a Path,
    converter: &'a Converter,
    /// Whether the graphs of ontology and authority are put in even where the store has them.
    refresh: bool,
    store: Option<Embedded>,
    based: bool,
}

impl<'a> Target<'a> {
    /// The store in a folder.
    ///
    /// # Errors
    /// If there is one and it cannot be opened, so that this is told before the work and not after it.
    pub(super) fn new(path: &'a Path, converter: &'a Converter, refresh: bool) -> Result<Self, StoreError> {
        let store = match Embedded::open(path) {
            Ok(store) => Some(store),
            // An empty folder becomes a store; anything else is refused when it comes to that.
            Err(StoreError::Missing(_) | StoreError::NotAStore { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(Self { path, converter, refresh, store, based: false })
    }

    /// Replaces the graphs of a report, in one transaction; before the first one, puts in ontology and authority.
    ///
    /// # Errors
    /// If the store cannot be made or written.
    pub(super) fn put(&mut self, conversion: &Conversion) -> Result<(), StoreError> {
        let store = match self.store.take() {
            Some(store) => store,
            None => Embedded::open_or_create(self.path)?,
        };
        let store = self.store.insert(store);
        if !self.based {
            base(store, self.converter, self.refresh)?;
            self.based = true;
        }
        store.replace(&conversion.graphs, &mut conversion.quads.iter().cloned())
    }
}

fn base(store: &Embedded, converter: &Converter, refresh: bool) -> Result<(), StoreError> {
    let graphs = [graph::ontology(), graph::authority()];
    if !refresh {
        let there = store.graphs()?;
        if graphs.iter().all(|graph| there.contains(graph)) {
            return Ok(());
        }
    }
    store.replace(&graphs, &mut converter.base_quads().iter().cloned())
}
