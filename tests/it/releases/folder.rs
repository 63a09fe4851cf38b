//! `flg release`, as its user meets it.

use super::files;
use crate::cli::{Desk, REPORT, changed};
use forced_labour_graph::graph::canonical::canonical_nquads;
use forced_labour_graph::model::id::sha256;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::time::Duration;

const BASE: &str = "https://w3id.org/forced-labour-graph/";

fn quads(text: &str, format: RdfFormat) -> Vec<Quad> {
    RdfParser::from_format(format).for_slice(text.as_bytes()).map(|quad| quad.unwrap_or_else(|e| panic!("{e}: {text}"))).collect()
}

fn manifest(desk: &Desk, version: &str) -> Value {
    serde_json::from_str(&desk.read(&format!("releases/{version}/manifest.json"))).unwrap()
}

/// Whether `sha256sum` finds all files to be what the release says.
fn sums_hold(desk: &Desk, version: &str) -> bool {
    let folder = desk.path(&format!("releases/{version}"));
    let run = Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(folder).output().unwrap();
    run.status.success()
}

#[test]
fn a_release_proves_what_it_holds() {
    let desk = Desk::with_store();
    let run = desk.flg(&["release", "--version", "1.0.0", "--date", "2026-10-01", "--notes", "The first"]).good();
    assert!(run.out.starts_with("Released version `1.0.0` of 2026-10-01T00:00:00Z in `releases/1.0.0`"), "{}", run.out);
    let names: Vec<String> = files(&desk.path("releases/1.0.0")).into_keys().collect();
    assert_eq!(names, ["SHA256SUMS", "dataset.ttl", "forced-labour-graph.nq", "manifest.json"]);
    assert!(sums_hold(&desk, "1.0.0"));
    // The statements are those of the store, in canonical form.
    let text = desk.read("releases/1.0.0/forced-labour-graph.nq");
    assert!(text == desk.content() && text == canonical_nquads(quads(&text, RdfFormat::NQuads)), "the statements differ");
    let said = manifest(&desk, "1.0.0");
    assert_eq!(said["content"]["sha256"], sha256(text.as_bytes()));
    assert!(run.out.contains(&sha256(text.as_bytes())), "{}", run.out);
    assert_eq!(said["content"]["statements"], text.lines().count());
    let triples: BTreeSet<&str> = text.lines().map(|line| line.rsplitn(3, ' ').nth(2).unwrap()).collect();
    assert_eq!(said["content"]["triples"], triples.len());
    assert_eq!((&said["previous"], &said["changes"], &said["notes"]), (&Value::Null, &Value::Null, &"The first".into()));
    // What it was made of can be found again: the report's file, and what the program knows.
    let input = &said["inputs"][0];
    assert_eq!(said["inputs"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&input["report"], &input["form"], &input["language"]),
        (&"mex-2021-p029".into(), &"ilo-p029-2021".into(), &"es".into())
    );
    assert_eq!(input["sha256"], sha256(&std::fs::read(REPORT).unwrap()));
    assert_eq!(input["reader"], said["program"]["version"]);
    let known = said["program"]["knowledge"].as_array().unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in known {
        let name = file["file"].as_str().unwrap();
        let path = [root.join("data").join(name), root.join("ontology").join(name)].into_iter().find(|path| path.exists());
        assert_eq!(file["sha256"], sha256(&std::fs::read(path.unwrap()).unwrap()), "{name}");
    }
    assert!(known.len() > 10, "{known:?}");
    // The description says where each file is, how large, and with which checksum.
    let described = quads(&desk.read("releases/1.0.0/dataset.ttl"), RdfFormat::Turtle);
    let has = |subject: &str, property: &str, value: &str| {
        let is = |quad: &Quad| {
            quad.subject.to_string() == format!("<{BASE}{subject}>")
                && quad.predicate.as_str() == property
                && quad.object.to_string().contains(value)
        };
        assert!(described.iter().any(is), "{subject} {property} {value}");
    };
    let this = "release/1.0.0";
    has(this, "http://www.w3.org/ns/dcat#version", "\"1.0.0\"");
    has(this, "http://purl.org/dc/terms/isVersionOf", "graph/dataset>");
    has(this, "http://www.w3.org/ns/adms#versionNotes", "The first");
    has(this, "http://rdfs.org/ns/void#triples", &format!("\"{}\"", triples.len()));
    has(
        &format!("{this}#forced-labour-graph.nq"),
        "http://www.w3.org/ns/dcat#downloadURL",
        &format!("{this}/forced-labour-graph.nq>"),
    );
    has(&format!("{this}#forced-labour-graph.nq"), "http://www.w3.org/ns/dcat#byteSize", &format!("\"{}\"", text.len()));
    has(&format!("{this}#forced-labour-graph.nq-sha256"), "http://spdx.org/rdf/terms#checksumValue", &sha256(text.as_bytes()));
    assert!(described.iter().all(|quad| !quad.predicate.as_str().ends_with("previousVersion")));
}

#[test]
fn the_same_store_gives_the_same_bytes_and_what_is_released_stays() {
    let desk = Desk::with_store();
    let make = |out: &str, more: &[&str]| desk.flg(&[&["release", "--out", out, "--date", "2026-10-01"], more].concat());
    make("one", &[]).good();
    std::thread::sleep(Duration::from_millis(1_100)); // another second, for whatever looks at the clock
    make("two", &[]).good();
    assert_eq!(files(&desk.path("one/2026-10-01")), files(&desk.path("two/2026-10-01")));
    // The same state is no other version, unless that is wanted; then its day has a number.
    let before = files(&desk.path("one/2026-10-01"));
    let run = desk.flg(&["release", "--out", "one", "--date", "2026-10-01T12:00:00Z"]).good();
    assert!(
        run.out.contains("Nothing has changed since version `2026-10-01`") && run.err.contains("hint: `--force`"),
        "{}",
        run.out
    );
    let json = desk.flg(&["release", "--out", "one", "--json"]).good().json();
    assert_eq!(json, serde_json::json!({ "unchanged": "2026-10-01" }));
    let run = desk.flg(&["release", "--out", "one", "--date", "2026-10-01T12:00:00Z", "--force"]).good();
    assert!(
        run.out.contains("version `2026-10-01.2`") && run.out.contains("0 new, 0 gone, 0 changed; 0 statements more"),
        "{}",
        run.out
    );
    assert_eq!(desk.read("one/2026-10-01.2/changes.txt"), "Nothing is new, gone or changed.\n");
    // Neither is an old one replaced, nor one put before it.
    make("one", &["--version", "2026-10-01"]).refused(&["version `2026-10-01` is there already"]);
    make("one", &["--version", "other", "--force"])
        .refused(&["2026-10-01T00:00:00Z is not after 2026-10-01T12:00:00Z", "`2026-10-01.2`"]);
    make("one", &["--version", "../other"]).refused(&["no version can be called `../other`"]);
    assert_eq!(files(&desk.path("one/2026-10-01")), before);
    let wrong = desk.flg(&["release", "--date", "yesterday"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("such as 2026-11-29"), "{}", wrong.err);
    desk.flg(&["release", "--store", "none"]).refused(&["there is no store at `none`"]);
    desk.write("file", "");
    desk.flg(&["release", "--out", "file"]).refused_without_hint(&["`file`"]);
    assert_eq!(desk.flg(&["release", "--out", "one", "--check"]).good().out.matches("is whole").count(), 2);
}

#[test]
fn what_has_changed_is_told_as_diff_tells_it() {
    let desk = Desk::with_store();
    desk.flg(&["release", "--date", "2026-10-01"]).good();
    desk.write("corrected.txt", changed());
    desk.flg(&["add", "--force", "corrected.txt", "--quiet"]).good();
    let claim = desk.flg(&["query", "-e", "SELECT ?c { ?c rdf:predicate flg:fundedBy }", "--format", "csv"]).good().out;
    let claim = claim.lines().nth(1).unwrap().trim().to_owned();
    desk.flg(&["review", "reject", &claim, "--why", "another project", "--by", "Ana"]).good();
    let json = desk.flg(&["release", "--date", "2026-11-01", "--json"]).good().json();
    assert!(sums_hold(&desk, "2026-11-01") && sums_hold(&desk, "2026-10-01"));
    // As `flg diff` has it, in words, for programs and as RDF.
    let (old, new) = ("releases/2026-10-01/forced-labour-graph.nq", "releases/2026-11-01/forced-labour-graph.nq");
    let told: Value = serde_json::from_str(&desk.read("releases/2026-11-01/changes.json")).unwrap();
    let diffed = desk.flg(&["diff", old, new, "--json"]).good().json();
    let essence = |json: &Value| -> Vec<[String; 4]> {
        let all = json["changes"].as_array().unwrap().iter();
        all.map(|c| [&c["kind"], &c["property"], &c["before"]["value"], &c["after"]["value"]].map(ToString::to_string)).collect()
    };
    assert_eq!(essence(&told), essence(&diffed));
    let words = desk.read("releases/2026-11-01/changes.txt");
    for expected in ["641", "777", "- Gone: ", "mex-2021-p029: The answer to", "“"] {
        assert!(words.contains(expected), "`{expected}` is not in: {words}");
    }
    assert!(desk.read("releases/2026-11-01/changes.es.txt").contains("La respuesta a"));
    assert!(desk.read("releases/2026-11-01/changes.fr.txt").contains("La réponse à"));
    let sets = quads(&desk.read("releases/2026-11-01/changes.ttl"), RdfFormat::Turtle);
    assert_eq!(sets.iter().filter(|quad| quad.object.to_string().ends_with("#ChangeSet>")).count(), essence(&told).len());
    // To the statement: what was there, without what is gone and with what is new, is what there is.
    let lines = |name: &str| desk.read(name).lines().map(str::to_owned).collect::<BTreeSet<String>>();
    let (added, removed) = (lines("releases/2026-11-01/added.nq"), lines("releases/2026-11-01/removed.nq"));
    assert!(removed.is_subset(&lines(old)) && !added.is_empty() && !removed.is_empty());
    let patched: BTreeSet<String> = lines(old).difference(&removed).cloned().chain(added.iter().cloned()).collect();
    assert!(patched == lines(new), "old, less removed, plus added, is not new");
    let said = manifest(&desk, "2026-11-01");
    assert_eq!(json["release"], said);
    assert_eq!((&said["changes"]["added"], &said["changes"]["removed"]), (&added.len().into(), &removed.len().into()));
    assert_eq!((&said["decisions"][0]["verdict"], &said["decisions"][0]["by"]), (&"reject".into(), &"Ana".into()));
    let described = desk.read("releases/2026-11-01/dataset.ttl");
    for link in ["dcat:previousVersion <release/2026-10-01>", "prov:wasRevisionOf <release/2026-10-01>"] {
        assert!(described.contains(link), "{link}: {described}");
    }
}

#[test]
fn a_release_that_was_touched_is_told_apart() {
    let desk = Desk::with_store();
    desk.flg(&["release", "--date", "2026-10-01"]).good();
    let whole = files(&desk.path("releases/2026-10-01"));
    let data = "releases/2026-10-01/forced-labour-graph.nq";
    let text = desk.read(data);
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(3, 4);
    for (file, bytes, fault) in [
        (data, text.replacen("México", "Mexiko", 1).into_bytes(), "`forced-labour-graph.nq` is not what `SHA256SUMS` says"),
        (data, format!("{}\n", lines.join("\n")).into_bytes(), "`forced-labour-graph.nq` is not what `SHA256SUMS` says"),
        ("releases/2026-10-01/more.txt", b"more".to_vec(), "it holds `more.txt`, which `SHA256SUMS` does not name"),
        ("releases/2026-10-01/SHA256SUMS", Vec::new(), "`SHA256SUMS` does not name"),
    ] {
        desk.write(file, bytes);
        desk.flg(&["release", "--check"]).refused(&["`releases/2026-10-01` is no whole release", fault]);
        std::fs::remove_dir_all(desk.path("releases/2026-10-01")).unwrap();
        std::fs::create_dir(desk.path("releases/2026-10-01")).unwrap();
        for (name, bytes) in &whole {
            desk.write(&format!("releases/2026-10-01/{name}"), bytes);
        }
        desk.flg(&["release", "--check"]).good();
    }
    std::fs::create_dir(desk.path("releases/notes")).unwrap();
    desk.flg(&["release", "--check"]).refused(&["`releases/notes` is no whole release: it has no `manifest.json`"]);
    desk.flg(&["release", "--check", "--out", "none"]).refused(&["there are no releases in `none`"]);
}

/// The versions that are in a folder for whoever looks.
fn shown(desk: &Desk) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(desk.path("releases")) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.starts_with('.')).collect()
}

#[test]
fn a_release_is_there_as_a_whole_or_not_at_all() {
    let desk = Desk::with_store();
    // A disk that is full: no file may have more than 64 KiB, and writing more is an error.
    let flg = env!("CARGO_BIN_EXE_flg");
    let full = format!("trap '' XFSZ; ulimit -f 64; exec '{flg}' release --date 2026-10-01");
    let run = Command::new("bash").args(["-c", &full]).current_dir(desk.path(".")).output().unwrap();
    let told = String::from_utf8(run.stderr).unwrap();
    assert!(run.status.code() == Some(1) && told.contains("cannot be written"), "{:?} {told}", run.status);
    assert!(shown(&desk).is_empty() && !desk.path("releases/.flg-release").exists(), "it leaves nothing half");
    // Killed at any moment, it is whole or not there; what is left aside goes with the next.
    let begun = std::time::Instant::now();
    desk.flg(&["release", "--out", "other", "--date", "2026-10-01"]).good();
    let whole = begun.elapsed();
    let mut killed = 0;
    for part in [1, 2, 4, 6, 7, 8] {
        let mut running =
            desk.command(&["release", "--date", "2026-10-01"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * part / 8);
        let _ = running.kill(); // SIGKILL
        running.wait().unwrap();
        match shown(&desk).as_slice() {
            [] => killed += 1,
            _ => assert_eq!(desk.flg(&["release", "--check"]).good().out.matches("is whole").count(), 1),
        }
        let _ = std::fs::remove_dir_all(desk.path("releases/2026-10-01"));
    }
    assert!(killed > 2, "it was killed before its end {killed} times");
    desk.flg(&["release", "--date", "2026-10-01"]).good();
    assert_eq!(shown(&desk), ["2026-10-01"]);
    assert_eq!(files(&desk.path("releases/2026-10-01")), files(&desk.path("other/2026-10-01")));
    assert!(!desk.path("releases/.flg-release").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_writes_hands_its_store_over() {
    let desk = Desk::with_store();
    let admin = crate::cli::token(&desk, &["root", "--right", "admin"]);
    let content = desk.content();
    let mut serve = desk.command(&["serve", "--bind", "127.0.0.1:0", "--releases", "releases"]);
    let server = crate::cli::Server::run(&mut serve);
    let mut command = desk.command(&["release", "--date", "2026-10-01"]);
    command.env("FLG_BIND", server.address.trim_start_matches("http://"));
    let refused = crate::cli::ended(command.output().unwrap());
    refused.refused(&["in use by another process", "`FLG_TOKEN`"]);
    crate::cli::ended(command.env("FLG_TOKEN", admin).output().unwrap()).good();
    assert!(desk.read("releases/2026-10-01/forced-labour-graph.nq") == content, "the release is not what the server holds");
    // The server shows it without being told.
    let client = crate::cli::client();
    let begun = std::time::Instant::now();
    loop {
        let page = client.get(format!("{}/release/", server.address)).header("accept", "text/html").send().await.unwrap();
        if page.text().await.unwrap().contains("href=\"/release/2026-10-01/\"") {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "the server does not show the release");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let file = client.get(format!("{}/release/2026-10-01/forced-labour-graph.nq", server.address)).send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "application/n-quads");
    assert!(file.text().await.unwrap() == content, "what is sent is not what was released");
}
