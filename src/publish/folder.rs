//! The folder of a site while it is written: beside the one that it replaces, with the files that have not changed linked to it, and put
//! in its place at once when it is whole.

use super::disk::{Hashing, Lock, create, discard, link, relink, swap};
use super::manifest::{self, Manifest, Mark, there};
use super::{PublishError, Published};
use crate::model::id::sha256;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A site that is being written.
pub(super) struct Folder {
    /// Where it will be.
    site: PathBuf,
    /// Where it is written.
    aside: PathBuf,
    /// What is there now.
    before: Manifest,
    made: Mutex<Made>,
    /// Held as long as it is written, so that nobody else does.
    _lock: Lock,
}

/// What was written so far.
#[derive(Default)]
struct Made {
    files: BTreeMap<String, Mark>,
    written: usize,
    kept: usize,
}

impl Folder {
    /// Begins a site that is to stand in place of what is in `site`.
    ///
    /// # Errors
    /// [`PublishError::Busy`] if another process writes it; those of [`Manifest::of`]; if nothing can be written beside it.
    pub(super) fn new(site: &Path) -> Result<Self, PublishError> {
        // Where a link stands, the folder that it leads to is replaced.
        let site = site.canonicalize().unwrap_or_else(|_| site.to_owned());
        let parent = site.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        let name = site.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let failed = |file: &Path| {
            let file = file.to_owned();
            move |source| PublishError::Write { file, source }
        };
        fs::create_dir_all(&parent).map_err(failed(&parent))?;
        let lock = parent.join(format!(".{name}.flg-lock"));
        let Some(lock) = Lock::hold(&lock).map_err(failed(&lock))? else { return Err(PublishError::Busy(site)) };
        // Whoever held it until now may have written another.
        let before = Manifest::of(&site)?.unwrap_or_default();
        let aside = parent.join(format!(".{name}.flg-new"));
        // What a process left that was killed.
        discard(&aside).map_err(failed(&aside))?;
        fs::create_dir(&aside).map_err(failed(&aside))?;
        Ok(Self { site, aside, before, made: Mutex::default(), _lock: lock })
    }

    fn made(&self) -> std::sync::MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a file is while the site is written.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.aside.join(name)
    }

    /// The files that are there with their bytes, in their order.
    pub(super) fn files(&self) -> Vec<(String, u64)> {
        self.made().files.iter().map(|(name, mark)| (name.clone(), mark.1)).collect()
    }

    /// Writes a file, or takes over the one that is there now if it is the same.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let mark = Mark(sha256(bytes), bytes.len() as u64);
        let kept = self.take_over(name, &mark)?;
        if !kept {
            let path = self.path(name);
            // What stands there may be the file of the old site under another name.
            let again = self.made().files.contains_key(name);
            let free = if again { fs::remove_file(&path) } else { Ok(()) };
            let written = free.and_then(|()| create(&path)).and_then(|mut file| file.write_all(bytes));
            written.map_err(|source| PublishError::Write { file: path, source })?;
        }
        self.note(name, mark, kept);
        Ok(())
    }

    /// Writes a large file piece by piece, and gives its SHA-256.
    ///
    /// # Errors
    /// If it cannot be written; those of `fill`.
    pub(super) fn fill(
        &self,
        name: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> Result<(), PublishError>,
    ) -> Result<String, PublishError> {
        let path = self.path(name);
        let failed = |source| PublishError::Write { file: path.clone(), source };
        let mut to = Hashing::new(BufWriter::new(create(&path).map_err(failed)?));
        fill(&mut to)?;
        to.flush().map_err(failed)?;
        let (digest, bytes) = to.end();
        let mark = Mark(digest, bytes);
        let known = self.before.files.get(name) == Some(&mark) && there(&self.site.join(name), &mark);
        if known {
            fs::remove_file(&path).map_err(failed)?;
        }
        let kept = known && self.take_over(name, &mark)?;
        let digest = mark.0.clone();
        self.note(name, mark, kept);
        Ok(digest)
    }

    /// Links the file that is there now to the new site, if it is the same; says whether it was.
    fn take_over(&self, name: &str, mark: &Mark) -> Result<bool, PublishError> {
        let old = self.site.join(name);
        if self.before.files.get(name) != Some(mark) || !there(&old, mark) {
            return Ok(false);
        }
        let new = self.path(name);
        match fs::remove_file(&new) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(PublishError::Write { file: new, source: error }),
            _ => {}
        }
        link(&old, &new).map_err(|source| PublishError::Write { file: new, source })?;
        Ok(true)
    }

    fn note(&self, name: &str, mark: Mark, kept: bool) {
        let mut made = self.made();
        // A file that is written a second time is what it has become.
        let again = made.files.insert(name.to_owned(), mark).is_some();
        if again && kept {
            made.written = made.written.saturating_sub(1);
        }
        match (kept, again) {
            (true, _) => made.kept += 1,
            (false, false) => made.written += 1,
            (false, true) => {}
        }
    }

    /// Puts the site in its place, and says what it has.
    ///
    /// # Errors
    /// If that cannot be done: the old site is there then.
    pub(super) fn finish(self, state: String, stop: &(dyn Fn() -> bool + Sync)) -> Result<Published, PublishError> {
        let made = std::mem::take(&mut *self.made());
        self.carry_over(&made.files, Path::new(""))?;
        let list = Manifest { state, files: made.files };
        let removed = self.before.files.keys().filter(|name| !list.files.contains_key(*name)).count();
        let path = self.path(manifest::NAME);
        let failed = |source| PublishError::Write { file: path.clone(), source };
        let text = serde_json::to_vec_pretty(&list).map_err(io::Error::other).map_err(failed)?;
        fs::write(&path, text).map_err(failed)?;
        if stop() {
            return Err(PublishError::Interrupted);
        }
        swap(&self.aside, &self.site).map_err(|source| PublishError::Place { folder: self.site.clone(), source })?;
        Ok(Published {
            pages: list.pages(),
            files: list.files.len(),
            written: made.written,
            kept: made.kept,
            removed,
            ..Published::default()
        })
    }

    /// Takes over what others have put into the site: a domain's name, a folder of version control.
    fn carry_over(&self, files: &BTreeMap<String, Mark>, below: &Path) -> Result<(), PublishError> {
        let folder = self.site.join(below);
        let failed = |file: PathBuf| move |source| PublishError::Write { file, source };
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failed(folder)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed(folder.clone()))?;
            let below = below.join(entry.file_name());
            let name = below.to_string_lossy().replace('\\', "/");
            let (kind, new) = (entry.file_type().map_err(failed(entry.path()))?, self.aside.join(&below));
            let ours = name == manifest::NAME || self.before.files.contains_key(&name) || files.contains_key(&name);
            if kind.is_dir() {
                // None of ours is empty; others may need theirs, as Git does.
                if fs::read_dir(entry.path()).is_ok_and(|mut inside| inside.next().is_none()) && !new.exists() {
                    fs::create_dir_all(&new).map_err(failed(new))?;
                }
                self.carry_over(files, &below)?;
            } else if !ours && !new.exists() {
                let carried = if kind.is_symlink() { relink(&entry.path(), &new) } else { link(&entry.path(), &new) };
                carried.map_err(failed(new))?;
            }
        }
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is removed by whoever writes next.
        let _ = discard(&self.aside);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn write(site: &Path, files: &[(&str, &str)]) -> Published {
        let folder = Folder::new(site).unwrap();
        for (name, text) in files {
            folder.put(name, text.as_bytes()).unwrap();
        }
        folder.finish("state".to_owned(), &|| false).unwrap()
    }

    #[test]
    fn what_is_the_same_stays_and_what_others_put_there_too() {
        let parent = tempfile::tempdir().unwrap();
        let site = parent.path().join("deep/site");
        let first = write(&site, &[("a/index.html", "one"), ("b.txt", "two"), ("c.txt", "three")]);
        assert_eq!((first.written, first.kept, first.removed, first.pages), (3, 0, 0, 1));
        fs::create_dir_all(site.join(".git/objects")).unwrap();
        fs::write(site.join(".git/objects/x"), "object").unwrap();
        fs::write(site.join("CNAME"), "example.org").unwrap();
        let age = |name: &str| site.join(name).metadata().unwrap().modified().unwrap();
        let old = age("b.txt");
        let second = write(&site, &[("a/index.html", "another"), ("b.txt", "two"), ("CNAME/x", "a folder where a file was")]);
        assert_eq!((second.written, second.kept, second.removed), (2, 1, 1));
        assert_eq!(age("b.txt"), old);
        assert!(!site.join("c.txt").exists() && site.join("CNAME/x").is_file());
        assert_eq!(fs::read_to_string(site.join(".git/objects/x")).unwrap(), "object");
        let left: Vec<_> = fs::read_dir(site.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["site"], "nothing is left beside it");
    }

    #[test]
    fn what_is_mended_late_is_not_mended_in_the_old_site() {
        let parent = tempfile::tempdir().unwrap();
        let site = parent.path().join("site");
        write(&site, &[("a.html", "one")]);
        let folder = Folder::new(&site).unwrap();
        folder.put("a.html", b"one").unwrap();
        folder.put("a.html", b"mended").unwrap();
        assert_eq!(fs::read_to_string(site.join("a.html")).unwrap(), "one");
        drop(folder);
        assert_eq!(fs::read_to_string(site.join("a.html")).unwrap(), "one");
    }

    #[test]
    fn one_writes_at_a_time_and_whoever_gives_up_leaves_the_old_site() {
        let parent = tempfile::tempdir().unwrap();
        let site = parent.path().join("site");
        write(&site, &[("a.txt", "one")]);
        let folder = Folder::new(&site).unwrap();
        folder.put("a.txt", b"two").unwrap();
        assert!(matches!(Folder::new(&site), Err(PublishError::Busy(_))));
        assert!(matches!(folder.finish("x".to_owned(), &|| true), Err(PublishError::Interrupted)));
        assert_eq!(fs::read_to_string(site.join("a.txt")).unwrap(), "one");
        // A process that was killed left this.
        fs::create_dir_all(parent.path().join(".site.flg-new/rest")).unwrap();
        write(&site, &[("a.txt", "three")]);
        assert_eq!(fs::read_to_string(site.join("a.txt")).unwrap(), "three");
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
    }

    #[test]
    fn large_files_are_known_by_what_they_hold() {
        let parent = tempfile::tempdir().unwrap();
        let site = parent.path().join("site");
        for kept in [0, 1] {
            let folder = Folder::new(&site).unwrap();
            let sum = folder
                .fill("dump/x.gz", &mut |to| {
                    to.write_all(b"one").and_then(|()| to.write_all(b" two")).unwrap();
                    Ok(())
                })
                .unwrap();
            assert_eq!(sum, sha256(b"one two"));
            assert_eq!(folder.finish(String::new(), &|| false).unwrap().kept, kept);
        }
    }
}
