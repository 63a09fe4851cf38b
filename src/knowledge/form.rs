//! Report forms: `data/forms/*.toml`, one a questionnaire, in all of its languages.

use super::files;
pub use super::meaning::{Each, Meaning, OptionMeaning, Subject};
use super::table::TableSpec;
pub use super::wording::{Dated, YesNo};
use super::words::{Word, find};
use crate::model::lang::Lang;
use crate::model::vocab;
use oxigraph::model::NamedNode;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

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
    /// What a report of it is called in few words, where country, year and kind stand beside: `Country baseline`.
    pub short_title: Texts,
    /// Who publishes reports of this form.
    pub publisher: Option<Curie>,
    /// The legal instruments that its reports are about.
    #[serde(default)]
    pub instruments: Vec<Curie>,
    /// How its reports are known.
    pub recognition: Recognition,
    /// Its words for yes and no.
    #[serde(default)]
    pub words: YesNo,
    /// How its reports date what they state.
    #[serde(default)]
    pub dated: Dated,
    /// Its sections.
    #[serde(default, rename = "section")]
    pub sections: Vec<SectionSpec>,
    /// Its questions. A table and a section of running text are questions too, whose answers are the rows and the text:
    /// [`parse`] adds them.
    #[serde(default, rename = "question")]
    pub questions: Vec<QuestionSpec>,
    /// Its tables: a form that has some is told by them, and read from the layout of its pages.
    #[serde(default, rename = "table")]
    pub tables: Vec<TableSpec>,
    /// Headings at which its reports end for the reader: what stands below is only cited.
    #[serde(default)]
    pub end: BTreeMap<Lang, Vec<String>>,
    /// The issues that its rows are said to address; empty for all.
    #[serde(default)]
    pub issues: Vec<Curie>,
    /// Its words, folded when they are first asked for.
    #[serde(skip)]
    pub(super) folded: super::folded::Once,
}

/// How a report of the form is known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognition {
    /// At least so many different questions of the form, by number and bracket code or words, must be found; of a form
    /// with tables, so many of its tables and sections.
    pub min_questions: usize,
    /// Phrases of the title page, by language: support for the form, and proof of the language.
    #[serde(default)]
    pub marks: BTreeMap<Lang, Vec<String>>,
    /// Keys of the questions with which the form ends: a report with none of them was cut off. Empty where nothing can
    /// be said of a report's end.
    #[serde(default)]
    pub closing: Vec<String>,
    /// Whether the first words of a report with tables tell its year, and nothing else does; elsewhere a year that was taken from
    /// them is told.
    #[serde(default)]
    pub dated_by_text: bool,
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
    /// Other wordings of it, in a form with tables: those of other editions.
    #[serde(default)]
    pub also: BTreeMap<Lang, Vec<String>>,
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
    /// Text that is kept, and not read for statements.
    Record,
    /// Rows of a table.
    Rows,
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
    /// The question's words; empty where they are not known, so that its number alone tells it.
    #[serde(default)]
    pub text: Texts,
    /// Other wordings of a label without a number, in a form in which no question has one.
    #[serde(default)]
    pub also: BTreeMap<Lang, Vec<String>>,
    /// The options, in their order.
    #[serde(default, rename = "option")]
    pub options: Vec<OptionSpec>,
    /// The levels of [`Kind::Levels`].
    #[serde(default, rename = "level")]
    pub levels: Vec<OptionSpec>,
    /// What the answer means.
    #[serde(default, rename = "meaning")]
    pub meanings: Vec<Meaning>,
    /// Questions that are asked for each chosen option. [`parse`] makes questions of them, one for each option that has a
    /// letter, and leaves this empty.
    #[serde(default)]
    pub per_option: Vec<PerOption>,
    /// Whether it is asked only where an option was chosen, so that a report without it does not lack it.
    #[serde(skip)]
    pub conditional: bool,
}

impl QuestionSpec {
    /// The printed number, or the key of a question that has none.
    pub fn shown_number(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.key)
    }
}

/// A question that is asked for each chosen option of another: `75.f`, whose key becomes `75.f.measures`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerOption {
    /// The last part of its key: `measures`.
    pub key: String,
    /// Its section, where that is not the other question's.
    pub section: Option<String>,
    /// How it is answered.
    pub kind: Kind,
    /// Its words.
    pub text: Texts,
    /// What its answer means.
    #[serde(default, rename = "meaning")]
    pub meanings: Vec<OptionMeaning>,
}

/// An option or a level.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionSpec {
    /// Its letter; absent where the words alone are written.
    pub letter: Option<String>,
    /// Its concept.
    pub concept: Option<Curie>,
    /// Its words; empty where they are not known.
    #[serde(default)]
    pub text: Texts,
    /// Other wordings.
    #[serde(default)]
    pub also: BTreeMap<Lang, Vec<String>>,
    /// Its wordings, folded when they are first asked for.
    #[serde(skip)]
    pub(super) folded: super::folded::OnceWordings,
}

impl OptionSpec {
    /// All wordings, in all languages.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        self.text.values().chain(self.also.values().flatten()).map(String::as_str)
    }
}

/// The option whose words stand in `text`, and where: of several the one with most words, then the first.
pub fn option_in<'a>(options: &'a [OptionSpec], text: &[Word]) -> Option<(&'a OptionSpec, Range<usize>)> {
    let mut best: Option<(usize, &OptionSpec, Range<usize>)> = None;
    for option in options {
        for phrase in option.folded() {
            let Some(range) = find(text, phrase) else { continue };
            let better = best
                .as_ref()
                .is_none_or(|(most, _, at)| phrase.len() > *most || (phrase.len() == *most && range.start < at.start));
            if better {
                best = Some((phrase.len(), option, range));
            }
        }
    }
    best.map(|(_, option, range)| (option, range))
}

/// Why a data file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// It is no TOML, or not of the right shape.
    #[error("`{place}` is not a form: {message}", place = files::place(file))]
    Shape {
        /// The file.
        file: String,
        /// What is wrong, with line and column.
        message: String,
    },
    /// It contradicts itself.
    #[error("`{place}`: {message}", place = files::place(file))]
    Content {
        /// The file.
        file: String,
        /// What is wrong.
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

/// A form from the text of its file, with its questions about options written out.
///
/// # Errors
/// If it is not of the right shape or contradicts itself; `file` names it in the message.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Form, FormError> {
    let shape = |message: String| FormError::Shape { file: file.to_owned(), message };
    let text = std::str::from_utf8(bytes).map_err(|e| shape(e.to_string()))?;
    let mut form: Form = toml::from_str(text).map_err(|e| shape(e.to_string()))?;
    form.questions = form.questions.into_iter().flat_map(write_out).collect();
    let whole = if form.tables.is_empty() { Vec::new() } else { form.sections.iter().map(section_question).collect() };
    form.questions.extend(whole.into_iter().chain(form.tables.iter().map(TableSpec::question)).collect::<Vec<_>>());
    check(&form).map_err(|message| FormError::Content { file: file.to_owned(), message })?;
    Ok(form)
}

/// The question that the running text of a section answers.
fn section_question(section: &SectionSpec) -> QuestionSpec {
    QuestionSpec::of_part(&section.id, Some(&section.id), Kind::Record, section.heading.clone())
}

/// A question, followed by one for each of its options and each [`PerOption`].
fn write_out(mut question: QuestionSpec) -> Vec<QuestionSpec> {
    let per_option = std::mem::take(&mut question.per_option);
    let mut all = vec![question.clone()];
    for (option, letter) in question.options.iter().filter_map(|o| Some((o, o.letter.as_ref()?))) {
        for asked in &per_option {
            let concept = option.concept.as_ref().map(|c| c.0.clone());
            let meaning = |meaning: &OptionMeaning| {
                concept.clone().map(|concept| Meaning {
                    subject: Subject::Concept(concept),
                    property: meaning.property.clone(),
                    each: meaning.each,
                    class: meaning.class.clone(),
                    instrument: None,
                    scheme: None,
                    unless: BTreeMap::new(),
                })
            };
            all.push(QuestionSpec {
                key: format!("{}.{letter}.{}", question.key, asked.key),
                number: question.number.as_ref().map(|number| format!("{number}.{letter}")),
                code: None,
                section: asked.section.clone().or_else(|| question.section.clone()),
                kind: asked.kind,
                text: asked.text.clone(),
                also: BTreeMap::new(),
                options: Vec::new(),
                levels: Vec::new(),
                meanings: asked.meanings.iter().filter_map(meaning).collect(),
                per_option: Vec::new(),
                conditional: true,
            });
        }
    }
    all
}

/// What serde cannot check: unique keys, and references that lead somewhere.
fn check(form: &Form) -> Result<(), String> {
    let mut keys = std::collections::BTreeSet::new();
    for question in &form.questions {
        let key = &question.key;
        if !keys.insert(key.as_str()) {
            return Err(format!("the question key `{key}` is used twice"));
        }
        if question.number.is_none() && question.text.is_empty() {
            return Err(format!("question `{key}` has neither number nor text, so that nothing tells it"));
        }
        let names = |m: &Meaning| matches!(m.subject, Subject::Country | Subject::Need) && m.scheme.is_some();
        if question.meanings.iter().any(|meaning| meaning.each == Each::Statement && !names(meaning)) {
            return Err(format!(
                "question `{key}` means something by each `statement`, of `country` or `need`, and names no `scheme`"
            ));
        }
        if let Some(section) = question.section.as_ref().filter(|id| form.sections.iter().all(|s| s.id != **id)) {
            return Err(format!("question `{key}` is in section `{section}`, which the form does not have"));
        }
    }
    if let Some(section) = form.sections.iter().find(|s| form.tables.is_empty() && !s.also.is_empty()) {
        return Err(format!("section `{}` has wordings in `also`, which only a form with tables can have", section.id));
    }
    let patterns = form.dated.begins.values().chain(form.dated.within.values()).flatten();
    if let Some(pattern) = patterns.into_iter().find(|pattern| pattern.matches("{y}").count() != 1) {
        return Err(format!("`{pattern}` in `dated` has no `{{y}}`, or more than one, so that it gives no year"));
    }
    match form.recognition.closing.iter().find(|key| !keys.contains(key.as_str())) {
        Some(key) => Err(format!("`closing` names question `{key}`, which the form does not have")),
        None => Ok(()),
    }
}
