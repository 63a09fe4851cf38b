//! Names as they are compared: their words folded, with one spelling for all, and without what stands between words.

use crate::knowledge::telling::is_small;
pub(super) use crate::knowledge::telling::{numbers, stems, words};
use crate::knowledge::words::folded_words;
use std::collections::BTreeSet;

/// The longest acronym, in letters and digits.
const LONGEST_ACRONYM: usize = 12;
/// Words this short have no plural.
const SMALL: usize = 3;

/// The words of a name that is given as [`Name::text`], without those that only join others.
pub(super) fn bag(text: &str) -> BTreeSet<String> {
    text.split(' ').filter(|word| !is_small(word)).map(str::to_owned).collect()
}

/// Names in the form in which those of two things are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Full names: their words, joined.
    pub full: BTreeSet<String>,
    /// Acronyms, without spaces and hyphens: `map16`.
    pub acronyms: BTreeSet<String>,
}

impl Names {
    /// From names, each with whether it is given as an acronym. What looks like an acronym is one, whatever it is given as.
    pub(super) fn new<'a>(names: impl Iterator<Item = (bool, &'a str)> + Clone) -> Self {
        let is_acronym = |(given, text): &(bool, &str)| *given || looks_like_acronym(text);
        let acronyms: BTreeSet<String> = names.clone().filter(is_acronym).map(|(_, text)| folded_words(text).concat()).collect();
        let full = names.filter(|name| !is_acronym(name)).map(|(_, text)| words(&without(text, &acronyms)).join(" "));
        Self { full: full.filter(|name| !name.is_empty()).collect(), acronyms }
    }
}

/// One word in capitals: `COFFEE`, `MAP-16`.
fn looks_like_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    let capitals = letters.clone().filter(|c| c.is_uppercase()).count();
    !text.contains(char::is_whitespace)
        && capitals >= 2
        && letters.clone().count() <= LONGEST_ACRONYM
        && letters.clone().all(|c| c.is_uppercase() || c.is_numeric())
}

/// A name without its own acronym in brackets: `Measurement (MAP16) Project`.
fn without(text: &str, acronyms: &BTreeSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((inside, behind)) = after.split_once(')') else { break };
        out.push_str(before);
        if !acronyms.contains(&folded_words(inside).concat()) {
            out.push_str(inside);
        }
        out.push(' ');
        rest = behind;
    }
    out + rest
}

/// The words with which two names begin, and whether they are all that one of them has.
pub(super) fn beginning(one: &str, other: &str) -> (String, bool) {
    let (mut words, mut others) = (one.split(' '), other.split(' '));
    let mut same = Vec::new();
    loop {
        match (words.next(), others.next()) {
            (Some(word), Some(another)) if word == another => same.push(word),
            (next, another) => return (same.join(" "), next.is_none() || another.is_none()),
        }
    }
}

/// A name whose words are all in the singular, where that ends in other than `s`.
pub(super) fn singular(name: &str) -> BTreeSet<String> {
    bag(name).into_iter().map(|word| if word.len() > SMALL { word.trim_end_matches('s').to_owned() } else { word }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_spelling_and_acronym() {
        let names = Names::new(
            [(false, "Regional Programme on Labour (MAP 16) and Work"), (true, "MAP-16"), (false, "COFFEE")].into_iter(),
        );
        assert_eq!(names.full.into_iter().collect::<Vec<_>>(), ["regional program on labor and work"]);
        assert_eq!(names.acronyms.into_iter().collect::<Vec<_>>(), ["coffee", "map16"]);
        assert_eq!(bag("ministry of the interior"), bag("ministry of interior"));
        assert_ne!(numbers("agreement 11 2019"), numbers("agreement 2 2019"));
        assert_eq!(stems("prevention of labor"), stems("preventing labor"));
    }
}
