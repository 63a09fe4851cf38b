//! A store in memory from RDF files, with the ontology and the authority that come with `flg` beside them.
//!
//! With these, a converted report can be asked everything that a full store can: a query may go up from sugar cane to
//! agriculture, or from a bureau to its ministry, also where the file itself does not say that one is part of the other.

use crate::convert::{KnowledgeError, base_quads};
use crate::graph::serialise::Syntax;
use crate::knowledge::authority::{Authority, AuthorityError};
use crate::model::vocab::BASE;
use crate::store::{Embedded, Store, StoreError};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, Quad};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Why files cannot be queried.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// A file cannot be read.
    #[error("cannot read `{}`", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file has an ending that says nothing of its syntax.
    #[error("`{}` is in no syntax that is known by its ending\nhint: the endings are `.nq`, `.trig`, `.ttl` and `.nt`", .0.display())]
    Ending(PathBuf),
    /// A file is not what its ending says.
    #[error("`{}`, line {line}, column {column}: {message}", .file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: u64,
        /// The column, from 1.
        column: u64,
        /// What is wrong there.
        message: String,
    },
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
    let ending = file.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).unwrap_or_default();
    let format = match Syntax::from_name(&ending) {
        Some(Syntax::NQuads) => RdfFormat::NQuads,
        Some(Syntax::TriG) => RdfFormat::TriG,
        Some(Syntax::Turtle) => RdfFormat::Turtle,
        Some(Syntax::NTriples) => RdfFormat::NTriples,
        _ => return Err(DataError::Ending(file.to_owned())),
    };
    let bytes = std::fs::read(file).map_err(|source| DataError::Unreadable { file: file.to_owned(), source })?;
    let own = NamedNode::new_unchecked(format!("{BASE}graph/file/{number}"));
    // Blank nodes of two files are two things, whatever their labels.
    let parser = RdfParser::from_format(format).with_default_graph(own.clone()).rename_blank_nodes();
    let parser = parser.with_base_iri(own.as_str()).map_err(|e| DataError::Syntax {
        file: file.to_owned(),
        line: 1,
        column: 1,
        message: e.to_string(),
    })?;
    for quad in parser.for_slice(&bytes) {
        let quad = quad.map_err(|error| {
            let place = error.location().map_or((1, 1), |range| (range.start.line + 1, range.start.column + 1));
            DataError::Syntax { file: file.to_owned(), line: place.0, column: place.1, message: error.to_string() }
        })?;
        // A graph that has no name cannot be kept as such: its statements are the file's.
        let graph_name = if matches!(quad.graph_name, GraphName::NamedNode(_)) { quad.graph_name } else { own.clone().into() };
        quads.push(Quad { graph_name, ..quad });
    }
    Ok(())
}
