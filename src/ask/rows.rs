//! Runs a plan: rows, their evidence, and the answer in words.

use super::answer::{Answer, Row, Status};
use super::evidence::{self, Evidence, Statement};
use super::meaning::Noun;
use super::plan::{Plan, Shape};
use super::vocabulary::Vocabulary;
use super::{AskError, Asker, Understood, denial, say};
use crate::facts::labels::{best, short};
use crate::facts::terms;
use crate::facts::{self};
use crate::model::vocab::{flg, xsd};
use crate::store::{Request, Store, Table};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeMap, BTreeSet};

/// So many rows of an answer are kept with their evidence; the query gives all.
pub(super) const MOST_ROWS: usize = 1_000;

/// The rows of a query by what they answer with.
pub(super) struct Found {
    /// Each answer with the rows that give it.
    pub(super) groups: Vec<(Term, Vec<BTreeMap<String, Term>>)>,
}

/// Fills an answer from the store.
pub(super) fn fill(
    asker: &Asker<'_>,
    understood: &Understood<'_>,
    noun: &Noun,
    plan: &Plan,
    mut answer: Answer,
) -> Result<Answer, AskError> {
    answer.query = Some(plan.query.clone());
    if plan.shape == Shape::About {
        return about(asker, understood, plan, answer);
    }
    if let Shape::Compared(comparison) = &plan.shape {
        return super::compare::fill(asker, understood, noun, plan, comparison, answer);
    }
    if plan.shape == Shape::Numbers {
        return super::numbers::fill(asker, understood, noun, plan, answer);
    }
    let found = run(asker, plan)?;
    if found.groups.is_empty() {
        return denial::empty(asker, understood, noun, plan, answer);
    }
    let lang = understood.books.lexicon.lang;
    let words = understood.books.lexicon.words;
    let mut rows = Vec::new();
    let evidence = evidence_of(asker, plan, &found)?;
    let labels = labels(asker, &found, lang)?;
    for (term, bindings) in found.groups.iter().take(MOST_ROWS) {
        rows.push((term.clone(), bindings, row(asker, term, bindings, plan, &evidence, &labels, lang)?));
    }
    let number = |bindings: &[BTreeMap<String, Term>]| -> serde_json::Value {
        let variable = plan.number.as_deref().unwrap_or_default();
        match summed(plan, bindings) {
            Some(sum) => as_json(sum),
            None => bindings.iter().filter_map(|row| row.get(variable)).map(evidence::key).collect::<BTreeSet<_>>().len().into(),
        }
    };
    answer.status = Status::Answered;
    match &plan.shape {
        Shape::YesNo => {
            let all = merged(rows.into_iter().map(|(_, _, row)| row.evidence));
            let yes = words.say.get("yes").cloned().unwrap_or_default();
            answer.sentence = format!("{yes}.");
            answer.answers = vec![Row { label: yes, iri: None, value: Some(true.into()), evidence: all, ..Row::default() }];
        }
        Shape::Count => {
            let count = found.groups.len();
            let names: Vec<String> = rows.iter().map(|(_, _, row)| row.label.clone()).collect();
            let all = merged(rows.into_iter().map(|(_, _, row)| row.evidence.into_iter().take(2).collect()));
            answer.sentence = say::filled(words, "count", &[("number", count.to_string()), ("items", say::list(&names, words))]);
            answer.answers =
                vec![Row { label: count.to_string(), iri: None, value: Some(count.into()), evidence: all, ..Row::default() }];
        }
        Shape::Sum { mean } => sum(&found, rows.into_iter().map(|(_, _, row)| row.evidence), plan, *mean, &mut answer, words),
        Shape::Grouped => {
            answer.answers = rows.into_iter().map(|(_, bindings, row)| Row { value: Some(number(bindings)), ..row }).collect();
            answer.answers.sort_by(|a, b| as_number(b).total_cmp(&as_number(a)).then_with(|| a.label.cmp(&b.label)));
            answer.sentence = say::rows(&answer.answers, words);
        }
        Shape::Extreme => {
            extreme(&plan.query, rows, plan, &mut answer, words);
            // The query ranks all of them; those that are meant come first.
            answer.query = Some(format!("{}\nLIMIT {}", plan.query, answer.answers.len()));
        }
        Shape::List | Shape::About | Shape::Compared(_) | Shape::Numbers => {
            answer.answers = rows.into_iter().map(|(_, _, row)| row).collect();
            answer.answers.sort_by_cached_key(|row| crate::model::id::fold(&row.label));
            answer.sentence = say::rows(&answer.answers, words);
        }
    }
    Ok(answer)
}

/// Asks the store, and gathers the rows by what they answer with.
pub(super) fn run(asker: &Asker<'_>, plan: &Plan) -> Result<Found, AskError> {
    let table = asker.store.table(&Request::new(&plan.detail).limited(asker.limits))?;
    Ok(grouped(&table, &plan.focus))
}

fn grouped(table: &Table, focus: &str) -> Found {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<(Term, Vec<BTreeMap<String, Term>>)> = Vec::new();
    for row in &table.rows {
        let bound = evidence::bound(table, row);
        let Some(term) = bound.get(focus).cloned() else { continue };
        let place = *places.entry(evidence::key(&term)).or_insert_with(|| {
            groups.push((term.clone(), Vec::new()));
            groups.len() - 1
        });
        if let Some((_, rows)) = groups.get_mut(place) {
            rows.push(bound);
        }
    }
    groups.sort_by_cached_key(|(term, _)| evidence::key(term));
    Found { groups }
}

/// The statements that bear out some rows.
pub(super) fn statements(plan: &Plan, rows: &[BTreeMap<String, Term>]) -> BTreeSet<Statement> {
    let of = |row: &BTreeMap<String, Term>| -> Vec<Statement> {
        let part = |place| evidence::at(place, row);
        plan.witnesses
            .iter()
            .filter_map(|w| Some(Statement::new(&part(&w.subject)?, &part(&w.property)?, &part(&w.value)?)))
            .collect()
    };
    rows.iter().flat_map(of).collect()
}

pub(super) type Quotes = std::collections::HashMap<Statement, Vec<Evidence>>;

fn evidence_of(asker: &Asker<'_>, plan: &Plan, found: &Found) -> Result<Quotes, AskError> {
    let mut all = BTreeSet::new();
    for (_, rows) in found.groups.iter().take(MOST_ROWS) {
        all.extend(statements(plan, rows));
    }
    Ok(evidence::of(asker.store, &all, plan.reports.as_deref())?)
}

pub(super) type Labels = BTreeMap<String, String>;

/// Labels of what has no name in the vocabulary: answers, questions.
fn labels(asker: &Asker<'_>, found: &Found, lang: &str) -> Result<Labels, AskError> {
    let mut all = Labels::new();
    for (term, _) in found.groups.iter().take(MOST_ROWS) {
        if let Term::NamedNode(iri) = term
            && asker.vocabulary.place(iri.as_str()).is_none()
        {
            let graph: &dyn Store = asker.store;
            let names = facts::names_of(graph, iri)?;
            all.insert(iri.as_str().to_owned(), best(&names, lang).map_or_else(|| short(iri), |(_, label)| label.clone()));
        }
    }
    Ok(all)
}

/// What a thing is called.
pub(super) fn label(vocabulary: &Vocabulary, iri: NamedNodeRef<'_>, lang: &str) -> Option<String> {
    let entity = vocabulary.place(iri.as_str()).and_then(|at| vocabulary.entities.get(at))?;
    best(&entity.labels, lang).map(|(_, label)| label.clone())
}

/// The row of something, with its evidence.
pub(super) fn row(
    asker: &Asker<'_>,
    term: &Term,
    bindings: &[BTreeMap<String, Term>],
    plan: &Plan,
    quotes: &Quotes,
    labels: &Labels,
    lang: &str,
) -> Result<Row, AskError> {
    let mut evidence = evidence::of_row(&statements(plan, bindings), quotes);
    Ok(match term {
        Term::NamedNode(iri) => {
            if evidence.is_empty() {
                evidence = evidence::about(asker.store, iri, plan.reports.as_deref(), 2)?;
            }
            let label = label(asker.vocabulary, iri.as_ref(), lang).or_else(|| labels.get(iri.as_str()).cloned());
            let label = label.unwrap_or_else(|| terms::label(iri.as_ref(), lang));
            Row { label, iri: Some(iri.as_str().to_owned()), value: None, evidence, ..Row::default() }
        }
        Term::Literal(literal) => {
            let currency = bindings
                .iter()
                .find_map(|row| row.iter().find(|(name, _)| name.starts_with("currency")).map(|(_, term)| term.clone()));
            let currency = match currency {
                Some(Term::Literal(code)) => format!(" {}", code.value()),
                _ => String::new(),
            };
            let value = json(literal);
            Row { label: format!("{}{currency}", literal.value()), iri: None, value: Some(value), evidence, ..Row::default() }
        }
        Term::BlankNode(node) => Row { label: node.to_string(), iri: None, value: None, evidence, ..Row::default() },
    })
}

/// A literal as JSON: numbers and booleans as such, all else as text.
fn json(literal: &oxigraph::model::Literal) -> serde_json::Value {
    let text = literal.value();
    if literal.datatype() == xsd::INTEGER || literal.datatype() == xsd::DECIMAL {
        if let Ok(number) = text.parse::<i64>() {
            return number.into();
        }
        if let Ok(number) = text.parse::<f64>() {
            return number.into();
        }
    }
    if literal.datatype() == xsd::BOOLEAN {
        return matches!(text, "true" | "1").into();
    }
    text.into()
}

/// The sum of a value over the things that it is told of, each once; none if nothing is summed up.
fn summed(plan: &Plan, bindings: &[BTreeMap<String, Term>]) -> Option<f64> {
    let (of, value) = (plan.summed.as_deref()?, plan.number.as_deref()?);
    let each: BTreeSet<(String, String)> =
        bindings.iter().filter_map(|row| Some((evidence::key(row.get(of)?), plain(row.get(value)?)))).collect();
    Some(each.iter().filter_map(|(_, value)| value.parse::<f64>().ok()).sum())
}

/// A number as JSON: a whole one without a fraction.
fn as_json(number: f64) -> serde_json::Value {
    let shown = format!("{number:.0}");
    shown.parse::<i64>().ok().filter(|_| number.fract() == 0.0).map_or_else(|| number.into(), Into::into)
}

fn as_number(row: &Row) -> f64 {
    row.value.as_ref().and_then(serde_json::Value::as_f64).unwrap_or(0.0)
}

pub(super) fn merged(all: impl Iterator<Item = Vec<Evidence>>) -> Vec<Evidence> {
    const MOST: usize = 40;
    let mut found: Vec<Evidence> = Vec::new();
    for evidence in all.flatten() {
        if found.len() < MOST && !found.iter().any(|old| old.quote == evidence.quote && old.report == evidence.report) {
            found.push(evidence);
        }
    }
    found
}

/// The sum or mean of a value, each thing's once.
fn sum(
    found: &Found,
    evidence: impl Iterator<Item = Vec<Evidence>>,
    plan: &Plan,
    mean: bool,
    answer: &mut Answer,
    words: &super::words::Words,
) {
    let variable = plan.number.as_deref().unwrap_or(&plan.focus);
    let mut values: Vec<f64> = Vec::new();
    let mut seen = BTreeSet::new();
    for (term, rows) in &found.groups {
        for row in rows {
            if let Some(Term::Literal(value)) = row.get(variable)
                && seen.insert((evidence::key(term), value.value().to_owned(), subject_of(plan, row)))
                && let Ok(number) = value.value().parse::<f64>()
            {
                values.push(number);
            }
        }
    }
    let total: f64 = values.iter().sum();
    let count = u32::try_from(values.len()).map_or(1.0, f64::from).max(1.0);
    let value = if mean { total / count } else { total };
    let shown = if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") };
    let number: serde_json::Value = shown.parse::<i64>().map_or_else(|_| value.into(), Into::into);
    answer.sentence = say::filled(words, "sum", &[("number", shown.clone()), ("count", values.len().to_string())]);
    answer.answers = vec![Row { label: shown, iri: None, value: Some(number), evidence: merged(evidence), ..Row::default() }];
}

/// The thing that a value of the last witness belongs to, so that two things with the same value count twice.
fn subject_of(plan: &Plan, row: &BTreeMap<String, Term>) -> String {
    plan.witnesses.last().and_then(|w| evidence::at(&w.subject, row)).map(|term| evidence::key(&term)).unwrap_or_default()
}

type Rows<'a> = Vec<(Term, &'a Vec<BTreeMap<String, Term>>, Row)>;

/// The first rows: those whose number or value is the largest, or the smallest.
fn extreme(query: &str, rows: Rows<'_>, plan: &Plan, answer: &mut Answer, words: &super::words::Words) {
    let variable = plan.number.as_deref().unwrap_or_default();
    let counts = query.contains("COUNT(DISTINCT");
    let down = query.contains("ORDER BY DESC");
    let mut ranked: Vec<(f64, Row)> = Vec::new();
    for (_, bindings, mut row) in rows {
        if let Some(sum) = summed(plan, bindings) {
            row.value = Some(as_json(sum));
            ranked.push((sum, row));
            continue;
        }
        let values: BTreeSet<String> = bindings.iter().filter_map(|b| b.get(variable)).map(plain).collect();
        let rank = if counts {
            u32::try_from(values.len()).map_or(0.0, f64::from)
        } else {
            let ranks = values.iter().map(|value| rank(value));
            if down { ranks.fold(f64::MIN, f64::max) } else { ranks.fold(f64::MAX, f64::min) }
        };
        row.value = Some(if counts {
            values.len().into()
        } else {
            let shown = values.iter().find(|value| (self::rank(value) - rank).abs() < f64::EPSILON).cloned().unwrap_or_default();
            shown.parse::<i64>().map_or_else(|_| shown.clone().into(), Into::into)
        });
        ranked.push((rank, row));
    }
    let ranks = ranked.iter().map(|(rank, _)| *rank);
    let top = if down { ranks.fold(f64::MIN, f64::max) } else { ranks.fold(f64::MAX, f64::min) };
    ranked.retain(|(rank, _)| (rank - top).abs() < f64::EPSILON * top.abs().max(1.0));
    answer.answers = ranked.into_iter().map(|(_, row)| row).collect();
    answer.answers.sort_by(|a, b| a.label.cmp(&b.label));
    answer.sentence = say::rows(&answer.answers, words);
}

fn plain(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => evidence::key(other),
    }
}

/// A number, or a date as the number of its days, near enough for order.
fn rank(text: &str) -> f64 {
    if let Ok(number) = text.parse::<f64>() {
        return number * if text.len() == 4 { 372.0 } else { 1.0 };
    }
    let mut parts = text.split('-').map(|part| part.parse::<f64>().unwrap_or(0.0));
    let (year, month, day) = (parts.next().unwrap_or(0.0), parts.next().unwrap_or(0.0), parts.next().unwrap_or(0.0));
    year * 372.0 + month * 31.0 + day
}

/// What is known of a named thing: one row, with what it is and the quotes in which reports tell of it.
fn about(asker: &Asker<'_>, understood: &Understood<'_>, plan: &Plan, mut answer: Answer) -> Result<Answer, AskError> {
    const QUOTES: usize = 12;
    let lang = understood.books.lexicon.lang;
    let words = understood.books.lexicon.words;
    let mut sentences = Vec::new();
    for (bearer, _) in &plan.names {
        let Some(entity) = asker.vocabulary.entities.get(*bearer) else { continue };
        let name = label(asker.vocabulary, entity.iri.as_ref(), lang).unwrap_or_else(|| short(&entity.iri));
        let kinds: Vec<String> = super::sorts::iris(entity.sorts)
            .into_iter()
            .filter(|kind| super::sorts::is_class(kind))
            .map(|kind| terms::label(NamedNodeRef::new_unchecked(kind), lang))
            .collect();
        let graph: &dyn Store = asker.store;
        let told = facts_in_words(graph, &entity.iri, lang)?;
        let evidence = evidence::about(asker.store, &entity.iri, plan.reports.as_deref(), QUOTES)?;
        let kind = kinds.join(", ");
        let mut sentence = if kind.is_empty() {
            format!("{name}.")
        } else {
            say::filled(words, "is-a", &[("name", name.clone()), ("kind", kind.clone())])
        };
        for fact in &told {
            sentence.push(' ');
            sentence.push_str(fact);
        }
        sentences.push(sentence);
        let value = if kind.is_empty() { None } else { Some(kind.into()) };
        answer.answers.push(Row { label: name, iri: Some(entity.iri.as_str().to_owned()), value, evidence, ..Row::default() });
    }
    answer.status = Status::Answered;
    answer.sentence = sentences.join("\n");
    Ok(answer)
}

/// The facts of a thing that the ontology's own properties tell, a sentence for each property.
fn facts_in_words(graph: &dyn Store, iri: &NamedNode, lang: &str) -> Result<Vec<String>, AskError> {
    const FACTS: usize = 8;
    const VALUES: usize = 5;
    let statements = facts::outgoing(graph, iri)?;
    let groups = facts::group::grouped(&statements, &[], facts::group::Side::Subject, lang);
    let own = groups.into_iter().filter(|group| {
        let property = group.property.as_str();
        let names = [flg::ACRONYM, flg::STATUS, flg::TEXT].contains(&group.property.as_ref());
        (property.starts_with(flg::NS) || property.starts_with(crate::model::vocab::org::NS)) && !names
    });
    let sentence = |group: facts::group::Group<'_>| {
        let values: Vec<String> = group.facts.iter().take(VALUES).map(|fact| fact.text.clone()).collect();
        format!("{}: {}.", group.label, values.join("; "))
    };
    Ok(own.take(FACTS).map(sentence).collect())
}
