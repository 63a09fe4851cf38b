//! The pages. Each function reads what it shows from the graph and returns the finished HTML; none knows of HTTP.

pub mod answer;
pub mod ask;
pub mod compare;
pub mod country;
pub mod coverage;
pub mod entity;
pub mod home;
pub mod list;
pub mod marked;
pub mod ontology;
pub mod problem;
pub mod published;
pub mod question;
pub mod report;
pub mod search;

use super::error::Problem;
use super::formats;
use super::view::{About, Format};
use crate::model::vocab::BASE;
use askama::Template;

/// A finished page.
pub struct Html(pub String);

/// Fills a template.
pub fn render(page: &impl Template) -> Result<Html, Problem> {
    page.render().map(Html).map_err(|error| Problem::internal(&error))
}

/// What a page is about, with the addresses of its data.
pub fn about(iri: &str) -> About {
    let path = iri.strip_prefix(BASE).unwrap_or(iri);
    let format = |format: &formats::Graph| Format {
        name: format.name,
        media_type: format.media_type(),
        href: format!("/data/{path}.{}", format.extension),
    };
    About { iri: iri.to_owned(), formats: formats::GRAPHS.iter().map(format).collect() }
}
