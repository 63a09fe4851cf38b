//! From a finding to the line of the report that led to it, by way of the claims' quotes.

use super::Violation;
use crate::model::document::Document;
use crate::model::statements::Statements;
use crate::model::terms::TermId;
use crate::model::vocab::{oa, prov, rdf};
use oxigraph::model::{NamedNodeRef, TermRef};
use rustc_hash::FxHashSet;

/// The line, from 1, of the first quote that a violation rests on: those of the very fact where there is one, else those of all
/// claims that are its focus node, speak of it, or stand in it. `None` where no claim has to do with it.
pub fn line_of(violation: &Violation, statements: &Statements, document: &Document) -> Option<usize> {
    let terms = statements.terms();
    let focus = terms.find(violation.focus.as_ref())?;
    let path = violation.path.as_ref().or(violation.subject_of.as_ref()).and_then(|path| terms.find(path.as_ref().into()));
    let value = violation.value.as_ref().and_then(|value| terms.find(value.as_ref()));
    let property = |property: NamedNodeRef<'_>| terms.find(property.into());
    let [subject, predicate, object] = [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].map(property);
    let [derived, selector] = [prov::WAS_DERIVED_FROM, oa::HAS_SELECTOR].map(property);
    let mut about = FxHashSet::default();
    let (mut with_path, mut with_value) = (FxHashSet::default(), FxHashSet::default());
    for [claim, property, said, _] in statements.rows() {
        let is = |other: Option<TermId>| other == Some(*property);
        let names_focus = *said == focus && (is(subject) || is(object) || is(derived) || is(selector));
        if names_focus || *claim == focus && is(selector) {
            about.insert(*claim);
        }
        if is(predicate) && path == Some(*said) {
            with_path.insert(*claim);
        }
        if is(object) && value == Some(*said) {
            with_value.insert(*claim);
        }
    }
    let path: FxHashSet<TermId> = about.intersection(&with_path).copied().collect();
    let fact: FxHashSet<TermId> = path.intersection(&with_value).copied().collect();
    [fact, path, about].iter().find_map(|claims| first_start(claims, statements)).and_then(|start| line_at(document, start))
}

/// The smallest character offset at which a quote of these claims begins.
fn first_start(claims: &FxHashSet<TermId>, statements: &Statements) -> Option<usize> {
    let terms = statements.terms();
    let (selector, start) = (terms.find(oa::HAS_SELECTOR.into())?, terms.find(oa::START.into())?);
    let rows = || statements.rows().iter();
    let selectors: FxHashSet<TermId> =
        rows().filter(|row| row[1] == selector && claims.contains(&row[0])).map(|row| row[2]).collect();
    let starts = rows().filter(|row| row[1] == start && selectors.contains(&row[0]));
    starts
        .filter_map(|row| match terms.get(row[2]) {
            Some(TermRef::Literal(offset)) => offset.value().parse().ok(),
            _ => None,
        })
        .min()
}

/// The line in which the character with this offset stands.
fn line_at(document: &Document, offset: usize) -> Option<usize> {
    document.text.char_indices().nth(offset).map(|(byte, _)| document.line(byte))
}
