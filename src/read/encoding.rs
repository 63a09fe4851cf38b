//! Bytes to text: the encoding is told by a mark, by what the file declares, or else by what the bytes themselves say.
//!
//! UTF-8 needs neither mark nor declaration: text in another encoding hardly ever looks like it. What is neither UTF-8 nor
//! marked nor declared is guessed as browsers guess it (crate `chardetng`), and a note says so. Text that cannot be told,
//! because it mixes encodings or holds bytes that no text has, is refused.

use super::ReadError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Text, and the encoding that it was taken to be in, if nothing but the bytes says so.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) assumed: Option<&'static str>,
}

/// Byte order marks; the longer ones first, since UTF-32 begins as UTF-16 does.
const MARKS: &[(&[u8], Marked)] = &[
    (b"\xEF\xBB\xBF", Marked::Utf8),
    (b"\xFF\xFE\0\0", Marked::Utf32("UTF-32LE", u32::from_le_bytes)),
    (b"\0\0\xFE\xFF", Marked::Utf32("UTF-32BE", u32::from_be_bytes)),
    (b"\xFF\xFE", Marked::Utf16(UTF_16LE)),
    (b"\xFE\xFF", Marked::Utf16(UTF_16BE)),
];

enum Marked {
    Utf8,
    Utf16(&'static Encoding),
    Utf32(&'static str, fn([u8; 4]) -> u32),
}

/// Whether bytes begin with the mark of an encoding.
pub(super) fn is_marked(bytes: &[u8]) -> bool {
    MARKS.iter().any(|(mark, _)| bytes.starts_with(mark))
}

/// The text of bytes; `declared` is the encoding that the file itself names, if it does.
///
/// # Errors
/// If the encoding cannot be told.
pub(super) fn decode<'a>(name: &str, bytes: &'a [u8], declared: Option<&'static Encoding>) -> Result<Decoded<'a>, ReadError> {
    let sure = |text: Cow<'a, str>| Decoded { text, assumed: None };
    let Some((mark, marked)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) else {
        return unmarked(name, bytes, declared);
    };
    let body = &bytes[mark.len()..];
    let broken = |encoding: &'static str| ReadError::Broken { name: name.to_owned(), encoding };
    match marked {
        Marked::Utf8 => utf_8(name, bytes, body).map(|text| sure(text.into())),
        Marked::Utf16(encoding) => strictly(encoding, body).map(sure).ok_or_else(|| broken(encoding.name())),
        Marked::Utf32(encoding, number) => {
            let (units, rest) = body.as_chunks::<4>();
            let text: Option<String> = units.iter().map(|unit| char::from_u32(number(*unit))).collect();
            text.filter(|_| rest.is_empty()).map(|text| sure(text.into())).ok_or_else(|| broken(encoding))
        }
    }
}

/// The text of bytes that carry no mark.
fn unmarked<'a>(name: &str, bytes: &'a [u8], declared: Option<&'static Encoding>) -> Result<Decoded<'a>, ReadError> {
    if let Some(encoding) = plain_utf_16(bytes)
        && let Some(text) = strictly(encoding, bytes).filter(|text| !has_controls(text))
    {
        return Ok(Decoded { text, assumed: Some(encoding.name()) });
    }
    // What a page declares in letters that can be read is no UTF-16, whatever it says.
    let declared = declared.filter(|e| *e != REPLACEMENT).map(|e| if e.is_ascii_compatible() { e } else { UTF_8 });
    if let Some(encoding) = declared.filter(|e| *e != UTF_8)
        && let Some(text) = strictly(encoding, bytes)
    {
        return Ok(Decoded { text, assumed: None });
    }
    match utf_8(name, bytes, bytes) {
        Ok(text) => Ok(Decoded { text: text.into(), assumed: None }),
        Err(error @ ReadError::Binary { .. }) => Err(error),
        Err(error) => guessed(bytes).ok_or(error),
    }
}

/// The text of bytes in an encoding, if there is nothing wrong with them.
fn strictly<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// The text of bytes in UTF-8; `body` is `bytes` without a mark.
fn utf_8<'a>(name: &str, bytes: &[u8], body: &'a [u8]) -> Result<&'a str, ReadError> {
    let before = bytes.len() - body.len();
    let line = |offset: usize| body.iter().take(offset).filter(|b| **b == b'\n').count() + 1;
    if let Some(offset) = body.iter().position(|b| *b == 0) {
        return Err(ReadError::Binary { name: name.to_owned(), line: line(offset), offset: offset + before });
    }
    std::str::from_utf8(body).map_err(|error| {
        let offset = error.valid_up_to();
        let byte = body.get(offset).copied().unwrap_or_default();
        // A character that the end of the file cuts is no sign of another encoding.
        let remedy = match error.error_len() {
            None => "its last character is cut off: check that the file is complete".to_owned(),
            Some(_) => format!("mend that line, or convert the file, for instance with `iconv -f latin1 -t utf-8 {name}`"),
        };
        ReadError::Encoding { name: name.to_owned(), line: line(offset), offset: offset + before, byte, remedy }
    })
}

/// The byte order of text in UTF-16 without a mark, if it is plain: half of the bytes of Latin letters are zero.
fn plain_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    const SAMPLE: usize = 4096;
    let (units, rest) = bytes.as_chunks::<2>();
    let sample = units.get(..units.len().min(SAMPLE))?;
    let zeros = |at: usize| sample.iter().filter(|unit| unit[at] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let plain = |zero: usize, other: usize| other == 0 && zero * 10 >= sample.len() * 7 && sample.len() > 1 && rest.is_empty();
    if plain(second, first) {
        return Some(UTF_16LE);
    }
    plain(first, second).then_some(UTF_16BE)
}

/// Text in an encoding of one byte or several a letter, guessed; `None` if it is a mixture or no text.
fn guessed(bytes: &[u8]) -> Option<Decoded<'static>> {
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    // A file that ends within a character is cut off, and one that is mostly UTF-8 is UTF-8 with a blemish.
    let cut = wrong == 1 && std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
    if cut || right >= wrong {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let text = strictly(encoding, bytes).filter(|text| !has_controls(text))?;
    Some(Decoded { text: text.into_owned().into(), assumed: Some(encoding.name()) })
}

/// Whether there are characters that no text has.
fn has_controls(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{1a}'))
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used)]
mod tests {
    use super::*;

    const TEXT: &str = "La Secretaría informó: «¿Cuántos niños?» — ningún año\r\n";

    fn read(bytes: &[u8]) -> (String, Option<&'static str>) {
        let decoded = decode("t", bytes, None).unwrap_or_else(|e| panic!("{e}"));
        (decoded.text.into_owned(), decoded.assumed)
    }

    #[test]
    fn marks_are_obeyed_and_no_part_of_the_text() {
        let wide =
            |mark: &[u8], units: &dyn Fn(char) -> Vec<u8>| [mark.to_vec(), TEXT.chars().flat_map(units).collect()].concat();
        let utf_16 = |c: char| c.encode_utf16(&mut [0; 2]).to_vec();
        for bytes in [
            wide(b"\xEF\xBB\xBF", &|c| c.to_string().into_bytes()),
            wide(b"\xFF\xFE", &|c| utf_16(c).into_iter().flat_map(u16::to_le_bytes).collect()),
            wide(b"\xFE\xFF", &|c| utf_16(c).into_iter().flat_map(u16::to_be_bytes).collect()),
            wide(b"\xFF\xFE\0\0", &|c| u32::from(c).to_le_bytes().to_vec()),
            wide(b"\0\0\xFE\xFF", &|c| u32::from(c).to_be_bytes().to_vec()),
        ] {
            assert_eq!(read(&bytes), (TEXT.to_owned(), None));
        }
        for broken in [&b"\xFF\xFE\x41"[..], b"\xFF\xFE\0\xD8\x41\0", b"\xFF\xFE\0\0\x41", b"\0\0\xFE\xFF\0\x11\0\0"] {
            assert!(matches!(decode("t", broken, None), Err(ReadError::Broken { .. })), "{broken:?}");
        }
    }

    #[test]
    fn what_carries_no_mark_is_told_by_its_bytes() {
        assert_eq!(read(TEXT.as_bytes()), (TEXT.to_owned(), None));
        let (windows, ..) = encoding_rs::WINDOWS_1252.encode(TEXT);
        assert_eq!(read(&windows), (TEXT.to_owned(), Some("windows-1252")));
        let utf_16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&utf_16), (TEXT.to_owned(), Some("UTF-16BE")));
        let declared = decode("t", b"\xE4\xF6", Some(encoding_rs::ISO_8859_7)).unwrap();
        assert_eq!((declared.text.as_ref(), declared.assumed), ("δφ", None));
    }

    #[test]
    fn what_cannot_be_told_is_refused() {
        let mixed = [TEXT.as_bytes(), b"un ni\xF1o\n"].concat();
        assert!(matches!(decode("t", &mixed, None), Err(ReadError::Encoding { line: 2, byte: 0xF1, .. })));
        let cut = &"La Secretaría del niñ".as_bytes()[..22];
        assert!(matches!(decode("t", cut, None), Err(ReadError::Encoding { .. })));
        let noise: Vec<u8> = (1..=255).cycle().take(2000).collect();
        assert!(matches!(decode("t", &noise, None), Err(ReadError::Encoding { .. })));
        assert!(matches!(decode("t", b"a\0b\xFF", None), Err(ReadError::Binary { line: 1, offset: 1, .. })));
    }
}
