//! How fast the bundled report is converted and the published questions are answered: `make bench`.
//!
//! Throughput is in bytes of the report's text. Figures depend on the machine: compare runs of one machine only.

#![allow(missing_docs, clippy::expect_used, clippy::panic)] // a benchmark that cannot start says why

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use forced_labour_graph::convert::Converter;
use forced_labour_graph::graph::canonical::canonical_nquads;
use forced_labour_graph::queries::{self, run};
use forced_labour_graph::read;
use forced_labour_graph::store::{Embedded, Store};
use oxigraph::model::{GraphName, NamedNode};
use std::collections::BTreeSet;

const REPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports/mexico-2021-p029.es.txt");

fn conversion(c: &mut Criterion) {
    let bytes = std::fs::read(REPORT).expect("the bundled report");
    let converter = Converter::load().expect("the data files");
    let document = read::document(REPORT, &bytes).expect("a text");
    let conversion = converter.convert(&document).expect("a report");
    let mut group = c.benchmark_group("convert");
    group.sample_size(10);
    group.bench_function("load the data files", |b| b.iter(|| Converter::load().expect("the data files")));
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("read", |b| b.iter(|| read::document(REPORT, &bytes).expect("a text")));
    group.bench_function("understand, link and check", |b| b.iter(|| converter.convert(&document).expect("a report")));
    group.bench_function("canonical N-Quads", |b| b.iter(|| canonical_nquads(conversion.quads.iter().cloned())));
    group.finish();
}

fn questions(c: &mut Criterion) {
    let converter = Converter::load().expect("the data files");
    let bytes = std::fs::read(REPORT).expect("the bundled report");
    let conversion = converter.convert(&read::document(REPORT, &bytes).expect("a text")).expect("a report");
    let quads: Vec<_> = converter.base_quads().iter().chain(&conversion.quads).cloned().collect();
    let graphs: BTreeSet<String> = quads.iter().map(|quad| graph_name(&quad.graph_name).to_owned()).collect();
    let graphs: Vec<NamedNode> = graphs.into_iter().map(NamedNode::new_unchecked).collect();
    let store = Embedded::in_memory().expect("a store in memory");
    store.replace(&graphs, &mut quads.into_iter()).expect("room in memory");
    let mut group = c.benchmark_group("query");
    group.sample_size(20);
    for query in queries::catalogue().expect("the published questions") {
        let request = query.request(&store, &[]).expect("defaults");
        group.bench_function(&query.name, |b| b.iter(|| run::ask(&store, &query, &request).expect("an answer")));
    }
    group.finish();
}

fn graph_name(name: &GraphName) -> &str {
    match name {
        GraphName::NamedNode(name) => name.as_str(),
        other => panic!("every statement is in a named graph, and not in {other}"),
    }
}

criterion_group!(benches, conversion, questions);
criterion_main!(benches);
