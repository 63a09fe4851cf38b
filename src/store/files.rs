//! What evaluates in processes of its own needs to know of an embedded store: where its files are, and copies of them.

use super::embedded::{Embedded, opened};
use super::{StoreError, folder};
use crate::config::Services;
use oxigraph::store::Store as Engine;
use std::path::{Path, PathBuf};

impl Embedded {
    /// Opens the files of an engine as they lie in a folder: those of a store that nobody writes to, or a copy.
    pub(super) fn open_copy(engine: &Path, to_write: bool) -> Result<Self, StoreError> {
        let open = if to_write { Engine::open } else { Engine::open_read_only };
        Ok(Self::new(open(engine).map_err(|source| opened(engine, source))?, None, None, !to_write))
    }

    pub(super) fn services(&self) -> &Services {
        &self.services
    }
    pub(super) fn is_written(&self) -> bool {
        !self.read_only
    }
    pub(super) fn version(&self) -> u64 {
        self.version.load(std::sync::atomic::Ordering::SeqCst)
    }
    /// The folder of the engine's files; none if it is in memory.
    pub(super) fn engine_folder(&self) -> Option<PathBuf> {
        folder::engine(self.path.as_ref()?).ok()
    }
    /// The folder of copies that are read while the store is written to.
    pub(super) fn copies_folder(&self) -> Option<PathBuf> {
        self.path.as_deref().map(folder::copies)
    }
    /// Makes a copy in a folder that is not there yet; no change is under way in it.
    pub(super) fn copy_to(&self, folder: &Path) -> Result<(), StoreError> {
        self.engine().backup(folder).map_err(|e| self.read(e))
    }
}
