//! Rules that state relations, as a lexicon has them.

use super::form::Curie;
use serde::Deserialize;

/// A rule that states a relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// Its name, which every claim that it makes carries as its method.
    pub id: String,
    /// The property.
    pub property: Curie,
    /// The groups of tables whose rows it is read in; none for running text.
    #[serde(default)]
    pub rows: Vec<String>,
    /// Where the subject is: selectors, of which the first that finds something is taken (see `extract::select`).
    pub subject: Vec<String>,
    /// Where the object is: one selector, or `text`, `date:@slot`, `number:@slot`, `sum:@slot`, or a
    /// resource, `id:stage/planned`. A sum gives its currency too.
    pub object: String,
    /// Patterns over a masked sentence.
    pub patterns: Vec<String>,
    /// A text is cut where this pattern begins.
    pub until: Option<String>,
    /// A text is split into several at this pattern.
    pub split: Option<String>,
    /// What the text names is related to the subject too.
    #[serde(default, rename = "within")]
    pub within: Vec<Within>,
    /// Not read where this stands in the sentence before the object: `includes a project operated by` someone.
    pub unless: Option<String>,
    /// Not read where this stands in the sentence behind what matches: `was suspended`, and resumed.
    pub unless_behind: Option<String>,
    /// Not read where this stands in what matches: `funded by` someone, but stopped `in 2019`.
    pub unless_inside: Option<String>,
    /// How sure the rule is.
    #[serde(default = "sure")]
    pub confidence: f32,
    /// Whether it holds where a denial, though not a doubt, stands before it: `no se cuenta con`.
    #[serde(default)]
    pub despite_denial: bool,
}

pub(super) fn sure() -> f32 {
    0.9
}

/// What a text names is related to the subject: an objective on child labour addresses that issue.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// The slot alias of what is named.
    pub class: String,
    /// The property.
    pub property: Curie,
}
