//! The tables of a form: how each is known, what its rows name, and what is said of that.

use super::form::{Curie, Kind, QuestionSpec, Texts};
use crate::model::id::fold;
use crate::model::lang::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A table of a form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// The first part of its answers' keys, unique in the form: `programs`, whose rows are `programs/1`, `programs/2`.
    pub key: String,
    /// The section it belongs to.
    pub section: Option<String>,
    /// What it is called.
    pub title: Texts,
    /// Words of its caption, by language; one of these phrases tells it, whatever its number.
    pub caption: BTreeMap<Lang, Vec<String>>,
    /// How its rows are read.
    #[serde(default)]
    pub reading: Reading,
    /// The class of what a row is named after.
    pub class: Option<Curie>,
    /// Classes that the head noun of a name gives instead.
    #[serde(default, rename = "head")]
    pub heads: Vec<HeadClass>,
    /// The group of the lexicon's row rules that its text is read with.
    pub rules: Option<String>,
    /// The property of the sentences that say what the row's bearer is for: `flg:mandate`, `flg:objective`.
    pub purpose: Option<Curie>,
    /// Whether rows of plural titles stand for what their text names, one by one: "Projects".
    #[serde(default)]
    pub umbrellas: bool,
    /// What marks mean, by the words of the note that explains them.
    #[serde(default, rename = "mark")]
    pub marks: Vec<MarkSpec>,
    /// What holds of each thing that a row is named after, because it stands in the table.
    #[serde(default)]
    pub every: Vec<Every>,
    /// What rows are about whose labels are no names.
    #[serde(default, rename = "row")]
    pub rows: Vec<RowName>,
    /// The words of a row that say what a check mark says elsewhere.
    pub checked: Option<Checked>,
}

/// What holds of all things of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Every {
    /// The property.
    pub property: Curie,
    /// The value.
    pub value: Curie,
}

/// What a row is about.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowName {
    /// Its labels, by language, folded.
    pub label: BTreeMap<Lang, Vec<String>>,
    /// What it is about.
    pub about: Curie,
}

/// Words in the place of check marks, by language, folded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checked {
    /// Those of a row that is checked.
    pub yes: BTreeMap<Lang, Vec<String>>,
    /// Those of one that is not.
    pub no: BTreeMap<Lang, Vec<String>>,
}

impl Checked {
    /// Whether a row's text says that it is checked; `None` if it says something else.
    pub fn of(&self, lang: &Lang, text: &str) -> Option<bool> {
        let folded = fold(text);
        let is =
            |words: &BTreeMap<Lang, Vec<String>>| words.get(lang).is_some_and(|words| words.iter().any(|w| w == folded.trim()));
        if is(&self.yes) { Some(true) } else { is(&self.no).then_some(false) }
    }
}

/// How the rows of a table are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// They are kept as answers, not read.
    #[default]
    Record,
    /// Each is named after one or more bodies, policies or programmes, of which its text speaks.
    Entities,
    /// Each names an instrument, checked if it is ratified.
    Ratifications,
    /// Each cites laws, of which it names the provisions.
    Laws,
}

/// A class that a head noun gives.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadClass {
    /// The nouns, by language, folded.
    pub words: BTreeMap<Lang, Vec<String>>,
    /// The class.
    pub class: Curie,
    /// Whether the name must begin with the country's, or with an adjective made from it: "Ghana Education Service".
    #[serde(default)]
    pub of_country: bool,
}

/// What a mark means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkSpec {
    /// Words of the note that explains it, by language; one of these patterns must match its folded text.
    pub note: BTreeMap<Lang, Vec<String>>,
    /// The property of what bears it.
    pub property: Curie,
    /// Its value.
    pub value: MarkValue,
}

/// What a marked row is said to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkValue {
    /// The government of the report's country.
    Government,
}

impl TableSpec {
    /// The question that the rows answer.
    pub(super) fn question(&self) -> QuestionSpec {
        QuestionSpec::of_part(&self.key, self.section.as_ref(), Kind::Rows, self.title.clone())
    }
}

impl QuestionSpec {
    /// The question of a part of the form that is no question: a section's text, a table's rows.
    pub(super) fn of_part(key: &str, section: Option<&String>, kind: Kind, text: Texts) -> Self {
        Self {
            key: key.to_owned(),
            number: None,
            code: None,
            section: section.cloned(),
            kind,
            text,
            also: BTreeMap::new(),
            options: Vec::new(),
            levels: Vec::new(),
            meanings: Vec::new(),
            per_option: Vec::new(),
            conditional: true,
        }
    }
}
