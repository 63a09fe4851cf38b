//! How a question was read: each of its words and phrases, and what it became.

use super::Understood;
use super::answer::Read;
use super::lattice::{Books, Edge, Value};
use super::meaning::{Cond, Head, Noun, Words};
use super::relations::Relation;
use super::{narrow, refusal, say, sorts};
use crate::facts::labels::best;
use crate::facts::terms;
use oxigraph::model::NamedNodeRef;

/// The words and phrases of a question under its reading, in their order.
pub(super) fn reading(understood: &Understood<'_>, noun: &Noun) -> Vec<Read> {
    let mut found: Vec<(Words, Read)> = Vec::new();
    noun_read(understood, noun, &mut found);
    found.sort_by_key(|(words, _)| *words);
    found.dedup_by(|a, b| a.1 == b.1);
    found.into_iter().map(|(_, read)| read).collect()
}

/// The words of the question from one to another.
pub(super) fn text<'a>(understood: &'a Understood<'_>, words: Words) -> &'a str {
    let range = |at: usize| understood.tokens.get(at).map(|token| token.range.clone());
    match (range(words.0), range(words.1.saturating_sub(1))) {
        (Some(first), Some(last)) => understood.question.get(first.start..last.end).unwrap_or_default(),
        _ => "",
    }
}

fn noun_read(understood: &Understood<'_>, noun: &Noun, found: &mut Vec<(Words, Read)>) {
    let lang = understood.books.lexicon.lang;
    let mut put = |words: Words, meaning: String, iri: Option<String>| {
        let text = text(understood, words).to_owned();
        if !text.is_empty() && words.1 > words.0 {
            found.push((words, Read { text, meaning, iri }));
        }
    };
    match &noun.head {
        Head::Type(place) => {
            if let Some(kind) = understood.books.lexicon.types.get(*place) {
                let names: Vec<String> = kind.is.iter().map(|iri| kind_label(iri.as_ref(), understood.books, lang)).collect();
                put(noun.words, names.join(" / "), kind.is.first().map(|iri| iri.as_str().to_owned()));
            }
        }
        Head::Name(bearers) => {
            for entity in bearers.iter().filter_map(|b| understood.books.vocabulary.entities.get(*b)) {
                let label = best(&entity.labels, lang).map_or_else(|| entity.iri.as_str().to_owned(), |(_, label)| label.clone());
                put(noun.words, rather(understood, noun.words, bearers, label), Some(entity.iri.as_str().to_owned()));
            }
        }
        Head::Role { relations, .. } => {
            if let Some(relation) = relations.first().and_then(|id| understood.books.relations.all.get(*id)) {
                put(noun.words, relation_label(relation, lang), relation_iri(relation));
            }
        }
        Head::Time(span) => put(noun.words, span.shown(), None),
        Head::Quantity(bounds) => put(bounds.words, bounds.shown(), None),
        Head::List { .. } | Head::Open => {}
    }
    if let Some(bounds) = &noun.many {
        let read = Read { text: text(understood, bounds.words).to_owned(), meaning: bounds.shown(), iri: None };
        found.push((bounds.words, read));
    }
    if let Head::List { of, .. } = &noun.head {
        for one in of {
            noun_read(understood, one, found);
        }
    }
    noun.conds.iter().for_each(|cond| cond_read(understood, cond, found));
    if let Some(against) = &noun.against {
        noun_read(understood, &against.other, found);
    }
}

/// What was taken for a name that others bear too, and who they are.
fn rather(understood: &Understood<'_>, words: Words, bearers: &[usize], label: String) -> String {
    let (lexicon, vocabulary) = (understood.books.lexicon, understood.books.vocabulary);
    let others = narrow::passed_over(understood, words, bearers).into_iter().filter_map(|at| vocabulary.entities.get(at));
    let others: Vec<String> = others.map(|entity| refusal::called(understood, entity.iri.as_ref(), lexicon.lang)).collect();
    if others.is_empty() {
        return label;
    }
    say::filled(lexicon.words, "rather", &[("name", label), ("others", say::either(&others, lexicon.words))])
}

fn cond_read(understood: &Understood<'_>, cond: &Cond, found: &mut Vec<(Words, Read)>) {
    let lang = understood.books.lexicon.lang;
    match cond {
        Cond::Link { relation, other, words, not, .. } => {
            if let Some(relation) = understood.books.relations.all.get(*relation)
                && words.1 > words.0
            {
                let label = relation_label(relation, lang);
                let not = if *not {
                    understood.books.lexicon.words.say.get("not").cloned().unwrap_or_default() + " "
                } else {
                    String::new()
                };
                let read = Read { text: text(understood, *words).to_owned(), meaning: not + &label, iri: relation_iri(relation) };
                found.push((*words, read));
            }
            noun_read(understood, other, found);
        }
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|cond| cond_read(understood, cond, found)),
        Cond::Per(cond) => cond_read(understood, cond, found),
        Cond::Except(noun) | Cond::Among(noun) | Cond::Scope(noun) | Cond::Unsaid(noun) => noun_read(understood, noun, found),
        Cond::Time(span) => {
            // The longest words for a time are those that were read: "between 2019 and 2021" and not "2019".
            let says =
                |edge: &&Edge| matches!(&edge.value, Value::Noun(noun) if matches!(&noun.head, Head::Time(time) if time == span));
            if let Some(edge) = understood.lattice.edges.iter().filter(says).max_by_key(|edge| edge.end - edge.start) {
                let words = (edge.start, edge.end);
                found.push((words, Read { text: text(understood, words).to_owned(), meaning: span.shown(), iri: None }));
            }
        }
        Cond::Answered(_) => {}
    }
}

/// What a class or a concept scheme is called.
fn kind_label(iri: NamedNodeRef<'_>, books: Books<'_>, lang: &str) -> String {
    if sorts::is_class(iri.as_str()) || terms::entry(iri).is_some() {
        return terms::label(iri, lang);
    }
    let types = books.lexicon.types.iter().find(|noun| noun.is.iter().any(|is| is.as_ref() == iri));
    types.map_or_else(|| terms::label(iri, lang), |noun| noun.word.clone())
}

/// What a relation is called: the labels of its properties.
pub(super) fn relation_label(relation: &Relation, lang: &str) -> String {
    let labels: Vec<String> = relation.path.iter().map(|step| terms::label(step.property.as_ref(), lang)).collect();
    let event = relation.event.as_ref().map(|event| terms::label(event.as_ref(), lang) + ": ");
    event.unwrap_or_default() + &labels.join(" / ")
}

fn relation_iri(relation: &Relation) -> Option<String> {
    relation.path.first().map(|step| step.property.as_str().to_owned())
}
