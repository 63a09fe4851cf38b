//! The questionnaire as PDF: the same answers and facts as from the text, however its table is set.

use super::make::{Row, report, rows};
use super::set::{Rules, Style, questionnaire};
use super::{CONVERTER, REPORTS, assert_same, convert, facts, text};
use forced_labour_graph::convert::Conversion;
use forced_labour_graph::read;
use std::collections::BTreeSet;

const PLAIN: Style =
    Style { rules: Rules::None, pad: 4.0, pitch: 12.0, bold_questions: false, bold_headings: true, furniture: false };

/// Tables as word processors set them.
fn styles() -> Vec<Style> {
    let ruled = Style { rules: Rules::All, ..PLAIN };
    vec![
        PLAIN,
        ruled,
        // Answers whose lines stand further apart than the questions', as in printed reports.
        Style { pitch: 18.0, furniture: true, ..PLAIN },
        Style { pitch: 18.0, furniture: true, bold_questions: true, bold_headings: false, ..ruled },
        Style { bold_questions: true, furniture: true, ..PLAIN },
        Style { rules: Rules::Inner, pad: 2.0, bold_headings: false, ..PLAIN },
        Style { pad: 0.5, furniture: true, ..ruled },
    ]
}

/// The text of a report, in whichever language it is.
fn source(name: &str) -> Vec<u8> {
    let shipped = format!("{}/data/reports/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(shipped).unwrap_or_else(|_| text(name).into_bytes())
}

fn without_codes(row: &Row) -> Row {
    let Row::Question(question, answer) = row else { return row.clone() };
    let words: Vec<&str> = question.split_inclusive(']').map(|part| part.split_once('[').map_or(part, |(w, _)| w)).collect();
    Row::Question(words.join(" ").split_whitespace().collect::<Vec<_>>().join(" "), answer.clone())
}

fn bulleted(row: &Row) -> Row {
    match row {
        Row::Question(question, answer) => Row::Question(question.clone(), answer.replace('○', "•")),
        other => other.clone(),
    }
}

/// The questions and answers of rows.
fn asked(rows: &[Row]) -> Vec<(String, String)> {
    let one = |row: &Row| if let Row::Question(q, a) = row { Some((q.clone(), a.clone())) } else { None };
    rows.iter().filter_map(one).collect()
}

/// The questions and answers that are read from a page.
fn answered(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let document = read::document(name, bytes).unwrap_or_else(|e| panic!("{e}"));
    let report = report(&document, &CONVERTER);
    report.answers.iter().map(|a| (a.question.text().to_owned(), a.text.text().to_owned())).collect()
}

/// A question and answer without spaces and hyphens: the texts have some where a line of theirs ended.
fn closed((question, answer): &(String, String)) -> (String, String) {
    let close = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (close(question), close(answer))
}

/// Asserts that a page holds the questions and answers that it was set from, in their order.
fn assert_asked(made: &str, rows: &[Row], bytes: &[u8]) {
    let (asked, found) = (asked(rows), answered(made, bytes));
    for (asked, found) in asked.iter().zip(&found) {
        assert_eq!(closed(asked), closed(found), "{made}: {asked:#?}, not {found:#?}");
    }
    assert_eq!(asked.len(), found.len(), "{made}");
}

#[test]
fn a_questionnaire_says_the_same_as_pdf() {
    for name in ["mexico-2021-p029.es.txt", REPORTS[0], REPORTS[1]] {
        let (document, conversion) = convert(name, &source(name));
        let expected = facts(&conversion);
        // The font has no empty circle.
        let rows: Vec<Row> = rows(&document, &CONVERTER).iter().map(bulleted).collect();
        let bare: Vec<Row> = rows.iter().map(without_codes).collect();
        // The long report takes its time: some of the styles do.
        let every = if document.text.len() > 20_000 { 3 } else { 1 };
        for (n, style) in styles().into_iter().enumerate().step_by(every) {
            let rows = if n % 2 == 0 { &rows } else { &bare };
            let made = format!("{name} set as {style:?}{}", if n % 2 == 0 { "" } else { ", without codes" });
            let bytes = questionnaire(rows, style);
            assert_asked(&made, rows, &bytes);
            let (document, conversion) = convert(&made, &bytes);
            assert!(document.pages.iter().map(|p| p.number).max() >= Some(2), "{made}");
            assert_same(&made, &expected, &facts(&conversion));
        }
    }
}

/// The messages of a kind.
fn told<'a>(conversion: &'a Conversion, code: &str) -> Vec<&'a str> {
    conversion.diagnostics.iter().filter(|d| d.code == code).map(|d| d.message.as_str()).collect()
}

#[test]
fn what_the_form_does_not_have_is_told_and_kept_from_a_pdf() {
    const ASKED: &str = "98. What is the budget of the labour inspectorate, and how many inspectors does it employ?";
    const ANSWERED: &str = "Two million; seventy inspectors work in three regions.";
    let (document, conversion) = convert(REPORTS[0], text(REPORTS[0]).as_bytes());
    let expected = facts(&conversion);
    let rows = rows(&document, &CONVERTER);
    let place = |number: &str| {
        let is = |row: &Row| matches!(row, Row::Question(q, _) if q.starts_with(number));
        rows.iter().position(is).unwrap_or_else(|| panic!("no question {number}"))
    };
    for style in styles() {
        let mut changed: Vec<Row> = rows.iter().map(without_codes).collect();
        let Row::Question(question, _) = &mut changed[place("94.")] else { panic!("a question") };
        *question = question.replace("94.", "49.");
        let repeated = changed[place("62.")].clone();
        changed.insert(place("62.") + 1, repeated);
        changed.insert(place("81.") + 1, Row::Question(ASKED.to_owned(), ANSWERED.to_owned()));
        let made = format!("changed, set as {style:?}");
        let bytes = questionnaire(&changed, style);
        let (_, conversion) = convert(&made, &bytes);
        let [misnumbered] = told(&conversion, "misnumbered-question")[..] else { panic!("{made}") };
        assert!(misnumbered.contains("`49`") && misnumbered.contains("`94`"), "{made}: {misnumbered}");
        let [repeated] = told(&conversion, "repeated-question")[..] else { panic!("{made}") };
        assert!(repeated.contains("`62`"), "{made}: {repeated}");
        let [unknown] = told(&conversion, "unknown-question")[..] else { panic!("{made}") };
        assert!(unknown.contains("`98`"), "{made}: {unknown}");
        assert_asked(&made, &changed, &bytes);
        assert!(answered(&made, &bytes).contains(&(ASKED.to_owned(), ANSWERED.to_owned())), "{made}");
        assert_same(&made, &expected, &facts(&conversion));
    }
}

#[test]
fn a_running_head_is_no_answer_and_a_short_answer_no_running_head() {
    // Every page begins with a question that is answered with one and the same word.
    const WORDS: [&str; 7] = ["plan", "report", "inspection", "training", "remedy", "budget", "partner"];
    let words = |n: usize| (0..60).map(|i| WORDS[(i * i + n * i + n) % 7]).collect::<Vec<_>>().join(" ");
    let question = |n: usize| format!("{n}. What of the {}?", words(n));
    let (document, _) = convert(REPORTS[0], text(REPORTS[0]).as_bytes());
    let mut rows = rows(&document, &CONVERTER);
    rows.extend((201..217).map(|n| Row::Question(question(n), "Yes".to_owned())));
    let bytes = questionnaire(&rows, Style { pitch: 12.0, furniture: true, ..PLAIN });
    let (document, conversion) = convert("heads.pdf", &bytes);
    let pages: BTreeSet<u32> = document.pages.iter().map(|p| p.number).collect();
    let heads = document.layout.as_ref().unwrap().furniture.iter().filter(|f| f.text.contains("Annual review")).count();
    assert_eq!((heads, document.text.contains("Annual review")), (pages.len(), false));
    assert!(told(&conversion, "unknown-question").len() >= 16);
    assert_asked("heads.pdf", &rows, &bytes);
}
