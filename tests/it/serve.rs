//! The server, driven without a socket: the SPARQL protocol, pages, linked data, limits.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use forced_labour_graph::config::Tokens;
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use forced_labour_graph::store::{Embedded, Store};
use http_body_util::BodyExt;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceExt;

const DATA: &str = include_str!("fixtures/serve.trig");

pub(super) struct Answer {
    pub(super) status: StatusCode,
    headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> String {
        let values = self.headers.get_all(name).iter().map(|value| value.to_str().unwrap().to_owned());
        values.collect::<Vec<_>>().join(", ")
    }
    /// The text that a reader sees: tags and line ends folded.
    pub(super) fn text(&self) -> String {
        let tags = regex::Regex::new("<[^>]*>").unwrap();
        tags.replace_all(&self.body, " ").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The server over the fixture, each time a store of its own.
fn app(settings: Settings) -> Router {
    serve::router(App::new(store(), settings, Tokens::default()))
}

fn site() -> Router {
    app(Settings::default())
}

pub(super) async fn send(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(bytes.to_vec()).unwrap() }
}

async fn get(path: &str, accept: &str) -> Answer {
    get_from(site(), path, accept).await
}

pub(super) async fn get_from(router: Router, path: &str, accept: &str) -> Answer {
    send(router, Request::get(path).header(header::ACCEPT, accept).body(Body::empty()).unwrap()).await
}

async fn post(content_type: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post("/sparql").header(header::CONTENT_TYPE, content_type);
    send(site(), request.header(header::ACCEPT, "text/csv").body(body.into()).unwrap()).await
}

fn encode(query: &str) -> String {
    query
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn sparql(query: &str) -> String {
    format!("/sparql?query={}", encode(query))
}

const HTML: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const FUNDERS: &str = "PREFIX flg: <https://w3id.org/forced-labour-graph/ontology#> \
    SELECT ?p ?f WHERE { ?p flg:fundedBy ?f }";
const FUNDED: &str = "https://w3id.org/forced-labour-graph/id/programme/senderos,\
    https://w3id.org/forced-labour-graph/id/organization/usa-dol";

#[tokio::test]
async fn a_query_may_come_three_ways() {
    let by_get = get(&sparql(FUNDERS), "text/csv").await;
    let by_form = post("application/x-www-form-urlencoded; charset=utf-8", format!("query={}", encode(FUNDERS))).await;
    let directly = post("application/sparql-query", FUNDERS).await;
    for answer in [by_get, by_form, directly] {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(answer.body, format!("p,f\r\n{FUNDED}\r\n"));
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert!(answer.header("vary").contains("Accept"), "{}", answer.header("vary"));
    }
}

#[tokio::test]
async fn rows_come_in_every_format_that_is_asked_for() {
    let formats = [
        ("application/sparql-results+json", "\"bindings\":[{"),
        ("application/json", "\"bindings\":[{"),
        ("application/sparql-results+xml", "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">"),
        ("text/csv", "p,f\r\n"),
        ("text/tab-separated-values", "?p\t?f\n"),
        ("text/csv;q=0.1, text/tab-separated-values;q=0.2, image/png", "?p\t?f\n"),
        ("*/*", "\"bindings\":[{"),
    ];
    for (accept, expected) in formats {
        let answer = get(&sparql(FUNDERS), accept).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains(expected) && answer.body.contains("programme/senderos"), "{accept}: {}", answer.body);
    }
    let yes = get(&sparql("ASK { ?s ?p ?o }"), "application/sparql-results+json").await;
    assert!(yes.body.contains("\"boolean\":true"), "{}", yes.body);
    assert_eq!(get(&sparql("ASK { <urn:no> ?p ?o }"), "text/csv").await.body.trim(), "false");
}

#[tokio::test]
async fn triples_come_in_every_format_that_is_asked_for() {
    let query = "PREFIX flg: <https://w3id.org/forced-labour-graph/ontology#> CONSTRUCT { ?p flg:fundedBy ?f } WHERE { ?p flg:fundedBy ?f }";
    let formats = [
        ("text/turtle", "flg:fundedBy"),
        ("application/n-triples", "<https://w3id.org/forced-labour-graph/ontology#fundedBy>"),
        ("application/ld+json", "\"@id\":\"https://w3id.org/forced-labour-graph/id/programme/senderos\""),
        ("application/rdf+xml", "<rdf:RDF"),
        ("application/trig", "flg:fundedBy"),
        ("application/n-quads", "<https://w3id.org/forced-labour-graph/ontology#fundedBy>"),
        ("*/*", "@prefix flg:"),
    ];
    for (accept, expected) in formats {
        let answer = get(&sparql(query), accept).await;
        assert_eq!(answer.status, StatusCode::OK, "{accept}: {}", answer.body);
        assert!(answer.body.contains(expected), "{accept}: {}", answer.body);
        if accept != "*/*" {
            assert!(answer.header("content-type").starts_with(accept), "{accept}: {}", answer.header("content-type"));
        }
    }
    let described = get(&sparql("DESCRIBE <https://w3id.org/forced-labour-graph/id/programme/senderos>"), "text/turtle").await;
    assert!(described.body.contains("SENDEROS"), "{}", described.body);
}

#[tokio::test]
async fn the_dataset_may_be_named_in_the_request() {
    let count = "SELECT (COUNT(*) AS ?n) WHERE { ?s <https://w3id.org/forced-labour-graph/ontology#fundedBy> ?o }";
    let graph = encode("https://w3id.org/forced-labour-graph/graph/report/tst-2021-p029");
    let other = encode("https://w3id.org/forced-labour-graph/graph/authority");
    assert_eq!(get(&sparql(count), "text/csv").await.body, "n\r\n1\r\n");
    assert_eq!(get(&format!("{}&default-graph-uri={graph}", sparql(count)), "text/csv").await.body, "n\r\n1\r\n");
    assert_eq!(get(&format!("{}&default-graph-uri={other}", sparql(count)), "text/csv").await.body, "n\r\n0\r\n");
    let named = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }";
    let answer = get(&format!("{}&named-graph-uri={other}", sparql(named)), "text/csv").await;
    assert_eq!(answer.body, "g\r\nhttps://w3id.org/forced-labour-graph/graph/authority\r\n");
    let answer = get(&format!("{}&default-graph-uri=not%20an%20iri", sparql(count)), "text/csv").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_cannot_be_served_is_refused_with_a_remedy() {
    let answer = get(&sparql(FUNDERS), "image/png").await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert!(answer.body.contains("application/sparql-results+json") && answer.body.contains("text/csv"), "{}", answer.body);

    let answer = get(&sparql("SELECT * WHERE {\n  ?s ?p }"), "text/csv").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.starts_with("query-syntax") && answer.body.contains("line 2"), "{}", answer.body);
    assert!(answer.body.contains("hint:"), "{}", answer.body);

    let answer = post("text/plain", FUNDERS).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(answer.body.contains("application/sparql-query"), "{}", answer.body);

    let answer = send(site(), Request::delete("/sparql").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.header("allow").contains("GET") && answer.header("allow").contains("POST"), "{}", answer.header("allow"));

    let answer = post("application/x-www-form-urlencoded", "update=CLEAR%20ALL").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(post("application/x-www-form-urlencoded", "nothing=1").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(post("application/sparql-query", vec![0xff, 0xfe]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(get("/sparql?query=a&query=b", "text/csv").await.status, StatusCode::BAD_REQUEST);

    let service = get(&sparql("SELECT * WHERE { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }"), "application/json").await;
    assert!(service.status.is_client_error(), "{}", service.status);
    let problem: serde_json::Value = serde_json::from_str(&service.body).unwrap();
    assert!(problem["detail"].as_str().unwrap().contains("SERVICE"), "{}", service.body);
    assert_eq!(service.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn a_limit_that_is_struck_is_named_and_nothing_is_cut_short() {
    let few = app(Settings { max_rows: 5, ..Settings::default() });
    let answer = get_from(few.clone(), &sparql("SELECT * WHERE { ?s ?p ?o }"), "text/csv").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.starts_with("row-limit") && answer.body.contains('5'), "{}", answer.body);
    let answer = get_from(few.clone(), &sparql("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"), "text/turtle").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Of texts none, whose line breaks would be counted as rows.
    let answer = get_from(few, &sparql("SELECT ?s WHERE { ?s ?p ?o } LIMIT 5"), "text/csv").await;
    assert_eq!((answer.status, answer.body.lines().count()), (StatusCode::OK, 6));
}

/// Everything that is connected with anything: reads the store again and again.
const CONNECTED: &str = "SELECT (COUNT(*) AS ?n) WHERE { \
    ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c . ?c (!<urn:x>|^!<urn:x>)* ?d }";

/// A cross product is where the engine does not look at the clock: the answer comes in time all the same, and others are served.
#[test]
fn a_query_that_takes_too_long_is_stopped() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let hasty = app(Settings { query_timeout: Duration::from_millis(300), ..Settings::default() });
        let product = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j a ?k . ?l a ?m }";
        let reading = CONNECTED;
        for query in [product, reading] {
            let started = Instant::now();
            let answer = get_from(hasty.clone(), &sparql(query), "text/csv").await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{query}: {}", answer.body);
            assert!(answer.body.starts_with("query-timeout") && answer.body.contains("0.3 s"), "{}", answer.body);
            assert!(started.elapsed() < Duration::from_secs(5), "{query}: {:?}", started.elapsed());
        }
        assert_eq!(get_from(hasty, &sparql("ASK { ?s ?p ?o }"), "text/csv").await.status, StatusCode::OK, "others are served");
    });
    runtime.shutdown_background();
}

/// One slot, taken by a query whose client goes away: the next request gets it, because the query is cancelled.
#[tokio::test(flavor = "multi_thread")]
async fn a_query_is_cancelled_when_its_client_is_gone() {
    let narrow = app(Settings { concurrency: 1, query_timeout: Duration::from_mins(1), ..Settings::default() });
    let reading = CONNECTED;
    let gone = tokio::time::timeout(Duration::from_millis(300), get_from(narrow.clone(), &sparql(reading), "text/csv")).await;
    assert!(gone.is_err(), "the query takes longer than its client waits");
    let next = get_from(narrow, &sparql("ASK { ?s ?p ?o }"), "text/csv").await;
    assert_eq!(next.status, StatusCode::OK, "{}", next.body);
}

#[tokio::test]
async fn deep_nesting_does_not_end_the_server() {
    let braces = format!("SELECT * WHERE {}{}", "{".repeat(2_000), "}".repeat(2_000));
    let lists = format!("SELECT * WHERE {{ ?s ?p {}1{} }}", "(".repeat(1_000), ")".repeat(1_000));
    let unions = format!("SELECT * WHERE {{ {} }}", vec!["{ ?s ?p ?o }"; 2_000].join(" UNION "));
    let nots = format!("SELECT * WHERE {{ FILTER({}true) }}", "!".repeat(50_000));
    let long = format!("SELECT * WHERE {{ ?s ?p \"{}\" }}", "x".repeat(2 << 20));
    let router = app(Settings { query_timeout: Duration::from_secs(2), ..Settings::default() });
    for query in [braces, lists, unions, nots, long] {
        let request = Request::post("/sparql").header(header::CONTENT_TYPE, "application/sparql-query");
        let answer = send(router.clone(), request.body(query.into()).unwrap()).await;
        assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", answer.body);
    }
    assert_eq!(get_from(router, &sparql("ASK { ?s ?p ?o }"), "text/csv").await.status, StatusCode::OK);
}

#[tokio::test]
async fn people_see_a_form_and_a_table() {
    let form = get("/sparql", HTML).await;
    assert!(form.body.contains("<textarea") && form.body.contains("name=\"query\""), "{}", form.body);
    let description = get("/sparql", "text/turtle").await;
    assert!(description.body.contains("sd:SPARQL11Query") || description.body.contains("SPARQL11Query"), "{}", description.body);

    let table = get(&sparql(FUNDERS), HTML).await;
    assert_eq!(table.status, StatusCode::OK);
    assert!(
        table.body.contains("<th scope=\"col\">f</th>") && table.body.contains("href=\"/page/id/programme/senderos\""),
        "{}",
        table.body
    );
    assert!(table.body.contains("format=csv"), "downloads are offered");
    let csv = get(&format!("{}&format=csv", sparql(FUNDERS)), HTML).await;
    assert_eq!(csv.body, format!("p,f\r\n{FUNDED}\r\n"));

    let broken = get(&sparql("SELECT * WHERE { <b>bold</b> "), HTML).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    assert!(
        broken.body.contains("&lt;b&gt;bold") || broken.body.contains("&#60;b&#62;bold"),
        "the query comes back for mending, escaped"
    );
    assert!(!broken.body.contains("<b>bold"), "{}", broken.body);
}

#[tokio::test]
async fn a_resource_leads_to_its_page_or_its_data() {
    let path = "/id/organization/usa-dol";
    for (accept, place) in [
        (HTML, "/page/id/organization/usa-dol"),
        ("*/*", "/page/id/organization/usa-dol"),
        ("text/turtle", "/data/id/organization/usa-dol.ttl"),
        ("application/ld+json, text/html;q=0.5", "/data/id/organization/usa-dol.jsonld"),
        ("application/n-triples", "/data/id/organization/usa-dol.nt"),
        ("application/rdf+xml", "/data/id/organization/usa-dol.rdf"),
    ] {
        let answer = get(path, accept).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{accept}");
        assert_eq!(answer.header("location"), place);
        assert!(answer.header("vary").contains("Accept"));
        assert_eq!(get(place, accept).await.status, StatusCode::OK, "{place}");
    }
    // What was found to be the same thing leads to the one that is spoken of.
    let kept = get("/id/programme/senderos-mex-2022", HTML).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, "/id/programme/senderos".to_owned()));
    let kept = get("/page/id/programme/senderos-mex-2022", HTML).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, "/page/id/programme/senderos".to_owned()));
    assert_eq!(get(path, "image/png").await.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(get("/id/organization/nobody", "text/turtle").await.status, StatusCode::NOT_FOUND);

    let data = get("/data/id/programme/senderos.ttl", "*/*").await;
    assert!(data.body.contains("flg:fundedBy") && data.body.contains("oa:exact"), "facts and their evidence: {}", data.body);
    let quads = get("/data/id/programme/senderos.nq", "*/*").await;
    assert!(quads.body.contains("<https://w3id.org/forced-labour-graph/graph/report/tst-2021-p029> ."), "{}", quads.body);
    assert_eq!(get("/ontology", "text/html").await.header("location"), "/page/ontology");
    let graph = get("/graph/authority", "text/turtle").await;
    assert!(graph.status == StatusCode::OK && graph.body.contains("Francia"), "{}", graph.body);
    assert!(get("/data/graph/authority.nt", "*/*").await.body.contains("Francia"));
    assert_eq!(get("/data/id/programme/senderos.pdf", "*/*").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_entity_page_shows_facts_with_the_words_that_state_them() {
    let page = get("/page/id/programme/senderos", HTML).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let text = page.text();
    assert!(text.contains("funded by United States Department of Labor"), "{text}");
    assert!(text.contains("SENDEROS es financiado por el Departamento de Trabajo (DOL) de los Estados Unidos"), "{text}");
    assert!(page.body.contains("<blockquote lang=\"es\">"), "quotes say their language");
    assert!(page.body.contains("href=\"/page/id/report/tst-2021-p029#c"), "the passage is one click away");
    assert!(text.contains("Question 82, Reference framework – Mexico 2021"), "{text}");
    assert!(text.contains("cue-funded-by") && text.contains("0.95") && text.contains("not yet reviewed"), "{text}");
    assert!(text.contains("https://w3id.org/forced-labour-graph/id/programme/senderos"), "the canonical identifier is shown");
    assert!(text.contains("What follows from these facts"), "{text}");

    let funder = get("/page/id/organization/usa-dol", HTML).await.text();
    assert!(
        funder.contains("Facts about others that name it … funded by United States Department of Labor SENDEROS"),
        "{funder}"
    );
    assert!(funder.contains("Departamento de Trabajo (DOL) de los Estados Unidos"), "its name in the report: {funder}");
}

#[tokio::test]
async fn names_and_addresses_cannot_break_a_page() {
    let page = get("/page/id/programme/senderos", HTML).await;
    assert!(!page.body.contains("<script>"), "{}", page.body);
    assert!(page.body.contains("alert("), "the odd name is shown all the same");
    let report = get("/page/id/report/tst-2021-p029", HTML).await;
    assert!(!report.body.contains("href=\"javascript:"), "{}", report.body);
    let search = get("/search?q=%3Cscript%3E%22%27", HTML).await;
    assert!(!search.body.contains("<script") && search.status == StatusCode::OK, "{}", search.body);
    let missing = get("/page/id/%3Cscript%3E", HTML).await;
    assert!(!missing.body.contains("<script") && missing.status == StatusCode::NOT_FOUND, "{}", missing.body);
}

#[tokio::test]
async fn pages_speak_the_readers_language() {
    let spanish =
        Request::get("/page/id/country/mex").header(header::ACCEPT, HTML).header(header::ACCEPT_LANGUAGE, "es-MX,en;q=0.5");
    let page = send(site(), spanish.body(Body::empty()).unwrap()).await;
    assert!(page.body.contains("<html lang=\"es\">") && page.body.contains("<h1>México"), "{}", page.body);
    assert!(page.header("vary").contains("Accept-Language"));
    let french = get("/page/id/country/mex?lang=fr", HTML).await;
    assert!(french.body.contains("<html lang=\"fr\">") && french.body.contains("Mexique"), "{}", french.body);
    assert!(french.header("set-cookie").starts_with("lang=fr"), "the choice is remembered");
    let remembered = Request::get("/").header(header::COOKIE, "x=1; lang=fr").header(header::ACCEPT_LANGUAGE, "en");
    assert!(send(site(), remembered.body(Body::empty()).unwrap()).await.body.contains("<html lang=\"fr\">"));
    let english = get("/page/id/country/mex?lang=xx", HTML).await;
    assert!(english.body.contains("<html lang=\"en\">") && english.body.contains("hreflang=\"es\""), "{}", english.body);
    let kept = get("/search?q=mex&lang=es", HTML).await;
    assert!(
        kept.body.contains("href=\"/search?q=mex&#38;lang=fr\"") || kept.body.contains("href=\"/search?q=mex&amp;lang=fr\""),
        "{}",
        kept.body
    );
}

#[tokio::test]
async fn the_report_page_marks_what_was_understood() {
    let page = get("/page/id/report/tst-2021-p029?lang=en", HTML).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let answers = page.body.as_str();
    let marks: String =
        regex::Regex::new("(?s)<mark.*?</mark>").unwrap().find_iter(answers).map(|found| found.as_str()).collect();
    let marked = regex::Regex::new("<[^>]*>").unwrap().replace_all(&marks, "").into_owned();
    assert!(
        marked.contains(
            "SENDEROS es financiado por el Departamento de Trabajo (DOL) de los Estados Unidos y lo ejecuta World Vision"
        ),
        "{marked}"
    );
    assert!(marks.contains("href=\"/page/id/programme/senderos\""), "{marks}");
    assert!(marks.contains("SENDEROS — funded by — "), "{marks}");
    assert!(marks.contains("DOL"), "{marks}");
    for anchor in regex::Regex::new("id=\"(c[0-9]+)\"").unwrap().captures_iter(&page.body) {
        assert_eq!(page.body.matches(&format!("id=\"{}\"", &anchor[1])).count(), 1, "{}", &anchor[1]);
    }
    let link = regex::Regex::new("/page/id/report/tst-2021-p029#(c[0-9]+)").unwrap();
    for id in ["c1", "c2", "c3", "c4", "c5"] {
        let claim = get(&format!("/page/id/claim/{id}"), HTML).await;
        let anchor = link.captures(&claim.body).expect("a claim leads to its passage")[1].to_owned();
        assert!(answers.contains(&format!("id=\"{anchor}\"")), "{id} leads to {anchor}, which the answers lack");
    }
    let whole = "/page/id/report/tst-2021-p029?text=whole";
    assert!(answers.contains(&format!("href=\"{whole}\"")) && !answers.contains("MARCO DE REFERENCIA"), "{answers}");
    let full = get(whole, HTML).await;
    assert!(full.body.contains("MARCO DE REFERENCIA") && full.body.contains("<mark id=\"c"), "{}", full.body);
    assert_eq!(get("/page/id/programme/senderos?text=whole", HTML).await.status, StatusCode::NOT_FOUND);
    let text = page.text();
    assert!(text.contains("Left unanswered 83 Which other measures exist?"), "{text}");
    assert!(!text.contains("Left unanswered 82"), "{text}");
    assert!(text.contains("about country"), "{text}");
}

#[tokio::test]
async fn a_question_shows_the_answers_of_all_reports() {
    let text = get("/page/id/question/tst/90?lang=es", HTML).await.text();
    assert!(text.contains("¿Existe una norma?") && text.contains("No existe norma alguna."), "{text}");
    let none = get("/page/id/question/tst/83", HTML).await.text();
    assert!(none.contains("No report in the graph answers it"), "{none}");
    let answer = get("/page/id/answer/tst-2021-p029/82", HTML).await.text();
    assert!(
        answer.contains("What was understood here") && answer.contains("SENDEROS funded by United States Department of Labor"),
        "{answer}"
    );
}

#[tokio::test]
async fn the_home_page_leads_everywhere() {
    let home = get("/", HTML).await;
    assert!(home.body.contains("href=\"/page/list/Programme\""), "{}", home.body);
    assert!(home.body.contains("href=\"/page/list/id/scheme/issue\""), "{}", home.body);
    assert!(home.body.contains("href=\"/page/id/report/tst-2021-p029\""), "{}", home.body);
    let links = regex::Regex::new("href=\"(/[^\"]*)\"").unwrap();
    for link in links.captures_iter(&home.body) {
        let path = link[1].replace("&#38;", "&").replace("&amp;", "&");
        let answer = get(&path, HTML).await;
        assert!(answer.status == StatusCode::OK || answer.status == StatusCode::SEE_OTHER, "{path}: {}", answer.status);
    }
    let countries = get("/page/list/Country", HTML).await.text();
    assert!(countries.contains("Mexico") && !countries.contains("France"), "only what reports name: {countries}");
    assert!(get("/page/list/Country?all=1", HTML).await.text().contains("France"));
    assert_eq!(get("/page/list/Nonsense", HTML).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn search_finds_names_without_accents_and_case() {
    let found = get("/search?q=mexico", HTML).await;
    assert!(found.body.contains("href=\"/page/id/country/mex\""), "{}", found.body);
    assert!(get("/search?q=dol", HTML).await.body.contains("href=\"/page/id/organization/usa-dol\""));
    assert!(get("/search?q=departamento%20estados", HTML).await.body.contains("/page/id/organization/usa-dol"));
    let near = get("/search?q=senderas", HTML).await;
    assert!(near.body.contains("href=\"/page/id/programme/senderos\""), "a near name is offered: {}", near.body);
}

#[tokio::test]
async fn a_missing_page_offers_what_is_near() {
    let missing = get("/page/id/programme/sendero", HTML).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.body.contains("href=\"/page/id/programme/senderos\""), "{}", missing.body);
    let plain = get("/page/id/programme/sendero", "*/*").await;
    assert!(plain.body.starts_with("not-found: "), "{}", plain.body);
    assert_eq!(get("/nowhere/at/all", HTML).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_answer_is_guarded_and_assets_are_kept() {
    for path in ["/", "/sparql", "/nowhere", "/id/programme/senderos"] {
        let answer = get(path, HTML).await;
        assert!(answer.header("content-security-policy").contains("default-src 'self'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
    let home = get("/", HTML).await;
    let css = regex::Regex::new("href=\"(/static/flg.css[^\"]*)\"").unwrap().captures(&home.body).unwrap()[1].to_owned();
    let answer = get(&css, "text/css").await;
    assert!(answer.header("cache-control").contains("immutable") && answer.header("content-type").starts_with("text/css"));
    let outside = regex::Regex::new("(src|href)=\"(https?:)?//[^\"]*\"").unwrap();
    let outside: Vec<_> = outside.find_iter(&home.body).map(|found| found.as_str()).collect();
    assert!(outside.is_empty(), "nothing comes from elsewhere: {outside:?}");
    let preflight =
        Request::options("/sparql").header("origin", "https://example.org").header("access-control-request-method", "POST");
    let answer = send(site(), preflight.body(Body::empty()).unwrap()).await;
    assert!(answer.header("access-control-allow-methods").contains("POST"), "{:?}", answer.headers);
}

#[test]
fn the_words_of_pages_exist_in_all_languages() {
    let keys: std::collections::BTreeMap<_, _> = serve::texts::keys().collect();
    for (key, languages) in &keys {
        for (code, _) in serve::texts::LANGUAGES {
            assert!(languages.contains(code), "`{key}` lacks {code}");
        }
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let used = regex::Regex::new(r#"(?:\bt|\bfill|texts::text)\(\s*"([a-z.-]+)""#).unwrap();
    let mut count = 0;
    for folder in [
        "web/templates",
        "src/cli",
        "src/cli/show",
        "src/facts",
        "src/describe",
        "src/describe/cite",
        "src/serve",
        "src/serve/pages",
    ] {
        for file in
            std::fs::read_dir(root.join(folder)).unwrap().filter_map(|file| std::fs::read_to_string(file.unwrap().path()).ok())
        {
            for key in used.captures_iter(&file) {
                assert!(keys.contains_key(&key[1]), "`{}` is used, and `data/ui.toml` does not have it", &key[1]);
                count += 1;
            }
        }
    }
    assert!(count > 60, "the pattern finds the uses: {count}");
    for (_, name, _, heading, _) in serve::error::CODES {
        assert!(keys.contains_key(heading), "the code `{name}` has no heading");
    }
}

pub(super) fn store() -> Arc<dyn Store> {
    Arc::new(embedded())
}

/// The fixture in a store of its own.
pub(super) fn embedded() -> Embedded {
    let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::TriG).for_slice(DATA).collect::<Result<_, _>>().unwrap();
    let graphs = quads.iter().filter_map(|quad| match &quad.graph_name {
        GraphName::NamedNode(name) => Some(name.clone()),
        _ => None,
    });
    let graphs: Vec<_> = graphs.collect::<BTreeSet<_>>().into_iter().collect();
    let store = Embedded::in_memory().unwrap();
    store.replace(&graphs, &mut quads.into_iter()).unwrap();
    store
}
