//! Statements of one graph in the making: each term is written once, and told by its number from then on.

use crate::model::statements::Statements;
use crate::model::terms::TermId;
use crate::model::vocab::xsd;
use oxigraph::model::{Literal, LiteralRef, NamedNode, NamedNodeRef, Term, TermRef};

/// Adds the statements of a graph.
pub(super) struct Writer<'s> {
    all: &'s mut Statements,
    graph: TermId,
}

impl<'s> Writer<'s> {
    /// A writer of a graph.
    pub(super) fn new(all: &'s mut Statements, graph: NamedNode) -> Self {
        let graph = all.terms_mut().add(graph.into());
        Self { all, graph }
    }

    /// The number of a term.
    pub(super) fn term(&mut self, term: impl Into<Term>) -> TermId {
        self.all.terms_mut().add(term.into())
    }

    /// The number of a term, which is copied only if it is new.
    pub(super) fn copy(&mut self, term: TermRef<'_>) -> TermId {
        self.all.terms_mut().copy(term)
    }

    /// The number of a resource.
    pub(super) fn node(&mut self, iri: NamedNodeRef<'_>) -> TermId {
        self.copy(iri.into())
    }

    /// The numbers of what a statement says.
    pub(super) fn terms(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, object: &Term) -> [TermId; 3] {
        [self.node(subject.as_ref()), self.node(property), self.copy(object.as_ref())]
    }

    /// Adds a statement of terms that are written already.
    pub(super) fn put(&mut self, subject: TermId, property: TermId, object: TermId) {
        self.all.push([subject, property, object, self.graph]);
    }

    /// Adds a statement about a resource that is known.
    pub(super) fn link(&mut self, subject: TermId, property: NamedNodeRef<'_>, object: NamedNodeRef<'_>) {
        let (property, object) = (self.node(property), self.node(object));
        self.put(subject, property, object);
    }

    /// Adds a statement.
    pub(super) fn add(&mut self, subject: TermId, property: NamedNodeRef<'_>, object: impl Into<Term>) {
        let property = self.node(property);
        let object = self.term(object);
        self.put(subject, property, object);
    }

    /// Adds a text without a language.
    pub(super) fn plain(&mut self, subject: TermId, property: NamedNodeRef<'_>, text: &str) {
        let property = self.node(property);
        let object = self.copy(LiteralRef::new_simple_literal(text).into());
        self.put(subject, property, object);
    }

    /// Adds a number.
    pub(super) fn number(&mut self, subject: TermId, property: NamedNodeRef<'_>, number: usize) {
        self.add(subject, property, Literal::new_typed_literal(number.to_string(), xsd::INTEGER));
    }
}
