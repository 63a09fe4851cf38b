//! Dates and date ranges, as precise as the text and no more.

use super::mask::Masked;
use super::pattern::{PatternError, error, folded};
use super::tokens::{Kind, Token, apostrophe};
use crate::knowledge::lexicon::Lexicon;
use crate::model::vocab::xsd;
use aho_corasick::AhoCorasick;
use oxigraph::model::{Literal, NamedNodeRef};
use regex::{Captures, Regex};
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use std::ops::Range;

/// A date, or a range of dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// When it begins, or the date itself.
    pub start: Literal,
    /// When it ends, of a range.
    pub end: Option<Literal>,
}

/// The ways in which a language writes dates, ready to be found.
pub(super) struct Dates {
    patterns: Vec<Pattern>,
    /// Finds the names of months.
    month: AhoCorasick,
    /// The characters that they may match, from one to another.
    characters: Vec<(char, char)>,
    months: Vec<Vec<String>>,
}

/// One way to write a date.
struct Pattern {
    written: Regex,
    /// Whether no date is written so without the name of a month.
    has_month: bool,
}

impl Dates {
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self, PatternError> {
        let names: Vec<&str> = lexicon.words.months.iter().flatten().map(String::as_str).collect();
        let months = names.join("|");
        let compile = |text: &String| {
            let mut text = text.clone();
            for end in ["", "2"] {
                text = text
                    .replace(&format!("{{d{end}}}"), &format!("(?P<d{end}>\\d{{1,2}})"))
                    .replace(&format!("{{m{end}}}"), &format!("(?P<m{end}>{months})"))
                    .replace(&format!("{{y{end}}}"), &format!("(?P<y{end}>(?:19|20)\\d{{2}})"));
            }
            folded(lexicon, "date", &format!("\\b(?:{text})\\b"))
        };
        let (mut patterns, mut characters) = (Vec::new(), Vec::new());
        for rule in &lexicon.dates {
            let written = compile(&rule.pattern)?;
            let hir = regex_syntax::parse(written.as_str()).map_err(|e| error(lexicon, "date", e.to_string()))?;
            characters_of(&hir, &mut characters);
            patterns.push(Pattern { written, has_month: names_month(&hir) });
        }
        let month = AhoCorasick::new(&names).map_err(|e| error(lexicon, "date", e.to_string()))?;
        Ok(Self { patterns, month, characters, months: lexicon.words.months.clone() })
    }

    /// The dates in a passage, with their tokens, in the order of the text; where two overlap, the rule that stands
    /// first in the lexicon wins.
    pub(super) fn find(&self, tokens: &[Token], lexicon: &Lexicon) -> Vec<(Range<usize>, Date)> {
        // Every date has a year.
        let year = |t: &Token| t.kind == Kind::Number && (t.folded.starts_with("19") || t.folded.starts_with("20"));
        let mut out: Vec<(Range<usize>, Date)> = Vec::new();
        let mut from = 0;
        while let Some(first) = (from..tokens.len()).find(|at| year(&tokens[*at])) {
            let start = (from..first).rev().find(|at| self.parts(&tokens[*at])).map_or(from, |at| at + 1);
            let end = (first..tokens.len()).find(|at| self.parts(&tokens[*at])).unwrap_or(tokens.len());
            self.find_in(tokens, start..end, lexicon, &mut out);
            from = end;
        }
        out
    }

    /// Whether no date reaches over a token: a mark that no way to write one has. An apostrophe may change what is read before it.
    fn parts(&self, token: &Token) -> bool {
        let inside = |c: char| {
            c.is_ascii_alphanumeric() || c == '_' || self.characters.iter().any(|(from, to)| (*from..=*to).contains(&c))
        };
        token.kind == Kind::Mark && !apostrophe(token) && !token.folded.contains(inside)
    }

    /// The dates in a part of a passage.
    fn find_in(&self, tokens: &[Token], part: Range<usize>, lexicon: &Lexicon, out: &mut Vec<(Range<usize>, Date)>) {
        let first = out.len();
        let mut taken = vec![false; part.len()];
        let plain = Masked::new(tokens, part.clone(), None, &[], &lexicon.words);
        let has_month = self.month.is_match(&plain.text);
        // Most years stand alone.
        let can_match = |pattern: &&Pattern| (has_month || !pattern.has_month) && pattern.written.is_match(&plain.text);
        for pattern in self.patterns.iter().filter(can_match) {
            for found in pattern.written.captures_iter(&plain.text) {
                let (Some(whole), Some(date)) = (found.get(0), self.date(&found)) else { continue };
                // What only tells that it is one is not a part of it: "until 2023".
                let own = found.name("date").unwrap_or(whole);
                let Some(range) = plain.tokens(&own.range()) else { continue };
                let own = &mut taken[range.start - part.start..range.end - part.start];
                if !own.contains(&true) {
                    own.fill(true);
                    out.push((range, date));
                }
            }
        }
        out[first..].sort_by_key(|(range, _)| range.start);
    }

    fn date(&self, found: &Captures<'_>) -> Option<Date> {
        let part = |name: &str| found.name(name).map(|m| m.as_str());
        let month = |name: &str| {
            part(name).and_then(|m| self.months.iter().position(|forms| forms.iter().any(|f| f == m))).map(|at| at + 1)
        };
        // "the 8 and 26 March 2021": the one month is both days'.
        let (y, y2, m) = (part("y"), part("y2"), month("m"));
        let m2 = month("m2").or(part("d2").and(m));
        let is_range = y2.is_some() || m2.is_some();
        // In "between February and March of 2020" the one year is both months'.
        let start = literal(y.or(y2)?, m, part("d"))?;
        let end = if is_range { Some(literal(y2.or(y)?, m2, part("d2"))?) } else { None };
        Some(Date { start, end })
    }
}

/// Whether every match of a pattern holds the name of a month.
fn names_month(pattern: &Hir) -> bool {
    match pattern.kind() {
        HirKind::Capture(capture) => matches!(capture.name.as_deref(), Some("m" | "m2")) || names_month(&capture.sub),
        HirKind::Repetition(repetition) => repetition.min > 0 && names_month(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().any(names_month),
        HirKind::Alternation(ways) => ways.iter().all(names_month),
        HirKind::Empty | HirKind::Look(_) | HirKind::Literal(_) | HirKind::Class(_) => false,
    }
}

/// Gathers the characters that a pattern may match; all of them where it asks for the beginning or the end of the text.
fn characters_of(pattern: &Hir, out: &mut Vec<(char, char)>) {
    match pattern.kind() {
        HirKind::Look(Look::Start | Look::End) => out.push((char::MIN, char::MAX)),
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.extend(String::from_utf8_lossy(&literal.0).chars().map(|c| (c, c))),
        HirKind::Class(Class::Unicode(class)) => out.extend(class.iter().map(|range| (range.start(), range.end()))),
        HirKind::Class(Class::Bytes(class)) => {
            out.extend(class.iter().map(|range| (char::from(range.start()), char::from(range.end()))));
        }
        HirKind::Repetition(repetition) => characters_of(&repetition.sub, out),
        HirKind::Capture(capture) => characters_of(&capture.sub, out),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().for_each(|part| characters_of(part, out)),
    }
}

fn literal(year: &str, month: Option<usize>, day: Option<&str>) -> Option<Literal> {
    let (text, datatype): (String, NamedNodeRef<'_>) = match (month, day) {
        (Some(month), Some(day)) => {
            let day: u8 = day.parse().ok().filter(|d| (1..=31).contains(d))?;
            (format!("{year}-{month:02}-{day:02}"), xsd::DATE)
        }
        (Some(month), None) => (format!("{year}-{month:02}"), xsd::G_YEAR_MONTH),
        _ => (year.to_owned(), xsd::G_YEAR),
    };
    Some(Literal::new_typed_literal(text, datatype))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::extract::tokens::tokens;
    use crate::extract::vocabulary::{Language, Numbers, Vocabulary};
    use crate::knowledge::lexicon::lexicons;

    fn dates(language: &str, text: &str) -> Vec<(String, String)> {
        let lexicon = lexicons().unwrap().into_iter().find(|l| l.language.code() == language).unwrap();
        let mut numbers = Numbers::default();
        let words = Language::new(&lexicon, &[], &mut numbers);
        let toks = tokens(text, Vocabulary { numbers: &numbers, language: &words });
        let found = Dates::new(&lexicon).unwrap().find(&toks, &lexicon);
        let written = |literal: &Literal| literal.value().to_owned();
        found.into_iter().map(|(_, date)| (written(&date.start), date.end.as_ref().map(written).unwrap_or_default())).collect()
    }

    #[test]
    fn marks_part_dates_only_where_no_date_has_them() {
        let found = dates(
            "es",
            "Informe (2019; mayo de 2020). Desde 2018, y del 3 de mayo de 2019 al 4 de junio de 2020; en 1997-1998: 1999",
        );
        let expected = [("2020-05", ""), ("2018", ""), ("2019-05-03", "2020-06-04"), ("1997", "")];
        assert_eq!(found, expected.map(|(start, end)| (start.to_owned(), end.to_owned())));
        let found = dates("en", "On May 3, 2020, and in the period 2018–2021 (since the year 2016; or June 2017)");
        let expected = [("2020-05-03", ""), ("2018", "2021"), ("2016", ""), ("2017-06", "")];
        assert_eq!(found, expected.map(|(start, end)| (start.to_owned(), end.to_owned())));
        assert_eq!(dates("fr", "l'année 2020"), []);
        assert_eq!(dates("fr", "depuis l'an 2020 ; d'ici à 2021"), [("2020".to_owned(), String::new())]);
    }
}
