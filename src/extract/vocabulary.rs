//! The words that anything is looked for by, numbered once.
//!
//! Each word of a text is looked up here once, when the text is cut up. From then on what it can be is told by bits, and names are
//! found by comparing numbers.

use super::tokens::phrase;
use crate::knowledge::lexicon::Lexicon;
pub(super) use crate::knowledge::numbers::Numbers;

/// What a word can be in a language: a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Senses(u32);

impl Senses {
    /// A small word that may stand inside a name, in any language.
    pub(super) const CONNECTOR: Self = Self(1);
    /// The same, in the language of the text.
    pub(super) const OWN_CONNECTOR: Self = Self(1 << 1);
    pub(super) const AND: Self = Self(1 << 2);
    /// A lower-case word that may end a name.
    pub(super) const INSIDE: Self = Self(1 << 3);
    /// With a capital, it begins a sentence, and no name.
    pub(super) const OPENER: Self = Self(1 << 4);
    /// A hyphen ties it to a name that it is no part of.
    pub(super) const TIED: Self = Self(1 << 5);
    pub(super) const LOCATIVE: Self = Self(1 << 6);
    pub(super) const MONTH: Self = Self(1 << 7);
    pub(super) const GENITIVE: Self = Self(1 << 8);
    /// A noun for a body, and for what a ministry is for.
    pub(super) const FIELD: Self = Self(1 << 9);
    pub(super) const PERSON: Self = Self(1 << 10);
    pub(super) const OFFICE: Self = Self(1 << 11);
    /// A noun for bodies that others belong to: before "'s" it is no part of a name.
    pub(super) const SUPERIOR: Self = Self(1 << 12);
    pub(super) const NUMBER_SIGN: Self = Self(1 << 13);
    pub(super) const AUXILIARY: Self = Self(1 << 14);
    /// What an apostrophe ties to an owner's name, in any language: the `s` of "the Ministry's".
    pub(super) const OWNER_ENDING: Self = Self(1 << 15);
    /// The first word of a head noun.
    pub(super) const HEAD: Self = Self(1 << 16);
    pub(super) const DETERMINER: Self = Self(1 << 17);
    /// A word for what is a country's.
    pub(super) const DEMONYM: Self = Self(1 << 18);
    pub(super) const MULTIPLIER: Self = Self(1 << 19);
    pub(super) const NUMERAL: Self = Self(1 << 20);
    /// The first or the last word by which a currency is written.
    pub(super) const CURRENCY: Self = Self(1 << 21);
    pub(super) const CONTRACTION: Self = Self(1 << 22);
    /// The first word of a phrase that refers back, or of one for the report's own country.
    pub(super) const PHRASE: Self = Self(1 << 23);
    /// A noun beside which names are those of places.
    pub(super) const PLACE_NOUN: Self = Self(1 << 24);
    /// A word between a noun that announces a name and the name: "called".
    pub(super) const NAMING: Self = Self(1 << 25);
    /// The first word of the name of a place that is listed for a country.
    pub(super) const PLACE: Self = Self(1 << 26);
    /// A word that is written with an accent where it stands.
    pub(super) const ACCENTED: Self = Self(1 << 27);
    /// A small word of a phrase like "of the".
    pub(super) const POSSESSIVE: Self = Self(Self::OWN_CONNECTOR.0 | Self::DETERMINER.0 | Self::CONTRACTION.0);
    /// A small word that no sentence goes on with as its verb.
    pub(super) const SMALL: Self = Self(Self::AND.0 | Self::OWN_CONNECTOR.0 | Self::DETERMINER.0 | Self::LOCATIVE.0);

    /// These and others.
    pub(super) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether any of some senses is among these.
    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

/// What the words of a language can be, by their numbers.
#[derive(Default)]
pub(super) struct Language(Vec<Senses>);

impl Language {
    /// The words of a lexicon; `all` gives those that count in every language, because a name may be in another one.
    pub(super) fn new(lexicon: &Lexicon, all: &[Lexicon], numbers: &mut Numbers) -> Self {
        let mut language = Self::default();
        for other in all {
            language.add(numbers, Senses::CONNECTOR, &other.words.connectors);
            language.add(numbers, Senses::OWNER_ENDING, &other.rows.owner_endings);
        }
        let (words, rows) = (&lexicon.words, &lexicon.rows);
        for (sense, list) in [
            (Senses::OWN_CONNECTOR, &words.connectors),
            (Senses::AND, &words.and),
            (Senses::INSIDE, &words.inside),
            (Senses::OPENER, &words.openers),
            (Senses::TIED, &words.tied),
            (Senses::LOCATIVE, &words.locative),
            (Senses::GENITIVE, &words.genitive),
            (Senses::FIELD, &words.fields),
            (Senses::PERSON, &rows.persons),
            (Senses::OFFICE, &rows.offices),
            (Senses::SUPERIOR, &rows.superiors),
            (Senses::NUMBER_SIGN, &words.number_signs),
            (Senses::AUXILIARY, &words.auxiliaries),
            (Senses::DETERMINER, &words.determiners),
            (Senses::NAMING, &words.naming),
        ] {
            language.add(numbers, sense, list);
        }
        language.add(numbers, Senses::MONTH, words.months.iter().flatten());
        language.add(numbers, Senses::DEMONYM, words.demonyms.keys());
        language.add(numbers, Senses::MULTIPLIER, words.multipliers.keys());
        language.add(numbers, Senses::NUMERAL, words.numerals.keys());
        language.add(numbers, Senses::CONTRACTION, words.contractions.keys());
        let ends =
            |written: &String| [written.split(' ').next(), written.split(' ').next_back()].map(|w| w.unwrap_or("").to_owned());
        language.add(numbers, Senses::CURRENCY, words.currencies.keys().flat_map(ends));
        language.add(numbers, Senses::HEAD, firsts(lexicon.heads.iter().flat_map(|head| &head.words)));
        let phrases = lexicon.anaphors.iter().flat_map(|anaphor| &anaphor.words).chain(&words.own_country);
        language.add(numbers, Senses::PHRASE, firsts(phrases));
        for nouns in [&lexicon.places.behind, &lexicon.places.before] {
            language.add(numbers, Senses::PLACE_NOUN, nouns.one.iter().chain(&nouns.many));
        }
        language.add(numbers, Senses::PLACE_NOUN, &lexicon.places.capital);
        language
    }

    /// Makes known by which words, by their numbers, the names of listed places begin.
    pub(super) fn begin_places(&mut self, words: impl Iterator<Item = u32>) {
        for word in words {
            self.mark(word, Senses::PLACE);
        }
    }

    fn add(&mut self, numbers: &mut Numbers, sense: Senses, words: impl IntoIterator<Item = impl AsRef<str>>) {
        for word in words {
            self.mark(numbers.add(word.as_ref()), sense);
        }
    }

    fn mark(&mut self, word: u32, sense: Senses) {
        let at = word as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, Senses::default());
        }
        self.0[at].0 |= sense.0;
    }
}

/// The first words of some phrases; an apostrophe may be written in two ways.
fn firsts<'a>(phrases: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut out: Vec<String> = phrases.filter_map(|text| phrase(text).into_iter().next()).collect();
    if out.iter().any(|first| first == "'") {
        out.push("’".to_owned());
    }
    out
}

/// The words of a language with their numbers.
#[derive(Clone, Copy)]
pub(super) struct Vocabulary<'a> {
    pub numbers: &'a Numbers,
    pub language: &'a Language,
}

impl Vocabulary<'_> {
    /// The number of a word, or [`Numbers::NONE`], and what it can be.
    pub(super) fn look_up(self, word: &str) -> (u32, Senses) {
        let number = self.numbers.of(word);
        (number, self.language.0.get(number as usize).copied().unwrap_or_default())
    }
}
