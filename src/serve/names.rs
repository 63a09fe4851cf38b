//! The names in the store that questions are read with, kept until the store has changed.

use super::error::Problem;
use crate::ask::{Vocabulary, vocabulary};
use crate::store::Store;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The names that questions are read with, as they were at a state of the store, and when that was looked at last.
#[derive(Default)]
pub(super) struct Names(Mutex<Option<(Instant, Arc<Vocabulary>)>>);

/// For so long, the store is taken to be as it was.
pub(super) const FRESH: Duration = Duration::from_secs(2);

impl Names {
    /// The store has changed.
    pub(super) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
    /// The names of the store, read anew only when it has changed.
    pub(super) fn of(&self, store: &dyn Store) -> Result<Arc<Vocabulary>, Problem> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((looked, names)) = known.as_mut() {
            if looked.elapsed() < FRESH {
                return Ok(Arc::clone(names));
            }
            if vocabulary::revision(store).map_err(|error| Problem::internal(&error))? == names.revision {
                *looked = Instant::now();
                return Ok(Arc::clone(names));
            }
        }
        let names = Arc::new(Vocabulary::read(store).map_err(|error| Problem::internal(&error))?);
        *known = Some((Instant::now(), Arc::clone(&names)));
        Ok(names)
    }
}
