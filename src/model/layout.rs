//! How a page is laid out: what is heading, paragraph, table or note, told by place, rules and fonts, never by words.
//!
//! Every [`Span`] points into [`Document::text`](super::document::Document::text), where the blocks stand in reading order.
//! A cell's text is one stretch there, also when the cell goes on over a page; a paragraph's too. Where a line was wrapped
//! there is one space; a line that ended on purpose keeps its line end. The page of any byte is what
//! [`Document::page`](super::document::Document::page) says. Documents without a layout (plain text that is not read as pages) have none of this.

use super::document::Span;

/// The layout of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// Running heads, footers, page numbers, and what a table prints again on each of its pages: no part of the text.
    pub furniture: Vec<Furniture>,
}

impl Layout {
    /// The tables in reading order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}

/// A piece of the text that belongs together.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// Running text, or one entry of a list.
    Paragraph(Span),
    /// A table, whole, however many pages it takes.
    Table(Table),
    /// A note in small print that belongs to no table.
    Footnote(Footnote),
    /// The words in a chart or beside a picture.
    Figure(Span),
}

impl Block {
    /// Everything that the block says.
    pub fn span(&self) -> Span {
        match self {
            Self::Heading(heading) => heading.span,
            Self::Paragraph(span) | Self::Figure(span) => *span,
            Self::Table(table) => table.span,
            Self::Footnote(note) => note.span,
        }
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// Its words.
    pub span: Span,
    /// Its rank among the document's headings, by size and weight; 1 is the highest.
    pub level: u8,
    /// The size of its letters in points.
    pub size: f32,
    /// Whether it is bold.
    pub bold: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// From the caption to the last note.
    pub span: Span,
    /// The line above it that names it, without the word that a continuation adds.
    pub caption: Option<Span>,
    /// The titles of its columns, one cell a column as far as they are known; empty if it has none.
    pub header: Vec<Cell>,
    /// How many columns it has; none, with no rows, where a text keeps no columns of it: then its words are among what follows.
    pub columns: usize,
    /// The rows below the header, in order.
    pub rows: Vec<Row>,
    /// The notes printed under it; the meaning of a mark in the table is what they say.
    pub notes: Vec<Footnote>,
    /// Whether rows and columns come from drawn rules; otherwise from how the words are aligned.
    pub ruled: bool,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The cells from left to right. Column `c` is the cell with `column <= c < column + columns`.
    pub cells: Vec<Cell>,
    /// The index of the earlier row that this one repeats word for word, where the report prints it twice.
    pub repeats: Option<usize>,
}

impl Row {
    /// The cell that covers a column.
    pub fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| (cell.column..cell.column + cell.columns).contains(&column))
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its text, whole; empty where it has none.
    pub span: Span,
    /// The page on which it begins.
    pub page: u32,
    /// The first column that it takes, from 0.
    pub column: usize,
    /// How many columns it takes.
    pub columns: usize,
    /// Whether it began in an earlier row and reaches down to this one; its span is the same there.
    pub from_above: bool,
    /// What is drawn or set in it as a check mark.
    pub mark: Mark,
}

/// A check mark in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// There is none, nor does the column have any: the cell is told by its text.
    None,
    /// It is checked.
    Checked,
    /// It is empty in a column where other cells are checked.
    Empty,
    /// Something is drawn that is not known as a check mark.
    Unknown,
}

/// A note in small print.
#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    /// The note with its mark.
    pub span: Span,
    /// The mark that it explains: `†`, `*`, `1`; empty for a source or a remark.
    pub mark: String,
}

/// A running head, a footer, a page number, or the caption or title that a table repeats on a further page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// The page on which it stands.
    pub page: u32,
    /// Its words.
    pub text: String,
}
