//! RDF as text, in an order that depends on the statements alone.

use crate::model::vocab::{PREFIXES, rdf};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{GraphName, GraphNameRef, NamedOrBlankNode, Quad, Term, Triple};
use std::io::{self, Write};

/// A syntax of RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Syntax {
    /// N-Quads.
    NQuads,
    /// `TriG`: Turtle with named graphs.
    TriG,
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// JSON-LD, expanded.
    JsonLd,
    /// RDF/XML.
    RdfXml,
}

impl Syntax {
    /// All of them, the preferred first.
    pub const ALL: [Self; 6] = [Self::Turtle, Self::TriG, Self::NQuads, Self::NTriples, Self::JsonLd, Self::RdfXml];

    /// The short name, which is the ending of file names too: `nq`, `trig`, `ttl`, `nt`, `jsonld`, `rdf`.
    pub fn name(self) -> &'static str {
        match self {
            Self::NQuads => "nq",
            Self::TriG => "trig",
            Self::Turtle => "ttl",
            Self::NTriples => "nt",
            Self::JsonLd => "jsonld",
            Self::RdfXml => "rdf",
        }
    }

    /// The syntax of a short name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|syntax| syntax.name() == name)
    }

    /// The media type, without parameters.
    pub fn media_type(self) -> &'static str {
        self.format().media_type().split(';').next().unwrap_or_default()
    }

    /// Whether it says which graph a statement is in.
    pub fn has_graphs(self) -> bool {
        matches!(self, Self::NQuads | Self::TriG | Self::JsonLd)
    }

    pub(super) fn format(self) -> RdfFormat {
        match self {
            Self::NQuads => RdfFormat::NQuads,
            Self::TriG => RdfFormat::TriG,
            Self::Turtle => RdfFormat::Turtle,
            Self::NTriples => RdfFormat::NTriples,
            Self::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
            Self::RdfXml => RdfFormat::RdfXml,
        }
    }
}

/// Writes quads, sorted, each once. A syntax without graphs gets the triples of all graphs.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_quads(quads: impl IntoIterator<Item = Quad>, syntax: Syntax, out: &mut dyn Write) -> io::Result<()> {
    if !syntax.has_graphs() {
        return write_triples(quads.into_iter().map(Triple::from), syntax, out);
    }
    let mut quads: Vec<Quad> = quads.into_iter().collect();
    quads.sort_by_cached_key(|quad| {
        (quad.graph_name.clone().to_string(), order(&quad.subject, quad.predicate.as_str(), &quad.object))
    });
    quads.dedup();
    write(&quads, syntax, out)
}

/// Writes triples, sorted, each once.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_triples(triples: impl IntoIterator<Item = Triple>, syntax: Syntax, out: &mut dyn Write) -> io::Result<()> {
    let mut triples: Vec<Triple> = triples.into_iter().collect();
    triples.sort_by_cached_key(|triple| order(&triple.subject, triple.predicate.as_str(), &triple.object));
    triples.dedup();
    let quads: Vec<Quad> = triples.into_iter().map(|triple| triple.in_graph(GraphName::DefaultGraph)).collect();
    write(&quads, syntax, out)
}

/// The place of a statement: by subject, its class first, then by property and object.
fn order(subject: &NamedOrBlankNode, predicate: &str, object: &Term) -> (String, bool, String, String) {
    (subject.to_string(), predicate != rdf::TYPE.as_str(), predicate.to_owned(), object.to_string())
}

/// What writes these quads, with the prefixes that they use.
///
/// # Errors
/// Never: the prefixes are IRIs, each of them.
pub fn prefixed(quads: &[Quad], format: RdfFormat) -> io::Result<RdfSerializer> {
    let mut serializer = RdfSerializer::from_format(format);
    if matches!(format, RdfFormat::NTriples | RdfFormat::NQuads) {
        return Ok(serializer); // they know none
    }
    for (prefix, namespace) in PREFIXES {
        let used = quads.iter().any(|quad| mentions(quad, namespace));
        if used {
            serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
        }
    }
    Ok(serializer)
}

fn write(quads: &[Quad], syntax: Syntax, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = prefixed(quads, syntax.format())?.for_writer(out);
    for quad in quads {
        let graph = if syntax.has_graphs() { quad.graph_name.as_ref() } else { GraphNameRef::DefaultGraph };
        writer.serialize_quad(oxigraph::model::QuadRef { graph_name: graph, ..quad.as_ref() })?;
    }
    writer.finish()?.flush()
}

/// Whether an IRI of a statement lies in a namespace.
fn mentions(quad: &Quad, namespace: &str) -> bool {
    let node = |node: &NamedOrBlankNode| matches!(node, NamedOrBlankNode::NamedNode(n) if n.as_str().starts_with(namespace));
    let object = match &quad.object {
        Term::NamedNode(name) => name.as_str().starts_with(namespace),
        Term::Literal(literal) => literal.datatype().as_str().starts_with(namespace),
        Term::BlankNode(_) => false,
    };
    object || quad.predicate.as_str().starts_with(namespace) || node(&quad.subject)
}
