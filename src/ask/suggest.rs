//! What can come next in a question, and questions to begin with.

use super::grammar;
use super::lexicon::{Item, Lexicon, lexicon};
use super::tokens::{self, Token};
use super::vocabulary::Vocabulary;
use super::words::WordsError;
use super::{language, understand};
use crate::facts::labels::best;
use std::collections::BTreeSet;

/// So many are given.
const OFFERED: usize = 8;
/// So many of the last words are taken for the beginning of what comes next.
const LONGEST: usize = 4;

/// Of longer questions, what comes next is not read together with them.
const READ: usize = 12;

/// What can come next: names, nouns for classes and words for relations that begin like the last words of the question.
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
    let mut found = Vec::new();
    for length in (1..=LONGEST.min(tokens.len())).rev() {
        let Some(last) = tokens.get(tokens.len() - length..) else { continue };
        let written = last.first().and_then(|first| question.get(..first.range.start)).unwrap_or_default();
        for text in beginning(last, lexicon, vocabulary) {
            let whole = format!("{written}{text}");
            if !found.contains(&whole) {
                found.push(whole);
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found.truncate(OFFERED);
    if tokens.len() > READ {
        return Ok(found);
    }
    // What can be read together with the words before it goes first.
    let mut read = Vec::new();
    for text in found {
        let unread = understand(&text, lexicon, vocabulary)?.best().is_none();
        read.push((unread, text));
    }
    read.sort_by_key(|(unread, _)| *unread);
    Ok(read.into_iter().map(|(_, text)| text).collect())
}

/// Phrases and names that begin with some words, the last of which may be cut.
fn beginning(last: &[Token], lexicon: &Lexicon, vocabulary: &Vocabulary) -> Vec<String> {
    let Some((cut, whole)) = last.split_last() else { return Vec::new() };
    if cut.text.chars().count() < 2 {
        return Vec::new();
    }
    let fits = |words: &[String]| {
        words.len() >= last.len()
            && words.iter().zip(whole).all(|(word, token)| *word == token.text)
            && words.get(whole.len()).is_some_and(|word| word.starts_with(&cut.text))
    };
    let mut phrases: BTreeSet<String> = BTreeSet::new();
    for phrase in lexicon.phrases.values().flatten() {
        if matches!(phrase.item, Item::Type(_) | Item::Role(..) | Item::Rel(..)) && fits(&phrase.words) {
            phrases.insert(phrase.words.join(" "));
        }
    }
    // A capital within a question begins a name.
    let capital = last.first().is_some_and(|first| first.upper || (first.capital && first.range.start > 0));
    let mut names: BTreeSet<(bool, bool, usize, String)> = BTreeSet::new();
    for name in vocabulary.names.values().flatten() {
        if fits(&name.words)
            && let Some(entity) = vocabulary.entities.get(name.entity)
            && let Some((_, label)) = best(&entity.labels, lexicon.lang)
        {
            let small = capital && !label.starts_with(char::is_uppercase);
            names.insert((small, !entity.mentioned, label.chars().count(), label.clone()));
        }
    }
    let phrases = phrases.into_iter().take(OFFERED / 2);
    let names = names.into_iter().map(|(.., label)| label).take(OFFERED);
    if capital { names.chain(phrases).collect() } else { phrases.chain(names).collect() }
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
