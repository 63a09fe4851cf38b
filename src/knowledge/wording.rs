//! The words of a form by which its answers are read, whatever the question.

use crate::model::lang::Lang;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Words for yes and no, by language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YesNo {
    /// Words that affirm.
    #[serde(default)]
    pub yes: BTreeMap<Lang, Vec<String>>,
    /// Words that deny.
    #[serde(default)]
    pub no: BTreeMap<Lang, Vec<String>>,
    /// Words that say that there is nothing to say, where they are the whole answer: `NIL`.
    #[serde(default)]
    pub nothing: BTreeMap<Lang, Vec<String>>,
}

/// Words that date statements, by language; `{y}` stands for a year or a period of years.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dated {
    /// Words with which a statement begins, which reaches to the next such words: `{y} AR`.
    #[serde(default)]
    pub begins: BTreeMap<Lang, Vec<String>>,
    /// Words that date the sentence in which they stand: `since {y}`.
    #[serde(default)]
    pub within: BTreeMap<Lang, Vec<String>>,
    /// Their patterns, made when they are first asked for.
    #[serde(skip)]
    pub(crate) patterns: OnceLock<BTreeMap<Lang, DatePatterns>>,
}

/// The patterns of words that date statements; `y` is the year that they found, `y2` the last one of a period.
#[derive(Clone, Debug, Default)]
pub struct DatePatterns {
    /// Of [`Dated::begins`].
    pub begins: Vec<Regex>,
    /// Of [`Dated::within`].
    pub within: Vec<Regex>,
}

impl Dated {
    /// The patterns of a language, if it has any. Words that make none find nothing, which the check of the form rules out.
    pub fn patterns(&self, lang: &Lang) -> Option<&DatePatterns> {
        let all = self.patterns.get_or_init(|| {
            let mut all: BTreeMap<Lang, DatePatterns> = BTreeMap::new();
            for (lang, words) in &self.begins {
                all.entry(lang.clone()).or_default().begins = words.iter().filter_map(|words| pattern(words)).collect();
            }
            for (lang, words) in &self.within {
                all.entry(lang.clone()).or_default().within = words.iter().filter_map(|words| pattern(words)).collect();
            }
            all
        });
        all.get(lang)
    }
}

/// A pattern whose `{y}` is a year or a period.
fn pattern(words: &str) -> Option<Regex> {
    const YEAR: &str = r"(?P<y>(?:19|20)\d{2})(?:\s*[-–]\s*(?P<y2>(?:19|20)\d{2}))?";
    let words = words.split("{y}").map(|part| regex::escape(part).replace(' ', r"\s+")).collect::<Vec<_>>();
    (words.len() == 2).then(|| Regex::new(&format!(r"(?i)\b{}\b", words.join(YEAR))).ok()).flatten()
}
