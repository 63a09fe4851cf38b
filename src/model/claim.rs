//! What a report says, as statements about mentions, each with the words that say it.

use super::diagnostic::Diagnostic;
use super::document::Span;
use super::lang::Lang;
use oxigraph::model::{Literal, NamedNode};

/// The index of a mention in [`Claims::mentions`].
pub type MentionId = usize;

/// The words that something rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// The index of the answer in the report, or `None` for what stands outside of answers (title, headings).
    pub answer: Option<usize>,
    /// Where the words stand in the source.
    pub span: Span,
    /// The words, verbatim but for line wraps.
    pub quote: String,
}

/// What a name is to its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A full or common name.
    Name,
    /// An acronym.
    Acronym,
}

/// A name that the report uses for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name as it stands in the report, line wraps folded.
    pub text: String,
    /// Its language, where that is known.
    pub lang: Option<Lang>,
    /// Full name or acronym.
    pub kind: NameKind,
    /// Where the report uses it.
    pub evidence: Evidence,
}

/// How a mention is to be identified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// It is this resource, without doubt: the report itself, an option's concept, a structural node.
    Fixed(NamedNode),
    /// Its name is one of the authority's: these resources bear it.
    Known(Vec<NamedNode>),
    /// A name that the authority does not have.
    New,
    /// Another mention of this report: a short form or a pronoun-like phrase ("this programme").
    Same(MentionId),
}

/// Something that the report speaks of, at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The class that its words or its place give it.
    pub class: NamedNode,
    /// The names that it is given at this place; empty where it is only referred to.
    pub names: Vec<Name>,
    /// How it is to be identified.
    pub identity: Identity,
    /// The country that it belongs to, where the text or the report says so.
    pub country: Option<NamedNode>,
    /// Where it stands.
    pub evidence: Evidence,
}

/// The object of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    /// Something that the report speaks of.
    Mention(MentionId),
    /// A value.
    Literal(Literal),
    /// A resource that needs no identifying: a status, a level, an address.
    Resource(NamedNode),
}

/// A statement of the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What it is about.
    pub subject: MentionId,
    /// The property, of the ontology.
    pub property: NamedNode,
    /// The value.
    pub object: Object,
    /// The words that state it.
    pub evidence: Evidence,
    /// The rule that read it, by name.
    pub method: String,
    /// How sure the rule is, above 0 and up to 1.
    pub confidence: f32,
    /// When the report says that it was stated or came to hold, where it dates its statements: `2012 AR: …`.
    pub dates: Vec<Literal>,
}

/// All that was taken from a report.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// What the report speaks of, place by place.
    pub mentions: Vec<Mention>,
    /// What it says of it.
    pub claims: Vec<Claim>,
    /// What was not understood.
    pub diagnostics: Vec<Diagnostic>,
}

/// An entity of the graph that mentions were identified with.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its IRI.
    pub iri: NamedNode,
    /// Its class.
    pub class: NamedNode,
    /// The country that it belongs to.
    pub country: Option<NamedNode>,
    /// The names that the report gives it, each once, at its first place.
    pub names: Vec<Name>,
    /// Whether the authority has it; otherwise it was made from the report.
    pub known: bool,
}

/// The same as [`Claims`], with every mention identified.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// The entities, each once.
    pub entities: Vec<Entity>,
    /// The index in `entities` of each mention of [`Claims::mentions`].
    pub entity_of: Vec<usize>,
    /// The statements; mentions are still indices into [`Claims::mentions`].
    pub claims: Vec<Claim>,
    /// What is uncertain, and what was not understood.
    pub diagnostics: Vec<Diagnostic>,
}
