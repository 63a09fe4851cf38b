//! Never half a report: whatever breaks while one is stored, a reader sees the old one or the new one, and doing it again ends it.

use super::proxy::{Fate, Proxy, Seen};
use super::services::{self, Running};
use forced_labour_graph::model::vocab::graph;
use forced_labour_graph::store::{Pattern, Remote, Request, Store, StoreError};
use oxigraph::model::{BlankNode, Literal, NamedNode, Quad};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A report of three graphs, large enough for several parts, with a blank node.
fn report(word: &str) -> Vec<Quad> {
    let iri = |name: &str| NamedNode::new(format!("http://example.org/{name}")).unwrap();
    let graphs = graphs();
    let mut quads: Vec<Quad> = (0..13_000)
        .map(|n| Quad::new(iri(&format!("s{n}")), iri("says"), Literal::from(format!("{word} {n}")), graphs[n % 2].clone()))
        .collect();
    let node = BlankNode::new("b").unwrap();
    quads.push(Quad::new(iri("s"), iri("has"), node.clone(), graphs[2].clone()));
    quads.push(Quad::new(node, iri("says"), Literal::from(word), graphs[2].clone()));
    quads
}

fn graphs() -> Vec<NamedNode> {
    vec![graph::source("x"), graph::report("x"), graph::evidence("x")]
}

/// What a reader sees of the report: its graphs, and all of it together; blank nodes are not told apart.
fn sees(store: &dyn Store) -> (BTreeSet<String>, usize) {
    let line = |quad: &Quad| {
        let text = quad.to_string();
        text.split(' ').map(|word| if word.starts_with("_:") { "_:" } else { word }).collect::<Vec<_>>().join(" ")
    };
    let all = store.quads(Pattern::default()).unwrap().iter().map(line).collect();
    let union = store.table(&Request::new("SELECT ?s ?p ?o { ?s ?p ?o }")).unwrap().rows.len();
    (all, union)
}

/// A service, a proxy before it, a store through that, and one past it.
struct Place {
    proxy: Proxy,
    through: Remote,
    past: Remote,
    _service: Running,
}

fn place(service: Running) -> Place {
    let host = service.address.trim_start_matches("http://").split('/').next().unwrap().to_owned();
    let proxy = Proxy::before(&host);
    let past = service.open(forced_labour_graph::store::DefaultGraph::Union);
    let through = Remote::open(&service.address.replace(&host, &proxy.address), &service.settings).unwrap();
    Place { proxy, through, past, _service: service }
}

fn on_each(test: impl Fn(&Place)) {
    for service in [Some(services::own()), services::oxigraph()].into_iter().flatten() {
        test(&place(service));
    }
}

/// The first requests that are of a kind have a fate, and the others go through.
fn first(times: usize, fate: Fate, kind: fn(&Seen) -> bool) -> impl FnMut(&Seen) -> Fate + Send + 'static {
    let mut left = times;
    move |seen| {
        if left == 0 || !kind(seen) {
            return Fate::Through;
        }
        left -= 1;
        fate
    }
}

#[test]
fn what_passes_is_tried_again_and_done_once() {
    on_each(|place| {
        let replace = |word: &str| place.through.replace(&graphs(), &mut report(word).into_iter());
        replace("old").unwrap();
        let old = sees(&place.past);
        assert_eq!((old.0.len(), old.1), (13_002, 13_002));
        for (round, fate) in [Fate::Busy, Fate::Dropped, Fate::Unanswered, Fate::Cut].into_iter().enumerate() {
            for (at, kind) in [Seen::is_load as fn(&Seen) -> bool, Seen::is_update].into_iter().enumerate() {
                let word = format!("new{round}{at}");
                place.proxy.decide(first(2, fate, kind));
                replace(&word).unwrap_or_else(|e| panic!("{fate:?}: {e}"));
                let seen = sees(&place.past);
                assert_eq!((seen.0.len(), seen.1), (13_002, 13_002), "{fate:?}");
                assert!(seen.0.iter().filter(|line| line.contains(&word)).count() == 13_001, "{fate:?}");
            }
        }
        // Nothing is left of the parts.
        let rest = place.past.table(&Request::new("SELECT * { GRAPH ?g { ?s ?p ?o } }")).unwrap().rows.len();
        assert_eq!(rest, 13_002);
    });
}

#[test]
fn a_load_that_breaks_off_changes_nothing_and_goes_on_where_it_ended() {
    on_each(|place| {
        place.through.replace(&graphs(), &mut report("old").into_iter()).unwrap();
        let old = sees(&place.past);
        let loads = |seen: Vec<Seen>| seen.iter().filter(|seen| seen.is_load()).count();
        place.proxy.decide(|_| Fate::Through);
        place.through.replace(&graphs(), &mut report("other").into_iter()).unwrap();
        let parts = loads(place.proxy.seen());
        assert!(parts >= 4, "{parts}");
        place.through.replace(&graphs(), &mut report("old").into_iter()).unwrap();
        for survive in [0, 2, parts - 1] {
            let word = format!("new{survive}");
            // After so many parts, the service is gone.
            let count = Arc::new(AtomicUsize::new(0));
            let so_far = Arc::clone(&count);
            place.proxy.decide(move |seen| {
                let gone = so_far.load(Ordering::SeqCst) >= survive;
                if seen.is_load() {
                    so_far.fetch_add(1, Ordering::SeqCst);
                }
                match (gone, survive) {
                    (false, _) => Fate::Through,
                    (true, 2) => Fate::Cut,
                    (true, _) => Fate::Busy,
                }
            });
            let error = place.through.replace(&graphs(), &mut report(&word).into_iter()).unwrap_err();
            assert!(matches!(&error, StoreError::Remote(_)) && error.to_string().contains("hint: "), "{error}");
            assert!(sees(&place.past) == old, "a reader sees something else after {survive} parts");
            // It comes back.
            place.proxy.decide(|_| Fate::Through);
            place.through.replace(&graphs(), &mut report(&word).into_iter()).unwrap();
            assert_eq!(loads(place.proxy.seen()), parts - survive, "what was there is not brought again");
            let seen = sees(&place.past);
            assert!(seen.0.len() == 13_002 && seen.0.iter().filter(|line| line.contains(&word)).count() == 13_001);
            place.through.replace(&graphs(), &mut report("old").into_iter()).unwrap();
            assert!(sees(&place.past) == old);
        }
    });
}

#[test]
fn an_answer_that_breaks_off_is_no_answer() {
    on_each(|place| {
        place.through.replace(&graphs(), &mut report("old").into_iter()).unwrap();
        place.proxy.decide(|_| Fate::Half);
        for query in ["SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"] {
            let error = place.through.table(&Request::new(query)).unwrap_err();
            assert!(error.to_string().contains("is not whole"), "{error}");
        }
        assert!(place.through.quads(Pattern::default()).is_err());
    });
}

#[test]
fn an_update_of_a_client_is_not_made_twice() {
    on_each(|place| {
        let insert = |word: &str| {
            let text = format!("INSERT {{ GRAPH <urn:g> {{ ?b <urn:p> '{word}' }} }} WHERE {{ BIND(UUID() AS ?b) }}");
            place.through.update(&forced_labour_graph::store::UpdateRequest { update: text, ..Default::default() })
        };
        let count = |word: &str| {
            place.past.table(&Request::new(format!("SELECT ?s {{ GRAPH <urn:g> {{ ?s ?p '{word}' }} }}"))).unwrap().rows.len()
        };
        place.proxy.decide(first(2, Fate::Busy, Seen::is_update));
        insert("busy").unwrap();
        assert_eq!(count("busy"), 1);
        place.proxy.decide(first(1, Fate::Unanswered, Seen::is_update));
        let error = insert("unsure").unwrap_err();
        assert!(error.to_string().contains("see whether the change was made"), "{error}");
        assert_eq!(count("unsure"), 1);
    });
}
