//! `flg convert`.

use super::{Desk, REPORT, of_another_year, report};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Dataset, Quad};

fn quads(format: RdfFormat, text: &str) -> Vec<Quad> {
    RdfParser::from_format(format).for_slice(text.as_bytes()).map(Result::unwrap).collect()
}

#[test]
fn the_same_report_gives_the_same_bytes_in_every_form() {
    let desk = Desk::new();
    let first = desk.flg(&["convert", REPORT]).good();
    assert_eq!(first.out, desk.flg(&["convert", REPORT, "--format", "nq"]).good().out);
    let expected: Dataset = quads(RdfFormat::NQuads, &first.out).into_iter().collect();
    assert!(expected.len() > 1000);
    let json = RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() };
    for (name, format) in [("trig", RdfFormat::TriG), ("jsonld", json)] {
        let run = desk.flg(&["convert", REPORT, "--format", name, "--quiet"]).good();
        assert_eq!(run.out, desk.flg(&["convert", REPORT, "--format", name]).good().out, "{name}");
        let found: Dataset = quads(format, &run.out).into_iter().collect();
        assert!(found == expected, "{name} says something else");
    }
    // Turtle has no graphs: the same triples, each once.
    let turtle = desk.flg(&["convert", REPORT, "--format", "ttl"]).good().out;
    let triples: std::collections::HashSet<_> = expected.iter().map(|q| oxigraph::model::Triple::from(q.into_owned())).collect();
    let found: std::collections::HashSet<_> =
        quads(RdfFormat::Turtle, &turtle).into_iter().map(oxigraph::model::Triple::from).collect();
    assert!(triples == found, "{} triples, not {}", found.len(), triples.len());
}

#[test]
fn what_was_not_understood_is_told_with_file_and_line() {
    let desk = Desk::new();
    desk.write("r.txt", report());
    let run = desk.flg(&["convert", "r.txt"]).good();
    assert!(regex::Regex::new(r"(?m)^r\.txt:\d+: (note|warning): ").unwrap().is_match(&run.err), "{}", run.err);
    assert!(run.out.lines().all(|line| line.ends_with(" .")), "standard output is data alone");
}

#[test]
fn an_output_is_written_whole_or_not_at_all() {
    let desk = Desk::new();
    desk.write("one.txt", report());
    desk.write("two.txt", of_another_year());
    desk.write("bad.txt", "no report");
    let run = desk.flg(&["convert", "one.txt", "-o", "one.trig"]).good();
    assert_eq!(run.out, "");
    let before = desk.read("one.trig");
    assert!(before.contains("@prefix flg:"), "the ending says the form");
    // Where no report can be converted, the output is as it was; where some can, they are written.
    desk.flg(&["convert", "bad.txt", "none.txt", "-o", "one.trig"]).refused(&["`bad.txt`", "`none.txt`", "nothing was written"]);
    assert_eq!(before, desk.read("one.trig"));
    desk.flg(&["convert", "bad.txt", "one.txt", "-o", "rest.trig"]).refused(&["`bad.txt`", "the others were written"]);
    assert_eq!(before, desk.read("rest.trig"));
    std::fs::remove_file(desk.path("rest.trig")).unwrap();
    desk.flg(&["convert", "bad.txt", "-o", "none.nq"]).refused(&["`bad.txt`"]);
    assert!(!desk.path("none.nq").exists());
    // Several reports, one output; nothing is left beside it.
    desk.flg(&["convert", "one.txt", "two.txt", "--output", "both.nq"]).good();
    let both = desk.read("both.nq");
    assert!(both.contains("graph/report/mex-2021-p029>") && both.contains("graph/report/mex-2022-p029>"));
    let mut files: Vec<_> = std::fs::read_dir(desk.0.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["bad.txt", "both.nq", "one.trig", "one.txt", "two.txt"]);
}

#[test]
fn an_output_that_cannot_be_is_refused_before_the_work() {
    let desk = Desk::new();
    desk.write("one.txt", report());
    desk.flg(&["convert", "one.txt", "-o", "."]).refused(&["`.` is a folder"]);
    desk.flg(&["convert", "one.txt", "-o", "one.txt"]).refused(&["`one.txt` is one of the reports"]);
    assert_eq!(desk.read("one.txt"), report());
    desk.flg(&["convert", "one.txt", "-o", "no/such/folder.nq"]).refused(&["cannot write `no/such/folder.nq`"]);
}

#[test]
fn a_report_comes_from_standard_input_too() {
    let desk = Desk::new();
    let piped = desk.flg_with(report().as_bytes(), &["convert", "-", "--quiet"]).good();
    assert_eq!(piped.out, desk.flg(&["convert", REPORT, "--quiet"]).good().out);
    desk.flg_with(b"", &["convert", "-"]).refused(&["`standard input` is empty"]);
}

#[test]
fn wrong_usage_ends_with_two() {
    let desk = Desk::new();
    for arguments in [vec!["convert"], vec!["convert", "x", "--format", "word"], vec!["add"], vec!["nonsense"], vec!["show"]] {
        let run = desk.flg(&arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.err);
        assert_eq!(run.out, "");
        assert!(run.err.contains("Usage:") || run.err.contains("--help"), "{}", run.err);
    }
}
