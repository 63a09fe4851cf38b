//! What the graph says of a thing, for readers: its facts, each with the words of a report that state it, and the names and
//! words to show them by. Pages and the terminal rest on it alike.

mod claims;
pub mod group;
pub mod labels;
pub mod terms;
pub mod texts;

pub use crate::store::{Reader, Row};
pub use claims::{Claim, claim, claims_from, claims_in, claims_of, claims_to, claims_within};

use crate::model::vocab::{class, dcterms, flg, graph, skos};
use labels::Label;
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeMap, BTreeSet};

const OUTGOING: &str = include_str!("queries/outgoing.rq");
const INCOMING: &str = include_str!("queries/incoming.rq");
const TYPES_OF: &str = include_str!("queries/types-of.rq");
const NAMES_OF: &str = include_str!("queries/names-of.rq");

/// A triple with the graphs that hold it and the labels of its far end.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The graphs that hold it.
    pub graphs: BTreeSet<String>,
    /// The property.
    pub property: NamedNode,
    /// The far end: the value of a fact of this resource, the subject of a fact about another.
    pub end: Term,
    /// The labels of the far end.
    pub labels: Vec<Label>,
}

/// All statements with `this` as their subject.
///
/// # Errors
/// As [`Reader::each`].
pub fn outgoing<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<Statement>, R::Error> {
    Ok(statements(&graph.rows(OUTGOING, &[("this", this.clone().into())])?, "value"))
}

/// All statements with `this` as their value, those of claims apart; at most 2,000, and whether there are more.
///
/// # Errors
/// As [`Reader::each`].
pub fn incoming<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<Statement>, R::Error> {
    Ok(statements(&graph.rows(INCOMING, &[("this", this.clone().into())])?, "subject"))
}

fn statements(rows: &[Row], end: &str) -> Vec<Statement> {
    let mut found: BTreeMap<(String, String), Statement> = BTreeMap::new();
    for row in rows {
        let (Some(property), Some(term)) = (iri(row, "property"), row.get(end)) else { continue };
        let statement = found.entry((property.as_str().to_owned(), term.to_string())).or_insert_with(|| Statement {
            graphs: BTreeSet::new(),
            property: property.clone(),
            end: term.clone(),
            labels: Vec::new(),
        });
        if let Some(name) = iri(row, "graph") {
            statement.graphs.insert(name.as_str().to_owned());
        }
        if let Some(label) = label(row, "label")
            && !statement.labels.contains(&label)
        {
            statement.labels.push(label);
        }
    }
    found.into_values().collect()
}

/// A term of a row, if it is an IRI.
pub fn iri<'a>(row: &'a Row, name: &str) -> Option<&'a NamedNode> {
    match row.get(name)? {
        Term::NamedNode(iri) => Some(iri),
        _ => None,
    }
}

/// A term of a row as a label, if it is a literal.
pub fn label(row: &Row, name: &str) -> Option<Label> {
    match row.get(name)? {
        Term::Literal(literal) => Some((literal.language().unwrap_or_default().to_owned(), literal.value().to_owned())),
        _ => None,
    }
}

/// The literals of a property among statements.
pub fn labels(statements: &[Statement], property: NamedNodeRef<'_>) -> Vec<Label> {
    let of_property = statements.iter().filter(|statement| statement.property == property);
    of_property
        .filter_map(|statement| match &statement.end {
            Term::Literal(literal) => Some((literal.language().unwrap_or_default().to_owned(), literal.value().to_owned())),
            _ => None,
        })
        .collect()
}

/// The resources of a property among statements.
pub fn resources<'a>(
    statements: &'a [Statement],
    property: NamedNodeRef<'a>,
) -> impl Iterator<Item = (&'a NamedNode, &'a Statement)> {
    statements.iter().filter(move |statement| statement.property == property).filter_map(|statement| match &statement.end {
        Term::NamedNode(iri) => Some((iri, statement)),
        _ => None,
    })
}

/// The names of a resource, the best kind first.
pub fn names(statements: &[Statement]) -> Vec<Label> {
    use crate::model::vocab::rdfs;
    let kinds = [skos::PREF_LABEL, dcterms::TITLE, rdfs::LABEL, flg::ACRONYM];
    kinds.iter().map(|kind| labels(statements, *kind)).find(|names| !names.is_empty()).unwrap_or_default()
}

/// The names of a resource, of the best kind that it has.
///
/// # Errors
/// As [`Reader::each`].
pub fn names_of<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<Label>, R::Error> {
    let rows = graph.rows(NAMES_OF, &[("this", this.clone().into())])?;
    Ok(rows.iter().filter_map(|row| label(row, "label")).collect())
}

/// The classes of a resource that the graph's own ontology has, or all where it has none.
///
/// # Errors
/// As [`Reader::each`].
pub fn kinds<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<NamedNode>, R::Error> {
    let rows = graph.rows(TYPES_OF, &[("this", this.clone().into())])?;
    let all: Vec<NamedNode> = rows.iter().filter_map(|row| iri(row, "class")).cloned().collect();
    let own: Vec<NamedNode> = all.iter().filter(|kind| kind.as_str().starts_with(class::NS)).cloned().collect();
    Ok(if own.is_empty() { all } else { own })
}

/// What a resource was taken for, if reports first gave it another IRI.
///
/// # Errors
/// As [`Reader::each`].
pub fn same_as<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Option<NamedNode>, R::Error> {
    let said = outgoing(graph, this)?;
    let is_aside = said.iter().any(|statement| statement.property == dcterms::TYPE);
    let mut same = resources(&said, skos::EXACT_MATCH).map(|(iri, _)| iri.clone());
    Ok(same.next().filter(|_| is_aside))
}

/// Whether a statement only follows from others. The names of what was taken for a thing are its names like others.
pub fn is_inferred(statement: &Statement) -> bool {
    let inferred = graph::inferred();
    if [skos::ALT_LABEL, flg::ACRONYM].contains(&statement.property.as_ref()) {
        return false;
    }
    !statement.graphs.is_empty() && statement.graphs.iter().all(|name| name == inferred.as_str())
}
