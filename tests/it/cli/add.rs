//! `flg add`: files and addresses.

use super::{Desk, changed, of_another_year, report};
use forced_labour_graph::model::vocab::{graph, schema};
use forced_labour_graph::store::{Embedded, Pattern, Store};
use std::io::Read as _;
use std::net::TcpListener;

/// A server on this machine that gives one answer to whoever asks, and the address of a report there.
fn answering(answer: impl Fn(&mut dyn std::io::Write) -> std::io::Result<()> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/report.txt", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let _ = answer(&mut stream); // the client may go away, when it has seen enough
        }
    });
    address
}

fn head(status: &str, more: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Type: text/plain\r\n{more}Connection: close\r\n\r\n")
}

#[test]
fn a_report_replaces_its_former_self_and_leaves_others() {
    let desk = Desk::with_store();
    desk.write("other.txt", of_another_year());
    desk.write("changed.txt", changed());
    let run = desk.flg(&["add", "other.txt"]).good();
    assert!(run.out.contains("mex-2022-p029"), "{}", run.out);
    let before = desk.content();
    desk.flg(&["add", "changed.txt"]).good();
    let after = desk.content();
    let of = |content: &str, report: &str| -> Vec<String> {
        let graph = format!("/{report}> .");
        content.lines().filter(|line| line.ends_with(&graph)).map(str::to_owned).collect()
    };
    assert_eq!(of(&before, "mex-2022-p029"), of(&after, "mex-2022-p029"));
    let facts = of(&after, "report/mex-2021-p029").concat();
    assert!(facts.contains("\"777\"") && !facts.contains("\"641\""), "the old fact is gone");
    // Back to what it was.
    desk.write("report.txt", report());
    desk.flg(&["add", "report.txt", "--quiet"]).good();
    assert!(before == desk.content(), "the store differs from what it was before the change");
}

#[test]
fn a_new_store_begins_with_what_every_store_has() {
    let (new, built) = (Desk::new(), Desk::with_store());
    new.write("report.txt", report());
    let json = new.flg(&["add", "report.txt", "--json"]).good().json();
    assert_eq!(json["reports"][0]["report"], "mex-2021-p029");
    assert!(new.content() == built.content(), "`flg add` and `flg build` give different graphs");
}

#[test]
fn a_report_is_fetched_from_its_address() {
    let desk = Desk::with_store();
    let text = changed();
    let address = answering(move |to| write!(to, "{}{text}", head("200 OK", &format!("Content-Length: {}\r\n", text.len()))));
    let run = desk.flg(&["add", &address]).good();
    assert!(run.err.contains(&format!("Converting `{address}`")), "{}", run.err);
    assert!(desk.content().contains("\"777\""));
}

#[test]
fn an_address_that_gives_no_report_says_why() {
    let desk = Desk::with_store();
    let before = desk.content();
    let gone = answering(|to| to.write_all(head("404 Not Found", "Content-Length: 0\r\n").as_bytes()));
    desk.flg(&["add", &gone]).refused(&[&gone, "404 Not Found", "check the address"]);
    let closed = answering(|to| to.write_all(head("403 Forbidden", "Content-Length: 0\r\n").as_bytes()));
    desk.flg(&["add", &closed]).refused(&[&closed, "403 Forbidden"]);
    let announced = answering(|to| to.write_all(head("200 OK", "Content-Length: 60000000\r\n").as_bytes()));
    desk.flg(&["add", &announced]).refused(&[&announced, "more than 50 MB"]);
    // Without a length, it is given up as soon as it is too large.
    let endless = answering(|to| {
        to.write_all(head("200 OK", "").as_bytes())?;
        loop {
            to.write_all(&[b'x'; 1 << 12])?;
        }
    });
    desk.flg(&["add", &endless]).refused(&[&endless, "more than 50 MB"]);
    let page = answering(|to| write!(to, "{}<html>sign in</html>", head("200 OK", "")));
    desk.flg(&["add", &page]).refused(&[&page, "no known form"]);
    let silent = answering(|_| {
        std::thread::sleep(std::time::Duration::from_secs(30));
        Ok(())
    });
    let output = desk.command(&["add", &silent]).env("FLG_FETCH_TIMEOUT", "0.3").output().unwrap();
    super::ended(output).refused(&[&silent, "not fetched within 0.3 s", "FLG_FETCH_TIMEOUT"]);
    // Nobody listens where a listener was a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let refused = format!("http://127.0.0.1:{port}/report.txt");
    desk.flg(&["add", &refused]).refused(&[&refused, "cannot be reached", "refused"]);
    desk.flg(&["add", "ftp://example.org/report.txt"]).refused(&["`ftp://example.org/report.txt`", "only `http` and `https`"]);
    desk.flg(&["add", "http://"]).refused(&["`http://` is no web address"]);
    assert!(before == desk.content(), "the store was touched");
}

#[test]
fn an_unchanged_report_is_passed_over_and_forced_all_the_same() {
    let desk = Desk::with_store();
    desk.write("report.txt", report());
    let before = desk.content();
    let run = desk.flg(&["add", "report.txt"]).good();
    assert!(run.err.contains("`mex-2021-p029` is unchanged") && !run.out.contains("facts"), "{}\n{}", run.err, run.out);
    let json = desk.flg(&["build", "--json"]).good().json();
    assert_eq!((json["reports"].as_array().unwrap().len(), &json["unchanged"][0]["report"]), (0, &"mex-2021-p029".into()));
    let run = desk.flg(&["add", "report.txt", "--force"]).good();
    assert!(run.out.contains("mex-2021-p029") && !run.err.contains("unchanged"), "{}\n{}", run.err, run.out);
    assert!(before == desk.content(), "converting again changed the graph");
    // A changed file is another matter, and so is one that another program or other knowledge converted.
    desk.write("changed.txt", changed());
    assert!(desk.flg(&["add", "changed.txt"]).good().out.contains("mex-2021-p029"));
    let store = Embedded::open(&desk.path(".flg/store")).unwrap();
    let source = graph::source("mex-2021-p029");
    let mut quads = store.quads(Pattern { graph: Some(&source), ..Pattern::default() }).unwrap();
    let made_by = quads.iter_mut().find(|quad| quad.predicate == schema::SOFTWARE_VERSION).unwrap();
    made_by.object = oxigraph::model::Literal::new_simple_literal("0.0.1+other").into();
    store.replace(&[source], &mut quads.into_iter()).unwrap();
    drop(store);
    assert!(desk.flg(&["add", "changed.txt"]).good().out.contains("mex-2021-p029"));
}
