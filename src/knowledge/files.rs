//! The data files: those that are part of the binary, and those of a folder that a user lays over them.

use crate::model::id::{content_hash, sha256};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

/// What a folder may lay over: the folders of `data/`, and how their files end.
const LAID: [(&str, &str); 4] = [("forms", ".toml"), ("lexicon", ".toml"), ("places", ".toml"), ("authority", ".ttl")];
/// The files that were laid over, by path; set once, before anything is read.
static OVER: OnceLock<Over> = OnceLock::new();

#[derive(Debug, Default)]
struct Over {
    folder: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
}

#[derive(RustEmbed)]
#[folder = "data/"]
#[exclude = "authority/generate/*"]
struct Data;

#[derive(RustEmbed)]
#[folder = "ontology/"]
struct Ontology;

#[derive(RustEmbed)]
#[folder = "queries/"]
#[include = "*.rq"]
struct Queries;

/// Why a folder cannot be laid over the data files.
#[derive(Debug, thiserror::Error)]
pub enum OverlayError {
    /// It or a file in it cannot be read.
    #[error("cannot read `{0}`\nhint: `--knowledge` takes a folder with {folders}", file.display(), folders = folders())]
    Unreadable {
        /// The folder or file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It has something in it that is no data file.
    #[error("`{0}` is no data file\nhint: the folder of `--knowledge` holds {folders}", file.display(), folders = folders())]
    Foreign {
        /// The file.
        file: PathBuf,
    },
    /// It has nothing in it.
    #[error("`{0}` holds no data file\nhint: put them into {folders}", file.display(), folders = folders())]
    Empty {
        /// The folder.
        file: PathBuf,
    },
    /// Data files have been read already, or another folder was laid over.
    #[error("the data files are in use already\nhint: lay a folder over them before anything else is done")]
    Late,
}

fn folders() -> String {
    LAID.map(|(folder, ending)| format!("`{folder}/*{ending}`")).join(", ")
}

/// Lays the files of a folder over those that are part of the binary, for the rest of the process: a file with the name of one
/// of them stands instead of it, another is added. To be called before any data file is read.
///
/// # Errors
/// If it cannot be read, or holds anything but data files.
pub fn lay_over(folder: &Path) -> Result<(), OverlayError> {
    let unreadable = |file: &Path| {
        let file = file.to_path_buf();
        move |source| OverlayError::Unreadable { file, source }
    };
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((_, ending)) = LAID.iter().find(|(laid, _)| *laid == name && path.is_dir()) else {
            // Notes beside the data are nobody's business.
            if path.is_dir() || path.extension().is_some_and(|e| e == "toml" || e == "ttl") {
                return Err(OverlayError::Foreign { file: path });
            }
            continue;
        };
        for entry in std::fs::read_dir(&path).map_err(unreadable(&path))? {
            let file = entry.map_err(unreadable(&path))?.path();
            let of_kind = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if of_kind.starts_with('.') || file.extension().is_some_and(|e| e == "md") {
                continue;
            }
            if !of_kind.ends_with(ending) {
                return Err(OverlayError::Foreign { file });
            }
            let bytes = std::fs::read(&file).map_err(unreadable(&file))?;
            found.insert(format!("{name}/{of_kind}"), bytes);
        }
    }
    if found.is_empty() {
        return Err(OverlayError::Empty { file: folder.to_path_buf() });
    }
    OVER.set(Over { folder: folder.to_path_buf(), files: found }).map_err(|_| OverlayError::Late)
}

/// Where a data file is, for messages: in the folder that was laid over, or in `data/`.
pub fn place(file: &str) -> String {
    let over = OVER.get().filter(|over| over.files.contains_key(file));
    over.map_or_else(|| format!("data/{file}"), |over| over.folder.join(file).display().to_string())
}

/// The files of a folder of `data/` with the given ending, by path, in the order of their names; with those laid over them.
pub fn data(folder: &str, ending: &str) -> Vec<(String, Cow<'static, [u8]>)> {
    let mut files: BTreeMap<String, Cow<'static, [u8]>> = listed::<Data>(folder, ending).into_iter().collect();
    let over = &OVER.get_or_init(Over::default).files;
    let in_folder = |path: &String| path.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'));
    for (path, bytes) in over.iter().filter(|(path, _)| in_folder(path) && path.ends_with(ending)) {
        files.insert(path.clone(), Cow::Borrowed(bytes.as_slice()));
    }
    files.into_iter().collect()
}

/// The files of `ontology/` with the given ending, in the order of their names.
pub fn ontology(ending: &str) -> Vec<(String, Cow<'static, [u8]>)> {
    listed::<Ontology>("", ending)
}

/// The files of `queries/`, or of a folder in it, in the order of their names.
pub fn queries(folder: &str) -> Vec<(String, Cow<'static, [u8]>)> {
    listed::<Queries>(folder, ".rq")
}

/// All that the program knows: forms, words, names and the ontology, each file with its SHA-256.
pub fn knowledge() -> Vec<(String, String)> {
    let files = LAID.map(|(folder, _)| data(folder, ""));
    let files = files.into_iter().flatten().chain(ontology(""));
    files.map(|(path, bytes)| (path, sha256(&bytes))).collect()
}

/// What a conversion depends on besides its document: the version of the program, and a hash of all that it knows (forms,
/// words, names, ontology). `0.1.0+5f2c…` is a semantic version with build metadata.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let files = knowledge();
        let parts: Vec<&str> = files.iter().flat_map(|(path, hash)| [path.as_str(), hash]).collect();
        format!("{}+{}", env!("CARGO_PKG_VERSION"), &content_hash(&parts)[..16])
    });
    &VERSION
}

fn listed<E: RustEmbed>(folder: &str, ending: &str) -> Vec<(String, Cow<'static, [u8]>)> {
    let mut paths: Vec<_> = E::iter()
        .filter(|path| path.rsplit_once('/').map_or("", |(dir, _)| dir) == folder.trim_end_matches('/') && path.ends_with(ending))
        .collect();
    paths.sort();
    paths.into_iter().filter_map(|path| E::get(&path).map(|file| (path.to_string(), file.data))).collect()
}
