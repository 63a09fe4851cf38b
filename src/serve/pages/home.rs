//! The home page: what this is, what is in it, and the ways into it.

use super::{Html, about, published, render, report};
use crate::describe::{Overview, dataset, schema_org};
use crate::model::vocab::{BASE, class};
use crate::serve::error::Problem;
use crate::serve::facts;
use crate::serve::pictures::{Picture, countries};
use crate::serve::reader::Graph;
use crate::serve::terms;
use crate::serve::view::{About, Chrome, Item, Label, best, number};
use askama::Template;
use oxigraph::model::NamedNodeRef;
use std::collections::BTreeMap;

const CLASS_COUNTS: &str = include_str!("../queries/class-counts.rq");
const SCHEME_COUNTS: &str = include_str!("../queries/scheme-counts.rq");
const CLAIM_COUNT: &str = include_str!("../queries/claim-count.rq");
const CONVERTED: &str = include_str!("../queries/reports.rq");

/// Classes that are machinery to a reader: reached from a report, not counted on the home page.
pub const MACHINERY: &[NamedNodeRef<'_>] = &[class::SECTION, class::QUESTION, class::ANSWER, class::FORM, class::CLAIM];

/// Schemes that grade and tell states apart: of interest where they are used, not as things that reports speak of.
const GRADES: &[&str] = &["importance", "ratification-intentions", "ratification-statuses", "stages", "statuses"];

/// So many reports are listed; the rest is one click away.
const REPORTS: usize = 20;

/// The query that the form starts with.
pub const FIRST_QUERY: &str = include_str!("../queries/first.rq");

struct Count {
    href: String,
    number: String,
    text: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Page<'a> {
    c: &'a Chrome,
    about: About,
    counts: Vec<Count>,
    map: Option<Picture>,
    reports: Vec<Item>,
    questions: Vec<Item>,
    examples: Vec<Item>,
    query: &'a str,
    rows: usize,
}

/// The home page.
pub fn page(graph: &Graph, overview: &Overview, c: &Chrome) -> Result<Html, Problem> {
    let mut counts: Vec<(usize, Count)> = Vec::new();
    for row in &graph.rows(CLASS_COUNTS, &[])? {
        let (Some(kind), Some(n)) = (facts::iri(row, "class"), count(row)) else { continue };
        let Some(local) = kind.as_str().strip_prefix(class::NS) else { continue };
        if !MACHINERY.iter().any(|machinery| *kind == *machinery) {
            let text = if n == 1 { terms::label(kind.as_ref(), c.lang) } else { terms::plural(kind.as_ref(), c.lang) };
            counts.push((n, Count { href: format!("/page/list/{local}"), number: number(n), text }));
        }
    }
    let mut schemes: BTreeMap<String, (usize, Vec<Label>)> = BTreeMap::new();
    for row in &graph.rows(SCHEME_COUNTS, &[])? {
        let (Some(scheme), Some(n)) = (facts::iri(row, "scheme"), count(row)) else { continue };
        let entry = schemes.entry(scheme.as_str().to_owned()).or_insert((n, Vec::new()));
        entry.1.extend(facts::label(row, "label"));
    }
    for (scheme, (n, labels)) in schemes {
        let Some(path) = scheme.strip_prefix(BASE) else { continue };
        if GRADES.iter().any(|grade| path.rsplit('/').next() == Some(grade)) {
            continue;
        }
        let text = best(&labels, c.lang).map_or_else(|| path.to_owned(), |(_, text)| text.clone());
        counts.push((n, Count { href: format!("/page/list/{path}"), number: number(n), text }));
    }
    counts.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.text.cmp(&y.text)));
    let claims = graph.rows(CLAIM_COUNT, &[])?.iter().find_map(count).unwrap_or_default();
    if claims > 0 {
        let text = c.t("home.facts").to_owned();
        counts.insert(0, (claims, Count { href: "/queries".to_owned(), number: number(claims), text }));
    }
    let about = About {
        url: c.place.at("/").into_string(),
        data: schema_org::script(&schema_org::dataset(overview, &c.place, c.lang)),
        ..about(dataset::iri().as_str(), c.t("site"), c.t("home.what"), c)
    };
    render(&Page {
        c,
        about,
        counts: counts.into_iter().map(|(_, count)| count).collect(),
        map: countries::picture(graph, overview, c)?,
        reports: reports(graph, c)?,
        questions: published::items(c)?,
        examples: if c.live() { super::answer::examples(graph, c)? } else { Vec::new() },
        query: FIRST_QUERY.trim_end(),
        rows: 9,
    })
}

fn count(row: &crate::facts::Row) -> Option<usize> {
    facts::label(row, "number")?.1.parse().ok().filter(|n| *n > 0)
}

fn reports(graph: &Graph, c: &Chrome) -> Result<Vec<Item>, Problem> {
    let rows = graph.rows(CONVERTED, &[])?;
    rows.iter().filter_map(|row| facts::iri(row, "report")).take(REPORTS).map(|iri| report::item(graph, iri, c)).collect()
}
