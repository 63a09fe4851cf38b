//! The releases that there are.

use super::manifest::{FORMAT, Manifest};
use super::{MANIFEST, ReleaseError, SUMS, is_name};
use crate::describe::version::{DATA, File, Version};
use crate::model::moment::Moment;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A release in its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The folder.
    pub folder: PathBuf,
    /// What it was made of.
    pub manifest: Manifest,
    /// From when on it stands for the dataset.
    pub date: Moment,
}

impl Release {
    /// The release in a folder, which bears the name of its version.
    ///
    /// # Errors
    /// [`ReleaseError::Broken`] if the folder is none.
    pub fn read(folder: &Path) -> Result<Self, ReleaseError> {
        let path = folder.join(MANIFEST);
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => ReleaseError::broken(folder, format!("it has no `{MANIFEST}`")),
            _ => ReleaseError::access(&path, "read")(error),
        })?;
        let broken = |fault: String| ReleaseError::broken(folder, fault);
        let manifest: Manifest =
            serde_json::from_slice(&bytes).map_err(|error| broken(format!("`{MANIFEST}` is none: {error}")))?;
        if manifest.format != FORMAT {
            return Err(broken(format!("`{MANIFEST}` is of the format `{}`, and `{FORMAT}` is read", manifest.format)));
        }
        let date = Moment::parse(&manifest.date).ok_or_else(|| broken(format!("its date is `{}`", manifest.date)))?;
        let found = manifest.files.iter().find(|file| !is_plain(&file.name));
        if let Some(file) = found {
            return Err(broken(format!("`{MANIFEST}` names the file `{}`", file.name)));
        }
        Ok(Self { folder: folder.to_owned(), manifest, date })
    }

    /// The name of the version.
    pub fn version(&self) -> &str {
        &self.manifest.version
    }

    /// What is published of it.
    pub fn described(&self) -> Version {
        Version {
            name: self.manifest.version.clone(),
            date: self.date,
            previous: self.manifest.previous.clone(),
            notes: self.manifest.notes.clone(),
        }
    }

    /// The file of all its statements.
    pub fn data(&self) -> PathBuf {
        self.folder.join(DATA)
    }

    /// All its files that can be had, with their media types and, but for the manifest and the checksums, their own checksums.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str, Option<&File>)> {
        let others = [(MANIFEST, "application/json", None), (SUMS, "text/plain", None)];
        self.manifest.files.iter().map(|file| (file.name.as_str(), file.media_type.as_str(), Some(file))).chain(others)
    }
}

/// Whether a name is that of a file in the folder itself.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0'])
}

/// The releases in a folder, the oldest first; none if there is no folder. What begins with a dot is none, and files are not.
///
/// # Errors
/// [`ReleaseError::Broken`] at the first folder that is none.
pub fn list(folder: &Path) -> Result<Vec<Release>, ReleaseError> {
    list_with(folder, &mut Err)
}

/// The same; of a folder that is none, `fault` says whether that ends it.
///
/// # Errors
/// What `fault` returns; if the folder of all cannot be read.
pub fn list_with(
    folder: &Path,
    fault: &mut dyn FnMut(ReleaseError) -> Result<(), ReleaseError>,
) -> Result<Vec<Release>, ReleaseError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(ReleaseError::access(folder, "read")(error)),
    };
    let mut all = Vec::new();
    for entry in entries {
        let path = entry.map_err(ReleaseError::access(folder, "read"))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || !path.is_dir() {
            continue;
        }
        match Release::read(&path) {
            Ok(release) if release.version() == name && is_name(&name) => all.push(release),
            Ok(other) => fault(ReleaseError::broken(&path, format!("it is that of version `{}`", other.version())))?,
            Err(error) => fault(error)?,
        }
    }
    all.sort_by(|a, b| (a.date, a.version()).cmp(&(b.date, b.version())));
    Ok(all)
}
