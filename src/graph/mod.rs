//! Claims as RDF, its canonical form and its serialisations.

pub mod canonical;
mod claims;
pub mod parse;
pub mod serialise;
mod source;

use crate::knowledge::authority::Authority;
use crate::knowledge::form::Form;
use crate::model::claim::{Entity, Linked, MentionId, Name};
use crate::model::document::Document;
use crate::model::id::{fold, resource};
use crate::model::report::{Answer, Report};
use crate::model::vocab::graph;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::hash::Hash;

/// All that the quads of a report are made from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The document.
    pub document: &'a Document,
    /// The report.
    pub report: &'a Report,
    /// Its form.
    pub form: &'a Form,
    /// What it says.
    pub linked: &'a Linked,
    /// What is known of the things that it mentions.
    pub authority: &'a Authority,
}

/// The named graphs of a report: its source, its facts, their evidence.
pub fn graphs(report: &str) -> [NamedNode; 3] {
    [graph::source(report), graph::report(report), graph::evidence(report)]
}

/// The quads of a report, each once, in a fixed order.
pub fn quads(input: Input<'_>) -> Vec<Quad> {
    let mut quads = source::quads(&input);
    quads.extend(claims::quads(&input));
    // A report speaks of each thing many times: subjects and properties are put in order once each.
    let subjects = ranks(quads.iter().map(|quad| quad.subject.as_ref()), subject_order);
    let properties = ranks(quads.iter().map(|quad| quad.predicate.as_ref()), |a, b| a.as_str().cmp(b.as_str()));
    // Numbers are put in order, and not the quads, which are large: each of them is moved once.
    let mut places: Vec<(usize, usize, usize)> =
        subjects.into_iter().zip(properties).enumerate().map(|(at, (subject, property))| (subject, property, at)).collect();
    let others = |a: usize, b: usize| order(&quads[a], &quads[b]);
    places.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| others(a.2, b.2)));
    places.dedup_by(|a, b| (a.0, a.1) == (b.0, b.1) && quads[a.2] == quads[b.2]);
    let mut quads: Vec<Option<Quad>> = quads.into_iter().map(Some).collect();
    places.into_iter().filter_map(|(.., at)| quads[at].take()).collect()
}

/// The place of each thing among all of them.
fn ranks<T: Copy + Eq + Hash>(all: impl Iterator<Item = T>, order: impl Fn(&T, &T) -> Ordering) -> Vec<usize> {
    let mut numbers: FxHashMap<T, usize> = FxHashMap::default();
    let mut things: Vec<T> = Vec::new();
    let number = |thing: T| {
        *numbers.entry(thing).or_insert_with(|| {
            things.push(thing);
            things.len() - 1
        })
    };
    let numbered: Vec<usize> = all.map(number).collect();
    let mut by_order: Vec<usize> = (0..things.len()).collect();
    by_order.sort_unstable_by(|a, b| order(&things[*a], &things[*b]));
    let mut rank = vec![0; things.len()];
    for (place, thing) in by_order.into_iter().enumerate() {
        rank[thing] = place;
    }
    numbered.into_iter().map(|thing| rank[thing]).collect()
}

fn subject_order(a: &NamedOrBlankNodeRef<'_>, b: &NamedOrBlankNodeRef<'_>) -> Ordering {
    match (a, b) {
        (NamedOrBlankNodeRef::NamedNode(a), NamedOrBlankNodeRef::NamedNode(b)) => a.as_str().cmp(b.as_str()),
        (a, b) => a.to_string().cmp(&b.to_string()),
    }
}

/// The order of quads with one subject and property: by their other parts, without writing any of them out.
fn order(a: &Quad, b: &Quad) -> Ordering {
    let object = || match (&a.object, &b.object) {
        (Term::NamedNode(a), Term::NamedNode(b)) => a.as_str().cmp(b.as_str()),
        (Term::Literal(a), Term::Literal(b)) => {
            (a.value(), a.datatype().as_str(), a.language()).cmp(&(b.value(), b.datatype().as_str(), b.language()))
        }
        (a, b) => a.to_string().cmp(&b.to_string()),
    };
    let graph = || match (&a.graph_name, &b.graph_name) {
        (GraphName::NamedNode(a), GraphName::NamedNode(b)) => a.as_str().cmp(b.as_str()),
        (a, b) => a.to_string().cmp(&b.to_string()),
    };
    object().then_with(graph)
}

impl Input<'_> {
    /// The entity of a mention.
    fn iri(&self, mention: MentionId) -> Option<&NamedNode> {
        self.linked.entity_of.get(mention).and_then(|at| self.linked.entities.get(*at)).map(|e| &e.iri)
    }
    fn answer_iri(&self, answer: &Answer) -> NamedNode {
        resource("answer", &format!("{}/{}", self.report.id, answer.key))
    }
    fn section_iri(&self, number: usize) -> NamedNode {
        resource("section", &format!("{}/{number}", self.report.id))
    }
    /// The answer that a statement stands in, or the report for what stands in its head.
    fn place(&self, answer: Option<usize>) -> NamedNode {
        let answer = answer.and_then(|at| self.report.answers.get(at));
        answer.map_or_else(|| resource("report", &self.report.id), |a| self.answer_iri(a))
    }
    /// A name that the report introduces, as properties and a literal: none for a name that is known already, two for the
    /// acronym of what the report calls by nothing else.
    fn new_name(&self, entity: &Entity, name: &Name) -> Vec<(NamedNodeRef<'static>, Literal)> {
        if self.authority.by_name(&fold(&name.text)).contains(&entity.iri) {
            return Vec::new();
        }
        let lang = name.lang.as_ref().unwrap_or(&self.report.language);
        let first = entity.names.first() == Some(name) && self.authority.entity(entity.iri.as_ref()).is_none();
        let literal = Literal::new_language_tagged_literal_unchecked(&name.text, lang.code());
        claims::name_properties(name, first).iter().map(|property| (*property, literal.clone())).collect()
    }
}
