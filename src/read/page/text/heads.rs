//! Running heads, feet and page numbers of leaves: what the first and the last lines of several say alike.

use super::leaf::{Leaf, Written, key};
use super::title::is_numbered;
use crate::model::layout::Furniture;
use std::collections::{HashMap, HashSet};

/// Most lines of a head or foot.
const MOST: usize = 4;
/// A line of fewer letters may begin or end several pages by chance.
const LETTERS: usize = 4;

/// Takes the furniture out of the leaves: from the edge inwards, lines that so many leaves have, and numbers beside them.
pub(super) fn remove(leaves: &mut [Leaf]) -> Vec<Furniture> {
    let mut seen: HashMap<(bool, String), HashSet<u32>> = HashMap::new();
    for leaf in leaves.iter() {
        for foot in [false, true] {
            for line in edge(&leaf.lines, foot) {
                seen.entry((foot, key(line))).or_default().insert(leaf.number);
            }
        }
    }
    let enough = (leaves.len() * 3 / 10).clamp(2, 6);
    let mut furniture = Vec::new();
    for leaf in leaves.iter_mut() {
        for foot in [false, true] {
            let repeats = |line: &Written| {
                let key = key(line);
                let letters = key.chars().filter(|c| c.is_alphabetic()).count();
                // The caption of a table that goes on over pages is none.
                let again = letters >= LETTERS && !is_numbered(&line.text());
                again && seen.get(&(foot, key)).is_some_and(|pages| pages.len() >= enough)
            };
            let is_number = |line: &Written| line.letters.iter().all(|c| c.is_ascii_digit() || c.is_whitespace());
            let taken = edge(&leaf.lines, foot).take_while(|line| repeats(line) || is_number(line)).count();
            let told = edge(&leaf.lines, foot).take(taken).any(repeats);
            if !told {
                continue;
            }
            let lines = if foot { leaf.lines.len() - taken..leaf.lines.len() } else { 0..taken };
            let furnished = leaf.lines.drain(lines).map(|line| Furniture { page: leaf.number, text: line.text() });
            furniture.extend(furnished);
        }
    }
    furniture
}

/// The first lines of a leaf from the top, or the last from the bottom.
fn edge(lines: &[Written], foot: bool) -> impl Iterator<Item = &Written> {
    let (head, tail) = if foot { (None, Some(lines.iter().rev())) } else { (Some(lines.iter()), None) };
    head.into_iter().flatten().chain(tail.into_iter().flatten()).take(MOST)
}
