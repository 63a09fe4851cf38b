//! Plain text in UTF-8; a form feed ends a page, as `pdftotext` writes it.

use super::ReadError;
use crate::model::document::{Document, Page, Source, Span};
use crate::model::id::sha256;

/// The byte order mark in UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The document of a text file.
pub(super) fn document(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    // What is offset 0 to readers is the first character of the text, with or without a mark before it.
    let body = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let before = bytes.len() - body.len();
    let line = |offset: usize| body.iter().take(offset).filter(|b| **b == b'\n').count() + 1;
    if let Some(offset) = body.iter().position(|b| *b == 0) {
        return Err(ReadError::Binary { name: name.to_owned(), line: line(offset), offset: offset + before });
    }
    let text = std::str::from_utf8(body).map_err(|error| {
        let offset = error.valid_up_to();
        let byte = body.get(offset).copied().unwrap_or_default();
        // A character that the end of the file cuts is no sign of another encoding.
        let remedy = match error.error_len() {
            None => "its last character is cut off: check that the file is complete".to_owned(),
            Some(_) => format!("convert it, for instance with `iconv -f latin1 -t utf-8 {name}`"),
        };
        ReadError::Encoding { name: name.to_owned(), line: line(offset), offset: offset + before, byte, remedy }
    })?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty { name: name.to_owned() });
    }
    let source = Source { name: name.to_owned(), sha256: sha256(bytes) };
    Ok(Document::new(source, text.to_owned(), pages(text)))
}

/// The pages of a text with form feeds; none where it has no form feed.
fn pages(text: &str) -> Vec<Page> {
    if !text.contains('\u{c}') {
        return Vec::new();
    }
    let mut pages = Vec::new();
    let mut start = 0;
    for (end, _) in text.match_indices('\u{c}').chain([(text.len(), "")]) {
        // The form feed after the last page begins no further one.
        if end < text.len() || start < end {
            let number = u32::try_from(pages.len() + 1).unwrap_or(u32::MAX);
            pages.push(Page { number, span: Span::new(start, end) });
        }
        start = end + 1;
    }
    pages
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn form_feeds_end_pages() {
        let doc = document("t", "uno\u{c}dos\n\u{c}".as_bytes()).unwrap();
        let of: Vec<_> = doc.pages.iter().map(|p| (p.number, doc.slice(p.span))).collect();
        assert_eq!(of, [(1, "uno"), (2, "dos\n")]);
        assert_eq!(doc.page(doc.text.find("dos").unwrap()), Some(2));
    }
}
