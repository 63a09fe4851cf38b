//! The last look at a site before it gets its place: files are as long as they were written, and each link leads to one of them.

use super::PublishError;
use super::crawl::own;
use super::folder::Folder;
use super::links::{self, Fate};
use crate::describe::Place;
use crate::describe::layout::INDEX;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeSet, HashSet};

/// The files that are pages.
const PAGES: [&str; 2] = [INDEX, super::pages::LOST];

/// Takes links out that lead to what the graph does not speak of, and makes sure that all others lead somewhere.
///
/// # Errors
/// [`PublishError::Dead`] if one does not; [`PublishError::Broken`] if a file is not as it was written.
pub(super) fn mend(
    folder: &Folder,
    place: &Place,
    unknown: &BTreeSet<String>,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<(), PublishError> {
    let files = folder.files();
    let there: HashSet<&str> = files.iter().map(String::as_str).collect();
    for name in files.iter().filter(|name| PAGES.iter().any(|page| name.ends_with(page))) {
        if stop() {
            return Err(PublishError::Interrupted);
        }
        let html = std::fs::read_to_string(folder.path(name)).map_err(|_| PublishError::Broken(name.clone()))?;
        if !html.trim_end().ends_with("</html>") {
            return Err(PublishError::Broken(name.clone()));
        }
        let (mut lost, mut dead) = (false, None);
        let mut led = |address: &str| {
            let Some(file) = target(place, address) else { return Fate::Keep };
            if there.contains(file.as_str()) {
                return Fate::Keep;
            }
            if unknown.contains(&file) {
                lost = true;
                return Fate::Drop;
            }
            dead.get_or_insert_with(|| address.to_owned());
            Fate::Keep
        };
        let mended = links::page(&html, &mut |_, address| led(address));
        if let Some(link) = dead {
            return Err(PublishError::Dead { file: name.clone(), link });
        }
        if lost {
            folder.put(name, mended.as_bytes())?;
        }
    }
    Ok(())
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
