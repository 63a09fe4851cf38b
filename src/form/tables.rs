//! Reports made of sections and tables, read from the layout of their pages.
//!
//! A table is known by words of its caption, a section by words of its heading, the country by the running head and the year
//! by the foot of its pages; where there are none, by a title, or by its first paragraphs. Each row is an answer to its table, the text of a section one to its section.

use super::about::{country, country_in_text, heading, marked, year};
use super::links::links;
use super::unread::{self, Behind, is_unread};
use super::{FormError, Options};
use crate::knowledge::folded::WordsByLang;
use crate::knowledge::form::{Form, SectionSpec};
use crate::knowledge::table::{Reading, TableSpec};
use crate::knowledge::words::{find, folded_words, words};
use crate::model::diagnostic::Diagnostic;
use crate::model::document::{Document, Span};
use crate::model::lang::Lang;
use crate::model::layout::{Block, Layout, Mark, Table};
use crate::model::passage::Passage;
use crate::model::report::{Answer, Report, Row, Section, Value};
use std::collections::BTreeMap;

/// The report that a laid-out document is, if it follows one of the forms with tables.
///
/// # Errors
/// If it follows one, but does not say which country and year it is about.
pub(super) fn recognise(
    document: &Document,
    forms: &[Form],
    options: Options<'_>,
) -> Option<Result<(Report, Vec<Diagnostic>), FormError>> {
    let layout = document.layout.as_ref()?;
    forms.iter().filter(|form| !form.tables.is_empty()).find_map(|form| {
        let (lang, footer) = marked(document, layout, form)?;
        let reading = Parts { document, form, lang };
        let parts = reading.parts(layout);
        (parts.found() >= form.recognition.min_questions).then(|| report(&reading, parts, footer, layout, options))
    })
}

/// A document with the form that it is read by.
pub(super) struct Parts<'a> {
    pub(super) document: &'a Document,
    form: &'a Form,
    lang: &'a Lang,
}

/// What was found, in the order of the text.
#[derive(Default)]
struct Found<'a> {
    sections: Vec<Section>,
    /// The text of each section: its index, or `None` for what stands before the first.
    texts: Vec<(Option<usize>, Vec<Span>)>,
    tables: Vec<(&'a TableSpec, &'a Table, Option<usize>)>,
    /// Notes that stand behind a table without being a part of it, by the table's index.
    notes: Vec<(usize, Span)>,
    unknown: Vec<&'a Table>,
    /// What may be cells of a table that could not be read, by the table's index.
    hidden: Vec<(usize, Span)>,
}

impl Found<'_> {
    fn found(&self) -> usize {
        self.tables.len() + self.sections.iter().filter(|s| s.form_section.is_some()).count()
    }
}

impl<'a> Parts<'a> {
    fn parts(&self, layout: &'a Layout) -> Found<'a> {
        let mut found = Found::default();
        found.texts.push((None, Vec::new()));
        let mut behind = Behind::default();
        let mut above = None;
        for (at, block) in layout.blocks.iter().enumerate().take_while(|(_, block)| !self.is_end(block)) {
            let caption = above.take();
            if self.is_caption(block, layout.blocks.get(at + 1)) {
                above = Some(block.span());
                continue;
            }
            if behind.hides(block, self.told(block, caption)) {
                found.hidden.extend(found.tables.len().checked_sub(1).map(|table| (table, block.span())));
                continue;
            }
            match block {
                Block::Heading(heading) => match self.section(heading.span) {
                    Some(spec) => {
                        found.sections.push(Section {
                            number: found.sections.len() + 1,
                            level: spec.level,
                            heading: Passage::of(self.document, &[heading.span]),
                            form_section: Some(spec.id.clone()),
                        });
                        found.texts.push((Some(found.sections.len() - 1), Vec::new()));
                    }
                    None => found.texts.last_mut().into_iter().for_each(|(_, spans)| spans.push(heading.span)),
                },
                Block::Paragraph(span) if self.is_note(*span) && !found.tables.is_empty() => {
                    found.notes.push((found.tables.len() - 1, *span));
                }
                Block::Footnote(note) if self.is_note(note.span) && !found.tables.is_empty() => {
                    found.notes.push((found.tables.len() - 1, note.span));
                }
                Block::Paragraph(span) => found.texts.last_mut().into_iter().for_each(|(_, spans)| spans.push(*span)),
                Block::Footnote(note) => found.texts.last_mut().into_iter().for_each(|(_, spans)| spans.push(note.span)),
                Block::Table(table) => match self.table(table).or_else(|| self.captioned(caption?)) {
                    Some(spec) => found.tables.push((spec, table, found.sections.len().checked_sub(1))),
                    None if is_unread(table) => {}
                    None => found.unknown.push(table),
                },
                Block::Figure(_) => {}
            }
        }
        found
    }

    /// Whether a paragraph is a note to a mark.
    pub(super) fn is_note(&self, span: Span) -> bool {
        self.document.slice(span).trim_start().starts_with(['†', '‡', '*'])
    }

    /// Whether the form's part of a document ends with a block.
    fn is_end(&self, block: &Block) -> bool {
        match block {
            Block::Heading(_) | Block::Paragraph(_) => {
                self.form.folded().end.contains(&folded_words(self.document.slice(block.span())))
            }
            Block::Table(table) => self.begins_end(table.span),
            _ => false,
        }
    }

    /// Whether what the reader took for a table begins with such a heading.
    fn begins_end(&self, span: Span) -> bool {
        let first = self.document.slice(span).lines().next().unwrap_or_default();
        let here = folded_words(first);
        self.form.folded().end.iter().any(|end| here.starts_with(end))
    }

    /// The section whose heading's words a heading holds; of several the one with most.
    fn section(&self, span: Span) -> Option<&'a SectionSpec> {
        self.section_of(span).map(|(spec, _)| spec)
    }

    /// The same, and how many words of the heading are the section's.
    pub(super) fn section_of(&self, span: Span) -> Option<(&'a SectionSpec, usize)> {
        let here = words(self.document.slice(span));
        let in_lang = |by_lang: &'a WordsByLang| by_lang.iter().find(|(lang, _)| lang == self.lang).map(|(_, words)| words);
        let all = self.form.sections.iter().zip(&self.form.folded().sections);
        let worded = all.filter_map(|(spec, by_lang)| Some((spec, in_lang(by_lang)?)));
        let fits = worded.filter(|(_, words)| find(&here, words).is_some());
        fits.max_by_key(|(_, words)| words.len()).map(|(spec, words)| (spec, words.len()))
    }

    /// The table of the form that a table is, by its caption; where the reader found none, by its first line.
    pub(super) fn table(&self, table: &Table) -> Option<&'a TableSpec> {
        let first = || {
            let text = self.document.slice(table.span);
            Span::new(table.span.start, table.span.start + text.find('\n').unwrap_or(text.len()))
        };
        self.captioned(table.caption.unwrap_or_else(first))
    }

    /// The table whose caption a stretch of text is.
    pub(super) fn captioned(&self, span: Span) -> Option<&'a TableSpec> {
        let caption = words(self.document.slice(span));
        let mut all = self.form.tables.iter().zip(&self.form.folded().captions);
        let fits = |phrases: &[Vec<String>]| phrases.iter().any(|phrase| find(&caption, phrase).is_some());
        all.find(|(_, phrases)| fits(phrases)).map(|(spec, _)| spec)
    }

    /// Whether a row is the caption or the header, which the reader took for a row of the table.
    fn is_head(&self, spec: &TableSpec, table: &Table, at: usize) -> bool {
        const LONGEST: usize = 40;
        let Some(row) = table.rows.get(at) else { return false };
        let caption = |row: &crate::model::layout::Row| {
            let cell = row.cells.iter().find(|c| c.span.end > c.span.start);
            cell.and_then(|c| self.captioned(c.span)).is_some_and(|t| t.key == spec.key)
        };
        let short = row.cells.iter().all(|c| self.document.slice(c.span).len() < LONGEST);
        let after = at.checked_sub(1).and_then(|i| table.rows.get(i)).is_some_and(caption);
        caption(row) || short && (after || at == 0 && table.caption.is_none() && table.header.is_empty())
    }
}

fn report(
    reading: &Parts<'_>,
    found: Found<'_>,
    footer: &str,
    layout: &Layout,
    options: Options<'_>,
) -> Result<(Report, Vec<Diagnostic>), FormError> {
    let Parts { document, form, lang } = *reading;
    let name = || document.source.name.clone();
    let no_country = |place: &str| FormError::NoCountry { name: name(), place: place.to_owned() };
    let told = year(document, layout, footer);
    let (year, from_text) = told.ok_or_else(|| no_country("at the foot of its pages, in its titles or its first paragraphs"))?;
    let head = country(document, layout, options).or_else(|| country_in_text(document, layout, options));
    let (country, head) = head.ok_or_else(|| no_country("at the head of its pages, in its titles or its first paragraphs"))?;
    let mut diagnostics = Vec::new();
    if let Some(span) = from_text.filter(|_| !form.recognition.dated_by_text) {
        let message =
            format!("no title gives the year of the report: it was taken for that of {year}, of which its first words speak");
        diagnostics.push(Diagnostic::warning("year-of-text", message).at(document, span));
    }
    let mut answers = Vec::new();
    for (section, spans) in &found.texts {
        text_answer(reading, &found, *section, spans, &mut answers);
    }
    for (at, (spec, table, section)) in found.tables.iter().enumerate() {
        // The notes stand under the last part of a table that goes on over pages.
        let same = |other: usize| found.tables.get(other).is_some_and(|(s, ..)| s.key == spec.key);
        let beside = found.notes.iter().filter(|(of, _)| *of >= at && same(*of)).map(|(_, span)| *span);
        let under =
            found.tables.iter().skip(at).filter(|(s, ..)| s.key == spec.key).flat_map(|(_, t, _)| t.notes.iter().map(|n| n.span));
        let notes: Vec<Span> = under.chain(beside).collect();
        if is_unread(table) {
            let hidden: Vec<Span> = found.hidden.iter().filter(|(of, _)| *of == at).map(|(_, span)| *span).collect();
            diagnostics.push(unread::told(document, spec, table, &hidden));
            continue;
        }
        rows(reading, spec, table, *section, &notes, &mut answers, &mut diagnostics);
    }
    for table in &found.unknown {
        let message = "a table has none of the captions that the form knows; it was not read";
        diagnostics.push(Diagnostic::warning("unknown-table", message).at(document, table.span));
    }
    unique(&mut answers);
    let title = Passage::beside(&format!("{footer} – {head}"));
    let absent: Vec<String> =
        form.tables.iter().map(|t| &t.key).filter(|key| found.tables.iter().all(|(t, ..)| t.key != **key)).cloned().collect();
    if !absent.is_empty() {
        let message = format!("the report does not have these tables of the form: {}", absent.join(", "));
        diagnostics.push(Diagnostic::note("absent-tables", message));
    }
    let code = country.as_str().rsplit('/').next().unwrap_or_default();
    let report = Report {
        id: format!("{code}-{year}-{}", form.kind),
        form: form.id.clone(),
        heading: heading(document, layout, &head, year),
        title,
        country,
        year,
        language: lang.clone(),
        instruments: Vec::new(),
        publisher: form.publisher.as_ref().map(|p| p.0.clone()),
        sections: found.sections,
        answers,
        absent,
    };
    Ok((report, diagnostics))
}

/// The text of a section, whole.
fn text_answer(reading: &Parts<'_>, found: &Found<'_>, section: Option<usize>, spans: &[Span], answers: &mut Vec<Answer>) {
    let text = Passage::of(reading.document, spans);
    let of = section.and_then(|s| found.sections.get(s));
    let id = of.and_then(|s| s.form_section.as_ref()).or_else(|| reading.form.sections.first().map(|s| &s.id));
    let Some(id) = id.filter(|_| !text.is_empty()) else { return };
    let lead = || reading.form.sections.first().and_then(|s| s.heading.get(reading.lang)).map(|h| Passage::beside(h));
    let question = of.map(|s| s.heading.clone()).or_else(lead).unwrap_or_default();
    answers.push(answer(reading, id.clone(), id.clone(), question, text, section));
}

fn answer(
    reading: &Parts<'_>,
    key: String,
    question_key: String,
    question: Passage,
    text: Passage,
    section: Option<usize>,
) -> Answer {
    let links = links(reading.document, &text, None);
    let value = if text.is_empty() { Value::Empty } else { Value::Prose };
    Answer {
        key,
        question_key: Some(question_key),
        number: String::new(),
        code: None,
        question,
        section,
        text,
        value,
        links,
        row: None,
    }
}

/// The rows of a table, each an answer. A row without a title goes on with the one before.
fn rows(
    reading: &Parts<'_>,
    spec: &TableSpec,
    table: &Table,
    section: Option<usize>,
    notes: &[Span],
    answers: &mut Vec<Answer>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let document = reading.document;
    let notes: Vec<Passage> = notes.iter().map(|span| Passage::of(document, &[*span])).collect();
    let mut strays: Vec<Answer> = Vec::new();
    let strays = &mut strays;
    let mut number = answers.iter().filter(|a| a.question_key.as_deref() == Some(&spec.key)).count();
    let begins = number == 0;
    let mut open: Option<(Vec<Span>, Vec<Span>, Option<bool>)> = None;
    let mut close = |open: &mut Option<(Vec<Span>, Vec<Span>, Option<bool>)>| {
        let Some((title, text, checked)) = open.take() else { return };
        let (question, text) = (Passage::of(document, &title), Passage::of(document, &text));
        if question.is_empty() && text.is_empty() {
            return;
        }
        number += 1;
        let checked = checked.or_else(|| spec.checked.as_ref()?.of(reading.lang, text.text()));
        let mut row = answer(reading, format!("{}/{number}", spec.key), spec.key.clone(), question, text, section);
        row.row = Some(Row { checked, notes: notes.clone() });
        answers.push(row);
    };
    // A report on two entities has a column for them in every row.
    let filled = |r: &crate::model::layout::Row| r.cells.iter().filter(|c| c.span.end > c.span.start).count();
    let first = (0..table.rows.len()).find(|at| !reading.is_head(spec, table, *at)).and_then(|at| table.rows.get(at));
    let wide = begins && first.is_some_and(|row| filled(row) > 2);
    let head = |at: usize| reading.is_head(spec, table, at);
    for (_, row) in table.rows.iter().enumerate().filter(|(at, row)| row.repeats.is_none() && !head(*at)) {
        // A row of more columns than a name and its text is another table's, whose caption was not found.
        if spec.reading == Reading::Entities && filled(row) > 2 && !wide {
            others_row(reading, spec, row, section, strays);
            continue;
        }
        let title = row.cell(0);
        let others = || row.cells.iter().filter(|c| c.column > 0 || title.is_none());
        let mut written: Vec<_> = others().filter(|c| !c.from_above && c.span.end > c.span.start).collect();
        if spec.reading == Reading::Entities && wide {
            // "Kurdistan Region" between a body and its role begins no sentence of that.
            written.sort_by_key(|c| c.column + 1 < table.columns);
        }
        let spans: Vec<Span> = written.iter().map(|c| c.span).collect();
        let marks = || others().map(|c| c.mark);
        let checked = if marks().any(|m| m == Mark::Checked) {
            Some(true)
        } else if marks().any(|m| m == Mark::Empty) {
            Some(false)
        } else {
            None
        };
        let named = title.filter(|c| !c.from_above && !document.slice(c.span).trim().is_empty());
        match (named, &mut open) {
            (None, Some((_, text, _))) if spec.reading == Reading::Entities => text.extend(spans),
            (named, _) => {
                close(&mut open);
                let title = named.or(title).map(|c| c.span);
                open = Some((title.into_iter().collect(), spans, checked));
            }
        }
        if marks().any(|m| m == Mark::Unknown)
            && let Some(cell) = title
        {
            let message = "what is drawn in this row is no check mark that is known";
            diagnostics.push(Diagnostic::warning("unknown-mark", message).at(document, cell.span));
        }
    }
    close(&mut open);
    if let Some(first) = strays.first() {
        let message = format!("{} row(s) of this table have columns of another; they were kept without being read", strays.len());
        let place = first.question.source(0..first.question.text().len()).unwrap_or(table.span);
        diagnostics.push(Diagnostic::warning("stray-rows", message).at(document, place));
    }
    answers.append(strays);
}

/// Keeps a row that is none of its table's as an answer to no question of the form.
fn others_row(
    reading: &Parts<'_>,
    spec: &TableSpec,
    row: &crate::model::layout::Row,
    section: Option<usize>,
    strays: &mut Vec<Answer>,
) {
    let of =
        |cells: &[&crate::model::layout::Cell]| Passage::of(reading.document, &cells.iter().map(|c| c.span).collect::<Vec<_>>());
    let cells: Vec<&crate::model::layout::Cell> = row.cells.iter().collect();
    let Some((first, rest)) = cells.split_first() else { return };
    let key = format!("{}-beside/{}", spec.key, strays.len() + 1);
    let mut stray = answer(reading, key, String::new(), of(&[*first]), of(rest), section);
    stray.question_key = None;
    stray.value = Value::List(Vec::new());
    strays.push(stray);
}

/// A key that comes again is numbered.
fn unique(answers: &mut [Answer]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for answer in answers {
        let n = seen.entry(answer.key.clone()).and_modify(|n| *n += 1).or_insert(1);
        if *n > 1 {
            answer.key = format!("{}-{n}", answer.key);
        }
    }
}
