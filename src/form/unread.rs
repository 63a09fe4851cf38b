//! Tables whose columns a text does not keep: their rows are not read, nor is what stands behind their captions, until it is
//! told for certain that it is no part of them.

use crate::knowledge::table::TableSpec;
use crate::model::diagnostic::Diagnostic;
use crate::model::document::{Document, Span};
use crate::model::layout::{Block, Table};

/// Whether a table has nothing but its caption.
pub(super) fn is_unread(table: &Table) -> bool {
    table.rows.is_empty() && table.header.is_empty()
}

/// Whether the cells of such a table may stand here.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Behind {
    /// They may not.
    #[default]
    Nothing,
    /// They may.
    Caption,
    /// A note was printed under them: what follows is no part of them.
    Note,
}

/// What a block is to a form.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told {
    /// It is the heading of a section, word for word.
    pub(super) section: bool,
    /// It is a table that the form knows.
    pub(super) table: bool,
    /// It explains a mark.
    pub(super) note: bool,
}

impl Behind {
    /// Goes on to a block, and tells whether it may be a cell of a table that is not read.
    pub(super) fn hides(&mut self, block: &Block, told: Told) -> bool {
        *self = match (*self, block) {
            (_, Block::Table(table)) if told.table => {
                if is_unread(table) {
                    Self::Caption
                } else {
                    Self::Nothing
                }
            }
            (_, Block::Heading(_)) if told.section => Self::Nothing,
            (Self::Caption | Self::Note, _) if told.note => Self::Note,
            (Self::Note, Block::Paragraph(_) | Block::Heading(_)) => Self::Nothing,
            (behind, _) => behind,
        };
        matches!(self, Self::Caption) && !told.table
    }
}

/// Says that a table was not read, and which lines behind it were not either.
pub(super) fn told(document: &Document, spec: &TableSpec, table: &Table, hidden: &[Span]) -> Diagnostic {
    let rows = format!("the text keeps no columns of the table `{}`: its rows were not read", spec.key);
    let message = match (hidden.first(), hidden.last()) {
        (Some(first), Some(last)) => {
            let (from, to) = (document.line(first.start), document.line(last.end.saturating_sub(1)));
            format!("{rows}, nor anything of the lines {from} to {to}, among which they stand")
        }
        _ => rows,
    };
    let hint = "give the report as PDF or HTML, which have the table, or as text that keeps its columns: `pdftotext -layout`";
    Diagnostic::warning("unread-table", message).hint(hint).at(document, table.span)
}
