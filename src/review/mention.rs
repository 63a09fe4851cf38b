//! The new things that reports speak of, as the store or a conversion has them.

use super::compare::Names;
use super::identity::{KEPT, Mention, Place};
use crate::knowledge::authority::{Authority, Known, LabelKind};
use crate::model::id::resource;
use crate::model::vocab::{class, dcterms, flg, graph, owl, rdf, schema, skos};
use crate::store::{Pattern, Store, StoreError};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::BTreeMap;

/// The new things of a report, from its source graph, converted or as the store has it.
pub fn mentions(report: &str, quads: &[Quad]) -> Vec<Mention> {
    let source = graph::source(report);
    let mut said: BTreeMap<&NamedNode, Vec<&Quad>> = BTreeMap::new();
    for quad in quads.iter().filter(|quad| quad.graph_name == source.clone().into()) {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            said.entry(subject).or_default().push(quad);
        }
    }
    said.into_iter().filter_map(|(own, quads)| mention(report, own, &quads)).collect()
}

/// The new things of a report in a store. Only what is said of them is read: most of a source graph is the report's text.
///
/// # Errors
/// If the store cannot be read.
pub fn stored(store: &dyn Store, report: &str) -> Result<Vec<Mention>, StoreError> {
    let (source, status) = (graph::source(report), flg::STATUS.into_owned());
    let new = store.quads(Pattern { graph: Some(&source), predicate: Some(&status), ..Pattern::default() })?;
    let mut subjects: Vec<NamedOrBlankNode> = new.into_iter().map(|quad| quad.subject).collect();
    subjects.sort_by_key(ToString::to_string);
    subjects.dedup();
    let mut found = Vec::new();
    for subject in subjects {
        let said = store.quads(Pattern { graph: Some(&source), subject: Some(&subject), ..Pattern::default() })?;
        if let NamedOrBlankNode::NamedNode(own) = &subject {
            found.extend(mention(report, own, &said.iter().collect::<Vec<_>>()));
        }
    }
    found.sort_by(|a, b| a.place.own.cmp(&b.place.own));
    Ok(found)
}

/// What the authority knows, in the form in which new things are compared; of no report.
pub fn known(authority: &Authority) -> Vec<Mention> {
    let own = |class: &&NamedNode| class.as_str().starts_with(class::NS);
    let entity = |known: &Known| {
        let class = known.classes.iter().find(own)?.clone();
        let names = known.labels.iter().filter(|label| label.kind.is_name() || label.kind == LabelKind::Acronym);
        let compared = Names::new(names.map(|label| (label.kind == LabelKind::Acronym, label.text.as_str())));
        Some(Mention {
            report: String::new(),
            iri: known.iri.clone(),
            class,
            country: known.country.clone(),
            reporter: None,
            names: Vec::new(),
            compared,
            place: Place { own: known.iri.clone(), same_as: None, renamed: false, abroad: false },
        })
    };
    authority.entities().filter_map(entity).collect()
}

/// What is said of a new thing; `None` for whatever is not new.
fn mention(report: &str, own: &NamedNode, said: &[&Quad]) -> Option<Mention> {
    let node = |property: NamedNodeRef<'_>| {
        let mut values = said.iter().filter(|q| q.predicate == property);
        values.find_map(|q| if let Term::NamedNode(n) = &q.object { Some(n.clone()) } else { None })
    };
    let new = said.iter().any(|q| q.predicate == flg::STATUS);
    let kept = node(dcterms::TYPE);
    let class = kept.clone().or_else(|| node(rdf::TYPE)).filter(|_| new || kept.is_some())?;
    let said_names = said.iter().filter_map(|quad| {
        let (property, _) = KEPT[2..].iter().find(|(shown, kept)| quad.predicate == *shown || quad.predicate == *kept)?;
        if let Term::Literal(name) = &quad.object { Some((property.into_owned(), name.clone())) } else { None }
    });
    let mut names: Vec<(NamedNode, _)> = said_names.collect();
    // What stands as another name besides the report's own is that own name.
    let own_names: Vec<_> = names.iter().filter(|(p, _)| *p == skos::PREF_LABEL).map(|(_, name)| name.clone()).collect();
    names.retain(|(property, name)| *property != skos::ALT_LABEL || !own_names.contains(name));
    names.sort_by_key(|(property, name)| (property.clone(), name.to_string()));
    let renamed = kept.is_none() && said.iter().any(|q| q.predicate == schema::NAME);
    // The country of what is more than one country's is kept as one of those where it is.
    let abroad = kept.is_none() && said.iter().any(|q| q.predicate == dcterms::SPATIAL);
    let compared = Names::new(names.iter().map(|(property, name)| (*property == flg::ACRONYM, name.value())));
    Some(Mention {
        report: report.to_owned(),
        iri: node(owl::DIFFERENT_FROM).unwrap_or_else(|| own.clone()),
        class,
        country: node(dcterms::SPATIAL).or_else(|| node(flg::COUNTRY)),
        // A report's identifier begins with the code of its country.
        reporter: report.split('-').next().map(|code| resource("country", code)),
        names,
        compared,
        place: Place { own: own.clone(), same_as: node(skos::EXACT_MATCH).filter(|_| kept.is_some()), renamed, abroad },
    })
}
