//! XML of documents: the text of its elements in their order, whatever they are called.
//!
//! An element with text of its own is a paragraph, with all that is inside of it. Elements that hold rows of cells are
//! tables, and those called title, head or heading are headings: names that the common document formats share. XML without
//! sentences is refused, unless it is data in records, which `data` lays out. Entities beyond the five of XML are kept as they are written, so
//! that nothing can be blown up by them.

use super::ReadError;
use super::data;
use super::flow::Flow;
use super::grid::Grid;
use crate::model::document::{Document, Source};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesText, Event};

/// An element or a piece of text, in the order of the file.
pub(super) enum Part {
    Open { name: String, has_text: bool },
    Text(String),
    Close,
}

/// The documents of an XML file: one, or one a record.
///
/// # Errors
/// If it is not well formed or holds no sentences.
pub(super) fn documents(source: Source, text: &str) -> Result<Vec<Document>, ReadError> {
    let name = source.name.clone();
    let parts = parts(&name, text)?;
    if let Some(records) = data::documents(&source, &parts) {
        return Ok(records);
    }
    let mut flow = Flow::default();
    lay_out(&parts, &mut flow);
    let document = flow.document(source);
    readable(&name, &document)?;
    Ok(vec![document])
}

/// The parts of a file; an element knows whether text stands right in it.
fn parts(name: &str, text: &str) -> Result<Vec<Part>, ReadError> {
    let malformed = |what: String, offset: u64| ReadError::Malformed { name: name.to_owned(), what, offset };
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut parts: Vec<Part> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|e| malformed(e.to_string(), reader.error_position()))?;
        let words = match event {
            Event::Start(start) => {
                open.push(parts.len());
                let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
                parts.push(Part::Open { name, has_text: false });
                continue;
            }
            Event::End(_) => {
                open.pop();
                parts.push(Part::Close);
                continue;
            }
            Event::Text(text) => unescaped(&text),
            Event::CData(data) => String::from_utf8_lossy(&data).into_owned(),
            Event::Eof if open.is_empty() => return Ok(parts),
            Event::Eof => return Err(malformed("it ends inside of an element".to_owned(), reader.buffer_position())),
            _ => continue,
        };
        if !words.trim().is_empty()
            && let Some(Part::Open { has_text, .. }) = open.last().and_then(|at| parts.get_mut(*at))
        {
            *has_text = true;
        }
        parts.push(Part::Text(words));
    }
}

/// The text of a piece; entities that are not XML's own stay as they are.
pub(super) fn unescaped(text: &BytesText<'_>) -> String {
    const LONGEST: usize = 12;
    let raw = String::from_utf8_lossy(text);
    let mut words = String::with_capacity(raw.len());
    let mut rest = raw.as_ref();
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        words.push_str(before);
        let end = from.char_indices().take(LONGEST).find(|(_, c)| *c == ';').map_or(1, |(end, _)| end + 1);
        let (entity, after) = from.split_at(end);
        match quick_xml::escape::unescape_with(entity, resolve_predefined_entity) {
            Ok(letter) => words.push_str(&letter),
            Err(_) => words.push_str(entity),
        }
        rest = after;
    }
    words.push_str(rest);
    words
}

/// Lays the parts out as blocks.
fn lay_out(parts: &[Part], flow: &mut Flow) {
    let mut names: Vec<String> = Vec::new();
    // How deep the block began that is open, and its words.
    let mut block: Option<(usize, String)> = None;
    let mut grid: Option<(usize, Grid)> = None;
    for part in parts {
        match part {
            Part::Open { name, has_text } => {
                let name = name.to_ascii_lowercase();
                match (name.as_str(), &mut grid) {
                    ("table" | "tgroup" | "tbody", None) if block.is_none() => grid = Some((names.len() + 1, Grid::default())),
                    ("row" | "tr", Some((_, grid))) if block.is_none() => grid.row(),
                    ("cell" | "entry" | "td" | "th", Some((_, grid))) if block.is_none() => grid.cell(1, 1, name == "th"),
                    _ => {}
                }
                names.push(name);
                if block.is_none() && *has_text {
                    block = Some((names.len(), String::new()));
                }
            }
            Part::Text(words) => {
                if let Some((_, block)) = &mut block {
                    block.push_str(words);
                }
            }
            Part::Close => {
                if let Some((_, words)) = block.take_if(|(depth, _)| *depth == names.len()) {
                    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    let name = names.last().map_or("", String::as_str);
                    match &mut grid {
                        Some((_, grid)) => grid.paragraph(words),
                        None if matches!(name, "title" | "head" | "heading" | "h1" | "h2" | "h3" | "h4") => {
                            flow.heading(u8::try_from(names.len().saturating_sub(1)).unwrap_or(u8::MAX).max(1), &words);
                        }
                        None => flow.paragraph(&words),
                    }
                }
                if let Some((_, grid)) = grid.take_if(|(depth, _)| *depth == names.len()) {
                    flow.table(grid);
                }
                names.pop();
            }
        }
    }
}

/// Makes sure that there are sentences: at least half of the words stand in blocks of four or more.
fn readable(name: &str, document: &Document) -> Result<(), ReadError> {
    const SENTENCE: usize = 4;
    let counts: Vec<usize> = document.lines().map(|line| document.slice(line).split_whitespace().count()).collect();
    let all: usize = counts.iter().sum();
    let in_sentences: usize = counts.iter().filter(|words| **words >= SENTENCE).sum();
    if all > 0 && in_sentences * 2 >= all {
        return Ok(());
    }
    let what = if all == 0 { "there is no text in its elements" } else { "its elements hold values for programs, not sentences" };
    Err(ReadError::NoDocument { name: name.to_owned(), what: what.to_owned() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Document, ReadError> {
        documents(Source { name: "t.xml".into(), sha256: String::new() }, text).map(|all| all.into_iter().next().unwrap())
    }

    #[test]
    fn elements_with_text_are_blocks_and_rows_are_tables() {
        let text = "<?xml version='1.0'?><report><title>The baseline of a country</title><!-- no -->
            <p>The <em>Ministry</em> &amp; the &lt;board&gt; &unknown; meet.</p>
            <table><row><cell>What is done?</cell><cell><p>A great deal is done.</p></cell></row></table></report>";
        let document = read(text).unwrap();
        assert_eq!(
            document.text,
            "The baseline of a country\n\nThe Ministry & the <board> &unknown; meet.\n\nWhat is done?\n\nA great deal is done.\n"
        );
        assert_eq!(document.layout.unwrap().tables().count(), 1);
    }

    #[test]
    fn what_is_no_document_is_refused() {
        assert!(matches!(read("<a><b>1</b><b>2</b></a>"), Err(ReadError::NoDocument { .. })));
        assert!(matches!(read("<svg><path d='M0'/></svg>"), Err(ReadError::NoDocument { .. })));
        assert!(matches!(read("<a><b>one two three four</a>"), Err(ReadError::Malformed { .. })));
        assert!(matches!(read("<a><b>one two three four"), Err(ReadError::Malformed { .. })));
    }
}
