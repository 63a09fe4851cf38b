//! What stands around tables and is no part of them: rules of running heads and feet, lines under links, references in columns.

use super::paper::{pdf, text};
use super::{check_layout, flat, layout, rows};
use forced_labour_graph::model::document::{Document, Span};
use forced_labour_graph::model::layout::Block;
use forced_labour_graph::read;

fn made(pages: &[Vec<u8>]) -> Document {
    let document = read::document("edges.pdf", &pdf(pages)).unwrap();
    check_layout(&document);
    document
}

fn rule(x0: f32, x1: f32, y: f32) -> Vec<u8> {
    format!("0.6 G 0.5 w {x0} {y} m {x1} {y} l S\n").into_bytes()
}

/// A page with a head, a foot and a page number in a box, as official reports have them.
fn framed(number: u32, body: &[Vec<u8>]) -> Vec<u8> {
    let mut out = text("F2", 16.0, 440.0, 800.0, "Norland");
    out.extend(rule(50.0, 545.0, 790.0));
    out.extend(body.concat());
    out.extend(rule(50.0, 545.0, 60.0));
    out.extend(format!("0.6 g {} 40 36 15 re f 0 g\n", if number % 2 == 1 { 509 } else { 50 }).into_bytes());
    out.extend(text("F1", 8.0, 180.0, 44.0, "THE YEARLY REPORT ON WORK IN NORLAND"));
    out.extend(text("F1", 8.0, 520.0, 44.0, &number.to_string()));
    out
}

/// A table of three columns whose cells have a rule each under them.
fn table(top: f32, count: usize) -> Vec<Vec<u8>> {
    const EDGES: [f32; 4] = [50.0, 200.0, 260.0, 545.0];
    let mut out = vec![text("F2", 10.0, 50.0, top + 12.0, "Table 1. Laws")];
    let mut y = top;
    for row in 0..=count {
        let words = if row == 0 {
            ["Standard", "Age", "Legislation"].map(str::to_owned)
        } else {
            [format!("Standard {row}"), "15".to_owned(), format!("Section {row} of the Labor Code")]
        };
        for (x, words) in EDGES.iter().zip(&words) {
            out.push(text(if row == 0 { "F2" } else { "F1" }, 9.0, x + 5.0, y - 10.0, words));
        }
        y -= 14.0;
        out.extend(EDGES.windows(2).map(|edges| rule(edges[0], edges[1], y)));
    }
    out
}

fn tables(document: &Document) -> Vec<Vec<Vec<String>>> {
    layout(document).tables().map(|table| rows(document, table)).collect()
}

#[test]
fn the_rule_over_a_foot_close_below_a_table_is_no_row_of_it() {
    let mut first = table(200.0, 6);
    first.push(text("F1", 8.0, 50.0, 90.0, "* No conscription"));
    let prose = |words: &str| vec![text("F1", 10.0, 50.0, 700.0, words)];
    let document = made(&[
        framed(1, &first),
        framed(2, &prose("The second page has a paragraph that says little.")),
        framed(3, &prose("The third page has another one.")),
    ]);
    let found = tables(&document);
    assert_eq!(found.len(), 1, "{found:?}");
    // The titles, which no ground tells from other rows, and six rows.
    assert_eq!(found[0].len(), 7, "{found:?}");
    assert_eq!(found[0][6], ["Standard 6", "15", "Section 6 of the Labor Code"]);
    assert!(!document.text.contains("YEARLY REPORT"), "{}", document.text);
    let furniture = &layout(&document).furniture;
    assert!(furniture.iter().any(|line| line.text == "THE YEARLY REPORT ON WORK IN NORLAND"), "{furniture:?}");
    assert!(furniture.iter().any(|line| line.text == "Norland"), "{furniture:?}");
}

#[test]
fn the_upper_border_of_a_table_on_every_page_is_no_running_heads_rule() {
    // Each page has one row under a border in the same place, whose columns upright rules divide.
    let page = |row: usize| {
        let mut out = vec![rule(50.0, 545.0, 790.0), rule(50.0, 545.0, 770.0), rule(50.0, 545.0, 740.0)];
        for x in [50.0, 250.0, 545.0] {
            out.push(format!("0.6 G 0.5 w {x} 740 m {x} 790 l S\n").into_bytes());
        }
        for (x, words) in [(55.0, "Question"), (255.0, "Answer")] {
            out.push(text("F2", 9.0, x, 776.0, words));
        }
        for (x, words) in [(55.0, format!("What of {row}?")), (255.0, format!("So much as {row}"))] {
            out.push(text("F1", 9.0, x, 752.0, &words));
        }
        out.concat()
    };
    let document = made(&[page(1), page(2), page(3)]);
    let found = tables(&document);
    let all: Vec<&Vec<String>> = found.iter().flatten().collect();
    for row in 1..=3 {
        assert!(all.iter().any(|r| **r == [format!("What of {row}?"), format!("So much as {row}")]), "{found:?}");
    }
}

#[test]
fn a_line_under_a_link_is_no_rule_of_a_table() {
    let mut page = vec![text("F2", 16.0, 440.0, 800.0, "Norland"), rule(50.0, 545.0, 790.0)];
    page.extend(table(700.0, 4));
    page.push(text("F2", 11.0, 50.0, 560.0, "REFERENCES"));
    // The full stop behind each link is not underlined; the words before it are on the same line.
    for (i, (before, link, width)) in [("A Study.", "example.org/one", 69.5), ("Another.", "example.org/longer/two", 103.5)]
        .into_iter()
        .flat_map(|entry| [entry, ("Once more.", entry.1, entry.2)])
        .enumerate()
    {
        #[allow(clippy::cast_precision_loss)]
        let y = 540.0 - 24.0 * i as f32;
        page.push(text("F1", 10.0, 50.0, y, before));
        page.push(text("F1", 10.0, 50.0, y - 12.0, &format!("{link}.")));
        page.push(rule(50.0, 50.0 + width, y - 13.0));
    }
    let document = made(&[page.concat()]);
    let found = tables(&document);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].last().unwrap(), &["Standard 4", "15", "Section 4 of the Labor Code"]);
    let all = flat(&document, Span::new(0, document.text.len()));
    assert!(all.ends_with("Once more. example.org/longer/two."), "{all}");
}

#[test]
fn a_table_begins_anew_below_running_text_though_its_first_rules_fit_the_one_above() {
    // The rules under the first row of the second table end where no column of the first does, but for the outer edges.
    let mut page = table(760.0, 3);
    for (i, line) in [
        "The text between the two tables is long enough to cross the columns of both of them,",
        "and has a second line that does so too.",
    ]
    .iter()
    .enumerate()
    {
        #[allow(clippy::cast_precision_loss)]
        page.push(text("F1", 10.0, 50.0, 680.0 - 12.0 * i as f32, line));
    }
    page.push(text("F2", 10.0, 50.0, 640.0, "Table 2. Programs"));
    for row in 0..3_u8 {
        let y = 628.0 - 14.0 * f32::from(row);
        page.push(text("F1", 9.0, 55.0, y - 10.0, &format!("Program {row}")));
        page.push(text("F1", 9.0, 155.0, y - 10.0, "Gives meals to the children of the schools"));
        page.push(rule(50.0, 150.0, y - 14.0));
        page.push(rule(150.0, 545.0, y - 14.0));
    }
    let document = made(&[page.concat()]);
    let found = tables(&document);
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [4, 3], "{found:?}");
    assert_eq!(found[1][0], ["Program 0", "Gives meals to the children of the schools"]);
}

#[test]
fn an_upright_rule_between_titles_makes_no_table_of_them() {
    let mut page = table(700.0, 4);
    page.push(b"0.6 G 0.5 w 200 686 m 200 700 l S\n".to_vec());
    page.push(b"0.6 G 0.5 w 260 686 m 260 700 l S\n".to_vec());
    let document = made(&[page.concat()]);
    let found = tables(&document);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].iter().any(|row| row[..] == ["Standard 1", "15", "Section 1 of the Labor Code"]), "{found:?}");
}

#[test]
fn a_ground_under_cells_with_rules_of_their_own_parts_no_table() {
    // The third row has a ground as wide as the table, a hair lower than its cells' rules.
    let mut page = vec![b"0.95 g 50 643.9 495 14.1 re f 0 g\n".to_vec()];
    page.extend(table(700.0, 6));
    let document = made(&[page.concat()]);
    let found = tables(&document);
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [7], "{found:?}");
}

#[test]
fn references_in_two_columns_are_read_one_column_after_the_other() {
    // The entries of both columns begin on the same lines, as the rows of a table do.
    let entry = |n: usize| [format!("{n}. Ministry of Work {n}."), format!("Report {n}. Norville; 20{n:02}.")];
    let mut page = vec![text("F2", 11.0, 50.0, 740.0, "REFERENCES")];
    let mut expected = vec!["REFERENCES".to_owned()];
    for (x, from) in [(50.0, 1), (310.0, 6)] {
        for at in 0..5_u8 {
            let y = 715.0 - 30.0 * f32::from(at);
            let lines = entry(from + usize::from(at));
            page.push(text("F1", 9.0, x, y, &lines[0]));
            page.push(text("F1", 9.0, x + 14.0, y - 10.0, &lines[1]));
            expected.extend(lines);
        }
    }
    let document = made(&[page.concat()]);
    assert_eq!(tables(&document), Vec::<Vec<Vec<String>>>::new());
    let all = document.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(all, expected.join(" "));
    // Rows that are numbered on the left alone are those of a table.
    let mut page = Vec::new();
    for at in 0..5_u8 {
        let y = 715.0 - 30.0 * f32::from(at);
        page.push(text("F1", 9.0, 50.0, y, &format!("{}. What is asked here", at + 1)));
        page.push(text("F1", 9.0, 310.0, y, "What is answered to it"));
        page.push(text("F1", 9.0, 310.0, y - 10.0, "on two lines"));
    }
    let document = made(&[page.concat()]);
    assert!(layout(&document).blocks.iter().any(|b| matches!(b, Block::Table(t) if t.rows.len() == 5)), "{:?}", document.text);
}
