//! Limits of the server as its clients meet them: each tells its name, its value and its setting, and what is cut off is seen to be.

use crate::hostile::server::{Server, TOKEN, json};
use crate::shared::tell;
use reqwest::{Client, StatusCode};
use serde_json::Value;
use std::process::Command;
use std::time::{Duration, Instant};

/// Rows enough for some megabytes, which take no time to find.
fn many() -> String {
    let nine = |name: &str| format!("VALUES ?{name} {{ 1 2 3 4 5 6 7 8 9 }} ");
    format!("SELECT * {{ {}{}{}?s ?p ?o BIND('{}' AS ?long) }}", nine("a"), nine("b"), nine("c"), "x".repeat(500))
}

/// The status, the problem, and after how many seconds to come again.
async fn told(request: reqwest::RequestBuilder) -> (StatusCode, Value, Option<u64>) {
    let answer = request.header("accept", "application/json").send().await.unwrap();
    let status = answer.status();
    let retry = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().parse().unwrap());
    (status, json(answer).await, retry)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_limit_tells_its_name_its_value_and_its_setting() {
    let settings = "query-timeout = 2\nquery-rows = 7\nquery-bytes = \"20 KiB\"\nquery-memory = \"100 MiB\"\nbody-bytes = \"100 KiB\"\n\
        graph-bytes = \"200 KiB\"\nclient-rate = 0";
    let server = Server::start(settings, true);
    let client = Server::client([127, 0, 0, 1]);
    let copies = |of: usize| vec![format!("?x{of}"); 400].join(", ");
    let grown = (0..3).map(|i| format!("BIND(CONCAT({}) AS ?x{}) ", copies(i), i + 1)).collect::<Vec<_>>().concat();
    let long = "x".repeat(30_000);
    for (query, status, code, setting, value) in [
        ("SELECT * { ?a ?b ?c }".to_owned(), 422, "row-limit", Some("query-rows"), "7 results"),
        (
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }".to_owned(),
            503,
            "query-timeout",
            Some("query-timeout"),
            "2 s",
        ),
        (format!("SELECT ('{long}' AS ?x) {{}}"), 422, "size-limit", Some("query-bytes"), "20480 bytes"),
        (
            format!("SELECT (STRLEN(?x3) AS ?n) {{ BIND('0123456789' AS ?x0) {grown} }}"),
            422,
            "memory-limit",
            Some("query-memory"),
            "100 MiB",
        ),
        (format!("SELECT * {{ {} }}", "?s ?p ?o . ".repeat(7_000)), 413, "query-too-large", None, "65536"),
        (format!("SELECT * {{ {}{} }}", "{".repeat(900), "}".repeat(900)), 422, "query-too-complex", None, "64"),
        (format!("SELECT * {{ {} }}", "?s ?p ?o . ".repeat(700)), 422, "query-too-complex", None, "500"),
        (format!("SELECT * {{ {} }}", "?s ?p ?o . ".repeat(20_000)), 413, "body-too-large", Some("body-bytes"), "102400 bytes"),
    ] {
        let (found, problem, _) = told(server.query(&client, query.clone())).await;
        let shown: String = query.chars().take(80).collect();
        assert_eq!((found.as_u16(), problem["code"].as_str()), (status, Some(code)), "{shown}: {problem}");
        assert_eq!(problem["setting"].as_str(), setting, "{shown}: {problem}");
        assert!(problem["detail"].as_str().unwrap().contains(value), "{shown}: {problem}");
        assert!(problem["hint"].is_string(), "{shown}: {problem}");
    }
    // So much that the server has refused it long before all is sent: whoever sends it still hears why.
    let graph =
        client.put(format!("{}/data?graph=urn:g", server.address)).header("content-type", "text/turtle").bearer_auth(TOKEN);
    let (status, problem, _) = told(graph.body("<urn:s> <urn:p> 1 .\n".repeat(150_000))).await;
    assert_eq!((status.as_u16(), problem["setting"].as_str()), (413, Some("graph-bytes")), "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_sends_too_much_is_told_when_to_come_again_and_others_are_not() {
    let server = Server::start("client-rate = 2\nclient-burst = 5\ntrusted-proxies = [\"127.0.0.9\"]", false);
    let greedy = Server::client([127, 0, 0, 2]);
    let ask = |client: &Client| server.query(client, "ASK {}");
    let mut refused = None;
    for _ in 0..20 {
        let (status, problem, retry) = told(ask(&greedy)).await;
        if status == 429 {
            refused = Some((problem, retry));
            break;
        }
    }
    let (problem, retry) = refused.expect("twenty at once are too many");
    assert_eq!((problem["code"].as_str(), problem["setting"].as_str()), (Some("rate-limit"), Some("client-rate")));
    assert!(problem["detail"].as_str().unwrap().contains("more than 2 requests") && retry == Some(1), "{problem} {retry:?}");
    assert_eq!(ask(&Server::client([127, 0, 0, 3])).send().await.unwrap().status(), 200, "another client is served");
    // Who is no proxy is not believed.
    assert_eq!(ask(&greedy).header("x-forwarded-for", "192.0.2.7").send().await.unwrap().status(), 429);
    let proxy = Server::client([127, 0, 0, 9]);
    for client in 0..12 {
        let answer = ask(&proxy).header("x-forwarded-for", format!("192.0.2.{client}")).send().await.unwrap();
        assert_eq!(answer.status(), 200, "those behind a proxy are told apart");
    }
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    assert_eq!(ask(&greedy).send().await.unwrap().status(), 200, "after the time that it was told, it is served again");
}

#[tokio::test(flavor = "multi_thread")]
async fn places_are_few_and_whoever_waits_too_long_is_told() {
    let server = Server::start("query-timeout = 9\nconcurrent-queries = 2\nclient-queries = 1\nclient-rate = 0", false);
    let long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let clients = [2, 3, 4].map(|last| Server::client([127, 0, 0, last]));
    let mut running = Vec::new();
    for client in &clients[..2] {
        running.push(tokio::spawn(server.query(client, long).send()));
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let begun = Instant::now();
    let (same, other) = tokio::join!(told(server.query(&clients[0], "ASK {}")), told(server.query(&clients[2], "ASK {}")));
    assert_eq!(
        (same.0.as_u16(), same.1["code"].as_str(), same.1["setting"].as_str()),
        (429, Some("client-busy"), Some("client-queries"))
    );
    assert_eq!(
        (other.0.as_u16(), other.1["code"].as_str(), other.1["setting"].as_str()),
        (503, Some("busy"), Some("concurrent-queries"))
    );
    assert!(same.2.is_some() && other.2.is_some(), "both are told when to come again");
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    running.iter().for_each(tokio::task::JoinHandle::abort);
}

/// A result that is on its way when a limit strikes has no end, and no client takes it for whole.
#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_is_cut_off_is_seen_to_be() {
    // Enough rows for the answer to have begun: what is held until it is whole is 4 MiB.
    let server = Server::start("query-rows = 12000\nquery-timeout = 60\nquery-bytes = \"1 GiB\"\nclient-rate = 0", false);
    let client = Server::client([127, 0, 0, 1]);
    for (accept, end) in [
        ("application/sparql-results+json", "}"),
        ("application/sparql-results+xml", "</sparql>"),
        ("text/csv", "\u{0}"),
        ("text/tab-separated-values", "\u{0}"),
    ] {
        let request = client.post(format!("{}/sparql", server.address)).header("content-type", "application/sparql-query");
        let mut answer = request.header("accept", accept).body(many()).send().await.unwrap();
        assert_eq!(answer.status(), 200, "it has begun");
        assert!(answer.content_length().is_none());
        let mut got = Vec::new();
        let broken = loop {
            match answer.chunk().await {
                Ok(Some(part)) => got.extend_from_slice(&part),
                Ok(None) => break false,
                Err(_) => break true,
            }
        };
        let text = String::from_utf8_lossy(&got);
        assert!(broken && got.len() > 4 << 20, "{accept}: {} bytes and no error", got.len());
        let whole = match accept {
            "application/sparql-results+json" => serde_json::from_slice::<Value>(&got).is_ok(),
            _ => text.trim_end().ends_with(end),
        };
        assert!(!whole, "{accept}: what came looks whole");
    }
    if Command::new("curl").arg("--version").output().is_err() {
        tell("skipped: there is no curl; `make test` installs it\n");
        return;
    }
    let address = format!("{}/sparql", server.address);
    let curl = tokio::task::spawn_blocking(move || {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--noproxy", "*", "--data-urlencode", &format!("query={}", many()), &address])
            .output()
            .unwrap()
    });
    let output = curl.await.unwrap();
    assert!(!output.status.success() && output.stdout.len() > 4 << 20, "curl takes it for whole: {:?}", output.status);
    // The same query within its limits is whole.
    let few = many().replace("?s ?p ?o", "");
    let answer = json(server.query(&client, few).send().await.unwrap()).await;
    assert_eq!(answer["results"]["bindings"].as_array().unwrap().len(), 729);
}

/// A large result that ends within its limits is whole, though it is sent while it is made.
#[tokio::test(flavor = "multi_thread")]
async fn a_large_result_is_sent_while_it_is_made() {
    let server = Server::start("query-rows = 12000\nquery-timeout = 60\nquery-bytes = \"1 GiB\"\nclient-rate = 0", false);
    let client = Server::client([127, 0, 0, 1]);
    let query = format!("{} LIMIT 12000", many());
    let answer = server.query(&client, query).send().await.unwrap();
    assert!(answer.status() == 200 && answer.content_length().is_none());
    let whole = json(answer).await;
    assert_eq!(whole["results"]["bindings"].as_array().unwrap().len(), 12_000);
}

#[test]
fn the_command_of_processes_for_queries_is_not_for_people() {
    let desk = crate::cli::Desk::new();
    desk.flg(&["worker"]).refused(&["for `flg serve` alone"]);
    assert!(!desk.flg(&["--help"]).good().out.contains("worker"));
}
