//! One of the two versions: its facts with their quotes, its answers, and the names of things.

use super::is_name;
use crate::facts::labels::Label;
use crate::model::id::resource;
use crate::model::vocab::{class, dcterms, flg, oa, prov, rdf, rdfs, schema, skos};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, HashMap};

/// The words of a report that state something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Quote {
    /// The words, verbatim but for line wraps.
    pub text: String,
    /// The answer, section or report that they stand in, in its short form without the kind: `mex-2021-p029/82`.
    pub place: String,
    /// The page, where pages are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The claim.
    #[serde(skip)]
    pub claim: Option<NamedNode>,
}

/// A fact.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) subject: NamedNode,
    pub(super) property: NamedNode,
    pub(super) value: Term,
    pub(super) quotes: Vec<Quote>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its IRI.
    pub iri: NamedNode,
    /// The printed number of its question.
    pub number: String,
    /// The question as the report prints it.
    pub question: String,
    /// Its place in the report.
    pub position: usize,
    /// The whole answer; an empty text if there is none.
    pub text: Term,
}

/// One of the two versions.
pub struct Side {
    /// The identifier of the report, if there is just one.
    pub report: Option<String>,
    quads: Vec<Quad>,
    facts: Vec<Fact>,
    answers: BTreeMap<String, Answer>,
    labels: HashMap<NamedNode, Vec<Label>>,
    pub(super) aligned: bool,
}

type Said<'a> = HashMap<&'a NamedOrBlankNode, Vec<(NamedNodeRef<'a>, &'a Term)>>;

impl Side {
    /// The version that some quads hold. Facts are those that claims state and nobody has rejected; where there are no
    /// claims at all, every statement is one.
    pub fn new(quads: Vec<Quad>) -> Self {
        let mut said: Said<'_> = HashMap::new();
        for quad in &quads {
            said.entry(&quad.subject).or_default().push((quad.predicate.as_ref(), &quad.object));
        }
        let reports = quads.iter().filter(|q| q.predicate == rdf::TYPE && q.object == class::REPORT.into());
        let reports: Vec<&NamedOrBlankNode> =
            reports.map(|quad| &quad.subject).filter(|r| one(&said, r, schema::SHA256).is_some()).collect();
        let report = match reports.as_slice() {
            [first, rest @ ..] if rest.iter().all(|other| other == first) => one(&said, first, dcterms::IDENTIFIER).map(text),
            _ => None,
        };
        let (facts, answers, labels) = (facts(&quads, &said), answers(&quads, &said), labels(&quads));
        Self { report, facts, answers, labels, aligned: false, quads }
    }

    /// Makes two versions comparable: if each is one report, what is theirs alone is taken for the same.
    pub fn align(one: &mut Self, other: &mut Self) {
        let both = one.report.is_some() && other.report.is_some();
        (one.aligned, other.aligned) = (both, both);
    }

    /// The labels of a resource.
    pub fn labels(&self, iri: &NamedNode) -> &[Label] {
        self.labels.get(iri).map_or(&[], Vec::as_slice)
    }

    /// How many statements it has.
    pub fn len(&self) -> usize {
        self.quads.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.quads.is_empty()
    }

    /// A term as it is compared.
    fn key(&self, term: &str) -> String {
        match self.report.as_ref().filter(|_| self.aligned) {
            Some(report) => term.replace(report.as_str(), "*"),
            None => term.to_owned(),
        }
    }

    pub(super) fn facts(&self) -> BTreeMap<(String, String), BTreeMap<String, &Fact>> {
        let mut found: BTreeMap<(String, String), BTreeMap<String, &Fact>> = BTreeMap::new();
        for fact in &self.facts {
            let key = (self.key(fact.subject.as_str()), fact.property.as_str().to_owned());
            found.entry(key).or_default().insert(self.key(&fact.value.to_string()), fact);
        }
        found
    }

    pub(super) fn answers(&self) -> BTreeMap<String, &Answer> {
        self.answers.iter().map(|(key, answer)| (self.key(key), answer)).collect()
    }
}

fn of<'a>(said: &Said<'a>, node: &NamedOrBlankNode, property: NamedNodeRef<'a>) -> Vec<&'a Term> {
    said.get(node).into_iter().flatten().filter(|(p, _)| *p == property).map(|(_, term)| *term).collect()
}

fn one<'a>(said: &Said<'a>, node: &NamedOrBlankNode, property: NamedNodeRef<'a>) -> Option<&'a Term> {
    of(said, node, property).into_iter().next()
}

fn text(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => super::plain(other),
    }
}

/// The words of a text, however its lines are broken.
pub(super) fn words(term: &Term) -> String {
    text(term).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn node(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(iri) => Some(iri.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) => None,
    }
}

fn facts(quads: &[Quad], said: &Said<'_>) -> Vec<Fact> {
    let mut found: BTreeMap<(NamedNode, NamedNode, String), Fact> = BTreeMap::new();
    let mut add = |subject: NamedNode, property: NamedNode, value: Term, quote: Option<Quote>| {
        let key = (subject.clone(), property.clone(), value.to_string());
        let fact = found.entry(key).or_insert_with(|| Fact { subject, property, value, quotes: Vec::new() });
        fact.quotes.extend(quote);
    };
    let rejected: Term = resource("status", "rejected").into();
    let mut claims = 0;
    for quad in quads.iter().filter(|quad| quad.predicate == rdf::PREDICATE) {
        claims += 1;
        let claim = &quad.subject;
        let parts = (one(said, claim, rdf::SUBJECT), &quad.object, one(said, claim, rdf::OBJECT));
        let (Some(Term::NamedNode(subject)), Term::NamedNode(property), Some(value)) = parts else { continue };
        if is_name(property.as_ref()) || of(said, claim, flg::STATUS).contains(&&rejected) {
            continue;
        }
        add(subject.clone(), property.clone(), value.clone(), quote(said, claim));
    }
    if claims == 0 {
        for quad in quads.iter().filter(|quad| !is_name(quad.predicate.as_ref())) {
            if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
                add(subject.clone(), quad.predicate.clone(), quad.object.clone(), None);
            }
        }
    }
    let mut facts: Vec<Fact> = found.into_values().collect();
    for fact in &mut facts {
        fact.quotes.sort();
        fact.quotes.dedup_by(|a, b| (&a.text, &a.place) == (&b.text, &b.place));
    }
    facts
}

fn quote(said: &Said<'_>, claim: &NamedOrBlankNode) -> Option<Quote> {
    let selectors: Vec<NamedOrBlankNode> = of(said, claim, oa::HAS_SELECTOR).into_iter().filter_map(node).collect();
    let exact = selectors.iter().find_map(|selector| one(said, selector, oa::EXACT))?;
    let place = one(said, claim, prov::WAS_DERIVED_FROM).map(super::plain).unwrap_or_default();
    let place =
        place.split_once(':').map_or(place.clone(), |(_, rest)| rest.split_once('/').map_or(rest, |(_, rest)| rest).to_owned());
    let iri = if let NamedOrBlankNode::NamedNode(iri) = claim { Some(iri.clone()) } else { None };
    Some(Quote { text: text(exact), place, page: one(said, claim, flg::PAGE).map(text), claim: iri })
}

/// Answers by their questions. A question that a report asks twice is told apart by its place among them.
fn answers(quads: &[Quad], said: &Said<'_>) -> BTreeMap<String, Answer> {
    let is_answer = |quad: &&Quad| quad.predicate == rdf::TYPE && quad.object == class::ANSWER.into();
    let mut all: Vec<(String, Answer)> = Vec::new();
    for quad in quads.iter().filter(is_answer) {
        let NamedOrBlankNode::NamedNode(iri) = &quad.subject else { continue };
        let of = |property| one(said, &quad.subject, property);
        let report = of(flg::IN_REPORT).map(text).unwrap_or_default();
        let question = of(flg::QUESTION).map(text).unwrap_or_default();
        let empty = || Literal::new_simple_literal("").into();
        let answer = Answer {
            iri: iri.clone(),
            number: of(dcterms::IDENTIFIER).map(text).unwrap_or_default(),
            question: of(dcterms::TITLE).map(words).unwrap_or_default(),
            position: of(schema::POSITION).and_then(|n| text(n).parse().ok()).unwrap_or(0),
            text: of(flg::TEXT).cloned().unwrap_or_else(empty),
        };
        all.push((format!("{report} {question}"), answer));
    }
    all.sort_by_key(|(key, answer)| (key.clone(), answer.position));
    let mut found = BTreeMap::new();
    let mut before: Option<String> = None;
    let mut times = 0;
    for (key, answer) in all {
        times = if before.as_ref() == Some(&key) { times + 1 } else { 1 };
        found.insert(format!("{key} {times}"), answer);
        before = Some(key);
    }
    found
}

fn labels(quads: &[Quad]) -> HashMap<NamedNode, Vec<Label>> {
    let mut found: HashMap<NamedNode, Vec<Label>> = HashMap::new();
    let kinds = [skos::PREF_LABEL, rdfs::LABEL];
    for quad in quads.iter().filter(|quad| kinds.contains(&quad.predicate.as_ref())) {
        if let (NamedOrBlankNode::NamedNode(subject), Term::Literal(name)) = (&quad.subject, &quad.object) {
            let label = (name.language().unwrap_or_default().to_owned(), name.value().to_owned());
            let labels = found.entry(subject.clone()).or_default();
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    found
}
