//! The pages of the versions that were released: all of them, and what one holds and has changed.

use super::{Html, render};
use crate::describe::version::{self, PATH};
use crate::release::{Input, Release};
use crate::serve::error::Problem;
use crate::serve::formats;
use crate::serve::view::{Chrome, Link, number};
use askama::Template;
use std::fs::File;
use std::io::Read as _;
use std::sync::Arc;

/// So much of what has changed a page shows, in bytes; the file has all of it.
const SHOWN: u64 = 64 << 10;

struct Row {
    version: String,
    href: String,
    date: String,
    statements: String,
    changes: String,
    notes: String,
}

#[derive(Template)]
#[template(path = "releases.html")]
struct List<'a> {
    c: &'a Chrome,
    rows: Vec<Row>,
    last: String,
    formats: Vec<Link>,
}

/// The page of all versions, the newest first.
///
/// # Errors
/// If the page cannot be written.
pub fn list(all: &[Arc<Release>], c: &Chrome) -> Result<Html, Problem> {
    let form = |form: &formats::Graph| Link { href: format!("{PATH}index.{}", form.extension), text: form.name.to_owned() };
    let rows = all.iter().rev().map(|release| Row {
        version: release.version().to_owned(),
        href: format!("{PATH}{}/", release.version()),
        date: release.date.day(),
        statements: number(release.manifest.content.triples),
        changes: changes(release, c),
        notes: release.manifest.notes.clone().unwrap_or_default(),
    });
    let last = all.last().map_or_else(String::new, |release| release.date.http());
    render(&List { c, rows: rows.collect(), last, formats: formats::GRAPHS.iter().map(form).collect() })
}

/// How much has changed, in words; nothing for the first version.
fn changes(release: &Release, c: &Chrome) -> String {
    let Some(change) = release.manifest.changes else { return String::new() };
    let count = |n: usize| number(n);
    let values = [
        ("new", count(change.new)),
        ("gone", count(change.gone)),
        ("changed", count(change.changed)),
        ("added", count(change.added)),
        ("removed", count(change.removed)),
    ];
    c.fill("release.changes", &values)
}

struct Part {
    name: String,
    href: String,
    title: String,
    media_type: String,
    size: String,
    sha256: String,
}

#[derive(Template)]
#[template(path = "release.html")]
struct One<'a> {
    c: &'a Chrome,
    iri: String,
    version: String,
    date: String,
    notes: String,
    counts: Vec<(String, String)>,
    previous: Option<Link>,
    next: Option<Link>,
    data: Vec<Link>,
    files: Vec<Part>,
    inputs: Vec<Link>,
    changes: String,
    told: String,
    cut: bool,
    all: String,
}

/// The page of a version.
///
/// # Errors
/// If one of its files cannot be read.
pub fn one(all: &[Arc<Release>], release: &Release, c: &Chrome) -> Result<Html, Problem> {
    let (manifest, name) = (&release.manifest, release.version());
    let at = |name: &str| format!("{PATH}{name}/");
    let link = |name: &str| Link { href: at(name), text: name.to_owned() };
    let here = all.iter().position(|other| other.version() == name);
    let part = |(file, media_type, known): (&str, &str, Option<&version::File>)| Part {
        name: file.to_owned(),
        href: format!("{}{file}", at(name)),
        title: known.map_or_else(String::new, |file| file.title.clone()),
        media_type: media_type.to_owned(),
        size: known.map_or_else(String::new, |file| size(file.bytes)),
        sha256: known.map_or_else(String::new, |file| file.sha256.clone()),
    };
    let input = |input: &Input| Link { href: format!("{}page/id/report/{}", at(name), input.report), text: input.title.clone() };
    let file = if c.lang == "en" { "changes.txt".to_owned() } else { format!("changes.{}.txt", c.lang) };
    let (told, cut) = if manifest.changes.is_some() { beginning(release, &file)? } else { (String::new(), false) };
    let count = |key: &str, n: usize| (c.t(key).to_owned(), number(n));
    render(&One {
        c,
        iri: manifest.iri.clone(),
        version: name.to_owned(),
        date: release.date.to_string(),
        notes: manifest.notes.clone().unwrap_or_default(),
        counts: vec![
            count("dataset.reports", manifest.inputs.len()),
            count("dataset.statements", manifest.content.triples),
            count("dataset.things", manifest.content.things),
            count("release.decisions", manifest.decisions.len()),
        ],
        previous: manifest.previous.as_deref().map(link),
        next: here.and_then(|at| all.get(at + 1)).map(|next| link(next.version())),
        data: formats::GRAPHS
            .iter()
            .map(|form| Link { href: format!("{}data/dataset.{}", at(name), form.extension), text: form.name.to_owned() })
            .collect(),
        files: release.files().map(part).collect(),
        inputs: manifest.inputs.iter().map(input).collect(),
        changes: changes(release, c),
        told,
        cut,
        all: format!("{}{file}", at(name)),
    })
}

/// The beginning of a file, to the end of a line, and whether there is more.
fn beginning(release: &Release, file: &str) -> Result<(String, bool), Problem> {
    let mut text = Vec::new();
    let opened = File::open(release.folder.join(file));
    let read = opened.and_then(|file| file.take(SHOWN + 1).read_to_end(&mut text));
    read.map_err(|error| Problem::internal(&error))?;
    let cut = text.len() as u64 > SHOWN;
    let whole = if cut { text.iter().rposition(|b| *b == b'\n').unwrap_or_default() } else { text.len() };
    text.truncate(whole);
    Ok((String::from_utf8_lossy(&text).trim_end().to_owned(), cut))
}

/// A number of bytes, for people.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 3] = ["KiB", "MiB", "GiB"];
    let mut tenths = bytes.saturating_mul(10);
    let mut unit = "B";
    for next in UNITS {
        if tenths < 10_240 {
            break;
        }
        tenths /= 1_024;
        unit = next;
    }
    if unit == "B" { format!("{bytes} B") } else { format!("{}.{} {unit}", tenths / 10, tenths % 10) }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_told_in_units() {
        for (bytes, told) in [(0, "0 B"), (1_023, "1023 B"), (1_536, "1.5 KiB"), (5 << 20, "5.0 MiB"), (3 << 40, "3072.0 GiB")] {
            assert_eq!(size(bytes), told);
        }
    }
}
