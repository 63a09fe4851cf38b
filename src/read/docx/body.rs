//! The text of a document: its paragraphs and tables in their order.

use super::super::flow::{Flow, PAGE};
use super::super::grid::Grid;
use super::super::xml::unescaped;
use super::lists::Lists;
use super::parts::{attribute, number};
use super::styles::{Styles, outline};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

type Part<T> = Result<Option<T>, quick_xml::Error>;

/// What the other parts say, as they were read.
pub(super) struct Context {
    pub(super) styles: Part<Styles>,
    pub(super) lists: Part<Lists>,
    pub(super) addresses: Part<HashMap<String, String>>,
    pub(super) footnotes: Part<HashMap<String, String>>,
    pub(super) endnotes: Part<HashMap<String, String>>,
}

/// The same, where all of them could be read.
pub(super) struct Whole {
    styles: Styles,
    lists: Lists,
    addresses: HashMap<String, String>,
    footnotes: HashMap<String, String>,
    endnotes: HashMap<String, String>,
}

impl Context {
    /// What the parts say.
    ///
    /// # Errors
    /// The first part that is not well formed.
    pub(super) fn whole(self) -> Result<Whole, quick_xml::Error> {
        Ok(Whole {
            styles: self.styles?.unwrap_or_default(),
            lists: self.lists?.unwrap_or_default(),
            addresses: self.addresses?.unwrap_or_default(),
            footnotes: self.footnotes?.unwrap_or_default(),
            endnotes: self.endnotes?.unwrap_or_default(),
        })
    }
}

/// What is not read: the old state of tracked changes, and what stands twice for old programs.
const LEFT_OUT: [&[u8]; 9] =
    [b"del", b"moveFrom", b"Fallback", b"pPrChange", b"rPrChange", b"tblPrChange", b"trPrChange", b"tcPrChange", b"sectPrChange"];

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    text: String,
    level: Option<u8>,
    list: Option<(String, usize)>,
    /// The notes that it refers to, each with its mark.
    notes: Vec<(String, String)>,
}

/// A cell whose size is not known yet.
struct Pending {
    columns: usize,
    /// Whether it goes on from the row above.
    merged: bool,
}

#[allow(clippy::struct_excessive_bools, reason = "each is what one mark of the stream of elements has said last")]
struct Body<'a> {
    context: Whole,
    flow: &'a mut Flow,
    /// The paragraphs that are open: one, and more where text boxes are in it.
    open: Vec<Paragraph>,
    grid: Option<Grid>,
    /// How many tables are open, one in the other; only the outermost one is read as such.
    tables: usize,
    pending: Option<Pending>,
    title_row: bool,
    left_out: usize,
    in_text: bool,
    hidden: bool,
    /// Whether no text has come since a page began.
    fresh: bool,
    notes: usize,
    /// Where the words of the open links begin, with their addresses.
    links: Vec<(usize, Option<String>)>,
}

/// Reads the part with the text.
pub(super) fn read(xml: &str, context: Whole, flow: &mut Flow) -> Result<(), quick_xml::Error> {
    let mut body = Body {
        context,
        flow,
        open: Vec::new(),
        grid: None,
        tables: 0,
        pending: None,
        title_row: false,
        left_out: 0,
        in_text: false,
        hidden: false,
        fresh: true,
        notes: 0,
        links: Vec::new(),
    };
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event()? {
            Event::Start(start) if body.left_out > 0 || LEFT_OUT.contains(&start.local_name().as_ref()) => body.left_out += 1,
            Event::End(_) if body.left_out > 0 => body.left_out -= 1,
            Event::Start(start) => body.start(&start),
            Event::End(end) => body.end(end.local_name().as_ref()),
            Event::Text(text) if body.left_out == 0 && body.in_text && !body.hidden => body.text(&unescaped(&text)),
            Event::Eof => break,
            _ => {}
        }
    }
    body.finish();
    Ok(())
}

impl Body<'_> {
    fn start(&mut self, start: &BytesStart<'_>) {
        let value = || attribute(start, "val").unwrap_or_default();
        match start.local_name().as_ref() {
            b"p" => {
                self.place();
                self.open.push(Paragraph::default());
            }
            b"r" => self.hidden = false,
            b"vanish" => self.hidden = !matches!(value().as_str(), "0" | "false"),
            b"t" => self.in_text = true,
            b"tab" if self.links.is_empty() => self.text(" "),
            b"noBreakHyphen" => self.text("-"),
            b"br" if attribute(start, "type").as_deref() == Some("page") => self.page(true),
            b"br" | b"cr" => self.text("\n"),
            b"lastRenderedPageBreak" => self.page(false),
            b"hyperlink" => {
                let address = attribute(start, "id").and_then(|id| self.context.addresses.get(&id)).cloned();
                self.links.push((self.open.last().map_or(0, |p| p.text.len()), address));
            }
            b"footnoteReference" => self.note(start, false),
            b"endnoteReference" => self.note(start, true),
            b"tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.grid = Some(Grid::default());
                }
            }
            b"tr" if self.tables == 1 => {
                self.title_row = false;
                if let Some(grid) = &mut self.grid {
                    grid.row();
                }
            }
            b"tblHeader" if self.tables == 1 => self.title_row = !matches!(value().as_str(), "0" | "false"),
            b"gridBefore" if self.tables == 1 => {
                if let (Some(grid), Some(columns)) = (&mut self.grid, number(start, "val")) {
                    grid.skip(columns);
                }
            }
            b"tc" if self.tables == 1 => self.pending = Some(Pending { columns: 1, merged: false }),
            name => {
                if let Some(pending) = &mut self.pending {
                    match name {
                        b"gridSpan" => pending.columns = number(start, "val").unwrap_or(1),
                        b"vMerge" => pending.merged = value() != "restart",
                        _ => {}
                    }
                }
                if let Some(paragraph) = self.open.last_mut() {
                    match name {
                        b"pStyle" => {
                            let style = self.context.styles.of(&value());
                            paragraph.level = paragraph.level.or(style.level);
                            paragraph.list = paragraph.list.take().or(style.list);
                        }
                        b"outlineLvl" => paragraph.level = outline(number(start, "val")),
                        b"ilvl" => paragraph.list = Some((String::new(), number(start, "val").unwrap_or(0))),
                        b"numId" => {
                            let level = paragraph.list.as_ref().map_or(0, |(_, level)| *level);
                            paragraph.list = Some((value(), level));
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"t" => self.in_text = false,
            b"p" => self.paragraph(),
            b"hyperlink" => self.address(),
            b"tcPr" | b"tc" if self.tables == 1 => self.place(),
            b"tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0
                    && let Some(grid) = self.grid.take()
                {
                    self.flow.table(grid);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            // What stands for page breaks here is no letter of the document's own.
            paragraph.text.extend(text.chars().filter(|c| *c != PAGE));
            self.fresh &= text.trim().is_empty();
        }
    }

    /// A page begins here; one that the program only noted when it last laid the document out may be one that was asked for.
    fn page(&mut self, asked: bool) {
        if asked || !self.fresh {
            if let Some(paragraph) = self.open.last_mut() {
                paragraph.text.push(PAGE);
            }
            self.fresh = true;
        }
    }

    /// Makes the cell that is open, now that its size is known.
    fn place(&mut self) {
        if let (Some(pending), Some(grid)) = (self.pending.take(), &mut self.grid) {
            if pending.merged {
                grid.merged(pending.columns);
            } else {
                grid.cell(pending.columns, 1, self.title_row);
            }
        }
    }

    fn note(&mut self, start: &BytesStart<'_>, at_end: bool) {
        let notes = if at_end { &self.context.endnotes } else { &self.context.footnotes };
        let text = attribute(start, "id").and_then(|id| notes.get(&id)).cloned();
        if let (Some(text), Some(paragraph)) = (text, self.open.last_mut()) {
            self.notes += 1;
            paragraph.notes.push((self.notes.to_string(), text));
        }
    }

    /// Puts a link's address behind its words, where they are not the address themselves.
    fn address(&mut self) {
        let (Some((start, Some(address))), Some(paragraph)) = (self.links.pop(), self.open.last_mut()) else { return };
        let words = paragraph.text.get(start..).unwrap_or_default();
        let bare = |text: &str| text.trim().trim_end_matches('/').split("://").last().unwrap_or_default().to_owned();
        if !words.trim().is_empty() && !bare(words).eq_ignore_ascii_case(&bare(&address)) {
            paragraph.text.push_str(" (");
            paragraph.text.push_str(&address);
            paragraph.text.push(')');
        }
    }

    /// Ends a paragraph.
    fn paragraph(&mut self) {
        let Some(Paragraph { mut text, level, list, notes }) = self.open.pop() else { return };
        if !text.trim().is_empty()
            && let Some(marker) = list.and_then(|(list, level)| self.context.lists.next(&list, level))
        {
            // Page breaks stay before the number.
            let at = text.len() - text.trim_start().len();
            text.insert_str(at, &format!("{marker} "));
        }
        match (&mut self.grid, level) {
            (Some(grid), _) => {
                if text.contains(|c: char| c == PAGE || !c.is_whitespace()) {
                    grid.paragraph(text);
                }
                for (mark, note) in notes {
                    grid.paragraph(format!("({mark}) {note}"));
                }
                return;
            }
            (None, Some(level)) => self.flow.heading(level, &text),
            (None, None) => self.flow.paragraph(&text),
        }
        for (mark, note) in notes {
            self.flow.footnote(&mark, &note);
        }
    }

    /// Ends what a document that is cut off leaves open.
    fn finish(&mut self) {
        while !self.open.is_empty() {
            self.paragraph();
        }
        if let Some(grid) = self.grid.take() {
            self.flow.table(grid);
        }
    }
}
