//! Bad input: a message with file, place and remedy, exit code 1, and a store as it was.

use super::{Desk, report};
use std::fs::File;

/// Every kind of bad input, under the name of its file, with what the message must say of it.
fn bad(desk: &Desk) -> Vec<(&'static str, Vec<&'static str>)> {
    desk.write("empty.txt", "");
    desk.write("blank.txt", " \n\n");
    desk.write("binary.txt", [report().as_bytes().get(..90).unwrap(), b"\0\x01\x02"].concat());
    desk.write("report.pdf", "%PDF-1.7\n%\u{e2}\n1 0 obj\n");
    // UTF-8 with one line in another encoding; UTF-16 that is cut in the middle of a letter.
    desk.write("mixed.txt", [report().as_bytes(), b"El ni\xF1o\n"].concat());
    let wide: Vec<u8> = report().encode_utf16().flat_map(u16::to_le_bytes).collect();
    desk.write("utf16.txt", [b"\xFF\xFE", &wide[..wide.len() - 1]].concat());
    desk.write("photo.html", b"\xFF\xD8\xFF\xE0\0\x10JFIF");
    desk.write("cut.docx", b"PK\x03\x04\x14\0\0\0");
    desk.write("unknown.txt", "Memoria anual de la biblioteca.\n\n1. ¿Cuántos libros? Muchos.\n");
    let text = report();
    let cut = text.char_indices().map(|(at, _)| at).find(|at| *at > text.len() / 2).unwrap();
    desk.write("truncated.txt", &text[..cut]);
    desk.write("two.txt", format!("{text}\n{}", text.replacen("Mexico - 2021", "Mexico - 2022", 1)));
    File::create(desk.path("huge.txt")).unwrap().set_len(200_000_000).unwrap();
    std::fs::create_dir(desk.path("folder")).unwrap();
    vec![
        ("empty.txt", vec!["`empty.txt` is empty"]),
        ("blank.txt", vec!["`blank.txt` is empty"]),
        ("binary.txt", vec!["`binary.txt` is binary", "line "]),
        ("mixed.txt", vec!["`mixed.txt` is not UTF-8", "line ", "0xF1", "iconv -f latin1"]),
        ("utf16.txt", vec!["`utf16.txt` begins as UTF-16LE", "is complete"]),
        ("photo.html", vec!["`photo.html` is a JPEG image", "ocrmypdf"]),
        ("cut.docx", vec!["`cut.docx` is a damaged DOCX document"]),
        ("unknown.txt", vec!["`unknown.txt` follows no known form", "data/forms"]),
        ("truncated.txt", vec!["`truncated.txt` breaks off", "line "]),
        ("two.txt", vec!["`two.txt` holds two reports", "line "]),
        ("huge.txt", vec!["`huge.txt` has 200 MB", "the limit is 50 MB"]),
        ("missing.txt", vec!["`missing.txt` does not exist"]),
        ("folder", vec!["`folder` holds no reports", ".docx"]),
    ]
}

#[test]
fn a_bad_report_is_told_and_the_store_is_as_it_was() {
    let desk = Desk::with_store();
    let before = desk.content();
    let bad = bad(&desk);
    for (file, words) in &bad {
        let run = desk.flg(&["add", file]).refused(words);
        assert_eq!(run.out, "", "{file}");
        assert!(run.err.contains("the store is as it was"), "{}", run.err);
    }
    assert_eq!(before, desk.content());
    // All at once, and by the other commands that take reports.
    let files: Vec<&str> = bad.iter().map(|(file, _)| *file).collect();
    let all: Vec<&str> = bad.iter().flat_map(|(_, words)| words.clone()).collect();
    for command in ["build", "convert", "check"] {
        let run = desk.flg(&[&[command], files.as_slice()].concat()).refused(&all);
        assert_eq!(run.out, "", "{command}");
    }
    assert_eq!(before, desk.content());
}

#[test]
fn bad_input_makes_no_store() {
    let desk = Desk::new();
    desk.flg(&["add", "missing.txt"]).refused(&["does not exist"]);
    desk.flg(&["build", "missing.txt"]).refused(&["does not exist"]);
    assert!(!desk.path(".flg").exists());
}

#[test]
fn one_bad_report_does_not_keep_the_others_out() {
    for command in ["add", "build"] {
        let desk = Desk::with_store();
        desk.write("empty.txt", "");
        desk.write("changed.txt", super::changed());
        let run = desk.flg(&[command, "empty.txt", "changed.txt", "missing.txt", "--json"]);
        let json = run.json();
        assert_eq!(json["reports"][0]["report"], "mex-2021-p029");
        assert_eq!(json["failed"].as_array().unwrap().len(), 2);
        assert_eq!(json["failed"][1]["file"], "missing.txt");
        let run = run.refused(&["`empty.txt`", "`missing.txt`"]);
        assert!(run.err.contains("2 reports were not stored"), "{}", run.err);
        let content = desk.content();
        assert!(content.contains("\"777\"") && !content.contains("\"641\""));
    }
}

#[test]
fn a_store_that_is_none_is_left_alone() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("mine")).unwrap();
    desk.write("mine/letter.txt", "dear");
    desk.write("report.txt", report());
    desk.flg(&["add", "report.txt", "--store", "mine"]).refused(&["`mine` holds other files"]);
    assert_eq!(std::fs::read_dir(desk.path("mine")).unwrap().count(), 1);
    desk.flg(&["show", "SENDEROS", "--store", "nowhere"]).refused(&["there is no store at `nowhere`", "flg build"]);
    desk.flg(&["check", "--store", "nowhere"]).refused(&["there is no store at `nowhere`"]);
}
