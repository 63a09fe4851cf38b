//! The graphs of a report as the store holds them: its conversion, with decisions and identities worked in.

use super::decision::Verdict;
use super::identity::{KEPT, Place, Plan};
use super::standing::Standing;
use crate::model::id::resource;
use crate::model::vocab::{dcterms, flg, graph, owl, rdf, schema, skos};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The method of claims that introduce names.
pub(super) const NAME: &str = "name";

/// The terms of a claim.
#[derive(Clone, PartialEq)]
pub(super) struct Terms {
    pub(super) subject: NamedNode,
    pub(super) property: NamedNode,
    pub(super) value: Term,
}

/// The properties of a claim's terms, and of those that it was read with.
pub(super) const TERMS: [(NamedNodeRef<'static>, NamedNodeRef<'static>); 3] =
    [(rdf::SUBJECT, flg::ORIGINAL_SUBJECT), (rdf::PREDICATE, flg::ORIGINAL_PREDICATE), (rdf::OBJECT, flg::ORIGINAL_OBJECT)];

/// The claims of an evidence graph, with their terms and whether they introduce names.
pub(super) fn claims(report: &str, quads: &[Quad]) -> BTreeMap<NamedNode, (Terms, bool)> {
    let evidence = graph::evidence(report).into();
    let mut parts: BTreeMap<NamedNode, HashMap<NamedNodeRef<'_>, &Term>> = BTreeMap::new();
    for quad in quads.iter().filter(|quad| quad.graph_name == evidence) {
        if let NamedOrBlankNode::NamedNode(claim) = &quad.subject {
            parts.entry(claim.clone()).or_default().insert(quad.predicate.as_ref(), &quad.object);
        }
    }
    let terms = |said: &HashMap<NamedNodeRef<'_>, &Term>| {
        let (Some(Term::NamedNode(subject)), Some(Term::NamedNode(property)), Some(value)) =
            (said.get(&rdf::SUBJECT), said.get(&rdf::PREDICATE), said.get(&rdf::OBJECT))
        else {
            return None;
        };
        let is_name = matches!(said.get(&flg::METHOD), Some(Term::Literal(method)) if method.value() == NAME);
        Some((Terms { subject: subject.clone(), property: property.clone(), value: (*value).clone() }, is_name))
    };
    parts.iter().filter_map(|(claim, said)| Some((claim.clone(), terms(said)?))).collect()
}

/// The quads of a report, given as it was converted, as the store is to hold them.
pub(super) fn apply(report: &str, original: &[Quad], standing: &Standing, plan: &Plan) -> Vec<Quad> {
    let work = Work { report, standing, plan };
    let mut out = Vec::with_capacity(original.len());
    let [source, facts, evidence]: [GraphName; 3] = crate::graph::graphs(report).map(GraphName::from);
    let claims = claims(report, original);
    let mut now: HashMap<NamedOrBlankNode, (Terms, Option<&'static str>)> = HashMap::new();
    let mut gone: HashSet<(NamedNode, NamedNode, String)> = HashSet::new();
    for (claim, (read, is_name)) in &claims {
        let (terms, status) = work.decided(read, *is_name);
        if *is_name && (terms != *read || status == Some("rejected")) {
            gone.insert((read.subject.clone(), read.property.clone(), read.value.to_string()));
        }
        let holds = status != Some("rejected");
        let aside = work.place(&read.subject).is_some_and(|place| place.same_as.is_some()) || work.is_rejected(&read.subject);
        let graph = if *is_name { &source } else { &facts };
        if holds && (!*is_name || terms != *read && !aside) {
            out.push(Quad::new(terms.subject.clone(), terms.property.clone(), terms.value.clone(), graph.clone()));
        }
        now.insert(claim.clone().into(), (terms, status));
    }
    for quad in original {
        if quad.graph_name == evidence {
            out.extend(claim(quad, &now));
        } else if quad.graph_name == source {
            out.extend(work.source(quad, &gone));
        }
    }
    out.extend(work.links(original));
    let mut seen = HashSet::new();
    out.retain(|quad| seen.insert(quad.clone()));
    out
}

/// A statement of the evidence graph, as it is now; more than one where a term is not the one that was read.
fn claim(quad: &Quad, now: &HashMap<NamedOrBlankNode, (Terms, Option<&'static str>)>) -> Vec<Quad> {
    let Some((terms, status)) = now.get(&quad.subject) else { return vec![quad.clone()] };
    let with = |object: Term| Quad { object, ..quad.clone() };
    if quad.predicate == flg::STATUS {
        return vec![status.map_or_else(|| quad.clone(), |status| with(resource("status", status).into()))];
    }
    let Some((_, original)) = TERMS.iter().find(|(term, _)| quad.predicate == *term) else {
        return vec![quad.clone()];
    };
    let term: Term = match quad.predicate.as_ref() {
        p if p == rdf::SUBJECT => terms.subject.clone().into(),
        p if p == rdf::PREDICATE => terms.property.clone().into(),
        _ => terms.value.clone(),
    };
    if term == quad.object {
        return vec![quad.clone()];
    }
    vec![with(term), Quad { predicate: original.into_owned(), ..quad.clone() }]
}

struct Work<'a> {
    report: &'a str,
    standing: &'a Standing,
    plan: &'a Plan,
}

impl Work<'_> {
    fn place(&self, iri: &NamedNode) -> Option<Place> {
        self.plan.of(self.report, iri)
    }

    /// Whether a person has said that there is no such thing, under the IRI that was minted or its own.
    fn verdict(&self, iri: &NamedNode) -> Option<Verdict> {
        let own = self.place(iri).map(|place| place.own);
        self.standing.thing(own.as_ref().unwrap_or(iri)).map(|decision| decision.verdict)
    }

    fn is_rejected(&self, iri: &NamedNode) -> bool {
        self.verdict(iri) == Some(Verdict::Reject)
    }

    fn moved(&self, iri: &NamedNode) -> NamedNode {
        self.place(iri).map_or_else(|| iri.clone(), |place| place.iri().clone())
    }

    /// The terms and the status that a claim has now.
    fn decided(&self, read: &Terms, is_name: bool) -> (Terms, Option<&'static str>) {
        let decision = self.standing.fact(self.report, &read.subject, &read.property, &read.value);
        let mut terms = read.clone();
        let mut status = decision.map(|decision| match decision.verdict {
            Verdict::Reject => "rejected",
            _ => "accepted",
        });
        if let Some((subject, property, value)) = decision.and_then(|d| d.correction.as_ref()) {
            terms = Terms { subject: subject.clone(), property: property.clone(), value: value.clone() };
        }
        let value_rejected = matches!(&terms.value, Term::NamedNode(value) if self.is_rejected(value));
        if self.is_rejected(&terms.subject) || value_rejected {
            status = Some("rejected");
        } else if is_name && status.is_none() && self.verdict(&terms.subject) == Some(Verdict::Accept) {
            status = Some("accepted");
        }
        let another_name = self.place(&terms.subject).is_some_and(|place| place.same_as.is_some() || place.renamed);
        if is_name && another_name && terms.property == skos::PREF_LABEL {
            terms.property = skos::ALT_LABEL.into_owned();
        }
        terms.subject = self.moved(&terms.subject);
        if let Term::NamedNode(value) = &terms.value {
            terms.value = self.moved(value).into();
        }
        (terms, status)
    }

    /// A statement of the source graph, as it is now.
    fn source(&self, quad: &Quad, gone: &HashSet<(NamedNode, NamedNode, String)>) -> Option<Quad> {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return Some(quad.clone()) };
        let verdict = self.verdict(subject);
        let place = self.place(subject);
        let aside = verdict == Some(Verdict::Reject) || place.as_ref().is_some_and(|place| place.same_as.is_some());
        if place.is_none()
            && verdict.is_none()
            && !gone.contains(&(subject.clone(), quad.predicate.clone(), quad.object.to_string()))
        {
            return Some(quad.clone());
        }
        let is_status = quad.predicate == flg::STATUS;
        let renamed = place.as_ref().is_some_and(|place| place.renamed);
        let abroad = place.as_ref().is_some_and(|place| place.abroad);
        let key = (subject.clone(), quad.predicate.clone(), quad.object.to_string());
        let mut now = quad.clone();
        now.subject = place.map_or_else(|| subject.clone(), |place| place.own).into();
        if aside {
            if let Some((_, kept)) = KEPT.iter().find(|(shown, _)| quad.predicate == *shown) {
                now.predicate = kept.into_owned();
            }
        } else if renamed && quad.predicate == skos::PREF_LABEL {
            // The name that the report itself gives is kept, besides being another name.
            now.predicate = schema::NAME.into_owned();
        } else if abroad && quad.predicate == flg::COUNTRY {
            now.predicate = dcterms::SPATIAL.into_owned();
        } else if gone.contains(&key) && now.subject == quad.subject {
            return None;
        }
        match verdict {
            Some(Verdict::Accept) if is_status => now.object = resource("status", "accepted").into(),
            Some(Verdict::Reject) if is_status => now.object = resource("status", "rejected").into(),
            _ => {}
        }
        Some(now)
    }

    /// What links a thing's own IRI to the one that it is the same as, and to the one that it shares no more.
    fn links(&self, original: &[Quad]) -> Vec<Quad> {
        let source = graph::source(self.report);
        let new = original.iter().filter(|q| q.predicate == flg::STATUS && q.graph_name == source.clone().into());
        let mut links = Vec::new();
        for quad in new {
            let NamedOrBlankNode::NamedNode(minted) = &quad.subject else { continue };
            let Some(place) = self.place(minted) else { continue };
            if let Some(same_as) = &place.same_as {
                links.push(Quad::new(place.own.clone(), skos::EXACT_MATCH, same_as.clone(), source.clone()));
            }
            if place.own != *minted {
                links.push(Quad::new(place.own.clone(), owl::DIFFERENT_FROM, minted.clone(), source.clone()));
            }
        }
        links
    }
}
