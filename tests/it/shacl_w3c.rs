//! The W3C's SHACL test suite, run on the library that the checks rest on, so that its limits are known and watched.
//!
//! A test counts as passed only if the whole report is the expected one: focus node, path, value, severity, constraint
//! component and source shape of every result. Exclusions are listed with their reasons; one that passes fails the run.

use crate::shared::shared;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Graph, NamedNode, NamedOrBlankNodeRef, Term, TermRef, Triple};
use shacl_rust::validation::dataset::ValidationDataset;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const SH: &str = "http://www.w3.org/ns/shacl#";
const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const SHT: &str = "http://www.w3.org/ns/shacl-test#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Tests that the library does not pass, by path under `tests/`, each with the reason.
const EXCLUDED: &[(&str, &str)] = &[
    ("sparql/node/sparql-003", NO_VALUE),
    ("sparql/pre-binding/pre-binding-001", NO_VALUE),
    ("sparql/pre-binding/pre-binding-002", NO_VALUE),
    ("sparql/pre-binding/pre-binding-003", NO_VALUE),
    ("sparql/pre-binding/pre-binding-004", NO_VALUE),
    ("sparql/pre-binding/pre-binding-005", NO_VALUE),
    ("sparql/pre-binding/pre-binding-007", NO_VALUE),
    ("sparql/pre-binding/shapesGraph-001", NO_VALUE),
    ("sparql/pre-binding/unsupported-sparql-002", NO_FAILURE),
    ("sparql/pre-binding/unsupported-sparql-006", NO_FAILURE),
];
/// The violation is found at the right node; shapes of this project use no `sh:sparql`.
const NO_VALUE: &str = "the result of a sh:sparql on a node shape lacks its sh:value, which is the focus node";
/// Shapes of this project use no `sh:sparql`, so no such query is ever run.
const NO_FAILURE: &str =
    "a sh:sparql query that the standard forbids (VALUES, or binding a pre-bound variable) is run, not refused";

/// Parses files once, so that blank nodes keep their labels between the test's data and its expected report.
#[derive(Default)]
pub(crate) struct Files(BTreeMap<PathBuf, Graph>);

impl Files {
    fn get(&mut self, path: &Path) -> &Graph {
        self.0.entry(path.to_owned()).or_insert_with(|| {
            let bytes = std::fs::read(path).unwrap();
            let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(format!("file://{}", path.display())).unwrap();
            parser
                .for_slice(&bytes)
                .map(|quad| Triple::from(quad.unwrap_or_else(|e| panic!("{}: {e}", path.display()))))
                .collect()
        })
    }
}

fn node(term: TermRef<'_>) -> NamedOrBlankNodeRef<'_> {
    match term {
        TermRef::NamedNode(n) => n.into(),
        TermRef::BlankNode(b) => b.into(),
        TermRef::Literal(l) => panic!("{l} is no node"),
    }
}

fn objects<'a>(graph: &'a Graph, subject: NamedOrBlankNodeRef<'a>, ns: &str, local: &str) -> Vec<TermRef<'a>> {
    let predicate = NamedNode::new(format!("{ns}{local}")).unwrap();
    graph.triples_for_subject(subject).filter(|t| t.predicate == predicate.as_ref()).map(|t| t.object).collect()
}

fn one<'a>(graph: &'a Graph, subject: NamedOrBlankNodeRef<'a>, ns: &str, local: &str) -> Option<TermRef<'a>> {
    objects(graph, subject, ns, local).into_iter().next()
}

fn list<'a>(graph: &'a Graph, head: TermRef<'a>) -> Vec<TermRef<'a>> {
    let mut items = Vec::new();
    let mut cell = node(head);
    while let Some(first) = one(graph, cell, RDF, "first") {
        items.push(first);
        cell = node(one(graph, cell, RDF, "rest").unwrap());
    }
    items
}

fn local_file(iri: TermRef<'_>) -> PathBuf {
    let TermRef::NamedNode(iri) = iri else { panic!("{iri} is no file") };
    PathBuf::from(iri.as_str().strip_prefix("file://").unwrap())
}

/// The test files of a folder, those that no manifest of the suite includes as well.
fn tests_of(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            tests_of(&path, found);
        } else if path.extension().is_some_and(|e| e == "ttl") && std::fs::read_to_string(&path).unwrap().contains("sht:Validate")
        {
            found.push(path);
        }
    }
}

/// A SHACL path, written as the library writes it.
fn path_text(graph: &Graph, path: TermRef<'_>) -> String {
    if let TermRef::NamedNode(iri) = path {
        return iri.to_string();
    }
    let subject = node(path);
    if one(graph, subject, RDF, "first").is_some() {
        return list(graph, path).into_iter().map(|step| path_text(graph, step)).collect::<Vec<_>>().join(" / ");
    }
    if let Some(inverse) = one(graph, subject, SH, "inversePath") {
        return format!("^{}", path_text(graph, inverse));
    }
    if let Some(either) = one(graph, subject, SH, "alternativePath") {
        return format!("({})", list(graph, either).into_iter().map(|p| path_text(graph, p)).collect::<Vec<_>>().join(" | "));
    }
    for (property, sign) in [("zeroOrMorePath", '*'), ("oneOrMorePath", '+'), ("zeroOrOnePath", '?')] {
        if let Some(inner) = one(graph, subject, SH, property) {
            return format!("({}{sign})", path_text(graph, inner));
        }
    }
    panic!("no path: {path}")
}

fn text(term: Option<TermRef<'_>>) -> String {
    term.map(|t| Term::from(t).to_string()).unwrap_or_default()
}

/// The results of the expected report, each as one line; `None` where the test expects a failure.
fn expected(graph: &Graph, result: TermRef<'_>) -> Option<Vec<String>> {
    if text(Some(result)) == format!("<{SHT}Failure>") {
        return None;
    }
    let mut lines: Vec<_> = objects(graph, node(result), SH, "result")
        .into_iter()
        .map(|r| {
            let r = node(r);
            let get = |local| text(one(graph, r, SH, local));
            let path = one(graph, r, SH, "resultPath").map(|p| path_text(graph, p)).unwrap_or_default();
            let (focus, value, severity) = (get("focusNode"), get("value"), get("resultSeverity"));
            format!("{focus} {path} {value} {severity} {} {}", get("sourceConstraintComponent"), get("sourceShape"))
        })
        .collect();
    lines.sort();
    Some(lines)
}

/// What the library says of the same, in the same form.
fn reported(data: &Graph, shapes: &Graph) -> Result<Vec<String>, String> {
    let dataset = ValidationDataset::from_graphs(data.clone(), shapes.clone()).map_err(|e| e.to_string())?;
    let parsed = shacl_rust::parse_shapes(shapes).map_err(|e| e.to_string())?;
    let mut lines: Vec<_> = shacl_rust::validate(&dataset, &parsed)
        .get_results()
        .iter()
        .map(|r| {
            let path = r.result_path().map(ToString::to_string).unwrap_or_default();
            let component = text(r.source_constraint_component().map(Into::into));
            let (focus, value, severity) = (text(Some(r.focus_node())), text(r.value()), text(Some(r.severity().into())));
            format!("{focus} {path} {value} {severity} {component} {}", r.source_shape())
        })
        .collect();
    lines.sort();
    Ok(lines)
}

/// Whether the library passes one test file; else what differs.
fn run(file: &Path, files: &mut Files) -> Result<(), String> {
    let manifest = files.get(file).clone();
    let iri = NamedNode::new(format!("file://{}", file.display())).unwrap();
    let entries = list(&manifest, one(&manifest, iri.as_ref().into(), MF, "entries").unwrap());
    for entry in entries {
        let action = node(one(&manifest, node(entry), MF, "action").unwrap());
        let data = files.get(&local_file(one(&manifest, action, SHT, "dataGraph").unwrap())).clone();
        let shapes = files.get(&local_file(one(&manifest, action, SHT, "shapesGraph").unwrap())).clone();
        let wanted = expected(&manifest, one(&manifest, node(entry), MF, "result").unwrap());
        match (wanted, reported(&data, &shapes)) {
            (None, Err(_)) => {}
            (None, Ok(lines)) => return Err(format!("a failure was expected, {} results came", lines.len())),
            (Some(_), Err(error)) => return Err(error),
            (Some(wanted), Ok(got)) if wanted == got => {}
            (Some(wanted), Ok(got)) => {
                let missing: Vec<_> = wanted.iter().filter(|line| !got.contains(line)).collect();
                let extra: Vec<_> = got.iter().filter(|line| !wanted.contains(line)).collect();
                return Err(format!("{} results for {}; missing {missing:#?}; extra {extra:#?}", got.len(), wanted.len()));
            }
        }
    }
    Ok(())
}

/// The graphs of data and shapes of every test of the suite's core part, with its name; none where the suite is not there.
pub(crate) fn cases(files: &mut Files) -> Vec<(String, Graph, Graph)> {
    let Some(root) = shared("suites/w3c-shacl/data-shapes-test-suite/tests") else { return Vec::new() };
    let root = root.canonicalize().unwrap();
    let mut found = Vec::new();
    tests_of(&root.join("core"), &mut found);
    let mut all = Vec::new();
    for file in found {
        let manifest = files.get(&file).clone();
        let iri = NamedNode::new(format!("file://{}", file.display())).unwrap();
        for entry in list(&manifest, one(&manifest, iri.as_ref().into(), MF, "entries").unwrap()) {
            let action = node(one(&manifest, node(entry), MF, "action").unwrap());
            let mut graph = |local| files.get(&local_file(one(&manifest, action, SHT, local).unwrap())).clone();
            all.push((file.display().to_string(), graph("dataGraph"), graph("shapesGraph")));
        }
    }
    all
}

#[test]
fn the_suite_passes_but_for_the_listed_exclusions() {
    let Some(root) = shared("suites/w3c-shacl/data-shapes-test-suite/tests") else { return };
    let root = root.canonicalize().unwrap();
    let mut files = Files::default();
    let mut found = Vec::new();
    tests_of(&root, &mut found);
    let mut counts = BTreeMap::new();
    let mut wrong = Vec::new();
    for file in &found {
        let name = file.strip_prefix(&root).unwrap().with_extension("").to_string_lossy().into_owned();
        let part = name.split('/').next().unwrap().to_owned();
        let (passed, all) = counts.entry(part).or_insert((0, 0));
        *all += 1;
        let excluded = EXCLUDED.iter().find(|(excluded, _)| *excluded == name);
        match (run(file, &mut files), excluded) {
            (Ok(()), None) => *passed += 1,
            (Ok(()), Some(_)) => wrong.push(format!("{name} passes now: take it off the list of exclusions")),
            (Err(_), Some((_, reason))) => println!("excluded {name}: {reason}"),
            (Err(difference), None) => wrong.push(format!("{name}: {difference}")),
        }
    }
    for (part, (passed, all)) in &counts {
        println!("SHACL {part}: {passed} of {all} passed");
    }
    assert!(found.len() >= 121, "only {} tests found", found.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_exclusion_is_a_test_of_the_suite() {
    let Some(root) = shared("suites/w3c-shacl/data-shapes-test-suite/tests") else { return };
    for (name, reason) in EXCLUDED {
        assert!(root.join(format!("{name}.ttl")).is_file() && !reason.is_empty(), "{name}");
    }
}
