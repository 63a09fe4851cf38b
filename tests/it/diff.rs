//! `flg diff`: the real report and changed copies of it.

use crate::cli::{Desk, REPORT, changed, of_another_year, report};
use forced_labour_graph::model::vocab::{cs, rdf};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use serde_json::Value;

/// The report two years later: the Protocol ratified, a project with another funder, one answer empty, a question gone.
fn later() -> String {
    let mut text = report().replacen("Mexico - 2021", "Mexico - 2023", 1);
    for (old, new) in [
        ("P029: no ratificado", "P029: ratificado"),
        ("por el Departamento de Trabajo (DOL) de \n\nlos Estados Unidos", "por la Unión Europea"),
    ] {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
    }
    let cut = |text: String, from: &str, to: &str| {
        let (start, end) = (text.find(from).unwrap(), text.find(to).unwrap());
        format!("{}{}", &text[..start], &text[end..])
    };
    let text = cut(text, "Sólo CATEM, CAT y UNT", "ESFUERZOS Y PROGRESOS");
    cut(text, "61. Si ha ratificado", "62. ¿Sírvase indicar")
}

fn changes<'a>(json: &'a Value, kind: &str, property: &str) -> Vec<&'a Value> {
    json["changes"].as_array().unwrap().iter().filter(|c| c["kind"] == kind && c["property"] == property).collect()
}

#[test]
fn a_ratification_a_funder_and_an_empty_answer_are_told() {
    let desk = Desk::with_store();
    desk.write("later.txt", later());
    desk.flg(&["add", "later.txt", "--quiet"]).good();
    let json = desk.flg(&["diff", "mex-2021-p029", "mex-2023-p029", "--json"]).good().json();
    let ratified = changes(&json, "changed", "flg:ratificationStatus");
    assert_eq!(ratified.len(), 1, "{ratified:?}");
    assert_eq!(ratified[0]["before"]["value"], "id:ratification-status/not-ratified");
    assert_eq!(ratified[0]["after"]["value"], "id:ratification-status/ratified");
    assert_eq!(ratified[0]["before"]["quotes"][0]["text"], "P029: no ratificado");
    assert_eq!(ratified[0]["after"]["quotes"][0]["place"], "mex-2023-p029/status");
    let (gone, new) = (changes(&json, "gone", "flg:fundedBy"), changes(&json, "new", "flg:fundedBy"));
    assert_eq!((gone.len(), new.len()), (1, 1), "{gone:?} {new:?}");
    assert_eq!(
        (&gone[0]["about"], &gone[0]["before"]["value"]),
        (&"id:programme/senderos".into(), &"id:organization/usa-dol".into())
    );
    assert_eq!(new[0]["after"]["value"], "id:organization/eu");
    let emptied = changes(&json, "emptied", "flg:text");
    assert_eq!(emptied.len(), 1, "{emptied:?}");
    assert_eq!(emptied[0]["question"], "97");
    assert!(emptied[0]["before"]["text"].as_str().unwrap().starts_with("Sólo CATEM"));
    let asked_no_more = changes(&json, "gone", "flg:text");
    assert_eq!(asked_no_more.len(), 1, "{asked_no_more:?}");
    assert_eq!(asked_no_more[0]["question"], "61");
    // Nothing else: what both say is no difference, although the IRIs of answers and needs name the report.
    let known = [
        "flg:ratificationStatus",
        "flg:fundedBy",
        "flg:text",
        "flg:referenceYear",
        "flg:observationBy",
        "flg:ratificationIntention",
    ];
    let others: Vec<&Value> =
        json["changes"].as_array().unwrap().iter().filter(|c| !known.contains(&c["property"].as_str().unwrap())).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn it_is_told_in_plain_words_of_three_languages_with_quotes() {
    let desk = Desk::new();
    desk.write("later.txt", later());
    let told = |lang: &str| desk.flg(&["diff", REPORT, "later.txt", "--lang", lang]).good().out;
    let english = told("en");
    for words in [
        "ratification status: was not ratified, is now ratified",
        "“P029: no ratificado”",
        "“P029: ratificado”",
        "mex-2021-p029/status",
        "The answer to 97, “Sírvase facilitar",
        "is empty now; it was: “Sólo CATEM",
        "SENDEROS – funded by: United States Department of Labor",
    ] {
        assert!(english.contains(words), "`{words}` is not in: {english}");
    }
    // Of a long answer, the part that differs is shown.
    let line = english.lines().find(|line| line.contains("The answer to 82")).unwrap();
    assert!(line.len() < 900 && line.contains("Unión Europea e instrumentado"), "{line}");
    assert!(told("es").contains("estado de ratificación: era no ratificado, ahora es ratificado"));
    assert!(told("fr").contains("est maintenant vide"));
}

#[test]
fn what_is_the_same_differs_in_nothing() {
    let desk = Desk::with_store();
    assert_eq!(desk.flg(&["diff", REPORT, "mex-2021-p029"]).good().out, "Nothing is new, gone or changed.\n");
    desk.write("year.txt", of_another_year());
    let json = desk.flg(&["diff", REPORT, "year.txt", "--json"]).good().json();
    let all = json["changes"].as_array().unwrap();
    assert_eq!(all.iter().map(|c| c["property"].as_str().unwrap()).collect::<Vec<_>>(), ["flg:referenceYear"], "{all:?}");
}

#[test]
fn releases_are_compared_and_differences_are_rdf() {
    let desk = Desk::new();
    desk.write("changed.txt", changed());
    desk.flg(&["convert", REPORT, "-o", "one.nq", "--quiet"]).good();
    desk.flg(&["convert", "changed.txt", "-o", "two.trig", "--quiet"]).good();
    let turtle = desk.flg(&["diff", "one.nq", "two.trig", "--format", "ttl"]).good().out;
    let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::Turtle).for_slice(&turtle).map(Result::unwrap).collect();
    let values = |side: &oxigraph::model::NamedNodeRef<'_>| -> Vec<String> {
        let statements: Vec<_> = quads.iter().filter(|q| q.predicate == *side).map(|q| q.object.clone()).collect();
        let of = |q: &&Quad| q.predicate == rdf::OBJECT && statements.contains(&q.subject.clone().into());
        quads.iter().filter(of).map(|q| q.object.to_string()).collect()
    };
    assert!(values(&cs::REMOVAL).iter().any(|value| value.starts_with("\"641\"")), "{turtle}");
    assert!(values(&cs::ADDITION).iter().any(|value| value.starts_with("\"777\"")), "{turtle}");
    assert!(!turtle.contains("_:"), "published data has no blank nodes");
    assert_eq!(turtle, desk.flg(&["diff", "one.nq", "two.trig", "--format", "ttl"]).good().out);
}

#[test]
fn what_is_neither_a_report_nor_a_file_is_refused() {
    let desk = Desk::with_store();
    desk.flg(&["diff", "mex-2021-p029", "gha-1999-p029"]).refused(&["`gha-1999-p029`", "it has `mex-2021-p029`"]);
    desk.flg(&["diff", "mex-2021-p029", "missing.txt"]).refused(&["missing.txt"]);
    desk.write("broken.ttl", "this is no Turtle");
    desk.flg(&["diff", "mex-2021-p029", "broken.ttl"]).refused(&["broken.ttl", "line 1"]);
}

/// Two years' reports of one country, as they are published.
#[test]
fn rows_that_move_are_the_same_rows_and_citations_are_no_news() {
    let Some(corpus) = crate::shared::shared("corpus") else { return };
    let desk = crate::cli::Desk::new();
    let [before, after] =
        ["2020", "2021"].map(|year| corpus.join(format!("dol-findings-{year}/Mexico.pdf")).display().to_string());
    let json = desk.flg(&["diff", &before, &after, "--json"]).good().json();
    let said: Vec<&str> = json["changes"].as_array().unwrap().iter().map(|change| change["text"].as_str().unwrap()).collect();
    // A policy that others were put before is compared with itself.
    let strategy: Vec<&&str> =
        said.iter().filter(|text| text.contains("National Strategy for Inclusive Education (2019")).collect();
    assert!(!strategy.iter().any(|text| text.starts_with("New question") || text.contains("is gone")), "{strategy:#?}");
    let new = |words: &str| said.iter().any(|text| text.starts_with("New question") && text.contains(words));
    assert!(new("Plan of Action on Child Labor 2021"), "{said:#?}");
    // What has changed is told with both values.
    let changed = |words: &[&str]| said.iter().any(|text| words.iter().all(|word| text.contains(word)));
    assert!(changed(&["Number of Labor Inspectors", "447", "471"]), "{said:#?}");
    assert!(changed(&["Sustentar"]), "{said:#?}");
    // In words, what differs in citations alone is one line.
    let told = desk.flg(&["diff", &before, &after, "--lang", "en"]).good().out;
    let line = told.lines().find(|line| line.contains("numbers in brackets")).unwrap_or_default();
    assert!(line.contains("activities/4") && line.contains("laws/2") && !line.contains("policies"), "{line}");
    assert!(told.find("Facts (") < told.find("Answers ("), "what is in the graph comes first");
}
