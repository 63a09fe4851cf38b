//! Words, numbers and marks of a passage, its sentences, and the items of its lists.

use super::vocabulary::{Senses, Vocabulary};
use crate::knowledge::words::word_end;
use crate::model::id::fold;
use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, perhaps with digits.
    Word,
    /// Digits only.
    Number,
    /// A single other character.
    Mark,
}

/// A word, number or mark of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it begins and ends, in bytes of the passage: in few bytes themselves, for there are many tokens.
    bytes: (u32, u32),
    /// Its text in lower case without accents.
    pub folded: String,
    /// The number of that text in the vocabulary.
    pub word: u32,
    /// What it can be in the language of the passage.
    senses: Senses,
    /// The mark that it is.
    mark: Option<char>,
    /// What it is.
    pub kind: Kind,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether it has two letters or more and all are capitals.
    pub upper: bool,
    /// Whether white space stands before it.
    pub spaced: bool,
}

impl Token {
    /// Where it begins, in bytes of the passage.
    pub(super) fn start(&self) -> usize {
        self.bytes.0 as usize
    }
    /// Where it ends.
    pub(super) fn end(&self) -> usize {
        self.bytes.1 as usize
    }
    /// Where it stands, in bytes of the passage.
    pub(super) fn range(&self) -> Range<usize> {
        self.start()..self.end()
    }
    /// Whether it can be this in the language of the passage.
    pub(super) fn can_be(&self, sense: Senses) -> bool {
        self.senses.any(sense)
    }
    /// Whether it is this mark.
    pub(super) fn is(&self, mark: char) -> bool {
        self.mark == Some(mark)
    }
    /// Whether it is a word or a number.
    pub(super) fn is_wordlike(&self) -> bool {
        self.kind != Kind::Mark
    }
}

/// Whether a token is an apostrophe, straight or curved.
pub(super) fn apostrophe(token: &Token) -> bool {
    token.is('\'') || token.is('’')
}

/// Whether a token is what an apostrophe ties to the name of an owner: the `s` of "the Ministry's Unit".
pub(super) fn ends_owner(token: Option<&Token>, endings: &[String]) -> bool {
    token.is_some_and(|t| !t.spaced && endings.contains(&t.folded))
}

/// A phrase of a lexicon as folded words and marks.
pub(super) fn phrase(text: &str) -> Vec<String> {
    pieces(text).map(|piece| fold(&text[piece.range])).collect()
}

/// The words and numbers of a text, folded, without its marks, each ended by a space.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for piece in pieces(text).filter(|piece| piece.kind(text) != Kind::Mark) {
        let word = &text[piece.range];
        if piece.ascii {
            out.extend(word.bytes().map(|b| char::from(b.to_ascii_lowercase())));
        } else {
            out.push_str(&fold(word));
        }
        out.push(' ');
    }
    out
}

/// Whether a token is a word of a phrase; apostrophes are one, straight or curved.
pub(super) fn same_word(token: &Token, word: &str) -> bool {
    token.folded == word || word == "'" && apostrophe(token)
}

/// The tokens of a text.
pub(super) fn tokens(text: &str, words: Vocabulary<'_>) -> Vec<Token> {
    /// So many bytes a token has, or more, with the space before it.
    const BYTES: usize = 5;
    let mut out = Vec::with_capacity(text.len() / BYTES + 1);
    out.extend(pieces(text).map(|piece| piece.token(text, words)));
    out
}

/// A word, number or mark as it is cut out of a text.
struct Piece {
    range: Range<usize>,
    spaced: bool,
    /// Whether all of it is of ASCII characters.
    ascii: bool,
    /// Of the letters before the first other character.
    capitals: usize,
    small: usize,
}

/// The pieces of a text.
fn pieces(text: &str) -> impl Iterator<Item = Piece> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut spaced = at == 0;
        loop {
            let c = character(text, at)?;
            if c.is_whitespace() {
                spaced = true;
                at += c.len_utf8();
                continue;
            }
            let start = at;
            let (mut capitals, mut small) = (0, 0);
            while let Some(byte) = bytes.get(at).filter(|b| b.is_ascii_alphanumeric()) {
                capitals += usize::from(byte.is_ascii_uppercase());
                small += usize::from(byte.is_ascii_lowercase());
                at += 1;
            }
            let mut ascii = c.is_ascii();
            if at == start {
                at += c.len_utf8();
            }
            if c.is_alphanumeric() && !(ascii && bytes.get(at).is_none_or(u8::is_ascii)) {
                let end = word_end(text, at);
                ascii &= at == end;
                at = end;
            }
            return Some(Piece { range: start..at, spaced, ascii, capitals, small });
        }
    })
}

/// The character at a place; most are a byte each.
fn character(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() { Some(char::from(byte)) } else { text.get(at..)?.chars().next() }
}

impl Piece {
    fn kind(&self, text: &str) -> Kind {
        let word = &text[self.range.clone()];
        if !word.starts_with(char::is_alphanumeric) {
            Kind::Mark
        } else if self.capitals + self.small > 0 || !self.ascii && word.contains(char::is_alphabetic) {
            Kind::Word
        } else {
            Kind::Number
        }
    }

    /// Whether it has two letters or more and all are capitals.
    fn upper(&self, text: &str) -> bool {
        let word = &text[self.range.clone()];
        if self.ascii || self.small > 0 {
            return self.small == 0 && self.capitals >= 2;
        }
        !word.contains(char::is_lowercase) && word.chars().filter(|c| c.is_alphabetic()).count() >= 2
    }

    fn token(self, text: &str, words: Vocabulary<'_>) -> Token {
        let word = &text[self.range.clone()];
        let folded = if self.ascii && self.capitals == 0 { word.to_owned() } else { fold(word) };
        let kind = self.kind(text);
        let accented = !self.ascii && kind == Kind::Word && folded != word.to_lowercase();
        let (number, senses) = words.look_up(&folded);
        let bytes = [self.range.start, self.range.end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        Token {
            bytes: bytes.into(),
            mark: folded.chars().next().filter(|_| kind == Kind::Mark),
            folded,
            word: number,
            senses: if accented { senses.and(Senses::ACCENTED) } else { senses },
            kind,
            capital: word.starts_with(char::is_uppercase),
            upper: self.upper(text),
            spaced: self.spaced,
        }
    }
}

/// A sentence, as a range of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Its tokens, without those of a list marker.
    pub tokens: Range<usize>,
    /// The list item it belongs to, counted from 0 over the passage: a new number where a marker begins an item.
    pub item: usize,
}

/// A sentence has no more tokens than this, which are some four pages: what goes on for longer without a full stop is read in parts, for
/// to read it takes as long as it is long, for each thing that it says.
const LONGEST: usize = 2000;

/// The sentences of a passage. `abbreviations` are folded words whose full stop ends no sentence.
pub(super) fn sentences(tokens: &[Token], abbreviations: &[String]) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::new();
    let (mut start, mut item, mut at) = (0, 0, 0);
    let mut close = |start: usize, end: usize, item: usize| {
        out.extend(parts(tokens, start..end).into_iter().map(|tokens| Sentence { tokens, item }));
    };
    while at < tokens.len() {
        if let Some(length) = marker(tokens, at) {
            close(start, at, item);
            item += 1;
            at += length;
            start = at;
        } else if ends_sentence(tokens, at, abbreviations) {
            at += 1;
            // The mark that closes a quotation behind the full stop belongs to it.
            at += usize::from(tokens.get(at).is_some_and(|t| !t.spaced && (t.is('”') || t.is('»') || t.is('"'))));
            close(start, at, item);
            start = at;
        } else {
            at += 1;
        }
    }
    close(start, tokens.len(), item);
    out
}

/// A sentence in parts that are not too long to be read: each ends behind a mark that parts words, or else between two words in lower
/// case, where no name does.
fn parts(tokens: &[Token], sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let Range { mut start, end } = sentence;
    while end > start + LONGEST {
        let last = start + LONGEST;
        let half = start + LONGEST / 2;
        let marked = |i: &usize| [';', ':', ','].iter().any(|mark| tokens[*i - 1].is(*mark)) && tokens[*i].spaced;
        let low = |t: &Token| t.kind == Kind::Word && !t.capital && t.spaced;
        let plain = |i: &usize| low(&tokens[*i - 1]) && low(&tokens[*i]);
        let cut = (half..=last).rev().find(marked).or_else(|| (half..=last).rev().find(plain)).unwrap_or(last);
        out.push(start..cut);
        start = cut;
    }
    out.extend((end > start).then_some(start..end));
    out
}

/// The number of tokens of a list marker that begins at a token: `1.`, `2)`, `3.-`, `a)`, `○`.
fn marker(tokens: &[Token], at: usize) -> Option<usize> {
    let token = &tokens[at];
    if token.kind == Kind::Mark && matches!(token.folded.as_str(), "○" | "•" | "▪" | "●" | "◦" | "·" | "" | "➢" | "✓")
    {
        return Some(1);
    }
    if let Some(length) = dated(tokens, at) {
        return Some(length);
    }
    let short = match token.kind {
        Kind::Number => token.folded.len() <= 2,
        Kind::Word => token.folded.len() == 1,
        Kind::Mark => false,
    };
    let after_break = at == 0 || tokens[at - 1].kind == Kind::Mark && !tokens[at - 1].is('(') && !tokens[at - 1].is('-');
    let dot = tokens.get(at + 1).filter(|t| !t.spaced)?;
    if !short || !token.spaced || !after_break || !(dot.is(')') || dot.is('.') && token.kind == Kind::Number) {
        return None;
    }
    let mut length = 2;
    if tokens.get(at + length).is_some_and(|t| t.is('-') && !t.spaced) {
        length += 1;
    }
    let next = tokens.get(at + length)?;
    // "four aims: 1) strengthening laws; and 2) …" is one sentence: its parts go on in lower case.
    let within = !next.capital && next.kind == Kind::Word && at > 0 && matches!(tokens[at - 1].folded.as_str(), ":" | ";" | ",");
    (next.spaced && (next.capital || next.kind == Kind::Mark || dot.is(')') && !within)).then_some(length)
}

/// The number of tokens of a mark that dates what follows it: `2012 AR:`, `2009-2010 ARs:`.
fn dated(tokens: &[Token], at: usize) -> Option<usize> {
    let year = |i: usize| tokens.get(i).is_some_and(|t| t.kind == Kind::Number && t.folded.len() == 4);
    // "in the 2012 AR: …" is a part of a sentence, "NIL 2012 AR: …" two of them.
    if !year(at) || !tokens[at].spaced || at > 0 && tokens[at - 1].kind == Kind::Word && !tokens[at - 1].capital {
        return None;
    }
    let range = tokens.get(at + 1).is_some_and(|t| (t.is('-') || t.is('–')) && !t.spaced) && year(at + 2);
    let end = at + if range { 3 } else { 1 };
    let short = tokens.get(end).is_some_and(|t| t.capital && t.kind == Kind::Word && t.folded.len() <= 3);
    (short && tokens.get(end + 1).is_some_and(|t| t.is(':') && !t.spaced)).then_some(end + 2 - at)
}

fn ends_sentence(tokens: &[Token], at: usize, abbreviations: &[String]) -> bool {
    let token = &tokens[at];
    if !(token.is('.') || token.is('?') || token.is('!') || token.is('…')) {
        return false;
    }
    let Some(next) = tokens.get(at + 1) else { return true };
    if !next.spaced && !next.is('"') && !next.is('”') && !next.is('»') {
        return false;
    }
    let before = at.checked_sub(1).map(|i| &tokens[i]);
    // "by agencies and NGO's. Members …": an ending behind an apostrophe is no abbreviation.
    let ending = at > 1 && !tokens[at - 1].spaced && apostrophe(&tokens[at - 2]) && !tokens[at - 2].spaced;
    let short = |b: &Token| b.kind == Kind::Word && (b.folded.len() == 1 || abbreviations.contains(&b.folded));
    if !ending && before.is_some_and(short) {
        return false;
    }
    next.capital || next.kind != Kind::Word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::vocabulary::{Language, Numbers};

    fn split(text: &str) -> Vec<(usize, String)> {
        let tokens = tokens(text, Vocabulary { numbers: &Numbers::default(), language: &Language::default() });
        sentences(&tokens, &["art".into()])
            .into_iter()
            .map(|s| (s.item, text[tokens[s.tokens.start].start()..tokens[s.tokens.end - 1].end()].to_owned()))
            .collect()
    }

    #[test]
    fn what_has_no_full_stop_for_pages_is_read_in_parts_that_cut_no_name() {
        let lengths = |text: &str| -> Vec<usize> {
            let parts = split(text);
            let cut = |part: &str| ["Ministerio", "El", "Faro", "de"].iter().any(|word| part.ends_with(word));
            assert!(!parts.iter().any(|(_, part)| cut(part)));
            parts.iter().map(|(_, part)| part.split(' ').count()).collect()
        };
        let names = "y el Ministerio de Mareas trabaja en ".repeat(1000);
        let all = lengths(&format!("{names}fin"));
        assert_eq!((all.len(), all.iter().sum::<usize>()), (4, 7001), "{all:?}");
        let listed = "El Faro de Mareas, ".repeat(1000);
        assert_eq!(lengths(&format!("{listed}fin")).iter().sum::<usize>(), 4001);
        assert_eq!(lengths(&"y uno en ".repeat(600)[..5399]).len(), 1);
    }

    #[test]
    fn items_and_sentences_are_told_apart() {
        let found =
            split("Tal es: 1. La STPS actúa, art. 2 y 3. Su objetivo es A; B. 2.- Otro Objetivo 4.- Dignificar. a) Uno,b) Dos");
        let expected = [
            (0, "Tal es:"),
            (1, "La STPS actúa, art. 2 y 3."),
            (1, "Su objetivo es A; B."),
            (2, "Otro Objetivo 4.- Dignificar."),
            (3, "Uno,b) Dos"),
        ];
        assert_eq!(found, expected.map(|(i, s)| (i, s.to_owned())));
        assert_eq!(split("They are the NGO's. The port's.").len(), 2);
        let running = "It has three aims: 1) better laws; 2) courts; and 3) care of victims.";
        assert_eq!(split(running), [(0, running.to_owned())]);
    }
}
