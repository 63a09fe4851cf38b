//! The canonical form, against a second implementation of RDFC-1.0.

use forced_labour_graph::convert::Converter;
use forced_labour_graph::graph::canonical::canonical_nquads;
use forced_labour_graph::read;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use sophia::api::prelude::*;
use sophia::api::quad::Spog;
use sophia::api::term::SimpleTerm;
use sophia::c14n::rdfc10;
use sophia::turtle::parser::nq;
use std::collections::HashSet;
use std::path::Path;

/// What sophia makes of the same statements, in the order and with the names of blank nodes in which they are given.
fn by_sophia(nquads: &str) -> String {
    let dataset: HashSet<Spog<SimpleTerm<'static>>> = nq::parse_str(nquads).collect_quads().unwrap();
    let mut out = Vec::new();
    rdfc10::normalize(&dataset, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn quads(nquads: &str) -> Vec<Quad> {
    RdfParser::from_format(RdfFormat::NQuads).for_slice(nquads.as_bytes()).map(Result::unwrap).collect()
}

#[test]
fn a_converted_report_is_canonical_to_another_implementation_too() {
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/reports/mexico-2021-p029.es.txt");
    let conversion = Converter::load().unwrap().convert(&read::file(&report).unwrap()).unwrap();
    let canonical = canonical_nquads(conversion.quads());
    assert_eq!(by_sophia(&canonical), canonical);
}

#[test]
fn blank_nodes_and_odd_characters_come_out_alike() {
    let written = "_:b <http://e/p> _:a <http://e/g> .\n_:a <http://e/p> \"a\\tb \\\"c\\\" \\u0007 \\\\ é\"@es .\n\
        _:a <http://e/q> _:b .\n<http://e/s> <http://e/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n";
    let renamed = written.replace("_:a", "_:x").replace("_:b", "_:a").replace("_:x", "_:b");
    let canonical = canonical_nquads(quads(written));
    assert_eq!(by_sophia(written), canonical);
    assert_eq!(canonical_nquads(quads(&renamed)), canonical, "names of blank nodes show");
}
