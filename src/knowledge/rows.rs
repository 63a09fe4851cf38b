//! How the rows of tables are worded, in a language: its part of a lexicon.

use super::form::Curie;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How the rows of tables are worded, in a language; words are folded, patterns are for masked text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RowWords {
    /// Nouns of bodies: `unit`, `police`.
    pub bodies: Vec<String>,
    /// The plural of those that are named together: `boards`.
    pub plural_bodies: Vec<String>,
    /// Nouns of bodies that others belong to, before "'s": `ministry`.
    pub owners: Vec<String>,
    /// Persons whom a body is for and who end no owner's name: `women`, as in "Ministry of Women's Affairs".
    pub served: Vec<String>,
    /// What an apostrophe ties to an owner's name: `s`, as in "the Ministry's Unit". A language that has no such sign has none.
    pub owner_endings: Vec<String>,
    /// What the plural of an acronym is written with: `s`, as in "CPCs".
    pub plural_endings: Vec<String>,
    /// Nouns of bodies that others belong to behind "of the", the highest first.
    pub superiors: Vec<String>,
    /// What stands between a part and its superior: `of`, `under`.
    pub part_of: Vec<String>,
    /// Words that join two names in a title: `and`.
    pub and: Vec<String>,
    /// Words that offer another name in brackets: `or`.
    pub or: Vec<String>,
    /// Words between an office and what it is for, the usual one first: `of`, `for`.
    pub remit: Vec<String>,
    /// Words by which a clause speaks of the name before it: `which`.
    pub relatives: Vec<String>,
    /// Endings of adjectives of a duration, before which a comma ends no description: `a $5 million, 4-year project`.
    pub durations: Vec<String>,
    /// Words of a place that rather tell by what means: `through`.
    pub by_means: Vec<String>,
    /// Articles: `the`, `a`.
    pub articles: Vec<String>,
    /// Those of them that speak of one thing only: `the`.
    pub definite: Vec<String>,
    /// Words that say what something is: `is`.
    pub copulas: Vec<String>,
    /// Words behind which a title names a part of what stands before: `including`.
    pub including: Vec<String>,
    /// Last words of the titles of persons whose offices are bodies: `prosecutor`.
    pub holders: Vec<String>,
    /// Words for persons who hold an office in a body, behind its name: `secretary`.
    pub persons: Vec<String>,
    /// Nouns of governments, whose own bodies are told from those of the country: `government`.
    pub governments: Vec<String>,
    /// What the government of a country is called: `Government of {country}`. Without it, it is called as the country is.
    pub government: Option<String>,
    /// Those of `part_of` behind which any body stands: `within`.
    pub within: Vec<String>,
    /// Nouns of such bodies: `office`.
    pub offices: Vec<String>,
    /// Nouns of policies and programmes, by which two in one title are told apart: `plan`, `program`.
    pub things: Vec<String>,
    /// Their plurals, which announce several behind a colon: `programs`.
    pub themes: Vec<String>,
    /// Small words behind which a name only goes on: its head noun stands before the first of them.
    pub prepositions: Vec<String>,
    /// Last words of titles that stand for several things: `projects`.
    pub umbrellas: Vec<String>,
    /// The relations that read what a clause of a sentence says of a body that it names: what the clause deals with, that body
    /// deals with.
    pub clauses: Vec<String>,
    /// Nouns of what bodies keep or run, which a text on them names in passing: `hotline`.
    pub kept_things: Vec<String>,
    /// Words that point at what was spoken of, before a noun: `this`.
    pub demonstratives: Vec<String>,
    /// Nouns that speak of a row, behind the definite article, only where it is called so: `hotline`.
    pub facilities: Vec<String>,
    /// Patterns that take from such a title who funds all of them: `{o:Org}-funded`.
    pub funded: Vec<String>,
    /// Patterns that take from such a title who runs all of them: `{o:Org} programs`.
    pub run: Vec<String>,
    /// Words behind which a list of such things begins: `including`.
    pub lists: Vec<String>,
    /// Phrases behind which the name of an organisation stands: `implemented by`.
    pub cues: Vec<String>,
    /// Phrases between which and a place a programme is said to be there: `areas of`.
    pub places: Vec<String>,
    /// Words for what may happen at a place where nothing else is done: `announced`.
    pub occasions: Vec<String>,
    /// What stands behind a body in lower case that a sentence is about: `is responsible`.
    pub charged: Vec<String>,
    /// Words before an office-holder's title that make it the head of a government: `prime`.
    pub heads_of_government: Vec<String>,
    /// Patterns of such words' beginning that tell no purpose: `to the districts`.
    pub not_purposes: Vec<String>,
    /// Patterns of a sentence's beginning that names someone and tells of what the row is about: `The Minister serves as its
    /// chair`.
    pub of_row: Vec<String>,
    /// Patterns of a row's first words where they say what the row is about, without a verb: `A division that …`.
    pub definitions: Vec<String>,
    /// Phrases behind which the members and leaders of a body are named: `composed of`.
    pub member_cues: Vec<String>,
    /// Words for organisations that name none: `ngos`.
    pub nobody: Vec<String>,
    /// Words that the name of a member does not have, if nothing else tells that it is an organisation: `city`, `day`.
    pub never: Vec<String>,
    /// More small words that may stand inside the name of a project: `a`.
    pub inner: Vec<String>,
    /// Words, capitalised, by which a name goes on: `against`.
    pub extends: Vec<String>,
    /// Nouns of laws that a number tells: `decree`.
    pub numbered: Vec<String>,
    /// Words before a name that belong to it although a small word parts them: `trafficking in`.
    pub leading: Vec<String>,
    /// Nouns of organisations that, in a table of public bodies, name public ones: `center`.
    pub public: Vec<String>,
    /// More nouns of organisations that own a programme, before "'s": `foundation`.
    pub owned_by: Vec<String>,
    /// First words of such a title that name nobody: `industry`.
    pub anonymous: Vec<String>,
    /// Words that a hyphen joins to a name they are no part of: `funded`.
    pub suffixes: Vec<String>,
    /// Small words of which none stands in the name of an organisation: `to`.
    pub breaks: Vec<String>,
    /// Small words before what a thing is called after, with a capital: `to`, as in "program to Combat Debt Bondage".
    pub toward: Vec<String>,
    /// Words before an office-holder's title: `deputy`.
    pub ranks: Vec<String>,
    /// Endings of the verbs by which a text says what one thing does: `s`, as in "provides".
    pub verb_endings: Vec<String>,
    /// Nouns of what such a title stands for: `project`, `program`.
    pub members: Vec<String>,
    /// Patterns of a sentence's beginning that tells what was done in the period of the report, not what a thing is for.
    pub results: Vec<String>,
    /// Patterns of a sentence's beginning that is read although it tells in passing what was done: `include X; Y; Z`.
    pub kept: Vec<String>,
    /// Patterns of a sentence's beginning that says who takes part or leads, not what a thing is for.
    pub asides: Vec<String>,
    /// How a sentence begins or says that it is not sure, or that it goes on to speak of another than whom it begins with (`X also
    /// joined Y, which …`): what it names is said of nothing.
    #[serde(default)]
    pub hedges: Vec<String>,
    /// Nouns of what policies are written down in, which mean one behind a word that points at it: `document`.
    pub papers: Vec<String>,
    /// Patterns of a sentence's beginning that speaks of what the row is about.
    pub same: Vec<String>,
    /// Patterns of a sentence's beginning that speaks of something else that has no name.
    pub other: Vec<String>,
    /// Patterns of a sentence's beginning by which the row's bearer is said to act through another.
    pub through: Vec<String>,
    /// Patterns of the words that part what a thing is from what it is for: `project .* that`.
    pub purposes: Vec<String>,
    /// Office-holders and the kind of body that each stands for: `minister` = `Ministry`.
    pub officers: BTreeMap<String, String>,
    /// Nouns in the plural that a list of names shares, and what each of the names begins with: `ministries` = `Ministry`.
    pub shared: BTreeMap<String, String>,
    /// Phrases that name several issues at once, with what they name; those with nothing name no concept at all, whatever words
    /// are in them.
    pub issues: BTreeMap<String, Vec<Curie>>,
    /// Nouns of laws, one of which a law's name has: `code`.
    pub laws: Vec<String>,
    /// Patterns that find a law where its provisions are cited; `law` is its name. The first that fits is taken.
    pub law_names: Vec<String>,
    /// Patterns that begin the next citation.
    pub law_breaks: Vec<String>,
    /// Sentences that say that all instruments of a table are ratified.
    pub all_ratified: Vec<String>,
}

impl RowWords {
    /// Whether a folded word ends as a verb does that says what one thing does.
    pub fn ends_as_verb(&self, word: &str) -> bool {
        self.verb_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// How the owner's name ends where what is owned follows: `'s`, with either apostrophe.
    pub fn owner_signs(&self) -> impl Iterator<Item = String> + '_ {
        self.owner_endings.iter().flat_map(|ending| ["'", "’"].map(|mark| format!("{mark}{ending}")))
    }
}
