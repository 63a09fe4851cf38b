//! Ruled tables: cells from the rectangles and rules that are drawn around or under them.

use super::ink::{Area, Page, Shape, ShapeKind};
use super::lattice;

/// A rule is at most so thick.
const THIN: f32 = 3.0;
/// Edges nearer than this are one.
const NEAR: f32 = 2.5;
/// A filled box darker than this begins a table, or a part of one.
const DARK: f32 = 0.25;

/// A cell as drawn.
#[derive(Clone, Debug)]
pub(super) struct GridCell {
    pub(super) area: Area,
    /// The band in which it begins, and how many it takes.
    pub(super) row: usize,
    pub(super) rows: usize,
    pub(super) column: usize,
    pub(super) columns: usize,
    /// Whether its ground is dark.
    pub(super) dark: bool,
}

/// A ruled table on one page, or a page's part of one.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) area: Area,
    /// Left edges of the columns, and the right edge of the last.
    pub(super) edges: Vec<f32>,
    pub(super) rows: usize,
    pub(super) cells: Vec<GridCell>,
}

/// A cell's box, or the rule under a cell.
#[derive(Clone, Copy, Debug)]
struct Piece {
    x0: f32,
    x1: f32,
    /// The top of the cell, where a box gives it.
    top: Option<f32>,
    bottom: f32,
    dark: bool,
}

/// The ruled tables of a page, from the top. `words` are the areas of what is written: a word across a column's edge tells that
/// a band is no row.
pub(super) fn grids(page: &Page, words: &[Area]) -> Vec<Grid> {
    let mut out = lattice::grids(page, words);
    let mut pieces = pieces(page, words);
    // Upright rules in a row of titles alone, over a table that has none below, make no table of that row.
    out.retain(|grid| !goes_on_below(grid, &pieces));
    let lattices: Vec<Area> = out.iter().map(|g| g.area.grown(NEAR)).collect();
    pieces.retain(|p| !lattices.iter().any(|a| a.holds(f32::midpoint(p.x0, p.x1), p.bottom - 1.0)));
    out.extend(groups(pieces, words, page.area.width()).into_iter().filter_map(|group| grid(&group, words)));
    out
}

/// Whether a grid of one row is the head of a table: rules of single cells that end where its columns do follow close below.
fn goes_on_below(grid: &Grid, pieces: &[Piece]) -> bool {
    /// The height of a row, at most.
    const ROW: f32 = 60.0;
    let edge = |x: f32| grid.edges.iter().any(|e| (e - x).abs() < NEAR);
    let narrow = |p: &Piece| p.x1 - p.x0 < grid.area.width() - NEAR;
    grid.rows == 1
        && pieces.iter().any(|p| {
            let below = p.bottom - grid.area.y1;
            below > NEAR && below < ROW && narrow(p) && edge(p.x0) && edge(p.x1)
        })
}

fn pieces(page: &Page, words: &[Area]) -> Vec<Piece> {
    let (uprights, levels): (Vec<&Shape>, Vec<&Shape>) = page
        .shapes
        .iter()
        .filter(|s| matches!(s.kind, ShapeKind::Box | ShapeKind::Frame))
        .partition(|s| s.area.width() <= THIN && s.area.height() > 6.0);
    let mut out: Vec<Piece> = Vec::new();
    let large = |a: Area| a.height() > 0.9 * page.area.height() || a.width() < 8.0;
    let boxes: Vec<Area> = levels.iter().map(|s| s.area).filter(|a| a.height() > 8.0 && !large(*a)).collect();
    // The ground of a picture in a cell is no cell; where a box holds many, it is the frame around their table.
    let inner = |a: Area| {
        let within = |o: &Area, i: &Area| i.x0 > o.x0 + 1.5 && i.x1 < o.x1 - 1.5 && i.y0 > o.y0 + 1.5 && i.y1 < o.y1 - 1.5;
        boxes.iter().any(|o| within(o, &a) && boxes.iter().filter(|i| within(o, i)).count() < 3)
    };
    for shape in &levels {
        let area = shape.area;
        let frame = shape.kind == ShapeKind::Frame;
        if !large(area) && area.height() > 8.0 && !(boxes.len() < 2000 && inner(area)) {
            let dark = !frame && shape.dark > DARK;
            push(&mut out, Piece { x0: area.x0, x1: area.x1, top: Some(area.y0), bottom: area.y1, dark });
        }
    }
    for shape in &levels {
        let area = shape.area;
        if large(area) || area.height() > THIN || shape.dark < 0.05 || underlines(area, words) {
            continue;
        }
        let y = f32::midpoint(area.y0, area.y1);
        // Upright rules that stand on this one divide it.
        let mut cuts: Vec<f32> = uprights
            .iter()
            .map(|u| u.area)
            .filter(|u| u.y0 < y - 4.0 && u.y1 > y - NEAR && u.x0 > area.x0 + NEAR && u.x1 < area.x1 - NEAR)
            .map(|u| f32::midpoint(u.x0, u.x1))
            .collect();
        cuts.push(area.x1);
        cuts.sort_by(f32::total_cmp);
        let mut x0 = area.x0;
        for x1 in cuts {
            if x1 - x0 > 4.0 {
                push(&mut out, Piece { x0, x1, top: None, bottom: y, dark: false });
            }
            x0 = x1;
        }
    }
    out.sort_by(|a, b| a.bottom.total_cmp(&b.bottom).then(a.x0.total_cmp(&b.x0)));
    without_strays(&out)
}

/// Without rules that divide nothing: inside of a cell's box, or with ends that no other piece shares, as under a link. And without
/// boxes that only are the ground of a row whose cells are ruled.
fn without_strays(pieces: &[Piece]) -> Vec<Piece> {
    let shares = |p: &Piece| {
        pieces
            .iter()
            .any(|o| !std::ptr::eq(o, p) && [o.x0, o.x1].iter().any(|x| (x - p.x0).abs() < NEAR || (x - p.x1).abs() < NEAR))
    };
    let within = |p: &Piece| {
        pieces.iter().any(|o| {
            o.top.is_some_and(|top| p.bottom > top + NEAR && p.bottom < o.bottom - NEAR) && p.x0 > o.x0 + 0.5 && p.x1 < o.x1 - 0.5
        })
    };
    // The ground of a row whose cells have a rule each.
    let tiled = |p: &Piece| {
        let mut level: Vec<&Piece> = pieces.iter().filter(|o| o.top.is_none() && (o.bottom - p.bottom).abs() < NEAR).collect();
        level.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let end = level.iter().fold(p.x0, |end, o| if (o.x0 - end).abs() < NEAR { o.x1 } else { end });
        level.iter().filter(|o| o.x0 > p.x0 - NEAR && o.x1 < p.x1 + NEAR).count() > 1 && (end - p.x1).abs() < NEAR
    };
    let few = pieces.len() < 4_000;
    let keeps = |p: &&Piece| if p.top.is_some() { p.dark || !few || !tiled(p) } else { !few || shares(p) && !within(p) };
    pieces.iter().filter(keeps).copied().collect()
}

/// Adds a piece, unless it is one that is there already.
fn push(out: &mut Vec<Piece>, piece: Piece) {
    let same = |p: &&mut Piece| {
        (p.bottom - piece.bottom).abs() < NEAR && (p.x0 - piece.x0).abs() < NEAR && (p.x1 - piece.x1).abs() < NEAR
    };
    if let Some(there) = out.iter_mut().rev().find(same) {
        there.top = there.top.or(piece.top);
        there.dark |= piece.dark;
        return;
    }
    out.push(piece);
}

/// Whether a rule is drawn under words, as under a link: they reach to both its ends, or beyond, as a full stop behind a link does.
pub(super) fn underlines(rule: Area, words: &[Area]) -> bool {
    let under = words.iter().filter(|w| {
        let gap = rule.y0 - w.y1;
        gap > -0.4 * w.height() && gap < 1.5 && w.x0 < rule.x1 - 1.0 && w.x1 > rule.x0 + 1.0
    });
    let (x0, x1) = under.fold((f32::MAX, f32::MIN), |(x0, x1), w| (x0.min(w.x0), x1.max(w.x1)));
    x0 < rule.x0 + 1.5 && x1 > rule.x1 - 1.5
}

/// Pieces that make one table: each band follows the one above, with nothing between that runs across.
fn groups(pieces: Vec<Piece>, words: &[Area], width: f32) -> Vec<Vec<Piece>> {
    let mut groups: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let joins = groups.iter().rposition(|group| joins(group, piece, words, width));
        match joins {
            Some(at) => groups[at].push(piece),
            None => groups.push(vec![piece]),
        }
    }
    groups
}

fn joins(group: &[Piece], piece: Piece, words: &[Area], width: f32) -> bool {
    let (mut x0, mut x1, mut bottom) = (f32::MAX, f32::MIN, f32::MIN);
    for p in group {
        (x0, x1, bottom) = (x0.min(p.x0), x1.max(p.x1), bottom.max(p.bottom));
    }
    let first = group.iter().map(|p| p.bottom).fold(f32::MAX, f32::min);
    if piece.bottom - bottom < NEAR {
        // The same band: it stands beside the others, or above a cell that goes deeper.
        return group.iter().any(|p| (p.x1 - piece.x0).abs() < NEAR || (p.x0 - piece.x1).abs() < NEAR)
            && piece.top.is_none_or(|top| top > first - 400.0);
    }
    let beside = group.iter().any(|p| (p.x1 - piece.x0).abs() < NEAR || (p.x0 - piece.x1).abs() < NEAR);
    if !beside && (piece.x0 < x0 - NEAR || piece.x1 > x1 + NEAR) {
        return false;
    }
    let above = group
        .iter()
        .filter(|p| p.x0 < piece.x1 - NEAR && p.x1 > piece.x0 + NEAR && p.bottom < piece.bottom - NEAR)
        .map(|p| p.bottom)
        .reduce(f32::max);
    if let Some(top) = piece.top {
        let Some(above) = above else {
            let tops = group.iter().filter_map(|p| p.top).fold(f32::MAX, f32::min);
            return beside && top > tops - NEAR;
        };
        return top - above < 2.0 * NEAR && !(piece.dark && piece.x1 - piece.x0 > 0.9 * width);
    }
    let Some(above) = above else { return beside };
    // Only a rule: what is written between must keep to the columns.
    let mut inner: Vec<f32> = group.iter().flat_map(|p| [p.x0, p.x1]).collect();
    inner.retain(|x| *x > x0 + NEAR && *x < x1 - NEAR);
    let band: Vec<&Area> = words
        .iter()
        .filter(|w| {
            let y = f32::midpoint(w.y0, w.y1);
            y > above && y < piece.bottom && w.x1 > piece.x0 && w.x0 < piece.x1
        })
        .collect();
    // A rule that ends where no column does may belong to the next table: then running text stands between.
    let edge = |x: f32| group.iter().any(|p| (p.x0 - x).abs() < NEAR || (p.x1 - x).abs() < NEAR);
    let across = |w: &&Area| {
        let y = f32::midpoint(w.y0, w.y1);
        y > above && y < piece.bottom && inner.iter().any(|x| w.x0 < x - 1.5 && w.x1 > x + 1.5)
    };
    if !(edge(piece.x0) && edge(piece.x1)) && words.iter().filter(across).count() > 1 {
        return false;
    }
    let whole = group.iter().all(|p| (p.x0 - x0).abs() < NEAR && (p.x1 - x1).abs() < NEAR);
    (!band.is_empty() || beside || piece.bottom - above < 60.0)
        && !(whole && piece.x1 - piece.x0 > x1 - x0 - NEAR)
        && !band.iter().any(|w| inner.iter().any(|x| w.x0 < x - 1.5 && w.x1 > x + 1.5 && *x > piece.x0 && *x < piece.x1))
}

/// The edges that values have in common, in order.
pub(super) fn clustered(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for value in values {
        if out.last().is_none_or(|last| value - last > NEAR) {
            out.push(value);
        }
    }
    out
}

fn index(edges: &[f32], value: f32) -> usize {
    edges.iter().position(|e| (e - value).abs() <= NEAR + 0.1).unwrap_or_else(|| edges.partition_point(|e| *e < value))
}

fn grid(group: &[Piece], words: &[Area]) -> Option<Grid> {
    let edges = clustered(group.iter().flat_map(|p| [p.x0, p.x1]).collect());
    let x0 = *edges.first()?;
    let x1 = *edges.last()?;
    let first = group.iter().map(|p| p.bottom).fold(f32::MAX, f32::min);
    let top = group.iter().filter_map(|p| p.top).fold(f32::MAX, f32::min);
    // A rule over the whole width, above rules of single cells, is the upper border.
    let mut tops = group.iter().filter(|p| p.bottom - first < NEAR);
    let border = tops.next().is_some_and(|p| p.x1 - p.x0 > x1 - x0 - NEAR) && tops.next().is_none() && edges.len() > 2;
    let top = if top < first {
        top
    } else if border {
        first
    } else {
        head(&edges, first, words)
    };
    let mut bottoms = clustered(group.iter().map(|p| p.bottom).collect());
    bottoms.retain(|b| *b > top + NEAR);
    let mut cells = Vec::new();
    for piece in group.iter().filter(|p| p.bottom > top + NEAR) {
        let (from, to) = (index(&edges, piece.x0), index(&edges, piece.x1));
        let above = group
            .iter()
            .filter(|p| p.x0 < piece.x1 - NEAR && p.x1 > piece.x0 + NEAR && p.bottom < piece.bottom - NEAR)
            .map(|p| p.bottom)
            .fold(top, f32::max);
        let y0 = piece.top.map_or(above, |t| t.max(above));
        let last = index(&bottoms, piece.bottom);
        let row = bottoms.iter().position(|b| *b > y0 + NEAR).unwrap_or(last).min(last);
        cells.push(GridCell {
            area: Area::new(piece.x0, y0, piece.x1, piece.bottom),
            row,
            rows: last + 1 - row,
            column: from,
            columns: to.saturating_sub(from).max(1),
            dark: piece.dark,
        });
    }
    let rows = bottoms.len();
    let columns = edges.len() - 1;
    let area = Area::new(x0, top, x1, bottoms.last().copied()?);
    let filled = |cell: &GridCell| words.iter().any(|w| cell.area.holds(f32::midpoint(w.x0, w.x1), f32::midpoint(w.y0, w.y1)));
    let divided = cells.iter().filter(|c| c.columns < columns).count();
    // A box around a text is no table, nor are the bars of a chart.
    let written = cells.iter().filter(|c| filled(c)).count();
    if columns < 2 || rows < 1 || divided < 2 || written * 3 < cells.len() || written < 2 || area.height() <= 8.0 {
        return None;
    }
    let bare = bare(&cells, &edges, rows);
    cells.extend(bare.into_iter().filter(filled));
    Some(Grid { area, edges, rows, cells })
}

/// The fields beside the cells of a row that are drawn, where only some have a ground.
fn bare(cells: &[GridCell], edges: &[f32], rows: usize) -> Vec<GridCell> {
    let mut out = Vec::new();
    for row in 0..rows {
        let here = || cells.iter().filter(|c| (c.row..c.row + c.rows).contains(&row));
        let single = here().filter(|c| c.rows == 1).map(|c| (c.area.y0, c.area.y1));
        let Some((y0, y1)) = single.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { continue };
        let covered = |column: &usize| here().any(|c| (c.column..c.column + c.columns).contains(column));
        let free: Vec<usize> = (0..edges.len() - 1).filter(|column| !covered(column)).collect();
        for run in free.chunk_by(|a, b| a + 1 == *b) {
            let (first, last) = (run[0], run[run.len() - 1]);
            // A box around some words of a cell has edges of its own: what is beside it is no field.
            let shared = |edge: usize| cells.iter().any(|c| c.row != row && (c.column == edge || c.column + c.columns == edge));
            if !shared(first) || !shared(last + 1) {
                continue;
            }
            let area = Area::new(edges[first], y0, edges[last + 1], y1);
            out.push(GridCell { area, row, rows: 1, column: first, columns: run.len(), dark: false });
        }
    }
    out
}

/// The top of a table whose first row has a rule only below: as far up as its words keep to the columns without a gap.
fn head(edges: &[f32], first: f32, words: &[Area]) -> f32 {
    let (Some(x0), Some(x1)) = (edges.first(), edges.last()) else { return first };
    let inner = &edges[1..edges.len() - 1];
    let mut top = first;
    let mut above: Vec<&Area> = words.iter().filter(|w| w.y1 < first + 2.0 && w.x1 > *x0 && w.x0 < *x1).collect();
    above.sort_by(|a, b| b.y1.total_cmp(&a.y1));
    for word in above {
        let crosses = inner.iter().any(|x| word.x0 < x - 1.5 && word.x1 > x + 1.5) || word.x0 < x0 - NEAR || word.x1 > x1 + NEAR;
        if crosses || top - word.y1 > 0.6 * word.height() || first - word.y0 > 60.0 {
            break;
        }
        top = top.min(word.y0);
    }
    top - if top < first { 1.0 } else { 0.0 }
}
