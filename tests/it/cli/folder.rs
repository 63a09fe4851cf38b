//! Folders and patterns: all reports in them, several at once, each whole, in the order of their names.

use super::{Desk, report};
use forced_labour_graph::graph::graphs;
use forced_labour_graph::store::{Embedded, Pattern, Store as _};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

/// A folder with reports of several years, one in a folder of its own, one bad, and things that are no reports.
fn folder(desk: &Desk) {
    std::fs::create_dir_all(desk.path("r/older/.hidden")).unwrap();
    for (file, year) in [("r/b.txt", "2022"), ("r/a.txt", "2021"), ("r/older/z.txt", "2019"), ("r/older/.hidden/h.txt", "2018")] {
        desk.write(file, report().replacen("Mexico - 2021", &format!("Mexico - {year}"), 1));
    }
    desk.write("r/bad.txt", "no report");
    desk.write("r/notes.md", "no report");
    desk.write("r/.draft.txt", "no report");
}

#[test]
fn a_folder_gives_the_same_bytes_whatever_the_number_of_cores() {
    let desk = Desk::new();
    folder(&desk);
    let one = desk.flg(&["convert", "r", "--jobs", "1"]).refused(&["`r/bad.txt` follows no known form"]);
    let many = desk.flg(&["convert", "r", "--jobs", "4", "-q"]).refused(&[]);
    assert!(one.out == many.out, "the bytes differ");
    // In the order of the names, each as it is converted alone.
    let alone: String = ["r/a.txt", "r/b.txt", "r/older/z.txt"].map(|f| desk.flg(&["convert", f, "-q"]).good().out).concat();
    assert!(one.out == alone);
    // A row for each, also for the one that failed.
    let row = |words: &[&str]| one.err.lines().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(row(&["file", "form", "language", "facts", "uncertain", "not understood"]), "{}", one.err);
    assert!(
        row(&["r/older/z.txt", "ilo-p029-2021", "es"]) && row(&["r/bad.txt", "failed: follows no known form"]),
        "{}",
        one.err
    );
    assert!(!one.err.contains("hidden") && !one.err.contains("notes.md") && !one.err.contains("draft"), "{}", one.err);
    assert!(one.err.contains("[4/4] Converting `r/older/z.txt`"), "{}", one.err);
}

#[test]
fn the_table_counts_what_a_person_is_asked() {
    let desk = Desk::new();
    desk.write("report.txt", report());
    let json = desk.flg(&["add", "report.txt", "--json"]).good().json();
    let asked = |kind: &str| desk.flg(&["review", "list", "--kind", kind, "--json"]).good().json().as_array().unwrap().len();
    let (new, doubtful) = (asked("new"), asked("uncertain"));
    assert!(new > 0, "the report introduces names");
    let told = desk.flg(&["convert", "report.txt", "report.txt"]);
    let row = told.err.lines().find(|line| line.starts_with("report.txt ") && line.contains("ilo-p029-2021"));
    let numbers: Vec<usize> = row.unwrap_or(&told.err).split_whitespace().filter_map(|word| word.parse().ok()).collect();
    assert_eq!(numbers.get(1), Some(&(new + doubtful)), "{}\n{json}", told.err);
}

#[test]
fn every_form_of_output_holds_all_reports() {
    use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
    use oxigraph::model::Dataset;
    let desk = Desk::new();
    folder(&desk);
    std::fs::remove_file(desk.path("r/bad.txt")).unwrap();
    let read = |format: RdfFormat, text: &str| -> Dataset {
        RdfParser::from_format(format).for_slice(text.as_bytes()).map(Result::unwrap).collect()
    };
    let expected = read(RdfFormat::NQuads, &desk.flg(&["convert", "r", "-q"]).good().out);
    for (name, format) in [("trig", RdfFormat::TriG), ("jsonld", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() })] {
        let found = read(format, &desk.flg(&["convert", "r", "-q", "-f", name]).good().out);
        assert!(found == expected, "{name} says something else");
    }
}

#[test]
fn a_pattern_is_followed_where_the_shell_does_not() {
    let desk = Desk::new();
    folder(&desk);
    let run = desk.flg(&["convert", "r/**/[az].txt", "-q", "-o", "out.nq", "--json"]).good();
    let json = run.json();
    let files: Vec<&str> = json["reports"].as_array().unwrap().iter().map(|r| r["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["r/a.txt", "r/older/z.txt"]);
    assert_eq!(json["reports"][0]["form"], "ilo-p029-2021");
    assert_eq!(json["reports"][0]["language"], "es");
    assert!(json["reports"][0]["facts"].as_u64().unwrap() > 100);
    assert!(desk.read("out.nq").contains("mex-2019-p029"));
    desk.flg(&["convert", "r/*.rtf"]).refused(&["no file matches `r/*.rtf`"]);
    assert_eq!(desk.flg(&["convert", "r/a.txt", "--json"]).code, Some(2), "the reports and the summary go to one place");
}

#[test]
fn a_folder_is_added_and_built() {
    let desk = Desk::new();
    folder(&desk);
    let run = desk.flg(&["build", "r"]).refused(&["`r/bad.txt`", "1 report was not stored"]);
    assert!(run.out.lines().next().unwrap().starts_with("file"), "{}", run.out);
    assert_eq!(run.out.lines().filter(|line| line.contains("ilo-p029-2021")).count(), 3, "{}", run.out);
    let content = desk.content();
    // What has not changed is passed over, each with its row.
    let run = desk.flg(&["add", "r"]).refused(&[]);
    assert_eq!(run.out.lines().filter(|line| line.ends_with("unchanged")).count(), 3, "{}", run.out);
    assert_eq!(desk.flg(&["add", "r", "--json"]).refused(&[]).json()["unchanged"].as_array().unwrap().len(), 3);
    let run = desk.flg(&["add", "r", "--json", "--force"]).refused(&[]);
    assert_eq!(run.json()["reports"].as_array().unwrap().len(), 3);
    assert_eq!(run.json()["failed"][0]["file"], "r/bad.txt");
    assert!(content == desk.content());
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_whole_reports() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("r")).unwrap();
    let years = 2001..=2008;
    for year in years.clone() {
        desk.write(&format!("r/{year}.txt"), report().replacen("Mexico - 2021", &format!("Mexico - {year}"), 1));
    }
    let mut running = desk.command(&["add", "r", "--jobs", "2"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut talk = BufReader::new(running.stderr.take().unwrap()).lines().map(Result::unwrap);
    talk.find(|line| line.contains("Storing")).expect("it says when it stores");
    assert!(Command::new("kill").args(["-INT", &running.id().to_string()]).status().unwrap().success());
    let rest: Vec<String> = talk.collect();
    assert_eq!(running.wait().unwrap().code(), Some(1), "{rest:?}");
    assert!(rest.iter().any(|line| line.contains("interrupted after ")), "{rest:?}");
    let store = Embedded::open(&desk.path(".flg/store")).unwrap();
    let of = |year: i32| {
        let ours = graphs(&format!("mex-{year}-p029"));
        let all = store.quads(Pattern::default()).unwrap();
        all.into_iter().filter(|q| ours.iter().any(|g| q.graph_name == g.clone().into())).count()
    };
    let whole = desk.flg(&["convert", "r/2001.txt", "-q"]).good().out.lines().count();
    let stored: Vec<usize> = years.map(of).filter(|quads| *quads > 0).collect();
    assert!(!stored.is_empty() && stored.len() < 8 && stored.iter().all(|quads| *quads == whole), "{stored:?} of {whole}");
}
