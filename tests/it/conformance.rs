//! How far the endpoint keeps to the standards: the tests of the W3C over HTTP where they are at hand (`../shared/suites`, or where
//! `FLG_SPARQL_SUITES` says), and a few of our own always. What fails is in `conformance/excluded.tsv` with the reason; what is there
//! and passes is a failure as well. `FLG_WRITE_DOCS=1` writes `docs/conformance.md`.

mod compare;
mod endpoint;
mod engine;
mod evaluate;
mod http;
mod manifest;

use crate::shared::shared;
use endpoint::Endpoint;
use manifest::{Case, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const EXCLUDED: &str = include_str!("conformance/excluded.tsv");
const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/conformance.md");

/// Why a test does not pass.
type Verdict = Result<(), String>;

async fn run(endpoint: &Endpoint, case: &Case) -> Verdict {
    match case.kind {
        Kind::QueryEvaluation | Kind::CsvResult => evaluate::query(endpoint, case).await,
        Kind::UpdateEvaluation => evaluate::update(endpoint, case).await,
        Kind::Syntax { update, valid } => evaluate::syntax(endpoint, case, update, valid).await,
        Kind::Protocol | Kind::GraphStore => http::run(endpoint, case).await,
    }
}

/// Runs all tests of manifests.
async fn verdicts(cases: Vec<Case>) -> Vec<(Case, Verdict)> {
    let endpoint = Endpoint::start().await;
    let mut all = Vec::new();
    for case in cases {
        let verdict = run(&endpoint, &case).await;
        all.push((case, verdict));
    }
    all
}

/// The tests that are known to fail: suite, name, reason.
fn excluded() -> BTreeMap<(&'static str, &'static str), &'static str> {
    let lines = EXCLUDED.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [suite, name, reason] => ((suite, name), reason),
            _ => panic!("`{line}` is not a suite, a test and a reason, parted by tabs"),
        })
        .collect()
}

/// The W3C's tests, where an environment variable says or in the shared material.
fn suites() -> Option<PathBuf> {
    let told = std::env::var_os("FLG_SPARQL_SUITES").map(PathBuf::from);
    told.or_else(|| shared("suites/w3c-rdf-tests/sparql"))
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_cases_pass() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/conformance/own");
    let verdicts = verdicts(manifest::cases(&folder, &["manifest.ttl"])).await;
    assert!(verdicts.len() > 8, "{} cases are too few", verdicts.len());
    let failed: Vec<String> =
        verdicts.iter().filter_map(|(case, verdict)| Some(format!("{}: {}", case.name, verdict.as_ref().err()?))).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tests_of_the_w3c_pass_but_for_those_that_are_listed() {
    const MANIFESTS: &[&str] = &["sparql11/manifest-all.ttl", "sparql10/manifest-syntax.ttl", "sparql10/manifest-evaluation.ttl"];
    let Some(folder) = suites() else { return };
    let verdicts = verdicts(manifest::cases(&folder, MANIFESTS)).await;
    let excluded = excluded();
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (case, verdict) in &verdicts {
        let known = excluded.get_key_value(&(case.suite.as_str(), case.name.as_str()));
        match (verdict, known) {
            (Err(why), None) => {
                let engine = engine::verdict(case).is_some_and(|verdict| verdict.is_err());
                faults.push(format!("{}\t{}\tengine too: {engine}\t{}", case.suite, case.name, why.replace('\n', " ")));
            }
            (Err(_), Some((_, reason))) if reason.starts_with("the engine") && engine::verdict(case) == Some(Ok(())) => {
                faults.push(format!("{} {} passes in the engine alone", case.suite, case.name));
            }
            (Ok(()), Some(_)) => faults.push(format!("{} {} passes, and is listed as failing", case.suite, case.name)),
            _ => {}
        }
        seen.extend(known.map(|(key, _)| *key));
    }
    faults.extend(excluded.keys().filter(|key| !seen.contains(*key)).map(|(s, n)| format!("{s} {n} is listed, and is no test")));
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    let text = report(&verdicts, &excluded);
    if std::env::var_os("FLG_WRITE_DOCS").is_some() {
        std::fs::write(DOCS, &text).unwrap();
    }
    let kept = std::fs::read_to_string(DOCS).unwrap_or_default();
    assert!(kept == text, "docs/conformance.md is out of date: run the tests of `conformance` with FLG_WRITE_DOCS=1");
}

/// What `docs/conformance.md` says.
fn report(verdicts: &[(Case, Verdict)], excluded: &BTreeMap<(&str, &str), &str>) -> String {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (case, verdict) in verdicts {
        let (passed, all) = counts.entry(case.group()).or_default();
        *passed += usize::from(verdict.is_ok());
        *all += 1;
    }
    let mut text = "\
# Conformance of the SPARQL endpoint

The tests of the W3C (github:w3c/rdf-tests), each run over HTTP against a server of our own with an empty store whose default graph is
one of its own (`default-graph = \"own\"`). Written by the tests: `FLG_WRITE_DOCS=1 cargo test --release --test it conformance::`.

| tests | pass | of |
|---|---|---|
"
    .to_owned();
    for (group, (passed, all)) in &counts {
        let _ = writeln!(text, "| {group} | {passed} | {all} |");
    }
    let all: usize = counts.values().map(|(_, all)| all).sum();
    let passed: usize = counts.values().map(|(passed, _)| passed).sum();
    let _ = writeln!(text, "| all | {passed} | {all} |");
    text += "
A syntax test passes if the server tells that a text is SPARQL, or is not: what is SPARQL and is refused, such as `SERVICE`, is
SPARQL. Numbers are compared by their values. Three tests of the service description and the tests that are prose are not run.

## What does not pass, and why

";
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for ((suite, name), reason) in excluded {
        reasons.entry(reason).or_default().push(format!("`{suite}` {name}"));
    }
    for (reason, tests) in reasons {
        let _ = writeln!(text, "- {reason} ({}): {}", tests.len(), tests.join(", "));
    }
    text
}
