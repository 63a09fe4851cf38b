//! What an answer means in the graph, as a form says it: of what which property is said, and which parts of the answer are its
//! objects.

use super::form::Curie;
use crate::model::lang::Lang;
use crate::model::vocab;
use oxigraph::model::NamedNode;
use serde::Deserialize;
use std::collections::BTreeMap;

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
    /// Each statement, a sentence or what semicolons part: a concept of the meaning's scheme.
    Statement,
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
    /// The scheme of the concepts that statements name.
    pub scheme: Option<Curie>,
    /// Words, by language, with which a statement says that there is nothing to state: `no difficulties`.
    #[serde(default)]
    pub unless: BTreeMap<Lang, Vec<String>>,
}

/// What the answer to a question about an option means: a statement about the option's concept.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionMeaning {
    /// Its property.
    pub property: Curie,
    /// Which parts of the answer are its objects.
    pub each: Each,
    /// The class that a mention must have.
    pub class: Option<Curie>,
}
