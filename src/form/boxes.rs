//! Check boxes in an answer: `☒ Yes ☐ No`, `[X] Yes [ ] No`, `Yes ☑ No ☐`.

use std::ops::Range;

/// Signs of a box that is checked.
const CHECKED: &[&str] = &["☒", "☑", "🗹", "🗷", "✓", "✔", "✅", "✗", "✘", "[x]", "[X]", "[✓]", "[✔]"];
/// Signs of one that is not.
const EMPTY: &[&str] = &["☐", "□", "▢", "❏", "❑", "[ ]", "[]", "[_]"];
/// All others are brackets, or lie behind this character.
const FIRST_SIGN: char = '\u{2500}';
/// Brackets that are boxes where an empty pair of them stands in the same answer.
const ROUND: [(&str, bool); 4] = [("(x)", true), ("(X)", true), ("( )", false), ("()", false)];

/// What stands at a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Its words, without the sign.
    pub(super) range: Range<usize>,
    /// Whether the box is checked.
    pub(super) checked: bool,
}

/// The boxes of an answer in order; none if it has none.
pub(super) fn labels(text: &str) -> Vec<Label> {
    let signs = signs(text);
    let Some((first, last)) = signs.first().zip(signs.last()) else { return Vec::new() };
    // Signs stand before their words, unless words stand before the first sign and none behind the last one.
    let says = |range: Range<usize>| text.get(range).unwrap_or_default().contains(char::is_alphanumeric);
    let behind = says(0..first.0.start) && !says(last.0.end..text.len());
    let label = |(at, (sign, checked)): (usize, &(Range<usize>, bool))| {
        let range = if behind {
            at.checked_sub(1).and_then(|before| signs.get(before)).map_or(0, |(before, _)| before.end)..sign.start
        } else {
            sign.end..signs.get(at + 1).map_or(text.len(), |(next, _)| next.start)
        };
        Label { range, checked: *checked }
    };
    signs.iter().enumerate().map(label).filter(|label| says(label.range.clone())).collect()
}

/// The signs of boxes in the order of the text, and whether each is checked.
fn signs(text: &str) -> Vec<(Range<usize>, bool)> {
    // Hardly any answer has one.
    if !text.contains(|c: char| matches!(c, '[' | '(') || c >= FIRST_SIGN) {
        return Vec::new();
    }
    let square = CHECKED.iter().map(|sign| (*sign, true)).chain(EMPTY.iter().map(|sign| (*sign, false)));
    let round = ROUND.into_iter().filter(|_| text.contains("( )") || text.contains("()"));
    let mut found: Vec<(Range<usize>, bool)> = square
        .chain(round)
        .flat_map(|(sign, checked)| text.match_indices(sign).map(move |(at, _)| (at..at + sign.len(), checked)))
        .collect();
    found.sort_by_key(|(range, _)| range.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, bool)> {
        labels(text).into_iter().map(|label| (text[label.range].trim(), label.checked)).collect()
    }

    #[test]
    fn signs_stand_before_their_words_or_behind() {
        assert_eq!(read("☒ Yes ☐ No"), [("Yes", true), ("No", false)]);
        assert_eq!(read("Yes ☐ No ☑"), [("Yes", false), ("No", true)]);
        assert_eq!(read("[ ] Sí [X] No"), [("Sí", false), ("No", true)]);
        assert_eq!(read("(x) Oui ( ) Non"), [("Oui", true), ("Non", false)]);
        assert_eq!(read("Oui ✓"), [("Oui", true)]);
        assert_eq!(read("In 2020 (x) men came"), []);
    }
}
