//! The terms of the ontology with their labels, for headings and for the page that explains them.
//!
//! They come from the ontology in the binary, which is also what the graph holds, so that a page never lacks them.

use super::labels::{Label, best};
use super::texts;
use crate::knowledge::files;
use crate::model::vocab::{self, flg, rdf, rdfs, skos};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What the ontology says of a term.
#[derive(Clone, Debug, Default)]
pub struct TermEntry {
    /// Where it stands among the terms of the ontology's file, which is the order in which readers want them.
    pub position: usize,
    /// Its labels.
    pub labels: Vec<Label>,
    /// Other labels: of a class, its plural first.
    pub other_labels: Vec<Label>,
    /// What it means.
    pub comments: Vec<Label>,
    /// What it is: a class, a property.
    pub kinds: Vec<NamedNode>,
    /// Everything else that is said of it with a resource: super-classes, domain, range, source.
    pub relations: Vec<(NamedNode, NamedNode)>,
}

static TERMS: LazyLock<BTreeMap<String, TermEntry>> = LazyLock::new(|| {
    let mut terms: BTreeMap<String, TermEntry> = BTreeMap::new();
    for (path, bytes) in files::ontology("flg.ttl") {
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_reader(bytes.as_ref()) {
            match quad {
                Ok(quad) => note(&mut terms, quad),
                Err(error) => tracing::error!(%path, %error, "the ontology cannot be read: pages lack its labels"),
            }
        }
    }
    terms
});

fn note(terms: &mut BTreeMap<String, TermEntry>, quad: Quad) {
    let oxigraph::model::NamedOrBlankNode::NamedNode(subject) = quad.subject else { return };
    let position = terms.len();
    let entry = terms.entry(subject.into_string()).or_insert_with(|| TermEntry { position, ..TermEntry::default() });
    match quad.object {
        Term::Literal(literal) => {
            let label = (literal.language().unwrap_or_default().to_owned(), literal.value().to_owned());
            if quad.predicate == rdfs::LABEL {
                entry.labels.push(label);
            } else if quad.predicate == skos::ALT_LABEL {
                entry.other_labels.push(label);
            } else if quad.predicate == rdfs::COMMENT {
                entry.comments.push(label);
            }
        }
        Term::NamedNode(object) if quad.predicate == rdf::TYPE => entry.kinds.push(object),
        Term::NamedNode(object) => entry.relations.push((quad.predicate, object)),
        Term::BlankNode(_) => {}
    }
}

/// What the ontology says of `iri`.
pub fn entry(iri: NamedNodeRef<'_>) -> Option<&'static TermEntry> {
    TERMS.get(iri.as_str())
}

/// The label of a class or property: from the ontology, from the words of the pages for terms of other vocabularies, or its
/// short name.
pub fn label(iri: NamedNodeRef<'_>, lang: &str) -> String {
    if let Some((_, text)) = entry(iri).and_then(|entry| best(&entry.labels, lang)) {
        return text.clone();
    }
    let short = vocab::compact(iri);
    let key = format!("term.{short}");
    match texts::text(&key, lang) {
        same if same == key => short,
        text => text.to_owned(),
    }
}

/// The label of a class for several things of it.
pub fn plural(class: NamedNodeRef<'_>, lang: &str) -> String {
    let plural = entry(class).and_then(|entry| best(&entry.other_labels, lang));
    plural.map_or_else(|| label(class, lang), |(_, text)| text.clone())
}

/// Where a term stands in the ontology; terms of other vocabularies come last.
pub fn position(iri: NamedNodeRef<'_>) -> usize {
    entry(iri).map_or(usize::MAX, |entry| entry.position)
}

/// What a term means, in the reader's language if the ontology has it; empty for terms that it does not explain.
pub fn comment(iri: NamedNodeRef<'_>, lang: &str) -> String {
    entry(iri).and_then(|entry| best(&entry.comments, lang)).map(|(_, text)| text.clone()).unwrap_or_default()
}

/// The terms of the graph's own namespace, by local name.
pub fn own() -> impl Iterator<Item = (&'static str, &'static TermEntry)> {
    TERMS
        .iter()
        .filter_map(|(iri, entry)| iri.strip_prefix(flg::NS).map(|local| (local, entry)))
        .filter(|(local, _)| !local.is_empty())
}
