//! What a file is, by its first bytes: endings of names lie, first bytes seldom do.

use super::encoding;
use encoding_rs::Encoding;

/// What the bytes of a file are.
pub(super) enum FileKind {
    /// Text, as far as the first bytes tell.
    Text,
    /// A PDF file.
    Pdf,
    /// A ZIP archive: an office document, perhaps.
    Zip,
    /// A format that is not read.
    Other {
        /// What it is, with its article.
        found: &'static str,
        /// How to make a text of it.
        remedy: &'static str,
    },
}

const OFFICE: &str = "open it and save it as DOCX, without a password, or as plain text in UTF-8";
const IMAGE: &str = "recognise its text first, with `ocrmypdf` for instance, or ask the publisher for a text";
const PACKED: &str = "unpack it first";

/// First bytes, what they tell, and the remedy.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"PK\x05\x06", "an empty ZIP archive", "check that it was downloaded or exported completely"),
    (b"\xD0\xCF\x11\xE0", "an old office document (DOC, XLS), or one with a password", OFFICE),
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

impl FileKind {
    /// Tells what the bytes are.
    pub(super) fn of(bytes: &[u8]) -> Self {
        if encoding::is_marked(bytes) {
            return Self::Text;
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return Self::Zip;
        }
        // The header may come after some bytes that a mail or web server put before it; where it is damaged, the end tells.
        let holds = |part: Option<&[u8]>, mark: &[u8]| part.is_some_and(|part| part.windows(mark.len()).any(|w| w == mark));
        let (head, tail) = (bytes.get(..bytes.len().min(1024)), bytes.get(bytes.len().saturating_sub(1024)..));
        if holds(head, b"%PDF-") || (holds(tail, b"%%EOF") && holds(tail, b"startxref")) {
            return Self::Pdf;
        }
        match SIGNATURES.iter().find(|(signature, ..)| bytes.starts_with(signature)) {
            Some((_, found, remedy)) => Self::Other { found, remedy },
            None => Self::Text,
        }
    }
}

/// What a text is marked up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// Nothing.
    Plain,
    /// HTML, or XHTML.
    Html,
    /// Any other XML.
    Xml,
}

/// So far into a file its kind and encoding show.
const HEAD: usize = 4096;

impl Markup {
    /// Tells how a text is marked up; `name` decides where its first tag does not.
    pub(super) fn of(name: &str, text: &str) -> Self {
        const HTML: [&str; 18] = [
            "html", "head", "body", "title", "meta", "link", "style", "script", "main", "article", "section", "div", "p",
            "table", "h1", "h2", "ul", "ol",
        ];
        let (rest, declared) = prolog(text);
        let Some(tag) = rest.strip_prefix('<') else { return Self::Plain };
        let ending = |endings: &[&str]| {
            let path = name.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
            endings.iter().any(|ending| path.ends_with(ending))
        };
        let root: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || "!-_:".contains(*c)).collect();
        let root = root.to_ascii_lowercase();
        if root == "!doctype" {
            let of: String = tag.chars().skip(root.len()).take(64).collect();
            return if of.trim_start().to_ascii_lowercase().starts_with("html") { Self::Html } else { Self::Xml };
        }
        if root == "html" || ending(&[".html", ".htm", ".xhtml"]) {
            Self::Html
        } else if declared || ending(&[".xml"]) {
            Self::Xml
        } else if HTML.contains(&root.as_str()) {
            Self::Html
        } else {
            Self::Plain
        }
    }
}

/// What follows the XML declaration, white space and comments, and whether there is such a declaration.
fn prolog(text: &str) -> (&str, bool) {
    let mut rest = text.trim_start();
    let mut declared = false;
    loop {
        let (opens, closes) = if rest.starts_with("<!--") { ("<!--", "-->") } else { ("<?", "?>") };
        let Some(after) = rest.strip_prefix(opens).and_then(|inner| inner.split_once(closes)).map(|(_, after)| after) else {
            return (rest, declared);
        };
        declared |= rest.starts_with("<?xml");
        rest = after.trim_start();
    }
}

/// The encoding that a page or an XML file names in its first lines: `<meta charset>`, `<?xml encoding?>`.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let is_page = head.contains("<meta") || head.trim_start().starts_with("<?xml");
    let mut places = ["charset", "encoding"].iter().flat_map(|word| head.match_indices(word).map(|(at, word)| at + word.len()));
    places.find_map(|at| {
        let value = head.get(at..)?.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
        let label: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
        Encoding::for_label(label.as_bytes()).filter(|_| is_page)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_told_by_the_first_tag_and_then_by_the_name() {
        for (name, text, expected) in [
            ("a.txt", "<!DOCTYPE html><p>x", Markup::Html),
            ("a", " \n<!-- made by hand --><HTML lang=en>", Markup::Html),
            ("a", "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C'><html>", Markup::Html),
            ("a", "<?xml version='1.0'?><report><p>x</p></report>", Markup::Xml),
            ("a.xml", "<report/>", Markup::Xml),
            ("https://example.org/a.html?x=1", "<x-page>", Markup::Html),
            ("a.html", "Ghana - 2021\n", Markup::Plain),
            ("a.txt", "<5 years: none", Markup::Plain),
        ] {
            assert_eq!(Markup::of(name, text), expected, "{text}");
        }
    }

    #[test]
    fn declared_encodings_are_found() {
        let of = |text: &str| declared(text.as_bytes()).map(Encoding::name);
        assert_eq!(of("<html><head><meta charset = \"ISO-8859-15\">"), Some("ISO-8859-15"));
        let long = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1250'>";
        assert_eq!(of(long), Some("windows-1250"));
        assert_eq!(of("<?xml version='1.0' encoding='koi8-r'?><a/>"), Some("KOI8-R"));
        assert_eq!(of("the charset=latin1 is not meant here"), None);
    }
}
