//! Tables ruled level only: what stands between two rules is one row, and its columns are told by where its lines begin.

use super::block::starts_item;
use super::flow::{across, merge_level};
use super::grid::underlines;
use super::ink::{Area, Page};
use super::lattice::{self, Rule};
use super::line::Line;
use super::part::{Part, PartCell};
use super::rows;

/// Rules whose ends are nearer than this, in points, are of one table.
const NEAR: f32 = 4.0;
/// Lines that begin so near begin in one column.
const EDGE: f32 = 2.0;
/// A table has so many rules at least; three may be those above and below a table and its titles.
const FEWEST: usize = 4;
/// The share of the page's width that a rule takes at least.
const WIDE: f32 = 0.35;

/// Takes the tables that are ruled level only out of the lines of a page. `taken` is where other tables are.
pub(super) fn tables(page: &Page, words: &[Area], taken: &[Area], lines: &mut Vec<Line>) -> Vec<Part> {
    let inside = |rule: &Rule| taken.iter().any(|a| a.grown(NEAR).holds(f32::midpoint(rule.from, rule.to), rule.at));
    let thin = |rule: &Rule| Area::new(rule.from, rule.at - 0.3, rule.to, rule.at + 0.3);
    let mut rules = lattice::level_rules(page);
    rules.retain(|r| r.to - r.from > WIDE * page.area.width() && !inside(r) && !underlines(thin(r), words));
    let mut chains: Vec<Vec<Rule>> = Vec::new();
    for rule in rules {
        let same = |chain: &&mut Vec<Rule>| {
            chain.last().is_some_and(|last| (last.from - rule.from).abs() < NEAR && (last.to - rule.to).abs() < NEAR)
        };
        match chains.iter_mut().find(same) {
            Some(chain) => chain.push(rule),
            None => chains.push(vec![rule]),
        }
    }
    chains.iter().filter(|chain| chain.len() >= 2).filter_map(|chain| table(page, chain, lines)).collect()
}

/// The table of a chain of rules, if its rows have columns; takes its lines.
fn table(page: &Page, chain: &[Rule], lines: &mut Vec<Line>) -> Option<Part> {
    let (first, last) = (chain.first()?, chain.last()?);
    let within = |line: &Line| {
        let y = line.baseline - 0.3 * line.size;
        y > first.at && y < last.at && line.area.x1 > first.from && line.area.x0 < first.to
    };
    let band = |line: &Line| chain.partition_point(|rule| rule.at < line.baseline - 0.3 * line.size).checked_sub(1);
    let mut bands: Vec<Vec<Line>> = vec![Vec::new(); chain.len() - 1];
    for line in lines.iter().filter(|l| within(l)) {
        bands.get_mut(band(line)?)?.push(line.clone());
    }
    let edges = edges(first, &bands)?;
    let rows: Vec<Vec<PartCell>> = bands.iter().filter(|band| !band.is_empty()).map(|band| row(band, &edges)).collect();
    let divided: Vec<&Vec<PartCell>> = rows.iter().filter(|row| row.len() > 1).collect();
    // The end of a table on its last page may have few rows: those whose questions are numbered are known.
    let numbered = |row: &&Vec<PartCell>| {
        row.iter()
            .flat_map(|c| &c.lines)
            .next()
            .is_some_and(|l| l.text.starts_with(|c: char| c.is_ascii_digit()) && starts_item(&l.text))
    };
    let short = chain.len() < FEWEST || divided.len() < 2;
    let bold = |row: &&Vec<PartCell>| row.len() > 1 && row.iter().all(|c| !c.lines.is_empty() && c.lines.iter().all(|l| l.bold));
    let titled = rows.len() > 1 && rows.first().is_some_and(|row| bold(&row));
    let known = !divided.is_empty() && (titled || rows.iter().any(|row| numbered(&row)));
    if short && !known || divided.len() * 5 < rows.len() * 2 || hold_several(&divided) {
        return None;
    }
    lines.retain(|line| !within(line));
    let area = Area::new(first.from, first.at, first.to, last.at);
    let mut part = Part { page: page.number, area, edges, rows, ruled: true, header: 0, caption: Vec::new() };
    across(&mut part);
    part.header = usize::from(part.has_titles());
    Some(part)
}

/// Where the columns begin, with the right end of the last: where lines begin in half of the bands that have some side by side,
/// and no line of those bands runs across.
fn edges(rule: &Rule, bands: &[Vec<Line>]) -> Option<Vec<f32>> {
    let beside = |band: &&Vec<Line>| {
        band.iter().any(|a| band.iter().any(|b| b.area.x0 > a.area.x1 && (a.baseline - b.baseline).abs() < rows::LEVEL))
    };
    let beside: Vec<&Vec<Line>> = bands.iter().filter(beside).collect();
    let left = bands.iter().flatten().map(|l| l.area.x0).fold(f32::MAX, f32::min);
    let mut starts: Vec<f32> = beside.iter().copied().flatten().map(|l| l.area.x0).filter(|x| *x > left + EDGE).collect();
    starts.sort_by(f32::total_cmp);
    let mut edges = vec![rule.from];
    for run in starts.chunk_by(|a, b| b - a < EDGE) {
        let x = run.iter().copied().fold(f32::MAX, f32::min);
        let begins = |band: &&&Vec<Line>| {
            band.iter().any(|l| (l.area.x0 - x).abs() < EDGE) && !band.iter().any(|l| l.area.x0 < x - EDGE && l.area.x1 > x - 0.5)
        };
        if beside.iter().filter(begins).count() * 2 > beside.len() {
            edges.push(x - EDGE);
        }
    }
    edges.push(rule.to);
    (edges.len() > 2).then_some(edges)
}

/// The cells of a band: one across the table where a line runs over an edge.
fn row(band: &[Line], edges: &[f32]) -> Vec<PartCell> {
    let columns = edges.len() - 1;
    let inner = edges.get(1..columns).unwrap_or_default();
    let cell = |column: usize, columns: usize, lines: &[Line]| PartCell {
        lines: merge_level(lines),
        column,
        columns,
        right: edges.get(column + columns).copied().unwrap_or_default(),
        ..PartCell::default()
    };
    if band.iter().any(|l| inner.iter().any(|x| l.area.x0 < *x && l.area.x1 > *x + EDGE)) {
        return vec![cell(0, columns, band)];
    }
    let of = |column: usize| -> Vec<Line> {
        band.iter().filter(|l| inner.partition_point(|x| *x <= l.area.x0) == column).cloned().collect()
    };
    (0..columns).map(|column| cell(column, 1, &of(column))).collect()
}

/// Whether bands hold several rows each, as far as the words tell: then the rules do not divide rows.
fn hold_several(divided: &[&Vec<PartCell>]) -> bool {
    let several = |row: &&&Vec<PartCell>| {
        let columns: Vec<Vec<Line>> = row.iter().map(|c| c.lines.clone()).collect();
        rows::rows(&columns, &[]).len() > 2
    };
    divided.iter().filter(several).count() * 2 > divided.len()
}
