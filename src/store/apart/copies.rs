//! Where the processes that evaluate find the data: the store's own files while nobody writes to them; else copies, made of links
//! to the same files in a moment, a new one after each change, so that what is read next sees what was written last.

use super::super::StoreError;
use super::super::embedded::Embedded;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A folder of the engine's files, which goes when nobody needs it any more.
pub(super) struct Copy {
    path: PathBuf,
    /// The state of the store that it holds; `None` for the store's own files.
    version: Option<u64>,
}

impl Copy {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        if self.version.is_some() {
            let _ = fs::remove_dir_all(&self.path); // else whoever opens the store to write does it
        }
    }
}

/// The copies of a store.
pub(super) struct Copies {
    folder: PathBuf,
    /// The newest, and how many were made.
    newest: Mutex<(Option<Arc<Copy>>, u64)>,
}

impl Copies {
    /// Those of a store in a folder.
    pub(super) fn new(store: &Embedded) -> Result<Self, StoreError> {
        let folder = store.copies_folder().ok_or_else(|| StoreError::Evaluation("a store in memory has no files".to_owned()))?;
        if store.is_written() {
            fs::create_dir_all(&folder)?;
        }
        Ok(Self { folder, newest: Mutex::default() })
    }

    /// The data as they are now.
    pub(super) fn now(&self, store: &Embedded) -> Result<Arc<Copy>, StoreError> {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let version = store.is_written().then(|| store.version());
        if let Some(copy) = newest.0.as_ref().filter(|copy| copy.version == version) {
            return Ok(Arc::clone(copy));
        }
        let copy = if version.is_none() {
            Copy { path: store.engine_folder().unwrap_or_default(), version }
        } else {
            newest.1 += 1;
            self.make(store, &newest.1.to_string(), version)?
        };
        let copy = Arc::new(copy);
        newest.0 = Some(Arc::clone(&copy));
        Ok(copy)
    }

    /// A copy that is nobody else's, to be written to.
    pub(super) fn own(&self, store: &Embedded) -> Result<Copy, StoreError> {
        let number = {
            let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
            newest.1 += 1;
            newest.1
        };
        self.make(store, &number.to_string(), Some(store.version()))
    }

    fn make(&self, store: &Embedded, name: &str, version: Option<u64>) -> Result<Copy, StoreError> {
        let copy = Copy { path: self.folder.join(name), version };
        store.copy_to(&copy.path)?;
        Ok(copy)
    }
}
