//! What the lay-out of an answer says: the items of lists that dashes begin, the labels of a project's sheet ("Donor: …"), and the
//! titles of projects that no noun announces ("Safe Nets. This project …").

use super::kinds;
use super::reader::{Place, Reader};
use super::rules::Rules;
use super::spots::{Spot, What, acronym_of};
use super::tokens::{Kind, Sentence, Token, apostrophe, phrase};
use super::vocabulary::Senses;
use crate::model::document::Span;
use crate::model::vocab::class;
use regex::Regex;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// A title has no more tokens than this, and fewer words with a capital only within quotation marks.
const LONGEST_TITLE: usize = 16;
const FEWEST_CAPITALS: usize = 2;
/// What presents a title stands within so many tokens behind it.
const PRESENTED: usize = 16;

/// The labels of sheets, and what presents a title, in one language.
pub(super) struct Layout {
    labels: FxHashSet<String>,
    /// The most words and marks that a label has.
    longest: usize,
    /// What follows the title of a programme and says what it is; for folded words without apostrophes.
    presents: Option<Regex>,
}

/// A title of a programme.
pub(super) struct Title {
    pub spot: Spot,
    /// The token at which what presents it begins.
    pub behind: usize,
}

impl Layout {
    pub(super) fn new(labels: &[String], presents: Option<Regex>) -> Self {
        let labels: Vec<Vec<String>> = labels.iter().map(|label| phrase(label)).collect();
        let longest = labels.iter().map(Vec::len).max().unwrap_or(0);
        Self { labels: labels.iter().map(|label| label.join(" ")).collect(), longest, presents }
    }

    /// The first tokens of the labels of a passage.
    pub(super) fn labels(&self, toks: &[Token]) -> Vec<usize> {
        let colons = toks.iter().enumerate().filter(|(_, t)| t.is(':')).map(|(at, _)| at);
        colons.filter_map(|colon| self.label_before(toks, colon)).collect()
    }

    /// Where the label begins that a colon ends: a capital begins it, or it stands behind a mark that parts the lines of a sheet, "; donor:".
    fn label_before(&self, toks: &[Token], colon: usize) -> Option<usize> {
        let from = colon.saturating_sub(self.longest);
        (from..colon).find(|start| {
            let parted = |t: &Token| t.is(';') || t.is(':') || t.is('.');
            let begins = toks[*start].capital || start.checked_sub(1).is_some_and(|i| parted(&toks[i]));
            begins && toks[*start].spaced && {
                let word = |t: &Token| if apostrophe(t) { "'".to_owned() } else { t.folded.clone() };
                let words: Vec<String> = toks[*start..colon].iter().map(word).collect();
                self.labels.contains(&words.join(" "))
            }
        })
    }

    /// The sentences, cut before labels and before the dashes that begin items, the dashes left out.
    pub(super) fn cut(&self, reader: &Reader<'_>, place: Place<'_>, sentences: Vec<Sentence>, found: &[Spot]) -> Vec<Sentence> {
        let toks = place.tokens;
        let labels = self.labels(toks);
        // The dash of a name: "… de México - SENDEROS".
        let own = |at: usize| {
            let before = found.partition_point(|s| s.tokens.start < at).checked_sub(1);
            before.is_some_and(|i| at < found[i].tokens.end)
        };
        let mut out = Vec::with_capacity(sentences.len());
        let mut items = 0;
        for sentence in sentences {
            let Range { mut start, end } = sentence.tokens;
            let mut close = |range: Range<usize>, items: usize| {
                if !range.is_empty() {
                    out.push(Sentence { tokens: range, item: sentence.item + items });
                }
            };
            let mut at = start;
            while at < end {
                let item = match bracketed(reader, place, at, start) {
                    None if dash(toks, at) && !own(at) => {
                        let begins = at == start || parted(&toks[at - 1]) || begins_line(reader, place, at);
                        begins.then_some(1)
                    }
                    bracketed => bracketed,
                };
                let label = at > start && labels.binary_search(&at).is_ok();
                if item.is_some() || label {
                    close(start..at, items);
                    items += usize::from(item.is_some());
                    start = at + item.unwrap_or(0);
                }
                at += item.unwrap_or(1);
            }
            close(start..end, items);
        }
        out
    }

    /// The titles of programmes that begin sentences, which are cut behind them.
    pub(super) fn titles(
        &self,
        reader: &Reader<'_>,
        place: Place<'_>,
        sentences: &mut Vec<Sentence>,
        found: &[Spot],
    ) -> Vec<Title> {
        let toks = place.tokens;
        let (Some(presents), labels) = (&self.presents, self.labels(toks)) else { return Vec::new() };
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(Sentence { mut tokens, item }) = sentences.get(at).cloned() {
            at += 1;
            // Behind a colon another line may begin with one.
            let lines = (tokens.start + 1..tokens.end).filter(|i| toks[i - 1].is(':') && begins_line(reader, place, *i));
            let Some(start) = [tokens.start].into_iter().chain(lines).find(|i| title(toks, &(*i..tokens.end)).is_some()) else {
                continue;
            };
            let Some(name) = title(toks, &(start..tokens.end)) else { continue };
            let quote = usize::from(toks.get(name.end).is_some_and(closes));
            let bracket = toks.get(name.end + quote).filter(|t| t.is('(')).and_then(|_| bracket(toks, name.end + quote));
            let end = bracket.unwrap_or(name.end + quote);
            let mark = usize::from(toks.get(end).is_some_and(|t| ['.', ':', '–', '—', '-', ','].iter().any(|c| t.is(*c))));
            let behind = end + mark;
            let sheet = labels.binary_search(&behind).is_ok();
            let words = toks.iter().skip(behind).take(PRESENTED).filter(|t| !apostrophe(t));
            let words: Vec<&str> = words.map(|t| t.folded.as_str()).collect();
            let on_a_line = || mark > 0 || begins_line(reader, place, behind);
            let told = || presents.is_match(&words.join(" ")) && (on_a_line() || quote > 0 || is_copula(presents, &words));
            if behind >= toks.len() || !(sheet || told()) || !free(found, &name, sheet) {
                continue;
            }
            if start > tokens.start {
                sentences[at - 1].tokens = tokens.start..start;
                sentences.insert(at, Sentence { tokens: start..tokens.end, item });
                tokens.start = start;
                at += 1;
            }
            if behind < tokens.end && (mark > 0 || quote > 0 || sheet || begins_line(reader, place, behind)) {
                sentences[at - 1].tokens = tokens.start..behind;
                sentences.insert(at, Sentence { tokens: behind..tokens.end, item });
            }
            let acronym = bracket.and_then(|close| acronym_of(place.passage.text(), toks, name.start..close)).map(|(_, a)| a);
            let whole = if acronym.is_some() && quote == 0 { name.start..end } else { name.clone() };
            let what = What::Name { known: Vec::new(), acronym, is_acronym: false };
            let kind = class::PROGRAMME.into_owned();
            out.push(Title {
                spot: Spot { tokens: whole, name, kind, what, head: None, country: None, parts: Vec::new() },
                behind,
            });
        }
        out
    }
}

/// Whether what presents a title begins with a verb, so that it stands in one sentence with it: "Fair Leaf is an initiative".
fn is_copula(presents: &Regex, words: &[&str]) -> bool {
    let rest = words.get(1..).unwrap_or_default().join(" ");
    words.first().is_some_and(|word| word.starts_with(char::is_alphabetic)) && presents.is_match(&rest)
}

/// Whether nothing else is named where a title stands: what a sheet is of may only be like another thing's name.
fn free(found: &[Spot], name: &Range<usize>, sheet: bool) -> bool {
    let concept = |s: &&Spot| kinds::is_scheme(&s.kind);
    let from = found.partition_point(|s| s.tokens.end <= name.start);
    let touching = found[from..].iter().take_while(|s| s.tokens.start < name.end);
    touching.filter(|s| !concept(s)).all(|s| match &s.what {
        What::Name { known, .. } if known.is_empty() => sheet && s.head.is_some(),
        What::Name { .. } => s.tokens.len() < name.len() && s.tokens.start > name.start && s.head.is_none(),
        What::Date(_) | What::Number(_) => true,
        _ => false,
    })
}

/// The title that begins a sentence: words with capitals, with small words between them, or what stands in quotation marks.
fn title(toks: &[Token], sentence: &Range<usize>) -> Option<Range<usize>> {
    let Range { start, end } = sentence.clone();
    let first = toks.get(start)?;
    let most = end.min(start + LONGEST_TITLE);
    if opens(first) {
        let close = (start + 1..most).find(|i| closes(&toks[*i]))?;
        let capital = toks.get(start + 1).is_some_and(|t| t.capital);
        return (capital && close > start + 1).then_some(start + 1..close);
    }
    if !first.capital || first.can_be(Senses::OPENER) || first.can_be(Senses::DETERMINER) {
        return None;
    }
    let name = |t: &Token| t.capital || t.kind == Kind::Number;
    let joins = |t: &Token| !t.spaced && (t.is('-') || t.is('/') || apostrophe(t)) || t.is('&');
    let mut last = start + 1;
    let mut at = start + 1;
    while at < most {
        let token = &toks[at];
        if name(token) && !(token.can_be(Senses::OPENER) && toks[at - 1].is_wordlike() && toks[at - 1].capital) {
            last = at + 1;
        } else if !(joins(token) || !token.capital && token.can_be(Senses::CONNECTOR)) {
            break;
        }
        at += 1;
    }
    let capitals = toks[start..last].iter().filter(|t| t.capital && t.kind == Kind::Word).count();
    (capitals >= FEWEST_CAPITALS).then_some(start..last)
}

/// Where the brackets end that open at a token, if little stands in them.
fn bracket(toks: &[Token], open: usize) -> Option<usize> {
    const MOST: usize = 8;
    (open + 1..toks.len().min(open + MOST)).find(|i| toks[*i].is(')')).map(|close| close + 1)
}

fn opens(token: &Token) -> bool {
    ['"', '“', '«'].iter().any(|c| token.is(*c))
}

fn closes(token: &Token) -> bool {
    ['"', '”', '»'].iter().any(|c| token.is(*c))
}

/// Whether a mark parts what stands before it from the next item of a list.
fn parted(token: &Token) -> bool {
    ['.', ';', ':'].iter().any(|c| token.is(*c))
}

/// The number of tokens of a mark in brackets that begins an item: `(a)`, `(iv)`, `(2)`.
fn bracketed(reader: &Reader<'_>, place: Place<'_>, at: usize, start: usize) -> Option<usize> {
    const LENGTH: usize = 3;
    let toks = place.tokens;
    let [open, mark, close] = toks.get(at..at + LENGTH)? else { return None };
    if !(open.is('(') && close.is(')')) {
        return None; // most tokens
    }
    let roman = mark.folded.chars().all(|c| "ivx".contains(c)) && mark.folded.len() <= 4;
    let short = mark.folded.chars().count() == 1 || roman || mark.kind == Kind::Number && mark.folded.len() <= 2;
    let marked = open.spaced && short && mark.is_wordlike();
    let first = toks.get(at + LENGTH).filter(|t| marked && t.spaced)?;
    let begins = at == start || parted(&toks[at - 1]) || begins_line(reader, place, at);
    (begins && (first.capital || opens(first) || first.can_be(Senses::DETERMINER))).then_some(LENGTH)
}

/// Whether a token is a dash with white space on both sides.
pub(super) fn dash(toks: &[Token], at: usize) -> bool {
    let token = &toks[at];
    let dash = || ['-', '–', '—', '*', '−'].iter().any(|c| token.is(*c));
    !token.is_wordlike() && dash() && token.spaced && toks.get(at + 1).is_some_and(|t| t.spaced && t.is_wordlike() || opens(t))
}

/// Whether a line of the source begins with a token.
pub(super) fn begins_line(reader: &Reader<'_>, place: Place<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let (Some(last), Some(first)) = (place.tokens.get(before), place.tokens.get(at)) else { return false };
    let (Some(last), Some(first)) = (place.passage.source(last.range()), place.passage.source(first.range())) else {
        return false;
    };
    last.end <= first.start && reader.document.slice(Span::new(last.end, first.start)).contains('\n')
}

/// Whether a sentence goes on about what the one before is of, as its lay-out says.
pub(super) fn goes_on(rules: &Rules, toks: &[Token], sentence: &Sentence, titles: &[Title]) -> bool {
    let start = sentence.tokens.start;
    titles.binary_search_by_key(&start, |title| title.behind).is_ok() || {
        let most = toks.len().min(start + rules.layout.longest + 1);
        (start..most).any(|colon| toks[colon].is(':') && rules.layout.label_before(toks, colon) == Some(start))
    }
}
