//! How fast the bundled report and folders of texts and PDF files are converted, and the published questions answered:
//! `make bench`.
//!
//! Throughput is in bytes of the files. Conversion is measured on one core, in time on that core where the system tells it
//! (Linux), so that a busy machine spoils little; queries in time of the clock. Figures depend on the machine: compare runs of
//! one machine only. `docs/performance.md` has some, and says where the time goes.

#![allow(missing_docs, clippy::expect_used, clippy::panic)] // a benchmark that cannot start says why

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use forced_labour_graph::convert::Converter;
use forced_labour_graph::graph::canonical::canonical;
use forced_labour_graph::queries::{self, run};
use forced_labour_graph::read;
use forced_labour_graph::store::{Embedded, Store};
use oxigraph::model::{GraphName, NamedNode};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const REPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports/mexico-2021-p029.es.txt");

/// The time for which this thread was on a core.
struct CoreTime;

impl CoreTime {
    fn now() -> Duration {
        static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let nanoseconds = told.and_then(|text| text.split_whitespace().next()?.parse().ok());
        nanoseconds.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
    }
}

impl Measurement for CoreTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        Self::now()
    }
    fn end(&self, start: Duration) -> Duration {
        Self::now().saturating_sub(start)
    }
    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }
    fn zero(&self) -> Duration {
        Duration::ZERO
    }
    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }
    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

/// Ten samples of all in all two seconds: what is measured here varies little.
fn quick<M: Measurement>(measured: Criterion<M>) -> Criterion<M> {
    measured.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2))
}

fn conversion(c: &mut Criterion<CoreTime>) {
    let bytes = std::fs::read(REPORT).expect("the bundled report");
    let converter = Converter::load().expect("the data files");
    let document = read::document(REPORT, &bytes).expect("a text");
    let conversion = converter.convert(&document).expect("a report");
    let mut group = c.benchmark_group("convert");
    group.bench_function("load the data files", |b| b.iter(|| Converter::load().expect("the data files")));
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("read", |b| b.iter(|| read::document(REPORT, &bytes).expect("a text")));
    group.bench_function("understand, link and check", |b| b.iter(|| converter.convert(&document).expect("a report")));
    group.bench_function("canonical N-Quads", |b| b.iter(|| canonical(&conversion.statements)));
    group.finish();
}

/// The texts of the repository, and some PDF files where the shared material is beside the checkout.
fn folders(c: &mut Criterion<CoreTime>) {
    const ROOT: &str = env!("CARGO_MANIFEST_DIR");
    const TEXTS: [&str; 4] = [
        "data/reports/mexico-2021-p029.es.txt",
        "tests/it/fixtures/ghana-2021-p029.en.txt",
        "tests/it/fixtures/senegal-2021-p029.fr.txt",
        "tests/it/fixtures/bahrain-2012-baseline.en.txt",
    ];
    /// So many PDF files are enough to see how fast they go.
    const FILES: usize = 4;
    let texts: Vec<PathBuf> = TEXTS.iter().map(|file| Path::new(ROOT).join(file)).collect();
    folder(c, "folder of texts", &texts);
    let pdfs = std::fs::read_dir(Path::new(ROOT).join("../shared/corpus/dol-findings-2021"));
    let mut pdfs: Vec<PathBuf> = pdfs.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    pdfs.retain(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    pdfs.sort();
    pdfs.truncate(FILES);
    if !pdfs.is_empty() {
        folder(c, "folder of PDF files", &pdfs);
    }
}

/// Bytes and reports per second of a folder on one core: read, understood and linked, and with all checks.
fn folder(c: &mut Criterion<CoreTime>, name: &str, paths: &[PathBuf]) {
    let converter = Converter::load().expect("the data files");
    let files: Vec<(String, Vec<u8>)> =
        paths.iter().map(|path| (path.display().to_string(), std::fs::read(path).expect("a file"))).collect();
    let documents: Vec<_> = files.iter().map(|(name, bytes)| read::document(name, bytes).expect("a document")).collect();
    let mut group = c.benchmark_group(name);
    let bytes = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    group.throughput(Throughput::ElementsAndBytes { elements: files.len() as u64, bytes });
    group.bench_function("read", |b| {
        b.iter(|| files.iter().map(|(name, bytes)| read::document(name, bytes).expect("a document").text.len()).sum::<usize>());
    });
    group.bench_function("understand and link", |b| {
        b.iter(|| documents.iter().map(|document| converter.unchecked(document).expect("a report").len()).sum::<usize>());
    });
    group.bench_function("understand, link and check", |b| {
        b.iter(|| {
            documents.iter().map(|document| converter.convert(document).expect("a report").statements.len()).sum::<usize>()
        });
    });
    group.finish();
}

fn questions(c: &mut Criterion) {
    let converter = Converter::load().expect("the data files");
    let bytes = std::fs::read(REPORT).expect("the bundled report");
    let conversion = converter.convert(&read::document(REPORT, &bytes).expect("a text")).expect("a report");
    let quads: Vec<_> = converter.base_quads().iter().cloned().chain(conversion.quads()).collect();
    let graphs: BTreeSet<String> = quads.iter().map(|quad| graph_name(&quad.graph_name).to_owned()).collect();
    let graphs: Vec<NamedNode> = graphs.into_iter().map(NamedNode::new_unchecked).collect();
    let store = Embedded::in_memory().expect("a store in memory");
    store.replace(&graphs, &mut quads.into_iter()).expect("room in memory");
    let mut group = c.benchmark_group("query");
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

criterion_group! {
    name = conversions;
    config = quick(Criterion::default().with_measurement(CoreTime));
    targets = conversion, folders
}
criterion_group! {
    name = queries_by_name;
    config = quick(Criterion::default());
    targets = questions
}
criterion_main!(conversions, queries_by_name);
