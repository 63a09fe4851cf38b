//! XML of data: records of named fields, as publishers offer them to programs, laid out as a report each.
//!
//! A record is an element without text of its own whose children are fields of many names, the first of which says what it is
//! about: `<Country><Name>Ghana</Name><Region>…`. Nothing is known here of what fields mean: an element that holds fields is a table of their names
//! and values, one that holds items of one kind a table with a row for each, and one that holds others a heading. The names of elements are
//! their captions, with blanks for the signs that join words in them: `Suggested_Actions`.

use super::flow::Flow;
use super::grid::Grid;
use super::xml::Part;
use crate::model::document::{Document, Source};
use crate::model::id::sha256;
use rustc_hash::FxHashMap;

/// An element with fewer names of fields is no record: a chapter has a title and paragraphs.
const FIELDS: usize = 5;
/// A field of more words is a text.
const WORDS: usize = 8;
/// Data is not nested deeper than this.
const DEEPEST: usize = 32;

/// An element.
struct Node<'a> {
    name: &'a str,
    text: String,
    children: Vec<Node<'a>>,
}

impl Node<'_> {
    fn is_field(&self) -> bool {
        self.children.is_empty()
    }

    fn label(&self) -> String {
        label(self.name)
    }

    fn words(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether it holds what is told of one thing.
    fn is_record(&self) -> bool {
        let mut names: Vec<&str> = self.children.iter().map(|child| child.name).collect();
        names.sort_unstable();
        names.dedup();
        self.is_about_something() && names.len() >= FIELDS
    }

    /// Whether its first field says what it is about.
    fn is_about_something(&self) -> bool {
        let told = |first: &Node<'_>| first.is_field() && !first.words().is_empty();
        self.text.trim().is_empty() && self.children.first().is_some_and(told)
    }

    /// Whether its children are items of one kind, each a field or a list of fields.
    fn is_list(&self) -> bool {
        let one = |kind: &str| self.children.iter().all(|child| child.name == kind);
        self.children.first().is_some_and(|first| one(first.name) && !first.is_field())
            && self.children.iter().all(|item| item.children.iter().all(Node::is_field))
    }
}

/// The records of a file, if that is what it holds: its root, or all that stands in it, most of which has the fields of a record.
pub(super) fn documents(source: &Source, parts: &[Part]) -> Option<Vec<Document>> {
    let root = tree(parts)?;
    if root.is_record() {
        return Some(vec![document(source.clone(), &root)]);
    }
    let kind = root.children.first()?.name;
    if !root.children.iter().all(|child| child.name == kind && child.is_about_something()) {
        return None;
    }
    if root.children.iter().filter(|child| child.is_record()).count() * 2 <= root.children.len() {
        return None;
    }
    let part = |record: &Node<'_>| {
        let about = record.children.first().map(Node::words).unwrap_or_default();
        let name = format!("{}#{about}", source.name);
        let mut document = document(Source { name, sha256: String::new() }, record);
        // The file changes with any of them.
        document.source.sha256 = sha256(document.text.as_bytes());
        document
    };
    Some(root.children.iter().map(part).collect())
}

/// The root of a file that is not nested deeper than data is.
fn tree(parts: &[Part]) -> Option<Node<'_>> {
    let mut open: Vec<Node<'_>> = Vec::new();
    let mut root = None;
    for part in parts {
        match part {
            Part::Open { .. } if open.len() == DEEPEST => return None,
            Part::Open { name, .. } => open.push(Node { name, text: String::new(), children: Vec::new() }),
            Part::Text(text) => {
                if let Some(node) = open.last_mut() {
                    node.text.push_str(text);
                }
            }
            Part::Close => {
                let node = open.pop()?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None => root = Some(node),
                }
            }
        }
    }
    root
}

fn document(source: Source, record: &Node<'_>) -> Document {
    let mut flow = Flow::default();
    let mut fields = record.children.iter();
    if let Some(about) = fields.next() {
        flow.heading(1, &about.words());
    }
    lay_out(&record.label(), fields.as_slice(), 2, &mut flow);
    flow.document(source)
}

/// Lays out what stands in an element: its short fields in tables, its texts behind their names, and the elements in it.
fn lay_out(caption: &str, children: &[Node<'_>], level: u8, flow: &mut Flow) {
    let is_short = |field: &Node<'_>| field.is_field() && field.words().split(' ').count() < WORDS;
    for run in children.chunk_by(|a, b| is_short(a) && is_short(b)) {
        let Some(first) = run.first() else { continue };
        if is_short(first) {
            let mut grid = Grid::captioned(caption.to_owned());
            for field in run {
                row(&mut grid, [field.label(), field.words()], false);
            }
            flow.table(grid);
        } else if first.is_field() {
            flow.heading(level, &first.label());
            flow.paragraph(&first.words());
        } else if first.is_list() {
            list(first, level, flow);
        } else if first.children.iter().all(Node::is_field) {
            lay_out(&first.label(), &first.children, level + 1, flow);
        } else {
            flow.heading(level, &first.label());
            lay_out(&first.label(), &first.children, level + 1, flow);
        }
    }
}

/// A table with a row for each item, and the names of their fields above; items of a single field are paragraphs.
fn list(node: &Node<'_>, level: u8, flow: &mut Flow) {
    let mut columns: FxHashMap<&str, usize> = FxHashMap::default();
    let mut names = Vec::new();
    for field in node.children.iter().flat_map(|item| &item.children) {
        columns.entry(field.name).or_insert_with(|| {
            names.push(label(field.name));
            names.len() - 1
        });
    }
    if names.len() < 2 {
        flow.heading(level, &node.label());
        node.children.iter().flat_map(|item| &item.children).for_each(|field| flow.paragraph(&field.words()));
        return;
    }
    let many = names.len();
    let mut grid = Grid::captioned(node.label());
    row(&mut grid, names, true);
    for item in &node.children {
        let mut cells = vec![String::new(); many];
        for field in &item.children {
            let cell = &mut cells[columns[field.name]];
            cell.push_str(if cell.is_empty() { "" } else { " " });
            cell.push_str(&field.words());
        }
        row(&mut grid, cells, false);
    }
    flow.table(grid);
}

/// The name of an element as words.
fn label(name: &str) -> String {
    name.split(['_', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn row(grid: &mut Grid, cells: impl IntoIterator<Item = String>, titles: bool) {
    grid.row();
    for cell in cells {
        grid.cell(1, 1, titles);
        grid.paragraph(cell);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::{ReadError, document, documents};

    const RECORDS: &str = "<Lands><Land><Name>Ghana</Name><Region>Africa</Region>\
        <Told>In 2023, Ghana told more than this test has room for.</Told>\
        <Rates><Rate_A>1</Rate_A><Rate_B>No</Rate_B></Rates><Goods><Good><Kind>Gold</Kind><Old>Yes</Old></Good></Goods>\
        <Todo><Law><Act><Name>Make a law.</Name></Act><Act><Name>Keep it.</Name></Act></Law></Todo></Land>\
        <Land><Name>Togo</Name><Region>Africa</Region><Told>-</Told><Rates/><Goods/><Todo/></Land>\
        <Land><Name>Mali</Name><Goods/></Land></Lands>";

    #[test]
    fn each_record_is_a_report_with_its_fields_in_tables() {
        let all = documents("lands.xml", RECORDS.as_bytes()).unwrap();
        assert_eq!(
            all.iter().map(|d| d.source.name.as_str()).collect::<Vec<_>>(),
            ["lands.xml#Ghana", "lands.xml#Togo", "lands.xml#Mali"]
        );
        let [first, second, _] = all.as_slice() else { unreachable!() };
        let lines: Vec<&str> = first.text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(
            lines,
            [
                "Ghana",
                "Land",
                "Region",
                "Africa",
                "Told",
                "In 2023, Ghana told more than this test has room for.",
                "Rates",
                "Rate A",
                "1",
                "Rate B",
                "No",
                "Goods",
                "Kind",
                "Old",
                "Gold",
                "Yes",
                "Todo",
                "Law",
                "Make a law.",
                "Keep it."
            ]
        );
        assert_eq!(first.layout.as_ref().unwrap().tables().count(), 3);
        assert_ne!(first.source.sha256, second.source.sha256);
    }

    #[test]
    fn a_file_of_several_reports_is_not_taken_for_one_and_a_book_not_for_data() {
        assert!(matches!(document("lands.xml", RECORDS.as_bytes()), Err(ReadError::Several { count: 3, .. })));
        let book = "<book><chapter><title>One two three four</title><para>What is said in it is this.</para></chapter>\
            <chapter><title>Five six seven eight</title><para>And this is said in another.</para></chapter></book>";
        assert_eq!(documents("book.xml", book.as_bytes()).unwrap().len(), 1);
        let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
        assert!(documents("deep.xml", deep.as_bytes()).is_err());
    }
}
