//! What a query can be made of, for those who help to write one: the prefixes that need no declaration, and the classes and properties
//! that the graph uses, with what they are called in the reader's language and how often they are used.

use super::cache::Fresh;
use super::dataset::language;
use super::error::Problem;
use super::form::Form;
use super::limits::App;
use crate::facts::terms;
use crate::model::vocab::{compact, prefixes};
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use oxigraph::model::NamedNode;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A class or property.
#[derive(Serialize)]
struct Term {
    /// As a query may write it.
    name: String,
    /// What it is called.
    label: String,
    /// How many things are of the class, or how many statements have the property.
    count: usize,
}

#[derive(Serialize)]
struct Vocabulary {
    prefixes: BTreeMap<&'static str, Cow<'static, str>>,
    classes: Vec<Term>,
    properties: Vec<Term>,
}

/// All of it, as JSON.
pub(super) async fn get(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let (lang, figures) = (language(&Form::of(&uri)?), app.figures().await?);
    let work = move |_: &super::reader::Graph| {
        let vocabulary = Vocabulary {
            prefixes: prefixes().collect(),
            classes: used(&figures.classes, lang),
            properties: used(&figures.properties, lang),
        };
        let body = serde_json::to_vec(&vocabulary).map_err(|error| Problem::internal(&error))?;
        Ok(Fresh::Body(body, "application/json"))
    };
    app.kept(&headers, &["vocabulary", lang], work).await
}

/// Terms by how often they are used, the most first.
fn used(counts: &BTreeMap<NamedNode, usize>, lang: &str) -> Vec<Term> {
    let term = |(iri, count): (&NamedNode, &usize)| {
        let short = compact(iri.as_ref());
        let name = if short == iri.as_str() { format!("<{short}>") } else { short };
        Term { name, label: terms::label(iri.as_ref(), lang), count: *count }
    };
    let mut all: Vec<Term> = counts.iter().map(term).collect();
    all.sort_by(|a, b| (b.count, &a.name).cmp(&(a.count, &b.name)));
    all
}
