//! How far back the name reaches that an acronym in brackets stands for, by the letters of the acronym.

use crate::extract::Tools;
use crate::extract::tokens::{Kind, Token, apostrophe};
use crate::model::id::fold;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// A name that is found by its acronym alone is not longer than this, in tokens.
const LONGEST: usize = 16;
/// An acronym of fewer letters fits too many words.
const FEWEST: usize = 3;

/// Whether the letters of an acronym stand in a name, in their order, the first of them first.
pub(super) fn abbreviates(acronym: &str, name: &str) -> bool {
    let (acronym, name) = (fold(acronym), fold(name));
    let mut letters = name.chars();
    let mut wanted = acronym.chars().filter(|c| c.is_alphanumeric());
    wanted.next().is_some_and(|first| letters.next() == Some(first)) && wanted.all(|c| letters.any(|l| l == c))
}

/// Whether an acronym has the first letter, or the first letters, of each of some words, in their order, and no other.
pub(super) fn spelt(acronym: &str, words: &[&str]) -> bool {
    let letters: Vec<char> = fold(acronym).chars().filter(|c| c.is_alphanumeric()).collect();
    // How many letters may be spent after each word: there are many ways to spend "AAAA".
    let mut spent = BTreeSet::from([0]);
    for word in words {
        let same = |from: usize| word.chars().zip(&letters[from..]).take_while(|(a, b)| a == *b).count();
        spent = spent.into_iter().flat_map(|from| from + 1..=from + same(from)).collect();
    }
    words.len() > 1 && spent.contains(&letters.len())
}

/// The nearest capitalised word before `end` from which on the words are abbreviated by the acronym, if they are written as a
/// name: capitalised, but for small words between them.
pub(super) fn begins(text: &str, toks: &[Token], end: usize, acronym: &str, tools: &Tools<'_>) -> Option<usize> {
    if acronym.chars().filter(|c| c.is_alphanumeric()).count() < FEWEST {
        return None;
    }
    let lexicon = tools.lexicon;
    let small = lexicon.words.connectors.iter().chain(&lexicon.words.and).chain(&lexicon.rows.owner_endings);
    let small: FxHashSet<&str> = small.map(String::as_str).collect();
    let named = |t: &Token| {
        let joins = t.is('-') || t.is('/') || t.is('&') || apostrophe(t);
        t.capital || joins || t.is(',') || t.kind == Kind::Word && small.contains(t.folded.as_str())
    };
    let stop = toks.get(end)?.start();
    let run = (end.saturating_sub(LONGEST)..end).rev().take_while(|at| named(&toks[*at]));
    run.filter(|at| toks[*at].capital).find(|at| {
        let here = &toks[*at..end];
        // Over a comma the acronym must have the first letter of each word: "Foreign, Commonwealth and Development Office".
        if here.iter().any(|t| t.is(',')) {
            let initials: String = here.iter().filter(|t| t.capital).filter_map(|t| t.folded.chars().next()).collect();
            return initials == fold(acronym);
        }
        abbreviates(acronym, text.get(toks[*at].start()..stop).unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_is_spelt_by_the_beginnings_of_all_words_and_no_other() {
        assert!(spelt("PLT", &["projet", "lutte", "traite"]) && spelt("PALUTRA", &["paix", "lutte", "traite"]));
        assert!(!spelt("PLT", &["projet", "lutte"]) && !spelt("PT", &["projet", "lutte", "traite"]) && !spelt("P", &["projet"]));
        // Letters that may be spent in very many ways take no longer.
        let (letters, words) = ("a".repeat(4000), vec!["aaaa"; 1500]);
        assert!(spelt(&letters, &words) && !spelt(&format!("{letters}b"), &words));
    }
}
