//! Where the columns of a table begin that blanks keep, and where the table ends.

use super::MARKS;
use super::leaf::{Divided, Piece, Written};
use super::title::{is_numbered, is_title};
use std::ops::Range;

/// A cell begins so near to where its column does, in letters.
pub(super) const NEAR: usize = 3;
/// The lines in which the titles of columns stand.
const TITLES: usize = 4;
/// The longest word of a title that went on to a further line.
const WORD: usize = 16;
/// A gap of so many blanks within a cell tells that it is none.
const GAP: usize = 3;

/// The lines and the cells of a table.
#[derive(Debug)]
pub(super) struct Columns {
    /// The lines of the titles.
    pub(super) titles: Range<usize>,
    /// The lines of the rows; a table can end with its titles.
    pub(super) rows: Range<usize>,
    /// Where each column begins.
    pub(super) edges: Vec<usize>,
    /// The cells of each line, titles first.
    pub(super) cells: Vec<Vec<Option<Piece>>>,
}

/// The table whose titles begin in a line; `None` if its columns or its end cannot be told for certain.
pub(super) fn columns(lines: &[Written], from: usize) -> Option<Columns> {
    let head = lines.get(from..lines.len().min(from + TITLES))?.iter().take_while(|line| line.divided == Divided::Blanks);
    let left = head.clone().map(Written::from).min()?;
    let main = from + head.into_iter().position(|line| line.pieces.len() > 1 && line.from() <= left + NEAR)?;
    let mut titles = lines[main].pieces.clone();
    // A first title in several lines cannot be told from a title and a row.
    if lines[from..main].iter().any(|line| line.from() < titles[0].to) {
        return None;
    }
    lines[from..main].iter().for_each(|line| add(&mut titles, line));
    let mut data = main + 1;
    while lines.get(data).is_some_and(|line| goes_on(&lines[data - 1], line, &titles)) {
        add(&mut titles, &lines[data]);
        data += 1;
    }
    let mut edges: Vec<usize> = titles.iter().map(|piece| piece.from).collect();
    draw_left(&mut edges, &titles, &lines[data..]);
    edges[0] = edges[0].min(lines[from..data].iter().map(Written::from).min()?);
    let end = end(lines, data, &edges)?;
    edges[0] = lines[from..end].iter().map(Written::from).fold(edges[0], usize::min);
    let cells = lines[from..end].iter().map(|line| cells(line, &edges)).collect::<Option<Vec<_>>>()?;
    let whole = |(line, cells): (&Written, &Vec<Option<Piece>>)| cells.iter().flatten().all(|cell| !has_gap(line, cell));
    lines[from..end].iter().zip(&cells).all(whole).then_some(Columns { titles: from..data, rows: data..end, edges, cells })
}

/// Adds the words of a further line to the titles over or under which they stand; words beside all of them are a title.
fn add(titles: &mut Vec<Piece>, line: &Written) {
    for piece in &line.pieces {
        match titles.iter_mut().find(|title| piece.from < title.to && title.from < piece.to) {
            Some(title) => (title.from, title.to) = (title.from.min(piece.from), title.to.max(piece.to)),
            None => titles.push(piece.clone()),
        }
    }
    titles.sort_by_key(|title| title.from);
}

/// Whether a line goes on with the titles above it: short words under titles but the first, or beside them all.
fn goes_on(above: &Written, line: &Written, titles: &[Piece]) -> bool {
    let under = |piece: &Piece| titles.iter().skip(1).any(|title| piece.from < title.to && title.from < piece.to);
    let right = titles.last().map_or(0, |title| title.to);
    line.row == above.row + 1
        && line
            .pieces
            .iter()
            .all(|piece| (under(piece) || piece.from > right) && piece.text.chars().count() <= WORD && is_title(&piece.text))
}

/// Moves the edges of columns whose titles stand in their middle to the left, where their cells begin.
fn draw_left(edges: &mut [usize], titles: &[Piece], lines: &[Written]) {
    let together = lines.windows(2).take_while(|pair| pair[1].row == pair[0].row + 1).count() + 1;
    let lines = lines.get(..together).unwrap_or(lines);
    for column in 1..edges.len() {
        let (before, title) = (&titles[column - 1], &titles[column]);
        let starts: Vec<usize> = lines
            .iter()
            .flat_map(|line| line.pieces.iter().skip(1).map(|piece| piece.from))
            .filter(|from| *from > before.to && *from < title.to)
            .collect();
        let at = |edge: usize| starts.iter().filter(|from| from.abs_diff(edge) <= NEAR).count();
        let left = starts.iter().copied().filter(|from| *from + NEAR < title.from && at(*from) > at(title.from)).min();
        edges[column] = left.unwrap_or(title.from);
    }
}

/// Where a line has to be cut to keep to the columns; `None` if a word runs over an edge.
fn cuts(line: &Written, edges: &[usize]) -> Option<Vec<usize>> {
    if line.divided != Divided::Blanks {
        return None;
    }
    let mut cuts = vec![0];
    for edge in edges.iter().skip(1) {
        let begins = line.pieces.iter().map(|piece| piece.from).filter(|from| from.abs_diff(*edge) <= NEAR);
        let cut = match begins.min_by_key(|from| from.abs_diff(*edge)) {
            Some(from) => from,
            None => narrow(line, *edge)?,
        };
        if cuts.last().is_some_and(|last| *last >= cut) {
            return None;
        }
        cuts.push(cut);
    }
    Some(cuts)
}

/// Where a line is cut that leaves one blank between two columns, or none of them: at the edge, or at the only blank near it.
fn narrow(line: &Written, edge: usize) -> Option<usize> {
    if line.is_blank(edge.saturating_sub(1)) {
        return Some(edge);
    }
    let mut near = (edge.saturating_sub(NEAR + 1)..edge + NEAR).filter(|at| line.is_blank(*at));
    match (near.next(), near.next()) {
        (Some(at), None) => Some(at + 1),
        // The line ends, or begins, near the edge.
        (Some(_), Some(_)) if line.to() <= edge + NEAR && line.is_blank(edge) => Some(edge),
        _ => None,
    }
}

fn cells(line: &Written, edges: &[usize]) -> Option<Vec<Option<Piece>>> {
    let cuts = cuts(line, edges)?;
    let ends = cuts.iter().skip(1).copied().chain([usize::MAX]);
    Some(cuts.iter().zip(ends).map(|(from, to)| line.between(*from, to)).collect())
}

/// Whether several blanks stand within a cell.
fn has_gap(line: &Written, cell: &Piece) -> bool {
    (cell.from..cell.to.saturating_sub(GAP)).any(|at| (at..at + GAP).all(|at| line.is_blank(at)))
}

/// Whether a piece of a line begins a column but the first.
fn is_divided(line: &Written, edges: &[usize]) -> bool {
    let begins = |piece: &Piece| edges.iter().skip(1).any(|edge| edge.abs_diff(piece.from) <= NEAR);
    line.pieces.iter().any(begins)
}

/// The line behind the last of a table: a note, another caption, the page's end, or something that does not keep to the columns.
/// If that follows a row without an empty line, it may be one all the same, and the end cannot be told.
fn end(lines: &[Written], data: usize, edges: &[usize]) -> Option<usize> {
    /// Lines further apart than this are no rows of one table.
    const FAR: usize = 4;
    let follows = |at: usize| lines.get(at).is_some_and(|line| line.row == lines[at - 1].row + 1);
    let divided = |rows: Range<usize>| lines[rows].iter().any(|line| is_divided(line, edges));
    let mut at = data;
    let mut stopped = false;
    while let Some(line) = lines.get(at).filter(|line| line.row <= lines[at - 1].row + FAR) {
        let first = line.pieces.first().map_or("", |piece| piece.text.as_str());
        let note = first.starts_with(MARKS) && edges.get(1).is_some_and(|edge| line.from() + NEAR < *edge);
        if note {
            return Some(at);
        }
        if is_numbered(first) {
            stopped = true;
            break;
        }
        if cuts(line, edges).is_none() {
            break;
        }
        at += 1;
    }
    let block = |to: usize| (data..to).rev().take_while(|at| follows(*at + 1) || *at + 1 == to).last().unwrap_or(to);
    if at > data && follows(at) && !stopped {
        let from = block(at);
        if divided(from..at) {
            return None;
        }
        at = from;
    }
    // Lines without a column of their own, behind an empty one, are a heading or a paragraph, if they are set in less than rows.
    let inset = lines.iter().any(|line| line.from() < edges[0]);
    while at > data {
        let from = block(at);
        let set_in = inset && lines[from..at].iter().all(|line| line.from() >= edges[0]);
        if from == data || set_in || divided(from..at) {
            break;
        }
        at = from;
    }
    (at > data || at == lines.len()).then_some(at)
}
