//! Claims: facts with the words of a report that state them.
//!
//! The queries give every statement of a claim and of its selectors as a row, and the claims are put together here: an engine
//! that joins the parts of evidence in one query reads the evidence of the whole graph for each of them.

use super::{Reader, Row, iri};
use crate::facts::labels::short;
use crate::model::vocab::{flg, graph, oa, prov, rdf};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, HashMap};

const BY_SUBJECT: &str = include_str!("queries/claims-by-subject.rq");
const BY_OBJECT: &str = include_str!("queries/claims-by-object.rq");
const BY_SOURCE: &str = include_str!("queries/claims-by-source.rq");
const WITHIN: &str = include_str!("queries/claims-in.rq");
const ONE: &str = include_str!("queries/claim.rq");

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

/// The claims whose subject is `this`.
///
/// # Errors
/// As [`Reader::each`].
pub fn claims_of<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<Claim>, R::Error> {
    read(graph, BY_SUBJECT, ("this", this))
}

/// The claims whose value is `this`.
///
/// # Errors
/// As [`Reader::each`].
pub fn claims_to<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<Claim>, R::Error> {
    read(graph, BY_OBJECT, ("this", this))
}

/// The claims that were read from the answer, row or section `this`.
///
/// # Errors
/// As [`Reader::each`].
pub fn claims_from<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<Claim>, R::Error> {
    read(graph, BY_SOURCE, ("this", this))
}

/// The claim `this`, once for each report that makes it.
///
/// # Errors
/// As [`Reader::each`].
pub fn claim<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<Claim>, R::Error> {
    read(graph, ONE, ("this", this))
}

/// The claims in the evidence graph `this`.
///
/// # Errors
/// As [`Reader::each`].
pub fn claims_within<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Vec<Claim>, R::Error> {
    read(graph, WITHIN, ("graph", this))
}

/// The claims in the evidence graph of a report, given with its quads.
pub fn claims_in(report: &str, quads: &[Quad]) -> Vec<Claim> {
    let evidence = graph::evidence(report);
    let is_evidence = |quad: &&Quad| matches!(&quad.graph_name, GraphName::NamedNode(name) if *name == evidence);
    let mut selected: HashMap<&NamedNode, &NamedNode> = HashMap::new();
    for quad in quads.iter().filter(is_evidence).filter(|quad| quad.predicate == oa::HAS_SELECTOR) {
        if let (NamedOrBlankNode::NamedNode(claim), Term::NamedNode(selector)) = (&quad.subject, &quad.object) {
            selected.insert(selector, claim);
        }
    }
    let mut parts = Parts::default();
    for quad in quads.iter().filter(is_evidence) {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            let claim = selected.get(subject).copied().unwrap_or(subject);
            parts.add(&evidence, claim, &quad.predicate, &quad.object);
        }
    }
    parts.claims()
}

fn read<R: Reader + ?Sized>(graph: &R, query: &'static str, bound: (&str, &NamedNode)) -> Result<Vec<Claim>, R::Error> {
    let (name, this) = bound;
    let mut parts = Parts::default();
    graph.each(query, &[(name, this.clone().into())], &mut |row: Row| {
        let claim = iri(&row, "claim").unwrap_or(this);
        if let (Some(graph), Some(property), Some(value)) = (iri(&row, "graph"), iri(&row, "property"), row.get("value")) {
            parts.add(graph, claim, property, value);
        }
    })?;
    Ok(parts.claims())
}

/// What is said of each claim of each evidence graph, and of its selectors.
#[derive(Default)]
struct Parts(BTreeMap<(NamedNode, NamedNode), HashMap<NamedNode, Term>>);

impl Parts {
    fn add(&mut self, graph: &NamedNode, claim: &NamedNode, property: &NamedNode, value: &Term) {
        self.0.entry((graph.clone(), claim.clone())).or_default().insert(property.clone(), value.clone());
    }

    /// Each claim once, in the order of their places.
    fn claims(self) -> Vec<Claim> {
        let mut found: Vec<Claim> = self.0.into_iter().filter_map(|((graph, iri), said)| one(&graph, iri, said)).collect();
        found.sort_by(|a, b| (&a.report, a.span).cmp(&(&b.report, b.span)));
        found
    }
}

fn one(from: &NamedNode, iri: NamedNode, mut said: HashMap<NamedNode, Term>) -> Option<Claim> {
    let evidence = graph::evidence("");
    let mut take = |property: NamedNodeRef<'_>| said.remove(&property.into_owned());
    let text = |term: Term| if let Term::Literal(literal) = term { literal.destruct().0 } else { String::new() };
    let node = |term: Term| if let Term::NamedNode(iri) = term { Some(iri) } else { None };
    let exact = take(oa::EXACT);
    let lang = match &exact {
        Some(Term::Literal(literal)) => literal.language().unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    let start = take(oa::START).and_then(|term| text(term).parse().ok());
    Some(Claim {
        report: from.as_str().strip_prefix(evidence.as_str()).unwrap_or_default().to_owned(),
        subject: take(rdf::SUBJECT).and_then(node)?,
        property: take(rdf::PREDICATE).and_then(node)?,
        value: take(rdf::OBJECT)?,
        source: take(prov::WAS_DERIVED_FROM).and_then(node),
        span: start.zip(take(oa::END).and_then(|term| text(term).parse().ok())),
        exact: exact.map(text).unwrap_or_default(),
        lang,
        prefix: take(oa::PREFIX).map(text).unwrap_or_default(),
        suffix: take(oa::SUFFIX).map(text).unwrap_or_default(),
        page: take(flg::PAGE).map(text),
        method: take(flg::METHOD).map(text).unwrap_or_default(),
        confidence: take(flg::CONFIDENCE).and_then(|term| text(term).parse().ok()),
        status: take(flg::STATUS).map(|term| match term {
            Term::NamedNode(iri) => short(&iri),
            other => text(other),
        }),
        iri,
    })
}
