//! Text of laid-out pages: what `pdftotext` writes, with `-layout` or without, what a viewer or a browser copies.
//!
//! A form feed ends a page, or else the foot that pages have. A table is read where its columns are kept, by blanks, tabs or
//! strokes, under a line worded as its caption; one whose columns are not kept for certain has a caption and no rows, and its
//! words stay among the paragraphs behind it. What stands side by side elsewhere is told apart as on a PDF's page.

mod columns;
mod heads;
mod leaf;
mod rows;
mod table;
mod title;

use super::compose;
use super::flow::Usual;
use super::ink::Area;
use super::line::Line;
use super::sheet::Sheet;
use crate::model::diagnostic::Diagnostic;
use crate::model::document::Document;
use leaf::{Divided, Leaf, Piece, Written};

/// The width of a letter and the distance of lines, in points.
const WIDTH: f32 = 5.0;
const PITCH: f32 = 12.0;
/// The size of letters in points; a note's are smaller, those of a title in capitals larger.
const SIZE: f32 = 10.0;
const SMALL: f32 = 9.0;
const LARGE: f32 = 11.0;
/// So many blanks or more divide what stands side by side.
const APART: usize = 4;
/// A page has no more lines; what goes on for longer has no columns beside each other.
const TALLEST: usize = 400;
/// A text of more lines is no report; the longest have some two thousand.
const MOST: usize = 50_000;
/// With these a note begins.
const MARKS: [char; 3] = ['*', '†', '‡'];

/// A plain text as the pages that it is laid out in; `None` if it is longer than any report. The text is set anew, and
/// [`Document::line`] gives the lines of the source.
pub fn laid_out(document: &Document) -> Option<Document> {
    if document.lines().nth(MOST).is_some() {
        return None;
    }
    let (mut leaves, numbered) = leaf::leaves(document);
    let furniture = heads::remove(&mut leaves);
    let mut notes = document.notes.clone();
    let sheets = leaves.into_iter().map(|leaf| sheet(leaf, &mut notes)).collect();
    let mut laid = compose(document.source.clone(), sheets, Usual::default(), furniture, |_| ());
    if !numbered {
        laid.pages.clear();
    }
    laid.notes = notes;
    Some(laid)
}

fn sheet(mut leaf: Leaf, notes: &mut Vec<Diagnostic>) -> Sheet {
    let parts = table::tables(&mut leaf, notes);
    let tall = leaf.lines.last().map_or(0, |line| line.row) > TALLEST;
    let right = leaf.lines.iter().map(Written::to).max().unwrap_or_default();
    let mut lines = Vec::new();
    for (at, written) in leaf.lines.iter().enumerate() {
        let beside = beside(written, tall);
        let only = beside.len() == 1;
        for piece in beside {
            let mut line = line(written, &piece, leaf.number);
            let next = leaf.lines.get(at + 1).filter(|next| next.row == written.row + 1);
            let room = next.is_none_or(|next| piece.to + 1 + first_word(next) < right);
            line.bold = only && room && title::is_title(&piece.text);
            if line.bold && !piece.text.contains(char::is_lowercase) {
                line.size = LARGE;
            }
            lines.push(line);
        }
    }
    let bottom = leaf.lines.last().map_or(0, |line| line.row + 2);
    Sheet { number: leaf.number, area: Area::new(0.0, 0.0, x(right), y(bottom)), parts, lines, figures: Vec::new() }
}

/// How many letters the first word of a line has.
fn first_word(line: &Written) -> usize {
    line.pieces.first().and_then(|piece| piece.text.split(' ').next()).map_or(0, |word| word.chars().count())
}

/// What stands side by side on a line.
fn beside(line: &Written, tall: bool) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in line.pieces.iter().filter(|piece| !piece.text.is_empty()) {
        match out.last_mut() {
            Some(last) if tall || line.divided != Divided::Blanks || piece.from < last.to + APART => {
                last.text.push(' ');
                last.text.push_str(&piece.text);
                last.to = piece.to;
            }
            _ => out.push(piece.clone()),
        }
    }
    out
}

/// A piece of a line in its place on the page.
fn line(written: &Written, piece: &Piece, page: u32) -> Line {
    let size = if piece.text.starts_with(MARKS) { SMALL } else { SIZE };
    let baseline = y(written.row) + PITCH;
    let area = Area::new(x(piece.from), baseline - 0.75 * SIZE, x(piece.to), baseline + 0.2 * SIZE);
    Line { text: piece.text.clone(), area, baseline, size, bold: false, page, number: written.number }
}

#[allow(clippy::cast_precision_loss)]
fn x(column: usize) -> f32 {
    column as f32 * WIDTH
}

#[allow(clippy::cast_precision_loss)]
fn y(row: usize) -> f32 {
    row as f32 * PITCH
}
