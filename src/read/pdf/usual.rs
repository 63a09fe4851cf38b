//! Tables without rules that come again and again with the same columns: where these are known, short rows are known, too.

use super::flow::{self, Known, Stretch};
use super::line::Line;
use super::rows::LEVEL;
use super::sheet::Sheet;
use std::ops::Range;

/// Lines that begin so near to where a column begins, in points, begin with it.
const EDGE: f32 = 2.5;
/// Lines are set in so far at most.
const INSET: f32 = 45.0;
/// The space between two columns, in points, at least.
const GUTTER: f32 = 2.0;
/// So many rows make columns usual.
const ROWS: usize = 4;

/// Where the columns begin that most rows of tables without rules have.
pub(super) fn usual(sheets: &[Sheet]) -> Vec<f32> {
    let mut seen: Vec<(Vec<f32>, usize)> = Vec::new();
    for sheet in sheets {
        for stretch in flow::stretches(sheet.lines.clone(), &Known::default()) {
            let Stretch::Table(part) = stretch else { continue };
            let edges = &part.edges[..part.columns()];
            let same = |known: &[f32]| {
                known.len() == edges.len() && known.iter().zip(edges).all(|(a, b): (&f32, &f32)| (a - b).abs() < EDGE)
            };
            let rows = part.rows.iter().filter(|row| row.iter().filter(|c| !c.lines.is_empty()).count() > 1).count();
            match seen.iter_mut().find(|(known, _)| same(known)) {
                Some((_, count)) => *count += rows,
                None => seen.push((edges.to_vec(), rows)),
            }
        }
    }
    let all: usize = seen.iter().map(|(_, rows)| rows).sum();
    let most = seen.into_iter().max_by_key(|(_, rows)| *rows);
    most.filter(|(_, rows)| *rows >= ROWS && rows * 2 > all).map(|(edges, _)| edges).unwrap_or_default()
}

/// The column in which a line lies wholly.
fn column(line: &Line, known: &[f32]) -> Option<usize> {
    let at = known.iter().rposition(|x| line.area.x0 >= x - EDGE)?;
    known.get(at + 1).is_none_or(|next| line.area.x1 <= next - GUTTER).then_some(at)
}

/// Whether lines on one baseline keep to the columns: in each the first begins where the column does, or is set in a little;
/// the others are words that stand far apart in justified text.
fn keeps(level: &[Line], known: &[f32]) -> bool {
    level.iter().enumerate().all(|(i, line)| {
        let Some(at) = column(line, known) else { return false };
        line.area.x0 <= known[at] + INSET || level[..i].iter().any(|before| column(before, known) == Some(at))
    })
}

/// The stretches of lines, by baseline, that keep to the columns, with something in a further one.
pub(super) fn segments(lines: &[Line], known: &[f32]) -> Vec<Range<usize>> {
    if known.len() < 2 {
        return Vec::new();
    }
    let right = lines.iter().map(|l| l.area.x1).fold(f32::MIN, f32::max);
    let mut out = Vec::new();
    let mut from = 0;
    let mut at = 0;
    // The last line that ran across the columns and was full, which goes on in the next.
    let mut across: Option<&Line> = None;
    while at < lines.len() {
        let mut end = at + 1;
        while end < lines.len() && lines[end].baseline - lines[at].baseline < LEVEL {
            end += 1;
        }
        let level = &lines[at..end];
        let goes_on = |before: &Line| {
            let [line] = level else { return false };
            let step = line.baseline - before.baseline;
            let full = before.area.x1 + line.first_word() + 0.3 * line.size > right;
            full && line.bold == before.bold && (line.size - before.size).abs() < 0.5 && step < 1.5 * line.size
        };
        let keeps = keeps(level, known) && !across.is_some_and(goes_on);
        across = if keeps { None } else { level.last() };
        if !keeps {
            out.push(from..at);
            from = end;
        }
        at = end;
    }
    out.push(from..lines.len());
    let begins = |line: &Line| column(line, known).filter(|c| (line.area.x0 - known[*c]).abs() < EDGE);
    for segment in &mut out {
        // A title above the table may keep to the columns, but does not begin with one.
        while segment.start < segment.end && begins(&lines[segment.start]).is_none() {
            segment.start += 1;
        }
    }
    out.retain(|segment| lines[segment.clone()].iter().any(|line| begins(line) > Some(0)));
    out
}

/// Lines that keep to the columns, by column.
pub(super) fn columns(lines: &[Line], known: &[f32]) -> Vec<Vec<Line>> {
    let mut out: Vec<Vec<Line>> = vec![Vec::new(); known.len()];
    for line in lines {
        if let Some(column) = column(line, known).and_then(|c| out.get_mut(c)) {
            column.push(line.clone());
        }
    }
    out
}
