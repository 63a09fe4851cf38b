//! Tables whose columns a text does not keep: their rows are not read, nor is what stands behind their captions, until it is
//! told for certain that it is no part of them.

use super::tables::Parts;
use crate::knowledge::table::TableSpec;
use crate::knowledge::words::words;
use crate::model::diagnostic::Diagnostic;
use crate::model::document::{Document, Span};
use crate::model::layout::{Block, Table};

/// A caption is no longer, in bytes.
pub(super) const LONGEST: usize = 160;

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

impl Parts<'_> {
    /// Whether a block is the caption of the table behind it, which has none of its own, as on web pages.
    pub(super) fn is_caption(&self, block: &Block, next: Option<&Block>) -> bool {
        let bare = |table: &Table| table.caption.is_none() && !is_unread(table) && self.table(table).is_none();
        matches!(next, Some(Block::Table(table)) if bare(table))
            && matches!(block, Block::Heading(_) | Block::Paragraph(_))
            && self.document.slice(block.span()).len() < LONGEST
            && self.captioned(block.span()).is_some()
    }

    /// What a block is to the form.
    pub(super) fn told(&self, block: &Block, caption: Option<Span>) -> Told {
        match block {
            Block::Heading(heading) => Told { section: self.is_section(heading.span), ..Told::default() },
            Block::Table(table) => Told { table: self.table(table).is_some() || caption.is_some(), ..Told::default() },
            Block::Paragraph(span) => Told { note: self.is_note(*span), ..Told::default() },
            Block::Footnote(note) => Told { note: self.is_note(note.span), ..Told::default() },
            Block::Figure(_) => Told::default(),
        }
    }

    /// Whether a heading says what a section's does, but for the number before it.
    fn is_section(&self, span: Span) -> bool {
        let count = words(self.document.slice(span)).len();
        self.section_of(span).is_some_and(|(_, words)| words + 1 >= count)
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
