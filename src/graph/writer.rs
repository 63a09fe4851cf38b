//! Statements of one graph in the making: each term is written once, at its place, and told by its number from then on.

use crate::model::id::write_resource;
use crate::model::statements::Statements;
use crate::model::terms::{TermId, Terms};
use crate::model::vocab::xsd;
use oxigraph::model::{LiteralRef, NamedNodeRef, TermRef};
use std::fmt::Display;

/// Adds the statements of a graph.
pub(super) struct Writer<'s> {
    all: &'s mut Statements,
    graph: TermId,
}

impl<'s> Writer<'s> {
    /// A writer of a graph.
    pub(super) fn new(all: &'s mut Statements, graph: NamedNodeRef<'_>) -> Self {
        let graph = all.terms_mut().copy(graph.into());
        Self { all, graph }
    }

    /// The terms that are written already.
    pub(super) fn terms(&self) -> &Terms {
        self.all.terms()
    }

    /// The number of a term, which is copied only if it is new.
    pub(super) fn term(&mut self, term: TermRef<'_>) -> TermId {
        self.all.terms_mut().copy(term)
    }

    /// The number of a resource.
    pub(super) fn node(&mut self, iri: NamedNodeRef<'_>) -> TermId {
        self.term(iri.into())
    }

    /// The number of one of our resources, as [`crate::model::id::resource`] names it: the parts of its slug stand behind each other.
    pub(super) fn resource(&mut self, kind: &str, slug: &[&str]) -> TermId {
        self.all.terms_mut().write_iri(|text| write_resource(text, kind, slug))
    }

    /// The number of a text without a language that is written in place.
    pub(super) fn text(&mut self, write: impl FnOnce(&mut String)) -> TermId {
        self.all.terms_mut().write_text(write)
    }

    /// Adds a statement of terms that are written already.
    pub(super) fn put(&mut self, subject: TermId, property: TermId, object: TermId) {
        self.all.push([subject, property, object, self.graph]);
    }

    /// Adds a statement whose object is written already.
    pub(super) fn point(&mut self, subject: TermId, property: NamedNodeRef<'_>, object: TermId) {
        let property = self.node(property);
        self.put(subject, property, object);
    }

    /// Adds a statement about a resource that is known.
    pub(super) fn link(&mut self, subject: TermId, property: NamedNodeRef<'_>, object: NamedNodeRef<'_>) {
        let object = self.node(object);
        self.point(subject, property, object);
    }

    /// Adds a statement with a literal.
    pub(super) fn add(&mut self, subject: TermId, property: NamedNodeRef<'_>, literal: LiteralRef<'_>) {
        let object = self.term(literal.into());
        self.point(subject, property, object);
    }

    /// Adds a text without a language.
    pub(super) fn plain(&mut self, subject: TermId, property: NamedNodeRef<'_>, text: &str) {
        self.add(subject, property, LiteralRef::new_simple_literal(text));
    }

    /// Adds a value of a datatype.
    pub(super) fn value(
        &mut self,
        subject: TermId,
        property: NamedNodeRef<'_>,
        value: &impl Display,
        datatype: NamedNodeRef<'_>,
    ) {
        let object = self.all.terms_mut().write_value(value, datatype);
        self.point(subject, property, object);
    }

    /// The number of a whole number.
    pub(super) fn integer(&mut self, number: usize) -> TermId {
        self.all.terms_mut().write_value(&number, xsd::INTEGER)
    }

    /// Adds a number.
    pub(super) fn number(&mut self, subject: TermId, property: NamedNodeRef<'_>, number: usize) {
        let number = self.integer(number);
        self.point(subject, property, number);
    }
}
