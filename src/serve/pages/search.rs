//! The page of what was found, and the description by which browsers search here.

use super::{Html, render};
use crate::search::told::{Hit, Marked, Said};
use crate::search::{Facet, Results};
use crate::serve::description::Place;
use crate::serve::error::Problem;
use crate::serve::search::Asked;
use crate::serve::view::{Chrome, foreign, href, number};
use askama::Template;

/// A longer value is words of the passage itself.
const LONGEST: usize = 80;

/// A text in pieces, of which some are marked.
struct Text {
    pieces: Vec<(String, bool)>,
    lang: Option<String>,
}

impl Text {
    fn new(text: &Marked, c: &Chrome) -> Self {
        Self { pieces: text.pieces(), lang: foreign(&text.language, c.lang) }
    }
}

/// Words of a report.
struct Passage {
    text: Text,
    before: String,
    after: String,
    /// What they state: property and value, after the subject where that is not the result itself.
    states: Vec<(String, String)>,
    href: String,
    source: String,
    claim: Option<String>,
}

struct Shown {
    href: String,
    title: Text,
    names: Vec<Text>,
    kinds: String,
    report: Option<(String, String)>,
    passages: Vec<Passage>,
    more: Option<String>,
}

/// A value that results can be narrowed down to, or freed of.
struct Value {
    href: String,
    label: String,
    count: String,
    chosen: bool,
}

struct Narrow {
    title: String,
    values: Vec<Value>,
}

/// A value that is chosen, by its facet.
struct Taken {
    href: String,
    facet: String,
    label: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Page<'a> {
    c: &'a Chrome,
    q: &'a str,
    notes: Vec<String>,
    taken: Vec<Taken>,
    facets: Vec<Narrow>,
    results: Vec<Shown>,
    pages: String,
    previous: Option<String>,
    next: Option<String>,
}

/// The page of results.
///
/// # Errors
/// If the template cannot be filled.
pub fn page(asked: &Asked, results: &Results, c: &Chrome) -> Result<Html, Problem> {
    let (facets, taken) = narrowing(asked, results, c);
    let pages = results.pages();
    let of = || c.fill("search.page", &[("page", number(results.page)), ("pages", number(pages))]);
    render(&Page {
        c,
        q: &asked.text,
        notes: notes(asked, results, c),
        taken,
        facets,
        results: results.results.iter().map(|hit| shown(hit, c)).collect(),
        pages: if pages > 1 { of() } else { String::new() },
        previous: (results.page > 1 && results.page <= pages + 1).then(|| asked.at(results.page - 1)),
        next: (results.page < pages).then(|| asked.at(results.page + 1)),
    })
}

/// What is to be said of the results before they are listed.
fn notes(asked: &Asked, results: &Results, c: &Chrome) -> Vec<String> {
    if asked.text.is_empty() {
        return vec![c.t("search.empty").to_owned()];
    }
    let mut notes = Vec::new();
    for read in &results.read_as {
        notes.push(c.fill("search.read-as", &[("typed", read.typed.clone()), ("words", read.words.join(", "))]));
    }
    if results.total > 0 && !results.all_words {
        notes.push(c.t("search.some-words").to_owned());
    }
    notes.push(match results.total {
        0 if asked.chosen.is_empty() => c.t("search.none").to_owned(),
        0 => c.t("search.none-narrowed").to_owned(),
        n => c.fill("search.found", &[("n", number(n))]),
    });
    notes
}

/// The facets with their values, and apart those that are chosen.
fn narrowing(asked: &Asked, results: &Results, c: &Chrome) -> (Vec<Narrow>, Vec<Taken>) {
    let (mut facets, mut taken) = (Vec::new(), Vec::new());
    for counts in &results.facets {
        let Some(facet) = Facet::named(counts.facet) else { continue };
        let title = c.t(&format!("search.facet.{}", counts.facet)).to_owned();
        let mut values = Vec::new();
        for count in &counts.values {
            let mut chosen = asked.chosen.clone();
            let of = chosen.entry(facet).or_default();
            if count.chosen {
                of.retain(|value| *value != count.value);
            } else {
                of.push(count.value.clone());
            }
            chosen.retain(|_, values| !values.is_empty());
            let (href, label) = (asked.with(&chosen), count.label.clone());
            if count.chosen {
                taken.push(Taken { href: href.clone(), facet: title.clone(), label: label.clone() });
            }
            values.push(Value { href, label, count: number(count.count), chosen: count.chosen });
        }
        facets.push(Narrow { title, values });
    }
    (facets, taken)
}

fn shown(hit: &Hit, c: &Chrome) -> Shown {
    let href = hit.href.clone().unwrap_or_default();
    Shown {
        title: Text::new(&hit.title, c),
        names: hit.names.iter().map(|name| Text::new(name, c)).collect(),
        kinds: hit.classes.join(", "),
        report: hit.report.as_ref().map(|report| (place(&report.iri), report.label.clone())),
        passages: hit.passages.iter().map(|said| passage(said, &hit.title.text, hit.report.is_none(), c)).collect(),
        more: (hit.more > 0).then(|| c.fill("search.more", &[("n", number(hit.more))])),
        href,
    }
}

fn place(iri: &str) -> String {
    href(iri).map(|(href, _)| href).unwrap_or_default()
}

fn passage(said: &Said, title: &str, with_report: bool, c: &Chrome) -> Passage {
    let mut source = Vec::new();
    if with_report {
        source.push(said.report.label.clone());
    }
    // A key that is no number tells readers nothing.
    if let Some(question) = said.question.as_ref().filter(|question| question.starts_with(|first: char| first.is_ascii_digit())) {
        source.push(format!("{} {question}", c.t("evidence.question")));
    }
    if let Some(page) = &said.page {
        source.push(format!("{} {page}", c.t("evidence.page")));
    }
    if source.is_empty() {
        source.push(c.t("search.passage").to_owned());
    }
    let state = |state: &crate::search::told::States| {
        let subject = if state.subject == title { String::new() } else { format!("{} – ", state.subject) };
        (format!("{subject}{}", state.property), state.value.clone())
    };
    Passage {
        text: Text::new(&said.text, c),
        before: said.before.clone(),
        after: said.after.clone(),
        states: said.states.iter().filter(|state| state.value.chars().count() <= LONGEST).map(state).collect(),
        href: said.href.clone().unwrap_or_default(),
        source: source.join(", "),
        claim: said.states.first().map(|state| place(&state.claim)),
    }
}

#[derive(Template)]
#[template(path = "opensearch.xml")]
struct Description<'a> {
    c: &'a Chrome,
    place: String,
}

/// How browsers and programs search here, as `OpenSearch` describes it.
///
/// # Errors
/// If the template cannot be filled.
pub fn description(place: &Place, c: &Chrome) -> Result<Html, Problem> {
    render(&Description { c, place: place.at("").into_string() })
}
