//! What can come next in a question, and questions to begin with.

use super::grammar::{self, Chart};
use super::lattice::{Books, Value, lattice};
use super::lexicon::{Item, Lexicon, lexicon};
use super::tokens::{self, Token};
use super::vocabulary::Vocabulary;
use super::words::WordsError;
use super::{article, follow, language, relations, understand};
use crate::facts::labels::best;
use std::collections::BTreeSet;

/// So many are given.
pub(super) const OFFERED: usize = 8;
/// So many of the last words are taken for the beginning of what comes next.
const LONGEST: usize = 4;

/// So many that begin like the last words are read together with the words before.
const TRIED: usize = 40;

/// Of longer questions, what comes next is not read together with them.
const READ: usize = 12;

/// What can come next. Behind a blank, whole questions that go on from the one that is written and that can be read; within a
/// word, names, nouns for classes and words for relations that begin like the last words; before anything is written, questions
/// to begin with.
///
/// # Errors
/// If the words cannot be used.
pub fn next(
    question: &str,
    lang: Option<&str>,
    otherwise: &'static str,
    vocabulary: &Vocabulary,
) -> Result<Vec<String>, WordsError> {
    if question.len() > tokens::LARGEST {
        return Ok(Vec::new());
    }
    let tokens = tokens::tokens(question);
    let lang = match lang.and_then(|lang| super::words::LANGUAGES.into_iter().find(|known| *known == lang)) {
        Some(lang) => lang,
        None => language(&tokens, otherwise)?,
    };
    let lexicon = lexicon(lang)?;
    if tokens.is_empty() {
        return examples(lang, vocabulary);
    }
    let books = Books { lexicon, relations: relations::relations()?, vocabulary };
    if question.ends_with(char::is_whitespace) {
        return Ok(if tokens.len() > READ { Vec::new() } else { behind(question, &tokens, books) });
    }
    for length in (1..=LONGEST.min(tokens.len())).rev() {
        let (before, last) = tokens.split_at(tokens.len() - length);
        let Some(written) = last.first().and_then(|first| question.get(..first.range.start)) else { continue };
        let all = beginning(last, lexicon, vocabulary);
        if !all.is_empty() {
            let read = ranked(all, before, books);
            return Ok(read.into_iter().take(OFFERED).map(|text| format!("{written}{text}")).collect());
        }
    }
    Ok(Vec::new())
}

/// Questions that go on from one that is written.
fn behind(question: &str, tokens: &[Token], books: Books<'_>) -> Vec<String> {
    let found = lattice(tokens, books);
    if super::refusal::has_unknown(tokens, &found) {
        return Vec::new();
    }
    let mut chart = Chart::new(&found, tokens.len(), books);
    let text = question.trim_end();
    follow::continuations(&mut chart, tokens.len(), books).into_iter().map(|more| article::after(text, &more, books)).collect()
}

/// What the last words may be the beginning of.
enum Begun<'a> {
    /// Words of the language.
    Words(&'a Item),
    /// The name of a thing.
    Name(usize),
}

/// What can be read behind the words before it; all, where nothing can.
fn ranked(all: Vec<(String, Begun<'_>)>, before: &[Token], books: Books<'_>) -> Vec<String> {
    let found = lattice(before, books);
    if before.len() > READ || super::refusal::has_unknown(before, &found) {
        return all.into_iter().map(|(text, _)| text).collect();
    }
    let at = before.len();
    let mut chart = Chart::new(&found, at, books);
    let is_read = |begun: &Begun<'_>, chart: &mut Chart<'_>| match begun {
        Begun::Words(item) => follow::cost_with(chart, item, at, books).is_some(),
        Begun::Name(entity) => follow::cost_of_name(chart, *entity, at, books).is_some(),
    };
    // Behind a thing, words for relations come first.
    let of_thing = |value: &Value| matches!(value, Value::Noun(noun) if !noun.is_bare());
    let mut all = all;
    if chart.last().any(of_thing) {
        all.sort_by_key(|(_, begun)| matches!(begun, Begun::Words(item) if !matches!(item, Item::Rel(..))));
    }
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    for (text, begun) in all.into_iter().take(TRIED) {
        if read.len() < OFFERED && is_read(&begun, &mut chart) { read.push(text) } else { unread.push(text) }
    }
    if read.is_empty() { unread } else { read }
}

/// Phrases and names that begin with some words, the last of which may be cut.
fn beginning<'a>(last: &[Token], lexicon: &'a Lexicon, vocabulary: &Vocabulary) -> Vec<(String, Begun<'a>)> {
    let Some((cut, whole)) = last.split_last() else { return Vec::new() };
    let fits = |words: &[String]| {
        words.len() >= last.len()
            && words.iter().zip(whole).all(|(word, token)| *word == token.text)
            && words.get(whole.len()).is_some_and(|word| word.starts_with(&cut.text))
    };
    // Of several phrases with one meaning, the shortest.
    let mut phrases: Vec<(&'a Item, String)> = Vec::new();
    for phrase in lexicon.phrases.values().flatten() {
        if matches!(phrase.item, Item::Type(_) | Item::Role(..) | Item::Rel(..)) && fits(&phrase.words) {
            phrases.push((&phrase.item, phrase.words.join(" ")));
        }
    }
    phrases.sort_by(|(a, x), (b, y)| (kind(a), x.chars().count(), x).cmp(&(kind(b), y.chars().count(), y)));
    let mut kept: Vec<(&'a Item, String)> = Vec::new();
    for (item, text) in phrases {
        if !kept.iter().any(|(other, _)| *other == item) {
            kept.push((item, text));
        }
    }
    // A capital within a question begins a name.
    let capital = last.first().is_some_and(|first| first.upper || (first.capital && first.range.start > 0));
    let mut names: BTreeSet<(bool, bool, usize, String, usize)> = BTreeSet::new();
    for name in vocabulary.names.values().flatten() {
        if fits(&name.words)
            && let Some(entity) = vocabulary.entities.get(name.entity)
            && let Some((_, label)) = best(&entity.labels, lexicon.lang)
        {
            let small = capital && !label.starts_with(char::is_uppercase);
            names.insert((small, !entity.mentioned, label.chars().count(), label.clone(), name.entity));
        }
    }
    let phrases = kept.into_iter().map(|(item, text)| (text, Begun::Words(item)));
    let mut seen = BTreeSet::new();
    let names = names.into_iter().filter(|(.., label, _)| seen.insert(label.clone())).take(OFFERED);
    let names = names.map(|(.., label, entity)| (label, Begun::Name(entity)));
    if capital { names.chain(phrases).collect() } else { phrases.chain(names).collect() }
}

/// Nouns for classes before those for ends of relations, and these before words for relations.
fn kind(item: &Item) -> u8 {
    match item {
        Item::Type(_) => 0,
        Item::Role(..) => 1,
        _ => 2,
    }
}

/// The examples of a language whose names this graph has: those that are read without a word left.
///
/// # Errors
/// If the words cannot be used.
pub fn examples(lang: &str, vocabulary: &Vocabulary) -> Result<Vec<String>, WordsError> {
    let lexicon = lexicon(lang)?;
    let mut found = Vec::new();
    for example in &lexicon.words.examples {
        let understood = understand(example, lexicon, vocabulary)?;
        let mentioned = understood.best().is_some_and(|reading: &grammar::Reading| {
            let names = super::plan::plan(&reading.noun, understood.books).names;
            names.iter().all(|(bearer, _)| vocabulary.entities.get(*bearer).is_some_and(|entity| entity.mentioned))
        });
        if mentioned {
            found.push(example.clone());
        }
    }
    Ok(found)
}
