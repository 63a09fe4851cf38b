//! One table, flattened in every way that programs and people flatten tables, says the same.

use super::{convert, facts};
use forced_labour_graph::convert::Conversion;
use forced_labour_graph::model::vocab::{dcterms, flg};
use oxigraph::model::Term;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A row: what its first column says, if it says anything new, its label, and the paragraphs of its content.
type Row = (&'static [&'static str], &'static str, &'static [&'static str]);

const TITLE: &str = "COUNTRY BASELINE UNDER THE ILO DECLARATION ANNUAL REVIEW (2000-2012): MONGOLIA";
const SUBTITLE: &str = "THE ELIMINATION OF ALL FORMS OF FORCED OR COMPULSORY LABOUR";

/// A made-up baseline.
const ROWS: &[Row] = &[
    (&["REPORTING"], "Fulfillment of Government's reporting obligations", &["YES, since the 2003 Annual Review (AR)."]),
    (
        &[],
        "Involvement of Employers' and Workers' organizations in the reporting process",
        &[
            "YES, according to the Government: Involvement of the Steppe Chamber of Herders (SCH) and the Yurt Workers' Union (YWU) by means of meetings.",
        ],
    ),
    (
        &["OBSERVATIONS BY THE SOCIAL PARTNERS"],
        "Employers' organizations",
        &["2012 AR: Observations by the SCH.", "2007 AR: Observations by the Steppe Chamber of Herders (SCH)."],
    ),
    (&[], "Workers' organizations", &["2010 AR: Observations by the YWU."]),
    (
        &["EFFORTS AND PROGRESS MADE IN REALIZING THE PRINCIPLE AND RIGHT", "Ratification"],
        "Ratification status",
        &[
            "Mongolia ratified in 2005 the Forced Labour Convention, 1930 (No. 29) (C.29). However, it has not yet ratified the Abolition of Forced Labour Convention, 1957 (No. 105) (C.105).",
        ],
    ),
    (&[], "Ratification intention", &["YES, since 2009 for C.105."]),
    (
        &["Recognition of the principle and right (prospect(s), means of action, basic legal provisions)"],
        "Constitution",
        &["YES. The Constitution forbids forced labour."],
    ),
    (
        &[],
        "Policy, legislation and/or regulations",
        &["2011 AR: The Ministry of Steppes and Herds (MSH) leads the National Wool Council."],
    ),
    (&[], "Judicial decisions", &["NIL"]),
    (
        &["Exercise of the principle and right"],
        "Special attention to particular situations",
        &["2008 AR: According to the Government: special attention is given to herders."],
    ),
    (
        &[],
        "Monitoring, enforcement and sanctions mechanisms",
        &[
            "2012 AR: The Ministry of Steppes and Herds inspects the tanneries.",
            "2009 AR: According to the Government: labour inspection is carried out by the Ministry of Steppes and Herds.",
        ],
    ),
    (&["Promotion of the principle and right"], "Promotional activities", &["NIL"]),
    (&[], "Special initiatives/Progress", &["2006 AR: A National Committee against Bonded Work (NCBW) was established."]),
    (
        &["CHALLENGES IN REALIZING THE PRINCIPLE AND RIGHT"],
        "According to the social partners",
        &["2012 AR: According to the YWU: Long distances; few inspectors.", "2010 AR: NIL"],
    ),
    (&[], "According to the Government", &["2011 AR: Lack of information and data.", "2005 AR: No particular difficulties."]),
    (
        &["TECHNICAL COOPERATION"],
        "Request",
        &["2012 AR: According to the Government: ILO assistance in (i) mapping the herds; (ii) training of inspectors."],
    ),
    (&[], "Offer", &["ILO."]),
    (&["EXPERT-ADVISERS' OBSERVATIONS AND RECOMMENDATIONS"], "", &["2005 AR: The Expert-Advisers noted the dialogue."]),
    (&["GOVERNING BODY OBSERVATIONS"], "", &["NIL"]),
];

/// A text in lines that are no longer than a width; a word that is longer is broken where the line is full.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().unwrap();
        if last.is_empty() {
            last.push_str(word);
        } else if last.len() + 1 + word.len() <= width {
            write!(last, " {word}").unwrap();
        } else {
            lines.push(word.to_owned());
        }
        while lines.last().is_some_and(|line| line.len() > width) {
            let rest = lines.last_mut().unwrap().split_off(width);
            lines.push(rest);
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The lines of a row's three cells.
fn cells(row: &Row, widths: [usize; 3]) -> [Vec<String>; 3] {
    let all = |texts: &[&str], width: usize| texts.iter().flat_map(|text| wrapped(text, width)).collect();
    [all(row.0, widths[0]), all(&[row.1], widths[1]), all(row.2, widths[2])]
}

fn titled(rows: &[String]) -> String {
    format!("{TITLE}\n\n{SUBTITLE}\n\n{}\n", rows.join("\n"))
}

/// Category, label and content one below the other, each whole in as many lines as it takes.
fn in_order(widths: [usize; 3], gap: &str) -> String {
    titled(&ROWS.iter().map(|row| cells(row, widths).concat().join("\n") + gap).collect::<Vec<_>>())
}

/// Line by line, a piece of each column, one below the other or side by side.
fn by_lines(widths: [usize; 3], centred: bool, gap: &str, join: impl Fn([&str; 3]) -> String) -> String {
    let row = |row: &Row| {
        let cells = cells(row, widths);
        let height = cells.iter().map(Vec::len).max().unwrap();
        let line = |at: usize| {
            let piece = |column: usize| {
                let cell = &cells[column];
                let above = if centred && column < 2 { (height - cell.len()) / 2 } else { 0 };
                at.checked_sub(above).and_then(|at| cell.get(at)).map_or("", String::as_str)
            };
            join([piece(0), piece(1), piece(2)])
        };
        (0..height).map(line).collect::<Vec<_>>().join("\n") + gap
    };
    titled(&ROWS.iter().map(row).collect::<Vec<_>>())
}

fn below(pieces: [&str; 3]) -> String {
    pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("\n")
}

fn padded(widths: [usize; 3]) -> impl Fn([&str; 3]) -> String {
    move |[category, label, content]| {
        let line = format!("{category:w$}  {label:l$}  {content}", w = widths[0], l = widths[1]);
        line.trim_end().to_owned()
    }
}

/// The text of each answer, by the last part of its IRI, and each dated claim.
fn answers(conversion: &Conversion) -> BTreeMap<String, String> {
    let quads = conversion.quads();
    let texts = quads.iter().filter(|quad| quad.predicate == flg::TEXT && quad.subject.to_string().contains("/id/answer/"));
    texts
        .map(|quad| {
            let Term::Literal(text) = &quad.object else { panic!("{quad}") };
            let key = quad.subject.to_string().trim_end_matches('>').rsplit('/').next().unwrap().to_owned();
            (key, text.value().to_owned())
        })
        .collect()
}

fn dated(conversion: &Conversion) -> BTreeSet<String> {
    let quads = conversion.quads();
    quads.iter().filter(|quad| quad.predicate == dcterms::DATE).map(|quad| quad.object.to_string()).collect()
}

/// Asserts that a text says what the table says, and reads nothing into it.
fn same(way: &str, text: &str) {
    let (expected, found) = (convert(&in_order([400; 3], "")), convert(text));
    let (whole, told) = (answers(&expected), answers(&found));
    assert_eq!(whole.len(), ROWS.len(), "{whole:#?}");
    let other: Vec<_> = whole.iter().filter(|(key, text)| told.get(*key) != Some(text)).collect();
    let found_there: Vec<_> = told.iter().filter(|(key, text)| whole.get(*key) != Some(text)).collect();
    assert!(other.is_empty() && found_there.is_empty(), "{way}: {other:#?}\n{found_there:#?}\n{text}");
    let (whole, told) = (facts(&expected), facts(&found));
    let (lost, more) = (whole.difference(&told).collect::<Vec<_>>(), told.difference(&whole).collect::<Vec<_>>());
    assert!(lost.is_empty() && more.is_empty(), "{way}: lost {lost:#?}\nmore {more:#?}\n{text}");
    assert_eq!(dated(&expected), dated(&found), "{way}");
}

const NARROW: [usize; 3] = [24, 18, 60];
const WIDE: [usize; 3] = [30, 24, 70];
/// So narrow that words of labels are broken.
const BREAKING: [usize; 3] = [21, 11, 48];

#[test]
fn cells_in_their_order_whole_or_in_several_lines() {
    for widths in [NARROW, WIDE, [24, 400, 60]] {
        for gap in ["", "\n"] {
            same("in order", &in_order(widths, gap));
        }
    }
}

#[test]
fn a_piece_of_each_cell_line_by_line() {
    for widths in [NARROW, WIDE, BREAKING, [400, 18, 60]] {
        for gap in ["", "\n"] {
            same("cut", &by_lines(widths, false, gap, below));
        }
    }
}

#[test]
fn columns_kept_by_blanks_tabs_or_rules() {
    for widths in [NARROW, WIDE, BREAKING] {
        for gap in ["", "\n"] {
            same("blanks", &by_lines(widths, false, gap, padded(widths)));
            same("tabs", &by_lines(widths, false, gap, |pieces| pieces.join("\t")));
            same("rules", &by_lines(widths, false, gap, |pieces| format!("| {} |", pieces.join(" | "))));
        }
    }
}

#[test]
fn labels_in_the_middle_of_their_rows() {
    for widths in [NARROW, WIDE] {
        same("centred", &by_lines(widths, true, "\n", padded(widths)));
    }
}

#[test]
fn label_and_content_with_one_blank_between() {
    for widths in [[400, 400, 400], [400, 20, 60]] {
        let row = |row: &Row| {
            let [_, label, content] = cells(row, widths);
            let lines = (0..label.len().max(content.len())).map(|at| {
                let pieces = [label.get(at), content.get(at)];
                pieces.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
            });
            row.0.iter().map(|category| (*category).to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
        };
        same("one blank", &titled(&ROWS.iter().map(row).collect::<Vec<_>>()));
    }
}

#[test]
fn a_category_beside_each_of_its_labels_or_behind_them() {
    let mut category: &[&str] = &[];
    let mut repeated = Vec::new();
    for row in ROWS {
        category = if row.0.is_empty() { category } else { row.0 };
        repeated.push(format!("{}\t{}\t{}", category.join("\t"), row.1, row.2.join(" ")));
    }
    same("repeated", &titled(&repeated));
    // Turned by a quarter, a category's words come behind what stands beside them.
    let turned = ROWS.iter().map(|row| {
        let (category, others) = (row.0.join("\n"), [row.1, &row.2.join("\n")].join("\n"));
        if row.1.is_empty() { format!("{category}\n{others}") } else { format!("{others}\n{category}") }
    });
    same("turned", &titled(&turned.collect::<Vec<_>>()));
}

#[test]
fn running_heads_and_page_numbers_are_of_no_row() {
    for lines in [9, 14, 23] {
        let text = by_lines(NARROW, false, "\n", padded(NARROW));
        let mut paged = String::new();
        for (at, line) in text.lines().enumerate() {
            if at > 4 && at % lines == 0 {
                let page = at / lines;
                write!(paged, "\n{page}\n\u{c}{TITLE}\n{SUBTITLE}\nPage {} of 9\n", page + 1).unwrap();
            }
            writeln!(paged, "{line}").unwrap();
        }
        same("pages", &paged);
    }
}

#[test]
fn a_row_that_a_page_cuts_may_bear_its_category_and_label_once_more() {
    let text = in_order([400; 3], "").replace(
        "2009 AR: According to the Government: labour",
        "\u{c}Exercise of the principle and right (continued)\nMonitoring, enforcement and sanctions mechanisms\n2009 AR: According to the Government: labour",
    );
    assert!(text.contains('\u{c}'));
    same("continued", &text);
}

#[test]
fn a_table_of_a_page_with_its_cells() {
    let mut page = format!("<html><body><h1>{TITLE}</h1><h2>{SUBTITLE}</h2><table>");
    for (at, row) in ROWS.iter().enumerate() {
        page.push_str("<tr>");
        if !row.0.is_empty() {
            let rows = 1 + ROWS[at + 1..].iter().take_while(|next| next.0.is_empty()).count();
            write!(page, "<td rowspan={rows}>{}</td>", row.0.join("<br>")).unwrap();
        }
        write!(page, "<td>{}</td><td>{}</td></tr>", row.1, row.2.join("<br>")).unwrap();
    }
    page.push_str("</table></body></html>");
    let document = forced_labour_graph::read::document("mongolia.html", page.as_bytes()).unwrap();
    let found = super::CONVERTER.convert(&document).unwrap_or_else(|e| panic!("{e}"));
    let expected = convert(&in_order([400; 3], ""));
    assert_eq!(answers(&expected), answers(&found), "{page}");
    assert_eq!(facts(&expected), facts(&found));
}

#[test]
fn each_dated_statement_is_a_claim_with_its_date() {
    let c = &convert(&in_order([400; 3], ""));
    let of = |subject: &str, property: &str, object: &str| super::dates(c, subject, property, &super::iri(object).into());
    let challenge = |name: &str| of("id:country/mng", "flg:reportsChallenge", &format!("id:challenge/{name}"));
    assert_eq!(challenge("lack-of-information"), super::years(&["2011"]));
    assert_eq!(challenge("long-distances"), super::years(&["2012"]));
    assert_eq!(challenge("few-inspectors"), super::years(&["2012"]));
    for topic in ["mapping-the-herds", "training-of-inspectors"] {
        let need = format!("id:cooperation-need/mng-2012-baseline-{topic}");
        assert_eq!(of(&need, "flg:needTopic", &format!("id:cooperation-topic/{topic}")), super::years(&["2012"]));
        assert_eq!(of(&need, "flg:country", "id:country/mng"), super::years(&["2012"]));
    }
    // What says that there is nothing is none.
    let challenges = c.quads().iter().filter(|quad| quad.predicate == flg::REPORTS_CHALLENGE).count();
    assert_eq!(challenges, 3);
    let ministry = "id:organization/mng-ministry-of-steppes-and-herds";
    for (words, year) in [("inspects the tanneries", "2012"), ("labour inspection", "2009")] {
        let words = oxigraph::model::Literal::new_language_tagged_literal_unchecked(words, "en");
        assert_eq!(super::dates(c, ministry, "flg:mandate", &words.into()), super::years(&[year]));
    }
    // The scheme of what is new is told, and the quote is the statement with who makes it.
    let scheme = super::iri("id:scheme/challenges").into();
    let new = super::iri("id:challenge/long-distances");
    assert!(c.quads().iter().any(|quad| quad.subject == new.clone().into() && quad.object == scheme));
    let exact = |quote: &str| c.quads().iter().any(|quad| matches!(&quad.object, Term::Literal(text) if text.value() == quote));
    assert!(exact("According to the YWU: Long distances"));
    // A convention that is known by its name with its number needs no other one.
    assert!(!c.quads().iter().any(|quad| quad.to_string().contains("(No. 29\"")));
}
