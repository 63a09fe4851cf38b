//! Times and reports as limits of a question.

use super::dates::Span;
use super::lattice::Books;
use super::meaning::{Cond, Noun, Pick};
use super::plan::{Compiler, named};
use super::relations::Relation;
use super::sorts;
use super::sparql::{Group, Place, string};
use super::vocabulary::ReportEntry;
use crate::model::vocab::{BASE, class, expand};
use oxigraph::model::{NamedNode, Term};

/// Things that have a time of their own: a year beside them is theirs, and not that of the report.
fn has_own_time(noun: &Noun) -> bool {
    let timed =
        ["flg:TrainingActivity", "flg:Meeting", "flg:Report"].iter().filter_map(|name| sorts::named(name)).fold(0, |a, b| a | b);
    noun.sorts & !timed == 0
}

/// Whether a relation lies in an event with a time of its own: a year beside it is the event's.
pub(super) fn lies_in_time(relation: &Relation) -> bool {
    let timed = [class::TRAINING_ACTIVITY, class::MEETING];
    relation.date.is_some() && relation.event.as_ref().is_some_and(|event| timed.contains(&event.as_ref()))
}

/// Whether something said of a thing lies in such an event.
fn has_timed_event(noun: &Noun, books: Books<'_>) -> bool {
    noun.conds.iter().any(|cond| match cond {
        Cond::Link { relation, .. } => books.relations.all.get(*relation).is_some_and(lies_in_time),
        _ => false,
    })
}

/// The reports that a question is about; none if about all.
pub(super) fn reports(noun: &Noun, books: Books<'_>) -> Option<Vec<String>> {
    let mut limits = Vec::new();
    gather(noun, books, &mut limits);
    if limits.is_empty() {
        return None;
    }
    let fits = |report: &ReportEntry| limits.iter().all(|limit| limit.fits(report, books));
    let found: Vec<String> =
        books.vocabulary.reports.iter().filter(|report| fits(report)).map(|report| report.id.clone()).collect();
    Some(found)
}

enum Limit<'a> {
    Years(&'a Span),
    Report(&'a Noun),
}

fn gather<'a>(noun: &'a Noun, books: Books<'_>, limits: &mut Vec<Limit<'a>>) {
    for cond in &noun.conds {
        gather_cond(noun, cond, books, limits);
    }
}

fn gather_cond<'a>(noun: &'a Noun, cond: &'a Cond, books: Books<'_>, limits: &mut Vec<Limit<'a>>) {
    match cond {
        Cond::Time(span) if !has_own_time(noun) && !has_timed_event(noun, books) => limits.push(Limit::Years(span)),
        Cond::Scope(report) => limits.push(Limit::Report(report)),
        Cond::Link { other, relation, .. } => {
            let before = limits.len();
            gather(other, books, limits);
            // The year beside those who were trained is that of the training.
            if books.relations.all.get(*relation).is_some_and(lies_in_time) && !has_own_time(other) {
                let mut at = 0;
                limits.retain(|limit| {
                    at += 1;
                    at <= before || !matches!(limit, Limit::Years(_))
                });
            }
        }
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|cond| gather_cond(noun, cond, books, limits)),
        Cond::Per(cond) => gather_cond(noun, cond, books, limits),
        Cond::Time(_) | Cond::Unsaid(_) | Cond::Except(_) | Cond::Among(_) | Cond::Answered(_) => {}
    }
}

impl Limit<'_> {
    fn fits(&self, report: &ReportEntry, books: Books<'_>) -> bool {
        match self {
            Self::Years(span) => within(report.year, span),
            Self::Report(noun) => meets(noun, report, books),
        }
    }
}

fn within(year: Option<i32>, span: &Span) -> bool {
    let (from, to) = span.years();
    year.is_some_and(|year| from.is_none_or(|from| from <= year) && to.is_none_or(|to| year <= to))
}

/// Whether a report is one of those described: by name, country, year, publisher.
pub(super) fn meets(noun: &Noun, report: &ReportEntry, books: Books<'_>) -> bool {
    let iri = |bearer: &usize| books.vocabulary.entities.get(*bearer).map(|entity| entity.iri.clone());
    let names: Vec<NamedNode> = named(noun).iter().filter_map(iri).collect();
    if !names.is_empty() && !names.contains(&report.iri) {
        return false;
    }
    noun.conds.iter().all(|cond| match cond {
        Cond::Time(span) => within(report.year, span),
        Cond::Link { relation, left: true, other, not, .. } => {
            let names: Vec<NamedNode> = named(other).iter().filter_map(iri).collect();
            let id = books.relations.all.get(*relation).map(|relation| relation.id.as_str());
            let found = match id {
                Some("about-country") => {
                    names.is_empty() || report.country.as_ref().is_some_and(|country| names.contains(country))
                }
                Some("publisher") => {
                    names.is_empty() || report.publisher.as_ref().is_some_and(|publisher| names.contains(publisher))
                }
                _ => true,
            };
            found != *not
        }
        _ => true,
    })
}

/// That no report of those described mentions things.
pub(super) fn unsaid(compiler: &mut Compiler<'_>, noun: &Noun, place: &Place, body: &mut Group) {
    let books = compiler.books;
    let all = books.vocabulary.reports.iter().filter(|report| meets(noun, report, books));
    let graphs: Vec<Term> =
        all.map(|report| NamedNode::new_unchecked(format!("{BASE}graph/source/{}", report.id)).into()).collect();
    let (graph, kind) = (compiler.variable("silent"), compiler.variable("kind"));
    let mut group = body.inner();
    group.among(&graph, &graphs);
    group.triple(place, "a", &Place::Variable(kind), Some(&graph));
    body.not_exists(&group);
}

/// That things are of a time.
pub(super) fn during(compiler: &mut Compiler<'_>, noun: &Noun, place: &Place, span: &Span, body: &mut Group) {
    if !has_own_time(noun) {
        return;
    }
    happened(compiler, noun, place, span, body);
}

/// That an event, or a report, is of a time.
pub(super) fn happened(compiler: &mut Compiler<'_>, noun: &Noun, place: &Place, span: &Span, body: &mut Group) {
    if noun.sorts == sorts::of_class(class::REPORT.as_str()) {
        let year = compiler.variable("year");
        body.triple(place, "flg:referenceYear", &Place::Variable(year.clone()), None);
        bounded(&year, span, body);
        return;
    }
    let (start, end) = (compiler.variable("start"), compiler.variable("end"));
    let graph = compiler.facts_graph(body);
    body.triple(place, "flg:startDate", &Place::Variable(start.clone()), graph.as_deref());
    let mut optional = body.inner();
    optional.triple(place, "flg:endDate", &Place::Variable(end.clone()), None);
    body.optional(&optional);
    if let Some(to) = &span.to {
        body.filter(&format!("SUBSTR(STR(?{start}), 1, {}) <= {}", to.len(), string(to)));
    }
    if let Some(from) = &span.from {
        body.filter(&format!("SUBSTR(STR(COALESCE(?{end}, ?{start})), 1, {}) >= {}", from.len(), string(from)));
    }
    if let Some(property) = expand("flg:startDate") {
        compiler.witness(place, &Place::iri(&property), &Place::Variable(start));
    }
}

/// That a date lies in a stretch of time.
pub(super) fn bounded(date: &str, span: &Span, body: &mut Group) {
    if let Some(from) = &span.from {
        body.filter(&format!("SUBSTR(STR(?{date}), 1, {}) >= {}", from.len(), string(from)));
    }
    if let Some(to) = &span.to {
        body.filter(&format!("SUBSTR(STR(?{date}), 1, {}) <= {}", to.len(), string(to)));
    }
}

/// That questions are answered by a report, or are not.
pub(super) fn answered(compiler: &mut Compiler<'_>, place: &Place, answered: bool, body: &mut Group) {
    let (report, form, answer, text) =
        (compiler.variable("report"), compiler.variable("form"), compiler.variable("answer"), compiler.variable("text"));
    if let Some(ids) = compiler.reports.clone() {
        let all: Vec<Term> = ids.iter().map(|id| NamedNode::new_unchecked(format!("{BASE}id/report/{id}")).into()).collect();
        body.values(&report, &all);
    }
    let variable = |name: &str| Place::Variable(name.to_owned());
    body.triple(&variable(&report), "a", &Place::Term(class::REPORT.into_owned().into()), None);
    body.triple(&variable(&report), "flg:ofForm", &variable(&form), None);
    body.triple(place, "flg:ofForm", &variable(&form), None);
    body.triple(place, "a", &Place::Term(class::QUESTION.into_owned().into()), None);
    // Without a position of its own, it is asked only where an option was chosen.
    let position = compiler.variable("position");
    body.triple(place, "schema:position", &variable(&position), None);
    let mut group = body.inner();
    group.triple(&variable(&answer), "flg:question", place, None);
    group.triple(&variable(&answer), "flg:inReport", &variable(&report), None);
    group.triple(&variable(&answer), "flg:text|flg:boolean", &variable(&text), None);
    if answered {
        body.append(&group);
    } else {
        body.not_exists(&group);
    }
}

/// Writes that things are the largest or latest of those that a pattern describes: all that are first.
pub(super) fn first_of(compiler: &mut Compiler<'_>, noun: &Noun, place: &Place, pick: Pick, things: &Group, body: &mut Group) {
    let mut group = body.inner();
    group.append(things);
    let Some(value) = own_value(compiler, noun, place, pick, &mut group) else { return };
    let top = compiler.variable("top");
    // Dates are as precise as the text: they are compared as they are written.
    let dated = matches!(pick, Pick::Latest | Pick::Earliest);
    let expression = if dated { format!("STR(?{value})") } else { format!("?{value}") };
    let function = if matches!(pick, Pick::Fewest | Pick::Smallest | Pick::Earliest) { "MIN" } else { "MAX" };
    body.sub_select(&format!("({function}({expression}) AS ?{top})"), &group, "");
    body.append(&group);
    body.filter(&format!("{expression} = ?{top}"));
}

/// The variable of the value by which things are the largest or latest of their kind.
pub(super) fn own_value(compiler: &mut Compiler<'_>, noun: &Noun, root: &Place, pick: Pick, body: &mut Group) -> Option<String> {
    let property = super::link::own_property(noun, pick)?;
    let value = compiler.variable("value");
    let graph = if property == "flg:referenceYear" { None } else { compiler.facts_graph(body) };
    body.triple(root, property, &Place::Variable(value.clone()), graph.as_deref());
    if let Some(iri) = expand(property) {
        compiler.witness(root, &Place::iri(&iri), &Place::Variable(value.clone()));
    }
    Some(value)
}
