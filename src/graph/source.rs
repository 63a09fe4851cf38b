//! The report itself: metadata, sections, questions, answers, and the names of everything that it mentions.

use super::Input;
use super::claims::title;
use crate::knowledge::authority::{Known, LabelKind};
use crate::knowledge::files;
use crate::knowledge::form::{QuestionSpec, Texts};
use crate::model::claim::Entity;
use crate::model::id::{resource, slug};
use crate::model::report::{Answer, Chosen, Section, Value};
use crate::model::vocab::{class, dcterms, flg, graph, prov, rdf, schema, skos, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};
use std::collections::BTreeSet;

/// Quads of the source graph.
pub(super) fn quads(input: &Input<'_>) -> Vec<Quad> {
    let mut out = Writer { graph: graph::source(&input.report.id), quads: Vec::new() };
    metadata(input, &mut out);
    form(input, &mut out);
    for section in &input.report.sections {
        self::section(input, section, &mut out);
    }
    for (at, answer) in input.report.answers.iter().enumerate() {
        self::answer(input, at, answer, &mut out);
    }
    names(input, &mut out);
    out.quads
}

struct Writer {
    graph: NamedNode,
    quads: Vec<Quad>,
}

impl Writer {
    fn add(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), property, object, self.graph.clone()));
    }
    fn plain(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, text: &str) {
        self.add(subject, property, Literal::new_simple_literal(text));
    }
    fn texts(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, texts: &Texts) {
        for (lang, text) in texts {
            self.add(subject, property, Literal::new_language_tagged_literal_unchecked(text, lang.code()));
        }
    }
    fn tagged(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, text: &str, input: &Input<'_>) {
        self.add(subject, property, Literal::new_language_tagged_literal_unchecked(text, input.report.language.code()));
    }
    fn number(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, number: usize) {
        self.add(subject, property, Literal::new_typed_literal(number.to_string(), xsd::INTEGER));
    }
}

fn metadata(input: &Input<'_>, out: &mut Writer) {
    let Input { report, document, .. } = input;
    let itself = resource("report", &report.id);
    out.add(&itself, rdf::TYPE, class::REPORT);
    for (lang, name) in &input.form.short_title {
        let country = input.authority.label(report.country.as_ref(), lang).unwrap_or(&report.id);
        // What a form about instruments is called in full tells which; another's name says it all.
        let kind =
            if input.form.instruments.is_empty() { String::new() } else { format!(" ({})", input.form.kind.to_uppercase()) };
        let label = format!("{name} – {country} {}{kind}", report.year);
        out.add(&itself, skos::PREF_LABEL, Literal::new_language_tagged_literal_unchecked(label, lang.code()));
    }
    let (property, title) = title(input);
    out.add(&itself, property, title);
    out.plain(&itself, dcterms::IDENTIFIER, &report.id);
    out.plain(&itself, dcterms::LANGUAGE, report.language.code());
    out.plain(&itself, schema::SHA256, &document.source.sha256);
    out.add(&itself, flg::OF_FORM, resource("form", &report.form));
    // Which program and which knowledge made the graph: another one may read the same bytes differently.
    let conversion = resource("conversion", &report.id);
    out.add(&itself, prov::WAS_GENERATED_BY, conversion.clone());
    out.add(&conversion, rdf::TYPE, prov::ACTIVITY);
    out.plain(&conversion, schema::SOFTWARE_VERSION, files::version());
    if let Some(publisher) = &report.publisher {
        out.add(&itself, dcterms::PUBLISHER, publisher.clone());
    }
    // The whole text, so that every position can be checked and shown without the file.
    out.plain(&itself, flg::TEXT, &document.text);
}

fn form(input: &Input<'_>, out: &mut Writer) {
    let form = resource("form", &input.form.id);
    out.add(&form, rdf::TYPE, class::FORM);
    out.texts(&form, skos::PREF_LABEL, &input.form.title);
    out.plain(&form, dcterms::IDENTIFIER, &input.form.id);
    for (position, question) in input.form.questions.iter().enumerate() {
        // A question that is asked only of a chosen option is not missing where it does not stand.
        let asked = input.report.answers.iter().any(|a| a.question_key.as_deref() == Some(&question.key));
        if asked || !question.conditional {
            self::question(input, question, position, &form, out);
        }
    }
}

fn question(input: &Input<'_>, spec: &QuestionSpec, position: usize, form: &NamedNode, out: &mut Writer) {
    let iri = question_iri(&input.form.id, &spec.key);
    out.add(&iri, rdf::TYPE, class::QUESTION);
    if spec.text.is_empty() {
        out.tagged(&iri, skos::PREF_LABEL, spec.number.as_deref().unwrap_or(&spec.key), input);
    }
    out.texts(&iri, skos::PREF_LABEL, &spec.text);
    out.plain(&iri, dcterms::IDENTIFIER, spec.number.as_deref().unwrap_or(&spec.key));
    if let Some(code) = &spec.code {
        out.plain(&iri, flg::BRACKET_CODE, code);
    }
    out.add(&iri, flg::OF_FORM, form.clone());
    out.number(&iri, schema::POSITION, position + 1);
}

fn question_iri(form: &str, key: &str) -> NamedNode {
    resource("question", &format!("{form}/{key}"))
}

fn section(input: &Input<'_>, section: &Section, out: &mut Writer) {
    let iri = input.section_iri(section.number);
    out.add(&iri, rdf::TYPE, class::SECTION);
    out.tagged(&iri, skos::PREF_LABEL, section.heading.text(), input);
    out.add(&iri, flg::IN_REPORT, resource("report", &input.report.id));
    out.number(&iri, schema::POSITION, section.number);
    // The section that this one stands in: the last one before it that is less deep.
    let before = input.report.sections.iter().take_while(|s| s.number < section.number);
    if let Some(parent) = before.filter(|s| s.level < section.level).last() {
        out.add(&iri, flg::IN_SECTION, input.section_iri(parent.number));
    }
}

fn answer(input: &Input<'_>, at: usize, answer: &Answer, out: &mut Writer) {
    let Input { report, document, .. } = input;
    let iri = input.answer_iri(answer);
    out.add(&iri, rdf::TYPE, class::ANSWER);
    out.add(&iri, flg::IN_REPORT, resource("report", &report.id));
    out.number(&iri, schema::POSITION, at + 1);
    let number = if answer.number.is_empty() { &answer.key } else { &answer.number };
    out.plain(&iri, dcterms::IDENTIFIER, number);
    out.tagged(&iri, dcterms::TITLE, answer.question.text(), input);
    match &answer.question_key {
        Some(key) => out.add(&iri, flg::QUESTION, question_iri(&report.form, key)),
        None => unknown_question(input, &iri, answer, out),
    }
    if let Some(code) = &answer.code {
        out.plain(&iri, flg::BRACKET_CODE, code);
    }
    if let Some(section) = answer.section.and_then(|s| report.sections.get(s)) {
        out.add(&iri, flg::IN_SECTION, input.section_iri(section.number));
    }
    if !answer.text.is_empty() {
        out.tagged(&iri, flg::TEXT, answer.text.text(), input);
    }
    for link in &answer.links {
        out.add(&iri, flg::LINK, Literal::new_typed_literal(&link.href, xsd::ANY_URI));
    }
    let place = if answer.text.is_empty() { &answer.question } else { &answer.text };
    if let Some(page) = place.source(0..place.text().len()).and_then(|s| document.page(s.start)) {
        out.add(&iri, flg::PAGE, Literal::new_typed_literal(page.to_string(), xsd::INTEGER));
    }
    let mut select = |chosen: &Chosen| {
        if let Some(concept) = &chosen.concept {
            out.add(&iri, flg::SELECTED_OPTION, concept.clone());
        }
    };
    match &answer.value {
        Value::Boolean { value, .. } => out.add(&iri, flg::BOOLEAN, Literal::from(*value)),
        Value::Options(chosen) => chosen.iter().for_each(select),
        Value::Levels(levels) => levels.iter().for_each(|l| select(&l.option)),
        Value::Empty | Value::List(_) | Value::Prose => {}
    }
    if let Some(checked) = answer.row.as_ref().and_then(|row| row.checked) {
        out.add(&iri, flg::BOOLEAN, Literal::from(checked));
    }
}

/// A question that the form does not have is the report's own.
fn unknown_question(input: &Input<'_>, answer: &NamedNode, spec: &Answer, out: &mut Writer) {
    let iri = question_iri(&input.report.id, &slug(&spec.key));
    out.add(&iri, rdf::TYPE, class::QUESTION);
    out.tagged(&iri, skos::PREF_LABEL, spec.question.text(), input);
    out.add(answer, flg::QUESTION, iri);
}

/// Type, names, country and broader concepts of everything mentioned, so that the report can be read on its own.
fn names(input: &Input<'_>, out: &mut Writer) {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<NamedNode> = input.report.publisher.iter().cloned().collect();
    for entity in &input.linked.entities {
        open.push(entity.iri.clone());
        open.extend(entity.country.clone());
        self::entity(input, entity, out);
    }
    for claim in &input.linked.claims {
        if let crate::model::claim::Object::Resource(iri) = &claim.object {
            open.push(iri.clone());
        }
    }
    open.push(resource("status", "proposed"));
    for answer in &input.report.answers {
        if let Value::Options(chosen) = &answer.value {
            open.extend(chosen.iter().filter_map(|c| c.concept.clone()));
        }
    }
    while let Some(iri) = open.pop() {
        let Some(entity) = input.authority.entity(iri.as_ref()).filter(|_| known.insert(iri.as_str().to_owned())) else {
            continue;
        };
        let above = entity.broader.iter().chain(entity.country.as_ref());
        open.extend(above.cloned());
        describe(entity, out);
    }
}

/// What the authority says of something: enough to read it by, no more.
fn describe(known: &Known, out: &mut Writer) {
    for class in &known.classes {
        out.add(&known.iri, rdf::TYPE, class.clone());
    }
    for label in &known.labels {
        let property = match label.kind {
            LabelKind::Pref => skos::PREF_LABEL,
            LabelKind::Alt => skos::ALT_LABEL,
            LabelKind::Acronym => flg::ACRONYM,
            LabelKind::Notation => skos::NOTATION,
        };
        let literal = match &label.lang {
            Some(lang) => Literal::new_language_tagged_literal_unchecked(&label.text, lang.code()),
            None => Literal::new_simple_literal(&label.text),
        };
        out.add(&known.iri, property, literal);
    }
    let links = [(flg::COUNTRY, known.country.as_ref()), (skos::IN_SCHEME, known.scheme.as_ref())];
    for (property, object) in links.into_iter().filter_map(|(p, o)| o.map(|o| (p, o))) {
        out.add(&known.iri, property, object.clone());
    }
    for broader in &known.broader {
        out.add(&known.iri, skos::BROADER, broader.clone());
    }
}

fn entity(input: &Input<'_>, entity: &Entity, out: &mut Writer) {
    for name in &entity.names {
        for (property, literal) in input.new_name(entity, name) {
            out.add(&entity.iri, property, literal);
        }
    }
    if entity.known || entity.class.as_ref() == class::REPORT && entity.iri == resource("report", &input.report.id) {
        return;
    }
    out.add(&entity.iri, rdf::TYPE, entity.class.clone());
    if let Some(country) = &entity.country {
        out.add(&entity.iri, flg::COUNTRY, country.clone());
    }
    if entity.names.is_empty() {
        composed_name(input, entity, out);
    } else {
        out.add(&entity.iri, flg::STATUS, resource("status", "proposed"));
    }
}

/// The name of what no text names, a ratification or a need: that of what it is about, and of the country.
fn composed_name(input: &Input<'_>, entity: &Entity, out: &mut Writer) {
    use crate::model::claim::Object;
    let object = |property: NamedNodeRef<'_>| {
        let of = |c: &&crate::model::claim::Claim| c.property.as_ref() == property && input.iri(c.subject) == Some(&entity.iri);
        input.linked.claims.iter().find(of).and_then(|c| match &c.object {
            Object::Mention(id) => input.iri(*id),
            _ => None,
        })
    };
    let about = [flg::INSTRUMENT, flg::NEED_TOPIC, flg::COUNTRY];
    for lang in input.form.title.keys() {
        let parts: Vec<&str> =
            about.iter().filter_map(|p| object(*p)).filter_map(|iri| input.authority.label(iri.as_ref(), lang)).collect();
        if !parts.is_empty() {
            let name = Literal::new_language_tagged_literal_unchecked(parts.join(" – "), lang.code());
            out.add(&entity.iri, skos::PREF_LABEL, name);
        }
    }
}
