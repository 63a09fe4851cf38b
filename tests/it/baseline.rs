//! The older country baselines: categories, labels and content, dated by annual reviews, however the table was flattened.

mod flattened;

use forced_labour_graph::convert::{Conversion, Converter};
use forced_labour_graph::model::vocab::{class, dcterms, expand, flg, graph, rdf};
use forced_labour_graph::read;
use oxigraph::model::{NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static CONVERTER: LazyLock<Converter> = LazyLock::new(|| Converter::load().unwrap());

const BASELINE: &str = include_str!("fixtures/bahrain-2012-baseline.en.txt");

fn convert(text: &str) -> Conversion {
    let document = read::document("bahrain.txt", text.as_bytes()).unwrap();
    CONVERTER.convert(&document).unwrap_or_else(|e| panic!("{e}"))
}

fn iri(curie: &str) -> NamedNode {
    expand(curie).unwrap()
}

/// The years by which the claims of a fact are dated; `None` if the report does not state it.
fn dates(conversion: &Conversion, subject: &str, property: &str, object: &Term) -> Option<BTreeSet<String>> {
    let mut about: BTreeMap<String, Vec<(NamedNode, Term)>> = BTreeMap::new();
    let claims = graph::evidence(&conversion.report);
    for quad in conversion.quads().iter().filter(|q| q.graph_name == claims.clone().into()) {
        about.entry(quad.subject.to_string()).or_default().push((quad.predicate.clone(), quad.object.clone()));
    }
    let wanted: [(NamedNode, Term); 4] = [
        (rdf::TYPE.into_owned(), class::CLAIM.into()),
        (rdf::SUBJECT.into_owned(), iri(subject).into()),
        (rdf::PREDICATE.into_owned(), iri(property).into()),
        (rdf::OBJECT.into_owned(), object.clone()),
    ];
    let found: Vec<_> = about.values().filter(|said| wanted.iter().all(|w| said.contains(w))).collect();
    let value = |(_, term): &(NamedNode, Term)| match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    };
    let years = found.iter().flat_map(|said| said.iter().filter(|(p, _)| *p == dcterms::DATE).map(value)).collect();
    (!found.is_empty()).then_some(years)
}

#[allow(clippy::unnecessary_wraps, reason = "compared with what may not be stated at all")]
fn years(years: &[&str]) -> Option<BTreeSet<String>> {
    Some(years.iter().map(|y| (*y).to_owned()).collect())
}

#[test]
fn each_statement_is_dated_by_its_annual_review() {
    let conversion = convert(BASELINE);
    assert_eq!((conversion.report.as_str(), conversion.form.as_str()), ("bhr-2012-baseline", "ilo-baseline-2012"));
    let c = &conversion;
    let report = "id:report/bhr-2012-baseline";
    let of = |subject: &str, property: &str, object: &str| dates(c, subject, property, &iri(object).into());
    let chamber = "id:organization/bhr-pearl-chamber-of-divers";
    assert_eq!(of(report, "flg:observationBy", chamber), years(&["2008", "2012"]));
    assert_eq!(of(report, "flg:observationBy", "id:organization/bhr-pearl-workers-union"), years(&["2011"]));
    let ministry = "id:organization/bhr-ministry-of-pearls-and-tides";
    assert_eq!(of(ministry, "flg:leads", "id:organization/bhr-national-pearl-committee"), years(&["2012"]));
    let status = |status: &str| format!("id:ratification-status/{status}");
    assert_eq!(of("id:ratification/bhr-c105", "flg:ratificationStatus", &status("ratified")), years(&[]));
    assert_eq!(of("id:ratification/bhr-c029", "flg:ratificationStatus", &status("not-ratified")), years(&[]));
    assert_eq!(of("id:ratification/bhr-c029", "flg:ratificationStatus", &status("ratified")), None);
    assert_eq!(of("id:ratification/bhr-c105", "flg:ratificationStatus", &status("not-ratified")), None);
    let year = oxigraph::model::Literal::new_typed_literal("1963", forced_labour_graph::model::vocab::xsd::G_YEAR);
    assert_eq!(dates(c, "id:ratification/bhr-c105", "flg:startDate", &year.into()), years(&[]));
    let likely = "id:ratification-intention/likely";
    assert_eq!(of("id:ratification/bhr-c029", "flg:ratificationIntention", likely), years(&["2005"]));
    assert_eq!(of("id:ratification/bhr-c105", "flg:ratificationIntention", likely), None);
    assert!(c.diagnostics.iter().all(|d| d.code != "text-without-question"), "{:#?}", c.diagnostics);
    let answers = c.quads().iter().filter(|q| q.predicate == rdf::TYPE && q.object == class::ANSWER.into()).count();
    assert_eq!(answers, 16);
    assert!(c.quads().iter().any(|q| q.predicate == flg::ABOUT_COUNTRY && q.object == iri("id:country/bhr").into()));
}

/// The facts of a baseline.
fn facts(conversion: &Conversion) -> BTreeSet<String> {
    let facts = graph::report(&conversion.report);
    conversion.quads().iter().filter(|q| q.graph_name == facts.clone().into()).map(ToString::to_string).collect()
}

#[test]
fn content_that_cuts_labels_and_categories_changes_nothing() {
    let cut = [
        (
            "Involvement of Employers' and Workers' organizations in the reporting process\nYES, according to the Government: ",
            "Involvement of Employers'\nYES, according to the Government:\nand Workers' organizations\nin the reporting process\n",
        ),
        (
            "OBSERVATIONS BY THE SOCIAL PARTNERS\nEmployers' organizations\n2012 AR: Observations by the PCD.\n2008 AR: ",
            "OBSERVATIONS BY THE   Employers'   2012 AR: Observations by the PCD.\nSOCIAL PARTNERS   organizations   2008 AR: ",
        ),
        (
            "EFFORTS AND PROGRESS MADE IN REALIZING THE PRINCIPLE AND RIGHT\nRatification\nRatification status\nBahrain ratified in 1963 the Abolition of ",
            "EFFORTS AND PROGRESS   Ratification   Ratification status   Bahrain ratified in 1963\nMADE IN REALIZING THE   the Abolition of\nPRINCIPLE AND RIGHT   ",
        ),
        ("Request\n2007", "Request 2007"),
    ];
    let text = cut.iter().fold(BASELINE.to_owned(), |text, (whole, pieces)| {
        assert!(text.contains(whole), "{whole}");
        text.replacen(whole, pieces, 1)
    });
    // The dates come from the pieces, too.
    let chamber = iri("id:organization/bhr-pearl-chamber-of-divers").into();
    let observed = dates(&convert(&text), "id:report/bhr-2012-baseline", "flg:observationBy", &chamber);
    assert_eq!(observed, years(&["2008", "2012"]));
    let (whole, pieces) = (facts(&convert(BASELINE)), facts(&convert(&text)));
    let lost: Vec<_> = whole.difference(&pieces).collect();
    let more: Vec<_> = pieces.difference(&whole).collect();
    assert!(lost.is_empty() && more.is_empty(), "lost {lost:#?}\nmore {more:#?}");
}

const ASSOCIATION: &str = include_str!("fixtures/lebanon-2012-baseline-association.en.txt");
const CHILD_LABOUR: &str = include_str!("fixtures/nepal-2012-baseline-child-labour.en.txt");

#[test]
fn a_baseline_on_another_principle_is_of_that_principle_and_its_conventions() {
    let c = &convert(ASSOCIATION);
    assert_eq!((c.report.as_str(), c.form.as_str()), ("lbn-2012-baseline-association", "ilo-baseline-2012-association"));
    let of = |subject: &str, property: &str, object: &str| dates(c, subject, property, &iri(object).into());
    let report = "id:report/lbn-2012-baseline-association";
    assert_eq!(of(report, "flg:observationBy", "id:organization/lbn-cedar-chamber-of-weavers"), years(&["2007", "2011"]));
    assert_eq!(of(report, "flg:observationBy", "id:organization/lbn-cedar-workers-union"), years(&["2012"]));
    let committee = "id:organization/lbn-national-weaving-committee";
    assert_eq!(of("id:organization/lbn-ministry-of-looms", "flg:leads", committee), years(&["2012"]));
    let status = |status: &str| format!("id:ratification-status/{status}");
    assert_eq!(of("id:ratification/lbn-c098", "flg:ratificationStatus", &status("ratified")), years(&[]));
    assert_eq!(of("id:ratification/lbn-c087", "flg:ratificationStatus", &status("not-ratified")), years(&[]));
    let likely = "id:ratification-intention/likely";
    assert_eq!(of("id:ratification/lbn-c087", "flg:ratificationIntention", likely), years(&["2008"]));
    assert_eq!(of("id:ratification/lbn-c098", "flg:ratificationIntention", likely), None);
    // Nothing is said of the conventions on forced labour.
    assert!(!c.quads().iter().any(|q| q.to_string().contains("ratification/lbn-c029")));
    assert!(c.diagnostics.iter().all(|d| d.code != "text-without-question"), "{:#?}", c.diagnostics);
}

#[test]
fn lines_that_hold_a_piece_of_each_column_are_put_together() {
    let c = &convert(CHILD_LABOUR);
    assert_eq!((c.report.as_str(), c.form.as_str()), ("npl-2012-baseline-child-labour", "ilo-baseline-2012-child-labour"));
    let text = |key: &str| {
        let answer = iri(&format!("id:answer/npl-2012-baseline-child-labour/{key}"));
        let quad = c.quads().into_iter().find(|q| q.subject == answer.clone().into() && q.predicate == flg::TEXT);
        let Some(Term::Literal(literal)) = quad.map(|q| q.object) else { panic!("{key} has no text") };
        literal.value().to_owned()
    };
    for (key, words) in [
        ("obligations", "YES, since 2002."),
        ("workers", "2010 AR: Observations by the HCC. 2009 AR: Observations by the HCC."),
        ("legislation", "2011 AR: The Ministry of Paths (MP) leads the Hill Children Committee."),
        ("judicial-decisions", "NIL"),
        ("schooling", "Up to the age of 12."),
        ("minimum-age", "2008 AR: Fourteen years."),
        ("promotional-activities", "2010 AR: A fair was held."),
        ("challenges-government", "2009 AR: Distances are long."),
        ("cooperation-offer", "NIL"),
    ] {
        assert_eq!(text(key), words, "{key}");
    }
    // Content that begins as a label does is content.
    assert!(
        text("status").ends_with("the Worst Forms of Child Labour Convention, 1999 (No. 182) (C.182)."),
        "{}",
        text("status")
    );
    let of = |subject: &str, property: &str, object: &str| dates(c, subject, property, &iri(object).into());
    let chamber = "id:organization/npl-hill-carriers-chamber";
    assert_eq!(of("id:report/npl-2012-baseline-child-labour", "flg:observationBy", chamber), years(&["2009", "2010"]));
    for (convention, year) in [("c138", "1997"), ("c182", "2002")] {
        let ratification = format!("id:ratification/npl-{convention}");
        assert_eq!(of(&ratification, "flg:ratificationStatus", "id:ratification-status/ratified"), years(&[]), "{convention}");
        let year = oxigraph::model::Literal::new_typed_literal(year, forced_labour_graph::model::vocab::xsd::G_YEAR);
        assert_eq!(dates(c, &ratification, "flg:startDate", &year.into()), years(&[]), "{convention}");
    }
}

#[test]
fn a_baseline_as_three_columns_of_a_pdf_says_the_same() {
    let bytes = include_bytes!("fixtures/office/nepal-baseline.pdf");
    let printed = CONVERTER.convert(&read::document("nepal.pdf", bytes).unwrap()).unwrap();
    let (whole, printed) = (facts(&convert(CHILD_LABOUR)), facts(&printed));
    assert!(whole.len() > 8 && whole == printed, "{:#?}", whole.symmetric_difference(&printed).collect::<Vec<_>>());
}
