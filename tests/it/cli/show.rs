//! `flg show`.

use super::{Desk, report};
use forced_labour_graph::model::vocab::{expand, graph, skos};
use forced_labour_graph::store::{Embedded, Store};
use oxigraph::model::{Literal, Quad};

#[test]
fn facts_are_shown_with_quote_report_question_and_line() {
    let desk = Desk::with_store();
    let run = desk.flg(&["show", "SENDEROS"]).good();
    for expected in
        ["SENDEROS – programme", "/id/programme/senderos", "funded by", "id:organization/usa-dol", "id:sector/sugar-cane"]
    {
        assert!(run.out.contains(expected), "`{expected}` is not in: {}", run.out);
    }
    // Each quote stands in the report at the line that is named.
    let json = desk.flg(&["show", "SENDEROS", "--json"]).good().json();
    let funded = json["facts"].as_array().unwrap().iter().find(|f| f["property"] == "flg:fundedBy").unwrap().clone();
    let evidence = &funded["evidence"][0];
    let line = usize::try_from(evidence["line"].as_u64().unwrap()).unwrap();
    let text = report();
    let words = text.lines().skip(line - 1).collect::<Vec<_>>().join(" ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let quote = evidence["quote"].as_str().unwrap();
    assert!(words.find(quote).is_some_and(|at| at < 80), "line {line} does not hold: {quote}");
    assert_eq!(evidence["report"], "mex-2021-p029");
    assert!(evidence["question"].is_string(), "{evidence}");
    assert!(run.out.contains(&format!("line {line}")) && run.out.contains("question "), "{}", run.out);
}

#[test]
fn an_entity_is_found_by_iri_name_and_acronym_in_any_language_and_spelling() {
    let desk = Desk::with_store();
    let id = |wanted: &str| desk.flg(&["show", wanted, "--json"]).good().json()["id"].as_str().unwrap().to_owned();
    for wanted in [
        "STPS",
        "stps",
        "Secretaría del Trabajo y Previsión Social",
        "secretaria del trabajo  y prevision social",
        "Secretariat of Labor and Social Welfare",
        "id:organization/mex-stps",
        "https://w3id.org/forced-labour-graph/id/organization/mex-stps",
    ] {
        assert_eq!(id(wanted), "id:organization/mex-stps", "{wanted}");
    }
}

#[test]
fn facts_of_others_that_name_it_are_shown_too() {
    let desk = Desk::with_store();
    let run = desk.flg(&["show", "id:organization/usa-dol"]).good();
    assert!(run.out.contains("Facts about others that name it") && run.out.contains("id:programme/senderos"), "{}", run.out);
    let json = desk.flg(&["show", "id:organization/usa-dol", "--json"]).good().json();
    let incoming = json["incoming"].as_array().unwrap();
    let funds = incoming.iter().find(|f| f["id"] == "id:programme/senderos" && f["property"] == "flg:fundedBy").unwrap();
    assert!(!funds["evidence"].as_array().unwrap().is_empty());
}

#[test]
fn labels_are_in_the_language_of_the_reader() {
    let desk = Desk::with_store();
    let shown = |arguments: &[&str], locale: &str| {
        let output = desk.command(arguments).env("LC_ALL", locale).output().unwrap();
        super::ended(output).good().out
    };
    assert!(shown(&["show", "SENDEROS"], "es_MX.UTF-8").contains("financiado por"));
    assert!(shown(&["show", "SENDEROS"], "fr_FR.UTF-8").contains("financé par"));
    assert!(shown(&["show", "SENDEROS"], "de_DE.UTF-8").contains("funded by"));
    assert!(shown(&["show", "SENDEROS", "--lang", "es"], "fr_FR.UTF-8").contains("financiado por"));
    assert_eq!(desk.flg(&["show", "SENDEROS", "--lang", "tlh"]).code, Some(2));
}

#[test]
fn an_ambiguous_name_lists_what_may_be_meant() {
    let desk = Desk::with_store();
    // Two things that a further report calls by the same name.
    let name = |id: &str| {
        let name = Literal::new_language_tagged_literal("Casa Común", "es").unwrap();
        Quad::new(expand(id).unwrap(), skos::ALT_LABEL, name, graph::source("test"))
    };
    let quads = [name("id:organization/mex-stps"), name("id:programme/senderos")];
    let store = Embedded::open(&desk.path(".flg/store")).unwrap();
    store.replace(&[graph::source("test")], &mut quads.into_iter()).unwrap();
    drop(store);
    let words = [
        "`casa comun` is the name of 2 things",
        "id:organization/mex-stps",
        "id:programme/senderos",
        "(programme)",
        "flg show id:",
    ];
    let run = desk.flg(&["show", "casa comun"]).refused(&words);
    assert_eq!(run.out, "");
    let run = desk.flg(&["show", "Casa Común", "--json"]);
    assert_eq!(run.code, Some(1));
    let ids: Vec<String> =
        run.json()["ambiguous"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["id:organization/mex-stps", "id:programme/senderos"]);
}

#[test]
fn an_unknown_name_offers_the_nearest() {
    let desk = Desk::with_store();
    let run = desk.flg(&["show", "SENDERO"]).refused(&["nothing by the name `SENDERO`", "id:programme/senderos", "did you mean"]);
    assert_eq!(run.out, "");
    desk.flg(&["show", "id:programme/senderoz"]).refused(&["`id:programme/senderoz`", "id:programme/senderos"]);
    desk.flg(&["show", "qqqqqqqqqqqqqqqqqqq"]).refused(&["nothing by the name"]);
    desk.flg(&["show", ""]).refused(&["nothing by the name"]);
}
