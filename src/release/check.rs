//! Whether a release is whole: its files are those that it names, with their checksums, and its statements are in canonical form.

use super::manifest::Content;
use super::open::quads;
use super::{MANIFEST, Release, ReleaseError, SUMS};
use crate::describe::version::DATA;
use crate::graph::canonical::canonical;
use crate::model::id::sha256;
use crate::model::statements::Statements;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Makes sure that a release is whole.
///
/// # Errors
/// [`ReleaseError::Broken`] with the first file that is missing, too many, or not what it was; if one cannot be read.
pub fn check(release: &Release) -> Result<(), ReleaseError> {
    let folder = release.folder.as_path();
    let broken = |fault: String| ReleaseError::broken(folder, fault);
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => broken(format!("`{name}` is missing")),
            _ => ReleaseError::access(path, "read")(error),
        })
    };
    let sums = String::from_utf8(read(SUMS)?).map_err(|_| broken(format!("`{SUMS}` is no text")))?;
    let sums: BTreeMap<&str, &str> =
        sums.lines().filter_map(|line| line.split_once("  ")).map(|(sum, name)| (name, sum)).collect();
    let named: BTreeSet<&str> = release.files().map(|(name, ..)| name).filter(|name| *name != SUMS).collect();
    if let Some(name) = named.iter().find(|name| !sums.contains_key(*name)) {
        return Err(broken(format!("`{SUMS}` does not name `{name}`")));
    }
    for (name, sum) in &sums {
        if !named.contains(name) {
            return Err(broken(format!("`{SUMS}` names `{name}`, and `{MANIFEST}` does not")));
        }
        if sha256(&read(name)?) != *sum {
            return Err(broken(format!("`{name}` is not what `{SUMS}` says")));
        }
    }
    for file in &release.manifest.files {
        if sums.get(file.name.as_str()) != Some(&file.sha256.as_str()) {
            return Err(broken(format!("`{SUMS}` and `{MANIFEST}` do not agree on `{}`", file.name)));
        }
    }
    for entry in fs::read_dir(folder).map_err(ReleaseError::access(folder, "read"))? {
        let name = entry.map_err(ReleaseError::access(folder, "read"))?.file_name().to_string_lossy().into_owned();
        if name != SUMS && !named.contains(name.as_str()) {
            return Err(broken(format!("it holds `{name}`, which `{SUMS}` does not name")));
        }
    }
    faithful(&folder.join(DATA), &release.manifest.content).map_err(|fault| match fault {
        ReleaseError::Unfaithful(fault) => broken(fault),
        other => other,
    })
}

/// Makes sure that a file holds so many statements, whose canonical form it is.
pub(super) fn faithful(file: &Path, content: &Content) -> Result<(), ReleaseError> {
    let mut statements = Statements::default();
    for quad in quads(file)? {
        statements.copy(quad?.as_ref());
    }
    if statements.len() != content.statements {
        let told = format!("`{DATA}` holds {} statements, not {}", statements.len(), content.statements);
        return Err(ReleaseError::Unfaithful(told));
    }
    if sha256(canonical(&statements).as_bytes()) != content.sha256 {
        return Err(ReleaseError::Unfaithful(format!("`{DATA}` is not in canonical form")));
    }
    Ok(())
}
