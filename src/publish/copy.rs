//! The graph as it is at one moment, whoever writes meanwhile; in memory, where it is read several times faster.

use super::PublishError;
use super::state::Sum;
use crate::store::{Embedded, Part, Store, StoreError};
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

/// A graph of more quads is read where it is: a million take about half a gigabyte.
const MOST: usize = 1_000_000;
/// So many quads are on their way at a time.
const ON_THE_WAY: usize = 4_096;

/// A copy of a store, or the store itself if that is large; and what its statements add up to.
///
/// # Errors
/// If it cannot be read.
pub(super) fn of(store: &Arc<dyn Store>) -> Result<(Arc<dyn Store>, Sum), PublishError> {
    if store.size()? > MOST {
        return Ok((Arc::clone(store), Sum::of(store.as_ref())?));
    }
    let (copy, mut sum) = (Embedded::in_memory()?, Sum::default());
    let (sender, receiver) = sync_channel(ON_THE_WAY);
    std::thread::scope(|scope| {
        let sum = &mut sum;
        scope.spawn(move || {
            let gone = |_| StoreError::Output(io::Error::from(ErrorKind::BrokenPipe));
            let mut hand_on = |part| {
                if let Part::Quad(quad) = &part {
                    sum.add(quad);
                }
                sender.send(Ok(part)).map_err(gone)
            };
            if let Err(error) = store.snapshot(&mut hand_on) {
                // Whoever does not take it has failed already.
                let _ = sender.send(Err(error));
            }
        });
        copy.restore(&mut receiver.into_iter())
    })?;
    Ok((Arc::new(copy), sum))
}
