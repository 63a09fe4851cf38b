//! How well words agree with words that are known: in the same order, with some missing or added.

use crate::knowledge::words::Word;

/// The length of the longest common subsequence.
fn common(text: &[&str], known: &[String]) -> usize {
    /// Of so many words, those that were found fit a machine's word, a bit each.
    const MOST: usize = 64;
    if known.len() > MOST {
        return common_of_many(text, known);
    }
    // The method of Hyyrö: a bit is zero where one more of the known words is matched.
    let mut begins = [0; MOST];
    for (begin, word) in begins.iter_mut().zip(known) {
        *begin = beginning(word);
    }
    let mut rows = u64::MAX;
    for word in text {
        let own = beginning(word);
        let mut matches = 0u64;
        for (at, known) in known.iter().enumerate() {
            if begins[at] == own && known == word {
                matches |= 1 << at;
            }
        }
        if matches == 0 {
            continue;
        }
        let taken = rows & matches;
        rows = rows.wrapping_add(taken) | (rows & !taken);
    }
    (0..known.len()).filter(|at| rows & (1 << at) == 0).count()
}

/// How many words of a text may be among the known ones: no fewer than [`common`] finds, and found quickly.
fn at_most(text: &[&str], known: &[String]) -> usize {
    let sign = |word: &str| 1u64 << ((word.bytes().next().map_or(0, usize::from) * 7 + word.len()) % 64);
    let known = known.iter().fold(0, |all, word| all | sign(word));
    text.iter().filter(|word| sign(word) & known != 0).count()
}

/// The length and the first letters of a word: most words that differ differ in them.
fn beginning(word: &str) -> u64 {
    let length = u64::from(u8::try_from(word.len()).unwrap_or(u8::MAX));
    word.bytes().take(7).fold(length, |all, byte| all << 8 | u64::from(byte))
}

/// The same for any number of words.
fn common_of_many(text: &[&str], known: &[String]) -> usize {
    let mut row = vec![0usize; known.len() + 1];
    for word in text {
        let mut diagonal = 0;
        for (i, other) in known.iter().enumerate() {
            let above = row[i + 1];
            row[i + 1] = if word == other { diagonal + 1 } else { above.max(row[i]) };
            diagonal = above;
        }
    }
    row[known.len()]
}

/// Words that a text may have more or less than is known without being judged by them.
const SLACK: usize = 3;

/// How well a text begins as `known` does, from 0 to 1: 1 if it is a beginning of it, or goes on after it. Where that is surely
/// no better than `than`, 0 may be said instead.
pub(super) fn begins_better(text: &[&str], known: &[String], than: f32) -> f32 {
    let text = &text[..text.len().min(known.len() + SLACK)];
    let known = &known[..known.len().min(text.len() + SLACK)];
    // What goes on after all of the known words is no disagreement.
    let longest = text.len().min(known.len()).max(1);
    if ratio(at_most(text, known), longest) <= than { 0.0 } else { ratio(common(text, known), longest) }
}

/// How well two texts agree as wholes, from 0 to 1. Where that is surely less than `least`, 0 may be said instead.
pub(super) fn agrees(text: &[&str], known: &[String], least: f32) -> f32 {
    let longest = text.len().max(known.len()).max(1);
    if ratio(at_most(text, known), longest) < least { 0.0 } else { ratio(common(text, known), longest) }
}

#[allow(clippy::cast_precision_loss)] // counts of words
fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole as f32
}

/// Follows known words through a text, word by word.
pub(super) struct Follower<'a> {
    known: &'a [String],
    /// How many of the known words are behind.
    pub(super) at: usize,
}

/// So many known words may be missing between two that are found.
const SKIP: usize = 3;

impl<'a> Follower<'a> {
    /// A follower at the beginning of the known words.
    pub(super) fn new(known: &'a [String]) -> Self {
        Self { known, at: 0 }
    }

    /// Takes the words of a line: how many of them go on where the last ones ended, and the index after the last that does.
    pub(super) fn take(&mut self, line: &[Word]) -> (usize, usize) {
        let (mut found, mut end) = (0, 0);
        for (i, word) in line.iter().enumerate() {
            let ahead = &self.known[self.at.min(self.known.len())..];
            if let Some(step) = ahead.iter().take(SKIP + 1).position(|known| *known == word.text) {
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
    use super::*;
    use crate::knowledge::words::{folded_words, words};

    #[test]
    fn beginnings_and_wholes() {
        let known = folded_words("Sírvase describir tales medidas");
        assert!(begins_better(&["sirvase", "describir"], &known, 0.0) > 0.99);
        assert!(begins_better(&["sirvase", "describir", "tales", "medidas", "la", "stps"], &known, 0.0) > 0.99);
        assert!(begins_better(&["la", "stps", "colabora"], &known, 0.0) < 0.1);
        assert!(agrees(&["sirvase", "describir"], &known, 0.0) < 0.6);
    }

    #[test]
    fn both_ways_of_comparing_agree() {
        let words = ["a", "de", "la", "secretaria", "secretarial", "las"];
        // All kinds of orders, the same ones each time.
        let mut state = 7u32;
        let mut pick = |most: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize % most
        };
        for _ in 0..2000 {
            let text: Vec<&str> = (0..pick(40)).map(|_| words[pick(words.len())]).collect();
            let known: Vec<String> = (0..pick(65)).map(|_| words[pick(words.len())].to_owned()).collect();
            assert_eq!(common(&text, &known), common_of_many(&text, &known), "{text:?} {known:?}");
            assert!(common(&text, &known) <= at_most(&text, &known), "{text:?} {known:?}");
        }
    }

    #[test]
    fn a_follower_skips_little() {
        let known = folded_words("acceso de las víctimas a acciones jurídicas y de reparación");
        let mut follower = Follower::new(&known);
        assert!(follower.goes_on(&words("acceso de víctimas a acciones")));
        assert!(!follower.goes_on(&words("Sí")) && !follower.is_done());
        assert!(follower.goes_on(&words("jurídicas y de reparación")) && follower.is_done());
    }
}
