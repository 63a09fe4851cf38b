//! Plain text; a form feed ends a page, as `pdftotext` writes it.

use crate::model::document::{Document, Page, Source, Span};

/// The document of a plain text.
pub(super) fn document(source: Source, text: &str) -> Document {
    Document::new(source, text.to_owned(), pages(text))
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
        let source = Source { name: "t".to_owned(), sha256: String::new() };
        let doc = document(source, "uno\u{c}dos\n\u{c}");
        let of: Vec<_> = doc.pages.iter().map(|p| (p.number, doc.slice(p.span))).collect();
        assert_eq!(of, [(1, "uno"), (2, "dos\n")]);
        assert_eq!(doc.page(doc.text.find("dos").unwrap()), Some(2));
    }
}
