//! Things by their names: those that bear one, and those whose names are close to it.

use super::{Reader, Row, iri, label};
use crate::model::id::fold;
use crate::model::vocab::class;
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

const NAMES: &str = include_str!("queries/names.rq");
const TYPES_OF: &str = include_str!("queries/types-of.rq");

/// A name less like the words than this is no help.
const LIKENESS: f64 = 0.72;

/// Shows every name of the graph to `see`, with the IRI of its bearer.
///
/// # Errors
/// As [`Reader::each`].
pub fn each_name<R: Reader + ?Sized>(graph: &R, mut see: impl FnMut(&NamedNode, &str) + Send) -> Result<(), R::Error> {
    graph.each(NAMES, &[], &mut |row| {
        if let (Some(entity), Some((_, name))) = (iri(&row, "entity"), label(&row, "label")) {
            see(entity, &name);
        }
    })
}

/// Whatever bears a name or acronym, in any language, whatever its case and accents; in the order of the IRIs.
///
/// # Errors
/// As [`Reader::each`].
pub fn bearers<R: Reader + ?Sized>(graph: &R, name: &str) -> Result<Vec<NamedNode>, R::Error> {
    let wanted = folded(name);
    let mut found = BTreeSet::new();
    each_name(graph, |entity, name| {
        if folded(name) == wanted {
            found.insert(entity.clone());
        }
    })?;
    Ok(found.into_iter().collect())
}

/// A name as it is compared.
fn folded(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whatever bears a name close to `wanted`, the closest first, at most `most`: names and the last parts of addresses are
/// compared.
///
/// # Errors
/// As [`Reader::each`].
pub fn near<R: Reader + ?Sized>(graph: &R, wanted: &str, most: usize) -> Result<Vec<NamedNode>, R::Error> {
    let wanted = fold(wanted).replace(['-', '_'], " ");
    let wanted: String = wanted.chars().take(80).collect();
    if wanted.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut found: BTreeMap<NamedNode, f64> = BTreeMap::new();
    each_name(graph, |entity, name| {
        let slug = entity.as_str().rsplit('/').next().unwrap_or_default().replace('-', " ");
        let likeness = likeness(&wanted, &slug).max(likeness(&wanted, &fold(name)));
        if likeness >= LIKENESS {
            let best = found.entry(entity.clone()).or_insert(likeness);
            *best = best.max(likeness);
        }
    })?;
    let mut found: Vec<(NamedNode, f64)> = found.into_iter().collect();
    found.sort_by(|(x, a), (y, b)| b.total_cmp(a).then_with(|| x.cmp(y)));
    Ok(found.into_iter().take(most).map(|(entity, _)| entity).collect())
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

/// The classes of a resource that the graph's own ontology has, or all where it has none.
///
/// # Errors
/// As [`Reader::each`].
pub fn kinds<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<NamedNode>, R::Error> {
    let rows = graph.rows(TYPES_OF, &[("this", this.clone().into())])?;
    let all: Vec<NamedNode> = rows.iter().filter_map(|row: &Row| iri(row, "class")).cloned().collect();
    let own: Vec<NamedNode> = all.iter().filter(|kind| kind.as_str().starts_with(class::NS)).cloned().collect();
    Ok(if own.is_empty() { all } else { own })
}
