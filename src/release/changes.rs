//! What is new, gone and changed since the version before: in words of three languages and as RDF, as `flg diff` tells it, and to the
//! statement.

use super::manifest::Change;
use super::open::quads;
use super::{Release, ReleaseError};
use crate::describe::version::DATA;
use crate::diff::{self, Kind, Side, Single, Words};
use crate::facts::texts::{LANGUAGES, filled};
use crate::graph::serialise::{Syntax, write_quads};
use crate::store::Store;
use oxigraph::model::Quad;
use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;

/// A file that is to be written: its name, what it is, its media type, and its bytes.
pub(super) struct Made {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// How much has changed since a version, and the files that tell it. `text` is all that there is now, in canonical form, as the
/// folder `now` holds it.
pub(super) fn since(
    before: &Release,
    (now, text): (&Path, &str),
    version: &str,
    store: &dyn Store,
) -> Result<(Change, Vec<Made>), ReleaseError> {
    let (old, new) = (side(&before.data())?, side(&now.join(DATA))?);
    let changes = diff::compare(&old, &new, &Single::load());
    let [added, removed] = statements(&before.data(), text)?;
    let count = |kinds: &[Kind]| changes.iter().filter(|change| kinds.contains(&change.kind)).count();
    let lines = |text: &str| text.lines().count();
    let change = Change {
        new: count(&[Kind::New, Kind::Filled]),
        gone: count(&[Kind::Gone, Kind::Emptied]),
        changed: count(&[Kind::Changed]),
        added: lines(&added),
        removed: lines(&removed),
    };
    let words = |lang| Words { before: &old, after: &new, store: Some(store), lang };
    let title = |what: &str| format!("{what} since version {}", before.version());
    let mut files = Vec::new();
    for (lang, name) in LANGUAGES {
        let lines = words(lang).lines(&changes);
        let mut bytes = lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        bytes.truncate(bytes.trim_end().len());
        bytes.push('\n');
        if change.added + change.removed > 0 {
            let counts = [("added", change.added.to_string()), ("removed", change.removed.to_string())];
            bytes.extend(["\n", &filled("release.statements", lang, &counts), "\n"]);
        }
        let file = if *lang == "en" { "changes.txt".to_owned() } else { format!("changes.{lang}.txt") };
        files.push(Made {
            name: file,
            title: format!("{} ({name})", title("What is new, gone and changed")),
            media_type: "text/plain",
            bytes: bytes.into_bytes(),
        });
    }
    let english = words("en");
    let all: Vec<_> = changes.iter().map(|change| english.json(change)).collect();
    let json = serde_json::json!({ "before": before.version(), "after": version, "changes": all });
    let mut bytes = serde_json::to_vec_pretty(&json).map_err(|error| unwritable("changes.json", error))?;
    bytes.push(b'\n');
    files.push(Made {
        name: "changes.json".to_owned(),
        title: title("What has changed, for programs,"),
        media_type: "application/json",
        bytes,
    });
    let mut bytes = Vec::new();
    let sets = diff::quads(&changes, |change| english.sentence(change), "en");
    write_quads(sets, Syntax::Turtle, &mut bytes).map_err(|error| unwritable("changes.ttl", error))?;
    files.push(Made {
        name: "changes.ttl".to_owned(),
        title: title("What has changed, as RDF change sets,"),
        media_type: "text/turtle",
        bytes,
    });
    for (name, what, text) in
        [("added.nq", "Statements that are new", added), ("removed.nq", "Statements that are gone", removed)]
    {
        files.push(Made {
            name: name.to_owned(),
            title: title(what),
            media_type: "application/n-quads",
            bytes: text.into_bytes(),
        });
    }
    Ok((change, files))
}

fn unwritable(file: &str, error: impl Into<io::Error>) -> ReleaseError {
    ReleaseError::Access { path: file.into(), action: "written", source: error.into() }
}

fn side(file: &Path) -> Result<Side, ReleaseError> {
    Ok(Side::new(quads(file)?.collect::<Result<Vec<Quad>, _>>()?))
}

/// The lines that only the text has, and those that only the file has; both are sorted. A blank node may have another name in each.
fn statements(before: &Path, text: &str) -> Result<[String; 2], ReleaseError> {
    let read = |error| ReleaseError::access(before, "read")(error);
    let mut old = BufReader::new(File::open(before).map_err(read)?).lines();
    let mut new = text.lines().peekable();
    let (mut added, mut removed) = (String::new(), String::new());
    let put = |to: &mut String, line: &str| to.extend([line, "\n"]);
    let mut was = old.next().transpose().map_err(read)?;
    loop {
        let order = match (&was, new.peek()) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(was), Some(is)) => was.as_str().cmp(is),
        };
        if let (Some(line), Ordering::Less) = (&was, order) {
            put(&mut removed, line);
        }
        if let (Some(line), Ordering::Greater) = (new.peek(), order) {
            put(&mut added, line);
        }
        if order.is_le() {
            was = old.next().transpose().map_err(read)?;
        }
        if order.is_ge() {
            new.next();
        }
    }
    Ok([added, removed])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn sorted_lines_are_compared_in_one_pass() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for (before, after, added, removed) in [
            ("a\nb\nc\n", "a\nbb\nc\nd\n", "bb\nd\n", "b\n"),
            ("", "a\n", "a\n", ""),
            ("a\nz\n", "", "", "a\nz\n"),
            ("a\n", "a\n", "", ""),
        ] {
            std::fs::write(file.path(), before).unwrap();
            assert_eq!(statements(file.path(), after).unwrap(), [added, removed], "{before:?} {after:?}");
        }
    }
}
