//! What can be wrong with a backup, in words that say what to do.

use crate::store::StoreError;

/// Why a backup cannot be made or used. `file` is its name.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// It is something else.
    #[error("`{file}` is no backup of `flg`\nhint: `flg backup FILE` makes one")]
    Other {
        /// Its name.
        file: String,
    },
    /// It was made by a version of the program that knows more.
    #[error("`{file}` is a backup in format {format}, and this version of `flg` reads format 1\nhint: take a newer version")]
    Newer {
        /// Its name.
        file: String,
        /// Its format.
        format: String,
    },
    /// Its end is missing.
    #[error(
        "`{file}` is cut off after {quads} quads: its last line is missing\nhint: copy it again from where it was made, or take another backup"
    )]
    Cut {
        /// Its name.
        file: String,
        /// How many quads were read.
        quads: u64,
    },
    /// It is not what was written.
    #[error("`{file}` was altered or damaged: {fault}\nhint: copy it again from where it was made, or take another backup")]
    Altered {
        /// Its name.
        file: String,
        /// What shows it.
        fault: String,
    },
    /// Where it is restored to, there is something.
    #[error("the store holds {quads} quads, and a backup is restored to an empty one\nhint: `--replace` puts it in their place")]
    NotEmpty {
        /// How many quads it holds.
        quads: usize,
    },
    /// The file cannot be read or written.
    #[error("`{file}` cannot be {action}")]
    Access {
        /// Its name.
        file: String,
        /// What was attempted.
        action: &'static str,
        /// Why not.
        source: std::io::Error,
    },
    /// The store cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}
