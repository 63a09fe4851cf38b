//! Text in blocks, laid out line by line, with the layout that says what each block is: for formats that mark their parts.
//!
//! Between blocks, rows and cells stands a blank line; in the first cell of a row, where questions stand, paragraphs are
//! lines without blank ones between, so that the cell stays together. A number that stands alone (`75.`) is put before what
//! follows it.

use super::grid::Grid;
use super::sign;
use crate::model::document::{Document, Page, Source, Span};
use crate::model::layout::{Block, Cell, Footnote, Heading, Layout, Mark, Row, Table};

/// What readers put where a page begins; it does not come into the text.
pub(super) const PAGE: char = '\u{c}';

/// A text that is being laid out.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    blocks: Vec<Block>,
    /// Where pages but the first begin.
    pages: Vec<usize>,
    /// Whether the last piece is a number without words.
    number: bool,
}

impl Flow {
    /// A heading; level 1 is the highest.
    pub(super) fn heading(&mut self, level: u8, text: &str) {
        if let Some(span) = self.piece(text, "\n") {
            self.blocks.push(Block::Heading(Heading { span, level, size: 0.0, bold: true }));
        }
    }

    /// A paragraph, or one entry of a list; its line ends are kept.
    pub(super) fn paragraph(&mut self, text: &str) {
        if let Some(span) = self.piece(text, "\n") {
            self.blocks.push(Block::Paragraph(span));
        }
    }

    /// A note, with its mark before it.
    pub(super) fn footnote(&mut self, mark: &str, text: &str) {
        if let Some(span) = self.piece(&format!("({mark}) {}", text.trim()), "\n") {
            self.blocks.push(Block::Footnote(Footnote { span, mark: mark.to_owned() }));
        }
    }

    /// A table. One of a single column is none: its cells are paragraphs.
    pub(super) fn table(&mut self, mut grid: Grid) {
        grid.end_row();
        if grid.columns < 2 {
            self.paragraph(&grid.caption);
            for text in grid.rows.iter().flatten().flat_map(|cell| &cell.paragraphs) {
                self.paragraph(text);
            }
            return;
        }
        let start = self.text.len();
        let caption = self.piece(&grid.caption, "\n");
        let titles = grid.rows.iter().take_while(|row| row.iter().all(|cell| cell.title || cell.above)).count();
        let titles = if titles < grid.rows.len() { titles } else { 0 };
        let mut table = Table {
            span: Span::new(start, start),
            caption,
            header: Vec::new(),
            columns: grid.columns,
            rows: Vec::new(),
            notes: Vec::new(),
            ruled: true,
        };
        // The last cell that began in a column, for those that reach down.
        let mut last: Vec<Option<(Span, u32)>> = vec![None; grid.columns];
        for (at, row) in grid.rows.into_iter().enumerate() {
            let mut cells = Vec::with_capacity(row.len());
            for cell in row {
                let above = if cell.above { last.get(cell.column).copied().flatten() } else { None };
                let (span, page) = above.unwrap_or_else(|| {
                    let between = if cell.column == 0 { "\n" } else { "\n\n" };
                    let end = self.text.len();
                    let span = self.piece(&cell.paragraphs.join("\n"), between).unwrap_or(Span::new(end, end));
                    (span, self.page(span.start))
                });
                if let Some(place) = last.get_mut(cell.column) {
                    *place = Some((span, page));
                }
                let (column, columns, from_above) = (cell.column, cell.columns, cell.above);
                cells.push(Cell { span, page, column, columns, from_above, mark: Mark::None });
            }
            self.number = false;
            if at >= titles {
                table.rows.push(Row { cells, repeats: None });
            } else {
                table.header = cells;
            }
        }
        let cells = table.header.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
        let starts = cells.map(|cell| cell.span).filter(|span| span.start < span.end).map(|span| span.start);
        let start = starts.chain(table.caption.map(|caption| caption.start)).min().unwrap_or(self.text.len());
        table.span = Span::new(start, self.text.len());
        if table.span.start < table.span.end {
            self.blocks.push(Block::Table(table));
        }
    }

    /// The document; its text ends with a line end.
    pub(super) fn document(mut self, source: Source) -> Document {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let mut pages = Vec::new();
        if !self.pages.is_empty() {
            let ends = self.pages.iter().copied().chain([self.text.len()]);
            for (number, (start, end)) in (1..).zip(std::iter::once(0).chain(self.pages.iter().copied()).zip(ends)) {
                pages.push(Page { number, span: Span::new(start, end) });
            }
        }
        Document::new(source, self.text, pages).with_layout(Layout { blocks: self.blocks, furniture: Vec::new() })
    }

    fn page(&self, at: usize) -> u32 {
        u32::try_from(self.pages.partition_point(|start| *start <= at) + 1).unwrap_or(u32::MAX)
    }

    /// Adds a piece of text with its lines, `between` them; `None` if there is nothing in it.
    fn piece(&mut self, text: &str, between: &str) -> Option<Span> {
        let text = text.trim_matches(|c: char| c.is_whitespace() && c != PAGE);
        if !text.chars().any(|c| !c.is_whitespace()) {
            // A page break that stands alone.
            self.pages.extend(text.chars().filter(|c| *c == PAGE).map(|_| self.text.len()));
            return None;
        }
        let before = match (self.text.is_empty(), self.number) {
            (true, _) => "",
            (_, true) => " ",
            _ => "\n\n",
        };
        self.text.push_str(before);
        let start = self.text.len();
        for c in text.chars() {
            match c {
                PAGE => self.pages.push(self.text.len()),
                '\n' => self.text.push_str(between),
                '\t' => self.text.push(' '),
                // Where a word may be broken, and spaces of no width, are not seen.
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                c if c.is_control() => {}
                c => self.text.push(sign(c)),
            }
        }
        let piece = self.text.get(start..).unwrap_or_default();
        let number = piece.strip_suffix(['.', ')']).unwrap_or_default();
        self.number = (1..=6).contains(&number.len()) && number.starts_with(|c: char| c.is_ascii_digit());
        Some(Span::new(start, self.text.len()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_stretches_of_the_text_on_their_pages() {
        let mut flow = Flow::default();
        flow.heading(1, "Title");
        let mut grid = Grid::default();
        for (left, right) in [("75.", "What is done?"), ("Question\nin two lines", "\u{c}Yes\nof course")] {
            grid.row();
            grid.cell(1, 1, false);
            grid.paragraph(left.to_owned());
            grid.cell(1, 1, false);
            grid.paragraph(right.to_owned());
        }
        flow.table(grid);
        let document = flow.document(Source { name: "t".into(), sha256: String::new() });
        assert_eq!(document.text, "Title\n\n75. What is done?\n\nQuestion\nin two lines\n\nYes\n\nof course\n");
        let layout = document.layout.as_ref().unwrap();
        let cells: Vec<(&str, u32)> = layout
            .tables()
            .flat_map(|t| &t.rows)
            .flat_map(|row| &row.cells)
            .map(|cell| (document.slice(cell.span), cell.page))
            .collect();
        assert_eq!(cells, [("75.", 1), ("What is done?", 1), ("Question\nin two lines", 1), ("Yes\n\nof course", 2)]);
        assert_eq!(document.page(document.text.find("of course").unwrap()), Some(2));
        assert_eq!(document.page(0), Some(1));
    }
}
