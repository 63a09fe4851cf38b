//! Words as numbers: two words are the same where their numbers are.
//!
//! A text's words are looked up once; from then on numbers are compared that lie side by side, and not strings that are scattered in
//! memory.

use crate::model::id::fold;
use rustc_hash::FxHashMap;

/// A word.
pub type Number = u32;

/// Words with their numbers, from 0 on.
#[derive(Debug, Default)]
pub struct Numbers {
    /// Nearly all words are so short that they are packed: nothing else is looked at to tell one.
    short: FxHashMap<u128, Number>,
    long: FxHashMap<Box<str>, Number>,
}

impl Numbers {
    /// The number of a word that has none.
    pub const NONE: Number = Number::MAX;

    /// The number of a folded word, which gets one if it is new.
    pub fn add(&mut self, word: &str) -> Number {
        let next = Number::try_from(self.short.len() + self.long.len()).unwrap_or(Self::NONE);
        match packed(word) {
            Some(packed) => *self.short.entry(packed).or_insert(next),
            None => *self.long.entry(word.into()).or_insert(next),
        }
    }

    /// The number of a folded word, or [`Self::NONE`].
    pub fn of(&self, word: &str) -> Number {
        let found = packed(word).map_or_else(|| self.long.get(word), |packed| self.short.get(&packed));
        found.copied().unwrap_or(Self::NONE)
    }

    /// The number of a word as it is written, or [`Self::NONE`].
    pub fn of_written(&self, word: &str) -> Number {
        /// The bit of each letter that capitals lack, and that all digits have.
        const SMALL: u128 = u128::MAX / 0xff * 0x20;
        /// The bit that no ASCII character has.
        const OTHER: u128 = u128::MAX / 0xff * 0x80;
        match packed(word).filter(|packed| packed & OTHER == 0) {
            Some(packed) => {
                let found = self.short.get(&(packed | (SMALL >> (8 * (PACKED - word.len())))));
                found.copied().unwrap_or(Self::NONE)
            }
            None => self.of(&fold(word)),
        }
    }
}

/// A word of so many bytes fits into a number.
const PACKED: usize = size_of::<u128>();

/// The bytes of a word as one number; no other word has the same, as none has a zero byte.
fn packed(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    // Two halves that overlap, or few bytes one by one: to copy so few at once would take longer.
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => {
            let behind = bytes.len().checked_sub(8).filter(|behind| *behind <= PACKED - 8)?;
            Some(u128::from(u64::from_be_bytes(*first)) << (8 * behind) | u128::from(u64::from_be_bytes(*last)))
        }
        _ if bytes.is_empty() => None,
        _ => Some(u128::from(bytes.iter().fold(0, |packed: u64, byte| packed << 8 | u64::from(*byte)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_packed_by_their_bytes() {
        let all = "abcdefghijklmnopqrstuvwxyz";
        for length in 0..=all.len() {
            let word = &all[..length];
            let expected = (1..=PACKED).contains(&length).then(|| word.bytes().fold(0, |n, byte| n << 8 | u128::from(byte)));
            assert_eq!(packed(word), expected, "{word}");
        }
        let mut numbers = Numbers::default();
        let [short, long] = ["pais", "internacionalizacion"].map(|word| numbers.add(word));
        assert_eq!(["País", "PAIS", "pais"].map(|word| numbers.of_written(word)), [short; 3]);
        assert_eq!(numbers.of_written("Internacionalización"), long);
        assert_eq!(numbers.of("paises"), Numbers::NONE);
    }
}
