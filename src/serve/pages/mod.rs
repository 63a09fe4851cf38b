//! The pages. Each function reads what it shows from the graph and returns the finished HTML; none knows of HTTP.

pub mod answer;
pub mod ask;
pub mod compare;
pub mod country;
pub mod coverage;
pub mod dataset;
pub mod entity;
pub mod home;
pub mod list;
pub mod marked;
pub mod near;
pub mod ontology;
pub mod pictures;
pub mod problem;
pub mod published;
pub mod question;
pub mod releases;
pub mod report;
pub mod search;

use super::error::Problem;
use super::formats;
use super::view::{About, Chrome, Format, Group};
use crate::describe::cite::Style;
use crate::model::vocab::BASE;
use askama::Template;

/// Parts of reports, by their paths.
const PARTS: [&str; 3] = ["id/claim/", "id/answer/", "id/section/"];

/// A finished page.
pub struct Html(pub String);

/// Fills a template.
pub fn render(page: &impl Template) -> Result<Html, Problem> {
    page.render().map(Html).map_err(|error| Problem::internal(&error))
}

/// What a page is about: what that is called, what it is in a few words, and the addresses of its data.
pub fn about(iri: &str, title: &str, description: &str, c: &Chrome) -> About {
    let path = iri.strip_prefix(BASE).unwrap_or(iri);
    let language = if c.lang == "en" { String::new() } else { format!("?{}={}", Chrome::LANGUAGE, c.lang) };
    let format = |format: &formats::Graph| Format {
        name: format.name,
        media_type: format.media_type(),
        href: format!("/data/{path}.{}", format.extension),
    };
    let citation = |style: Style| Format {
        name: style.name(),
        media_type: style.media_type(),
        href: format!("/cite/{path}.{}{language}", style.extension()),
    };
    // Among files, parts of reports have the picture of the dataset: they are most of what there is.
    let part = !c.place.is_live() && PARTS.iter().any(|part| path.starts_with(part));
    let pictured = if part { "dataset" } else { path };
    About {
        iri: iri.to_owned(),
        formats: formats::GRAPHS.iter().map(format).collect(),
        citations: Style::ALL.map(citation).into(),
        title: title.to_owned(),
        description: description.to_owned(),
        url: c.place.at(&format!("/page/{path}")).into_string(),
        image: c.place.at(&format!("/card/{pictured}.png{language}")).into_string(),
        feed: None,
        data: String::new(),
    }
}

/// The first facts of a page in a few words.
pub fn summary(kind: &str, groups: &[Group]) -> String {
    /// So many properties are told, and so many values of each.
    const TOLD: (usize, usize) = (4, 3);
    /// More characters than this are cut.
    const LONGEST: usize = 280;
    let values = |group: &Group| {
        let values: Vec<&str> = group.facts.iter().take(TOLD.1).map(|fact| fact.value.text.as_str()).collect();
        format!("{}: {}", group.label, values.join(", "))
    };
    let facts = groups.iter().filter(|group| !group.incoming).take(TOLD.0).map(values);
    let parts: Vec<String> = std::iter::once(kind.to_owned()).filter(|kind| !kind.is_empty()).chain(facts).collect();
    let whole = parts.join(". ");
    if whole.chars().nth(LONGEST).is_none() {
        return whole;
    }
    let cut: String = whole.chars().take(LONGEST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(cut, _)| cut))
}
