//! The rows of a table that has no rules: where something new begins in its first column, and beside it in the others.

use super::block::starts_item;
use super::line::Line;
use std::ops::Range;

/// Baselines nearer than this, in points, are one.
pub(super) const LEVEL: f32 = 3.0;
/// A step of this many times the usual one is a gap.
const GAP: f32 = 1.2;

/// A column's lines from the top, with the step that is usual between them.
struct Column<'a> {
    lines: &'a [Line],
    pitch: f32,
    /// How much lower than the first column it begins in a row, where its lines are set wider.
    lower: f32,
}

impl Column<'_> {
    /// Whether a gap stands before a line.
    fn gap(&self, at: usize) -> bool {
        at == 0 || self.lines[at].baseline - self.lines[at - 1].baseline > GAP * self.pitch
    }
    /// The line that begins beside a line of the first column.
    fn beside(&self, baseline: f32) -> Option<usize> {
        self.lines.iter().position(|l| (l.baseline - baseline - self.lower).abs() < LEVEL)
    }
}

/// The usual distance of baselines: the lower quartile, which are lines of one paragraph, not the gaps between. Where all lines
/// stand further apart than any paragraph's, it is what their size makes usual.
pub(super) fn pitch(lines: &[Line]) -> f32 {
    let size = lines.first().map_or(10.0, |l| l.size);
    lower_quartile(steps(lines).collect()).unwrap_or(1.2 * size)
}

/// The steps between lines that can be those of a paragraph.
pub(super) fn steps(lines: &[Line]) -> impl Iterator<Item = f32> {
    let size = lines.first().map_or(10.0, |l| l.size);
    lines.windows(2).map(|w| w[1].baseline - w[0].baseline).filter(move |step| *step > LEVEL && *step < 2.4 * size)
}

/// The value below which a quarter of some values lie.
pub(super) fn lower_quartile(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 4).copied()
}

/// The rows of a table of columns, each as the lines that it takes of each column. `pitches` are the usual distances of lines
/// of the columns, where more is known of them than these lines tell.
pub(super) fn rows(columns: &[Vec<Line>], pitches: &[f32]) -> Vec<Vec<Range<usize>>> {
    let pitch = |at: usize| pitches.get(at).copied().unwrap_or_else(|| pitch(&columns[at]));
    let Some((first, rest)) = columns.split_first() else { return Vec::new() };
    let first = Column { lines: first, pitch: pitch(0), lower: 0.0 };
    let rest: Vec<Column<'_>> = rest.iter().enumerate().map(|(i, lines)| beside(&first, lines, pitch(i + 1))).collect();
    let tops: Vec<f32> = starts(&first, &rest).into_iter().map(|at| first.lines[at].baseline).collect();
    // What stands above the first row is the rest of a row on the page before.
    let rest_above = |top: f32| rest.iter().any(|c| c.lines.first().is_some_and(|l| l.baseline < top + c.lower - LEVEL));
    let mut from: Vec<f32> = tops.first().filter(|top| rest_above(**top)).map(|_| f32::MIN).into_iter().collect();
    from.extend(tops);
    (0..from.len().max(1))
        .map(|row| {
            let cut = |column: &Column<'_>| {
                let place = |top: f32| column.lines.partition_point(|l| l.baseline < top + column.lower - LEVEL);
                let start = if row == 0 { 0 } else { place(from[row]) };
                start..from.get(row + 1).map_or(column.lines.len(), |next| place(*next))
            };
            std::iter::once(&first).chain(&rest).map(cut).collect()
        })
        .collect()
}

/// A further column: how much lower it begins is what is usual where something new begins in both.
fn beside<'a>(first: &Column<'_>, lines: &'a [Line], pitch: f32) -> Column<'a> {
    let mut column = Column { lines, pitch, lower: 0.0 };
    let reach = (column.pitch - first.pitch).abs() + LEVEL;
    let starts = || (0..lines.len()).filter(|at| column.gap(*at)).map(|at| lines[at].baseline);
    let mut steps: Vec<f32> = (0..first.lines.len())
        .filter(|at| first.gap(*at))
        .filter_map(|at| {
            let here = first.lines[at].baseline;
            starts().map(|there| there - here).filter(|d| d.abs() < reach).min_by(|a, b| a.abs().total_cmp(&b.abs()))
        })
        .collect();
    steps.sort_by(f32::total_cmp);
    column.lower = steps.get(steps.len() / 2).copied().unwrap_or_default();
    column
}

/// The lines of the first column in which a row begins.
fn starts(first: &Column<'_>, rest: &[Column<'_>]) -> Vec<usize> {
    let lines = first.lines;
    let right = lines.iter().map(|l| l.area.x1).fold(f32::MIN, f32::max);
    let numbered = |at: usize| lines[at].text.starts_with(|c: char| c.is_ascii_digit()) && starts_item(&lines[at].text);
    let counted = (0..lines.len()).filter(|at| numbered(*at)).count();
    let gaps = (0..lines.len()).filter(|at| first.gap(*at)).count();
    let by_number = counted >= 3 && counted * 2 >= gaps;
    let mut out = Vec::new();
    for at in 0..lines.len() {
        let line = &lines[at];
        let Some(before) = at.checked_sub(1).map(|b| &lines[b]) else {
            out.push(at);
            continue;
        };
        let begun: Vec<(&Column<'_>, usize)> =
            rest.iter().filter_map(|c| c.beside(line.baseline).map(|beside| (c, beside))).collect();
        let new_beside = begun.iter().any(|(column, beside)| column.gap(*beside));
        // Nothing goes on beside it: another column has no line near, or one that ends above and begins below.
        let free = rest.iter().all(|c| {
            let top = line.baseline + c.lower;
            c.lines.iter().all(|l| (l.baseline - top).abs() > 0.9 * c.pitch.min(first.pitch) || (l.baseline - top).abs() < LEVEL)
        });
        let lower = line.text.starts_with(char::is_lowercase);
        let ended = before.text.ends_with(['.', '?', '!', ':', ']', ')', ';']);
        let room = before.area.x1 + line.first_word() + 0.3 * line.size < right;
        let changed = line.bold != before.bold;
        let begins = if lower {
            false
        } else if numbered(at) {
            free && (first.gap(at) || new_beside || ended || room)
        } else if first.gap(at) {
            free && (!by_number || new_beside || begun.is_empty() || changed)
        } else {
            free && (changed && (begun.is_empty() || new_beside) || (ended || room) && new_beside && !by_number)
        };
        if begins {
            out.push(at);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::ink::Area;
    use super::*;

    fn line(text: &str, x0: f32, baseline: f32, bold: bool) -> Line {
        let area = Area::new(x0, baseline - 8.0, x0 + 100.0, baseline + 2.0);
        Line { text: text.to_owned(), area, baseline, size: 10.0, bold, page: 1, number: 0 }
    }

    #[test]
    fn bold_type_begins_a_row_though_the_line_above_is_full() {
        let first = vec![
            line("91. Whom did the Government", 50.0, 100.0, false),
            line("consult about its report of this year", 50.0, 112.0, false),
            line("Ratification intention of the Government", 50.0, 124.0, true),
            line("61. If you have ratified the Convention but", 50.0, 136.0, false),
            line("not the Protocol, what of it?", 50.0, 148.0, false),
        ];
        let second = vec![line("The unions", 200.0, 100.0, false), line("Likely", 200.0, 136.0, false)];
        let found = rows(&[first, second], &[12.0, 12.0]);
        let lines: Vec<Vec<Range<usize>>> = vec![vec![0..2, 0..1], vec![2..3, 1..1], vec![3..5, 1..2]];
        assert_eq!(found, lines);
    }
}
