//! What tells one name from another: its words in one spelling, and what they are about.

use super::lexicon::lexicons;
use super::words::folded_words;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// So much of a word tells what it is about: `prevention`, `preventing`.
const STEM: usize = 6;
/// Stands for the aim of a name, among its words; no word is spelt so.
const AIM: &str = "->";
/// Words this short say nothing, where names are compared by what they are about.
const SMALL: usize = 3;

/// Words of all languages that matter where names are compared; without lexicons, no conversion gets this far.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for lexicon in lexicons().unwrap_or_default() {
        let one = |word: String| (!word.contains(' ')).then_some(word);
        words.small.extend(lexicon.words.connectors.into_iter().chain(lexicon.words.and).filter_map(one));
        words.spellings.extend(lexicon.words.spellings);
        words.aims.extend(lexicon.words.aims);
        words.prefixes.extend(lexicon.words.prefixes);
        words.countrywide.extend(lexicon.words.countrywide);
        words.demonyms.extend(lexicon.words.demonyms);
    }
    words
});

#[derive(Default)]
struct Words {
    /// What stands between the words of a name.
    small: FxHashSet<String>,
    spellings: FxHashMap<String, String>,
    aims: FxHashSet<String>,
    prefixes: FxHashSet<String>,
    countrywide: FxHashSet<String>,
    demonyms: FxHashMap<String, String>,
}

/// A name's words, folded, each in the one spelling.
pub fn words(name: &str) -> Vec<String> {
    folded_words(name).into_iter().map(|word| spelt(&word).to_owned()).collect()
}

/// A folded word in the one spelling.
pub fn spelt(word: &str) -> &str {
    WORDS.spellings.get(word).map_or(word, String::as_str)
}

/// The code of the country whose a folded word says something is: `fra` for `francesa`.
pub fn demonym(word: &str) -> Option<&str> {
    WORDS.demonyms.get(word).map(String::as_str)
}

/// Whether a folded word only stands between others: `of`.
pub fn is_small(word: &str) -> bool {
    WORDS.small.contains(word)
}

/// The words of a body's name that tell it from others of its class and country, however its aim is worded: "to Combat X", "on
/// the Fight Against X" and "for the Prevention of X" are one, and so are "Inter-Ministerial" and "Interministerial". A name
/// without an aim tells a body of its own whether or not it calls that national, where it has enough words. `None` where the name
/// has too few of them.
pub fn body(name: &str) -> Option<BTreeSet<String>> {
    /// So few words of a name with an aim tell it, and so few of one without.
    const FEWEST: (usize, usize) = (2, 3);
    let mut words = words(name).into_iter().peekable();
    let mut out = BTreeSet::new();
    let mut aimed = false;
    while let Some(mut word) = words.next() {
        if WORDS.prefixes.contains(&word) {
            word.extend(words.next());
        }
        if WORDS.aims.contains(&word) {
            aimed = true;
        } else if !is_small(&word) && !WORDS.countrywide.contains(&word) {
            out.insert(word);
        }
    }
    // What has an aim is not taken for what has none: "Commission on X" may be another.
    let fewest = if aimed { FEWEST.0 } else { FEWEST.1 };
    let enough = out.len() >= fewest;
    out.extend(aimed.then(|| AIM.to_owned()));
    enough.then_some(out)
}

/// What a name is about: the beginnings of its longer words, and its numbers. Its words are given as [`words`] returns them,
/// joined by spaces.
pub fn stems(name: &str) -> BTreeSet<String> {
    let tells = |word: &&str| word.len() > SMALL && !is_small(word) || word.bytes().any(|b| b.is_ascii_digit());
    name.split(' ').filter(tells).map(|word| word.chars().take(STEM).collect()).collect()
}

/// Whether two things are called by full names that have little in common, each name given as to [`stems`]: with no two of them
/// has the shorter one most of its telling words in the other. What has no full name says nothing.
pub fn are_unlike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let unlike = |one: &str, other: &str| {
        let (a, b) = (stems(one), stems(other));
        let least = a.len().min(b.len());
        if least == 0 { one != other } else { a.intersection(&b).count() * 2 <= least }
    };
    !one.is_empty() && !other.is_empty() && one.iter().all(|a| other.iter().all(|b| unlike(a, b)))
}

/// The numbers in a name, given as to [`stems`]: agreement 2 is not agreement 11.
pub fn numbers(name: &str) -> BTreeSet<&str> {
    name.split(' ').filter(|word| word.bytes().any(|b| b.is_ascii_digit())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_told_whatever_the_wording_of_its_aim() {
        let same = |one: &str, other: &str| {
            let [one, other] = [one, other].map(body);
            one.is_some() && one == other
        };
        assert!(same("National Commission on the Fight Against Tides", "Commission to Combat Tides"));
        assert!(same(
            "Inter-Ministerial Committee for the Prevention & Elimination of Tides",
            "Interministerial Committee Against Tides"
        ));
        assert!(same("Comité Nacional de Lucha contra las Mareas", "Comité para la Erradicación de las Mareas"));
        assert!(same("Comité de lutte contre les marées", "Comité national pour la prévention des marées"));
        assert!(same("National Orchard Protection Council", "Orchard Protection Council"));
        assert!(!same("Commission on Tides and Orchards", "Commission Against Tides and Orchards"));
        assert!(!same("District Committee to Combat Tides", "National Committee to Combat Tides"));
        assert!(!same("National Orchard Protection Council", "Orchard Protection Councils"));
        assert_eq!(body("National Police"), None);
    }
}
