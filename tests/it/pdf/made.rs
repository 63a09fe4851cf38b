//! Small files made for the case.

use super::paper::{file, pdf, stream, text};
use super::{check_layout, flat, layout};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use forced_labour_graph::model::document::Document;
use forced_labour_graph::model::layout::Block;
use forced_labour_graph::read;
use std::io::Write as _;

fn document(bytes: &[u8]) -> Document {
    let document = read::document("made.pdf", bytes).unwrap();
    check_layout(&document);
    document
}

fn error(bytes: &[u8]) -> String {
    read::document("made.pdf", bytes).unwrap_err().to_string()
}

/// Lines of one column, from the top.
fn column(x: f32, y: f32, lines: &[&str]) -> Vec<Vec<u8>> {
    #[allow(clippy::cast_precision_loss)]
    lines.iter().enumerate().map(|(i, line)| text("F1", 10.0, x, y - 12.0 * i as f32, line)).collect()
}

/// Questions left, answers right, no rules: the second answer goes on over the page, the last question is longer than its answer.
fn questionnaire(order: impl Fn(&mut Vec<Vec<u8>>)) -> Vec<u8> {
    let mut first = Vec::new();
    first.extend(column(60.0, 700.0, &["1. Has your country adopted a", "national policy and a plan of", "action?"]));
    first.extend(column(300.0, 700.0, &["Yes. The National Strategy was adopted by", "the Council in 2019."]));
    first.extend(column(60.0, 640.0, &["2. Which bodies coordinate the", "measures?"]));
    first.extend(column(
        300.0,
        640.0,
        &["The Ministry of Labour leads the work; the", "committee meets four times a year and", "reports to the"],
    ));
    let mut second = Vec::new();
    second.extend(column(300.0, 760.0, &["parliament every spring, with figures for", "each of the regions."]));
    second.extend(column(
        60.0,
        710.0,
        &["3. What are the main obstacles to", "the elimination of forced labour in", "your country?"],
    ));
    second.extend(column(300.0, 710.0, &["Lack of data."]));
    order(&mut first);
    order(&mut second);
    pdf(&[first.concat(), second.concat()])
}

#[test]
fn two_columns_of_running_text_are_read_one_after_the_other() {
    let left = [
        "The first column begins here and",
        "goes on with several lines that",
        "fill the space that it has, so",
        "that nothing stands free at the",
        "end of any of them but the last.",
    ];
    let right = [
        "The second column is read when",
        "the first is done, though both",
        "stand on the same baselines, and",
        "its lines fill the space as well",
        "as those on the left do.",
    ];
    let mut lines = vec![text("F2", 12.0, 60.0, 730.0, "REFERENCES")];
    for (l, r) in column(60.0, 700.0, &left).into_iter().zip(column(310.0, 700.0, &right)) {
        lines.extend([l, r]);
    }
    let document = document(&pdf(&[lines.concat()]));
    let all = document.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(all, format!("REFERENCES {} {}", left.join(" "), right.join(" ")));
    assert!(matches!(&layout(&document).blocks[0], Block::Heading(h) if h.bold && flat(&document, h.span) == "REFERENCES"));
}

#[test]
fn accents_are_kept_and_hyphens_told_apart() {
    let lines = column(
        60.0,
        700.0,
        &[
            "La Comisión de Género, Niñez y Protección, an industry-funded body against labour exploitation in",
            "the country, coordinates the measures; it met the Inter-",
            "Institutional group on labour exploi-",
            "tation, and an industry-",
            "funded project for the years 2017–",
            "2021 was launched.",
        ],
    );
    let document = document(&pdf(&[lines.concat()]));
    assert_eq!(
        document.text.trim(),
        "La Comisión de Género, Niñez y Protección, an industry-funded body against labour exploitation in the country, \
         coordinates the measures; it met the Inter-Institutional group on labour exploitation, and an industry-funded \
         project for the years 2017–2021 was launched."
    );
}

#[test]
fn a_space_is_where_the_letters_leave_one() {
    // Kerning instead of a space, a space that kerning has all but closed, and kerning within words.
    let content =
        b"BT /F1 11 Tf 60 700 Td [(child labor.)-250(The Min)18(istry) 15( of ) 240 (Y)90(outh, of )200(W)40(ork)] TJ ET"
            .to_vec();
    assert_eq!(document(&pdf(&[content])).text.trim(), "child labor. The Ministry of Youth, of Work");
}

#[test]
fn what_is_not_seen_is_not_read() {
    let mut content = text("F1", 11.0, 60.0, 700.0, "Seen by everybody");
    content.extend(b"BT 3 Tr /F1 11 Tf 60 660 Td (Invisible) Tj 0 Tr ET\n");
    content.extend(text("F1", 11.0, 60.0, 620.0, "Painted over"));
    content.extend(b"1 1 1 rg 50 610 200 30 re f 0 0 0 rg\n");
    content.extend(text("F1", 11.0, 900.0, 580.0, "Outside of the page"));
    content.extend(b"q 0 0 10 10 re W n ");
    content.extend(text("F1", 11.0, 60.0, 540.0, "Clipped"));
    content.extend(b"Q\n");
    assert_eq!(document(&pdf(&[content])).text.trim(), "Seen by everybody");
}

#[test]
fn a_scan_is_told_as_such() {
    let image = stream(
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8",
        &[0, 255, 255, 0],
    );
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>"
            .to_vec(),
        stream("", b"q 595 0 0 842 0 0 cm /Im Do Q"),
        image,
    ];
    let error = error(&file(&objects, ""));
    assert!(error.contains("`made.pdf` is a scan") && error.contains("hint:") && error.contains("ocrmypdf"), "{error}");
}

#[test]
fn files_that_are_locked_cut_or_empty_are_refused_by_name() {
    let whole = questionnaire(|_| {});
    let cut = error(&whole[..whole.len() * 2 / 3]);
    assert!(
        cut.contains("`made.pdf` is a damaged PDF file: its end is missing") && cut.contains("hint: fetch it again"),
        "{cut}"
    );
    let none =
        error(&file(&[b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec()], ""));
    assert!(none.contains("damaged PDF file"), "{none}");
    let blank = error(&pdf(&[Vec::new()]));
    assert!(blank.contains("is empty"), "{blank}");
    let zeros = "00".repeat(32);
    let lock = format!("/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{zeros}> /U <{zeros}> >> /ID [<00> <00>]");
    let objects = [b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec()];
    let locked = error(&file(&objects, &lock));
    assert!(locked.contains("locked with a password") && locked.contains("qpdf --decrypt"), "{locked}");
    let picture = read::document("report.pdf", b"\xFF\xD8\xFF\xE0 and so on").unwrap_err().to_string();
    assert!(picture.contains("`report.pdf` is a JPEG image"), "{picture}");
}

#[test]
fn streams_that_unpack_to_more_than_a_report_are_refused() {
    let pack = |bytes: &[u8]| {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let block = vec![b' '; 1_000_000];
    for _ in 0..210 {
        encoder.write_all(&block).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    let with = |content: Vec<u8>| {
        file(
            &[
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>".to_vec(),
                content,
            ],
            "",
        )
    };
    let large = error(&with(stream("/Filter /FlateDecode", &bomb)));
    assert!(large.contains("holds too much: more than 200 MB when unpacked"), "{large}");
    let twice = error(&with(stream("/Filter [/FlateDecode /FlateDecode]", &pack(&pack(b"BT ET")))));
    assert!(twice.contains("packed twice"), "{twice}");
}

#[test]
fn garbage_is_an_answer_or_an_error_and_never_a_panic() {
    let whole = questionnaire(|_| {});
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % u64::try_from(below).unwrap()).unwrap()
    };
    let mut read_all = 0;
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..=random(12) {
            let at = random(bytes.len());
            match random(3) {
                0 => bytes[at] = u8::try_from(random(256)).unwrap(),
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b"0123456789<>[]()/ \n"[random(19)]),
            }
        }
        match read::document("made.pdf", &bytes) {
            Ok(document) if document.layout.is_some() => {
                check_layout(&document);
                read_all += 1;
            }
            Ok(_) => {} // its first bytes say no longer that it is a PDF
            Err(error) => assert!(error.to_string().contains("`made.pdf`"), "{error}"),
        }
    }
    assert!(read_all > 20, "{read_all}");
}
