//! Mexico's report of 2021, from text to graph.

use forced_labour_graph::convert::{Conversion, Converter};
use forced_labour_graph::graph::canonical::canonical_nquads;
use forced_labour_graph::model::vocab::{expand, oa};
use forced_labour_graph::read;
use oxigraph::model::{NamedNode, Term};
use std::collections::HashMap;
use std::path::Path;

fn path() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports/mexico-2021-p029.es.txt"))
}

fn conversion() -> Conversion {
    Converter::load().unwrap().convert(&read::file(path()).unwrap()).unwrap()
}

fn says(conversion: &Conversion, subject: &str, property: &str, object: &str) -> bool {
    let [s, p, o] = [subject, property, object].map(|curie| expand(curie).unwrap());
    conversion.quads.iter().any(|q| q.subject == s.clone().into() && q.predicate == p && q.object == o.clone().into())
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let bytes = canonical_nquads(conversion().quads);
    if let Ok(out) = std::env::var("FLG_TEST_OUT") {
        std::fs::write(out, &bytes).unwrap();
    }
    assert_eq!(bytes, canonical_nquads(conversion().quads));
}

#[test]
fn every_quote_stands_in_the_source_at_its_place() {
    let text: Vec<char> = std::fs::read_to_string(path()).unwrap().chars().collect();
    let quads = conversion().quads;
    let mut parts: HashMap<String, HashMap<NamedNode, String>> = HashMap::new();
    for quad in &quads {
        if let Term::Literal(literal) = &quad.object {
            let claim = quad.subject.to_string();
            let claim = claim.trim_end_matches('>').trim_end_matches("/quote").trim_end_matches("/position").to_owned();
            parts.entry(claim).or_default().insert(quad.predicate.clone(), literal.value().to_owned());
        }
    }
    let words = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut seen = 0;
    for claim in parts.values().filter(|c| c.contains_key(&oa::EXACT.into_owned())) {
        let [start, end] = [oa::START, oa::END].map(|p| claim[&p.into_owned()].parse::<usize>().unwrap());
        let source: String = text[start..end].iter().collect();
        assert_eq!(words(&source), claim[&oa::EXACT.into_owned()]);
        seen += 1;
    }
    assert!(seen > 200, "only {seen} claims");
}

#[test]
fn who_funds_and_implements_what() {
    let it = conversion();
    for (subject, property, object) in [
        ("id:programme/senderos", "flg:fundedBy", "id:organization/usa-dol"),
        ("id:programme/senderos", "flg:implementedBy", "id:organization/verite"),
        ("id:programme/senderos", "flg:targetsSector", "id:sector/agriculture"),
        ("id:programme/senderos", "flg:targetsSector", "id:sector/sugar-cane"),
        ("id:programme/campos-de-esperanza", "flg:fundedBy", "id:organization/usa-dol"),
        ("id:programme/campos-de-esperanza", "flg:targetsSector", "id:sector/coffee"),
        ("id:programme/reframe", "flg:fundedBy", "id:organization/eu"),
        ("id:report/mex-2021-p029", "flg:observationBy", "id:organization/mex-unt"),
        ("id:ratification/mex-p029", "flg:ratificationIntention", "id:ratification-intention/likely"),
    ] {
        assert!(says(&it, subject, property, object), "{subject} {property} {object}");
    }
    for (subject, property, object) in [
        ("id:programme/reframe", "flg:fundedBy", "id:organization/usa-dol"),
        ("id:programme/senderos", "flg:fundedBy", "id:organization/eu"),
        ("id:report/mex-2021-p029", "flg:observationBy", "id:organization/mex-ctm"),
    ] {
        assert!(!says(&it, subject, property, object), "{subject} {property} {object} is not in the report");
    }
}
