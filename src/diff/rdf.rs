//! Differences as RDF, in the Changeset vocabulary (`http://purl.org/vocab/changeset/schema#`): each is a `cs:ChangeSet` about a
//! subject, whose `cs:removal` and `cs:addition` are `rdf:Statement`s, each with the claims that state it. It is plain RDF 1.1, and
//! older than the patch formats that are no RDF.

use super::{Change, Stated};
use crate::model::id::{content_hash, resource};
use crate::model::vocab::{cs, prov, rdf, rdfs};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

/// The differences as RDF; `said` gives each in words, in the language `lang`.
pub fn quads(changes: &[Change], said: impl Fn(&Change) -> String, lang: &str) -> Vec<Quad> {
    let mut quads = Vec::new();
    for change in changes {
        let term = |stated: &Option<Stated>| stated.as_ref().map(|s| format!("{} {}", s.subject, s.value)).unwrap_or_default();
        let hash = &content_hash(&[change.property.as_str(), &term(&change.before), &term(&change.after)])[..32];
        let node = resource("change", hash);
        let mut add = |subject: &NamedNode, property: NamedNodeRef<'_>, object: Term| {
            quads.push(Quad::new(subject.clone(), property, object, GraphName::DefaultGraph));
        };
        add(&node, rdf::TYPE, cs::CHANGE_SET.into());
        if let Some(subject) = change.subject() {
            add(&node, cs::SUBJECT_OF_CHANGE, subject.clone().into());
        }
        add(&node, rdfs::COMMENT, Literal::new_language_tagged_literal_unchecked(said(change), lang).into());
        for (side, name, stated) in [(cs::REMOVAL, "removal", &change.before), (cs::ADDITION, "addition", &change.after)] {
            // An answer that is empty states nothing.
            let Some(stated) = stated.as_ref().filter(|s| !matches!(&s.value, Term::Literal(text) if text.value().is_empty()))
            else {
                continue;
            };
            let statement = resource("change", &format!("{hash}/{name}"));
            add(&node, side, statement.clone().into());
            add(&statement, rdf::TYPE, rdf::STATEMENT.into());
            add(&statement, rdf::SUBJECT, stated.subject.clone().into());
            add(&statement, rdf::PREDICATE, change.property.clone().into());
            add(&statement, rdf::OBJECT, stated.value.clone());
            for claim in stated.quotes.iter().filter_map(|quote| quote.claim.clone()) {
                add(&statement, prov::WAS_DERIVED_FROM, claim.into());
            }
        }
    }
    quads
}
