//! Where the way through all pages begins: what is linked from nowhere, and what should be there even if nothing leads to it.

use super::PublishError;
use crate::describe::figures::Figures;
use crate::describe::formats::GRAPHS;
use crate::describe::{Overview, Place, context, feed, sitemap};
use crate::model::vocab::{BASE, class, rdf, skos};
use crate::review::decision::Matter;
use crate::store::{Pattern, Store};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
use std::collections::BTreeSet;

/// The addresses that programs know.
const KNOWN: [&str; 5] = ["/sitemap.xml", "/robots.txt", "/opensearch.xml", "/.well-known/void", "/static/icon.svg"];

/// The addresses of what there is to publish; links lead to more.
///
/// # Errors
/// If the store cannot be read.
pub(super) fn all(store: &dyn Store, place: &Place) -> Result<BTreeSet<String>, PublishError> {
    let figures = Figures::read(store)?;
    let paths = sitemap::paths(&figures, place);
    let parts = paths.len().div_ceil(sitemap::LARGEST);
    let mut found: BTreeSet<String> = paths.into_iter().collect();
    found.extend((1..=parts).map(|part| format!("/sitemap/{part}.xml")));
    found.extend(KNOWN.map(str::to_owned));
    found.extend([context::PATH.to_owned(), feed::path(None)]);
    for graph in figures.graphs.keys() {
        let path = graph.as_str().strip_prefix(BASE);
        found.extend(path.into_iter().flat_map(|path| GRAPHS.iter().map(move |form| format!("/data/{path}.{}", form.extension))));
    }
    // Whatever is of a class of the graph has a page: claims, answers, decisions, and names that no report uses.
    let a = rdf::TYPE.into_owned();
    store.each(Pattern { predicate: Some(&a), ..Pattern::default() }, &mut |quad| {
        if let (NamedOrBlankNode::NamedNode(thing), Term::NamedNode(kind)) = (&quad.subject, &quad.object)
            && (kind.as_str().starts_with(class::NS) || *kind == skos::CONCEPT || *kind == skos::CONCEPT_SCHEME)
            && let Some(path) = thing.as_str().strip_prefix(BASE).filter(|path| path.starts_with("id/"))
        {
            found.insert(format!("/page/{path}"));
        }
        Ok(())
    })?;
    // What was rejected, and what was taken for another, is called by its name in what was written before.
    let mut before = BTreeSet::new();
    for decision in Overview::read(store)?.decisions {
        match decision.matter {
            Matter::Thing(thing) | Matter::Apart(thing, _) => drop(before.insert(thing)),
            Matter::Pair(one, other) => before.extend([one, other]),
            Matter::Fact(_) => {}
        }
    }
    let same = skos::EXACT_MATCH.into_owned();
    store.each(Pattern { predicate: Some(&same), ..Pattern::default() }, &mut |quad| {
        if let NamedOrBlankNode::NamedNode(thing) = quad.subject {
            before.insert(thing);
        }
        Ok(())
    })?;
    let path = |thing: &NamedNode| thing.as_str().strip_prefix(BASE).map(str::to_owned);
    for path in before.iter().filter_map(path) {
        found.extend(GRAPHS.iter().map(|form| format!("/data/{path}.{}", form.extension)));
        found.insert(format!("/page/{path}"));
    }
    Ok(found)
}
