//! Texts as words that are searched: in lower case and without accents, as they stand and by their stems.
//!
//! Each language that has a lexicon in `data/lexicon/` and a Snowball stemmer is known. A stemmer is run until it changes nothing
//! more: once alone leaves `mujer` and `mujeres` apart.

use crate::knowledge::lexicon::{LexiconError, lexicons};
use crate::knowledge::words::each_word;
use crate::model::id::fold;
use frostem::Stemmer;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In lower case, without accents.
    pub(super) folded: String,
    /// In lower case, with its accents.
    pub(super) lower: String,
    /// Where it stands in the text, in bytes.
    pub(super) range: Range<usize>,
}

/// The words of a text. Initials with full stops are one word: `U.S.` is `us`.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut initials = false;
    for word in each_word(text) {
        let letter = word.text.len() == 1 && word.text.bytes().all(|byte| byte.is_ascii_alphabetic());
        if let Some(last) = found.last_mut()
            && initials
            && letter
            && text.get(last.range.end..word.range.start) == Some(".")
        {
            last.folded.push_str(&word.text);
            last.lower.push_str(&word.text);
            last.range.end = word.range.end;
            continue;
        }
        initials = letter;
        let here = text.get(word.range.clone()).unwrap_or_default();
        let lower = if here.is_ascii() { word.text.clone() } else { here.nfc().flat_map(char::to_lowercase).collect() };
        found.push(Word { folded: word.text, lower, range: word.range });
    }
    found
}

/// A language, with what makes stems of its words.
pub(super) struct Language {
    /// Its code.
    pub(super) code: String,
    stemmer: Stemmer,
    /// Words that are spelt in two ways, and the one that counts, folded.
    spellings: BTreeMap<String, String>,
}

impl Language {
    /// The stem of a word in lower case.
    pub(super) fn stem(&self, lower: &str) -> String {
        /// No word has more endings one upon the other.
        const ENDINGS: usize = 4;
        let spelt = if self.spellings.is_empty() { None } else { self.spellings.get(&fold(lower)) };
        let mut stem = spelt.map_or(lower, String::as_str).to_owned();
        for _ in 0..ENDINGS {
            let shorter = self.stemmer.stem(&stem).into_owned();
            if shorter == stem {
                break;
            }
            stem = shorter;
        }
        fold(&stem)
    }
}

/// The languages whose words have stems, and the small words of all of them.
pub(super) struct Languages {
    /// In the order of their codes.
    pub(super) all: Vec<Language>,
    small: HashSet<String>,
}

impl Languages {
    /// Those that have a lexicon and a stemmer.
    ///
    /// # Errors
    /// If a lexicon cannot be read.
    pub(super) fn load() -> Result<Self, LexiconError> {
        let (mut all, mut small) = (Vec::new(), HashSet::new());
        for lexicon in lexicons()? {
            let words = lexicon.words;
            let short = words.connectors.iter().chain(&words.and).chain(words.elisions.keys()).chain(words.contractions.keys());
            small.extend(short.map(|word| fold(word)));
            if let Ok(stemmer) = Stemmer::try_from_name(lexicon.language.code()) {
                all.push(Language { code: lexicon.language.code().to_owned(), stemmer, spellings: words.spellings });
            }
        }
        all.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(Self { all, small })
    }

    /// The place of a language among them.
    pub(super) fn place(&self, code: &str) -> Option<usize> {
        let code = code.split('-').next().unwrap_or_default();
        self.all.iter().position(|language| language.code == code)
    }

    /// The words that say nothing by themselves, in their order.
    pub(super) fn small(&self) -> Vec<&str> {
        let mut small: Vec<&str> = self.small.iter().map(String::as_str).collect();
        small.sort_unstable();
        small
    }

    /// Whether a folded word says nothing by itself: `de`, `of`.
    pub(super) fn is_small(&self, folded: &str) -> bool {
        self.small.contains(folded)
    }
}

/// Words as they are spelt with accents, by what they are without, for each language: whoever types `educacion` means `educación`,
/// and has its stem.
#[derive(Default)]
pub(super) struct Accents(Vec<HashMap<String, BTreeSet<String>>>);

impl Accents {
    pub(super) fn new(languages: usize) -> Self {
        Self(vec![HashMap::new(); languages])
    }

    /// Learns from a word of a text in a language.
    pub(super) fn learn(&mut self, language: usize, word: &Word) {
        if word.lower != word.folded
            && let Some(known) = self.0.get_mut(language)
        {
            known.entry(word.folded.clone()).or_default().insert(word.lower.clone());
        }
    }

    /// The ways in which a word is spelt in a language: as it was typed, and as texts have it.
    pub(super) fn spelt<'a>(&'a self, language: usize, word: &'a Word) -> impl Iterator<Item = &'a str> {
        let known = self.0.get(language).and_then(|known| known.get(&word.folded));
        std::iter::once(word.lower.as_str()).chain(known.into_iter().flatten().map(String::as_str))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_one_word_and_keep_their_place() {
        let text = "The U.S. Department. A b";
        let found = words(text);
        assert_eq!(found.iter().map(|w| w.folded.as_str()).collect::<Vec<_>>(), ["the", "us", "department", "a", "b"]);
        assert_eq!(&text[found[1].range.clone()], "U.S");
        assert_eq!(words("Educacio\u{301}n")[0].lower, "educación");
    }

    #[test]
    fn stems_join_what_belongs_together() {
        let languages = Languages::load().unwrap();
        let stem = |code: &str, word: &str| languages.all[languages.place(code).unwrap()].stem(word);
        for (code, one, other) in [
            ("es", "mujer", "mujeres"),
            ("es", "educación", "educaciones"),
            ("es", "trabajadora", "trabajadores"),
            ("fr", "travailleur", "travailleurs"),
            ("fr", "ratifié", "ratifiées"),
            ("en", "labour", "labor"),
            ("en", "inspections", "inspection"),
            ("en", "organisations", "organizations"),
        ] {
            assert_eq!(stem(code, one), stem(code, other), "{code}: {one}, {other}");
        }
        assert_ne!(stem("en", "labor"), stem("en", "law"));
        assert!(languages.is_small("de") && languages.is_small("of") && !languages.is_small("labor"));
        assert_eq!(languages.place("es-MX"), languages.place("es"));
        assert_eq!(languages.place("de"), None);
    }
}
