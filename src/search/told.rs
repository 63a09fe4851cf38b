//! Results as they are told: the shape of the JSON, and what pages and the terminal show.

use super::asked::ReadAs;
use serde::Serialize;

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Results {
    /// What was looked for.
    pub query: String,
    /// The language of labels.
    pub language: String,
    /// The state of the store that the results are from.
    pub revision: String,
    /// How many results there are.
    pub total: usize,
    /// The number of this page of them, from 1.
    pub page: usize,
    /// How many results a page has.
    pub per_page: usize,
    /// Whether the results have all of the words; some of them only, where nothing has all.
    pub all_words: bool,
    /// The words that nothing is spelt as, and what they were taken for.
    pub read_as: Vec<ReadAs>,
    /// What the results can be narrowed down by.
    pub facets: Vec<Counts>,
    /// The results of this page, the best first.
    pub results: Vec<Hit>,
}

impl Results {
    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.total.div_ceil(self.per_page.max(1))
    }
}

/// The values of a facet.
#[derive(Clone, Debug, Serialize)]
pub struct Counts {
    /// The facet's name: `country`.
    pub facet: &'static str,
    /// Its values, those that are chosen and then the most frequent first.
    pub values: Vec<Count>,
}

/// A value of a facet.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// Its name in addresses.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// How many results have it, whatever else of its facet is chosen.
    pub count: usize,
    /// Whether results are narrowed down to it.
    pub chosen: bool,
}

/// A text with the places of what was looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Marked {
    /// The text; a part of a longer one has `…` where it was cut.
    pub text: String,
    /// Its language; empty where it is not known.
    pub language: String,
    /// Where words stand that were looked for: first character, and the one behind the last.
    pub marks: Vec<(usize, usize)>,
}

impl Marked {
    /// The text in pieces, and whether each is marked.
    pub fn pieces(&self) -> Vec<(String, bool)> {
        let characters: Vec<char> = self.text.chars().collect();
        let piece = |from: usize, to: usize| characters.get(from..to).map(|c| c.iter().collect::<String>()).unwrap_or_default();
        let mut pieces = Vec::new();
        let mut at = 0;
        for (from, to) in &self.marks {
            pieces.push((piece(at, *from), false));
            pieces.push((piece(*from, *to), true));
            at = *to;
        }
        pieces.push((piece(at, characters.len()), false));
        pieces.retain(|(text, _)| !text.is_empty());
        pieces
    }
}

/// A result: a thing, or what a report answers to a question.
#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    /// The thing, or the answer.
    pub iri: String,
    /// Its page, where pages are served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// `name` where it is called what was looked for, `part` where its name has the words, `text` where words about it do.
    pub by: &'static str,
    /// What it is called; for an answer, the question.
    pub title: Marked,
    /// Others of its names that have the words.
    pub names: Vec<Marked>,
    /// What it is.
    pub classes: Vec<String>,
    /// The report, for an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Titled>,
    /// The words of reports that say it, the best first.
    pub passages: Vec<Said>,
    /// How many passages more there are.
    pub more: usize,
}

/// A resource and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Titled {
    /// The resource.
    pub iri: String,
    /// What it is called.
    pub label: String,
}

/// Words of a report.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// The words.
    #[serde(flatten)]
    pub text: Marked,
    /// A little of what stands before them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// A little of what stands after them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// Where they stand.
    pub report: Titled,
    /// The report's identifier.
    #[serde(skip)]
    pub report_id: String,
    /// The question that they answer, as the answer's IRI has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The page of the report's source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Where they begin in the report's text, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The answer that they stand in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Where a page shows them, where pages are served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// What they were read as.
    pub states: Vec<States>,
}

/// A fact that words state.
#[derive(Clone, Debug, Serialize)]
pub struct States {
    /// The claim, which has the evidence.
    pub claim: String,
    /// What is spoken of.
    pub subject: String,
    /// What is said of it.
    pub property: String,
    /// With what.
    pub value: String,
}
