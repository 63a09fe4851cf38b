//! What is no report, or half of one, or two: each is refused with a message that names file, place and remedy, or converted
//! with a word on what is missing.

use crate::sample::{Read, TEXT, converter, document, read, recognise, with};
use forced_labour_graph::model::diagnostic::Severity;
use forced_labour_graph::read::{self as reading, LARGEST, ReadError};
use std::fmt::Write as _;
use std::fs::File;

/// Asserts that a message names the file, holds the words, and ends in a remedy on a line of its own.
fn refusal(message: &str, file: &str, words: &[&str]) {
    assert!(message.contains(&format!("`{file}`")), "no file: {message}");
    for word in words {
        assert!(message.contains(word), "no `{word}`: {message}");
    }
    let (said, hint) = message.split_once("\nhint: ").unwrap_or_else(|| panic!("no remedy: {message}"));
    assert!(!said.contains('\n') && !hint.contains('\n') && !hint.is_empty(), "{message}");
    assert!(!said.ends_with('.') && !hint.ends_with('.'), "a full stop: {message}");
}

/// What is said of bytes that are no text.
fn unreadable(bytes: &[u8], words: &[&str]) {
    let error = reading::document("in/report.txt", bytes).expect_err("it was read");
    refusal(&error.to_string(), "in/report.txt", words);
}

/// What is said of a text that is no report.
fn unconvertible(text: &str, words: &[&str]) {
    let error = converter().convert(&document(text)).expect_err("it was converted");
    refusal(&error.to_string(), "report.txt", words);
}

#[test]
fn nothing_is_no_report() {
    for bytes in ["", " ", "\n\n\t \r\n", "\u{feff}", "\u{feff}\n", "\u{c}\u{c}", "\u{a0}\u{2003}\n"] {
        unreadable(bytes.as_bytes(), &["is empty"]);
    }
}

#[test]
fn what_is_no_text_is_named() {
    unreadable(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj", &["PDF"]);
    unreadable(b"PK\x03\x04\x14\x00\x06\x00", &[]);
    unreadable(b"\x1F\x8B\x08\x00\x00\x00\x00\x00", &["unpack"]);
    unreadable(b"\x89PNG\r\n\x1A\n\x00\x00", &["PNG"]);
    unreadable(b"una l\xC3\xADnea\nof text \x00\x01\x02", &["binary", "line 2", "offset 19"]);
    let noise: Vec<u8> = (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    unreadable(&noise, &["line 1", "offset"]);
}

#[test]
fn a_character_that_the_end_cuts_is_no_other_encoding() {
    let cut = TEXT.find("Sí").unwrap() + 2;
    unreadable(&TEXT.as_bytes()[..cut], &["cut off", "complete", "offset"]);
}

#[test]
fn files_that_are_not_there_or_no_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.txt");
    let large = folder.path().join("large.txt");
    File::create(&large).unwrap().set_len(200_000_000).unwrap(); // sparse: it takes no room
    let empty = folder.path().join("empty.txt");
    File::create(&empty).unwrap();
    for (path, words) in [
        (missing.as_path(), ["does not exist", "check the path"]),
        (&empty.join("below-a-file.txt"), ["does not exist", "check the path"]),
        (folder.path(), ["is a folder", "*.txt"]),
        (&large, ["200 MB", "limit is 50 MB"]),
        (&empty, ["is empty", "completely"]),
    ] {
        let error = reading::file(path).expect_err("it was read");
        refusal(&error.to_string(), &path.display().to_string(), &words);
    }
    // The limit holds for what comes from elsewhere, too.
    let bytes = vec![b'a'; usize::try_from(LARGEST).unwrap() + 1];
    assert!(matches!(reading::document("x", &bytes), Err(ReadError::TooLarge { .. })));
}

#[test]
fn texts_of_no_known_form_are_refused() {
    unconvertible(
        "Informe anual\n\nMexico - 2021\n\n1. ¿Qué? [1.1]\n\nNada.\n",
        &["no known form", "ilo-p029-2021", "data/forms", "line"],
    );
    unconvertible("x", &["no known form", "line 1"]);
    unconvertible(&"lorem ipsum dolor sit amet\n".repeat(2000), &["no known form"]);
    unconvertible("<html><body><p>91. Para elaborar la memoria</p></body></html>", &["no known form"]);
    // The questions' numbers and codes alone, in words of no language of the form.
    let numbers = TEXT.find("91. Para").unwrap();
    unconvertible(&TEXT[numbers..], &["names no country with a year", "Mexico - 2021", "line"]);
    unconvertible(&with("Mexico - 2021", "Atlantis - 2021"), &["names no country with a year", "line"]);
    unconvertible(&with("Mexico - 2021", "Mexico"), &["names no country with a year", "line"]);
}

/// What tells that something of a report may be missing: questions that the whole report has, or an end that is none.
fn tells_the_cut(it: &Read) -> bool {
    it.report.absent.len() > 6 || ["cut-off", "unanswered-question", "missing-level"].iter().any(|code| !it.told(code).is_empty())
}

#[test]
fn a_cut_report_is_refused_or_says_what_is_missing() {
    let whole = TEXT.trim_end().len();
    let last_answer = TEXT.find("1.- Fortalecer").unwrap();
    let (mut refused, mut told) = (0, 0);
    // Every 97th character, every line end of the last two pages, and the last letters.
    let cuts = TEXT.char_indices().map(|(at, _)| at).filter(|at| at % 97 == 0);
    let line_ends = TEXT.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at + 4000 > whole);
    let cuts: Vec<usize> = cuts.chain(line_ends).chain([whole - 1, whole - 2, whole - 9]).filter(|at| *at < whole).collect();
    for at in cuts {
        let text = &TEXT[..at];
        if text.trim().is_empty() {
            continue;
        }
        match recognise(&document(text)) {
            Err(error) => {
                let message = error.to_string();
                let place = if message.contains("no known form") { "line" } else { ", line " };
                refusal(&message, "report.txt", &[place]);
                refused += 1;
            }
            Ok((report, diagnostics)) => {
                let it = Read { document: document(text), report, diagnostics };
                // A cut behind a sentence of the last answer, or behind its first words, leaves nothing to be told by.
                let rest = text.get(last_answer..).unwrap_or_default().trim_end();
                let unnoticeable = rest.ends_with('.') || (1..4).contains(&rest.split_whitespace().count());
                assert!(unnoticeable || tells_the_cut(&it), "cut at {at}, line {}, unnoticed", text.lines().count());
                told += 1;
            }
        }
    }
    assert!(refused > 200 && told > 10, "{refused} refused, {told} told");
    assert!(!tells_the_cut(&read(TEXT)), "the whole report is taken for cut");
}

#[test]
fn two_reports_in_one_file_are_refused_with_both_places() {
    let second = TEXT.lines().count() + 1;
    let refused = |text: &str| {
        let message = recognise(&document(text)).expect_err("two were read as one").to_string();
        refusal(&message, "report.txt", &["two reports", "begins at line 2", "in a file of its own"]);
        let at = message.split("another at line ").nth(1).unwrap().split('\n').next().unwrap().parse::<usize>().unwrap();
        assert!((second..second + 12).contains(&at), "{message}");
    };
    refused(&format!("{TEXT}{TEXT}"));
    refused(&format!("{TEXT}{}", TEXT.replace("Mexico - 2021", "Guatemala - 2021")));
    refused(&format!("{TEXT}{}", TEXT.replace("Mexico - 2021", "Mexico - 2022")));
    refused(&format!("{}{TEXT}", TEXT.replace("Mexico - 2021", "Mexico - 2019")).replace('\n', "\r\n"));
    // The title on every page is one report all the same.
    let running = TEXT.replace("\n\n\n\n", "\n\n\nMexico - 2021\n\n");
    assert!(running.matches("Mexico - 2021").count() > 3);
    assert_eq!(read(&running).report.id, "mex-2021-p029");
}

#[test]
fn a_large_report_takes_time_in_proportion() {
    // The answer to question 89, which is prose, two hundred times as long: a report of a whole book.
    let answer = &TEXT[TEXT.find("1.- Fortalecer").unwrap()..TEXT.trim_end().len()];
    let mut text = TEXT.trim_end().to_owned();
    for i in 0..200 {
        write!(text, "\n\n{}", answer.replace("1.-", &format!("{}.-", i + 2))).unwrap();
    }
    let started = std::time::Instant::now();
    let it = read(&text);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    assert!(it.answer("89").text.text().len() > 150_000);
    assert!(it.diagnostics.iter().all(|d| d.severity < Severity::Error));
}
