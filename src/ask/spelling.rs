//! Names that people write otherwise than their bearers do, and that are still those names: in another spelling or number,
//! without what stands in brackets, without a plan's years or the country at the end.

use super::tokens::{phrase, spelt_out};
use super::words::{LANGUAGES, group, words};
use crate::knowledge::telling::{is_small, spelt};
use std::sync::LazyLock;

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

/// The ways in which a name is written: as it is, and without what it has in brackets.
pub(super) fn forms(text: &str) -> Vec<Vec<String>> {
    let mut all = vec![phrase(text)];
    if let Some((head, rest)) = text.split_once(" (")
        && rest.ends_with(')')
    {
        // One word alone says too little: "Mexico (city)".
        all.extend(Some(phrase(head)).filter(|words| words.len() > 1));
    }
    if let Some((head, tail)) = text.rsplit_once(" - ").or_else(|| text.rsplit_once(" – "))
        && tail.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
        && tail.len() > 2
    {
        all.push(phrase(head));
        all.push(phrase(tail));
    }
    // A plan's years are often left out: "Programa Sectorial 2020-2024".
    let is_year = |word: &String| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let dated: Vec<Vec<String>> = all.iter().filter(|words| words.last().is_some_and(is_year)).cloned().collect();
    for mut words in dated {
        while words.last().is_some_and(is_year) {
            words.pop();
        }
        if words.len() > 2 {
            all.push(words);
        }
    }
    all.retain(|words| !words.is_empty() && words.len() <= 40);
    all
}

/// What stands between the parts of a name of several: a comma, or a word for "and" in any of the languages.
static BETWEEN: LazyLock<Vec<String>> = LazyLock::new(|| {
    let and = |lang| words(lang).map(|words| group(&words.join, "and")).unwrap_or_default();
    let all = LANGUAGES.iter().flat_map(|lang| and(lang)).flat_map(|pattern| spelt_out(pattern));
    all.map(|and| format!(" {and} ")).chain([", ".to_owned()]).collect()
});

/// The first part of a name of several: "Ministry of Gender" of "Ministry of Gender, Children and Social Protection"; none if it
/// is no such name, or if too little would be left of it.
pub(super) fn cut_off(text: &str) -> Option<Vec<String>> {
    /// Fewer words are too common.
    const ENOUGH: usize = 3;
    let end = BETWEEN.iter().filter_map(|between| text.find(between.as_str())).min()?;
    Some(phrase(text.get(..end)?)).filter(|words| words.len() >= ENOUGH)
}

/// A name without the country at its end: "the National Plan of Action … in Ghana"; none if it does not end so, or too little
/// would be left of it.
pub(super) fn without(name: &[String], country: &[String]) -> Option<Vec<String>> {
    /// Fewer words are too common.
    const ENOUGH: usize = 4;
    let (small, head) = name.strip_suffix(country)?.split_last()?;
    (head.len() >= ENOUGH && plain(small).is_none()).then(|| head.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_in_another_spelling() {
        let same = |a: &str, b: &str| plain_words(&phrase(a)) == plain_words(&phrase(b));
        assert!(same("national steering committee on child labour", "National Steering Committee for Child Labor"));
        assert!(same("Programme for the Elimination of Child Labour", "Program on Elimination of Child Labor"));
        assert!(!same("National Steering Committee on Child Labor", "National Committee on Child Labor"));
        assert!(!same("Ministry of Labour", "Ministry of the Interior"));
    }

    #[test]
    fn a_name_of_several_is_known_by_the_first() {
        let first = |text: &str| cut_off(text).map(|words| words.join(" "));
        assert_eq!(first("Ministry of Gender, Children and Social Protection").as_deref(), Some("ministry of gender"));
        assert_eq!(first("Secretaría de Trabajo y Previsión Social").as_deref(), Some("secretaria de trabajo"));
        assert_eq!(first("Child Labor, Forced Labor, and Trafficking"), None, "that is something else");
        assert_eq!(first("Ministry of Labour"), None);
    }

    #[test]
    fn a_name_is_known_without_its_country() {
        let words = |text: &str| phrase(text);
        let plan = words("National Plan of Action for the Elimination of Human Trafficking in Ghana");
        let short = words("National Plan of Action for the Elimination of Human Trafficking");
        assert_eq!(without(&plan, &words("Ghana")), Some(short));
        assert_eq!(without(&plan, &words("Guatemala")), None);
        assert_eq!(without(&words("Bank of Ghana"), &words("Ghana")), None);
    }
}
