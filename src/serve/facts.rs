//! What the graph says of a resource, as pages show it: facts by property, each with the words of the report that state it.

use super::error::Problem;
use super::limits::{Graph, Row};
use super::terms;
use super::view::{self, Chrome, Evidence, Fact, Group, Label, Value};
use crate::model::vocab::{BASE, dcterms, flg, graph, org, rdf, skos};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const OUTGOING: &str = include_str!("queries/outgoing.rq");
const INCOMING: &str = include_str!("queries/incoming.rq");
const CLAIMS_BY_SUBJECT: &str = include_str!("queries/claims-by-subject.rq");
const CLAIMS_BY_OBJECT: &str = include_str!("queries/claims-by-object.rq");

/// So many values of a property are shown on a page.
const SHOWN: usize = 200;

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
    exact: String,
    lang: String,
    prefix: String,
    suffix: String,
    page: Option<String>,
    method: String,
    confidence: Option<f32>,
    status: Option<String>,
}

/// All statements with `this` as their subject.
pub fn outgoing(graph: &Graph, this: &NamedNode) -> Result<Vec<Statement>, Problem> {
    Ok(statements(&graph.rows(OUTGOING, &[("this", this.clone().into())])?, "value"))
}

/// All statements with `this` as their value, those of claims apart; at most 2,000, and whether there are more.
pub fn incoming(graph: &Graph, this: &NamedNode) -> Result<Vec<Statement>, Problem> {
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
pub fn claims_of(graph: &Graph, this: &NamedNode) -> Result<Vec<Claim>, Problem> {
    Ok(claims(&graph.rows(CLAIMS_BY_SUBJECT, &[("this", this.clone().into())])?))
}

/// The claims whose value is `this`.
pub fn claims_to(graph: &Graph, this: &NamedNode) -> Result<Vec<Claim>, Problem> {
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
            Term::NamedNode(iri) => view::short(iri),
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

/// What pages need to know of the reports that evidence comes from, looked up once a page.
pub struct Reports<'a> {
    graph: &'a Graph,
    lang: &'static str,
    known: HashMap<String, (String, Option<String>)>,
}

impl<'a> Reports<'a> {
    /// Nothing is looked up yet.
    pub fn new(graph: &'a Graph, c: &Chrome) -> Self {
        Self { graph, lang: c.lang, known: HashMap::new() }
    }

    /// A report's name and language.
    pub fn get(&mut self, id: &str) -> Result<(String, Option<String>), Problem> {
        if let Some(known) = self.known.get(id) {
            return Ok(known.clone());
        }
        let Ok(report) = NamedNode::new(format!("{BASE}id/report/{id}")) else { return Ok((id.to_owned(), None)) };
        let said = outgoing(self.graph, &report)?;
        let names = names(&said);
        let name = view::best(&names, self.lang).map_or_else(|| id.to_owned(), |(_, text)| text.clone());
        let language = said.iter().find(|s| s.property == dcterms::LANGUAGE).and_then(|s| match &s.end {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            Term::NamedNode(iri) => Some(view::short(iri).to_ascii_lowercase()),
            Term::BlankNode(_) => None,
        });
        self.known.insert(id.to_owned(), (name.clone(), language.clone()));
        Ok((name, language))
    }

    /// A claim's evidence, as pages show it.
    pub fn evidence(&mut self, claim: &Claim, c: &Chrome) -> Result<Evidence, Problem> {
        let (report, language) = self.get(&claim.report)?;
        let lang = if claim.lang.is_empty() { language.unwrap_or_default() } else { claim.lang.clone() };
        let anchor = claim.span.map(|(start, _)| format!("#c{start}")).unwrap_or_default();
        let number = claim
            .source
            .as_ref()
            .and_then(|source| source.as_str().split_once("/id/answer/"))
            .and_then(|(_, rest)| rest.rsplit_once('/').map(|(_, key)| key.to_owned()));
        Ok(Evidence {
            quote: claim.exact.clone(),
            prefix: claim.prefix.clone(),
            suffix: claim.suffix.clone(),
            lang: view::foreign(&lang, c.lang),
            number,
            href: format!("/page/id/report/{}{anchor}", claim.report),
            report,
            page: claim.page.clone(),
            method: claim.method.clone(),
            confidence: claim.confidence.map(|sure| format!("{sure:.2}")),
            status: claim.status.as_ref().map(|status| {
                let key = format!("evidence.status.{status}");
                let text = c.t(&key);
                if text == key { status.clone() } else { text.to_owned() }
            }),
            claim: view::href(claim.iri.as_str()).map(|(href, _)| href).unwrap_or_default(),
        })
    }
}

/// Properties whose facts a page shows elsewhere, or not at all.
fn is_apart(property: &NamedNode) -> bool {
    *property == rdf::TYPE
}

/// Names last; the graph's own properties first.
fn rank(property: &NamedNode) -> u8 {
    match property.as_ref() {
        p if p == skos::PREF_LABEL => 2,
        p if p == skos::ALT_LABEL => 3,
        p if p == flg::ACRONYM => 4,
        p if p.as_str().starts_with(flg::NS) || p.as_str().starts_with(org::NS) => 0,
        _ => 1,
    }
}

/// Which side of its facts a resource is on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// It is the subject.
    Subject,
    /// It is the value.
    Value,
}

/// Groups statements by property, the graph's own properties first, each fact with the claims that state it.
pub fn groups(
    statements: &[Statement],
    claims: &[Claim],
    side: Side,
    this: &str,
    reports: &mut Reports<'_>,
    c: &Chrome,
) -> Result<Vec<Group>, Problem> {
    let mut evidence: HashMap<(&NamedNode, String), Vec<&Claim>> = HashMap::new();
    for claim in claims {
        let end = match side {
            Side::Subject => claim.value.to_string(),
            Side::Value => claim.subject.to_string(),
        };
        evidence.entry((&claim.property, end)).or_default().push(claim);
    }
    let mut sorted: BTreeMap<(u8, String, &NamedNode), Vec<Fact>> = BTreeMap::new();
    for statement in statements.iter().filter(|statement| !is_apart(&statement.property)) {
        let property = &statement.property;
        let mut stated = Vec::new();
        for claim in evidence.get(&(property, statement.end.to_string())).into_iter().flatten() {
            stated.push(reports.evidence(claim, c)?);
        }
        let fact = Fact {
            value: Value::term(&statement.end, &statement.labels, c.lang),
            origin: if stated.is_empty() { origin(&statement.graphs, c) } else { None },
            evidence: stated,
        };
        sorted.entry((rank(property), terms::label(property.as_ref(), c.lang), property)).or_default().push(fact);
    }
    let group = |((_, label, property), mut facts): ((u8, String, &NamedNode), Vec<Fact>)| {
        facts.sort_by_cached_key(|fact| (fact.evidence.is_empty(), crate::model::id::fold(&fact.value.text)));
        let more = facts.len().saturating_sub(SHOWN);
        facts.truncate(SHOWN);
        Group {
            label,
            href: view::href(property.as_str()).map(|(href, _)| href).unwrap_or_default(),
            comment: terms::comment(property.as_ref(), c.lang),
            incoming: side == Side::Value,
            this: this.to_owned(),
            facts,
            more,
        }
    };
    Ok(sorted.into_iter().map(group).collect())
}

/// Where a fact without a claim comes from.
fn origin(graphs: &BTreeSet<String>, c: &Chrome) -> Option<String> {
    let authority = graph::authority();
    if graphs.contains(authority.as_str()) {
        return Some(c.t("entity.reference").to_owned());
    }
    let source = graph::source("");
    graphs.iter().any(|name| name.starts_with(source.as_str())).then(|| c.t("entity.structure").to_owned())
}

/// Whether a statement only follows from others.
pub fn is_inferred(statement: &Statement) -> bool {
    let inferred = graph::inferred();
    !statement.graphs.is_empty() && statement.graphs.iter().all(|name| name == inferred.as_str())
}
