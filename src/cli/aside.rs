//! Files that are written whole or not at all.

use std::io::Write;
use std::path::Path;

/// A file that is written aside and put in its place when it is complete. What is no ordinary file, a pipe for instance, is
/// written to; where a link stands, the file that it leads to is replaced.
pub(super) enum Aside {
    File(tempfile::NamedTempFile),
    Other(std::fs::File),
}

impl Aside {
    pub(super) fn of(path: &Path) -> std::io::Result<Self> {
        if path.metadata().is_ok_and(|there| !there.is_file()) {
            return std::fs::OpenOptions::new().write(true).open(path).map(Self::Other);
        }
        let resolved = path.canonicalize();
        let path = resolved.as_deref().unwrap_or(path);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // As any new file: the process's mask takes away what it should.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        builder.prefix(".flg-").tempfile_in(folder).map(Self::File)
    }

    pub(super) fn file(&mut self) -> &mut dyn Write {
        match self {
            Self::File(file) => file,
            Self::Other(file) => file,
        }
    }

    /// Where it is until it is put in its place; `None` if it is written to directly.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::File(file) => Some(file.path()),
            Self::Other(_) => None,
        }
    }

    pub(super) fn put(self, path: &Path) -> std::io::Result<()> {
        let Self::File(file) = self else { return Ok(()) };
        let resolved = path.canonicalize();
        file.as_file().sync_all()?;
        file.persist(resolved.as_deref().unwrap_or(path)).map_err(|e| e.error)?;
        Ok(())
    }
}

/// Writes a file whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut aside = Aside::of(path)?;
    aside.file().write_all(bytes)?;
    aside.put(path)
}
