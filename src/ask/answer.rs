//! The answer to a question: what it was read as, the query, the rows with their quotes, and a sentence.

use super::evidence::Evidence;
use serde::Serialize;

/// How a question ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// With an answer.
    Answered,
    /// A word of it means more than one thing.
    Ambiguous,
    /// Words of it were not understood.
    WordsNotUnderstood,
    /// A name in it is not known.
    NameNotKnown,
    /// The graph holds nothing that it asks for.
    NothingInGraph,
    /// The report itself says that there is none.
    ReportSaysNone,
}

impl Status {
    /// Its name, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Ambiguous => "ambiguous",
            Self::WordsNotUnderstood => "words_not_understood",
            Self::NameNotKnown => "name_not_known",
            Self::NothingInGraph => "nothing_in_graph",
            Self::ReportSaysNone => "report_says_none",
        }
    }
}

/// What a word or phrase of the question became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Read {
    /// The words.
    pub text: String,
    /// What they mean.
    pub meaning: String,
    /// The class, property or thing.
    pub iri: Option<String>,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// What it is called, in the language of the question.
    pub label: String,
    /// Its IRI, if it is a thing.
    pub iri: Option<String>,
    /// The value: a number, a date, yes or no, a text; of a thing, a number that goes with it.
    pub value: Option<serde_json::Value>,
    /// Of what is compared, each thing with whether this is true of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<Side>,
    /// Where two numbers are compared, both of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<Count>,
    /// The words of reports that bear it out.
    pub evidence: Vec<Evidence>,
}

/// One of two numbers that are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Of what it is.
    pub label: String,
    /// The thing, if it is one.
    pub iri: Option<String>,
    /// The number; none where nothing is known.
    pub number: Option<i64>,
}

/// One of several that are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// What it is called.
    pub label: String,
    /// Its IRI.
    pub iri: String,
    /// Whether the row is true of it.
    pub has: bool,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// How the question ended.
    pub status: Status,
    /// The question.
    pub question: String,
    /// Its language.
    pub language: String,
    /// What its words became.
    pub reading: Vec<Read>,
    /// The query, if there is one; it runs as it is.
    pub query: Option<String>,
    /// The answer in words.
    pub sentence: String,
    /// The rows.
    pub answers: Vec<Row>,
    /// Questions or names near it.
    pub suggestions: Vec<String>,
    /// The state of the graph.
    pub revision: String,
}
