//! The graphs that a store on a remote service keeps for itself: queries and updates of others neither see nor change them.

use crate::model::id::content_hash;
use crate::model::vocab::graph::kept;
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// What a graph of the store is said to be in the [`register`].
pub(super) const NAMED_GRAPH: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#NamedGraph");

/// Every triple of the graphs in the register, once: what a query sees that names no graph. Services differ in what they take for
/// that, and most that show all graphs together repeat a triple for each graph that has it.
pub(super) fn union() -> NamedNode {
    kept("union")
}

/// The graphs of the store, empty ones too. What else the service holds is no part of it. It also has the word that tells the store's state.
pub(super) fn register() -> NamedNode {
    kept("graphs")
}

/// Which parts of which graphs are being loaded.
pub(super) fn loads() -> NamedNode {
    kept("loads")
}

/// A part of what is being loaded, known by the digest of it all.
pub(super) fn part(load: &str, number: usize) -> NamedNode {
    kept(&format!("part/{load}/{number}"))
}

/// What an update takes out, while it is carried out.
pub(super) fn scratch(update: &str) -> NamedNode {
    kept(&format!("scratch/{update}"))
}

/// Whether a graph is one of these.
pub(super) fn is_kept(graph: &NamedNode) -> bool {
    graph.as_str().starts_with(kept("").as_str())
}

/// A word that no other call gives, of this process or another.
pub(super) fn unique() -> String {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let parts = [now, std::process::id().into(), CALLS.fetch_add(1, Ordering::Relaxed).into()].map(|part| part.to_string());
    content_hash(&[&parts[0], &parts[1], &parts[2]])
}
