//! Reports made of sections and tables, read from the layout of their pages.
//!
//! A table is known by words of its caption, a section by words of its heading, the country by the running head and the year
//! by the foot of its pages; where there are none, by a title, or by its first paragraphs. Each row is an answer to its table, the text of a section one to its section.

use super::about::{country, country_in_text, heading, joint, marked, year};
use super::rows::{answer, rows};
use super::unread::{self, Behind, is_unread};
use super::{FormError, Options};
use crate::knowledge::folded::WordsByLang;
use crate::knowledge::form::{Form, SectionSpec};
use crate::knowledge::table::TableSpec;
use crate::knowledge::words::{find, folded_words, words};
use crate::model::diagnostic::Diagnostic;
use crate::model::document::{Document, Span};
use crate::model::lang::Lang;
use crate::model::layout::{Block, Footnote, Heading, Layout, Table};
use crate::model::passage::Passage;
use crate::model::report::{Answer, Report, Section};
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
    pub(super) lang: &'a Lang,
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
            // The small print of some fonts looks like a heading's.
            if let Block::Heading(Heading { span, .. }) | Block::Paragraph(span) | Block::Footnote(Footnote { span, .. }) = block
                && self.is_note(*span)
                && let Some(table) = found.tables.len().checked_sub(1)
            {
                found.notes.push((table, *span));
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

    /// The section whose heading's words are most of a heading; of several the one with most.
    fn section(&self, span: Span) -> Option<&'a SectionSpec> {
        self.section_of(span).map(|(spec, _)| spec)
    }

    /// The same, and how many words of the heading are the section's.
    pub(super) fn section_of(&self, span: Span) -> Option<(&'a SectionSpec, usize)> {
        let here = words(self.document.slice(span));
        let in_lang = |by_lang: &'a WordsByLang| by_lang.iter().filter(|(lang, _)| lang == self.lang).map(|(_, words)| words);
        let all = self.form.sections.iter().zip(&self.form.folded().sections);
        let worded = all.flat_map(|(spec, by_lang)| in_lang(by_lang).map(move |words| (spec, words)));
        let fits = worded.filter(|(_, words)| words.len() * 2 >= here.len() && find(&here, words).is_some());
        fits.max_by_key(|(_, words)| words.len()).map(|(spec, words)| (spec, words.len()))
    }

    /// The table of the form that a table is, by its caption, or by its first row, where the reader took that for a part of it.
    pub(super) fn table(&self, table: &Table) -> Option<&'a TableSpec> {
        // A caption that runs over the columns' edge is two cells to the reader.
        let row = || {
            let cells = &table.rows.first()?.cells;
            let span = Span::new(cells.first()?.span.start, cells.last()?.span.end);
            Some(span).filter(|span| span.end - span.start < unread::LONGEST)
        };
        let first = || {
            let text = self.document.slice(table.span);
            Span::new(table.span.start, table.span.start + text.find('\n').unwrap_or(text.len()))
        };
        let named = self.captioned(table.caption.unwrap_or_else(first));
        named.or_else(|| self.captioned(row().filter(|_| table.caption.is_some() && table.header.is_empty())?))
    }

    /// The table whose caption a stretch of text is.
    pub(super) fn captioned(&self, span: Span) -> Option<&'a TableSpec> {
        let caption = words(self.document.slice(span));
        let mut all = self.form.tables.iter().zip(&self.form.folded().captions);
        let fits = |phrases: &[Vec<String>]| phrases.iter().any(|phrase| find(&caption, phrase).is_some());
        all.find(|(_, phrases)| fits(phrases)).map(|(spec, _)| spec)
    }

    /// Whether a row is the caption or the header, which the reader took for a row of the table.
    pub(super) fn is_head(&self, spec: &TableSpec, table: &Table, at: usize) -> bool {
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
    let first = found.sections.first().and_then(|s| s.heading.source(0..s.heading.text().len())).map_or(usize::MAX, |s| s.start);
    let countries = joint(document, layout, first, options);
    if !countries.is_empty() {
        return Err(FormError::Joint { name: name(), countries: countries.join(", ") });
    }
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
        // A heading that only names the country is the report's, and no text before its first section.
        let spans: &[Span] = match spans.split_first() {
            Some((first, rest)) if section.is_none() && document.slice(*first).trim() == head => rest,
            _ => spans,
        };
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
