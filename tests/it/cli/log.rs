//! What the server's log says, and what it never says.

use super::Desk;
use super::server::{Server, client};
use super::token::token;
use forced_labour_graph::serve::form::encode;
use forced_labour_graph::store::Embedded;

const SECRET: &str = "SELECT ?x { ?x <urn:password> 'hunter2-of-ana' }";

/// Asks, asks in plain words, updates and fails, with things that no log should have; what the log says then.
async fn spoken_to(desk: &Desk, level: Option<&str>, format: &str) -> (String, String) {
    let token = token(desk, &["ana", "--right", "update"]);
    let mut command = desk.command(&["serve", "--bind", "127.0.0.1:0", "--log-format", format]);
    if let Some(level) = level {
        command.env("RUST_LOG", level);
    }
    let server = Server::run(&mut command);
    let (sparql, update) = (format!("{}/sparql", server.address), format!("{}/update", server.address));
    let request = client().get(format!("{sparql}?query={}", encode(SECRET))).header("x-request-id", "asked-by.ana_1");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["x-request-id"].to_str().unwrap(), "asked-by.ana_1");
    let text = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:password> 'hunter2-of-ben' } }";
    let request = client().post(&update).bearer_auth(&token).header("content-type", "application/sparql-update");
    assert_eq!(request.body(text).send().await.unwrap().status(), 204);
    // What fails is not told in the log with its text either.
    let request = client().post(&sparql).header("content-type", "application/sparql-query").body("SELECT hunter2-of-cem");
    assert_eq!(request.send().await.unwrap().status(), 400);
    let words = client().get(format!("{}/api/ask?q={}", server.address, encode("Who is hunter2-of-dora?"))).send().await;
    words.unwrap();
    let wrong = client().post(&update).bearer_auth("flg_hunter2-of-eve").header("content-type", "application/sparql-update");
    assert_eq!(wrong.body("CLEAR ALL").send().await.unwrap().status(), 401);
    server.says("unauthorized");
    (server.log(), token)
}

fn store(desk: &Desk) {
    drop(Embedded::open_or_create(&desk.path(".flg/store")).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_logged_without_what_they_ask() {
    let desk = Desk::new();
    store(&desk);
    let (log, token) = spoken_to(&desk, None, "text").await;
    assert!(!log.contains("hunter2") && !log.contains(&token), "{log}");
    let line = log.lines().find(|line| line.contains("asked-by.ana_1")).unwrap_or_else(|| panic!("{log}"));
    for part in ["method=\"GET\"", "route=\"/sparql\"", "status=200", "bytes=", "ms=", "client=\"127.0.0.1\""] {
        assert!(line.contains(part), "`{part}` is not in: {line}");
    }
    assert!(log.contains("code=\"query-syntax\"") && log.contains("who=\"ana\""), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_read_the_log_as_json() {
    let desk = Desk::new();
    store(&desk);
    let (log, token) = spoken_to(&desk, None, "json").await;
    assert!(!log.contains("hunter2") && !log.contains(&token), "{log}");
    let lines: Vec<serde_json::Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let answered: Vec<_> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert_eq!(answered.len(), 5, "{log}");
    let first = answered[0];
    assert_eq!((&first["span"]["id"], &first["status"]), (&"asked-by.ana_1".into(), &200.into()));
    assert!(first["ms"].is_u64() && first["bytes"].as_u64().unwrap() > 0 && first["timestamp"].is_string(), "{first}");
    // Each request has an id of its own, and what is written is logged under that of its request.
    let ids: std::collections::BTreeSet<_> = answered.iter().map(|line| line["span"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 5);
    let written = lines.iter().find(|line| line["who"] == "ana").unwrap();
    assert!(answered.iter().any(|line| line["route"] == "/update" && line["span"]["id"] == written["span"]["id"]), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_are_logged_where_someone_debugs_and_tokens_never() {
    let desk = Desk::new();
    store(&desk);
    let (log, token) = spoken_to(&desk, Some("debug"), "text").await;
    assert!(log.contains("hunter2-of-ana") && log.contains("hunter2-of-ben"), "{log}");
    assert!(!log.contains(&token) && !log.contains("hunter2-of-eve"), "{log}");
}
