//! Lists: everything of a class, every concept of a scheme.

use super::{Html, render};
use crate::model::id::fold;
use crate::model::vocab::{BASE, class, graph as graphs};
use crate::serve::error::Problem;
use crate::serve::facts;
use crate::serve::reader::Graph;
use crate::serve::terms;
use crate::serve::view::{Chrome, Item, Label, Link, best, foreign, href, number, short};
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
}

/// The list of what `what` names: a class by its local name (`Programme`), a scheme by its path (`id/scheme/sectors`). Only what
/// reports speak of, or with `all` the reference data too. Pages count from 0.
pub fn page(graph: &Graph, what: &str, all: bool, number_of_page: usize, c: &Chrome) -> Result<Html, Problem> {
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
    }
    let total = entries.len();
    entries.retain(|_, entry| all || entry.reported);
    let shown = entries.len();
    let mut items: Vec<Item> = entries.into_iter().map(|(iri, entry)| item(iri, &entry, c)).collect();
    items.sort_by_cached_key(|item| fold(&item.text));

    let path = format!("/page/list/{what}");
    let flag = if all { "all=1&" } else { "" };
    let next =
        ((number_of_page + 1).saturating_mul(PER_PAGE) < shown).then(|| format!("{path}?{flag}page={}", number_of_page + 1));
    let items = items.into_iter().skip(number_of_page.saturating_mul(PER_PAGE)).take(PER_PAGE).collect();
    let switch = match all {
        true => Some(Link { href: path, text: c.t("list.show-reported").to_owned() }),
        false if total > shown => Some(Link { href: format!("{path}?all=1"), text: c.t("list.show-all").to_owned() }),
        false => None,
    };
    let title = if is_class {
        terms::label(this.as_ref(), c.lang)
    } else {
        let names = facts::names_of(graph, &this)?;
        best(&names, c.lang).map_or_else(|| short(&this), |(_, text)| text.clone())
    };
    let note = c.fill(if all { "list.all" } else { "list.reported" }, &[("n", number(shown))]);
    render(&Page { c, title, comment: terms::comment(this.as_ref(), c.lang), note, switch, items, next })
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
