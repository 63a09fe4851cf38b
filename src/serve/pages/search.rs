//! Search by name: every name, other name and acronym that contains the words, and the closest ones where none does.

use super::{Html, render};
use crate::model::id::fold;
use crate::model::vocab::class;
use crate::serve::error::Problem;
use crate::serve::facts;
use crate::serve::limits::Graph;
use crate::serve::terms;
use crate::serve::view::{Chrome, Item, best, foreign, href, number, short};
use askama::Template;
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;

const NAMES: &str = include_str!("../queries/names.rq");
const TYPES_OF: &str = include_str!("../queries/types-of.rq");

/// So many results are shown.
const SHOWN: usize = 100;
/// So many close names are offered.
const NEAR: usize = 8;
/// A name less like the words than this is no help.
const LIKENESS: f64 = 0.72;

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
    let mut found: BTreeMap<String, (u8, String)> = BTreeMap::new();
    each_name(graph, |entity, name| {
        let folded = fold(name);
        if words.iter().all(|word| folded.contains(word)) {
            let rank = match folded.as_str() {
                same if same == wanted => 0,
                start if start.starts_with(&wanted) => 1,
                _ => 2,
            };
            let best = found.entry(entity.to_owned()).or_insert((rank, folded.clone()));
            *best = best.clone().min((rank, folded));
        }
    })?;
    let total = found.len();
    let mut found: Vec<(u8, usize, String, String)> =
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

/// What bears a name close to `wanted`, the closest first: names and the last parts of addresses are compared.
pub fn near(graph: &Graph, wanted: &str, c: &Chrome) -> Result<Vec<Item>, Problem> {
    let wanted = fold(wanted).replace(['-', '_'], " ");
    let wanted: String = wanted.chars().take(80).collect();
    if wanted.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut found: BTreeMap<String, f64> = BTreeMap::new();
    each_name(graph, |entity, name| {
        let slug = entity.rsplit('/').next().unwrap_or_default().replace('-', " ");
        let likeness = likeness(&wanted, &slug).max(likeness(&wanted, &fold(name)));
        if likeness >= LIKENESS {
            let best = found.entry(entity.to_owned()).or_insert(likeness);
            *best = best.max(likeness);
        }
    })?;
    let mut found: Vec<(f64, String)> = found.into_iter().map(|(entity, likeness)| (likeness, entity)).collect();
    found.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.cmp(y)));
    found.iter().take(NEAR).filter_map(|(_, entity)| item(graph, entity, c).transpose()).collect()
}

/// How much alike two texts are, from 0 to 1. Very long names are no near miss of anything typed, and costly to compare.
fn likeness(wanted: &str, name: &str) -> f64 {
    if name.len() > 200 {
        return 0.0;
    }
    let contained =
        if wanted.len() >= 4 && (name.contains(wanted) || (name.len() >= 4 && wanted.contains(name))) { 0.9 } else { 0.0 };
    strsim::normalized_damerau_levenshtein(wanted, name).max(contained)
}

/// Shows every name of the graph to `see`, with the IRI of its bearer.
fn each_name(graph: &Graph, mut see: impl FnMut(&str, &str) + Send) -> Result<(), Problem> {
    graph.each(NAMES, &[], |row| {
        if let (Some(entity), Some((_, name))) = (facts::iri(&row, "entity"), facts::label(&row, "label")) {
            see(entity.as_str(), &name);
        }
    })
}

fn item(graph: &Graph, entity: &str, c: &Chrome) -> Result<Option<Item>, Problem> {
    let (Ok(iri), Some((href, _))) = (NamedNode::new(entity), href(entity)) else { return Ok(None) };
    let names = super::entity::names_of(graph, &iri)?;
    let (lang, text) = best(&names, c.lang).cloned().unwrap_or_else(|| (String::new(), short(&iri)));
    let rows = graph.rows(TYPES_OF, &[("this", iri.into())])?;
    let kinds = rows.iter().filter_map(|row| facts::iri(row, "class"));
    let note = kinds.filter(|kind| kind.as_str().starts_with(class::NS)).map(|kind| terms::label(kind.as_ref(), c.lang)).next();
    Ok(Some(Item { href, text, lang: foreign(&lang, c.lang), note: note.unwrap_or_default() }))
}
