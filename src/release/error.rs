//! Why a release cannot be made, or is none.

use crate::model::moment::Moment;
use crate::store::StoreError;
use std::io;
use std::path::PathBuf;

/// Why a release cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// No version can be called so.
    #[error(
        "no version can be called `{0}`\nhint: a name has letters, digits, `.`, `_`, `-` and `+`, at most 64, and begins with a letter or digit"
    )]
    Name(String),
    /// There is such a version.
    #[error("version `{version}` is there already, in `{}`\nhint: what was released is never changed: give another name with `--version`", folder.display())]
    Exists {
        /// Its name.
        version: String,
        /// Where it is.
        folder: PathBuf,
    },
    /// It would stand before or beside another.
    #[error(
        "{date} is not after {of_last}, the date of version `{last}`\nhint: each version is of a later moment than the one before: `--date` takes a time as well, such as 2026-11-29T16:00:00Z"
    )]
    Early {
        /// The date that it was to have.
        date: Moment,
        /// The last version.
        last: String,
        /// Its date.
        of_last: Moment,
    },
    /// Another process makes a release there.
    #[error("another `flg release` is writing to `{}`\nhint: wait until it has ended", .0.display())]
    Busy(PathBuf),
    /// The store holds nothing.
    #[error("the store holds nothing to release\nhint: fill it with `flg build`")]
    Empty,
    /// What was written is not what the store holds.
    #[error(
        "what was written is not what the store holds: {0}\nhint: nothing was released; try again, and check the disk if it fails again"
    )]
    Unfaithful(String),
    /// A folder is no whole release.
    #[error("`{}` is no whole release: {fault}\nhint: put back what it was, or take the folder away", folder.display())]
    Broken {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// Something cannot be read or written.
    #[error("`{}` cannot be {action}: {source}", path.display())]
    Access {
        /// The file or folder.
        path: PathBuf,
        /// What was to be done with it.
        action: &'static str,
        /// Why.
        source: io::Error,
    },
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ReleaseError {
    pub(super) fn access(path: impl Into<PathBuf>, action: &'static str) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Access { path, action, source }
    }
    pub(super) fn broken(folder: impl Into<PathBuf>, fault: impl Into<String>) -> Self {
        Self::Broken { folder: folder.into(), fault: fault.into() }
    }
}
