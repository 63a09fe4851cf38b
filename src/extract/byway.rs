//! What a sentence says by the way, between two commas: "The Board, in collaboration with the Ministry of Tides, runs the project".
//!
//! Such a sentence is read twice: as it stands, where no statement may reach out of what is said by the way, and without it.

use super::tokens::{Kind, Sentence, Token, same_word};
use super::vocabulary::Senses;
use std::ops::Range;

/// How a sentence is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Reading {
    /// As it stands.
    #[default]
    Plain,
    /// As it stands; these tokens say something by the way.
    With(Range<usize>),
    /// Without these tokens.
    Without(Range<usize>),
    /// Without these tokens, which stand between an introduction and an item of its list.
    Item(Range<usize>),
}

/// The sentences with how each is read: one that says something by the way stands twice.
pub(super) fn readings(
    sentences: Vec<Sentence>,
    tokens: &[Token],
    openers: &[Vec<String>],
    and: &[Vec<String>],
) -> Vec<(Sentence, Reading)> {
    let mut out = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        match by_the_way(tokens, &sentence.tokens, openers, and) {
            Some(range) => {
                out.push((sentence.clone(), Reading::With(range.clone())));
                out.push((sentence, Reading::Without(range)));
            }
            None => out.push((sentence, Reading::Plain)),
        }
    }
    out
}

/// The first such words of a sentence, both commas included: they stand behind a name or a noun that stands for one, begin by a phrase of
/// the lexicon, and a word in lower case that is no small one, a verb then, goes on behind them.
fn by_the_way(tokens: &[Token], sentence: &Range<usize>, openers: &[Vec<String>], and: &[Vec<String>]) -> Option<Range<usize>> {
    let opens = |at: usize| begins(tokens, at, openers);
    let small = |t: &Token| t.can_be(Senses::SMALL);
    // "…, así como …" goes on with what is said by the way.
    let goes_on = |at: usize| {
        // "Ce comité, qui relève du ministère, a été institué"
        let verb =
            tokens.get(at).is_some_and(|t| t.kind == Kind::Word && !t.capital && (!small(t) || t.can_be(Senses::AUXILIARY)));
        verb && !opens(at) && !begins(tokens, at, and)
    };
    let named = |t: &Token| {
        t.capital
            || t.kind == Kind::Number
            || t.can_be(Senses::INSIDE)
            || t.can_be(Senses::HEAD)
            || [')', '"', '”', '»'].iter().any(|c| t.is(*c))
    };
    let first = (sentence.start + 1..sentence.end).find(|i| tokens[*i].is(',') && named(&tokens[i - 1]) && opens(i + 1))?;
    let ends = |t: &Token| t.is(';') || t.is(':') || t.is('.') && t.spaced;
    let mut inside = (first + 2..sentence.end.saturating_sub(1)).take_while(|i| !ends(&tokens[*i]));
    inside.find(|i| tokens[*i].is(',') && goes_on(i + 1)).map(|last| first..last + 1)
}

/// Whether one of some phrases begins at a token.
fn begins(tokens: &[Token], at: usize, phrases: &[Vec<String>]) -> bool {
    let here = |p: &Vec<String>| tokens.get(at..at + p.len()).is_some_and(|t| t.iter().zip(p).all(|(t, w)| same_word(t, w)));
    phrases.iter().any(here)
}
