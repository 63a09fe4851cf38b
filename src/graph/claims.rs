//! The facts of a report, and the evidence of each.

use super::writer::Writer;
use super::{Input, NewName};
use crate::model::claim::{Claim, Evidence, Name, NameKind, Object};
use crate::model::document::{Document, Span};
use crate::model::id::{content_hash, resource};
use crate::model::statements::Statements;
use crate::model::terms::TermId;
use crate::model::vocab::{class, dcterms, flg, graph, oa, prov, rdf, schema, skos, xsd};
use oxigraph::model::{Literal, LiteralRef, NamedNode, NamedNodeRef, Term};
use rustc_hash::FxHashMap;

/// How many characters of context stand before and after a quote.
const CONTEXT: usize = 60;

/// Adds the statements of the report graph and the evidence graph.
pub(super) fn add(input: &Input<'_>, names: &[NewName<'_>], all: &mut Statements) {
    let mut said: Vec<Said<'_>> = Vec::with_capacity(input.linked.claims.len() + 2 * names.len());
    let mut facts = Writer::new(all, graph::report(&input.report.id));
    for claim in &input.linked.claims {
        let (Some(subject), Some(object)) = (input.iri(claim.subject), object(input, claim)) else { continue };
        let (property, method, dates) = (claim.property.as_ref(), claim.method.as_str(), claim.dates.as_slice());
        let terms = facts.terms(subject, property, &object);
        let [s, p, o] = terms;
        facts.put(s, p, o);
        let (evidence, confidence) = (&claim.evidence, claim.confidence);
        said.push(Said { subject, property, object, terms, evidence, method, confidence, dates });
    }
    for new in names {
        let confidence = if new.name.kind == NameKind::Acronym { 0.95 } else { 0.9 };
        for property in new.properties {
            let (subject, property, evidence) = (&new.entity.iri, *property, &new.name.evidence);
            let object = Term::from(new.literal.clone());
            let terms = facts.terms(subject, property, &object);
            said.push(Said { subject, property, object, terms, evidence, method: "name", confidence, dates: &[] });
        }
    }
    let stands: Vec<NamedNode> = input.report.answers.iter().map(|answer| input.answer_iri(answer)).collect();
    let report = resource("report", &input.report.id);
    // The answer that a statement stands in, or the report for what stands in its head.
    let place = |said: &Said<'_>| said.evidence.answer.and_then(|at| stands.get(at)).unwrap_or(&report);
    let keys: Vec<String> = said.iter().map(|said| said.key(place(said))).collect();
    // The places at which each is said: one as a rule.
    let mut places: FxHashMap<&str, Vec<Span>> = FxHashMap::default();
    for (key, said) in keys.iter().zip(&said) {
        let here = places.entry(key).or_default();
        if !here.contains(&said.evidence.span) {
            here.push(said.evidence.span);
        }
    }
    let mut out = Writer::new(all, graph::evidence(&input.report.id));
    let mut words = Vocabulary::new(&mut out);
    let before = |key: &String, said: &Said<'_>| {
        places.get(key.as_str()).into_iter().flatten().filter(|place| **place < said.evidence.span).count()
    };
    let ids: Vec<String> = keys.iter().zip(&said).map(|(key, said)| identifier(key, before(key, said))).collect();
    // What several rules read in the same words is one claim: that of the surest of them, of the first where they are as sure.
    let mut surest: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, id) in ids.iter().enumerate() {
        let best = surest.entry(id).or_insert(at);
        if said[at].confidence > said[*best].confidence {
            *best = at;
        }
    }
    for (at, (id, said)) in ids.iter().zip(&said).enumerate() {
        if surest.get(id.as_str()) == Some(&at) {
            evidence(input.document, said, place(said), id, &mut words, &mut out);
        }
    }
}

/// The last part of a claim's IRI, of its content alone. Where an answer says the same in the same words more than once, the
/// number of times that it was said before tells the claims apart; no offset does, so that a claim keeps its IRI whatever
/// is changed elsewhere in the report.
fn identifier(key: &str, before: usize) -> String {
    let mut hash = if before == 0 { key.to_owned() } else { content_hash(&[key, &before.to_string()]) };
    hash.truncate(32);
    hash
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
    /// The numbers of the three.
    terms: [TermId; 3],
    evidence: &'a Evidence,
    method: &'a str,
    confidence: f32,
    dates: &'a [Literal],
}

impl Said<'_> {
    /// A hash of what is said, in which answer, and in which words.
    fn key(&self, place: &NamedNode) -> String {
        let object = self.object.to_string();
        content_hash(&[self.subject.as_str(), self.property.as_str(), &object, place.as_str(), &self.evidence.quote])
    }
}

/// The terms that every claim is told with.
struct Vocabulary {
    is_a: TermId,
    claim: TermId,
    quote: TermId,
    position: TermId,
    subject: TermId,
    predicate: TermId,
    object: TermId,
    derived: TermId,
    selector: TermId,
    method: TermId,
    confidence: TermId,
    status: TermId,
    proposed: TermId,
    exact: TermId,
    prefix: TermId,
    suffix: TermId,
    start: TermId,
    end: TermId,
    /// How sure rules are, by the bits of the number.
    confidences: FxHashMap<u32, TermId>,
}

impl Vocabulary {
    fn new(out: &mut Writer<'_>) -> Self {
        Self {
            is_a: out.node(rdf::TYPE),
            claim: out.node(class::CLAIM),
            quote: out.node(oa::TEXT_QUOTE_SELECTOR),
            position: out.node(oa::TEXT_POSITION_SELECTOR),
            subject: out.node(rdf::SUBJECT),
            predicate: out.node(rdf::PREDICATE),
            object: out.node(rdf::OBJECT),
            derived: out.node(prov::WAS_DERIVED_FROM),
            selector: out.node(oa::HAS_SELECTOR),
            method: out.node(flg::METHOD),
            confidence: out.node(flg::CONFIDENCE),
            status: out.node(flg::STATUS),
            proposed: out.term(resource("status", "proposed")),
            exact: out.node(oa::EXACT),
            prefix: out.node(oa::PREFIX),
            suffix: out.node(oa::SUFFIX),
            start: out.node(oa::START),
            end: out.node(oa::END),
            confidences: FxHashMap::default(),
        }
    }

    fn sure(&mut self, number: f32, out: &mut Writer<'_>) -> TermId {
        let literal = || Literal::new_typed_literal(decimal(number), xsd::DECIMAL);
        *self.confidences.entry(number.to_bits()).or_insert_with(|| out.term(literal()))
    }
}

/// One claim.
fn evidence(document: &Document, said: &Said<'_>, place: &NamedNode, id: &str, words: &mut Vocabulary, out: &mut Writer<'_>) {
    let span = said.evidence.span;
    let claim = resource("claim", id);
    let part = |name: &str| NamedNode::new_unchecked([claim.as_str(), name].concat());
    let (quote, position) = (out.term(part("/quote")), out.term(part("/position")));
    let claim = out.term(claim);
    out.put(claim, words.is_a, words.claim);
    for (part, term) in [words.subject, words.predicate, words.object].into_iter().zip(said.terms) {
        out.put(claim, part, term);
    }
    let place = out.node(place.as_ref());
    out.put(claim, words.derived, place);
    out.put(claim, words.selector, quote);
    out.put(claim, words.selector, position);
    let sure = words.sure(said.confidence, out);
    out.put(claim, words.confidence, sure);
    out.put(claim, words.status, words.proposed);
    for date in said.dates {
        out.add(claim, dcterms::DATE, date.clone());
    }
    if let Some(page) = document.page(span.start) {
        out.add(claim, flg::PAGE, Literal::new_typed_literal(page.to_string(), xsd::INTEGER));
    }
    out.put(quote, words.is_a, words.quote);
    let (prefix, suffix) = context(&document.text, span);
    let texts = [
        (claim, words.method, said.method),
        (quote, words.exact, &said.evidence.quote),
        (quote, words.prefix, &prefix),
        (quote, words.suffix, &suffix),
    ];
    for (about, property, text) in texts {
        let text = out.copy(LiteralRef::new_simple_literal(text).into());
        out.put(about, property, text);
    }
    out.put(position, words.is_a, words.position);
    for (property, byte) in [(words.start, span.start), (words.end, span.end)] {
        let number = out.term(Literal::new_typed_literal(document.char_offset(byte).to_string(), xsd::INTEGER));
        out.put(position, property, number);
    }
}

/// A number with two decimals as the store gives it back: stores keep values, not the ways in which they were written.
fn decimal(number: f32) -> String {
    format!("{number:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The whole words around a quote, line wraps folded; a space that touches the quote is kept.
fn context(text: &str, span: Span) -> (String, String) {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let first = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let last = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    // A word that the limit cuts is left out, unless it is all there is.
    let first = if first == 0 { 0 } else { before[first..].find(char::is_whitespace).map_or(first, |at| first + at) };
    let last = if last == after.len() { last } else { after[..last].rfind(char::is_whitespace).unwrap_or(last) };
    let (mut prefix, mut suffix) = (folded(&before[first..]), folded(&after[..last]));
    if before.ends_with(char::is_whitespace) && !prefix.is_empty() {
        prefix.push(' ');
    }
    if after.starts_with(char::is_whitespace) && !suffix.is_empty() {
        suffix.insert(0, ' ');
    }
    (prefix, suffix)
}

/// A text with single spaces for all white space, and none at its ends.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
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
