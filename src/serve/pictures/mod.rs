//! Pictures of what the graph says. The server makes the table that each is drawn from, as `_picture.html` shows it: rows of things that
//! lead to their pages, and behind each fact a link to the words that state it. A script (`web/src/pictures.js`) draws it in its
//! place; without it the table stands there.

pub mod around;
pub mod countries;
pub mod funding;
pub mod places;
pub mod time;

use super::error::Problem;
use super::facts;
use super::reader::Graph;
use super::view::{Chrome, Link, Value, href};
use crate::model::vocab::graph;
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::HashMap;

const STATED: &str = include_str!("../queries/stated.rq");

/// A table of facts that can be drawn.
pub struct Picture {
    /// Which script draws it.
    pub kind: &'static str,
    /// Its name in addresses; also what the names of its rows begin with.
    pub id: &'static str,
    /// What it is called; none where that is the title of its page.
    pub title: Option<String>,
    /// What it shows, and what it leaves out.
    pub what: String,
    /// What the script needs besides the rows: words in the reader's language, addresses of files.
    pub settings: Vec<(&'static str, String)>,
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What is left out, and where it stands.
    pub more: Option<Link>,
}

impl Picture {
    /// The name of the heading that says what it is called.
    pub fn named(&self) -> String {
        if self.title.is_some() { format!("{}-title", self.id) } else { "title".to_owned() }
    }
}

/// A row: what a picture draws one thing, or one line, for.
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// What stands in a row for one role.
pub struct Cell {
    /// The role, as scripts know it.
    pub role: &'static str,
    /// What is named.
    pub entries: Vec<Entry>,
}

impl Cell {
    /// A cell with one entry.
    pub fn one(role: &'static str, entry: Entry) -> Self {
        Self { role, entries: vec![entry] }
    }
}

/// What a cell names.
pub struct Entry {
    /// The thing, or words.
    pub value: Value,
    /// The words of a report that state it.
    pub why: Option<String>,
    /// What a script needs to know of it.
    pub data: Vec<(&'static str, String)>,
}

impl Entry {
    /// A value that nothing more is told of.
    pub fn of(value: Value) -> Self {
        Self { value, why: None, data: Vec::new() }
    }
    /// Plain words.
    pub fn words(text: impl Into<String>) -> Self {
        Self::of(Value::words(text))
    }
    /// The same, stated in the words at an address.
    #[must_use]
    pub fn why(self, why: Option<String>) -> Self {
        Self { why, ..self }
    }
    /// The same, with something that a script needs to know.
    #[must_use]
    pub fn data(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.data.push((name, value.into()));
        self
    }
}

/// Where reports state facts: the first words for each.
#[derive(Default)]
pub struct Stated(HashMap<(String, String, String), String>);

impl Stated {
    /// Where the facts with some properties are stated.
    ///
    /// # Errors
    /// If the store fails, or a limit is passed.
    pub fn read(graph: &Graph, properties: &[NamedNodeRef<'_>]) -> Result<Self, Problem> {
        let evidence = graph::evidence("");
        let mut found: HashMap<_, (String, usize)> = HashMap::new();
        for property in properties {
            graph.each(STATED, &[("this", (*property).into())], |row| {
                let (Some(from), Some(subject)) = (facts::iri(&row, "graph"), facts::iri(&row, "subject")) else { return };
                let Some(report) = from.as_str().strip_prefix(evidence.as_str()) else { return };
                let start = facts::label(&row, "start").and_then(|(_, start)| start.parse().ok());
                let (Some(object), Some(start)) = (row.get("object"), start) else { return };
                let at = (report.to_owned(), start);
                found
                    .entry((property.as_str().to_owned(), subject.as_str().to_owned(), object.to_string()))
                    .and_modify(|first| *first = at.clone().min(first.clone()))
                    .or_insert(at);
            })?;
        }
        let address = |(report, start): (String, usize)| format!("/page/id/report/{report}#c{start}");
        Ok(Self(found.into_iter().map(|(fact, first)| (fact, address(first))).collect()))
    }

    /// The address of the words that state a fact.
    pub fn why(&self, subject: &NamedNode, property: NamedNodeRef<'_>, value: &Term) -> Option<String> {
        self.0.get(&(property.as_str().to_owned(), subject.as_str().to_owned(), value.to_string())).cloned()
    }
}

/// The address of the words of the first claim among some that states a fact.
fn first(claims: &[facts::Claim], property: NamedNodeRef<'_>, value: &Term) -> Option<String> {
    let claim = claims.iter().find(|claim| claim.property == property && claim.value == *value)?;
    let start = claim.span.map(|(start, _)| format!("#c{start}")).unwrap_or_default();
    Some(format!("/page/id/report/{}{start}", claim.report))
}

/// The address of a thing's page.
fn page_of(iri: &NamedNode) -> String {
    href(iri.as_str()).map(|(href, _)| href).unwrap_or_default()
}

/// The address of a file with a map, with the code of its country; none where the set-up could not make it.
fn map(name: &str, c: &Chrome) -> Option<String> {
    c.bundle(&format!("map/{name}.json"))
}

/// The list of all things of a class, or of those of a country.
fn list(class: &str, country: Option<&NamedNode>) -> String {
    match country {
        Some(country) => format!("/page/list/{class}?country={}", code(country)),
        None => format!("/page/list/{class}"),
    }
}

/// The code of a country, as its IRI has it: `mex`.
fn code(country: &NamedNode) -> &str {
    country.as_str().rsplit('/').next().unwrap_or_default()
}
