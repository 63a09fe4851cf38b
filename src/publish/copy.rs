//! The graph as it is at one moment, whoever writes meanwhile; in memory, where it is read several times faster.

use super::PublishError;
use crate::store::{Embedded, Store, StoreError};
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

/// A graph of more quads is read where it is: a million take about half a gigabyte.
const MOST: usize = 1_000_000;
/// So many quads are on their way at a time.
const ON_THE_WAY: usize = 4_096;

/// A copy of a store, or the store itself if that is large.
///
/// # Errors
/// If it cannot be read.
pub(super) fn of(store: &Arc<dyn Store>) -> Result<Arc<dyn Store>, PublishError> {
    if store.size()? > MOST {
        return Ok(Arc::clone(store));
    }
    let copy = Embedded::in_memory()?;
    let (sender, receiver) = sync_channel(ON_THE_WAY);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let gone = |_| StoreError::Output(io::Error::from(ErrorKind::BrokenPipe));
            if let Err(error) = store.snapshot(&mut |part| sender.send(Ok(part)).map_err(gone)) {
                // Whoever does not take it has failed already.
                let _ = sender.send(Err(error));
            }
        });
        copy.restore(&mut receiver.into_iter())
    })?;
    Ok(Arc::new(copy))
}
