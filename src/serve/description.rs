//! What the endpoint is, for programs: its SPARQL Service Description.

use super::error::Problem;
use crate::config::DefaultGraph;
pub use crate::describe::Place;
use crate::model::vocab::rdf;
use axum::http::{HeaderMap, HeaderName, header};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, Quad, Term};

/// What does not depend on the store.
const FIXED: &str = include_str!("service-description.ttl");
const SD: &str = "http://www.w3.org/ns/sparql-service-description#";

/// The header by which handlers are told that what they make is written to files, and at which address these will be. It is set by
/// the router alone, which takes it away from what clients send.
pub(super) const FILES: HeaderName = HeaderName::from_static("x-flg-files");

impl Place {
    /// The place that a request came to, as it says itself: what is sent names addresses there, whatever host that is.
    pub fn of(headers: &HeaderMap) -> Self {
        if let Some(base) = headers.get(FILES).and_then(|base| base.to_str().ok()) {
            return Self::of_files(base);
        }
        let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let host =
            said(header::HOST.as_str()).filter(|host| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-[]".contains(&b)));
        let scheme = if said("x-forwarded-proto") == Some("https") { "https" } else { "http" };
        Self::new(format!("{scheme}://{}", host.unwrap_or("localhost")))
    }
}

/// The description: services, dataset, and every named graph.
///
/// # Errors
/// If the place is none that an address can have.
pub fn quads(place: &Place, default: DefaultGraph, graphs: &[NamedNode], updates: bool) -> Result<Vec<Quad>, Problem> {
    let sd = |name: &str| NamedNode::new_unchecked(format!("{SD}{name}"));
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(place.origin()).map_err(|e| Problem::internal(&e))?;
    let mut all: Vec<Quad> = parser.for_slice(FIXED).collect::<Result<_, _>>().map_err(|e| Problem::internal(&e))?;
    let mut say = |subject: &NamedNode, property: NamedNode, object: Term| {
        all.push(Quad::new(subject.clone(), property, object, GraphName::DefaultGraph));
    };
    let (service, dataset) = (place.at("/sparql"), place.at("/sparql#dataset"));
    if default == DefaultGraph::Union {
        say(&service, sd("feature"), sd("UnionDefaultGraph").into());
    }
    for graph in graphs {
        say(&dataset, sd("namedGraph"), graph.clone().into());
        say(graph, rdf::TYPE.into_owned(), sd("NamedGraph").into());
        say(graph, sd("name"), graph.clone().into());
    }
    if updates {
        let update = place.at("/update");
        say(&update, rdf::TYPE.into_owned(), sd("Service").into());
        say(&update, sd("endpoint"), update.clone().into());
        say(&update, sd("supportedLanguage"), sd("SPARQL11Update").into());
        say(&update, sd("defaultDataset"), dataset.clone().into());
    }
    Ok(all)
}
