//! What the graph says of a thing, for readers: its facts, each with the words of a report that state it, and the names and
//! words to show them by. Pages and the terminal rest on it alike.

pub mod group;
pub mod labels;
pub mod terms;
pub mod texts;

pub use crate::store::{Reader, Row};

use crate::model::vocab::{class, dcterms, flg, graph, skos};
use labels::{Label, short};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeMap, BTreeSet};

const OUTGOING: &str = include_str!("queries/outgoing.rq");
const INCOMING: &str = include_str!("queries/incoming.rq");
const CLAIMS_BY_SUBJECT: &str = include_str!("queries/claims-by-subject.rq");
const CLAIMS_BY_OBJECT: &str = include_str!("queries/claims-by-object.rq");
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

/// A claim: a fact, and the words of a report that state it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its IRI.
    pub iri: NamedNode,
    /// The identifier of the report.
    pub report: String,
    /// The fact.
    pub subject: NamedNode,
    /// The fact.
    pub property: NamedNode,
    /// The fact.
    pub value: Term,
    /// The answer, row or section that it stands in.
    pub source: Option<NamedNode>,
    /// Where its words stand in the source text, in characters.
    pub span: Option<(usize, usize)>,
    /// The words, verbatim but for line wraps.
    pub exact: String,
    /// Their language, where it is recorded.
    pub lang: String,
    /// A little of what stands before.
    pub prefix: String,
    /// A little of what stands behind.
    pub suffix: String,
    /// The page of the source.
    pub page: Option<String>,
    /// The rule that read it.
    pub method: String,
    /// How sure the rule is.
    pub confidence: Option<f32>,
    /// What reviewers said of it.
    pub status: Option<String>,
}

impl Claim {
    /// The question whose answer it was read from, as the answer's IRI has it: `82`, `75.f.measures`.
    pub fn question(&self) -> Option<String> {
        let (_, rest) = self.source.as_ref()?.as_str().split_once("/id/answer/")?;
        rest.rsplit_once('/').map(|(_, key)| key.to_owned())
    }
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

/// The claims whose subject is `this`.
///
/// # Errors
/// As [`Reader::each`].
pub fn claims_of<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<Claim>, R::Error> {
    Ok(claims(&graph.rows(CLAIMS_BY_SUBJECT, &[("this", this.clone().into())])?))
}

/// The claims whose value is `this`.
///
/// # Errors
/// As [`Reader::each`].
pub fn claims_to<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<Claim>, R::Error> {
    Ok(claims(&graph.rows(CLAIMS_BY_OBJECT, &[("this", this.clone().into())])?))
}

/// Reads claims from the rows of one of the `claim` queries, each once, in the order of their places.
pub fn claims(rows: &[Row]) -> Vec<Claim> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<Claim> =
        rows.iter().filter_map(claim).filter(|claim| seen.insert((claim.iri.clone(), claim.span))).collect();
    found.sort_by_key(|claim| (claim.report.clone(), claim.span));
    found
}

fn claim(row: &Row) -> Option<Claim> {
    let this = iri(row, "this");
    let from_graph = graph::evidence("");
    let number = |name: &str| row.get(name).and_then(value).and_then(|text| text.parse::<usize>().ok());
    let text = |name: &str| row.get(name).and_then(value).unwrap_or_default().to_owned();
    let (lang, exact) = label(row, "exact").unwrap_or_default();
    Some(Claim {
        iri: iri(row, "claim").or(this)?.clone(),
        report: iri(row, "graph")?.as_str().strip_prefix(from_graph.as_str()).unwrap_or_default().to_owned(),
        subject: iri(row, "subject").or(this)?.clone(),
        property: iri(row, "property")?.clone(),
        value: row.get("value").or_else(|| row.get("this"))?.clone(),
        source: iri(row, "source").cloned(),
        span: number("start").zip(number("end")),
        exact,
        lang,
        prefix: text("prefix"),
        suffix: text("suffix"),
        page: row.get("page").and_then(value).map(str::to_owned),
        method: text("method"),
        confidence: row.get("confidence").and_then(value).and_then(|text| text.parse().ok()),
        status: row.get("status").map(|term| match term {
            Term::NamedNode(iri) => short(iri),
            other => value(other).unwrap_or_default().to_owned(),
        }),
    })
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

fn value(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
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
