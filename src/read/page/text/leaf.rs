//! The leaves of a text: its pages, as form feeds or the feet of pages divide them, each line in the pieces that blanks make of it.

use super::super::draw::push_letter;
use super::super::furniture::key;
use crate::model::document::Document;
use std::collections::HashMap;

/// A line of more pieces has no columns.
const WIDEST: usize = 64;

/// A page of a text, without its empty lines.
#[derive(Debug)]
pub(super) struct Leaf {
    /// From 1.
    pub(super) number: u32,
    pub(super) lines: Vec<Written>,
}

/// A line with something in it.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// Its number in the source, from 1.
    pub(super) number: usize,
    /// How many lines stand above it on its leaf, the empty ones among them.
    pub(super) row: usize,
    /// Its letters, each in its column.
    pub(super) letters: Vec<char>,
    /// What several blanks, a tab or a stroke divide.
    pub(super) pieces: Vec<Piece>,
    pub(super) divided: Divided,
}

/// A stretch of a line, from its first column to the one behind its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) text: String,
}

/// What divides the pieces of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Divided {
    /// Two blanks or more: a piece stands where its column is.
    Blanks,
    /// One tab each; a piece may be empty.
    Tabs,
    /// One upright stroke each; a piece may be empty.
    Strokes,
}

impl Written {
    /// All its words.
    pub(super) fn text(&self) -> String {
        let words = self.pieces.iter().map(|piece| piece.text.as_str()).filter(|text| !text.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }
    /// The column of its first letter.
    pub(super) fn from(&self) -> usize {
        self.pieces.first().map_or(0, |piece| piece.from)
    }
    /// The column behind its last letter.
    pub(super) fn to(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.to)
    }
    /// Whether nothing stands in a column, or the line has ended before it.
    pub(super) fn is_blank(&self, column: usize) -> bool {
        self.letters.get(column).is_none_or(|c| c.is_whitespace())
    }
    /// What stands between two columns, as a piece; `None` if nothing does.
    pub(super) fn between(&self, from: usize, to: usize) -> Option<Piece> {
        let to = to.min(self.letters.len());
        let inked = |at: &usize| !self.is_blank(*at);
        let (first, last) = ((from..to).find(inked)?, (from..to).rfind(inked)?);
        Some(Piece { from: first, to: last + 1, text: plain(&self.letters[first..=last]) })
    }

    fn new(number: usize, row: usize, line: &str) -> Option<Self> {
        let letters: Vec<char> = line.trim_end().chars().collect();
        if letters.iter().all(|c| c.is_whitespace()) {
            return None;
        }
        let (mut pieces, mut divided) = pieces(&letters);
        if pieces.len() > WIDEST {
            let from = pieces[0].from;
            pieces = vec![Piece { from, to: letters.len(), text: plain(&letters) }];
            divided = Divided::Blanks;
        }
        // The rule under the titles of a table that strokes divide.
        let drawn = |c: &char| "-:=+|_".contains(*c) || c.is_whitespace();
        if pieces.iter().all(|piece| piece.text.is_empty()) || letters.len() > 2 && letters.iter().all(drawn) {
            return None;
        }
        Some(Self { number, row, letters, pieces, divided })
    }
}

/// Letters in their plain form, with one space between words.
fn plain(letters: &[char]) -> String {
    let mut text = String::with_capacity(letters.len());
    let mut gap = false;
    for letter in letters {
        if letter.is_whitespace() {
            gap = true;
            continue;
        }
        let end = text.len();
        if letter.is_ascii_graphic() {
            text.push(*letter);
        } else {
            push_letter(&mut text, *letter);
        }
        if text.len() > end {
            if gap && end > 0 {
                text.insert(end, ' ');
            }
            gap = false;
        }
    }
    text
}

fn pieces(letters: &[char]) -> (Vec<Piece>, Divided) {
    let inked = |c: &&char| !c.is_whitespace();
    let start = letters.iter().position(|c| !c.is_whitespace()).unwrap_or_default();
    let strokes = letters.iter().filter(|c| **c == '|').count();
    let framed = letters.get(start) == Some(&'|');
    let spaced = letters.windows(3).filter(|w| w[1] == '|' && w[0].is_whitespace() && w[2].is_whitespace()).count();
    if strokes >= 2 && framed || strokes > 0 && spaced == strokes {
        let end = if framed && letters.last() == Some(&'|') { letters.len() - 1 } else { letters.len() };
        let from = if framed { start + 1 } else { start };
        return (cut(letters, from, end.max(from), '|'), Divided::Strokes);
    }
    let tab = letters.iter().skip(start).any(|c| *c == '\t');
    if tab {
        // What tabs only set in has no first piece.
        let from = if letters[..start].contains(&'\t') { 0 } else { start };
        return (cut(letters, from, letters.len(), '\t'), Divided::Tabs);
    }
    let mut out = Vec::new();
    let mut at = start;
    while at < letters.len() {
        let gap = letters[at..].windows(2).position(|w| w.iter().all(|c| c.is_whitespace()));
        let to = gap.map_or(letters.len(), |gap| at + gap);
        out.push(Piece { from: at, to, text: plain(&letters[at..to]) });
        at = to + letters[to..].iter().position(|c| inked(&c)).unwrap_or(letters.len() - to);
    }
    out.retain(|piece| !piece.text.is_empty());
    (out, Divided::Blanks)
}

/// The pieces between separators, the empty ones among them.
fn cut(letters: &[char], from: usize, to: usize, at: char) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut start = from;
    for part in letters[from..to].split(|c| *c == at) {
        out.push(Piece { from: start, to: start + part.len(), text: plain(part) });
        start += part.len() + 1;
    }
    out
}

/// The leaves of a document, and whether form feeds divide them; where none does, the feet of pages do.
pub(super) fn leaves(document: &Document) -> (Vec<Leaf>, bool) {
    let fed = document.text.contains('\u{c}');
    let mut lines: Vec<Vec<&str>> = vec![Vec::new()];
    for line in document.lines().map(|span| document.slice(span)) {
        let mut parts = line.split('\u{c}');
        lines.last_mut().into_iter().for_each(|leaf| leaf.extend(parts.next()));
        // A form feed before the first words of a line: they are its next page's first line, and bear the same number.
        for part in parts {
            lines.push(vec![part]);
        }
    }
    let mut number = 1;
    let mut leaves = Vec::new();
    for (page, leaf) in (1..).zip(&lines) {
        let first = number;
        let written = leaf.iter().enumerate().filter_map(|(row, line)| Written::new(first + row, row, line)).collect();
        leaves.push(Leaf { number: page, lines: written });
        number += leaf.len().saturating_sub(1);
    }
    if fed { (leaves, true) } else { (leaves.into_iter().flat_map(by_feet).collect(), false) }
}

/// The number that a line is, or that stands at one of its ends.
pub(super) fn number(line: &Written) -> Option<u32> {
    let text = line.text();
    let mut words = text.split(' ');
    let (first, last) = (words.next().unwrap_or_default(), words.next_back());
    last.and_then(|word| word.parse().ok()).or_else(|| first.parse().ok())
}

/// Divides a text without form feeds behind the lines that come again with a higher number each time: the feet of its pages.
fn by_feet(leaf: Leaf) -> Vec<Leaf> {
    /// Letters of a foot, at least.
    const LETTERS: usize = 8;
    let lines = leaf.lines;
    let alone = |at: usize| lines.get(at).filter(|line| key(&line.text()).is_empty()).and_then(number);
    let mut seen: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        let key = key(&line.text());
        if key.chars().filter(|c| c.is_alphabetic()).count() < LETTERS {
            continue;
        }
        // The number stands on the line, or by itself on the next or the one before.
        let own = number(line).filter(|n| !(1900..2100).contains(n));
        let found = own.map(|n| (at, n)).or_else(|| alone(at + 1).map(|n| (at + 1, n)));
        let found = found.or_else(|| at.checked_sub(1).and_then(alone).map(|n| (at, n)));
        if let Some(found) = found {
            seen.entry(key).or_default().push(found);
        }
    }
    let rises = |feet: &Vec<(usize, u32)>| feet.len() >= 2 && feet.windows(2).all(|w| w[1].1 > w[0].1);
    let mut ends: Vec<usize> = seen.into_values().filter(rises).flatten().map(|(at, _)| at).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut out = Vec::new();
    let mut rest = lines.into_iter().enumerate().peekable();
    for (page, end) in (leaf.number..).zip(ends.into_iter().chain([usize::MAX])) {
        let mut lines = Vec::new();
        while let Some((_, line)) = rest.next_if(|(at, _)| *at <= end) {
            lines.push(line);
        }
        let top = lines.first().map_or(0, |line: &Written| line.row);
        for line in &mut lines {
            line.row -= top;
        }
        out.push(Leaf { number: page, lines });
    }
    out.retain(|leaf| !leaf.lines.is_empty());
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn line(text: &str) -> Written {
        Written::new(1, 0, text).unwrap()
    }

    #[test]
    fn lines_are_divided_by_blanks_tabs_and_strokes() {
        let of = |text: &str| line(text).pieces.into_iter().map(|p| p.text).collect::<Vec<_>>();
        assert_eq!(of("  Inspection office   Visits  mines"), ["Inspection office", "Visits", "mines"]);
        assert_eq!(of("Office\t\tVisits mines"), ["Office", "", "Visits mines"]);
        assert_eq!(of("| Office | Visits mines |"), ["Office", "Visits mines"]);
        assert_eq!(of("Office | Visits"), ["Office", "Visits"]);
        assert_eq!(of("either|or is one word"), ["either|or is one word"]);
        assert!(Written::new(1, 0, "|---|:---:|").is_none() && Written::new(1, 0, " \u{a0} ").is_none());
    }

    #[test]
    fn a_page_that_its_foot_ends_begins_at_its_own_top() {
        let page = |number: usize| format!("left{number}     right{number}\n\nAnnual findings on work {number}\n");
        let text: String = (1..=3).map(page).collect();
        let document = crate::read::document("a.txt", text.as_bytes()).unwrap();
        let (leaves, fed) = leaves(&document);
        let rows: Vec<Vec<usize>> = leaves.iter().map(|leaf| leaf.lines.iter().map(|line| line.row).collect()).collect();
        assert!(!fed);
        assert_eq!(rows, [[0, 2], [0, 2], [0, 2]]);
    }

    #[test]
    fn a_line_of_endless_pieces_has_no_columns() {
        let line = line(&"a    b    ".repeat(50_000));
        assert_eq!((line.pieces.len(), line.divided), (1, Divided::Blanks));
    }

    #[test]
    fn a_piece_stands_where_its_letters_do() {
        let line = line("Né  à l’est");
        assert_eq!(line.pieces[1], Piece { from: 4, to: 11, text: "à l’est".to_owned() });
        assert_eq!(line.between(3, 5).unwrap().text, "à");
        assert!(line.is_blank(2) && line.is_blank(90) && !line.is_blank(4));
    }
}
