//! What a page bears that is of no row: its number, at its head or foot.

use super::layout::{Layout, PAGE_GAP};
use crate::knowledge::words::each_word;
use crate::model::document::Document;
use std::collections::BTreeMap;

/// A line with a page's number has so many words at most: "Page 2 of 5".
const LONGEST: usize = 6;
/// The number of a page has so many digits at most; a year has more.
const DIGITS: usize = 3;

/// Adds the lines with numbers of pages to the running titles. They stand at the edges of pages, beside running titles too:
/// a bare number, or the same words with numbers that ascend.
pub(super) fn add_page_numbers(document: &Document, layout: &Layout, furniture: &mut Vec<usize>) {
    let lines = layout.lines.len();
    let is_title = |line: usize| furniture.contains(&line);
    let breaks = (1..lines)
        .filter(|line| layout.lines.get(*line).is_some_and(|l| l.gap >= PAGE_GAP) || is_title(*line) != is_title(*line - 1));
    let edges = breaks.flat_map(|line| [line - 1, line]).chain(lines.checked_sub(1)).filter(|line| !is_title(*line));
    let mut found: BTreeMap<String, Vec<(usize, u32)>> = BTreeMap::new();
    for line in edges {
        let Some((words, number)) = layout.lines.get(line).and_then(|l| numbered(document.slice(l.span))) else { continue };
        let same = found.entry(words).or_default();
        if same.last().is_none_or(|(last, _)| *last < line) {
            same.push((line, number));
        }
    }
    for (words, lines) in found {
        let ascend = lines.len() > 1 && lines.windows(2).all(|pair| pair[0].1 < pair[1].1);
        if ascend || !words.contains(char::is_alphabetic) {
            furniture.extend(lines.into_iter().map(|(line, _)| line));
        }
    }
    furniture.sort_unstable();
    furniture.dedup();
}

/// The words of a line that may bear a page's number, and the number.
fn numbered(text: &str) -> Option<(String, u32)> {
    let words: Vec<String> = each_word(text).take(LONGEST + 1).map(|word| word.text).collect();
    let number = |word: &String| word.parse::<u32>().ok().filter(|_| word.len() <= DIGITS);
    let found = words.iter().find_map(number)?;
    let others: Vec<&str> = words.iter().map(|word| number(word).map_or(word.as_str(), |_| "#")).collect();
    (words.len() <= LONGEST).then(|| (others.join(" "), found))
}
