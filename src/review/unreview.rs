//! The way back: from the graphs of a report in the store to its conversion.

use super::apply::{TERMS, Terms, claims};
use super::identity::KEPT;
use crate::model::id::resource;
use crate::model::vocab::{dcterms, flg, owl, rdf, schema, skos};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{HashMap, HashSet};

/// The quads of a report as it was converted, from those that the store has.
pub fn restore(report: &str, stored: Vec<Quad>) -> Vec<Quad> {
    let [source, facts, evidence]: [GraphName; 3] = crate::graph::graphs(report).map(GraphName::from);
    let now = claims(report, &stored);
    let proposed: Term = resource("status", "proposed").into();
    let mut read: HashMap<NamedNode, Terms> = now.iter().map(|(claim, (terms, _))| (claim.clone(), terms.clone())).collect();
    for quad in stored.iter().filter(|quad| quad.graph_name == evidence) {
        let NamedOrBlankNode::NamedNode(claim) = &quad.subject else { continue };
        let Some(terms) = read.get_mut(claim) else { continue };
        match (quad.predicate.as_ref(), &quad.object) {
            (p, Term::NamedNode(iri)) if p == flg::ORIGINAL_SUBJECT => terms.subject = iri.clone(),
            (p, Term::NamedNode(iri)) if p == flg::ORIGINAL_PREDICATE => terms.property = iri.clone(),
            (p, value) if p == flg::ORIGINAL_OBJECT => terms.value = value.clone(),
            _ => {}
        }
    }
    // Names are in the source graph as they are now; they go, and come back as they were read.
    let key = |terms: &Terms| (terms.subject.clone(), terms.property.clone(), terms.value.to_string());
    let names: HashSet<_> = now.values().filter(|(_, is_name)| *is_name).map(|(terms, _)| key(terms)).collect();
    let of_source = |quad: &&Quad| quad.graph_name == source;
    let object = |quad: &Quad| if let Term::NamedNode(iri) = &quad.object { Some(iri.clone()) } else { None };
    let aside: HashSet<NamedOrBlankNode> =
        stored.iter().filter(of_source).filter(|q| q.predicate == dcterms::TYPE).map(|q| q.subject.clone()).collect();
    let minted: HashMap<NamedOrBlankNode, NamedNode> = stored
        .iter()
        .filter(of_source)
        .filter(|q| q.predicate == owl::DIFFERENT_FROM)
        .filter_map(|q| Some((q.subject.clone(), object(q)?)))
        .collect();
    let mut out: Vec<Quad> = Vec::with_capacity(stored.len());
    for quad in stored {
        if quad.graph_name == source {
            out.extend(of_report(quad, &names, &aside, &minted, &proposed));
        } else if quad.graph_name == evidence {
            out.extend(of_claim(quad, &read, &proposed));
        } else if quad.graph_name != facts {
            out.push(quad);
        }
    }
    for (claim, (_, is_name)) in &now {
        if let Some(terms) = read.get(claim) {
            let graph = if *is_name { &source } else { &facts };
            out.push(Quad::new(terms.subject.clone(), terms.property.clone(), terms.value.clone(), graph.clone()));
        }
    }
    let mut seen = HashSet::new();
    out.retain(|quad| seen.insert(quad.clone()));
    out
}

fn of_report(
    mut quad: Quad,
    names: &HashSet<(NamedNode, NamedNode, String)>,
    aside: &HashSet<NamedOrBlankNode>,
    minted: &HashMap<NamedOrBlankNode, NamedNode>,
    proposed: &Term,
) -> Option<Quad> {
    if let NamedOrBlankNode::NamedNode(subject) = &quad.subject
        && names.contains(&(subject.clone(), quad.predicate.clone(), quad.object.to_string()))
    {
        return None;
    }
    let is_aside = aside.contains(&quad.subject);
    if quad.predicate == owl::DIFFERENT_FROM || is_aside && quad.predicate == skos::EXACT_MATCH {
        return None;
    }
    if !is_aside && quad.predicate == schema::NAME {
        quad.predicate = skos::PREF_LABEL.into_owned();
    }
    if !is_aside && quad.predicate == dcterms::SPATIAL {
        quad.predicate = flg::COUNTRY.into_owned();
    }
    if is_aside && let Some((shown, _)) = KEPT.iter().find(|(_, kept)| quad.predicate == *kept) {
        quad.predicate = shown.into_owned();
    }
    if quad.predicate == flg::STATUS {
        quad.object = proposed.clone();
    }
    if let Some(iri) = minted.get(&quad.subject) {
        quad.subject = iri.clone().into();
    }
    Some(quad)
}

fn of_claim(quad: Quad, read: &HashMap<NamedNode, Terms>, proposed: &Term) -> Option<Quad> {
    let NamedOrBlankNode::NamedNode(claim) = &quad.subject else { return Some(quad) };
    let Some(terms) = read.get(claim) else { return Some(quad) };
    if TERMS.iter().any(|(_, original)| quad.predicate == *original) {
        return None;
    }
    let object: Term = match quad.predicate.as_ref() {
        p if p == rdf::SUBJECT => terms.subject.clone().into(),
        p if p == rdf::PREDICATE => terms.property.clone().into(),
        p if p == rdf::OBJECT => terms.value.clone(),
        p if p == flg::STATUS => proposed.clone(),
        _ => quad.object.clone(),
    };
    Some(Quad { object, ..quad })
}
