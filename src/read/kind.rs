//! What a file is, by its first bytes: endings of names lie, first bytes seldom do.

/// What the bytes of a file are.
pub(super) enum FileKind {
    /// Text, as far as the first bytes tell.
    Text,
    /// Text in two or four bytes a character, named as `iconv` names it.
    Wide(&'static str),
    /// A format that is not read.
    Other {
        /// What it is, with its article.
        found: &'static str,
        /// How to make a text of it.
        remedy: &'static str,
    },
}

const PDF: &str = "make a text of it with `pdftotext FILE.pdf FILE.txt`";
const OFFICE: &str = "unpack it, or open it and save it as plain text in UTF-8";
const IMAGE: &str = "recognise its text first, with `ocrmypdf` for instance, or ask the publisher for a text";
const PACKED: &str = "unpack it first";

/// First bytes, what they tell, and the remedy.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF file", PDF),
    (b"PK\x03\x04", "a ZIP archive or an office document (DOCX, ODT)", OFFICE),
    (b"PK\x05\x06", "an empty ZIP archive", OFFICE),
    (b"\xD0\xCF\x11\xE0", "an old office document (DOC, XLS)", OFFICE),
    (b"{\\rtf", "an RTF document", OFFICE),
    (b"\xFF\xD8\xFF", "a JPEG image", IMAGE),
    (b"\x89PNG", "a PNG image", IMAGE),
    (b"GIF8", "a GIF image", IMAGE),
    (b"II*\0", "a TIFF image", IMAGE),
    (b"MM\0*", "a TIFF image", IMAGE),
    (b"\x1F\x8B", "a gzip archive", PACKED),
    (b"BZh", "a bzip2 archive", PACKED),
    (b"\xFD7zXZ", "an xz archive", PACKED),
    (b"7z\xBC\xAF", "a 7-Zip archive", PACKED),
    (b"\x7FELF", "a program", "give the report, not a program"),
];

/// Byte order marks; the longer ones first, since UTF-32 begins as UTF-16 does.
const WIDE: &[(&[u8], &str)] =
    &[(b"\xFF\xFE\0\0", "UTF-32LE"), (b"\0\0\xFE\xFF", "UTF-32BE"), (b"\xFF\xFE", "UTF-16LE"), (b"\xFE\xFF", "UTF-16BE")];

impl FileKind {
    /// Tells what the bytes are.
    pub(super) fn of(bytes: &[u8]) -> Self {
        if let Some((_, encoding)) = WIDE.iter().find(|(mark, _)| bytes.starts_with(mark)) {
            return Self::Wide(encoding);
        }
        if let Some(encoding) = unmarked(bytes) {
            return Self::Wide(encoding);
        }
        match SIGNATURES.iter().find(|(signature, ..)| bytes.starts_with(signature)) {
            Some((_, found, remedy)) => Self::Other { found, remedy },
            None => Self::Text,
        }
    }
}

/// UTF-16 without a mark: of the first bytes, hardly any is zero at one half of the places, and most are at the other, since
/// a report has mostly Latin letters.
fn unmarked(bytes: &[u8]) -> Option<&'static str> {
    const FIRST: usize = 1024;
    const FEWEST: usize = 16;
    let pairs = bytes.get(..bytes.len().min(FIRST)).unwrap_or_default().chunks_exact(2);
    let count = pairs.len();
    let zeros = pairs.fold((0, 0), |(high, low), pair| {
        (high + usize::from(pair.first() == Some(&0)), low + usize::from(pair.last() == Some(&0)))
    });
    let (few, most) = (count / 20, count * 3 / 4);
    match zeros {
        _ if count < FEWEST => None,
        (even, odd) if even <= few && odd > most => Some("UTF-16LE"),
        (even, odd) if odd <= few && even > most => Some("UTF-16BE"),
        _ => None,
    }
}
