//! How well words agree with words that are known: in the same order, with some missing or added.

use super::layout::Word;
use super::vocabulary::Number;

/// Words of a text that are compared with many others.
pub(super) struct Text<'t> {
    pub(super) words: &'t [Word],
    /// A bit for each of the words; some words share theirs.
    signs: [u64; SIGNS],
}

/// So many machine's words hold the signs of a text's words; few of those of a question or a heading meet there.
const SIGNS: usize = 8;

impl<'t> Text<'t> {
    /// Words to be compared.
    pub(super) fn of(words: &'t [Word]) -> Self {
        let mut signs = [0; SIGNS];
        for word in words {
            signs[word.number as usize / 64 % SIGNS] |= 1 << (word.number % 64);
        }
        Self { words, signs }
    }

    /// How well the text begins as `known` does, from 0 to 1: 1 if it is a beginning of it, or goes on after it. Where that is
    /// surely no better than `than`, 0 may be said instead.
    pub(super) fn begins_better(&self, known: &[Number], than: f32) -> f32 {
        let text = &self.words[..self.words.len().min(known.len() + SLACK)];
        let known = &known[..known.len().min(text.len() + SLACK)];
        // What goes on after all of the known words is no disagreement.
        let longest = text.len().min(known.len()).max(1);
        if self.may_have(known, fewest(than, longest)) { ratio(common(text, known), longest) } else { 0.0 }
    }

    /// How well the text agrees as a whole, from 0 to 1. Where that is surely less than `least`, 0 may be said instead.
    pub(super) fn agrees(&self, known: &[Number], least: f32) -> f32 {
        let longest = self.words.len().max(known.len()).max(1);
        if self.may_have(known, fewest(least, longest)) { ratio(common(self.words, known), longest) } else { 0.0 }
    }

    /// Whether so many of the known words may be in the text, in any order: told quickly, and no for nearly all texts.
    fn may_have(&self, known: &[Number], fewest: usize) -> bool {
        let Some(mut spare) = known.len().checked_sub(fewest) else { return false };
        for word in known {
            if self.signs[*word as usize / 64 % SIGNS] >> (word % 64) & 1 == 0 {
                let Some(left) = spare.checked_sub(1) else { return false };
                spare = left;
            }
        }
        true
    }
}

/// The length of the longest common subsequence.
fn common(text: &[Word], known: &[Number]) -> usize {
    // Most questions are printed word for word.
    let same = text.iter().zip(known).take_while(|(word, known)| word.number == **known).count();
    same + common_of_few(&text[same..], &known[same..])
}

/// The same, for so many known words that those that were found fit a machine's word, a bit each.
fn common_of_few(text: &[Word], known: &[Number]) -> usize {
    const MOST: usize = 64;
    if known.len() > MOST {
        return common_of_many(text, known);
    }
    // The method of Hyyrö: a bit is zero where one more of the known words is matched.
    let mut rows = u64::MAX;
    for word in text {
        let matches = known.iter().rev().fold(0u64, |all, known| all << 1 | u64::from(*known == word.number));
        let taken = rows & matches;
        rows = rows.wrapping_add(taken) | (rows & !taken);
    }
    (0..known.len()).filter(|at| rows & (1 << at) == 0).count()
}

/// The same for any number of words.
fn common_of_many(text: &[Word], known: &[Number]) -> usize {
    let mut row = vec![0usize; known.len() + 1];
    for word in text {
        let mut diagonal = 0;
        for (i, other) in known.iter().enumerate() {
            let above = row[i + 1];
            row[i + 1] = if word.number == *other { diagonal + 1 } else { above.max(row[i]) };
            diagonal = above;
        }
    }
    row[known.len()]
}

/// Words that a text may have more or less than is known without being judged by them.
const SLACK: usize = 3;

/// As many of `whole` as the part `least` is of it, or one fewer.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // a part of few words
fn fewest(least: f32, whole: usize) -> usize {
    (least * whole as f32) as usize
}

/// The part that some words are of all.
#[allow(clippy::cast_precision_loss)] // counts of words
pub(super) fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole as f32
}

/// Follows known words through a text, word by word.
pub(super) struct Follower<'a> {
    known: &'a [Number],
    /// How many of the known words are behind.
    pub(super) at: usize,
}

/// So many known words may be missing between two that are found.
const SKIP: usize = 3;

impl<'a> Follower<'a> {
    /// A follower at the beginning of the known words.
    pub(super) fn new(known: &'a [Number]) -> Self {
        Self { known, at: 0 }
    }

    /// Takes the words of a line: how many of them go on where the last ones ended, and the index after the last that does.
    pub(super) fn take(&mut self, line: &[Word]) -> (usize, usize) {
        let (mut found, mut end) = (0, 0);
        for (i, word) in line.iter().enumerate() {
            let ahead = &self.known[self.at.min(self.known.len())..];
            if let Some(step) = ahead.iter().take(SKIP + 1).position(|known| *known == word.number) {
                self.at += step + 1;
                found += 1;
                end = i + 1;
            }
        }
        (found, end)
    }

    /// Whether the words of a line go on where the last ones ended; they are taken if so.
    pub(super) fn goes_on(&mut self, line: &[Word]) -> bool {
        let before = self.at;
        let (found, _) = self.take(line);
        let does = found > 0 && found * 10 >= line.len() * 6;
        if !does {
            self.at = before;
        }
        does
    }

    /// Whether all of the known words were found, but for one at the end.
    pub(super) fn is_done(&self) -> bool {
        self.at + usize::from(self.known.len() > 3) >= self.known.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout::Layout;
    use super::super::vocabulary::Vocabulary;
    use super::*;
    use crate::model::document::{Document, Source};

    /// The words of a text, one a line.
    fn words(text: &str, vocabulary: &Vocabulary) -> Vec<Word> {
        let source = Source { name: "t".into(), sha256: String::new() };
        Layout::of(&Document::new(source, text.into(), vec![]), vocabulary).words(0).to_vec()
    }

    #[test]
    fn beginnings_and_wholes() {
        let mut vocabulary = Vocabulary::new();
        let known: Vec<Number> = vocabulary.learned("Sírvase describir tales medidas").collect();
        let begins = |text: &str| Text::of(&words(text, &vocabulary)).begins_better(&known, 0.0);
        assert!(begins("Sirvase describir") > 0.99);
        assert!(begins("sírvase DESCRIBIR tales medidas: la STPS") > 0.99);
        assert!(begins("La STPS colabora") < 0.1);
        assert!(Text::of(&words("sírvase describir", &vocabulary)).agrees(&known, 0.0) < 0.6);
    }

    #[test]
    fn what_is_told_quickly_agrees_with_what_is_counted() {
        // All kinds of orders, the same ones each time.
        let mut state = 7u32;
        let mut pick = |most: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % most
        };
        for _ in 0..2000 {
            let numbers = |pick: &mut dyn FnMut(u32) -> u32, most: u32| -> Vec<Number> {
                let different = 2 + pick(600);
                (0..pick(most)).map(|_| pick(different)).collect()
            };
            let (written, known) = (numbers(&mut pick, 40), numbers(&mut pick, 65));
            let text: Vec<Word> = written.iter().map(|number| Word::at(*number, 0..1)).collect();
            let many = common_of_many(&text, &known);
            assert_eq!(common(&text, &known), many, "{written:?} {known:?}");
            let text = Text::of(&text);
            assert!(text.may_have(&known, many), "{written:?} {known:?}");
            let (begins, agrees) = (text.begins_better(&known, 0.0), text.agrees(&known, 0.0));
            let again = text.begins_better(&known, (begins - 1e-6).max(0.0));
            assert!((again - begins).abs() < f32::EPSILON, "{written:?} {known:?}");
            assert!((text.agrees(&known, agrees) - agrees).abs() < f32::EPSILON, "{written:?} {known:?}");
        }
    }

    #[test]
    fn a_follower_skips_little() {
        let mut vocabulary = Vocabulary::new();
        let known: Vec<Number> = vocabulary.learned("acceso de las víctimas a acciones jurídicas y de reparación").collect();
        let mut follower = Follower::new(&known);
        assert!(follower.goes_on(&words("acceso de víctimas a acciones", &vocabulary)));
        assert!(!follower.goes_on(&words("Sí", &vocabulary)) && !follower.is_done());
        assert!(follower.goes_on(&words("jurídicas y de reparación", &vocabulary)) && follower.is_done());
    }
}
