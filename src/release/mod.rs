//! Releases: versions of the dataset in folders of their own, which never change.
//!
//! ```text
//! releases/2026-11-29/forced-labour-graph.nq   all statements, as canonical N-Quads (RDFC-1.0)
//!                     changes.txt, .json, .ttl what is new, gone and changed since the version before, as `flg diff` tells it
//!                     added.nq, removed.nq     the same to the statement
//!                     dataset.ttl              VoID and DCAT, with links to the version before and the checksums of files
//!                     manifest.json            what it was made of: reports, knowledge, decisions, the program
//!                     SHA256SUMS               the checksum of each file, for `sha256sum -c`
//! ```
//!
//! The same store with the same name, date and notes, after the same versions, gives the same bytes. A version is written aside,
//! read back, and then gets its name: whoever looks finds all of it or nothing.

mod changes;
mod check;
mod error;
mod manifest;
mod open;
mod shelf;
mod write;

pub use check::check;
pub use error::ReleaseError;
pub use manifest::{Change, Content, Input, Manifest};
pub use open::{IN_MEMORY, Known, Opened, open};
pub use shelf::{Release, list, list_with};
pub use write::{Order, Outcome, write};

/// The file that says what a version was made of.
pub const MANIFEST: &str = "manifest.json";
/// The file of checksums.
pub const SUMS: &str = "SHA256SUMS";
/// The folder in which a version is written, and the file whose lock its writer holds.
const ASIDE: &str = ".flg-release";
const LOCK: &str = ".flg-release.lock";

/// Whether a version may have this name, which stands in addresses, file names and IRIs.
pub fn is_name(name: &str) -> bool {
    const LONGEST: usize = 64;
    /// Names of the list itself.
    const TAKEN: &str = "index";
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+');
    let begins = name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
    begins && name.len() <= LONGEST && name.bytes().all(fits) && name.split('.').next() != Some(TAKEN)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_stand_in_addresses() {
        for good in ["2026-11-29", "2026-11-29.2", "1.0.0-rc.1+5f2c", "v2"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", ".", "..", ".hidden", "-v", "a/b", "a b", "ä", "index", "index.ttl", &"x".repeat(65)] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
