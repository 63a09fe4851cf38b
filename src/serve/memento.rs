//! Things as they were (RFC 7089): each page and document of a thing is its own `TimeGate`, which answers a request that says
//! `Accept-Datetime` as the version of that day did, and tells where its versions are.
//!
//! A memento is at `/release/VERSION/` with the path of the present behind it. A day before the first version that speaks of a thing
//! gets that one, as the standard has it; one after the last gets the last. Where the version of that day does not speak of a thing that an
//! earlier one spoke of, there is nothing to answer, and that is said.

use super::cache::{Fresh, Tag};
use super::description::Place;
use super::error::{Code, Problem};
use super::form::Form;
use super::formats::{self, HTML};
use super::limits::App;
use super::negotiate::Preferences;
use super::reader::Graph;
use super::shelf::{Releases, Version};
use super::timemap::{LINKS, neighbours};
use super::view::{Chrome, Memento};
use super::{releases, resource, shown};
use crate::describe::{dataset, resource as described, version};
use crate::knowledge::files;
use crate::model::moment::Moment;
use crate::release::Release;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use oxigraph::model::NamedNode;
use std::sync::Arc;

/// The header that asks for a day.
pub(super) const ACCEPT_DATETIME: HeaderName = HeaderName::from_static("accept-datetime");
/// The header that says of what day an answer is.
pub(super) const DATETIME: HeaderName = HeaderName::from_static("memento-datetime");

/// In what way a thing is shown at an address.
#[derive(Clone, Copy)]
enum Shown {
    /// Its address leads to the others.
    Thing,
    Page,
    Data(&'static formats::Graph),
}

/// An address that has mementos.
#[derive(Clone)]
pub(super) struct Original {
    /// Its path, without a slash before it.
    pub(super) path: String,
    /// The path of what it shows under the base.
    stem: String,
    this: NamedNode,
    shown: Shown,
}

impl Original {
    /// The original at a path, if there is one. Lists and the ontology's page are of the present alone.
    pub(super) fn of(path: &str) -> Option<Self> {
        let path = path.trim_start_matches('/');
        let (stem, shown) = if let Some(stem) = path.strip_prefix("page/") {
            (stem, Shown::Page)
        } else if let Some(named) = path.strip_prefix("data/") {
            let (stem, ending) = named.rsplit_once('.')?;
            (stem, Shown::Data(formats::GRAPHS.iter().find(|format| format.extension == ending)?))
        } else {
            // What ends in the name of a form leads there first.
            (path, if resource::suffixed(path).is_some() { return None } else { Shown::Thing })
        };
        let has = match shown {
            Shown::Data(_) => stem.starts_with("id/") || stem.starts_with("graph/") || matches!(stem, "dataset" | "ontology"),
            Shown::Page | Shown::Thing => stem.starts_with("id/") || stem == "dataset",
        };
        let this = resource::at(stem).ok().filter(|_| has)?;
        Some(Self { path: path.to_owned(), stem: stem.to_owned(), this, shown })
    }

    /// The path of a memento.
    pub(super) fn within(&self, release: &Release) -> String {
        match self.shown {
            Shown::Page | Shown::Thing if self.stem == "dataset" => format!("{}{}/", version::PATH, release.version()),
            _ => format!("{}{}/{}", version::PATH, release.version(), self.path),
        }
    }

    /// Whether a version has it.
    pub(super) async fn is_in(&self, app: &App, release: &Arc<Release>) -> Result<bool, Problem> {
        // What every version has, and what no statement need name.
        let subject = match self.stem.as_str() {
            "dataset" => return Ok(true),
            "ontology" => crate::model::vocab::graph::ontology(),
            _ => self.this.clone(),
        };
        Ok(app.known(release).await?.has(&subject))
    }

    /// Where it is itself, and where its versions are listed.
    pub(super) fn links(&self, place: &Place) -> String {
        let timemap = place.at(&format!("/timemap/link/{}", self.path));
        format!(
            "<{}>; rel=\"original timegate\", <{}>; rel=\"timemap\"; type=\"{LINKS}\"",
            place.at(&format!("/{}", self.path)).as_str(),
            timemap.as_str()
        )
    }
}

/// Answers who asks for a day with the version of that day; to others it says that they may ask.
pub(super) async fn negotiate(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let Some(original) = Original::of(request.uri().path()).filter(|_| reads && app.shelf.is_some()) else {
        return next.run(request).await;
    };
    let all = app.releases().await;
    if all.is_empty() {
        return next.run(request).await;
    }
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let place = Place::of(&headers);
    let mut response = match headers.get(ACCEPT_DATETIME) {
        None => {
            let mut response = next.run(request).await;
            put(response.headers_mut(), header::LINK, &original.links(&place));
            response
        }
        Some(asked) => match gate(&app, &all, &original, asked, (&uri, &headers)).await {
            Ok(response) => response,
            Err(problem) => {
                let mut response = problem.into_response();
                put(response.headers_mut(), header::LINK, &original.links(&place));
                response
            }
        },
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Datetime"));
    response
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    // What is in an address may stand in a header.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.append(name, value);
    }
}

/// The version of the day that is asked for.
async fn gate(
    app: &Arc<App>,
    all: &Releases,
    original: &Original,
    asked: &HeaderValue,
    request: (&Uri, &HeaderMap),
) -> Result<Response, Problem> {
    let moment = asked.to_str().ok().and_then(Moment::of_http).ok_or_else(|| {
        Problem::new(Code::BadRequest, "`Accept-Datetime` is no date")
            .hint("It takes one such as `Sun, 29 Nov 2026 16:00:00 GMT`")
    })?;
    let of_day = all.iter().rposition(|release| release.date <= moment);
    if let Some(release) = of_day.and_then(|at| all.get(at))
        && original.is_in(app, release).await?
    {
        return at_gate(app, all, release, original, request).await;
    }
    for earlier in all.iter().take(of_day.unwrap_or_default()).rev() {
        if original.is_in(app, earlier).await? {
            let day = of_day.and_then(|at| all.get(at)).map_or_else(String::new, |release| release.version().to_owned());
            return Err(Problem::new(Code::NotFound, format!("Version `{day}` does not speak of `{}`", original.stem))
                .hint(format!("Version `{}` did: `{}`", earlier.version(), original.within(earlier))));
        }
    }
    for later in all.iter().skip(of_day.map_or(0, |at| at + 1)) {
        if original.is_in(app, later).await? {
            return at_gate(app, all, later, original, request).await;
        }
    }
    Err(Problem::new(Code::NotFound, format!("No version speaks of `{}`", original.stem))
        .hint("Without `Accept-Datetime` the present is answered, which the next release will hold"))
}

/// A memento, where the original is.
async fn at_gate(
    app: &Arc<App>,
    all: &Releases,
    release: &Arc<Release>,
    original: &Original,
    request: (&Uri, &HeaderMap),
) -> Result<Response, Problem> {
    let mut response = answer(app, all, release, original, request).await?;
    put(response.headers_mut(), header::CONTENT_LOCATION, &original.within(release));
    Ok(response)
}

/// The memento of an original in a version.
///
/// # Errors
/// If the version does not speak of it.
pub(super) async fn answer(
    app: &Arc<App>,
    all: &Releases,
    release: &Arc<Release>,
    original: &Original,
    (uri, headers): (&Uri, &HeaderMap),
) -> Result<Response, Problem> {
    if !original.is_in(app, release).await? {
        return Err(Problem::new(
            Code::NotFound,
            format!("Version `{}` does not speak of `{}`", release.version(), original.stem),
        )
        .hint(format!("`/timemap/link/{}` lists the versions that do", original.path)));
    }
    let mut response = match original.shown {
        Shown::Data(format) => data(app, release, original, format, headers).await?,
        Shown::Page => page(app, release, original, uri, headers).await?,
        Shown::Thing => thing(app, release, original, headers).await?,
    };
    let links = neighbours(app, all, release, original, &Place::of(headers)).await?;
    put(response.headers_mut(), header::LINK, &links);
    put(response.headers_mut(), DATETIME, &release.date.http());
    Ok(response)
}

/// Where the address of a thing led: to its page or its data in the version.
async fn thing(app: &Arc<App>, release: &Arc<Release>, original: &Original, headers: &HeaderMap) -> Result<Response, Problem> {
    let graphs = formats::GRAPHS.iter().map(|format| format.media_types);
    let offers: Vec<&[&str]> = std::iter::once(HTML).chain(graphs).collect();
    let known: Vec<&str> = offers.iter().filter_map(|media_types| media_types.first().copied()).collect();
    let best = Preferences::media(headers).best(&offers).ok_or_else(|| Problem::not_acceptable(&known))?;
    let form = best.checked_sub(1).and_then(|i| formats::GRAPHS.get(i));
    let stem = &original.stem;
    let path = form.map_or_else(|| format!("page/{stem}"), |format| format!("data/{stem}.{}", format.extension));
    let place = Original::of(&path).map_or_else(|| path.clone(), |other| other.within(release));
    if stem == "dataset" {
        return resource::moved(&place);
    }
    let (this, stem, start) = (original.this.clone(), stem.clone(), format!("{}{}/", version::PATH, release.version()));
    let version = app.version(release).await?;
    let led =
        app.read_from(version.store(), move |graph| resource::elsewhere(graph, &this, &stem, &|kept| format!("{start}{kept}")));
    let mut response = match led.await? {
        Some(response) => response,
        None => resource::moved(&place)?,
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// What was said of it.
async fn data(
    app: &Arc<App>,
    release: &Arc<Release>,
    original: &Original,
    format: &'static formats::Graph,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let place = Place::of(headers);
    let tag = Tag::lasting(&[
        "memento",
        &release.manifest.content.sha256,
        release.version(),
        &original.path,
        place.origin(),
        files::version(),
    ]);
    if let Some(response) = app.again(headers, &tag) {
        return Ok(response);
    }
    let version = app.version(release).await?;
    let (original, store, release) = (original.clone(), version.store(), Arc::clone(release));
    let work = move |graph: &Graph| {
        let (stem, start) = (&original.stem, format!("{}{}/data/", version::PATH, release.version()));
        if original.this == dataset::iri() {
            let Version { overview, figures, .. } = version.as_ref();
            let document = version::document(&release.described(), &release.manifest.files, overview, figures, &place);
            return resource::body(&document.into(), format, &place);
        }
        let leads = |kept: &str| format!("{start}{kept}.{}", format.extension);
        if stem.starts_with("id/")
            && let Some(response) = resource::elsewhere(graph, &original.this, stem, &leads)?
        {
            return Ok(Fresh::Elsewhere(response));
        }
        let document = described::describe(graph, &original.this, &place)?;
        if document.quads.is_empty() { Err(Problem::not_found(stem)) } else { resource::body(&document.into(), format, &place) }
    };
    Ok(app.first(&tag, app.read_from(store, work).await?))
}

/// The page of it, which says of which version it is.
async fn page(
    app: &Arc<App>,
    release: &Arc<Release>,
    original: &Original,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let here: Uri = format!("{}{query}", original.within(release)).parse().map_err(|error| Problem::internal(&error))?;
    if original.this == dataset::iri() {
        return releases::page(app, release, &here, headers).await;
    }
    let mut c = Chrome::new(&here, headers);
    c.memento = Some(Memento {
        told: c.fill("release.memento", &[("version", release.version().to_owned()), ("date", release.date.day())]),
        present: c.place.at(&format!("/{}", original.path)).into_string(),
        version: format!("{}{}/", version::PATH, release.version()),
    });
    let tag = Tag::lasting(&["memento", release.version(), &here.to_string(), c.lang, c.place.origin(), files::version()]);
    if !c.chosen
        && let Some(mut response) = tag.unchanged(headers)
    {
        super::vary(response.headers_mut());
        return Ok(response);
    }
    let version = app.version(release).await?;
    let (form, stem, store) = (Form::of(uri)?, original.stem.clone(), version.store());
    let start = format!("{}{}/page/", version::PATH, release.version());
    let work =
        move |graph: &Graph| shown::of_resource(graph, &stem, &form, (&version.overview, &c), &|kept| format!("{start}{kept}"));
    let mut response = app.read_from(store, work).await?;
    if response.status() == StatusCode::OK {
        tag.mark(&mut response, None);
    }
    Ok(response)
}
