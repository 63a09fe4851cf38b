//! How a question can go on: words for relations, nouns for classes and names that can be read behind what is written.

use super::article;
use super::grammar::Chart;
use super::lattice::{Books, Value, meanings};
use super::lexicon::Item;
use super::meaning::{Cond, Form, Head, Mark, Noun};
use super::relations::{Relation, RelationId};
use super::suggest::OFFERED;
use super::tokens::spelt_out;
use crate::facts::labels::best;
use crate::facts::terms;
use std::collections::BTreeSet;
use std::rc::Rc;

/// So many names are tried.
const NAMES: usize = 12;
/// So many relations are tried.
const RELATIONS: usize = 24;
/// A name that costs so much more than the best one stands nowhere in a report at that end of the relation.
const FAR_FETCHED: f32 = 0.3;

/// What is said next, and what it costs to read the question with it.
type Offer = (f32, String);

/// Words behind the question with which it can be read, the best first.
pub(super) fn continuations(chart: &mut Chart<'_>, at: usize, books: Books<'_>) -> Vec<String> {
    let mut offers = names(chart, at, books);
    if offers.is_empty() && !chart.last().any(|value| *value == Value::Mark(Mark::Which)) {
        offers = relations(chart, at, books);
    }
    if offers.is_empty() {
        offers = types(chart, at, books);
    }
    offers.truncate(OFFERED);
    offers.into_iter().map(|(_, text)| text).collect()
}

/// What it costs to read the question with one part more; none if it cannot be read. `item` is words of the language.
pub(super) fn cost_with(chart: &mut Chart<'_>, item: &Item, at: usize, books: Books<'_>) -> Option<f32> {
    chart.with(&meanings(item, (at, at + 1), books), |chart| {
        let Item::Rel(choices, _) = item else { return cost(chart) };
        let mut behind = choices.iter().flat_map(|(id, form)| far(*id, *form, books)).take(NAMES / 2);
        cost(chart).or_else(|| behind.find_map(|entity| cost_of_name(chart, entity, at + 1, books)))
    })
}

/// The same of a name.
pub(super) fn cost_of_name(chart: &mut Chart<'_>, entity: usize, at: usize, books: Books<'_>) -> Option<f32> {
    let sorts = books.vocabulary.entities.get(entity)?.sorts;
    let noun = Noun::new(sorts, Head::Name(vec![entity]), (at, at + 1));
    chart.with(&[(Value::Noun(Rc::new(noun)), 0.1)], |chart| cost(chart))
}

/// What it costs to read the question as it stands.
fn cost(chart: &Chart<'_>) -> Option<f32> {
    chart.whole().first().map(|reading| reading.cost)
}

/// How something is called that a report mentions.
fn called(entity: usize, books: Books<'_>) -> Option<&str> {
    let found = books.vocabulary.entities.get(entity).filter(|entity| entity.mentioned)?;
    best(&found.labels, books.lexicon.lang).map(|(_, label)| label.as_str())
}

/// Names at the open end of the relation whose words stand last, those that stand there most often first.
fn names(chart: &mut Chart<'_>, at: usize, books: Books<'_>) -> Vec<Offer> {
    let mut all = Vec::new();
    for value in chart.last() {
        let Value::Rel(rel) = value else { continue };
        for (id, form, _) in &rel.choices {
            all.extend(far(*id, *form, books));
        }
    }
    let mut seen = BTreeSet::new();
    all.retain(|entity| seen.insert(*entity));
    let mut offers = Vec::new();
    for (entity, label) in all.into_iter().filter_map(|entity| Some((entity, called(entity, books)?))).take(NAMES) {
        let text = article::behind("", entity, label, books);
        offers.extend(cost_of_name(chart, entity, at, books).map(|cost| (cost, text)));
    }
    let least = offers.iter().map(|(cost, _)| *cost).fold(f32::MAX, f32::min);
    offers.retain(|(cost, _)| *cost < least + FAR_FETCHED);
    offers
}

/// What stands most often at the end of a relation that follows its words.
fn far(id: RelationId, form: Form, books: Books<'_>) -> Vec<usize> {
    let Some(relation) = books.relations.all.get(id) else { return Vec::new() };
    match form {
        Form::Forward | Form::Either => right(relation, books),
        Form::Backward => left(relation, books),
        Form::Participle => right(relation, books).into_iter().chain(left(relation, books)).collect(),
    }
}

fn right(relation: &Relation, books: Books<'_>) -> Vec<usize> {
    let last = relation.through.and_then(|through| books.relations.all.get(through.second)).unwrap_or(relation);
    books.vocabulary.common(&last.path, false).collect()
}

fn left(relation: &Relation, books: Books<'_>) -> Vec<usize> {
    match relation.through.and_then(|through| books.relations.all.get(through.first)) {
        Some(first) => books.vocabulary.common(&first.path, false).collect(),
        None if relation.first.is_empty() => books.vocabulary.common(&relation.path, true).collect(),
        None => books.vocabulary.common(&relation.first, true).collect(),
    }
}

/// Words for relations that fit what stands last and that the question does not have yet, each with a name behind it.
fn relations(chart: &mut Chart<'_>, at: usize, books: Books<'_>) -> Vec<Offer> {
    let (mut sorts, mut plural) = (0, false);
    for value in chart.last() {
        if let Value::Noun(noun) = value {
            sorts |= noun.sorts;
            plural |= matches!(noun.head, Head::Type(_));
        }
    }
    let mut told = BTreeSet::new();
    // Of a question that can be read, what it asks for is told more of.
    if let Some(reading) = chart.whole().first() {
        sorts = reading.noun.sorts;
        reading.noun.conds.iter().for_each(|cond| tied_by(cond, &mut told));
    }
    let mut offers: Vec<Offer> = Vec::new();
    for (id, phrase, ends) in words(sorts, plural, books).into_iter().take(RELATIONS) {
        if told.contains(&id) {
            continue;
        }
        let Some(item) = books.lexicon.relation(&phrase) else { continue };
        let rel = meanings(item, (at, at + 1), books);
        let first = ends.into_iter().find_map(|entity| Some((entity, called(entity, books)?)));
        let Some((entity, label)) = first else { continue };
        if let Some(cost) = chart.with(&rel, |chart| cost_of_name(chart, entity, at + 1, books)) {
            offers.push((cost, article::behind(&phrase, entity, label, books)));
            told.insert(id);
        }
        if offers.len() >= OFFERED {
            break;
        }
    }
    offers
}

/// The relations that something said of things consists of.
fn tied_by(cond: &Cond, found: &mut BTreeSet<RelationId>) {
    match cond {
        Cond::Link { relation, .. } => drop(found.insert(*relation)),
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|cond| tied_by(cond, found)),
        Cond::Per(cond) => tied_by(cond, found),
        _ => {}
    }
}

/// The words of each relation that can follow things of some kinds, with what most often stands behind them. Where a verb may stand
/// before its subject, it goes before a participle: "¿qué proyectos financia la UE?".
fn words(sorts: u64, plural: bool, books: Books<'_>) -> Vec<(RelationId, String, Vec<usize>)> {
    /// Relations that stand for more of others than this say little.
    const VAGUE: usize = 2;
    let (inversion, weak) = (books.lexicon.words.inversion, &books.lexicon.words.weak);
    let mut found = Vec::new();
    for entry in &books.lexicon.words.relations {
        let Some(id) = books.relations.find(&entry.id) else { continue };
        let Some(relation) = books.relations.all.get(id).filter(|relation| relation.path.len() <= VAGUE) else { continue };
        let (is_left, is_right) = (relation.left & sorts != 0, relation.right & sorts != 0);
        let mut put = |patterns: &[String], plural: bool, ends: Vec<usize>| {
            found.extend(
                patterns.first().and_then(|pattern| inflected(pattern, plural, inversion)).map(|phrase| (id, phrase, ends)),
            );
        };
        if is_right {
            put(&entry.backward, plural, left(relation, books));
        }
        let verb = |pattern: &String| !pattern.rsplit(' ').next().is_some_and(|last| weak.iter().any(|word| word == last));
        if is_left && inversion && entry.backward.first().is_some_and(verb) {
            put(&entry.backward, false, right(relation, books));
        } else if is_left {
            put(&entry.forward, plural, right(relation, books));
        }
    }
    found
}

/// The form of a pattern that goes with one or with several: patterns begin with the form of most use in their language.
fn inflected(pattern: &str, plural: bool, inversion: bool) -> Option<String> {
    let all = spelt_out(pattern);
    let at = match (all.len(), plural, inversion) {
        (4, true, true) => 2, // of both genders and numbers
        (_, true, true) | (_, false, false) => 1,
        _ => 0,
    };
    all.get(at).or_else(|| all.first()).cloned()
}

/// Nouns for classes behind a question word or a preposition.
fn types(chart: &mut Chart<'_>, at: usize, books: Books<'_>) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    for (place, noun) in books.lexicon.types.iter().enumerate().filter(|(_, noun)| !noun.word.is_empty()) {
        // The ontology writes its labels with their accents.
        let plural = match noun.is.as_slice() {
            [class] if noun.named.is_empty() && books.lexicon.words.inversion => {
                terms::plural(class.as_ref(), books.lexicon.lang)
            }
            _ => noun.word.clone(),
        };
        let word = if books.lexicon.is_type(&plural) { plural } else { noun.word.clone() };
        let is_new = offers.iter().all(|(_, other)| *other != word);
        if let Some(cost) = cost_with(chart, &Item::Type(place), at, books).filter(|_| is_new) {
            offers.push((cost, word));
        }
    }
    offers.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    offers
}
