//! The words that forms are told by, as numbers: each report is compared with all forms, and its words are looked up once.

pub(super) use crate::knowledge::numbers::Number;
use crate::knowledge::numbers::Numbers;
use crate::knowledge::words::{each_word, places};
use std::ops::{Range, RangeInclusive};

/// The years that a report may be about: the ILO was founded in 1919. Their numbers are the first ones.
pub(super) const YEARS: RangeInclusive<i32> = 1919..=2100;

/// The year that a word is.
pub(super) fn year(word: Number) -> Option<i32> {
    YEARS.start().checked_add_unsigned(word).filter(|year| YEARS.contains(year))
}

/// The words of all forms, by their numbers. Every word that no form has is [`Numbers::NONE`], which equals none of a form.
#[derive(Debug)]
pub(super) struct Vocabulary(Numbers);

impl Vocabulary {
    /// One that has the years only.
    pub(super) fn new() -> Self {
        let mut numbers = Numbers::default();
        for year in YEARS {
            numbers.add(&year.to_string());
        }
        Self(numbers)
    }

    /// The words of a text of a form; those that are new get a number.
    pub(super) fn learned(&mut self, text: &str) -> impl Iterator<Item = Number> {
        each_word(text).map(|word| self.0.add(&word.text))
    }

    /// The words of any text, and where each stands.
    pub(super) fn known(&self, text: &str) -> impl Iterator<Item = (Number, Range<usize>)> {
        places(text).map(|place| (self.0.of_written(&text[place.clone()]), place))
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
