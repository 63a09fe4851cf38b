//! A server that is told to stop: what runs comes to its end, and nothing new is taken on.

#![cfg(unix)]

use super::Desk;
use super::server::{Server, client};
use std::time::{Duration, Instant};

/// A query that works for each of so many thousand pairs.
fn slow(thousands: u32) -> String {
    let pairs = "{ SELECT ?a { ?a a ?t } LIMIT 1000 } { SELECT ?b { ?b a ?t } LIMIT ";
    format!("SELECT (COUNT(*) AS ?n) WHERE {{ {pairs}{thousands} }} FILTER(CONTAINS(SHA512(CONCAT(STR(?a), STR(?b))), 'a')) }}")
}

/// Longer than any test waits.
const ENDLESS: u32 = 10_000_000;

/// So many thousand pairs that this machine works for two seconds or so.
async fn some_seconds(server: &Server) -> u32 {
    let mut thousands = 4;
    loop {
        let begun = Instant::now();
        assert_eq!(sent(server, slow(thousands)).await.unwrap().status(), 200);
        if begun.elapsed() > Duration::from_millis(600) {
            return thousands * 3;
        }
        thousands *= 2;
    }
}

async fn sent(server: &Server, query: String) -> reqwest::Result<reqwest::Response> {
    let request = client().post(format!("{}/sparql", server.address)).header("accept", "text/csv");
    request.header("content-type", "application/sparql-query").body(query).send().await
}

/// Begins a query, and waits until the server is at it.
async fn asked(server: &Server, query: String) -> tokio::task::JoinHandle<reqwest::Result<reqwest::Response>> {
    let request = client().post(format!("{}/sparql", server.address)).header("accept", "text/csv");
    let sent = tokio::spawn(request.header("content-type", "application/sparql-query").body(query).send());
    let metrics = server.metrics.clone().unwrap();
    let begun = Instant::now();
    loop {
        let counts = client().get(&metrics).send().await.unwrap().text().await.unwrap();
        if counts.lines().any(|line| line == "flg_queries_running 1") {
            return sent;
        }
        assert!(begun.elapsed() < Duration::from_secs(20) && !sent.is_finished(), "the query does not run: {counts}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn start(desk: &Desk, more: &[&str]) -> Server {
    let arguments = ["serve", "--bind", "127.0.0.1:0", "--metrics-bind", "127.0.0.1:0", "--query-timeout", "60"];
    Server::run(&mut desk.command(&[&arguments, more].concat()))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_comes_to_its_end_and_nothing_new_is_taken_on() {
    let desk = Desk::with_store();
    let mut server = start(&desk, &[]);
    let watched = server.metrics.clone().unwrap();
    let ready = async || client().get(watched.replace("metrics", "ready")).send().await.unwrap();
    assert_eq!(ready().await.status(), 200);
    let query = asked(&server, slow(some_seconds(&server).await)).await;
    server.signal("TERM");
    server.says("Stopping");
    let answer = ready().await;
    assert_eq!(answer.status(), 503);
    assert!(answer.text().await.unwrap().contains("the server is stopping"));
    assert_eq!(client().get(watched.replace("metrics", "health")).send().await.unwrap().status(), 200, "it lives");
    let refused = client().get(format!("{}/health", server.address)).send().await;
    assert!(refused.is_err_and(|error| error.is_connect()), "no new connection is taken");
    assert!(!query.is_finished(), "the query ended before the server was to stop: the test shows nothing");
    // The query that ran is answered whole.
    let answer = query.await.unwrap().unwrap();
    assert_eq!(answer.status(), 200);
    let rows = answer.text().await.unwrap();
    assert!(rows.starts_with("n\r\n") && rows.lines().nth(1).unwrap().parse::<u64>().unwrap() > 0, "{rows}");
    assert_eq!(server.process.wait().unwrap().code(), Some(0), "{}", server.log());
    server.says("Stopped.");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_end_in_time_is_cancelled_and_told_so() {
    let desk = Desk::with_store();
    let mut server = start(&desk, &["--shutdown-timeout", "0.5"]);
    let query = asked(&server, slow(ENDLESS)).await;
    let begun = Instant::now();
    server.signal("INT");
    let answer = query.await.unwrap().unwrap();
    assert_eq!(answer.status(), 503);
    let said = answer.text().await.unwrap();
    assert!(said.starts_with("stopping: ") && said.contains("hint: "), "{said}");
    assert_eq!(server.process.wait().unwrap().code(), Some(0), "{}", server.log());
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert!(server.says("Stopped.").contains("what still ran was cancelled"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_it_at_once() {
    let desk = Desk::with_store();
    let mut server = start(&desk, &[]);
    let query = asked(&server, slow(ENDLESS)).await;
    server.signal("TERM");
    server.says("Stopping");
    server.signal("TERM");
    let begun = Instant::now();
    assert_eq!(server.process.wait().unwrap().code(), Some(143));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(query.await.unwrap().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_probed_from_the_command_line() {
    let desk = Desk::with_store();
    let server = start(&desk, &[]);
    let bind = server.address.trim_start_matches("http://").to_owned();
    let run = desk.flg(&["serve", "--probe", "--bind", &bind]).good();
    assert_eq!(run.out, "{\"status\":\"ready\"}\n");
    drop(server);
    desk.flg(&["serve", "--probe", "--bind", &bind]).refused(&["no server answers at `http://127.0.0.1"]);
}
