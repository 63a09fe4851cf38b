//! The findings of the shapes are those of the library that reads them: on the good conversion with one thing wrong at a time,
//! and on what the W3C's suite has of conditions that are used here.

use super::{GOOD, trig};
use crate::shacl_w3c::{Files, cases};
use forced_labour_graph::check::{Checker, Violation};
use forced_labour_graph::knowledge::files;
use forced_labour_graph::model::vocab::graph;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Graph, Literal, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use shacl_rust::validation::dataset::ValidationDataset;
use std::collections::BTreeSet;

fn ontology(shapes: bool) -> Graph {
    let files = files::ontology(".ttl").into_iter().filter(|(file, _)| (file == "shapes.ttl") == shapes);
    let triples = files.flat_map(|(_, bytes)| {
        let quads: Vec<_> = RdfParser::from_format(RdfFormat::Turtle).for_slice(&bytes).map(Result::unwrap).collect();
        quads.into_iter().map(Triple::from)
    });
    triples.collect()
}

/// What the library finds, of nodes that are described and of literals: node, path, value and shape.
fn by_library(data: Graph, shapes: &Graph, described: &BTreeSet<String>) -> BTreeSet<[String; 4]> {
    let dataset = ValidationDataset::from_graphs(data, Graph::new()).unwrap();
    let parsed = shacl_rust::parse_shapes(shapes).unwrap();
    let found = shacl_rust::validate(&dataset, &parsed);
    let lines = found.get_results().iter().map(|result| {
        let text = |term: Option<Term>| term.map(|term| term.to_string()).unwrap_or_default();
        let path = result.result_path().map(ToString::to_string).unwrap_or_default();
        [
            Term::from(result.focus_node()).to_string(),
            path,
            text(result.value().map(Term::from)),
            result.source_shape().to_string(),
        ]
    });
    lines.filter(|line| line[0].starts_with('"') || described.contains(&line[0])).collect()
}

fn by_us(found: &[Violation]) -> BTreeSet<[String; 4]> {
    let of_shapes = found.iter().filter(|v| !v.shape.starts_with("queries/") && !v.shape.starts_with("evidence/"));
    of_shapes
        .map(|v| {
            let path = v.path.as_ref().map(ToString::to_string).unwrap_or_default();
            let shape = if v.shape.starts_with("_:") { v.shape.clone() } else { format!("<{}>", v.shape) };
            [v.focus.to_string(), path, v.value.as_ref().map(ToString::to_string).unwrap_or_default(), shape]
        })
        .collect()
}

fn described<'a>(subjects: impl Iterator<Item = &'a NamedOrBlankNode>) -> BTreeSet<String> {
    subjects.map(ToString::to_string).collect()
}

#[test]
fn broken_conversions_are_broken_for_the_library_as_well() {
    let authority = graph::authority().into();
    let (context, dataset): (Vec<_>, Vec<_>) = trig(GOOD).into_iter().partition(|quad| quad.graph_name == authority);
    let (vocabulary, shapes) = (ontology(false), ontology(true));
    let checker = Checker::standard().unwrap();
    let ready = checker.context(context.iter().map(Quad::as_ref).collect());
    let text = || Literal::new_simple_literal("").into();
    let thing = || NamedNode::new("https://example.org/wrong").unwrap().into();
    let number = || Literal::from(-7).into();
    let other = || dataset[0].object.clone();
    let objects: [&dyn Fn() -> Term; 4] = [&text, &thing, &number, &other];
    let mut seen = BTreeSet::new();
    for at in 0..dataset.len() {
        // Without the quad, and with one of the objects in turn.
        for kind in [at % objects.len(), objects.len()] {
            let mut mutant = dataset.clone();
            match objects.get(kind) {
                Some(object) => mutant[at].object = object(),
                None => drop(mutant.remove(at)),
            }
            // A second value beside the first, every other time.
            if at % 2 == 0 {
                mutant.push(dataset[at].clone());
            }
            let mut data = vocabulary.clone();
            data.extend(mutant.iter().chain(&context).map(|quad| Triple::from(quad.clone())));
            let library = by_library(data, &shapes, &described(mutant.iter().map(|quad| &quad.subject)));
            let ours = by_us(&checker.check_in(&mutant.iter().cloned().collect(), &ready).unwrap());
            assert_eq!(ours, library, "{} as {kind}", dataset[at]);
            seen.extend(ours.into_iter().map(|[.., shape]| shape));
        }
    }
    assert!(seen.len() > 40, "only {} shapes were broken", seen.len());
}

#[test]
fn the_suite_of_the_w3c_gives_the_same_where_its_shapes_are_of_our_kinds() {
    let mut files = Files::default();
    let (mut taken, mut results) = (0, 0);
    for (name, data, shapes) in cases(&mut files) {
        let Ok(checker) = Checker::new(Graph::new(), &shapes, Vec::new()) else { continue };
        let quads: Vec<Quad> = data.iter().map(|triple| triple.into_owned().in_graph(graph::authority())).collect();
        let library = by_library(data, &shapes, &described(quads.iter().map(|quad| &quad.subject)));
        assert_eq!(by_us(&checker.check(&quads, &[]).unwrap()), library, "{name}");
        taken += 1;
        results += library.len();
    }
    println!("{taken} tests with {results} results");
    assert!(taken == 0 || taken >= 35 && results >= 60, "{taken} tests with {results} results");
}
