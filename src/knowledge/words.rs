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
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_mark(c) };
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word { text: fold(&text[from..at]), range: from..at });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The words of a text, without their places.
pub fn folded_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.text).collect()
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
    fn words_are_folded_and_keep_their_place() {
        let text = "¿Sí, núm. 29? L’État";
        let all = words(text);
        assert_eq!(all.iter().map(|w| w.text.as_str()).collect::<Vec<_>>(), ["si", "num", "29", "l", "etat"]);
        assert_eq!(&text[all[0].range.clone()], "Sí");
        assert_eq!(find(&all, &folded_words("NUM 29")).map(|r| &text[r]), Some("núm. 29"));
        assert_eq!(find(&all, &[]), None);
    }
}
