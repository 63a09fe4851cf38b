//! The report itself: metadata, sections, questions, answers, and the names of everything that it mentions.

use super::writer::Writer;
use super::{Input, NewName, in_language};
use crate::knowledge::authority::{Known, LabelKind};
use crate::knowledge::files;
use crate::knowledge::form::{Form, QuestionSpec, Texts};
use crate::model::claim::{Claim, Entity, Object};
use crate::model::id::{resource, slug};
use crate::model::report::{Answer, Chosen, Section, Value};
use crate::model::statements::Statements;
use crate::model::terms::TermId;
use crate::model::vocab::{class, dcterms, flg, graph, prov, rdf, schema, skos, xsd};
use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef};
use rustc_hash::FxHashSet;

/// Adds the statements of the source graph.
pub(super) fn add(input: &Input<'_>, names: &[NewName<'_>], all: &mut Statements) {
    let mut out = Writer::new(all, graph::source(&input.report.id).as_ref());
    metadata(input, &mut out);
    form(input, &mut out);
    for section in &input.report.sections {
        self::section(input, section, &mut out);
    }
    for (at, answer) in input.report.answers.iter().enumerate() {
        self::answer(input, at, answer, &mut out);
    }
    self::names(input, names, &mut out);
}

/// Adds texts, each in its language.
fn texts(out: &mut Writer<'_>, subject: TermId, property: NamedNodeRef<'_>, texts: &Texts) {
    for (lang, text) in texts {
        out.add(subject, property, in_language(text, lang));
    }
}

/// Adds a text in the report's language.
fn tagged(out: &mut Writer<'_>, subject: TermId, property: NamedNodeRef<'_>, text: &str, input: &Input<'_>) {
    out.add(subject, property, in_language(text, &input.report.language));
}

fn metadata(input: &Input<'_>, out: &mut Writer<'_>) {
    let Input { report, document, .. } = input;
    let itself = out.resource("report", &[&report.id]);
    out.link(itself, rdf::TYPE, class::REPORT);
    for (lang, name) in &input.form.short_title {
        let country = input.authority.label(report.country.as_ref(), lang).unwrap_or(&report.id);
        // What a form about instruments is called in full tells which; another's name says it all.
        let kind =
            if input.form.instruments.is_empty() { String::new() } else { format!(" ({})", input.form.kind.to_uppercase()) };
        let label = format!("{name} – {country} {}{kind}", report.year);
        out.add(itself, skos::PREF_LABEL, in_language(&label, lang));
    }
    tagged(out, itself, dcterms::TITLE, report.title.text(), input);
    out.plain(itself, dcterms::IDENTIFIER, &report.id);
    out.plain(itself, dcterms::LANGUAGE, report.language.code());
    out.plain(itself, schema::SHA256, &document.source.sha256);
    let form = out.resource("form", &[&report.form]);
    out.point(itself, flg::OF_FORM, form);
    // Which program and which knowledge made the graph: another one may read the same bytes differently.
    let conversion = out.resource("conversion", &[&report.id]);
    out.point(itself, prov::WAS_GENERATED_BY, conversion);
    out.link(conversion, rdf::TYPE, prov::ACTIVITY);
    out.plain(conversion, schema::SOFTWARE_VERSION, files::version());
    if let Some(publisher) = &report.publisher {
        out.link(itself, dcterms::PUBLISHER, publisher.as_ref());
    }
    // The whole text, so that every position can be checked and shown without the file.
    out.plain(itself, flg::TEXT, &document.text);
}

/// Adds what a report says of its form beside what all of its reports say.
fn form(input: &Input<'_>, out: &mut Writer<'_>) {
    let form = out.resource("form", &[&input.form.id]);
    for (position, question) in input.form.questions.iter().enumerate().filter(|(_, question)| !is_always_told(question)) {
        // A question that is asked only of a chosen option is not missing where it does not stand.
        let asked = input.report.answers.iter().any(|a| a.question_key.as_deref() == Some(&question.key));
        if asked || !question.conditional {
            let iri = self::question(input.form, form, position, question, out);
            if question.text.is_empty() {
                tagged(out, iri, skos::PREF_LABEL, question.shown_number(), input);
            }
        }
    }
}

/// Adds what every report says of its form.
pub(super) fn form_alone(spec: &Form, out: &mut Writer<'_>) {
    let form = out.resource("form", &[&spec.id]);
    out.link(form, rdf::TYPE, class::FORM);
    texts(out, form, skos::PREF_LABEL, &spec.title);
    out.plain(form, dcterms::IDENTIFIER, &spec.id);
    for (position, question) in spec.questions.iter().enumerate().filter(|(_, question)| is_always_told(question)) {
        self::question(spec, form, position, question, out);
    }
}

/// Whether every report of a form says the same of a question: one without words is told in the report's language.
fn is_always_told(question: &QuestionSpec) -> bool {
    !question.conditional && !question.text.is_empty()
}

fn question(of: &Form, form: TermId, position: usize, spec: &QuestionSpec, out: &mut Writer<'_>) -> TermId {
    let iri = question_of(&of.id, &spec.key, out);
    out.link(iri, rdf::TYPE, class::QUESTION);
    texts(out, iri, skos::PREF_LABEL, &spec.text);
    out.plain(iri, dcterms::IDENTIFIER, spec.shown_number());
    if let Some(code) = &spec.code {
        out.plain(iri, flg::BRACKET_CODE, code);
    }
    out.point(iri, flg::OF_FORM, form);
    out.number(iri, schema::POSITION, position + 1);
    iri
}

/// A question of a form.
fn question_of(form: &str, key: &str, out: &mut Writer<'_>) -> TermId {
    out.resource("question", &[form, "/", key])
}

/// A section of the report.
fn section_of(input: &Input<'_>, number: usize, out: &mut Writer<'_>) -> TermId {
    out.resource("section", &[&input.report.id, "/", &number.to_string()])
}

fn section(input: &Input<'_>, section: &Section, out: &mut Writer<'_>) {
    let iri = section_of(input, section.number, out);
    out.link(iri, rdf::TYPE, class::SECTION);
    tagged(out, iri, skos::PREF_LABEL, section.heading.text(), input);
    let report = out.resource("report", &[&input.report.id]);
    out.point(iri, flg::IN_REPORT, report);
    out.number(iri, schema::POSITION, section.number);
    // The section that this one stands in: the last one before it that is less deep.
    let before = input.report.sections.iter().take_while(|s| s.number < section.number);
    if let Some(parent) = before.filter(|s| s.level < section.level).last() {
        let parent = section_of(input, parent.number, out);
        out.point(iri, flg::IN_SECTION, parent);
    }
}

fn answer(input: &Input<'_>, at: usize, answer: &Answer, out: &mut Writer<'_>) {
    let Input { report, document, .. } = input;
    let iri = input.answer(answer, out);
    out.link(iri, rdf::TYPE, class::ANSWER);
    let itself = out.resource("report", &[&report.id]);
    out.point(iri, flg::IN_REPORT, itself);
    out.number(iri, schema::POSITION, at + 1);
    let number = if answer.number.is_empty() { &answer.key } else { &answer.number };
    out.plain(iri, dcterms::IDENTIFIER, number);
    tagged(out, iri, dcterms::TITLE, answer.question.text(), input);
    match &answer.question_key {
        Some(key) => {
            let question = question_of(&report.form, key, out);
            out.point(iri, flg::QUESTION, question);
        }
        None => unknown_question(input, iri, answer, out),
    }
    if let Some(code) = &answer.code {
        out.plain(iri, flg::BRACKET_CODE, code);
    }
    if let Some(section) = answer.section.and_then(|s| report.sections.get(s)) {
        let section = section_of(input, section.number, out);
        out.point(iri, flg::IN_SECTION, section);
    }
    if !answer.text.is_empty() {
        tagged(out, iri, flg::TEXT, answer.text.text(), input);
    }
    for link in &answer.links {
        out.add(iri, flg::LINK, LiteralRef::new_typed_literal(&link.href, xsd::ANY_URI));
    }
    let place = if answer.text.is_empty() { &answer.question } else { &answer.text };
    if let Some(page) = place.source(0..place.text().len()).and_then(|s| document.page(s.start)) {
        out.value(iri, flg::PAGE, &page, xsd::INTEGER);
    }
    let mut select = |chosen: &Chosen| {
        if let Some(concept) = &chosen.concept {
            out.link(iri, flg::SELECTED_OPTION, concept.as_ref());
        }
    };
    match &answer.value {
        Value::Boolean { value, .. } => out.value(iri, flg::BOOLEAN, value, xsd::BOOLEAN),
        Value::Options(chosen) => chosen.iter().for_each(select),
        Value::Levels(levels) => levels.iter().for_each(|l| select(&l.option)),
        Value::Empty | Value::List(_) | Value::Prose => {}
    }
    if let Some(checked) = answer.row.as_ref().and_then(|row| row.checked) {
        out.value(iri, flg::BOOLEAN, &checked, xsd::BOOLEAN);
    }
}

/// A question that the form does not have is the report's own.
fn unknown_question(input: &Input<'_>, answer: TermId, spec: &Answer, out: &mut Writer<'_>) {
    let iri = question_of(&input.report.id, &slug(&spec.key), out);
    out.link(iri, rdf::TYPE, class::QUESTION);
    tagged(out, iri, skos::PREF_LABEL, spec.question.text(), input);
    out.point(answer, flg::QUESTION, iri);
}

/// Type, names, country and broader concepts of everything mentioned, so that the report can be read on its own.
fn names(input: &Input<'_>, names: &[NewName<'_>], out: &mut Writer<'_>) {
    let mut known: FxHashSet<&NamedNode> = FxHashSet::default();
    let proposed = resource("status", "proposed");
    let mut open: Vec<&NamedNode> = input.report.publisher.iter().collect();
    for new in names {
        let iri = out.node(new.entity.iri.as_ref());
        for property in new.properties {
            out.add(iri, *property, new.literal);
        }
    }
    for entity in &input.linked.entities {
        open.push(&entity.iri);
        open.extend(&entity.country);
        self::entity(input, entity, &proposed, out);
    }
    for claim in &input.linked.claims {
        if let Object::Resource(iri) = &claim.object {
            open.push(iri);
        }
    }
    open.push(&proposed);
    for answer in &input.report.answers {
        if let Value::Options(chosen) = &answer.value {
            open.extend(chosen.iter().filter_map(|c| c.concept.as_ref()));
        }
    }
    let words = Vocabulary::new(out);
    while let Some(iri) = open.pop() {
        let Some(entity) = input.authority.entity(iri.as_ref()).filter(|_| known.insert(iri)) else {
            continue;
        };
        open.extend(entity.broader.iter().chain(entity.country.as_ref()));
        describe(entity, &words, out);
    }
}

/// The terms that what is known is described with: hundreds of names stand in a report.
struct Vocabulary {
    is_a: TermId,
    preferred: TermId,
    other: TermId,
    acronym: TermId,
    notation: TermId,
    country: TermId,
    scheme: TermId,
    broader: TermId,
}

impl Vocabulary {
    fn new(out: &mut Writer<'_>) -> Self {
        Self {
            is_a: out.node(rdf::TYPE),
            preferred: out.node(skos::PREF_LABEL),
            other: out.node(skos::ALT_LABEL),
            acronym: out.node(flg::ACRONYM),
            notation: out.node(skos::NOTATION),
            country: out.node(flg::COUNTRY),
            scheme: out.node(skos::IN_SCHEME),
            broader: out.node(skos::BROADER),
        }
    }
}

/// What the authority says of something: enough to read it by, no more.
fn describe(known: &Known, words: &Vocabulary, out: &mut Writer<'_>) {
    let iri = out.node(known.iri.as_ref());
    for label in &known.labels {
        let property = match label.kind {
            LabelKind::Pref => words.preferred,
            LabelKind::Alt => words.other,
            LabelKind::Acronym => words.acronym,
            LabelKind::Notation => words.notation,
        };
        let literal = match &label.lang {
            Some(lang) => in_language(&label.text, lang),
            None => LiteralRef::new_simple_literal(&label.text),
        };
        let literal = out.term(literal.into());
        out.put(iri, property, literal);
    }
    let (country, scheme) = (known.country.as_slice(), known.scheme.as_slice());
    let links =
        [(words.is_a, &*known.classes), (words.country, country), (words.scheme, scheme), (words.broader, &known.broader)];
    for (property, objects) in links {
        for object in objects {
            let object = out.node(object.as_ref());
            out.put(iri, property, object);
        }
    }
}

fn entity(input: &Input<'_>, entity: &Entity, proposed: &NamedNode, out: &mut Writer<'_>) {
    if entity.known || entity.class.as_ref() == class::REPORT && entity.iri == resource("report", &input.report.id) {
        return;
    }
    let iri = out.node(entity.iri.as_ref());
    out.link(iri, rdf::TYPE, entity.class.as_ref());
    if let Some(country) = &entity.country {
        out.link(iri, flg::COUNTRY, country.as_ref());
    }
    if let Some(scheme) = scheme(input, entity) {
        out.link(iri, skos::IN_SCHEME, scheme.as_ref());
    }
    if entity.names.is_empty() {
        composed_name(input, entity, iri, out);
    } else {
        out.link(iri, flg::STATUS, proposed.as_ref());
    }
}

/// The scheme of a new concept: that of the authority's concepts of its kind.
fn scheme<'a>(input: &Input<'a>, entity: &Entity) -> Option<&'a NamedNode> {
    let kind = |iri: &NamedNode| iri.as_str().rsplit_once('/').map(|(kind, _)| kind.to_owned());
    let own = kind(&entity.iri).filter(|_| entity.class.as_ref() == skos::CONCEPT)?;
    let mut known = input.authority.entities().filter(|known| known.scheme.is_some());
    known.find(|known| kind(&known.iri).as_ref() == Some(&own))?.scheme.as_ref()
}

/// The name of what no text names, a ratification or a need: that of what it is about, and of the country.
fn composed_name(input: &Input<'_>, entity: &Entity, iri: TermId, out: &mut Writer<'_>) {
    let object = |property: NamedNodeRef<'_>| {
        let of = |c: &&Claim| c.property.as_ref() == property && input.iri(c.subject) == Some(&entity.iri);
        input.linked.claims.iter().find(of).and_then(|c| match &c.object {
            Object::Mention(id) => input.iri(*id),
            _ => None,
        })
    };
    let about = [flg::INSTRUMENT, flg::NEED_TOPIC, flg::COUNTRY];
    let about: Vec<&NamedNode> = about.iter().filter_map(|p| object(*p)).collect();
    for lang in input.form.title.keys() {
        let new = |iri: &NamedNode| {
            let entity = input.linked.entities.iter().find(|entity| entity.iri == *iri && !entity.known)?;
            entity.names.first().filter(|name| name.lang.as_ref() == Some(lang)).map(|name| name.text.as_str())
        };
        let parts: Vec<&str> =
            about.iter().filter_map(|iri| input.authority.label(iri.as_ref(), lang).or_else(|| new(iri))).collect();
        // A country alone names none of its needs.
        if !parts.is_empty() && (parts.len() == about.len() || about.len() == 1) {
            out.add(iri, skos::PREF_LABEL, in_language(&parts.join(" – "), lang));
        }
    }
}
