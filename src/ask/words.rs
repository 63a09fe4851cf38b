//! The words of questions: `data/ask/*.toml`, checked when they are loaded.

use super::tokens::{phrase, spelt_out};
use crate::knowledge::files;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The words of one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Words {
    /// Words that add nothing.
    pub drop: Vec<String>,
    /// Articles.
    pub articles: Vec<String>,
    /// How a question begins that asks whether something is so.
    pub whether: Vec<String>,
    /// How a request for a list begins.
    pub list: Vec<String>,
    /// Whether a verb may stand before its subject, and an adjective behind its noun.
    pub inversion: bool,
    /// Words that lose their vowel and are joined to the next by an apostrophe: `l'`.
    #[serde(default)]
    pub elided: Vec<String>,
    /// Words behind a verb, joined to it by a hyphen, that stand for its subject and can stand within a phrase: "fait-il partie de".
    #[serde(default)]
    pub enclitic: Vec<String>,
    /// Articles by the nouns that they go with: a word, or how it ends (`-tion`).
    #[serde(default)]
    pub article: BTreeMap<String, Vec<String>>,
    /// The same of countries.
    #[serde(default)]
    pub country_article: BTreeMap<String, Vec<String>>,
    /// What a preposition and an article become together: "de el" is "del".
    #[serde(default)]
    pub contracted: BTreeMap<String, String>,
    /// Words for "of" and "have".
    pub of: Vec<String>,
    /// Words for relations that say too little to stand without what follows: prepositions.
    pub weak: Vec<String>,
    /// Question words, by what they ask for.
    pub question: BTreeMap<String, Vec<String>>,
    /// Connectives, by what they do.
    pub join: BTreeMap<String, Vec<String>>,
    /// Words of quantity and order, by what they do.
    pub most: BTreeMap<String, Vec<String>>,
    /// Words of time.
    pub time: BTreeMap<String, Vec<String>>,
    /// Numbers, and the words that compare with them.
    pub number: BTreeMap<String, Vec<String>>,
    /// What currencies are called, by their codes.
    pub currency: BTreeMap<String, Vec<String>>,
    /// Words that set things side by side.
    pub compare: BTreeMap<String, Vec<String>>,
    /// Words of questions about reports.
    pub passage: BTreeMap<String, Vec<String>>,
    /// Nouns for classes and concept schemes.
    #[serde(rename = "type")]
    pub types: Vec<TypeWords>,
    /// Words for relations.
    #[serde(rename = "relation")]
    pub relations: Vec<RelationWords>,
    /// Further names of things.
    #[serde(default, rename = "name")]
    pub names: Vec<NameWords>,
    /// What parts of forms are asked for by.
    #[serde(default, rename = "part")]
    pub parts: Vec<NameWords>,
    /// Questions to begin with.
    #[serde(default)]
    pub examples: Vec<String>,
    /// What answers are said with.
    pub say: BTreeMap<String, String>,
}

/// Nouns for a class.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeWords {
    /// Classes and concept schemes; any of them.
    pub is: Vec<String>,
    /// The nouns.
    pub words: Vec<String>,
    /// If not empty, only what has a name that begins so.
    #[serde(default)]
    pub named: Vec<String>,
    /// Only what is a part of this: crops are sectors below agriculture.
    #[serde(default)]
    pub below: Option<String>,
}

/// Words for a relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationWords {
    /// The relation.
    pub id: String,
    /// Words between the left end and the right: "funded by".
    #[serde(default)]
    pub forward: Vec<String>,
    /// Words between the right end and the left: "funds".
    #[serde(default)]
    pub backward: Vec<String>,
    /// Participles that go with either end: "DOL-funded", "funded by whom".
    #[serde(default)]
    pub participle: Vec<String>,
    /// Words that deny it of the left end, with no word for "not": "refrained from".
    #[serde(default)]
    pub forward_not: Vec<String>,
    /// Words that deny it of the right end: "stayed silent".
    #[serde(default)]
    pub backward_not: Vec<String>,
    /// Nouns for the right end: "funder".
    #[serde(default)]
    pub right: Vec<String>,
    /// Nouns for the left end: "member".
    #[serde(default)]
    pub left: Vec<String>,
}

/// Further names of a thing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameWords {
    /// The thing.
    pub is: String,
    /// The names.
    pub words: Vec<String>,
}

/// Why the words cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// A file is not what it should be.
    #[error("`data/{file}` cannot be used: {message}")]
    File {
        /// The file, below `data/`.
        file: String,
        /// Why.
        message: String,
    },
}

impl WordsError {
    /// An error of a file.
    pub fn new(file: &str, message: impl std::fmt::Display) -> Self {
        Self::File { file: file.to_owned(), message: message.to_string() }
    }
}

/// The languages that questions can be asked in.
pub use crate::model::lang::SPOKEN as LANGUAGES;

static WORDS: LazyLock<Result<BTreeMap<String, Words>, String>> = LazyLock::new(|| {
    let mut all = BTreeMap::new();
    for (path, bytes) in files::data("ask", ".toml") {
        let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml").to_owned();
        if !LANGUAGES.contains(&name.as_str()) {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes);
        let words: Words = toml::from_str(&text).map_err(|error| WordsError::new(&path, error).to_string())?;
        all.insert(name, words);
    }
    Ok(all)
});

/// The words of a language.
///
/// # Errors
/// If its file is missing or no such file.
pub fn words(lang: &str) -> Result<&'static Words, WordsError> {
    let all = WORDS.as_ref().map_err(|message| WordsError::new("ask", message))?;
    all.get(lang).ok_or_else(|| WordsError::new(&format!("ask/{lang}.toml"), "it is not there"))
}

/// Whether a word is one that loses its vowel before the next, in any of the languages: `l'`, `jusqu'`.
pub fn is_elided(text: &str) -> bool {
    WORDS.as_ref().is_ok_and(|all| all.values().any(|words| words.elided.iter().any(|word| word == text)))
}

/// The phrases that patterns stand for, each as its words.
pub fn phrases(patterns: &[String]) -> Vec<Vec<String>> {
    patterns.iter().flat_map(|pattern| spelt_out(pattern)).map(|text| phrase(&text)).filter(|words| !words.is_empty()).collect()
}

/// The phrases of a group of words, as they are compared.
pub fn group<'a>(groups: &'a BTreeMap<String, Vec<String>>, name: &str) -> &'a [String] {
    groups.get(name).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_groups_and_relations() {
        let english = words("en").unwrap();
        for lang in LANGUAGES {
            let other = words(lang).unwrap();
            for (ours, theirs) in [
                (&english.question, &other.question),
                (&english.join, &other.join),
                (&english.most, &other.most),
                (&english.time, &other.time),
                (&english.compare, &other.compare),
                (&english.passage, &other.passage),
            ] {
                assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>(), "{lang}");
            }
            assert_eq!(english.say.keys().collect::<Vec<_>>(), other.say.keys().collect::<Vec<_>>(), "{lang}");
            for relation in &english.relations {
                assert!(other.relations.iter().any(|r| r.id == relation.id), "{lang}: {}", relation.id);
            }
        }
    }
}
