//! Claims as RDF, its canonical form and its serialisations.

pub mod canonical;
mod claims;
pub mod parse;
pub mod serialise;
mod source;

use crate::knowledge::authority::{Authority, LabelKind};
use crate::knowledge::form::Form;
use crate::model::claim::{Entity, Linked, MentionId, Name};
use crate::model::document::Document;
use crate::model::id::{fold, resource};
use crate::model::report::{Answer, Report};
use crate::model::vocab::graph;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::cmp::Ordering;

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
    quads.sort_unstable_by(order);
    quads.dedup();
    quads
}

/// The order of a report's quads: by their parts, without writing any of them out.
fn order(a: &Quad, b: &Quad) -> Ordering {
    let subject = |quad: &Quad, other: &Quad| match (&quad.subject, &other.subject) {
        (NamedOrBlankNode::NamedNode(a), NamedOrBlankNode::NamedNode(b)) => a.as_str().cmp(b.as_str()),
        (a, b) => a.to_string().cmp(&b.to_string()),
    };
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
    subject(a, b).then_with(|| a.predicate.as_str().cmp(b.predicate.as_str())).then_with(object).then_with(graph)
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
        let known = self.authority.entity(entity.iri.as_ref());
        let folded = fold(&name.text);
        if known.is_some_and(|k| k.labels.iter().any(|l| l.kind != LabelKind::Notation && fold(&l.text) == folded)) {
            return Vec::new();
        }
        let lang = name.lang.as_ref().unwrap_or(&self.report.language);
        let first = known.is_none() && entity.names.first() == Some(name);
        let literal = Literal::new_language_tagged_literal_unchecked(&name.text, lang.code());
        claims::name_properties(name, first).iter().map(|property| (*property, literal.clone())).collect()
    }
}
