//! Words whatever their spelling and number: names that people write otherwise than their bearers do are still those names.

use crate::knowledge::telling::{is_small, spelt};

/// What a word is without its spelling and number; none if it is a small word that names are told without.
pub fn plain(word: &str) -> Option<String> {
    if is_small(word) {
        return None;
    }
    let one = spelt(word);
    let one = if one.len() > 3 { one.strip_suffix('s').unwrap_or(one) } else { one };
    let one = spelt(one);
    Some(if one.len() > 4 { one.trim_end_matches('e') } else { one }.to_owned())
}

/// The same of several words.
pub fn plain_words(words: &[String]) -> Vec<String> {
    words.iter().filter_map(|word| plain(word)).collect()
}

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
