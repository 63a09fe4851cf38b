//! The checks as files: shapes and rules that cannot be used, the curated data, and how long a large report takes.

use super::{GOOD, listed, stating, trig};
use forced_labour_graph::check::{CheckError, Checker, rules, rules::Rule};
use forced_labour_graph::knowledge::files;
use forced_labour_graph::model::diagnostic::Severity;
use forced_labour_graph::model::vocab::{self, graph};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Graph, Quad, Triple};
use std::fmt::Write as _;

#[test]
fn every_rule_of_the_folder_is_documented_and_finds_something_in_these_tests() {
    let rules = rules::standard().unwrap();
    let tests = include_str!("../check.rs");
    assert!(rules.len() >= 11, "{}", rules.len());
    for rule in rules {
        assert!(!rule.title.ends_with('.') && rule.description.ends_with('.'), "{}", rule.name);
        assert!(tests.contains(&format!("\"{}.rq\"", rule.name)), "no test breaks `{}`", rule.name);
    }
}

#[test]
fn unusable_shapes_and_rules_are_refused_by_name() {
    let shapes = |text: &str| -> Result<Checker, CheckError> {
        let prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .";
        let text = format!("{prefixes} <urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ; sh:property <urn:p> . {text}");
        let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes());
        Checker::new(Graph::new(), &quads.map(|quad| Triple::from(quad.unwrap())).collect(), Vec::new())
    };
    assert!(shapes("<urn:p> sh:path <urn:q> ; sh:minCount 1 .").is_ok());
    for (broken, word) in [
        ("<urn:p> sh:minCount 1 .", "property shapes"),
        ("<urn:p> sh:path <urn:q> ; sh:pattern \"(\" .", "regular expression"),
        ("<urn:p> sh:path <urn:q> ; sh:node <urn:n> . <urn:n> sh:datatype xsd:string .", "sh:or"),
    ] {
        let message = shapes(broken).err().unwrap_or_else(|| panic!("{broken} is taken")).to_string();
        assert!(message.contains(word) && message.contains("urn:"), "{message}");
    }
    let header = "# title: t\n# description: d.\n# severity: error\n";
    for (text, word) in [
        ("SELECT ?focus {}".to_owned(), "severity"),
        (format!("{header}SELECT ?x {{ ?x ?p ?o }}"), "?focus"),
        (format!("{header}ASK {{}}"), "SELECT"),
        (format!("{header}SELECT ?focus {{"), "broken-rule"),
        ("# title: t\n# description: d.\n# severity: dire\nSELECT ?focus {}".to_owned(), "dire"),
    ] {
        let message = Rule::parse("broken-rule", &text).unwrap_err().to_string();
        assert!(message.contains(word) && message.contains("queries/checks/broken-rule.rq"), "{message}");
    }
}

/// A conversion of about 10,000 triples beside an authority of about as many.
fn large() -> (Vec<Quad>, Vec<Quad>) {
    let (mut dataset, mut context) = (GOOD.to_owned(), String::new());
    for prefix in GOOD.lines().filter(|line| line.starts_with('@')) {
        writeln!(context, "{prefix}").unwrap();
    }
    for i in 0..2500 {
        writeln!(context, "<graph/authority> {{ <id/organization/o{i}> a flg:Company ; skos:prefLabel \"Company {i}\"@en , \"Empresa {i}\"@es ; flg:acronym \"C{i}\" ; flg:country <id/country/mex> }}").unwrap();
    }
    for i in 0..500 {
        let facts = [("<id/programme/senderos>", "flg:partner", format!("<id/organization/o{i}>"))];
        let facts: Vec<_> = facts.iter().map(|(s, p, o)| (*s, *p, o.as_str())).collect();
        let added = stating(&facts).split_off(GOOD.len()).replace("claim/x0", &format!("claim/x{i}"));
        dataset.push_str(&added);
        writeln!(dataset, "<graph/source/mex-2021-test> {{ <id/organization/o{i}> a flg:Company ; skos:prefLabel \"Company {i}\"@en , \"Empresa {i}\"@es }}").unwrap();
    }
    let authority = graph::authority().into();
    let (own, dataset): (Vec<_>, Vec<_>) = trig(&dataset).into_iter().partition(|quad| quad.graph_name == authority);
    (dataset, trig(&context).into_iter().chain(own).collect())
}

#[test]
fn a_large_report_passes() {
    let (dataset, context) = large();
    assert!(dataset.len() > 9_000 && context.len() > 10_000, "{} {}", dataset.len(), context.len());
    let checker = Checker::standard().unwrap();
    let found = checker.check(&dataset, &context).unwrap();
    assert!(found.is_empty(), "{}", listed(&found[..found.len().min(5)]));
}

#[test]
fn the_curated_data_itself_passes() {
    let mut quads = Vec::new();
    for (file, bytes) in files::data("authority", ".ttl") {
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(&bytes) {
            let quad = quad.unwrap_or_else(|e| panic!("`{file}`: {e}"));
            quads.push(Quad { graph_name: graph::authority().into(), ..quad });
        }
    }
    assert!(quads.iter().any(|quad| quad.subject == vocab::expand("id:status/proposed").unwrap().into()));
    let found = Checker::standard().unwrap().check(&quads, &[]).unwrap();
    assert!(found.iter().all(|v| v.severity != Severity::Error), "{}", listed(&found));
}
