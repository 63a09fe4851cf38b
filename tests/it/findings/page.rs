//! A document as the reader of laid-out pages makes it, put together block by block.

use forced_labour_graph::model::document::{Document, Page as Leaf, Source, Span};
use forced_labour_graph::model::layout::{Block, Cell, Footnote, Furniture, Heading, Layout, Mark, Row, Table};

/// A page under construction.
pub(crate) struct Page {
    text: String,
    blocks: Vec<Block>,
    furniture: Vec<Furniture>,
    /// Where pages end, but for the last.
    ends: Vec<usize>,
}

impl Page {
    pub(crate) fn new(country: &str, year: i32) -> Self {
        let mut page = Self::bare(country, year);
        page.paragraph(&format!(
            "In {year}, {country} made moderate advancement in efforts to eliminate the worst forms of child labor."
        ));
        page.heading("II. LEGAL FRAMEWORK FOR CHILD LABOR");
        page
    }

    /// One with nothing but its running head and foot.
    pub(crate) fn bare(head: &str, year: i32) -> Self {
        let line = |text: String| Furniture { page: 1, text };
        let furniture = vec![line(head.to_owned()), line(format!("{year} FINDINGS ON THE WORST FORMS OF CHILD LABOR"))];
        Self { text: String::new(), blocks: Vec::new(), furniture, ends: Vec::new() }
    }

    fn put(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        self.text.push('\n');
        Span::new(start, start + text.len())
    }

    pub(crate) fn paragraph(&mut self, text: &str) {
        let span = self.put(text);
        self.blocks.push(Block::Paragraph(span));
    }

    pub(crate) fn heading(&mut self, text: &str) {
        let span = self.put(text);
        self.blocks.push(Block::Heading(Heading { span, level: 1, size: 11.4, bold: true }));
    }

    fn cell(&mut self, text: &str, column: usize, mark: Mark) -> Cell {
        Cell { span: self.put(text), page: 1, column, columns: 1, from_above: false, mark }
    }

    pub(crate) fn table(&mut self, caption: &str, header: [&str; 2], rows: &[(&str, &str)], notes: &[&str]) {
        let rows: Vec<_> = rows.iter().map(|(title, text)| (*title, *text, Mark::None)).collect();
        self.any_table(caption, header, &rows, notes);
    }

    /// A table on two entities, whose column stands between a name and its text.
    pub(crate) fn of_two(&mut self, caption: &str, header: [&str; 3], rows: &[[&str; 3]]) {
        let caption = self.put(caption);
        let cells = |page: &mut Self, texts: &[&str; 3]| -> Vec<Cell> {
            texts.iter().enumerate().map(|(column, text)| page.cell(text, column, Mark::None)).collect()
        };
        let header = cells(self, &header);
        let rows = rows.iter().map(|row| Row { cells: cells(self, row), repeats: None }).collect();
        let span = Span::new(caption.start, self.text.len());
        let table = Table { span, caption: Some(caption), header, columns: 3, rows, notes: Vec::new(), ruled: true };
        self.blocks.push(Block::Table(table));
    }

    pub(crate) fn checks(&mut self, caption: &str, rows: &[(&str, Mark)]) {
        let rows: Vec<_> = rows.iter().map(|(title, mark)| (*title, "", *mark)).collect();
        self.any_table(caption, ["Convention", "Ratification"], &rows, &[]);
    }

    /// A table of two columns whose titles, if it has any, are rows like the others.
    pub(crate) fn headless(&mut self, caption: &str, rows: &[(&str, &str)]) {
        let rows: Vec<_> = rows.iter().map(|(title, text)| (*title, *text, Mark::None)).collect();
        self.any_table(caption, ["", ""], &rows, &[]);
        if let Some(Block::Table(table)) = self.blocks.last_mut() {
            table.header.clear();
        }
    }

    fn any_table(&mut self, caption: &str, header: [&str; 2], rows: &[(&str, &str, Mark)], notes: &[&str]) {
        let caption = self.put(caption);
        let header = vec![self.cell(header[0], 0, Mark::None), self.cell(header[1], 1, Mark::None)];
        let rows = rows
            .iter()
            .map(|(title, text, mark)| Row {
                cells: vec![self.cell(title, 0, Mark::None), self.cell(text, 1, *mark)],
                repeats: None,
            })
            .collect();
        let notes: Vec<Footnote> =
            notes.iter().map(|note| Footnote { span: self.put(note), mark: note.chars().take(1).collect() }).collect();
        let span = Span::new(caption.start, self.text.len());
        self.blocks.push(Block::Table(Table { span, caption: Some(caption), header, columns: 2, rows, notes, ruled: true }));
    }

    /// Ends the page: what follows stands on the next.
    pub(crate) fn turn(&mut self) {
        self.ends.push(self.text.len());
    }

    /// A line of a page that is no part of the text.
    pub(crate) fn furnish(&mut self, page: u32, text: &str) {
        self.furniture.push(Furniture { page, text: text.to_owned() });
    }

    pub(crate) fn finish(self) -> Document {
        let source = Source { name: "made-up.pdf".into(), sha256: "0".repeat(64) };
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let ends = self.ends.iter().copied().chain([self.text.len()]);
        let leaf = |((start, end), number)| Leaf { number, span: Span::new(start, end) };
        let pages = starts.zip(ends).zip(1..).map(leaf).collect();
        Document::new(source, self.text, pages).with_layout(Layout { blocks: self.blocks, furniture: self.furniture })
    }
}
