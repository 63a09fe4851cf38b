//! Pages of resources and lists, and of the dataset and the ontology; the same until something is written.

use super::error::Problem;
use super::form::Form;
use super::limits::App;
use super::reader::Graph;
use super::view::Chrome;
use super::{cache, html, links, pages, resource, vary};
use crate::describe::Overview;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use std::sync::Arc;

/// The page at an address below `/page/`.
pub(super) async fn page(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let c = Chrome::new(&uri, &headers);
    let path = uri.path().trim_start_matches("/page/").to_owned();
    let asked = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let tag = cache::Tag::new(&app, &["page", &asked, c.lang, c.place.origin()]).await;
    // A choice of language is remembered, which takes an answer of its own.
    if !c.chosen
        && let Some(mut response) = tag.unchanged(&headers)
    {
        vary(response.headers_mut());
        return Ok(response);
    }
    let mut response = shown(&app, &uri, path.clone(), c).await?;
    if response.status() == StatusCode::OK {
        tag.mark(&mut response, None);
        if !path.starts_with("list/") {
            links::put(response.headers_mut(), &path);
        }
    }
    Ok(response)
}

async fn shown(app: &App, uri: &Uri, path: String, c: Chrome) -> Result<Response, Problem> {
    let form = Form::of(uri)?;
    if path == "ontology" {
        return pages::ontology::page(&c).map(|page| html(&c, page));
    }
    let overview = app.overview().await?;
    if path == "dataset" {
        let (figures, releases) = (app.figures().await?, app.releases().await.len());
        return pages::dataset::page(&overview, figures.as_ref(), releases, &c).map(|page| html(&c, page));
    }
    app.read(move |graph| {
        if let Some(what) = path.strip_prefix("list/") {
            return Ok(html(&c, pages::list::page(graph, what, &pages::list::Part::of(&form), &c)?));
        }
        of_resource(graph, &path, &form, (&overview, &c), &|kept| format!("/page/{kept}"))
    })
    .await
}

/// The page of the resource that has a path under the base, or where `place` says that another is which is spoken of in its place.
///
/// # Errors
/// As [`resource::elsewhere`]; those of the store.
pub(super) fn of_resource(
    graph: &Graph,
    path: &str,
    form: &Form,
    (overview, c): (&Overview, &Chrome),
    place: &dyn Fn(&str) -> String,
) -> Result<Response, Problem> {
    let this = resource::at(path)?;
    if let Some(response) = resource::elsewhere(graph, &this, path, place)? {
        return Ok(response);
    }
    let (name, whole) = pages::report::TEXT;
    if form.first(name) == Some(whole) {
        return Ok(html(c, pages::report::whole(graph, &this, c)?));
    }
    Ok(html(c, pages::entity::page(graph, &this, overview, c)?))
}
