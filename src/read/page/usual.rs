//! Tables without rules that come again and again with the same columns: where these are known, short rows are known, too.

use super::flow::{self, Known, Stretch, Usual};
use super::line::Line;
use super::part::Part;
use super::rows::{LEVEL, lower_quartile, steps};
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

/// The columns that most rows of tables without rules have.
pub(super) fn usual(sheets: &[Sheet]) -> Usual {
    let mut seen: Vec<(Vec<Part>, usize)> = Vec::new();
    for sheet in sheets {
        for stretch in flow::stretches(sheet.lines.clone(), &Known::default()) {
            let Stretch::Table(part) = stretch else { continue };
            let rows = part.rows.iter().filter(|row| row.iter().filter(|c| !c.lines.is_empty()).count() > 1).count();
            match seen.iter_mut().find(|(parts, _)| parts.first().is_some_and(|p| same(p, &part))) {
                Some((parts, count)) => {
                    parts.push(part);
                    *count += rows;
                }
                None => seen.push((vec![part], rows)),
            }
        }
    }
    let all: usize = seen.iter().map(|(_, rows)| rows).sum();
    let most = seen.into_iter().max_by_key(|(_, rows)| *rows).filter(|(_, rows)| *rows >= ROWS && rows * 2 > all);
    let Some((parts, _)) = most else { return Usual::default() };
    let edges: Vec<f32> = parts.first().map(|p| p.edges[..p.columns()].to_vec()).unwrap_or_default();
    let pitch = |column: usize| {
        let cells = || parts.iter().flat_map(|p| &p.rows).flatten().filter(|c| c.column == column).map(|c| c.lines.as_slice());
        let size = cells().flatten().next().map_or(10.0, |line| line.size);
        lower_quartile(cells().flat_map(steps).collect()).unwrap_or(1.2 * size)
    };
    let pitches = (0..edges.len()).map(pitch).collect();
    Usual { edges, pitches }
}

/// Whether two parts have columns that begin in the same places.
fn same(a: &Part, b: &Part) -> bool {
    let edges = a.edges.iter().zip(&b.edges).take(a.columns());
    a.columns() == b.columns() && edges.into_iter().all(|(a, b)| (a - b).abs() < EDGE)
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
