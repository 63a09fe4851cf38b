//! Nouns that begin or announce names, as a lexicon tells them.

use super::form::Curie;
use serde::Deserialize;

/// Where a head noun stands with respect to the name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// It is capitalised and begins the name: `Secretaría de Gobernación`.
    #[default]
    Name,
    /// It announces the name and is no part of it: `el proyecto Campos de Esperanza`.
    Before,
    /// It is part of the name, in lower or upper case, and a capitalised word follows, perhaps behind small words:
    /// `corredor México-Guatemala`, `ministère du Travail`; with `leading`, also behind the names of places: `the Belize–Guatemala corridor`.
    Join,
    /// It is the whole name, in lower or upper case: `inspección del trabajo`.
    Phrase,
    /// It follows the name and is no part of it: `the Fields of Hope project`.
    After,
}

/// A noun that begins or announces a name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct Head {
    /// Its forms, folded; several words each where needed.
    pub words: Vec<String>,
    /// The class of what is named.
    pub class: Curie,
    /// Where it stands.
    #[serde(default)]
    pub mode: Mode,
    /// Whether it names a body: a name before it does not run into it.
    #[serde(default)]
    pub body: bool,
    /// Whether capitalised words before it qualify it and belong to the name: `Federal Police Commission`.
    #[serde(default)]
    pub leading: bool,
    /// Whether it ends what it names, so that before another capitalised word it only qualifies that: `Law Enforcement Agency`.
    #[serde(default)]
    pub last: bool,
    /// What follows it with a preposition belongs to the name.
    pub complement: Option<Complement>,
    /// Its words name one thing of a country by themselves, so that nothing in lower case goes on with the name: `Penal Code`.
    #[serde(default)]
    pub whole: bool,
    /// It is a word for what is done as well, so that it begins no name behind "and": `the Protection of Children and Regulation of Work`.
    #[serde(default)]
    pub deed: bool,
    /// Only with a number it is a name: `Línea 100`.
    #[serde(default)]
    pub numbered: bool,
    /// In a row of a table, it is a name by itself: `National Police`.
    #[serde(default)]
    pub alone: bool,
    /// In "X, through its Y": a Y of this head is a unit of X.
    #[serde(default)]
    pub dependent: bool,
    /// It is held by a person who stands for a body, whose name begins with this word instead: `ministro` for a `Ministerio`.
    pub office_of: Option<String>,
    /// Words that may stand before it in its name: `décima`.
    #[serde(default)]
    pub modifiers: Vec<String>,
}

/// Words that tell the class of what some heads name: an association of `employers`; a partnership `by` which something is run.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Words of heads, folded: `association`.
    pub heads: Vec<String>,
    /// Words, one of which stands in the name.
    #[serde(default)]
    pub by: Vec<String>,
    /// Words, one of which stands before the name and its articles.
    #[serde(default)]
    pub before: Vec<String>,
    /// The class of what is named then.
    pub class: Curie,
}

/// The complement of a head noun: `Informes Anuales` + `de` + an organisation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct Complement {
    /// What stands between, contractions opened: `de`, `de el pleno de`.
    pub prepositions: Vec<String>,
    /// The slot alias of what the complement is.
    pub class: String,
    /// What the head's bearer is to its complement.
    pub property: Option<Curie>,
    /// Whether the property is said of the complement instead: the organisation operates the programme.
    #[serde(default)]
    pub inverse: bool,
    /// Whether there is no name without it.
    #[serde(default)]
    pub required: bool,
    /// Whether only the names of what is known are looked at, which may end in another known name: `Servicio Nacional de
    /// Empleo de la STPS`.
    #[serde(default)]
    pub known_only: bool,
    /// Whether the complement is part of the name. If not, only the property is stated.
    #[serde(default = "yes")]
    pub part_of_name: bool,
}

fn yes() -> bool {
    true
}
