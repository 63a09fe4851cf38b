//! Text as words in the form in which they are compared: lower case, without accents and punctuation.

use crate::model::id::fold;
use std::ops::Range;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word, folded.
    pub text: String,
    /// Where it stands in the text that it was taken from, in bytes.
    pub range: Range<usize>,
}

/// The words of a text: its longest runs of letters and digits, folded.
pub fn words(text: &str) -> Vec<Word> {
    /// So many letters a word has, or fewer, with what stands before it.
    const WORD: usize = 6;
    let mut words = Vec::with_capacity(text.len() / WORD + 1);
    words.extend(each_word(text));
    words
}

/// The same one by one, for who needs the first ones only.
pub fn each_word(text: &str) -> impl Iterator<Item = Word> + '_ {
    places(text).map(|range| Word { text: fold(&text[range.clone()]), range })
}

/// Where each word of a text stands.
pub fn places(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = run(text, from, false);
        from = run(text, start, true);
        (start < from).then_some(start..from)
    })
}

/// Where the word ends that a place lies in.
pub fn word_end(text: &str, from: usize) -> usize {
    run(text, from, true)
}

/// Where a run of characters ends that begins at a place: of those that belong to words, or of the others.
fn run(text: &str, from: usize, of_words: bool) -> usize {
    let kind = if of_words { ByteKind::Word } else { ByteKind::Other };
    let mut rest = &text.as_bytes()[from..];
    // Most characters are a byte each.
    while let Some(length) = rest.iter().position(|byte| KINDS[usize::from(*byte)] != kind) {
        let end = text.len() - rest.len() + length;
        let c = text.get(end..).and_then(|rest| rest.chars().next());
        let Some(c) = c.filter(|c| !c.is_ascii() && is_of_word(*c) == of_words) else { return end };
        rest = &text.as_bytes()[end + c.len_utf8()..];
    }
    text.len()
}

/// What a byte is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByteKind {
    /// A letter or digit.
    Word,
    /// Another character.
    Other,
    /// A part of a character.
    Part,
}

/// Looked up, since each byte of a report is asked for more than once.
const KINDS: [ByteKind; 256] = {
    let mut kinds = [ByteKind::Part; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        kinds[byte as usize] = if byte.is_ascii_alphanumeric() { ByteKind::Word } else { ByteKind::Other };
        byte += 1;
    }
    kinds
};

/// Whether a character is a letter, a digit, or belongs to the letter before it.
fn is_of_word(c: char) -> bool {
    match c {
        // The usual ones of reports need no table.
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' => true,
        '¡' | '«' | '»' | '¿' | '‐'..='‧' => false,
        _ => c.is_alphanumeric() || is_mark(c),
    }
}

/// The words of a text, without their places.
pub fn folded_words(text: &str) -> Vec<String> {
    each_word(text).map(|word| word.text).collect()
}

/// Whether a character belongs to the letter before it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Where `phrase` first stands in `text`, word by word.
pub fn find(text: &[Word], phrase: &[String]) -> Option<Range<usize>> {
    if phrase.is_empty() {
        return None;
    }
    text.windows(phrase.len())
        .find(|window| window.iter().zip(phrase).all(|(word, wanted)| word.text == *wanted))
        .and_then(|window| Some(window.first()?.range.start..window.last()?.range.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_characters_are_what_tables_say() {
        for c in '\0'..='\u{FFFF}' {
            assert_eq!(is_of_word(c), c.is_alphanumeric() || is_mark(c), "{c}");
        }
    }

    #[test]
    fn words_are_folded_and_keep_their_place() {
        let text = "¿Sí, núm. 29? L’État";
        let all = words(text);
        assert_eq!(all.iter().map(|w| w.text.as_str()).collect::<Vec<_>>(), ["si", "num", "29", "l", "etat"]);
        assert_eq!(&text[all[0].range.clone()], "Sí");
        assert_eq!(find(&all, &folded_words("NUM 29")).map(|r| &text[r]), Some("núm. 29"));
        assert_eq!(find(&all, &[]), None);
    }
}
