//! One report in every format that is read: the facts are the same, whatever it came in.

mod bad;
mod hostile;
pub(crate) mod make;
mod office;
mod pages;
mod set;

use forced_labour_graph::convert::{Conversion, Converter};
use forced_labour_graph::model::document::Document;
use forced_labour_graph::model::vocab::graph;
use forced_labour_graph::read;
use make::{Row, docx, html, rows, xml};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static CONVERTER: LazyLock<Converter> = LazyLock::new(|| Converter::load().unwrap());

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures");
const REPORTS: [&str; 2] = ["ghana-2021-p029.en.txt", "senegal-2021-p029.fr.txt"];

fn text(report: &str) -> String {
    std::fs::read_to_string(format!("{FIXTURES}/{report}")).unwrap()
}

fn convert(name: &str, bytes: &[u8]) -> (Document, Conversion) {
    let document = read::document(name, bytes).unwrap_or_else(|e| panic!("{e}"));
    let conversion = CONVERTER.convert(&document).unwrap_or_else(|e| panic!("{e}"));
    (document, conversion)
}

/// The facts of a report.
fn facts(conversion: &Conversion) -> BTreeSet<String> {
    let facts = graph::report(&conversion.report);
    let facts: BTreeSet<_> =
        conversion.quads().iter().filter(|q| q.graph_name == facts.clone().into()).map(ToString::to_string).collect();
    assert!(facts.len() > 30, "{} facts", facts.len());
    facts
}

fn assert_same(name: &str, expected: &BTreeSet<String>, found: &BTreeSet<String>) {
    let missing: Vec<_> = expected.difference(found).collect();
    let more: Vec<_> = found.difference(expected).collect();
    assert!(missing.is_empty() && more.is_empty(), "{name} lacks {missing:#?}\nand has besides {more:#?}");
}

#[test]
fn a_questionnaire_says_the_same_as_page_and_as_office_document() {
    for report in REPORTS {
        let (document, conversion) = convert(report, text(report).as_bytes());
        let expected = facts(&conversion);
        let rows: Vec<Row> = rows(&document, &CONVERTER);
        for (name, bytes) in
            [("report.html", html(&rows).into_bytes()), ("report.docx", docx(&rows)), ("report.xml", xml(&rows).into_bytes())]
        {
            let (document, conversion) = convert(name, &bytes);
            assert_same(&format!("{report} as {name}"), &expected, &facts(&conversion));
            let tables = document.layout.as_ref().unwrap().tables().count();
            assert_eq!(tables, 1, "the questions of {name} stand in a table");
        }
    }
}

#[test]
fn a_text_says_the_same_in_every_encoding() {
    let text = text("senegal-2021-p029.fr.txt").replace('\u{2019}', "'");
    let expected = convert("r.txt", text.as_bytes()).1;
    let wide = |mark: &[u8], unit: fn(u16) -> [u8; 2]| [mark.to_vec(), text.encode_utf16().flat_map(unit).collect()].concat();
    let (windows, _, failed) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!failed);
    for (encoding, bytes, told) in [
        ("UTF-8 with a mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat(), None),
        ("UTF-16LE", wide(b"\xFF\xFE", u16::to_le_bytes), None),
        ("UTF-16BE", wide(b"\xFE\xFF", u16::to_be_bytes), None),
        ("UTF-16LE without a mark", wide(b"", u16::to_le_bytes), Some("UTF-16LE")),
        ("windows-1252", windows.into_owned(), Some("windows-1252")),
    ] {
        let (document, conversion) = convert("r.txt", &bytes);
        assert_eq!(document.text, text, "{encoding}");
        // Evidence counts in the decoded text: not only the facts, but their offsets are the same.
        let evidence = |c: &Conversion| -> BTreeSet<String> {
            let evidence = graph::evidence(&c.report);
            c.quads().iter().filter(|q| q.graph_name == evidence.clone().into()).map(ToString::to_string).collect()
        };
        assert_same(encoding, &evidence(&expected), &evidence(&conversion));
        let note = conversion.diagnostics.iter().find(|d| d.code == "assumed-encoding").map(|d| d.message.clone());
        match told {
            Some(encoding) => assert!(note.unwrap().contains(encoding)),
            None => assert_eq!(note, None, "{encoding}"),
        }
    }
}

#[test]
fn a_page_is_read_without_what_surrounds_it() {
    let page = "<!doctype html><html><head><title>Ghana &ndash; 2021</title><style>p{}</style></head><body>
        <nav><a href='/'>Home</a></nav><script>var x = '<p>no</p>';</script><p hidden>no</p>
        <table><tr><td><h2>Facts &amp; figures</h2><p>See the <a href='https://example.org/plan'>plan</a>, the
        <a href='#top'>top</a> and <a href='https://example.org/'>example.org</a>.<br>Second&nbsp;line</p>
        <ol start=4 type=a><li>oranges<li><p>lemons</p></ol></td></tr></table>
        <table><caption>Who pays</caption><thead><tr><th>Who<th>Whom</thead>
        <tr><td rowspan=2>A<td>B<tr><td>C</table></body></html>";
    let document = read::document("https://example.org/page", page.as_bytes()).unwrap();
    assert_eq!(
        document.text,
        "Ghana – 2021\n\nFacts & figures\n\nSee the plan (https://example.org/plan), the top and example.org.\n\
         Second\u{a0}line\n\nd) oranges\n\ne) lemons\n\nWho pays\n\nWho\n\nWhom\n\nA\n\nB\n\nC\n"
    );
    let layout = document.layout.as_ref().unwrap();
    let table = layout.tables().next().unwrap();
    assert_eq!(layout.tables().count(), 1, "a table that lays out the page is none");
    assert_eq!(table.caption.map(|span| document.slice(span)), Some("Who pays"));
    let texts = |cells: &[forced_labour_graph::model::layout::Cell]| -> Vec<(String, bool)> {
        cells.iter().map(|c| (document.slice(c.span).to_owned(), c.from_above)).collect()
    };
    assert_eq!(texts(&table.header), [("Who".into(), false), ("Whom".into(), false)]);
    assert_eq!(texts(&table.rows[1].cells), [("A".into(), true), ("C".into(), false)]);
}

#[test]
fn the_encoding_that_a_page_declares_is_obeyed() {
    let page = "<html><head><meta charset=iso-8859-7><title>x</title></head><body><p>\u{e4}\u{ef}</p></body></html>";
    let bytes: Vec<u8> = page.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert!(read::document("p.html", &bytes).unwrap().text.contains("δο"));
}

#[test]
fn an_office_document_keeps_its_structure() {
    let body = r#"<w:p><w:pPr><w:pStyle w:val="Ttulo1"/></w:pPr><w:r><w:t>Heading</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">Text </w:t></w:r><w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del>
        <w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>
        <w:hyperlink r:id="rId7"><w:r><w:t xml:space="preserve"> the plan</w:t></w:r></w:hyperlink></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>What is done?</w:t></w:r></w:p>
        <w:p><w:r><w:br w:type="page"/></w:r></w:p>
        <w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:lastRenderedPageBreak/><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>down</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p><w:p><w:r><w:t>more</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>wide</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
    let document = read::document("d.docx", &make::package(body)).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(
        document.text,
        "Heading\n\nText new the plan (https://example.org/plan)\n\n(1) A note.\n\n75. What is done?\n\n\
         A\n\nB\n\ndown\n\n1\n\nmore\n\n2\n\nwide\n"
    );
    let layout = document.layout.as_ref().unwrap();
    let table = layout.tables().next().unwrap();
    assert_eq!((table.header.len(), table.rows.len(), table.columns), (2, 3, 2));
    assert!(table.rows[1].cells[0].from_above && document.slice(table.rows[1].cells[0].span) == "down");
    assert_eq!(table.rows[2].cells[0].columns, 2);
    assert_eq!((document.page(0), document.page(document.text.find("wide").unwrap())), (Some(1), Some(2)));
    assert_eq!(table.rows[0].cells[0].page, 2);
    let kinds: Vec<bool> =
        layout.blocks.iter().map(|b| matches!(b, forced_labour_graph::model::layout::Block::Heading(_))).collect();
    assert_eq!(kinds.iter().filter(|heading| **heading).count(), 1);
}
