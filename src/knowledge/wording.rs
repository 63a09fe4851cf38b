//! The words of a form by which its answers are read, whatever the question.

use crate::model::lang::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;

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
}
