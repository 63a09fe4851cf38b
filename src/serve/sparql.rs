//! The SPARQL 1.1 Protocol for queries: by GET, by a posted form, by a posted query; content negotiation; the form for people.
//!
//! A result is complete or it is an error: it is sent once it is whole, so that a limit that is struck is told by its name; what is
//! larger than is held for that is sent while it is made, and broken off if a limit is struck then, never ended as if it were whole.

use super::body;
use super::cache::{Sent, Tag};
use super::description;
use super::error::{Code, Problem};
use super::form::{FORM_TYPE, Form, encode};
use super::formats::{self, HTML};
use super::html;
use super::limits::App;
use super::negotiate::Preferences;
use super::observe::QUERIES;
use super::pages::{Html, ask};
use super::passed::{Passed, pass};
use super::reader::{Graph, Outcome, Question};
use super::stream::{Made, Sink};
use super::update::UPDATE_TYPE;
use super::view::Chrome;
use crate::describe::{Document, context, writing};
use crate::model::vocab::PREFIXES;
use crate::store::{Table, kind};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::io::RdfSerializer;
use oxigraph::model::{GraphName, Triple};
use oxigraph::sparql::results::QueryResultsSerializer;
use std::sync::Arc;

/// The media type of a query sent as such.
const QUERY_TYPE: &str = "application/sparql-query";

/// A query by GET; without one, the form for people or the service description for programs.
pub async fn get(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let form = Form::of(&uri)?;
    if form.first("query").is_none() && form.first("update").is_none() {
        return front(&app, &uri, &headers).await;
    }
    answer(app, question(&form, None)?, form.first("format"), uri, headers).await
}

/// A query by POST, as a form or as such.
pub async fn post(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let kind = body::media_type(&headers)?;
    let form = Form::of(&uri)?;
    match kind.as_str() {
        QUERY_TYPE => {
            let query = body::text(&body)?.to_owned();
            answer(app, question(&form, Some(query))?, form.first("format"), uri, headers).await
        }
        FORM_TYPE => {
            let form = form.and(Form::read(&body)?);
            answer(app, question(&form, None)?, form.first("format"), uri, headers).await
        }
        UPDATE_TYPE => Err(not_here()),
        _ => Err(Problem::new(Code::UnsupportedMediaType, format!("A query cannot be sent as `{kind}`"))
            .hint(format!("Send it as `{QUERY_TYPE}`, or in the parameter `query` as `{FORM_TYPE}`"))),
    }
}

fn not_here() -> Problem {
    Problem::new(Code::Refused, "This address takes queries, not updates").hint("Send updates to `/update`, with a token")
}

/// The query and its dataset, from the parameters.
fn question(form: &Form, query: Option<String>) -> Result<Question, Problem> {
    if form.first("update").is_some() {
        return Err(not_here());
    }
    let text = match (query, form.one("query")?) {
        (Some(query), None) => query,
        (None, Some(query)) => query.to_owned(),
        (Some(_), Some(_)) => {
            return Err(
                Problem::new(Code::BadRequest, "The query is given both in the body and in the address").hint("Give it once")
            );
        }
        (None, None) => {
            return Err(Problem::new(Code::BadRequest, "There is no query").hint("Give it in the parameter `query`"));
        }
    };
    Ok(Question { text, default_graphs: form.graphs("default-graph-uri")?, named_graphs: form.graphs("named-graph-uri")? })
}

/// The forms in which the answer may be sent.
pub(super) enum Shape {
    Html,
    Rows(&'static formats::Rows),
    Graph(&'static formats::Graph),
}

/// Evaluates a query and sends its result in the form that the client likes best; what was sent before is sent again if the data
/// are the same.
async fn answer(
    app: Arc<App>,
    question: Question,
    format: Option<&str>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    tracing::debug!(target: QUERIES, text = question.text, "query");
    let counted = app.metrics.query(kind(&question.text).unwrap_or("unknown"));
    counted.ended(answered(&app, question, format, uri, headers).await)
}

async fn answered(
    app: &App,
    question: Question,
    format: Option<&str>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let tag = Tag::of(app, &question, &Preferences::written(&headers), format).await;
    if let Some(tag) = &tag {
        if let Some(response) = tag.unchanged(&headers) {
            app.metrics.cached("unchanged");
            return Ok(response);
        }
        if let Some(known) = app.results.get(tag) {
            app.metrics.cached("hit");
            let mut response = sent(known.body, known.media_type);
            tag.mark(&mut response, Some(true));
            return Ok(response);
        }
        app.metrics.cached("miss");
    }
    let accept = Preferences::media(&headers);
    let asked = format.map(str::to_owned);
    let c = Chrome::new(&uri, &headers);
    let settings = app.settings;
    let text = question.text.clone();
    let about = text.clone();
    let work = move |graph: &Graph, sink: &mut Sink| -> Result<Passed, Problem> {
        let page = |outcome: &Outcome| Ok(html(&c, ask::result(&text, outcome, &settings, &c)?));
        pass(graph, &question, (&accept, asked.as_deref()), sink, &page)
    };
    let mut response = match app.stream(work).await.map_err(|problem| problem.about(&about))? {
        Made::Whole(body, Passed::Data(media_type)) => {
            let data = Sent { body: body.into(), media_type };
            let mut response = sent(data.body.clone(), media_type);
            if let Some(tag) = tag {
                tag.mark(&mut response, Some(false));
                app.results.keep(&tag, data);
                return Ok(response);
            }
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Made::Whole(_, Passed::Page(page)) => page,
        Made::Begun(body, media_type) => {
            let mut response = sent(body, media_type);
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// The result as data in the form that the client likes best, or in the one that it asks for; `None` if that is a page.
///
/// # Errors
/// If there is no such form.
pub fn data(outcome: &Outcome, accept: &Preferences, asked: Option<&str>) -> Result<Option<Response>, Problem> {
    Ok(written(outcome, accept, asked)?.map(|data| sent(data.body, data.media_type)))
}

fn written(outcome: &Outcome, accept: &Preferences, asked: Option<&str>) -> Result<Option<Sent>, Problem> {
    Ok(match choose(matches!(outcome, Outcome::Graph(_)), accept, asked)? {
        Shape::Rows(format) => Some(Sent { body: rows(outcome, format)?.into(), media_type: format.media_type() }),
        Shape::Graph(format) => Some(Sent { body: triples(outcome, format)?.into(), media_type: format.media_type() }),
        Shape::Html => None,
    })
}

/// The form that the client likes best of those of a graph, or of rows.
pub(super) fn choose(graph: bool, accept: &Preferences, asked: Option<&str>) -> Result<Shape, Problem> {
    let names: Vec<(&str, &[&str], &[&str])> = if graph {
        formats::GRAPHS.iter().map(|f| (f.extension, f.media_types, f.aliases)).collect()
    } else {
        formats::ROWS.iter().map(|f| (f.extension, f.media_types, &[][..])).collect()
    };
    let at = |i: usize| match (graph, formats::GRAPHS.get(i), formats::ROWS.get(i)) {
        (true, Some(format), _) => Shape::Graph(format),
        (false, _, Some(format)) => Shape::Rows(format),
        _ => Shape::Html,
    };
    if let Some(asked) = asked.filter(|asked| !asked.is_empty()) {
        if asked == "html" {
            return Ok(Shape::Html);
        }
        let bears = |(extension, media_types, aliases): &(&str, &[&str], &[&str])| {
            *extension == asked || media_types.contains(&asked) || aliases.contains(&asked)
        };
        let found = names.iter().position(bears);
        return found.map(at).ok_or_else(|| {
            let known: Vec<&str> = names.iter().map(|(extension, ..)| *extension).chain(["html"]).collect();
            Problem::new(Code::NotAcceptable, format!("`{asked}` is no format of this result"))
                .hint(format!("`format` may be {}", known.join(", ")))
        });
    }
    let offers: Vec<&[&str]> = names.iter().map(|(_, media_types, _)| *media_types).chain([HTML]).collect();
    let best = accept.best(&offers).ok_or_else(|| {
        let known: Vec<&str> = offers.iter().filter_map(|media_types| media_types.first().copied()).collect();
        Problem::not_acceptable(&known)
    })?;
    Ok(at(best))
}

/// Rows, or a yes or no, as a SPARQL results document.
fn rows(outcome: &Outcome, format: &formats::Rows) -> Result<Vec<u8>, Problem> {
    let serializer = QueryResultsSerializer::from_format(format.format);
    let failed = |error: std::io::Error| Problem::internal(&error);
    Ok(match outcome {
        Outcome::Boolean(value) => serializer.serialize_boolean_to_writer(Vec::new(), *value).map_err(failed)?,
        Outcome::Rows(Table { variables, rows }) => {
            let mut writer = serializer.serialize_solutions_to_writer(Vec::new(), variables.clone()).map_err(failed)?;
            for row in rows {
                let bound =
                    variables.iter().zip(row).filter_map(|(variable, term)| Some((variable.as_ref(), term.as_ref()?.as_ref())));
                writer.serialize(bound).map_err(failed)?;
            }
            writer.finish().map_err(failed)?
        }
        Outcome::Graph(_) => Vec::new(),
    })
}

/// Triples as a document, with the prefixes of the project.
fn triples(outcome: &Outcome, format: &formats::Graph) -> Result<Vec<u8>, Problem> {
    let Outcome::Graph(triples) = outcome else { return Ok(Vec::new()) };
    let quads = triples.iter().map(|triple: &Triple| triple.as_ref().in_graph(GraphName::DefaultGraph.as_ref()));
    document(quads, format)
}

/// What writes quads, with the prefixes of the project.
pub(super) fn serializer(format: &formats::Graph) -> RdfSerializer {
    PREFIXES.iter().fold(RdfSerializer::from_format(format.format), |serializer, (prefix, iri)| {
        // They are IRIs, each of them.
        serializer.clone().with_prefix(*prefix, *iri).unwrap_or(serializer)
    })
}

/// Quads as a document, with the prefixes of the project.
///
/// # Errors
/// If they cannot be written in this form.
pub fn document<'a>(
    quads: impl Iterator<Item = oxigraph::model::QuadRef<'a>>,
    format: &formats::Graph,
) -> Result<Vec<u8>, Problem> {
    let mut writer = serializer(format).for_writer(Vec::new());
    for quad in quads {
        writer.serialize_quad(quad).map_err(|error| Problem::internal(&error))?;
    }
    writer.finish().map_err(|error| Problem::internal(&error))
}

/// A body of a media type; those of text say that they are UTF-8.
pub fn sent(body: impl Into<Body>, media_type: &'static str) -> Response {
    let kind = if media_type.starts_with("text/") { format!("{media_type}; charset=utf-8") } else { media_type.to_owned() };
    let kind = HeaderValue::from_str(&kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    ([(header::CONTENT_TYPE, kind)], body.into()).into_response()
}

/// The address without a query: the form for people, what the endpoint is for programs.
async fn front(app: &App, uri: &Uri, headers: &HeaderMap) -> Result<Response, Problem> {
    let accept = Preferences::media(headers);
    let offers: Vec<&[&str]> = formats::GRAPHS.iter().map(|format| format.media_types).chain([HTML]).collect();
    let best = accept.best(&offers).ok_or_else(|| {
        let known: Vec<&str> = offers.iter().filter_map(|media_types| media_types.first().copied()).collect();
        Problem::not_acceptable(&known)
    })?;
    let mut response = match formats::GRAPHS.get(best) {
        None => {
            let c = Chrome::new(uri, headers);
            let page: Html = ask::form(&app.settings, &c)?;
            html(&c, page)
        }
        Some(format) => {
            let place = description::Place::of(headers);
            let updates = !app.tokens.0.is_empty();
            let (default, graphs) = app.read(Graph::dataset).await?;
            let quads = description::quads(&place, default, &graphs, updates)?;
            let document = Document { about: Some(place.at("/sparql")), nested: true, quads };
            let context = place.at(context::PATH);
            let body = writing::write(&document, format.format, context.as_str()).map_err(|error| Problem::internal(&error))?;
            sent(body, format.media_type())
        }
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// The address at which a query's result is shown, in a form if one is given.
pub fn address(query: &str, format: Option<&str>) -> String {
    let format = format.map(|format| format!("&format={format}")).unwrap_or_default();
    format!("/sparql?query={}{format}", encode(query))
}
