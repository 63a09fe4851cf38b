//! Linked data: the address of a resource leads to its page or to its data, as the client prefers; and the data themselves.

use super::cache::Fresh;
use super::dataset;
use super::description::Place;
use super::error::{Code, Problem};
use super::formats::{self, HTML};
use super::limits::App;
use super::links;
use super::negotiate::Preferences;
use super::reader::Graph;
use crate::describe::cite::Style;
use crate::describe::standing::{Rejection, Standing, standing};
use crate::describe::writing::Forms;
use crate::describe::{context, resource};
use crate::model::vocab::BASE;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::NamedNode;
use percent_encoding::percent_decode_str;
use std::sync::{Arc, LazyLock};

/// Documents of more statements are not remembered.
const SMALL: usize = 5_000;

/// The addresses of the two documents that are no things of the graph, with the endings of their forms.
pub static SUFFIXED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let graphs = formats::GRAPHS.iter().map(|format| format.extension);
    let endings: Vec<&str> = graphs.chain(Style::ALL.map(Style::extension)).chain(["html"]).collect();
    ["ontology", "dataset"].iter().flat_map(|name| endings.iter().map(move |ending| format!("/{name}.{ending}"))).collect()
});

/// The resource whose canonical IRI has this path under the base.
///
/// # Errors
/// If no IRI can have it.
pub fn at(path: &str) -> Result<NamedNode, Problem> {
    let path = path.trim_start_matches('/');
    let decoded = percent_decode_str(path).decode_utf8().map_err(|_| Problem::not_found(path))?;
    NamedNode::new(format!("{BASE}{decoded}")).map_err(|_| Problem::not_found(path))
}

/// The address of a resource: 303 to its page, its data or its citation. One that ends in the name of a form, as in
/// `/id/country/mex.ttl`, leads to that form.
pub async fn see(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let path = uri.path().trim_start_matches('/').to_owned();
    let this = at(&path)?;
    let led = {
        let path = path.clone();
        move |graph: &Graph| match elsewhere(graph, &this, &path, &|kept| format!("/{kept}")) {
            Err(problem) if problem.code == Code::NotFound => match suffixed(&path) {
                Some((stem, place)) if standing(graph, &at(stem)?)? != Standing::Unknown => moved(&place).map(Some),
                _ => Err(problem),
            },
            other => other,
        }
    };
    if let Some(response) = app.read(led).await? {
        return Ok(response);
    }
    let graphs = formats::GRAPHS.iter().map(|format| format.media_types);
    let offers: Vec<&[&str]> = std::iter::once(HTML).chain(graphs).chain(Style::ALL.map(Style::media_types)).collect();
    let known: Vec<&str> = offers.iter().filter_map(|media_types| media_types.first().copied()).collect();
    let best = Preferences::media(&headers).best(&offers).ok_or_else(|| Problem::not_acceptable(&known))?;
    let endings = formats::GRAPHS.iter().map(|format| ("data", format.extension));
    let endings = endings.chain(Style::ALL.map(|style| ("cite", style.extension())));
    let place = match best.checked_sub(1).and_then(|i| endings.clone().nth(i)) {
        Some((folder, ending)) => format!("/{folder}/{path}.{ending}"),
        None => format!("/page/{path}{}", uri.query().map(|query| format!("?{query}")).unwrap_or_default()),
    };
    let mut response = moved(&place)?;
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    links::put(headers, &path);
    Ok(response)
}

/// The resource of an address that ends in the name of a form, and where it is to be had in that form.
pub(super) fn suffixed(path: &str) -> Option<(&str, String)> {
    let stem = |ending: &str| path.strip_suffix(ending).and_then(|stem| stem.strip_suffix('.'));
    let graphs = formats::GRAPHS.iter().map(|format| ("data", format.extension, true));
    let styles = Style::ALL.into_iter().map(|style| ("cite", style.extension(), true));
    let mut all = graphs.chain(styles).chain([("page", "html", false)]);
    let found = all.find_map(|(folder, ending, kept)| Some((folder, stem(ending)?, ending, kept)));
    found.map(|(folder, stem, ending, kept)| {
        let place = if kept { format!("/{folder}/{stem}.{ending}") } else { format!("/{folder}/{stem}") };
        (stem, place)
    })
}

/// Where the address of a resource leads, if the graph speaks of another in its place: to the one that `place` makes of its path.
///
/// # Errors
/// If the graph does not speak of it, or not any more.
pub fn elsewhere(
    graph: &Graph,
    this: &NamedNode,
    path: &str,
    place: &dyn Fn(&str) -> String,
) -> Result<Option<Response>, Problem> {
    match standing(graph, this)? {
        Standing::Here => Ok(None),
        Standing::Unknown => Err(Problem::not_found(path)),
        Standing::Rejected(rejection) => Err(gone(path, &rejection)),
        Standing::Kept(kept) => match kept.as_str().strip_prefix(BASE) {
            Some(kept) => moved(&place(kept)).map(Some),
            None => Ok(None),
        },
    }
}

/// What a person decided that there is not.
fn gone(path: &str, rejection: &Rejection) -> Problem {
    let Rejection { decision, when, by, why } = rejection;
    let day = when.get(..10).unwrap_or(when);
    let why = why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    Problem::new(Code::Gone, format!("`{path}` was rejected by {by} on {day}{why}")).hint(format!(
        "The decision is at `/{}`; a later one can undo it",
        decision.as_str().strip_prefix(BASE).unwrap_or_default()
    ))
}

/// Leads to another address; a decision that made it so can be undone, so that it is not for good.
///
/// # Errors
/// If the address cannot stand in a header.
pub fn moved(place: &str) -> Result<Response, Problem> {
    let place = HeaderValue::from_str(place).map_err(|error| Problem::internal(&error))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
}

/// The data of a resource, in the form that its ending names: what is said of it, with the evidence and the names of what it is
/// connected with. The data of a graph is the graph; that of the ontology, the ontology's.
pub async fn data(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let path = uri.path().trim_start_matches("/data/").to_owned();
    let split = path.rsplit_once('.').and_then(|(stem, ending)| {
        formats::GRAPHS.iter().find(|format| format.extension == ending).map(|format| (stem.to_owned(), format))
    });
    let Some((stem, format)) = split else {
        let endings: Vec<String> = formats::GRAPHS.iter().map(|format| format!("`.{}`", format.extension)).collect();
        return Err(Problem::new(Code::NotFound, "The address of data ends in the name of a form")
            .hint(format!("End it in one of {}", endings.join(", "))));
    };
    let (this, place) = (at(&stem)?, Place::of(&headers));
    let words = ["data", &path, place.origin()];
    let mut response = if stem == "dataset" {
        let document = dataset::document(&app, &place).await?;
        let place = place.clone();
        app.kept(&headers, &words, move |_| body(&document.into(), format, &place)).await?
    } else {
        let (place, stem) = (place.clone(), stem.clone());
        let key = format!("{} {} {stem}", app.state().await, place.origin());
        let (known, to) = (app.described.recent.get(&key), Arc::clone(&app));
        let work = move |graph: &Graph| {
            if let Some(known) = known {
                return body(&known, format, &place);
            }
            let leads = |kept: &str| format!("/data/{kept}.{}", format.extension);
            // Nothing is said of a graph: it is what is said.
            if !stem.starts_with("graph/")
                && let Some(response) = elsewhere(graph, &this, &stem, &leads)?
            {
                return Ok(Fresh::Elsewhere(response));
            }
            let document = resource::describe(graph, &this, &place)?;
            if document.quads.is_empty() {
                return Err(Problem::not_found(&stem));
            }
            let small = document.quads.len() <= SMALL;
            let forms = Arc::new(Forms::from(document));
            if small {
                to.described.recent.insert(key, Arc::clone(&forms));
            }
            body(&forms, format, &place)
        };
        app.kept(&headers, &words, work).await?
    };
    links::put(response.headers_mut(), &stem);
    Ok(response)
}

/// A document in a form.
pub(super) fn body(document: &Forms, format: &formats::Graph, place: &Place) -> Result<Fresh, Problem> {
    let context = place.at(context::PATH);
    let text = document.write(format.format, context.as_str()).map_err(|error| Problem::internal(&error))?;
    Ok(Fresh::Body(text, format.media_type()))
}
