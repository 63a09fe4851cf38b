//! A killed process leaves the old graphs or the new ones, and a store that opens.

use super::{Desk, changed, report};
use forced_labour_graph::graph::graphs;
use forced_labour_graph::store::{Embedded, Pattern, Request, Store};
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// So many times the process is killed.
const KILLS: u32 = 10;

/// What the store holds of the report, and whether the union of all graphs is just that: what the graphs hold.
fn holds(desk: &Desk) -> BTreeSet<String> {
    let store = Embedded::open(&desk.path(".flg/store")).unwrap();
    let all = store.quads(Pattern::default()).unwrap();
    let triples: BTreeSet<String> = all.iter().map(|q| oxigraph::model::Triple::from(q.clone()).to_string()).collect();
    let union = store.table(&Request::new("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")).unwrap();
    let count = union.rows[0][0].as_ref().unwrap().to_string();
    assert!(count.starts_with(&format!("\"{}\"", triples.len())), "the union has {count} triples, the graphs {}", triples.len());
    let ours = graphs("mex-2021-p029");
    all.iter().filter(|q| ours.iter().any(|g| q.graph_name == g.clone().into())).map(ToString::to_string).collect()
}

/// Runs a command that stores, and kills it this long after it begins to store; without a time, lets it end. How long storing took.
fn store(desk: &Desk, arguments: &[&str], after: Option<Duration>) -> Duration {
    let mut running = desk.command(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut talk = BufReader::new(running.stderr.take().unwrap()).lines().map(Result::unwrap);
    talk.find(|line| line.contains("Storing")).expect("it says when it stores");
    let begun = Instant::now();
    if let Some(after) = after {
        std::thread::sleep(after);
        running.kill().unwrap(); // SIGKILL
    }
    talk.for_each(drop);
    running.wait().unwrap();
    begun.elapsed()
}

#[test]
fn killing_leaves_the_old_graphs_or_the_new_ones() {
    let desk = Desk::with_store();
    desk.write("old.txt", report());
    desk.write("new.txt", changed());
    let old = holds(&desk);
    let storing = store(&desk, &["add", "--force", "new.txt"], None);
    let new = holds(&desk);
    assert!(old != new && !old.is_empty());
    let (mut before, mut after) = (0, 0);
    let mut now_new = true;
    for kill in 0..KILLS {
        // Moments from the very beginning of storing to a little past its usual end, close to each other at first: the
        // change is made early on.
        let moment = storing * kill.pow(2) / (KILLS - 2).pow(2);
        store(&desk, &["add", "--force", if now_new { "old.txt" } else { "new.txt" }], Some(moment));
        let held = holds(&desk);
        assert!(held == old || held == new, "killed after {moment:?}: the store holds a mix");
        let is_new = held == new;
        if is_new == now_new {
            before += 1;
        } else {
            after += 1;
        }
        now_new = is_new;
    }
    println!("killed {KILLS} times within {storing:?} of storing: {before} times before the change, {after} times after it");
    assert!(before > 0, "no kill came before the change: the moments prove nothing");
    // The store still takes a change.
    store(&desk, &["add", "--force", "new.txt"], None);
    assert!(holds(&desk) == new);
}

#[test]
fn a_build_that_was_killed_can_be_done_again() {
    let built = Desk::with_store().content();
    for moment in [0, 10, 60] {
        let desk = Desk::new();
        store(&desk, &["build"], Some(Duration::from_millis(moment)));
        desk.flg(&["build", "--quiet"]).good();
        assert!(desk.content() == built, "killed after {moment} ms, the second build gives another graph");
    }
}
