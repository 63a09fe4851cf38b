//! Leave to read the store, and what ends a reading whose request is gone.

use super::reader::Graph;
use crate::store::CancellationToken;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedSemaphorePermit;

/// Stops the queries of a request.
#[derive(Default)]
pub(super) struct Stop {
    stopped: AtomicBool,
    running: Mutex<Option<CancellationToken>>,
}

impl Stop {
    /// The token for the next query; cancelled already if the request is.
    pub(super) fn token(&self) -> CancellationToken {
        let token = CancellationToken::new();
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        if self.stopped.load(Ordering::SeqCst) {
            token.cancel();
        }
        token
    }
    fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        if let Some(token) = self.running.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            token.cancel();
        }
    }
}

/// Leave to read: the reader, and what stops it when its request is gone.
pub(super) struct Permit {
    pub(super) slot: OwnedSemaphorePermit,
    pub(super) graph: Graph,
    pub(super) gone: StopOnDrop,
}

pub(super) struct StopOnDrop(pub(super) Arc<Stop>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}
