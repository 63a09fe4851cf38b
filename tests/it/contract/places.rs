//! Addresses at which there is no store: what is said, and what is never said.

use super::services;
use crate::cli::{Desk, Run};
use forced_labour_graph::config::{DefaultGraph, Secret, Service};
use forced_labour_graph::store::{Remote, Store};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Stdio;
use std::time::{Duration, Instant};

const PASSWORD: &str = "open-sesame";

/// A server that gives one answer to everything, and its address; without an answer, it says nothing.
fn answering(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/query", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut silent = Vec::new();
        for mut client in listener.incoming().map_while(Result::ok) {
            if answer.is_empty() {
                silent.push(client);
                continue;
            }
            let _ = client.read(&mut [0; 4096]);
            let _ = client.write_all(answer.as_bytes());
        }
    });
    address
}

fn flg(address: &str, arguments: &[&str]) -> Run {
    let desk = Desk::new();
    let mut command = desk.command(arguments);
    command.env("FLG_STORE", address).env("FLG_STORE_USER", "ana").env("FLG_STORE_PASSWORD", PASSWORD);
    command.env("FLG_STORE_TIMEOUT", "1");
    let run = crate::cli::ended(command.stdin(Stdio::null()).output().unwrap());
    assert!(!run.err.contains(PASSWORD) && !run.out.contains(PASSWORD), "{}", run.err);
    run
}

#[test]
fn a_place_without_a_store_says_which_and_what_to_do() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = format!("http://{nobody}/query");
    let head = |status: &str, more: &str| format!("HTTP/1.1 {status}\r\n{more}content-length: 2\r\nconnection: close\r\n\r\nno");
    let leaked = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    for (address, words) in [
        (nobody, vec!["cannot be reached"]),
        (answering(leaked(head("401 Unauthorized", ""))), vec!["401 Unauthorized", "FLG_STORE_PASSWORD"]),
        (answering(leaked(head("403 Forbidden", ""))), vec!["403 Forbidden", "has to allow it"]),
        (answering(leaked(head("404 Not Found", ""))), vec!["404 Not Found: no", "docs/scaling.md"]),
        (
            answering(leaked(head("301 Moved Permanently", "location: http://elsewhere/\r\n"))),
            vec!["has moved", "http://elsewhere/"],
        ),
        (answering(leaked(head("200 OK", "content-type: text/html\r\n"))), vec!["`text/html`", "no result of SPARQL"]),
        (answering(leaked(head("200 OK", "content-type: application/sparql-results+json\r\n"))), vec!["is not whole"]),
        (answering(""), vec!["has not answered for 1 s", "FLG_STORE_TIMEOUT"]),
    ] {
        for arguments in [&["build"][..], &["query", "structure"], &["review"], &["serve"]] {
            let begun = Instant::now();
            flg(&address, arguments).refused(&words).refused(&[address.as_str()]);
            assert!(begun.elapsed() < Duration::from_secs(20), "{arguments:?}");
        }
    }
}

#[test]
fn an_address_with_a_password_in_it_is_refused_and_not_repeated() {
    let address = format!("http://ana:{PASSWORD}@127.0.0.1:1/query");
    let desk = Desk::new();
    let run = desk.flg(&["query", "structure", "--store", &address]);
    assert!(run.code == Some(1) && run.err.contains("store-password"), "{}", run.err);
    flg(&address, &["query", "structure"]).refused(&["`FLG_STORE`", "store-password"]);
    desk.write("flg.toml", format!("store = \"{address}\""));
    let run = desk.flg(&["query", "structure"]).refused(&["`store`", "store-password"]);
    assert!(!run.err.contains(PASSWORD), "{}", run.err);
}

#[test]
fn who_may_not_write_is_told_so_and_nothing_is_written() {
    let service = services::own();
    let wrong = Service { token: Some(Secret::new(PASSWORD)), ..service.settings.clone() };
    // Everyone may read there.
    let store = Remote::open(&service.address, &wrong).unwrap();
    let quad = oxigraph::model::Quad::new(
        oxigraph::model::NamedNode::new("urn:s").unwrap(),
        oxigraph::model::NamedNode::new("urn:p").unwrap(),
        oxigraph::model::Literal::from("o"),
        oxigraph::model::NamedNode::new("urn:g").unwrap(),
    );
    let error = store.replace(&[oxigraph::model::NamedNode::new("urn:g").unwrap()], &mut std::iter::once(quad)).unwrap_err();
    assert!(error.to_string().contains("401 Unauthorized") && !error.to_string().contains(PASSWORD), "{error}");
    assert!(service.open(DefaultGraph::Union).is_empty().unwrap());
}

#[test]
fn what_the_service_says_against_a_query_is_told_in_part() {
    let long = "x".repeat(5_000);
    let text =
        format!("HTTP/1.1 400 Bad Request\r\ncontent-length: {}\r\nconnection: close\r\n\r\nno \x1b[31m{long}", long.len() + 8);
    let address = answering(Box::leak(text.into_boxed_str()));
    let run = flg(&address, &["query", "structure"]).refused(&["400 Bad Request: no"]);
    assert!(run.err.len() < 1_000 && !run.err.contains('\u{1b}'), "{}", run.err);
}
