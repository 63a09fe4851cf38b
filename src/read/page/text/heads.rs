//! Running heads, feet and page numbers of leaves: what the first and the last lines of several say alike.

use super::super::furniture::{MOST, enough, key};
use super::leaf::{Leaf, Written, number};
use super::title::is_numbered;
use crate::model::layout::Furniture;
use std::collections::{HashMap, HashSet};

/// A line of fewer letters may begin or end several pages by chance.
const LETTERS: usize = 4;

/// Takes the furniture out of the leaves: from the edge inwards, lines that so many leaves have, and numbers beside them.
pub(super) fn remove(leaves: &mut [Leaf]) -> Vec<Furniture> {
    let mut seen: HashMap<(bool, String), HashSet<u32>> = HashMap::new();
    for leaf in leaves.iter() {
        for foot in [false, true] {
            for line in edge(&leaf.lines, foot) {
                seen.entry((foot, key(&line.text()))).or_default().insert(leaf.number);
            }
        }
    }
    let enough = enough(leaves.len());
    let repeats = |line: &Written, foot: bool| {
        let key = key(&line.text());
        let letters = key.chars().filter(|c| c.is_alphabetic()).count();
        // The caption of a table that goes on over pages is none.
        let again = letters >= LETTERS && !is_numbered(&line.text());
        again && seen.get(&(foot, key)).is_some_and(|pages| pages.len() >= enough)
    };
    // How far the numbers of pages are from those of leaves. Where every other page has a foot of its own, its number tells it.
    let ahead = |leaf: &Leaf, line: &Written| number(line).map(|number| i64::from(number) - i64::from(leaf.number));
    let told = |foot: bool| -> HashSet<i64> {
        let lines = leaves.iter().flat_map(|leaf| edge(&leaf.lines, foot).map(move |line| (leaf, line)));
        lines.filter(|(_, line)| repeats(line, foot)).filter_map(|(leaf, line)| ahead(leaf, line)).collect()
    };
    let told = [told(false), told(true)];
    let mut furniture = Vec::new();
    for leaf in leaves.iter_mut() {
        for foot in [false, true] {
            let is_number = |line: &Written| line.letters.iter().all(|c| c.is_ascii_digit() || c.is_whitespace());
            let counts = |line: &Written| ahead(leaf, line).is_some_and(|ahead| told[usize::from(foot)].contains(&ahead));
            let fits = |line: &Written| repeats(line, foot) || counts(line);
            let taken = edge(&leaf.lines, foot).take_while(|line| fits(line) || is_number(line)).count();
            if !edge(&leaf.lines, foot).take(taken).any(fits) {
                continue;
            }
            let lines = if foot { leaf.lines.len() - taken..leaf.lines.len() } else { 0..taken };
            // A title and the page's number stand at two ends of a line.
            let pieces = leaf.lines.drain(lines).flat_map(|line| line.pieces).filter(|piece| !piece.text.is_empty());
            furniture.extend(pieces.map(|piece| Furniture { page: leaf.number, text: piece.text }));
        }
    }
    furniture
}

/// The first lines of a leaf from the top, or the last from the bottom.
fn edge(lines: &[Written], foot: bool) -> impl Iterator<Item = &Written> {
    let (head, tail) = if foot { (None, Some(lines.iter().rev())) } else { (Some(lines.iter()), None) };
    head.into_iter().flatten().chain(tail.into_iter().flatten()).take(MOST)
}
