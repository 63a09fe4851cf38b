//! The choice of countries to compare. The comparison itself is the answer to a question, with its quotes and its query.

use super::{Html, answer, country, render};
use crate::model::id::fold;
use crate::serve::error::{Code, Problem};
use crate::serve::facts;
use crate::serve::form::Form;
use crate::serve::reader::Graph;
use crate::serve::view::{Chrome, Label, Value};
use askama::Template;
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;

const REPORTED: &str = include_str!("../queries/reported-countries.rq");

/// So many countries stand side by side.
const MOST: usize = 5;

struct Choice {
    code: String,
    name: Value,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct Page<'a> {
    c: &'a Chrome,
    choices: Vec<Choice>,
    what: String,
}

/// What follows a choice.
pub enum Next {
    /// Fewer than two countries were chosen: the page to choose on.
    Choose(Html),
    /// The address of the comparison.
    Answer(String),
}

/// The page on which countries are chosen, or the comparison of those that the address names by `country=CODE`.
///
/// # Errors
/// If one of them is none that a report is about, if they are too many, or if the store fails.
pub fn page(graph: &Graph, form: &Form, c: &Chrome) -> Result<Next, Problem> {
    let mut countries: BTreeMap<NamedNode, Vec<Label>> = BTreeMap::new();
    for row in &graph.rows(REPORTED, &[])? {
        if let (Some(iri), Some(label)) = (facts::iri(row, "country"), facts::label(row, "label")) {
            countries.entry(iri.clone()).or_default().push(label);
        }
    }
    let mut chosen: Vec<NamedNode> = Vec::new();
    for code in form.all("country") {
        let iri = country::of_code(code).filter(|iri| countries.contains_key(iri));
        let unknown = || {
            let message = format!("`{code}` is the code of no country that a report here is about");
            Problem::new(Code::BadRequest, message).hint("/compare has them all to choose from")
        };
        let iri = iri.ok_or_else(unknown)?;
        if !chosen.contains(&iri) {
            chosen.push(iri);
        }
    }
    if chosen.len() > MOST {
        let message = format!("{} countries are too many to stand side by side: {MOST} is the most", chosen.len());
        return Err(Problem::new(Code::BadRequest, message).hint("Take some away"));
    }
    let name = |iri: &NamedNode| Value::resource(iri, countries.get(iri).map_or(&[][..], Vec::as_slice), c.lang);
    if let [others @ .., last] = chosen.as_slice()
        && !others.is_empty()
    {
        let others: Vec<String> = others.iter().map(|iri| name(iri).text).collect();
        let question = c.fill("compare.question", &[("others", others.join(", ")), ("last", name(last).text)]);
        return Ok(Next::Answer(answer::link(&question)));
    }
    let mut choices: Vec<Choice> = countries
        .keys()
        .map(|iri| Choice {
            code: iri.as_str().rsplit('/').next().unwrap_or_default().to_owned(),
            name: name(iri),
            chosen: chosen.contains(iri),
        })
        .collect();
    choices.sort_by_cached_key(|choice| fold(&choice.name.text));
    render(&Page { c, choices, what: c.fill("compare.what", &[("most", MOST.to_string())]) }).map(Next::Choose)
}
