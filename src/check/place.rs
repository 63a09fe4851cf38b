//! From a finding to the line of the report that led to it, by way of the claims' quotes.

use super::Violation;
use crate::model::document::Document;
use crate::model::vocab::{oa, prov, rdf};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::{FxHashMap, FxHashSet};

/// The line, from 1, of the first quote that a violation rests on: those of the very fact where there is one, else those of all
/// claims that are its focus node, speak of it, or stand in it. `None` where no claim has to do with it.
pub fn line_of(violation: &Violation, quads: &[Quad], document: &Document) -> Option<usize> {
    let focus = &violation.focus;
    let is = |quad: &Quad, property: NamedNodeRef<'_>| quad.predicate == property;
    let mut about = FxHashSet::default();
    let (mut with_path, mut with_value) = (FxHashSet::default(), FxHashSet::default());
    for quad in quads {
        let claim = &quad.subject;
        let names_focus = quad.object == *focus
            && (is(quad, rdf::SUBJECT)
                || is(quad, rdf::OBJECT)
                || is(quad, prov::WAS_DERIVED_FROM)
                || is(quad, oa::HAS_SELECTOR));
        if names_focus || (Term::from(claim.clone()) == *focus && is(quad, oa::HAS_SELECTOR)) {
            about.insert(claim);
        }
        if is(quad, rdf::PREDICATE) && violation.path.as_ref().is_some_and(|path| Term::from(path.clone()) == quad.object) {
            with_path.insert(claim);
        }
        if is(quad, rdf::OBJECT) && violation.value.as_ref() == Some(&quad.object) {
            with_value.insert(claim);
        }
    }
    let path: FxHashSet<_> = about.intersection(&with_path).copied().collect();
    let fact: FxHashSet<_> = path.intersection(&with_value).copied().collect();
    [fact, path, about].iter().find_map(|claims| first_start(claims, quads)).and_then(|start| line_at(document, start))
}

/// The smallest character offset at which a quote of these claims begins.
fn first_start(claims: &FxHashSet<&NamedOrBlankNode>, quads: &[Quad]) -> Option<usize> {
    let selectors: FxHashSet<NamedOrBlankNode> = quads
        .iter()
        .filter(|quad| quad.predicate == oa::HAS_SELECTOR && claims.contains(&quad.subject))
        .filter_map(|quad| match &quad.object {
            Term::NamedNode(n) => Some(n.clone().into()),
            Term::BlankNode(b) => Some(b.clone().into()),
            Term::Literal(_) => None,
        })
        .collect();
    let starts: FxHashMap<_, _> =
        quads.iter().filter(|quad| quad.predicate == oa::START).map(|q| (&q.subject, &q.object)).collect();
    selectors
        .iter()
        .filter_map(|selector| match starts.get(selector) {
            Some(Term::Literal(offset)) => offset.value().parse().ok(),
            _ => None,
        })
        .min()
}

/// The line in which the character with this offset stands.
fn line_at(document: &Document, offset: usize) -> Option<usize> {
    document.text.char_indices().nth(offset).map(|(byte, _)| document.line(byte))
}
