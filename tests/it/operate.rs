//! What those see who run a server: whether it lives and can be asked, what it counts, by which id a request is known.

#![allow(clippy::float_cmp, clippy::cast_precision_loss)] // whole numbers, far below where that matters

use crate::clients;
use crate::shared::tell;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use forced_labour_graph::config::{DefaultGraph, MetricsAt, Right, Token, Tokens, digest};
use forced_labour_graph::serve::metrics::Shown;
use forced_labour_graph::serve::{self, form::encode, limits::App, limits::Settings};
use forced_labour_graph::store::{self as stores, Embedded, Part, Pattern, Store, StoreError, UpdateRequest, Visit, Write};
use http_body_util::BodyExt as _;
use oxigraph::model::{NamedNode, Quad, Triple};
use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tower::ServiceExt as _;

fn tokens() -> Tokens {
    let token = |name: &str, right| Token { name: name.to_owned(), sha256: digest(name), rights: vec![right] };
    Tokens(vec![token("writer", Right::Update), token("admin", Right::Admin)])
}

fn app(settings: Settings) -> (Arc<App>, Router) {
    let app = App::new(crate::serve::store(), settings, tokens());
    app.count().unwrap();
    (Arc::clone(&app), serve::router(app))
}

async fn send(to: &Router, request: Request<Body>) -> Response<Body> {
    to.clone().oneshot(request).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

async fn get(to: &Router, path: &str) -> (StatusCode, String) {
    let response = send(to, Request::get(path).header(header::ACCEPT, "text/csv, */*;q=0.1").body(Body::empty()).unwrap()).await;
    (response.status(), text(response).await)
}

async fn update(to: &Router, token: &str, update: &str) -> StatusCode {
    let request = Request::post("/update").header(header::CONTENT_TYPE, "application/sparql-update");
    let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    send(to, request.body(Body::from(update.to_owned())).unwrap()).await.status()
}

/// The samples of metrics, by name and labels, read strictly: each has a type that was told before it, and stands once.
async fn counts(to: &Router) -> BTreeMap<String, f64> {
    let response = send(to, Request::get("/metrics").body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/plain; version=0.0.4; charset=utf-8");
    let text = text(response).await;
    let (mut kinds, mut samples) = (BTreeMap::new(), BTreeMap::new());
    let name = regex::Regex::new(r"^[a-z_]+$").unwrap();
    let line_of = regex::Regex::new(r#"^([a-z_]+)(\{(?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*\})? (\S+)$"#).unwrap();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (metric, kind) = rest.split_once(' ').unwrap();
            assert!(name.is_match(metric) && ["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert!(kinds.insert(metric.to_owned(), kind.to_owned()).is_none(), "the type of `{metric}` is told twice");
        } else if let Some(help) = line.strip_prefix("# HELP ") {
            assert!(help.split_once(' ').is_some_and(|(_, words)| words.len() > 10), "{line}");
        } else {
            let parts = line_of.captures(line).unwrap_or_else(|| panic!("no sample: {line}"));
            let plain = ["_bucket", "_sum", "_count"].iter().find_map(|end| parts[1].strip_suffix(end)).unwrap_or(&parts[1]);
            let kind = kinds.get(&parts[1]).or_else(|| kinds.get(plain)).unwrap_or_else(|| panic!("no type: {line}"));
            assert_eq!(kind == "counter", parts[1].ends_with("_total"), "{line}");
            let key = format!("{}{}", &parts[1], parts.get(2).map_or("", |labels| labels.as_str()));
            assert!(samples.insert(key, parts[3].parse().unwrap()).is_none(), "twice: {line}");
        }
    }
    samples
}

fn of(counts: &BTreeMap<String, f64>, sample: &str) -> f64 {
    counts.get(sample).copied().unwrap_or_default()
}

#[tokio::test]
async fn counters_move_with_what_is_asked() {
    let (_, server) = app(Settings { max_rows: 5, query_timeout: Duration::from_millis(400), ..Settings::default() });
    let before = counts(&server).await;
    assert!(of(&before, "process_start_time_seconds") > 1.7e9);
    assert_eq!(of(&before, concat!("flg_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"}")), 1.0);
    let held = of(&before, "flg_store_triples");
    assert_eq!(held, crate::serve::store().len().unwrap() as f64);

    let query = |text: &str| format!("/sparql?query={}", encode(text));
    for _ in 0..2 {
        assert_eq!(get(&server, &query("ASK { ?s ?p ?o }")).await.0, 200); // the second is sent again
    }
    assert_eq!(get(&server, &query("SELECT * { ?s ?p ?o }")).await.0, 422);
    assert_eq!(get(&server, &query("SELECT nothing")).await.0, 400);
    assert_eq!(get(&server, &query("DESCRIBE <urn:none>")).await.0, 200);
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }";
    assert_eq!(get(&server, &query(endless)).await.0, 503);
    assert_eq!(get(&server, "/page/id/nothing/here").await.0, 404);
    assert_eq!(get(&server, "/no/such/place/4711").await.0, 404);
    assert_eq!(update(&server, "nobody", "CLEAR ALL").await, 401);
    // One of the two is there already.
    let insert = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 , 2 } } ; INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 2 } }";
    assert_eq!(update(&server, "writer", insert).await, 204);

    let after = counts(&server).await;
    let rose = |sample: &str| of(&after, sample) - of(&before, sample);
    for (sample, by) in [
        ("flg_queries_total{kind=\"ask\",outcome=\"answered\"}", 2.0),
        ("flg_queries_total{kind=\"select\",outcome=\"row-limit\"}", 1.0),
        ("flg_queries_total{kind=\"select\",outcome=\"query-syntax\"}", 1.0),
        ("flg_queries_total{kind=\"select\",outcome=\"query-timeout\"}", 1.0),
        ("flg_queries_total{kind=\"describe\",outcome=\"answered\"}", 1.0),
        ("flg_queries_total{kind=\"update\",outcome=\"answered\"}", 1.0),
        ("flg_result_cache_requests_total{result=\"hit\"}", 1.0),
        ("flg_result_cache_entries", 2.0),
        ("flg_http_rejected_total{reason=\"unauthorized\"}", 1.0),
        ("flg_http_requests_total{route=\"/sparql\",method=\"GET\",status=\"2xx\"}", 3.0),
        ("flg_http_requests_total{route=\"/page/{*path}\",method=\"GET\",status=\"4xx\"}", 1.0),
        ("flg_http_requests_total{route=\"unmatched\",method=\"GET\",status=\"4xx\"}", 1.0),
        ("flg_http_requests_total{route=\"/update\",method=\"POST\",status=\"2xx\"}", 1.0),
        ("flg_http_request_duration_seconds_count{route=\"/sparql\"}", 6.0),
        ("flg_http_request_duration_seconds_bucket{route=\"/sparql\",le=\"+Inf\"}", 6.0),
        ("flg_store_triples", 2.0),
        ("flg_queries_running", 0.0),
    ] {
        assert_eq!(rose(sample), by, "{sample} of {after:#?}");
    }
    assert!(rose("flg_http_request_duration_seconds_sum{route=\"/sparql\"}") > 0.4);
    assert!(rose("flg_result_cache_bytes") > 0.0);
    assert!(!after.keys().any(|sample| sample.contains("4711") || sample.contains("nothing")), "a path is no label");
    // What is taken away is counted too.
    assert_eq!(update(&server, "writer", "DELETE DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 , 3 } }").await, 204);
    assert_eq!(of(&counts(&server).await, "flg_store_triples") - held, 1.0);
    assert_eq!(update(&server, "writer", "DROP GRAPH <urn:g>").await, 204);
    assert_eq!(of(&counts(&server).await, "flg_store_triples"), held);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_nobody_waits_for_is_counted_as_cancelled() {
    let (_, server) = app(Settings { query_timeout: Duration::from_mins(1), ..Settings::default() });
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }";
    let path = format!("/sparql?query={}", encode(endless));
    assert!(tokio::time::timeout(Duration::from_millis(200), get(&server, &path)).await.is_err());
    let after = counts(&server).await;
    assert_eq!(of(&after, "flg_queries_total{kind=\"select\",outcome=\"cancelled\"}"), 1.0, "{after:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn prometheus_own_parser_takes_both_formats() {
    let Some(modules) = clients::installed("python") else { return };
    let (_, server) = app(Settings::default());
    get(&server, "/sparql?query=ASK%7B%7D").await;
    get(&server, "/").await;
    let open = Request::get("/metrics").header(header::ACCEPT, "application/openmetrics-text; version=1.0.0, text/plain;q=0.5");
    let open = send(&server, open.body(Body::empty()).unwrap()).await;
    assert!(open.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("application/openmetrics-text; version=1.0.0"));
    let plain = send(&server, Request::get("/metrics").body(Body::empty()).unwrap()).await;
    let folder = tempfile::tempdir().unwrap();
    for (name, answer) in [("openmetrics", open), ("prometheus", plain)] {
        std::fs::write(folder.path().join(name), text(answer).await).unwrap();
    }
    let mut python = Command::new("python3");
    python.env("PYTHONPATH", modules).arg(clients::script("metrics.py")).arg(folder.path());
    let output = python.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tell(&format!("{}\n", String::from_utf8_lossy(&output.stdout).trim()));
}

#[tokio::test]
async fn metrics_are_shown_to_those_who_should_see_them() {
    for (setting, loopback, straight, forwarded) in [
        (MetricsAt::Local, true, 200, 404),
        (MetricsAt::Local, false, 404, 404),
        (MetricsAt::Public, false, 200, 200),
        (MetricsAt::Off, true, 404, 404),
        (MetricsAt::Address("127.0.0.1:9".parse().unwrap()), true, 404, 404),
    ] {
        let (app, server) = app(Settings { metrics: Shown::of(setting, loopback), ..Settings::default() });
        let (status, said) = get(&server, "/metrics").await;
        assert_eq!(status, straight, "{setting:?}");
        assert!(status == 200 || said.contains("`metrics-bind`"), "{said}");
        let through = Request::get("/metrics").header("x-forwarded-for", "192.0.2.1").body(Body::empty()).unwrap();
        assert_eq!(send(&server, through).await.status(), forwarded, "{setting:?}");
        // At an address of their own they are shown in any case.
        assert_eq!(get(&serve::operations::router(app), "/metrics").await.0, 200);
    }
}

/// A store that answers nothing for a while, as one on a disk that hangs; it counts its scans.
pub(super) struct Hanging(pub(super) Embedded, pub(super) Duration, pub(super) AtomicUsize);

impl Store for Hanging {
    fn query(&self, request: &stores::Request, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        std::thread::sleep(self.1);
        self.0.query(request, visit)
    }
    fn replace(&self, graphs: &[NamedNode], quads: &mut dyn Iterator<Item = Quad>) -> Result<(), StoreError> {
        self.0.replace(graphs, quads)
    }
    fn update(&self, request: &UpdateRequest) -> Result<(), StoreError> {
        self.0.update(request)
    }
    fn write(&self, graph: Option<&NamedNode>, how: Write, new: &mut dyn Iterator<Item = Triple>) -> Result<bool, StoreError> {
        self.0.write(graph, how, new)
    }
    fn remove(&self, graph: Option<&NamedNode>) -> Result<bool, StoreError> {
        self.0.remove(graph)
    }
    fn default_graph(&self) -> DefaultGraph {
        self.0.default_graph()
    }
    fn has(&self, graph: &NamedNode) -> Result<bool, StoreError> {
        self.0.has(graph)
    }
    fn each(&self, pattern: Pattern<'_>, visit: &mut dyn FnMut(Quad) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.2.fetch_add(1, Ordering::SeqCst);
        self.0.each(pattern, visit)
    }
    fn graphs(&self) -> Result<Vec<NamedNode>, StoreError> {
        self.0.graphs()
    }
    fn is_empty(&self) -> Result<bool, StoreError> {
        self.0.is_empty()
    }
    fn snapshot(&self, visit: &mut dyn FnMut(Part) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.0.snapshot(visit)
    }
    fn restore(&self, parts: &mut dyn Iterator<Item = Result<Part, StoreError>>) -> Result<(), StoreError> {
        self.0.restore(parts)
    }
    fn size(&self) -> Result<usize, StoreError> {
        self.0.size()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_lives_though_its_store_hangs_and_is_not_ready() {
    let store = Hanging(Embedded::in_memory().unwrap(), Duration::from_secs(5), AtomicUsize::new(0));
    let server = serve::router(App::new(Arc::new(store), Settings { concurrency: 1, ..Settings::default() }, Tokens::default()));
    let begun = Instant::now();
    // All permits of the store are taken.
    let waiting = tokio::spawn({
        let server = server.clone();
        async move { get(&server, "/sparql?query=ASK%7B%7D").await.0 }
    });
    let (status, said) = get(&server, "/health").await;
    assert!(status == 200 && said.contains("\"status\":\"ok\"") && begun.elapsed() < Duration::from_secs(1), "{said}");
    let all = (0..8).map(|_| {
        let server = server.clone();
        tokio::spawn(async move { get(&server, "/ready").await })
    });
    for answer in all.collect::<Vec<_>>() {
        let (status, said) = answer.await.unwrap();
        assert!(status == 503 && said.contains("did not answer within 2 s"), "{status} {said}");
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    assert_eq!(waiting.await.unwrap(), 200);
}

#[tokio::test]
async fn a_server_that_stops_says_that_it_is_not_ready() {
    let (app, server) = app(Settings::default());
    assert_eq!(get(&server, "/ready").await, (StatusCode::OK, "{\"status\":\"ready\"}\n".to_owned()));
    app.drain();
    let (status, said) = get(&server, "/ready").await;
    assert!(status == 503 && said.contains("\"reason\":\"the server is stopping\""), "{said}");
    assert_eq!(get(&server, "/health").await.0, 200);
    // What is under way is still answered.
    assert_eq!(get(&server, "/sparql?query=ASK%7B%7D").await.0, 200);
}

#[tokio::test]
async fn a_request_is_known_by_its_id_wherever_it_is_told_of() {
    let (_, server) = app(Settings::default());
    let asked = async |id: Option<&str>, path: &str, accept: &str| {
        let mut request = Request::builder().method(Method::GET).uri(path).header(header::ACCEPT, accept);
        if let Some(id) = id {
            request = request.header("x-request-id", id);
        }
        let response = send(&server, request.body(Body::empty()).unwrap()).await;
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        (id, text(response).await)
    };
    let (first, _) = asked(None, "/health", "*/*").await;
    let (second, _) = asked(None, "/health", "*/*").await;
    assert!(first != second && first.len() == 16 && first.bytes().all(|b| b.is_ascii_hexdigit()), "{first} {second}");
    assert_eq!(asked(Some("a.b-c_1"), "/", "text/html").await.0, "a.b-c_1");
    let long = "x".repeat(65);
    for strange in ["a b", "<script>", "", "a\"b", long.as_str()] {
        assert_ne!(asked(Some(strange), "/health", "*/*").await.0, strange);
    }
    let (id, page) = asked(None, "/page/id/none/here", "text/html").await;
    assert!(page.contains(&format!("<code>{id}</code>")), "{page}");
    let (id, json) = asked(None, "/sparql?query=nothing", "application/json").await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["request"], id);
    let (id, plain) = asked(None, "/sparql?query=nothing", "text/csv").await;
    assert!(plain.ends_with(&format!("request: {id}\n")), "{plain}");
}
