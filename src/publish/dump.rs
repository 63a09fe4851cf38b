//! The whole graph in files: canonical N-Quads, `TriG` and JSON-LD, packed, with a list of their checksums.

use super::PublishError;
use super::folder::Folder;
use crate::backup::sort::Sorter;
use crate::describe::{Place, dataset};
use crate::graph::canonical::canonical_nquads;
use crate::model::vocab::PREFIXES;
use crate::store::{Part, Pattern, Store, StoreError};
use flate2::{Compression, GzBuilder};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use std::io::{self, Write};

/// The list of checksums.
pub(super) const SUMS: &str = "dump/SHA256SUMS.txt";

/// The files of the dumps.
pub(super) fn files() -> Vec<String> {
    let dumps = dataset::dumps(&Place::of_files("")).iter().map(|dump| dump.path.trim_start_matches('/').to_owned());
    dumps.chain([SUMS.to_owned()]).collect()
}

/// Writes them.
///
/// # Errors
/// If the store cannot be read, or a file not written.
pub(super) fn write(store: &dyn Store, folder: &Folder, stop: &(dyn Fn() -> bool + Sync)) -> Result<(), PublishError> {
    let mut sums = String::new();
    for dump in dataset::dumps(&Place::of_files("")) {
        if stop() {
            return Err(PublishError::Interrupted);
        }
        let name = dump.path.trim_start_matches('/');
        let failed = |source| PublishError::Write { file: folder.path(name), source };
        let sum = folder.fill(name, &mut |to| {
            // No time stands in it, so that the same graph gives the same bytes.
            let mut packed = GzBuilder::new().mtime(0).write(to, Compression::default());
            match dump.media_type {
                "application/trig" => by_graph(store, RdfFormat::TriG, &mut packed)?,
                "application/ld+json" => {
                    by_graph(store, RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }, &mut packed)?;
                }
                _ => canonical(store, folder, &mut packed)?,
            }
            packed.finish().map(|_| ()).map_err(failed)
        })?;
        let file = name.rsplit('/').next().unwrap_or_default();
        sums.extend([sum.as_str(), "  ", file, "\n"]);
    }
    folder.put(SUMS, sums.as_bytes())
}

/// Canonical N-Quads: sorted lines, each once; blank nodes, if somebody has written some, are named by RDFC-1.0.
fn canonical(store: &dyn Store, folder: &Folder, to: &mut dyn Write) -> Result<(), PublishError> {
    let path = folder.path("");
    let (mut sorter, mut blank) = (Sorter::new(&path), false);
    store.snapshot(&mut |part| {
        if let Part::Quad(quad) = part {
            blank |= quad.subject.is_blank_node() || quad.object.is_blank_node();
            if !blank {
                sorter.push(format!("{quad} ."))?;
            }
        }
        Ok(())
    })?;
    if blank {
        // Their names depend on all that is said, which has to be in memory for that.
        let text = canonical_nquads(store.quads(Pattern::default())?);
        return to.write_all(text.as_bytes()).map_err(|source| PublishError::Write { file: path, source });
    }
    let written: io::Result<()> = sorter.each(|line| writeln!(to, "{line}"));
    written.map_err(|source| PublishError::Write { file: path.clone(), source })
}

/// Graph by graph, and in each by subject, property and object.
fn by_graph(store: &dyn Store, format: RdfFormat, to: &mut dyn Write) -> Result<(), PublishError> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).map_err(|error| StoreError::Output(io::Error::other(error)))?;
    }
    let mut writer = serializer.for_writer(to);
    for graph in store.graphs()? {
        let mut quads = store.quads(Pattern { graph: Some(&graph), ..Pattern::default() })?;
        quads.sort_by_cached_key(|quad| (quad.subject.to_string(), quad.predicate.clone(), quad.object.to_string()));
        for quad in &quads {
            writer.serialize_quad(quad).map_err(StoreError::Output)?;
        }
    }
    writer.finish().map(|_| ()).map_err(|error| StoreError::Output(error).into())
}
