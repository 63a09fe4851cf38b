//! Dates and date ranges, as precise as the text and no more.

use super::mask::Masked;
use super::pattern::{PatternError, folded};
use super::tokens::{Kind, Token};
use crate::knowledge::lexicon::Lexicon;
use crate::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNodeRef};
use regex::{Captures, Regex};
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
    patterns: Vec<Regex>,
    months: Vec<Vec<String>>,
}

impl Dates {
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self, PatternError> {
        let months: Vec<&str> = lexicon.words.months.iter().flatten().map(String::as_str).collect();
        let months = months.join("|");
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
        let patterns = lexicon.dates.iter().map(|rule| compile(&rule.pattern)).collect::<Result<_, _>>()?;
        Ok(Self { patterns, months: lexicon.words.months.clone() })
    }

    /// The dates in a passage, with their tokens, in the order of the text; where two overlap, the rule that stands
    /// first in the lexicon wins.
    pub(super) fn find(&self, tokens: &[Token], lexicon: &Lexicon) -> Vec<(Range<usize>, Date)> {
        // Every date has a year.
        let year = |t: &Token| t.kind == Kind::Number && (t.folded.starts_with("19") || t.folded.starts_with("20"));
        if !tokens.iter().any(year) {
            return Vec::new();
        }
        let plain = Masked::new(tokens, 0..tokens.len(), None, &[], &lexicon.words);
        let mut out: Vec<(Range<usize>, Date)> = Vec::new();
        for pattern in &self.patterns {
            for found in pattern.captures_iter(&plain.text) {
                let (Some(whole), Some(date)) = (found.get(0), self.date(&found)) else { continue };
                let Some(range) = plain.tokens(&whole.range()) else { continue };
                if out.iter().all(|(other, _)| other.end <= range.start || range.end <= other.start) {
                    out.push((range, date));
                }
            }
        }
        out.sort_by_key(|(range, _)| range.start);
        out
    }

    fn date(&self, found: &Captures<'_>) -> Option<Date> {
        let part = |name: &str| found.name(name).map(|m| m.as_str());
        let month = |name: &str| {
            part(name).and_then(|m| self.months.iter().position(|forms| forms.iter().any(|f| f == m))).map(|at| at + 1)
        };
        let (y, y2, m, m2) = (part("y"), part("y2"), month("m"), month("m2"));
        let is_range = y2.is_some() || m2.is_some();
        // In "between February and March of 2020" the one year is both months'.
        let start = literal(y.or(y2)?, m, part("d"))?;
        let end = if is_range { Some(literal(y2.or(y)?, m2, part("d2"))?) } else { None };
        Some(Date { start, end })
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
