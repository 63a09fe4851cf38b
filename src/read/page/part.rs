//! A table, or one page's part of one, before its text is set.

use super::grid::{Grid, GridCell};
use super::ink::{Area, Page, ShapeKind};
use super::line::{self, Line};
use crate::model::layout::Mark;

/// Signs that stand for a check mark in text.
const CHECKS: &[&str] = &["✓", "✔", "☑", "√", "🗸", "✅"];

/// A part of a table.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) page: u32,
    pub(super) area: Area,
    /// The left edges of the columns, and the right edge of the last.
    pub(super) edges: Vec<f32>,
    /// The cells that begin in each row.
    pub(super) rows: Vec<Vec<PartCell>>,
    pub(super) ruled: bool,
    /// How many rows at its top are titles.
    pub(super) header: usize,
    /// The caption, where it is the first row.
    pub(super) caption: Vec<Line>,
}

/// A cell of a part.
#[derive(Clone, Debug)]
pub(super) struct PartCell {
    pub(super) lines: Vec<Line>,
    pub(super) column: usize,
    pub(super) columns: usize,
    /// How many rows it takes, downwards.
    pub(super) rows: usize,
    /// The right end of the space for its lines.
    pub(super) right: f32,
    pub(super) mark: Mark,
    /// Whether something larger is drawn in it.
    pub(super) picture: bool,
}

impl Default for PartCell {
    fn default() -> Self {
        Self { lines: Vec::new(), column: 0, columns: 1, rows: 1, right: 0.0, mark: Mark::None, picture: false }
    }
}

impl PartCell {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.mark == Mark::None
    }
}

/// The part that a grid makes of a page; `inside` are the glyphs in it.
pub(super) fn of_grid(page: &Page, grid: &Grid, inside: &[usize]) -> Part {
    let mut glyphs: Vec<Vec<usize>> = vec![Vec::new(); grid.cells.len()];
    let nearest = |x: f32, y: f32| {
        let distance = |area: Area| {
            let dx = (area.x0 - x).max(x - area.x1).max(0.0);
            let dy = (area.y0 - y).max(y - area.y1).max(0.0);
            (dx + 2.0 * dy, area.height() * area.width())
        };
        let cells = grid.cells.iter().enumerate().map(|(i, c)| (i, distance(c.area)));
        cells.min_by(|a, b| a.1.0.total_cmp(&b.1.0).then(a.1.1.total_cmp(&b.1.1))).map(|(i, _)| i)
    };
    // A word belongs to one cell, even where a letter of it hangs over the edge.
    for word in words(page, inside) {
        let first = &page.glyphs[word[0]];
        let end = word.iter().map(|i| &page.glyphs[*i]).filter(|g| !g.space).map(|g| g.x1).fold(first.x1, f32::max);
        if let Some(cell) = nearest(f32::midpoint(first.x0, end), first.y - 0.3 * first.size) {
            glyphs[cell].extend(word);
        }
    }
    let mut rows: Vec<Vec<PartCell>> = vec![Vec::new(); grid.rows];
    let mut dark = vec![true; grid.rows];
    for (cell, glyphs) in grid.cells.iter().zip(glyphs) {
        let lines = line::lines(page, &glyphs, false);
        let (drawn, picture) = drawn(page, cell.area);
        let mark = if lines.len() == 1 && CHECKS.contains(&lines[0].text.as_str()) { Mark::Checked } else { drawn };
        dark[cell.row] &= cell.dark;
        rows[cell.row].push(PartCell {
            lines,
            column: cell.column,
            columns: cell.columns,
            rows: cell.rows,
            right: cell.area.x1,
            mark,
            picture,
        });
    }
    for row in &mut rows {
        row.sort_by_key(|c| c.column);
    }
    let mut caption = Vec::new();
    if let [cell] = rows[0].as_mut_slice()
        && cell.columns + 1 == grid.edges.len()
        && rows_filled(&grid.cells) > 1
    {
        caption = std::mem::take(&mut cell.lines);
        rows.remove(0);
        dark.remove(0);
    }
    let header = rows.iter().zip(&dark).take_while(|(row, dark)| **dark && !row.is_empty()).count();
    let mut part = Part { page: page.number, area: grid.area, edges: grid.edges.clone(), rows, ruled: true, header, caption };
    if header == 0 {
        part.header = usize::from(part.has_titles());
    }
    if part.header == part.rows.len() {
        part.header = 0;
    }
    part.without_empty()
}

impl Part {
    /// Whether the first row is one of titles: bold, over several columns, unlike the next row that is divided. A single bold
    /// cell is a name, or the rest of one; a bold one across the table, a heading.
    pub(super) fn has_titles(&self) -> bool {
        let bold =
            |row: &Vec<PartCell>| row.iter().any(|c| !c.lines.is_empty()) && row.iter().flat_map(|c| &c.lines).all(|l| l.bold);
        let several = |row: &Vec<PartCell>| row.iter().filter(|c| !c.lines.is_empty()).count() > 1;
        let divided = |row: &&Vec<PartCell>| !row.iter().any(|c| c.columns >= self.columns());
        let Some((first, rest)) = self.rows.split_first() else { return false };
        several(first) && bold(first) && rest.iter().find(divided).is_some_and(|row| !bold(row))
    }
    /// Without rows and columns in which nothing stands.
    fn without_empty(mut self) -> Self {
        for column in (0..self.edges.len().saturating_sub(1)).rev() {
            let only = |c: &PartCell| c.column == column && c.columns == 1;
            let used = self.rows.iter().flatten().any(|c| only(c) && !c.is_empty());
            let own = self.rows.iter().flatten().any(only);
            if used || !own && column == 0 || self.edges.len() <= 3 && !self.rows.iter().flatten().any(|c| only(c) && c.picture) {
                continue;
            }
            self.edges.remove(if column == 0 { 0 } else { column });
            for row in &mut self.rows {
                row.retain(|c| !only(c));
                for cell in row {
                    if cell.column > column {
                        cell.column -= 1;
                    } else if cell.column + cell.columns > column {
                        cell.columns = (cell.columns - 1).max(1);
                    }
                }
            }
        }
        self.unify_rows();
        self
    }
    /// Takes out rows in which no cell begins that says anything.
    fn unify_rows(&mut self) {
        let mut at = 0;
        while at < self.rows.len() {
            if self.rows[at].iter().any(|c| !c.is_empty()) {
                at += 1;
                continue;
            }
            self.rows.remove(at);
            if at < self.header {
                self.header -= 1;
            }
            for row in &mut self.rows[..at].iter_mut().enumerate().map(|(i, r)| (at - i, r)) {
                let (distance, cells) = row;
                for cell in cells.iter_mut().filter(|c| c.rows > distance) {
                    cell.rows -= 1;
                }
            }
        }
    }
    pub(super) fn columns(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }
    /// Whether two parts have the same columns, wherever they stand on their pages.
    pub(super) fn same_columns(&self, other: &Self) -> bool {
        if !self.ruled {
            let starts = self.edges.iter().zip(&other.edges).take(self.columns());
            return self.columns() == other.columns() && starts.into_iter().all(|(a, b)| (a - b).abs() < 12.0);
        }
        let widths = |p: &Self| p.edges.windows(2).map(|w| w[1] - w[0]).collect::<Vec<_>>();
        let (a, b) = (widths(self), widths(other));
        a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 4.0)
    }
}

/// Glyphs by word: in the order of drawing, until a space, a gap or another line.
pub(super) fn words(page: &Page, glyphs: &[usize]) -> Vec<Vec<usize>> {
    let mut words: Vec<Vec<usize>> = Vec::new();
    let mut open = false;
    for index in glyphs {
        let glyph = &page.glyphs[*index];
        if glyph.space || !glyph.level {
            // A space stays with the word before it, since kerning can leave no gap in its place.
            if let Some(word) = words.last_mut().filter(|_| open && glyph.space) {
                word.push(*index);
            }
            open = false;
            continue;
        }
        let follows = open
            && words.last().and_then(|w| w.last()).is_some_and(|last| {
                let last = &page.glyphs[*last];
                (glyph.y - last.y).abs() < 0.5 * glyph.size
                    && glyph.x0 > last.x0 - 0.3 * glyph.size
                    && glyph.x0 - last.x1 < 0.17 * glyph.size
            });
        match words.last_mut() {
            Some(word) if follows => word.push(*index),
            _ => words.push(vec![*index]),
        }
        open = true;
    }
    words
}

/// How many rows cells begin in.
fn rows_filled(cells: &[GridCell]) -> usize {
    cells.iter().map(|c| c.row).max().map_or(0, |last| last + 1)
}

/// What is drawn in a cell: a mark, or a picture.
fn drawn(page: &Page, cell: Area) -> (Mark, bool) {
    let inside = |a: Area| cell.holds(f32::midpoint(a.x0, a.x1), f32::midpoint(a.y0, a.y1));
    let shapes: Vec<_> = page
        .shapes
        .iter()
        .filter(|s| matches!(s.kind, ShapeKind::Tick | ShapeKind::Drawing | ShapeKind::Image) && s.dark > 0.3 && inside(s.area))
        .collect();
    let Some(all) = shapes.iter().map(|s| s.area).reduce(Area::union) else { return (Mark::None, false) };
    if all.width() > 26.0 || all.height() > 26.0 {
        return (Mark::None, true);
    }
    let ticks = shapes.iter().filter(|s| s.kind == ShapeKind::Tick).count();
    let small = shapes.iter().all(|s| s.area.width() < 3.0 && s.area.height() < 3.0);
    match (ticks, shapes.len()) {
        (1.., _) if ticks == shapes.len() => (Mark::Checked, false),
        _ if small => (Mark::None, false),
        _ => (Mark::Unknown, false),
    }
}
