//! Lines to columns: what stands beside each other is read column by column, or row by row where it is a table without rules.

use super::block::starts_item;
use super::ink::Area;
use super::line::Line;
use super::part::{Part, PartCell};
use super::rows::{LEVEL, pitch, rows};
use super::usual;
use std::ops::Range;

/// The narrowest gap between two columns, in points; lines are divided only where they leave more, or are drawn apart.
const GUTTER: f32 = 3.5;

/// What a stretch of a page is, in reading order.
#[derive(Debug)]
pub(super) enum Stretch {
    /// Lines one under the other.
    Lines(Vec<Line>),
    /// A table told by the alignment of its words.
    Table(Part),
}

/// Where columns of tables without rules are known to begin.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Those of the last such table, which may go on.
    pub(super) last: Vec<f32>,
    /// Those of most such tables in the document: a few lines are enough to know them again.
    pub(super) usual: Usual,
}

/// The columns of most tables without rules.
#[derive(Clone, Debug, Default)]
pub(super) struct Usual {
    /// Where they begin.
    pub(super) edges: Vec<f32>,
    /// The distance of lines in each.
    pub(super) pitches: Vec<f32>,
}

/// Orders the lines of a region.
pub(super) fn stretches(mut lines: Vec<Line>, known: &Known) -> Vec<Stretch> {
    lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.area.x0.total_cmp(&b.area.x0)));
    let mut out: Vec<Stretch> = Vec::new();
    let mut done = 0;
    let Usual { edges, pitches } = &known.usual;
    for segment in usual::segments(&lines, edges) {
        by_gutters(&mut out, &lines[done..segment.start], &known.last);
        done = segment.start;
        let columns = usual::columns(&lines[segment.clone()], edges);
        if let Some(part) = aligned(&columns, edges, pitches) {
            out.push(Stretch::Table(part));
            done = segment.end;
        }
    }
    by_gutters(&mut out, &lines[done..], &known.last);
    out
}

/// Orders lines by the gaps between them alone.
fn by_gutters(out: &mut Vec<Stretch>, lines: &[Line], known: &[f32]) {
    let mut done = 0;
    let mut at = 0;
    while at < lines.len() {
        let beside = lines.get(at + 1).is_some_and(|next| next.baseline - lines[at].baseline < LEVEL);
        if beside && let Some((start, end, gutters)) = band(lines, done, at) {
            plain(out, &lines[done..start]);
            columns(out, &lines[start..end], &gutters, known);
            (done, at) = (end, end);
        } else {
            at += 1;
        }
    }
    plain(out, &lines[done..]);
}

/// Lines of one column; what stands on one baseline all the same is one line.
fn plain(out: &mut Vec<Stretch>, lines: &[Line]) {
    let mut merged: Vec<Line> = Vec::new();
    for line in lines {
        match merged.last_mut() {
            Some(last) if (line.baseline - last.baseline).abs() < LEVEL && line.area.x0 >= last.area.x1 - 1.0 => {
                last.text.push(' ');
                last.text.push_str(&line.text);
                last.area = last.area.union(line.area);
                last.bold &= line.bold;
            }
            _ => merged.push(line.clone()),
        }
    }
    if merged.is_empty() {
        return;
    }
    if let Some(Stretch::Lines(before)) = out.last_mut()
        && before.last().zip(merged.first()).is_some_and(|(a, b)| a.baseline < b.baseline)
    {
        before.extend(merged);
    } else {
        out.push(Stretch::Lines(merged));
    }
}

/// The gaps between covered stretches of a line.
fn gaps(covered: &[(f32, f32)]) -> Vec<(f32, f32)> {
    covered.windows(2).map(|w| (w[0].1, w[1].0)).filter(|(a, b)| b - a >= GUTTER).collect()
}

fn cover(covered: &mut Vec<(f32, f32)>, area: Area) {
    covered.push((area.x0, area.x1));
    covered.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut joined: Vec<(f32, f32)> = Vec::new();
    for (x0, x1) in covered.drain(..) {
        match joined.last_mut() {
            Some(last) if x0 < last.1 + 1.0 => last.1 = last.1.max(x1),
            _ => joined.push((x0, x1)),
        }
    }
    *covered = joined;
}

/// The first line of a run, the line after its last, and the gutters that go through it, each from left to right.
type Band = (usize, usize, Vec<(f32, f32)>);

/// The longest run of lines around `start`, and not before `done`, through which a gutter goes, and the gutters; each column
/// has two lines at least.
fn band(lines: &[Line], done: usize, start: usize) -> Option<Band> {
    let mut covered = Vec::new();
    let mut end = start;
    let mut first = 0; // lines on the first baseline, which open the gutters
    while end < lines.len() {
        let mut next = covered.clone();
        cover(&mut next, lines[end].area);
        let opens = lines[end].baseline - lines[start].baseline < LEVEL;
        if !opens && gaps(&next).is_empty() {
            break;
        }
        // A large empty stretch ends the band.
        if end > start && lines[end].baseline - lines[end - 1].baseline > 90.0 {
            break;
        }
        first += usize::from(opens);
        covered = next;
        end += 1;
    }
    let mut gutters = gaps(&covered);
    if first < 2 || gutters.is_empty() {
        return None;
    }
    let start = upwards(lines, done, start, &gutters);
    gutters.retain(|g| {
        let left = lines[start..end].iter().filter(|l| l.area.x1 <= g.0 + 0.5).count();
        let right = lines[start..end].iter().filter(|l| l.area.x0 >= g.1 - 0.5).count();
        left >= 2 && right >= 2
    });
    (!gutters.is_empty()).then_some((start, end, gutters))
}

/// The first line above a band that still keeps clear of its gutters and stands close.
fn upwards(lines: &[Line], from: usize, at: usize, gutters: &[(f32, f32)]) -> usize {
    let mut start = at;
    while start > from {
        let line = &lines[start - 1];
        let clear = gutters.iter().all(|g| line.area.x1 <= g.0 + 0.5 || line.area.x0 >= g.1 - 0.5);
        // The end of an answer whose question is on the page before stands alone in its column.
        let alone = gutters.iter().any(|g| line.area.x0 >= g.1 - 0.5);
        let close = if alone { 60.0 } else { 1.6 * line.size.max(lines[start].size) };
        if !clear || lines[start].baseline - line.baseline > close || line.bold {
            break;
        }
        start -= 1;
    }
    start
}

fn columns(out: &mut Vec<Stretch>, lines: &[Line], gutters: &[(f32, f32)], known: &[f32]) {
    // The numbers or bullets of a list are no column of their own.
    let labels = |from: f32, to: f32| {
        let column: Vec<&str> =
            lines.iter().filter(|l| l.area.x0 >= from - 0.5 && l.area.x1 <= to + 0.5).map(|l| l.text.as_str()).collect();
        are_labels(&column)
    };
    let mut kept: Vec<(f32, f32)> = Vec::new();
    let mut from = f32::MIN;
    for gutter in gutters {
        if !labels(from, gutter.0) {
            kept.push(*gutter);
        }
        from = gutter.1;
    }
    let gutters = kept.as_slice();
    let mut columns: Vec<Vec<Line>> = vec![Vec::new(); gutters.len() + 1];
    for line in lines {
        let column = gutters.iter().filter(|g| line.area.x0 >= g.1 - 0.5).count();
        columns[column].push(line.clone());
    }
    if let Some(part) = aligned(&columns, known, &[]) {
        out.push(Stretch::Table(part));
        return;
    }
    for column in columns {
        out.push(Stretch::Lines(merge_level(&column)));
    }
}

/// Whether a column is nothing but the bullets or the running numbers of a list.
fn are_labels(column: &[&str]) -> bool {
    let numbers: Vec<u32> = column.iter().filter_map(|t| t.parse().ok()).filter(|n| *n < 1000).collect();
    let running = numbers.len() == column.len() && numbers.windows(2).all(|w| w[1] == w[0] + 1);
    !column.is_empty() && (running || column.iter().all(|t| t.chars().count() <= 5 && starts_item(t)))
}

/// Lines of one column, those on one baseline as one.
pub(super) fn merge_level(lines: &[Line]) -> Vec<Line> {
    let mut out = Vec::new();
    plain(&mut out, lines);
    match out.pop() {
        Some(Stretch::Lines(lines)) => lines,
        _ => Vec::new(),
    }
}

/// The share of lines after which the next line's first word would have had room: high in lists and figures, low in running text.
fn unfilled(lines: &[Line]) -> f32 {
    let right = lines.iter().map(|l| l.area.x1).fold(f32::MIN, f32::max);
    let short = lines.windows(2).filter(|w| w[0].area.x1 + w[1].first_word() + 0.3 * w[0].size < right).count();
    #[allow(clippy::cast_precision_loss)]
    {
        short as f32 / (lines.len() - 1).max(1) as f32
    }
}

/// Columns as a table, if their rows begin together; running text in columns does not.
fn aligned(columns: &[Vec<Line>], known: &[f32], pitches: &[f32]) -> Option<Part> {
    let columns: Vec<Vec<Line>> = columns.iter().map(|c| merge_level(c)).collect();
    if columns.iter().all(Vec::is_empty) || one_list(&columns) {
        return None;
    }
    let goes_on =
        known.len() == columns.len() && columns.iter().zip(known).all(|(c, x)| c.is_empty() || (left_edge(c) - x).abs() < LEVEL);
    if columns.iter().any(Vec::is_empty) && !goes_on {
        return None;
    }
    let pitch = columns.iter().map(|c| pitch(c)).fold(f32::MAX, f32::min);
    let (first, rest) = columns.split_first()?;
    let left = starts(first, pitch);
    let matched = left.iter().filter(|y| rest.iter().any(|c| starts(c, pitch).iter().any(|s| (s - **y).abs() < LEVEL))).count();
    let each_line = first.len() >= 3
        && rest.iter().all(|c| c.len() * 10 >= first.len() * 6)
        && columns.iter().filter(|c| unfilled(c) > 0.6).count() * 2 > columns.len();
    if matched >= 2 && matched * 4 >= left.len() * 3 || holes(&columns, pitch) >= 2 || goes_on {
        let rows = rows(&columns, pitches);
        let mut part = (rows.len() >= 2 || goes_on).then(|| table(&columns, &rows))?;
        if goes_on {
            // A column in which nothing stands here has its place all the same.
            part.edges[..known.len()].copy_from_slice(known);
        }
        Some(part)
    } else if each_line {
        let tops: Vec<f32> = first.iter().map(|l| l.baseline - LEVEL).collect();
        let row = |at: usize| {
            let from = if at == 0 { f32::MIN } else { tops[at] };
            let to = tops.get(at + 1).copied().unwrap_or(f32::MAX);
            let place = |column: &[Line], y: f32| column.partition_point(|l| l.baseline < y);
            columns.iter().map(|c| place(c, from)..place(c, to)).collect()
        };
        let rows: Vec<Vec<Range<usize>>> = (0..tops.len()).map(row).collect();
        Some(table(&columns, &rows))
    } else {
        None
    }
}

/// Whether columns are one numbered list, as of references, which goes on at the top of each further column where the one before
/// it ends.
fn one_list(columns: &[Vec<Line>]) -> bool {
    const FEWEST: usize = 3;
    let number = |line: &Line| {
        let label = line.text.split(' ').next().unwrap_or_default();
        label.strip_suffix(['.', ')']).and_then(|digits| digits.parse::<u32>().ok()).filter(|number| *number < 1000)
    };
    let mut last: Option<u32> = None;
    let mut count = 0;
    for column in columns {
        let mut numbers = column.iter().filter_map(number);
        let Some(first) = numbers.next() else { return false };
        if last.is_some_and(|last| first != last + 1) {
            return false;
        }
        // A year at a line's beginning is no entry.
        let (end, entries) = numbers.fold((first, 1), |(at, n), number| if number == at + 1 { (number, n + 1) } else { (at, n) });
        last = Some(end);
        count += entries;
    }
    columns.len() > 1 && count >= FEWEST
}

/// The baselines at which something new begins in a column.
fn starts(lines: &[Line], pitch: f32) -> Vec<f32> {
    let mut out: Vec<f32> = lines.first().map(|l| l.baseline).into_iter().collect();
    out.extend(lines.windows(2).filter(|w| w[1].baseline - w[0].baseline > 1.3 * pitch).map(|w| w[1].baseline));
    out
}

/// Empty stretches inside a column beside which another column goes on.
fn holes(columns: &[Vec<Line>], pitch: f32) -> usize {
    let mut count = 0;
    for (i, column) in columns.iter().enumerate() {
        for pair in column.windows(2) {
            let (from, to) = (pair[0].baseline + LEVEL, pair[1].baseline - LEVEL);
            let beside = || {
                columns
                    .iter()
                    .enumerate()
                    .filter(|(k, _)| *k != i)
                    .any(|(_, other)| other.iter().filter(|l| l.baseline > from && l.baseline < to).count() >= 1)
            };
            count += usize::from(to - from > 1.6 * pitch && beside());
        }
    }
    count
}

fn left_edge(column: &[Line]) -> f32 {
    column.iter().map(|l| l.area.x0).fold(f32::MAX, f32::min)
}

fn table(columns: &[Vec<Line>], rows: &[Vec<Range<usize>>]) -> Part {
    let all = || columns.iter().flatten();
    let area = all().map(|l| l.area).reduce(Area::union).unwrap_or_default();
    let mut edges: Vec<f32> = columns.iter().map(|c| left_edge(c)).collect();
    edges.push(area.x1);
    let page = all().next().map_or(0, |l| l.page);
    let mut part = Part { page, area, edges, rows: Vec::new(), ruled: false, header: 0, caption: Vec::new() };
    for row in rows {
        let cells = columns.iter().zip(row).enumerate().map(|(c, (column, lines))| {
            // How far its lines reach is all that tells how wide the column is.
            let right = column.iter().map(|l| l.area.x1 + 5.0 + 0.45 * l.size).fold(f32::MIN, f32::max);
            PartCell { lines: column[lines.clone()].to_vec(), column: c, right, ..PartCell::default() }
        });
        part.rows.push(cells.collect());
    }
    let bold = |row: &Vec<PartCell>| row.iter().flat_map(|c| &c.lines).all(|l| l.bold);
    across(&mut part);
    let titles = |row: &Vec<PartCell>| bold(row) && row.iter().filter(|c| !c.lines.is_empty()).count() > 1;
    part.header = usize::from(part.rows.len() > 1 && titles(&part.rows[0]) && !part.rows[1..].iter().all(bold));
    part
}

/// Makes cells that stand alone in their row, in bold letters, and are the only bold ones of their column, as wide as the
/// table: they are headings.
pub(super) fn across(part: &mut Part) {
    let columns = part.columns();
    let bold = |cell: &PartCell| !cell.lines.is_empty() && cell.lines.iter().all(|l| l.bold);
    let alone = |row: &Vec<PartCell>| row.iter().skip(1).all(|c| c.lines.is_empty());
    let first = |row: &Vec<PartCell>| row.first().is_some_and(bold);
    let plain = |row: &Vec<PartCell>| row.first().is_some_and(|c| !c.lines.is_empty() && !bold(c)) && !alone(row);
    if part.rows.iter().any(|row| first(row) && !alone(row)) || !part.rows.iter().any(plain) {
        return;
    }
    for row in part.rows.iter_mut().filter(|row| first(row)) {
        row.truncate(1);
        for cell in row.iter_mut() {
            cell.columns = columns;
        }
    }
}
