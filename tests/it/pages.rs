//! The pages over the graph of the bundled report: what a reader sees of a real conversion.

use super::serve::{Answer, get_from};
use axum::Router;
use axum::http::StatusCode;
use forced_labour_graph::config::Tokens;
use forced_labour_graph::convert::Converter;
use forced_labour_graph::read;
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use forced_labour_graph::store::{Embedded, Store};
use oxigraph::model::Quad;
use std::path::Path;
use std::sync::{Arc, LazyLock};

pub(crate) static GRAPH: LazyLock<Arc<dyn Store>> = LazyLock::new(|| store_of(&["data/reports/mexico-2021-p029.es.txt"]));

/// A store in memory with the reports in these files of the repository.
pub(crate) fn store_of(files: &[&str]) -> Arc<dyn Store> {
    store_with(files, Vec::new())
}

/// The same, with some statements more.
pub(crate) fn store_with(files: &[&str], mut quads: Vec<Quad>) -> Arc<dyn Store> {
    let converter = Converter::load().unwrap();
    quads.extend_from_slice(converter.base_quads());
    for file in files {
        let document = read::file(&Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        quads.extend(converter.convert(&document).unwrap().quads());
    }
    let mut graphs: Vec<_> = quads.iter().map(|quad| quad.graph_name.clone()).collect();
    graphs.sort_by_key(ToString::to_string);
    graphs.dedup();
    let named = graphs.into_iter().map(|graph| match graph {
        oxigraph::model::GraphName::NamedNode(name) => name,
        other => panic!("{other}"),
    });
    let store = Embedded::in_memory().unwrap();
    store.replace(&named.collect::<Vec<_>>(), &mut quads.into_iter()).unwrap();
    Arc::new(store)
}

fn site() -> Router {
    serve::router(App::new(Arc::clone(&GRAPH), Settings::default(), Tokens::default()))
}

async fn page(path: &str) -> Answer {
    let answer = get_from(site(), path, "text/html").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer
}

#[tokio::test]
async fn the_home_page_counts_in_words_and_lists_converted_reports_only() {
    let home = page("/").await.text();
    for words in ["14 government bodies", "3 programmes", "1 company", "Country baseline – Mexico 2021 (P029) Mexico, 2021"] {
        assert!(home.contains(words), "{words}: {home}");
    }
    // Levels and statuses are no things that a report speaks of, and a document that it only mentions was not converted.
    assert!(!home.contains("Levels of importance") && !home.contains("informe público más reciente"), "{home}");
    let spanish = page("/?lang=es").await.text();
    assert!(spanish.contains("14 organismos gubernamentales"), "{spanish}");
}

#[tokio::test]
async fn a_report_stands_question_by_question_as_it_was_printed() {
    let report = page("/page/id/report/mex-2021-p029").await;
    let text = report.text();
    assert!(text.contains("Left unanswered 66 67 72 73 83 84 The report"), "{text}");
    assert!(text.contains("92. ¿A qué organizaciones de empleadores se envió la memoria?"), "{text}");
    assert!(!text.contains("No answer was given"), "a section was taken for an unanswered question: {text}");
    assert!(!text.contains("92 92."), "the number stands twice: {text}");
    assert!(report.body.contains("<mark"), "nothing is marked as understood");
}

#[tokio::test]
async fn sentences_of_which_nothing_was_understood_are_told_apart_and_counted() {
    let report = page("/page/id/report/mex-2021-p029").await;
    let answers = report.body.split_once("id=\"answers\"").unwrap().1;
    let unread = |words: &str| regex::Regex::new(&format!("<span class=\"unread\">[^<]*{words}")).unwrap().is_match(answers);
    // Of the one sentence a statement was made, of the other none.
    assert!(!unread("proyecto de cooperación financiado por"), "what is marked is not unread");
    let spans: Vec<&str> = answers.split("<span class=\"unread\">").skip(2).map(|rest| rest.split('<').next().unwrap()).collect();
    assert!(!spans.is_empty() && spans.iter().all(|text| text.split_whitespace().count() >= 3), "{spans:?}");
    let told = regex::Regex::new(r"On (\d+) of (\d+) sentences").unwrap();
    let counts = told.captures(&report.text()).map(|found| [1, 2].map(|i| found[i].parse::<usize>().unwrap()));
    let [without, all] = counts.unwrap_or_else(|| panic!("{}", report.text()));
    // A list within a sentence begins new lines, so that there may be more pieces than sentences.
    assert!(0 < without && without < all && without <= spans.len(), "{without} of {all}, {} pieces", spans.len());
    let baseline = page("/page/id/report/mex-2021-p029?lang=es").await.text();
    assert!(baseline.contains("frases de las respuestas no se basa ninguna afirmación"), "{baseline}");
}

#[tokio::test]
async fn facts_come_in_the_order_of_the_ontology_with_whole_words_around_their_quotes() {
    let text = page("/page/id/programme/senderos").await.text();
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(place("funded by") < place("implemented by") && place("implemented by") < place("addresses issue"));
    let quote = "Mejora en el Cumplimiento de las Condiciones Laborales Internacionales en el Sector Agrícola de México - SENDEROS, \
        proyecto de cooperación financiado por el Departamento de Trabajo (DOL) de los Estados Unidos";
    assert!(text.contains(&format!("La STPS colabora con el proyecto {quote} e instrumentado por la ONG Verité")), "{text}");
}

#[tokio::test]
async fn a_published_question_answers_on_a_page_and_as_data() {
    let list = page("/queries").await.text();
    assert!(list.contains("Projects funded by the United States Department of Labor that target agriculture"), "{list}");

    let asked = page("/queries/dol-agriculture").await;
    let text = asked.text();
    assert!(text.contains("Campos de Esperanza") && text.contains("SENDEROS") && !text.contains("REFRAME"), "{text}");
    assert!(asked.body.contains(r#"<a href="/page/id/programme/senderos""#), "programmes are no links: {}", asked.body);
    let column = |name: &str| asked.body.contains(&format!("<th scope=\"col\">{name}</th>"));
    assert!(column("funding quote") && !column("programmeLabel"), "columns are named for programs: {text}");
    let spanish = page("/queries/dol-agriculture?lang=es").await.text();
    assert!(spanish.contains("Proyectos financiados por") && spanish.contains("caña de azúcar"), "{spanish}");

    let csv = get_from(site(), "/queries/dol-agriculture?country=Mexico&format=csv", "*/*").await;
    assert!(csv.header("content-type").starts_with("text/csv") && csv.body.lines().count() > 1, "{}", csv.body);
    let json = get_from(site(), "/queries/dol-agriculture", "application/sparql-results+json").await;
    let json: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert!(!json["results"]["bindings"].as_array().unwrap().is_empty());

    let none = page("/queries/dol-agriculture?country=Ghana").await.text();
    assert!(none.contains("nothing in the graph matches it"), "{none}");
}

#[tokio::test]
async fn a_published_question_refuses_what_it_cannot_be_asked() {
    for (path, status, words) in [
        ("/queries/dol-agriculture?country=Ghanna", StatusCode::BAD_REQUEST, "did you mean `Ghana`"),
        ("/queries/dol-agriculture?year=last", StatusCode::BAD_REQUEST, "a year of four digits"),
        ("/queries/dol-agriculture?colour=red", StatusCode::BAD_REQUEST, "`colour` is no parameter"),
        ("/queries/dol-agriculture?format=docx", StatusCode::NOT_ACCEPTABLE, "`docx` is no format"),
        ("/queries/no-such-question", StatusCode::NOT_FOUND, "`/queries` lists the published questions"),
    ] {
        let answer = get_from(site(), path, "application/json").await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        assert!(answer.body.contains(words), "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_question_is_asked_on_a_page_and_by_programs() {
    let home = page("/").await.body;
    assert!(home.contains("action=\"/ask\""), "the home page has no box for questions");
    let question = "/ask?q=Which%20projects%20does%20the%20DOL%20fund%3F";
    let answer = page(question).await.body;
    for expected in
        ["Campos de Esperanza", "financiado por el DOL de EUA", "flg:fundedBy", "format=csv", "format=ttl", "/sparql?query="]
    {
        assert!(answer.contains(expected), "`{expected}` is not in the page");
    }
    let api = get_from(site(), "/api/ask?q=Who%20funds%20SENDEROS%3F", "application/json").await;
    let json: serde_json::Value = serde_json::from_str(&api.body).unwrap();
    assert_eq!(json["status"], "answered");
    assert_eq!(json["answers"][0]["iri"], "https://w3id.org/forced-labour-graph/id/organization/usa-dol");
    let csv = get_from(site(), &format!("{question}&format=csv"), "*/*").await.body;
    assert!(csv.starts_with("label,iri,value,quote,report,question,page,claim"), "{csv}");
    assert!(csv.contains("programme/senderos"), "{csv}");
    let turtle = get_from(site(), &format!("{question}&format=ttl"), "*/*").await.body;
    assert!(turtle.contains("flg:Claim") && turtle.contains("financiado por"), "{turtle}");
    let refused = page("/ask?q=Which%20purple%20projects%3F").await.body;
    assert!(refused.contains("purple") && refused.contains("SENDEROS"), "no examples beside a question that is not understood");
    let nothing = get_from(site(), "/api/ask?q=", "application/json").await;
    assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
    let next = get_from(site(), "/api/suggest?q=Who%20funds%20SEND", "application/json").await.body;
    assert!(next.contains("SENDEROS"), "{next}");
}

#[tokio::test]
async fn what_can_come_next_is_shown_by_a_script_of_our_own() {
    for path in ["/?lang=es", "/ask?lang=es"] {
        let body = page(path).await.body;
        let script = body.split("<script src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        assert!(script.starts_with("/static/ask.js?v="), "{path} has no script");
        let run = body.matches("<script").count() - body.matches("<script type=\"application/ld+json\">").count();
        assert!(
            run == body.matches("<script src=\"/static/").count() && !body.contains(" onclick="),
            "{path} has a script inside"
        );
        let served = get_from(site(), script, "*/*").await;
        assert_eq!(served.status, StatusCode::OK);
        assert!(served.body.contains("aria-activedescendant"), "{}", served.body);
        let address = body.split("data-suggest=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let address = format!("{}SENDER", address.replace("&#38;", "&").replace("&amp;", "&"));
        let all: Vec<String> = serde_json::from_str(&get_from(site(), &address, "application/json").await.body).unwrap();
        assert!(all.first().is_some_and(|text| text.ends_with("SENDEROS")), "{address}: {all:?}");
        assert!(body.contains("action=\"/ask\""), "{path} needs its script to ask");
    }
}
