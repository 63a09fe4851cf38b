//! The mementos of a thing, in links: those of one that are told with it, and the list of all (RFC 7089, section 5).

use super::description::Place;
use super::error::{Code, Problem};
use super::limits::App;
use super::memento::Original;
use super::shelf::Releases;
use crate::model::vocab::BASE;
use crate::release::Release;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use std::fmt::Write as _;
use std::sync::Arc;

/// The media type of a list of links.
pub(super) const LINKS: &str = "application/link-format";

/// The links of a memento: to the original, to the list, and to the first, the next and the last memento on each side.
pub(super) async fn neighbours(
    app: &App,
    all: &Releases,
    release: &Release,
    original: &Original,
    place: &Place,
) -> Result<String, Problem> {
    let here = all.iter().position(|other| other.version() == release.version()).unwrap_or_default();
    let mut related: Vec<(usize, &str)> = vec![(here, "memento")];
    let sides: [(&str, Vec<usize>); 4] = [
        ("first", (0..=here).collect()),
        ("prev", (0..here).rev().collect()),
        ("next", (here + 1..all.len()).collect()),
        ("last", (here..all.len()).rev().collect()),
    ];
    for (relation, places) in sides {
        for at in places {
            if let Some(other) = all.get(at)
                && (at == here || original.is_in(app, other).await?)
            {
                related.push((at, relation));
                break;
            }
        }
    }
    let mut links = original.links(place);
    for (at, other) in all.iter().enumerate() {
        let relations: Vec<&str> = related.iter().filter(|(of, _)| *of == at).map(|(_, relation)| *relation).collect();
        if !relations.is_empty() {
            let mut named: Vec<&str> = relations.into_iter().filter(|relation| *relation != "memento").collect();
            named.push("memento");
            let _ = write!(links, ", {}", memento(original, other, &named.join(" "), place)); // to a string, which takes it
        }
    }
    Ok(links)
}

fn memento(original: &Original, release: &Release, relation: &str, place: &Place) -> String {
    format!("<{}>; rel=\"{relation}\"; datetime=\"{}\"", place.at(&original.within(release)).as_str(), release.date.http())
}

/// The list of all mementos of an original, in `application/link-format`.
pub(super) async fn timemap(
    State(app): State<Arc<App>>,
    Path(path): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let place = Place::of(&headers);
    // The path as it was sent: what is encoded in it is encoded in the original.
    let sent = uri.path().trim_start_matches("/timemap/link/");
    let sent = sent.strip_prefix(place.origin()).or_else(|| sent.strip_prefix(BASE)).unwrap_or(sent);
    let none = || {
        Problem::new(Code::NotFound, format!("No version speaks of `{path}`"))
            .hint("`/timemap/link/page/id/country/mex` is such a list: the path of a page, of data or of a thing; `/release/` lists the versions")
    };
    let original = Original::of(sent).ok_or_else(none)?;
    let mut found = Vec::new();
    for release in app.releases().await.iter() {
        if original.is_in(&app, release).await? {
            found.push(Arc::clone(release));
        }
    }
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return Err(none()) };
    let itself = place.at(&format!("/timemap/link/{}", original.path));
    let mut text = format!("<{}>; rel=\"original timegate\",\n", place.at(&format!("/{}", original.path)).as_str());
    let _ = write!(
        text,
        "<{}>; rel=\"self\"; type=\"{LINKS}\"; from=\"{}\"; until=\"{}\"",
        itself.as_str(),
        first.date.http(),
        last.date.http()
    ); // to a string, which takes it
    for (at, release) in found.iter().enumerate() {
        let relation = match (at == 0, at + 1 == found.len()) {
            (true, true) => "first last memento",
            (true, false) => "first memento",
            (false, true) => "last memento",
            (false, false) => "memento",
        };
        let _ = write!(text, ",\n{}", memento(&original, release, relation, &place)); // to a string, which takes it
    }
    text.push('\n');
    Ok(([(header::CONTENT_TYPE, LINKS), (header::CACHE_CONTROL, "no-cache")], text).into_response())
}
