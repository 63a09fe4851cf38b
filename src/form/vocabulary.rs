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

/// The words of all forms, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Nearly all words are so short that they are packed: nothing else is looked at to tell one.
    short: FxHashMap<u128, Number>,
    long: FxHashMap<String, Number>,
}

impl Vocabulary {
    /// One that has the years only.
    pub(super) fn new() -> Self {
        let mut vocabulary = Self::default();
        for year in YEARS {
            vocabulary.learn(year.to_string());
        }
        vocabulary
    }

    /// A folded word, which gets a number if it is new.
    fn learn(&mut self, word: String) -> Number {
        let next = Number::try_from(self.short.len() + self.long.len()).unwrap_or(UNKNOWN);
        match packed(&word) {
            Some(packed) => *self.short.entry(packed).or_insert(next),
            None => *self.long.entry(word).or_insert(next),
        }
    }

    /// The words of a text of a form; those that are new get a number.
    pub(super) fn learned(&mut self, text: &str) -> impl Iterator<Item = Number> {
        each_word(text).map(move |word| self.learn(word.text))
    }

    /// The words of any text, and where each stands.
    pub(super) fn known(&self, text: &str) -> impl Iterator<Item = (Number, Range<usize>)> {
        places(text).map(move |place| (self.number(&text[place.clone()]), place))
    }

    /// A word as it is written.
    fn number(&self, word: &str) -> Number {
        /// The bit of each letter that capitals lack, and that all digits have.
        const SMALL: u128 = u128::MAX / 0xff * 0x20;
        /// The bit that no ASCII character has.
        const OTHER: u128 = u128::MAX / 0xff * 0x80;
        let found = if let Some(packed) = packed(word).filter(|packed| packed & OTHER == 0) {
            self.short.get(&(packed | (SMALL >> (8 * (PACKED - word.len())))))
        } else {
            let folded = fold(word);
            packed(&folded).map_or_else(|| self.long.get(&folded), |packed| self.short.get(&packed))
        };
        found.copied().unwrap_or(UNKNOWN)
    }
}

/// A word of so many bytes fits into a number.
const PACKED: usize = size_of::<u128>();

/// The bytes of a word as one number; no other word has the same, as none has a zero byte.
fn packed(word: &str) -> Option<u128> {
    (1..=PACKED).contains(&word.len()).then(|| word.bytes().fold(0, |all, byte| all << 8 | u128::from(byte)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_documents_are_those_of_forms_or_none() {
        let mut vocabulary = Vocabulary::new();
        let form: Vec<Number> = vocabulary.learned("¿Qué medidas adoptó en 2020? ¿Qué más?").collect();
        assert_eq!((form.len(), form[0]), (7, form[5]));
        let long: Vec<Number> = vocabulary.learned("Interinstitucionalmente ANTICONSTITUCIONALIDAD á").collect();
        let read = |text: &str| vocabulary.known(text).collect::<Vec<_>>();
        let (words, places): (Vec<Number>, Vec<_>) = read("QUE\tMedidas adopto\u{301} en2020 2020").into_iter().unzip();
        assert_eq!(words[..3], form[..3]);
        assert_eq!(places, [0..3, 4..11, 12..20, 21..27, 28..32]);
        assert_eq!((words[4], year(words[4])), (form[4], Some(2020)));
        let (words_of_any_length, _): (Vec<Number>, Vec<_>) =
            read("INTERINSTITUCIONALMENTE anticonstitucionalidad Á a").into_iter().unzip();
        assert_eq!(words_of_any_length, [long[0], long[1], long[2], long[2]]);
        // A word that no form has is in no set of words of forms, and no year.
        assert!(WordSet::of(form.iter().copied()).has(words[0]));
        assert!(!WordSet::of(form).has(words[3]) && year(words[3]).is_none());
        let years = ["1918", "1919", "2100", "2101", "02020", "２０２１"].map(|text| year(read(text)[0].0));
        assert_eq!(years, [None, Some(1919), Some(2100), None, None, Some(2021)]);
    }
}
