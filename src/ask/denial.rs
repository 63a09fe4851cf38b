//! Where a question finds nothing: the report may say itself that there is none, or the graph hold other things near it.

use super::answer::{Answer, Row, Status};
use super::evidence::{self, Evidence};
use super::meaning::{Cond, Head, Noun};
use super::plan::{self, Plan, Shape, named};
use super::sorts::{self, Sorts};
use super::sparql::{Group, Place, name, select};
use super::{AskError, Asker, Understood, rows, say};
use crate::knowledge::lexicon::lexicons;
use crate::model::vocab::{BASE, class};
use crate::store::Request;
use oxigraph::model::{NamedNode, Term};
use regex::Regex;
use std::rc::Rc;
use std::sync::LazyLock;

/// Says why there is no row.
pub(super) fn empty(
    asker: &Asker<'_>,
    understood: &Understood<'_>,
    noun: &Noun,
    plan: &Plan,
    mut answer: Answer,
) -> Result<Answer, AskError> {
    let words = understood.books.lexicon.words;
    if plan.shape == Shape::YesNo
        && let Some(evidence) = contrary(asker, understood, noun, plan)?
    {
        let no = words.say.get("no").cloned().unwrap_or_default();
        answer.status = Status::Answered;
        answer.sentence = format!("{no}.");
        answer.answers = vec![Row { label: no, iri: None, value: Some(false.into()), evidence, ..Row::default() }];
        return Ok(answer);
    }
    let quotes = denied(asker, understood, noun, plan)?;
    if !quotes.is_empty() {
        answer.status = Status::ReportSaysNone;
        answer.sentence =
            say::filled(words, "report-says-none", &[("quote", quotes.first().map(|q| q.quote.clone()).unwrap_or_default())]);
        let no = words.say.get("none").cloned().unwrap_or_default();
        answer.answers = vec![Row { label: no, iri: None, value: None, evidence: quotes, ..Row::default() }];
        return Ok(answer);
    }
    answer.status = Status::NothingInGraph;
    answer.sentence = say::filled(words, "nothing-in-graph", &[]);
    let near = near(asker, understood, noun)?;
    if !near.is_empty() {
        answer.sentence += " ";
        answer.sentence += &say::filled(words, "near", &[("items", say::list(&near, words))]);
        answer.suggestions = near;
    }
    Ok(answer)
}

/// What says the contrary of what was asked: the opposite of an event, or other values of the same property of the same thing.
fn contrary(
    asker: &Asker<'_>,
    understood: &Understood<'_>,
    noun: &Noun,
    wanted: &Plan,
) -> Result<Option<Vec<Evidence>>, AskError> {
    let Some(Cond::Link { relation, left, other, not: false, words }) = noun.conds.first().filter(|_| noun.conds.len() == 1)
    else {
        return Ok(None);
    };
    let Some(found) = understood.books.relations.all.get(*relation) else { return Ok(None) };
    let mut contrary = noun.clone();
    contrary.conds.clear();
    contrary.whether = true;
    let plain = found.event.is_none();
    let anything = Rc::new(Noun::new(Sorts::MAX, Head::Open, *words));
    if other.is_quantity() || other.many.is_some() {
        // Not more than five are at most five.
        let Some(inverted) = other.inverted().filter(|_| noun.is_head_name()) else { return Ok(None) };
        contrary.conds.push(Cond::Link { relation: *relation, left: *left, other: Rc::new(inverted), not: false, words: *words });
    } else if !found.opposite.is_empty() || (found.unless.is_some() && (noun.is_head_name() || !named(other).is_empty())) {
        // The contrary is stated itself, or the thing was to be expected among others.
        contrary.conds.push(Cond::Link { relation: *relation, left: *left, other: Rc::clone(other), not: true, words: *words });
    } else if plain && noun.is_head_name() && named(other).is_empty() {
        return Ok(None);
    } else if plain && *left && noun.is_head_name() {
        contrary.conds.push(Cond::Link { relation: *relation, left: *left, other: anything, not: false, words: *words });
    } else {
        return Ok(None);
    }
    let other = plan::plan(&contrary, understood.books);
    let found = rows::run(asker, &other)?;
    let mut statements = std::collections::BTreeSet::new();
    for (_, bindings) in found.groups.iter().take(20) {
        statements.extend(rows::statements(&other, bindings));
    }
    let quotes = evidence::of(asker.store, &statements, wanted.reports.as_deref())?;
    let all = evidence::of_row(&statements, &quotes);
    Ok((!all.is_empty()).then_some(all))
}

impl Noun {
    /// Whether a name is its head.
    fn is_head_name(&self) -> bool {
        matches!(self.head, Head::Name(_))
    }
}

/// How reports say that there is nothing to say, in whatever language.
static NOTHING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let all: Vec<String> = lexicons().unwrap_or_default().into_iter().flat_map(|lexicon| lexicon.words.nothing).collect();
    Regex::new(&format!(r"^\W*(?:{})\b", all.join("|"))).ok()
});

/// Answers in which a report denies what was asked: a no to the question of its form, or words that say that there is none.
fn denied(asker: &Asker<'_>, understood: &Understood<'_>, noun: &Noun, plan: &Plan) -> Result<Vec<Evidence>, AskError> {
    let mut questions: Vec<NamedNode> = Vec::new();
    for id in &plan.relations {
        let Some(relation) = understood.books.relations.all.get(*id) else { continue };
        for (question, of) in &relation.questions {
            if *of == 0 || mentions(noun, *of) {
                questions.push(question.clone());
            }
        }
    }
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let countries: Vec<NamedNode> = plan
        .names
        .iter()
        .filter_map(|(bearer, _)| asker.vocabulary.entities.get(*bearer))
        .filter(|entity| entity.sorts & sorts::of_class(class::COUNTRY.as_str()) != 0)
        .map(|entity| entity.iri.clone())
        .collect();
    let mut group = Group::default();
    let place = |name: &str| Place::Variable(name.to_owned());
    group.values("question", &questions.into_iter().map(Term::from).collect::<Vec<_>>());
    group.triple(&place("answer"), "flg:question", &place("question"), None);
    group.triple(&place("answer"), "flg:inReport", &place("report"), None);
    group.triple(&place("answer"), "flg:text", &place("text"), None);
    if !countries.is_empty() {
        group.values("country", &countries.into_iter().map(Term::from).collect::<Vec<_>>());
        group.triple(&place("report"), "flg:aboutCountry", &place("country"), None);
    }
    let mut no = group.inner();
    no.triple(&place("answer"), "flg:boolean", &place("yes"), None);
    group.optional(&no);
    let table =
        asker.store.table(&Request::new(select("?answer ?text ?yes", &group, "ORDER BY ?answer")).limited(asker.limits))?;
    let mut found = Vec::new();
    for row in &table.rows {
        let [Some(Term::NamedNode(answer)), Some(Term::Literal(text)), yes] = row.as_slice() else { continue };
        let is_no = matches!(yes, Some(Term::Literal(value)) if value.value() == "false");
        let says_none = NOTHING.as_ref().is_some_and(|nothing| nothing.is_match(&crate::model::id::fold(text.value())));
        if !is_no && !says_none {
            continue;
        }
        let rest = answer.as_str().strip_prefix(BASE).and_then(|rest| rest.strip_prefix("id/answer/"));
        let Some((report, question)) = rest.and_then(|rest| rest.split_once('/')) else { continue };
        if plan.reports.as_ref().is_some_and(|reports| !reports.iter().any(|r| r == report)) {
            continue;
        }
        let quote = text.value().to_owned();
        found.push(Evidence {
            quote,
            report: report.to_owned(),
            question: Some(question.to_owned()),
            page: None,
            claim: answer.as_str().to_owned(),
        });
    }
    Ok(found)
}

/// Whether things of a kind, and of no other, are spoken of.
fn mentions(noun: &Noun, of: Sorts) -> bool {
    let own = !matches!(noun.head, Head::Open) && noun.sorts & of != 0 && noun.sorts & !of == 0;
    own || noun.conds.iter().any(|cond| match cond {
        Cond::Link { other, .. } => mentions(other, of),
        _ => false,
    })
}

/// What the graph holds at the far end of the first relation of the question that names something there.
fn near(asker: &Asker<'_>, understood: &Understood<'_>, noun: &Noun) -> Result<Vec<String>, AskError> {
    const OFFERED: usize = 8;
    let lang = understood.books.lexicon.lang;
    let Some((relation, left)) = first_named(noun) else { return Ok(Vec::new()) };
    let Some(relation) = understood.books.relations.all.get(relation).filter(|relation| relation.event.is_none()) else {
        return Ok(Vec::new());
    };
    let mut found: Vec<String> = Vec::new();
    for step in &relation.path {
        let mut group = Group::default();
        let place = |name: &str| Place::Variable(name.to_owned());
        let (subject, value) = if left == step.inverse { ("thing", "other") } else { ("other", "thing") };
        group.triple(&place(subject), &name(step.property.as_ref()), &place(value), None);
        let query =
            select("?thing (COUNT(?other) AS ?number)", &group, "GROUP BY ?thing\nORDER BY DESC(?number) ?thing\nLIMIT 8");
        for row in asker.store.table(&Request::new(query).limited(asker.limits))?.rows {
            if let Some(Some(Term::NamedNode(iri))) = row.first()
                && let Some(label) = rows::label(asker.vocabulary, iri.as_ref(), lang)
                && !found.contains(&label)
            {
                found.push(label);
            }
        }
    }
    found.truncate(OFFERED);
    Ok(found)
}

/// The first relation to something named, and whether the named thing is its right end.
fn first_named(noun: &Noun) -> Option<(usize, bool)> {
    noun.conds.iter().find_map(|cond| match cond {
        Cond::Link { other, relation, left, .. } => first_named(other).or_else(|| {
            if !named(other).is_empty() {
                Some((*relation, *left))
            } else if !named(noun).is_empty() {
                Some((*relation, !*left))
            } else {
                None
            }
        }),
        _ => None,
    })
}
