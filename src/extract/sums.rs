//! Numbers and sums of money: `1,200`, `$3.4 million`, `2 000 000 euros`, `six million dollars`.

use super::tokens::{Kind, Token};
use super::vocabulary::Senses;
use crate::knowledge::lexicon::{Lexicon, Words};
use crate::model::vocab::xsd;
use oxigraph::model::Literal;
use std::ops::Range;

/// A sum of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    /// The amount, as a decimal number.
    pub amount: Literal,
    /// The currency's ISO 4217 code.
    pub currency: String,
}

/// A number as it is written: its digits before and after the decimal mark.
struct Written {
    whole: String,
    fraction: String,
    end: usize,
}

/// A number has no more digits than this.
const MOST_DIGITS: usize = 15;

/// The digits of a number token, with or without white space before it.
fn group(token: Option<&Token>, spaced: bool) -> Option<&str> {
    token.filter(|t| t.spaced == spaced && t.kind == Kind::Number).map(|t| t.folded.as_str())
}

/// The number that begins at a token. Three digits behind a mark belong to the number: `1,200`, `1.200`; fewer are its
/// decimals. `spaces` allows `1 200` as well, which only a sum of money is sure to mean.
fn written(toks: &[Token], at: usize, spaces: bool) -> Option<Written> {
    let first = toks.get(at).filter(|t| t.kind == Kind::Number)?;
    let mut number = Written { whole: first.folded.clone(), fraction: String::new(), end: at + 1 };
    while number.whole.len() < MOST_DIGITS {
        let [mark, digits] = [number.end, number.end + 1].map(|i| toks.get(i));
        let marked = mark.is_some_and(|t| !t.spaced && (t.is(',') || t.is('.')));
        if marked && group(digits, false).is_some_and(|d| d.len() == 3) {
            number.whole.push_str(group(digits, false).unwrap_or_default());
            number.end += 2;
        } else if marked && let Some(decimals) = group(digits, false) {
            decimals.clone_into(&mut number.fraction);
            number.end += 2;
            break;
        } else if spaces && first.folded.len() <= 3 && group(mark, true).is_some_and(|d| d.len() == 3) {
            number.whole.push_str(group(mark, true).unwrap_or_default());
            number.end += 1;
        } else {
            break;
        }
    }
    Some(number)
}

/// The whole numbers of a passage.
pub(super) fn numbers(toks: &[Token]) -> Vec<(Range<usize>, i64)> {
    let starts = toks.iter().enumerate().filter(|(_, t)| t.kind == Kind::Number && t.spaced);
    let number = |at: usize| {
        let number = written(toks, at, false).filter(|n| n.fraction.is_empty())?;
        Some((at..number.end, number.whole.parse().ok()?))
    };
    starts.filter_map(|(at, _)| number(at)).collect()
}

/// The sums of money of a passage.
pub(super) fn sums(toks: &[Token], lexicon: &Lexicon) -> Vec<(Range<usize>, Sum)> {
    let words = &lexicon.words;
    let number = |t: &Token| t.kind == Kind::Number || t.can_be(Senses::NUMERAL);
    let starts = toks
        .iter()
        .enumerate()
        .filter(|(at, t)| number(t) && at.checked_sub(1).is_none_or(|i| t.spaced || toks[i].kind == Kind::Mark));
    let mut out: Vec<(Range<usize>, Sum)> = Vec::new();
    for (at, _) in starts {
        // The groups of a number are no numbers of their own.
        if out.last().is_none_or(|(last, _)| last.end <= at) {
            out.extend(sum(toks, at, words));
        }
    }
    out
}

/// The number in letters that begins at a token: `six`, `twenty-five`.
fn spelt(toks: &[Token], at: usize, words: &Words) -> Option<Written> {
    const TENS: std::ops::Range<u64> = 20..100;
    let value = |i: usize| toks.get(i).and_then(|t| words.numerals.get(&t.folded)).copied();
    let first = value(at)?;
    let unit = if toks.get(at + 1).is_some_and(|t| t.is('-')) { at + 2 } else { at + 1 };
    let more = value(unit).filter(|more| TENS.contains(&first) && first % 10 == 0 && *more < 10);
    let end = if more.is_some() { unit + 1 } else { at + 1 };
    Some(Written { whole: (first + more.unwrap_or(0)).to_string(), fraction: String::new(), end })
}

fn sum(toks: &[Token], at: usize, words: &Words) -> Option<(Range<usize>, Sum)> {
    let large = |n: &Written| toks.get(n.end).is_some_and(|t| t.can_be(Senses::MULTIPLIER));
    let number = written(toks, at, true).or_else(|| spelt(toks, at, words).filter(large))?;
    let mut end = number.end;
    let multiplier = toks.get(end).and_then(|t| words.multipliers.get(&t.folded));
    end += usize::from(multiplier.is_some());
    let (range, currency) = if let Some((start, currency)) = before(toks, at, words) {
        (start..end, currency)
    } else {
        let (behind, currency) = after(toks, end, words)?;
        (at..behind, currency)
    };
    let amount = scaled(&number.whole, &number.fraction, multiplier.copied().unwrap_or(1))?;
    let amount = Literal::new_typed_literal(amount, xsd::DECIMAL);
    Some((range, Sum { amount, currency: currency.to_owned() }))
}

/// The currency that stands before a number, and where it begins; the longest way to write one wins.
fn before<'w>(toks: &[Token], at: usize, words: &'w Words) -> Option<(usize, &'w str)> {
    toks.get(at.checked_sub(1)?).filter(|t| t.can_be(Senses::CURRENCY))?;
    let fits = |written: &str| {
        let length = written.split(' ').count();
        let start = at.checked_sub(length)?;
        toks[start..at].iter().map(|t| t.folded.as_str()).eq(written.split(' ')).then_some(start)
    };
    words.currencies.iter().filter_map(|(w, code)| Some((fits(w)?, code.as_str()))).min_by_key(|(start, _)| *start)
}

/// The currency that stands behind a number, perhaps after a small word: `2 millones de dólares`.
fn after<'w>(toks: &[Token], end: usize, words: &'w Words) -> Option<(usize, &'w str)> {
    let small = toks.get(end).is_some_and(|t| t.can_be(Senses::OWN_CONNECTOR));
    let elided = toks.get(end).is_some_and(|t| words.elisions.contains_key(&t.folded));
    let from = end + if elided { 2 } else { usize::from(small) };
    toks.get(from).filter(|t| t.can_be(Senses::CURRENCY))?;
    let fits = |written: &str| {
        let length = written.split(' ').count();
        let here = toks.get(from..from + length)?;
        here.iter().map(|t| t.folded.as_str()).eq(written.split(' ')).then_some(from + length)
    };
    words.currencies.iter().filter_map(|(w, code)| Some((fits(w)?, code.as_str()))).max_by_key(|(end, _)| *end)
}

/// A decimal number times a power of ten, as it is written without an exponent.
fn scaled(whole: &str, fraction: &str, multiplier: u64) -> Option<String> {
    let digits: u128 = format!("{whole}{fraction}").parse().ok()?;
    let scale = 10u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let value = digits.checked_mul(multiplier.into())?;
    let (units, rest) = (value / scale, value % scale);
    if rest == 0 {
        return Some(units.to_string());
    }
    let rest = format!("{rest:0width$}", width = fraction.len());
    Some(format!("{units}.{}", rest.trim_end_matches('0')))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::extract::tokens::tokens;
    use crate::extract::vocabulary::{Language, Numbers, Vocabulary};

    fn read(text: &str) -> Vec<(String, String, String)> {
        let lexicon = "language = \"en\"\n[words]\ndeterminers = []\nconnectors = [\"of\", \"de\"]\nand = []\nmonths = [[],[],[],[],[],[],[],[],[],[],[],[]]\n\
            currencies = { \"$\" = \"USD\", \"us $\" = \"USD\", \"euros\" = \"EUR\", \"can $\" = \"CAD\" }\nmultipliers = { million = 1000000, millions = 1000000 }\nnumerals = { six = 6, twenty = 20, five = 5 }\nelisions = { d = \"de\" }\n[slots]\n";
        let lexicon = crate::knowledge::lexicon::parse("t.toml", lexicon.as_bytes()).unwrap();
        let mut numbers = Numbers::default();
        let language = Language::new(&lexicon, &[], &mut numbers);
        let toks = tokens(text, Vocabulary { numbers: &numbers, language: &language });
        sums(&toks, &lexicon)
            .into_iter()
            .map(|(range, sum)| {
                let words = text[toks[range.start].start()..toks[range.end - 1].end()].to_owned();
                (words, sum.amount.value().to_owned(), sum.currency)
            })
            .collect()
    }

    #[test]
    fn sums_are_read_in_full() {
        for (text, words, amount, currency) in [
            ("a $5 million project", "$5 million", "5000000", "USD"),
            ("Six million euros", "Six million euros", "6000000", "EUR"),
            ("twenty-five million euros", "twenty-five million euros", "25000000", "EUR"),
            ("worth US$ 3.45 million, in all", "US$ 3.45 million", "3450000", "USD"),
            ("spent $1,234,567.50 on", "$1,234,567.50", "1234567.5", "USD"),
            ("avec 2 000 000 euros par an", "2 000 000 euros", "2000000", "EUR"),
            ("soit 3,5 millions d'euros", "3,5 millions d'euros", "3500000", "EUR"),
            ("CAN$ 400,000", "CAN$ 400,000", "400000", "CAD"),
        ] {
            assert_eq!(read(text), [(words.to_owned(), amount.to_owned(), currency.to_owned())], "{text}");
        }
        assert_eq!(read("in 2021, 48 inspectors"), []);
        assert_eq!(read("en 2021 300 euros").into_iter().map(|sum| sum.1).collect::<Vec<_>>(), ["300"]);
    }
}
