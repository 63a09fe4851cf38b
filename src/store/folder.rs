//! The folder of an embedded store: the mark that it is one, the lock, and the folder in it that holds the engine's files.
//!
//! The engine's folder is `oxigraph`, until a store is replaced as a whole: then the new content is made in another one, and a file
//! that names it is put in place. Whoever opens the store finds the old content or the new.

use super::{StoreError, embedded::access};
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// The file that marks a folder as one of our stores, and what it says.
const MARK: &str = "flg-store.txt";
const MARK_TEXT: &str =
    "A store of the Forced Labour Graph, format 1. Made by `flg build`; delete the whole folder to start over.\n";
const MARK_ASIDE: &str = "flg-store.txt.new";
/// The file whose lock tells readers and a writer apart.
const LOCK: &str = "flg-store.lock";
/// The folder of the engine's files, or how those begin that came after it.
const ENGINE: &str = "oxigraph";
/// The file that names the engine's folder, where that is another than the first.
const CURRENT: &str = "flg-store.current";
const CURRENT_ASIDE: &str = "flg-store.current.new";

/// The folder of copies that are read while the store is written to.
const COPIES: &str = "copies";

/// Makes a folder a store, and the folders above it; leaves alone what is one.
///
/// # Errors
/// [`StoreError::NotAStore`] if it holds something else.
pub(super) fn make(path: &Path) -> Result<(), StoreError> {
    let mark = path.join(MARK);
    if mark.is_file() {
        return Ok(());
    }
    let refuse = |what: &str| StoreError::NotAStore { path: path.to_owned(), what: what.to_owned() };
    if path.exists() && !path.is_dir() {
        return Err(refuse("is a file, no store"));
    }
    let io = |source: std::io::Error| access(Some(path), "opened", source.into());
    fs::create_dir_all(path).map_err(io)?;
    for entry in fs::read_dir(path).map_err(io)? {
        if entry.map_err(io)?.file_name() != MARK_ASIDE {
            return Err(refuse("holds other files"));
        }
    }
    // Written aside, so that a process that dies here leaves no mark that says nothing.
    let aside = path.join(MARK_ASIDE);
    fs::write(&aside, MARK_TEXT).and_then(|()| fs::rename(&aside, &mark)).map_err(io)
}

/// Makes sure that a folder is one of our stores.
pub(super) fn known(path: &Path) -> Result<(), StoreError> {
    let refuse = |what: &str| Err(StoreError::NotAStore { path: path.to_owned(), what: what.to_owned() });
    if !path.exists() {
        return Err(StoreError::Missing(path.to_owned()));
    }
    match fs::read_to_string(path.join(MARK)) {
        Ok(mark) if mark.contains("format 1.") => Ok(()),
        Ok(_) => refuse("was made by another version of `flg`"),
        Err(_) => refuse("is no store"),
    }
}

/// Takes the store's lock; where the folder cannot be written to, nobody writes to it and there is none.
pub(super) fn lock(path: &Path, take: impl Fn(&File) -> Result<(), TryLockError>) -> Result<Option<File>, StoreError> {
    let file = match File::options().create(true).append(true).open(path.join(LOCK)) {
        Ok(file) => file,
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => return Ok(None),
        Err(error) => return Err(access(Some(path), "opened", error.into())),
    };
    match take(&file) {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(access(Some(path), "opened", error.into())),
    }
}

/// The folder of the engine's files.
///
/// # Errors
/// If the file that names it says something else.
pub(super) fn engine(path: &Path) -> Result<PathBuf, StoreError> {
    match fs::read_to_string(path.join(CURRENT)) {
        Ok(name) if is_engine(name.trim()) => Ok(path.join(name.trim())),
        Ok(_) => Err(StoreError::NotAStore { path: path.to_owned(), what: format!("has a `{CURRENT}` that names no store") }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(path.join(ENGINE)),
        Err(error) => Err(access(Some(path), "opened", error.into())),
    }
}

/// A folder for other files of the engine, which does not exist yet.
pub(super) fn another(path: &Path) -> PathBuf {
    let mut folders = (2..).map(|number: u64| path.join(format!("{ENGINE}-{number}")));
    folders.find(|folder| !folder.exists()).unwrap_or_else(|| path.join(ENGINE))
}

/// Makes another folder the engine's, at once and for good: from now on it is found by whoever opens the store.
pub(super) fn point(path: &Path, engine: &Path) -> std::io::Result<()> {
    let name = engine.file_name().unwrap_or_default().as_encoded_bytes();
    let (current, aside) = (path.join(CURRENT), path.join(CURRENT_ASIDE));
    let mut file = File::create(&aside)?;
    file.write_all(name)?;
    file.sync_all()?;
    fs::rename(&aside, &current)?;
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

/// Where copies are that are read while the store is written to.
pub(super) fn copies(path: &Path) -> PathBuf {
    path.join(COPIES)
}

/// Takes away what a process left that died while it replaced the store, or before it had cleared up.
pub(super) fn tidy(path: &Path, current: &Path) {
    let Ok(entries) = fs::read_dir(path) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        if (is_engine(&name.to_string_lossy()) && entry.path() != current) || name == COPIES {
            // What cannot be taken away is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_engine(name: &str) -> bool {
    let number = name.strip_prefix(ENGINE).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    number.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
}
