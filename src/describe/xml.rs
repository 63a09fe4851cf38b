//! Text that XML can hold.

use std::borrow::Cow;

/// Whether a character may stand in XML 1.0, escaped or not.
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// A text with the sign for an unknown character in the place of those that XML 1.0 cannot hold at all, such as the form feeds of
/// converted pages.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    if text.chars().all(allowed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if allowed(c) { c } else { char::REPLACEMENT_CHARACTER }).collect())
}

/// The same, with what XML reads as markup escaped, for elements and attributes.
pub(super) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(legal(text).as_ref()).into_owned()
}
