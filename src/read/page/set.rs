//! The text of a document, set block by block, with the layout that points into it.

use super::assemble::{Raw, Whole};
use super::block::Para;
use super::line::Line;
use super::notes::BEGIN;
use super::part::PartCell;
use super::words::Words;
use crate::model::document::{Document, Page, Source, Span};
use crate::model::layout::{Block, Cell, Footnote, Heading, Layout, Mark, Row, Table};
use std::collections::HashMap;

/// Marks of notes.
const MARKS: &str = "*†‡§¶#‖";

/// The text under way.
pub(super) struct Setter {
    words: Words,
    text: String,
    /// Where each stretch of a page begins.
    starts: Vec<(usize, u32)>,
    /// Where each line of the source begins, with its number, if lines have one there.
    lines: Vec<(usize, usize)>,
}

impl Setter {
    pub(super) fn new(words: Words) -> Self {
        Self { words, text: String::new(), starts: Vec::new(), lines: Vec::new() }
    }
    /// The document: the text, its pages, and the lines of the source that it was made of.
    pub(super) fn document(self, source: Source, layout: Layout) -> Document {
        let ends = self.starts.iter().skip(1).map(|(at, _)| *at).chain([self.text.len()]);
        let pages = self.starts.iter().zip(ends).map(|((at, number), end)| Page { number: *number, span: Span::new(*at, end) });
        let pages = pages.collect();
        Document::new(source, self.text, pages).with_layout(layout).with_lines(self.lines)
    }
    /// Notes that what is set from here on stands in a line of the source.
    fn begin(&mut self, line: &Line) {
        if self.starts.last().is_none_or(|(_, page)| *page != line.page) {
            self.starts.push((self.text.len(), line.page));
        }
        if line.number > 0 {
            self.lines.push((self.text.len(), line.number));
        }
    }
    fn gap(&mut self, lines: &str) {
        if !self.text.is_empty() {
            self.text.push_str(lines);
        }
    }
    /// Sets lines as one text; with `right`, the right end of their space, a line that ended before it was full keeps its end.
    fn lines(&mut self, lines: &[Line], right: Option<f32>) -> Span {
        let Some(first) = lines.first() else { return Span::new(self.text.len(), self.text.len()) };
        let start = self.text.len();
        self.begin(first);
        self.text.push_str(first.text.trim_start_matches(BEGIN));
        let inset = lines.iter().map(|l| l.area.x0).fold(f32::MAX, f32::min);
        let reach = lines.iter().map(|l| l.area.x1).fold(f32::MIN, f32::max);
        for pair in lines.windows(2) {
            let (last, line) = (&pair[0], &pair[1]);
            self.begin(line);
            if let Some(note) = line.text.strip_prefix(BEGIN) {
                self.text.push('\n');
                self.text.push_str(note);
                continue;
            }
            let room = right.is_some_and(|right| last.area.x1 + line.first_word() + 0.45 * line.size < right - 5.0);
            let begins = line.text.chars().next().is_some_and(|c| !c.is_lowercase()) && line.area.x0 < inset + 30.0;
            if room && begins && last.page == line.page && !last.text.ends_with([',', '-', '(', '/', '–']) {
                self.text.push('\n');
                self.text.push_str(&line.text);
            } else {
                let full = last.area.x1 + 0.95 * last.size > reach;
                self.words.join(&mut self.text, &line.text, full);
            }
        }
        Span::new(start, self.text.len())
    }
    /// Sets a block.
    pub(super) fn block(&mut self, raw: &Raw, level: impl Fn(&Para) -> Option<u8>) -> Block {
        self.gap("\n\n");
        match raw {
            Raw::Para(para) => {
                let span = self.lines(&para.lines, None);
                match level(para) {
                    Some(level) => Block::Heading(Heading { span, level, size: para.size, bold: para.bold }),
                    None => match note_mark(para) {
                        Some(mark) if is_small(para) => Block::Footnote(Footnote { span, mark }),
                        _ => Block::Paragraph(span),
                    },
                }
            }
            Raw::Figure(lines) => {
                let start = self.text.len();
                for (i, line) in lines.iter().enumerate() {
                    if i > 0 {
                        self.text.push('\n');
                    }
                    self.lines(std::slice::from_ref(line), None);
                }
                Block::Figure(Span::new(start, self.text.len()))
            }
            Raw::Table(table) => Block::Table(self.table(table)),
        }
    }
    fn table(&mut self, table: &Whole) -> Table {
        let start = self.text.len();
        let caption = table.caption.as_ref().map(|caption| {
            let span = self.lines(&caption.lines, None);
            self.gap("\n");
            span
        });
        let part = &table.part;
        let mut set: Vec<Vec<(Cell, usize)>> = Vec::new();
        for (r, row) in part.rows.iter().enumerate() {
            if r > 0 {
                self.gap(if r == part.header { "\n\n" } else { "\n" });
            }
            let cells: Vec<(Cell, usize)> =
                row.iter().enumerate().map(|(c, cell)| (self.cell(cell, c > 0, part.page), cell.rows)).collect();
            set.push(cells);
        }
        let tall: Vec<usize> = (0..set.len()).filter(|row| set[*row].iter().any(|(_, rows)| *rows > 1)).collect();
        let mut rows: Vec<Row> = Vec::new();
        for r in 0..set.len() {
            let mut cells: Vec<Cell> = set[r].iter().map(|(cell, _)| cell.clone()).collect();
            for above in tall.iter().copied().take_while(|above| *above < r) {
                let reach = set[above].iter().filter(|(_, rows)| above + rows > r).map(|(cell, _)| cell);
                cells.extend(reach.map(|cell| Cell { from_above: true, ..cell.clone() }));
            }
            cells.sort_by_key(|cell| cell.column);
            rows.push(Row { cells, repeats: None });
        }
        let header = self.header(&mut rows, part.header);
        self.marks(&mut rows, part.columns());
        self.repeats(&mut rows);
        let notes = table.notes.iter().flat_map(|note| self.notes(note)).collect();
        let span = Span::new(start, self.text.len());
        Table { span, caption, header, columns: part.columns(), rows, notes, ruled: part.ruled }
    }
    /// The title rows as one: a column's title is the lowest cell over it that says something.
    fn header(&self, rows: &mut Vec<Row>, count: usize) -> Vec<Cell> {
        let mut header: Vec<Cell> = Vec::new();
        for row in rows.drain(..count) {
            for cell in row.cells.into_iter().filter(|c| !c.from_above) {
                let says = !self.text[cell.span.range()].trim().is_empty();
                match header.iter_mut().find(|c| c.column == cell.column) {
                    Some(there) if says => *there = cell,
                    Some(_) => {}
                    None => header.push(cell),
                }
            }
        }
        header.sort_by_key(|c| c.column);
        header
    }
    fn cell(&mut self, cell: &PartCell, follows: bool, page: u32) -> Cell {
        if follows && !cell.lines.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        let page = cell.lines.first().map_or(page, |l| l.page);
        let span = self.lines(&cell.lines, Some(cell.right));
        Cell { span, page, column: cell.column, columns: cell.columns, from_above: false, mark: cell.mark }
    }
    /// A column with checks has empty cells where nothing is drawn and nothing said.
    fn marks(&self, rows: &mut [Row], columns: usize) {
        for column in 0..columns {
            let checked = rows.iter().filter_map(|r| r.cell(column)).any(|c| c.mark != Mark::None);
            for cell in rows.iter_mut().flat_map(|r| &mut r.cells).filter(|c| checked && c.column == column) {
                if cell.mark == Mark::None && self.text[cell.span.range()].is_empty() {
                    cell.mark = Mark::Empty;
                }
            }
        }
    }
    fn repeats(&self, rows: &mut [Row]) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (index, row) in rows.iter_mut().enumerate() {
            let whole = |cell: &Cell| self.text[cell.span.range()].split_whitespace().collect::<Vec<_>>().join(" ");
            let texts: Vec<String> = row.cells.iter().map(whole).collect();
            if texts.iter().map(String::len).sum::<usize>() < 8 {
                continue;
            }
            match seen.get(&texts.join("\t")) {
                Some(first) => row.repeats = Some(*first),
                None => {
                    seen.insert(texts.join("\t"), index);
                }
            }
        }
    }
    /// The notes of a paragraph: each line that begins with a mark begins one.
    fn notes(&mut self, para: &Para) -> Vec<Footnote> {
        let mut groups: Vec<Vec<Line>> = Vec::new();
        for line in &para.lines {
            match groups.last_mut() {
                Some(group) if !line.text.starts_with(|c| MARKS.contains(c)) => group.push(line.clone()),
                _ => groups.push(vec![line.clone()]),
            }
        }
        groups
            .into_iter()
            .map(|lines| {
                self.gap("\n");
                let mark = lines.first().map(|l| mark(&l.text)).unwrap_or_default();
                Footnote { span: self.lines(&lines, None), mark }
            })
            .collect()
    }
}

/// The mark with which a note begins.
fn mark(text: &str) -> String {
    text.chars().take_while(|c| MARKS.contains(*c)).collect()
}

fn note_mark(para: &Para) -> Option<String> {
    Some(mark(para.first())).filter(|m| !m.is_empty())
}

fn is_small(para: &Para) -> bool {
    para.size < 10.0
}
