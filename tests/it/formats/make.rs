//! Reports made in other formats from a text: a table, the question left and the answer right.

#![allow(clippy::format_push_string, reason = "a test's page is short")]

use forced_labour_graph::convert::Converter;
use forced_labour_graph::form::{Options, Recogniser};
use forced_labour_graph::knowledge::form::forms;
use forced_labour_graph::model::document::Document;
use forced_labour_graph::model::report::{Answer, Report};
use forced_labour_graph::model::vocab::class;
use oxigraph::model::NamedNode;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// What a report says: the lines of its title page, a heading, or a question with its answer.
#[derive(Clone)]
pub(super) enum Row {
    Title(String),
    Heading(String),
    Question(String, String),
}

/// The report that a document is.
pub(super) fn report(document: &Document, converter: &Converter) -> Report {
    let country = |folded: &str| {
        let is_country = |iri: &&NamedNode| converter.authority().entity(iri.as_ref()).is_some_and(|k| k.is(class::COUNTRY));
        converter.authority().by_name(folded).iter().find(is_country).cloned()
    };
    Recogniser::new(forms().unwrap()).recognise(document, Options { country_by_name: &country }).unwrap().0
}

/// The rows of a report.
pub(super) fn rows(document: &Document, converter: &Converter) -> Vec<Row> {
    let report = report(document, converter);
    let start = report.answers.first().and_then(|a| a.question.source(0..1)).unwrap().start;
    let start = report.sections.first().and_then(|s| s.heading.source(0..1)).map_or(start, |s| s.start.min(start));
    let mut rows: Vec<Row> = document.text[..start].split("\n\n").map(|l| Row::Title(folded(l))).collect();
    let mut section = 0;
    for answer in &report.answers {
        while section < answer.section.map_or(0, |s| s + 1) {
            rows.push(Row::Heading(report.sections[section].heading.text().to_owned()));
            section += 1;
        }
        rows.push(Row::Question(answer.question.text().to_owned(), mended(answer)));
    }
    for section in &report.sections[section..] {
        rows.push(Row::Heading(section.heading.text().to_owned()));
    }
    rows
}

/// An answer whose addresses are whole.
fn mended(answer: &Answer) -> String {
    let mut text = answer.text.text().to_owned();
    for link in answer.links.iter().rev().filter(|link| link.mended) {
        text.replace_range(link.range.clone(), &link.href);
    }
    text
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

pub(super) fn html(rows: &[Row]) -> String {
    let mut page = "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>x</title></head><body><h1>x</h1>".to_owned();
    let mut table = String::new();
    for row in rows {
        match row {
            Row::Title(line) => page.push_str(&format!("<p>{}</p>\n", escaped(line))),
            Row::Heading(line) => table.push_str(&format!("<tr><th colspan=2>{}</th></tr>\n", escaped(line))),
            Row::Question(question, answer) => {
                table.push_str(&format!("<tr><td>{}</td><td><p>{}</p></td></tr>\n", escaped(question), escaped(answer)));
            }
        }
    }
    page + "<table>" + &table + "</table></body></html>"
}

pub(super) fn xml(rows: &[Row]) -> String {
    let mut page = "<?xml version='1.0' encoding='UTF-8'?>\n<report>".to_owned();
    let mut table = String::new();
    for row in rows {
        match row {
            Row::Title(line) => page.push_str(&format!("<p>{}</p>\n", escaped(line))),
            Row::Heading(line) => table.push_str(&format!("<row><cell>{}</cell></row>\n", escaped(line))),
            Row::Question(question, answer) => {
                table.push_str(&format!("<row><cell>{}</cell><cell>{}</cell></row>\n", escaped(question), escaped(answer)));
            }
        }
    }
    page + "<table>" + &table + "</table></report>"
}

/// A paragraph of a DOCX file.
pub(crate) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(text))
}

pub(super) fn docx(rows: &[Row]) -> Vec<u8> {
    let (mut title, mut table) = (String::new(), String::new());
    for row in rows {
        match row {
            Row::Title(line) => title += &paragraph(line),
            Row::Heading(line) => {
                let cell = paragraph(line);
                table.push_str(&format!("<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>{cell}</w:tc></w:tr>"));
            }
            Row::Question(question, answer) => {
                let (question, answer) = (paragraph(question), paragraph(answer));
                table.push_str(&format!("<w:tr><w:tc>{question}</w:tc><w:tc>{answer}</w:tc></w:tr>"));
            }
        }
    }
    package(&format!("{title}<w:tbl>{table}</w:tbl>"))
}

/// A DOCX file with a body, a few styles, a list, a link and a note.
pub(crate) fn package(body: &str) -> Vec<u8> {
    const SPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    archive(&[
        (
            "[Content_Types].xml",
            "<Types><Override PartName=\"/word/document.xml\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>",
        ),
        ("word/document.xml", &format!("<?xml version=\"1.0\"?><w:document {SPACE}><w:body>{body}</w:body></w:document>")),
        (
            "word/styles.xml",
            &format!(
                "<w:styles {SPACE}><w:style w:styleId=\"Base\"><w:name w:val=\"heading 1\"/></w:style>\
                 <w:style w:styleId=\"Ttulo1\"><w:name w:val=\"Ours\"/><w:basedOn w:val=\"Base\"/></w:style></w:styles>"
            ),
        ),
        (
            "word/numbering.xml",
            &format!(
                "<w:numbering {SPACE}><w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"75\"/>\
                 <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
                 <w:num w:numId=\"1\"><w:abstractNumId w:val=\"3\"/></w:num></w:numbering>"
            ),
        ),
        (
            "word/footnotes.xml",
            &format!(
                "<w:footnotes {SPACE}><w:footnote w:id=\"0\"><w:p/></w:footnote>\
                 <w:footnote w:id=\"2\"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id=\"rId7\" Target=\"https://example.org/plan\" TargetMode=\"External\"/></Relationships>",
        ),
    ])
}

/// A ZIP archive of files.
pub(super) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
