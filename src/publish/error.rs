//! What can go wrong when a site is written.

use crate::search::SearchError;
use crate::store::StoreError;
use std::io;
use std::path::PathBuf;

/// Why a site was not published. The one that was there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The folder is no site.
    #[error(
        "`{}` holds something else than a site that flg has written\nhint: name a folder that is new or empty; flg makes it",
        .0.display()
    )]
    NotASite(PathBuf),
    /// The place is no folder.
    #[error("`{}` is a file\nhint: name a folder; flg makes it", .0.display())]
    NotAFolder(PathBuf),
    /// The list of a site's files cannot be read.
    #[error("`{}` cannot be read: {fault}\nhint: remove it and the site, or name another folder", file.display())]
    Manifest {
        /// The list.
        file: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
    /// Another process writes the site.
    #[error("another `flg publish` is writing `{}`\nhint: wait until it has ended", .0.display())]
    Busy(PathBuf),
    /// A file cannot be written.
    #[error("cannot write `{}`\nhint: check that there is room and that its folder may be written", file.display())]
    Write {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The site cannot be put in its place.
    #[error("cannot put the site in place of `{}`\nhint: name a folder inside of it if that is where a disk is mounted", folder.display())]
    Place {
        /// The place.
        folder: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A page cannot be made.
    #[error("the page `{address}` cannot be made: {message}")]
    Page {
        /// What was asked for.
        address: String,
        /// What came of it.
        message: String,
    },
    /// A link leads nowhere.
    #[error("`{file}` refers to `{link}`, which was not written\nhint: this is a mistake in flg; the site is as it was before")]
    Dead {
        /// The page.
        file: String,
        /// Where it leads.
        link: String,
    },
    /// A file is not as it was written.
    #[error("`{0}` is not as it was written\nhint: check the disk; the site is as it was before")]
    Broken(String),
    /// It was stopped.
    #[error("interrupted: the site is as it was before")]
    Interrupted,
    /// The process cannot work.
    #[error("cannot start the work")]
    Start(#[source] io::Error),
    /// The graph cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The search index cannot be made.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// A page of the site alone cannot be made.
    #[error("a page cannot be filled")]
    Template(#[from] askama::Error),
}
