//! A report from the places where its headings and questions begin.

use super::cells::{Side, headings as shown_headings};
use super::columns::{Columns, Row};
use super::ends::{complete, open_end};
use super::headings::{Found, Head, headings};
use super::labels::Labelled;
use super::links::{fixed_width, links};
use super::unknown::shortened;
use super::values::Reading;
use super::{FormError, Recognised, title};
use crate::model::diagnostic::Diagnostic;
use crate::model::document::Span;
use crate::model::passage::Passage;
use crate::model::report::{Answer, Report, Section, Value};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::ops::Range;

/// A heading, label or question, and the lines up to the next one.
struct Item {
    what: What,
    /// Its first line.
    line: usize,
    /// One past the last line that belongs to it.
    end: usize,
}

enum What {
    Heading(Found),
    /// A question, by its index in the starts.
    Question(usize),
    /// A category or label, by its index in the labelled rows.
    Labelled(usize),
}

/// A row whose columns were told apart.
pub(super) struct Split {
    item: usize,
    /// The question in the form.
    pub(super) question: Option<usize>,
    question_text: Passage,
    pub(super) columns: Columns,
    /// The lines of a heading that the form does not have, at the end of the answer.
    heading: Vec<(usize, Span)>,
}

/// Puts the report together.
pub(super) fn report(of: &Recognised<'_>) -> Result<(Report, Vec<Diagnostic>), FormError> {
    let items = items(of);
    let mut splits: Vec<Split> = items.iter().enumerate().filter_map(|(i, item)| split(of, i, item)).collect();
    part_headings(of, &mut splits, items.len());
    complete(of, &splits)?;
    let mut diagnostics: Vec<Diagnostic> = splits.last().and_then(|last| open_end(of, last)).into_iter().collect();
    for line in &of.furniture {
        let note = Diagnostic::note("running-title", "a running title or a page's number stands here; the line was left out");
        diagnostics.push(note.at(of.document, of.layout.span(*line, line + 1)));
    }
    let first = items.first().map_or(of.layout.lines.len(), |item| item.line);
    let title = Passage::of(of.document, &[of.layout.span(0, first.max(of.about.line + 1))]);
    let (sections, answers) = content(of, &items, &splits, &mut diagnostics);
    let absent = absent(of, &answers, &mut diagnostics);
    let form = of.known.form;
    let code = of.about.country.as_str().rsplit('/').next().unwrap_or_default();
    let instruments = form.instruments.iter().map(|i| (i.0.clone(), title::instrument(of.known, &title, &i.0))).collect();
    let report = Report {
        id: format!("{code}-{}-{}", of.about.year, form.kind),
        form: form.id.clone(),
        instruments,
        heading: Passage::of(of.document, &[of.about.span]),
        title,
        country: of.about.country.clone(),
        year: of.about.year,
        language: of.lang.clone(),
        publisher: form.publisher.as_ref().map(|p| p.0.clone()),
        sections,
        answers,
        absent,
    };
    Ok((report, diagnostics))
}

/// Headings and questions in the order of the text, each with the lines up to the next.
fn items(of: &Recognised<'_>) -> Vec<Item> {
    if !of.labelled.is_empty() {
        let item = |(at, row): (usize, &Labelled)| Item { what: What::Labelled(at), line: row.line, end: row.line + 1 };
        return of.labelled.iter().enumerate().map(item).collect();
    }
    let lines: Vec<usize> = of.starts.iter().map(|s| s.line).collect();
    let mut items: Vec<Item> = headings(of.document, of.layout, of.known, &lines)
        .into_iter()
        .map(|found| Item { line: found.line, end: found.end, what: What::Heading(found) })
        .chain(lines.iter().enumerate().map(|(i, line)| Item { line: *line, end: line + 1, what: What::Question(i) }))
        .filter(|item| item.line > of.about.line)
        .collect();
    items.sort_by_key(|item| item.line);
    let ends: Vec<usize> = items.iter().skip(1).map(|item| item.line).chain([of.layout.lines.len()]).collect();
    for (item, end) in items.iter_mut().zip(ends) {
        item.end = end;
    }
    items
}

/// Tells the columns of an item's lines apart; `None` for a heading with nothing under it.
fn split(of: &Recognised<'_>, index: usize, item: &Item) -> Option<Split> {
    match &item.what {
        What::Question(start) => {
            let start = of.starts.get(*start)?;
            let question = start.question;
            let spec = question.and_then(|q| of.known.question(q));
            let row = Row {
                document: of.document,
                layout: of.layout,
                lines: item.line..item.end,
                furniture: &of.furniture,
                words: question.map_or(&[], |q| of.known.words.question_in(q, of.lang)),
                code: spec.and_then(|s| s.code.as_deref()),
                ends: start.ends,
            };
            let columns = row.split();
            let question_text = Passage::of(of.document, &columns.question);
            Some(Split { item: index, question, question_text, columns, heading: Vec::new() })
        }
        What::Labelled(at) => {
            let row = of.labelled.get(*at)?;
            let question = match row.head {
                Head::Label(question) => Some(question),
                Head::Section(_) if row.content.is_empty() => return None,
                Head::Section(_) => None,
            };
            let columns = Columns { question: row.words.clone(), answer: row.content.clone(), complete: true };
            let question_text = Passage::of(of.document, &row.words);
            Some(Split { item: index, question, question_text, columns, heading: Vec::new() })
        }
        What::Heading(found) => {
            let question = match found.head {
                Head::Label(question) => Some(question),
                Head::Section(_) => None,
            };
            let lines = (found.end..item.end).filter(|line| !of.furniture.contains(line));
            let answer: Vec<_> = lines.filter_map(|line| Some((line, of.layout.lines.get(line)?.span))).collect();
            if question.is_none() && answer.is_empty() {
                return None;
            }
            let span = of.layout.span(found.line, found.end);
            let columns = Columns { question: vec![span], answer, complete: true };
            Some(Split { item: index, question, question_text: Passage::of(of.document, &[span]), columns, heading: Vec::new() })
        }
    }
}

/// Parts headings that the form does not have from the ends of answers: lines in capitals, or lines without gaps where
/// answers have gaps.
fn part_headings(of: &Recognised<'_>, splits: &mut [Split], items: usize) {
    if !of.labelled.is_empty() {
        return; // the form's words tell all of its rows
    }
    let gap = |line: usize| of.layout.lines.get(line).map_or(0, |l| l.gap);
    let answers = || splits.iter().flat_map(|s| s.columns.answer.iter().map(|(line, _)| *line));
    let spaced = answers().filter(|line| gap(*line) > 0).count() * 20 >= answers().count() * 19;
    let place = |line: usize| of.layout.lines.get(line).and_then(|l| l.place);
    let shown = shown_headings(of.document);
    for split in splits.iter_mut().filter(|s| s.item + 1 < items && s.columns.complete) {
        let answer = &mut split.columns.answer;
        if answer.iter().any(|(line, _)| place(*line).is_some_and(|p| p.side == Side::Answer)) {
            // The cells tell it: a heading stands across the table, or outside of it, behind the answer's cell.
            let across = |(line, span): &(usize, Span)| {
                place(*line).is_some_and(|p| p.side == Side::Across) || shown.iter().any(|h| h.range().contains(&span.start))
            };
            let end = answer.iter().rposition(|line| !across(line)).map_or(0, |last| last + 1);
            split.heading = answer.split_off(end);
            continue;
        }
        let Some(start) = (0..answer.len()).rev().find(|i| answer.get(*i).is_some_and(|(line, _)| gap(*line) > 0)) else {
            continue;
        };
        let text: String = answer[start..].iter().map(|(_, span)| of.document.slice(*span)).collect();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = letters >= 8 && text.contains(' ') && !text.chars().any(char::is_lowercase);
        let block = spaced && of.layout.spaced && answer.len() - start >= 2;
        if start > 0 && (capitals || block) {
            split.heading = answer.split_off(start);
        }
    }
}

/// Sections and answers.
fn content(
    of: &Recognised<'_>,
    items: &[Item],
    splits: &[Split],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Section>, Vec<Answer>) {
    let (mut sections, mut answers) = (Vec::new(), Vec::new());
    let mut counts = BTreeMap::new();
    let texts: Vec<(Passage, Vec<Range<usize>>)> = splits.iter().map(|split| answer_text(of, split)).collect();
    let width = fixed_width(texts.iter().map(|(text, _)| text));
    let mut previous: Option<usize> = None;
    let mut rows = splits.iter().zip(texts).peekable();
    for (index, item) in items.iter().enumerate() {
        if let What::Heading(Found { head: Head::Section(section), line, end }) = &item.what
            && let Some(spec) = of.known.section(*section)
        {
            let heading = Passage::of(of.document, &[of.layout.span(*line, *end)]);
            let number = sections.len() + 1;
            sections.push(Section { number, level: spec.level, heading, form_section: Some(spec.id.clone()) });
        }
        if let What::Labelled(at) = &item.what
            && let Some(Labelled { head: Head::Section(section), words, .. }) = of.labelled.get(*at)
            && let Some(spec) = of.known.section(*section)
        {
            let (heading, number) = (Passage::of(of.document, words), sections.len() + 1);
            sections.push(Section { number, level: spec.level, heading, form_section: Some(spec.id.clone()) });
        }
        let Some((split, (text, lines))) = rows.next_if(|(split, _)| split.item == index) else { continue };
        let mut answer = answer(of, item, split, text, &lines, diagnostics);
        answer.links = links(of.document, &answer.text, width);
        answer.section = sections.len().checked_sub(1);
        for link in answer.links.iter().filter(|link| link.mended) {
            let note = Diagnostic::note("mended-address", format!("a broken address was mended to `{}`", link.href));
            diagnostics.push(note.at(of.document, link.span));
        }
        order(of, split, &answer, &mut previous, diagnostics);
        let count: &mut usize = counts.entry(answer.key.clone()).or_default();
        *count += 1;
        if *count > 1 {
            let note = Diagnostic::note("repeated-question", format!("question `{}` stands here once more", answer.key));
            diagnostics.push(at_question(of, note, &answer));
            answer.key = format!("{}-{count}", answer.key);
        }
        answers.push(answer);
        if !split.heading.is_empty() {
            let spans: Vec<Span> = split.heading.iter().map(|(_, span)| *span).collect();
            let heading = Passage::of(of.document, &spans);
            let note = Diagnostic::note("unknown-heading", "the form does not have this heading");
            diagnostics.push(note.at(of.document, cover(&spans)));
            sections.push(Section { number: sections.len() + 1, level: 2, heading, form_section: None });
        }
    }
    if !of.labelled.is_empty() {
        belong(of, &sections, &mut answers);
    }
    (sections, answers)
}

/// Gives the answers to labels the sections that the form has for them: a category may come after its first label.
fn belong(of: &Recognised<'_>, sections: &[Section], answers: &mut [Answer]) {
    let questions = &of.known.form.questions;
    for answer in answers {
        let spec = answer.question_key.as_ref().and_then(|key| questions.iter().find(|question| question.key == *key));
        let of_form = |section: &Section| spec.is_some_and(|spec| spec.section.is_some() && section.form_section == spec.section);
        answer.section = sections.iter().position(of_form).or(answer.section);
    }
}

/// The text of an answer, and the part of it that each of its lines became.
pub(super) fn answer_text(of: &Recognised<'_>, split: &Split) -> (Passage, Vec<Range<usize>>) {
    Passage::with_parts(of.document, &split.columns.answer.iter().map(|(_, span)| *span).collect::<Vec<_>>())
}

/// One answer, without its links and section, its key not yet made unique.
fn answer(
    of: &Recognised<'_>,
    item: &Item,
    split: &Split,
    text: Passage,
    lines: &[Range<usize>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Answer {
    let spec = split.question.and_then(|q| of.known.question(q));
    let start = match &item.what {
        What::Question(start) => of.starts.get(*start),
        What::Heading(_) | What::Labelled(_) => None,
    };
    let printed = start.map(|s| s.number.clone()).unwrap_or_default();
    let within = |span: Span| split.columns.question.iter().any(|q| q.start < span.end && span.start < q.end);
    let code = of.layout.codes.iter().find(|code| within(code.span)).map(|code| code.text.clone());
    let number = spec.map_or(&printed, |s| s.number.as_ref().unwrap_or(&printed)).clone();
    let mut answer = Answer {
        key: spec.map_or_else(|| unknown_key(item, &printed), |s| s.key.clone()),
        question_key: spec.map(|s| s.key.clone()),
        number,
        code,
        question: split.question_text.clone(),
        section: None,
        value: if text.is_empty() { Value::Empty } else { Value::Prose },
        text,
        links: Vec::new(),
        row: None,
    };
    let mut found = Vec::new();
    match spec {
        Some(question) => {
            let reading = Reading { form: of.known.form, question, text: answer.text.text(), lines };
            let (value, unread) = reading.value();
            let place = cover(&split.columns.answer.iter().map(|(_, span)| *span).collect::<Vec<_>>());
            diagnostics.extend(unread.into_iter().map(|d| d.at(of.document, place)));
            answer.value = value;
            if start.is_some_and(|s| s.misnumbered) {
                let message = format!("a question is numbered `{printed}`, but its words are those of `{}`", question.key);
                found.push(Diagnostic::warning("misnumbered-question", message).hint("the words were followed"));
            }
            if !answer.says_something() {
                found.push(Diagnostic::note("unanswered-question", format!("question `{}` has no answer", question.key)));
            }
        }
        None if start.is_some() => {
            let asked = if printed.is_empty() { shortened(answer.question.text()) } else { printed };
            let message = format!("the form has no question `{asked}` with these words; it was kept without a meaning");
            found.push(Diagnostic::warning("unknown-question", message));
        }
        None => {
            let message = "the text under this heading answers no question of the form; it was kept without a meaning";
            found.push(Diagnostic::warning("text-without-question", message));
        }
    }
    for diagnostic in found {
        diagnostics.push(at_question(of, diagnostic, &answer));
    }
    answer
}

/// The key of what the form does not have.
fn unknown_key(item: &Item, printed: &str) -> String {
    if printed.is_empty() { format!("line-{}", item.line + 1) } else { printed.to_owned() }
}

fn at_question(of: &Recognised<'_>, diagnostic: Diagnostic, answer: &Answer) -> Diagnostic {
    let span = answer.question.source(0..answer.question.text().len());
    match span {
        Some(span) => diagnostic.at(of.document, span),
        None => diagnostic,
    }
}

/// Notes a question that comes after one that the form has later.
fn order(of: &Recognised<'_>, split: &Split, answer: &Answer, previous: &mut Option<usize>, diagnostics: &mut Vec<Diagnostic>) {
    let numbered = |q: &usize| of.known.question(*q).is_some_and(|spec| spec.number.is_some());
    let Some(question) = split.question.filter(numbered) else { return };
    if let Some(before) = previous.filter(|p| *p > question).and_then(|p| of.known.question(p)) {
        let message = format!("question `{}` comes after `{}`", answer.key, before.key);
        diagnostics.push(at_question(of, Diagnostic::note("question-out-of-order", message), answer));
    }
    *previous = Some(question);
}

/// The questions that are not there.
fn absent(of: &Recognised<'_>, answers: &[Answer], diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let there: FxHashSet<&String> = answers.iter().filter_map(|a| a.question_key.as_ref()).collect();
    let questions = of.known.form.questions.iter().filter(|q| !q.conditional);
    let absent: Vec<String> = questions.map(|q| &q.key).filter(|key| !there.contains(key)).cloned().collect();
    if !absent.is_empty() {
        let message = format!("the report does not have these questions of the form: {}", absent.join(", "));
        diagnostics.push(Diagnostic::note("absent-questions", message));
    }
    absent
}

fn cover(spans: &[Span]) -> Span {
    let (first, last) = (spans.first().copied(), spans.last().copied());
    first.zip(last).map_or(Span::new(0, 0), |(first, last)| Span::new(first.start, last.end))
}
