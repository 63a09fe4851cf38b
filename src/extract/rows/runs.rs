//! Names that no head noun tells: runs of capitalised words, at places where a name is sure to stand.

use super::title::{is_acronym, period};
use crate::extract::tokens::{Kind, Token, apostrophe, ends_owner, phrase};
use crate::extract::vocabulary::Senses;
use crate::knowledge::lexicon::Lexicon;
use std::ops::Range;

/// Small words in a row inside a name.
const MOST_SMALL: usize = 3;
/// A name has no more tokens than this.
const LONGEST: usize = 45;

/// A name with what stands behind it in brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The tokens of the name.
    pub name: Range<usize>,
    /// The tokens of its acronym.
    pub acronym: Option<Range<usize>>,
    /// The tokens of its other name.
    pub other: Option<Range<usize>>,
    /// Its period, as it is written.
    pub period: Option<(String, String)>,
    /// All of it, brackets included.
    pub whole: Range<usize>,
    /// Where the words before it begin that say whose it is.
    pub owner: usize,
}

/// Whether a name can begin at a token.
fn begins(token: &Token) -> bool {
    token.capital || token.kind == Kind::Number && token.folded.len() == 4
}

/// The end of the run of words, in which a name goes on, that begins at `from`. With `commas`, over series with commas, too.
pub(super) fn end_of_run(toks: &[Token], from: usize, to: usize, lexicon: &Lexicon, commas: bool) -> usize {
    let connectors = &lexicon.words.connectors;
    let mut end = from;
    while end < to.min(from + LONGEST) {
        let token = &toks[end];
        let next = |n: usize| toks.get(end + n).filter(|_| end + n < to);
        if token.capital || token.kind == Kind::Number && end > from && token.spaced {
            end += 1;
            continue;
        }
        let glued = (token.is('-') || token.is('–') || token.is('/') || token.is('&')) && !token.spaced;
        // "Ministry-funded" and "USDOL-Funded" tell whose a thing is; "Workplace-Based Training" is a name.
        let named = |t: &Token| t.capital && end > from && !toks[end - 1].upper;
        if glued && next(1).is_some_and(|t| !t.spaced && lexicon.rows.suffixes.contains(&t.folded) && !named(t)) {
            break;
        }
        if glued && next(1).is_some_and(|t| !t.spaced && t.is_wordlike()) {
            end += 2;
            continue;
        }
        // "Côte d'Ivoire", "l'Enfance".
        if token.kind == Kind::Word
            && token.folded.len() <= 2
            && next(1).is_some_and(|t| apostrophe(t) && !t.spaced)
            && next(2).is_some_and(|t| t.capital && !t.spaced)
        {
            end += 2;
            continue;
        }
        if apostrophe(token) && !token.spaced {
            let s = ends_owner(next(1), &lexicon.rows.owner_endings);
            let behind = end + 1 + usize::from(s);
            if toks.get(behind).is_some_and(|t| behind < to && (t.capital || connectors.contains(&t.folded))) {
                end = behind;
                continue;
            }
            break;
        }
        if (token.is('–') || token.is('—') || token.is('-'))
            && token.spaced
            && commas
            && next(1).is_some_and(|t| t.capital)
            && end > from
        {
            end += 1;
            continue;
        }
        if token.is(':') && commas && next(1).is_some_and(|t| t.capital) && end > from {
            end += 1;
            continue;
        }
        if token.is('.') && !token.spaced && toks[end - 1].folded.len() == 1 && next(1).is_some_and(|t| t.capital) {
            end += 1;
            continue;
        }
        if token.is(',') && commas {
            let small = usize::from(next(1).is_some_and(|t| lexicon.words.and.contains(&t.folded)));
            if next(1 + small).is_some_and(|t| t.capital && !t.upper) {
                end += 1 + small;
                continue;
            }
            break;
        }
        // Small words, with a capitalised one behind them.
        let inner = |t: &Token| connectors.contains(&t.folded) || commas && lexicon.rows.inner.contains(&t.folded) || t.is('&');
        // "Child Labor and/or Forced Labor"
        let or = |n: usize| {
            let stroke = |n: usize| next(n).is_some_and(|t| t.is('/') && !t.spaced);
            let and = |n: usize| next(n).is_some_and(|t| lexicon.words.and.contains(&t.folded));
            n > 0 && (stroke(n) && and(n - 1) && and(n + 1) || stroke(n - 1) && and(n))
        };
        let small =
            (0..=MOST_SMALL).take_while(|n| next(*n).is_some_and(|t| !t.capital && (inner(t) || commas && or(*n)))).count();
        let broken = !commas && (0..small).any(|n| lexicon.rows.breaks.contains(&toks[end + n].folded));
        // "the Safe Harbors Project through World Vision": the noun ended the name.
        let told = end > from && lexicon.rows.things.contains(&toks[end - 1].folded);
        let broken = broken || told && (0..small).any(|n| lexicon.rows.by_means.contains(&toks[end + n].folded));
        let elided = next(small).is_some_and(|t| !t.capital && t.folded.len() <= 2)
            && next(small + 1).is_some_and(apostrophe)
            && next(small + 2).is_some_and(|t| t.capital);
        if small > 0 && small <= MOST_SMALL && !broken && (elided || next(small).is_some_and(|t| t.capital)) {
            let and = (0..small).any(|n| lexicon.words.and.contains(&toks[end + n].folded));
            if and && !commas && next(small).is_some_and(|t| t.upper) {
                break;
            }
            end += small;
            continue;
        }
        // An acronym in the middle of the name: "Policy Engagement (MAP16) Project".
        if token.is('(') && commas {
            let inner = |n: usize| (1..n).all(|i| next(i).is_some_and(|t| t.upper || t.kind == Kind::Number));
            let close = [2, 3].into_iter().find(|n| next(*n).is_some_and(|t| t.is(')')) && (*n == 2 || inner(*n)));
            // "Skills for Sailors (SAIL) through Better Schools"
            let means = |n: usize| !told && next(n).is_some_and(|t| lexicon.rows.by_means.contains(&t.folded));
            let goes_on =
                |n: usize| next(n).is_some_and(|t| t.capital && t.spaced) || means(n) && next(n + 1).is_some_and(|t| t.capital);
            if let Some(close) = close.filter(|n| goes_on(n + 1)) {
                end += close + 1;
                continue;
            }
        }
        break;
    }
    end
}

/// The run that begins at a token, with its brackets.
pub(super) fn run(text: &str, toks: &[Token], from: usize, to: usize, lexicon: &Lexicon, commas: bool) -> Option<Run> {
    if !toks.get(from).is_some_and(begins) {
        return None;
    }
    let mut end = end_of_run(toks, from, to, lexicon, commas);
    while end > from
        && (lexicon.words.connectors.contains(&toks[end - 1].folded) && !toks[end - 1].capital || toks[end - 1].is(','))
    {
        end -= 1;
    }
    let mut out = Run { name: from..end, acronym: None, other: None, period: None, whole: from..end, owner: from };
    out.whole.end += usize::from(colon(text, toks, end, to));
    while toks.get(out.whole.end).is_some_and(|t| t.is('(') && out.whole.end < to) {
        let open = out.whole.end;
        let Some(close) = (open + 1..(open + 16).min(to)).find(|i| toks[*i].is(')')) else { break };
        let inner = &text[toks[open].end()..toks[close].start()];
        if let Some(found) = period(inner) {
            out.period = Some(found);
        } else if is_acronym(inner) {
            out.acronym = Some(open + 1..close);
        } else if !inner.starts_with(char::is_uppercase) {
            break;
        } else if close > open + 2 && toks[open + 1..close].iter().all(|t| t.is_wordlike() && !t.upper) {
            out.other = Some(open + 1..close);
        }
        out.whole.end = close + 1;
    }
    // Without brackets: "Programa Nacional 2019–2022".
    (end > from).then_some(out)
}

/// Whether a colon parts a name that ends at a token from its period: "Safe Nets for All: (2020–2022)".
fn colon(text: &str, toks: &[Token], end: usize, to: usize) -> bool {
    const LONGEST: usize = 6;
    let bracket = toks.get(end).is_some_and(|t| t.is(':')) && toks.get(end + 1).is_some_and(|t| t.is('('));
    let close = (end + 2..to.min(end + LONGEST)).find(|i| toks[*i].is(')')).filter(|_| bracket);
    close.is_some_and(|close| period(&text[toks[end + 1].end()..toks[close].start()]).is_some())
}

/// "The Safe Nets project (2018–2022)": a name whose period stands behind the noun that tells what it is.
pub(super) fn with_period(text: &str, toks: &[Token], run: Run, to: usize, members: &[String]) -> Run {
    /// Brackets hold no more tokens than this.
    const LONGEST: usize = 8;
    let noun = run.whole.end;
    let told = noun + 1 < to && !toks[noun].capital && members.contains(&toks[noun].folded) && toks[noun + 1].is('(');
    if !told || run.period.is_some() {
        return run;
    }
    let close = (noun + 2..to.min(noun + LONGEST)).find(|i| toks[*i].is(')'));
    let written = close.and_then(|close| period(&text[toks[noun + 1].end()..toks[close].start()]));
    match (close, written) {
        (Some(close), Some(period)) => Run { period: Some(period), whole: run.whole.start..close + 1, ..run },
        _ => run,
    }
}

/// Where the words of a pattern's phrases end in a stretch of tokens: `implemented by`.
pub(super) fn behind(toks: &[Token], range: &Range<usize>, phrases: &[Vec<String>]) -> Vec<usize> {
    let at = |i: usize, words: &[String]| {
        toks.get(i..i + words.len()).is_some_and(|here| here.iter().zip(words).all(|(t, w)| t.folded == *w))
    };
    range
        .clone()
        .filter_map(|i| phrases.iter().filter(|words| at(i, words)).map(|words| i + words.len()).max())
        .filter(|end| *end < range.end)
        .collect()
}

/// Whether one of some phrases begins at a token: `implemented by`.
pub(super) fn cued(toks: &[Token], at: usize, phrases: &[String]) -> bool {
    let here = |p: &String| {
        let words = phrase(p);
        toks.get(at..at + words.len()).is_some_and(|here| here.iter().zip(&words).all(|(t, w)| t.folded == *w))
    };
    phrases.iter().any(here)
}

/// Where the sum begins that stands before a name, or else the name: "its $21 million NAME".
pub(super) fn with_sum(lexicon: &Lexicon, toks: &[Token], from: usize, name: usize) -> usize {
    let multiplies = |t: &Token| lexicon.words.multipliers.contains_key(&t.folded);
    // "a $10 million 4-year NAME"
    let lasts = |i: &usize| {
        let [count, dash, noun] = [0, 1, 2].map(|n| &toks[i + n]);
        count.kind == Kind::Number && dash.is('-') && !dash.spaced && lexicon.rows.durations.contains(&noun.folded)
    };
    let whole = name;
    let name = name.checked_sub(3).filter(|i| *i >= from && lasts(i)).unwrap_or(name);
    let times = name.checked_sub(1).filter(|i| *i >= from && multiplies(&toks[*i])).unwrap_or(name);
    let amount = |t: &Token| t.kind == Kind::Number || !t.spaced && (t.is('.') || t.is(','));
    let digits = toks.get(from..times).unwrap_or_default().iter().rev().take_while(|t| amount(t)).count();
    let currency = |t: &Token| t.kind == Kind::Mark && t.can_be(Senses::CURRENCY);
    let sign = (times - digits).checked_sub(1).filter(|i| digits > 0 && *i >= from && currency(&toks[*i]));
    sign.unwrap_or(whole)
}

/// With how many of some words a name is written that they begin with: an acronym in brackets may stand within it, "National Action
/// Plan (NAP) for the Protection of Children".
pub(super) fn length_of(toks: &[Token], words: &[usize], form: &[String]) -> Option<usize> {
    let enclosed = |i: usize| {
        let beside = |at: Option<usize>, mark| at.and_then(|at| toks.get(at)).is_some_and(|t| t.is(mark));
        toks[i].upper && beside(i.checked_sub(1), '(') && beside(Some(i + 1), ')')
    };
    let mut length = 0;
    for (at, word) in form.iter().enumerate() {
        let skipped = at > 1 && words.get(length).is_some_and(|i| toks[*i].folded != *word && enclosed(*i));
        length += usize::from(skipped);
        words.get(length).filter(|i| toks[**i].folded == *word)?;
        length += 1;
    }
    joined(toks, &words[..length]).then_some(length)
}

/// Whether nothing but marks of a name stands between words.
fn joined(toks: &[Token], words: &[usize]) -> bool {
    words.windows(2).all(|w| {
        (w[0] + 1..w[1]).all(|i| {
            !(toks[i].is('.') && toks[i + 1..].first().is_some_and(|t| t.spaced && t.capital && toks[i - 1].folded.len() > 1)
                || toks[i].is(';')
                || toks[i].is(':'))
        })
    })
}
