//! Such a report as plain text and as a web page: what its columns say is read, and what they do not keep is told.

use super::{CONVERTER, Facts};
use crate::formats::make::{package, paragraph};
use crate::shared::{shared, tell};
use forced_labour_graph::model::vocab::flg;
use forced_labour_graph::read;
use std::collections::BTreeSet;
use std::process::Command;

const LAYOUT: &str = include_str!("../fixtures/zambia-2023-findings.layout.txt");
const ORDER: &str = include_str!("../fixtures/zambia-2023-findings.order.txt");

fn convert(name: &str, text: &str) -> Facts {
    Facts::of(CONVERTER.convert(&read::document(name, text.as_bytes()).unwrap()).unwrap_or_else(|error| panic!("{error}")))
}

#[test]
fn a_questionnaire_that_cites_such_reports_is_read_as_one() {
    let plain = include_str!("../fixtures/ghana-2021-p029.en.txt");
    let citing = format!(
        "{plain}\n\n2020 FINDINGS ON THE WORST FORMS OF CHILD LABOR\n\nGhana\n\nPrevalence and Sectoral Distribution of Child Labor\n"
    );
    let [plain, citing] = [plain, &citing].map(|text| convert("ghana.txt", text));
    assert_eq!(citing.1.form, "ilo-p029-2021");
    assert!(citing.1.laid_out.is_none(), "it was read as pages");
    let answered = |facts: &Facts| facts.1.summary.answers - facts.1.summary.unanswered;
    assert_eq!(answered(&citing), answered(&plain));
}

/// What every form of the report says.
const SAID: &[&str] = &[
    "Ministry of Quarries and Mines | flg:addressesIssue | forced labour",
    "River Police | flg:addressesIssue | trafficking in persons",
    "Schools at the Quarry | flg:amount | 2000000",
    "Schools at the Quarry | flg:endDate | 2026",
    "Lamps for Homework | flg:fundedBy | Government of Zambia",
];

#[test]
fn a_text_that_keeps_its_columns_says_what_its_rows_say() {
    let facts = convert("zambia.txt", LAYOUT);
    facts.say(SAID);
    facts.say(&[
        "Ministry of Quarries and Mines | flg:leads | National Council on Quarry Children",
        // The row goes on on the next page.
        "River Police | org:memberOf | Lake Task Force",
    ]);
    facts.say_nothing_of(&["MODERATE", "BUREAU", "Nowhere", "Sham", "Cont."]);
    let laid_out = facts.1.laid_out.as_ref().expect("it was read as pages");
    assert!(laid_out.text.contains("The inspectorate of the mines"), "a word that was cut is whole");
    // Evidence knows its page, and a message its line in the file.
    let pages: BTreeSet<u32> = laid_out.pages.iter().map(|page| page.number).collect();
    assert_eq!(pages.into_iter().collect::<Vec<_>>(), [1, 2, 3]);
    let lamps = laid_out.text.find("Lamps for").unwrap();
    assert_eq!(laid_out.page(lamps), Some(3));
    let line = LAYOUT.split('\n').position(|line| line.contains("Lamps for")).unwrap() + 1;
    assert_eq!(laid_out.line(lamps), line);
    // The number of a page is no part of what stands at its foot.
    assert_eq!(facts.1.title, "2023 FINDINGS ON THE WORST FORMS OF CHILD LABOR – Zambia");
    let pages = facts.1.quads().into_iter().filter(|quad| quad.predicate.as_ref() == flg::PAGE).count();
    assert!(pages > 0, "evidence has no page");
}

#[test]
fn a_text_without_columns_says_its_sentences_and_which_tables_were_not_read() {
    let facts = convert("zambia.txt", ORDER);
    assert!(facts.1.laid_out.as_ref().is_some_and(|document| document.pages.is_empty()), "there is no form feed");
    facts.say_nothing_of(&["Quarries", "River Police", "Schools", "Lamps", "Organization/Agency"]);
    let unread: Vec<_> = facts.1.diagnostics.iter().filter(|d| d.code == "unread-table").collect();
    assert_eq!(unread.len(), 2, "{unread:?}");
    assert!(unread[0].message.contains("`agencies`") && unread[1].message.contains("`programs`"), "{unread:?}");
    assert!(unread.iter().all(|d| d.hint.as_ref().is_some_and(|hint| hint.contains("PDF or HTML"))));
    let line = ORDER.split('\n').position(|line| line.starts_with("Table 5.")).unwrap() + 1;
    assert_eq!(unread[0].line, Some(line));
    // What stands behind a table is read again where it is told for certain: after a heading, and after a note.
    let said: String =
        facts.1.quads().into_iter().filter(|q| q.predicate.as_ref() == flg::TEXT).map(|q| q.object.to_string()).collect();
    assert!(said.contains("labor inspectors were at work") && said.contains("Teachers in the capital"), "{said}");
}

#[test]
fn tabs_and_strokes_keep_columns_as_well() {
    let rows = [("Organization/Agency", "Role"), ("River Police", "Investigates human trafficking. (4)")];
    for (before, between, after) in [("", "\t", ""), ("| ", " | ", " |")] {
        let table = rows.map(|(a, b)| format!("{before}{a}{between}{b}{after}\n")).concat();
        let text = format!(
            "Findings on the Worst Forms of Child Labor\n\nZambia\n\nIn 2023, Zambia made some advancement.\n\n\
             ENFORCEMENT OF LAWS ON CHILD LABOR\n\nTable 5. Agencies Responsible for Child Labor Law Enforcement\n\n{table}\n\
             SOCIAL PROGRAMS TO ADDRESS CHILD LABOR\n\nThere are none.\n"
        );
        convert("zambia.txt", &text).say(&["River Police | flg:addressesIssue | trafficking in persons"]);
    }
}

#[test]
fn a_row_that_may_be_two_is_left_out_and_told() {
    // The name fills its column, and the sentence beside it ends where its line does.
    let unsure = LAYOUT.replace(
        " River Police                      Investigates human trafficking. (4)\n",
        " River Police of the Great Lakes   Investigates human trafficking at the southern shores, and now on islands also. (4)\n \
         Harbor Masters of Seven Towns     Inspects ships that carry coal. (4)\n",
    );
    let facts = convert("zambia.txt", &unsure);
    facts.say_nothing_of(&["Harbor Masters of Seven Towns | ", "Great Lakes Harbor"]);
    facts.say(&["Ministry of Quarries and Mines | flg:addressesIssue | forced labour"]);
    assert!(facts.1.diagnostics.iter().any(|d| d.code == "unsure-row" && d.hint.is_some()), "{:?}", facts.1.diagnostics);
}

#[test]
fn a_web_page_of_such_a_report_is_read() {
    let page = "<!doctype html><html><head><title>Zambia</title></head><body><main>
        <h1>Findings on the Worst Forms of Child Labor</h1><h2>Zambia</h2><p>2023 – Moderate Advancement</p>
        <p>In 2023, Zambia made moderate advancement.</p>
        <details open><summary>Enforcement of Laws on Child Labor</summary><h2>Enforcement of Laws on Child Labor</h2>
        <p><strong>Table 5. Agencies Responsible for Child Labor Law Enforcement</strong></p>
        <table><thead><tr><th>Organization/Agency</th><th>Role</th></tr></thead><tbody>
        <tr><td>Ministry of Quarries and Mines (MQM)</td><td>Enforces laws against child labor. Refers cases of forced labor. (3)</td></tr>
        <tr><td>River Police</td><td>Investigates human trafficking. (4)</td></tr></tbody></table></details>
        <h2>Social Programs to Address Child Labor</h2>
        <table><caption>Key Social Programs to Address Child Labor</caption>
        <tr><th>Program</th><th>Description</th></tr>
        <tr><td>Schools at the Quarry (2022–2026)</td><td>$2 million project funded by USDOL and implemented by the ILO to address child labor. (7)</td></tr>
        <tr><td>Lamps for Homework†</td><td>Program run by the Ministry of Quarries and Mines to address child labor. (7)</td></tr></table>
        <p>† Program is funded by the Government of Zambia.</p></main></body></html>";
    convert("zambia.html", page).say(SAID);
}

#[test]
fn a_word_processors_document_of_such_a_report_is_read() {
    let table = |rows: &[[&str; 2]]| {
        let row =
            |row: &[&str; 2]| format!("<w:tr>{}</w:tr>", row.map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell))).concat());
        format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
    };
    let body = [
        paragraph("Findings on the Worst Forms of Child Labor"),
        paragraph("Zambia"),
        paragraph("2023 – Moderate Advancement"),
        paragraph("In 2023, Zambia made moderate advancement."),
        paragraph("Enforcement of Laws on Child Labor"),
        paragraph("Table 5. Agencies Responsible for Child Labor Law Enforcement"),
        table(&[
            ["Organization/Agency", "Role"],
            ["Ministry of Quarries and Mines (MQM)", "Enforces laws against child labor. Refers cases of forced labor. (3)"],
            ["River Police", "Investigates human trafficking. (4)"],
        ]),
        paragraph("Social Programs to Address Child Labor"),
        paragraph("Table 11. Key Social Programs to Address Child Labor"),
        table(&[
            ["Program", "Description"],
            [
                "Schools at the Quarry (2022–2026)",
                "$2 million project funded by USDOL and implemented by the ILO to address child labor. (7)",
            ],
            ["Lamps for Homework†", "Program run by the Ministry of Quarries and Mines to address child labor. (7)"],
        ]),
        paragraph("† Program is funded by the Government of Zambia."),
    ];
    let document = read::document("zambia.docx", &package(&body.concat())).unwrap_or_else(|error| panic!("{error}"));
    Facts::of(CONVERTER.convert(&document).unwrap_or_else(|error| panic!("{error}"))).say(SAID);
}

#[test]
fn the_texts_of_printed_reports_say_what_their_pdf_files_say() {
    let Some(file) = shared("corpus/dol-findings-2021/Angola.pdf") else {
        return tell("\ntexts of printed reports: not compared, because the reports are not here\n");
    };
    let text = |layout: bool| {
        let mut command = Command::new("pdftotext");
        command.args(layout.then_some("-layout")).arg(&file).arg("-").output().ok().filter(|done| done.status.success())
    };
    let (Some(layout), Some(order)) = (text(true), text(false)) else {
        return tell("\ntexts of printed reports: not compared, because `pdftotext` is not here\n");
    };
    let facts = |name: &str, bytes: &[u8]| Facts::of(CONVERTER.convert(&read::document(name, bytes).unwrap()).unwrap()).0;
    let printed = facts("Angola.pdf", &std::fs::read(&file).unwrap());
    let layout = facts("Angola.txt", &layout.stdout);
    let both = printed.intersection(&layout).count();
    assert!(both * 100 >= printed.len() * 90, "{both} of {}", printed.len());
    assert!(both * 100 >= layout.len() * 99, "not in the PDF: {:?}", layout.difference(&printed).collect::<Vec<_>>());
    let order = facts("Angola.txt", &order.stdout);
    assert!(order.is_subset(&printed), "not in the PDF: {:?}", order.difference(&printed).collect::<Vec<_>>());
}
