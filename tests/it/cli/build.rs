//! `flg build`.

use super::{Desk, REPORT, report};
use forced_labour_graph::convert::Converter;
use forced_labour_graph::knowledge::reports::bundled;
use forced_labour_graph::model::id::resource;
use forced_labour_graph::model::vocab::{dcterms, expand, flg, graph};
use forced_labour_graph::read;
use oxigraph::model::Term;

#[test]
fn building_twice_gives_the_same_graph() {
    let desk = Desk::new();
    let run = desk.flg(&["build"]).good();
    // The overview is the result, the progress is talk.
    for expected in ["mex-2021-p029", "facts", "quotes", "entities", "Programme", "uncertain", "not understood"] {
        assert!(run.out.contains(expected), "`{expected}` is not in: {}", run.out);
    }
    for expected in ["[1/1] Converting `data/reports/mexico-2021-p029.es.txt`", "[1/1] Storing `mex-2021-p029`", "--verbose"] {
        assert!(run.err.contains(expected), "`{expected}` is not in: {}", run.err);
    }
    let before = desk.content();
    for graph in [graph::ontology(), graph::authority(), graph::source("mex-2021-p029"), graph::report("mex-2021-p029")] {
        assert!(before.contains(&format!("{graph} .\n")), "{graph} is empty");
    }
    let run = desk.flg(&["build", "--quiet"]).good();
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    assert_eq!(before, desk.content());
}

#[test]
fn the_store_gives_back_what_was_converted() {
    let desk = Desk::with_store();
    let converted = desk.flg(&["convert", REPORT, "--quiet"]).good().out;
    let stored = desk.content();
    let stored: std::collections::HashSet<&str> = stored.lines().collect();
    let lost: Vec<&str> = converted.lines().filter(|line| !stored.contains(line)).take(5).collect();
    assert!(lost.is_empty(), "not in the store as converted: {lost:#?}");
}

#[test]
fn the_summary_is_for_programs_too() {
    let desk = Desk::new();
    let run = desk.flg(&["build", "--json"]).good();
    let json = run.json();
    let report = &json["reports"][0];
    assert_eq!(report["report"], "mex-2021-p029");
    assert_eq!(json["failed"].as_array().unwrap().len(), 0);
    assert!(report["facts"].as_u64().unwrap() > 100 && report["claims"].as_u64() > report["facts"].as_u64(), "{report}");
    assert!(report["entities"]["flg:Programme"].as_u64().unwrap() >= 3, "{report}");
    let diagnostics = report["diagnostics"].as_array().unwrap();
    assert!(diagnostics.iter().all(|d| d["code"].is_string() && d["message"].is_string()), "{diagnostics:?}");
    // What it counts is what the store holds.
    let facts = desk.content().lines().filter(|line| line.ends_with("/graph/report/mex-2021-p029> .")).count();
    assert_eq!(report["facts"].as_u64().unwrap(), facts as u64);
}

#[test]
fn everything_that_is_counted_can_be_seen_with_its_line() {
    let desk = Desk::new();
    let json = desk.flg(&["build", "--json"]).good().json();
    let report = &json["reports"][0];
    let counted = report["diagnostics"].as_array().unwrap().len() + report["uncertain"].as_array().unwrap().len();
    assert!(counted > 0);
    let run = desk.flg(&["build", "--verbose", "--force"]).good();
    let place = regex::Regex::new(r"(?m)^data/reports/mexico-2021-p029\.es\.txt(:\d+)?: (note|warning): ").unwrap();
    assert_eq!(place.find_iter(&run.err).count(), counted, "{}", run.err);
}

#[test]
fn a_threshold_says_what_is_uncertain() {
    let desk = Desk::new();
    let uncertain = |below: &str| {
        let output = desk.command(&["build", "--json", "--force"]).env("FLG_UNCERTAIN_BELOW", below).output().unwrap();
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        json["reports"][0]["uncertain"].as_array().unwrap().clone()
    };
    assert!(uncertain("0").is_empty());
    let all = uncertain("1");
    let text = report();
    let quote = all[0]["quote"].as_str().unwrap();
    let line = usize::try_from(all[0]["line"].as_u64().unwrap()).unwrap();
    let first = quote.split_whitespace().next().unwrap();
    assert!(text.lines().nth(line - 1).unwrap().contains(first), "`{quote}` does not begin at line {line}");
}

#[test]
fn reports_of_ones_own_are_built_instead() {
    let desk = Desk::new();
    desk.write("own.txt", super::of_another_year());
    let run = desk.flg(&["build", "own.txt"]).good();
    assert!(run.out.contains("mex-2022-p029"), "{}", run.out);
    let content = desk.content();
    assert!(content.contains("graph/report/mex-2022-p029>") && !content.contains("graph/report/mex-2021-p029>"));
    // The same report twice would replace itself.
    desk.flg(&["build", "own.txt", "own.txt", "--force"]).refused(&["`mex-2022-p029`", "1 report was not stored"]);
}

#[test]
fn the_list_of_reports_says_what_the_reports_are() {
    let converter = Converter::load().unwrap();
    for report in bundled().unwrap() {
        let conversion = converter.convert(&read::document(&report.path(), &report.bytes).unwrap()).unwrap();
        let iri = resource("report", &conversion.report);
        let says = |property, object: Term| {
            conversion.quads().iter().any(|q| q.subject == iri.clone().into() && q.predicate == property && q.object == object)
        };
        assert!(says(flg::ABOUT_COUNTRY, report.source.country.0.clone().into()));
        assert!(says(dcterms::PUBLISHER, report.source.publisher.0.clone().into()));
        assert!(says(dcterms::LANGUAGE, oxigraph::model::Literal::from(report.source.language.code()).into()));
        let year = report.source.year.to_string();
        let is_year = |q: &&oxigraph::model::Quad| {
            q.predicate == flg::REFERENCE_YEAR && matches!(&q.object, Term::Literal(l) if l.value() == year)
        };
        assert!(conversion.quads().iter().any(|q| is_year(&q)));
    }
    assert!(std::path::Path::new(REPORT).exists() && expand("id:organization/ilo").is_some());
}
