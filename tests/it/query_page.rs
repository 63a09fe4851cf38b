//! The page for queries without a browser: what it offers to begin with, what an editor completes, and results that stay small and can be
//! found again. What scripts make of it is tried in `browser.rs`.

use super::pages::GRAPH;
use super::serve::{Answer, get_from};
use super::web::bundled;
use axum::http::StatusCode;
use forced_labour_graph::config::Tokens;
use forced_labour_graph::serve::{self, assets, form::encode, limits::App, limits::Settings};
use scraper::{Html, Selector};
use serde_json::Value;
use std::sync::Arc;

async fn get(path: &str) -> Answer {
    let router = serve::router(App::new(Arc::clone(&GRAPH), Settings::default(), Tokens::default()));
    let answer = get_from(router, path, "text/html").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    assert!(answer.body.len() < 200_000, "{path} has {} bytes", answer.body.len());
    answer
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}

/// The number that a query with one value answers.
async fn count(query: &str) -> u64 {
    let answer = get(&format!("/sparql?format=csv&query={}", encode(query))).await;
    answer.body.lines().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn an_editor_can_complete_what_the_graph_uses() {
    let answer = get("/sparql/terms.json?lang=es").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let terms: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(terms["prefixes"]["id"], "https://w3id.org/forced-labour-graph/id/");
    assert_eq!(terms["prefixes"]["flg"], "https://w3id.org/forced-labour-graph/ontology#");
    let find = |kind: &str, name: &str| {
        let all = terms[kind].as_array().unwrap();
        all.iter().find(|term| term["name"] == name).unwrap_or_else(|| panic!("{name} is not there: {all:?}")).clone()
    };
    let programme = find("classes", "flg:Programme");
    assert_eq!(programme["label"], "programa");
    assert_eq!(programme["count"].as_u64().unwrap(), count("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a flg:Programme }").await);
    let funded = find("properties", "flg:fundedBy");
    assert_eq!(funded["count"].as_u64().unwrap(), count("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?p flg:fundedBy ?f } }").await);
    // What is used most stands first, and every name can stand in a query as it is.
    let counts: Vec<u64> = terms["properties"].as_array().unwrap().iter().map(|term| term["count"].as_u64().unwrap()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
    for term in terms["properties"].as_array().unwrap() {
        let query = format!("ASK {{ ?s {} ?o }}", term["name"].as_str().unwrap());
        get(&format!("/sparql?format=csv&query={}", encode(&query))).await;
    }
    let router = serve::router(App::new(Arc::clone(&GRAPH), Settings::default(), Tokens::default()));
    assert_eq!(
        get_from(router, "/sparql/terms.json?lang=xx", "*/*").await.status,
        StatusCode::OK,
        "an unknown language is English"
    );
}

#[tokio::test]
async fn the_published_questions_are_examples_with_what_can_be_asked_of_them() {
    let answer = get("/sparql?lang=fr").await;
    let page = Html::parse_document(&answer.body);
    let examples: Vec<String> =
        page.select(&select("#examples + .cards a")).map(|a| a.attr("href").unwrap().to_owned()).collect();
    assert!(examples.contains(&"/queries/dol-agriculture".to_owned()) && examples.len() > 20, "{examples:?}");
    let card = page.select(&select("#examples + .cards li")).find(|li| li.inner_html().contains("/queries/laws\""));
    let words = card.unwrap().text().collect::<String>();
    assert!(words.contains("country") && words.contains("pays"), "{words}");
    assert!(!words.contains("lang "), "the language is that of the page: {words}");
    // Without scripts it is a form that anybody can send.
    let form = page.select(&select("form.query[action='/sparql'][method=get]")).next().unwrap();
    assert!(
        form.select(&select("label[for=query-text]")).next().is_some()
            && form.select(&select("textarea[name=query]")).next().is_some()
    );
}

#[tokio::test]
async fn a_result_has_an_address_that_shows_it_again() {
    let query = "SELECT ?country (COUNT(?p) AS ?programmes) { ?p a flg:Programme ; flg:country ?country } GROUP BY ?country";
    let answer = get(&format!("/sparql?query={}", encode(query))).await;
    let page = Html::parse_document(&answer.body);
    let address = page.select(&select(".result a")).find(|a| a.text().collect::<String>() == "Permanent address of this query");
    let again = get(address.unwrap().attr("href").unwrap()).await;
    assert_eq!(again.body, answer.body);

    let published = get("/queries/laws?country=Mexico").await;
    let page = Html::parse_document(&published.body);
    let address = page.select(&select(".result a")).find(|a| a.text().collect::<String>() == "Permanent address of this query");
    let address = address.unwrap().attr("href").unwrap().to_owned();
    assert!(address.starts_with("/queries/laws?country=Mexico"), "{address}");
    get(&address).await;
}

#[tokio::test]
async fn pages_of_large_results_stay_small_and_say_what_they_leave_out() {
    for query in ["SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 5000", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5000"] {
        let answer = get(&format!("/sparql?query={}", encode(query))).await;
        let shown = Html::parse_document(&answer.body).select(&select(".result tbody tr")).count();
        assert!((100..1_000).contains(&shown), "{shown} rows of `{query}`");
        assert!(answer.text().contains(&format!("The first {shown} are shown here")), "{query}");
    }
    // One value that is as long as a book: its beginning is shown, and the rest is said to be missing.
    let long = "SELECT (CONCAT(?a, ?a, ?a, ?a) AS ?b) { VALUES ?x { \"word \" } BIND(CONCAT(?x,?x,?x,?x,?x,?x,?x,?x,?x,?x) AS ?y) \
                BIND(CONCAT(?y,?y,?y,?y,?y,?y,?y,?y,?y,?y,?y,?y,?y,?y,?y,?y,?y,?y,?y,?y) AS ?z) BIND(CONCAT(?z,?z,?z,?z,?z,?z) AS ?w) \
                BIND(CONCAT(?w,?w,?w,?w,?w,?w,?w,?w,?w,?w) AS ?a) }";
    let answer = get(&format!("/sparql?query={}", encode(long))).await;
    assert!(answer.body.contains("word word…") || answer.body.contains("word …"), "the value is not cut");
}

#[tokio::test]
async fn the_editor_is_fetched_behind_the_page_and_asks_nobody_else() {
    if !bundled() {
        return;
    }
    for path in ["/sparql", "/queries/laws"] {
        let answer = get(path).await;
        let page = Html::parse_document(&answer.body);
        let form = page.select(&select("form.query")).next().unwrap();
        assert_eq!(form.attr("data-editor"), assets::address("editor.js").as_deref(), "{path}");
        let scripts: Vec<_> = page.select(&select("script[src]")).map(|script| script.attr("src").unwrap()).collect();
        assert!(scripts.iter().all(|script| !script.contains("editor.js")), "{path} waits for the editor: {scripts:?}");
    }
    for name in ["editor.js", "query.js"] {
        let script = String::from_utf8_lossy(&assets::all()[name].content);
        for outside in ["prefix.cc", "lov.linkeddata", "dbpedia.org", "wikidata.org"] {
            assert!(!script.contains(outside), "{name} knows {outside}");
        }
    }
}
