//! Names that nobody told us of: a head noun, and the capitalised words that follow it.

use super::tokens::{Kind, Token};
use crate::knowledge::lexicon::{Head, Lexicon, Mode};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A name found by its head noun.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    /// The tokens of the name, without a head that only announces it.
    pub tokens: Range<usize>,
    /// The index of the head in the lexicon.
    pub head: usize,
    /// The tokens of the head itself.
    pub head_tokens: Range<usize>,
    /// The token of an acronym that follows a dash and belongs to the name: `… de México - SENDEROS`.
    pub acronym: Option<usize>,
}

/// The head nouns of a language, and the small words of all languages that may stand inside a name.
pub(super) struct Chunker {
    heads: Vec<Head>,
    /// First word → (words, head), longest first.
    first: HashMap<String, Vec<(Vec<String>, usize)>>,
    connectors: HashSet<String>,
    and: HashSet<String>,
}

/// A name is not longer than this, in tokens.
const LONGEST: usize = 60;
/// So many small words in a row may stand inside a name.
const MOST_CONNECTORS: usize = 4;

impl Chunker {
    /// A chunker for `lexicon`; `all` gives the small words, because a programme's name may be in another language.
    pub(super) fn new(lexicon: &Lexicon, all: &[Lexicon]) -> Self {
        let mut first: HashMap<String, Vec<(Vec<String>, usize)>> = HashMap::new();
        for (at, head) in lexicon.heads.iter().enumerate() {
            for form in &head.words {
                let words: Vec<String> = form.split_whitespace().map(str::to_owned).collect();
                if let Some(word) = words.first() {
                    first.entry(word.clone()).or_default().push((words, at));
                }
            }
        }
        for forms in first.values_mut() {
            forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let connectors = all.iter().flat_map(|l| l.words.connectors.iter().cloned()).collect();
        Self { heads: lexicon.heads.clone(), first, connectors, and: lexicon.words.and.iter().cloned().collect() }
    }

    /// The head that begins at a token: its index and its number of tokens. Heads that must be capitalised are, in the text.
    fn head_at(&self, tokens: &[Token], at: usize) -> Option<(usize, usize)> {
        let forms = self.first.get(&tokens[at].folded)?;
        let fits = |words: &Vec<String>, head: usize| {
            let here = tokens.get(at..at + words.len())?;
            let same = here.iter().zip(words).all(|(t, w)| t.folded == *w);
            let written = self.heads[head].mode != Mode::Name || here[0].capital;
            (same && written).then_some((head, words.len()))
        };
        // A capitalised head begins a name rather than announcing one.
        let all: Vec<_> = forms.iter().filter_map(|(words, head)| fits(words, *head)).collect();
        all.iter().copied().find(|(head, _)| self.heads[*head].mode != Mode::Before).or_else(|| all.first().copied())
    }

    /// All names in a passage. `stops` are tokens at which a known body's name begins: a name does not run into it.
    pub(super) fn find(&self, tokens: &[Token], stops: &HashSet<usize>) -> Vec<Chunk> {
        let mut out: Vec<Chunk> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let found = self.head_at(tokens, at).and_then(|(head, length)| self.chunk(tokens, at, head, length, stops));
            at = found.as_ref().map_or(at + 1, |chunk| chunk.tokens.end.max(at + 1));
            out.extend(found);
        }
        out
    }

    fn chunk(&self, tokens: &[Token], at: usize, head: usize, length: usize, stops: &HashSet<usize>) -> Option<Chunk> {
        let mode = self.heads[head].mode;
        let head_tokens = at..at + length;
        let chunk = |tokens: Range<usize>, acronym| Some(Chunk { tokens, head, head_tokens: head_tokens.clone(), acronym });
        if mode == Mode::Phrase {
            let start =
                (0..at).rev().take_while(|i| self.heads[head].modifiers.contains(&tokens[*i].folded)).last().unwrap_or(at);
            return chunk(start..with_bracketed_year(tokens, at + length), None);
        }
        let open = |t: &Token| t.is('“') || t.is('«') || t.is('"');
        let quoted_from = match mode {
            Mode::Name => at.checked_sub(1).filter(|i| open(&tokens[*i])).map(|_| at),
            _ => tokens.get(at + length).filter(|t| open(t)).map(|_| at + length + 1),
        };
        if let Some(start) = quoted_from
            && let Some(end) = (start + 1..(start + 25).min(tokens.len()))
                .find(|i| tokens[*i].is('”') || tokens[*i].is('»') || tokens[*i].is('"'))
        {
            return chunk(start..end, None);
        }
        let from = at + length;
        let start = if mode == Mode::Before { from } else { at };
        if mode != Mode::Name && !tokens.get(from).is_some_and(|t| t.capital && t.spaced && !stops.contains(&from)) {
            return None;
        }
        let mut end = self.extend(tokens, start, from, stops);
        end = with_years(tokens, end);
        let acronym = tokens
            .get(end)
            .filter(|t| (t.is('-') || t.is('–')) && t.spaced)
            .and_then(|_| tokens.get(end + 1))
            .filter(|t| t.upper && t.spaced)
            .map(|_| end + 1);
        chunk(start..acronym.map_or(end, |a| a + 1), acronym)
    }

    /// Where a name that begins at `start` ends, `from` on.
    fn extend(&self, tokens: &[Token], start: usize, from: usize, stops: &HashSet<usize>) -> usize {
        let mut end = from;
        while end < tokens.len() && end - start < LONGEST {
            let token = &tokens[end];
            let joined = token.is('-') && !token.spaced && tokens.get(end + 1).is_some_and(|t| !t.spaced && t.is_wordlike());
            if token.capital && !(end > start && stops.contains(&end)) || joined {
                end += 1 + usize::from(joined);
            } else if let Some(next) = self.over_connectors(tokens, end, stops) {
                end = next;
            } else if let Some(next) = self.over_comma(tokens, end, stops) {
                end = next;
            } else {
                break;
            }
        }
        end
    }

    /// The capitalised word behind up to [`MOST_CONNECTORS`] small words.
    fn over_connectors(&self, tokens: &[Token], at: usize, stops: &HashSet<usize>) -> Option<usize> {
        let mut next = at;
        while next < tokens.len()
            && next - at < MOST_CONNECTORS
            && !tokens[next].capital
            && self.connectors.contains(&tokens[next].folded)
        {
            next += 1;
        }
        let word = tokens.get(next).filter(|t| next > at && t.capital && t.spaced)?;
        let new_name = stops.contains(&next) || self.begins_body(tokens, next);
        let listed = tokens[at..next].iter().any(|t| self.and.contains(&t.folded));
        (!(new_name || listed && word.upper)).then_some(next + 1)
    }

    /// Whether a head of a body begins at a token: it is not a part of the name before it.
    fn begins_body(&self, tokens: &[Token], at: usize) -> bool {
        self.head_at(tokens, at).is_some_and(|(head, _)| self.heads[head].mode == Mode::Name && self.heads[head].body)
    }

    /// What follows a comma belongs to the name where a series of capitalised words ends in "and": "Prevenir, Sancionar y
    /// Erradicar", or where the comma is followed by a small word and a capitalised one that is no name of its own:
    /// "Programa Anual de Trabajo, para Prevenir".
    fn over_comma(&self, tokens: &[Token], at: usize, stops: &HashSet<usize>) -> Option<usize> {
        if !tokens[at].is(',') {
            return None;
        }
        let first = tokens.get(at + 1)?;
        if first.folded.len() > 2 && self.connectors.contains(&first.folded) && !self.and.contains(&first.folded) {
            return tokens.get(at + 2).filter(|t| t.capital).map(|_| at + 3);
        }
        let mut next = at + 1;
        let mut closed = false;
        while let Some(token) = tokens.get(next) {
            if token.capital && (stops.contains(&next) || self.begins_body(tokens, next)) {
                return None;
            }
            if self.and.contains(&token.folded) {
                closed = tokens.get(next + 1).is_some_and(|t| {
                    t.capital && !t.upper && !stops.contains(&(next + 1)) && !self.begins_body(tokens, next + 1)
                });
                break;
            }
            if !(token.capital || token.is(',') || self.connectors.contains(&token.folded)) {
                break;
            }
            next += 1;
        }
        (first.capital && closed).then_some(at + 2)
    }
}

/// A year in brackets that ends a phrase: `informe anual (2018)`.
fn with_bracketed_year(tokens: &[Token], end: usize) -> usize {
    let closed = tokens.get(end).is_some_and(|t| t.is('(')) && tokens.get(end + 2).is_some_and(|t| t.is(')'));
    if closed && with_years(tokens, end + 1) == end + 2 { end + 3 } else { end }
}

/// A year, or a range of years, that ends a name: `2020-2024`.
pub(super) fn with_years(tokens: &[Token], end: usize) -> usize {
    let year = |at: usize| {
        tokens.get(at).is_some_and(|t| {
            t.kind == Kind::Number && t.folded.len() == 4 && (t.folded.starts_with("19") || t.folded.starts_with("20"))
        })
    };
    if !year(end) {
        return end;
    }
    let range = tokens.get(end + 1).is_some_and(|t| (t.is('-') || t.is('–')) && !t.spaced) && year(end + 2);
    if range { end + 3 } else { end + 1 }
}
