//! A report as its form lays it out: sections, questions, and answers read as their kind says, not yet understood.

use super::document::Span;
use super::lang::Lang;
use super::passage::Passage;
use oxigraph::model::NamedNode;
use std::ops::Range;

/// A report whose form was recognised.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its stable identifier, `mex-2021-p029`: country, year, kind.
    pub id: String,
    /// The identifier of the form it follows, `ilo-p029-2021`: the name of a file in `data/forms/`.
    pub form: String,
    /// Its title, as it stands in the report.
    pub title: Passage,
    /// The country it is about.
    pub country: NamedNode,
    /// The year it is about.
    pub year: i32,
    /// Where country and year stand in the text.
    pub heading: Passage,
    /// The language it is written in.
    pub language: Lang,
    /// The legal instruments it is about, and where it says so.
    pub instruments: Vec<(NamedNode, Passage)>,
    /// Who publishes reports of this kind, from the form.
    pub publisher: Option<NamedNode>,
    /// Its sections, in the order of the text.
    pub sections: Vec<Section>,
    /// Its answers, in the order of the text.
    pub answers: Vec<Answer>,
    /// Questions of the form that the report does not have, by key.
    pub absent: Vec<String>,
}

/// A headed part of a report.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its number in the order of the text, from 1.
    pub number: usize,
    /// Its depth, from 1.
    pub level: usize,
    /// The heading as it stands in the text.
    pub heading: Passage,
    /// The identifier of the section in the form, where it was recognised.
    pub form_section: Option<String>,
}

/// A question of the report and the answer that it was given.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The last part of the answer's IRI, unique in the report: `82`, `75.f.measures`, `90-2` for the second 90.
    pub key: String,
    /// The key of the question in the form; `None` for a question that the form does not have.
    pub question_key: Option<String>,
    /// The printed number, `75.f` for instance; empty for a labelled line without one.
    pub number: String,
    /// The bracket code as printed, without its brackets and spaces: `4.1`.
    pub code: Option<String>,
    /// The question as it stands in the report, code included.
    pub question: Passage,
    /// The index of its section in [`Report::sections`].
    pub section: Option<usize>,
    /// The whole answer; empty if none was given.
    pub text: Passage,
    /// The answer, read as the form says.
    pub value: Value,
    /// The addresses that the answer gives, mended where spaces or line ends broke them.
    pub links: Vec<Link>,
    /// What else a table's row says, where the answer is one: its question is the cell that names it.
    pub row: Option<Row>,
}

impl Answer {
    /// Whether anything was answered: words, or a check mark that says yes or no.
    pub fn says_something(&self) -> bool {
        !self.text.is_empty() || self.row.as_ref().is_some_and(|row| row.checked.is_some())
    }
}

/// A row of a table, beyond the cell that names it and the words of the others.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Whether it is checked, in a table with a column of check marks; `None` if there is none or it cannot be told.
    pub checked: Option<bool>,
    /// The table's notes, each beginning with the mark that it explains.
    pub notes: Vec<Passage>,
}

/// An answer read as the form says. Ranges are in [`Answer::text`].
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing was written.
    Empty,
    /// Yes or no.
    Boolean {
        /// Yes is true.
        value: bool,
        /// The word that says it.
        range: Range<usize>,
    },
    /// One or more of the question's options, by letter or by their words.
    Options(Vec<Chosen>),
    /// One entry a line or number.
    List(Vec<Range<usize>>),
    /// Options with a level each, `c) … => of most importance`.
    Levels(Vec<Level>),
    /// Running text, to be read sentence by sentence.
    Prose,
}

/// A chosen option.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The letter or value, `g`; empty where the option was known by its words.
    pub letter: String,
    /// The concept that the form gives for it.
    pub concept: Option<NamedNode>,
    /// The option's words, without the letter.
    pub range: Range<usize>,
}

/// An option with its level.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// The option.
    pub option: Chosen,
    /// The level's concept.
    pub level: Option<NamedNode>,
    /// The level's words.
    pub range: Range<usize>,
}

/// An address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address, whole.
    pub href: String,
    /// Where it stands in the passage, breaks included.
    pub range: Range<usize>,
    /// Where it stands in the source.
    pub span: Span,
    /// Whether it was broken and had to be mended.
    pub mended: bool,
}
