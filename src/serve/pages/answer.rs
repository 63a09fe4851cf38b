//! The page of a question in plain words: the box, the answer with its quotes, how the question was read, and the query.

use super::{Html, render};
use crate::ask::{Answer, Status};
use crate::serve::error::Problem;
use crate::serve::form::encode;
use crate::serve::reader::Graph;
use crate::serve::sparql::address;
use crate::serve::view::{Chrome, Format, Item, href};
use askama::Template;

/// A row of the answer.
struct Row {
    label: String,
    href: Option<String>,
    value: Option<String>,
    /// Whether it is true of each thing that is compared.
    sides: Vec<bool>,
    evidence: Vec<Quote>,
}

/// The words of a report.
struct Quote {
    text: String,
    source: String,
    href: String,
    page: Option<String>,
    claim: Option<String>,
}

struct Read {
    text: String,
    meaning: String,
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "ask.html")]
struct Page<'a> {
    c: &'a Chrome,
    question: &'a str,
    answer: Option<Shown>,
    examples: Vec<Item>,
}

struct Shown {
    lang: String,
    sentence: String,
    refused: bool,
    /// What is compared, in the order of the columns; empty where nothing is.
    heads: Vec<String>,
    rows: Vec<Row>,
    reading: Vec<Read>,
    query: Option<(String, String)>,
    downloads: Vec<Format>,
    suggestions: Vec<Item>,
    revision: String,
}

/// The box with examples, made of what the graph holds.
///
/// # Errors
/// If the graph cannot be read.
pub fn front(graph: &Graph, c: &Chrome) -> Result<Html, Problem> {
    render(&Page { c, question: "", answer: None, examples: examples(graph, c)? })
}

/// The answer to a question.
///
/// # Errors
/// If the graph cannot be read.
pub fn page(graph: &Graph, answer: &Answer, c: &Chrome) -> Result<Html, Problem> {
    let rows = answer.answers.iter().map(|row| Row {
        label: row.label.clone(),
        href: row.iri.as_deref().and_then(href).map(|(href, _)| href),
        value: row.value.as_ref().filter(|_| row.iri.is_some()).map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)),
        sides: row.sides.iter().map(|side| side.has).collect(),
        evidence: row.evidence.iter().map(quote).collect(),
    });
    let heads = answer.answers.first().into_iter().flat_map(|row| &row.sides).map(|side| side.label.clone());
    let reading = answer.reading.iter().map(|read| Read {
        text: read.text.clone(),
        meaning: read.meaning.clone(),
        href: read.iri.as_deref().and_then(href).map(|(href, _)| href),
    });
    let export = |name: &'static str, extension: &'static str, media_type: &'static str| Format {
        name,
        media_type,
        href: format!("{}&format={extension}", link(&answer.question)),
    };
    let downloads = if answer.answers.is_empty() {
        Vec::new()
    } else {
        vec![export("CSV", "csv", "text/csv"), export("JSON", "json", "application/json"), export("Turtle", "ttl", "text/turtle")]
    };
    let is_question = matches!(answer.status, Status::Ambiguous | Status::WordsNotUnderstood);
    let suggestions = answer.suggestions.iter().map(|text| Item {
        href: if is_question { link(text) } else { format!("/search?q={}", encode(text)) },
        text: text.clone(),
        ..Item::default()
    });
    let shown = Shown {
        lang: answer.language.clone(),
        sentence: answer.sentence.clone(),
        refused: answer.status != Status::Answered,
        heads: heads.collect(),
        rows: rows.collect(),
        reading: reading.collect(),
        query: answer.query.as_ref().map(|query| (query.clone(), address(query, None))),
        downloads,
        suggestions: suggestions.collect(),
        revision: answer.revision.clone(),
    };
    let examples = if answer.status == Status::Answered { Vec::new() } else { examples(graph, c)? };
    render(&Page { c, question: &answer.question, answer: Some(shown), examples })
}

fn quote(evidence: &crate::ask::evidence::Evidence) -> Quote {
    let source = match &evidence.question {
        Some(question) => format!("{}, {question}", evidence.report),
        None => evidence.report.clone(),
    };
    let claim = href(&evidence.claim).map(|(href, _)| href);
    Quote {
        text: evidence.quote.clone(),
        source,
        href: format!("/page/id/report/{}", evidence.report),
        page: evidence.page.map(|page| page.to_string()),
        claim,
    }
}

/// Questions that this graph can answer, in the reader's language.
///
/// # Errors
/// If the graph cannot be read.
pub fn examples(graph: &Graph, c: &Chrome) -> Result<Vec<Item>, Problem> {
    let all = graph.examples(c.lang)?;
    Ok(all.into_iter().map(|text| Item { href: link(&text), text, ..Item::default() }).collect())
}

/// The lasting address of a question.
pub fn link(question: &str) -> String {
    format!("/ask?q={}", encode(question))
}
