//! What arguments stand for: a file, the reports in a folder, what a pattern matches, an address, standard input.

use super::reports::Place;
use crate::read::{self, address};
use std::io;
use std::path::{Path, PathBuf};

/// What stands for standard input among files.
const STANDARD_INPUT: &str = "-";

/// The endings of the files that are taken from a folder.
const ENDINGS: [&str; 8] = ["txt", "text", "html", "htm", "xhtml", "docx", "xml", "pdf"];

/// The places that arguments stand for, each in its order; those of a folder or pattern are sorted by name. An argument that
/// stands for nothing becomes a place that says so when it is read.
pub(super) fn places(arguments: &[PathBuf]) -> Vec<Place> {
    let mut places = Vec::new();
    for argument in arguments {
        match argument.to_str() {
            Some(STANDARD_INPUT) => places.push(Place::Input),
            Some(text) if address::is_address(text) => places.push(Place::Address(text.to_owned())),
            // A file may have the signs of a pattern in its name.
            Some(text) if text.contains(['*', '?', '[']) && !argument.exists() => pattern(text, &mut places),
            _ => path(argument, &mut places),
        }
    }
    places
}

/// A file, or the reports in a folder.
fn path(path: &Path, places: &mut Vec<Place>) {
    if !path.is_dir() {
        file(path.to_owned(), places);
        return;
    }
    let mut files = Vec::new();
    if let Err((folder, error)) = walk(path, &mut files) {
        let why = format!("`{}` cannot be read: {error}\nhint: check its permissions with `ls -ld`", folder.display());
        places.push(Place::Nothing { name: folder.display().to_string(), why });
    } else if files.is_empty() {
        let endings = ENDINGS.map(|ending| format!("`.{ending}`")).join(", ");
        let name = path.display().to_string();
        let why =
            format!("`{name}` holds no reports\nhint: files that end in {endings} are taken from a folder, hidden ones not");
        places.push(Place::Nothing { name, why });
    }
    for found in files {
        file(found, places);
    }
}

/// A file, or the reports in a file of data, which are kept, so that it is read once. A document is not, so that many take no room; what
/// cannot be read is told when it is its turn.
fn file(path: PathBuf, places: &mut Vec<Place>) {
    let records = if has_ending(&path, &["xml"]) { read::files(&path).ok().filter(|all| all.len() > 1) } else { None };
    match records {
        Some(records) => {
            places.extend(records.into_iter().map(|record| Place::Record { file: path.clone(), document: Box::new(record) }));
        }
        None => places.push(Place::File(path)),
    }
}

/// The reports in a folder and the folders in it, sorted. Links to folders are not followed, so that there is an end.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), (PathBuf, io::Error)> {
    let failed = |error| (folder.to_owned(), error);
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        entries.push((entry.file_name(), entry.file_type().map_err(failed)?));
    }
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (name, kind) in entries {
        let path = folder.join(&name);
        let text = name.to_string_lossy();
        // `~$report.docx` is what word processors put beside a document that is open.
        if text.starts_with('.') || text.starts_with("~$") {
            continue;
        }
        if kind.is_dir() {
            walk(&path, files)?;
        } else if path.is_file() && is_report(&path) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_report(path: &Path) -> bool {
    has_ending(path, &ENDINGS)
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| endings.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// What a pattern matches.
fn pattern(text: &str, places: &mut Vec<Place>) {
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let nothing = |why: String| Place::Nothing { name: text.to_owned(), why };
    let matches = match glob::glob_with(text, options) {
        Ok(matches) => matches,
        Err(error) => {
            let why =
                format!("`{text}` is no pattern of file names: {error}\nhint: `*` stands for any letters, `**` for any folders");
            places.push(nothing(why));
            return;
        }
    };
    let before = places.len();
    for found in matches {
        match found {
            Ok(found) => path(&found, places),
            Err(error) => places.push(nothing(format!("{error}\nhint: check the permissions of its folder with `ls -ld`"))),
        }
    }
    if places.len() == before {
        places.push(nothing(format!("no file matches `{text}`\nhint: check the pattern with `ls {text}`")));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_patterns_are_sorted_and_leave_out_what_is_hidden() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("b/.git")).unwrap();
        for file in ["b/2.TXT", "b/.git/x.txt", "b/10.html", "a.docx", ".hidden.txt", "~$a.docx", "c.nq", "b/[1].txt"] {
            std::fs::write(root.join(file), "x").unwrap();
        }
        let names = |argument: &str| -> Vec<String> {
            let start = format!("{}/", root.display());
            places(&[root.join(argument)]).iter().map(|place| place.name().replace(&start, "")).collect()
        };
        assert_eq!(names(""), ["a.docx", "b/10.html", "b/2.TXT", "b/[1].txt"]);
        assert_eq!(names("*"), ["a.docx", "b/10.html", "b/2.TXT", "b/[1].txt", "c.nq", "~$a.docx"]);
        assert_eq!(names("**/*.txt"), ["b/[1].txt"]);
        assert_eq!(names("b/[1].txt"), ["b/[1].txt"]);
        for (argument, said) in [("*.pdf", "no file matches"), ("b/.git/none", ""), ("a***", "no pattern")] {
            let found = places(&[root.join(argument)]);
            match found.as_slice() {
                [Place::Nothing { why, .. }] => assert!(why.contains(said) && why.contains("hint: "), "{why}"),
                [Place::File(_)] => assert_eq!(said, ""),
                _ => unreachable!("{argument}"),
            }
        }
    }
}
