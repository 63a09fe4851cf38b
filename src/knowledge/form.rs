//! Report forms: `data/forms/*.toml`, one a questionnaire, in all of its languages.

use super::files;
use crate::model::lang::Lang;
use crate::model::vocab;
use oxigraph::model::NamedNode;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A text in several languages, by language.
pub type Texts = BTreeMap<Lang, String>;

/// An IRI written as a CURIE of [`vocab::expand`]: `id:measure/legal-aid`, `flg:takesMeasure`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curie(pub NamedNode);

impl<'de> Deserialize<'de> for Curie {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        vocab::expand(&text).map(Self).ok_or_else(|| serde::de::Error::custom(format!("`{text}` has no known prefix")))
    }
}

/// A form: what a questionnaire asks, and what each answer means in the graph.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Its identifier, the name of its file: `ilo-p029-2021`.
    pub id: String,
    /// The last part of a report's identifier: `p029` in `mex-2021-p029`.
    pub kind: String,
    /// What it is called.
    pub title: Texts,
    /// Who publishes reports of this form.
    pub publisher: Option<Curie>,
    /// The legal instruments that its reports are about.
    #[serde(default)]
    pub instruments: Vec<Curie>,
    /// How its reports are known.
    pub recognition: Recognition,
    /// Its sections.
    #[serde(default, rename = "section")]
    pub sections: Vec<SectionSpec>,
    /// Its questions.
    #[serde(rename = "question")]
    pub questions: Vec<QuestionSpec>,
}

/// How a report of the form is known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognition {
    /// At least so many different questions of the form, by number and bracket code or words, must be found.
    pub min_questions: usize,
    /// Phrases of the title page, by language: support for the form, and proof of the language.
    #[serde(default)]
    pub marks: BTreeMap<Lang, Vec<String>>,
}

/// A section of a form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionSpec {
    /// Its identifier.
    pub id: String,
    /// Its depth, from 1.
    pub level: usize,
    /// Its heading.
    pub heading: Texts,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Yes or no.
    Boolean,
    /// Lettered options, several at once.
    Options,
    /// One of a few words.
    Choice,
    /// Numbered or bulleted entries.
    List,
    /// Options with a level each.
    Levels,
    /// Running text.
    Prose,
    /// Addresses, perhaps with a few words.
    Addresses,
}

/// A question of a form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionSpec {
    /// The last part of its IRI, unique in the form: `82`, `75.f.measures`.
    pub key: String,
    /// The printed number: `82`, `75.f`; absent for a labelled line without one.
    pub number: Option<String>,
    /// The bracket code without its brackets: `4.1`; where it has none, absent.
    pub code: Option<String>,
    /// The section it belongs to.
    pub section: Option<String>,
    /// How it is answered.
    pub kind: Kind,
    /// The question's words.
    pub text: Texts,
    /// The options, in their order.
    #[serde(default, rename = "option")]
    pub options: Vec<OptionSpec>,
    /// The levels of [`Kind::Levels`].
    #[serde(default, rename = "level")]
    pub levels: Vec<OptionSpec>,
    /// What the answer means.
    #[serde(default, rename = "meaning")]
    pub meanings: Vec<Meaning>,
}

/// An option or a level.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionSpec {
    /// Its letter; absent where the words alone are written.
    pub letter: Option<String>,
    /// Its concept.
    pub concept: Option<Curie>,
    /// Its words.
    pub text: Texts,
}

/// What the parts of an answer are, each of which becomes the object of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Each {
    /// The concept of a chosen option.
    Option,
    /// A chosen option with its level: a need (`flg:needTopic`, `flg:importance`).
    Level,
    /// Every name of the given class, in a list or in prose.
    Mention,
    /// The whole text, unless it says that there is nothing to say.
    Text,
    /// `C29 and C105: ratified`: instruments with a status; the question's options are the statuses.
    Status,
}

/// What the statement is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The report.
    Report,
    /// The country that the report is about.
    Country,
    /// The ratification of an instrument by that country.
    Ratification,
    /// A need that the country states.
    Need,
    /// A concept.
    Concept(NamedNode),
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(match text.as_str() {
            "report" => Self::Report,
            "country" => Self::Country,
            "ratification" => Self::Ratification,
            "need" => Self::Need,
            curie => Self::Concept(vocab::expand(curie).ok_or_else(|| {
                serde::de::Error::custom(format!("`{curie}` is neither report, country, ratification, need nor a concept"))
            })?),
        })
    }
}

/// What an answer means in the graph.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// What the statement is about.
    pub subject: Subject,
    /// Its property.
    pub property: Curie,
    /// Which parts of the answer are its objects.
    pub each: Each,
    /// The class that a mention must have, or is given where its name alone does not tell.
    pub class: Option<Curie>,
    /// The instrument of a ratification.
    pub instrument: Option<Curie>,
}

/// Why a data file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// It is no TOML, or not of the right shape.
    #[error("`data/{file}` is not a form: {message}")]
    Shape {
        /// The file.
        file: String,
        /// What is wrong, with line and column.
        message: String,
    },
}

/// All forms, in the order of their file names.
///
/// # Errors
/// The first file that is not of the right shape.
pub fn forms() -> Result<Vec<Form>, FormError> {
    files::data("forms", ".toml").into_iter().map(|(file, bytes)| parse(&file, &bytes)).collect()
}

/// A form from the text of its file.
///
/// # Errors
/// If it is not of the right shape; `file` names it in the message.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Form, FormError> {
    let shape = |message: String| FormError::Shape { file: file.to_owned(), message };
    let text = std::str::from_utf8(bytes).map_err(|e| shape(e.to_string()))?;
    toml::from_str(text).map_err(|e| shape(e.to_string()))
}
