//! The page of the dataset: how much it holds, in which version, in what forms, and where its changes are told.

use super::{Html, about, render};
use crate::describe::figures::Figures;
use crate::describe::{Overview, dataset, feed, schema_org};
use crate::serve::error::Problem;
use crate::serve::view::{About, Chrome, Link, best, number};
use askama::Template;

struct Count {
    number: String,
    text: String,
}

#[derive(Template)]
#[template(path = "dataset.html")]
struct Page<'a> {
    c: &'a Chrome,
    about: About,
    version: String,
    dumps: &'static [dataset::Dump],
    counts: Vec<Count>,
    releases: usize,
    feeds: Vec<Link>,
}

/// The page of the dataset, of which so many versions were released.
///
/// # Errors
/// If the page cannot be written.
pub fn page(overview: &Overview, figures: &Figures, releases: usize, c: &Chrome) -> Result<Html, Problem> {
    let count = |key: &str, n: usize| Count { number: number(n), text: c.t(key).to_owned() };
    let language = if c.lang == "en" { String::new() } else { format!("?{}={}", Chrome::LANGUAGE, c.lang) };
    let own = Link { href: format!("{}{language}", feed::path(None)), text: c.t("site").to_owned() };
    let mut countries: Vec<Link> = overview
        .countries()
        .into_iter()
        .filter_map(|(iri, names)| {
            let (code, (_, text)) = (feed::code(iri)?, best(names, c.lang)?);
            Some(Link { href: format!("{}{language}", feed::path(Some(code))), text: text.clone() })
        })
        .collect();
    countries.sort_by(|a, b| a.text.cmp(&b.text));
    render(&Page {
        c,
        about: About {
            data: schema_org::script(&schema_org::dataset(overview, &c.place, c.lang)),
            ..about(dataset::iri().as_str(), c.t("site"), c.t("home.what"), c)
        },
        version: overview.version().to_owned(),
        releases,
        dumps: dataset::dumps(&c.place),
        counts: vec![
            count("dataset.reports", overview.reports.len()),
            count("dataset.statements", figures.triples()),
            count("dataset.things", figures.entities),
            count("dataset.links", figures.links.values().sum()),
        ],
        feeds: std::iter::once(own).chain(countries).collect(),
    })
}
