//! What every store does, wherever it is: one suite, run on the embedded store, on a server of our own, on the Oxigraph server and
//! on Virtuoso.

mod cases;
mod faults;
mod places;
mod proxy;
pub(crate) mod services;
mod whole;

use forced_labour_graph::store::{DefaultGraph, Embedded, Store};
use services::Running;

/// Opens a store with a default graph; all that are opened for one case are one store.
type Open<'a> = dyn Fn(DefaultGraph) -> Box<dyn Store> + 'a;

#[test]
fn the_embedded_store_keeps_the_contract() {
    for (name, case) in cases::ALL {
        println!("{name}");
        let folder = tempfile::tempdir().unwrap();
        case(&|default| Box::new(Embedded::open_or_create(folder.path()).unwrap().with_default_graph(default)));
    }
}

/// Runs all cases on a service, except for some.
fn on(service: &Running, but: &[&str]) {
    assert!(but.iter().all(|name| cases::ALL.iter().any(|(other, _)| other == name)), "{but:?} are not all cases");
    for (name, case) in cases::ALL.iter().filter(|(name, _)| !but.contains(name)) {
        println!("{name}");
        services::clear(&service.open(DefaultGraph::Union));
        case(&|default| Box::new(service.open(default)));
    }
}

#[test]
fn a_store_on_a_server_of_our_own_keeps_the_contract() {
    on(&services::own(), &[]);
}

#[test]
fn a_store_on_the_oxigraph_server_keeps_the_contract() {
    if let Some(service) = services::oxigraph() {
        on(&service, &[]);
    }
}

#[test]
fn a_store_on_virtuoso_keeps_the_contract_but_for_what_the_engine_does_not_do() {
    if let Some(service) = services::virtuoso() {
        on(&service, cases::NOT_ON_VIRTUOSO);
    }
}
