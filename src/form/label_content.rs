//! Which row content is of that stands above its label, or between a category and a label of one name.

use super::headings::Head;
use super::labels::{Labelled, Labels};
use super::layout::Layout;
use std::ops::Range;

/// Gives a label the content that stands between the name of its category and its own beginning, where both are one word: which
/// of the two came first cannot be told from the word.
pub(super) fn between_namesakes(rows: &mut [Labelled], labels: &Labels) {
    for row in 1..rows.len() {
        let (Head::Section(section), Head::Label(label)) = (rows[row - 1].head, rows[row].head) else { continue };
        if labels.begins_as(label, section) {
            let mut content = std::mem::take(&mut rows[row - 1].content);
            content.append(&mut rows[row].content);
            rows[row].content = content;
        }
    }
}

/// Gives labels the content that stands above them: where lines that stand together hold one label each, as rows do whose
/// labels are centred, a row's first lines may come before its label.
pub(super) fn above_labels(rows: &mut [Labelled], layout: &Layout) {
    let is_label = |row: usize| matches!(rows[row].head, Head::Label(_));
    let labels: Vec<usize> = (0..rows.len()).filter(|row| is_label(*row)).collect();
    let block = |line: usize| (0..=line).rev().find(|l| layout.lines.get(*l).is_none_or(|l| l.gap > 0)).unwrap_or(0);
    let blocks: Vec<usize> = labels.iter().map(|row| block(rows[*row].line)).collect();
    if blocks.windows(2).any(|pair| pair[0] == pair[1]) {
        return; // blank lines do not part the rows
    }
    // The row that has a line, the row that the line is of, and the lines.
    let mut moves: Vec<(usize, usize, Range<usize>)> = Vec::new();
    for (row, block) in labels.into_iter().zip(blocks) {
        let above = block..rows[row].line;
        for before in (0..row).filter(|before| !is_label(*before) || rows[*before].line < block) {
            let content = &rows[before].content;
            let inside = content.iter().filter(|(line, _)| above.contains(line)).count();
            if inside > 0 && inside == content.len() && is_label(before) {
                return; // blank lines stand between labels and their content
            }
            if inside > 0 {
                moves.push((before, row, above.clone()));
            }
        }
    }
    for (before, row, lines) in moves {
        let content = std::mem::take(&mut rows[before].content);
        let (mut above, others): (Vec<_>, Vec<_>) = content.into_iter().partition(|(line, _)| lines.contains(line));
        rows[before].content = others;
        above.append(&mut rows[row].content);
        rows[row].content = above;
    }
}
