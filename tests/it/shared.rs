//! Material that is not part of the repository: corpora, gold tables, standards' test suites.

use std::path::PathBuf;

/// A file or folder of the shared material, under `FLG_SHARED` or beside the checkout; `None`, said plainly, if it is not there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("FLG_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")), PathBuf::from);
    let found = root.join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: `{}` is not there; set FLG_SHARED to the folder that holds it", found.display());
    None
}

/// Says something past the test harness, which keeps what a passing test prints to itself.
pub(crate) fn tell(text: &str) {
    let _ = std::io::Write::write_all(&mut std::io::stderr().lock(), text.as_bytes());
}
