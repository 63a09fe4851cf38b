//! The data files that are part of the binary.

use crate::model::id::{content_hash, sha256};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::sync::LazyLock;

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

/// The files of a folder of `data/` with the given ending, by path, in the order of their names.
pub fn data(folder: &str, ending: &str) -> Vec<(String, Cow<'static, [u8]>)> {
    listed::<Data>(folder, ending)
}

/// The files of `ontology/` with the given ending, in the order of their names.
pub fn ontology(ending: &str) -> Vec<(String, Cow<'static, [u8]>)> {
    listed::<Ontology>("", ending)
}

/// The files of `queries/`, or of a folder in it, in the order of their names.
pub fn queries(folder: &str) -> Vec<(String, Cow<'static, [u8]>)> {
    listed::<Queries>(folder, ".rq")
}

/// What a conversion depends on besides its document: the version of the program, and a hash of all that it knows (forms,
/// words, names, ontology). `0.1.0+5f2c…` is a semantic version with build metadata.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let knowledge = ["forms", "lexicon", "authority"].map(|folder| data(folder, ""));
        let mut hashes = Vec::new();
        for (path, bytes) in knowledge.into_iter().flatten().chain(ontology("")) {
            hashes.push(path);
            hashes.push(sha256(&bytes));
        }
        let parts: Vec<&str> = hashes.iter().map(String::as_str).collect();
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
