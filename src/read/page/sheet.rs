//! A page taken apart: ruled tables, the words in figures, and the lines of the running text.

use super::bands;
use super::grid::{self, Grid};
use super::ink::{Area, Glyph, Page, ShapeKind};
use super::line::{self, Line};
use super::part::{self, Part};

/// A page in pieces.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) number: u32,
    pub(super) area: Area,
    /// The ruled tables, from the top.
    pub(super) parts: Vec<Part>,
    /// Lines outside of tables.
    pub(super) lines: Vec<Line>,
    /// Lines in and beside drawings, with the place of each drawing.
    pub(super) figures: Vec<(Area, Vec<Line>)>,
}

/// Takes a page apart.
pub(super) fn sheet(page: &Page) -> Sheet {
    let all: Vec<usize> = (0..page.glyphs.len()).collect();
    let words: Vec<Area> = part::words(page, &all)
        .iter()
        .map(|word| word.iter().map(|i| &page.glyphs[*i]).filter(|g| !g.space).map(Glyph::area).reduce(Area::union))
        .map(Option::unwrap_or_default)
        .collect();
    let mut grids = grid::grids(page, &words);
    grids.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0));
    let mut inside: Vec<Vec<usize>> = vec![Vec::new(); grids.len()];
    let mut outside = Vec::new();
    for (index, glyph) in page.glyphs.iter().enumerate() {
        let (x, y) = (glyph.middle(), glyph.y - 0.3 * glyph.size);
        match grids.iter().position(|g| g.area.grown(1.0).holds(x, y)) {
            Some(grid) => inside[grid].push(index),
            None => outside.push(index),
        }
    }
    let mut parts: Vec<Part> = grids.iter().zip(&inside).map(|(grid, glyphs)| part::of_grid(page, grid, glyphs)).collect();
    let mut lines = line::lines(page, &outside, true);
    let taken: Vec<Area> = grids.iter().map(|grid| grid.area).collect();
    parts.extend(bands::tables(page, &words, &taken, &mut lines));
    parts.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0));
    let upright = |i: &&usize| !page.glyphs[**i].level;
    let mut aside = aside(page, &all.iter().filter(upright).copied().collect::<Vec<_>>());
    let (lines, mut figures) = figures(page, lines, &grids);
    if let Some((_, last)) = figures.last_mut() {
        last.append(&mut aside);
    } else if !aside.is_empty() {
        figures.push((page.area, aside));
    }
    Sheet { number: page.number, area: page.area, parts, lines, figures }
}

/// Text that is not level: each run of it is a line of its own.
fn aside(page: &Page, glyphs: &[usize]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut last: Option<usize> = None;
    for index in glyphs {
        let glyph = &page.glyphs[*index];
        let near = last.is_some_and(|l| {
            let l = &page.glyphs[l];
            (l.x1 - glyph.x0).abs().max((l.y - glyph.y).abs()) < 1.6 * glyph.size
        });
        match lines.last_mut() {
            Some(line) if near => line.text.push_str(page.text(glyph)),
            _ => lines.push(Line {
                text: page.text(glyph).to_owned(),
                area: glyph.area(),
                baseline: glyph.y,
                size: glyph.size,
                bold: glyph.bold,
                page: page.number,
                number: 0,
            }),
        }
        last = Some(*index);
    }
    lines.retain(|l| !l.text.trim().is_empty());
    for line in &mut lines {
        line.text = line.text.trim().to_owned();
    }
    lines
}

/// Takes out the lines that belong to a chart or drawing: those on it, and those beside a table where the drawing stands.
fn figures(page: &Page, lines: Vec<Line>, grids: &[Grid]) -> (Vec<Line>, Vec<(Area, Vec<Line>)>) {
    let mut places: Vec<Area> = Vec::new();
    for shape in &page.shapes {
        let area = shape.area;
        let in_table =
            grids.iter().any(|g| g.area.grown(2.0).holds(f32::midpoint(area.x0, area.x1), f32::midpoint(area.y0, area.y1)));
        let whole = area.width() > 0.8 * page.area.width() && area.height() > 0.5 * page.area.height();
        if shape.kind != ShapeKind::Drawing || in_table || whole || area.width().max(area.height()) < 6.0 {
            continue;
        }
        match places.iter_mut().find(|p| p.grown(12.0).meet(area).width() > 0.0 && p.grown(12.0).meet(area).height() > 0.0) {
            Some(place) => *place = place.union(area),
            None => places.push(area),
        }
    }
    places.retain(|p| p.width() > 40.0 && p.height() > 40.0);
    let mut figures: Vec<(Area, Vec<Line>)> = Vec::new();
    for mut place in places {
        // A chart beside a narrow table takes the whole of the strip, with its title and its labels.
        for grid in grids.iter().filter(|g| g.area.width() < 0.7 * page.area.width()) {
            let beside = place.y0 < grid.area.y1 + 40.0 && place.y1 > grid.area.y0 - 40.0;
            if beside && place.x0 > grid.area.x1 {
                place = place.union(Area::new(grid.area.x1 + 2.0, grid.area.y0 - 45.0, page.area.x1, grid.area.y1));
            }
        }
        figures.push((place, Vec::new()));
    }
    let mut rest = Vec::new();
    for line in lines {
        let (x, y) = (f32::midpoint(line.area.x0, line.area.x1), line.baseline - 0.3 * line.size);
        let within = |place: Area| place.grown(4.0).holds(x, y) && line.area.width() < 1.1 * place.width();
        match figures.iter_mut().find(|(place, _)| within(*place)) {
            Some((_, figure)) => figure.push(line),
            None => rest.push(line),
        }
    }
    figures.retain(|(_, lines)| !lines.is_empty());
    (rest, figures)
}
