//! Every way in which the words of a question can be taken by themselves.

use super::dates;
use super::lexicon::{Item, Lexicon};
use super::meaning::{Form, Head, Mark, Noun, Pick, Pred, Rel};
use super::quantity;
use super::relations::Relations;
use super::sorts;
use super::tokens::Token;
use super::vocabulary::Vocabulary;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A phrase of the question under one meaning.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Its first word.
    pub start: usize,
    /// One past its last word.
    pub end: usize,
    /// What it is.
    pub value: Value,
    /// How far-fetched it is.
    pub cost: f32,
}

/// What a stretch of a question can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A description of things.
    Noun(Rc<Noun>),
    /// Words for a relation.
    Rel(Rc<Rel>),
    /// A relation with one end known.
    Pred(Rc<super::meaning::Pred>),
    /// Something said of things.
    Cond(Rc<super::meaning::Cond>),
    /// A word that only works on others.
    Mark(Mark),
    /// A part and the word that joins it to what follows.
    Joined(Mark, Rc<Value>),
}

/// What meanings are looked up in.
#[derive(Clone, Copy, Debug)]
pub struct Books<'a> {
    /// The words of the language.
    pub lexicon: &'a Lexicon,
    /// The relations.
    pub relations: &'a Relations,
    /// The names of the graph.
    pub vocabulary: &'a Vocabulary,
}

/// Every phrase of a question, under every meaning; `droppable` tells which words can be passed over.
pub struct Lattice {
    /// The phrases.
    pub edges: Vec<Edge>,
    /// Which words add nothing.
    pub droppable: Vec<bool>,
    /// Which words begin a question: they are not passed over.
    pub asks: Vec<bool>,
    /// Which words are covered by a name, a phrase or a time.
    pub covered: Vec<bool>,
}

/// Looks up every phrase.
pub fn lattice(tokens: &[Token], books: Books<'_>) -> Lattice {
    let mut found = Lattice {
        edges: Vec::new(),
        droppable: vec![false; tokens.len()],
        asks: vec![false; tokens.len()],
        covered: vec![false; tokens.len()],
    };
    let shouting = tokens.len() > 3
        && tokens.iter().filter(|t| t.text.chars().any(char::is_alphabetic)).all(|t| t.upper || t.text.len() < 3);
    for at in 0..tokens.len() {
        names(tokens, at, shouting, books, &mut found);
        phrases(tokens, at, books, &mut found);
        if let Some(all) = tokens.get(at).and_then(|token| books.lexicon.dropped.get(&token.text)) {
            for words in all {
                if matches(tokens, at, words) {
                    for place in found.droppable.iter_mut().skip(at).take(words.len()) {
                        *place = true;
                    }
                }
            }
        }
    }
    parted(tokens, books, &mut found);
    compared(&mut found);
    for (start, end, span) in dates::find(tokens, books.lexicon.words) {
        let noun = Noun::new(sorts::bit("date"), Head::Time(span), (start, end));
        found.put(start, end, Value::Noun(Rc::new(noun)), 0.1);
    }
    for bounds in quantity::find(tokens, books.lexicon.words) {
        let words = bounds.words;
        let plain = if bounds.currency.is_none() { sorts::bit("number") } else { 0 };
        let noun = Noun::new(sorts::bit("money") | plain, Head::Quantity(bounds), words);
        found.put(words.0, words.1, Value::Noun(Rc::new(noun)), 0.1);
    }
    found
}

impl Lattice {
    fn put(&mut self, start: usize, end: usize, value: Value, cost: f32) {
        for place in self.covered.iter_mut().take(end).skip(start) {
            *place = true;
        }
        self.edges.push(Edge { start, end, value, cost });
    }
}

/// Whether a phrase stands at a word.
pub fn matches(tokens: &[Token], at: usize, words: &[String]) -> bool {
    tokens.get(at..at + words.len()).is_some_and(|stretch| stretch.iter().zip(words).all(|(token, word)| token.text == *word))
}

fn names(tokens: &[Token], at: usize, shouting: bool, books: Books<'_>, found: &mut Lattice) {
    let Some(token) = tokens.get(at) else { return };
    if token.iri {
        let iri =
            crate::model::vocab::expand(&token.text).map_or_else(|| token.text.clone(), oxigraph::model::NamedNode::into_string);
        if let Some(place) = books.vocabulary.place(&iri) {
            put_name(at, at + 1, vec![place], 0.0, books, found);
        }
        return;
    }
    // Phrase length → bearers, each with whether it is first of all called so.
    let mut by_length: BTreeMap<usize, BTreeMap<usize, bool>> = BTreeMap::new();
    if let Some(all) = books.vocabulary.names.get(&token.text) {
        for name in all.iter().filter(|name| matches(tokens, at, &name.words)) {
            if name.words.len() == 1 && !is_written_as_name(token, name.acronym, shouting, books) {
                continue;
            }
            let own = name.preferred || (name.acronym && token.upper);
            *by_length.entry(name.words.len()).or_default().entry(name.entity).or_default() |= own;
        }
    }
    let mut costs: BTreeMap<usize, f32> =
        by_length.keys().map(|n| (*n, if *n == 1 && token.upper { 0.05 } else { 0.1 })).collect();
    // A name in another spelling, or with other small words, stands back behind one that is written as it is.
    for (length, entity, own) in books.vocabulary.alike(tokens, at) {
        if *costs.entry(length).or_insert(ALIKE) >= ALIKE {
            *by_length.entry(length).or_default().entry(entity).or_default() |= own;
        }
    }
    // So does a name that is cut off.
    let known: Vec<usize> = by_length.keys().copied().collect();
    for (length, entity) in books.vocabulary.cut_off(tokens, at).into_iter().filter(|(length, _)| !known.contains(length)) {
        costs.entry(length).or_insert(ALIKE);
        by_length.entry(length).or_default().insert(entity, false);
    }
    for (length, bearers) in by_length {
        let mut cost = costs.get(&length).copied().unwrap_or(ALIKE);
        // Names that only reference data knows stand back behind those that a report mentions, other names behind the own one.
        let mentioned = |b: usize| books.vocabulary.entities.get(b).is_some_and(|e| e.mentioned);
        for (is_mentioned, is_own) in [(true, true), (true, false), (false, true), (false, false)] {
            let some: Vec<usize> =
                bearers.iter().filter(|(b, own)| mentioned(**b) == is_mentioned && **own == is_own).map(|(b, _)| *b).collect();
            if !some.is_empty() {
                put_name(at, at + length, some, cost, books, found);
                cost += 0.3;
            }
        }
    }
    if let Some(all) = books.lexicon.names.get(&token.text) {
        for (words, iri) in all {
            if matches(tokens, at, words)
                && (words.len() > 1 || !is_short(&token.text) || token.upper)
                && let Some(place) = books.vocabulary.place(iri.as_str())
            {
                put_name(at, at + words.len(), vec![place], 0.12, books, found);
            }
        }
    }
}

/// "Since when" and "until when": the one end of a time, and no other date.
fn end_of_time(relation: &str, words: (usize, usize), books: Books<'_>) -> Value {
    let relations = books.relations.find(relation).into_iter().collect();
    let head = Head::Role { relations, right: true, filled: false };
    let mut noun = Noun::new(sorts::bit("date"), head, words);
    noun.asked = true;
    Value::Noun(Rc::new(noun))
}

/// What it costs that a name is not written as it is known.
const ALIKE: f32 = 0.3;

fn is_short(text: &str) -> bool {
    text.chars().count() <= 2
}

/// A single word is taken for a name if it is no word of the language, or if it is written like a name.
fn is_written_as_name(token: &Token, acronym: bool, shouting: bool, books: Books<'_>) -> bool {
    let common = books.lexicon.single.contains(&token.text);
    let short = token.text.chars().count() <= 3;
    match (common || (acronym && short), token.upper && !shouting) {
        (true, upper) => upper || token.quoted,
        (false, _) => true,
    }
}

fn put_name(start: usize, end: usize, bearers: Vec<usize>, cost: f32, books: Books<'_>, found: &mut Lattice) {
    let entities = &books.vocabulary.entities;
    let sorts = bearers.iter().filter_map(|b| entities.get(*b)).fold(0, |all, entity| all | entity.sorts);
    let noun = Noun::new(sorts, Head::Name(bearers), (start, end));
    found.put(start, end, Value::Noun(Rc::new(noun)), cost);
}

fn phrases(tokens: &[Token], at: usize, books: Books<'_>, found: &mut Lattice) {
    let Some(all) = tokens.get(at).and_then(|token| books.lexicon.phrases.get(&token.text)) else { return };
    let enclitic = &books.lexicon.words.enclitic;
    for (phrase, end) in all.iter().filter_map(|phrase| Some((phrase, end_of(tokens, at, &phrase.words, enclitic)?))) {
        if matches!(
            phrase.item,
            Item::Who
                | Item::What
                | Item::Where
                | Item::When
                | Item::Since
                | Item::Until
                | Item::Mark(Mark::HowMany)
                | Item::HowMuch
        ) && let Some(place) = found.asks.get_mut(at)
        {
            *place = true;
        }
        for (value, cost) in meanings(&phrase.item, (at, end), books) {
            found.put(at, end, value, cost);
        }
    }
}

/// Where a phrase ends that stands at a word, whatever stands for the subject within it.
fn end_of(tokens: &[Token], at: usize, words: &[String], enclitic: &[String]) -> Option<usize> {
    let mut next = at;
    for word in words {
        let passed = |token: &Token| token.joined && token.text != *word && enclitic.contains(&token.text);
        while next > at && tokens.get(next).is_some_and(passed) {
            next += 1;
        }
        tokens.get(next).filter(|token| token.text == *word)?;
        next += 1;
    }
    Some(next)
}

/// Verbs whose preposition stands before the question word: "with whom does it work", and "work with" is what is meant.
fn parted(tokens: &[Token], books: Books<'_>, found: &mut Lattice) {
    let phrases = |word: &str| books.lexicon.phrases.get(word).map(Vec::as_slice).unwrap_or_default();
    for (before, asks) in found.asks.clone().into_iter().enumerate().skip(1) {
        let Some(preposition) = before.checked_sub(1).and_then(|at| tokens.get(at)).filter(|_| asks) else { continue };
        for (at, token) in tokens.iter().enumerate().skip(before + 1) {
            for phrase in phrases(&token.text) {
                let (Item::Rel(choices, false), [verb @ .., last]) = (&phrase.item, phrase.words.as_slice()) else { continue };
                if verb.is_empty() || *last != preposition.text || !matches(tokens, at, verb) {
                    continue;
                }
                let rel = parted_rel(choices, (at, at + verb.len()), before - 1);
                found.put(at, at + verb.len(), rel, 0.05);
            }
        }
    }
    if books.lexicon.words.inversion {
        subject_between(tokens, books, found);
    }
}

/// Verbs with their subject before their preposition: "¿pertenece el INM a la SEGOB?".
fn subject_between(tokens: &[Token], books: Books<'_>, found: &mut Lattice) {
    /// The subject is no longer.
    const FAR: usize = 12;
    for (at, token) in tokens.iter().enumerate() {
        for phrase in books.lexicon.phrases.get(&token.text).into_iter().flatten() {
            let (Item::Rel(choices, false), [verb @ .., last]) = (&phrase.item, phrase.words.as_slice()) else { continue };
            let is_preposition = books.lexicon.words.weak.iter().any(|word| word == last);
            if verb.is_empty() || !is_preposition || !matches(tokens, at, verb) {
                continue;
            }
            let next = at + verb.len();
            let later = tokens.iter().enumerate().skip(next + 1).take(FAR).filter(|(_, token)| token.text == *last);
            for (preposition, _) in later {
                found.put(at, next, parted_rel(choices, (at, next), preposition), 0.1);
            }
        }
    }
}

/// A verb whose preposition stands somewhere else.
fn parted_rel(choices: &[(usize, Form)], words: (usize, usize), preposition: usize) -> Value {
    let choices = choices.iter().enumerate().map(|(i, (id, form))| (*id, *form, place_cost(i))).collect();
    Value::Rel(Rc::new(Rel { parted: Some(preposition), ..Rel::new(choices, words) }))
}

/// Words that only stand beside one that compares mean nothing else without it.
fn compared(found: &mut Lattice) {
    let compares = found.edges.iter().any(|edge| matches!(edge.value, Value::Mark(Mark::Compare(_))));
    let number = |edge: &Edge| match &edge.value {
        Value::Mark(Mark::Pick(pick)) => matches!(pick, Pick::Most | Pick::Fewest | Pick::Same),
        Value::Mark(Mark::Comparative(_)) | Value::Pred(_) => true,
        _ => false,
    };
    let is_than = |edge: &&Edge| matches!(edge.value, Value::Mark(Mark::Than));
    let than = found.edges.iter().filter(is_than).map(|edge| edge.start).max().unwrap_or(0);
    let more = found.edges.iter().filter(|edge| number(edge)).map(|edge| edge.end).min().unwrap_or(usize::MAX);
    let marks_both = |edge: &&Edge| matches!(edge.value, Value::Mark(Mark::Both));
    let both = found.edges.iter().filter(marks_both).map(|edge| edge.end).min().unwrap_or(usize::MAX);
    found.edges.retain(|edge| match edge.value {
        Value::Mark(Mark::With | Mark::How) => compares,
        Value::Mark(Mark::Than) => edge.start >= more,
        Value::Mark(Mark::BothAnd) => edge.start >= both,
        // "More expensive" than something: the most expensive ones are told by a word of their own.
        Value::Pred(_) | Value::Mark(Mark::Comparative(_)) => edge.end <= than,
        _ => true,
    });
    found.covered.fill(false);
    for edge in &found.edges {
        found.covered.iter_mut().take(edge.end).skip(edge.start).for_each(|place| *place = true);
    }
}

/// What a phrase can be, and how far-fetched that is.
pub(super) fn meanings(item: &Item, words: (usize, usize), books: Books<'_>) -> Vec<(Value, f32)> {
    let open = |sorts| {
        let mut noun = Noun::new(sorts, Head::Open, words);
        noun.asked = true;
        Value::Noun(Rc::new(noun))
    };
    match item {
        Item::Who => vec![(open(books.relations.who), 0.1)],
        Item::What => vec![(open(sorts::Sorts::MAX), 0.15), (Value::Mark(Mark::Which), 0.1)],
        Item::Where => vec![(open(books.relations.place), 0.1)],
        Item::When => vec![(open(sorts::bit("date")), 0.1)],
        // What has a date of its own besides its beginning is asked for by "since when" too: "since when is it ratified".
        Item::Since => vec![(end_of_time("start", words, books), 0.1), (open(sorts::bit("date")), 0.2)],
        Item::Until => vec![(end_of_time("end", words, books), 0.1)],
        Item::HowMuch => vec![(open(sorts::bit("money")), 0.1), (Value::Mark(Mark::HowMuch), 0.1)],
        Item::Mark(mark) => {
            let cost = match mark {
                Mark::Whether | Mark::That | Mark::Than => 0.0,
                Mark::About => 0.05,
                _ => 0.1,
            };
            vec![(Value::Mark(*mark), cost)]
        }
        Item::Type(place) => {
            let Some(noun) = books.lexicon.types.get(*place) else { return Vec::new() };
            vec![(Value::Noun(Rc::new(Noun::new(noun.sorts, Head::Type(*place), words))), 0.1)]
        }
        Item::Role(relations, right) => {
            let ends = relations.iter().filter_map(|id| books.relations.all.get(*id));
            let sorts = ends.fold(0, |all, relation| all | if *right { relation.right } else { relation.left });
            let head = Head::Role { relations: relations.clone(), right: *right, filled: false };
            vec![(Value::Noun(Rc::new(Noun::new(sorts, head, words))), 0.1)]
        }
        Item::Rel(choices, weak) => {
            let choices = choices.iter().enumerate().map(|(i, (id, form))| (*id, *form, place_cost(i))).collect();
            vec![(rel(choices, *weak, false, words), 0.1 - LONGER * place_cost(words.1 - words.0 - 1))]
        }
        Item::Costs(pick) => {
            let money = Noun { pick: Some(*pick), ..Noun::new(sorts::bit("money"), Head::Open, words) };
            let rel = |id| Rel::new(vec![(id, Form::Forward, 0.0)], words);
            let pred = |id| Pred { rel: Rc::new(rel(id)), arg: Rc::new(money.clone()), after: true };
            books.relations.find("amount").map(|id| (Value::Pred(Rc::new(pred(id))), 0.1)).into_iter().collect()
        }
        Item::Denied(id, form) => {
            let rel = Rel { not: true, ..Rel::new(vec![(*id, *form, 0.0)], words) };
            vec![(Value::Rel(Rc::new(rel)), 0.1)]
        }
        Item::Of => vec![(rel(books.relations.of(), true, true, words), 0.12)],
        Item::Scope => {
            let scope = Rel { weak: true, scope: true, ..Rel::new(Vec::new(), words) };
            vec![(Value::Rel(Rc::new(scope)), 0.15)]
        }
        Item::Answered(answered) => vec![(Value::Cond(Rc::new(super::meaning::Cond::Answered(*answered))), 0.1)],
    }
}

/// Of words that can be read as one phrase or as several, the one is likelier: how much, for each word more.
const LONGER: f32 = 0.3;

/// Relations that stand first in the data files are likelier.
fn place_cost(place: usize) -> f32 {
    u16::try_from(place).map_or(1.0, |place| f32::from(place) * 0.01)
}

fn rel(choices: Vec<(usize, Form, f32)>, weak: bool, of: bool, words: (usize, usize)) -> Value {
    Value::Rel(Rc::new(Rel { weak, of, ..Rel::new(choices, words) }))
}
