//! An engine and its folder, held by all who use them: when the store is replaced as a whole, whoever is reading the old content
//! reads on, and its files are taken away when the last has ended.

use oxigraph::store::Store as Engine;
use std::fs;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::OnceLock;

/// An engine. Fields are dropped in their order: the engine closes its files before they are taken away.
pub(super) struct Held {
    engine: Engine,
    retired: Retired,
}

/// A folder to take away in the end, once another engine has taken its place.
#[derive(Default)]
struct Retired(OnceLock<PathBuf>);

impl Drop for Retired {
    fn drop(&mut self) {
        if let Some(folder) = self.0.get() {
            let _ = fs::remove_dir_all(folder); // or else whoever opens the store next does it
        }
    }
}

impl Held {
    pub(super) fn new(engine: Engine) -> Self {
        Self { engine, retired: Retired::default() }
    }
    /// Has its folder taken away once nobody uses it.
    pub(super) fn retire(&self, folder: PathBuf) {
        let _ = self.retired.0.set(folder); // it is retired once
    }
}

impl Deref for Held {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}
