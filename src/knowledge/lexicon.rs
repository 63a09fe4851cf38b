//! The words of a language: `data/lexicon/*.toml`, the same keys in each.
//!
//! A lexicon says which nouns begin a name and of what class, which phrases refer back, how dates are written, and which
//! phrases state a relation. Patterns are regular expressions over *masked* sentences: lower case, no accents, contractions
//! opened (`del` → `de el`), and every name in the text replaced by a slot that a pattern takes with `{name:Class}`.

use super::files;
use super::form::Curie;
use super::head::{Head, Told};
use super::plural::PluralEndings;
use super::relation::sure;
pub use super::relation::{Relation, Within};
use super::rows::RowWords;
use crate::model::lang::Lang;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The words and rules of one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    /// Its language.
    pub language: Lang,
    /// Small words.
    pub words: Words,
    /// How dates are written.
    #[serde(default, rename = "date")]
    pub dates: Vec<DateRule>,
    /// Nouns that begin or announce a name.
    #[serde(default, rename = "head")]
    pub heads: Vec<Head>,
    /// Words inside a name that tell its class better than its head does.
    #[serde(default, rename = "told")]
    pub told: Vec<Told>,
    /// Phrases that refer back to something named before.
    #[serde(default, rename = "anaphor")]
    pub anaphors: Vec<Anaphor>,
    /// What tells that something else is meant than what was named before.
    #[serde(default)]
    pub others: Others,
    /// Short names for sets of classes in patterns.
    pub slots: BTreeMap<String, Vec<Curie>>,
    /// Parts of patterns that several of them share, by name: `{=name}` in a pattern, or in another part, stands for one.
    #[serde(default)]
    pub parts: BTreeMap<String, String>,
    /// Relations between one name and another, or a text.
    #[serde(default, rename = "relation")]
    pub relations: Vec<Relation>,
    /// How the rows of tables are worded.
    #[serde(default)]
    pub rows: RowWords,
    /// What titles of programmes say of whose they are.
    #[serde(default)]
    pub titles: Titles,
    /// What tells that a name is that of a place.
    #[serde(default)]
    pub places: Places,
    /// Events: things that happen, told by who does what to how many and when.
    #[serde(default, rename = "event")]
    pub events: Vec<Event>,
}

/// Small words of a language, folded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Articles and other words that may stand before a name.
    pub determiners: Vec<String>,
    /// Lower-case words that may stand inside a name, between two capitalised words.
    pub connectors: Vec<String>,
    /// Words that join the last of a list: `y`, `e`.
    pub and: Vec<String>,
    /// Words that may stand inside a name, or end it, in lower case, behind its head: `lutte`, `traite`, `national`.
    #[serde(default)]
    pub inside: Vec<String>,
    /// How adjectives end that may end a body's name in lower case: `Ministère des Océans lointains`.
    #[serde(default)]
    pub adjectives: Adjectives,
    /// What nouns end with in the plural and not in the singular, the usual one first: `s`.
    #[serde(default)]
    pub plural_endings: PluralEndings,
    /// Verbs that are written like one of the `connectors` but for an accent, and so end a name where a word in lower case
    /// follows: `a`.
    #[serde(default)]
    pub auxiliaries: Vec<String>,
    /// Words that begin a sentence, with a capital, and no name: `However`, `Coordinates`.
    #[serde(default)]
    pub openers: Vec<String>,
    /// Words that a hyphen ties to a name and that are no part of it: `funded` in `EU-funded`.
    #[serde(default)]
    pub tied: Vec<String>,
    /// Prepositions that end a name where a place follows: `in`.
    #[serde(default)]
    pub locative: Vec<String>,
    /// Prepositions with which a name goes on behind a comma, where the series ends in "and": `Ministère de l'Emploi, du
    /// Travail et de la Santé`.
    #[serde(default)]
    pub genitive: Vec<String>,
    /// Nouns that name a body, and also what a ministry is for, at the end of its name: `Ministry of Justice and Community
    /// Services`.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Phrases of such nouns that are so in the singular only: `public service`, as in "Ministry of Labor and Public Service".
    #[serde(default)]
    pub field_phrases: Vec<String>,
    /// What announces the number of a law: `núm`, `No`.
    #[serde(default)]
    pub number_signs: Vec<String>,
    /// Words that an apostrophe cuts, and what they stand for: `l` = `le`, so that `l'OIT` is read as `le OIT`.
    #[serde(default)]
    pub elisions: FxHashMap<String, String>,
    /// Words for what is of a country, and the country's code: `swiss` = `che`, as in "Swiss-funded".
    #[serde(default)]
    pub demonyms: BTreeMap<String, String>,
    /// Nouns that with such a word stand for the country itself, where it gives: `cooperation`.
    #[serde(default)]
    pub givers: Vec<String>,
    /// How sums are written: what stands before or after a number, as words and marks, and its ISO 4217 code.
    #[serde(default)]
    pub currencies: BTreeMap<String, String>,
    /// Words behind a number that multiply it: `million` = 1000000.
    #[serde(default)]
    pub multipliers: FxHashMap<String, u64>,
    /// Numbers in letters, which count before a multiplier: `six` = 6 in "six million dollars".
    #[serde(default)]
    pub numerals: FxHashMap<String, u64>,
    /// Words that are spelt in two ways, and the one spelling that names are compared in: `labour` = `labor`.
    #[serde(default)]
    pub spellings: BTreeMap<String, String>,
    /// Phrases that, behind a comma, begin what a sentence says by the way: `in collaboration with`, `which`.
    #[serde(default)]
    pub byways: Vec<String>,
    /// Words by which the name of a body says that it is against something; all of them say the same: `combat`, `prevention`.
    #[serde(default)]
    pub aims: Vec<String>,
    /// Beginnings of words that are written apart too: `inter`, as in "Inter-Ministerial".
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Words for what is the whole country's, which one text adds to a name and another leaves out: `national`.
    #[serde(default)]
    pub countrywide: Vec<String>,
    /// Contractions and what they stand for: `del` = `de el`.
    #[serde(default)]
    pub contractions: FxHashMap<String, String>,
    /// Month names, twelve entries, each with its forms.
    pub months: Vec<Vec<String>>,
    /// Phrases that stand for the report's own country: `todo el pais`.
    #[serde(default)]
    pub own_country: Vec<String>,
    /// Words that carry a sentence's topic over from the sentence before, at its start: `su objetivo`, `el proyecto`.
    #[serde(default)]
    pub continuations: Vec<String>,
    /// Labels of a project's sheet, each of which begins a sentence of its own where a colon follows: `donor`.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Patterns of what follows a title and says that it is that of a programme: `this project`. Apostrophes are left out.
    #[serde(default)]
    pub presents: Vec<String>,
    /// Words by which a noun that announces a name is parted from it: `called`, `denominado`.
    #[serde(default)]
    pub naming: Vec<String>,
    /// Patterns that deny what follows them in a clause: `no`, `ningun`.
    #[serde(default)]
    pub denials: Vec<String>,
    /// Patterns of what does not deny, though it has a word that does: `not only`.
    #[serde(default)]
    pub affirmations: Vec<String>,
    /// Patterns before what a sentence does not state, wherever in the rest of it that stands: `it is false that`, `if`.
    #[serde(default)]
    pub doubts: Vec<String>,
    /// Patterns behind what a sentence takes back: `but the funding was withdrawn`.
    #[serde(default)]
    pub retractions: Vec<String>,
    /// Patterns of a text that says there is nothing to say: `no existen`.
    #[serde(default)]
    pub nothing: Vec<String>,
    /// Patterns that make what follows them a plan: `se preve`, `sera`.
    #[serde(default)]
    pub planned: Vec<String>,
    /// Abbreviations after which a full stop ends no sentence.
    #[serde(default)]
    pub abbreviations: Vec<String>,
}

/// How adjectives end that no verb ends like. Endings are folded.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Adjectives {
    /// In the singular: `al`.
    pub one: Vec<String>,
    /// Behind a noun in the plural: `ains`.
    pub many: Vec<String>,
    /// Where the word is written with an accent, by which it is told from a verb: `ica` of `pública`.
    pub accented: Vec<String>,
}

/// What titles of programmes say of whose they are.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Titles {
    /// Words that programmes everywhere are called after, each by itself: `school`, `feeding`. A title of nothing else is one that
    /// each country may have.
    pub common: Vec<String>,
    /// Words in the title of what is more than one country's: `global`.
    pub abroad: Vec<String>,
    /// What a text calls that: `global project`.
    pub called_abroad: Vec<String>,
}

/// What tells that a name is that of a place of which nothing is known. Words are folded.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Places {
    /// Nouns behind names: `Azuay and Guayas provinces`.
    pub behind: PlaceNouns,
    /// Nouns in lower case before names, with one of the small words between: `provinces of Azuay and Guayas`.
    pub before: PlaceNouns,
    /// Small words behind such a noun, and inside names: `of`, `de`, `la`.
    pub small: Vec<String>,
    /// Words before the place that something is in: `in`.
    pub within: Vec<String>,
    /// Words with a capital that name no place by themselves: `Northern`.
    pub nameless: Vec<String>,
    /// Further nouns, which with a capital are no part of another name beside a place that is listed: `Región Piura`.
    pub capital: Vec<String>,
}

/// Nouns for kinds of places.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceNouns {
    /// In the singular, beside one name.
    pub one: Vec<String>,
    /// In the plural, beside one name or several.
    pub many: Vec<String>,
}

/// A way to write a date: a pattern with `{d}`, `{m}`, `{y}` and, for a range's end, `{d2}`, `{m2}`, `{y2}`. Where a group `date`
/// is in it, only that is the date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateRule {
    /// The pattern.
    pub pattern: String,
}

/// A phrase that refers back.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anaphor {
    /// Its forms, folded, contractions not opened.
    pub words: Vec<String>,
    /// The slot alias of what it can refer to.
    pub class: String,
    /// The nouns, folded, that stand for one or more such things: `projects`.
    #[serde(default)]
    pub nouns: Vec<String>,
}

/// What tells that a noun means something else than what was named before: "the project on school meals", "another project". Words are
/// folded, contractions not opened.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Others {
    /// Phrases behind one that refers back, which begin what tells the thing from others: `on`, `against`, `financé par`.
    pub by: Vec<String>,
    /// Adjectives that may stand between the noun and such a word: `nacional`.
    pub qualities: Vec<String>,
    /// Phrases before the noun: `another`, `two`.
    pub before: Vec<String>,
    /// Articles, behind which an adjective before the noun tells the thing from others: `the`, as in "the school meals project is …".
    pub articles: Vec<String>,
    /// Verbs behind the noun then.
    pub verbs: Vec<String>,
    /// Articles by which the noun tells of something new behind a comma: `a`, as in "In addition, a school project".
    pub indefinite: Vec<String>,
    /// Adjectives that tell the thing from none: `same`, as in "the same project".
    pub same: Vec<String>,
    /// Words behind which the noun says what the thing named before is: `is`, `as`.
    pub predicates: Vec<String>,
}

/// A rule that tells an event.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its name.
    pub id: String,
    /// Its class.
    pub class: Curie,
    /// Patterns over a masked sentence, with a slot for each thing that takes part.
    pub patterns: Vec<String>,
    /// What it is called: `Capacitación de {number} {participants} ({organizer}, {date})`; absent parts are left out.
    pub label: String,
    /// What its slots and further patterns say of it.
    #[serde(rename = "role")]
    pub roles: Vec<Role>,
    /// How sure the rule is.
    #[serde(default = "sure")]
    pub confidence: f32,
}

/// What an event's slot says of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The property.
    pub property: Curie,
    /// Where the value is: `@slot`, `date:@slot`, `number:@slot`, `sum:@slot` or `text`.
    pub object: String,
    /// A pattern of its own, in the same sentence; without it, the slot is one of the event's pattern.
    pub pattern: Option<String>,
    /// Whether that pattern is looked for in the sentence after, too.
    #[serde(default)]
    pub next_sentence: bool,
    /// A text is cut where this pattern begins.
    pub until: Option<String>,
    /// A text is split into several at this pattern.
    pub split: Option<String>,
}

/// Why a lexicon cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("`{place}` is not a lexicon: {message}", place = files::place(file))]
pub struct LexiconError {
    /// The file.
    pub file: String,
    /// What is wrong, with line and column.
    pub message: String,
}

/// All lexicons, in the order of their file names.
///
/// # Errors
/// The first file that is not of the right shape.
pub fn lexicons() -> Result<Vec<Lexicon>, LexiconError> {
    files::data("lexicon", ".toml").into_iter().map(|(file, bytes)| parse(&file, &bytes)).collect()
}

/// A lexicon from the text of its file.
///
/// # Errors
/// If it is not of the right shape; `file` names it in the message.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Lexicon, LexiconError> {
    let error = |message: String| LexiconError { file: file.to_owned(), message };
    let text = std::str::from_utf8(bytes).map_err(|e| error(e.to_string()))?;
    let lexicon: Lexicon = toml::from_str(text).map_err(|e| error(e.to_string()))?;
    if lexicon.words.months.len() != 12 {
        return Err(error(format!("`words.months` has {} entries, not 12", lexicon.words.months.len())));
    }
    Ok(lexicon)
}
