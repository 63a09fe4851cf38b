//! SPARQL 1.1 Graph Store HTTP Protocol: at `/data` a graph is named by `?graph=` or `?default`, at `/graph/…` by the address itself.

use super::body::{self, WRITES};
use super::cache::Tag;
use super::description::Place;
use super::error::{Code, Problem};
use super::form::Form;
use super::formats::{self, Graph};
use super::limits::App;
use super::negotiate::Preferences;
use super::passed::triples;
use super::reader::{Graph as Reader, problem};
use super::sparql::sent;
use super::stream::{Made, Sink};
use crate::config::Right;
use crate::model::id::sha256;
use crate::model::vocab::BASE;
use crate::store::{Store, Write};
use axum::body::Bytes;
use axum::extract::{FromRequest as _, Multipart, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::io::RdfParser;
use oxigraph::model::{GraphName, NamedNode, Triple};
use std::sync::Arc;

/// The graph that a request is about; `None` is the default graph.
type Target = Option<NamedNode>;

/// The graph that an address names, if it names one. An address of this server means the graph that is shown there.
fn target(uri: &Uri, headers: &HeaderMap) -> Result<Option<Target>, Problem> {
    if uri.path() != "/data" {
        return super::resource::at(uri.path()).map(|graph| Some(Some(graph)));
    }
    let form = Form::of(uri)?;
    let default = form.first("default").is_some();
    form.one("graph")?;
    match (form.graphs("graph")?.pop(), default) {
        (Some(_), true) => {
            Err(Problem::new(Code::BadRequest, "Both a graph and the default graph are named").hint("Name one of the two"))
        }
        (Some(graph), false) => Ok(Some(Some(Place::of(headers).canonical(&graph)))),
        (None, true) => Ok(Some(None)),
        (None, false) => Ok(None),
    }
}

fn named(uri: &Uri, headers: &HeaderMap) -> Result<Target, Problem> {
    target(uri, headers)?
        .ok_or_else(|| Problem::new(Code::BadRequest, "No graph is named").hint("Name it: `/data?graph=IRI`, or `/data?default`"))
}

fn missing(graph: &NamedNode) -> Problem {
    Problem::new(Code::NotFound, format!("There is no graph {graph}"))
        .hint("`SELECT DISTINCT ?g { GRAPH ?g {} }` lists those there are")
}

/// The triples of a graph, in the form that the client likes best.
pub async fn get(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let graph = named(&uri, &headers)?;
    let offers: Vec<&[&str]> = formats::GRAPHS.iter().map(|format| format.media_types).collect();
    let names: Vec<&str> = formats::GRAPHS.iter().map(Graph::media_type).collect();
    let best = Preferences::media(&headers).best(&offers).ok_or_else(|| Problem::not_acceptable(&names))?;
    let format = formats::GRAPHS.get(best).ok_or_else(|| Problem::not_acceptable(&names))?;
    let name = graph.as_ref().map_or("", NamedNode::as_str).to_owned();
    let tag = Tag::new(&app, &["graph", &name, format.extension]).await;
    if let Some(response) = tag.unchanged(&headers) {
        return Ok(response);
    }
    let work = move |reader: &Reader, sink: &mut Sink| {
        let there = reader.whole(graph.as_ref(), &mut |results| triples(results, format, sink))?;
        match graph {
            Some(graph) if !there => Err(missing(&graph)),
            _ => Ok(()),
        }
    };
    let mut response = match app.stream(work).await? {
        Made::Whole(body, ()) => sent(body, format.media_type()),
        Made::Begun(body, media_type) => sent(body, media_type),
    };
    tag.mark(&mut response, None);
    Ok(response)
}

/// Replaces a graph, or makes it.
pub async fn put(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let who = body::writer(&app, &headers, Right::Update)?.name.clone();
    let graph = named(&uri, &headers)?;
    let triples = read(&body::media_type(&headers)?, &body, graph.as_ref())?;
    write(&app, who, graph, Write::Replace, triples).await
}

/// Adds triples to a graph, or to a new one if none is named. They may come in several files, as `multipart/form-data`.
pub async fn post(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let who = body::writer(&app, &headers, Right::Update)?.name.clone();
    let graph = target(&uri, &headers)?;
    let base = graph.as_ref().and_then(Option::as_ref);
    let kind = body::media_type(&headers)?;
    let unread = |error: &dyn std::fmt::Display| {
        Problem::new(Code::BadRequest, format!("The body cannot be read: {error}")).hint("Send it whole")
    };
    let mut triples = Vec::new();
    if kind == "multipart/form-data" {
        let mut files = Multipart::from_request(request, &app).await.map_err(|e| unread(&e.body_text()))?;
        while let Some(file) = files.next_field().await.map_err(|e| unread(&e.body_text()))? {
            let kind = body::media_type(file.headers())?;
            triples.extend(read(&kind, &file.bytes().await.map_err(|e| unread(&e.body_text()))?, base)?);
        }
    } else {
        let body = match Bytes::from_request(request, &app).await {
            Ok(body) => body,
            Err(refusal) => return Ok(refusal.into_response()),
        };
        triples = read(&kind, &body, base)?;
    }
    if let Some(graph) = graph {
        return write(&app, who, graph, Write::Merge, triples).await;
    }
    // The same triples make the same graph.
    let mut lines: Vec<String> = triples.iter().map(ToString::to_string).collect();
    lines.sort_unstable();
    let name = format!("graph/{}", &sha256(lines.join("\n").as_bytes())[..32]);
    let graph = NamedNode::new_unchecked(format!("{BASE}{name}"));
    let mut response = write(&app, who, Some(graph), Write::Merge, triples).await?;
    let place = Place::of(&headers).at(&format!("/{name}"));
    let place = HeaderValue::from_str(place.as_str()).map_err(|error| Problem::internal(&error))?;
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// Takes a graph away.
pub async fn delete(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<StatusCode, Problem> {
    let who = body::writer(&app, &headers, Right::Update)?.name.clone();
    let graph = named(&uri, &headers)?;
    app.write(move |store| {
        let there = store.remove(graph.as_ref()).map_err(|error| problem(&error))?;
        tracing::info!(target: WRITES, who, graph = told(graph.as_ref()), there, "graph deleted");
        match graph {
            Some(graph) if !there => Err(missing(&graph)),
            _ => Ok(StatusCode::NO_CONTENT),
        }
    })
    .await
}

/// A graph's name for the log.
fn told(graph: Option<&NamedNode>) -> &str {
    graph.map_or("default", NamedNode::as_str)
}

async fn write(app: &App, who: String, graph: Target, how: Write, triples: Vec<Triple>) -> Result<Response, Problem> {
    app.write(move |store: &dyn Store| {
        let count = triples.len();
        let there = store.write(graph.as_ref(), how, &mut triples.into_iter()).map_err(|error| problem(&error))?;
        tracing::info!(target: WRITES, who, graph = told(graph.as_ref()), ?how, triples = count, "graph written");
        Ok(if there { StatusCode::NO_CONTENT } else { StatusCode::CREATED }.into_response())
    })
    .await
}

/// The triples of a body. Relative addresses in it are relative to the graph; its blank nodes are new ones.
fn read(kind: &str, body: &[u8], graph: Option<&NamedNode>) -> Result<Vec<Triple>, Problem> {
    let known = formats::GRAPHS.iter().filter(|format| !format.format.supports_datasets() || format.extension == "jsonld");
    let Some(format) = known.clone().find(|format| format.media_types.contains(&kind)) else {
        let names: Vec<String> = known.map(|format| format!("`{}`", format.media_type())).collect();
        return Err(Problem::new(Code::UnsupportedMediaType, format!("Triples cannot be sent as `{kind}`"))
            .hint(format!("Send them as one of {}", names.join(", "))));
    };
    let bad = |error: &dyn std::fmt::Display| {
        /// What is wrong is told in so many characters: a parser may quote a whole line.
        const TOLD: usize = 300;
        let error: String = error.to_string().chars().take(TOLD).collect();
        Problem::new(Code::BadRequest, format!("The body is no {}: {error}", format.name))
            .hint("Mend it there and send it again; nothing was changed")
    };
    let base = graph.map_or(BASE, NamedNode::as_str);
    let parser = RdfParser::from_format(format.format).rename_blank_nodes().with_base_iri(base).map_err(|e| bad(&e))?;
    let mut triples = Vec::new();
    for quad in parser.for_slice(body) {
        let quad = quad.map_err(|e| bad(&e))?;
        if quad.graph_name != GraphName::DefaultGraph {
            return Err(bad(&format!("it has a graph of its own, {}", quad.graph_name)));
        }
        triples.push(quad.into());
    }
    Ok(triples)
}
