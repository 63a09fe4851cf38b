//! Releases: folders of files that prove what they are, made whole or not at all, and the same bytes from the same store; what has
//! changed between two; and the versions on a live server, for those who ask for a day.

mod folder;
mod memento;

use forced_labour_graph::model::moment::Moment;
use std::collections::BTreeMap;
use std::path::Path;

/// The files of a folder, with their bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())).collect()
}

fn day(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}
