//! Statements that their report dates: `2012 AR: …`, and `since 2005` within a sentence.

use crate::knowledge::wording::DatePatterns;
use crate::model::vocab::xsd;
use oxigraph::model::Literal;
use std::ops::Range;

/// A period has no more years; what says so is a slip of the pen.
const LONGEST: i32 = 30;

/// The parts of a text that a form's words date with their years, those within others first.
pub(super) fn find(dating: &DatePatterns, text: &str) -> Vec<(Range<usize>, Vec<Literal>)> {
    let mut marks: Vec<(usize, Vec<Literal>)> = Vec::new();
    for found in dating.begins.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        if let Some(whole) = found.get(0) {
            marks.push((whole.start(), years(&found)));
        }
    }
    marks.sort_by_key(|(start, _)| *start);
    let ends: Vec<usize> = marks.iter().skip(1).map(|(start, _)| *start).chain([text.len()]).collect();
    let mut parts = Vec::new();
    for found in dating.within.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        if let Some(whole) = found.get(0) {
            parts.push((sentence(text, &whole.range()), years(&found)));
        }
    }
    parts.extend(marks.into_iter().zip(ends).map(|((start, years), end)| (start..end, years)));
    parts
}

fn years(found: &regex::Captures<'_>) -> Vec<Literal> {
    let year = |name: &str| found.name(name).and_then(|year| year.as_str().parse::<i32>().ok());
    let Some(first) = year("y") else { return Vec::new() };
    let last = year("y2").filter(|last| (first..first + LONGEST).contains(last)).unwrap_or(first);
    (first..=last).map(|year| Literal::new_typed_literal(year.to_string(), xsd::G_YEAR)).collect()
}

/// The sentence in which a part of a text stands.
fn sentence(text: &str, part: &Range<usize>) -> Range<usize> {
    let ends = text.match_indices(['.', ';']).map(|(at, _)| at).filter(|at| {
        let before = text.get(..*at).unwrap_or_default().chars().rev().take_while(|c| c.is_alphanumeric()).count();
        let after = text.get(at + 1..).unwrap_or_default();
        // `C.29` and `No. 29` are no ends of sentences.
        before > 2 && (after.is_empty() || after.starts_with(' '))
    });
    let (mut start, mut end) = (0, text.len());
    for at in ends {
        if at < part.start {
            start = at + 1;
        } else if at >= part.end {
            end = at + 1;
            break;
        }
    }
    start..end
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::knowledge::form::Dated;
    use crate::model::lang::Lang;

    #[test]
    fn statements_reach_to_the_next_date() {
        let en = Lang::new("en").unwrap();
        let map = |pattern: &str| [(en.clone(), vec![pattern.to_owned()])].into_iter().collect();
        let dated = Dated { begins: map("{y} AR"), within: map("since {y}"), ..Dated::default() };
        let text = "Before. 2012 AR: Observations by the BCCI. 2009-2010 AR: YES, since 2005 for C.29. Yet none.";
        let found: Vec<(&str, Vec<String>)> = find(dated.patterns(&en).unwrap(), text)
            .into_iter()
            .map(|(range, years)| {
                (text.get(range).unwrap_or_default().trim(), years.iter().map(|y| y.value().to_owned()).collect())
            })
            .collect();
        let years = |years: &[&str]| years.iter().map(|y| (*y).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found,
            [
                ("2009-2010 AR: YES, since 2005 for C.29. Yet none.", years(&["2005"])),
                ("2012 AR: Observations by the BCCI.", years(&["2012"])),
                ("2009-2010 AR: YES, since 2005 for C.29. Yet none.", years(&["2009", "2010"]))
            ]
        );
    }
}
