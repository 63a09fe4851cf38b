//! Times in questions: years, months, days, and stretches of them.

use super::tokens::Token;
use super::words::{Words, group, phrases};

/// A stretch of time, both ends included; an open end is not bounded. A bound is a year, `2020-04`, or `2020-04-30`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first year, month or day.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
}

impl Span {
    /// One year, month or day.
    pub fn one(text: &str) -> Self {
        Self { from: Some(text.to_owned()), to: Some(text.to_owned()) }
    }
    /// In signs: `2020`, `2020 – 2021`, `2020 – …`.
    pub(super) fn shown(&self) -> String {
        let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "…".to_owned());
        if self.from == self.to { end(&self.from) } else { format!("{} – {}", end(&self.from), end(&self.to)) }
    }
    /// The years that it spans, where both ends are given.
    pub fn years(&self) -> (Option<i32>, Option<i32>) {
        let year = |text: &Option<String>| text.as_deref().and_then(|t| t.get(..4)).and_then(|t| t.parse().ok());
        (year(&self.from), year(&self.to))
    }
}

/// The times that a question names: from which word to which, and what.
pub fn find(tokens: &[Token], words: &Words) -> Vec<(usize, usize, Span)> {
    let months: Vec<Vec<String>> = phrases(group(&words.time, "month"));
    let fillers = group(&words.time, "filler");
    let points: Vec<(usize, usize, String)> = (0..tokens.len()).filter_map(|at| point(tokens, at, &months, fillers)).collect();
    let mut found = Vec::new();
    let ends = |at: usize, name: &str| {
        let all = phrases(group(&words.time, name));
        let fits = |words: &Vec<String>| {
            let start = at.checked_sub(words.len())?;
            let same = tokens.get(start..at)?.iter().zip(words).all(|(token, word)| token.text == *word);
            same.then_some(start)
        };
        all.iter().filter_map(fits).min()
    };
    for (start, end, value) in &points {
        found.push((*start, *end, Span::one(value)));
        if let Some(from) = ends(*start, "in") {
            found.push((from, *end, Span::one(value)));
        }
        if let Some(from) = ends(*start, "before") {
            found.push((from, *end, Span { from: None, to: Some(before(value)) }));
        }
        if let Some(from) = ends(*start, "after") {
            found.push((from, *end, Span { from: Some(after(value)), to: None }));
        }
        if let Some(from) = ends(*start, "since") {
            found.push((from, *end, Span { from: Some(value.clone()), to: None }));
        }
        let Some(from) = ends(*start, "between") else { continue };
        for (next, last, until) in points.iter().filter(|(next, ..)| *next > *end) {
            if ends(*next, "to").is_some_and(|at| at == *end) {
                found.push((from, *last, Span { from: Some(value.clone()), to: Some(until.clone()) }));
            }
        }
    }
    // "Between February and March 2020": the year of the one is that of the other.
    for (start, month) in tokens.iter().enumerate().filter_map(|(at, token)| Some((at, month_of(token, &months)?))) {
        let Some(from) = ends(start, "between") else { continue };
        let dated = |value: &String| value.len() > 4;
        for (next, last, until) in points.iter().filter(|(next, _, until)| *next > start && dated(until)) {
            if ends(*next, "to").is_some_and(|at| at == start + 1)
                && let Some(year) = until.get(..4)
            {
                found.push((from, *last, Span { from: Some(format!("{year}-{month:02}")), to: Some(until.clone()) }));
            }
        }
    }
    // "Before the 2021 report", "since the report of 2019": the year is that of the report.
    for (start, end, value) in &points {
        let Some((start, end)) = with_document(tokens, *start, *end, words) else { continue };
        if let Some(from) = ends(start, "before") {
            found.push((from, end, Span { from: None, to: Some(before(value)) }));
        }
        if let Some(from) = ends(start, "after") {
            found.push((from, end, Span { from: Some(after(value)), to: None }));
        }
        if let Some(from) = ends(start, "since") {
            found.push((from, end, Span { from: Some(value.clone()), to: None }));
        }
    }
    for pair in points.windows(2) {
        if let [(start, end, value), (next, last, until)] = pair
            && *next == *end
            && tokens.get(*next).is_some_and(|token| token.joined)
        {
            found.push((*start, *last, Span { from: Some(value.clone()), to: Some(until.clone()) }));
        }
    }
    found
}

/// The number of the month that a word names.
fn month_of(token: &Token, months: &[Vec<String>]) -> Option<usize> {
    months.iter().position(|words| words.as_slice() == [token.text.as_str()]).map(|at| at + 1)
}

/// Where a report begins and ends that is told by its year.
fn with_document(tokens: &[Token], start: usize, end: usize, words: &Words) -> Option<(usize, usize)> {
    let is = |at: usize, all: &[Vec<String>]| {
        tokens.get(at).is_some_and(|token| all.iter().any(|words| words.as_slice() == [token.text.as_str()]))
    };
    let (documents, fillers) = (phrases(group(&words.time, "document")), phrases(group(&words.time, "filler")));
    let articles = phrases(&words.articles);
    let before = |at: usize, all: &[Vec<String>]| at.checked_sub(1).filter(|at| is(*at, all));
    let (start, end) =
        if is(end, &documents) { (start, end + 1) } else { (before(before(start, &fillers).unwrap_or(start), &documents)?, end) };
    Some((before(start, &articles).unwrap_or(start), end))
}

/// A year, month or day that begins at a word.
fn point(tokens: &[Token], at: usize, months: &[Vec<String>], fillers: &[String]) -> Option<(usize, usize, String)> {
    let text = |i: usize| tokens.get(i).map(|token| token.text.as_str());
    let month = |i: usize| {
        months.iter().position(|words| words.len() == 1 && words.first().map(String::as_str) == text(i)).map(|m| m + 1)
    };
    let year = |i: usize| text(i).filter(|t| t.len() == 4 && t.starts_with(['1', '2']) && t.bytes().all(|b| b.is_ascii_digit()));
    let day = |i: usize| text(i).and_then(|t| t.parse::<u8>().ok()).filter(|day| (1..=31).contains(day));
    let filler = |i: usize| usize::from(text(i).is_some_and(|text| fillers.iter().any(|word| word == text)));
    // 30 July 2019, 30 de julio de 2019
    if let Some(day) = day(at) {
        let next = at + 1 + filler(at + 1);
        if let Some(month) = month(next) {
            let last = next + 1 + filler(next + 1);
            if let Some(year) = year(last) {
                return Some((at, last + 1, format!("{year}-{month:02}-{day:02}")));
            }
        }
    }
    if let Some(month) = month(at) {
        // July 30, 2019
        if let (Some(day), Some(year)) = (day(at + 1), year(at + 2)) {
            return Some((at, at + 3, format!("{year}-{month:02}-{day:02}")));
        }
        let last = at + 1 + filler(at + 1);
        if let Some(year) = year(last) {
            return Some((at, last + 1, format!("{year}-{month:02}")));
        }
    }
    year(at).map(|year| (at, at + 1, year.to_owned()))
}

/// The last year, month or day before another.
fn before(value: &str) -> String {
    shifted(value, -1)
}

/// The first year, month or day after another.
fn after(value: &str) -> String {
    shifted(value, 1)
}

fn shifted(value: &str, by: i32) -> String {
    let number = |text: Option<&str>| text.and_then(|t| t.parse::<i32>().ok());
    let months = |year: i32, month: i32| {
        let months = year * 12 + month - 1 + by;
        format!("{:04}-{:02}", months.div_euclid(12), months.rem_euclid(12) + 1)
    };
    let mut parts = value.split('-');
    match (number(parts.next()), number(parts.next()), number(parts.next())) {
        (Some(year), None, _) => format!("{:04}", year + by),
        (Some(year), Some(month), None) => months(year, month),
        // Bounds are compared as text: a 31st that a month does not have is still its end.
        (Some(year), Some(month), Some(day)) => match day + by {
            0 => months(year, month) + "-31",
            32 => months(year, month) + "-01",
            day => format!("{year:04}-{month:02}-{day:02}"),
        },
        _ => value.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tokens::tokens;
    use super::super::words::words;
    use super::*;

    fn longest(question: &str, lang: &str) -> Span {
        let mut all = find(&tokens(question), words(lang).unwrap());
        all.sort_by_key(|(start, end, _)| end - start);
        all.pop().unwrap().2
    }

    #[test]
    fn times_are_as_precise_as_they_are_said() {
        let span = |from: &str, to: &str| {
            let end = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Span { from: end(from), to: end(to) }
        };
        for (question, lang, from, to) in [
            ("projects in 2021", "en", "2021", "2021"),
            ("between 2019 and 2021", "en", "2019", "2021"),
            ("meetings before July 2019", "en", "", "2019-06"),
            ("since 2019", "en", "2019", ""),
            ("before 1 July 2019", "en", "", "2019-06-31"),
            ("before 1 January 2019", "en", "", "2018-12-31"),
            ("after 31 December 2019", "en", "2020-01-01", ""),
            ("after 30 July 2019", "en", "2019-07-31", ""),
            ("after 2019", "en", "2020", ""),
            ("el 30 de julio de 2019", "es", "2019-07-30", "2019-07-30"),
            ("entre febrero de 2020 y marzo de 2020", "es", "2020-02", "2020-03"),
            ("en septembre 2020", "fr", "2020-09", "2020-09"),
            ("avant 2020", "fr", "", "2019"),
            ("between February and March 2020", "en", "2020-02", "2020-03"),
            ("entre enero y marzo de 2020", "es", "2020-01", "2020-03"),
            ("before the 2021 report", "en", "", "2020"),
            ("antes de la memoria de 2021", "es", "", "2020"),
            ("avant le rapport de 2021", "fr", "", "2020"),
        ] {
            assert_eq!(longest(question, lang), span(from, to), "{question}");
        }
        assert!(find(&tokens("the 30 unions of 12345"), words("en").unwrap()).is_empty());
    }
}
