//! The tables of a leaf: a caption, the titles of columns under it, and rows.

use super::super::ink::Area;
use super::super::line::Line;
use super::super::part::{Part, PartCell};
use super::columns::{Columns, NEAR, columns};
use super::leaf::{Divided, Leaf, Piece, Written};
use super::rows::{self, Start};
use super::title::{is_numbered, is_title};
use super::{MARKS, TALLEST, line, x};
use crate::model::diagnostic::Diagnostic;
use std::ops::Range;

/// The titles of columns are no longer, in letters.
const TITLE: usize = 40;
/// So many rows that keep to columns make a table where its caption has no number.
const FEWEST: usize = 2;

/// A table that was read.
struct Read {
    part: Part,
    /// The line behind it.
    end: usize,
    /// The lines of rows that may be two, by their numbers: these were left out.
    unsure: Vec<(usize, usize)>,
}

fn unsure_row((from, to): (usize, usize)) -> Diagnostic {
    let message = format!("whether the lines {from} to {to} are one row of a table or two cannot be told: they were not read");
    let hint = "put an empty line between the two rows, or give the report as PDF or HTML, which show where a row ends";
    Diagnostic { line: Some(from), ..Diagnostic::warning("unsure-row", message).hint(hint) }
}

/// Takes the tables out of the lines of a leaf. A numbered caption whose table cannot be read is a table without rows.
pub(super) fn tables(leaf: &mut Leaf, notes: &mut Vec<Diagnostic>) -> Vec<Part> {
    let lines = std::mem::take(&mut leaf.lines);
    let mut parts = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(caption) = caption(&lines, at) else {
            leaf.lines.push(lines[at].clone());
            at += 1;
            continue;
        };
        let numbered = is_numbered(&lines[at].pieces[0].text);
        let read = lines.get(caption.end).filter(|head| head.row <= lines[caption.end - 1].row + 2);
        // A table ends with its page; where pages are not told apart, it is given up behind as many lines.
        let within = &lines[..lines.len().min(caption.end + TALLEST)];
        let read = read.and_then(|head| match head.divided {
            Divided::Blanks => by_blanks(within, caption.end, leaf.number),
            _ => by_signs(within, caption.end, leaf.number),
        });
        let whole = |read: &Read| read.end < within.len() || within.len() == lines.len();
        match read.filter(|read| whole(read) && (numbered || read.part.rows.len() > FEWEST)) {
            Some(Read { mut part, end, unsure }) => {
                notes.extend(unsure.into_iter().map(unsure_row));
                part.caption = titled(&lines[caption], leaf.number);
                part.area = part.caption.iter().map(|l| l.area).fold(part.area, Area::union);
                parts.push(part);
                at = end;
            }
            None if numbered => {
                parts.push(unread(titled(&lines[caption.clone()], leaf.number), leaf.number));
                at = caption.end;
            }
            None => {
                leaf.lines.push(lines[at].clone());
                at += 1;
            }
        }
    }
    parts
}

/// The lines of the caption that begins in a line: a numbered title, or any title over a line of several pieces.
fn caption(lines: &[Written], at: usize) -> Option<Range<usize>> {
    let first = lines[at].pieces.first()?;
    let divided =
        |at: usize, above: usize| lines.get(at).is_some_and(|line| line.pieces.len() > 1 && line.row <= lines[above].row + 2);
    let alone = |at: usize| lines.get(at).is_some_and(|line| line.pieces.len() == 1 && is_title(&line.pieces[0].text));
    if is_numbered(&first.text) {
        let under = |line: &Written| line.row == lines[at].row + 1 && line.from().abs_diff(first.from) <= NEAR;
        let wrapped = alone(at + 1) && under(&lines[at + 1]) && divided(at + 2, at + 1);
        return Some(at..at + 1 + usize::from(wrapped));
    }
    (alone(at) && divided(at + 1, at)).then_some(at..at + 1)
}

/// The lines of a caption, without what stands beside it.
fn titled(lines: &[Written], page: u32) -> Vec<Line> {
    let first = lines.iter().filter_map(|written| Some((written, written.pieces.first()?)));
    first.map(|(written, piece)| Line { bold: true, ..line(written, piece, page) }).collect()
}

fn unread(caption: Vec<Line>, page: u32) -> Part {
    let area = caption.iter().map(|l| l.area).reduce(Area::union).unwrap_or_default();
    Part { page, area, edges: vec![area.x0], rows: Vec::new(), ruled: false, header: 0, caption }
}

/// A table whose columns are kept by blanks.
fn by_blanks(lines: &[Written], from: usize, page: u32) -> Option<Read> {
    let Columns { titles, rows, edges, cells } = columns(lines, from)?;
    let (head, body) = cells.split_at(titles.len());
    let here = &lines[rows.clone()];
    let told = rows::starts(here, body, &edges);
    // The first line may be the rest of a row on the page before.
    let mut starts: Vec<usize> = (0..here.len()).filter(|at| *at == 0 || told[*at] == Start::Row).collect();
    starts.push(here.len());
    let either = |row: &Range<usize>| told[row.clone()].contains(&Start::Either);
    let cut: Vec<Range<usize>> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
    // What goes on on the next page would go on with the row before.
    if rows.end == lines.len() && cut.last().is_some_and(either) {
        return None;
    }
    let (unsure, sure): (Vec<_>, Vec<_>) = cut.into_iter().partition(either);
    let mut all = vec![row(&lines[titles], head, &edges, page)];
    all.extend(sure.into_iter().map(|row_| row(&here[row_.clone()], &body[row_], &edges, page)));
    let unsure = unsure.into_iter().map(|row| (here[row.start].number, here[row.end - 1].number)).collect();
    Some(Read { part: part(all, &edges, 1, page)?, end: rows.end, unsure })
}

/// A row of lines: each column's cell is what they have in it.
fn row(lines: &[Written], cells: &[Vec<Option<Piece>>], edges: &[usize], page: u32) -> Vec<PartCell> {
    let cell = |column: usize| {
        let pieces = lines.iter().zip(cells).filter_map(|(written, cells)| Some((written, cells.get(column)?.as_ref()?)));
        let lines: Vec<Line> = pieces.map(|(written, piece)| line(written, piece, page)).collect();
        let right = lines.iter().map(|l| l.area.x1).fold(edges.get(column + 1).map_or(0.0, |next| x(*next)), f32::max);
        PartCell { lines, column, right, ..PartCell::default() }
    };
    (0..edges.len()).map(cell).collect()
}

/// A table whose cells tabs or strokes divide: each line is a row.
fn by_signs(lines: &[Written], from: usize, page: u32) -> Option<Read> {
    let head = lines.get(from)?;
    let columns = head.pieces.len();
    let cells = |written: &Written| -> Vec<PartCell> {
        let cell = |(column, piece): (usize, &Piece)| {
            let lines = Some(piece).filter(|p| !p.text.is_empty()).map(|piece| line(written, piece, page)).into_iter().collect();
            PartCell { lines, column, right: f32::MAX, ..PartCell::default() }
        };
        written.pieces.iter().enumerate().map(cell).collect()
    };
    let mut all: Vec<Vec<PartCell>> = vec![cells(head)];
    let mut at = from + 1;
    while let Some(written) = lines.get(at) {
        if written.row > lines[at - 1].row + 2 {
            break;
        }
        if written.divided == head.divided {
            if written.pieces.len() > columns {
                return None;
            }
            all.push(cells(written));
        } else {
            // A line without such signs belongs to the cell above if rows go on directly under it.
            let under = lines[at..].windows(2).take_while(|w| w[1].row == w[0].row + 1).find(|w| w[1].divided == head.divided);
            let text = written.pieces.first().map_or("", |piece| piece.text.as_str());
            if under.is_none() || written.row > lines[at - 1].row + 1 || text.starts_with(MARKS) || is_numbered(text) {
                break;
            }
            let whole = Piece { from: written.from(), to: written.to(), text: written.text() };
            all.last_mut()?.last_mut()?.lines.push(line(written, &whole, page));
        }
        at += 1;
    }
    let titles = all.len() > 1 && head.pieces.iter().all(|piece| piece.text.chars().count() <= TITLE);
    let edges: Vec<usize> = (0..columns).map(|column| column * TITLE).collect();
    Some(Read { part: part(all, &edges, usize::from(titles), page)?, end: at, unsure: Vec::new() })
}

fn part(rows: Vec<Vec<PartCell>>, edges: &[usize], header: usize, page: u32) -> Option<Part> {
    let area = rows.iter().flatten().flat_map(|cell| &cell.lines).map(|l| l.area).reduce(Area::union)?;
    // Pages are set in by more or less: columns are told by their distances.
    let left = *edges.first()?;
    let mut edges: Vec<f32> = edges.iter().map(|edge| x(edge - left)).collect();
    edges.push(area.x1);
    Some(Part { page, area, edges, rows, ruled: false, header, caption: Vec::new() })
}
