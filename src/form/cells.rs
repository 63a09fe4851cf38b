//! Where the lines of a laid-out document stand in its tables: the question left, the answer right.

use crate::model::document::{Document, Span};
use crate::model::layout::{Block, Cell, Table};

/// What a cell is to its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// What the row is about: its first cell, with the one behind it where that is a bare number.
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
            cells.row(document, table, &table.header, row, true);
            for (i, cells_of) in table.rows.iter().enumerate() {
                cells.row(document, table, &cells_of.cells, row + 1 + i, false);
            }
            row += 1 + table.rows.len();
        }
        cells.0.sort_by_key(|(span, _)| span.start);
        for (number, (_, place)) in cells.0.iter_mut().enumerate() {
            place.cell = number;
        }
        cells
    }

    fn row(&mut self, document: &Document, table: &Table, cells: &[Cell], row: usize, title: bool) {
        let first = cells.iter().map(|c| c.column).min().unwrap_or_default();
        let numbered = cells.iter().any(|c| c.column == first && is_number(document.slice(c.span)));
        let second = cells.iter().map(|c| c.column).filter(|c| *c > first).min();
        for cell in cells.iter().filter(|c| !c.from_above && c.span.end > c.span.start) {
            let side = if cell.columns >= table.columns {
                Side::Across
            } else if cell.column == 0 || numbered && Some(cell.column) == second && cells.len() > 2 {
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

/// Whether a cell holds nothing but a running number.
fn is_number(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ')']);
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.len() <= 6
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
}
