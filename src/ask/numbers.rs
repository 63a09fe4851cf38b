//! Two numbers compared: whether there are more of some things than of others, with both numbers and what bears them out.

use super::answer::{Answer, Count, Row, Status};
use super::lattice::Books;
use super::meaning::{Against, Head, Noun, Pick};
use super::plan::{self, Compiler, Plan, Shape, named};
use super::sparql::{Group, Place, select};
use super::{AskError, Asker, Understood, reading, rows, say};
use crate::model::vocab::class;

/// The query for both numbers, and how each is counted by itself.
pub(super) fn plan(noun: &Noun, against: &Against, books: Books<'_>) -> Plan {
    let first = Noun { against: None, ..noun.clone() };
    let mut body = Group::default();
    for (side, variable) in [(&first, "first"), (&against.other, "second")] {
        let mut compiler = Compiler::new(side, books);
        let mut inner = body.inner();
        let root = compiler.node(side, &mut inner, true);
        let Place::Variable(focus) = root else { continue };
        let number = compiler.number_of(side, &focus, &mut inner);
        let projection = number.projection.replace("?number", &format!("?{variable}"));
        body.sub_select(&projection, &number.group, "");
    }
    let query = if against.difference {
        select("(?first - ?second AS ?difference) ?first ?second", &body, "")
    } else {
        let sign = match against.pick {
            Pick::Fewest => "<",
            Pick::Same => "=",
            _ => ">",
        };
        select(&format!("(?first {sign} ?second AS ?so) ?first ?second"), &body, "")
    };
    let sides = vec![plan::plan(&first, books), plan::plan(&against.other, books)];
    Plan {
        shape: Shape::Numbers,
        detail: query.clone(),
        query,
        focus: "first".to_owned(),
        number: None,
        summed: None,
        witnesses: Vec::new(),
        reports: None,
        names: sides.iter().flat_map(|side| side.names.clone()).collect(),
        relations: sides.iter().flat_map(|side| side.relations.clone()).collect(),
        sides,
    }
}

/// Fills an answer with both numbers. Of what nothing is known nothing is counted: then there is no answer.
pub(super) fn fill(
    asker: &Asker<'_>,
    understood: &Understood<'_>,
    noun: &Noun,
    plan: &Plan,
    mut answer: Answer,
) -> Result<Answer, AskError> {
    let words = understood.books.lexicon.words;
    let Some(against) = &noun.against else { return Ok(answer) };
    let first = Noun { against: None, ..noun.clone() };
    let mut counts: Vec<Count> = Vec::new();
    let mut evidence = Vec::new();
    for ((side, plan), of) in [&first, &against.other].into_iter().zip(&plan.sides).zip(&against.sides) {
        let mut one = rows::fill(asker, understood, side, plan, answer.clone())?;
        let found = one.answers.pop().filter(|_| one.status == Status::Answered);
        let (label, iri) = called(understood, of);
        let number = found.as_ref().and_then(|row| row.value.as_ref()).and_then(serde_json::Value::as_i64);
        evidence.push(found.map(|row| row.evidence).unwrap_or_default());
        counts.push(Count { label, iri, number });
    }
    let told = |count: &Count| count.number.map(|number| format!("{} {number}", count.label));
    let items: Vec<String> = counts.iter().filter_map(told).collect();
    answer.query = Some(plan.query.clone());
    let [Some(one), Some(other)] = [0, 1].map(|at| counts.get(at).and_then(|count| count.number)) else {
        answer.status = Status::NothingInGraph;
        let silent: Vec<String> = against
            .sides
            .iter()
            .zip(&counts)
            .filter(|(of, _)| is_silent(asker, of))
            .map(|(_, count)| count.label.clone())
            .collect();
        answer.sentence = if silent.is_empty() {
            say::filled(words, "nothing-in-graph", &[])
        } else {
            say::filled(words, "no-report", &[("names", say::list(&silent, words))])
        };
        if !items.is_empty() {
            answer.sentence += " ";
            answer.sentence += &say::filled(words, "near", &[("items", say::list(&items, words))]);
        }
        return Ok(answer);
    };
    let so = match against.pick {
        Pick::Fewest => one < other,
        Pick::Same => one == other,
        _ => one > other,
    };
    let (label, value) = if against.difference {
        ((one - other).to_string(), (one - other).into())
    } else {
        (words.say.get(if so { "yes" } else { "no" }).cloned().unwrap_or_default(), so.into())
    };
    answer.status = Status::Answered;
    answer.sentence = say::filled(words, "numbers", &[("answer", label.clone()), ("items", items.join(", "))]);
    answer.answers = vec![Row {
        label,
        value: Some(value),
        counts,
        evidence: rows::merged(alternating(evidence).into_iter()),
        ..Row::default()
    }];
    Ok(answer)
}

/// The quotes of both sides in turn, so that what is cut off leaves some of each.
fn alternating<T>(sides: Vec<Vec<T>>) -> Vec<Vec<T>> {
    let mut rest: Vec<std::vec::IntoIter<T>> = sides.into_iter().map(Vec::into_iter).collect();
    let mut all = Vec::new();
    loop {
        let turn: Vec<T> = rest.iter_mut().filter_map(Iterator::next).collect();
        if turn.is_empty() {
            return all;
        }
        all.push(turn);
    }
}

/// What a side is called, and which thing it is.
fn called(understood: &Understood<'_>, of: &Noun) -> (String, Option<String>) {
    let lang = understood.books.lexicon.lang;
    let vocabulary = understood.books.vocabulary;
    let text = || reading::text(understood, of.words).to_owned();
    match (&of.head, named(of).as_slice()) {
        (Head::Time(span), _) => (span.shown(), None),
        (_, [one]) => {
            let entity = vocabulary.entities.get(*one);
            let label = entity.and_then(|entity| rows::label(vocabulary, entity.iri.as_ref(), lang));
            (label.unwrap_or_else(text), entity.map(|entity| entity.iri.as_str().to_owned()))
        }
        _ => (text(), None),
    }
}

/// Whether a side is a country that no report tells of.
fn is_silent(asker: &Asker<'_>, of: &Noun) -> bool {
    let country = super::sorts::of_class(class::COUNTRY.as_str());
    let entities = named(of).into_iter().filter_map(|at| asker.vocabulary.entities.get(at));
    entities
        .filter(|entity| entity.sorts & country != 0)
        .any(|entity| !asker.vocabulary.reports.iter().any(|report| report.country.as_ref() == Some(&entity.iri)))
}
