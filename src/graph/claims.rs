//! The facts of a report, and the evidence of each.

use super::Input;
use crate::model::claim::{Claim, Evidence, Name, NameKind, Object};
use crate::model::document::Span;
use crate::model::id::{content_hash, resource};
use crate::model::vocab::{class, dcterms, flg, graph, oa, prov, rdf, schema, skos, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// How many characters of context stand before and after a quote.
const CONTEXT: usize = 60;

/// Quads of the report graph and the evidence graph.
pub(super) fn quads(input: &Input<'_>) -> Vec<Quad> {
    let mut out = Vec::new();
    let mut all: Vec<Said<'_>> = Vec::new();
    let facts = graph::report(&input.report.id);
    for claim in &input.linked.claims {
        let (Some(subject), Some(object)) = (input.iri(claim.subject), object(input, claim)) else { continue };
        out.push(Quad::new(subject.clone(), claim.property.clone(), object.clone(), facts.clone()));
        let (property, method, dates) = (claim.property.as_ref(), claim.method.as_str(), claim.dates.as_slice());
        all.push(Said { subject, property, object, evidence: &claim.evidence, method, confidence: claim.confidence, dates });
    }
    for entity in &input.linked.entities {
        for name in &entity.names {
            for (property, literal) in input.new_name(entity, name) {
                let (subject, object, confidence) = (&entity.iri, literal.into(), name_confidence(name));
                let (evidence, method) = (&name.evidence, "name");
                all.push(Said { subject, property, object, evidence, method, confidence, dates: &[] });
            }
        }
    }
    let keys: Vec<String> = all.iter().map(|said| said.key(input)).collect();
    let mut places: FxHashMap<&str, BTreeSet<Span>> = FxHashMap::default();
    for (key, said) in keys.iter().zip(&all) {
        places.entry(key).or_default().insert(said.evidence.span);
    }
    for (key, said) in keys.iter().zip(&all) {
        let before = places.get(key.as_str()).map_or(0, |spans| spans.range(..said.evidence.span).count());
        evidence(input, said, &identifier(key, before), &mut out);
    }
    out
}

/// The last part of a claim's IRI, of its content alone. Where an answer says the same in the same words more than once, the
/// number of times that it was said before tells the claims apart; no offset does, so that a claim keeps its IRI whatever
/// is changed elsewhere in the report.
fn identifier(key: &str, before: usize) -> String {
    let mut hash = if before == 0 { key.to_owned() } else { content_hash(&[key, &before.to_string()]) };
    hash.truncate(32);
    hash
}

fn name_confidence(name: &Name) -> f32 {
    if name.kind == NameKind::Acronym { 0.95 } else { 0.9 }
}

fn object(input: &Input<'_>, claim: &Claim) -> Option<Term> {
    Some(match &claim.object {
        Object::Mention(id) => input.iri(*id)?.clone().into(),
        Object::Literal(literal) => literal.clone().into(),
        // An address is a literal in the ontology: any text may give one, and none is our resource.
        Object::Resource(iri) if claim.property.as_ref() == schema::URL => {
            Literal::new_typed_literal(iri.as_str(), xsd::ANY_URI).into()
        }
        Object::Resource(iri) => iri.clone().into(),
    })
}

/// What is said, and where.
struct Said<'a> {
    subject: &'a NamedNode,
    property: NamedNodeRef<'a>,
    object: Term,
    evidence: &'a Evidence,
    method: &'a str,
    confidence: f32,
    dates: &'a [Literal],
}

impl Said<'_> {
    /// A hash of what is said, in which answer, and in which words.
    fn key(&self, input: &Input<'_>) -> String {
        let place = input.place(self.evidence.answer);
        let object = self.object.to_string();
        content_hash(&[self.subject.as_str(), self.property.as_str(), &object, place.as_str(), &self.evidence.quote])
    }
}

/// One claim.
fn evidence(input: &Input<'_>, said: &Said<'_>, id: &str, out: &mut Vec<Quad>) {
    let Input { document, report, .. } = input;
    let span = said.evidence.span;
    let (start, end) = (document.char_offset(span.start), document.char_offset(span.end));
    let claim = resource("claim", id);
    let quote = resource("claim", &format!("{id}/quote"));
    let position = resource("claim", &format!("{id}/position"));
    let graph = graph::evidence(&report.id);
    let mut add = |s: &NamedNode, p: NamedNodeRef<'_>, o: Term| out.push(Quad::new(s.clone(), p, o, graph.clone()));
    let plain = |text: &str| Term::from(Literal::new_simple_literal(text));
    let integer = |n: usize| Term::from(Literal::new_typed_literal(n.to_string(), xsd::INTEGER));
    add(&claim, rdf::TYPE, class::CLAIM.into());
    add(&claim, rdf::SUBJECT, said.subject.clone().into());
    add(&claim, rdf::PREDICATE, said.property.into_owned().into());
    add(&claim, rdf::OBJECT, said.object.clone());
    add(&claim, prov::WAS_DERIVED_FROM, input.place(said.evidence.answer).into());
    add(&claim, oa::HAS_SELECTOR, quote.clone().into());
    add(&claim, oa::HAS_SELECTOR, position.clone().into());
    add(&claim, flg::METHOD, plain(said.method));
    add(&claim, flg::CONFIDENCE, Literal::new_typed_literal(decimal(said.confidence), xsd::DECIMAL).into());
    add(&claim, flg::STATUS, resource("status", "proposed").into());
    for date in said.dates {
        add(&claim, dcterms::DATE, date.clone().into());
    }
    if let Some(page) = document.page(span.start) {
        add(&claim, flg::PAGE, Literal::new_typed_literal(page.to_string(), xsd::INTEGER).into());
    }
    add(&quote, rdf::TYPE, oa::TEXT_QUOTE_SELECTOR.into());
    let (prefix, suffix) = context(input, span);
    add(&quote, oa::EXACT, plain(&said.evidence.quote));
    add(&quote, oa::PREFIX, plain(&prefix));
    add(&quote, oa::SUFFIX, plain(&suffix));
    add(&position, rdf::TYPE, oa::TEXT_POSITION_SELECTOR.into());
    add(&position, oa::START, integer(start));
    add(&position, oa::END, integer(end));
}

/// A number with two decimals as the store gives it back: stores keep values, not the ways in which they were written.
fn decimal(number: f32) -> String {
    format!("{number:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The whole words around a quote, line wraps folded; a space that touches the quote is kept.
fn context(input: &Input<'_>, span: Span) -> (String, String) {
    let text = &input.document.text;
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let first = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let last = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    // A word that the limit cuts is left out, unless it is all there is.
    let first = if first == 0 { 0 } else { before[first..].find(char::is_whitespace).map_or(first, |at| first + at) };
    let last = if last == after.len() { last } else { after[..last].rfind(char::is_whitespace).unwrap_or(last) };
    let fold = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut prefix, mut suffix) = (fold(&before[first..]), fold(&after[..last]));
    if before.ends_with(char::is_whitespace) && !prefix.is_empty() {
        prefix.push(' ');
    }
    if after.starts_with(char::is_whitespace) && !suffix.is_empty() {
        suffix.insert(0, ' ');
    }
    (prefix, suffix)
}

/// The properties that a name is given by. What is called by an acronym alone has that for its name as well.
pub(super) fn name_properties(name: &Name, first: bool) -> &'static [NamedNodeRef<'static>] {
    match name.kind {
        NameKind::Acronym if first => &[skos::PREF_LABEL, flg::ACRONYM],
        NameKind::Acronym => &[flg::ACRONYM],
        NameKind::Name if first => &[skos::PREF_LABEL],
        NameKind::Name => &[skos::ALT_LABEL],
    }
}

/// A title as a literal of the report's language.
pub(super) fn title(input: &Input<'_>) -> (NamedNodeRef<'static>, Literal) {
    let lang = input.report.language.code();
    (dcterms::TITLE, Literal::new_language_tagged_literal_unchecked(input.report.title.text(), lang))
}
