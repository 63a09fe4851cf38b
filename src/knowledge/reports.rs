//! The reports that come with the program, `data/reports/`, and what `sources.toml` there says of each.

use super::files;
use super::form::Curie;
use crate::model::id::sha256;
use crate::model::lang::Lang;
use serde::Deserialize;
use std::borrow::Cow;

/// The folder of the reports, as messages name it.
pub const FOLDER: &str = "data/reports";
/// The file that lists them.
const LIST: &str = "sources.toml";

/// What is recorded of a report.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its file, in the same folder.
    pub file: String,
    /// Its title, as it stands in it, line ends folded.
    pub title: String,
    /// Who published it.
    pub publisher: Curie,
    /// The country that it is about.
    pub country: Curie,
    /// The year that it is about.
    pub year: i32,
    /// The language that it is written in.
    pub language: Lang,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// Where it comes from, for readers.
    pub origin: String,
}

/// A report that is part of the binary.
#[derive(Clone, Debug)]
pub struct Bundled {
    /// What is recorded of it.
    pub source: Source,
    /// The file, whose checksum is the one recorded.
    pub bytes: Cow<'static, [u8]>,
}

impl Bundled {
    /// The path of its file in the repository: `data/reports/mexico-2021-p029.es.txt`.
    pub fn path(&self) -> String {
        format!("{FOLDER}/{}", self.source.file)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default, rename = "report")]
    reports: Vec<Source>,
}

/// Why the reports that come with the program cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ReportsError {
    /// The list is no TOML, or not of the right shape.
    #[error("`{FOLDER}/{LIST}` is no list of reports: {0}")]
    Shape(String),
    /// A file that is listed is not there.
    #[error(
        "`{FOLDER}/{0}` is listed in `{FOLDER}/{LIST}`, but is not there\nhint: restore the file, or take it out of the list"
    )]
    Missing(String),
    /// A file stands in the list twice.
    #[error("`{FOLDER}/{LIST}` lists `{0}` twice\nhint: take one of the two out")]
    Twice(String),
    /// A file is there that is not listed.
    #[error("`{FOLDER}/{0}` is not listed in `{FOLDER}/{LIST}`\nhint: say there what it is and where it comes from")]
    Unlisted(String),
    /// A file is not the one that was recorded.
    #[error(
        "`{FOLDER}/{file}` has the SHA-256 {found}, but `{FOLDER}/{LIST}` records {recorded}\nhint: restore the file as it was published; if the change is meant, record its new checksum"
    )]
    Checksum {
        /// The file.
        file: String,
        /// Its checksum.
        found: String,
        /// The one that is recorded.
        recorded: String,
    },
}

/// The reports that are part of the binary, in the order of the list.
///
/// # Errors
/// If list and files do not agree.
pub fn bundled() -> Result<Vec<Bundled>, ReportsError> {
    from_files(files::data("reports", ""))
}

/// Reports from the files of a folder, each a path that ends in its name, and its bytes.
///
/// # Errors
/// If list and files do not agree; files whose names begin with a dot are passed over.
pub fn from_files(files: Vec<(String, Cow<'static, [u8]>)>) -> Result<Vec<Bundled>, ReportsError> {
    let mut files: Vec<_> = files
        .into_iter()
        .map(|(path, bytes)| (path.rsplit('/').next().unwrap_or(&path).to_owned(), bytes))
        .filter(|(name, _)| !name.starts_with('.'))
        .collect();
    let list = files.iter().position(|(name, _)| name == LIST).map(|at| files.remove(at).1).unwrap_or_default();
    let list = std::str::from_utf8(&list).map_err(|e| ReportsError::Shape(e.to_string()))?;
    let list: List = toml::from_str(list).map_err(|e| ReportsError::Shape(e.to_string()))?;
    let mut reports: Vec<Bundled> = Vec::new();
    for source in list.reports {
        let name = source.file.clone();
        if reports.iter().any(|r| r.source.file == name) {
            return Err(ReportsError::Twice(name));
        }
        let at = files.iter().position(|(file, _)| *file == name).ok_or(ReportsError::Missing(name))?;
        let (file, bytes) = files.swap_remove(at);
        let found = sha256(&bytes);
        if found != source.sha256 {
            return Err(ReportsError::Checksum { file, found, recorded: source.sha256 });
        }
        reports.push(Bundled { source, bytes });
    }
    match files.into_iter().map(|(name, _)| name).min() {
        Some(name) => Err(ReportsError::Unlisted(name)),
        None => Ok(reports),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn listed(sha256: &str) -> String {
        format!(
            "[[report]]\nfile = \"a.txt\"\ntitle = \"A\"\npublisher = \"id:organization/ilo\"\ncountry = \"id:country/mex\"\n\
             year = 2021\nlanguage = \"es\"\nsha256 = \"{sha256}\"\norigin = \"a test\"\n"
        )
    }
    fn load(files: &[(&str, &str)]) -> Result<Vec<Bundled>, String> {
        let files = files.iter().map(|(name, text)| (format!("reports/{name}"), Cow::Owned(text.as_bytes().to_vec())));
        from_files(files.collect()).map_err(|e| e.to_string())
    }

    #[test]
    fn the_shipped_reports_are_those_that_are_recorded() {
        let reports = bundled().unwrap();
        assert!(!reports.is_empty());
        assert!(reports.iter().all(|r| !r.source.origin.is_empty() && !r.source.title.is_empty()));
    }

    #[test]
    fn a_changed_file_is_refused_by_name_with_a_remedy() {
        let right = sha256(b"uno");
        assert_eq!(load(&[("sources.toml", &listed(&right)), ("a.txt", "uno")]).unwrap()[0].path(), "data/reports/a.txt");
        let message = load(&[("sources.toml", &listed(&right)), ("a.txt", "dos")]).unwrap_err();
        assert!(message.contains("`data/reports/a.txt` has the SHA-256") && message.contains(&right), "{message}");
        assert!(message.contains("\nhint: restore the file"), "{message}");
    }

    #[test]
    fn list_and_folder_agree() {
        let right = sha256(b"uno");
        let list = listed(&right);
        for (files, expected) in [
            (vec![("sources.toml", list.as_str())], "is not there"),
            (vec![("sources.toml", ""), ("a.txt", "uno")], "is not listed"),
            (vec![("sources.toml", &list.repeat(2)), ("a.txt", "uno")], "twice"),
            (vec![("sources.toml", "[[report]]\ncolour = 1")], "no list of reports"),
            (vec![("sources.toml", &format!("{list}\ncolour = 1")), ("a.txt", "uno")], "unknown field `colour`"),
        ] {
            let message = load(&files).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }
}
