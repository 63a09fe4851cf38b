//! The graph that benchmarks ask: of the bundled report and of all reports of the shared material that is beside the checkout.

use forced_labour_graph::convert::Converter;
use forced_labour_graph::read;
use forced_labour_graph::store::{Embedded, Store};
use oxigraph::model::{GraphName, NamedNode};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub(crate) const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// All reports that are at hand, the bundled one first.
pub(crate) fn reports() -> Vec<PathBuf> {
    let mut found = vec![Path::new(ROOT).join("data/reports/mexico-2021-p029.es.txt")];
    for year in 2018..=2021 {
        let folder = std::fs::read_dir(Path::new(ROOT).join(format!("../shared/corpus/dol-findings-{year}")));
        found.extend(folder.into_iter().flatten().flatten().map(|entry| entry.path()));
    }
    found.retain(|path| path.extension().is_some_and(|ending| ending == "pdf" || ending == "txt"));
    found[1..].sort();
    found
}

/// A store with all of them.
pub(crate) fn store(reports: &[PathBuf]) -> Embedded {
    let converter = Converter::load().expect("the data files");
    let mut quads = converter.base_quads().to_vec();
    for report in reports {
        quads.extend(converter.convert(&read::file(report).expect("a report")).expect("a conversion").quads());
    }
    let graphs: BTreeSet<NamedNode> = quads
        .iter()
        .map(|quad| match &quad.graph_name {
            GraphName::NamedNode(name) => name.clone(),
            other => panic!("every statement is in a named graph, and not in {other}"),
        })
        .collect();
    let store = Embedded::in_memory().expect("a store in memory");
    store.replace(&graphs.into_iter().collect::<Vec<_>>(), &mut quads.into_iter()).expect("room in memory");
    store
}

/// The quickest of five runs.
pub(crate) fn quickest<T>(run: impl Fn() -> T) -> Duration {
    let once = |_| {
        let begun = Instant::now();
        std::hint::black_box(run());
        begun.elapsed()
    };
    (0..5).map(once).min().unwrap_or_default()
}

/// Says the percentiles of times.
pub(crate) fn percentiles(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at =
        |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    eprintln!("{what}: {}, median {:?}, p99 {:?}, longest {:?}", times.len(), at(50), at(99), at(100));
}
