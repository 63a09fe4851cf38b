//! Writes a backup.

use super::sort::Sorter;
use super::{BackupError, END, End, FORMAT, GRAPH, HEAD, Head, STEP, Summary};
use crate::config::hexadecimal;
use crate::store::{Part, Store, StoreError};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};
use std::path::Path;

/// Writes all that a store holds at one moment. `folder` takes temporary files, as large as the content; `see` is told how many
/// quads were read.
///
/// # Errors
/// If the store cannot be read, or the backup, which `file` names, not written.
pub fn write(
    store: &dyn Store,
    head: &Head,
    to: &mut dyn Write,
    (file, folder): (&str, &Path),
    see: &mut dyn FnMut(u64),
) -> Result<Summary, BackupError> {
    let failed = |source: io::Error| BackupError::Access { file: file.to_owned(), action: "written", source };
    let mut sorter = Sorter::new(folder);
    let (mut graphs, mut quads) = (0, 0);
    store.snapshot(&mut |part| {
        let line = match part {
            Part::Graph(graph) => {
                graphs += 1;
                format!("{GRAPH}{graph}")
            }
            Part::Quad(quad) => {
                quads += 1;
                if u64::is_multiple_of(quads, STEP) {
                    see(quads);
                }
                format!("{quad} .")
            }
        };
        sorter.push(line).map_err(StoreError::Output)
    })?;
    let first = format!("{HEAD}{FORMAT} {}", json(head).map_err(failed)?);
    let mut out = Lines { to: GzEncoder::new(to, Compression::default()), all: Sha256::new(), content: Sha256::new() };
    out.line(&first, false).map_err(failed)?;
    sorter.each(|line| out.line(line, true)).map_err(failed)?;
    let revision = hexadecimal(&out.content.clone().finalize()[..8]);
    let end = End { graphs, quads, revision, sha256: hexadecimal(&out.all.clone().finalize()) };
    out.line(&format!("{END}{}", json(&end).map_err(failed)?), false).map_err(failed)?;
    out.to.finish().and_then(Write::flush).map_err(failed)?;
    Ok(Summary { head: head.clone(), end })
}

fn json(value: &impl serde::Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?)
}

/// Lines on their way, and the digests of those that have passed.
struct Lines<'w> {
    to: GzEncoder<&'w mut dyn Write>,
    all: Sha256,
    content: Sha256,
}

impl Lines<'_> {
    fn line(&mut self, line: &str, content: bool) -> io::Result<()> {
        for bytes in [line.as_bytes(), b"\n"] {
            self.all.update(bytes);
            if content {
                self.content.update(bytes);
            }
            self.to.write_all(bytes)?;
        }
        Ok(())
    }
}
