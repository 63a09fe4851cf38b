//! What is done on the disk for a site: files with the folders above them, one folder in the place of another, and a lock.

use crate::config::hexadecimal;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file that is held as long as something is done, so that no other process does the same.
pub(super) struct Lock {
    held: Option<File>,
    path: PathBuf,
}

impl Lock {
    /// Makes a file and holds it; `None` if another does.
    ///
    /// # Errors
    /// If it cannot be made or held.
    pub(super) fn hold(path: &Path) -> io::Result<Option<Self>> {
        loop {
            let file = File::create(path)?;
            match file.try_lock() {
                Ok(()) if is_at(&file, path) => return Ok(Some(Self { held: Some(file), path: path.to_owned() })),
                // Whoever held it has taken it away meanwhile, and another may hold the next one.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        drop(self.held.take());
    }
}

/// Whether a file is the one that has this name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let one = |found: io::Result<fs::Metadata>| found.map(|found| (found.dev(), found.ino())).ok();
    one(file.metadata()).is_some_and(|this| one(fs::metadata(path)) == Some(this))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Makes a file, and the folders above it.
pub(super) fn create(path: &Path) -> io::Result<File> {
    within(path, |path: &Path| File::create(path))
}

/// A file under another name; where the disk has no such links, a copy of the same age.
pub(super) fn link(old: &Path, new: &Path) -> io::Result<()> {
    within(new, |new: &Path| fs::hard_link(old, new)).or_else(|_| {
        within(new, |new: &Path| fs::copy(old, new))?;
        File::options().write(true).open(new)?.set_modified(old.metadata()?.modified()?)
    })
}

#[cfg(unix)]
pub(super) fn relink(old: &Path, new: &Path) -> io::Result<()> {
    let to = fs::read_link(old)?;
    within(new, |new: &Path| std::os::unix::fs::symlink(&to, new))
}

#[cfg(not(unix))]
pub(super) fn relink(old: &Path, new: &Path) -> io::Result<()> {
    within(new, |new: &Path| fs::copy(old, new)).map(|_| ())
}

/// Does something with a path; if its folder is not there, makes that first.
fn within<T>(path: &Path, work: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
    match work(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().unwrap_or(path))?;
            work(path)
        }
        done => done,
    }
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn discard(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Puts a folder in place of another, which may be missing, and removes that.
pub(super) fn swap(new: &Path, site: &Path) -> io::Result<()> {
    if !site.exists() {
        return fs::rename(new, site);
    }
    if exchange(new, site)? {
        return discard(new);
    }
    let old = new.with_extension("flg-old");
    discard(&old)?;
    fs::rename(site, &old)?;
    fs::rename(new, site).or_else(|error| fs::rename(&old, site).and(Err(error)))?;
    discard(&old)
}

/// Exchanges two folders at one moment, if the system can; says whether it could.
#[cfg(target_os = "linux")]
fn exchange(new: &Path, site: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, site, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// What is written, counted and hashed.
pub(super) struct Hashing<W: Write> {
    to: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Hashing<W> {
    /// Nothing is written yet.
    pub(super) fn new(to: W) -> Self {
        Self { to, hash: Sha256::new(), bytes: 0 }
    }
    /// The SHA-256 of what was written, and its bytes.
    pub(super) fn end(self) -> (String, u64) {
        (hexadecimal(&self.hash.finalize()), self.bytes)
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
