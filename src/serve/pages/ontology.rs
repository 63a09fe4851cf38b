//! The page that explains the terms of the graph.

use super::{Html, about, render};
use crate::model::vocab::{BASE, class, dcterms, rdfs};
use crate::serve::error::Problem;
use crate::serve::terms::{self, TermEntry};
use crate::serve::view::{About, Chrome, Value, best, foreign, href};
use askama::Template;
use oxigraph::model::{NamedNode, NamedNodeRef};

struct Part {
    id: &'static str,
    title: String,
    terms: Vec<Entry>,
}

struct Entry {
    local: String,
    label: String,
    comment: String,
    lang: Option<String>,
    relations: Vec<Relation>,
    list: Option<String>,
}

struct Relation {
    label: String,
    values: Vec<Value>,
}

#[derive(Template)]
#[template(path = "ontology.html")]
struct Page<'a> {
    c: &'a Chrome,
    about: About,
    parts: Vec<Part>,
}

/// What of a term's relations is told, and how it is called.
const RELATIONS: &[(NamedNodeRef<'_>, &str)] = &[
    (rdfs::SUB_CLASS_OF, "ontology.kind-of"),
    (rdfs::SUB_PROPERTY_OF, "ontology.refines"),
    (NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#domain"), "ontology.domain"),
    (NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#range"), "ontology.range"),
    (dcterms::SOURCE, "ontology.source"),
];

/// The page of all terms.
pub fn page(c: &Chrome) -> Result<Html, Problem> {
    let mut parts = [("classes", "ontology.classes"), ("properties", "ontology.properties"), ("others", "ontology.others")]
        .map(|(id, key)| Part { id, title: c.t(key).to_owned(), terms: Vec::new() });
    for (local, term) in terms::own() {
        let is = |ending: &str| term.kinds.iter().any(|kind| kind.as_str().ends_with(ending));
        let part = if is("#Class") {
            0
        } else if is("Property") {
            1
        } else {
            2
        };
        let entry = entry(local, term, part == 0, c);
        if let Some(part) = parts.get_mut(part) {
            part.terms.push(entry);
        }
    }
    let parts = parts.into_iter().filter(|part| !part.terms.is_empty()).collect();
    render(&Page { c, about: about(&format!("{BASE}ontology"), c.t("ontology.title"), c.t("ontology.what"), c), parts })
}

fn entry(local: &str, term: &TermEntry, is_class: bool, c: &Chrome) -> Entry {
    let (lang, comment) = best(&term.comments, c.lang).cloned().unwrap_or_default();
    let relations = RELATIONS.iter().filter_map(|(property, key)| {
        let values: Vec<Value> =
            term.relations.iter().filter(|(p, _)| *p == *property).map(|(_, value)| value_of(value, c)).collect();
        (!values.is_empty()).then(|| Relation { label: c.t(key).to_owned(), values })
    });
    Entry {
        label: best(&term.labels, c.lang).map_or_else(|| local.to_owned(), |(_, text)| text.clone()),
        comment,
        lang: foreign(&lang, c.lang),
        relations: relations.collect(),
        list: is_class.then(|| format!("/page/list/{local}")),
        local: local.to_owned(),
    }
}

/// A term: one of our own under its label, another vocabulary's under its short name.
fn value_of(iri: &NamedNode, c: &Chrome) -> Value {
    let text = if iri.as_str().starts_with(class::NS) {
        terms::label(iri.as_ref(), c.lang)
    } else {
        crate::model::vocab::compact(iri.as_ref())
    };
    let (href, outside) = href(iri.as_str()).unzip();
    Value { href, text, outside: outside.unwrap_or_default(), ..Value::default() }
}
