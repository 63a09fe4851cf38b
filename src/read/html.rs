//! HTML: headings, paragraphs, lists and tables of a page, without what is there for the browser or for finding one's way.
//!
//! Pages are read as browsers read them, by Servo's parser (crate `scraper`), which takes anything for HTML and never fails.
//! A table that holds another, or has one column, only lays the page out: its cells are read as paragraphs.

use super::flow::Flow;
use super::grid::Grid;
use super::list::{Numbering, marker};
use crate::model::document::{Document, Source};
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

/// What no reader reads.
const LEFT_OUT: &[&str] = &[
    "nav", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "button", "select", "datalist",
    "textarea", "audio", "video", "canvas", "dialog",
];
/// What begins on a line of its own. Table parts are seen to apart.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "legend",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "ul",
];

/// The document of a page.
pub(super) fn document(source: Source, text: &str) -> Document {
    let page = Html::parse_document(text);
    let (data_tables, headed) = survey(&page);
    let mut reader = Reader { headed, data_tables, ..Reader::default() };
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => reader.open(element),
                Node::Text(text) => reader.text(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    reader.close(element);
                }
            }
        }
    }
    reader.end().document(source)
}

/// For each table in the order of the page, whether it holds data: rows of several cells, and no further table; and whether
/// the page has a heading of the first level.
fn survey(page: &Html) -> (Vec<bool>, bool) {
    let mut headed = false;
    let mut tables: Vec<bool> = Vec::new();
    // The open tables: which, whether another is inside, the cells of the row, those of the widest one.
    let mut open: Vec<(usize, bool, usize, usize)> = Vec::new();
    for edge in page.tree.root().traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        let Some(element) = node.value().as_element() else { continue };
        match (element.name(), opens) {
            ("h1", true) => headed = true,
            ("table", true) => {
                if let Some(outer) = open.last_mut() {
                    outer.1 = true;
                }
                open.push((tables.len(), false, 0, 0));
                tables.push(false);
            }
            ("table", false) => {
                if let Some((at, nested, _, widest)) = open.pop() {
                    tables[at] = !nested && widest > 1;
                }
            }
            ("tr", true) => {
                if let Some(table) = open.last_mut() {
                    table.2 = 0;
                }
            }
            ("td" | "th", true) => {
                if let Some(table) = open.last_mut() {
                    table.2 += 1;
                    table.3 = table.3.max(table.2);
                }
            }
            _ => {}
        }
    }
    (tables, headed)
}

/// A list that is open.
struct List {
    numbering: Numbering,
    next: i64,
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    /// The words of the block that is open; line ends in it are the page's own.
    block: String,
    /// What stands before the block's words: the number or bullet of a list's entry.
    marker: Option<String>,
    title: String,
    /// Whether the page has a heading of the first level; its title is read otherwise.
    headed: bool,
    in_title: bool,
    heading: Option<u8>,
    lists: Vec<List>,
    /// How deep we are in what is left out.
    left_out: usize,
    /// How deep we are in text whose white space counts.
    verbatim: usize,
    /// Where the words of the open links begin in the block, with their addresses.
    links: Vec<(usize, Option<String>)>,
    data_tables: Vec<bool>,
    tables: usize,
    /// The data table that is open.
    grid: Option<Grid>,
    in_caption: bool,
}

impl Reader {
    fn open(&mut self, element: &Element) {
        let name = element.name();
        if self.left_out > 0 || is_left_out(element) {
            self.left_out += 1;
            return;
        }
        if BLOCKS.contains(&name) || matches!(name, "tr" | "caption") {
            self.flush();
        }
        match name {
            "title" => self.in_title = true,
            "br" => self.block.push('\n'),
            "a" => {
                let address = element.attr("href").map(str::trim).filter(|href| is_address(href));
                self.links.push((self.block.len(), address.map(str::to_owned)));
            }
            "img" => {
                // A picture's words, where a page says something with it.
                if let Some(words) = element.attr("alt").filter(|alt| !alt.trim().is_empty()) {
                    self.text(words);
                }
            }
            "pre" => self.verbatim += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = name.as_bytes().get(1).map(|digit| digit - b'0'),
            "ol" | "ul" => self.lists.push(list(element)),
            "li" => self.entry(element),
            "table" => {
                let is_data = self.data_tables.get(self.tables).copied().unwrap_or_default();
                self.tables += 1;
                if is_data {
                    self.grid = Some(Grid::default());
                }
            }
            "caption" => self.in_caption = true,
            "tr" => {
                if let Some(grid) = &mut self.grid {
                    grid.row();
                }
            }
            "td" | "th" => {
                if let Some(grid) = &mut self.grid {
                    grid.cell(number(element, "colspan"), number(element, "rowspan"), name == "th");
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        if BLOCKS.contains(&name) || matches!(name, "tr" | "caption") {
            self.flush();
        }
        match name {
            "title" => {
                self.in_title = false;
                let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
                if !self.headed {
                    self.flow.heading(1, &title);
                }
            }
            "a" => self.address(),
            "pre" => self.verbatim = self.verbatim.saturating_sub(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            "ol" | "ul" => drop(self.lists.pop()),
            "li" => self.marker = None,
            "caption" => self.in_caption = false,
            "table" => {
                if let Some(grid) = self.grid.take() {
                    self.flow.table(grid);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.left_out > 0 {
            return;
        }
        if self.in_title {
            self.title.push_str(text);
        } else if self.verbatim > 0 {
            self.block.extend(text.chars().filter(|c| *c != '\r'));
        } else {
            for c in text.chars() {
                // The spaces of HTML are one; a space that must not break stays what it is.
                if !matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                    self.block.push(c);
                } else if !self.block.ends_with([' ', '\n']) {
                    self.block.push(' ');
                }
            }
        }
    }

    /// Begins an entry of a list.
    fn entry(&mut self, element: &Element) {
        self.marker = Some(match self.lists.last_mut() {
            Some(list) => {
                list.next = element.attr("value").and_then(|v| v.trim().parse().ok()).unwrap_or(list.next);
                let words = marker(list.numbering, list.next);
                list.next = list.next.saturating_add(1);
                words
            }
            None => marker(Numbering::Bullet, 1),
        });
    }

    /// Puts a link's address behind its words, where they are not the address themselves.
    fn address(&mut self) {
        let Some((start, Some(address))) = self.links.pop() else { return };
        let words = self.block.get(start..).unwrap_or_default().trim();
        let plain = |text: &str| text.trim_end_matches('/').split("://").last().unwrap_or_default().to_owned();
        if !words.is_empty() && !plain(words).eq_ignore_ascii_case(&plain(&address)) {
            self.block.push_str(" (");
            self.block.push_str(&address);
            self.block.push(')');
        }
    }

    /// Ends the block that is open.
    fn flush(&mut self) {
        for (start, _) in &mut self.links {
            *start = 0;
        }
        let block = std::mem::take(&mut self.block);
        let words = if self.verbatim > 0 { block.trim_matches('\n').to_owned() } else { lines(&block) };
        if words.trim().is_empty() {
            return;
        }
        let words = match self.marker.take() {
            Some(marker) => format!("{marker} {words}"),
            None => words,
        };
        match (&mut self.grid, self.heading) {
            (Some(grid), _) if self.in_caption => {
                grid.caption.push_str(if grid.caption.is_empty() { "" } else { " " });
                grid.caption.push_str(&words);
            }
            (Some(grid), _) => grid.paragraph(words),
            (None, Some(level)) => self.flow.heading(level, &words),
            (None, None) => self.flow.paragraph(&words),
        }
    }

    /// What was read.
    fn end(mut self) -> Flow {
        self.flush();
        if let Some(grid) = self.grid.take() {
            self.flow.table(grid);
        }
        self.flow
    }
}

/// The lines of a block, without white space at their ends.
fn lines(block: &str) -> String {
    let trimmed: Vec<&str> = block.split('\n').map(|line| line.trim_matches([' ', '\t'])).collect();
    trimmed.join("\n").trim_matches('\n').to_owned()
}

fn is_left_out(element: &Element) -> bool {
    let style = || element.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    LEFT_OUT.contains(&element.name())
        || element.attr("hidden").is_some()
        || element.attr("role").is_some_and(|role| role.eq_ignore_ascii_case("navigation"))
        || style().contains("display:none")
}

/// Whether a link leads to another place of the web.
fn is_address(href: &str) -> bool {
    let scheme = href.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
        && !href.contains(char::is_whitespace)
}

fn number(element: &Element, attribute: &str) -> usize {
    element.attr(attribute).and_then(|value| value.trim().parse().ok()).unwrap_or(1)
}

fn list(element: &Element) -> List {
    let numbering = match (element.name(), element.attr("type")) {
        ("ul", _) => Numbering::Bullet,
        (_, Some("a")) => Numbering::Lower,
        (_, Some("A")) => Numbering::Upper,
        (_, Some("i")) => Numbering::LowerRoman,
        (_, Some("I")) => Numbering::UpperRoman,
        _ => Numbering::Decimal,
    };
    List { numbering, next: element.attr("start").and_then(|value| value.trim().parse().ok()).unwrap_or(1) }
}
