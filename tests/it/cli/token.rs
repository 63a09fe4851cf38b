//! Tokens, and writing to a server that is killed.

use super::Desk;
use super::server::{Server, client};
use forced_labour_graph::store::Embedded;
use std::collections::BTreeSet;

/// The token that `flg token` shows; its entry goes to the settings.
pub(crate) fn token(desk: &Desk, arguments: &[&str]) -> String {
    let made = desk.flg(&[&["token"], arguments].concat()).good();
    let settings = if desk.path("flg.toml").exists() { desk.read("flg.toml") } else { String::new() };
    desk.write("flg.toml", settings + &made.out);
    let token = made.err.lines().find(|line| line.starts_with("flg_")).expect("the token is shown").to_owned();
    assert!(!made.out.contains(&token), "the settings do not hold the token");
    token
}

#[test]
fn no_write_that_was_acknowledged_is_lost_when_the_server_is_killed() {
    const KILLS: usize = 5;
    let desk = Desk::new();
    drop(Embedded::open_or_create(&desk.path(".flg/store")).unwrap());
    let token = token(&desk, &["ana", "--right", "update"]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let client = client();
    let mut acknowledged = BTreeSet::new();
    let mut numbers = 0..;
    for kill in 0..KILLS {
        let mut server = Server::start(&desk);
        let update = format!("{}/update", server.address);
        runtime.block_on(async {
            for next in numbers.by_ref() {
                let text = format!("INSERT DATA {{ GRAPH <urn:log> {{ <urn:a> <urn:n> {next} }} }}");
                let request = client.post(&update).bearer_auth(&token).header("content-type", "application/sparql-update");
                let sent = tokio::spawn(request.body(text).send());
                if acknowledged.len() > kill * 8 + 5 {
                    server.process.kill().unwrap(); // while a write is on its way
                }
                match sent.await.unwrap() {
                    Ok(answer) if answer.status() == 204 => acknowledged.insert(next),
                    Ok(answer) => panic!("{}: {}", answer.status(), answer.text().await.unwrap()),
                    Err(_) => break,
                };
            }
        });
        let log = server.log();
        assert!(log.contains("update who=\"ana\""), "the log does not say who wrote: {log}");
        drop(server);
    }
    let server = Server::start(&desk);
    let held: BTreeSet<i32> = runtime.block_on(async {
        let query = client.post(format!("{}/sparql", server.address)).header("content-type", "application/sparql-query");
        let answer = query.header("accept", "text/csv").body("SELECT ?n { <urn:a> <urn:n> ?n }").send().await.unwrap();
        answer.text().await.unwrap().lines().skip(1).map(|line| line.parse().unwrap()).collect()
    });
    assert!(acknowledged.len() > KILLS * 7, "{} writes are too few", acknowledged.len());
    let lost: Vec<_> = acknowledged.difference(&held).collect();
    assert!(lost.is_empty(), "{lost:?} of {} are lost", acknowledged.len());
}

#[test]
fn a_token_is_shown_once_and_bad_settings_are_told() {
    let desk = Desk::new();
    let first = token(&desk, &["ana"]);
    let second = token(&desk, &["ben", "--right", "review", "--right", "update"]);
    assert!(first != second && first.len() == 68, "{first}");
    let settings = desk.read("flg.toml");
    assert!(settings.contains("rights = [\"review\", \"update\"]"), "{settings}");
    desk.flg(&["build", "--help"]).good();
    assert_eq!(desk.flg(&["token", "ana", "--right", "everything"]).code, Some(2));
    desk.flg(&["token", " "]).refused(&["the name is empty"]);
    desk.write("flg.toml", settings.replace("\"ben\"", "\"ana\""));
    desk.flg(&["query", "--list"]).refused(&["`ana`", "flg.toml", "the same name"]);
}
