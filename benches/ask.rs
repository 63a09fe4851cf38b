//! How fast questions in plain words are read and planned, on the graph of the bundled report and of all reports of the shared
//! material that is beside the checkout: `make bench`.
//!
//! The questions are those of `tests/ask/`. What one question costs at worst is said before the benchmark: the quickest of five
//! readings each, so that other work on the machine is not counted.

#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::print_stderr)] // a benchmark that cannot start says why

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use forced_labour_graph::ask::lexicon::{Lexicon, lexicon};
use forced_labour_graph::ask::{self, Vocabulary, plan, suggest};
use forced_labour_graph::convert::Converter;
use forced_labour_graph::read;
use forced_labour_graph::store::{Embedded, Store};
use oxigraph::model::{GraphName, NamedNode};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// All reports that are at hand, the bundled one first.
fn reports() -> Vec<PathBuf> {
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
fn store(reports: &[PathBuf]) -> Embedded {
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

/// The questions of the tables, each with the words of its language.
fn questions() -> Vec<(String, &'static Lexicon)> {
    let mut found = Vec::new();
    for table in ["questions.tsv", "blind.tsv"] {
        let text = std::fs::read_to_string(Path::new(ROOT).join("tests/ask").join(table)).expect("a table of questions");
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.starts_with("lang\t")) {
            let cells: Vec<&str> = line.split('\t').collect();
            if let (Some(lang), Some(question)) = (cells.first(), cells.get(4)) {
                found.push(((*question).to_owned(), lexicon(lang).expect("its words")));
            }
        }
    }
    found
}

fn planned(question: &str, words: &'static Lexicon, vocabulary: &Vocabulary) -> usize {
    let understood = ask::understand(question, words, vocabulary).expect("words that can be used");
    understood.best().map_or(0, |best| plan::plan(&best.noun, understood.books).query.len())
}

/// The quickest of five runs.
fn quickest<T>(run: impl Fn() -> T) -> Duration {
    let once = |_| {
        let begun = Instant::now();
        std::hint::black_box(run());
        begun.elapsed()
    };
    (0..5).map(once).min().unwrap_or_default()
}

fn percentiles(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at =
        |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    eprintln!("{what}: {} questions, median {:?}, p99 {:?}, longest {:?}", times.len(), at(50), at(99), at(100));
}

fn asking(c: &mut Criterion) {
    let reports = reports();
    let store = store(&reports);
    let vocabulary = Vocabulary::read(&store).expect("names");
    let questions = questions();
    eprintln!("{} reports, {} names of things", reports.len(), vocabulary.entities.len());
    let read = |(question, words): &(String, &'static Lexicon)| quickest(|| planned(question, words, &vocabulary));
    percentiles("read and planned", questions.iter().map(read).collect());
    // What can come next is asked for at each pause: here behind each first half of a question.
    let half = |question: &str| question.chars().take(question.chars().count() / 2).collect::<String>();
    let suggested = |(question, words): &(String, &'static Lexicon)| {
        let begun = half(question);
        quickest(|| suggest::next(&begun, Some(words.lang), "en", &vocabulary).expect("words that can be used"))
    };
    percentiles("suggested", questions.iter().map(suggested).collect());
    let mut group = c.benchmark_group("ask");
    group.throughput(Throughput::Elements(questions.len() as u64));
    group.bench_function("read and plan", |b| {
        b.iter(|| questions.iter().map(|(question, words)| planned(question, words, &vocabulary)).sum::<usize>());
    });
    group.bench_function("read the names of the store", |b| b.iter(|| Vocabulary::read(&store).expect("names")));
    group.finish();
}

criterion_group! {
    name = questions_in_words;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(5)).without_plots();
    targets = asking
}
criterion_main!(questions_in_words);
