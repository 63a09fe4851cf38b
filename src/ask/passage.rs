//! Questions about what reports say and how they differ: what a report says about something, what changed between two years.

use super::answer::{Answer, Row, Status};
use super::dates;
use super::evidence::Evidence;
use super::lattice::{Lattice, Value, matches};
use super::meaning::{Head, Words};
use super::sorts::{self, Sorts};
use super::sparql::{Group, Place, select};
use super::tokens::Token;
use super::topic::Topic;
use super::vocabulary::ReportEntry;
use super::words::{group, phrases};
use super::{AskError, Asker, Read, Understood, reading, say};
use crate::facts;
use crate::facts::labels::best;
use crate::model::vocab::{BASE, class, flg};
use crate::store::{Request, Store};
use oxigraph::model::{NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};

/// A question about reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Passage {
    /// What reports say about some words.
    About {
        /// Where the words of the topic begin.
        from: usize,
        /// The reports; none for all.
        reports: Vec<String>,
        /// How the words that say which reports were read.
        read: Vec<Read>,
    },
    /// What stands in a part of reports: what they recommend.
    Part {
        /// The question of their form that the part answers, and the words that ask for it.
        question: (NamedNode, Words),
        /// Where the words of a topic begin, if it is about one.
        from: Option<usize>,
        /// The reports.
        reports: Vec<String>,
        /// How all but the topic was read.
        read: Vec<Read>,
    },
    /// What is different between two years.
    Changed {
        /// The reports of the former and those of the latter year.
        reports: (Vec<String>, Vec<String>),
        /// The years.
        years: (i32, i32),
        /// The kinds of things that are asked about.
        kinds: Sorts,
    },
}

/// The question about reports that some words are, if they are one.
pub(super) fn find(understood: &Understood<'_>) -> Option<Passage> {
    changed(understood).or_else(|| about(understood)).or_else(|| super::part::find(understood))
}

/// Phrases of a group, and where they stand.
pub(super) fn places(tokens: &[Token], patterns: &[String]) -> Vec<Words> {
    let all = phrases(patterns);
    let mut found: Vec<Words> = (0..tokens.len())
        .filter_map(|at| {
            all.iter().filter(|words| matches(tokens, at, words)).map(|words| (at, at + words.len())).max_by_key(|w| w.1)
        })
        .collect();
    found.sort_unstable();
    found
}

/// "What does Mexico's report say about statistics?"
fn about(understood: &Understood<'_>) -> Option<Passage> {
    let words = understood.books.lexicon.words;
    let says = places(&understood.tokens, group(&words.passage, "say"));
    let ons = places(&understood.tokens, group(&words.passage, "on"));
    // "Of" may stand in what the report is called; the last of the other words begins the topic.
    let is_of = |on: &Words| phrases(&words.of).iter().any(|of| of.len() == on.1 - on.0 && matches(&understood.tokens, on.0, of));
    let (weak, strong): (Vec<&Words>, Vec<&Words>) = ons.iter().partition(|on| is_of(on));
    let topics: Vec<&Words> = strong.into_iter().rev().chain(weak).collect();
    for (say, on) in says.iter().flat_map(|say| topics.iter().map(move |on| (say, *on))) {
        if on.0 < say.1 || on.1 >= understood.tokens.len() {
            continue;
        }
        // Before the topic, nothing but a question word, the report, and whose and when it is.
        let outer: Vec<usize> = (0..on.0).filter(|at| !(say.0..say.1).contains(at)).collect();
        let Some(limits) = limits(understood, &outer).filter(|limits| limits.report || !limits.countries.is_empty()) else {
            continue;
        };
        let reports = limits.reports(understood);
        let reports = reports.iter().map(|report| report.id.clone()).collect();
        return Some(Passage::About { from: on.1, reports, read: limits.read(understood) });
    }
    None
}

/// "What changed in Mexico between 2020 and 2021?"
fn changed(understood: &Understood<'_>) -> Option<Passage> {
    let words = understood.books.lexicon.words;
    let changes = places(&understood.tokens, group(&words.passage, "changed"));
    let change = changes.first()?;
    let (from, to) = two_years(&dates::find(&understood.tokens, words))?;
    let outer: Vec<usize> = (0..understood.tokens.len()).filter(|at| !(change.0..change.1).contains(at)).collect();
    let limits = limits(understood, &outer)?;
    let of = |year: i32| -> Vec<&ReportEntry> {
        let all = understood.books.vocabulary.reports.iter();
        all.filter(|report| report.year == Some(year) && limits.fits_country(report)).collect()
    };
    let (former, latter) = (of(from), of(to));
    // Only reports of the same form, on the same country, can be compared.
    let pair = |report: &ReportEntry, others: &[&ReportEntry]| {
        others.iter().any(|o| o.form == report.form && o.country == report.country)
    };
    let ids = |all: &[&ReportEntry], others: &[&ReportEntry]| -> Vec<String> {
        all.iter().filter(|report| pair(report, others)).map(|report| report.id.clone()).collect()
    };
    Some(Passage::Changed { reports: (ids(&former, &latter), ids(&latter, &former)), years: (from, to), kinds: limits.kinds })
}

/// The two years that a question sets against each other: the ends of a stretch, or the only two that it names.
fn two_years(times: &[(usize, usize, dates::Span)]) -> Option<(i32, i32)> {
    let years = |(_, _, span): &(usize, usize, dates::Span)| match span.years() {
        (Some(from), Some(to)) => Some((from, to)),
        _ => None,
    };
    let longest = times.iter().max_by_key(|(start, end, _)| end - start).and_then(years);
    if let Some((from, to)) = longest.filter(|(from, to)| from != to) {
        return Some((from, to));
    }
    let named: BTreeSet<i32> = times.iter().filter_map(years).flat_map(|(from, to)| [from, to]).collect();
    match named.into_iter().collect::<Vec<_>>().as_slice() {
        [from, to] => Some((*from, *to)),
        _ => None,
    }
}

/// What limits a question about reports.
#[derive(Debug, Default)]
pub(super) struct Limits {
    report: bool,
    countries: Vec<NamedNode>,
    publishers: Vec<NamedNode>,
    years: Vec<(Option<i32>, Option<i32>)>,
    kinds: Sorts,
    /// The words that say so, each with what they mean.
    words: Vec<(Words, String, Option<String>)>,
}

impl Limits {
    /// How the words were read, in their order.
    pub(super) fn read(&self, understood: &Understood<'_>) -> Vec<Read> {
        let mut words = self.words.clone();
        words.sort();
        let read = |(words, meaning, iri)| Read { text: reading::text(understood, words).to_owned(), meaning, iri };
        words.into_iter().map(read).collect()
    }
    fn fits_country(&self, report: &ReportEntry) -> bool {
        self.countries.is_empty() || report.country.as_ref().is_some_and(|country| self.countries.contains(country))
    }
    pub(super) fn reports<'a>(&self, understood: &'a Understood<'_>) -> Vec<&'a ReportEntry> {
        let in_time = |year: Option<i32>| {
            self.years.iter().all(|(from, to)| year.is_some_and(|y| from.is_none_or(|f| f <= y) && to.is_none_or(|t| y <= t)))
        };
        let published = |report: &ReportEntry| {
            self.publishers.is_empty() || report.publisher.as_ref().is_some_and(|publisher| self.publishers.contains(publisher))
        };
        let all = understood.books.vocabulary.reports.iter();
        all.filter(|report| self.fits_country(report) && in_time(report.year) && published(report)).collect()
    }
}

/// What the words say of the reports; none if a word of them says anything else.
pub(super) fn limits(understood: &Understood<'_>, words: &[usize]) -> Option<Limits> {
    let report = sorts::named("flg:Report")?;
    let country = sorts::of_class(class::COUNTRY.as_str());
    let mut limits = Limits::default();
    let mut covered: BTreeSet<usize> = BTreeSet::new();
    let inside = |start: usize, end: usize| (start..end).all(|at| words.contains(&at));
    let lattice: &Lattice = &understood.lattice;
    let mut edges: Vec<_> = lattice.edges.iter().filter(|edge| inside(edge.start, edge.end)).collect();
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.end - edge.start));
    for edge in edges {
        if (edge.start..edge.end).any(|at| covered.contains(&at)) {
            continue;
        }
        let takes = match &edge.value {
            Value::Noun(noun) => match &noun.head {
                Head::Type(_) if noun.sorts & report != 0 => {
                    limits.report = true;
                    true
                }
                Head::Type(_) => {
                    limits.kinds |= noun.sorts;
                    true
                }
                Head::Name(bearers) => {
                    let all = &understood.books.vocabulary.entities;
                    let entity =
                        bearers.iter().filter_map(|b| all.get(*b)).find(|e| e.sorts & (country | sorts::organizations()) != 0);
                    match entity {
                        Some(entity) if entity.sorts & country != 0 => limits.countries.push(entity.iri.clone()),
                        Some(entity) => limits.publishers.push(entity.iri.clone()),
                        None => {}
                    }
                    if let Some(entity) = entity {
                        let label = best(&entity.labels, understood.books.lexicon.lang).map(|(_, label)| label.clone());
                        let iri = entity.iri.as_str().to_owned();
                        limits.words.push(((edge.start, edge.end), label.unwrap_or_else(|| iri.clone()), Some(iri)));
                    }
                    entity.is_some()
                }
                Head::Time(span) => {
                    limits.years.push(span.years());
                    limits.words.push(((edge.start, edge.end), span.shown(), None));
                    true
                }
                Head::Open => true,
                _ => false,
            },
            Value::Rel(rel) => rel.weak || rel.of || rel.scope,
            Value::Mark(_) => true,
            _ => false,
        };
        if takes {
            covered.extend(edge.start..edge.end);
        }
    }
    let clear = words.iter().all(|at| covered.contains(at) || lattice.droppable.get(*at).copied().unwrap_or(false));
    clear.then_some(limits)
}

/// Answers a question about reports.
pub(super) fn answer(
    asker: &Asker<'_>,
    understood: &Understood<'_>,
    passage: &Passage,
    answer: Answer,
) -> Result<Answer, AskError> {
    match passage {
        Passage::About { from, reports, read } => {
            said(asker, understood, *from, reports, Answer { reading: read.clone(), ..answer })
        }
        Passage::Part { question, from, reports, read } => super::part::answer(
            asker,
            understood,
            (&question.0, question.1, *from),
            reports,
            Answer { reading: read.clone(), ..answer },
        ),
        Passage::Changed { reports, years, kinds } => {
            super::changes::differences(asker, understood, reports, *years, *kinds, answer)
        }
    }
}

/// Answers, rows and sections whose question or words have the topic.
fn said(
    asker: &Asker<'_>,
    understood: &Understood<'_>,
    from: usize,
    reports: &[String],
    mut answer: Answer,
) -> Result<Answer, AskError> {
    let topic = Topic::read(understood, from);
    answer.reading.push(topic.reading(understood));
    let mut body = Group::default();
    let place = |name: &str| Place::Variable(name.to_owned());
    let all: Vec<Term> = reports.iter().map(|id| NamedNode::new_unchecked(format!("{BASE}id/report/{id}")).into()).collect();
    body.values("report", &all);
    body.triple(&place("answer"), "flg:inReport", &place("report"), None);
    body.triple(&place("answer"), "flg:question", &place("question"), None);
    body.triple(&place("answer"), "flg:text", &place("text"), None);
    let mut label = body.inner();
    label.triple(&place("question"), "skos:prefLabel|flg:text|dcterms:title", &place("label"), None);
    body.optional(&label);
    let mut code = body.inner();
    code.triple(&place("answer"), "flg:bracketCode", &place("code"), None);
    body.optional(&code);
    let query = select("?answer ?question ?label ?code ?text", &body, "ORDER BY ?answer");
    let table = asker.store.table(&Request::new(query).limited(asker.limits))?;
    let mut found: BTreeMap<String, (String, String, bool)> = BTreeMap::new();
    let mut codes: BTreeSet<String> = BTreeSet::new();
    for row in &table.rows {
        let [Some(Term::NamedNode(iri)), _, label, code, Some(Term::Literal(text))] = row.as_slice() else { continue };
        let literal = |term: &Option<Term>| match term {
            Some(Term::Literal(text)) => text.value().to_owned(),
            _ => String::new(),
        };
        let (label, code) = (literal(label), literal(code));
        let hit = topic.is_in(text.value()) || topic.is_in(&label);
        if hit && !code.is_empty() {
            codes.insert(code.clone());
        }
        let entry = found.entry(iri.as_str().to_owned()).or_insert_with(|| (text.value().to_owned(), code.clone(), false));
        entry.2 |= hit;
    }
    // A question that only asks to describe what the one before it asked for goes with it: 1.6.1 with 1.6.
    let follows =
        |code: &str| codes.iter().any(|above| code.strip_prefix(above.as_str()).is_some_and(|rest| rest.starts_with('.')));
    for (iri, (text, code, hit)) in found {
        if !hit && !follows(&code) {
            continue;
        }
        answer.answers.extend(row(asker, understood, &iri, text)?);
    }
    answer.query = Some(of_answers(&answer.answers));
    Ok(counted(understood, answer))
}

/// An answer of a report as a row, with its words as its own evidence.
pub(super) fn row(asker: &Asker<'_>, understood: &Understood<'_>, iri: &str, text: String) -> Result<Option<Row>, AskError> {
    let rest = iri.strip_prefix(BASE).and_then(|rest| rest.strip_prefix("id/answer/")).unwrap_or_default();
    let Some((report, key)) = rest.split_once('/') else { return Ok(None) };
    let graph: &dyn Store = asker.store;
    let said = facts::outgoing(graph, &NamedNode::new_unchecked(iri))?;
    let quote = Evidence {
        quote: text.clone(),
        report: report.to_owned(),
        question: Some(key.to_owned()),
        page: facts::labels(&said, flg::PAGE).into_iter().next().and_then(|(_, page)| page.parse().ok()),
        claim: iri.to_owned(),
    };
    let label =
        best(&facts::names(&said), understood.books.lexicon.lang).map_or_else(|| key.to_owned(), |(_, label)| label.clone());
    Ok(Some(Row { label, iri: Some(iri.to_owned()), value: Some(text.into()), evidence: vec![quote], ..Row::default() }))
}

/// The answer with its status, and with how many passages it has.
pub(super) fn counted(understood: &Understood<'_>, mut answer: Answer) -> Answer {
    let words = understood.books.lexicon.words;
    let number = answer.answers.len();
    (answer.status, answer.sentence) = match number {
        0 => (Status::NothingInGraph, say::filled(words, "nothing-in-graph", &[])),
        _ => (Status::Answered, say::filled(words, "passages", &[("number", number.to_string())])),
    };
    answer
}

/// The query for some answers: which words make an answer one of the topic is no matter of the graph.
fn of_answers(rows: &[Row]) -> String {
    let place = |name: &str| Place::Variable(name.to_owned());
    let iris = rows.iter().filter_map(|row| row.iri.as_deref());
    let all: Vec<Term> = iris.map(|iri| NamedNode::new_unchecked(iri).into()).collect();
    let mut body = Group::default();
    body.values("answer", &all);
    body.triple(&place("answer"), "flg:text", &place("text"), None);
    select("DISTINCT ?answer ?text", &body, "ORDER BY ?answer")
}
