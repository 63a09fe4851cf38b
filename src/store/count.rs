//! How many quads a store holds: counted once, when somebody asks, and kept in step with what is written from then on.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A count that changes with the store. What [`Count::add`] and [`Count::begin`] do, they do while nobody else writes.
#[derive(Default)]
pub(super) struct Count {
    /// What was counted; `None` until it is.
    counted: Mutex<Option<i64>>,
    /// Whether changes are added up.
    following: AtomicBool,
    /// What was added and taken away since.
    since: AtomicI64,
}

impl Count {
    /// What was counted; held by whoever counts.
    pub(super) fn counted(&self) -> MutexGuard<'_, Option<i64>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// Whether changes are to be told.
    pub(super) fn follows(&self) -> bool {
        self.following.load(Ordering::SeqCst)
    }
    /// From this state of the store on, changes are added up.
    pub(super) fn begin(&self) {
        self.since.store(0, Ordering::SeqCst);
        self.following.store(true, Ordering::SeqCst);
    }
    /// So many more were written, or fewer.
    pub(super) fn add(&self, change: i64) {
        self.since.fetch_add(change, Ordering::SeqCst);
    }
    /// How many there are, from how many there were.
    pub(super) fn total(&self, counted: i64) -> usize {
        usize::try_from(counted + self.since.load(Ordering::SeqCst)).unwrap_or_default()
    }
}
