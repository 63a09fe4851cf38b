//! Linked data: the address of a resource leads to its page or to its data, as the client prefers; and the data themselves.

use super::error::{Code, Problem};
use super::facts;
use super::formats::{self, HTML};
use super::limits::App;
use super::negotiate::Preferences;
use super::reader::Graph;
use super::sparql::{document, sent};
use crate::model::vocab::{BASE, graph as graphs};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::{GraphName, NamedNode, Quad};
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;
use std::sync::Arc;

const DESCRIBE: &str = include_str!("queries/describe.rq");
const GRAPH: &str = include_str!("queries/graph.rq");
const TAKEN_FOR: &str = include_str!("queries/taken-for.rq");
const EXISTS: &str = include_str!("queries/exists.rq");

/// The resource whose canonical IRI has this path under the base.
///
/// # Errors
/// If no IRI can have it.
pub fn at(path: &str) -> Result<NamedNode, Problem> {
    let path = path.trim_start_matches('/');
    let decoded = percent_decode_str(path).decode_utf8().map_err(|_| Problem::not_found(path))?;
    NamedNode::new(format!("{BASE}{decoded}")).map_err(|_| Problem::not_found(path))
}

/// Whether an IRI is that of a graph.
fn is_graph(this: &NamedNode) -> bool {
    this.as_str().strip_prefix(BASE).is_some_and(|path| path.starts_with("graph/"))
}

/// The address of a resource: 303 to its page or its data.
pub async fn see(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let path = uri.path().trim_start_matches('/').to_owned();
    let this = at(&path)?;
    let known = app.read({
        let this = this.clone();
        move |graph| Ok((exists(graph, &this)?, taken_for(graph, &this)?))
    });
    let (known, kept) = known.await?;
    if !known {
        return Err(Problem::not_found(&path));
    }
    if let Some(kept) = kept.as_ref().and_then(|kept| kept.as_str().strip_prefix(BASE)) {
        return moved(&format!("/{kept}"));
    }
    let offers: Vec<&[&str]> = std::iter::once(HTML).chain(formats::GRAPHS.iter().map(|format| format.media_types)).collect();
    let known: Vec<&str> = offers.iter().filter_map(|media_types| media_types.first().copied()).collect();
    let best = Preferences::media(&headers).best(&offers).ok_or_else(|| Problem::not_acceptable(&known))?;
    let format = best.checked_sub(1).and_then(|i| formats::GRAPHS.get(i));
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let place = match format {
        Some(format) => format!("/data/{path}.{}", format.extension),
        None => format!("/page/{path}{query}"),
    };
    let place = HeaderValue::from_str(&place).map_err(|error| Problem::internal(&error))?;
    let headers = [(header::LOCATION, place), (header::VARY, HeaderValue::from_static("Accept"))];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// What a thing was found to be the same as, if it is spoken of there instead.
///
/// # Errors
/// If the graph cannot be read.
pub fn taken_for(graph: &Graph, this: &NamedNode) -> Result<Option<NamedNode>, Problem> {
    let rows = graph.rows(TAKEN_FOR, &[("this", this.clone().into())])?;
    Ok(rows.first().and_then(|row| facts::iri(row, "kept")).cloned())
}

/// Leads to another address; a decision that made it so can be undone, so that it is not for good.
///
/// # Errors
/// If the address cannot stand in a header.
pub fn moved(place: &str) -> Result<Response, Problem> {
    let place = HeaderValue::from_str(place).map_err(|error| Problem::internal(&error))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
}

fn exists(graph: &Graph, this: &NamedNode) -> Result<bool, Problem> {
    if this.as_str() == format!("{BASE}ontology") {
        return Ok(true);
    }
    Ok(!graph.rows(EXISTS, &[("this", this.clone().into())])?.is_empty())
}

/// The data of a resource, in the form that its ending names: all that is said of it and with it, with the evidence. The data of
/// a graph is the graph; that of the ontology, the ontology's.
pub async fn data(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Problem> {
    let path = uri.path().trim_start_matches("/data/").to_owned();
    let split = path.rsplit_once('.').and_then(|(stem, ending)| {
        formats::GRAPHS.iter().find(|format| format.extension == ending).map(|format| (stem.to_owned(), format))
    });
    let Some((stem, format)) = split else {
        let endings: Vec<String> = formats::GRAPHS.iter().map(|format| format!("`.{}`", format.extension)).collect();
        return Err(Problem::new(Code::NotFound, "The address of data ends in the name of a form")
            .hint(format!("End it in one of {}", endings.join(", "))));
    };
    let this = at(&stem)?;
    let quads = app.read(move |graph| describe(graph, &this)).await?;
    if quads.is_empty() {
        return Err(Problem::not_found(&stem));
    }
    let body = if format.format.supports_datasets() {
        document(quads.iter().map(Quad::as_ref), format)?
    } else {
        let plain = |quad: &Quad| {
            let quad = Quad::new(quad.subject.clone(), quad.predicate.clone(), quad.object.clone(), GraphName::DefaultGraph);
            (quad.to_string(), quad)
        };
        let triples: BTreeMap<String, Quad> = quads.iter().map(plain).collect();
        document(triples.values().map(Quad::as_ref), format)?
    };
    Ok(sent(body, format.media_type()))
}

fn describe(graph: &Graph, this: &NamedNode) -> Result<Vec<Quad>, Problem> {
    let (query, target) = if this.as_str() == format!("{BASE}ontology") {
        (GRAPH, graphs::ontology())
    } else if is_graph(this) {
        (GRAPH, this.clone())
    } else {
        (DESCRIBE, this.clone())
    };
    let mut quads = BTreeMap::new();
    graph.each(query, &[("this", target.clone().into())], |row| {
        let name = facts::iri(&row, "graph").unwrap_or(&target).clone();
        let subject = facts::iri(&row, "subject").unwrap_or(&target).clone();
        let value = row.get("value").cloned().unwrap_or_else(|| target.clone().into());
        if let Some(property) = facts::iri(&row, "property") {
            let quad = Quad::new(subject, property.clone(), value, name);
            quads.insert(quad.to_string(), quad);
        }
    })?;
    Ok(quads.into_values().collect())
}
