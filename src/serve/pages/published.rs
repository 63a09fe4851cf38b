//! The published questions: their list, and each with a form for its parameters and its answer.

use super::ask::{Table, table};
use super::{Html, render};
use crate::knowledge::form::Texts;
use crate::model::lang::Lang;
use crate::queries::{self, Parameter, Query, in_language, run};
use crate::serve::error::Problem;
use crate::serve::form::{Form, encode};
use crate::serve::reader::{Graph, Outcome};
use crate::serve::view::{Chrome, Item};
use askama::Template;
use std::sync::LazyLock;

/// The parameter of an address that names the format of the answer.
pub const FORMAT: &str = "format";

static CATALOGUE: LazyLock<Result<Vec<Query>, String>> =
    LazyLock::new(|| queries::catalogue().map_err(|error| error.to_string()));

fn catalogue() -> Result<&'static [Query], Problem> {
    CATALOGUE.as_deref().map_err(|error| Problem::internal(error))
}

/// The published question of a name.
///
/// # Errors
/// If there is none.
pub fn find(name: &str) -> Result<&'static Query, Problem> {
    let found = catalogue()?.iter().find(|query| query.name == name);
    found.ok_or_else(|| Problem::not_found(name).hint("`/queries` lists the published questions"))
}

/// The published questions, as lines of a list.
///
/// # Errors
/// If the catalogue cannot be read, which a test rules out.
pub fn items(c: &Chrome) -> Result<Vec<Item>, Problem> {
    Ok(catalogue()?.iter().map(|query| item(query, c)).collect())
}

/// A published question, to begin with.
pub struct Example {
    /// Where it is answered, what it asks, and what the answer holds.
    pub item: Item,
    /// What can be given, each by its name and what it means.
    pub parameters: Vec<(&'static str, String)>,
}

/// The published questions, with their parameters but for the language.
///
/// # Errors
/// As [`items`].
pub fn examples(c: &Chrome) -> Result<Vec<Example>, Problem> {
    let example = |query: &'static Query| Example {
        item: item(query, c),
        parameters: asked(query).map(|p| (p.name.as_str(), words(&p.description, c))).collect(),
    };
    Ok(catalogue()?.iter().map(example).collect())
}

fn item(query: &Query, c: &Chrome) -> Item {
    let (text, note) = (words(&query.title, c), words(&query.description, c));
    Item { href: format!("/queries/{}", query.name), text, lang: None, note }
}

/// What a reader can give: all parameters but the language, which is that of the page.
fn asked(query: &Query) -> impl Iterator<Item = &Parameter> {
    query.parameters.iter().filter(|parameter| parameter.kind != queries::Kind::Language)
}

fn words(texts: &Texts, c: &Chrome) -> String {
    Lang::new(c.lang).map(|lang| in_language(texts, &lang).to_owned()).unwrap_or_default()
}

#[derive(Template)]
#[template(path = "questions.html")]
struct List<'a> {
    c: &'a Chrome,
    examples: Vec<Example>,
}

/// The list of the published questions.
///
/// # Errors
/// As [`items`].
pub fn list(c: &Chrome) -> Result<Html, Problem> {
    render(&List { c, examples: examples(c)? })
}

/// A parameter as a field of the form.
struct Field<'a> {
    name: &'a str,
    label: String,
    value: &'a str,
}

#[derive(Template)]
#[template(path = "published.html")]
struct Page<'a> {
    c: &'a Chrome,
    title: String,
    description: String,
    parameters: Vec<Field<'a>>,
    result: Table,
    query: &'a str,
    rows: usize,
}

/// The values of a question's parameters that an address gives; labels are in the page's language unless it says otherwise.
pub fn given(query: &Query, form: &Form, c: &Chrome) -> Vec<(String, String)> {
    let mut given: Vec<_> = form.pairs().filter(|(name, _)| *name != FORMAT).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    let language = query.language().map(|parameter| parameter.name.as_str());
    match language {
        Some(name) if !given.iter().any(|(n, _)| n == name) => given.push((name.to_owned(), c.lang.to_owned())),
        // The address chooses the page's language with a parameter that this question does not have.
        None => given.retain(|(name, _)| name != Chrome::LANGUAGE),
        Some(_) => {}
    }
    given
}

/// The answer to a published question.
///
/// # Errors
/// If a value is none that its parameter takes, or a limit is passed.
pub fn answer(graph: &Graph, query: &Query, given: &[(String, String)]) -> Result<Outcome, Problem> {
    graph.published(query, given)
}

/// The page of a published question with its answer.
///
/// # Errors
/// If the page cannot be written.
pub fn page(query: &Query, given: &[(String, String)], outcome: &Outcome, c: &Chrome) -> Result<Html, Problem> {
    let value = |parameter: &Parameter| given.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value.as_str());
    let parameters = asked(query).map(|parameter| Field {
        name: &parameter.name,
        label: words(&parameter.description, c),
        value: value(parameter).or(parameter.default.as_deref()).unwrap_or_default(),
    });
    let columns = match outcome {
        Outcome::Rows(table) => Some(run::shown(table)),
        Outcome::Boolean(_) | Outcome::Graph(_) => None,
    };
    let at = |format: Option<&'static str>| {
        let values = given.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let values: Vec<String> = values.chain(format.map(|format| format!("{FORMAT}={format}"))).collect();
        let sign = if values.is_empty() { "" } else { "?" };
        format!("/queries/{}{sign}{}", query.name, values.join("&"))
    };
    let text = without_header(&query.text);
    render(&Page {
        c,
        title: words(&query.title, c),
        description: words(&query.description, c),
        parameters: parameters.collect(),
        result: table(outcome, columns.as_deref(), &at, c),
        query: text,
        rows: text.lines().count().clamp(6, 40) + 1,
    })
}

/// A query from its first line of SPARQL on: what the header says stands on the page already.
fn without_header(text: &str) -> &str {
    let header: usize = text.split_inclusive('\n').take_while(|line| line.starts_with('#')).map(str::len).sum();
    text.get(header..).unwrap_or(text).trim_end()
}
