//! The text of a query as far as it can be looked at before it is parsed.

/// The text with `_` for each byte of strings, addresses, comments and escaped characters, but for line ends.
pub(super) fn bare(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut bare = bytes.to_vec();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let end = if *byte == b'#' { until(bytes, at, |b| b == b'\n') } else { piece(bytes, at) };
        if end > at + 1 {
            bare[at..end].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b'_');
        }
        at = end.max(at + 1);
    }
    // What is left is whole characters: strings, addresses and comments begin and end with ASCII.
    String::from_utf8_lossy(&bare).into_owned()
}

/// A query's text without comments, and with one space for each stretch of them and of spaces.
pub fn normalised(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut kept = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b'#' => until(bytes, at, |b| b == b'\n'),
            b if b.is_ascii_whitespace() => until(bytes, at, |b| !b.is_ascii_whitespace()),
            _ => piece(bytes, at),
        };
        if *byte == b'#' || byte.is_ascii_whitespace() {
            if kept.last().is_some_and(|last| *last != b' ') {
                kept.push(b' ');
            }
        } else {
            kept.extend_from_slice(&bytes[at..end]);
        }
        at = end;
    }
    String::from_utf8_lossy(&kept).trim_end().to_owned()
}

/// Whether a query may find something else each time that it is asked of the same data.
pub fn varies(text: &str) -> bool {
    const FUNCTIONS: [&str; 5] = ["now", "rand", "uuid", "struuid", "bnode"];
    let bare = bare(text).to_ascii_lowercase();
    bare.split(|c: char| !(c.is_alphanumeric() || "_?$:".contains(c))).any(|word| FUNCTIONS.contains(&word))
}

/// What a query begins with behind its declarations: `select`, `ask`, `construct` or `describe`. It may be no query at all.
pub fn kind(text: &str) -> Option<&'static str> {
    const KINDS: [&str; 4] = ["select", "ask", "construct", "describe"];
    let bare = bare(text);
    let mut words = bare.split(|c: char| c.is_whitespace() || "{}()*<>?$".contains(c)).filter(|word| !word.is_empty());
    // An address may end right before it.
    words.find_map(|word| KINDS.into_iter().find(|kind| word.trim_start_matches('_').eq_ignore_ascii_case(kind)))
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

/// One past the end of the string, address or escaped character that begins at `at`, or of the byte that stands there.
fn piece(bytes: &[u8], at: usize) -> usize {
    let end = match bytes[at] {
        quote @ (b'"' | b'\'') => string_end(bytes, at, quote),
        b'<' => {
            let end = until(bytes, at + 1, |b| b <= b' ' || b"<>\"{}|^`\\".contains(&b));
            if bytes.get(end) == Some(&b'>') { end + 1 } else { at + 1 }
        }
        b'\\' => at + 2,
        _ => at + 1,
    };
    end.min(bytes.len())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_part_of_a_query_is_not_looked_at() {
        let text = "SELECT * # every (\n{ ?s <urn:#a> \"é # {\\\" x\" ; ex:p\\( 'y' . ?b ?a ?s FILTER(?a < 3) }";
        assert_eq!(normalised(text), "SELECT * { ?s <urn:#a> \"é # {\\\" x\" ; ex:p\\( 'y' . ?b ?a ?s FILTER(?a < 3) }");
        assert_eq!(normalised(" ASK\n\t{} "), "ASK {}");
        let bare = bare(text);
        assert_eq!(bare.matches(['{', '(']).count(), 2);
        assert_eq!(variables(&bare), ["s", "b", "a"]);
        assert!(selects_all(&bare) && !selects_all("SELECT ?a { SELECT * { ?a ?b ?c } }") && selects_all("select distinct*{}"));
        assert_eq!(kind("# ask\nPREFIX ask: <urn:select> select*{ ASK {} }"), Some("select"));
        assert_eq!((kind("base <x>construct{}"), kind("INSERT DATA {}"), kind("")), (Some("construct"), None, None));
        assert!(varies("SELECT (NOW() AS ?n) {}") && varies("ASK { BIND(rand () AS ?r) }") && !varies("ASK { ?s ?now 'now()' }"));
    }
}
