//! The facts of a report, and the evidence of each.

use super::canonical::write_term;
use super::writer::Writer;
use super::{Input, NewName};
use crate::model::claim::{Evidence, Name, NameKind, Object};
use crate::model::document::{Document, Span};
use crate::model::id::{content_hash, digest, hex};
use crate::model::passage::fold_white;
use crate::model::statements::Statements;
use crate::model::terms::{TermId, Terms};
use crate::model::vocab::{class, dcterms, flg, graph, oa, prov, rdf, schema, skos, xsd};
use oxigraph::model::{Literal, LiteralRef, NamedNodeRef};
use rustc_hash::FxHashMap;

/// How many characters of context stand before and after a quote.
const CONTEXT: usize = 60;

/// Adds the statements of the report graph and the evidence graph.
pub(super) fn add(input: &Input<'_>, names: &[NewName<'_>], all: &mut Statements) {
    let said = say(input, names, all);
    let mut out = Writer::new(all, graph::evidence(&input.report.id).as_ref());
    let answers: Vec<TermId> = input.report.answers.iter().map(|answer| input.answer(answer, &mut out)).collect();
    let report = out.resource("report", &[&input.report.id]);
    let mut words = Vocabulary::new(&mut out);
    // The answer that a statement stands in, or the report for what stands in its head.
    let place = |said: &Said<'_>| said.evidence.answer.and_then(|at| answers.get(at)).copied().unwrap_or(report);
    let mut text = String::new();
    let mut key = |said: &Said<'_>| said.key(place(said), out.terms(), &mut text);
    let mut places: Vec<(Key, Span, usize)> =
        said.iter().zip(0..).map(|(said, at)| (key(said), said.evidence.span, at)).collect();
    places.sort_unstable();
    for alike in places.chunk_by(|(a, ..), (b, ..)| a == b) {
        // The places at which it is said: one as a rule.
        for (before, here) in alike.chunk_by(|(_, a, _), (_, b, _)| a == b).enumerate() {
            // What several rules read in the same words is one claim: that of the surest of them, of the first where they are as sure.
            let read = here.iter().filter_map(|(.., at)| said.get(*at));
            let surest = read.reduce(|best, other| if other.confidence > best.confidence { other } else { best });
            if let (Some(said), Some((key, ..))) = (surest, here.first()) {
                evidence(input.document, said, place(said), &identifier(key, before), &mut words, &mut out);
            }
        }
    }
}

/// Adds the statements of the report graph, and tells them with the names that stand in the source graph.
fn say<'a>(input: &Input<'a>, names: &'a [NewName<'a>], all: &mut Statements) -> Vec<Said<'a>> {
    let mut said = Vec::with_capacity(input.linked.claims.len() + 2 * names.len());
    let mut out = Writer::new(all, graph::report(&input.report.id).as_ref());
    for claim in &input.linked.claims {
        let Some(subject) = input.iri(claim.subject) else { continue };
        let object = match &claim.object {
            Object::Mention(id) => match input.iri(*id) {
                Some(iri) => out.node(iri.as_ref()),
                None => continue,
            },
            Object::Literal(literal) => out.term(literal.as_ref().into()),
            // An address is a literal in the ontology: any text may give one, and none is our resource.
            Object::Resource(iri) if claim.property.as_ref() == schema::URL => {
                out.term(LiteralRef::new_typed_literal(iri.as_str(), xsd::ANY_URI).into())
            }
            Object::Resource(iri) => out.node(iri.as_ref()),
        };
        let terms = [out.node(subject.as_ref()), out.node(claim.property.as_ref()), object];
        let [s, p, o] = terms;
        out.put(s, p, o);
        let (evidence, method, confidence) = (&claim.evidence, claim.method.as_str(), claim.confidence);
        said.push(Said { terms, evidence, method, confidence, dates: &claim.dates });
    }
    for new in names {
        let confidence = if new.name.kind == NameKind::Acronym { 0.95 } else { 0.9 };
        for property in new.properties {
            let terms = [out.node(new.entity.iri.as_ref()), out.node(*property), out.term(new.literal.into())];
            said.push(Said { terms, evidence: &new.name.evidence, method: "name", confidence, dates: &[] });
        }
    }
    said
}

/// A hash of what is said, in which answer, and in which words.
type Key = [u8; 32];

/// The last part of a claim's IRI, of its content alone. Where an answer says the same in the same words more than once, the
/// number of times that it was said before tells the claims apart; no offset does, so that a claim keeps its IRI whatever
/// is changed elsewhere in the report.
fn identifier(key: &Key, before: usize) -> String {
    let mut hash = hex(key);
    if before > 0 {
        hash = content_hash(&[&hash, &before.to_string()]);
    }
    hash.truncate(32);
    hash
}

/// What is said, and where.
struct Said<'a> {
    /// Subject, property and object.
    terms: [TermId; 3],
    evidence: &'a Evidence,
    method: &'a str,
    confidence: f32,
    dates: &'a [Literal],
}

impl Said<'_> {
    /// Its key; `text` serves to write what is hashed.
    fn key(&self, place: TermId, terms: &Terms, text: &mut String) -> Key {
        text.clear();
        let [subject, property, object] = self.terms;
        let iri = |id: TermId| terms.iri(id).unwrap_or_default();
        text.extend([iri(subject), "\0", iri(property), "\0"]);
        if let Some(object) = terms.get(object) {
            write_term(object, text);
        }
        text.extend(["\0", iri(place), "\0", &self.evidence.quote, "\0"]);
        digest(text.as_bytes())
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
            proposed: out.resource("status", &["proposed"]),
            exact: out.node(oa::EXACT),
            prefix: out.node(oa::PREFIX),
            suffix: out.node(oa::SUFFIX),
            start: out.node(oa::START),
            end: out.node(oa::END),
            confidences: FxHashMap::default(),
        }
    }

    fn sure(&mut self, number: f32, out: &mut Writer<'_>) -> TermId {
        let mut literal = |text: &str| out.term(LiteralRef::new_typed_literal(text, xsd::DECIMAL).into());
        *self.confidences.entry(number.to_bits()).or_insert_with(|| literal(&decimal(number)))
    }
}

/// One claim, its statements in the order in which they will stand.
fn evidence(document: &Document, said: &Said<'_>, place: TermId, id: &str, words: &mut Vocabulary, out: &mut Writer<'_>) {
    let span = said.evidence.span;
    let [claim, position, quote] = ["", "/position", "/quote"].map(|part| out.resource("claim", &[id, part]));
    let [subject, property, object] = said.terms;
    for date in said.dates {
        out.add(claim, dcterms::DATE, date.as_ref());
    }
    out.put(claim, words.object, object);
    out.put(claim, words.predicate, property);
    out.put(claim, words.subject, subject);
    out.put(claim, words.is_a, words.claim);
    out.put(claim, words.selector, position);
    out.put(claim, words.selector, quote);
    out.put(claim, words.derived, place);
    let sure = words.sure(said.confidence, out);
    out.put(claim, words.confidence, sure);
    let method = out.term(LiteralRef::new_simple_literal(said.method).into());
    out.put(claim, words.method, method);
    if let Some(page) = document.page(span.start) {
        out.value(claim, flg::PAGE, &page, xsd::INTEGER);
    }
    out.put(claim, words.status, words.proposed);
    out.put(position, words.is_a, words.position);
    for (property, byte) in [(words.end, span.end), (words.start, span.start)] {
        let number = out.integer(document.char_offset(byte));
        out.put(position, property, number);
    }
    out.put(quote, words.is_a, words.quote);
    let exact = out.term(LiteralRef::new_simple_literal(&said.evidence.quote).into());
    out.put(quote, words.exact, exact);
    let (before, after) = (document.text.get(..span.start), document.text.get(span.end..));
    let prefix = out.text(|text| write_before(before.unwrap_or_default(), text));
    out.put(quote, words.prefix, prefix);
    let suffix = out.text(|text| write_after(after.unwrap_or_default(), text));
    out.put(quote, words.suffix, suffix);
}

/// A number with two decimals as the store gives it back: stores keep values, not the ways in which they were written.
fn decimal(number: f32) -> String {
    format!("{number:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Writes the whole words before a quote, line wraps folded; a space that touches the quote is kept.
fn write_before(before: &str, out: &mut String) {
    let characters = before.bytes().enumerate().rev().filter(|(_, byte)| begins_character(*byte));
    let first = characters.map(|(at, _)| at).nth(CONTEXT - 1).unwrap_or_default();
    // A word that the limit cuts is left out, unless it is all there is.
    let first = if first == 0 { 0 } else { before[first..].find(char::is_whitespace).map_or(first, |at| first + at) };
    let from = out.len();
    fold_white(&before[first..], out);
    if out.len() > from && before.ends_with(char::is_whitespace) {
        out.push(' ');
    }
}

/// Writes those behind it.
fn write_after(after: &str, out: &mut String) {
    let characters = after.bytes().enumerate().filter(|(_, byte)| begins_character(*byte));
    let last = characters.map(|(at, _)| at).nth(CONTEXT).unwrap_or(after.len());
    let last = if last == after.len() { last } else { after[..last].rfind(char::is_whitespace).unwrap_or(last) };
    let words = after[..last].trim_start();
    if words.len() < last && !words.is_empty() {
        out.push(' ');
    }
    fold_white(words, out);
}

/// Whether a byte of a text is the first of a character.
fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
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
