//! `SERVICE`: which endpoints a query may ask, where their names may lead, and what becomes of one that is slow, endless or wrong.

use crate::serve::{embedded, get_from};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Router, extract::State};
use forced_labour_graph::config::{Services, Tokens};
use forced_labour_graph::serve::form::encode;
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const JSON: &str = "application/sparql-results+json";
const SENDEROS: &str = "https://w3id.org/forced-labour-graph/id/programme/senderos";

/// Another endpoint, and what it was asked.
#[derive(Clone, Default)]
struct Other {
    asked: Arc<AtomicUsize>,
    last: Arc<Mutex<(HeaderMap, String)>>,
    port: u16,
}

async fn good(State(other): State<Other>, headers: HeaderMap, body: String) -> Response {
    other.asked.fetch_add(1, Ordering::SeqCst);
    *other.last.lock().unwrap() = (headers, body);
    let rows = format!(
        "{{\"head\":{{\"vars\":[\"p\",\"note\"]}},\"results\":{{\"bindings\":[{{\"p\":{{\"type\":\"uri\",\"value\":\"{SENDEROS}\"}},\
         \"note\":{{\"type\":\"literal\",\"xml:lang\":\"es\",\"value\":\"de otra parte\"}}}}]}}}}"
    );
    ([(header::CONTENT_TYPE, JSON)], rows).into_response()
}

async fn xml() -> Response {
    let rows = format!(
        "<?xml version=\"1.0\"?><sparql xmlns=\"http://www.w3.org/2005/sparql-results#\"><head><variable name=\"p\"/></head>\
         <results><result><binding name=\"p\"><uri>{SENDEROS}</uri></binding></result></results></sparql>"
    );
    ([(header::CONTENT_TYPE, "application/sparql-results+xml; charset=utf-8")], rows).into_response()
}

fn moved(to: String) -> Response {
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
}

/// The parts of a body without end.
struct Endless;

impl futures_core::Stream for Endless {
    type Item = Result<Bytes, std::io::Error>;
    fn poll_next(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(Some(Ok(Bytes::from(vec![b' '; 64 << 10]))))
    }
}

async fn other() -> Other {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let other = Other { port: listener.local_addr().unwrap().port(), ..Other::default() };
    let port = other.port;
    let router = Router::new()
        .route("/good", post(good))
        .route("/xml", post(xml))
        .route("/to-good", post(async || moved("/good".to_owned())))
        .route("/to-forbidden", post(async move || moved(format!("http://127.0.0.1:{port}/forbidden"))))
        .route("/round", post(async || moved("/round".to_owned())))
        .route("/forbidden", post(good))
        .route("/slow", post(async || tokio::time::sleep(Duration::from_mins(1)).await))
        .route("/endless", post(async || ([(header::CONTENT_TYPE, JSON)], Body::from_stream(Endless))))
        .route("/wrong", post(async || ([(header::CONTENT_TYPE, JSON)], "{\"head\":{\"vars\":[\"p\"]},\"results\":{\"bind")))
        .route("/html", post(async || ([(header::CONTENT_TYPE, "text/html")], "<p>")))
        .route("/yes", post(async || ([(header::CONTENT_TYPE, JSON)], "{\"head\":{},\"boolean\":true}")))
        .route("/broken", post(async || StatusCode::INTERNAL_SERVER_ERROR))
        .with_state(other.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    other
}

impl Other {
    fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }
    /// A server of ours that may ask some of its addresses.
    fn asked_by(&self, private: bool, paths: &[&str]) -> Router {
        let allow = paths.iter().map(|path| if path.contains("://") { (*path).to_owned() } else { self.at(path) }).collect();
        let services = Services { allow, private, timeout: Duration::from_millis(700), bytes: 1 << 20 };
        let store = embedded().with_services(services);
        serve::router(App::new(Arc::new(store), Settings::default(), Tokens::default()))
    }
}

/// The status and the text of an answer.
async fn ask(server: &Router, query: &str) -> (u16, String) {
    let answer = get_from(server.clone(), &format!("/sparql?query={}", encode(query)), "text/csv").await;
    (answer.status.as_u16(), answer.body)
}

fn service(address: &str) -> String {
    format!("SELECT ?p ?f {{ SERVICE <{address}> {{ ?p <urn:noted> ?note }} ?p flg:fundedBy ?f }}")
}

#[tokio::test(flavor = "multi_thread")]
async fn endpoints_that_are_allowed_are_asked_and_their_answers_joined() {
    let other = other().await;
    let server = other.asked_by(true, &["good", "xml", "to-good"]);
    for path in ["good", "xml", "to-good"] {
        let (status, told) = ask(&server, &service(&other.at(path))).await;
        assert!(status == 200 && told.contains("senderos,") && told.contains("usa-dol"), "{path}: {status} {told}");
    }
    let (headers, query) = other.last.lock().unwrap().clone();
    assert!(query.contains("<urn:noted>") && !query.contains("fundedBy"), "only its part is sent: {query}");
    assert!(headers.get("cookie").is_none() && headers.get("authorization").is_none(), "{headers:?}");
    assert_eq!(headers["content-type"], "application/sparql-query");
    // What is sent means what was asked: operators bind, and filters reach, as they did.
    let part = "?p <urn:noted> ?note OPTIONAL { ?p <urn:a> ?a FILTER((STRLEN(?note) + 1) * 2 > 2 && !(?a = 1 || ?a = 2)) }";
    let (status, told) = ask(&server, &format!("SELECT ?p {{ SERVICE <{}> {{ {part} }} }}", other.at("good"))).await;
    assert_eq!(status, 200, "{told}");
    let sent = other.last.lock().unwrap().1.clone();
    let pattern = |text: &str| match spargebra::SparqlParser::new().parse_query(text).unwrap() {
        spargebra::Query::Select { pattern: spargebra::algebra::GraphPattern::Project { inner, .. }, .. } => *inner,
        other => panic!("{other}"),
    };
    assert_eq!(pattern(&sent), pattern(&format!("SELECT * {{ {part} }}")), "{sent}");
    // A variable may name it, if what it means is allowed.
    let named = |address: &str| format!("SELECT ?p {{ VALUES ?x {{ <{address}> }} SERVICE ?x {{ ?p <urn:noted> ?note }} }}");
    let (status, told) = ask(&server, &named(&other.at("good"))).await;
    assert!(status == 200 && told.contains("senderos"), "{status} {told}");
    let (status, told) = ask(&server, &named(&other.at("forbidden"))).await;
    assert!(status == 403 && told.contains("/forbidden"), "{status} {told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn endpoints_that_are_not_allowed_are_not_asked() {
    let other = other().await;
    let server = other.asked_by(true, &["good", "to-forbidden", "round"]);
    for (address, status, words) in [
        (other.at("forbidden"), 403, "service-allow"),
        (other.at("good?x=1"), 403, "service-allow"),
        (format!("http://localhost:{}/good", other.port), 403, "service-allow"),
        (format!("http://user@127.0.0.1:{}/good", other.port), 403, "service-allow"),
        ("file:///etc/passwd".to_owned(), 403, "service-allow"),
        ("urn:x".to_owned(), 403, "service-allow"),
        (other.at("to-forbidden"), 403, "/forbidden"),
        (other.at("round"), 502, "more than 3 times"),
    ] {
        let (found, told) = ask(&server, &service(&address)).await;
        assert!(found == status && told.contains(words), "{address}: {found} {told}");
    }
    assert_eq!(other.asked.load(Ordering::SeqCst), 0, "nobody was asked");
    let nobody = other.asked_by(true, &[]);
    let (status, told) = ask(&nobody, "SELECT * { SERVICE ?x { ?s ?p ?o } }").await;
    assert!(status == 403 && told.contains("?x"), "{status} {told}");
    let (status, told) = ask(&nobody, &format!("SELECT * {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}", other.at("good"))).await;
    assert_eq!((status, other.asked.load(Ordering::SeqCst)), (200, 0), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_lead_into_the_own_network_are_refused_unless_that_is_allowed() {
    let other = other().await;
    let named = format!("http://localhost:{}/good", other.port);
    let mapped = format!("http://[::ffff:127.0.0.1]:{}/good", other.port);
    let odd = format!("http://0x7f.1:{}/good", other.port);
    let all = ["good", named.as_str(), mapped.as_str(), odd.as_str()];
    let server = other.asked_by(false, &all);
    for address in [other.at("good"), named.clone(), mapped.clone(), odd.clone(), "http://169.254.169.254/latest".to_owned()] {
        let (status, told) = ask(&server, &service(&address)).await;
        let allowed = !address.contains("169.254");
        assert!(
            status == 403 && told.contains(if allowed { "this machine" } else { "service-allow" }),
            "{address}: {status} {told}"
        );
    }
    assert_eq!(other.asked.load(Ordering::SeqCst), 0, "nobody was asked");
    let trusting = other.asked_by(true, &all);
    let (status, told) = ask(&trusting, &service(&named)).await;
    assert!(status == 200 && told.contains("senderos"), "{status} {told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_slow_endless_or_wrong_ends_in_an_error_or_silence() {
    let other = other().await;
    let paths = ["slow", "endless", "wrong", "html", "yes", "broken"];
    let server = other.asked_by(true, &paths);
    for (path, words) in [
        ("slow", "service-timeout"),
        ("endless", "service-bytes"),
        ("wrong", "no SPARQL Results in JSON"),
        ("html", "`text/html`"),
        ("yes", "yes or no"),
        ("broken", "500"),
    ] {
        let begun = Instant::now();
        let (status, told) = ask(&server, &service(&other.at(path))).await;
        assert!(status == 502 && told.contains("service-failed") && told.contains(words), "{path}: {status} {told}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{path}: {:?}", begun.elapsed());
        let silent = format!("SELECT ?f {{ ?p flg:fundedBy ?f SERVICE SILENT <{}> {{ ?p <urn:noted> ?note }} }}", other.at(path));
        let (status, told) = ask(&server, &silent).await;
        assert!(status == 200 && told.contains("usa-dol"), "{path}: {status} {told}");
    }
}

/// The engine may ask anew for each row.
#[tokio::test(flavor = "multi_thread")]
async fn one_query_does_not_ask_without_end() {
    let other = other().await;
    let server = other.asked_by(true, &["good"]);
    let rows = (0..300).map(|i| i.to_string()).collect::<Vec<_>>().join(" ");
    let address = other.at("good");
    let query = format!(
        "SELECT * {{ VALUES (?x ?n) {{ {} }} SERVICE ?x {{ ?p <urn:noted> ?note }} }}",
        rows.split(' ').map(|n| format!("(<{address}> {n})")).collect::<Vec<_>>().concat()
    );
    let (status, told) = ask(&server, &query).await;
    assert!(status == 502 && told.contains("50 times"), "{status} {told}");
    assert!(other.asked.load(Ordering::SeqCst) <= 50);
}
