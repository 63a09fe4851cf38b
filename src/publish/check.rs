//! The last look at a site before it gets its place: files are as long as they were written, and each link leads to one of them.

use super::PublishError;
use super::crawl::own;
use super::folder::Folder;
use super::links::{self, Fate};
use crate::describe::Place;
use crate::describe::layout::INDEX;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeSet, HashSet};
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The files that are pages.
const PAGES: [&str; 2] = [INDEX, super::pages::LOST];

/// So many links that lead to files are remembered by each who looks.
const LINKS: usize = 50_000;

/// What is looked at, and by what.
struct Check<'a> {
    folder: &'a Folder,
    place: &'a Place,
    there: HashSet<&'a str>,
    unknown: &'a BTreeSet<String>,
}

/// Makes sure that all files are there as they were written, takes links out that lead to what the graph does not speak of, and makes sure
/// that all others lead somewhere; `jobs` files at a time are looked at.
///
/// # Errors
/// [`PublishError::Dead`] if one does not; [`PublishError::Broken`] if a file is not as it was written.
pub(super) fn mend(
    folder: &Folder,
    place: &Place,
    unknown: &BTreeSet<String>,
    jobs: usize,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<(), PublishError> {
    let files = folder.files();
    let check = Check { folder, place, there: files.iter().map(|(name, _)| name.as_str()).collect(), unknown };
    let (next, halt) = (AtomicUsize::new(0), AtomicBool::new(false));
    let look = || {
        let mut known = HashSet::new();
        while let Some((name, bytes)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            if halt.load(Ordering::Relaxed) {
                break;
            }
            let done = if stop() { Err(PublishError::Interrupted) } else { check.file(name, *bytes, &mut known) };
            if done.is_err() {
                halt.store(true, Ordering::Relaxed);
                return done;
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(look)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|cause| resume_unwind(cause)))
    })
}

impl Check<'_> {
    /// Looks at a file that was written with so many bytes, and mends it if it is a page; links in `known` are known to lead to files.
    fn file(&self, name: &str, bytes: u64, known: &mut HashSet<String>) -> Result<(), PublishError> {
        let (path, broken) = (self.folder.path(name), || PublishError::Broken(name.to_owned()));
        if !PAGES.iter().any(|page| name.ends_with(page)) {
            let whole = path.symlink_metadata().is_ok_and(|found| found.is_file() && found.len() == bytes);
            return if whole { Ok(()) } else { Err(broken()) };
        }
        let html = std::fs::read_to_string(path).map_err(|_| broken())?;
        if html.len() as u64 != bytes || !html.trim_end().ends_with("</html>") {
            return Err(broken());
        }
        let (mut lost, mut dead) = (false, None);
        links::each(&html, &mut |address| {
            if known.contains(address) {
                return;
            }
            match target(self.place, address).filter(|file| !self.there.contains(file.as_str())) {
                Some(file) if self.unknown.contains(&file) => lost = true,
                Some(_) => drop(dead.get_or_insert_with(|| address.to_owned())),
                None => {
                    if known.len() >= LINKS {
                        known.clear();
                    }
                    known.insert(address.to_owned());
                }
            }
        });
        if let Some(link) = dead {
            return Err(PublishError::Dead { file: name.to_owned(), link });
        }
        if !lost {
            return Ok(());
        }
        let leads = |address: &str| target(self.place, address).is_none_or(|file| self.there.contains(file.as_str()));
        let mended = links::page(&html, &mut |_, address| if leads(address) { Fate::Keep } else { Fate::Drop });
        self.folder.put(name, mended.as_bytes())
    }
}

/// The file that an address of a page leads to, if it leads to the site.
fn target(place: &Place, address: &str) -> Option<String> {
    let folder = place.folder();
    let path = own(place, address).or_else(|| {
        let path = address.strip_prefix(folder).filter(|path| path.starts_with('/'));
        path.filter(|_| address.starts_with('/') && !address.starts_with("//"))
    })?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let file = percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy().into_owned();
    Some(if file.is_empty() || file.ends_with('/') { format!("{file}{INDEX}") } else { file })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_files() {
        let place = Place::of_files("https://example.org/g");
        let file = |address: &str| target(&place, address);
        assert_eq!(file("/g/page/x/#a").as_deref(), Some("page/x/index.html"));
        assert_eq!(file("/g/").as_deref(), Some("index.html"));
        assert_eq!(file("https://example.org/g/card/a%C3%B1o.png?v=1").as_deref(), Some("card/año.png"));
        for elsewhere in ["https://example.org/h/", "#a", "//example.org/g/", "mailto:a@b", "/other/"] {
            assert_eq!(file(elsewhere), None, "{elsewhere}");
        }
    }
}
