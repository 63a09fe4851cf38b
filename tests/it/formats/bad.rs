//! Files that are not what they seem, cut off, or made to do harm: a message with the remedy, and never a panic.

use super::make::{archive, docx, html, package, xml};
use super::{CONVERTER, REPORTS, text};
use forced_labour_graph::read::{self, ReadError};

fn refusal(name: &str, bytes: &[u8]) -> String {
    let error = read::document(name, bytes).expect_err(name).to_string();
    assert!(error.contains(&format!("`{name}`")) && error.contains("\nhint: "), "{error}");
    error
}

#[test]
fn what_a_file_is_counts_and_not_its_name() {
    const TYPES: &str = "[Content_Types].xml";
    let macros = "<Types><Override PartName=\"/word/document.xml\" \
        ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>";
    let whole = package("<w:p><w:r><w:t>Ghana - 2021</w:t></w:r></w:p>");
    for (name, bytes, words) in [
        ("photo.html", b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), "is a JPEG image"),
        (
            "old.docx",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(),
            "is an old office document (DOC, XLS), or one with a password",
        ),
        ("cut.docx", whole[..whole.len() / 2].to_vec(), "is a damaged DOCX document"),
        ("macros.docx", archive(&[(TYPES, macros), ("word/vbaProject.bin", "x")]), "is a document with macros"),
        ("renamed.docx", archive(&[(TYPES, &macros.replace("ms-word", "ms-wordprocessingml"))]), "is a document with macros"),
        ("sheet.docx", archive(&[(TYPES, ""), ("xl/workbook.xml", "")]), "is a spreadsheet"),
        ("open.docx", archive(&[("mimetype", ""), ("content.xml", "")]), "is an OpenDocument file"),
        ("reports.zip", archive(&[("a.txt", "x")]), "is a ZIP archive"),
        ("none.docx", archive(&[(TYPES, "<Types/>")]), "is an office document of another kind"),
        ("lost.docx", archive(&[(TYPES, &macros.replace("ms-word.document.macroEnabled", "wordprocessingml"))]), "is missing"),
        ("bad.docx", package("<w:p><w:r></w:p>"), "not well formed"),
        ("empty.docx", package("<w:p/>"), "is empty"),
        ("empty.html", b"<html><head><title></title></head><body><script>x</script></body></html>".to_vec(), "is empty"),
        ("data.xml", b"<?xml version='1.0'?><a><b>1</b><c>2</c></a>".to_vec(), "is XML, but no document"),
        ("cut.xml", b"<?xml version='1.0'?><a><b>Words that are cut".to_vec(), "is XML that is not well formed"),
    ] {
        let error = refusal(name, &bytes);
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn what_is_packed_to_burst_is_not_unpacked() {
    let bomb = package(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", " ".repeat(120_000_000)));
    assert!(bomb.len() < 1_000_000);
    assert!(matches!(read::document("bomb.docx", &bomb), Err(ReadError::Swollen { .. })));
    // Entities that stand for entities are not followed; what is deep is no deeper than the list of what is open.
    let laughs = "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'ha ha ha'><!ENTITY b '&a;&a;'>]><r>Ten words at the least are here: &b; is one</r>";
    assert!(read::document("laughs.xml", laughs.as_bytes()).unwrap().text.contains("&b; is one"));
    let deep = format!("<?xml version='1.0'?>{}four words and more{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    assert!(read::document("deep.xml", deep.as_bytes()).is_ok());
    let deep = format!("<html><body>{}deep", "<div><table><tr><td>".repeat(20_000));
    assert!(read::document("deep.html", deep.as_bytes()).is_ok());
    let wide = "<html><table><tr><td colspan=99999 rowspan=99999>a<td>b<tr><td>c</table>";
    assert!(read::document("wide.html", wide.as_bytes()).unwrap().text.contains('c'));
}

/// Files with bytes changed, cut out and doubled, at places that a fixed sequence of numbers tells.
#[test]
fn no_damage_makes_it_panic() {
    let document = read::document("r.txt", text(REPORTS[0]).as_bytes()).unwrap();
    let rows = super::make::rows(&document, &CONVERTER);
    let seeds = [
        ("r.html", html(&rows).into_bytes()),
        ("r.docx", docx(&rows)),
        ("r.xml", xml(&rows).into_bytes()),
        ("r.txt", text(REPORTS[1]).into_bytes()),
    ];
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    let (mut read_well, mut refused) = (0, 0);
    for (name, seed) in &seeds {
        for _ in 0..60 {
            let mut bytes = seed.clone();
            for _ in 0..=next(8) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes[at] = u8::try_from(next(256)).unwrap(),
                    1 => bytes.truncate(at + 1),
                    2 => drop(bytes.drain(at..(at + next(200)).min(seed.len()).clamp(at, bytes.len()))),
                    _ => {
                        let end = (at + next(200)).clamp(at, bytes.len());
                        let piece = bytes[at..end].to_vec();
                        bytes.splice(at..at, piece);
                    }
                }
            }
            match read::document(name, &bytes) {
                Ok(document) => {
                    read_well += 1;
                    let layout = document.layout.iter().flat_map(|l| &l.blocks);
                    for block in layout {
                        assert!(document.text.get(block.span().range()).is_some());
                    }
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(read_well > 20 && refused > 20, "{read_well} read, {refused} refused");
}
