//! What the reports that follow one form cover: each of its questions, in each report answered, empty, contradictory or not asked.

use super::{Html, published, question, render};
use crate::model::vocab::BASE;
use crate::serve::error::Problem;
use crate::serve::facts;
use crate::serve::form::encode;
use crate::serve::reader::{Graph, Outcome};
use crate::serve::view::{Chrome, Label, best, foreign, href, number, short};
use askama::Template;
use oxigraph::model::{NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};

const FORMS: &str = include_str!("../queries/forms.rq");
const QUESTIONS_IN: &str = include_str!("../queries/questions-in.rq");
const ANSWERED: &str = include_str!("../queries/answered.rq");

/// The published question that finds what contradicts itself.
const CONTRADICTIONS: &str = "contradictions";

/// What a report does with a question.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    NotAsked,
    Empty,
    Answered,
    Contradictory,
}

impl State {
    const ALL: [Self; 4] = [Self::Answered, Self::Empty, Self::Contradictory, Self::NotAsked];

    /// Its name in style sheets, a mark that needs no colour, and the key of its text.
    fn shown(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::NotAsked => ("not-asked", "·", "coverage.not-asked"),
            Self::Empty => ("empty", "○", "coverage.empty"),
            Self::Answered => ("answered", "●", "coverage.answered"),
            Self::Contradictory => ("contradictory", "≠", "coverage.contradictory"),
        }
    }
}

/// A form that reports follow.
#[derive(Default)]
struct Followed {
    labels: Vec<Label>,
    reports: BTreeMap<NamedNode, Column>,
}

/// A report, as the head of a column.
#[derive(Clone)]
struct Column {
    href: String,
    /// The country's code, to be short.
    short: String,
    year: String,
    title: String,
}

struct Cell {
    state: State,
    href: Option<String>,
}

impl Cell {
    fn class(&self) -> &'static str {
        self.state.shown().0
    }
    fn mark(&self) -> &'static str {
        self.state.shown().1
    }
    fn text(&self, c: &Chrome) -> String {
        c.t(self.state.shown().2).to_owned()
    }
}

struct Line {
    number: String,
    href: String,
    text: String,
    lang: Option<String>,
    cells: Vec<Cell>,
    share: String,
}

struct Choice {
    href: String,
    text: String,
    here: bool,
}

struct Key {
    cell: Cell,
    count: String,
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct Page<'a> {
    c: &'a Chrome,
    forms: Vec<Choice>,
    years: Vec<Choice>,
    key: Vec<Key>,
    columns: Vec<Column>,
    lines: Vec<Line>,
}

/// The table of the form that `wanted` names by its identifier, or of the one that most reports follow, in a year, or the last.
///
/// # Errors
/// [`Problem::not_found`] if no report follows the form, or none of the year; or if the store fails.
pub fn page(graph: &Graph, wanted: Option<&str>, year: Option<&str>, c: &Chrome) -> Result<Html, Problem> {
    let forms = forms(graph, c)?;
    let most =
        || forms.iter().max_by_key(|(iri, form)| (form.reports.len(), std::cmp::Reverse(iri.as_str()))).map(|(iri, _)| iri);
    let form = match wanted {
        Some(id) => Some(forms.keys().find(|iri| short(iri) == id).ok_or_else(|| Problem::not_found(&format!("id/form/{id}")))?),
        None => most(),
    };
    let address = |form: &NamedNode| format!("/coverage?form={}", encode(&short(form)));
    let choices = forms.iter().map(|(iri, followed)| Choice {
        href: address(iri),
        text: format!(
            "{} ({})",
            best(&followed.labels, c.lang).map_or_else(|| short(iri), |(_, text)| text.clone()),
            followed.reports.len()
        ),
        here: Some(iri) == form,
    });
    let choices = choices.collect();
    let (mut columns, mut lines, mut years) = (Vec::new(), Vec::new(), Vec::new());
    let mut counts: BTreeMap<State, usize> = BTreeMap::new();
    if let Some((form, followed)) = form.and_then(|form| forms.get_key_value(form)) {
        let all: BTreeSet<&str> = followed.reports.values().map(|column| column.year.as_str()).collect();
        let unknown = |year: &str| Problem::not_found(&format!("coverage?form={}&year={year}", short(form)));
        let year = match year {
            Some(year) => all.get(year).ok_or_else(|| unknown(year))?,
            None => all.last().copied().unwrap_or_default(),
        };
        let choice = |one: &&str| Choice {
            href: format!("{}&year={}", address(form), encode(one)),
            text: (*one).to_owned(),
            here: *one == year,
        };
        years = all.iter().rev().map(choice).collect();
        let mut reports: Vec<(&NamedNode, &Column)> = followed.reports.iter().filter(|(_, column)| column.year == year).collect();
        reports.sort_by(|(x, a), (y, b)| (&a.short, x).cmp(&(&b.short, y)));
        lines = self::lines(graph, form, &reports, &mut counts, c)?;
        columns = reports.into_iter().map(|(_, column)| column.clone()).collect();
    }
    let key = State::ALL
        .into_iter()
        .map(|state| Key { cell: Cell { state, href: None }, count: number(counts.get(&state).copied().unwrap_or_default()) });
    render(&Page { c, forms: choices, years, key: key.collect(), columns, lines })
}

/// The forms that reports follow.
fn forms(graph: &Graph, c: &Chrome) -> Result<BTreeMap<NamedNode, Followed>, Problem> {
    let mut forms: BTreeMap<NamedNode, Followed> = BTreeMap::new();
    let mut names = facts::Reports::new(graph, c);
    for row in &graph.rows(FORMS, &[])? {
        let (Some(form), Some(report)) = (facts::iri(row, "form"), facts::iri(row, "report")) else { continue };
        let followed = forms.entry(form.clone()).or_default();
        if let Some(label) = facts::label(row, "label").filter(|label| !followed.labels.contains(label)) {
            followed.labels.push(label);
        }
        if !followed.reports.contains_key(report) {
            let text = |name| facts::label(row, name).map(|(_, text)| text).unwrap_or_default();
            let column = Column {
                href: href(report.as_str()).map(|(href, _)| href).unwrap_or_default(),
                short: text("code"),
                year: text("year"),
                title: names.get(&short(report))?.0,
            };
            followed.reports.insert(report.clone(), column);
        }
    }
    Ok(forms)
}

fn lines(
    graph: &Graph,
    form: &NamedNode,
    reports: &[(&NamedNode, &Column)],
    counts: &mut BTreeMap<State, usize>,
    c: &Chrome,
) -> Result<Vec<Line>, Problem> {
    let mut questions: BTreeMap<(usize, NamedNode), (Vec<String>, Vec<Label>)> = BTreeMap::new();
    for row in &graph.rows(QUESTIONS_IN, &[("this", form.clone().into())])? {
        let Some(iri) = facts::iri(row, "question") else { continue };
        let position = facts::label(row, "position").and_then(|(_, text)| text.parse().ok()).unwrap_or(usize::MAX);
        let (numbers, labels) = questions.entry((position, iri.clone())).or_default();
        numbers.extend(facts::label(row, "number").map(|(_, text)| text));
        labels.extend(facts::label(row, "label"));
    }
    let cells = cells(graph, form, reports)?;
    let line = |((_, iri), (numbers, labels)): ((usize, NamedNode), (Vec<String>, Vec<Label>))| {
        let none = || Cell { state: State::NotAsked, href: None };
        let cell = |(report, _): &(&NamedNode, &Column)| {
            cells
                .get(&(iri.clone(), (*report).clone()))
                .map_or_else(none, |(state, answer)| Cell { state: *state, href: href(answer.as_str()).map(|(href, _)| href) })
        };
        let cells: Vec<Cell> = reports.iter().map(cell).collect();
        for cell in &cells {
            *counts.entry(cell.state).or_default() += 1;
        }
        let (lang, text) = best(&labels, c.lang).cloned().unwrap_or_default();
        let answered = cells.iter().filter(|cell| cell.state >= State::Answered).count();
        Line {
            number: question::printed(numbers),
            href: href(iri.as_str()).map(|(href, _)| href).unwrap_or_default(),
            text: if text.is_empty() { short(&iri) } else { text },
            lang: foreign(&lang, c.lang),
            share: format!("{answered}/{}", cells.len()),
            cells,
        }
    };
    Ok(questions.into_iter().map(line).collect())
}

/// By question and report, what the report does with the question, and its answer.
type Cells = BTreeMap<(NamedNode, NamedNode), (State, NamedNode)>;

/// What each report does with each question, and the answer that shows it.
fn cells(graph: &Graph, form: &NamedNode, reports: &[(&NamedNode, &Column)]) -> Result<Cells, Problem> {
    let contradictory = contradictory(graph)?;
    let mut cells = Cells::new();
    for row in &graph.rows(ANSWERED, &[("this", form.clone().into())])? {
        let (Some(question), Some(report), Some(answer)) =
            (facts::iri(row, "question"), facts::iri(row, "report"), facts::iri(row, "answer"))
        else {
            continue;
        };
        let said = matches!(row.get("said"), Some(Term::Literal(said)) if said.value() == "true");
        let against = contradictory.contains(answer.as_str());
        let state = if against {
            State::Contradictory
        } else if said {
            State::Answered
        } else {
            State::Empty
        };
        if reports.iter().any(|(known, _)| *known == report) {
            let cell = cells.entry((question.clone(), report.clone())).or_insert_with(|| (state, answer.clone()));
            if cell.0 < state {
                *cell = (state, answer.clone());
            }
        }
    }
    Ok(cells)
}

/// The answers that say two things of the same, as the published question finds them.
fn contradictory(graph: &Graph) -> Result<BTreeSet<String>, Problem> {
    let Ok(query) = published::find(CONTRADICTIONS) else { return Ok(BTreeSet::new()) };
    let Outcome::Rows(table) = published::answer(graph, query, &[])? else { return Ok(BTreeSet::new()) };
    let at = |name: &str| table.variables.iter().position(|variable| variable.as_str() == name);
    let text = |row: &[Option<Term>], name: &str| match at(name).and_then(|at| row.get(at)?.clone()) {
        Some(Term::Literal(literal)) => Some(literal.value().to_owned()),
        _ => None,
    };
    let answers = table.rows.iter().flat_map(|row| {
        let report = text(row, "report").unwrap_or_default();
        ["answer", "otherAnswer"]
            .into_iter()
            .filter_map(move |name| Some(format!("{BASE}id/answer/{report}/{}", text(row, name)?)))
    });
    Ok(answers.collect())
}
