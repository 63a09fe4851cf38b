//! The checks: a good conversion passes; each broken variant of it is found, with the shape and the node named.

mod files;
mod library;
mod looks;
mod mutants;

use forced_labour_graph::check::{Checker, Violation, line_of};
use forced_labour_graph::model::diagnostic::Severity;
use forced_labour_graph::model::document::{Document, Source};
use forced_labour_graph::model::vocab::graph;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use std::fmt::Write as _;

const GOOD: &str = include_str!("../data/check/good.trig");

fn trig(text: &str) -> Vec<Quad> {
    RdfParser::from_format(RdfFormat::TriG).for_slice(text.as_bytes()).map(Result::unwrap).collect()
}

/// What the checks say of a `TriG` text, whose authority graph is the context.
fn check(text: &str) -> Vec<Violation> {
    let authority = graph::authority().into();
    let (context, dataset): (Vec<_>, Vec<_>) = trig(text).into_iter().partition(|quad| quad.graph_name == authority);
    Checker::standard().unwrap().check(&dataset, &context).unwrap()
}

/// The good conversion with one stretch of its text replaced, which must be there.
fn with(old: &str, new: &str) -> String {
    assert!(GOOD.contains(old), "`{old}` is not in the good conversion");
    GOOD.replacen(old, new, 1)
}

/// The good conversion with more in the graph of its facts, and a claim for each.
fn stating(facts: &[(&str, &str, &str)]) -> String {
    let mut text = GOOD.to_owned();
    for (i, (subject, predicate, object)) in facts.iter().enumerate() {
        write!(
            text,
            "<graph/report/mex-2021-test> {{ {subject} {predicate} {object} }}\n\
             <graph/evidence/mex-2021-test> {{ <id/claim/x{i}> a flg:Claim ; rdf:subject {subject} ; rdf:predicate {predicate} ;\n\
             rdf:object {object} ; prov:wasDerivedFrom <id/answer/mex-2021-test/78> ; flg:method \"test\" ; flg:confidence 1.0 ;\n\
             flg:status <id/status/proposed> ; oa:hasSelector <id/claim/x{i}/quote> , <id/claim/x{i}/position> .\n\
             <id/claim/x{i}/quote> a oa:TextQuoteSelector ; oa:exact \"x\" ; oa:prefix \"\" ; oa:suffix \"\" .\n\
             <id/claim/x{i}/position> a oa:TextPositionSelector ; oa:start \"200\"^^xsd:integer ;\n\
             oa:end \"201\"^^xsd:integer }}\n"
        )
        .unwrap();
    }
    text
}

fn listed(violations: &[Violation]) -> String {
    violations.iter().map(|v| format!("{:?} {v}", v.severity)).collect::<Vec<_>>().join("\n")
}

/// Asserts that the text breaks exactly this shape or rule, at this node, and that the message names both.
fn breaks(text: &str, shape: &str, focus: &str) {
    let found = check(text);
    let hits: Vec<_> = found
        .iter()
        .filter(|v| v.shape.rsplit(['#', '/']).next() == Some(shape) && v.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert!(!hits.is_empty(), "`{shape}` is not broken, but:\n{}", listed(&found));
    assert!(hits.iter().all(|hit| hit.contains(focus) && hit.contains(shape)), "{hits:#?}");
    let others: Vec<_> = found
        .iter()
        .filter(|v| v.severity == Severity::Error && v.shape.rsplit(['#', '/']).next() != Some(shape))
        .cloned()
        .collect();
    assert!(others.is_empty(), "besides `{shape}`:\n{}", listed(&others));
}

fn warns(text: &str, shape: &str, focus: &str) {
    let found = check(text);
    assert!(found.iter().all(|v| v.severity != Severity::Error), "{}", listed(&found));
    let hit = found.iter().find(|v| v.shape.rsplit(['#', '/']).next() == Some(shape));
    assert!(hit.is_some_and(|v| v.to_string().contains(focus)), "no `{shape}` at `{focus}`, but:\n{}", listed(&found));
}

#[test]
fn a_good_conversion_passes() {
    let found = check(GOOD);
    assert!(found.is_empty(), "{}", listed(&found));
}

#[test]
fn names_are_required_tagged_and_one_a_language() {
    breaks(
        &with("a flg:Programme ; skos:prefLabel \"SENDEROS\"@es", "a flg:Programme")
            .replace("skos:prefLabel ; rdf:object \"SENDEROS\"@es", "flg:endDate ; rdf:object \"2022-06\"^^xsd:gYearMonth"),
        "named",
        "id:programme/senderos",
    );
    breaks(&with("\"Programas\"@es", "\"Programas\""), "name-tagged", "id:section/mex-2021-test/1");
    breaks(&with("\"Programas\"@es", "\"Programas\"@es , \"Proyectos\"@es"), "name-unique", "id:section/mex-2021-test/1");
}

#[test]
fn classes_are_followed_over_two_steps() {
    // Commission ⊑ org:OrganizationalCollaboration ⊑ org:Organization: a commission may fund,
    let funded_by = "<id/programme/senderos> flg:fundedBy <id/organization/usa-dol>";
    let commission = with(funded_by, "<id/programme/senderos> flg:fundedBy <id/organization/mex-citi>")
        .replace("rdf:object <id/organization/usa-dol>", "rdf:object <id/organization/mex-citi>");
    let found = check(&commission);
    assert!(found.is_empty(), "{}", listed(&found));
    // an instrument may not,
    let wrong =
        commission.replace("<id/organization/mex-citi> a flg:Commission", "<id/organization/mex-citi> a flg:LegalInstrument");
    breaks(&wrong, "fundedBy", "id:programme/senderos");
    // and what is asked of an organisation is asked of a commission.
    let text = stating(&[("<id/organization/mex-citi>", "flg:mandate", "\"sin idioma\"")]);
    breaks(&text, "mandate", "id:organization/mex-citi");
}

#[test]
fn properties_stand_on_their_own_classes() {
    let text = stating(&[("<id/organization/usa-dol>", "flg:fundedBy", "<id/country/usa>")]);
    breaks(&text, "subject-of-fundedBy", "id:organization/usa-dol");
    let text = stating(&[("<id/programme/senderos>", "flg:headcount", "12")]);
    breaks(&text, "subject-of-headcount", "id:programme/senderos");
}

#[test]
fn values_have_their_datatypes() {
    for (property, value) in [
        ("flg:startDate", "\"2019\""),
        ("flg:startDate", "\"around 2019\"^^xsd:gYear"),
        ("flg:endDate", "\"2022-13\"^^xsd:gYearMonth"),
        ("flg:amount", "\"many\"^^xsd:decimal"),
        ("flg:amount", "-1.0"),
        ("flg:objective", "\"sin idioma\""),
        ("flg:stage", "<id/sector/agriculture>"),
        ("flg:targetsSector", "<id/country/usa>"),
        ("schema:url", "\"www.example.org/a b\""),
    ] {
        let text = stating(&[("<id/programme/senderos>", property, value)]);
        let found = check(&text);
        let local = property.split(':').nth(1).unwrap();
        let hit = found.iter().any(|v| v.severity == Severity::Error && v.shape.ends_with(&format!("#{local}")));
        assert!(hit, "{property} {value}:\n{}", listed(&found));
    }
}

#[test]
fn a_report_says_what_it_is() {
    for (old, shape) in [
        (" ; dcterms:identifier \"mex-2021-test\"", "ConvertedReport-identifier"),
        (" ; dcterms:language \"es\"", "ConvertedReport-language"),
        (" ; schema:sha256 \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"", "ConvertedReport-sha256"),
    ] {
        let text = GOOD.replace(" ;\n        flg:ofForm <id/form/test> ;", " ; flg:ofForm <id/form/test> ;");
        assert!(text.contains(old), "{old}");
        breaks(&text.replacen(old, "", 1), shape, "id:report/mex-2021-test");
    }
    let text = with("dcterms:identifier \"mex-2021-test\"", "dcterms:identifier \"Mexico 2021\"");
    breaks(&text, "ConvertedReport-identifier", "id:report/mex-2021-test");
    // A report that is only mentioned needs no more than its name.
    let text = stating(&[("<id/report/annual>", "dcterms:publisher", "<id/organization/usa-dol>")]);
    let text = text + "<graph/source/mex-2021-test> { <id/report/annual> a flg:Report ; skos:prefLabel \"Annual report\"@en }";
    let found = check(&text);
    assert!(found.is_empty(), "{}", listed(&found));
}

#[test]
fn claims_are_whole() {
    let quote = "<id/claim/3/quote> a oa:TextQuoteSelector ; oa:exact \"financiado por el DOL\"";
    breaks(
        &with("oa:hasSelector <id/claim/3/quote> , <id/claim/3/position>", "oa:hasSelector <id/claim/3/position>"),
        "Claim-quote",
        "id:claim/3",
    );
    breaks(
        &with("oa:hasSelector <id/claim/3/quote> , <id/claim/3/position>", "oa:hasSelector <id/claim/3/quote>"),
        "Claim-position",
        "id:claim/3",
    );
    breaks(
        &with(quote, "<id/claim/3/quote> a oa:TextQuoteSelector ; oa:exact \"\""),
        "TextQuoteSelector-exact",
        "id:claim/3/quote",
    );
    // A place that ends before it begins is too short for its quote as well.
    let found = check(&with("oa:start \"40\"", "oa:start \"62\""));
    let shapes: Vec<_> = found.iter().map(|v| (v.shape.rsplit(['#', '/']).next().unwrap(), v.to_string())).collect();
    let [("TextPositionSelector-order", place), ("quote-longer-than-its-place", _)] = &shapes[..] else { panic!("{shapes:?}") };
    assert!(place.contains("id:claim/3/position"), "{place}");
    breaks(&with("flg:confidence 0.9", "flg:confidence 1.9"), "confidence", "id:claim/1");
    breaks(&with("flg:status <id/status/proposed>", "flg:status <id/status/perhaps>"), "status", "id:claim/1");
    breaks(&with("flg:method \"test\" ; ", ""), "Claim-method", "id:claim/1");
    breaks(&with("prov:wasDerivedFrom <id/answer/mex-2021-test/78> ; ", ""), "Claim-wasDerivedFrom", "id:claim/1");
    // Two properties make two facts, of which the report states one.
    let found = check(&with("rdf:predicate flg:aboutCountry", "rdf:predicate flg:aboutCountry , flg:country"));
    let shapes: Vec<_> = found.iter().map(|v| v.shape.rsplit(['#', '/']).next().unwrap()).collect();
    assert_eq!(shapes, ["claim-without-fact", "Claim-predicate"]);
}

#[test]
fn facts_and_claims_go_together() {
    let more = "<graph/report/mex-2021-test> { <id/programme/senderos> flg:addressesIssue <id/sector/agriculture> }";
    breaks(&format!("{GOOD}{more}"), "fact-without-claim", "id:programme/senderos");
    breaks(&with("flg:targetsSector <id/sector/sugar-cane> ;", ""), "claim-without-fact", "id:claim/4");
    breaks(
        &with("a flg:Programme ; skos:prefLabel \"SENDEROS\"@es", "a flg:Programme ; skos:prefLabel \"Senderos\"@es"),
        "claim-without-fact",
        "id:claim/9",
    );
    breaks(&with("oa:end \"61\"", "oa:end \"45\""), "quote-longer-than-its-place", "id:claim/3");
    let text = with("prov:wasDerivedFrom <id/answer/mex-2021-test/78>", "prov:wasDerivedFrom <id/answer/mex-2022-test/1>");
    let text = text
        + "<graph/authority> { <id/answer/mex-2022-test/1> a flg:Answer ; flg:inReport <id/report/mex-2022-test> .\
           <id/report/mex-2022-test> a flg:Report ; skos:prefLabel \"Mexico 2022\"@en }";
    breaks(&text, "claim-from-elsewhere", "id:claim/1");
}

#[test]
fn time_runs_forward() {
    breaks(
        &GOOD.replace("\"2022-06\"^^xsd:gYearMonth", "\"2018-06\"^^xsd:gYearMonth"),
        "ends-before-it-starts.rq",
        "id:programme/senderos",
    );
    // The same year with a month is no contradiction, nor are two statements of which one fits.
    let found = check(&GOOD.replace("\"2022-06\"^^xsd:gYearMonth", "\"2019-01\"^^xsd:gYearMonth"));
    assert!(found.is_empty(), "{}", listed(&found));
    // Two statements are worth a note, because a programme ends once.
    let found = check(&stating(&[("<id/programme/senderos>", "flg:endDate", "\"2018\"^^xsd:gYear")]));
    assert!(
        found.len() == 1 && found[0].shape.ends_with("#one-endDate") && found[0].severity == Severity::Note,
        "{}",
        listed(&found)
    );
}

#[test]
fn nothing_is_its_own_part_or_partner() {
    let circle = format!(
        "{GOOD}<graph/source/mex-2021-test> {{ <id/sector/agriculture> a skos:Concept ; skos:prefLabel \"agriculture\"@en ; skos:inScheme <id/scheme/sector> ; skos:broader <id/sector/sugar-cane> }}"
    );
    breaks(&circle, "part-of-itself.rq", "id:sector/agriculture");
    let found = check(&stating(&[("<id/programme/senderos>", "flg:fundedBy", "<id/programme/senderos>")]));
    assert!(
        found.iter().any(|v| v.shape.ends_with("said-of-itself.rq") && v.to_string().contains("id:programme/senderos")),
        "{}",
        listed(&found)
    );
    assert!(found.iter().any(|v| v.shape.ends_with("#fundedBy")), "{}", listed(&found));
}

#[test]
fn questions_belong_to_the_form() {
    let text = with(
        "<id/question/test/78> a flg:Question ; skos:prefLabel \"Programmes\"@en ; flg:ofForm <id/form/test>",
        "<id/form/other> a flg:Form ; skos:prefLabel \"Other\"@en . <id/question/test/78> a flg:Question ; skos:prefLabel \"Programmes\"@en ; flg:ofForm <id/form/other>",
    );
    breaks(&text, "answer-to-another-form.rq", "id:answer/mex-2021-test/78");
}

#[test]
fn misspelt_terms_are_found() {
    let text = format!("{GOOD}<graph/source/mex-2021-test> {{ <id/programme/senderos> flg:founder <id/country/usa> }}");
    breaks(&text, "unknown-term.rq", "id:programme/senderos");
    let text = format!("{GOOD}<graph/source/mex-2021-test> {{ <id/programme/senderos> a flg:Program }}");
    breaks(&text, "unknown-term.rq", "id:programme/senderos");
}

#[test]
fn blank_nodes_are_not_published() {
    let text = format!("{GOOD}<graph/source/mex-2021-test> {{ <id/programme/senderos> dcterms:source [] }}");
    breaks(&text, "blank-node.rq", "id:programme/senderos");
    let text = format!("{GOOD}<graph/source/mex-2021-test> {{ _:someone a flg:Place ; skos:prefLabel \"Somewhere\"@en }}");
    let found = check(&text);
    assert!(
        found.iter().any(|v| v.shape.ends_with("#Place")) && found.iter().any(|v| v.shape.ends_with("blank-node.rq")),
        "{}",
        listed(&found)
    );
}

#[test]
fn doubts_are_advice_only() {
    let text = GOOD.replace("\"DOL\" ; flg:country <id/country/usa> .", "\"DOL\" .");
    let text = text.replace("\"Department of Labor\"@en ; flg:country <id/country/usa> .", "\"Department of Labor\"@en .");
    warns(&text, "GovernmentBody-country", "id:organization/usa-dol");

    let twice = format!(
        "{GOOD}<graph/source/mex-2021-test> {{ <id/programme/senderos-2> a flg:Programme ; skos:prefLabel \"SENDEROS\"@es }}"
    );
    warns(&twice, "same-name.rq", "id:programme/senderos");

    let alt = with(
        "a flg:Programme ; skos:prefLabel \"SENDEROS\"@es",
        "a flg:Programme ; skos:prefLabel \"SENDEROS\"@es ; skos:altLabel \"SENDEROS\"@es",
    );
    warns(&alt, "name-twice.rq", "id:programme/senderos");

    let both = stating(&[("<id/ratification/mex-p029>", "flg:ratificationStatus", "<id/ratification-status/ratified>")]);
    warns(&both, "both-ratified-and-not.rq", "id:ratification/mex-p029");

    let amount = stating(&[("<id/programme/senderos>", "flg:amount", "500000.0")]);
    warns(&amount, "amount-without-currency.rq", "id:programme/senderos");
}

#[test]
fn an_identity_that_rests_on_a_shared_acronym_is_pointed_out() {
    let other = "<graph/authority> { <id/organization/phl-dol> a flg:GovernmentBody ; skos:prefLabel \"Department of Labor and Employment\"@en ; flg:acronym \"DOL\" ; flg:country <id/country/usa> }";
    let claim = stating(&[("<id/organization/usa-dol>", "flg:acronym", "\"DOL\"")]).replace(
        "<graph/report/mex-2021-test> { <id/organization/usa-dol> flg:acronym \"DOL\" }",
        "<graph/source/mex-2021-test> { <id/organization/usa-dol> flg:acronym \"DOL\" }",
    );
    let found = check(&claim);
    assert!(found.is_empty(), "{}", listed(&found));
    warns(&format!("{claim}{other}"), "known-by-an-ambiguous-acronym.rq", "id:organization/usa-dol");
}

#[test]
fn faults_of_the_context_are_not_the_conversions() {
    let text = format!("{GOOD}<graph/authority> {{ <id/organization/nameless> a flg:Company }}");
    let found = check(&text);
    assert!(found.is_empty(), "{}", listed(&found));
}

#[test]
fn findings_have_the_line_of_their_words() {
    // The quotes of the good conversion, at their offsets; a multi-byte letter before them shifts bytes, not characters.
    let mut text: Vec<char> = "México  \n2021".chars().collect();
    text.resize(250, '.');
    for at in [30, 60, 100, 140] {
        text[at] = '\n';
    }
    let source = Source { name: "report.txt".to_owned(), sha256: String::new() };
    let document = Document::new(source, text.into_iter().collect(), Vec::new());
    let line = |text: &str, shape: &str| {
        let (found, statements) = (check(text), trig(text).into_iter().collect());
        let violation = found.iter().find(|v| v.shape.ends_with(shape)).unwrap_or_else(|| panic!("{}", listed(&found)));
        let line = line_of(violation, &statements, &document);
        assert_eq!(violation.diagnostic(&statements, &document).line, line);
        line
    };
    // The fact itself, not the first mention of the programme, which is on line 3.
    let text = with("<id/organization/usa-dol> a flg:GovernmentBody", "<id/organization/usa-dol> a flg:LegalInstrument")
        .replace("<id/organization/usa-dol> a flg:GovernmentBody", "<id/organization/usa-dol> a flg:LegalInstrument");
    assert_eq!(line(&text, "#fundedBy"), Some(3));
    let sector = GOOD
        .replace("flg:targetsSector <id/sector/sugar-cane>", "flg:targetsSector <id/country/usa>")
        .replace("rdf:object <id/sector/sugar-cane>", "rdf:object <id/country/usa>");
    assert_eq!(line(&sector, "#targetsSector"), Some(4));
    // A node that has no fact of its own: the first claim about it.
    assert_eq!(line(&GOOD.replace("skos:prefLabel \"Mexico / P029\"@en ; ", ""), "#named"), Some(6));
    // A claim, and a part of one.
    assert_eq!(line(&with("flg:confidence 0.9", "flg:confidence 1.9"), "#confidence"), Some(1));
    assert_eq!(line(&with("oa:start \"88\"", "oa:start \"103\""), "#TextPositionSelector-order"), Some(5));
    // A section that no claim speaks of.
    assert_eq!(line(&with("skos:prefLabel \"Programas\"@es ; ", ""), "#named"), None);
}
