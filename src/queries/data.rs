//! A store in memory from RDF files, with the ontology and the authority that come with `flg` beside them.
//!
//! With these, a converted report can be asked everything that a full store can: a query may go up from sugar cane to
//! agriculture, or from a bureau to its ministry, also where the file itself does not say that one is part of the other.

use crate::convert::{KnowledgeError, base_quads};
use crate::graph::parse::{self, ParseError};
use crate::knowledge::authority::{Authority, AuthorityError};
use crate::model::vocab::BASE;
use crate::store::{Embedded, Store, StoreError};
use oxigraph::model::{GraphName, NamedNode, Quad};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Why files cannot be queried.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// A file cannot be read, or is not what its ending says.
    #[error(transparent)]
    File(#[from] ParseError),
    /// A file has an ending that says nothing of its syntax.
    #[error("`{}` is in no syntax that is known by its ending\nhint: the endings are `nq`, `trig`, `ttl`, `nt`, `jsonld` and `rdf`", .0.display())]
    Ending(PathBuf),
    /// The knowledge that is part of the program cannot be used.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    /// The knowledge that is part of the program cannot be used.
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A store in memory that holds the files, the ontology and the authority. What a file says in no graph is in one of its own,
/// `{base}graph/file/{number}`.
///
/// # Errors
/// If a file cannot be read, or is not what its ending says.
pub fn in_memory(files: &[PathBuf]) -> Result<Embedded, DataError> {
    let mut quads = base_quads(&Authority::load()?)?;
    for (at, file) in files.iter().enumerate() {
        read(file, at + 1, &mut quads)?;
    }
    let graphs: BTreeSet<NamedNode> = quads.iter().filter_map(graph).collect();
    let graphs: Vec<NamedNode> = graphs.into_iter().collect();
    let store = Embedded::in_memory()?;
    store.replace(&graphs, &mut quads.into_iter())?;
    Ok(store)
}

fn graph(quad: &Quad) -> Option<NamedNode> {
    match &quad.graph_name {
        GraphName::NamedNode(name) => Some(name.clone()),
        _ => None,
    }
}

fn read(file: &Path, number: usize, quads: &mut Vec<Quad>) -> Result<(), DataError> {
    let syntax = parse::syntax_of(file).ok_or_else(|| DataError::Ending(file.to_owned()))?;
    let own = NamedNode::new_unchecked(format!("{BASE}graph/file/{number}"));
    // A graph that has no name cannot be kept as such: its statements are the file's.
    let placed = |quad: Quad| match quad.graph_name {
        GraphName::NamedNode(_) => quad,
        _ => Quad { graph_name: own.clone().into(), ..quad },
    };
    quads.extend(parse::file(file, syntax)?.into_iter().map(placed));
    Ok(())
}
