//! The server: SPARQL, pages and linked data over one store, for everyone to read and for the holders of tokens to write.
//!
//! [`router`] is a function from the state to an axum router, so that tests drive it without a socket. Handlers parse the request,
//! call a function of [`pages`] or the store, and send what comes back; everything that touches the store runs off the event loop
//! under the limits of [`limits`]. What goes wrong is a [`error::Problem`], which one layer turns into a page, JSON or text.

pub mod admin;
pub mod answer;
pub mod assets;
pub mod body;
pub mod cache;
pub mod clients;
pub mod dataset;
pub mod description;
pub mod dump;
pub mod error;
pub mod facts;
pub mod form;
pub mod graphs;
mod life;
pub mod limits;
pub mod links;
pub mod mark;
mod memento;
mod memory;
pub mod metrics;
mod names;
pub mod negotiate;
pub mod observe;
pub mod operations;
pub mod pages;
pub mod passed;
mod permit;
pub mod pictures;
pub mod reader;
mod releases;
pub mod resource;
pub mod search;
mod settings;
mod shelf;
mod shown;
pub mod sparql;
pub mod stream;
pub mod texts;
mod timemap;
pub mod update;
pub mod view;
mod vocabulary;

pub use crate::describe::formats;
pub use crate::facts::terms;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use error::{Code, Problem};
use form::Form;
use limits::App;
use negotiate::Preferences;
use observe::RequestId;
use pages::Html;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::cors::{Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use view::Chrome;

/// What every answer says of how it may be used.
pub const SECURITY: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
];

/// The server's routes over its state.
pub fn router(app: Arc<App>) -> Router {
    let largest = app.settings.max_graph;
    let router = Router::new()
        .route("/", get(home))
        .route("/search", get(search::get))
        .route("/search/suggest", get(search::suggest))
        .route("/opensearch.xml", get(search::description))
        .route("/ask", get(answer::ask))
        .route("/api/ask", get(answer::api))
        .route("/api/suggest", get(answer::suggest))
        .route("/compare", get(compare))
        .route("/coverage", get(coverage))
        .route("/funding", get(funding))
        .route("/timeline", get(timeline))
        .route("/map", get(map))
        .route("/queries", get(questions))
        .route("/queries/{name}", get(question))
        .route("/sparql", get(sparql::get).post(sparql::post))
        .route("/sparql/terms.json", get(vocabulary::get))
        .route("/update", post(update::post))
        .route("/data", graphs(largest))
        .route("/graph/{*path}", graphs(largest))
        .route(crate::describe::context::PATH, get(dataset::context))
        .route("/.well-known/void", get(dataset::void))
        .route(crate::describe::dataset::DUMP, get(dump::dump))
        .route("/feed.atom", get(dataset::feed))
        .route("/feed/{name}", get(dataset::feed_of))
        .route("/sitemap.xml", get(dataset::sitemap))
        .route("/sitemap/{name}", get(dataset::sitemap_part))
        .route("/robots.txt", get(dataset::robots))
        .route("/release", get(releases::moved))
        .route("/release/", get(releases::list))
        .route("/release/{version}", get(releases::see))
        .route("/release/{version}/", get(releases::one))
        .route("/release/{version}/{*path}", get(releases::part))
        .route("/timemap/link/{*path}", get(timemap::timemap))
        .route("/cite/{*path}", get(dataset::cite))
        .route("/card/{*path}", get(dataset::card))
        .route("/health", get(operations::health))
        .route("/ready", get(operations::ready))
        .route("/metrics", get(operations::metrics))
        .route("/admin/backup", post(admin::backup))
        .route("/admin/restore", post(admin::restore).layer(DefaultBodyLimit::disable()))
        .route("/static/{*name}", get(assets::get));
    let router = router.merge(things(&app));
    let router = resource::SUFFIXED.iter().fold(router, |router, path| router.route(path, get(resource::see)));
    let router = router
        .fallback(nowhere)
        .method_not_allowed_fallback(no_such_method)
        .layer(DefaultBodyLimit::max(app.settings.max_body))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(app.clone(), clients::admit))
        .layer(middleware::from_fn_with_state(app.clone(), present))
        .layer(cors());
    let router = SECURITY.iter().fold(router, |router, (name, value)| {
        let layer = SetResponseHeaderLayer::overriding(HeaderName::from_static(name), HeaderValue::from_static(value));
        router.layer(layer)
    });
    // What is packed already is sent as it is.
    let packing = DefaultPredicate::new().and(NotForContentType::const_new(crate::backup::MEDIA_TYPE));
    let router = router.layer(CompressionLayer::new().compress_when(packing));
    let router = router.layer(middleware::from_fn(body::hear_out));
    let router = router.layer(middleware::from_fn_with_state(app.clone(), observe::observe));
    router.layer(middleware::from_fn_with_state(app.clone(), tell_place)).with_state(app)
}

/// Tells handlers whether what they make is for files.
async fn tell_place(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    request.headers_mut().remove(description::FILES);
    if let Some(base) = &app.files {
        request.headers_mut().insert(description::FILES, base.clone());
    }
    next.run(request).await
}

/// What there is an address of, which may be asked for as it was on another day.
fn things(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/page/{*path}", get(shown::page))
        .route("/data/{*path}", get(resource::data))
        .route("/id/{*path}", get(resource::see))
        .route("/ontology", get(resource::see))
        .route("/dataset", get(resource::see))
        .route_layer(middleware::from_fn_with_state(Arc::clone(app), memento::negotiate))
}

/// The Graph Store Protocol.
fn graphs(largest: usize) -> MethodRouter<Arc<App>> {
    let methods = get(graphs::get).put(graphs::put).post(graphs::post).delete(graphs::delete);
    methods.layer(DefaultBodyLimit::max(largest))
}

/// Reading is free for pages of every origin; writing is not for pages of others.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([header::ACCEPT, memento::ACCEPT_DATETIME, header::ACCEPT_LANGUAGE, header::CONTENT_TYPE])
        .expose_headers([header::LINK, header::VARY, header::ETAG, header::CONTENT_LOCATION, memento::DATETIME])
}

async fn home(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let (c, overview) = (Chrome::new(&uri, &headers), app.overview().await?);
    app.read(move |graph| pages::home::page(graph, &overview, &c).map(|page| html(&c, page))).await
}

async fn compare(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let (c, form) = (Chrome::new(&uri, &headers), Form::of(&uri)?);
    app.read(move |graph| match pages::compare::page(graph, &form, &c)? {
        pages::compare::Next::Choose(page) => Ok(html(&c, page)),
        pages::compare::Next::Answer(place) => resource::moved(&place),
    })
    .await
}

async fn coverage(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let (c, form) = (Chrome::new(&uri, &headers), Form::of(&uri)?);
    app.read(move |graph| pages::coverage::page(graph, form.first("form"), form.first("year"), &c).map(|page| html(&c, page)))
        .await
}

async fn funding(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let c = Chrome::new(&uri, &headers);
    app.read(move |graph| pages::pictures::funding(graph, &c).map(|page| html(&c, page))).await
}

async fn timeline(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let (c, overview) = (Chrome::new(&uri, &headers), app.overview().await?);
    app.read(move |graph| pages::pictures::timeline(graph, &overview, &c).map(|page| html(&c, page))).await
}

async fn map(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let (c, overview) = (Chrome::new(&uri, &headers), app.overview().await?);
    app.read(move |graph| pages::pictures::map(graph, &overview, &c).map(|page| html(&c, page))).await
}

async fn questions(uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let c = Chrome::new(&uri, &headers);
    pages::published::list(&c).map(|page| html(&c, page))
}

async fn question(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let c = Chrome::new(&uri, &headers);
    let (form, accept) = (Form::of(&uri)?, Preferences::media(&headers));
    let query = pages::published::find(&name)?;
    let work = move |graph: &reader::Graph| {
        let given = pages::published::given(query, &form, &c);
        let outcome = pages::published::answer(graph, query, &given)?;
        match sparql::data(&outcome, &accept, form.first(pages::published::FORMAT))? {
            Some(response) => Ok(response),
            None => Ok(html(&c, pages::published::page(query, &given, &outcome, &c)?)),
        }
    };
    let mut response = app.read(work).await?;
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

async fn nowhere(uri: Uri) -> Problem {
    Problem::not_found(uri.path())
}

async fn no_such_method(method: Method, uri: Uri) -> Problem {
    Problem::new(Code::MethodNotAllowed, format!("`{}` does not take {method}", uri.path()))
        .hint("The header `Allow` says which methods it takes")
}

#[allow(clippy::needless_pass_by_value)] // the layer hands it over so
fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let words = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    Problem::internal(&words.unwrap_or("a handler panicked")).into_response()
}

/// A finished page, in the reader's language, which is remembered if the address asked for it.
fn html(c: &Chrome, page: Html) -> Response {
    let page = match &c.memento {
        Some(memento) => memento.within(page.0),
        None => page.0,
    };
    let mut response = (StatusCode::OK, axum::response::Html(page)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(c.lang));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    vary(headers);
    if c.chosen
        && let Ok(cookie) =
            HeaderValue::from_str(&format!("{}={}; Path=/; Max-Age=31536000; SameSite=Lax", texts::COOKIE, c.lang))
    {
        headers.insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Says what a page depends on besides its address.
fn vary(headers: &mut HeaderMap) {
    headers.append(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
}

/// Gives a problem the form that its reader wants: a page for people, with names close to what was looked for; JSON or plain text
/// for programs.
async fn present(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let id = request.extensions().get::<RequestId>().cloned();
    let response = next.run(request).await;
    let refusal = || refused(&app, uri.path(), &response);
    let Some(mut problem) = response.extensions().get::<Problem>().cloned().or_else(refusal) else { return response };
    problem.request = id.map(|id| id.0);
    let accept = Preferences::media(&headers);
    let c = Chrome::new(&uri, &headers);
    let name = uri.path().rsplit('/').next().unwrap_or_default();
    let wanted = name.split('.').next().unwrap_or(name).to_owned();
    // Whoever writes answers to files asks for what the graph may not have, and reads no names.
    let near = if problem.suggest && app.files.is_none() {
        let c = c.clone();
        app.read(move |graph| pages::near::near(graph, &wanted, &c)).await.unwrap_or_default()
    } else {
        Vec::new()
    };
    if !accept.names("text/html") {
        let close: Vec<String> = near.iter().take(3).map(|item| format!("`{}`", item.href.trim_start_matches("/page"))).collect();
        if !close.is_empty() {
            problem.hint = Some(format!("The nearest names are those of {}", close.join(", ")));
        }
        return keep(&response, problem.answer(&accept));
    }
    let mut page = match pages::problem::page(&problem, near, &c) {
        Ok(page) => html(&c, page),
        Err(other) => other.answer(&accept),
    };
    *page.status_mut() = problem.code.status();
    problem.finish(&mut page);
    keep(&response, page)
}

/// The extractors' own refusals, as problems.
fn refused(app: &App, path: &str, response: &Response) -> Option<Problem> {
    let graph = path == "/data" || path.starts_with("/graph/");
    let (limit, code) =
        if graph { (app.settings.max_graph, Code::GraphTooLarge) } else { (app.settings.max_body, Code::BodyTooLarge) };
    (response.status() == StatusCode::PAYLOAD_TOO_LARGE).then(|| {
        let large = format!("Body limit: the body has more than the {limit} bytes that are taken here");
        Problem::new(code, large).hint("Send less at a time")
    })
}

/// Keeps what the headers of a problem say that is no matter of its form: which methods there are, what it is a version of.
fn keep(from: &Response, mut to: Response) -> Response {
    for name in [header::ALLOW, header::LINK] {
        for value in from.headers().get_all(&name) {
            to.headers_mut().append(name.clone(), value.clone());
        }
    }
    for value in from.headers().get_all(header::VARY) {
        if !to.headers().get_all(header::VARY).iter().any(|known| known == value) {
            to.headers_mut().append(header::VARY, value.clone());
        }
    }
    to
}
