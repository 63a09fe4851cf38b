//! Queries for people: the form with its examples, and results as a table.

use super::{Html, published, render};
use crate::model::vocab::BASE;
use crate::queries::run::Column;
use crate::serve::error::Problem;
use crate::serve::limits::Settings;
use crate::serve::reader::Outcome;
use crate::serve::sparql::address;
use crate::serve::view::{Chrome, Format, Value, number};
use crate::serve::{formats, texts};
use askama::Template;
use oxigraph::model::Term;

/// So many rows of a result are shown in a page at most, as long as they take no more than so many bytes.
const SHOWN: usize = 1_000;
const BYTES: usize = 120_000;

/// So many characters of a value are shown; the downloads have all.
const LONGEST: usize = 2_000;

/// A result, as a page shows it.
pub struct Table {
    /// Yes or no.
    pub(super) answer: Option<String>,
    pub(super) note: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<Option<Value>>>,
    pub(super) downloads: Vec<Format>,
    /// Where the same is shown again.
    pub(super) address: String,
}

#[derive(Template)]
#[template(path = "query.html")]
struct Page<'a> {
    c: &'a Chrome,
    heading: String,
    lead: Option<String>,
    result: Option<Table>,
    query: &'a str,
    rows: usize,
    limits: String,
    examples: Vec<published::Example>,
}

/// The form, without a result.
pub fn form(settings: &Settings, c: &Chrome) -> Result<Html, Problem> {
    let query = super::home::FIRST_QUERY.trim_end();
    render(&Page {
        c,
        heading: c.t("query.title").to_owned(),
        lead: Some(c.t("query.what").to_owned()),
        result: None,
        rows: lines(query),
        query,
        limits: limits(settings, c),
        examples: published::examples(c)?,
    })
}

/// A query with its result.
pub fn result(query: &str, outcome: &Outcome, settings: &Settings, c: &Chrome) -> Result<Html, Problem> {
    render(&Page {
        c,
        heading: c.t("query.title").to_owned(),
        lead: None,
        result: Some(table(outcome, None, &|format| address(query, format), c)),
        rows: lines(query),
        query,
        limits: limits(settings, c),
        examples: Vec::new(),
    })
}

fn lines(query: &str) -> usize {
    query.lines().count().clamp(6, 30) + 1
}

fn limits(settings: &Settings, c: &Chrome) -> String {
    let seconds = settings.query_timeout.as_secs_f32();
    c.fill("query.limits", &[("seconds", seconds.to_string()), ("rows", number(settings.max_rows))])
}

/// A result as a table. `columns` are those that are shown, or all as they are; `at` gives the address of
/// the result in a format, or of the page.
pub fn table(outcome: &Outcome, columns: Option<&[Column]>, at: &dyn Fn(Option<&'static str>) -> String, c: &Chrome) -> Table {
    let downloads = downloads(at, matches!(outcome, Outcome::Graph(_)));
    let (head, total, rows) = match outcome {
        Outcome::Boolean(value) => {
            let answer = texts::text(if *value { "yes" } else { "no" }, c.lang).to_owned();
            return Table {
                answer: Some(answer),
                note: String::new(),
                head: Vec::new(),
                rows: Vec::new(),
                downloads,
                address: at(None),
            };
        }
        Outcome::Rows(crate::store::Table { variables, rows }) => match columns {
            None => {
                let head = variables.iter().map(|variable| variable.as_str().to_owned()).collect();
                let shown = rows.iter().map(|row| row.iter().map(|term| term.as_ref().map(|t| cell(t, c))).collect());
                (head, rows.len(), fitting(shown))
            }
            Some(columns) => {
                let head = columns.iter().map(|column| spaced(&column.name)).collect();
                let shown = rows.iter().map(|row| columns.iter().map(|column| labelled(row, column, c)).collect());
                (head, rows.len(), fitting(shown))
            }
        },
        Outcome::Graph(triples) => {
            let head = ["subject", "predicate", "object"].map(str::to_owned).to_vec();
            let row = |triple: &oxigraph::model::Triple| {
                let subject = Term::from(triple.subject.clone());
                let terms = [&subject, &Term::from(triple.predicate.clone()), &triple.object].map(|term| Some(cell(term, c)));
                terms.into()
            };
            (head, triples.len(), fitting(triples.iter().map(row)))
        }
    };
    let note = match total {
        0 => c.t("query.none").to_owned(),
        n if n > rows.len() => c.fill("query.rows.shown", &[("n", number(n)), ("shown", number(rows.len()))]),
        n => c.fill("query.rows", &[("n", number(n))]),
    };
    Table { answer: None, note, head, rows, downloads, address: at(None) }
}

/// As many rows as a page can have: at least one, and no page becomes large.
fn fitting(rows: impl Iterator<Item = Vec<Option<Value>>>) -> Vec<Vec<Option<Value>>> {
    // What a cell takes beside its words and its address.
    const CELL: usize = 40;
    let mut left = BYTES;
    let fits = |row: &Vec<Option<Value>>| {
        let bytes = |value: &Value| value.text.len() + value.href.as_deref().map_or(0, str::len);
        let size: usize = row.iter().map(|value| CELL + value.as_ref().map_or(0, bytes)).sum();
        let fits = left == BYTES || size <= left;
        left = left.saturating_sub(size.max(1));
        fits
    };
    rows.take(SHOWN).take_while(fits).collect()
}

/// The name of a variable as words: `fundingQuote` becomes `funding quote`.
fn spaced(name: &str) -> String {
    name.chars().fold(String::new(), |mut words, c| {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
        words
    })
}

/// A cell under the label that stands beside it, leading where the labelled thing is.
fn labelled(row: &[Option<Term>], column: &Column, c: &Chrome) -> Option<Value> {
    let term = |at: usize| row.get(at).and_then(Option::as_ref);
    let of = column.of.and_then(term).map(|of| cell(of, c));
    match (term(column.at).map(|label| cell(label, c)), of) {
        (Some(label), Some(of)) => Some(Value { href: of.href, outside: of.outside, tag: None, ..label }),
        (label, of) => label.map(|label| Value { tag: None, ..label }).or(of),
    }
}

/// A term in a table: resources under their short names, literals with their language.
fn cell(term: &Term, c: &Chrome) -> Value {
    let mut value = Value::term(term, &[], c.lang);
    match term {
        Term::NamedNode(iri) => value.text = crate::model::vocab::compact(iri.as_ref()),
        Term::Literal(literal) => {
            literal.value().clone_into(&mut value.text);
            value.tag = literal.language().map(str::to_owned);
            value.lang = literal.language().map(str::to_owned);
            // Queries often give addresses as text: those of the graph are as good as links.
            if value.href.is_none() && literal.value().starts_with(BASE) {
                value.href = crate::serve::view::href(literal.value()).map(|(href, _)| href);
            }
        }
        Term::BlankNode(_) => {}
    }
    if let Some((end, _)) = value.text.char_indices().nth(LONGEST) {
        value.text.truncate(end);
        value.text.push('…');
    }
    value
}

fn downloads(at: &dyn Fn(Option<&'static str>) -> String, graph: bool) -> Vec<Format> {
    if graph {
        let format =
            |f: &'static formats::Graph| Format { name: f.name, media_type: f.media_type(), href: at(Some(f.extension)) };
        formats::GRAPHS.iter().map(format).collect()
    } else {
        let format = |f: &'static formats::Rows| Format { name: f.name, media_type: f.media_type(), href: at(Some(f.extension)) };
        formats::ROWS.iter().map(format).collect()
    }
}
