//! `flg query`, run as a person runs it.

use super::FILE;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use std::process::{Command, Output};
use std::time::Instant;

fn flg(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flg"));
    let folder = tempfile::tempdir().unwrap();
    for variable in ["FLG_STORE", "FLG_CONFIG", "FLG_QUERY_TIMEOUT", "COLUMNS"] {
        command.env_remove(variable);
    }
    command.current_dir(folder.path()).args(arguments).output().unwrap()
}

/// `flg query` of the converted report.
fn query(arguments: &[&str]) -> Output {
    let mut all = vec!["query"];
    all.extend(arguments);
    all.extend(["--data", FILE.1.to_str().unwrap()]);
    flg(&all)
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What a command that fails says; it writes no data.
fn failure(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", said(output));
    assert_eq!(out(output), "");
    said(output)
}

#[test]
fn a_question_is_answered_from_a_file() {
    let output = query(&["dol-agriculture"]);
    assert!(output.status.success(), "{}", said(&output));
    let shown = out(&output);
    assert!(shown.contains("SENDEROS") && shown.contains("Campos de Esperanza") && !shown.contains("REFRAME"), "{shown}");
    assert!(!shown.contains("https://w3id.org"), "labels stand for IRIs: {shown}");
    assert!(shown.lines().all(|line| line.chars().count() <= 120), "{shown}");
    assert_eq!(said(&output), "");
}

#[test]
fn csv_has_a_row_for_each_answer() {
    let shown = out(&query(&["challenges", "country=México", "--format", "csv", "--lang", "es"]));
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "country,countryLabel,challenge,challengeLabel,quote,report,answer");
    assert!(lines[1].starts_with("https://w3id.org/forced-labour-graph/id/country/mex,México,"), "{}", lines[1]);
    let commas = |line: &str| line.split('"').step_by(2).map(|outside| outside.matches(',').count()).sum::<usize>();
    assert!(lines.len() > 4 && lines.iter().all(|line| commas(line) == 6), "{shown}");
}

#[test]
fn the_formats_of_sparql_results_hold_the_same_rows() {
    let mut counts = Vec::new();
    for (name, format) in [("json", QueryResultsFormat::Json), ("xml", QueryResultsFormat::Xml), ("tsv", QueryResultsFormat::Tsv)]
    {
        let output = query(&["programme-actors", "--format", name]);
        let SliceQueryResultsParserOutput::Solutions(rows) =
            QueryResultsParser::from_format(format).for_slice(&output.stdout).unwrap()
        else {
            panic!("{name}")
        };
        assert_eq!(rows.variables()[0].as_str(), "programme");
        let rows: Vec<_> = rows.map(Result::unwrap).collect();
        assert!(rows.iter().all(|row| row.get("actorLabel").is_some()), "{name}");
        counts.push(rows.len());
    }
    assert!(counts[0] > 5 && counts.iter().all(|count| *count == counts[0]), "{counts:?}");
}

#[test]
fn ask_says_yes_or_no_and_construct_gives_a_graph() {
    let ask = "ASK { ?x a flg:Programme }";
    assert_eq!(out(&query(&["-e", ask])), "yes\n");
    assert_eq!(out(&query(&["-e", "ASK { ?x a flg:Nothing }"])), "no\n");
    assert!(out(&query(&["-e", ask, "--format", "json"])).contains("true"));
    let construct = "CONSTRUCT { ?p flg:fundedBy ?f } WHERE { ?p flg:fundedBy ?f }";
    let (turtle, triples) = (query(&["-e", construct]), query(&["-e", construct, "--format", "nt"]));
    let count = |format, bytes: &[u8]| RdfParser::from_format(format).for_slice(bytes).map(Result::unwrap).count();
    assert_eq!(count(RdfFormat::Turtle, &turtle.stdout), 3);
    assert_eq!(count(RdfFormat::NTriples, &triples.stdout), 3);
    assert!(failure(&query(&["-e", construct, "--format", "csv"])).contains("use `--format ttl` or `--format nt`"));
    assert!(failure(&query(&["-e", "SELECT * { ?s ?p ?o } LIMIT 1", "--format", "ttl"])).contains("has rows, and is no graph"));
}

#[test]
fn values_are_bound_in_queries_of_ones_own() {
    let names = "SELECT ?name WHERE { ?programme a flg:Programme ; flg:fundedBy ?funder ; skos:prefLabel ?name }";
    let output = query(&["-e", names, "funder=id:organization/eu"]);
    let shown = out(&output);
    assert!(shown.contains("Recruitment Framework") && !shown.contains("SENDEROS"), "{shown}{}", said(&output));
    let message = failure(&query(&["-e", names, "donor=id:organization/eu"]));
    assert!(message.contains("`donor` is no parameter") && message.contains("its variables are `funder`, `name`, `programme`"));
}

#[test]
fn a_query_in_a_file_is_asked_like_one_that_comes_with_flg() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.rq");
    let text = std::fs::read_to_string(super::root("queries/challenges.rq")).unwrap();
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(out(&query(&[file, "country=MEX"])), out(&query(&["challenges", "country=MEX"])));
    std::fs::write(file, "SELECT ?x WHERE {\n  ?x a flg:Programme\n  FILTER(\n}").unwrap();
    let message = failure(&query(&[file]));
    assert!(message.contains("mine.rq`: the query is not valid SPARQL at line 4, column 2"), "{message}");
    assert!(failure(&query(&["none.rq"])).contains("cannot read the query `none.rq`"));
}

#[test]
fn nothing_found_is_said_and_is_no_failure() {
    let output = query(&["challenges", "country=Ghana"]);
    assert!(output.status.success());
    assert_eq!(out(&output), "");
    assert_eq!(said(&output), "No rows: the graph holds nothing that `challenges` asks for with `country=Ghana`.\n");
    assert_eq!(said(&query(&["challenges", "country=Ghana", "--quiet"])), "");
}

#[test]
fn mistakes_are_told_with_a_remedy() {
    let message = failure(&query(&["dol-agricultura"]));
    assert!(message.starts_with("error: there is no query `dol-agricultura`\nhint: did you mean `dol-agriculture`"), "{message}");
    assert!(failure(&query(&["zzz"])).contains("hint: `flg query --list` shows them all"));
    assert!(failure(&query(&["challenges", "México"])).contains("hint: write `NAME=VALUE`"));
    assert!(failure(&query(&["challenges", "country=Mexco"])).contains("hint: did you mean `Mexico` (`id:country/mex`)"));
    let message = failure(&query(&["-e", "SELECT * WHERE {\n ?s ?p }"]));
    assert!(message.starts_with("error: the query is not valid SPARQL at line 2, column"), "{message}");
    let usage = query(&["challenges", "--format", "pdf"]);
    assert_eq!((usage.status.code(), out(&usage).as_str()), (Some(2), ""));
}

#[test]
fn without_a_store_the_remedy_is_to_build_one() {
    let message = failure(&flg(&["query", "dol-agriculture"]));
    assert!(message.contains("there is no store at `.flg/store`\nhint: make it with `flg build`"), "{message}");
    let message = failure(&flg(&["query", "dol-agriculture", "--store", "elsewhere"]));
    assert!(message.contains("there is no store at `elsewhere`"), "{message}");
}

#[test]
fn files_that_cannot_be_queried_are_named_with_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let bad = at("bad.nt", "<urn:a> <urn:b> <urn:c> .\n<urn:a> urn:b .\n");
    let message = failure(&flg(&["query", "challenges", "--data", &bad]));
    assert!(message.contains("bad.nt`, line 2,"), "{message}");
    let message = failure(&flg(&["query", "challenges", "--data", &at("data.txt", "")]));
    assert!(message.contains("hint: the endings are `nq`, `trig`, `ttl`, `nt`"), "{message}");
    assert!(failure(&flg(&["query", "challenges", "--data", "none.nq"])).contains("`none.nq` cannot be read"));
}

#[test]
fn statements_without_a_graph_can_be_queried_beside_what_flg_knows() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.ttl");
    std::fs::write(&file, "<urn:x> <https://w3id.org/forced-labour-graph/ontology#targetsSector> <https://w3id.org/forced-labour-graph/id/sector/coffee> .").unwrap();
    let text =
        "SELECT ?x ?name WHERE { ?x flg:targetsSector/skos:broader ?s . ?s skos:prefLabel ?name FILTER(LANG(?name) = 'en') }";
    let output = flg(&["query", "-e", text, "--data", file.to_str().unwrap()]);
    assert_eq!(out(&output), "x      name\nurn:x  agriculture\n", "{}", said(&output));
}

#[test]
fn a_query_that_takes_too_long_is_given_up() {
    // The engine does not hear that it is cancelled while it counts.
    for query in ["SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }", "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"] {
        let begun = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_flg"));
        let output =
            command.args(["query", "-e", query, "--data"]).arg(&FILE.1).env("FLG_QUERY_TIMEOUT", "0.3").output().unwrap();
        let message = failure(&output);
        assert!(message.contains("the query did not end within 0.3 s") && message.contains("FLG_QUERY_TIMEOUT"), "{message}");
        assert!(begun.elapsed().as_secs() < 30, "{query} took {:?}", begun.elapsed());
    }
}

#[test]
fn properties_of_other_vocabularies_have_names_too() {
    let shown = out(&query(&["structure", "--lang", "fr"]));
    assert!(!shown.contains("org:unitOf") && !shown.contains("org:subOrganizationOf"), "{shown}");
}

#[test]
fn the_list_shows_every_question_in_the_readers_language() {
    let names: Vec<String> = forced_labour_graph::queries::catalogue().unwrap().into_iter().map(|query| query.name).collect();
    let (listed, bare) = (flg(&["query", "--list"]), flg(&["query"]));
    assert_eq!(out(&listed), out(&bare));
    for name in &names {
        assert!(out(&listed).lines().any(|line| line.split_whitespace().next() == Some(name)), "{name}");
    }
    assert!(out(&flg(&["query", "--list", "--lang", "fr"])).contains("Quelles difficultés les pays signalent"));
    let one = out(&flg(&["query", "--list", "programmes"]));
    assert!(one.contains("concept id:scheme/sectors") && one.contains("A funder, with its bureaux and agencies"), "{one}");
    let json: serde_json::Value = serde_json::from_slice(&flg(&["query", "--list", "--format", "json"]).stdout).unwrap();
    assert_eq!(json.as_array().unwrap().len(), names.len());
    assert!(failure(&flg(&["query", "--list", "--format", "xml"])).contains("use `--format table` or `--format json`"));
}
