//! The words that forms are told by, as numbers: two words are the same where their numbers are.
//!
//! Each report is compared with all forms. Its words are looked up once; from then on, numbers that lie side by side are
//! compared, and not texts that are scattered in memory.

use crate::knowledge::words::{each_word, places};
use crate::model::id::fold;
use rustc_hash::FxHashMap;
use std::ops::{Range, RangeInclusive};

/// A word.
pub(super) type Number = u32;

/// Every word that no form has. It is no word of a form, so that it equals none.
const UNKNOWN: Number = Number::MAX;

/// The years that a report may be about: the ILO was founded in 1919. Their numbers are the first ones.
const YEARS: RangeInclusive<i32> = 1919..=2100;

/// The year that a word is.
pub(super) fn year(word: Number) -> Option<i32> {
    YEARS.start().checked_add_unsigned(word).filter(|year| YEARS.contains(year))
}

/// The words of all forms, folded, by their numbers.
#[derive(Debug)]
pub(super) struct Vocabulary(FxHashMap<Box<str>, Number>);

impl Vocabulary {
    /// One that has the years only.
    pub(super) fn new() -> Self {
        let mut vocabulary = Self(FxHashMap::default());
        for year in YEARS {
            vocabulary.learn(year.to_string());
        }
        vocabulary
    }

    fn learn(&mut self, word: String) -> Number {
        let next = Number::try_from(self.0.len()).unwrap_or(UNKNOWN);
        *self.0.entry(word.into()).or_insert(next)
    }

    /// The words of a text of a form; those that are new get a number.
    pub(super) fn learned(&mut self, text: &str) -> impl Iterator<Item = Number> {
        each_word(text).map(move |word| self.learn(word.text))
    }

    /// The words of any text, and where each stands. `buffer` is used again for each text.
    pub(super) fn known(&self, text: &str, buffer: &mut String) -> impl Iterator<Item = (Number, Range<usize>)> {
        places(text).map(move |place| (self.number(&text[place.clone()], buffer), place))
    }

    /// A word as it is written.
    fn number(&self, word: &str, buffer: &mut String) -> Number {
        buffer.clear();
        if word.is_ascii() {
            buffer.push_str(word);
            buffer.make_ascii_lowercase();
        } else {
            buffer.push_str(&fold(word));
        }
        self.0.get(buffer.as_str()).copied().unwrap_or(UNKNOWN)
    }
}

/// Some words of forms.
#[derive(Clone, Debug, Default)]
pub(super) struct WordSet(Vec<u64>);

impl WordSet {
    /// The set of some words.
    pub(super) fn of(words: impl IntoIterator<Item = Number>) -> Self {
        let mut set = Self::default();
        for word in words {
            let at = word as usize / 64;
            if at >= set.0.len() {
                set.0.resize(at + 1, 0);
            }
            set.0[at] |= 1 << (word % 64);
        }
        set
    }

    /// Whether a word is one of them.
    pub(super) fn has(&self, word: Number) -> bool {
        self.0.get(word as usize / 64).is_some_and(|bits| bits >> (word % 64) & 1 == 1)
    }
}
