//! The notes of a document.

use super::super::xml::unescaped;
use super::parts::attribute;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::HashMap;

/// The texts of a document's notes by their identifiers; `element` is what a note is called in the part.
pub(super) fn read(xml: &str, element: &str) -> Result<HashMap<String, String>, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut notes = HashMap::new();
    let (mut id, mut text, mut in_text) = (String::new(), String::new(), false);
    loop {
        match reader.read_event()? {
            Event::Start(start) => match start.local_name().as_ref() {
                name if name == element.as_bytes() => {
                    id = attribute(&start, "id").unwrap_or_default();
                    text.clear();
                }
                b"t" => in_text = true,
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                name if name == element.as_bytes() => {
                    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    // Lines that only part notes from text have no words.
                    if !words.is_empty() {
                        notes.insert(std::mem::take(&mut id), words);
                    }
                }
                b"t" => in_text = false,
                b"p" => text.push(' '),
                _ => {}
            },
            Event::Text(words) if in_text => text.push_str(&unescaped(&words)),
            Event::Eof => return Ok(notes),
            _ => {}
        }
    }
}
