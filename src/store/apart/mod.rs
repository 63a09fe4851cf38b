//! Queries that nobody has looked at are evaluated in processes of their own, which may take so much memory and so much time.
//!
//! What the guards in front of the engine and the gates inside it cannot do, nothing in one process can. The engine asks
//! nobody while it plans, while one row makes a text of gigabytes, while it joins what it holds in memory; it has no measure of
//! memory; and where the stack or the memory ends, the whole process ends. A count of what each thread allocates would see the
//! memory, and could only end the process as well: there is no way to leave an allocation that fails but to abort. So the
//! server gives each query to a process that it can lose: it holds the memory to its limit, is killed when its time is over, and
//! another takes its place. A process that waits takes some tens of megabytes.
//!
//! The processes open the store's files for reading, beside each other. Where the server writes, they read a copy, which is a
//! folder of links to files that the engine never changes; it is made anew by the first query after a change. Updates are tried
//! out first, in such a process and on a copy of their own, and carried out by the server if they ended well within the limits.

#[cfg(unix)]
mod copies;
#[cfg(unix)]
mod hand;
#[cfg(unix)]
mod pool;
#[cfg(unix)]
mod wire;
#[cfg(unix)]
mod worker;

#[cfg(unix)]
pub use pool::Apart;

use super::StoreError;
use std::path::PathBuf;

/// How the processes are started.
#[derive(Clone, Debug)]
pub struct Program {
    /// The program.
    pub path: PathBuf,
    /// What it is told, so that it calls [`work`].
    pub arguments: Vec<String>,
    /// How many bytes of memory an evaluation may take.
    pub memory: usize,
}

/// What a process that was started by [`Apart`] does: evaluates what it is given, until the server is gone.
///
/// # Errors
/// If it was not started so.
pub fn work() -> Result<(), StoreError> {
    #[cfg(unix)]
    return worker::work();
    #[cfg(not(unix))]
    Err(StoreError::Evaluation("there are no processes of their own for queries on this system".to_owned()))
}
