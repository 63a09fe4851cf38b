//! Masked text: a passage in the form that patterns are written for, with the way back to its tokens.
//!
//! Lower case, no accents, contractions and elisions opened, single spaces, and every name replaced by a slot `⟨c12⟩`, where `c` is a
//! private character that stands for the class and 12 is the index of the name.

use super::tokens::{Token, apostrophe};
use super::vocabulary::Senses;
use crate::knowledge::lexicon::Words;
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;
use std::ops::Range;

/// A private character for every class and scheme, so that a pattern can ask for some of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Codes(BTreeMap<String, char>);

impl Codes {
    /// Codes for the given kinds, by their order.
    pub(super) fn new(kinds: impl IntoIterator<Item = NamedNode>) -> Self {
        let mut codes = BTreeMap::new();
        for (kind, code) in kinds.into_iter().zip('\u{E000}'..='\u{F8FF}') {
            codes.entry(kind.into_string()).or_insert(code);
        }
        Self(codes)
    }
    /// The code of a kind. Kinds that no rule asks for share one.
    pub(super) fn of(&self, kind: &NamedNode) -> char {
        self.0.get(kind.as_str()).copied().unwrap_or('\u{F8FF}')
    }
}

/// What a slot stands for.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// The tokens that it replaces.
    pub tokens: Range<usize>,
    /// Its class's code.
    pub code: char,
}

/// What a word stands for that an apostrophe cuts: `l'OIT`.
fn elision<'w>(tokens: &[Token], at: usize, words: &'w Words) -> Option<&'w String> {
    let cut = tokens.get(at + 1).is_some_and(|t| apostrophe(t) && !t.spaced) && tokens.get(at + 2).is_some_and(|t| !t.spaced);
    if cut { words.elisions.get(&tokens.get(at)?.folded) } else { None }
}

/// A word, mark or slot of the masked text: small, since there is one for each token.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it stands in the masked text.
    at: (u32, u32),
    tokens: (u32, u32),
    /// The index of its name, or [`NO_SLOT`].
    slot: u32,
}

const NO_SLOT: u32 = u32::MAX;

impl Piece {
    fn new(at: Range<usize>, tokens: Range<usize>, slot: Option<usize>) -> Self {
        let small = |n: usize| u32::try_from(n).unwrap_or(NO_SLOT);
        Self {
            at: (small(at.start), small(at.end)),
            tokens: (small(tokens.start), small(tokens.end)),
            slot: slot.map_or(NO_SLOT, small),
        }
    }
    fn at(&self) -> Range<usize> {
        self.at.0 as usize..self.at.1 as usize
    }
    fn tokens(&self) -> Range<usize> {
        self.tokens.0 as usize..self.tokens.1 as usize
    }
    fn slot(&self) -> Option<usize> {
        (self.slot != NO_SLOT).then_some(self.slot as usize)
    }
}

/// A masked stretch of a passage.
#[derive(Clone, Debug, Default)]
pub(super) struct Masked {
    /// The masked text.
    pub text: String,
    pieces: Vec<Piece>,
}

impl Masked {
    /// Masks a range of tokens, some left `out`. `slots` are in order and do not overlap.
    pub(super) fn new(tokens: &[Token], range: Range<usize>, out: Option<&Range<usize>>, slots: &[Slot], words: &Words) -> Self {
        /// So many letters a word has, generously.
        const WORD: usize = 8;
        let mut masked = Self { text: String::with_capacity(range.len() * WORD), pieces: Vec::with_capacity(range.len()) };
        let mut at = range.start;
        let mut waiting = slots.partition_point(|s| s.tokens.start < at);
        while at < range.end.min(tokens.len()) {
            if let Some(out) = out.filter(|out| out.contains(&at)) {
                at = out.end;
                continue;
            }
            let fits = |s: &Slot| s.tokens.end <= range.end && s.tokens.end > at;
            waiting += slots[waiting..].iter().take_while(|s| s.tokens.start < at).count();
            let here = slots.iter().enumerate().skip(waiting);
            let slot = here.take_while(|(_, s)| s.tokens.start == at).find(|(_, s)| fits(s)).map(|(i, _)| i);
            let token = &tokens[at];
            let next = slot.map_or(at + 1, |i| slots[i].tokens.end);
            let elided = elision(tokens, at, words).filter(|_| slot.is_none());
            let behind_elision = at.checked_sub(2).is_some_and(|i| i >= range.start && elision(tokens, i, words).is_some());
            if (token.spaced || behind_elision) && !masked.text.is_empty() {
                masked.text.push(' ');
            }
            let start = masked.text.len();
            let next = if elided.is_some() { at + 2 } else { next };
            match slot {
                Some(i) => masked.text.extend(["⟨", slots[i].code.encode_utf8(&mut [0; 4]), &i.to_string(), "⟩"]),
                None if apostrophe(token) => masked.text.push('\''),
                None => {
                    let open = || words.contractions.get(&token.folded).filter(|_| token.can_be(Senses::CONTRACTION));
                    masked.text.push_str(elided.or_else(open).unwrap_or(&token.folded));
                }
            }
            masked.pieces.push(Piece::new(start..masked.text.len(), at..next, slot));
            at = next;
        }
        masked
    }

    /// The tokens that a range of the masked text was made from; `None` if it touches none.
    pub(super) fn tokens(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let mut touched = self.touched(range);
        let first = touched.next()?;
        let last = touched.last().unwrap_or(first);
        Some(first.tokens().start..last.tokens().end)
    }

    /// Where a range of tokens stands in the masked text; `None` if none of them do.
    pub(super) fn place(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let from = self.pieces.partition_point(|p| p.tokens().end <= tokens.start);
        let to = self.pieces.partition_point(|p| p.tokens().start < tokens.end);
        let here = self.pieces.get(from..to)?;
        Some(here.first()?.at().start..here.last()?.at().end)
    }

    /// The indices of the slots in a range of the masked text, in order.
    pub(super) fn slots(&self, range: &Range<usize>) -> Vec<usize> {
        self.touched(range).filter_map(Piece::slot).collect()
    }

    /// All slots with the place where each stands in the masked text.
    pub(super) fn all_slots(&self) -> impl DoubleEndedIterator<Item = (usize, usize)> + '_ {
        self.pieces.iter().filter_map(|p| p.slot().map(|slot| (p.at().start, slot)))
    }

    /// Pieces stand in order, none over another.
    fn touched<'a>(&'a self, range: &Range<usize>) -> impl Iterator<Item = &'a Piece> + use<'a> {
        let from = self.pieces.partition_point(|p| p.at().end <= range.start);
        let end = range.end;
        self.pieces[from..].iter().take_while(move |p| p.at().start < end)
    }
}
