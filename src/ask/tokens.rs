//! A question as words: folded, with what their writing tells and their place in the question.

use super::words::is_elided;
use crate::model::id::fold;
use std::ops::Range;

/// A word of a question or a name.
#[allow(clippy::struct_excessive_bools)] // they tell how a word is written, each by itself
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The word in lower case without accents; `'s` for a possessive, `l'` for an elided article.
    pub text: String,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Whether it is written in capitals, as acronyms are.
    pub upper: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether a hyphen joins it to the word before.
    pub joined: bool,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Whether it is an IRI, or the short form of one.
    pub iri: bool,
}

/// More words than this are no question.
pub const LONGEST: usize = 60;

/// A text of more bytes than this is no question, and is not read to its end.
pub const LARGEST: usize = 4_000;

/// Whether a text is too long to be a question.
pub fn is_too_long(text: &str, tokens: &[Token]) -> bool {
    text.len() > LARGEST || tokens.len() > LONGEST
}

/// As much of a text as is read.
pub fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LARGEST)).unwrap_or_default()
}

/// The words of a text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut quoted = false;
    for chunk in chunks(text) {
        let (range, raw) = (chunk.clone(), &text[chunk]);
        let bare = raw.trim_matches(|c: char| matches!(c, '<' | '>' | '?' | ',' | ';' | '!' | '¿' | '"'));
        if let Some(at) = raw.find(bare).filter(|_| is_iri(bare)) {
            let start = range.start + at;
            found.push(Token {
                text: bare.to_owned(),
                range: start..start + bare.len(),
                upper: false,
                capital: false,
                joined: false,
                quoted,
                iri: true,
            });
            continue;
        }
        split(raw, range.start, &mut quoted, &mut found);
    }
    found
}

/// What blanks divide.
fn chunks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn is_iri(text: &str) -> bool {
    text.starts_with("id:") && text.contains('/') || text.starts_with("http://") || text.starts_with("https://")
}

/// Splits a chunk at everything that is no letter or digit; apostrophes and hyphens leave a trace.
fn split(raw: &str, offset: usize, quoted: &mut bool, found: &mut Vec<Token>) {
    let mut start: Option<usize> = None;
    let mut joined = false;
    let first = found.len();
    let chars: Vec<(usize, char)> = raw.char_indices().collect();
    for (i, &(at, c)) in chars.iter().chain([&(raw.len(), ' ')]).enumerate() {
        if is_part(c) || (is_mark(c) && start.is_some()) || is_within_number(&chars, i) {
            start = start.or(Some(at));
            continue;
        }
        let next = chars.get(i + 1).map(|(_, c)| *c);
        let apostrophe = matches!(c, '\'' | '’' | 'ʼ' | '`');
        if let Some(from) = start.take() {
            let within = apostrophe && (next.is_some_and(is_part) || is_elided(&format!("{}'", fold(&raw[from..at]))));
            push(raw, from..at, offset, within, joined, *quoted, found);
            joined = matches!(c, '-' | '‐' | '‑') && next.is_some_and(is_part);
        }
        match c {
            '"' | '“' | '”' | '«' | '»' => *quoted = matches!(c, '“' | '«') || (c == '"' && !*quoted),
            _ => {}
        }
    }
    possessive(found, first);
}

fn push(raw: &str, range: Range<usize>, offset: usize, elided: bool, joined: bool, quoted: bool, found: &mut Vec<Token>) {
    let word = &raw[range.clone()];
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let mut text = fold(word).replace('œ', "oe").replace('æ', "ae").replace('ß', "ss");
    if elided && letters.len() <= 6 {
        text.push('\'');
    }
    found.push(Token {
        upper: letters.len() >= 2 && letters.iter().all(|c| c.is_uppercase()),
        capital: letters.first().is_some_and(|c| c.is_uppercase()),
        text,
        range: offset + range.start..offset + range.end,
        joined,
        quoted,
        iri: false,
    });
}

/// `Mexico's` is a name and a possessive; `don't` is one word. Elided `l'`, `d'`, `qu'` stay words of their own.
fn possessive(found: &mut Vec<Token>, first: usize) {
    let mut i = first;
    while i + 1 < found.len() {
        let elided = found[i].text.ends_with('\'');
        let next = found[i + 1].text.clone();
        if elided && next == "s" {
            found[i].text.pop();
            "'s".clone_into(&mut found[i + 1].text);
        } else if elided && next == "t" {
            let end = found[i + 1].range.end;
            found[i].text.push('t');
            found[i].range.end = end;
            found.remove(i + 1);
        } else if elided && !is_elided(&found[i].text) {
            found[i].text.pop();
        }
        i += 1;
    }
    if let Some(last) = found.get_mut(first..).and_then(<[Token]>::last_mut)
        && last.text.ends_with('\'')
        && !is_elided(&last.text)
    {
        last.text.pop();
    }
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '&' | '$' | '€' | '£')
}

/// Whether a point or a comma stands within a number: 5.4, 5,000,000; more than three digits behind it are a number of their own.
fn is_within_number(chars: &[(usize, char)], at: usize) -> bool {
    const MOST: usize = 3;
    let digit = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_ascii_digit());
    let sign = chars.get(at).is_some_and(|(_, c)| matches!(c, '.' | ','));
    let behind = (at + 1..).take_while(|i| digit(*i)).take(MOST + 1).count();
    sign && at.checked_sub(1).is_some_and(digit) && (1..=MOST).contains(&behind)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The words of a phrase of the data files or of a name, as they are compared.
pub fn phrase(text: &str) -> Vec<String> {
    if text == "'s" {
        return vec![text.to_owned()];
    }
    tokens(text).into_iter().map(|token| token.text).collect()
}

/// `{a,b}` spelt out: `fund{,s}` is `fund` and `funds`.
pub fn spelt_out(pattern: &str) -> Vec<String> {
    let Some((head, rest)) = pattern.split_once('{') else { return vec![pattern.to_owned()] };
    let Some((choices, tail)) = rest.split_once('}') else { return vec![pattern.to_owned()] };
    let tails = spelt_out(tail);
    choices.split(',').flat_map(|choice| tails.iter().map(move |tail| format!("{head}{choice}{tail}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_what_their_writing_tells() {
        let all = tokens("¿Qué hizo la DOL-funded “Blue Heart” de l'UE, Mexico's workers' id:country/mex?");
        let texts: Vec<&str> = all.iter().map(|t| t.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "que",
                "hizo",
                "la",
                "dol",
                "funded",
                "blue",
                "heart",
                "de",
                "l'",
                "ue",
                "mexico",
                "'s",
                "workers",
                "id:country/mex"
            ]
        );
        assert!(all[3].upper && all[4].joined && all[5].quoted && !all[7].quoted && all[13].iri);
        assert_eq!(phrase("Qu’est-ce que c'est, didn't"), ["qu'", "est", "ce", "que", "c'", "est", "didn't"]);
        assert_eq!(spelt_out("fund{,s} by{,e}"), ["fund by", "fund bye", "funds by", "funds bye"]);
        assert_eq!(spelt_out("a{b"), ["a{b"]);
    }
}
