//! Claims as RDF, its canonical form and its serialisations.

pub mod canonical;
mod claims;
pub mod parse;
pub mod serialise;
mod source;
mod writer;

use crate::knowledge::authority::Authority;
use crate::knowledge::form::Form;
use crate::model::claim::{Entity, Linked, MentionId, Name};
use crate::model::document::Document;
use crate::model::id::fold;
use crate::model::lang::Lang;
use crate::model::report::{Answer, Report};
use crate::model::statements::Statements;
use crate::model::terms::TermId;
use crate::model::vocab::graph;
use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef};
use writer::Writer;

/// All that the statements of a report are made from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The document.
    pub document: &'a Document,
    /// The report.
    pub report: &'a Report,
    /// Its form.
    pub form: &'a Form,
    /// What every report of the form says of it: [`of_form`].
    pub of_form: &'a Statements,
    /// What it says.
    pub linked: &'a Linked,
    /// What is known of the things that it mentions.
    pub authority: &'a Authority,
}

/// The named graphs of a report: its source, its facts, their evidence.
pub fn graphs(report: &str) -> [NamedNode; 3] {
    [graph::source(report), graph::report(report), graph::evidence(report)]
}

/// The statements of a report, each once, in a fixed order.
pub fn statements(input: Input<'_>) -> Statements {
    let names = new_names(&input);
    let Linked { claims, entities, .. } = input.linked;
    // Twenty-five for a claim, with five new terms for nine of them, and some for what is not claimed: an estimate that is seldom too small.
    let statements = 25 * (claims.len() + names.len()) + 4 * entities.len() + 12 * input.report.answers.len();
    let terms = statements * 5 / 9;
    // The text itself is a term, and most of it is an answer's; the others have sixty bytes each.
    let bytes = 60 * terms + 2 * input.document.text.len();
    let mut all = input.of_form.in_graph(graph::source(&input.report.id).as_ref(), statements, terms, bytes);
    source::add(&input, &names, &mut all);
    claims::add(&input, &names, &mut all);
    all.settle();
    all
}

/// What every report of a form says of it and its questions, made ready once for all of them; its graph is that of what is known.
pub fn of_form(form: &Form) -> Statements {
    let mut all = Statements::default();
    source::form_alone(form, &mut Writer::new(&mut all, graph::authority().as_ref()));
    all
}

/// A name that the report introduces.
struct NewName<'a> {
    entity: &'a Entity,
    name: &'a Name,
    /// The properties that give it: two for the acronym of what the report calls by nothing else.
    properties: &'static [NamedNodeRef<'static>],
    literal: LiteralRef<'a>,
}

/// The names that are not known already.
fn new_names<'a>(input: &Input<'a>) -> Vec<NewName<'a>> {
    let mut new = Vec::new();
    for entity in &input.linked.entities {
        let known = input.authority.entity(entity.iri.as_ref()).is_some();
        for (at, name) in entity.names.iter().enumerate() {
            if input.authority.by_name(&fold(&name.text)).contains(&entity.iri) {
                continue;
            }
            let lang = name.lang.as_ref().unwrap_or(&input.report.language);
            let first = !known && (at == 0 || entity.names.first() == Some(name));
            let literal = in_language(&name.text, lang);
            new.push(NewName { entity, name, properties: claims::name_properties(name, first), literal });
        }
    }
    new
}

impl Input<'_> {
    /// The entity of a mention.
    fn iri(&self, mention: MentionId) -> Option<&NamedNode> {
        self.linked.entity_of.get(mention).and_then(|at| self.linked.entities.get(*at)).map(|e| &e.iri)
    }
    /// The resource of an answer.
    fn answer(&self, answer: &Answer, out: &mut Writer<'_>) -> TermId {
        out.resource("answer", &[&self.report.id, "/", &answer.key])
    }
}

/// A text in a language.
fn in_language<'t>(text: &'t str, lang: &'t Lang) -> LiteralRef<'t> {
    LiteralRef::new_language_tagged_literal_unchecked(text, lang.code())
}
