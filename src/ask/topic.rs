//! What a question about reports wants passages to speak of.

use super::lattice::Value;
use super::meaning::{Head, Words};
use super::{Read, Understood, reading};
use crate::model::id::fold;

/// What passages are to be about.
pub(super) struct Topic {
    /// Its words in the question.
    words: Words,
    /// Its words without their endings.
    stems: Vec<String>,
    /// What it is called in every language.
    names: Vec<String>,
}

impl Topic {
    /// The topic that is told by the words from `from` to the end.
    pub(super) fn read(understood: &Understood<'_>, from: usize) -> Self {
        let dropped = &understood.books.lexicon.dropped;
        let words = understood.tokens.get(from..).unwrap_or_default().iter();
        let stems = words
            .filter(|token| !dropped.get(&token.text).is_some_and(|all| all.iter().any(|words| words.len() == 1)))
            .map(|token| stem(&token.text))
            .filter(|stem| stem.len() > 2)
            .collect();
        Self { words: (from, understood.tokens.len()), stems, names: names_of_topic(understood, from) }
    }
    /// Its words are taken as they are.
    pub(super) fn reading(&self, understood: &Understood<'_>) -> Read {
        let text = reading::text(understood, self.words).to_owned();
        Read { meaning: text.clone(), text, iri: None }
    }
    /// Whether a text has all of its words, or its name.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let folded = fold(text);
        let by_words = !self.stems.is_empty() && self.stems.iter().all(|stem| begins_word(&folded, stem));
        by_words || self.names.iter().any(|name| begins_word(&folded, name))
    }
}

/// What the topic is called in every language, where it is the name of something.
fn names_of_topic(understood: &Understood<'_>, from: usize) -> Vec<String> {
    let length = understood.tokens.len();
    let mut names = Vec::new();
    for edge in &understood.lattice.edges {
        let start_fits = (from..edge.start).all(|at| understood.lattice.droppable.get(at).copied().unwrap_or(false));
        let end_fits = (edge.end..length).all(|at| understood.lattice.droppable.get(at).copied().unwrap_or(false));
        if let Value::Noun(noun) = &edge.value
            && let Head::Name(bearers) = &noun.head
            && edge.start >= from
            && start_fits
            && end_fits
        {
            for entity in bearers.iter().filter_map(|b| understood.books.vocabulary.entities.get(*b)) {
                names.extend(entity.labels.iter().map(|(_, label)| fold(label)));
            }
        }
    }
    names
}

/// Whether a word of a text begins so.
fn begins_word(text: &str, start: &str) -> bool {
    text.match_indices(start)
        .any(|(at, _)| !text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric))
}

/// A word without its ending, so that "statistics" finds "statistical".
fn stem(word: &str) -> String {
    let length = word.chars().count();
    let keep = if length > 7 {
        length - 2
    } else if length > 4 {
        length - 1
    } else {
        length
    };
    word.chars().take(keep).collect()
}
