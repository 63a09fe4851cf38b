//! Questions that the form does not have: what is printed as its questions are, but for words or a number that it knows.
//!
//! An unknown question shows itself by a number that goes on from the one before and a question mark, by a bracket code, or
//! by a paragraph of its own that ends in one of the two. Lists inside of answers have numbers that begin anew.

use super::headings::headings;
use super::known::Known;
use super::layout::Layout;
use super::starts::Start;
use crate::model::document::{Document, Span};

/// A question has so many lines at most.
const LONGEST: usize = 10;

/// What numbers an additional question is given after one that was there before it: `82bis`.
const INSERTED: [&str; 4] = ["bis", "ter", "quater", "quinquies"];

/// The length of such a word at the beginning of a text, with what parts it from the number.
pub(super) fn inserted(text: &str) -> Option<(&'static str, usize)> {
    let word = text.trim_start_matches([' ', '-', '.', '\u{a0}']);
    let here = |known: &&&str| word.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
    let known = INSERTED.iter().filter(here).max_by_key(|known| known.len())?;
    let ended = word.get(known.len()..).is_some_and(|rest| rest.starts_with(['.', ')', ':', '-', '–']));
    ended.then_some((*known, text.len() - word.len() + known.len()))
}

/// The number of a question without its letter.
pub(super) fn main_number(number: &str) -> Option<u32> {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    number.get(..digits)?.parse().ok()
}

/// Whether a number goes on from that of the question before: it is larger, or the same with something behind it.
pub(super) fn goes_on(number: &str, before: Option<&str>) -> bool {
    let Some(before) = before else { return true };
    let (own, last) = (main_number(number), main_number(before));
    own > last || own == last && number.len() > before.len() && number.starts_with(before)
}

/// Where a question ends whose words begin at a place in some lines: behind its mark, and the code after that; or behind its code.
/// None where a sentence ends before: what asks there is no question of a form.
pub(super) fn end(document: &Document, layout: &Layout, from: usize, lines: std::ops::Range<usize>) -> Option<usize> {
    let stop = layout.span(lines.start, lines.end.min(lines.start + LONGEST)).end;
    let text = document.text.get(from..stop)?;
    let code = layout.codes_in(lines.start, lines.end).find(|code| code.span.start >= from && code.span.end <= stop);
    let Some(mark) = text.find('?') else { return code.map(|code| code.span.end) };
    let parts = |at: usize| {
        let rest = text.get(at + 1..mark).unwrap_or_default();
        rest.starts_with(char::is_whitespace) && rest.trim_start().starts_with(char::is_uppercase)
    };
    if text.match_indices(['.', '!']).any(|(at, _)| at < mark && parts(at)) {
        return code.map(|code| code.span.end);
    }
    let end = from + mark + 1;
    let behind = code.filter(|code| document.text.get(end..code.span.start).is_some_and(|between| between.trim().is_empty()));
    Some(behind.map_or(end, |code| code.span.end))
}

/// A list in an answer, as far as it was read: the number of its last item, and whether that asks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct List(Option<(u32, bool)>);

impl List {
    /// Whether a number is that of the next item.
    pub(super) fn has(self, number: &str, asks: bool) -> bool {
        self.0.is_some_and(|(last, asked)| main_number(number) == Some(last + 1) && asked == asks)
    }

    /// Goes on with an item.
    pub(super) fn take(&mut self, number: &str, asks: bool) {
        self.0 = main_number(number).map(|number| (number, asks));
    }
}

/// The questions without a number that the form does not have, among those that are known to begin in some lines: paragraphs or
/// rows of their own that end in a question mark, or in a code.
pub(super) fn unnumbered<'a>(document: &Document, layout: &Layout, known: Known<'a>, starts: &[Start<'a>]) -> Vec<Start<'a>> {
    let candidates = (0..layout.lines.len()).filter_map(|line| {
        let ends = unnumbered_at(document, layout, known, starts, line)?;
        Some(Start { line, number: String::new(), question: None, misnumbered: false, lang: None, ends: Some(ends) })
    });
    let found: Vec<Start<'a>> = candidates.collect();
    if found.is_empty() {
        return found;
    }
    let lines: Vec<usize> = starts.iter().map(|start| start.line).collect();
    let labels = headings(document, layout, known, &lines);
    found.into_iter().filter(|start| !labels.iter().any(|label| (label.line..label.end).contains(&start.line))).collect()
}

/// Where such a question ends that begins in a line.
fn unnumbered_at(document: &Document, layout: &Layout, known: Known<'_>, starts: &[Start<'_>], line: usize) -> Option<usize> {
    let here = layout.lines.get(line)?;
    let row = layout.question_end(line).filter(|_| layout.begins_row(line));
    let apart = row.is_some() || here.place.is_none() && layout.spaced && here.gap > 0;
    let end = if apart { row.unwrap_or_else(|| layout.block_end(line)) } else { line + 1 };
    let span = layout.span(line, end);
    let text = document.slice(span);
    if !text.ends_with(['?', ']']) || end - line > LONGEST {
        return None; // nearly all paragraphs
    }
    let begins = text.trim_start_matches(['¿', '"', '“', '«', ' ']).starts_with(char::is_uppercase);
    let next = starts.partition_point(|start| start.line < line);
    let after = starts.get(next).map_or(layout.lines.len(), |start| start.line);
    // It is answered before the next question begins.
    if !begins || end >= after {
        return None;
    }
    let before = next.checked_sub(1).and_then(|before| starts.get(before));
    let open = before.and_then(|start| known.question(start.question?));
    let code = layout.codes_in(line, end).last().filter(|code| code.span.end == span.end);
    let asks = document.text.get(span.start..code.map_or(span.end, |code| code.span.start))?.trim_end().ends_with('?');
    match code {
        // What a page's end tore off a question ends in that question's code.
        Some(code) if open.is_some_and(|open| open.code.as_deref() == Some(code.text.as_str())) => return None,
        // A reference to a source looks like a code without a full stop.
        Some(code) => {
            let of_form = known.form.questions.iter().any(|question| question.code.as_deref() == Some(code.text.as_str()));
            if !(asks || code.text.contains('.')) || !apart && of_form {
                return None;
            }
        }
        None if !apart || !asks => return None,
        None => {}
    }
    (!is_rest(layout, known, before, line..end)).then_some(span.end)
}

/// Whether some lines are the last words of the question before, which the end of a page tore off.
fn is_rest(layout: &Layout, known: Known<'_>, before: Option<&Start<'_>>, lines: std::ops::Range<usize>) -> bool {
    const LAST: usize = 3;
    let Some(question) = before.and_then(|before| before.question) else { return false };
    let words = layout.words_of(lines);
    known.words.of_question(question).iter().map(|phrase| known.words.of_phrase(phrase)).any(|phrase| {
        let count = LAST.min(words.len()).min(phrase.len());
        count > 0
            && words[words.len() - count..].iter().map(|word| word.number).eq(phrase[phrase.len() - count..].iter().copied())
    })
}

/// The first words of a question that has no number, to tell it by.
pub(super) fn shortened(text: &str) -> String {
    const WORDS: usize = 6;
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.get(..WORDS.min(words.len())).unwrap_or_default().join(" ");
    if words.len() > WORDS { format!("{first} …") } else { first }
}

/// The columns of an unknown question whose end is known: its lines up to there, and the rest.
pub(super) fn parted(span: Span, end: usize, document: &Document) -> (Option<Span>, Option<Span>) {
    if span.end <= end {
        return (Some(span), None);
    }
    if span.start >= end {
        return (None, Some(span));
    }
    let rest = document.slice(Span::new(end, span.end)).trim_start();
    let answer = (!rest.is_empty()).then(|| Span::new(span.end - rest.len(), span.end));
    (Some(Span::new(span.start, end)), answer)
}
