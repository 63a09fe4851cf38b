//! The good conversion with one triple gone, or one object wrong, at a time: what is found, and what passes unseen.

use super::{GOOD, trig};
use forced_labour_graph::check::Checker;
use forced_labour_graph::model::diagnostic::Severity;
use forced_labour_graph::model::vocab::{compact, graph};
use oxigraph::model::{Literal, NamedNode, Quad, Term};
use std::collections::BTreeSet;

/// The properties whose changed objects go unseen, for each of the conversion's quads changed as told.
fn unseen(change: impl Fn(&Quad) -> Option<Quad>) -> BTreeSet<String> {
    let authority = graph::authority().into();
    let (context, dataset): (Vec<_>, Vec<_>) = trig(GOOD).into_iter().partition(|quad| quad.graph_name == authority);
    let checker = Checker::standard().unwrap();
    let mut unseen = BTreeSet::new();
    for at in 0..dataset.len() {
        let mut mutant = dataset.clone();
        match change(&dataset[at]) {
            Some(quad) => mutant[at] = quad,
            None => drop(mutant.remove(at)),
        }
        let found = checker.check(&mutant, &context).unwrap();
        if !found.iter().any(|v| v.severity == Severity::Error) {
            unseen.insert(format!("{} of {}", compact(dataset[at].predicate.as_ref()), dataset[at].graph_name));
        }
    }
    unseen
}

const SOURCE: &str = "<https://w3id.org/forced-labour-graph/graph/source/mex-2021-test>";

#[test]
fn a_missing_triple_is_found() {
    // What an entity, answer or question may lack, and what the authority says as well. No fact and no part of a claim.
    let optional = ["boolean", "bracketCode", "country", "inReport", "inSection", "ofForm", "question", "text"];
    let expected = optional.map(|p| format!("flg:{p} of {SOURCE}")).into_iter();
    let expected = expected.chain(["rdf:type", "skos:prefLabel"].map(|p| format!("{p} of {SOURCE}")));
    assert_eq!(unseen(|_| None), expected.collect());
}

#[test]
fn a_wrong_object_is_found() {
    // Only free text can be replaced by other text.
    let free = ["bracketCode", "text"].map(|p| format!("flg:{p} of {SOURCE}")).into_iter();
    let evidence = SOURCE.replace("source", "evidence");
    let said = ["flg:method", "oa:exact", "oa:prefix", "oa:suffix"].map(|p| format!("{p} of {evidence}"));
    let text = unseen(|quad| Some(Quad { object: Literal::new_simple_literal("wrong").into(), ..quad.clone() }));
    assert_eq!(text, free.chain(said).collect());
    let wrong: Term = NamedNode::new("https://example.org/wrong").unwrap().into();
    // A class of another vocabulary, beside the right one of the authority, is no error.
    let resource = unseen(|quad| Some(Quad { object: wrong.clone(), ..quad.clone() }));
    assert_eq!(resource, BTreeSet::from([format!("rdf:type of {SOURCE}")]));
}
