//! A masked sentence made ready for patterns: where names stand in it, with the small words that may stand before each and what may
//! stand behind it.

use crate::knowledge::lexicon::Words;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// Words that may stand between a pattern's word and a name: "the", "several", "non-governmental organizations".
#[derive(Debug, Default)]
pub(super) struct Determiners {
    /// All that a word ends, longest last.
    by_last: FxHashMap<String, Vec<String>>,
    /// So many bytes the longest such word has.
    longest: usize,
}

impl Determiners {
    pub(super) fn new(words: &Words) -> Self {
        let mut by_last: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for phrase in &words.determiners {
            let last = phrase.rsplit(' ').next().unwrap_or_default();
            by_last.entry(last.to_owned()).or_default().push(phrase.clone());
        }
        let longest = by_last.keys().map(String::len).max().unwrap_or_default();
        Self { by_last, longest }
    }

    /// Where those begin that end, with their space, at a place of a text; none begins within a word.
    fn before<'a>(&'a self, text: &'a str, end: usize) -> impl Iterator<Item = usize> + 'a {
        let text = text[..end].strip_suffix(' ').unwrap_or_default();
        let near = text.floor_char_boundary(text.len().saturating_sub(self.longest + 1));
        let last = text[near..].rsplit(' ').next().unwrap_or_default();
        // An elision or a bracket stands before a word without a space.
        let inner = last.match_indices(|c| !is_word(c)).map(|(at, mark)| at + mark.len());
        let phrases = std::iter::once(0).chain(inner).filter_map(|at| self.by_last.get(&last[at..])).flatten();
        let starts = phrases.filter_map(|phrase| text.strip_suffix(phrase.as_str())).map(str::len);
        starts.filter(|start| !text[..*start].ends_with(is_word))
    }
}

/// Whether a character is one of a word, as `(?-u:\b)` has it.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// What may stand before a name, and behind it.
const OPENERS: [char; 3] = ['"', '“', '«'];
const CLOSERS: [char; 3] = ['"', '”', '»'];

/// A name in a masked sentence.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    /// The code of its class.
    pub(super) code: char,
    /// Where it may end, the likeliest first: with a quotation mark and a bracket, or without.
    ends: [Option<usize>; 3],
}

impl Seat {
    pub(super) fn ends(&self) -> impl Iterator<Item = usize> + '_ {
        self.ends.iter().flatten().copied()
    }
}

/// A masked sentence.
#[derive(Debug)]
pub(super) struct Seats<'t> {
    pub(super) text: &'t str,
    names: Vec<Seat>,
    /// Where each name may begin, with its number, in order.
    starts: Vec<(usize, usize)>,
    /// See [`Seats::heads`].
    heads: OnceCell<Vec<u8>>,
}

/// The number of three bytes, by which a place is found to be none where a pattern can begin.
pub(super) fn head([a, b, c]: [u8; 3]) -> u8 {
    const SPREAD: u32 = 0x9E37_79B1;
    u32::from_le_bytes([a, b, c, 0]).wrapping_mul(SPREAD).to_be_bytes()[0]
}

impl<'t> Seats<'t> {
    /// A text that is not masked.
    pub(super) fn plain(text: &'t str) -> Self {
        Self { text, names: Vec::new(), starts: Vec::new(), heads: OnceCell::new() }
    }

    /// Looks at the names of a masked text, whose marks begin at these places.
    pub(super) fn new(text: &'t str, marks: impl Iterator<Item = usize>, determiners: &Determiners) -> Self {
        let mut sentence = Self::plain(text);
        for open in marks {
            let Some(inner) = text[open..].strip_prefix('⟨') else { continue };
            let Some(code) = inner.chars().next() else { continue };
            let digits = &inner[code.len_utf8()..];
            let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
            let Some(rest) = rest.strip_prefix('⟩').filter(|_| !rest.is_empty() && rest.len() < digits.len()) else { continue };
            let seat = sentence.names.len();
            sentence.names.push(Seat { code, ends: ends(text, text.len() - rest.len()) });
            let mut next = vec![open];
            next.extend(text[..open].strip_suffix(OPENERS).map(str::len));
            let mut starts = Vec::new();
            // What stands before a place is earlier than it; two ways may lead to one.
            while let Some(last) = (0..next.len()).max_by_key(|at| next[*at]) {
                let start = next.swap_remove(last);
                if starts.last() != Some(&start) {
                    starts.push(start);
                    next.extend(determiners.before(text, start));
                }
            }
            sentence.starts.extend(starts.into_iter().rev().map(|start| (start, seat)));
        }
        sentence
    }

    /// The number of the three bytes that begin at each byte of the text; behind its end are zeros.
    pub(super) fn heads(&self) -> &[u8] {
        self.heads.get_or_init(|| {
            let mut bytes = Vec::with_capacity(self.text.len() + 2);
            bytes.extend_from_slice(self.text.as_bytes());
            bytes.extend([0; 2]);
            bytes.windows(3).map(|at| head([at[0], at[1], at[2]])).collect()
        })
    }

    /// Where names may begin, from a place on, in order.
    pub(super) fn starts_from(&self, from: usize) -> impl Iterator<Item = usize> + '_ {
        let first = self.starts.partition_point(|(start, _)| *start < from);
        self.starts[first..].iter().map(|(start, _)| *start)
    }

    /// The name that a place begins, with the words before it.
    pub(super) fn name_from(&self, at: usize) -> Option<&Seat> {
        let place = self.starts.binary_search_by_key(&at, |(start, _)| *start).ok()?;
        self.names.get(self.starts[place].1)
    }

    pub(super) fn is_word_at(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_some_and(|byte| is_word((*byte).into()))
    }

    pub(super) fn is_word_before(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is_word_at(before))
    }
}

/// Where a name may end whose mark ends at a place.
fn ends(text: &str, end: usize) -> [Option<usize>; 3] {
    let quoted = text[end..].strip_prefix(CLOSERS).map(|rest| text.len() - rest.len());
    let bracketed = |end: usize| {
        let rest = &text[end..];
        let inner = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix('(')?;
        let close = inner.find(['(', ')'])?;
        inner[close..].starts_with(')').then(|| text.len() - inner.len() + close + 1)
    };
    match quoted {
        Some(quoted) => [bracketed(quoted), Some(quoted), Some(end)],
        None => [bracketed(end), Some(end), None],
    }
}
