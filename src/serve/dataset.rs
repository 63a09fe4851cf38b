//! The dataset as a whole, for programs: its description, feeds, site map, citations, and the pictures of its pages.

use super::cache::{Fresh, Known};
use super::description::Place;
use super::error::{Code, Problem};
use super::form::Form;
use super::formats;
use super::limits::App;
use super::negotiate::Preferences;
use super::reader::Graph;
use super::resource::{at, elsewhere};
use super::sparql::sent;
use super::texts;
use super::view::Chrome;
use crate::describe::card::Card;
use crate::describe::cite::{Citation, Kind, Style};
use crate::describe::figures::Figures;
use crate::describe::writing::Forms;
use crate::describe::{self, Document, Overview, context, feed, sitemap};
use crate::facts::{kinds, terms};
use crate::model::moment::now;
use crate::model::vocab::class;
use crate::store::Store;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use quick_cache::sync::Cache;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// So many documents are remembered.
const RECENT: usize = 16;

/// What is known of the dataset as a whole, read once for each state of the data.
pub struct Described {
    overview: Known<Overview>,
    figures: Known<Figures>,
    /// The documents that were described last, by the state of the data, their place and path: who takes one form of a document
    /// often takes the others.
    pub(super) recent: Cache<String, Arc<Forms>>,
    /// The permit to send a dump.
    pub(super) dumps: Arc<Semaphore>,
}

impl Default for Described {
    fn default() -> Self {
        let (overview, figures) = Default::default();
        Self { overview, figures, recent: Cache::new(RECENT), dumps: Arc::new(Semaphore::new(1)) }
    }
}

impl App {
    /// The reports, the decisions, and the version.
    ///
    /// # Errors
    /// As [`App::read`].
    pub async fn overview(&self) -> Result<Arc<Overview>, Problem> {
        self.described.overview.of(self, Overview::read).await
    }
    /// How much there is. Where counting takes longer than a query may, it goes on, and whoever asks later gets what was counted.
    ///
    /// # Errors
    /// [`Code::Busy`] as long as it is being counted; those of the store.
    pub async fn figures(&self) -> Result<Arc<Figures>, Problem> {
        let read = |store: &dyn Store| Figures::read(store).map_err(|error| Problem::internal(&error));
        let busy = || Problem::new(Code::Busy, "The dataset is being counted").hint("Try again in a few seconds");
        self.described.figures.slowly(self, read).await.unwrap_or_else(|| Err(busy()))
    }
}

/// The description of the dataset.
///
/// # Errors
/// As [`App::read`].
pub async fn document(app: &App, place: &Place) -> Result<Document, Problem> {
    let versions: Vec<_> = app.releases().await.iter().map(|release| release.described()).collect();
    Ok(describe::dataset::document(app.overview().await?.as_ref(), app.figures().await?.as_ref(), &versions, place))
}

/// `/.well-known/void`: leads to the description, in the form that the client likes best.
pub async fn void(headers: HeaderMap) -> Response {
    let offers: Vec<&[&str]> = formats::GRAPHS.iter().map(|format| format.media_types).collect();
    let best = Preferences::media(&headers).best(&offers).and_then(|i| formats::GRAPHS.get(i));
    let place = format!("/data/dataset.{}", best.map_or("ttl", |format| format.extension));
    (StatusCode::FOUND, [(header::LOCATION, place), (header::VARY, "Accept".to_owned())]).into_response()
}

/// The JSON-LD context.
pub async fn context() -> Response {
    let mut response = sent(Bytes::from(context::text().into_owned()), "application/ld+json");
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}

/// The language that an address asks for, or English.
pub(super) fn language(form: &Form) -> &'static str {
    form.first(Chrome::LANGUAGE).and_then(texts::known).unwrap_or("en")
}

/// The feed of the dataset.
pub async fn feed(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    changes(&app, None, &uri, &headers).await
}

/// The feed of a country.
pub async fn feed_of(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let code = name.strip_suffix(".atom").ok_or_else(|| missing(&name))?;
    changes(&app, Some(code), &uri, &headers).await
}

fn missing(name: &str) -> Problem {
    Problem::new(Code::NotFound, format!("There is no feed `{name}`"))
        .hint("`/feed/mex.atom` is that of Mexico: a country has one if a report is about it, under its code")
}

async fn changes(app: &App, code: Option<&str>, uri: &Uri, headers: &HeaderMap) -> Result<Response, Problem> {
    let (place, lang, overview) = (Place::of(headers), language(&Form::of(uri)?), app.overview().await?);
    let words = ["feed", code.unwrap_or_default(), lang, place.origin()];
    let (code, at) = (code.map(str::to_owned), place.clone());
    let work = move |graph: &Graph| {
        let country = match code.as_deref() {
            Some(code) => Some((code, feed::country(&overview, code, lang).ok_or_else(|| missing(code))?)),
            None => None,
        };
        let entries = feed::entries(graph, &overview, country.as_ref().map(|(_, (iri, _))| iri), lang)?;
        let text = feed::atom(&entries, country.as_ref().map(|(code, (_, name))| (*code, *name)), &at, lang);
        Ok(Fresh::Body(text.into_bytes(), feed::MEDIA_TYPE))
    };
    app.kept(headers, &words, work).await
}

/// The index of the site map.
pub async fn sitemap(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let place = Place::of(&headers);
    let paths = paths(&app, &place).await?;
    Ok(sent(sitemap::index(paths.len(), sitemap::LARGEST, &place), "application/xml"))
}

/// A part of the site map.
pub async fn sitemap_part(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let place = Place::of(&headers);
    let paths = paths(&app, &place).await?;
    let number = name.strip_suffix(".xml").and_then(|number| number.parse().ok());
    let part = number.and_then(|number| sitemap::part(&paths, number, sitemap::LARGEST, &place));
    let part = part.ok_or_else(|| {
        Problem::new(Code::NotFound, format!("The site map has no part `{name}`")).hint("`/sitemap.xml` lists its parts")
    })?;
    Ok(sent(part, "application/xml"))
}

async fn paths(app: &App, place: &Place) -> Result<Vec<String>, Problem> {
    Ok(sitemap::paths(app.figures().await?.as_ref(), place))
}

/// What crawlers are asked to leave alone.
pub async fn robots(headers: HeaderMap) -> Response {
    sent(sitemap::robots(&Place::of(&headers)), "text/plain")
}

/// How something is cited, in the form that the address ends in, or that the client likes best.
pub async fn cite(
    State(app): State<Arc<App>>,
    Path(path): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let named = Style::ALL.iter().find_map(|style| {
        path.strip_suffix(style.extension()).and_then(|stem| stem.strip_suffix('.')).map(|stem| (stem, *style))
    });
    let (stem, style) = match named {
        Some(named) => named,
        None => (path.as_str(), negotiated(&headers)?),
    };
    let (this, lang, overview) = (at(stem)?, language(&Form::of(&uri)?), app.overview().await?);
    // Nobody knows on which day a file is read.
    let live = Place::of(&headers).is_live();
    let accessed: String = if live { now().chars().take(10).collect() } else { String::new() };
    let words = ["cite", stem, style.extension(), lang, &accessed];
    let (stem, accessed) = (stem.to_owned(), accessed.clone());
    let work = move |graph: &Graph| {
        let leads = |kept: &str| format!("/cite/{kept}.{}", style.extension());
        if let Some(response) = elsewhere(graph, &this, &stem, &leads)? {
            return Ok(Fresh::Elsewhere(response));
        }
        let citation = Citation::of(graph, &overview, &this, (&accessed, lang))?;
        let citation = citation.ok_or_else(|| {
            Problem::new(Code::NotFound, format!("`{stem}` has no name to cite it by")).hint("Cite what it is a part of")
        })?;
        Ok(Fresh::Body(citation.write(style).into_bytes(), style.media_type()))
    };
    app.kept(&headers, &words, work).await
}

fn negotiated(headers: &HeaderMap) -> Result<Style, Problem> {
    let offers = Style::ALL.map(Style::media_types);
    let best = Preferences::media(headers).best(&offers).and_then(|i| Style::ALL.get(i).copied());
    best.ok_or_else(|| Problem::not_acceptable(&Style::ALL.map(Style::media_type)))
}

/// The picture of a page for those who share it.
pub async fn card(
    State(app): State<Arc<App>>,
    Path(path): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let stem = path.strip_suffix(".png").ok_or_else(|| Problem::not_found(&path))?.to_owned();
    let (this, lang, overview) = (at(&stem)?, language(&Form::of(&uri)?), app.overview().await?);
    let words = ["card", &path, lang];
    let work = move |graph: &Graph| {
        let site = texts::text("site", lang).to_owned();
        let citation = Citation::of(graph, &overview, &this, ("", lang))?.ok_or_else(|| Problem::not_found(&stem))?;
        let kind = match citation.kind {
            Kind::Dataset => texts::text("dataset.title", lang).to_owned(),
            Kind::Report => terms::label(class::REPORT, lang),
            Kind::Fact => texts::text("claim.title", lang).to_owned(),
            Kind::Entry => kinds(graph, &this)?.first().map(|kind| terms::label(kind.as_ref(), lang)).unwrap_or_default(),
        };
        let card = Card { site, title: citation.title, kind };
        Ok(Fresh::Body(card.png().map_err(|error| Problem::internal(&error))?, "image/png"))
    };
    app.kept(&headers, &words, work).await
}
