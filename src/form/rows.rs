//! The rows of a form's tables as answers.

use super::links::links;
use super::tables::Parts;
use crate::knowledge::table::{Reading, TableSpec};
use crate::model::diagnostic::Diagnostic;
use crate::model::document::Span;
use crate::model::layout::{self, Cell, Mark, Table};
use crate::model::passage::Passage;
use crate::model::report::{Answer, Row, Value};

/// An answer without a number or code.
pub(super) fn answer(
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
pub(super) fn rows(
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
    let filled = |r: &layout::Row| r.cells.iter().filter(|c| c.span.end > c.span.start).count();
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
fn others_row(reading: &Parts<'_>, spec: &TableSpec, row: &layout::Row, section: Option<usize>, strays: &mut Vec<Answer>) {
    let of = |cells: &[&Cell]| Passage::of(reading.document, &cells.iter().map(|c| c.span).collect::<Vec<_>>());
    let cells: Vec<&Cell> = row.cells.iter().collect();
    let Some((first, rest)) = cells.split_first() else { return };
    let key = format!("{}-beside/{}", spec.key, strays.len() + 1);
    let mut stray = answer(reading, key, String::new(), of(&[*first]), of(rest), section);
    stray.question_key = None;
    stray.value = Value::List(Vec::new());
    strays.push(stray);
}
