//! Whether the end of a report is there: a part of one would read as if the rest had been left unanswered.

use super::assemble::{Split, answer_text};
use super::{FormError, Recognised};
use crate::knowledge::form::Kind;
use crate::model::diagnostic::Diagnostic;
use crate::model::document::Span;

/// Makes sure that the end of the report is there.
pub(super) fn complete(of: &Recognised<'_>, splits: &[Split]) -> Result<(), FormError> {
    let last = of.layout.lines.last().map_or(1, |l| of.document.line(l.span.start));
    let cut = |message: String| Err(FormError::Truncated { name: of.document.source.name.clone(), message, line: last });
    let form = of.known.form;
    let closing = &form.recognition.closing;
    let key = |question: usize| of.known.question(question).map(|spec| &spec.key);
    if !closing.is_empty() && !splits.iter().filter_map(|s| key(s.question?)).any(|key| closing.contains(key)) {
        let found = splits.iter().rev().find_map(|s| key(s.question?)).map_or("none", String::as_str);
        let closing = closing.join(", ");
        return cut(format!("the form ends with questions {closing}, and the last one found is {found}"));
    }
    let Some(split) = splits.last().filter(|s| s.question.is_some()) else { return Ok(()) };
    let key = split.question.and_then(key).map_or("?", String::as_str);
    // Where blank lines stand before answers, words right behind a broken question are no answer.
    let answer_begins = split.columns.answer.first().and_then(|(line, _)| of.layout.lines.get(*line));
    if !split.columns.complete && answer_begins.is_none_or(|line| of.layout.spaced && line.gap == 0) {
        return cut(format!("question {key} is not complete"));
    }
    // A laid-out source that is cut off is told by its reader; its text ends where its last block does.
    let ends = of.document.text.trim_end_matches([' ', '\t']);
    let laid_out = of.document.layout.is_some();
    if !laid_out && !ends.ends_with(['\n', '\u{c}']) && !ends.ends_with(ENDS) && !split.columns.answer.is_empty() {
        let answer: Vec<Span> = split.columns.answer.iter().map(|(_, span)| *span).collect();
        let words = of.document.text.get(answer.first().map_or(0, |s| s.start)..).unwrap_or_default();
        if words.split_whitespace().count() > 3 && !words.split_whitespace().last().is_some_and(|w| w.contains("://")) {
            return cut(format!("the answer to question {key} ends in the middle of a line"));
        }
    }
    Ok(())
}

/// What ends a text that is whole.
const ENDS: [char; 8] = ['.', '!', '?', '"', '”', '»', ')', '…'];

/// A warning if the last answer is running text that ends in the middle of a sentence, at the end of a line.
pub(super) fn open_end(of: &Recognised<'_>, last: &Split) -> Option<Diagnostic> {
    const FEWEST: usize = 4;
    let spec = of.known.question(last.question?)?;
    let (_, end) = last.columns.answer.last()?;
    let (text, _) = answer_text(of, last);
    let address = text.text().rsplit(' ').next().is_some_and(|word| word.contains("://"));
    let whole = text.text().ends_with(ENDS) || address;
    if spec.kind != Kind::Prose || whole || text.text().split(' ').count() < FEWEST {
        return None;
    }
    let message =
        format!("the answer to question `{}`, the last one, ends without a full stop: the report may be cut off", spec.key);
    Some(Diagnostic::warning("cut-off", message).hint("compare its end with the original").at(of.document, *end))
}
