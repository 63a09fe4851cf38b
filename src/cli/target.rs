//! The store that a command writes reports to: opened at once if it is there, made only when there is something to put in.

use crate::config::Config;
use crate::convert::{Conversion, Converter};
use crate::knowledge::files;
use crate::model::vocab::{graph, prov, schema};
use crate::review::Reviewed;
use crate::store::{self, Access, Pattern, Store, StoreError};
use oxigraph::model::{NamedOrBlankNode, Term};
use std::collections::HashMap;

/// A store to be filled.
pub(super) struct Target<'a> {
    config: &'a Config,
    converter: &'a Converter,
    /// Whether the graphs of ontology and authority are put in even where the store has them.
    refresh: bool,
    store: Option<Box<dyn Store>>,
    reviewed: Option<Reviewed>,
    based: bool,
}

impl<'a> Target<'a> {
    /// The store that the settings name.
    ///
    /// # Errors
    /// If there is one and it cannot be opened, so that this is told before the work and not after it.
    pub(super) fn new(config: &'a Config, converter: &'a Converter, refresh: bool) -> Result<Self, StoreError> {
        let store = match store::open(config, Access::Write) {
            Ok(store) => Some(store),
            // An empty folder becomes a store; anything else is refused when it comes to that.
            Err(StoreError::Missing(_) | StoreError::NotAStore { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(Self { config, converter, refresh, store, reviewed: None, based: false })
    }

    /// The reports that this version of the program has put in, by the checksum of their files: to convert such a file again
    /// would give the same.
    pub(super) fn unchanged(&self) -> Result<HashMap<String, String>, StoreError> {
        self.store.as_deref().map_or_else(|| Ok(HashMap::new()), unchanged)
    }

    /// Replaces the graphs of a report, in one transaction, with people's decisions worked in; before the first one, puts in ontology and authority.
    ///
    /// # Errors
    /// If the store cannot be made or written.
    pub(super) fn put(&mut self, conversion: &Conversion) -> Result<(), StoreError> {
        let store = match self.store.take() {
            Some(store) => store,
            None => store::open(self.config, Access::Create)?,
        };
        self.store = Some(store);
        self.refresh()?;
        match &self.store {
            Some(store) => {
                reviewed(&mut self.reviewed, store.as_ref())?.put(store.as_ref(), &conversion.report, &conversion.quads())
            }
            None => Ok(()), // it was put there just now
        }
    }

    /// Puts ontology and authority in, once, if there is a store.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub(super) fn refresh(&mut self) -> Result<(), StoreError> {
        if let Some(store) = self.store.as_ref().filter(|_| !self.based) {
            base(store.as_ref(), self.converter, self.refresh)?;
            self.based = true;
        }
        Ok(())
    }
}

fn base(store: &dyn Store, converter: &Converter, refresh: bool) -> Result<(), StoreError> {
    let graphs = [graph::ontology(), graph::authority()];
    if !refresh {
        let there = store.graphs()?;
        if graphs.iter().all(|graph| there.contains(graph)) {
            return Ok(());
        }
    }
    store.replace(&graphs, &mut converter.base_quads().iter().cloned())
}

fn reviewed<'r>(known: &'r mut Option<Reviewed>, store: &dyn Store) -> Result<&'r mut Reviewed, StoreError> {
    let reviewed = match known.take() {
        Some(reviewed) => reviewed,
        None => Reviewed::read(store)?,
    };
    Ok(known.insert(reviewed))
}

fn unchanged(store: &dyn Store) -> Result<HashMap<String, String>, StoreError> {
    let text = |term: Term| match term {
        Term::Literal(text) => Some(text.value().to_owned()),
        _ => None,
    };
    let mut found = HashMap::new();
    let version: Term = oxigraph::model::Literal::new_simple_literal(files::version()).into();
    let (made_by, software, checksum) =
        (prov::WAS_GENERATED_BY.into_owned(), schema::SOFTWARE_VERSION.into_owned(), schema::SHA256.into_owned());
    for conversion in store.quads(Pattern { predicate: Some(&software), object: Some(&version), ..Pattern::default() })? {
        let graph = Some(conversion.graph_name.clone());
        let NamedOrBlankNode::NamedNode(conversion) = conversion.subject else { continue };
        let conversion: Term = conversion.into();
        for report in store.quads(Pattern { predicate: Some(&made_by), object: Some(&conversion), ..Pattern::default() })? {
            let sums =
                store.quads(Pattern { subject: Some(&report.subject), predicate: Some(&checksum), ..Pattern::default() })?;
            let id = report.subject.to_string().trim_end_matches('>').rsplit('/').next().unwrap_or_default().to_owned();
            let sum = sums.into_iter().filter(|quad| Some(&quad.graph_name) == graph.as_ref()).find_map(|quad| text(quad.object));
            found.extend(sum.map(|sum| (sum, id)));
        }
    }
    Ok(found)
}
