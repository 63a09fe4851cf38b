//! Where questions begin: lines with a number that the form has, confirmed by bracket code or words.
//!
//! Lists inside of answers have numbers too ("1. La STPS colabora", "2020. Los"); a number alone makes no question.

use super::cells::headings;
use super::compare::Text;
use super::known::Known;
use super::layout::{Layout, PAGE_GAP};
use super::unknown::{self, List, goes_on, inserted, main_number};
use crate::model::document::{Document, Span};
use crate::model::lang::Lang;

/// The beginning of a question.
#[derive(Clone, Debug)]
pub(super) struct Start<'a> {
    /// Its first line.
    pub(super) line: usize,
    /// The printed number: `75.f`.
    pub(super) number: String,
    /// The index of the question in the form; `None` if the form does not have it.
    pub(super) question: Option<usize>,
    /// Whether another number was printed than the form has for it.
    pub(super) misnumbered: bool,
    /// The language whose words agree with it, and how well.
    pub(super) lang: Option<(&'a Lang, f32)>,
    /// Where its words end, if the form does not have them and something else tells it.
    pub(super) ends: Option<usize>,
}

/// Words that agree so well are the question's.
const AGREES: f32 = 0.6;
/// Words that agree so well with another question outweigh a wrong number.
const OUTWEIGHS: f32 = 0.8;
/// A bracket code that is the question's speaks for it as much as so many of its words.
const SAME_CODE: f32 = 0.5;
/// Questions that differ less agree equally well.
const TIE: f32 = 0.01;

/// All beginnings of questions, in the order of the text.
pub(super) fn starts<'a>(document: &Document, layout: &Layout, known: Known<'a>) -> Vec<Start<'a>> {
    let shown = headings(document);
    let mut found: Vec<Start<'a>> = Vec::new();
    let mut list = List::default();
    for line in 0..layout.lines.len() {
        let Some(span) = layout.lines.get(line).map(|l| l.span) else { continue };
        let before = found.iter().rev().find(|start| start.question.is_some()).map(|start| start.number.as_str());
        let begun = start(document, layout, known, &shown, line, before);
        // An item of a list may be laid out as a question is: its number begins anew, or goes on from the one before.
        let told = |start: &Start<'_>| {
            let shown = layout.begins_row(line) || shown.iter().any(|heading| heading.start == span.start);
            let listed = list.has(&start.number, start.ends.is_some());
            start.question.is_some() || shown || !listed && (start.ends.is_some() || follows(&start.number, before, known))
        };
        if let Some(start) = begun.filter(told) {
            list = List::default();
            found.push(start);
        } else if let Some((number, _)) = number(document.slice(span)) {
            list.take(&number, document.slice(span).contains('?'));
        }
    }
    if found.iter().any(|start| start.question.is_some()) {
        let more = unknown::unnumbered(document, layout, known, &found);
        found.extend(more);
        found.sort_by_key(|start| start.line);
    }
    found
}

/// What is printed where a question may begin.
struct Printed<'t> {
    number: String,
    text: Text<'t>,
    code: Option<&'t str>,
    /// Lines of its block.
    lines: usize,
}

fn start<'a>(
    document: &Document,
    layout: &Layout,
    known: Known<'a>,
    shown: &[Span],
    line: usize,
    before: Option<&str>,
) -> Option<Start<'a>> {
    let span = layout.lines.get(line)?.span;
    let row_end = layout.question_end(line).filter(|_| layout.begins_row(line));
    let (number, length) = number(document.slice(span)).or_else(|| bare(document, layout, line, row_end?))?;
    let end = row_end.unwrap_or_else(|| layout.block_end(line));
    let words = layout.words_of(line..end);
    let printed = Printed {
        text: Text::of(&words[words.partition_point(|word| word.start < span.start + length)..]),
        code: layout.codes_in(line, end).next().map(|c| c.text.as_str()),
        lines: end - line,
        number,
    };
    let own = best(known, &printed, known.words.numbered(&printed.number).iter().copied(), 0.0);
    let found = |question: Option<usize>, misnumbered, lang| {
        let ends = if question.is_none() { unknown::end(document, layout, span.start + length, line..end) } else { None };
        Some(Start { line, number: printed.number.clone(), question, misnumbered, lang, ends })
    };
    if let Some(own) = own.as_ref().filter(|own| own.score >= AGREES) {
        return found(Some(own.question), false, own.lang);
    }
    let another = |q: &usize| known.question(*q).and_then(|q| q.number.as_ref()).is_some_and(|number| *number != printed.number);
    let other = best(known, &printed, (0..known.form.questions.len()).filter(another), OUTWEIGHS);
    let weight = own.as_ref().map_or(0.0, |own| own.score);
    if let Some(other) = other.filter(|o| !o.tied && o.score >= OUTWEIGHS && o.code != Match::Other && o.score > weight + 0.3) {
        return found(Some(other.question), true, other.lang);
    }
    match own {
        Some(own) if own.code == Match::Same || code_follows(document, layout, known, end, own.question) => {
            found(Some(own.question), false, own.lang)
        }
        // Its words are not known: the layout of a question has to do.
        Some(own) if own.wordless && looks_like_question(&printed, layout) => found(Some(own.question), false, None),
        // The layout shows it as a heading, where it need not take two lines.
        _ if (looks_like_question(&printed, layout) || shown.iter().any(|heading| heading.start == span.start))
            && is_in_range(&printed.number, known) =>
        {
            found(None, false, None)
        }
        // It stands where questions stand, though the form does not have it.
        _ if layout.begins_row(line) => found(None, false, None),
        // Its number goes on from the one before, and it asks.
        _ if follows(&printed.number, before, known) => found(None, false, None).filter(|start| start.ends.is_some()),
        _ => None,
    }
}

/// A number that stands in a cell of its own, before what the row is about: a full stop behind it is not needed.
fn bare(document: &Document, layout: &Layout, line: usize, row_end: usize) -> Option<(String, usize)> {
    let (here, next) = (layout.lines.get(line)?, layout.lines.get(line + 1).filter(|_| line + 1 < row_end)?);
    let apart = here.place?.cell != next.place?.cell;
    let text = document.slice(here.span);
    number(&format!("{text}.")).filter(|(_, length)| apart && *length == text.len() + 1).map(|(number, _)| (number, text.len()))
}

/// Whether a question's code stands behind the first part of its answer, where a page break tore the question apart: it is
/// the next code, and no other question begins before it.
fn code_follows(document: &Document, layout: &Layout, known: Known<'_>, from: usize, question: usize) -> bool {
    /// Lines of a page, generously.
    const PAGE: usize = 100;
    let Some(code) = known.question(question).and_then(|spec| spec.code.as_deref()) else { return false };
    let begins = |line: &usize| {
        let number = layout.lines.get(*line).and_then(|l| number(document.slice(l.span)));
        number.is_some_and(|(number, _)| !known.words.numbered(&number).is_empty())
    };
    let to = (from..layout.lines.len().min(from + PAGE)).find(begins).unwrap_or(layout.lines.len().min(from + PAGE));
    let first = layout.codes_in(from, to).next();
    // What the code ends stands behind a page break, as the rest of a question does.
    let torn = |start: usize| (from..to).any(|l| layout.lines.get(l).is_some_and(|l| l.gap >= PAGE_GAP && l.span.start <= start));
    first.is_some_and(|first| first.text == code && torn(first.span.start))
}

/// A question of the form that may have been printed.
struct Candidate<'a> {
    question: usize,
    score: f32,
    code: Match,
    /// Whether the form has no words for it.
    wordless: bool,
    /// Whether another one agrees as well.
    tied: bool,
    lang: Option<(&'a Lang, f32)>,
}

/// How a printed bracket code compares with a question's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Match {
    Same,
    Other,
    /// There is none on one side.
    Unknown,
}

/// The question that agrees best, of some, in the form's order. Those that surely agree less than `least`, and are none the better
/// for their code, may be passed over.
fn best<'a>(known: Known<'a>, printed: &Printed<'_>, among: impl Iterator<Item = usize>, least: f32) -> Option<Candidate<'a>> {
    let bonus = |code: Match| if code == Match::Same { SAME_CODE } else { 0.0 };
    let rank = |c: &Candidate<'_>| c.score + bonus(c.code);
    let mut best: Option<Candidate<'a>> = None;
    for question in among {
        let code = match (known.question(question).and_then(|spec| spec.code.as_deref()), printed.code) {
            (Some(known), Some(printed)) if known == printed => Match::Same,
            (Some(_), Some(_)) => Match::Other,
            _ => Match::Unknown,
        };
        // What ranks below the best one and is no tie with it need not be known exactly.
        let to_beat = best.as_ref().map_or(0.0, rank).max(least) - 2.0 * TIE - bonus(code);
        let lang = agreement(known, question, &printed.text, to_beat.max(0.0));
        let candidate = Candidate {
            question,
            score: lang.map_or(0.0, |(_, score)| score),
            code,
            wordless: known.words.of_question(question).is_empty(),
            tied: false,
            lang,
        };
        match &mut best {
            Some(b) if (rank(b) - rank(&candidate)).abs() < TIE => b.tied = true,
            Some(b) if rank(b) > rank(&candidate) => {}
            _ => best = Some(candidate),
        }
    }
    best
}

/// The language in which words agree best with a question's, and how well, where that is better than `least`.
fn agreement<'a>(known: Known<'a>, question: usize, text: &Text<'_>, least: f32) -> Option<(&'a Lang, f32)> {
    let mut best: Option<(&Lang, f32)> = None;
    for phrase in known.words.of_question(question).iter().filter(|_| !text.words.is_empty()) {
        let least = best.map_or(least, |(_, score)| score);
        let score = text.begins_better(known.words.of_phrase(phrase), least);
        if score > least {
            best = Some((known.words.lang(phrase), score));
        }
    }
    best
}

/// Whether a passage is laid out as questions are: several lines without gaps where answers have gaps, or with a code.
fn looks_like_question(printed: &Printed<'_>, layout: &Layout) -> bool {
    printed.code.is_some() || (layout.spaced && printed.lines >= 2)
}

/// Whether a number may be that of the next question: it goes on from the one before, or is higher than those of lists in answers.
fn follows(number: &str, before: Option<&str>, known: Known<'_>) -> bool {
    const LISTS: u32 = 20;
    goes_on(number, before) || main_number(number) > Some(LISTS) && is_in_range(number, known)
}

/// Whether a number could be one of the form's, though it is not.
fn is_in_range(number: &str, known: Known<'_>) -> bool {
    let lowest = known.form.questions.iter().filter_map(|q| q.number.as_deref().and_then(main_number)).min();
    main_number(number) >= lowest && lowest.is_some()
}

/// A question's number at the beginning of a line (`91.`, `75.f.`, `75 f)`, `82bis.`), and the length of what was read.
fn number(line: &str) -> Option<(String, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let mut number = line.get(..digits)?.to_owned();
    let mut rest = line.get(digits..)?;
    // The letter of a question about an option: `.f.`, ` f)`, `f.`
    let letter = rest.trim_start_matches(['.', ' ']);
    let mut chars = letter.chars();
    if let (Some(c), Some('.' | ')' | ':')) = (chars.next(), chars.next())
        && c.is_ascii_alphabetic()
    {
        number.push('.');
        number.push(c.to_ascii_lowercase());
        rest = letter.get(1..)?;
    } else if let Some((word, length)) = inserted(rest) {
        number.push_str(word);
        rest = rest.get(length..)?;
    }
    let after = rest.trim_start_matches(['.', ')', ':', '-', '–']);
    let ended = after.len() < rest.len() && (after.is_empty() || !after.starts_with(|c: char| c.is_ascii_digit()));
    ended.then(|| (number, line.len() - after.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_questions() {
        let of = |line: &str| number(line).map(|(number, _)| number);
        assert_eq!(of("91. Para elaborar").as_deref(), Some("91"));
        assert_eq!(of("75.f. Descripción").as_deref(), Some("75.f"));
        assert_eq!(of("75 F) Description").as_deref(), Some("75.f"));
        assert_eq!(of("86.¿Cuáles").as_deref(), Some("86"));
        assert_eq!(of("1.- Fortalecer").as_deref(), Some("1"));
        assert_eq!(of("82bis. How much").as_deref(), Some("82bis"));
        assert_eq!(of("82 ter) How").as_deref(), Some("82ter"));
        assert_eq!(of("82. Terrains").as_deref(), Some("82"));
        for line in ["2020. Los", "641 servidores", "11 países", "4.5 millones", "", "ñ. x", "12"] {
            assert_eq!(of(line), None, "{line}");
        }
    }
}
