//! The page of a report: what it is, what it leaves unanswered, and its text question by question, with what was understood
//! marked in it.

use super::marked::{Piece, Teller, elsewhere, pieces, unread};
use super::{Html, about, question, render};
use crate::describe::{Overview, schema_org};
use crate::facts::texts;
use crate::model::vocab::{BASE, dcterms, flg, graph as graphs, schema, skos};
use crate::serve::error::Problem;
use crate::serve::facts::{self, Claim, Reports, Side};
use crate::serve::mark::Places;
use crate::serve::reader::Graph;
use crate::serve::terms;
use crate::serve::view::{self, About, Chrome, Group, Item, Label, Value, best, foreign, href, number, short};
use askama::Template;
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const ANSWERS_OF: &str = include_str!("../queries/answers-of.rq");
const QUESTIONS_OF: &str = include_str!("../queries/questions-of.rq");
const NAMES_IN: &str = include_str!("../queries/names-in.rq");

struct Part {
    heading: Option<String>,
    key: String,
    number: String,
    question: String,
    question_href: String,
    pieces: Vec<Piece>,
    extra: Vec<Value>,
}

struct Unanswered {
    number: String,
    href: String,
    text: String,
    lang: Option<String>,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    c: &'a Chrome,
    about: About,
    kind: String,
    name: Value,
    metadata: Vec<Group>,
    unanswered: Vec<Unanswered>,
    note: String,
    unread: String,
    language: String,
    parts: Vec<Part>,
    outgoing: Vec<Group>,
    elsewhere: Vec<Vec<Piece>>,
    whole: String,
}

#[derive(Template)]
#[template(path = "whole.html")]
struct Whole<'a> {
    c: &'a Chrome,
    name: Value,
    href: String,
    language: String,
    pieces: Vec<Piece>,
}

/// The parameter of a report's address that asks for its text as it was read.
pub const TEXT: (&str, &str) = ("text", "whole");

/// The page of the report `this`, of which `said` is said.
pub fn page(
    graph: &Graph,
    this: &NamedNode,
    said: &[facts::Statement],
    overview: &Overview,
    c: &Chrome,
) -> Result<Html, Problem> {
    let id = short(this);
    let mut reports = Reports::new(graph, c);
    let (title, language) = reports.get(&id)?;
    let language = language.unwrap_or_default();
    let names = names(graph, &id)?;
    let claims = facts::claims_within(graph, &graphs::evidence(&id))?;
    let source = facts::labels(said, flg::TEXT).into_iter().next().map(|(_, text)| text).unwrap_or_default();
    let tell = Teller { names: &names, c };
    let (answers, answered) = answers(graph, this)?;

    let mut placed = BTreeSet::new();
    let mut parts = Vec::new();
    let (mut bare, mut sentences) = (0, 0);
    for answer in &answers {
        let here: Vec<&Claim> = claims.iter().filter(|claim| claim.source.as_ref() == Some(&answer.iri)).collect();
        let (part, (without, all)) = part(answer, &here, (&source, &language), &tell, &mut placed);
        parts.push(part);
        bare += without;
        sentences += all;
    }
    headings(&mut parts, &answers);
    let elsewhere = elsewhere(&source, &claims, &tell, &mut placed);

    let about_report = facts::claims_of(graph, this)?;
    // The heading has the name, and the text stands below.
    let apart = [flg::TEXT, skos::PREF_LABEL].map(NamedNodeRef::into_owned);
    let shown: Vec<_> = said.iter().filter(|s| !apart.contains(&s.property)).cloned().collect();
    let (stated, plain): (Vec<_>, Vec<_>) =
        shown.into_iter().partition(|s| about_report.iter().any(|c| c.property == s.property));
    render(&Page {
        c,
        about: told(this, &id, &title, overview, c),
        kind: terms::label(crate::model::vocab::class::REPORT, c.lang),
        metadata: facts::groups(&plain, &[], Side::Subject, &title, &mut reports, c)?,
        outgoing: facts::groups(&stated, &about_report, Side::Subject, &title, &mut reports, c)?,
        name: Value { text: title, lang: foreign(&language, c.lang), ..Value::default() },
        unanswered: unanswered(graph, this, &answered, c)?,
        note: c.fill("report.marks", &[("n", number(claims.len()))]),
        unread: c.fill("report.unread", &[("n", number(bare)), ("all", number(sentences))]),
        language,
        parts,
        elsewhere,
        whole: format!("{}?{}={}", view::href(this.as_str()).map(|(href, _)| href).unwrap_or_default(), TEXT.0, TEXT.1),
    })
}

/// The text of the report `this` as it was read, with all that was understood marked in it.
///
/// # Errors
/// [`Problem::not_found`] if it is no report that was converted.
pub fn whole(graph: &Graph, this: &NamedNode, c: &Chrome) -> Result<Html, Problem> {
    let id = short(this);
    let said = facts::outgoing(graph, this)?;
    let source = facts::labels(&said, flg::TEXT).into_iter().next().map(|(_, text)| text);
    let source = source.ok_or_else(|| Problem::not_found(this.as_str().strip_prefix(BASE).unwrap_or(this.as_str())))?;
    let (title, language) = Reports::new(graph, c).get(&id)?;
    let language = language.unwrap_or_default();
    let names = names(graph, &id)?;
    let claims = facts::claims_within(graph, &graphs::evidence(&id))?;
    let all: Vec<&Claim> = claims.iter().collect();
    let spans: Vec<_> = claims.iter().map(|claim| claim.span.unwrap_or_default()).collect();
    render(&Whole {
        c,
        href: view::href(this.as_str()).map(|(href, _)| href).unwrap_or_default(),
        name: Value { text: title, lang: foreign(&language, c.lang), ..Value::default() },
        pieces: pieces(&source, (&spans, &[]), &all, &Teller { names: &names, c }, &mut BTreeSet::new(), false),
        language,
    })
}

/// What the page is about, also in the words of schema.org if it is a report that was converted.
fn told(this: &NamedNode, id: &str, title: &str, overview: &Overview, c: &Chrome) -> About {
    let what = texts::filled("dataset.of-report", c.lang, &[("report", title.to_owned())]);
    let data = overview.report(id).map(|report| schema_org::script(&schema_org::report(report, overview, &c.place, c.lang)));
    About { data: data.unwrap_or_default(), ..about(this.as_str(), title, &what, c) }
}

/// The names of everything that a report mentions.
fn names(graph: &Graph, id: &str) -> Result<HashMap<String, Vec<Label>>, Problem> {
    let mut names: HashMap<String, Vec<Label>> = HashMap::new();
    for row in &graph.rows(NAMES_IN, &[("graph", graphs::source(id).into())])? {
        if let (Some(entity), Some(label)) = (facts::iri(row, "entity"), facts::label(row, "label")) {
            names.entry(entity.as_str().to_owned()).or_default().push(label);
        }
    }
    Ok(names)
}

/// An answer, with all that is said of it.
struct Answer {
    iri: NamedNode,
    said: Vec<facts::Statement>,
}

impl Answer {
    fn text(&self, property: NamedNodeRef<'_>) -> String {
        facts::labels(&self.said, property).into_iter().next().map(|(_, text)| text).unwrap_or_default()
    }
    fn position(&self) -> usize {
        self.text(schema::POSITION).parse().unwrap_or(usize::MAX)
    }
    fn section(&self) -> Option<(&NamedNode, &facts::Statement)> {
        facts::resources(&self.said, flg::IN_SECTION).next()
    }
}

/// The answers of a report in their order, and the questions that were answered with something.
fn answers(graph: &Graph, this: &NamedNode) -> Result<(Vec<Answer>, BTreeSet<String>), Problem> {
    let mut found: BTreeMap<String, Answer> = BTreeMap::new();
    for row in &graph.rows(ANSWERS_OF, &[("this", this.clone().into())])? {
        let (Some(iri), Some(property), Some(value)) = (facts::iri(row, "answer"), facts::iri(row, "property"), row.get("value"))
        else {
            continue;
        };
        let answer = found.entry(iri.as_str().to_owned()).or_insert_with(|| Answer { iri: iri.clone(), said: Vec::new() });
        let label = facts::label(row, "label");
        match answer.said.iter_mut().find(|s| s.property == *property && s.end == *value) {
            Some(known) => known.labels.extend(label),
            None => answer.said.push(facts::Statement {
                graphs: BTreeSet::new(),
                property: property.clone(),
                end: value.clone(),
                labels: label.into_iter().collect(),
            }),
        }
    }
    let mut answers: Vec<Answer> = found.into_values().collect();
    answers.sort_by_key(Answer::position);
    let says = |answer: &&Answer| [flg::TEXT, flg::BOOLEAN].into_iter().any(|p| !answer.text(p).trim().is_empty());
    let answered = answers
        .iter()
        .filter(says)
        .flat_map(|answer| facts::resources(&answer.said, flg::QUESTION).map(|(question, _)| question.as_str().to_owned()))
        .collect();
    Ok((answers, answered))
}

/// An answer as the page shows it, and of how many sentences nothing was understood, of how many.
fn part(
    answer: &Answer,
    claims: &[&Claim],
    (source, language): (&str, &str),
    tell: &Teller<'_>,
    placed: &mut BTreeSet<usize>,
) -> (Part, (usize, usize)) {
    let text = answer.text(flg::TEXT);
    let finder = Places::new(source, &text);
    let (spans, claims): (Vec<_>, Vec<_>) = claims
        .iter()
        .filter_map(|claim| claim.span.and_then(|(start, end)| finder.find(start, end)).map(|place| (place, *claim)))
        .unzip();
    let key = short(&answer.iri);
    let mut number = question::number(&answer.said);
    let question = facts::resources(&answer.said, flg::QUESTION).next();
    let asked = answer.text(dcterms::TITLE);
    let question_text = match question {
        _ if !asked.is_empty() => asked,
        Some((iri, said)) => best(&said.labels, tell.c.lang).map_or_else(|| short(iri), |(_, text)| text.clone()),
        None => String::new(),
    };
    // Most questions are printed with their number.
    if question_text.starts_with(&number) {
        number.clear();
    }
    // Where a check mark is all that there is, what it says stands in the answer's place.
    let beside = |s: &&facts::Statement| s.property == flg::LINK || s.property == flg::BOOLEAN && text.is_empty();
    let mut extra: Vec<Value> = answer.said.iter().filter(beside).map(|s| Value::term(&s.end, &s.labels, tell.c.lang)).collect();
    extra.sort_by(|a, b| a.text.cmp(&b.text));
    let (bare, sentences) = unread(&text, language, &spans);
    let part = Part {
        heading: None,
        question_href: href(question.map_or(answer.iri.as_str(), |(iri, _)| iri.as_str()))
            .map(|(href, _)| href)
            .unwrap_or_default(),
        key,
        number,
        question: question_text,
        pieces: pieces(&text, (&spans, &bare), &claims, tell, placed, true),
        extra,
    };
    (part, (bare.len(), sentences))
}

/// Sets each section's heading before its first answer.
fn headings(parts: &mut [Part], answers: &[Answer]) {
    let mut last = None;
    for (part, answer) in parts.iter_mut().zip(answers) {
        let section = answer.section();
        if section.map(|(iri, _)| iri) != last {
            part.heading = section.and_then(|(_, said)| said.labels.first()).map(|(_, text)| text.clone());
            last = section.map(|(iri, _)| iri);
        }
    }
}

/// The questions of the form that the report does not have, or leaves empty.
fn unanswered(graph: &Graph, this: &NamedNode, answered: &BTreeSet<String>, c: &Chrome) -> Result<Vec<Unanswered>, Problem> {
    let mut found: BTreeMap<(usize, String), (String, Vec<Label>)> = BTreeMap::new();
    for row in &graph.rows(QUESTIONS_OF, &[("this", this.clone().into())])? {
        let Some(question) = facts::iri(row, "question").filter(|iri| !answered.contains(iri.as_str())) else { continue };
        let position = facts::label(row, "position").and_then(|(_, text)| text.parse().ok()).unwrap_or(usize::MAX);
        let entry = found.entry((position, question.as_str().to_owned())).or_default();
        if let Some((_, number)) = facts::label(row, "number") {
            entry.0 = number;
        }
        entry.1.extend(facts::label(row, "label"));
    }
    let line = |((_, iri), (number, labels)): ((usize, String), (String, Vec<Label>))| {
        let (lang, text) = best(&labels, c.lang).cloned().unwrap_or_default();
        let text = if text.is_empty() { iri.rsplit('/').next().unwrap_or_default().to_owned() } else { text };
        Unanswered { number, href: href(&iri).map(|(href, _)| href).unwrap_or_default(), text, lang: foreign(&lang, c.lang) }
    };
    Ok(found.into_iter().map(line).collect())
}

/// A report as a line of a list: its name, with country and year as far as they are known.
pub fn item(graph: &Graph, this: &NamedNode, c: &Chrome) -> Result<Item, Problem> {
    let said = facts::outgoing(graph, this)?;
    let (lang, text) = best(&facts::names(&said), c.lang).cloned().unwrap_or_default();
    let country = facts::resources(&said, flg::ABOUT_COUNTRY).next();
    let country = country.map(|(iri, s)| Value::resource(iri, &s.labels, c.lang).text);
    let year = facts::labels(&said, flg::REFERENCE_YEAR).into_iter().next().map(|(_, year)| year);
    let publisher = facts::resources(&said, dcterms::PUBLISHER).next();
    let publisher = publisher.map(|(iri, s)| Value::resource(iri, &s.labels, c.lang).text);
    let note: Vec<String> = [country, year, publisher].into_iter().flatten().collect();
    Ok(Item {
        href: view::href(this.as_str()).map(|(href, _)| href).unwrap_or_default(),
        text: if text.is_empty() { short(this) } else { text },
        lang: foreign(&lang, c.lang),
        note: note.join(", "),
    })
}
