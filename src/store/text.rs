//! The text of a query as far as it can be looked at before it is parsed.

/// The text with `_` for each byte of strings, addresses, comments and escaped characters, but for line ends.
pub(super) fn bare(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut bare = bytes.to_vec();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b'#' => until(bytes, at, |b| b == b'\n'),
            b'"' | b'\'' => string_end(bytes, at, *byte),
            b'<' => {
                let end = until(bytes, at + 1, |b| b <= b' ' || b"<>\"{}|^`\\".contains(&b));
                if bytes.get(end) == Some(&b'>') { end + 1 } else { at }
            }
            b'\\' => at + 2,
            _ => at,
        };
        let end = end.min(bytes.len());
        bare[at..end.max(at)].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b'_');
        at = end.max(at + 1);
    }
    // What is left is whole characters: strings, addresses and comments begin and end with ASCII.
    String::from_utf8_lossy(&bare).into_owned()
}

/// Whether the first `SELECT` of a bare text is one of everything.
pub(super) fn selects_all(bare: &str) -> bool {
    let spaced = bare.replace('*', " * ");
    let mut words = spaced.split(|c: char| c.is_whitespace() || "{}()".contains(c)).filter(|word| !word.is_empty());
    let is = |word: &&str, name: &str| word.eq_ignore_ascii_case(name);
    words.find(|word| is(word, "select")).is_some()
        && words.find(|word| !is(word, "distinct") && !is(word, "reduced")) == Some("*")
}

/// The names of the variables of a bare text, in the order in which they stand in it first.
pub(super) fn variables(bare: &str) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    for piece in bare.split(['?', '$']).skip(1) {
        let name = &piece[..piece.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(piece.len())];
        if !name.is_empty() && !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// The first position from `at` whose byte fits, or the end.
fn until(bytes: &[u8], at: usize, fits: impl Fn(u8) -> bool) -> usize {
    bytes[at.min(bytes.len())..].iter().position(|b| fits(*b)).map_or(bytes.len(), |offset| at + offset)
}

/// One past the end of the string that begins at `at`; just past its quote if it has no end.
fn string_end(bytes: &[u8], at: usize, quote: u8) -> usize {
    let long = bytes[at..].starts_with(&[quote; 3]);
    let (mark, mut position) = if long { (&[quote; 3][..], at + 3) } else { (&[quote][..], at + 1) };
    while let Some(byte) = bytes.get(position) {
        if bytes[position..].starts_with(mark) {
            return position + mark.len();
        }
        if *byte == b'\n' && !long {
            break;
        }
        position += if *byte == b'\\' { 2 } else { 1 };
    }
    at + 1
}
