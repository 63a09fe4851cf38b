//! A tiny writer of PDF files: pages of content streams, with Helvetica and Helvetica-Bold in Windows encoding.

use std::fmt::Write as _;

/// A PDF file of pages, each its content stream in bytes.
pub(crate) fn pdf(pages: &[Vec<u8>]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = Vec::new();
    let kids = (0..pages.len()).fold(String::new(), |mut kids, i| {
        let _ = write!(kids, "{} 0 R ", 5 + 2 * i);
        kids
    });
    objects.push(b"<< /Type /Catalog /Pages 2 0 R >>".to_vec());
    objects.push(format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()).into_bytes());
    for font in ["Helvetica", "Helvetica-Bold"] {
        objects.push(format!("<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>").into_bytes());
    }
    for (i, content) in pages.iter().enumerate() {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            6 + 2 * i
        );
        objects.push(page.into_bytes());
        objects.push(stream("", content));
    }
    file(&objects, "")
}

/// A stream object.
pub(crate) fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut out = format!("<< /Length {} {entries} >>\nstream\n", content.len()).into_bytes();
    out.extend_from_slice(content);
    out.extend_from_slice(b"\nendstream");
    out
}

/// A file of objects, numbered from 1, the first the catalog; `trailer` is added to the trailer.
pub(crate) fn file(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n", i + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let table = out.len();
    let count = objects.len() + 1;
    out.extend_from_slice(format!("xref\n0 {count}\n0000000000 65535 f \n").as_bytes());
    for offset in offsets {
        out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(format!("trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    out
}

/// A line of text: font `F1` or `F2`, size, place from the lower left corner.
pub(crate) fn text(font: &str, size: f32, x: f32, y: f32, words: &str) -> Vec<u8> {
    let mut out = format!("BT /{font} {size} Tf {x} {y} Td (").into_bytes();
    let (bytes, _, failed) = encoding_rs::WINDOWS_1252.encode(words);
    assert!(!failed, "the font has not all letters of `{words}`");
    for byte in bytes.iter() {
        if b"()\\".contains(byte) {
            out.push(b'\\');
        }
        out.push(*byte);
    }
    out.extend_from_slice(b") Tj ET\n");
    out
}
