//! Labels that a query asked for in one language and the graph has in another.
//!
//! A column `xLabel` beside a column `x` is the label of what stands in it. A query fills it in the reader's language; where
//! there is none, the name in another language says more than a blank.

use crate::model::lang::Lang;
use crate::model::vocab::{dcterms, rdfs, skos};
use crate::store::{Pattern, Store, StoreError, Table};
use oxigraph::model::{Literal, NamedNode, Term};
use std::collections::HashMap;

/// The column that a label column belongs to, by their places.
pub(super) fn pairs(table: &Table) -> Vec<(usize, usize)> {
    let place = |name: &str| table.variables.iter().position(|v| v.as_str() == name);
    let pair = |(at, variable): (usize, &crate::store::Variable)| Some((place(variable.as_str().strip_suffix("Label")?)?, at));
    table.variables.iter().enumerate().filter_map(pair).collect()
}

/// Fills the empty cells of label columns with names in other languages: English, Spanish, French, then any.
pub(super) fn fill(store: &dyn Store, table: &mut Table, lang: &Lang) -> Result<(), StoreError> {
    let pairs = pairs(table);
    let mut known: HashMap<NamedNode, Option<Literal>> = HashMap::new();
    for row in &mut table.rows {
        for (of, at) in &pairs {
            let (Some(Some(Term::NamedNode(iri))), Some(None)) = (row.get(*of).cloned(), row.get(*at)) else { continue };
            if !known.contains_key(&iri) {
                known.insert(iri.clone(), best(store, &iri, lang)?);
            }
            if let (Some(Some(label)), Some(cell)) = (known.get(&iri), row.get_mut(*at)) {
                *cell = Some(label.clone().into());
            }
        }
    }
    Ok(())
}

/// The best name of an entity or term for a reader of `lang`.
fn best(store: &dyn Store, iri: &NamedNode, lang: &Lang) -> Result<Option<Literal>, StoreError> {
    let subject = iri.clone().into();
    for property in [skos::PREF_LABEL, rdfs::LABEL, dcterms::TITLE] {
        let property = property.into_owned();
        let quads = store.quads(Pattern { subject: Some(&subject), predicate: Some(&property), ..Pattern::default() })?;
        let rank = |literal: &Literal| {
            let own = literal.language().unwrap_or_default();
            let order = [lang.code(), "en", "es", "fr"].iter().position(|code| *code == own).unwrap_or(usize::MAX);
            (order, literal.to_string())
        };
        let labels = quads.into_iter().filter_map(|quad| match quad.object {
            Term::Literal(literal) => Some(literal),
            _ => None,
        });
        if let Some(label) = labels.min_by_key(rank) {
            return Ok(Some(label));
        }
    }
    Ok(None)
}
