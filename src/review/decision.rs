//! A decision as RDF: what it is about, who made it, when, and why.

use crate::graph::serialise::{Syntax, write_triples};
use crate::model::id::{content_hash, resource, slug};
use crate::model::vocab::{BASE, class, flg, foaf, graph, prov, rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The source says so; the thing is what it is said to be.
    Accept,
    /// The source does not say so; there is no such thing.
    Reject,
    /// Two things are one.
    Merge,
    /// Two things are not one.
    Split,
    /// The source says something else.
    Correct,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Accept, Self::Reject, Self::Merge, Self::Split, Self::Correct];

    /// The word for it, which ends its concept's IRI too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Correct => "correct",
        }
    }
}

/// A fact, as a report was read to state it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fact {
    /// The report's identifier.
    pub report: String,
    /// The subject.
    pub subject: NamedNode,
    /// The property.
    pub property: NamedNode,
    /// The value.
    pub value: Term,
}

/// What a decision is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Matter {
    /// A fact of a report, however often it states it and wherever: so the decision holds when the text around it changes.
    Fact(Fact),
    /// Something that reports introduce.
    Thing(NamedNode),
    /// Two things; the one to be kept comes first.
    Pair(NamedNode, NamedNode),
    /// What one report calls by the name of something else.
    Apart(NamedNode, String),
}

impl Matter {
    /// What two decisions on the same matter have in common.
    #[must_use]
    pub fn key(&self) -> Self {
        match self {
            Self::Pair(a, b) if a > b => Self::Pair(b.clone(), a.clone()),
            other => other.clone(),
        }
    }
}

/// A decision. A later one on the same matter undoes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What was decided.
    pub verdict: Verdict,
    /// On what.
    pub matter: Matter,
    /// What the source says instead: subject, property, value.
    pub correction: Option<(NamedNode, NamedNode, Term)>,
    /// When, as `xsd:dateTime`, UTC.
    pub when: String,
    /// By whom.
    pub by: String,
    /// Why, if that was said.
    pub why: Option<String>,
    /// The reports that were known to speak of the things in question: what others say was not considered.
    pub seen: BTreeSet<String>,
}

impl Decision {
    /// The order in which decisions were made.
    pub fn order(&self) -> (String, String) {
        (self.when.trim_end_matches('Z').to_owned(), self.iri().into_string())
    }

    /// Its IRI: a hash of all that it says.
    pub fn iri(&self) -> NamedNode {
        let mut parts = vec![self.verdict.name().to_owned(), format!("{:?}", self.matter), self.when.clone(), self.by.clone()];
        parts.extend(self.why.clone());
        parts.extend(self.correction.as_ref().map(|(s, p, o)| format!("{s} {p} {o}")));
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        resource("decision", &content_hash(&parts)[..32])
    }

    fn triples(&self, add: &mut impl FnMut(&NamedNode, NamedNodeRef<'_>, Term)) {
        let iri = self.iri();
        add(&iri, rdf::TYPE, class::DECISION.into());
        add(&iri, flg::VERDICT, resource("verdict", self.verdict.name()).into());
        add(&iri, prov::ENDED_AT_TIME, Literal::new_typed_literal(&self.when, xsd::DATE_TIME).into());
        let agent = resource("agent", &slug(&self.by));
        add(&iri, prov::WAS_ASSOCIATED_WITH, agent.clone().into());
        add(&agent, rdf::TYPE, prov::AGENT.into());
        add(&agent, foaf::NAME, Literal::new_simple_literal(&self.by).into());
        if let Some(why) = &self.why {
            add(&iri, rdfs::COMMENT, Literal::new_simple_literal(why).into());
        }
        for report in &self.seen {
            add(&iri, prov::USED, resource("report", report).into());
        }
        match &self.matter {
            Matter::Fact(fact) => {
                add(&iri, prov::USED, resource("report", &fact.report).into());
                add(&iri, flg::ORIGINAL_SUBJECT, fact.subject.clone().into());
                add(&iri, flg::ORIGINAL_PREDICATE, fact.property.clone().into());
                add(&iri, flg::ORIGINAL_OBJECT, fact.value.clone());
            }
            Matter::Thing(thing) => add(&iri, prov::USED, thing.clone().into()),
            Matter::Pair(keep, other) => {
                add(&iri, flg::ORIGINAL_SUBJECT, other.clone().into());
                add(&iri, flg::CORRECTED_SUBJECT, keep.clone().into());
            }
            Matter::Apart(thing, report) => {
                add(&iri, prov::USED, thing.clone().into());
                add(&iri, prov::USED, resource("report", report).into());
            }
        }
        if let Some((subject, property, value)) = &self.correction {
            add(&iri, flg::CORRECTED_SUBJECT, subject.clone().into());
            add(&iri, flg::CORRECTED_PREDICATE, property.clone().into());
            add(&iri, flg::CORRECTED_OBJECT, value.clone());
        }
    }
}

/// Decisions as quads of the review graph.
pub fn quads(decisions: &[Decision]) -> Vec<Quad> {
    let mut quads = BTreeMap::new();
    for decision in decisions {
        decision.triples(&mut |s, p, o| {
            let quad = Quad::new(s.clone(), p, o, graph::review());
            quads.insert(quad.to_string(), quad);
        });
    }
    quads.into_values().collect()
}

/// Decisions as sorted Turtle, for a file under version control.
///
/// # Errors
/// If the bytes cannot be written.
pub fn turtle(decisions: &[Decision]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write_triples(quads(decisions).into_iter().map(Triple::from), Syntax::Turtle, &mut bytes)?;
    Ok(bytes)
}

/// The decisions that quads state, oldest first; what is incomplete is left out, and [`complete`] says what that is.
pub fn read(quads: &[Quad]) -> Vec<Decision> {
    let mut found: Vec<Decision> = subjects(quads).iter().filter_map(|iri| one(quads, iri).ok()).collect();
    found.sort_by_key(Decision::order);
    found
}

/// The decisions that quads state.
///
/// # Errors
/// The IRI of the first decision that is not well described, and what it lacks.
pub fn complete(quads: &[Quad]) -> Result<Vec<Decision>, (NamedNode, &'static str)> {
    subjects(quads).into_iter().map(|iri| one(quads, &iri).map_err(|lacks| (iri, lacks))).collect()
}

fn subjects(quads: &[Quad]) -> BTreeSet<NamedNode> {
    let is = |quad: &&Quad| quad.predicate == rdf::TYPE && quad.object == class::DECISION.into();
    let iri = |quad: &Quad| if let NamedOrBlankNode::NamedNode(iri) = &quad.subject { Some(iri.clone()) } else { None };
    quads.iter().filter(is).filter_map(iri).collect()
}

fn one(quads: &[Quad], iri: &NamedNode) -> Result<Decision, &'static str> {
    let said: Vec<&Quad> = quads.iter().filter(|quad| quad.subject == iri.clone().into()).collect();
    let all = |property: NamedNodeRef<'static>| said.iter().filter(move |q| q.predicate == property).map(|q| &q.object);
    let node = |property| all(property).find_map(|term| if let Term::NamedNode(n) = term { Some(n.clone()) } else { None });
    let text =
        |property| all(property).find_map(|term| if let Term::Literal(l) = term { Some(l.value().to_owned()) } else { None });
    let report_of =
        |iri: &NamedNode| iri.as_str().strip_prefix(BASE).and_then(|rest| rest.strip_prefix("id/report/")).map(str::to_owned);
    let verdict = node(flg::VERDICT).and_then(|v| Verdict::ALL.into_iter().find(|known| v == resource("verdict", known.name())));
    let verdict = verdict.ok_or("a verdict (`flg:verdict`)")?;
    let agent = node(prov::WAS_ASSOCIATED_WITH).ok_or("who made it (`prov:wasAssociatedWith`)")?;
    let name = quads.iter().find(|q| q.subject == agent.clone().into() && q.predicate == foaf::NAME).map(|q| &q.object);
    let Some(Term::Literal(by)) = name else { return Err("the name of who made it (`foaf:name`)") };
    let used: Vec<NamedNode> =
        all(prov::USED).filter_map(|t| if let Term::NamedNode(n) = t { Some(n.clone()) } else { None }).collect();
    let mut seen: BTreeSet<String> = used.iter().filter_map(report_of).collect();
    let thing = used.into_iter().find(|iri| report_of(iri).is_none());
    let original = (node(flg::ORIGINAL_SUBJECT), node(flg::ORIGINAL_PREDICATE), all(flg::ORIGINAL_OBJECT).next().cloned());
    let corrected = (node(flg::CORRECTED_SUBJECT), node(flg::CORRECTED_PREDICATE), all(flg::CORRECTED_OBJECT).next().cloned());
    let mut correction = None;
    let matter = match (original, thing) {
        ((Some(subject), Some(property), Some(value)), _) => {
            if let (Some(s), Some(p), Some(o)) = corrected {
                correction = Some((s, p, o));
            }
            let report = seen.pop_first().ok_or("the report that states the fact (`prov:used`)")?;
            Matter::Fact(Fact { report, subject, property, value })
        }
        ((Some(other), None, None), _) => Matter::Pair(corrected.0.ok_or("the other thing (`flg:correctedSubject`)")?, other),
        ((None, ..), Some(thing)) if verdict == Verdict::Split => {
            Matter::Apart(thing, seen.pop_first().ok_or("the report that means something else (`prov:used`)")?)
        }
        ((None, ..), Some(thing)) => Matter::Thing(thing),
        _ => return Err("what it is about (`prov:used`, or `flg:originalSubject` and its like)"),
    };
    if verdict == Verdict::Correct && correction.is_none() {
        return Err("what the source says instead (`flg:correctedSubject` and its like)");
    }
    let when = text(prov::ENDED_AT_TIME).ok_or("when it was made (`prov:endedAtTime`)")?;
    Ok(Decision { verdict, matter, correction, when, by: by.value().to_owned(), why: text(rdfs::COMMENT), seen })
}
