//! The words of a cell without what is printed among them for other ends: citations, footnote marks.

use crate::extract::reader::Reader;
use crate::extract::tokens::{Kind, Token, tokens};
use crate::extract::vocabulary::Vocabulary;
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// The signs that refer to a note.
pub(super) const MARKS: &[char] = &['†', '‡', '*', '§', '¶'];

/// The citations in a text, `(3)`, `(17,141)`, `(58; 60)`, `(58-60)`, brackets included. A period `(2017–2021)` is none: its numbers are
/// longer.
fn citations(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|i| i + from) {
        from = open + 1;
        let Some(close) = text[open..].find(')').map(|i| i + open) else { break };
        let inner = &text[open + 1..close];
        let mut numbers = inner.split([',', ';', '–', '—', '-']).map(str::trim);
        if numbers.all(|n| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit())) {
            out.push(open..close + 1);
        }
    }
    out
}

/// What is no part of a cell's words: its citations and marks.
pub(super) fn apparatus(text: &str) -> Vec<Range<usize>> {
    let mut out = citations(text);
    let cited = out.len();
    let mut from = 0;
    // Most characters are a byte each, and no mark.
    while let Some(near) = text.as_bytes()[from..].iter().position(|byte| *byte == b'*' || !byte.is_ascii()) {
        let at = from + near;
        let Some(c) = text[at..].chars().next() else { break };
        from = at + c.len_utf8();
        out.extend(MARKS.contains(&c).then_some(at..from));
    }
    if cited > 0 {
        out.sort_by_key(|r| r.start);
    }
    out
}

/// The same text, of the same length, with blanks in place of citations and marks.
pub(super) fn blanked(text: &str) -> Cow<'_, str> {
    let left_out = apparatus(text);
    if left_out.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = text.to_owned();
    for range in left_out {
        out.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    Cow::Owned(out)
}

/// A part of a text as it reads: without citations and marks.
pub(super) fn plain(text: &str) -> String {
    let text = blanked(text);
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !(out.is_empty() || word.starts_with(['.', ',', ';', ')'])) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Lower case, each character as long as it was, so that places stay.
pub(super) fn lowered(text: &str) -> String {
    text.chars()
        .map(|c| {
            let mut low = c.to_lowercase();
            match (low.next(), low.next()) {
                (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
                _ => c,
            }
        })
        .collect()
}

/// The tokens of an answer that is a row's text.
pub(super) fn tokens_of(reader: &Reader<'_>, at: usize) -> Rc<Vec<Token>> {
    let text = reader.report.answers[at].text.text();
    let tokens = || match reader.ahead.get(at).and_then(Option::as_deref) {
        Some(known) => in_cell(text, known.iter().cloned()),
        None => cell_tokens(text, reader.tools.vocabulary()),
    };
    reader.cells.get(at).map_or_else(|| tokens().into(), |known| known.get_or_init(|| tokens().into()).clone())
}

/// The tokens of a cell's words.
pub(super) fn cell_tokens(text: &str, words: Vocabulary<'_>) -> Vec<Token> {
    in_cell(text, tokens(text, words).into_iter())
}

/// Those of a text's tokens that are a cell's words. Sentences that are printed without a space between them are told apart.
fn in_cell(text: &str, tokens: impl Iterator<Item = Token>) -> Vec<Token> {
    let left_out = apparatus(text);
    let kept = |t: &Token| left_out.iter().all(|r| t.end() <= r.start || r.end <= t.start());
    let mut out: Vec<Token> = Vec::with_capacity(tokens.size_hint().0);
    let mut gap = false;
    for mut token in tokens {
        if !kept(&token) {
            gap = true;
            continue;
        }
        let mark = token.kind == Kind::Mark && !token.is('(') && !token.is('"') && !token.is('“') && !token.is('$');
        let [before, word] = [1, 2].map(|n| out.len().checked_sub(n).map(|i| &out[i]));
        let runs_on = token.capital
            && before.is_some_and(|t| t.is('.') && !t.spaced)
            && word.is_some_and(|t| t.kind == Kind::Word && !t.upper && t.folded.len() > 2);
        token.spaced = if mark { token.spaced && !gap } else { token.spaced || gap || runs_on };
        gap = false;
        out.push(token);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::vocabulary::{Language, Numbers};

    #[test]
    fn citations_and_marks_are_no_words() {
        let text = "Combats child labor. (4,104,106-109)In 2021 (2017–2021), UNIVET*† met (2; 13).The (1) Unit";
        let vocabulary = Vocabulary { numbers: &Numbers::default(), language: &Language::default() };
        let tokens = cell_tokens(text, vocabulary);
        let words: Vec<&str> = tokens.iter().map(|t| &text[t.range()]).collect();
        assert_eq!(words.join(" "), "Combats child labor . In 2021 ( 2017 – 2021 ) , UNIVET met . The Unit");
        assert!(tokens.iter().filter(|t| t.folded == "in" || t.folded == "the").all(|t| t.spaced));
        assert_eq!(plain("of child labor (2). Poor"), "of child labor. Poor");
    }
}
