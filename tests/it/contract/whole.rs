//! All that `flg` does, with its store on a service, and the same with the store in a folder: the answers are the same.

use super::services::{self, Running};
use crate::cli::{Desk, REPORT, Run, changed};
use crate::serve::get_from;
use forced_labour_graph::config::{DefaultGraph, Tokens};
use forced_labour_graph::graph::canonical::canonical_nquads;
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use forced_labour_graph::store::{Embedded, Pattern, Store};
use serde_json::Value;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// A desk whose store is on a service.
struct Far<'s> {
    desk: Desk,
    service: &'s Running,
}

impl Far<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.desk.command(arguments);
        command.envs(self.service.variables());
        command
    }
    fn flg(&self, arguments: &[&str]) -> Run {
        crate::cli::ended(self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }
    fn content(&self) -> String {
        canonical_nquads(self.service.open(DefaultGraph::Union).quads(Pattern::default()).unwrap())
    }
}

fn json(run: Run) -> Value {
    run.good().json()
}

/// What is asked of both, and answered with the same words.
const ASKED: &[&[&str]] = &[
    &["query", "dol-agriculture", "--format", "json"],
    &["query", "programmes", "--format", "csv"],
    &["query", "structure", "--format", "csv"],
    &["query", "uncertain", "--format", "csv"],
    &["query", "unanswered", "--format", "csv"],
    &["query", "-e", "SELECT ?c (COUNT(?x) AS ?n) { ?x a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c", "--format", "tsv"],
    &["query", "-e", "ASK { ?x a flg:Programme }", "--format", "json"],
    &["ask", "Who funds SENDEROS?", "--json"],
    &["ask", "¿Qué sindicatos comentaron la memoria de México?", "--json"],
    &["ask", "How many unions were consulted?", "--json"],
    &["show", "SENDEROS", "--json"],
    &["show", "id:country/mex", "--all", "--json"],
    &["review", "list", "--json"],
    &["review", "log", "--json"],
    &["check", "--json"],
];

/// Makes sure that all is answered with the same words, but for what is known to differ, and that this does differ.
fn same_answers(near: &Desk, far: &Far<'_>, known: &[&str]) {
    let mut others = Vec::new();
    for arguments in ASKED {
        let (one, other) = (near.flg(arguments).good(), far.flg(arguments));
        // A checked store is called by its place.
        let same = one.out.replace(".flg/store", "STORE") == other.out.replace(&far.service.address, "STORE");
        if known.contains(&arguments[1]) == same {
            others.push(format!("{arguments:?}: {}\n  {}\n  {}", other.err, one.out, other.out));
        }
    }
    assert!(others.is_empty(), "{} answers:\n{}", others.len(), others.join("\n"));
}

fn everything_is_the_same(service: &Running, but: &Others) {
    let (near, far) = (Desk::new(), Far { desk: Desk::new(), service });
    near.flg(&["build", "--quiet"]).good();
    let built = far.flg(&["build"]).good();
    assert!(built.err.contains(&service.address) && !built.err.contains("FLG_"), "{}", built.err);
    assert!(far.content() == near.content(), "the graph that was built is another");
    same_answers(&near, &far, but.answers);
    pages_are_the_same(&near, service, but.pages);

    // A backup of the one is a backup of the other, and comes back whole.
    let (one, other) = (near.path("near.nq.gz"), far.desk.path("far.nq.gz"));
    near.flg(&["backup", one.to_str().unwrap()]).good();
    far.flg(&["backup", other.to_str().unwrap()]).good();
    near.flg(&["restore", other.to_str().unwrap(), "--replace"]).good();
    far.flg(&["restore", one.to_str().unwrap(), "--replace"]).good();
    assert!(far.content() == near.content(), "the graph that was restored is another");

    // What has not changed is passed over; what has is replaced.
    let again = json(far.flg(&["build", "--json"]));
    assert_eq!((again["unchanged"].as_array().unwrap().len(), again["reports"].as_array().unwrap().len()), (1, 0));
    for (desk, run) in [(&near, None), (&far.desk, Some(&far))] {
        let file = desk.write("changed.txt", changed());
        let arguments = ["add", file.to_str().unwrap(), "--quiet"];
        run.map_or_else(|| desk.flg(&arguments), |far| far.flg(&arguments)).good();
    }
    assert!(far.content() == near.content(), "the graph that was changed is another");

    // A decision, which takes a fact away, and another, which brings it back.
    let funds = json(near.flg(&["show", "id:programme/senderos", "--json"]));
    let facts = funds["facts"].as_array().unwrap();
    let fact = facts.iter().find(|fact| fact["property"] == "flg:fundedBy").unwrap();
    let claim = fact["evidence"][0]["claim"].as_str().unwrap();
    for verdict in ["reject", "accept"] {
        let arguments = ["review", verdict, claim, "--by", "Test Reader", "--why", "to try it"];
        near.flg(&arguments).good();
        far.flg(&arguments).good();
        let funders = ["query", "-e", "SELECT ?f { <id/programme/senderos> flg:fundedBy ?f } ORDER BY ?f", "--format", "csv"];
        assert_eq!(far.flg(&funders).good().out, near.flg(&funders).good().out, "{verdict}");
    }
    let log = |run: Run| json(run).as_array().unwrap().iter().map(|d| d["verdict"].clone()).collect::<Vec<_>>();
    assert_eq!(log(far.flg(&["review", "log", "--json"])), log(near.flg(&["review", "log", "--json"])));
    let difference = ["diff", REPORT, "mex-2021-p029", "--json"];
    assert_eq!(far.flg(&difference).good().out, near.flg(&difference).good().out);
}

/// The pages, the linked data and the endpoint over both stores.
fn pages_are_the_same(near: &Desk, service: &Running, known: &[&str]) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let near: Arc<dyn Store> = Arc::new(Embedded::open_to_read(&near.path(".flg/store")).unwrap());
    let far: Arc<dyn Store> = Arc::new(service.open(DefaultGraph::Union));
    let site = |store: &Arc<dyn Store>| serve::router(App::new(Arc::clone(store), Settings::default(), Tokens::default()));
    let mut others = Vec::new();
    runtime.block_on(async {
        let (near, far) = (site(&near), site(&far));
        for (path, accept) in [
            ("/", "text/html"),
            ("/search?q=senderos", "text/html"),
            ("/page/id/programme/senderos", "text/html"),
            ("/page/id/report/mex-2021-p029", "text/html"),
            ("/page/list/Programme", "text/html"),
            ("/ask?q=Who+funds+SENDEROS%3F", "text/html"),
            ("/queries/dol-agriculture", "text/csv"),
            ("/data/id/programme/senderos.nt", "application/n-triples"),
            ("/api/ask?q=Who+funds+SENDEROS%3F", "application/json"),
            ("/sparql?query=SELECT+*+%7B+%3Fx+a+flg%3AProgramme+%7D+ORDER+BY+%3Fx", "text/csv"),
            ("/sparql?query=SELECT+DISTINCT+%3Fg+%7B+GRAPH+%3Fg+%7B+%3Fs+a+%3Fc+%7D+%7D+ORDER+BY+%3Fg", "text/csv"),
        ] {
            let (one, other) = (get_from(near.clone(), path, accept).await, get_from(far.clone(), path, accept).await);
            assert!(one.status.is_success(), "{path}: {}", one.status);
            let lines = |body: &str| {
                let mut lines: Vec<String> = body.lines().map(str::to_owned).collect();
                // Triples and rows that are not asked for in an order come in any.
                if accept != "text/html" {
                    lines.sort();
                }
                lines
            };
            let (one, far) = (lines(&one.body), lines(&other.body));
            if known.contains(&path) == (one == far) {
                let first = one.iter().zip(&far).find(|(one, far)| one != far);
                others.push(format!("{path}: {}, {} and {} lines, {first:?}", other.status, one.len(), far.len()));
            }
        }
    });
    assert!(others.is_empty(), "{}", others.join("\n"));
}

/// What is known to be answered in other words.
struct Others {
    answers: &'static [&'static str],
    pages: &'static [&'static str],
}

const NOTHING: Others = Others { answers: &[], pages: &[] };

/// Virtuoso gives a truth value that a query works out as a number, and does not follow a path such as `skos:broader*` to its end
/// where both of its ends are open.
const VIRTUOSO: Others = Others { answers: &["unanswered", "dol-agriculture"], pages: &["/queries/dol-agriculture"] };

#[test]
fn on_a_server_of_our_own_everything_is_the_same() {
    everything_is_the_same(&services::own(), &NOTHING);
}

#[test]
fn on_the_oxigraph_server_everything_is_the_same() {
    if let Some(service) = services::oxigraph() {
        everything_is_the_same(&service, &NOTHING);
    }
}

#[test]
fn on_virtuoso_everything_is_the_same_but_for_what_is_known() {
    if let Some(service) = services::virtuoso() {
        everything_is_the_same(&service, &VIRTUOSO);
    }
}
