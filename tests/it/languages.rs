//! Reports in languages in which none is shipped: the same questionnaire, in English and in French.

use forced_labour_graph::convert::{Conversion, Converter};
use forced_labour_graph::model::vocab::{class, expand, oa, rdf};
use forced_labour_graph::read;
use oxigraph::model::{NamedNode, Term};
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

static CONVERTER: LazyLock<Converter> = LazyLock::new(|| Converter::load().unwrap());

/// A report, and what its graph must and must not have: `subject property object`, each by its short form.
struct Case {
    file: &'static str,
    says: &'static [[&'static str; 3]],
    does_not_say: &'static [[&'static str; 3]],
    /// Literals: subject, property, value.
    values: &'static [[&'static str; 3]],
}

const CASES: &[Case] = &[
    Case {
        file: "ghana-2021-p029.en.txt",
        says: &[
            ["id:report/gha-2021-p029", "flg:aboutCountry", "id:country/gha"],
            ["id:report/gha-2021-p029", "flg:aboutInstrument", "id:instrument/p029"],
            ["id:report/gha-2021-p029", "flg:consulted", "id:organization/gha-harbour-employers-association"],
            ["id:report/gha-2021-p029", "flg:consulted", "id:organization/gha-inland-chamber-of-orchards"],
            ["id:report/gha-2021-p029", "flg:consulted", "id:organization/gha-harbour-workers-union"],
            ["id:report/gha-2021-p029", "flg:consulted", "id:organization/gha-orchard-workers-federation"],
            ["id:report/gha-2021-p029", "flg:observationBy", "id:organization/gha-harbour-workers-union"],
            ["id:ratification/gha-c029", "flg:ratificationStatus", "id:ratification-status/ratified"],
            ["id:ratification/gha-c105", "flg:ratificationStatus", "id:ratification-status/ratified"],
            ["id:ratification/gha-p029", "flg:ratificationStatus", "id:ratification-status/not-ratified"],
            ["id:ratification/gha-p029", "flg:ratificationIntention", "id:ratification-intention/under-consideration"],
            ["id:organization/gha-ministry-of-harbours-and-tides", "flg:chairs", "id:organization/gha-national-tide-committee"],
            ["id:organization/unicef", "org:memberOf", "id:organization/gha-national-tide-committee"],
            ["id:organization/gha-orchard-inspection-unit", "org:memberOf", "id:organization/gha-national-tide-committee"],
            ["id:organization/gha-harbour-workers-union", "org:memberOf", "id:organization/gha-national-tide-committee"],
            [
                "id:organization/gha-ministry-of-harbours-and-tides",
                "flg:operates",
                "id:policy/gha-national-plan-of-action-against-forced-labour",
            ],
            ["id:programme/bright-tide", "flg:fundedBy", "id:organization/eu"],
            ["id:programme/bright-tide", "flg:fundedBy", "id:organization/usa-dol"],
            ["id:programme/bright-tide", "flg:implementedBy", "id:organization/winrock"],
            ["id:programme/bright-tide", "flg:counterpart", "id:organization/gha-ministry-of-harbours-and-tides"],
            ["id:programme/bright-tide", "flg:targetsSector", "id:sector/cocoa"],
            ["id:programme/bright-tide", "flg:targetsSector", "id:sector/fishing"],
            ["id:programme/bright-tide", "flg:addressesIssue", "id:issue/forced-labour"],
            ["id:programme/open-orchard", "flg:implementedBy", "id:organization/ilo"],
            ["id:programme/open-orchard", "flg:stage", "id:stage/planned"],
            ["id:country/gha", "flg:reportsChallenge", "id:challenge/lack-of-awareness"],
            ["id:country/gha", "flg:reportsChallenge", "id:challenge/socio-economic-circumstances"],
            ["id:cooperation-need/gha-2021-p029-c", "flg:importance", "id:importance/most-important"],
            ["id:cooperation-need/gha-2021-p029-g", "flg:importance", "id:importance/less-important"],
        ],
        does_not_say: &[
            ["id:programme/open-orchard", "flg:fundedBy", "id:organization/eu"],
            ["id:programme/bright-tide", "flg:stage", "id:stage/planned"],
            ["id:programme/bright-tide", "flg:implementedBy", "id:organization/ilo"],
            ["id:report/gha-2021-p029", "flg:observationBy", "id:organization/gha-orchard-workers-federation"],
        ],
        values: &[
            ["id:report/gha-2021-p029", "dcterms:language", "en"],
            ["id:programme/bright-tide", "flg:amount", "2500000"],
            ["id:programme/bright-tide", "flg:currency", "USD"],
            ["id:policy/gha-national-plan-of-action-against-forced-labour", "flg:endDate", "2023"],
            ["id:policy/gha-national-plan-of-action-against-forced-labour", "schema:url", "https://tides.example/plan?year=2019"],
            ["id:organization/gha-ministry-of-harbours-and-tides", "flg:acronym", "MHT"],
        ],
    },
    Case {
        file: "senegal-2021-p029.fr.txt",
        says: &[
            ["id:report/sen-2021-p029", "flg:aboutCountry", "id:country/sen"],
            ["id:report/sen-2021-p029", "flg:aboutInstrument", "id:instrument/p029"],
            ["id:report/sen-2021-p029", "flg:consulted", "id:organization/sen-conseil-des-armateurs-du-large"],
            ["id:report/sen-2021-p029", "flg:consulted", "id:organization/sen-union-des-marins-du-large"],
            ["id:report/sen-2021-p029", "flg:consulted", "id:organization/sen-syndicat-des-vergers"],
            ["id:ratification/sen-c029", "flg:ratificationStatus", "id:ratification-status/ratified"],
            ["id:ratification/sen-c105", "flg:ratificationStatus", "id:ratification-status/ratified"],
            ["id:ratification/sen-p029", "flg:ratificationStatus", "id:ratification-status/not-ratified"],
            ["id:ratification/sen-p029", "flg:ratificationIntention", "id:ratification-intention/likely"],
            [
                "id:organization/sen-ministere-des-marees-et-des-vergers",
                "flg:chairs",
                "id:organization/sen-comite-national-des-marees",
            ],
            ["id:organization/unicef", "org:memberOf", "id:organization/sen-comite-national-des-marees"],
            ["id:programme/maree-claire", "flg:fundedBy", "id:organization/eu"],
            ["id:programme/maree-claire", "flg:fundedBy", "id:organization/ilo"],
            ["id:programme/maree-claire", "flg:implementedBy", "id:organization/winrock"],
            ["id:programme/maree-claire", "flg:counterpart", "id:organization/sen-ministere-des-marees-et-des-vergers"],
            ["id:programme/maree-claire", "flg:targetsSector", "id:sector/cocoa"],
            ["id:programme/maree-claire", "flg:addressesIssue", "id:issue/forced-labour"],
            ["id:programme/verger-ouvert", "flg:implementedBy", "id:organization/ilo"],
            ["id:programme/verger-ouvert", "flg:stage", "id:stage/planned"],
            ["id:country/sen", "flg:reportsChallenge", "id:challenge/lack-of-awareness"],
            ["id:country/sen", "flg:reportsChallenge", "id:challenge/socio-economic-circumstances"],
            ["id:cooperation-need/sen-2021-p029-c", "flg:importance", "id:importance/most-important"],
            ["id:cooperation-need/sen-2021-p029-g", "flg:importance", "id:importance/less-important"],
        ],
        does_not_say: &[
            ["id:programme/verger-ouvert", "flg:fundedBy", "id:organization/eu"],
            ["id:programme/maree-claire", "flg:stage", "id:stage/planned"],
            ["id:programme/maree-claire", "flg:partner", "id:organization/sen-ministere-des-marees-et-des-vergers"],
        ],
        values: &[
            ["id:report/sen-2021-p029", "dcterms:language", "fr"],
            ["id:programme/maree-claire", "flg:amount", "2500000"],
            ["id:programme/maree-claire", "flg:currency", "EUR"],
            ["id:organization/sen-ministere-des-marees-et-des-vergers", "flg:acronym", "MMV"],
        ],
    },
];

fn text(case: &Case) -> String {
    std::fs::read_to_string(format!("{}/tests/it/fixtures/{}", env!("CARGO_MANIFEST_DIR"), case.file)).unwrap()
}

/// The report's text without its bracket codes.
fn without_codes(text: &str) -> String {
    regex::Regex::new(r"\s*\[[0-9.]+[a-z]?\]").unwrap().replace_all(text, "").into_owned()
}

fn convert(name: &str, text: &str) -> Conversion {
    CONVERTER.convert(&read::document(name, text.as_bytes()).unwrap()).unwrap_or_else(|e| panic!("{name}: {e:?}"))
}

/// What is missing from a conversion, and what it invents.
fn faults(conversion: &Conversion, case: &Case) -> Vec<String> {
    let triple = |[s, p, o]: &[&str; 3]| [s, p, o].map(|curie| expand(curie).unwrap_or_else(|| panic!("`{curie}`")));
    let says = |statement: &[&str; 3]| {
        let [s, p, o] = triple(statement);
        conversion.quads().iter().any(|q| q.subject == s.clone().into() && q.predicate == p && q.object == o.clone().into())
    };
    let has = |[s, p, value]: &[&str; 3]| {
        let [s, p] = [s, p].map(|curie| expand(curie).unwrap());
        let value = |term: &Term| matches!(term, Term::Literal(l) if l.value() == *value);
        conversion.quads().iter().any(|q| q.subject == s.clone().into() && q.predicate == p && value(&q.object))
    };
    let missing = case.says.iter().filter(|s| !says(s)).chain(case.values.iter().filter(|v| !has(v)));
    let invented = case.does_not_say.iter().filter(|s| says(s));
    missing.map(|s| format!("missing: {}", s.join(" "))).chain(invented.map(|s| format!("invented: {}", s.join(" ")))).collect()
}

#[test]
fn reports_in_english_and_french_are_understood() {
    for case in CASES {
        let conversion = convert(case.file, &text(case));
        assert!(faults(&conversion, case).is_empty(), "{}:\n{}", case.file, faults(&conversion, case).join("\n"));
    }
}

/// The statements of a conversion's report graph.
fn facts(conversion: &Conversion) -> BTreeSet<String> {
    let stated = conversion.quads().into_iter().filter(|q| q.graph_name.to_string().contains("/graph/report/"));
    stated.map(|q| format!("{} {} {}", q.subject, q.predicate, q.object)).collect()
}

#[test]
fn codes_line_ends_and_byte_order_marks_change_nothing() {
    for case in CASES {
        let plain = text(case);
        let expected = facts(&convert(case.file, &plain));
        let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let variants = [
            ("without codes", without_codes(&plain)),
            ("with CRLF and a byte order mark", windows(&plain)),
            ("without codes, with CRLF and a byte order mark", windows(&without_codes(&plain))),
        ];
        for (how, text) in variants {
            let conversion = convert(case.file, &text);
            let found = facts(&conversion);
            let lost: Vec<_> = expected.difference(&found).collect();
            let new: Vec<_> = found.difference(&expected).collect();
            assert!(lost.is_empty() && new.is_empty(), "{} {how}: lost {lost:#?}, new {new:#?}", case.file);
        }
    }
}

/// Two rules read here, in the same words, that a project is planned.
#[test]
fn what_two_rules_read_in_the_same_words_is_one_claim() {
    let announced = "The Ministry of Tides plans to launch the Clear Docks project in 2025 with the support of UNICEF.";
    let report = text(&CASES[0]).replace(
        "The National Tide Committee (NTC) is chaired by the",
        &format!("{announced}\n\nThe National Tide Committee (NTC) is chaired by the"),
    );
    assert!(report.contains(announced));
    let conversion = convert(CASES[0].file, &report);
    let says = |o: &str| facts(&conversion).iter().any(|f| f.contains("/id/programme/clear-docks>") && f.contains(o));
    assert!(says("/id/stage/planned>") && says("2025"));
}

#[test]
fn their_quotes_stand_at_their_places() {
    for case in CASES {
        let bytes = format!("\u{feff}{}", text(case).replace('\n', "\r\n")).into_bytes();
        let document = read::document(case.file, &bytes).unwrap();
        let source: Vec<char> = document.text.chars().collect();
        let quads = CONVERTER.convert(&document).unwrap().quads();
        let mut parts: HashMap<String, HashMap<NamedNode, String>> = HashMap::new();
        for quad in &quads {
            if let Term::Literal(literal) = &quad.object {
                let node = quad.subject.to_string();
                let claim = node.trim_end_matches('>').trim_end_matches("/quote").trim_end_matches("/position").to_owned();
                parts.entry(claim).or_default().insert(quad.predicate.clone(), literal.value().to_owned());
            }
        }
        let claims = quads.iter().filter(|q| q.predicate.as_ref() == rdf::TYPE && q.object == class::CLAIM.into()).count();
        let words = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut seen = 0;
        for claim in parts.values().filter(|c| c.contains_key(&oa::EXACT.into_owned())) {
            let [start, end] = [oa::START, oa::END].map(|p| claim[&p.into_owned()].parse::<usize>().unwrap());
            let quoted: String = source[start..end].iter().collect();
            assert_eq!(words(&quoted), claim[&oa::EXACT.into_owned()], "{}", case.file);
            seen += 1;
        }
        assert!(seen == claims && seen > 40, "{}: {seen} of {claims} claims", case.file);
    }
}
