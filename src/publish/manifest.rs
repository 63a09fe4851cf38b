//! The list of a site's files, which stands in the site itself: what was written, and of which state of the graph.

use super::PublishError;
use crate::describe::layout::INDEX;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

/// The name of the list.
pub(super) const NAME: &str = ".flg-site.json";

/// A file as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark(
    /// Its SHA-256.
    pub(super) String,
    /// Its bytes.
    pub(super) u64,
);

/// The files of a site.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// A word for the graph, the address, and the program.
    pub(super) state: String,
    /// The files, by their paths in the site.
    pub(super) files: BTreeMap<String, Mark>,
}

impl Manifest {
    /// The list of the site in a folder; `None` if the folder is new or empty.
    ///
    /// # Errors
    /// [`PublishError::NotASite`] if it holds something else; if the list cannot be read.
    pub(super) fn of(site: &Path) -> Result<Option<Self>, PublishError> {
        let file = site.join(NAME);
        match std::fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|error| PublishError::Manifest { file, fault: error.to_string() }),
            Err(error) if error.kind() == ErrorKind::NotFound => empty(site).map(|()| None),
            Err(error) if error.kind() == ErrorKind::NotADirectory => Err(PublishError::NotAFolder(site.to_owned())),
            Err(error) => Err(PublishError::Manifest { file, fault: error.to_string() }),
        }
    }

    /// Whether all files are there, as long as they were.
    pub(super) fn is_whole(&self, site: &Path) -> bool {
        self.files.iter().all(|(name, mark)| there(&site.join(name), mark))
    }

    /// How many files are pages.
    pub(super) fn pages(&self) -> usize {
        self.files.keys().filter(|name| name.ends_with(INDEX)).count()
    }
}

/// Makes sure that a folder can become a site: it is new, or empty.
fn empty(site: &Path) -> Result<(), PublishError> {
    match std::fs::read_dir(site).map(Iterator::count) {
        Ok(0) => Ok(()),
        Ok(_) => Err(PublishError::NotASite(site.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => Err(PublishError::NotAFolder(site.to_owned())),
        Err(error) => Err(PublishError::Manifest { file: site.to_owned(), fault: error.to_string() }),
    }
}

/// Whether a file is there, as long as it was written.
pub(super) fn there(file: &Path, mark: &Mark) -> bool {
    file.symlink_metadata().is_ok_and(|found| found.is_file() && found.len() == mark.1)
}
