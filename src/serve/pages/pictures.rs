//! The pages of pictures over all countries: who funds whom, when, and where.

use super::{Html, render};
use crate::describe::Overview;
use crate::serve::error::Problem;
use crate::serve::pictures::{Picture, countries, funding, time};
use crate::serve::reader::Graph;
use crate::serve::view::Chrome;
use askama::Template;

/// The pages, by their addresses, with the keys of their titles.
const PAGES: [(&str, &str); 3] = [("/funding", "pictures.funding"), ("/timeline", "pictures.timeline"), ("/map", "pictures.map")];

#[derive(Template)]
#[template(path = "pictures.html")]
struct Page<'a> {
    c: &'a Chrome,
    title: String,
    ways: Vec<(&'static str, String)>,
    picture: Option<Picture>,
}

/// Who funds whom, in all countries.
///
/// # Errors
/// If the store fails, or a limit is passed.
pub fn funding(graph: &Graph, c: &Chrome) -> Result<Html, Problem> {
    page("pictures.funding", funding::picture(graph, None, c)?, c)
}

/// When programmes and policies ran, and conventions were ratified.
///
/// # Errors
/// As [`funding()`].
pub fn timeline(graph: &Graph, overview: &Overview, c: &Chrome) -> Result<Html, Problem> {
    page("pictures.timeline", time::picture(graph, None, overview, c)?, c)
}

/// The countries of the world.
///
/// # Errors
/// As [`funding()`].
pub fn map(graph: &Graph, overview: &Overview, c: &Chrome) -> Result<Html, Problem> {
    page("pictures.map", countries::picture(graph, overview, c)?, c)
}

fn page(title: &str, picture: Option<Picture>, c: &Chrome) -> Result<Html, Problem> {
    let picture = picture.map(|picture| Picture { title: None, ..picture });
    let ways = PAGES.map(|(href, key)| (href, c.t(key).to_owned())).into();
    render(&Page { c, title: c.t(title).to_owned(), ways, picture })
}
