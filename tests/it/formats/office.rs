//! Questionnaires as a word processor prints them: each answer, value and fact as from the text.

use super::make::{Row, html, report, rows};
use super::{CONVERTER, FIXTURES, REPORTS, assert_same, convert, facts, text};
use forced_labour_graph::model::report::{Answer, Report, Value};
use forced_labour_graph::read;

const PRINTED: [(&str, &str); 9] = [
    ("ghana-number-column", REPORTS[0]),
    ("ghana-boxes", REPORTS[0]),
    ("ghana-inner-rules", REPORTS[0]),
    ("ghana-level-rules", REPORTS[0]),
    ("ghana-one-column", REPORTS[0]),
    ("ghana-table-each", REPORTS[0]),
    ("senegal-footnotes", REPORTS[1]),
    ("senegal-level-rules-numbers", REPORTS[1]),
    ("senegal-one-column-boxes", REPORTS[1]),
];

fn read_report(name: &str, bytes: &[u8]) -> Report {
    report(&read::document(name, bytes).unwrap_or_else(|e| panic!("{e}")), &CONVERTER)
}

/// What was read of an answer, in a word or two.
fn said(answer: &Answer) -> String {
    match &answer.value {
        Value::Boolean { value, .. } => value.to_string(),
        Value::Options(options) => options.iter().map(|o| o.letter.as_str()).collect(),
        Value::Levels(levels) => format!("{:?}", levels.iter().map(|l| (&l.option.letter, &l.level)).collect::<Vec<_>>()),
        Value::List(_) | Value::Prose | Value::Empty => String::new(),
    }
}

/// The words of a text without spaces, hyphens, bullets, bracket codes and signs of boxes.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut code = false;
    for c in text.chars() {
        code = c == '[' || code && c != ']';
        if !code && c.is_alphanumeric() {
            out.push(c);
        }
    }
    out
}

#[test]
fn a_printed_questionnaire_says_what_its_text_says() {
    for (name, source) in PRINTED {
        let bytes = std::fs::read(format!("{FIXTURES}/office/{name}.pdf")).unwrap();
        let (expected, found) = (read_report(source, text(source).as_bytes()), read_report(name, &bytes));
        let keys = |report: &Report| report.answers.iter().map(|a| a.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&expected), keys(&found), "{name}");
        assert_eq!(expected.sections.len(), found.sections.len(), "{name}");
        for (expected, found) in expected.answers.iter().zip(&found.answers) {
            let key = &expected.key;
            assert_eq!(bare(expected.question.text()), bare(found.question.text()), "{name} {key}");
            assert_eq!(said(expected), said(found), "{name} {key}: {}", found.text.text());
            let (words, read) = (bare(expected.text.text()), bare(found.text.text()));
            // A note stands behind the answer that has its mark; a box that is not checked, beside the one that is.
            assert!(read.contains(&words) && (words.len() < 20 || read.starts_with(&words)), "{name} {key}: {read}");
        }
        assert_same(name, &facts(&convert(source, text(source).as_bytes()).1), &facts(&convert(name, &bytes).1));
    }
}

#[test]
fn a_note_at_the_foot_is_set_behind_the_answer_with_its_mark() {
    let bytes = std::fs::read(format!("{FIXTURES}/office/senegal-footnotes.pdf")).unwrap();
    let report = read_report("notes.pdf", &bytes);
    let answer = report.answers.iter().find(|a| a.key == "92").unwrap();
    assert_eq!(answer.text.text(), "1) Conseil des Armateurs du Large (CAL) (1) See that budget, which the ministry keeps.");
    let Value::List(entries) = &answer.value else { panic!("{:?}", answer.value) };
    assert_eq!(
        entries.iter().map(|e| &answer.text.text()[e.clone()]).collect::<Vec<_>>(),
        ["Conseil des Armateurs du Large (CAL)"]
    );
}

#[test]
fn a_number_may_have_a_column_of_its_own_and_a_word_soft_hyphens() {
    let (document, conversion) = convert(REPORTS[0], text(REPORTS[0]).as_bytes());
    let expected = facts(&conversion);
    let rows = rows(&document, &CONVERTER);
    let mut page = html(&rows).replace("colspan=2", "colspan=3");
    for row in &rows {
        let Row::Question(question, _) = row else { continue };
        let escaped = question.replace('&', "&amp;").replace('<', "&lt;");
        let (number, words) = match question.split_once(". ").filter(|(n, _)| n.starts_with(|c: char| c.is_ascii_digit())) {
            Some((number, _)) => (number, &escaped[number.len() + 2..]),
            None => ("", escaped.as_str()),
        };
        page = page.replace(&format!("<td>{escaped}</td>"), &format!("<td>{number}</td><td>{words}</td>"));
    }
    let soft = page.replace("overnment", "overn&shy;ment").replace("atification", "ati&shy;fi&shy;cation");
    assert!(soft.matches("&shy;").count() > 8 && soft.contains("<td>91</td>"));
    for (name, page) in [("columns.html", page), ("hyphens.html", soft)] {
        let (read, conversion) = convert(name, page.as_bytes());
        assert!(!read.text.contains('\u{ad}'));
        assert_same(name, &expected, &facts(&conversion));
        let asked = |r: &Report| r.answers.iter().map(|a| bare(a.question.text())).collect::<Vec<_>>();
        assert_eq!(asked(&report(&document, &CONVERTER)), asked(&report(&read, &CONVERTER)), "{name}");
    }
}

#[test]
fn boxes_that_are_not_checked_choose_nothing() {
    let (document, conversion) = convert(REPORTS[0], text(REPORTS[0]).as_bytes());
    let expected = facts(&conversion);
    let mut rows = rows(&document, &CONVERTER);
    for row in &mut rows {
        let Row::Question(question, answer) = row else { continue };
        match answer.as_str() {
            "Yes" => *answer = "[X] Yes [ ] No".to_owned(),
            "No" => *answer = "Yes \u{f0a8} No \u{f0fe}".to_owned(),
            "Under consideration" => *answer = "☐ Likely ☒ Under consideration ☐ Unlikely".to_owned(),
            _ if question.starts_with("86.") => {
                *answer =
                    "☒ a) Lack of awareness ☐ b) Lack of information and data ☒ d) Social and economic circumstances".to_owned();
            }
            _ => {}
        }
    }
    let page = html(&rows);
    let (read, conversion) = convert("boxes.html", page.as_bytes());
    assert_same("boxes", &expected, &facts(&conversion));
    let said = |r: &Report| r.answers.iter().map(said).collect::<Vec<_>>();
    assert_eq!(said(&report(&document, &CONVERTER)), said(&report(&read, &CONVERTER)));
}

#[test]
fn a_question_that_is_a_heading_is_told_and_kept_though_the_form_does_not_have_it() {
    const ASKED: &str = "98. How many inspectors are there?";
    let (document, conversion) = convert(REPORTS[0], text(REPORTS[0]).as_bytes());
    let expected = facts(&conversion);
    let mut page = "<html><head><meta charset=utf-8><title>x</title></head><body>".to_owned();
    for row in rows(&document, &CONVERTER) {
        let piece = match row {
            Row::Title(line) => format!("<p>{line}</p>"),
            Row::Heading(line) => format!("<h2>{line}</h2>"),
            Row::Question(question, answer) if question.starts_with("81.") => {
                format!("<h3>{question}</h3><p>{answer}</p><h3>{ASKED}</h3><p>Seventy.</p>")
            }
            Row::Question(question, answer) => format!("<h3>{question}</h3><p>{answer}</p>"),
        };
        page.push_str(&piece);
    }
    let (read, conversion) = convert("headings.html", page.as_bytes());
    let report = report(&read, &CONVERTER);
    let answer = report.answers.iter().find(|a| a.number == "98").unwrap();
    assert_eq!((answer.question.text(), answer.text.text()), (ASKED, "Seventy."));
    let told = conversion.diagnostics.iter().filter(|d| d.code == "unknown-question").count();
    assert_eq!(told, 1);
    assert_same("headings.html", &expected, &facts(&conversion));
}
