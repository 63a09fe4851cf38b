//! Reports made of sections and tables: what each row says, and what it does not say.
//!
//! The reports are made up, laid out as the reader lays them out; editions of other years are read where they are at hand.

mod clauses;
mod edges;
mod editions;
mod lists;
mod names;
mod owners;
mod page;
mod passing;
mod several;
mod text;
mod told;
mod wordings;

use crate::shared::shared;
use forced_labour_graph::convert::{Conversion, Converter};
use forced_labour_graph::model::layout::Mark;
use forced_labour_graph::model::vocab::{compact, flg, rdf, skos};
use forced_labour_graph::read;
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};
use page::Page;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Captions of tables, as the edition of 2021 has them.
const LAWS: &str = "Table 4. Laws and Regulations on Child Labor";
const AGENCIES: &str = "Table 5. Agencies Responsible for Child Labor Law Enforcement";
const MECHANISMS: &str = "Table 8. Key Mechanisms to Coordinate Government Efforts on Child Labor";
const POLICIES: &str = "Table 9. Key Policies Related to Child Labor";
const PROGRAMS: &str = "Table 10. Key Social Programs to Address Child Labor";

static CONVERTER: LazyLock<Converter> = LazyLock::new(|| Converter::load().unwrap());

/// What a conversion says, `subject | property | object`, things by their English or only names.
struct Facts(BTreeSet<String>, Conversion);

impl Facts {
    fn of(conversion: Conversion) -> Self {
        let mut labels: HashMap<String, String> = HashMap::new();
        for quad in conversion.quads().iter().filter(|q| q.predicate.as_ref() == skos::PREF_LABEL) {
            if let (NamedOrBlankNode::NamedNode(subject), Term::Literal(name)) = (&quad.subject, &quad.object)
                && (name.language() == Some("en") || !labels.contains_key(subject.as_str()))
            {
                labels.insert(subject.as_str().to_owned(), name.value().to_owned());
            }
        }
        let called = |iri: &str| labels.get(iri).cloned().unwrap_or_else(|| iri.to_owned());
        let in_report = |g: &GraphName| matches!(g, GraphName::NamedNode(n) if n.as_str().contains("/graph/report/"));
        let quads = conversion.quads();
        let facts = quads.iter().filter(|q| in_report(&q.graph_name)).map(|quad| {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { panic!("a blank node") };
            let object = match &quad.object {
                Term::NamedNode(iri) => called(iri.as_str()),
                Term::Literal(literal) => literal.value().to_owned(),
                Term::BlankNode(_) => panic!("a blank node"),
            };
            format!("{} | {} | {object}", called(subject.as_str()), compact(quad.predicate.as_ref()))
        });
        let facts = facts.collect();
        Self(facts, conversion)
    }

    fn read(page: Page) -> Self {
        Self::of(CONVERTER.convert(&page.finish()).unwrap())
    }

    #[track_caller]
    fn say(&self, facts: &[&str]) {
        for fact in facts {
            assert!(
                self.0.contains(*fact),
                "`{fact}` is not said, but\n{}",
                self.0.iter().cloned().collect::<Vec<_>>().join("\n")
            );
        }
    }

    /// Nothing bears this name.
    #[track_caller]
    fn know_nothing_called(&self, name: &str) {
        let called =
            |q: &&Quad| q.predicate.as_ref() == skos::PREF_LABEL && matches!(&q.object, Term::Literal(l) if l.value() == name);
        assert_eq!(self.1.quads().iter().find(called), None);
    }

    /// The class of what bears a name, in the short form.
    #[track_caller]
    fn class_of(&self, name: &str) -> String {
        let called =
            |q: &&Quad| q.predicate.as_ref() == skos::PREF_LABEL && matches!(&q.object, Term::Literal(l) if l.value() == name);
        let quads = self.1.quads();
        let bearer = quads.iter().find(called).unwrap_or_else(|| panic!("nothing is called `{name}`")).subject.clone();
        let class = quads.iter().find_map(|q| match &q.object {
            Term::NamedNode(class) if q.subject == bearer && q.predicate.as_ref() == rdf::TYPE => Some(compact(class.as_ref())),
            _ => None,
        });
        class.expect("it has a class")
    }

    #[track_caller]
    fn say_nothing_of(&self, words: &[&str]) {
        for word in words {
            let found: Vec<&String> = self.0.iter().filter(|f| f.contains(word)).collect();
            assert!(found.is_empty(), "`{word}` is spoken of: {found:?}");
        }
    }
}

/// What a report on Zambia with one table says.
fn table(caption: &str, rows: &[(&str, &str)]) -> Facts {
    tables(&[(caption, rows)])
}

/// What a report on Zambia with some tables says.
fn tables(tables: &[(&str, &[(&str, &str)])]) -> Facts {
    let mut page = Page::new("Zambia", 2021);
    for (caption, rows) in tables {
        page.table(caption, ["Name", "Description"], rows, &["† Program is funded by the Government of Zambia."]);
    }
    Facts::read(page)
}

/// The subjects and objects of a report's facts whose addresses hold some letters.
fn flg_of(facts: &Facts, letters: &str) -> Vec<String> {
    let things = facts.1.quads().into_iter().flat_map(|q| [q.subject.to_string(), q.object.to_string()]);
    let mut found: Vec<String> = things.filter(|iri| iri.starts_with('<') && iri.contains(letters)).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn a_mark_says_what_its_note_says_and_nothing_without_one() {
    let rows = |page: &mut Page, notes: &[&str]| {
        let rows = [
            ("School Meals Program†", "Provides meals to children. (3,14)"),
            ("Street Children Program", "Provides shelter to children. (3)"),
        ];
        page.table(PROGRAMS, ["Program", "Description"], &rows, notes);
    };
    let mut page = Page::new("Zambia", 2021);
    rows(&mut page, &["† Program is funded by the Government of Zambia.", "‡ The government had other social programs."]);
    let facts = Facts::read(page);
    facts.say(&[
        "School Meals Program | flg:fundedBy | Government of Zambia",
        "School Meals Program | flg:objective | Provides meals to children",
    ]);
    facts.say_nothing_of(&["Street Children Program | flg:fundedBy", "†", "(3"]);
    let mut page = Page::new("Zambia", 2021);
    rows(&mut page, &[]);
    Facts::read(page).say_nothing_of(&["flg:fundedBy"]);
}

#[test]
fn each_project_of_an_umbrella_row_is_one() {
    let mut page = Page::new("Ghana", 2021);
    let text = "USDOL projects that aim to eliminate child labor. These projects include: GREEN FIELDS (2020-2024), a $4.5 million project \
        implemented by Winrock to reduce child labor in cocoa production in Ghana; and the Safe Harvest Project, a $2 million project \
        implemented by Save the Children. (4) In 2021, the Safe Harvest Project trained 130 inspectors with World Vision.";
    page.table(PROGRAMS, ["Program", "Description"], &[("USDOL-Funded Projects", text)], &[]);
    let facts = Facts::read(page);
    facts.say(&[
        "GREEN FIELDS | flg:fundedBy | United States Department of Labor",
        "GREEN FIELDS | flg:implementedBy | Winrock International",
        "GREEN FIELDS | flg:amount | 4500000",
        "GREEN FIELDS | flg:startDate | 2020",
        "GREEN FIELDS | flg:endDate | 2024",
        "GREEN FIELDS | flg:targetsSector | cocoa",
        "GREEN FIELDS | flg:coversPlace | Ghana",
        "Safe Harvest Project | flg:amount | 2000000",
        "Safe Harvest Project | flg:fundedBy | United States Department of Labor",
        "Safe Harvest Project | flg:addressesIssue | child labour",
    ]);
    facts.say_nothing_of(&["USDOL-Funded", "World Vision", "Safe Harvest Project | flg:startDate"]);
}

#[test]
fn who_leads_and_who_sits_in_a_body_is_told_and_what_was_done_later_is_not() {
    let mut page = Page::new("Zambia", 2021);
    page.table(
        AGENCIES,
        ["Organization/Agency", "Role"],
        &[
            (
                "Ministry of Labor and Social Security (MLSS)",
                "Enforces child labor laws.The Ministry acts through its Child Labor Unit. (2,33)",
            ),
            (
                "Ministry of Home Affairs's Border Police",
                "Investigates cases of human trafficking. In 2021, met with UNICEF and the Ministry of Mines. (2)",
            ),
            (
                "Harbor Police",
                "Handles the enforcement of laws against human trafficking and the use of children in illicit activities through \
                its Child Protection and Victim Support units. (2)",
            ),
        ],
        &[],
    );
    page.table(MECHANISMS, ["Coordinating Body", "Role & Description"], &[
        ("National Steering Committee on Child Labor", "Coordinates efforts to address child labor. Chaired by MLSS and includes representatives from the ministries of Health, Education, and Justice, ILO, and UNICEF. (2)"),
        ("National Trafficking Database", "Collects data on human trafficking. Research found no evidence that the Ministry of Sport used it. (2)"),
    ], &[]);
    let facts = Facts::read(page);
    facts.say(&[
        "Harbor Police | flg:addressesIssue | use of children in illicit activities",
        "Ministry of Labor and Social Security | flg:chairs | National Steering Committee on Child Labor",
        "Ministry of Health | org:memberOf | National Steering Committee on Child Labor",
        "Ministry of Education | org:memberOf | National Steering Committee on Child Labor",
        "Ministry of Justice | org:memberOf | National Steering Committee on Child Labor",
        "United Nations Children's Fund | org:memberOf | National Steering Committee on Child Labor",
        "National Steering Committee on Child Labor | flg:mandate | Coordinates efforts to address child labor",
        "Border Police | org:subOrganizationOf | Ministry of Home Affairs",
        "Border Police | flg:addressesIssue | trafficking in persons",
    ]);
    facts.know_nothing_called("use of children in illicit");
    facts.say_nothing_of(&["Ministry of Mines", "Ministry of Sport"]);
    let programme =
        |f: &&oxigraph::model::Quad| f.object.to_string().contains("#Programme>") && f.subject.to_string().contains("database");
    assert!(facts.1.quads().iter().any(|q| programme(&q)), "a database is a programme");
}

#[test]
fn what_is_denied_drafted_or_yet_to_come_is_no_fact() {
    let mut page = Page::new("Ghana", 2021);
    page.table(POLICIES, ["Policy", "Description"], &[
        ("National Plan of Action on Child Labor (2017–2021)", "Aims to reduce the worst forms of child labor by 2030. Drafted a Plan on Mining led by the Ministry of Lands. A new Plan of Action \
          for 2022–2026 has yet to be finalized by the Ministry of Gender. Research found no evidence that the Ministry of Finance implemented it. (56)"),
    ], &[]);
    let facts = Facts::read(page);
    facts.say(&[
        "National Plan of Action on Child Labor | flg:startDate | 2017",
        "National Plan of Action on Child Labor | flg:endDate | 2021",
        "National Plan of Action on Child Labor | flg:objective | Aims to reduce the worst forms of child labor by 2030",
        "National Plan of Action on Child Labor | flg:addressesIssue | worst forms of child labour",
    ]);
    facts.say_nothing_of(&["2022", "2026", "Ministry of Lands", "Ministry of Gender", "Ministry of Finance", "| 2030"]);
}

#[test]
fn what_was_done_in_the_year_is_no_objective_however_the_sentence_goes_on() {
    let mut page = Page::new("Zambia", 2021);
    let text = "Sought to improve access to education. (44) In 2021, the government launched a campaign. In addition, in June, \
        the government held awareness events to honor the World Day Against Child Labor. (2)";
    page.table(POLICIES, ["Policy", "Description"], &[("National Growth Plan (2017–2021)", text)], &[]);
    let facts = Facts::read(page);
    facts.say(&["National Growth Plan | flg:objective | Sought to improve access to education"]);
    facts.say_nothing_of(&["awareness events", "launched a campaign"]);
}

/// What follows the report's name in an answer's IRI.
fn key(subject: &NamedOrBlankNode) -> String {
    subject.to_string().trim_matches(['<', '>']).splitn(8, '/').last().unwrap().to_owned()
}

fn value(object: &Term) -> String {
    let Term::Literal(literal) = object else { panic!("{object} is no value") };
    literal.value().to_owned()
}

#[test]
fn check_marks_are_read_and_never_guessed() {
    let rows = [
        ("ILO C. 138, Minimum Age", Mark::Checked),
        ("ILO C. 182, Worst Forms of Child Labor", Mark::Empty),
        ("UN CRC", Mark::Unknown),
    ];
    let status = |name: &str, s: &str| format!("{name} – Ghana | flg:ratificationStatus | {s}");
    let [c138, c182, crc] = [
        "Minimum Age Convention, 1973 (No. 138)",
        "Worst Forms of Child Labour Convention, 1999 (No. 182)",
        "Convention on the Rights of the Child",
    ];
    let mut page = Page::new("Ghana", 2021);
    page.paragraph("Ghana has ratified most key international conventions concerning child labor (Table 3).");
    page.checks("Table 3. Ratification of International Conventions on Child Labor", &rows);
    let facts = Facts::read(page);
    facts.say(&[&status(c138, "ratified"), &status(c182, "not ratified")]);
    facts.say_nothing_of(&[crc]);
    assert!(facts.1.diagnostics.iter().any(|d| d.code == "unknown-ratification"), "it is said that one cannot be told");
    // A mark is an answer, and so is a blank among marks; what cannot be told is none.
    let answers =
        facts.1.quads().into_iter().filter(|q| q.predicate.as_ref() == flg::BOOLEAN).map(|q| (key(&q.subject), value(&q.object)));
    let expected = [("ratifications/1", "true"), ("ratifications/2", "false")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(answers.collect::<BTreeSet<_>>(), BTreeSet::from(expected));
    assert_eq!(facts.1.summary.unanswered, 1);
    // A sentence that says that all are ratified stands for marks that cannot be read; where a row says no, that is said.
    let mut page = Page::new("Ghana", 2021);
    page.paragraph("Ghana has ratified all key international conventions concerning child labor (Table 3).");
    page.checks("Table 3. Ratification of International Conventions on Child Labor", &rows);
    let facts = Facts::read(page);
    facts.say(&[&status(crc, "ratified"), &status(c182, "not ratified")]);
    assert!(facts.1.diagnostics.iter().any(|d| d.code == "ratification-disagrees"));
}

#[test]
fn a_territory_with_hardly_a_table_is_a_report() {
    let mut page = Page::new("Tokelau", 2021);
    page.paragraph("In 2021, Tokelau made no assessment necessary. There is no evidence of a problem.");
    page.heading("III. ENFORCEMENT OF LAWS ON CHILD LABOR");
    page.paragraph("As there is no evidence of a problem, there appears to be no need for mechanisms to enforce laws.");
    page.heading("REFERENCES");
    page.paragraph("1. Ministry of Silly Walks. Interview with UNICEF official. 2021.");
    let facts = Facts::read(page);
    facts.say(&["Findings on the Worst Forms of Child Labor – Tokelau 2021 | flg:aboutCountry | Tokelau"]);
    facts.say_nothing_of(&["Silly", "United Nations Children's Fund"]);
    assert_eq!(facts.1.report, "tkl-2021-dol-findings");
    assert_eq!(facts.1.summary.answers, 3, "the assessment and two sections");
}

#[test]
fn editions_of_other_years_are_read() {
    for (file, report, facts) in [
        ("2018/Ghana.pdf", "gha-2018-dol-findings", &["Adwuma Pa | flg:implementedBy | CARE International"][..]),
        (
            "2019/Mexico.pdf",
            "mex-2019-dol-findings",
            &["Findings on the Worst Forms of Child Labor – Mexico 2019 | flg:referenceYear | 2019"],
        ),
        // A box around some words of its last row is no column.
        ("2020/Mexico.pdf", "mex-2020-dol-findings", &["Senderos | flg:fundedBy | United States Department of Labor"]),
        (
            "2020/Guatemala.pdf",
            "gtm-2020-dol-findings",
            &[
                "Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children, supplementing the United Nations Convention against Transnational Organized Crime – Guatemala | flg:ratificationStatus | ratified",
            ],
        ),
    ] {
        let Some(path) = shared(&format!("corpus/dol-findings-{file}")) else { return };
        let conversion = CONVERTER.convert(&read::file(&path).unwrap()).unwrap();
        assert_eq!(conversion.report, report);
        let stray: Vec<_> = conversion.diagnostics.iter().filter(|d| d.code == "stray-rows").collect();
        assert!(stray.is_empty(), "{file}: {stray:?}");
        let found = Facts::of(conversion);
        found.say(facts);
        found.say_nothing_of(&["Enforcement | flg:objective"]);
    }
}
