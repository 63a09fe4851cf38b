//! The versions that were released: a list for people and for programs, a page of each, and their files, which never change.

use super::admin::Chunks;
use super::cache::Tag;
use super::description::Place;
use super::error::{Code, Problem};
use super::formats::{self, HTML};
use super::limits::App;
use super::memento::{self, Original};
use super::negotiate::Preferences;
use super::pages::releases as pages;
use super::view::Chrome;
use super::{html, resource};
use crate::describe::version;
use crate::knowledge::files;
use crate::model::id::sha256;
use crate::release::Release;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use http_body_util::channel::Channel;
use std::fs::File;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

/// So many chunks of a file wait for a slow client.
const WAITING: usize = 4;
/// A client that takes nothing for so long is taken to be gone.
const PATIENCE: Duration = Duration::from_secs(30);
/// What never changes may be kept for a year.
const LASTING: &str = "public, max-age=31536000, immutable";

/// `/release`: the list is below.
pub(super) async fn moved() -> Response {
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, version::PATH)]).into_response()
}

fn unknown(name: &str) -> Problem {
    Problem::new(Code::NotFound, format!("There is no release `{name}`")).hint("`/release/` lists those that there are")
}

async fn named(app: &App, name: &str) -> Result<Arc<Release>, Problem> {
    app.releases().await.iter().find(|release| release.version() == name).cloned().ok_or_else(|| unknown(name))
}

/// The form of RDF that a client likes better than a page, if it does.
fn rdf(headers: &HeaderMap) -> Option<&'static formats::Graph> {
    let graphs = formats::GRAPHS.iter().map(|format| format.media_types);
    let offers: Vec<&[&str]> = std::iter::once(HTML).chain(graphs).collect();
    let best = Preferences::media(headers).best(&offers)?;
    best.checked_sub(1).and_then(|i| formats::GRAPHS.get(i))
}

fn varied(mut response: Response) -> Response {
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    response
}

/// The list.
pub(super) async fn list(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(format) = rdf(&headers) {
        return resource::moved(&format!("{}index.{}", version::PATH, format.extension)).map(varied);
    }
    let c = Chrome::new(&uri, &headers);
    Ok(varied(html(&c, pages::list(&app.releases().await, &c)?)))
}

/// `/release/VERSION` leads to what is to be had of it, as `Accept` says; `/release/index.ttl` is the list for programs.
pub(super) async fn see(State(app): State<Arc<App>>, Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let form = name.strip_prefix("index.").and_then(|ending| formats::GRAPHS.iter().find(|form| form.extension == ending));
    if let Some(format) = form {
        let place = Place::of(&headers);
        let versions: Vec<_> = app.releases().await.iter().map(|release| release.described()).collect();
        let known = format!("{versions:?}");
        let tag = Tag::lasting(&["releases", &known, format.extension, place.origin(), files::version()]);
        if let Some(response) = app.again(&headers, &tag) {
            return Ok(response);
        }
        let body = resource::body(&version::list(&versions, &place).into(), format, &place)?;
        return Ok(app.first(&tag, body));
    }
    named(&app, &name).await?;
    let place = match rdf(&headers) {
        None => format!("{}{name}/", version::PATH),
        Some(format) => format!("{}{name}/data/dataset.{}", version::PATH, format.extension),
    };
    resource::moved(&place).map(varied)
}

/// The page of a version.
pub(super) async fn one(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (release, all) = (named(&app, &name).await?, app.releases().await);
    // It is what the page of the dataset was.
    let original = Original::of("page/dataset").ok_or_else(|| unknown(&name))?;
    memento::answer(&app, &all, &release, &original, (&uri, &headers)).await
}

/// The same, for those who asked for the dataset of a day.
pub(super) async fn page(app: &Arc<App>, release: &Arc<Release>, uri: &Uri, headers: &HeaderMap) -> Result<Response, Problem> {
    let c = Chrome::new(uri, headers);
    let all = app.releases().await;
    let shown = Arc::clone(release);
    let work = move || {
        let page = pages::one(&all, &shown, &c)?;
        Ok(html(&c, page))
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|failure| Err(Problem::internal(&failure)))
}

/// What is below a version: one of its files, or a thing as it was.
pub(super) async fn part(
    State(app): State<Arc<App>>,
    Path((name, path)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let release = named(&app, &name).await?;
    if release.files().any(|(file, ..)| file == path) {
        return file(&release, &path, &headers).await;
    }
    let start = format!("{}{name}/", version::PATH);
    // The path as it was sent: what is encoded in it is encoded in the original.
    let original = uri.path().strip_prefix(&start).and_then(Original::of);
    let Some(original) = original else {
        let files: Vec<String> = release.files().map(|(name, ..)| format!("`{name}`")).collect();
        return Err(Problem::new(Code::NotFound, format!("Version `{name}` has no `{path}`")).hint(format!(
            "It has {}, and below it things as they were, such as `{start}page/id/country/mex`",
            files.join(", ")
        )));
    };
    memento::answer(&app, &app.releases().await, &release, &original, (&uri, &headers)).await
}

/// A file of a version, sent while it is read.
async fn file(release: &Arc<Release>, name: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let (media_type, known) = release
        .files()
        .find(|(file, ..)| *file == name)
        .map(|(_, media_type, file)| (media_type.to_owned(), file.map(|file| file.sha256.clone())))
        .ok_or_else(|| unknown(name))?;
    let path = release.folder.join(name);
    let opened = tokio::task::spawn_blocking(move || -> io::Result<(File, u64, String)> {
        let file = File::open(&path)?;
        let length = file.metadata()?.len();
        // The manifest and the checksums are small, and no file has theirs.
        let sum = known.map_or_else(|| std::fs::read(&path).map(|bytes| sha256(&bytes)), Ok)?;
        Ok((file, length, sum))
    });
    let (file, length, sum) =
        opened.await.map_err(|failure| Problem::internal(&failure))?.map_err(|error| Problem::internal(&error))?;
    let tag = Tag::lasting(&["file", name, &sum]);
    let mut response = if let Some(response) = tag.unchanged(headers) {
        response
    } else {
        let media_type = if media_type.starts_with("text/") { format!("{media_type}; charset=utf-8") } else { media_type };
        let mut response = sending(file);
        put(&mut response, header::CONTENT_TYPE, &media_type)?;
        put(&mut response, header::CONTENT_LENGTH, &length.to_string())?;
        tag.mark(&mut response, None);
        response
    };
    put(&mut response, header::CACHE_CONTROL, LASTING)?;
    response.headers_mut().remove(header::VARY);
    Ok(response)
}

/// A file as the body of an answer.
fn sending(mut file: File) -> Response {
    let (sender, body) = Channel::<Bytes, io::Error>::new(WAITING);
    let mut to = Chunks::new(sender, Some(PATIENCE));
    tokio::task::spawn_blocking(move || {
        if let Err(error) = io::copy(&mut file, &mut to).and_then(|_| to.flush()) {
            // Whoever hung up needs no telling; whoever did not sees that the file has no end.
            if error.kind() != io::ErrorKind::BrokenPipe {
                tracing::error!(%error, "a file of a release was broken off");
            }
            to.abort("the file cannot be read");
        }
    });
    Body::new(body).into_response()
}

fn put(response: &mut Response, name: HeaderName, value: &str) -> Result<(), Problem> {
    let value = HeaderValue::from_str(value).map_err(|error| Problem::internal(&error))?;
    response.headers_mut().insert(name, value);
    Ok(())
}
