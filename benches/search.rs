//! How fast names and passages are found, on the graph of the bundled report and of all reports of the shared material that is
//! beside the checkout, and what it takes to make the index: `make bench`.
//!
//! The queries are made from what is there: names and acronyms of things, pairs of words that stand in passages, in their own
//! spelling and with a slip of the pen, beginnings of names, and what readers ask (`tests/ask/`). What one costs at worst is said
//! before the benchmark: the quickest of five runs each, so that other work on the machine is not counted.

#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::print_stderr)] // a benchmark that cannot start says why

mod corpus;

use corpus::{ROOT, percentiles, quickest, reports, store};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use forced_labour_graph::model::vocab::{flg, oa, skos};
use forced_labour_graph::search::{Chosen, Facet, Index, Wanted};
use forced_labour_graph::store::{Pattern, Store};
use oxigraph::model::{NamedNodeRef, Term};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

/// So many queries are made of each kind.
const OF_EACH: usize = 60;

/// The texts of a property, spread over all of them.
fn texts(store: &dyn Store, property: NamedNodeRef<'_>) -> Vec<String> {
    let property = property.into_owned();
    let mut all = BTreeSet::new();
    let read = store.each(Pattern { predicate: Some(&property), ..Pattern::default() }, &mut |quad| {
        if let Term::Literal(text) = quad.object {
            all.insert(text.value().to_owned());
        }
        Ok(())
    });
    read.expect("a store that can be read");
    let step = (all.len() / OF_EACH).max(1);
    all.into_iter().step_by(step).take(OF_EACH).collect()
}

/// The text with two letters in the middle of its longest word changed over.
fn slipped(text: &str) -> String {
    let longest = text.split(' ').max_by_key(|word| word.chars().count()).unwrap_or_default();
    let mut letters: Vec<char> = longest.chars().collect();
    let middle = letters.len() / 2;
    if middle > 1 {
        letters.swap(middle, middle - 1);
    }
    text.replace(longest, &letters.into_iter().collect::<String>())
}

fn queries(store: &dyn Store) -> Vec<(&'static str, Vec<String>)> {
    let names = texts(store, skos::PREF_LABEL);
    let quotes = texts(store, oa::EXACT);
    let words = |text: &String| {
        let all: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 4).collect();
        (all.len() > 1).then(|| format!("{} {}", all[0], all[all.len() - 1]))
    };
    let pairs: Vec<String> = quotes.iter().filter_map(words).collect();
    let begun = |name: &String| name.chars().take(name.chars().count().div_ceil(2)).collect::<String>();
    let table = std::fs::read_to_string(Path::new(ROOT).join("tests/ask/questions.tsv")).expect("a table of questions");
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.starts_with("lang\t"));
    let asked: Vec<String> = lines.filter_map(|line| line.split('\t').nth(4)).map(str::to_owned).collect();
    let step = (asked.len() / OF_EACH).max(1);
    let broad = ["labor", "child labor", "forced labour", "trabajo", "government", "the", "2021", "national action plan", "a"];
    vec![
        ("acronyms", texts(store, flg::ACRONYM)),
        ("beginnings of names", names.iter().map(begun).collect()),
        ("names with a slip", names.iter().map(|name| slipped(name)).collect()),
        ("names", names),
        ("words of passages with a slip", pairs.iter().map(|pair| slipped(pair)).collect()),
        ("words of passages", pairs),
        ("questions of readers", asked.into_iter().step_by(step).collect()),
        ("words that stand everywhere", broad.iter().map(|text| (*text).to_owned()).collect()),
    ]
}

fn searching(c: &mut Criterion) {
    let reports = reports();
    let store = store(&reports);
    let begun = Instant::now();
    let index = Index::read(&store, String::new()).expect("an index");
    let (things, passages) = index.size();
    eprintln!("{} reports, {things} things and {passages} passages, indexed in {:?}", reports.len(), begun.elapsed());
    let queries = queries(&store);
    let none = Chosen::new();
    let some = Chosen::from([(Facet::Year, vec!["2021".to_owned()]), (Facet::Country, vec!["gha".to_owned(), "mex".to_owned()])]);
    let search = |text: &str, chosen: &Chosen| {
        index.search(&Wanted { text, chosen, page: 1, per_page: 20, lang: "en" }).expect("results").total
    };
    let (mut whole, mut narrowed) = (Vec::new(), Vec::new());
    for (kind, texts) in &queries {
        let times: Vec<_> = texts.iter().map(|text| quickest(|| search(text, &none))).collect();
        narrowed.extend(texts.iter().map(|text| quickest(|| search(text, &some))));
        percentiles(kind, times.clone());
        whole.extend(times);
    }
    percentiles("searched, all of them", whole);
    percentiles("searched, narrowed down", narrowed);
    let all: Vec<&String> = queries.iter().flat_map(|(_, texts)| texts).collect();
    percentiles("suggested", all.iter().map(|text| quickest(|| index.suggest(text, "en", 10).len())).collect());
    let mut group = c.benchmark_group("search");
    group.throughput(Throughput::Elements(all.len() as u64));
    group.bench_function("search", |b| b.iter(|| all.iter().map(|text| search(text, &none)).sum::<usize>()));
    group.throughput(Throughput::Elements(1));
    group.bench_function("make the index", |b| b.iter(|| Index::read(&store, String::new()).expect("an index").size()));
    group.finish();
}

criterion_group! {
    name = full_text;
    config = Criterion::default().sample_size(10).without_plots();
    targets = searching
}
criterion_main!(full_text);
