//! What tells one name from another: its words in one spelling, and what they are about.

use super::lexicon::lexicons;
use super::words::folded_words;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// So much of a word tells what it is about: `prevention`, `preventing`.
const STEM: usize = 6;
/// Words this short say nothing, where names are compared by what they are about.
const SMALL: usize = 3;

/// Words of all languages that matter where names are compared; without lexicons, no conversion gets this far.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for lexicon in lexicons().unwrap_or_default() {
        let one = |word: String| (!word.contains(' ')).then_some(word);
        words.small.extend(lexicon.words.connectors.into_iter().chain(lexicon.words.and).filter_map(one));
        words.spellings.extend(lexicon.words.spellings);
    }
    words
});

#[derive(Default)]
struct Words {
    /// What stands between the words of a name.
    small: FxHashSet<String>,
    spellings: FxHashMap<String, String>,
}

/// A name's words, folded, each in the one spelling.
pub fn words(name: &str) -> Vec<String> {
    folded_words(name).into_iter().map(|word| spelt(&word).to_owned()).collect()
}

/// A folded word in the one spelling.
pub fn spelt(word: &str) -> &str {
    WORDS.spellings.get(word).map_or(word, String::as_str)
}

/// Whether a folded word only stands between others: `of`.
pub fn is_small(word: &str) -> bool {
    WORDS.small.contains(word)
}

/// What a name is about: the beginnings of its longer words, and its numbers. Its words are given as [`words`] returns them,
/// joined by spaces.
pub fn stems(name: &str) -> BTreeSet<String> {
    let tells = |word: &&str| word.len() > SMALL && !is_small(word) || word.bytes().any(|b| b.is_ascii_digit());
    name.split(' ').filter(tells).map(|word| word.chars().take(STEM).collect()).collect()
}

/// The numbers in a name, given as to [`stems`]: agreement 2 is not agreement 11.
pub fn numbers(name: &str) -> BTreeSet<&str> {
    name.split(' ').filter(|word| word.bytes().any(|b| b.is_ascii_digit())).collect()
}
