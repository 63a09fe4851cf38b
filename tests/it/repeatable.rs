//! The same report gives the same bytes: again, in another process, and whatever order the data files are read in.

use crate::sample::{TEXT, authority, conversion, convert, its_form, read};
use forced_labour_graph::extract::Extractor;
use forced_labour_graph::graph::{self, canonical::canonical_nquads};
use forced_labour_graph::knowledge::authority::Authority;
use forced_labour_graph::knowledge::classes::Classes;
use forced_labour_graph::knowledge::{files, lexicon::lexicons, places::Places};
use forced_labour_graph::link;
use oxigraph::model::{Quad, QuadRef};
use std::process::Command;

/// Where the other process writes what it converts.
const OUT: &str = "FLG_TEST_OUT";

#[test]
fn the_same_report_gives_the_same_bytes() {
    let bytes = canonical_nquads(convert(TEXT).quads());
    if let Ok(out) = std::env::var(OUT) {
        std::fs::write(out, &bytes).unwrap();
        return;
    }
    assert!(bytes.lines().count() > 3000);
    assert!(bytes == canonical_nquads(conversion().quads()), "a second conversion differs");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.nq");
    let mut other = Command::new(std::env::current_exe().unwrap());
    let other = other.args(["--exact", "repeatable::the_same_report_gives_the_same_bytes"]).env(OUT, &out).output().unwrap();
    assert!(other.status.success(), "{}", String::from_utf8_lossy(&other.stderr));
    assert!(bytes == std::fs::read_to_string(&out).unwrap(), "another process converts it otherwise");
}

#[test]
fn the_canonical_form_knows_no_order() {
    let quads = conversion().quads();
    let backwards: Vec<Quad> = quads.iter().rev().chain(quads.iter().take(50)).cloned().collect();
    assert!(canonical_nquads(backwards) == canonical_nquads(quads.clone()));
}

/// The quads of the report with this authority and lexicons in this order, unchecked.
fn quads(authority: &Authority, backwards: bool) -> Vec<Quad> {
    let mut words = lexicons().unwrap();
    if backwards {
        words.reverse();
    }
    let extractor =
        Extractor::new(authority.clone(), Classes::load().unwrap(), &words, &Places::load(authority).unwrap()).unwrap();
    let it = read(TEXT);
    let claims = extractor.claims(&it.document, &it.report, its_form());
    let linked = link::identify(claims, &it.document, &it.report, authority);
    let of_form = graph::of_form(its_form());
    let report = &it.report;
    let input = graph::Input { document: &it.document, report, form: its_form(), of_form: &of_form, linked: &linked, authority };
    graph::statements(input).iter().map(QuadRef::into_owned).collect()
}

#[test]
fn the_order_of_the_data_files_changes_nothing() {
    // Files in the opposite order, and in each file the entities in the opposite order, behind its prefixes.
    let mut all: Vec<(String, Vec<u8>)> =
        files::data("authority", ".ttl").into_iter().map(|(file, bytes)| (file, backwards(&bytes))).collect();
    all.reverse();
    let other = Authority::from_files(all).unwrap();
    assert_eq!(other.quads().len(), authority().quads().len());
    let (one, two) = (quads(authority(), false), quads(&other, true));
    assert!(one == two, "{:#?}", one.iter().filter(|q| !two.contains(q)).take(5).collect::<Vec<_>>());
    assert!(one == conversion().quads(), "the converter makes something else of it");
}

/// A Turtle file whose paragraphs, prefixes aside, come in the opposite order.
fn backwards(bytes: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).unwrap();
    let (prefixes, rest): (Vec<&str>, Vec<&str>) = text.split("\n\n").partition(|paragraph| paragraph.contains("@prefix"));
    prefixes.into_iter().chain(rest.into_iter().rev()).collect::<Vec<_>>().join("\n\n").into_bytes()
}
