//! PDF files: the real ones of the corpus, and small ones made here.

mod corpus;
mod edges;
mod made;
pub(crate) mod paper;

use forced_labour_graph::model::document::{Document, Span};
use forced_labour_graph::model::layout::{Block, Layout, Table};

fn layout(document: &Document) -> &Layout {
    document.layout.as_ref().expect("a PDF has a layout")
}

/// The text of a span on one line.
fn flat(document: &Document, span: Span) -> String {
    document.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rows of a table as texts, one a column.
fn rows(document: &Document, table: &Table) -> Vec<Vec<String>> {
    let text = |row: &forced_labour_graph::model::layout::Row, column: usize| {
        row.cell(column).map(|c| flat(document, c.span)).unwrap_or_default()
    };
    table.rows.iter().map(|row| (0..table.columns).map(|c| text(row, c)).collect()).collect()
}

/// What holds for every layout: blocks follow each other, spans lie in the text, each row covers each column once.
fn check_layout(document: &Document) {
    let mut end = 0;
    for block in &layout(document).blocks {
        let span = block.span();
        assert!(span.start >= end && span.end <= document.text.len(), "a block overlaps the one before it");
        assert!(document.text.is_char_boundary(span.start) && document.text.is_char_boundary(span.end));
        assert!(span.start == span.end || document.page(span.start).is_some(), "no page at {}", span.start);
        end = span.end;
        let Block::Table(table) = block else { continue };
        let name = table.caption.map(|c| flat(document, c)).unwrap_or_default();
        for row in &table.rows {
            let mut covered = vec![0; table.columns];
            for cell in &row.cells {
                assert!(cell.span.start >= span.start && cell.span.end <= span.end, "a cell of {name} is outside");
                covered[cell.column..cell.column + cell.columns].iter_mut().for_each(|c| *c += 1);
            }
            assert!(covered.iter().all(|c| *c <= 1), "{name}: cells overlap: {:?}", rows(document, table));
        }
    }
}
