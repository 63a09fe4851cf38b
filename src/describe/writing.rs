//! Documents as text: what they are about first, then the claims, then the names of others, each subject in one place, in an order
//! that depends on the statements alone.
//!
//! Oxigraph's serialisers write them, given the statements in this order: they group by subject and property, write integers,
//! decimals and truth values bare, and take a base, so that a thing stands in Turtle as `<id/programme/senderos>`. Sophia's pretty
//! Turtle was weighed against that: what it does better is to nest blank nodes and lists, of which these documents have none;
//! it knows no base, and since a prefixed name cannot have a slash without a backslash before it, every one of our IRIs would stand
//! there in full. Its RDF/XML switches on RDF 1.2 in crates that the store shares. So it stays what it is elsewhere in the project:
//! the second opinion of the tests. JSON-LD is `super::jsonld`'s, because neither of the two compacts.

use super::{Document, jsonld, xml};
use crate::graph::serialise::prefixed;
use crate::model::vocab::{BASE, oa, rdf, skos};
use oxigraph::io::RdfFormat;
use oxigraph::model::{Literal, NamedOrBlankNode, Quad, Term};
use std::collections::HashSet;
use std::io;
use std::sync::OnceLock;

/// A document that is written in several forms: what they have in common is made once.
pub struct Forms {
    document: Document,
    /// Its statements without their graphs, in no order of ours.
    plain: OnceLock<Vec<Quad>>,
    /// The same in the order of documents.
    triples: OnceLock<Vec<Quad>>,
    /// Its statements with their graphs, in that order.
    quads: OnceLock<Vec<Quad>>,
}

impl From<Document> for Forms {
    fn from(document: Document) -> Self {
        Self { document, plain: OnceLock::new(), triples: OnceLock::new(), quads: OnceLock::new() }
    }
}

impl Forms {
    /// A document in a format. JSON-LD names its context by the address `context`.
    ///
    /// # Errors
    /// If it cannot be written in this format.
    pub fn write(&self, format: RdfFormat, context: &str) -> io::Result<Vec<u8>> {
        if matches!(format, RdfFormat::JsonLd { .. }) {
            return jsonld::write(&self.document, self.plain(), context).map_err(io::Error::other);
        }
        let mut legal = Vec::new();
        let mut quads = if format.supports_datasets() { self.quads() } else { self.triples() };
        if format == RdfFormat::RdfXml && quads.iter().any(|quad| !is_legal(quad)) {
            legal.extend(quads.iter().cloned());
            legal.iter_mut().for_each(make_legal);
            sort(&mut legal, &self.document);
            quads = &legal;
        }
        let mut serializer = prefixed(quads, format)?;
        if matches!(format, RdfFormat::Turtle | RdfFormat::TriG | RdfFormat::RdfXml) {
            serializer = serializer.with_base_iri(BASE).map_err(io::Error::other)?;
        }
        let mut writer = serializer.for_writer(Vec::new());
        for quad in quads {
            writer.serialize_quad(quad)?;
        }
        let text = writer.finish()?;
        Ok(if matches!(format, RdfFormat::Turtle | RdfFormat::TriG) { spaced(&text) } else { text })
    }

    fn plain(&self) -> &[Quad] {
        self.plain.get_or_init(|| self.document.triples())
    }

    fn triples(&self) -> &[Quad] {
        self.triples.get_or_init(|| sorted(self.plain(), &self.document))
    }

    fn quads(&self) -> &[Quad] {
        self.quads.get_or_init(|| sorted(&self.document.quads, &self.document))
    }
}

/// A document in one format, as [`Forms::write`].
///
/// # Errors
/// As there.
pub fn write(document: &Document, format: RdfFormat, context: &str) -> io::Result<Vec<u8>> {
    Forms::from(document.clone()).write(format, context)
}

/// Turtle or `TriG` with an empty line between one subject and the next. No line of it begins inside of a text: there, line ends are
/// escaped.
fn spaced(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + text.len() / 16);
    let mut before: &[u8] = b"";
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let begins = match line {
            [b'@' | b'}', ..] | [b'\t', b'\t', ..] => false,
            // In a graph, subjects are one step in; elsewhere, what is one step in goes on.
            [b'\t', ..] => before.ends_with(b" .\n"),
            _ => !before.is_empty(),
        };
        if begins {
            out.push(b'\n');
        }
        out.extend(line);
        before = line;
    }
    out
}

/// Graph by graph; in each, what the document is about, the claims with their selectors, then all others; of each of them the class,
/// the names, then all other properties.
fn sort(quads: &mut [Quad], document: &Document) {
    let about = document.about.clone().map(NamedOrBlankNode::from);
    let object = document.about.clone().map(Term::from);
    let is_claim = |quad: &&Quad| quad.predicate == rdf::SUBJECT && Some(&quad.object) == object.as_ref();
    let claims: HashSet<NamedOrBlankNode> = document.quads.iter().filter(is_claim).map(|quad| quad.subject.clone()).collect();
    let of_claim = |quad: &&Quad| quad.predicate == oa::HAS_SELECTOR && claims.contains(&quad.subject);
    let selectors: HashSet<Term> = document.quads.iter().filter(of_claim).map(|quad| quad.object.clone()).collect();
    let rank = |subject: &NamedOrBlankNode| match subject {
        this if Some(this) == about.as_ref() => 0,
        this if claims.contains(this) || selectors.contains(&Term::from(this.clone())) => 1,
        _ => 2,
    };
    let kind = |quad: &Quad| match quad.predicate.as_ref() {
        property if property == rdf::TYPE => 0,
        property if property == skos::PREF_LABEL => 1,
        _ => 2,
    };
    quads.sort_by_cached_key(|quad| {
        // A claim comes before its selectors, whose names begin with its own.
        let place = (rank(&quad.subject), quad.subject.to_string().trim_matches(['<', '>']).to_owned());
        (quad.graph_name.to_string(), place, kind(quad), quad.predicate.clone(), quad.object.to_string())
    });
}

fn sorted(quads: &[Quad], document: &Document) -> Vec<Quad> {
    let mut quads = quads.to_vec();
    sort(&mut quads, document);
    quads
}

/// Whether XML can hold what is said.
fn is_legal(quad: &Quad) -> bool {
    !matches!(&quad.object, Term::Literal(literal) if xml::legal(literal.value()) != literal.value())
}

/// Takes what XML cannot hold out of a literal.
fn make_legal(quad: &mut Quad) {
    let Term::Literal(literal) = &quad.object else { return };
    let text = xml::legal(literal.value());
    if text == literal.value() {
        return;
    }
    let legal = match literal.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(text, language),
        None => Literal::new_typed_literal(text, literal.datatype()),
    };
    quad.object = legal.into();
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, NamedNode};

    #[test]
    fn a_text_with_form_feeds_is_legal_xml() {
        let this = NamedNode::new("https://example.org/x").unwrap();
        let text = Literal::new_simple_literal("page one\u{c}page two\0 & <so on>");
        let quad = Quad::new(this.clone(), skos::PREF_LABEL, text, GraphName::DefaultGraph);
        let document = Document { about: Some(this), nested: true, quads: vec![quad] };
        let xml = String::from_utf8(write(&document, RdfFormat::RdfXml, "").unwrap()).unwrap();
        assert!(xml.contains("page one\u{FFFD}page two\u{FFFD} &amp; &lt;so on&gt;"), "{xml}");
        let turtle = String::from_utf8(write(&document, RdfFormat::Turtle, "").unwrap()).unwrap();
        assert!(turtle.contains("page one\\fpage two\\u0000"), "other formats keep it: {turtle}");
    }
}
