//! Questions for what stands in one part of reports, whatever it is about: what they recommend.

use super::answer::Answer;
use super::meaning::Words;
use super::passage::{Passage, counted, limits, places, row};
use super::sparql::{Group, Place, select};
use super::topic::Topic;
use super::words::{NameWords, group};
use super::{AskError, Asker, Read, Understood, reading};
use crate::facts::{self, labels::best};
use crate::model::vocab::{BASE, expand};
use crate::store::{Request, Store};
use oxigraph::model::{NamedNode, Term};

/// The part that a question asks for, if nothing else of it is left than whose reports are meant, of when, and a topic.
pub(super) fn find(understood: &Understood<'_>) -> Option<Passage> {
    understood.books.lexicon.words.parts.iter().find_map(|part| asked(understood, part))
}

fn asked(understood: &Understood<'_>, part: &NameWords) -> Option<Passage> {
    let words = understood.books.lexicon.words;
    let tokens = &understood.tokens;
    let named = *places(tokens, &part.words).first()?;
    let made = places(tokens, group(&words.passage, "made"));
    // The topic is all behind the last "on", or there is none.
    let ons = places(tokens, group(&words.passage, "on"));
    let topics = ons.iter().rev().filter(|on| on.0 >= named.1 && on.1 < tokens.len()).map(|on| Some(*on));
    for on in [None].into_iter().chain(topics) {
        let end = on.map_or(tokens.len(), |on| on.0);
        let told = |at: &usize| (named.0..named.1).contains(at) || made.iter().any(|made| (made.0..made.1).contains(at));
        let outer: Vec<usize> = (0..end).filter(|at| !told(at)).collect();
        let Some(limits) = limits(understood, &outer) else { continue };
        let reports = limits.reports(understood).into_iter().map(|report| report.id.clone()).collect();
        let read = limits.read(understood);
        return Some(Passage::Part { question: (expand(&part.is)?, named), from: on.map(|on| on.1), reports, read });
    }
    None
}

/// Answers such a question with the answers of the part, each by its own words.
pub(super) fn answer(
    asker: &Asker<'_>,
    understood: &Understood<'_>,
    (question, words, from): (&NamedNode, Words, Option<usize>),
    reports: &[String],
    mut answer: Answer,
) -> Result<Answer, AskError> {
    let graph: &dyn Store = asker.store;
    let names = facts::names_of(graph, question)?;
    let meaning = best(&names, understood.books.lexicon.lang).map_or_else(String::new, |(_, label)| label.clone());
    let text = reading::text(understood, words).to_owned();
    answer.reading.push(Read { text, meaning, iri: Some(question.as_str().to_owned()) });
    let topic = from.map(|from| Topic::read(understood, from));
    answer.reading.extend(topic.as_ref().map(|topic| topic.reading(understood)));
    let place = |name: &str| Place::Variable(name.to_owned());
    let all: Vec<Term> = reports.iter().map(|id| NamedNode::new_unchecked(format!("{BASE}id/report/{id}")).into()).collect();
    let mut body = Group::default();
    body.values("report", &all);
    body.triple(&place("answer"), "flg:inReport", &place("report"), None);
    body.triple(&place("answer"), "flg:question", &Place::iri(question), None);
    body.triple(&place("answer"), "flg:text", &place("text"), None);
    body.triple(&place("answer"), "schema:position", &place("position"), None);
    let query = select("?answer ?text", &body, "ORDER BY ?report ?position");
    let table = asker.store.table(&Request::new(query.clone()).limited(asker.limits))?;
    for found in &table.rows {
        let [Some(Term::NamedNode(iri)), Some(Term::Literal(text))] = found.as_slice() else { continue };
        if topic.as_ref().is_none_or(|topic| topic.is_in(text.value())) {
            answer.answers.extend(row(asker, understood, iri.as_str(), text.value().to_owned())?);
        }
    }
    answer.query = Some(query);
    Ok(counted(understood, answer))
}
