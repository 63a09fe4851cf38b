//! Statements as they are made, one after the other.

use crate::model::vocab::xsd;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

/// Statements in the default graph.
#[derive(Default)]
pub(super) struct Stated(pub(super) Vec<Quad>);

impl Stated {
    /// Any statement.
    pub(super) fn say(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, value: impl Into<Term>) {
        self.0.push(Quad::new(subject.clone(), property.into_owned(), value, GraphName::DefaultGraph));
    }
    /// A text in a language, or in none.
    pub(super) fn text(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, text: &str, lang: &str) {
        let literal = if lang.is_empty() {
            Literal::new_simple_literal(text)
        } else {
            Literal::new_language_tagged_literal_unchecked(text, lang)
        };
        self.say(subject, property, literal);
    }
    /// A count.
    pub(super) fn count(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, count: usize) {
        self.typed(subject, property, &count.to_string(), xsd::INTEGER);
    }
    /// A value of a datatype.
    pub(super) fn typed(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, text: &str, datatype: NamedNodeRef<'_>) {
        self.say(subject, property, Literal::new_typed_literal(text, datatype));
    }
}
