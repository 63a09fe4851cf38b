//! Where titles' names and acronyms stand in a text.

use super::super::made::known_spot;
use super::super::runs::length_of;
use super::{Titled, Titles};
use crate::extract::spots::Spot;
use crate::extract::tokens::{Kind, Token, plain};
use rustc_hash::FxHashSet;

impl Titles {
    /// Where the titles' names and acronyms stand in a text, as spots.
    pub(in crate::extract::rows) fn spots(&self, text: &str, toks: &[Token]) -> Vec<Spot> {
        let words: Vec<usize> = (0..toks.len()).filter(|i| toks[*i].is_wordlike()).collect();
        let letter = |word: &str| word.chars().next();
        let acronyms: FxHashSet<Option<char>> = self.all.iter().filter_map(|t| t.acronym.as_deref()).map(letter).collect();
        // Hardly a word begins a title: that is seen before more is looked at.
        let may_begin = |token: &Token| {
            begins_name(token) && self.firsts.contains(&token.folded) || acronyms.contains(&letter(&text[token.range()]))
        };
        let mut out = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let longest = if may_begin(&toks[words[from]]) { self.longest_at(text, toks, &words, from) } else { None };
            match longest {
                Some((titled, length)) => {
                    let tokens = words[from]..words[from + length - 1] + 1;
                    // "the KRG's Ministry of Interior (KMOI)" is the one with this acronym.
                    let bracket = |t: &&Titled| {
                        let [open, word, close] = [0, 1, 2].map(|n| toks.get(tokens.end + n));
                        let enclosed = open.is_some_and(|t| t.is('(')) && close.is_some_and(|t| t.is(')'));
                        let written = word.and_then(|w| text.get(w.range())).filter(|_| enclosed);
                        written.is_some() && written == t.acronym.as_deref()
                    };
                    let titled = self.all.iter().find(bracket).unwrap_or(titled);
                    out.push(known_spot(tokens, titled.kind.clone(), titled.id));
                    from += length;
                }
                None => from += 1,
            }
        }
        out
    }

    fn longest_at(&self, text: &str, toks: &[Token], words: &[usize], from: usize) -> Option<(&Titled, usize)> {
        let first = &toks[words[from]];
        let written = &text[first.range()];
        let mut best: Option<(&Titled, usize)> = None;
        let begins = begins_name(first);
        for titled in &self.all {
            for form in titled.forms.iter().filter(|form| begins && form.first() == Some(&first.folded)) {
                let length = length_of(toks, words.get(from..).unwrap_or_default(), form);
                let named = form.len() > 1 || first.capital && first.folded.len() > 3;
                let length = length.filter(|_| named).unwrap_or_default();
                if best.map_or(0, |(_, n)| n) < length {
                    best = Some((titled, length));
                }
            }
            let acronym = titled.acronym.as_ref();
            if let Some(acronym) = acronym.filter(|acronym| acronym.chars().next() == written.chars().next()) {
                let parts = plain(acronym).split_terminator(' ').count();
                let end = words.get(from + parts - 1).map(|i| toks[*i].end());
                let same = first.capital && end.and_then(|e| text.get(first.start()..e)) == Some(acronym.as_str());
                // "MAP 16" and "MAP16".
                let spaced = same || written.len() > 2 && *written == acronym.replace(' ', "");
                // "the CPCs" are the committees that a title calls "(CPC)".
                let plural = |e: &String| written.strip_suffix(e.as_str()) == Some(acronym.as_str());
                let spaced = spaced || acronym.len() > 2 && self.plurals.iter().any(plural);
                if spaced && best.is_none_or(|(_, n)| n < parts) {
                    best = Some((titled, if same { parts } else { 1 }));
                }
            }
        }
        best
    }
}

/// Whether a word is written as one that a name begins with.
fn begins_name(word: &Token) -> bool {
    word.capital || word.kind == Kind::Number
}
