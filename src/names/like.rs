//! How much a name is like what a person has written, from 0 to 1; 0 where it is no help.
//!
//! What was written may be a part of a name (`Campos`), a name with a slip of the pen (`Sendros`), or some words of it with or without
//! slips. A short acronym is close to a great many things, so it is offered for another acronym only, and after full names.

use super::{Name, Sort, folded};
use oxigraph::model::NamedNode;
use strsim::{damerau_levenshtein, normalized_damerau_levenshtein};

/// Names less alike than this are no help.
const ALIKE: f64 = 0.72;
/// Longer texts are compared by their beginning: to compare costs the product of the lengths.
const LONGEST: usize = 80;
/// Names longer than this are no slip of the pen of anything.
const LONGEST_NAME: usize = 200;
/// Shorter texts are no part of a name that anybody would look for.
const SHORTEST_PART: usize = 3;

/// What was written, ready to be compared.
pub(super) struct Wanted {
    text: String,
    words: Vec<String>,
}

impl Wanted {
    /// `folded` is as [`folded`] gives it.
    pub(super) fn new(folded: &str) -> Self {
        let text: String = folded.chars().take(LONGEST).collect();
        let words = text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        Self { text, words }
    }

    /// How much a name is like it.
    pub(super) fn likeness(&self, name: &Name) -> f64 {
        match name.sort {
            Sort::Acronym | Sort::Code => self.like_code(&name.folded),
            Sort::Label | Sort::Other => self.like(&name.folded),
        }
    }

    /// How much the last part of an IRI is like it.
    pub(super) fn likeness_of_end(&self, entity: &NamedNode) -> f64 {
        self.like(&folded(entity.as_str().rsplit('/').next().unwrap_or_default()))
    }

    fn like(&self, name: &str) -> f64 {
        if self.text.is_empty() || name.is_empty() || name.len() > LONGEST_NAME {
            return 0.0;
        }
        let whole = normalized_damerau_levenshtein(&self.text, name);
        let best = whole.max(self.part(name)).max(self.by_words(name));
        if best >= ALIKE { best } else { 0.0 }
    }

    /// Two codes are alike where they differ in one character, or in the order of two.
    fn like_code(&self, code: &str) -> f64 {
        const MOST: f64 = 0.8;
        let comparable = self.words.len() == 1 && self.text.len() >= SHORTEST_PART && code.len() >= SHORTEST_PART;
        if !comparable || damerau_levenshtein(&self.text, code) > 1 {
            // A code may be one word of several that were written: `the ministry STPS`.
            let within = self.words.len() > 1 && code.len() >= SHORTEST_PART && self.words.iter().any(|word| word == code);
            return if within { ALIKE } else { 0.0 };
        }
        normalized_damerau_levenshtein(&self.text, code).clamp(ALIKE, MOST)
    }

    /// One is a part of the other, from the beginning of a word on; the more of it, the better.
    fn part(&self, name: &str) -> f64 {
        let (short, long) = if self.text.len() <= name.len() { (self.text.as_str(), name) } else { (name, self.text.as_str()) };
        if short.len() < SHORTEST_PART || !format!(" {long}").contains(&format!(" {short}")) {
            return 0.0;
        }
        0.85 + 0.1 * share(short, long)
    }

    /// Each word that was written is in the name, or one close to it.
    fn by_words(&self, name: &str) -> f64 {
        if self.words.len() < 2 {
            return 0.0;
        }
        let named: Vec<&str> = name.split(' ').collect();
        let close = |word: &String| named.iter().map(|other| normalized_damerau_levenshtein(word, other)).fold(0.0, f64::max);
        let each: Vec<f64> = self.words.iter().map(close).collect();
        if each.iter().any(|close| *close < ALIKE) {
            return 0.0;
        }
        #[allow(clippy::cast_precision_loss, reason = "a name has few words")]
        let mean = each.iter().sum::<f64>() / each.len() as f64;
        mean * (0.8 + 0.1 * share(&self.text, name))
    }
}

/// How much of a text another is, by length.
fn share(short: &str, long: &str) -> f64 {
    let [short, long] = [short, long].map(|text| u32::try_from(text.len()).unwrap_or(u32::MAX));
    f64::from(short.min(long)) / f64::from(long.max(1))
}
