//! Texts with the words marked that were looked for, cut where they are long.

use super::asked::Marks;
use super::text::{Languages, words};
use super::told::Marked;

/// A passage is shown with at most so many characters.
const LONGEST: usize = 320;
/// So many of them stand before the first mark, where it is far from the beginning.
const BEFORE: usize = 80;

/// A text with its marks, and how many different words those are.
pub(super) fn marked(text: &str, language: &str, marks: &Marks, languages: &Languages) -> (Marked, usize) {
    let place = languages.place(language);
    let mut different = std::collections::BTreeSet::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    let (mut bytes, mut characters) = (0, 0);
    let mut at = |byte: usize| {
        characters += text.get(bytes..byte).map_or(0, |between| between.chars().count());
        bytes = byte;
        characters
    };
    for word in words(text) {
        if marks.has(&word, place, languages) {
            let (from, to) = (at(word.range.start), at(word.range.end));
            places.push((from, to));
            different.insert(word.folded);
        }
    }
    (Marked { text: text.to_owned(), language: language.to_owned(), marks: places }, different.len())
}

/// The part of a long text around its first marks.
pub(super) fn cut(whole: Marked) -> Marked {
    let characters: Vec<char> = whole.text.chars().collect();
    if characters.len() <= LONGEST {
        return whole;
    }
    let first = whole.marks.first().map_or(0, |mark| mark.0);
    let mut from = if first < LONGEST * 2 / 3 { 0 } else { first - BEFORE };
    from = from.min(characters.len() - LONGEST);
    let is_space = |at: &usize| characters.get(*at).is_some_and(|c| c.is_whitespace());
    if from > 0 {
        from = (from..first).find(is_space).map_or(from, |space| space + 1);
    }
    let mut to = (from + LONGEST).min(characters.len());
    if to < characters.len() {
        to = (from + LONGEST / 2..to).rev().find(is_space).unwrap_or(to);
    }
    let (before, after) = (from > 0, to < characters.len());
    let text: String = before
        .then_some('…')
        .into_iter()
        .chain(characters.get(from..to).unwrap_or_default().iter().copied())
        .chain(after.then_some('…'))
        .collect();
    let shift = usize::from(before);
    let inside = whole.marks.iter().filter(|(start, end)| from <= *start && *end <= to);
    let marks = inside.map(|(start, end)| (start - from + shift, end - from + shift)).collect();
    Marked { text, marks, ..whole }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn marks(exact: &[&str], stems: &[(usize, &str)]) -> Marks {
        Marks {
            exact: exact.iter().map(|word| (*word).to_owned()).collect(),
            stems: stems.iter().map(|(place, stem)| (*place, (*stem).to_owned())).collect(),
        }
    }

    #[test]
    fn words_and_stems_are_marked_where_they_stand() {
        let languages = Languages::load().unwrap();
        let es = languages.place("es").unwrap();
        let stem = languages.all[es].stem("trabajador");
        let (found, different) = marked("¿Ñandú? Los trabajadores del maíz", "es", &marks(&["maiz"], &[(es, &stem)]), &languages);
        let pieces = found.pieces();
        let marked: Vec<&str> = pieces.iter().filter(|piece| piece.1).map(|piece| piece.0.as_str()).collect();
        assert_eq!(marked, ["trabajadores", "maíz"]);
        assert_eq!(pieces.iter().map(|piece| piece.0.as_str()).collect::<String>(), "¿Ñandú? Los trabajadores del maíz");
        assert_eq!(different, 2);
    }

    #[test]
    fn a_long_text_is_cut_around_its_marks() {
        let languages = Languages::load().unwrap();
        let text = format!("{}cocoa farms {}", "words and words ".repeat(60), "and more words ".repeat(60));
        let short = cut(marked(&text, "en", &marks(&["cocoa"], &[]), &languages).0);
        assert!(
            short.text.chars().count() <= LONGEST + 2 && short.text.starts_with('…') && short.text.ends_with('…'),
            "{}",
            short.text
        );
        assert_eq!(short.pieces().into_iter().find(|piece| piece.1).unwrap().0, "cocoa");
        let none = cut(marked(&text, "en", &marks(&[], &[]), &languages).0);
        assert!(none.text.starts_with("words") && none.text.ends_with('…'));
    }
}
