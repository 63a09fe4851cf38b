//! Documents to reports: which form a text follows, and what it answers to each of the form's questions.
//!
//! Questions are known by number and bracket code, which are the same in every language, with words as support; headings
//! by their words. What is between two of them belongs to the first: its question and its answer are told apart by the
//! form's words and by layout. Nothing is dropped: what has no place yields a diagnostic.

mod about;
mod assemble;
mod boxes;
mod cells;
mod columns;
mod compare;
mod ends;
mod error;
mod furniture;
mod headings;
mod known;
mod label_content;
mod label_rows;
mod labels;
mod layout;
mod links;
mod rows;
mod starts;
mod tables;
mod title;
mod unknown;
mod unread;
mod values;
mod vocabulary;

pub use error::FormError;
pub use title::CountryByName;

use crate::knowledge::form::Form;
use crate::model::diagnostic::Diagnostic;
use crate::model::document::Document;
use crate::model::lang::Lang;
use crate::model::report::Report;
use headings::Head;
use known::{FormWords, Known};
use labels::Labelled;
use layout::Layout;
use starts::{Start, starts};
use std::collections::{BTreeMap, BTreeSet};
use title::CountryYear;
use vocabulary::Vocabulary;

/// What recognition needs to know beside the forms.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Finds a country by a name that was folded with [`crate::model::id::fold`].
    pub country_by_name: CountryByName<'a>,
}

/// A document whose form is known.
struct Recognised<'a> {
    document: &'a Document,
    layout: &'a Layout,
    known: Known<'a>,
    starts: &'a [Start<'a>],
    /// The rows of a form whose questions have no numbers.
    labelled: Vec<Labelled>,
    lang: &'a Lang,
    about: CountryYear,
    /// Lines that repeat the title on further pages.
    furniture: Vec<usize>,
}

/// A form with the beginnings of its questions that were found, and how many different ones there are.
type Candidate<'a> = (usize, Known<'a>, Vec<Start<'a>>);

/// All forms, with what documents are compared with made ready.
pub struct Recogniser {
    forms: Vec<Form>,
    /// The words of each form; the forms share their vocabulary.
    words: Vec<FormWords>,
    vocabulary: Vocabulary,
}

impl Recogniser {
    /// One that knows some forms.
    pub fn new(forms: Vec<Form>) -> Self {
        let mut vocabulary = Vocabulary::new();
        let words = forms.iter().map(|form| FormWords::of(form, &mut vocabulary)).collect();
        Self { forms, words, vocabulary }
    }

    /// The forms that it knows.
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// The report that a laid-out document is, if it follows one of the forms with tables.
    ///
    /// # Errors
    /// If it follows one, but does not say which country and year it is about.
    pub fn by_tables(&self, document: &Document, options: Options<'_>) -> Option<Result<(Report, Vec<Diagnostic>), FormError>> {
        tables::recognise(document, &self.forms, options)
    }

    /// Whether a document has the words that mark a form with tables, as that form spells them.
    pub fn shows_tables(&self, document: &Document) -> bool {
        let with_tables = self.forms.iter().filter(|form| !form.tables.is_empty());
        let mut marks = with_tables.flat_map(|form| form.recognition.marks.values().flatten());
        marks.any(|mark| memchr::memmem::find(document.text.as_bytes(), mark.as_bytes()).is_some())
    }

    /// Finds the form of a document and reads it as that form says.
    ///
    /// # Errors
    /// [`FormError`] if it follows none of the forms, is cut off, holds two reports, or does not say what it is about.
    pub fn recognise(&self, document: &Document, options: Options<'_>) -> Result<(Report, Vec<Diagnostic>), FormError> {
        let name = document.source.name.clone();
        if let Some(found) = self.by_tables(document, options) {
            return found;
        }
        let layout = Layout::of(document, &self.vocabulary);
        if layout.lines.is_empty() {
            return Err(FormError::Empty { name });
        }
        let candidates = self.candidates(document, &layout);
        let enough = |(found, known, _): &&Candidate<'_>| *found >= known.form.recognition.min_questions;
        let Some((_, known, starts)) = candidates.iter().find(enough) else {
            return Err(no_form(document, &layout, &candidates));
        };
        let known = *known;
        let marks = title::marks(&layout, known);
        let mut furniture = one_report(document, &layout, starts, known, &marks, options)?;
        let first = first_known(starts).unwrap_or(layout.lines.len());
        let about = title::country_year(document, &layout, first, options.country_by_name).ok_or_else(|| {
            let line = layout.lines.get(first).map_or(1, |l| document.line(l.span.start));
            FormError::NoCountry { name, place: format!("which ends before line {line}") }
        })?;
        let lang = language(known, starts, &marks).ok_or_else(|| FormError::Unknown {
            name: document.source.name.clone(),
            looked_for: format!(
                "from line {} on its numbers are those of `{}`, but its words are in none of the form's languages",
                layout.lines.get(first).map_or(1, |l| document.line(l.span.start)),
                known.form.id
            ),
        })?;
        let labels = known.words.labels.iter().find(|labels| labels.lang == *lang);
        let labelled = labels.map(|labels| {
            furniture::add_page_numbers(document, &layout, &mut furniture);
            label_rows::rows(document, &layout, labels, &furniture)
        });
        let labelled = labelled.unwrap_or_default();
        assemble::report(&Recognised { document, layout: &layout, known, starts, labelled, lang, about, furniture })
    }

    /// The forms without tables, the one that agrees best first.
    fn candidates(&self, document: &Document, layout: &Layout) -> Vec<Candidate<'_>> {
        let known = self.forms.iter().zip(&self.words).map(|(form, words)| Known { form, words });
        let known = known.filter(|known| known.form.tables.is_empty());
        let mut candidates: Vec<Candidate<'_>> = known.map(|known| candidate(document, layout, known)).collect();
        // Forms that ask the same are told apart by their titles.
        let titled = |known: Known<'_>| title::marks(layout, known).iter().map(|(mark, _)| *mark).collect::<BTreeSet<_>>().len();
        candidates
            .sort_by_cached_key(|(found, known, _)| std::cmp::Reverse(if *found > 0 { found + 2 * titled(*known) } else { 0 }));
        candidates
    }
}

/// A form with what a document has of it.
fn candidate<'a>(document: &Document, layout: &Layout, known: Known<'a>) -> Candidate<'a> {
    let labelled = labels::is_labelled(known.form);
    let starts = if labelled { label_starts(document, layout, known) } else { starts(document, layout, known) };
    (distinct(&starts), known, starts)
}

/// The labels of a form whose questions have no numbers, in the language in which most are found.
fn label_starts<'a>(document: &Document, layout: &Layout, known: Known<'a>) -> Vec<Start<'a>> {
    let starts = known.words.labels.iter().map(|labels| -> Vec<Start<'a>> {
        let label = |row: &Labelled| match row.head {
            Head::Label(question) => Some(Start {
                line: row.line,
                number: String::new(),
                question: Some(question),
                misnumbered: false,
                lang: Some((&labels.lang, 1.0)),
                ends: None,
            }),
            Head::Section(_) => None,
        };
        label_rows::heads(document, layout, labels).iter().filter_map(label).collect()
    });
    starts.max_by_key(Vec::len).unwrap_or_default()
}

/// The line of the first question that the form has.
fn first_known(starts: &[Start<'_>]) -> Option<usize> {
    starts.iter().find(|start| start.question.is_some()).map(|start| start.line)
}

/// How many different questions of the form were found.
fn distinct(starts: &[Start<'_>]) -> usize {
    starts.iter().filter_map(|s| s.question).collect::<BTreeSet<_>>().len()
}

/// The language with whose words the questions and the title agree best.
fn language<'a>(known: Known<'a>, starts: &[Start<'a>], marks: &[(usize, usize)]) -> Option<&'a Lang> {
    let mut votes: BTreeMap<&Lang, f32> = BTreeMap::new();
    let marks = marks.iter().filter_map(|(mark, _)| known.words.marks.get(*mark)).map(|mark| (known.words.lang(mark), 2.0));
    for (lang, weight) in starts.iter().filter_map(|s| s.lang).chain(marks) {
        *votes.entry(lang).or_default() += weight;
    }
    votes.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(lang, _)| lang)
}

/// The error for a document that has too few questions of every form.
fn no_form(document: &Document, layout: &Layout, candidates: &[Candidate<'_>]) -> FormError {
    let name = document.source.name.clone();
    let last = layout.lines.last().map_or(1, |l| document.line(l.span.start));
    if let Some((found, known, _)) = candidates.iter().find(|(_, known, _)| !title::marks(layout, *known).is_empty()) {
        let form = &known.form.id;
        let message = format!("it has the title of form `{form}`, but only {found} of its questions");
        return FormError::Truncated { name, message, line: last };
    }
    let lines = if last == 1 { "line 1".to_owned() } else { format!("lines 1 to {last}") };
    let looked_for: Vec<String> = candidates
        .iter()
        .map(|(found, known, _)| {
            let needed = known.form.recognition.min_questions;
            format!("`{}` needs {needed} of its questions, of which {found} were found in {lines}", known.form.id)
        })
        .collect();
    let looked_for = if looked_for.is_empty() { "there is none".to_owned() } else { looked_for.join("; ") };
    FormError::Unknown { name, looked_for }
}

/// Makes sure that there is one report only; returns the lines of titles that are merely repeated page by page.
fn one_report(
    document: &Document,
    layout: &Layout,
    starts: &[Start<'_>],
    known: Known<'_>,
    marks: &[(usize, usize)],
    options: Options<'_>,
) -> Result<Vec<usize>, FormError> {
    /// Reports repeat a question or two of their own accord.
    const REPEATED: usize = 3;
    let first_question = first_known(starts).unwrap_or(0);
    let countries = title::country_lines(document, layout, options.country_by_name);
    let own = countries.iter().find(|c| c.line < first_question);
    let again_marked = marks.iter().filter(|(mark, line)| marks.iter().any(|(m, l)| m == mark && l < line));
    let again_marked = again_marked.flat_map(|(mark, line)| title::lines_of(layout, known, *mark, *line));
    let again = countries.iter().filter(|c| own.is_some_and(|own| c.line > own.line)).map(|c| c.line);
    let mut lines: Vec<usize> = again_marked.chain(again).filter(|line| *line > first_question).collect();
    lines.sort_unstable();
    lines.dedup();
    for &line in &lines {
        let questions = |after: bool| {
            starts.iter().filter(move |s| (s.line > line) == after).filter_map(|s| s.question).collect::<BTreeSet<_>>()
        };
        let repeated = questions(true).intersection(&questions(false)).count();
        let other = countries.iter().any(|c| c.line == line && own.is_some_and(|o| (&o.country, o.year) != (&c.country, c.year)));
        let titled = marks.iter().any(|(_, l)| line.abs_diff(*l) <= 6);
        if repeated >= REPEATED || (other && titled) {
            let at = |line: usize| layout.lines.get(line).map_or(1, |l| document.line(l.span.start));
            let first = marks.iter().map(|(_, l)| *l).chain(own.map(|o| o.line)).min().unwrap_or(0);
            let name = document.source.name.clone();
            return Err(FormError::TwoReports { name, first: at(first), second: at(line) });
        }
    }
    Ok(lines)
}
