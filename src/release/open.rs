//! The statements of a release: to be asked, and to be told what it speaks of.

use super::ReleaseError;
use crate::model::vocab::BASE;
use crate::store::{Embedded, Part, Store as _, StoreError};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::HashSet;
use std::fs::File;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// So many statements are held in memory; more are put on disk, for as long as they are open.
pub const IN_MEMORY: usize = 200_000;

/// A release that can be asked.
pub struct Opened {
    /// Its statements.
    pub store: Arc<Embedded>,
    /// Where they are, if not in memory. It goes when nobody reads it any more.
    _folder: Option<TempDir>,
}

/// The statements of a file of N-Quads.
///
/// # Errors
/// At the first that cannot be read.
pub(super) fn quads(file: &Path) -> Result<impl Iterator<Item = Result<Quad, ReleaseError>> + use<>, ReleaseError> {
    let reader = BufReader::new(File::open(file).map_err(ReleaseError::access(file, "read"))?);
    let path: PathBuf = file.to_owned();
    Ok(RdfParser::from_format(RdfFormat::NQuads).for_reader(reader).map(move |quad| {
        quad.map_err(|error| ReleaseError::Access { path: path.clone(), action: "read", source: io::Error::other(error) })
    }))
}

/// Opens a file of N-Quads as a store; one of more than `most` statements on disk.
///
/// # Errors
/// If the file cannot be read, or there is no room.
pub fn open(file: &Path, statements: usize, most: usize) -> Result<Opened, ReleaseError> {
    let folder = if statements > most {
        Some(
            tempfile::Builder::new()
                .prefix("flg-release-")
                .tempdir()
                .map_err(ReleaseError::access(std::env::temp_dir(), "written"))?,
        )
    } else {
        None
    };
    let store = match &folder {
        Some(folder) => Embedded::open_or_create(&folder.path().join("store"))?,
        None => Embedded::in_memory()?,
    };
    let mut stopped = None;
    let mut parts = quads(file)?.map(|quad| {
        quad.map(Part::Quad).map_err(|error| {
            let told = io::Error::other(error.to_string());
            stopped = Some(error);
            StoreError::Output(told)
        })
    });
    let restored = store.restore(&mut parts);
    drop(parts);
    if let Some(error) = stopped {
        return Err(error);
    }
    restored?;
    Ok(Opened { store: Arc::new(store), _folder: folder })
}

/// What a release speaks of, known by 64 bits of each name: 8 bytes for each thing.
pub struct Known(Vec<u64>);

impl Known {
    /// Reads it from a file of N-Quads: subjects, values and graphs that have an IRI of this graph.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn read(file: &Path) -> Result<Self, ReleaseError> {
        let mut found = HashSet::new();
        let mut see = |iri: &NamedNode| {
            if iri.as_str().starts_with(BASE) {
                found.insert(hash(iri));
            }
        };
        for quad in quads(file)? {
            let quad = quad?;
            if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
                see(subject);
            }
            if let Term::NamedNode(value) = &quad.object {
                see(value);
            }
            if let GraphName::NamedNode(graph) = &quad.graph_name {
                see(graph);
            }
        }
        let mut all: Vec<u64> = found.into_iter().collect();
        all.sort_unstable();
        Ok(Self(all))
    }

    /// Whether it speaks of this.
    pub fn has(&self, iri: &NamedNode) -> bool {
        self.0.binary_search(&hash(iri)).is_ok()
    }
}

fn hash(iri: &NamedNode) -> u64 {
    let mut hasher = DefaultHasher::new();
    iri.as_str().hash(&mut hasher);
    hasher.finish()
}
