//! Words whatever their spelling and number: names that people write otherwise than their bearers do are still those names.

use super::words::{LANGUAGES, phrases, words};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a word is without its spelling and number; none if it is a small word that names are told without.
pub fn plain(word: &str) -> Option<String> {
    if SMALL.contains(word) {
        return None;
    }
    let one = SPELLINGS.get(word).map_or(word, String::as_str);
    let one = if one.len() > 3 { one.strip_suffix('s').unwrap_or(one) } else { one };
    let one = SPELLINGS.get(one).map_or(one, String::as_str);
    Some(if one.len() > 4 { one.trim_end_matches('e') } else { one }.to_owned())
}

/// The same of several words.
pub fn plain_words(words: &[String]) -> Vec<String> {
    words.iter().filter_map(|word| plain(word)).collect()
}

/// Articles, prepositions, "and".
static SMALL: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let mut all = HashSet::new();
    for language in LANGUAGES.iter().filter_map(|lang| words(lang).ok()) {
        let and = language.join.get("and").into_iter().flatten();
        let lists = language.articles.iter().chain(&language.weak).chain(and);
        let small = lists.flat_map(|text| phrases(std::slice::from_ref(text)));
        all.extend(small.filter(|words| words.len() == 1).flatten());
    }
    all
});

/// The spelling that stands for another.
static SPELLINGS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let all = LANGUAGES.iter().filter_map(|lang| words(lang).ok()).flat_map(|words| &words.spelling);
    all.map(|(one, other)| (one.clone(), other.clone())).collect()
});

#[cfg(test)]
mod tests {
    use super::super::tokens::phrase;
    use super::*;

    #[test]
    fn names_are_the_same_in_another_spelling() {
        let same = |a: &str, b: &str| plain_words(&phrase(a)) == plain_words(&phrase(b));
        assert!(same("national steering committee on child labour", "National Steering Committee for Child Labor"));
        assert!(same("Programme for the Elimination of Child Labour", "Program on Elimination of Child Labor"));
        assert!(!same("National Steering Committee on Child Labor", "National Committee on Child Labor"));
        assert!(!same("Ministry of Labour", "Ministry of the Interior"));
    }
}
