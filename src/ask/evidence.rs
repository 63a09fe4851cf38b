//! The words of reports that bear a row out.

use super::sparql::{Group, Place, select, term};
use crate::model::vocab::BASE;
use crate::store::{Request, Store, StoreError, Table};
use oxigraph::model::{NamedNode, Term};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasher;
use std::str::FromStr;

/// So many statements are looked up for an answer.
const MOST: usize = 600;
/// So many quotes are given for a row.
const PER_ROW: usize = 12;

/// A quote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// The words.
    pub quote: String,
    /// The identifier of the report.
    pub report: String,
    /// The question or row that they stand in.
    pub question: Option<String>,
    /// Their page.
    pub page: Option<u32>,
    /// The claim.
    pub claim: String,
}

/// A statement; statements are ordered by how they are written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Statement {
    /// How it is written.
    key: [String; 3],
}

impl Statement {
    /// A statement of its terms.
    pub fn new(subject: &Term, property: &Term, value: &Term) -> Self {
        Self { key: [subject, property, value].map(ToString::to_string) }
    }
    /// Its terms.
    fn terms(&self) -> Option<[Term; 3]> {
        let mut terms = self.key.iter().map(|text| Term::from_str(text));
        Some([terms.next()?.ok()?, terms.next()?.ok()?, terms.next()?.ok()?])
    }
}

/// The quotes of statements.
///
/// # Errors
/// If the store cannot be read.
pub fn of(
    store: &dyn Store,
    statements: &BTreeSet<Statement>,
    reports: Option<&[String]>,
) -> Result<HashMap<Statement, Vec<Evidence>>, StoreError> {
    let mut found: HashMap<Statement, Vec<Evidence>> = HashMap::new();
    let asked: Vec<[Term; 3]> = statements.iter().take(MOST).filter_map(Statement::terms).collect();
    for chunk in asked.chunks(100) {
        let query = claims(|group| {
            group.table(&["subject", "property", "value"], chunk);
        });
        gather(&store.table(&Request::new(query))?, reports, &mut found);
    }
    for all in found.values_mut() {
        all.sort_by(|a, b| (&a.report, &a.question, &a.quote).cmp(&(&b.report, &b.question, &b.quote)));
        all.dedup_by(|a, b| a.quote == b.quote && a.report == b.report && a.question == b.question);
    }
    Ok(found)
}

/// Some quotes in which a thing is named or told of, where the facts of a row have none of their own.
///
/// # Errors
/// If the store cannot be read.
pub fn about(store: &dyn Store, thing: &NamedNode, reports: Option<&[String]>, most: usize) -> Result<Vec<Evidence>, StoreError> {
    let mut all = Vec::new();
    for variable in ["subject", "value"] {
        let query = claims(|group| group.values(variable, &[thing.clone().into()]));
        let mut found = HashMap::new();
        gather(&store.table(&Request::new(query))?, reports, &mut found);
        let mut quotes: Vec<Evidence> = found.into_values().flatten().collect();
        quotes.sort_by(|a, b| (&a.report, &a.question, &a.quote).cmp(&(&b.report, &b.question, &b.quote)));
        all.extend(quotes);
    }
    let mut seen = BTreeSet::new();
    all.retain(|evidence| seen.insert((evidence.quote.clone(), evidence.report.clone())));
    all.truncate(most);
    Ok(all)
}

/// The query for claims; `limit` says of which statements.
fn claims(limit: impl FnOnce(&mut Group)) -> String {
    let mut group = Group::default();
    limit(&mut group);
    let place = |name: &str| Place::Variable(name.to_owned());
    group.triple(&place("claim"), "rdf:subject", &place("subject"), None);
    group.triple(&place("claim"), "rdf:predicate", &place("property"), None);
    group.triple(&place("claim"), "rdf:object", &place("value"), None);
    group.triple(&place("claim"), "oa:hasSelector/oa:exact", &place("quote"), None);
    group.triple(&place("claim"), "prov:wasDerivedFrom", &place("source"), None);
    for (property, name) in [("flg:page", "page"), ("flg:status", "status")] {
        let mut optional = group.inner();
        optional.triple(&place("claim"), property, &place(name), None);
        group.optional(&optional);
    }
    select("?claim ?subject ?property ?value ?quote ?source ?page ?status", &group, "")
}

fn gather(table: &Table, reports: Option<&[String]>, found: &mut HashMap<Statement, Vec<Evidence>>) {
    for row in &table.rows {
        let [
            Some(claim),
            Some(subject),
            Some(property),
            Some(value),
            Some(Term::Literal(quote)),
            Some(Term::NamedNode(source)),
            page,
            status,
        ] = row.as_slice()
        else {
            continue;
        };
        let rejected = matches!(status, Some(Term::NamedNode(status)) if status.as_str().ends_with("/status/rejected"));
        let Some((report, question)) = source_of(source) else { continue };
        if rejected || reports.is_some_and(|reports| !reports.contains(&report)) {
            continue;
        }
        let page = match page {
            Some(Term::Literal(page)) => page.value().parse().ok(),
            _ => None,
        };
        let claim = match claim {
            Term::NamedNode(claim) => claim.as_str().to_owned(),
            other => other.to_string(),
        };
        let evidence = Evidence { quote: quote.value().to_owned(), report, question, page, claim };
        found.entry(Statement::new(subject, property, value)).or_default().push(evidence);
    }
}

/// The report and the question that a source's IRI has: `id/answer/mex-2021-p029/82`.
fn source_of(source: &NamedNode) -> Option<(String, Option<String>)> {
    let rest = source.as_str().strip_prefix(BASE)?.strip_prefix("id/")?;
    let mut parts = rest.splitn(3, '/');
    let (kind, report, key) = (parts.next()?, parts.next()?, parts.next());
    Some((report.to_owned(), key.filter(|_| kind == "answer").map(str::to_owned)))
}

/// The quotes of a row's statements, the first few.
pub fn of_row<S: BuildHasher>(statements: &BTreeSet<Statement>, found: &HashMap<Statement, Vec<Evidence>, S>) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = Vec::new();
    for statement in statements {
        for evidence in found.get(statement).into_iter().flatten() {
            if all.len() < PER_ROW && !all.iter().any(|old| old.quote == evidence.quote && old.report == evidence.report) {
                all.push(evidence.clone());
            }
        }
    }
    all
}

/// What a row binds, by variable.
pub fn bound(table: &Table, row: &[Option<Term>]) -> BTreeMap<String, Term> {
    let pairs = table.variables.iter().zip(row);
    pairs.filter_map(|(variable, term)| Some((variable.as_str().to_owned(), term.clone()?))).collect()
}

/// The term of a place in a row.
pub fn at(place: &Place, row: &BTreeMap<String, Term>) -> Option<Term> {
    match place {
        Place::Variable(name) => row.get(name).cloned(),
        Place::Term(term) => Some(term.clone()),
    }
}

/// A term, written; for sorting.
pub fn key(value: &Term) -> String {
    term(value)
}
