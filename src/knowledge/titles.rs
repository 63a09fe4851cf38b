//! What the title of a programme says of whose it is: a country's own, as each has one (`School Feeding Program`), or one that
//! several countries share (`Global Accelerator Project`).

use super::authority::Authority;
use super::lexicon::lexicons;
use super::plural::PluralEndings;
use super::telling::spelt;
use super::words::{folded_words, places};
use crate::model::id::fold;
use crate::model::vocab::class;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// The names of bodies and regions have so many words at most.
const LONGEST_NAME: usize = 5;
/// Words this short have no plural.
const SHORTEST: usize = 3;

/// Words of all languages; without lexicons, no conversion gets this far.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    let lexicons = lexicons().unwrap_or_default();
    for lexicon in &lexicons {
        words.plural_endings.add(lexicon.words.plural_endings.clone());
    }
    for lexicon in lexicons {
        let small = lexicon.words.connectors.into_iter().chain(lexicon.words.and).chain(lexicon.words.determiners);
        words.small.extend(small);
        words.common.extend(lexicon.titles.common.iter().map(|word| singular(word, &words.plural_endings).to_owned()));
        words.abroad.extend(lexicon.titles.abroad.iter().map(|word| folded_words(word)));
        for called in &lexicon.titles.called_abroad {
            let mut called = folded_words(called).into_iter().map(|word| singular(&word, &words.plural_endings).to_owned());
            if let Some(first) = called.next() {
                words.called_letters.extend(first.bytes().next());
                words.called.entry(first).or_default().push(called.collect());
            }
        }
    }
    words
});

#[derive(Default)]
struct Words {
    small: FxHashSet<String>,
    plural_endings: PluralEndings,
    /// What programmes are called after everywhere, in the singular.
    common: FxHashSet<String>,
    /// Words in the title of what is more than one country's.
    abroad: BTreeSet<Vec<String>>,
    /// What a text calls that, by its first word, in the singular: `global project`.
    called: FxHashMap<String, Vec<Vec<String>>>,
    /// How such words begin.
    called_letters: BTreeSet<u8>,
}

/// Whether each word of a name, given with its words folded and in one spelling, is one that programmes everywhere are called
/// after: it tells a programme from others of its country, and not from those of another.
pub fn is_common(name: &str) -> bool {
    let words: Vec<String> = folded_words(name).into_iter().filter(|word| !WORDS.small.contains(word)).collect();
    !words.is_empty() && words.iter().all(|word| WORDS.common.contains(singular(word, &WORDS.plural_endings)) || is_number(word))
}

/// Whether a title names no thing of its own but perhaps the body that stands behind it, as each country has one: `UNICEF Country
/// Program`. What the title itself calls global, or a region's, is no country's.
pub fn is_each_countrys(title: &str, authority: &Authority) -> bool {
    if title_is_abroad(title, authority) {
        return false;
    }
    let words = folded_words(title);
    let mut rest = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(count) = named(&words[at..], authority, is_body) {
            at += count;
        } else {
            rest.push(words[at].clone());
            at += 1;
        }
    }
    rest.iter().all(|word| WORDS.small.contains(word)) || is_common(&rest.join(" "))
}

/// Whether a title says that something is more than one country's: `global`, or the name of a region.
pub fn title_is_abroad(title: &str, authority: &Authority) -> bool {
    let words = folded_words(title);
    calls_itself_abroad(title) || (0..words.len()).any(|at| named(&words[at..], authority, is_region).is_some())
}

/// Whether a title says in a word of its own, not by a region, that something is more than one country's.
pub fn calls_itself_abroad(title: &str) -> bool {
    let words = folded_words(title);
    (0..words.len()).any(|at| WORDS.abroad.iter().any(|word| words[at..].starts_with(word)))
}

/// Whether a text calls what it speaks of more than one country's: `a global project`.
pub fn is_called_abroad(text: &str) -> bool {
    let places: Vec<Range<usize>> = places(text).collect();
    let word = |at: usize| places.get(at).map(|place| fold(&text[place.clone()]));
    let is = |at: usize, wanted: &String| word(at).is_some_and(|word| singular(&word, &WORDS.plural_endings) == wanted);
    let goes_on = |at: usize, rest: &Vec<String>| (at..).zip(rest).all(|(at, wanted)| is(at, wanted));
    let begins = |at: usize| {
        // Words are folded only where they may be one of the few, by their first letter.
        let first = text[places[at].clone()].bytes().next().unwrap_or_default();
        if first.is_ascii() && !WORDS.called_letters.contains(&first.to_ascii_lowercase()) {
            return false;
        }
        let rests = word(at).and_then(|word| WORDS.called.get(singular(&word, &WORDS.plural_endings)));
        rests.is_some_and(|rests| rests.iter().any(|rest| goes_on(at + 1, rest)))
    };
    (0..places.len()).any(begins)
}

/// How many words, from the first, are the name of something known.
fn named(words: &[String], authority: &Authority, is: fn(&str, &Authority) -> bool) -> Option<usize> {
    (1..=words.len().min(LONGEST_NAME)).rev().find(|count| {
        let all = &words[..*count];
        is(&all.join(" "), authority) || is(&all.join("-"), authority)
    })
}

fn is_body(name: &str, authority: &Authority) -> bool {
    authority.by_name(name).iter().any(|iri| iri.as_str().contains("/id/organization/"))
}

fn is_region(name: &str, authority: &Authority) -> bool {
    let place = |iri: &oxigraph::model::NamedNode| authority.entity(iri.as_ref());
    authority.by_name(name).iter().filter_map(place).any(|known| known.is(class::PLACE) && known.country.is_none())
}

/// A word in the one spelling, and in the singular where that only lacks what plurals end with.
fn singular<'w>(word: &'w str, endings: &'w PluralEndings) -> &'w str {
    let mut word = spelt(word);
    if word.len() > SHORTEST {
        while let Some(shorter) = endings.without(word).next() {
            word = shorter;
        }
    }
    word
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_each_country_has_are_told_from_names() {
        let Ok(authority) = Authority::load() else { unreachable!("the authority is part of the binary") };
        for title in [
            "UNICEF Country Program",
            "Decent Work Country Programme",
            "School Feeding Program",
            "Conditional Cash Transfers for Food Assistance Program",
            "Government Scholarships",
            "Shelters for Victims of Human Trafficking",
            "World Bank-Funded Programs",
            "Programa de Alimentación Escolar",
            "Programa Nacional para la Erradicación del Trabajo Infantil",
            "Programme national d'alimentation scolaire",
        ] {
            assert!(is_each_countrys(title, &authority), "{title}");
        }
        for title in [
            "Senderos",
            "Casa Vida",
            "Bridge to Development",
            "Global March",
            "Global School Feeding Program",
            "Africa Child Labor Program",
            "UNICEF Multi-Country Child Protection Program",
            "Ghana School Feeding Program",
            "Programme mondial d'alimentation scolaire",
            "Measurement, Awareness-Raising, and Policy Engagement Project on Child Labor and Forced Labor",
        ] {
            assert!(!is_each_countrys(title, &authority), "{title}");
        }
    }

    #[test]
    fn a_text_says_that_a_project_is_more_than_one_countrys() {
        for text in ["an ILO-implemented global project", "regional programmes", "un proyecto regional", "un projet mondial"] {
            assert!(is_called_abroad(text), "{text}");
        }
        for text in ["a project on global supply chains", "the region's project", "un proyecto nacional"] {
            assert!(!is_called_abroad(text), "{text}");
        }
    }
}
