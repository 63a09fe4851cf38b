//! How fast questions in plain words are read and planned, on the graph of the bundled report and of all reports of the shared
//! material that is beside the checkout: `make bench`.
//!
//! The questions are those of `tests/ask/`. What one question costs at worst is said before the benchmark: the quickest of five
//! readings each, so that other work on the machine is not counted.

#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::print_stderr)] // a benchmark that cannot start says why

mod corpus;

use corpus::{ROOT, percentiles, quickest, reports, store};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use forced_labour_graph::ask::lexicon::{Lexicon, lexicon};
use forced_labour_graph::ask::{self, Vocabulary, plan, suggest};
use std::path::Path;
use std::time::Duration;

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
