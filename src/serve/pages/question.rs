//! The page of a question, with the answers of all reports; and the page of a claim.

use super::entity::{kinds, statement};
use super::{Html, about, render};
use crate::model::vocab::{BASE, dcterms};
use crate::serve::error::Problem;
use crate::serve::facts::{self, Reports, Side};
use crate::serve::reader::Graph;
use crate::serve::view::{About, Chrome, Group, Link, Statement, Value, best, foreign, href, short};
use askama::Template;
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;

const ANSWERS_TO: &str = include_str!("../queries/answers-to.rq");

struct AnswerLine {
    href: String,
    report: String,
    text: String,
    lang: Option<String>,
}

#[derive(Template)]
#[template(path = "question.html")]
struct QuestionPage<'a> {
    c: &'a Chrome,
    about: About,
    name: Value,
    number: String,
    kinds: Vec<Link>,
    answers: Vec<AnswerLine>,
    outgoing: Vec<Group>,
}

/// The page of a question.
pub fn page(graph: &Graph, this: &NamedNode, said: &[facts::Statement], c: &Chrome) -> Result<Html, Problem> {
    let mut reports = Reports::new(graph, c);
    let mut answers = BTreeMap::new();
    for row in &graph.rows(ANSWERS_TO, &[("this", this.clone().into())])? {
        let Some(answer) = facts::iri(row, "answer") else { continue };
        let report = facts::iri(row, "report").map(short).unwrap_or_default();
        let (name, language) = reports.get(&report)?;
        let (code, text) = facts::label(row, "text").unwrap_or_default();
        let code = if code.is_empty() { language.unwrap_or_default() } else { code };
        let line = AnswerLine {
            href: href(answer.as_str()).map(|(href, _)| href).unwrap_or_default(),
            report: name,
            text,
            lang: foreign(&code, c.lang),
        };
        answers.insert((report, answer.as_str().to_owned()), line);
    }
    let names = facts::names(said);
    let name = match best(&names, c.lang) {
        Some((code, text)) => Value { text: text.clone(), lang: foreign(code, c.lang), ..Value::default() },
        None => Value::words(short(this)),
    };
    let kinds = kinds(said, c);
    let kind = kinds.first().map(|kind| kind.text.clone()).unwrap_or_default();
    render(&QuestionPage {
        c,
        about: about(this.as_str(), &name.text, &kind, c),
        number: number(said),
        kinds,
        outgoing: facts::groups(said, &[], Side::Subject, &name.text, &mut reports, c)?,
        answers: answers.into_values().collect(),
        name,
    })
}

/// The printed number of a question or answer; empty where it has none.
pub fn number(said: &[facts::Statement]) -> String {
    printed(facts::labels(said, dcterms::IDENTIFIER).into_iter().map(|(_, text)| text))
}

/// The printed number among identifiers. One without a digit is a key, which tells readers nothing.
pub fn printed(identifiers: impl IntoIterator<Item = String>) -> String {
    identifiers.into_iter().find(|text| text.contains(|c: char| c.is_ascii_digit())).unwrap_or_default()
}

#[derive(Template)]
#[template(path = "claim.html")]
struct ClaimPage<'a> {
    c: &'a Chrome,
    about: About,
    statement: Statement,
}

/// The page of a claim.
pub fn claim(graph: &Graph, this: &NamedNode, c: &Chrome) -> Result<Html, Problem> {
    let claims = facts::claim(graph, this)?;
    let claim = claims.first().ok_or_else(|| Problem::not_found(this.as_str().strip_prefix(BASE).unwrap_or(this.as_str())))?;
    let statement = statement(graph, claim, &mut Reports::new(graph, c), c)?;
    let title = format!("{} – {} – {}", statement.subject.text, statement.property, statement.fact.value.text);
    render(&ClaimPage { c, about: about(this.as_str(), &title, &format!("“{}”", claim.exact), c), statement })
}
