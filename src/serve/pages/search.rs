//! Search by name: every name, other name and acronym that contains the words, and the closest ones where none does.

use super::{Html, render};
use crate::facts::kinds;
use crate::model::id::fold;
use crate::model::vocab::class;
use crate::names::{Names, Of, each_name};
use crate::serve::error::Problem;
use crate::serve::facts;
use crate::serve::reader::Graph;
use crate::serve::terms;
use crate::serve::view::{Chrome, Item, foreign, href, named, number};
use askama::Template;
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;

/// So many results are shown.
const SHOWN: usize = 100;
/// So many close names are offered.
const NEAR: usize = 8;
#[derive(Template)]
#[template(path = "search.html")]
struct Page<'a> {
    c: &'a Chrome,
    q: &'a str,
    note: String,
    items: Vec<Item>,
    near: Vec<Item>,
}

/// The page of results for the words `q`.
pub fn page(graph: &Graph, q: &str, c: &Chrome) -> Result<Html, Problem> {
    let wanted = fold(q.trim());
    let words: Vec<&str> = wanted.split_whitespace().collect();
    if words.is_empty() {
        return render(&Page { c, q: "", note: c.t("search.empty").to_owned(), items: Vec::new(), near: Vec::new() });
    }
    let mut found: BTreeMap<NamedNode, (u8, String)> = BTreeMap::new();
    each_name(graph, |entity, name| {
        let folded = fold(name);
        if words.iter().all(|word| folded.contains(word)) {
            let rank = match folded.as_str() {
                same if same == wanted => 0,
                start if start.starts_with(&wanted) => 1,
                _ => 2,
            };
            let best = found.entry(entity.clone()).or_insert((rank, folded.clone()));
            *best = best.clone().min((rank, folded));
        }
    })?;
    let total = found.len();
    let mut found: Vec<(u8, usize, String, NamedNode)> =
        found.into_iter().map(|(entity, (rank, name))| (rank, name.chars().count(), name, entity)).collect();
    found.sort();
    let items =
        found.iter().take(SHOWN).filter_map(|(.., entity)| item(graph, entity, c).transpose()).collect::<Result<_, _>>()?;
    let note = match total {
        0 => c.t("search.none").to_owned(),
        n if n > SHOWN => c.fill("search.many", &[("n", number(n)), ("shown", number(SHOWN))]),
        n => c.fill("search.found", &[("n", number(n))]),
    };
    let near = if total == 0 { near(graph, &wanted, c)? } else { Vec::new() };
    render(&Page { c, q, note, items, near })
}

/// What bears a name close to `wanted`, the closest first.
pub fn near(graph: &Graph, wanted: &str, c: &Chrome) -> Result<Vec<Item>, Problem> {
    let names = Names::read(graph)?;
    let near = names.nearest(Of::Any, wanted, NEAR).into_iter();
    near.filter_map(|name| item(graph, &name.entity, c).transpose()).collect()
}

fn item(graph: &Graph, entity: &NamedNode, c: &Chrome) -> Result<Option<Item>, Problem> {
    let Some((href, _)) = href(entity.as_str()) else { return Ok(None) };
    let (text, code) = named(entity, &facts::names_of(graph, entity)?, c.lang);
    let kinds = kinds(graph, entity)?;
    let note = kinds.iter().find(|kind| kind.as_str().starts_with(class::NS)).map(|kind| terms::label(kind.as_ref(), c.lang));
    let lang = code.and_then(|code| foreign(&code, c.lang));
    Ok(Some(Item { href, text, lang, note: note.unwrap_or_default() }))
}
