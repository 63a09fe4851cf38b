//! DOCX: the text of a word processor's document, with its headings, lists, tables and notes, and its pages where they are
//! marked.
//!
//! A DOCX file is a ZIP archive of XML parts. What is unpacked is bounded, and nothing in it is run: a document with macros
//! is refused. Deleted text of tracked changes, hidden text, comments, headers and footers are left out. A footnote stands
//! behind the paragraph that refers to it, so that it stays in the answer that it belongs to.

mod body;
mod lists;
mod notes;
mod parts;
mod styles;

use super::ReadError;
use super::flow::Flow;
use crate::model::document::{Document, Source};
use parts::Package;

/// The document of a DOCX file.
///
/// # Errors
/// If it is damaged, another kind of archive, or unpacks to too much.
pub(super) fn document(source: Source, bytes: &[u8]) -> Result<Document, ReadError> {
    let mut package = Package::open(&source.name, bytes)?;
    let main = package.main()?;
    let of = |target: &str| main.rsplit_once('/').map_or_else(|| target.to_owned(), |(folder, _)| format!("{folder}/{target}"));
    let context = body::Context {
        styles: package.part(&of("styles.xml"))?.map(|xml| styles::read(&xml)).transpose(),
        lists: package.part(&of("numbering.xml"))?.map(|xml| lists::read(&xml)).transpose(),
        addresses: package.part(&of(&relations(&main)))?.map(|xml| parts::addresses(&xml)).transpose(),
        footnotes: package.part(&of("footnotes.xml"))?.map(|xml| notes::read(&xml, "footnote")).transpose(),
        endnotes: package.part(&of("endnotes.xml"))?.map(|xml| notes::read(&xml, "endnote")).transpose(),
    };
    let text = package.part(&main)?.ok_or_else(|| package.damaged(format!("its part `{main}` is missing")))?;
    let mut flow = Flow::default();
    body::read(&text, context.whole().map_err(|e| package.broken(&e))?, &mut flow).map_err(|e| package.broken(&e))?;
    Ok(flow.document(source))
}

/// The name of the part with a part's relations, in the same folder.
fn relations(main: &str) -> String {
    format!("_rels/{}.rels", main.rsplit('/').next().unwrap_or_default())
}
