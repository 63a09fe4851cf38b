//! How earlier editions differ: their headings, their sentences without a subject, their citations; reports on several territories.

use super::{CONVERTER, Facts, Page};
use forced_labour_graph::model::vocab::flg;

const LAWS: &str = "Table 4. Laws and Regulations Related to Child Labor";
const AGENCIES: &str = "Table 5. Agencies Responsible for Child Labor Law Enforcement";
const MECHANISMS: &str = "Table 6. Mechanisms to Coordinate Government Efforts on Child Labor";
const POLICIES: &str = "Table 7. Policies Related to Child Labor";

fn tables(tables: &[(&str, &[(&str, &str)])]) -> Facts {
    let mut page = Page::new("Zambia", 2015);
    for (caption, rows) in tables {
        page.table(caption, ["Name", "Description"], rows, &[]);
    }
    Facts::read(page)
}

#[test]
fn sections_are_known_by_the_headings_of_earlier_editions() {
    let mut page = Page::bare("Zambia", 2014);
    page.heading("II. LEGAL FRAMEWORK FOR THE WORST FORMS OF CHILD LABOR");
    page.paragraph("Zambia has laws.");
    page.heading("III. ENFORCEMENT OF LAWS ON THE WORST FORMS OF CHILD LABOR");
    page.paragraph("Zambia enforces them.");
    // Running text in heavy type that speaks of a section's matter begins none.
    page.heading("In 2014, labor law enforcement agencies in Zambia took actions to combat child labor, and trained inspectors.");
    page.heading("IV. COORDINATION OF GOVERNMENT EFFORTS ON THE WORST FORMS OF CHILD LABOR");
    page.heading("V. GOVERNMENT POLICIES ON THE WORST FORMS OF CHILD LABOR");
    page.heading("VI. SOCIAL PROGRAMS TO ADDRESS THE WORST FORMS OF CHILD LABOR");
    page.heading("VII. SUGGESTED GOVERNMENT ACTIONS TO ELIMINATE THE WORST FORMS OF CHILD LABOR");
    page.paragraph("Some actions are suggested.");
    let facts = Facts::read(page);
    let quads = facts.1.quads();
    let texts = quads.iter().filter(|q| q.predicate.as_ref() == flg::TEXT);
    let sections: Vec<String> = texts.map(|q| format!("{} {}", q.subject, q.object)).collect();
    let holds = |key: &str, text: &str| sections.iter().any(|said| said.contains(&format!("/{key}>")) && said.contains(text));
    assert!(holds("legal-framework", "Zambia has laws."), "{sections:?}");
    assert!(holds("enforcement", "Zambia enforces them.") && holds("enforcement", "took actions"), "{sections:?}");
    assert!(holds("suggested-government-actions", "Some actions are suggested."), "{sections:?}");
    assert!(!sections.iter().any(|said| said.contains("/labor-law-enforcement>")), "{sections:?}");
}

#[test]
fn a_caption_that_is_the_first_row_is_known_below_a_sentence() {
    let mut page = Page::new("Zambia", 2015);
    let rows = [
        ("Table 5. Agencies Responsible for Child", "Labor Law Enforcement"),
        ("Organization", "Role"),
        ("Border Guard", "Enforces laws on child labor. (4)"),
    ];
    page.headless("In 2015, agencies in Zambia took actions to combat child labor (Table 5).", &rows);
    let facts = Facts::read(page);
    facts.say(&["Border Guard | flg:mandate | Enforces laws on child labor"]);
    assert!(facts.1.diagnostics.iter().all(|d| d.code != "unknown-table"));
    facts.know_nothing_called("Organization");
}

#[test]
fn sentences_that_begin_with_a_bare_verb_name_nobody_by_it() {
    let facts = tables(&[
        (
            AGENCIES,
            &[("Border Guard", "Enforce the Child Law. Coordinate Government ministries that fight human trafficking. (4)")],
        ),
        (
            MECHANISMS,
            &[("Child Board", "Coordinate efforts on child labor. Oversee District Committees on Child Labor in each region.")],
        ),
    ]);
    facts.say(&[
        "Border Guard | flg:addressesIssue | trafficking in persons",
        "Child Board | flg:mandate | Coordinate efforts on child labor",
    ]);
    for name in ["Enforce the Child Law", "Coordinate Government", "Oversee District Committees on Child Labor"] {
        facts.know_nothing_called(name);
    }
}

#[test]
fn a_convention_that_does_not_apply_is_noted_and_no_fault_of_the_reading() {
    let facts = tables(&[(
        "Table 3. Ratification of International Conventions on Child Labor",
        &[("ILO C. 138, Minimum Age", "N/A"), ("UN CRC", "")],
    )]);
    let found: Vec<_> = facts.1.diagnostics.iter().filter(|d| d.code.contains("ratification")).collect();
    let codes: Vec<(&str, &str)> = found.iter().map(|d| (d.code, d.excerpt.as_deref().unwrap_or_default())).collect();
    assert_eq!(codes, [("ratification-not-asked", "ILO C. 138, Minimum Age"), ("unknown-ratification", "UN CRC")]);
    facts.say_nothing_of(&["flg:ratificationStatus"]);
}

#[test]
fn citations_that_semicolons_divide_are_no_words() {
    let facts = tables(&[
        (
            LAWS,
            &[(
                "Prohibition of Forced Labor",
                "Articles 29 and 30 of the Constitution (29; 30); Section 4 of the Penal Code (31; 32)",
            )],
        ),
        (
            AGENCIES,
            &[(
                "Border Police",
                "Enforces criminal laws against human trafficking. (58; 59; 60) Refers victims to shelters. (61)",
            )],
        ),
    ]);
    facts.say(&["Border Police | flg:mandate | Enforces criminal laws against human trafficking"]);
    facts.say_nothing_of(&["(29", "(58", "59; 60"]);
    facts.know_nothing_called("Constitution (29");
}

#[test]
fn whom_a_body_is_for_owns_nothing_and_a_small_word_before_a_period_ends_no_name() {
    let facts = tables(&[
        (
            AGENCIES,
            &[
                ("Ministry of Women’s Affairs (MOWA)", "Registers cases of human trafficking. (2)"),
                ("Office of the Children’s Registry (OCR)", "Receives complaints on child labor. (2)"),
                ("Ministry of Labor’s Child Labor Unit", "Enforces child labor laws. (3)"),
            ],
        ),
        (POLICIES, &[("Action Plan against Trafficking for 2015–2016", "Aims to reduce human trafficking. (4)")]),
    ]);
    facts.say(&[
        "Ministry of Women’s Affairs | flg:addressesIssue | trafficking in persons",
        "Office of the Children’s Registry | flg:addressesIssue | child labour",
        "Child Labor Unit | org:subOrganizationOf | Ministry of Labor",
        "Action Plan against Trafficking | flg:startDate | 2015",
        "Action Plan against Trafficking | flg:endDate | 2016",
    ]);
    for name in ["Affairs", "Registry", "Action Plan against Trafficking for"] {
        facts.know_nothing_called(name);
    }
}

#[test]
fn a_ministry_is_above_its_department_and_beside_other_ministries() {
    let facts = tables(&[(
        AGENCIES,
        &[
            ("Department of Child Protection, Ministry of Labor", "Enforces child labor laws. (1)"),
            (
                "Ministry of the Interior, including the National Police, Border Police, and Immigration Service",
                "Enforces laws against human trafficking. (1)",
            ),
            (
                "Ministry of Human Rights, Ministry of Legal Affairs, Parliament, and the Harbor Fund",
                "Review child labor laws. (2)",
            ),
        ],
    )]);
    facts.say(&[
        "Department of Child Protection | org:subOrganizationOf | Ministry of Labor",
        "Border Police | org:subOrganizationOf | Ministry of the Interior",
        "Immigration Service | org:subOrganizationOf | Ministry of the Interior",
        "Ministry of Human Rights | flg:addressesIssue | child labour",
        "Ministry of Legal Affairs | flg:addressesIssue | child labour",
    ]);
    facts.say_nothing_of(&["org:subOrganizationOf | Department", "org:subOrganizationOf | Ministry of Human Rights"]);
    facts.know_nothing_called("Ministry of Legal Affairs, Parliament, and the Harbor Fund");
}

#[test]
fn how_a_plan_came_to_be_is_no_aim_of_it() {
    let facts = tables(&[(
        POLICIES,
        &[
            ("Safety Policy", "Adopted in 2014 and led by the Safety Council. (5) Aims to prevent child labor. (6)"),
            ("Readers Policy", "Aims to teach. (7) Currently, the National Committee has approved the Policy. (8)"),
        ],
    )]);
    facts.say(&["Safety Policy | flg:objective | Aims to prevent child labor", "Readers Policy | flg:objective | Aims to teach"]);
    facts.say_nothing_of(&["objective | Adopted", "objective | Currently"]);
}

#[test]
fn a_report_on_several_territories_is_told_and_not_taken_for_one_on_the_first() {
    let mut page = Page::bare("Overseas Territories of Australia", 2017);
    page.heading("CHRISTMAS ISLAND");
    page.paragraph("In 2017, Christmas Island made no advancement in efforts to eliminate the worst forms of child labor.");
    page.heading("II. LEGAL FRAMEWORK FOR CHILD LABOR");
    page.table(AGENCIES, ["Organization/Agency", "Role"], &[("Island Police", "Enforces laws on child labor.")], &[]);
    let document = page.finish();
    let one = CONVERTER.convert(&document).map(|conversion| conversion.report);
    assert_eq!(one.map_err(|error| error.to_string()), Ok("cxr-2017-dol-findings".to_owned()));
    let mut page = Page::bare("Overseas Territories of Australia", 2017);
    for name in ["CHRISTMAS ISLAND", "COCOS (KEELING) ISLANDS", "NORFOLK ISLAND"] {
        page.heading(name);
        page.paragraph("In 2017, the territory made no advancement in efforts to eliminate the worst forms of child labor.");
    }
    page.heading("II. LEGAL FRAMEWORK FOR CHILD LABOR");
    page.table(AGENCIES, ["Organization/Agency", "Role"], &[("Island Police", "Enforces laws on child labor.")], &[]);
    page.turn();
    page.paragraph("The second page has no more than that.");
    // The name over a table that goes on is no running head.
    page.furnish(2, "NORFOLK ISLAND");
    let error = CONVERTER.convert(&page.finish()).unwrap_err().to_string();
    assert!(error.contains("several countries: CHRISTMAS ISLAND, COCOS (KEELING) ISLANDS, NORFOLK ISLAND"), "{error}");
    assert!(error.contains("hint: "), "{error}");
}

#[test]
fn a_note_that_names_another_countrys_government_says_that_it_funds() {
    let program = |country: &str, note: &str| {
        let mut page = Page::new(country, 2015);
        page.table(
            "Table 8. Social Programs to Address Child Labor",
            ["Program", "Description"],
            &[("Rural Schools Program†", "Provides meals to children. (3) Funding doubled from $10 to $20 in 2015. (4)")],
            &[note],
        );
        Facts::read(page)
    };
    let facts = program("Western Sahara", "† Program is funded by the Government of Morocco.");
    facts.say(&["Rural Schools Program | flg:fundedBy | Government of Morocco"]);
    facts.say_nothing_of(&["Government of Western Sahara", "objective | Funding"]);
    let facts = program("Guinea-Bissau", "† Program is funded by the Government of Guinea-Bissau.");
    facts.say(&["Rural Schools Program | flg:fundedBy | Government of Guinea-Bissau"]);
    let facts = program(
        "Democratic Republic of the Congo",
        "† Program is funded by the Government of the Democratic Republic of the Congo.",
    );
    facts.say(&["Rural Schools Program | flg:fundedBy | Government of the Democratic Republic of the Congo"]);
    facts.say_nothing_of(&["Government of the Congo", "Government of the Republic"]);
    let facts = program("Zambia", "† Program is funded by the Government.");
    facts.say(&["Rural Schools Program | flg:fundedBy | Government of Zambia"]);
}
