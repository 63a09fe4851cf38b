//! Where the lines of a laid-out document stand in its tables: the question left, the answer right.

use crate::model::document::{Document, Span};
use crate::model::layout::{Block, Cell, Row, Table};

/// What a cell is to its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// What the row is about: its first cell, with the one behind it where the first column is one of bare numbers.
    Question,
    /// What it says of that: the other cells.
    Answer,
    /// It takes all of the table's width, as a heading does.
    Across,
}

/// The place of a line in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its cell and its row, counted through the document.
    pub(super) cell: usize,
    pub(super) row: usize,
    pub(super) side: Side,
    /// Whether the row holds titles of columns.
    pub(super) title: bool,
}

/// The cells of all tables, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Cells(Vec<(Span, Place)>);

/// The headings that a document's layout shows outside of tables, in the order of the text.
pub(super) fn headings(document: &Document) -> Vec<Span> {
    let blocks = document.layout.iter().flat_map(|layout| &layout.blocks);
    blocks.filter_map(|block| if let Block::Heading(heading) = block { Some(heading.span) } else { None }).collect()
}

impl Cells {
    /// The cells of a document; none where it has no layout.
    pub(super) fn of(document: &Document) -> Self {
        let mut cells = Self::default();
        let mut row = 0;
        for block in document.layout.iter().flat_map(|layout| &layout.blocks) {
            let Block::Table(table) = block else { continue };
            let numbered = has_numbers(document, table);
            cells.row(table, numbered, &table.header, row, true);
            for (i, cells_of) in table.rows.iter().enumerate() {
                cells.row(table, numbered, &cells_of.cells, row + 1 + i, false);
            }
            row += 1 + table.rows.len();
        }
        cells.0.sort_by_key(|(span, _)| span.start);
        for (number, (_, place)) in cells.0.iter_mut().enumerate() {
            place.cell = number;
        }
        cells
    }

    fn row(&mut self, table: &Table, numbered: bool, cells: &[Cell], row: usize, title: bool) {
        for cell in cells.iter().filter(|c| !c.from_above && c.span.end > c.span.start) {
            let side = if cell.columns >= table.columns {
                Side::Across
            } else if cell.column == 0 || numbered && cell.column == 1 {
                Side::Question
            } else {
                Side::Answer
            };
            self.0.push((cell.span, Place { cell: 0, row, side, title }));
        }
    }

    /// The place of a byte, if it is in a cell.
    pub(super) fn at(&self, byte: usize) -> Option<Place> {
        let after = self.0.partition_point(|(span, _)| span.start <= byte);
        self.0.get(after.checked_sub(1)?).filter(|(span, _)| byte < span.end).map(|(_, place)| *place)
    }
}

/// Whether the first of three columns or more holds little but the numbers of what the second one asks.
fn has_numbers(document: &Document, table: &Table) -> bool {
    let first = |row: &Row| row.cell(0).filter(|c| !c.from_above && c.columns == 1).map(|c| document.slice(c.span).trim());
    let written = || table.rows.iter().filter_map(first).filter(|text| !text.is_empty());
    let numbers = written().filter(|text| is_number(text)).count();
    table.columns > 2 && numbers > 0 && numbers * 4 >= written().count() * 3
}

/// Whether a cell holds nothing but a running number.
fn is_number(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ')']);
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.len() <= 6
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
}
