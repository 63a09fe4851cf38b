//! Lists: everything of a class, every concept of a scheme.

use super::{Html, country, render};
use crate::model::id::fold;
use crate::model::vocab::{BASE, class, graph as graphs};
use crate::serve::error::Problem;
use crate::serve::facts;
use crate::serve::form::{Form, encode};
use crate::serve::reader::Graph;
use crate::serve::terms;
use crate::serve::view::{Chrome, Item, Label, Link, Value, best, foreign, href, number, short};
use askama::Template;
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

const OF_CLASS: &str = include_str!("../queries/of-class.rq");
const OF_SCHEME: &str = include_str!("../queries/of-scheme.rq");

/// So many entries stand on one page.
const PER_PAGE: usize = 500;

#[derive(Template)]
#[template(path = "list.html")]
struct Page<'a> {
    c: &'a Chrome,
    title: String,
    /// The country that the list is of.
    of: Option<Value>,
    comment: String,
    note: String,
    switch: Option<Link>,
    items: Vec<Item>,
    next: Option<String>,
}

#[derive(Default)]
struct Entry {
    reported: bool,
    labels: Vec<Label>,
    acronyms: BTreeSet<String>,
    countries: BTreeSet<String>,
}

/// Which part of a list is shown.
pub struct Part {
    /// The reference data too, and not only what reports speak of.
    all: bool,
    /// What belongs to the country with this code.
    country: Option<String>,
    /// Pages count from 0.
    page: usize,
}

impl Part {
    /// What an address asks for.
    pub fn of(form: &Form) -> Self {
        let page = form.first("page").and_then(|page| page.parse().ok()).unwrap_or(0);
        Self { all: form.first("all").is_some(), country: form.first("country").map(str::to_owned), page }
    }

    /// The address of a part of the list at `path`.
    fn href(&self, path: &str, all: bool, page: usize) -> String {
        let country = self.country.as_deref().map(|code| format!("country={}", encode(code)));
        let page = (page > 0).then(|| format!("page={page}"));
        let given: Vec<String> = all.then(|| "all=1".to_owned()).into_iter().chain(country).chain(page).collect();
        if given.is_empty() { path.to_owned() } else { format!("{path}?{}", given.join("&")) }
    }
}

/// A part of the list of what `what` names: a class by its local name (`Programme`), a scheme by its path (`id/scheme/sectors`).
pub fn page(graph: &Graph, what: &str, part: &Part, c: &Chrome) -> Result<Html, Problem> {
    let is_class = !what.contains('/');
    let this = if is_class { format!("{}{what}", class::NS) } else { format!("{BASE}{what}") };
    let missing = || Problem::not_found(&format!("list/{what}"));
    let this = NamedNode::new(this).map_err(|_| missing())?;
    let rows = graph.rows(if is_class { OF_CLASS } else { OF_SCHEME }, &[("this", this.clone().into())])?;
    if rows.is_empty() && terms::entry(this.as_ref()).is_none() {
        return Err(missing());
    }
    let source = graphs::source("");
    let mut entries: BTreeMap<&NamedNode, Entry> = BTreeMap::new();
    for row in &rows {
        let Some(entity) = facts::iri(row, "entity") else { continue };
        let entry = entries.entry(entity).or_default();
        entry.reported |= facts::iri(row, "graph").is_some_and(|name| name.as_str().starts_with(source.as_str()));
        if let Some(label) = facts::label(row, "label").filter(|label| !entry.labels.contains(label)) {
            entry.labels.push(label);
        }
        entry.acronyms.extend(facts::label(row, "acronym").map(|(_, text)| text));
        entry.countries.extend(facts::iri(row, "country").map(|country| country.as_str().to_owned()));
    }
    let country = match part.country.as_deref() {
        Some(code) => Some(country::of_code(code).ok_or_else(|| Problem::not_found(&format!("id/country/{code}")))?),
        None => None,
    };
    if let Some(country) = &country {
        entries.retain(|_, entry| entry.countries.contains(country.as_str()));
    }
    let total = entries.len();
    entries.retain(|_, entry| part.all || entry.reported);
    let shown = entries.len();
    let mut items: Vec<Item> = entries.into_iter().map(|(iri, entry)| item(iri, &entry, c)).collect();
    items.sort_by_cached_key(|item| fold(&item.text));

    let path = format!("/page/list/{what}");
    let next = part.page.saturating_add(1);
    let next = (next.saturating_mul(PER_PAGE) < shown).then(|| part.href(&path, part.all, next));
    let items = items.into_iter().skip(part.page.saturating_mul(PER_PAGE)).take(PER_PAGE).collect();
    let switch = match part.all {
        true => Some(Link { href: part.href(&path, false, 0), text: c.t("list.show-reported").to_owned() }),
        false if total > shown => Some(Link { href: part.href(&path, true, 0), text: c.t("list.show-all").to_owned() }),
        false => None,
    };
    let title = if is_class {
        terms::plural(this.as_ref(), c.lang)
    } else {
        let names = facts::names_of(graph, &this)?;
        best(&names, c.lang).map_or_else(|| short(&this), |(_, text)| text.clone())
    };
    let of = match &country {
        Some(country) => Some(Value::resource(country, &facts::names_of(graph, country)?, c.lang)),
        None => None,
    };
    let note = c.fill(if part.all { "list.all" } else { "list.reported" }, &[("n", number(shown))]);
    render(&Page { c, title, of, comment: terms::comment(this.as_ref(), c.lang), note, switch, items, next })
}

fn item(iri: &NamedNode, entry: &Entry, c: &Chrome) -> Item {
    let (lang, text) = best(&entry.labels, c.lang).cloned().unwrap_or_else(|| (String::new(), short(iri)));
    Item {
        href: href(iri.as_str()).map(|(href, _)| href).unwrap_or_default(),
        lang: foreign(&lang, c.lang),
        note: entry.acronyms.iter().filter(|acronym| **acronym != text).cloned().collect::<Vec<_>>().join(", "),
        text,
    }
}
