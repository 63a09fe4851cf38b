//! The questions that come with flg: what they answer on the report that comes with it, and how they are asked.
//!
//! `fixtures/queries/NAME.tsv` holds the rows that the report bears out, read against its text: columns as people see them
//! (labels instead of IRIs), of which a file may leave some out. A cell of a column of quotes is part of the quote, so that the
//! fixture names the words that matter and not where a rule begins to quote. A row that begins with `?` is in the report and is
//! not found yet; one that begins with `!` is found and is not in the report. When either changes, the mark has to go.

use crate::sample::store_of;
use forced_labour_graph::convert::{Conversion, Converter};
use forced_labour_graph::graph::serialise::{Syntax, write_quads};
use forced_labour_graph::model::vocab::compact;
use forced_labour_graph::queries::run::{self, Answer};
use forced_labour_graph::queries::{self, Query};
use forced_labour_graph::read;
use forced_labour_graph::store::{Embedded, Table};
use oxigraph::model::Term;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

mod cli;
mod header;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The bundled report, converted.
static REPORT: LazyLock<Conversion> = LazyLock::new(|| {
    let document = read::file(&root("data/reports/mexico-2021-p029.es.txt")).unwrap();
    Converter::load().unwrap().convert(&document).unwrap()
});

/// Ontology, authority and the report.
static GRAPH: LazyLock<Embedded> = LazyLock::new(|| {
    let converter = Converter::load().unwrap();
    let quads: Vec<_> = converter.base_quads().iter().cloned().chain(REPORT.quads()).collect();
    store_of(quads)
});

/// The report as N-Quads, in a file.
static FILE: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.nq");
    let mut bytes = Vec::new();
    write_quads(REPORT.quads(), Syntax::NQuads, &mut bytes).unwrap();
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
});

fn query(name: &str) -> Query {
    queries::catalogue().unwrap().into_iter().find(|query| query.name == name).unwrap()
}

fn ask(query: &Query, values: &[(&str, &str)]) -> Result<Table, String> {
    let values: Vec<_> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = query.request(&*GRAPH, &values).map_err(|e| e.to_string())?;
    match run::ask(&*GRAPH, query, &request).map_err(|e| e.to_string())? {
        Answer::Rows(table) => Ok(table),
        other => panic!("{other:?}"),
    }
}

/// A table as people see it: its head, and its rows.
fn seen(table: &Table) -> (Vec<String>, Vec<Vec<String>>) {
    let columns = run::shown(table);
    let text = |term: &Term| match term {
        Term::NamedNode(iri) => compact(iri.as_ref()),
        Term::Literal(literal) => literal.value().split_whitespace().collect::<Vec<_>>().join(" "),
        Term::BlankNode(node) => node.to_string(),
    };
    let cell = |row: &[Option<Term>], column: &run::Column| {
        row[column.at].as_ref().or_else(|| row[column.of?].as_ref()).map(text).unwrap_or_default()
    };
    let rows = table.rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    (columns.into_iter().map(|column| column.name).collect(), rows)
}

/// The cells of one column.
fn column(table: &Table, name: &str) -> BTreeSet<String> {
    let (head, rows) = seen(table);
    let at = head.iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name} in {head:?}"));
    rows.into_iter().map(|mut row| row.swap_remove(at)).collect()
}

/// What a fixture and an answer differ in, in words.
fn differences(name: &str, fixture: &str, table: &Table) -> Vec<String> {
    let (head, rows) = seen(table);
    let mut lines = fixture.lines().filter(|line| !line.starts_with('#'));
    let wanted: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let mut places = Vec::new();
    for column in &wanted {
        match head.iter().position(|name| name == column) {
            Some(place) => places.push((place, column.to_lowercase().ends_with("quote"))),
            None => return vec![format!("{name}: the answer has no column `{column}`, only {head:?}")],
        }
    }
    let mut left: BTreeSet<Vec<&str>> = rows.iter().map(|row| places.iter().map(|(at, _)| row[*at].as_str()).collect()).collect();
    let fits = |cells: &[&str], row: &[&str]| {
        cells.len() == row.len()
            && cells.iter().zip(row).zip(&places).all(|((cell, actual), (_, quote))| {
                if *quote && !cell.is_empty() { actual.contains(cell) } else { cell == actual }
            })
    };
    let mut problems = Vec::new();
    for line in lines {
        let (mark, cells) = match line.split_at_checked(1) {
            Some((mark @ ("?" | "!"), rest)) => (mark, rest),
            _ => ("", line),
        };
        let cells: Vec<&str> = cells.split('\t').collect();
        let found: Vec<Vec<&str>> = left.iter().filter(|row| fits(&cells, row)).cloned().collect();
        match (mark, found.is_empty()) {
            ("?", true) | ("!" | "", false) => {}
            ("?", false) => problems.push(format!("{name}: found now, take the `?` away: {line}")),
            ("!", true) => problems.push(format!("{name}: no longer found, take the row away: {line}")),
            _ => problems.push(format!("{name}: not found: {line}")),
        }
        for row in found {
            left.remove(&row);
        }
    }
    problems.extend(left.into_iter().map(|row| format!("{name}: not expected: {}", row.join("\t"))));
    problems
}

#[test]
fn every_question_is_answered_as_the_report_bears_out() {
    let mut problems = Vec::new();
    let catalogue = queries::catalogue().unwrap();
    assert!(catalogue.len() >= 15);
    for query in &catalogue {
        let table = ask(query, &[]).unwrap();
        if let Some(folder) = std::env::var_os("FLG_TEST_OUT") {
            let (head, rows) = seen(&table);
            let lines: Vec<String> = std::iter::once(head).chain(rows).map(|row| row.join("\t")).collect();
            std::fs::write(Path::new(&folder).join(format!("{}.tsv", query.name)), lines.join("\n") + "\n").unwrap();
        }
        match std::fs::read_to_string(root(&format!("tests/it/fixtures/queries/{}.tsv", query.name))) {
            Ok(fixture) => problems.extend(differences(&query.name, &fixture, &table)),
            Err(error) => problems.push(format!("{}: no expected rows: {error}", query.name)),
        }
    }
    assert!(problems.is_empty(), "{} differences\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_fixture_is_of_a_query() {
    let names: BTreeSet<String> = queries::catalogue().unwrap().into_iter().map(|query| query.name).collect();
    for file in std::fs::read_dir(root("tests/it/fixtures/queries")).unwrap() {
        let path = file.unwrap().path();
        assert!(names.contains(path.file_stem().unwrap().to_str().unwrap()), "{}", path.display());
    }
}

#[test]
fn every_quote_is_in_the_report() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = words(&std::fs::read_to_string(root("data/reports/mexico-2021-p029.es.txt")).unwrap());
    let mut quotes = 0;
    for query in queries::catalogue().unwrap() {
        let (head, rows) = seen(&ask(&query, &[]).unwrap());
        let is_quote = |name: &&str| name.to_lowercase().ends_with("quote");
        for row in rows {
            for (name, cell) in
                head.iter().map(String::as_str).zip(&row).filter(|(name, cell)| is_quote(name) && !cell.is_empty())
            {
                assert!(text.contains(&words(cell)), "{}, {name}: {cell}", query.name);
                quotes += 1;
            }
        }
    }
    assert!(quotes > 200, "only {quotes} quotes");
}

#[test]
fn the_department_of_labor_funds_two_projects_in_agriculture() {
    let programmes = column(&ask(&query("dol-agriculture"), &[]).unwrap(), "programme");
    let is = |name: &str| programmes.iter().any(|programme| programme.contains(name));
    assert!(is("SENDEROS") && is("Campos de Esperanza") && !is("REFRAME"), "{programmes:?}");
    assert_eq!(programmes.len(), 2);
}

#[test]
fn a_bureau_of_the_department_counts_as_the_department() {
    let turtle = r#"
        @prefix dcterms: <http://purl.org/dc/terms/> . @prefix flg: <https://w3id.org/forced-labour-graph/ontology#> .
        @prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix id: <https://w3id.org/forced-labour-graph/id/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:report> flg:aboutCountry <https://w3id.org/forced-labour-graph/id/country/gha> ; flg:referenceYear "2021" ;
          dcterms:identifier "gha" .
        <urn:p> a flg:Programme ; skos:prefLabel "Cocoa"@en ; flg:fundedBy <https://w3id.org/forced-labour-graph/id/organization/usa-ocft> ;
          flg:targetsSector <https://w3id.org/forced-labour-graph/id/sector/cocoa> .
        <urn:c1> rdf:subject <urn:p> ; rdf:predicate flg:fundedBy ; prov:wasDerivedFrom <urn:report> ; oa:hasSelector <urn:q> ;
          rdf:object <https://w3id.org/forced-labour-graph/id/organization/usa-ocft> .
        <urn:c2> rdf:subject <urn:p> ; rdf:predicate flg:targetsSector ; prov:wasDerivedFrom <urn:report> ; oa:hasSelector <urn:q> ;
          rdf:object <https://w3id.org/forced-labour-graph/id/sector/cocoa> .
        <urn:q> oa:exact "funded by OCFT" ."#;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ghana.ttl");
    std::fs::write(&file, turtle).unwrap();
    let store = queries::data::in_memory(&[file]).unwrap();
    let query = query("dol-agriculture");
    let Answer::Rows(table) = run::ask(&store, &query, &query.request(&store, &[]).unwrap()).unwrap() else { panic!() };
    assert_eq!(column(&table, "programme"), ["Cocoa".to_owned()].into());
}

#[test]
fn an_entity_is_known_by_iri_name_code_and_acronym() {
    let query = query("challenges");
    let all = ask(&query, &[]).unwrap();
    assert_eq!(all.rows.len(), ask(&query, &[("country", "id:country/mex")]).unwrap().rows.len());
    for value in [
        "México",
        "mexico",
        "MEXIQUE",
        "MEX",
        "https://w3id.org/forced-labour-graph/id/country/mex",
        "<https://w3id.org/forced-labour-graph/id/country/mex>",
    ] {
        assert_eq!(
            ask(&query, &[("country", value)]).unwrap(),
            ask(&query, &[("country", "id:country/mex")]).unwrap(),
            "{value}"
        );
    }
    assert!(ask(&query, &[("country", "Guatemala")]).unwrap().rows.is_empty());
    let funded = ask(&self::query("programmes"), &[("funder", "usdol")]).unwrap();
    assert_eq!(column(&funded, "programme").len(), 2);
}

#[test]
fn parameters_narrow_the_answer() {
    let programmes = |values: &[(&str, &str)]| column(&ask(&query("programmes"), values).unwrap(), "programme");
    assert_eq!(programmes(&[("sector", "café")]), ["Campos de Esperanza".to_owned()].into());
    assert_eq!(programmes(&[("place", "Jalisco")]).len(), 1);
    assert_eq!(programmes(&[("sector", "agriculture"), ("place", "Veracruz")]), ["Campos de Esperanza".to_owned()].into());
    assert!(programmes(&[("year", "2020")]).is_empty());
    assert_eq!(programmes(&[("year", "2021")]), programmes(&[]));
    let needs = |level: &str| ask(&query("cooperation-needs"), &[("importance", level)]).unwrap().rows.len();
    assert_eq!([needs("most important"), needs("not applicable"), needs("important")], [4, 1, 0]);
}

#[test]
fn an_empty_value_leaves_a_parameter_open() {
    let below = |value: &str| ask(&query("uncertain"), &[("below", value)]).unwrap().rows.len();
    assert!(below("0.01") < below("1.1"));
    let all = ask(&query("challenges"), &[("country", "")]).unwrap();
    assert_eq!(all, ask(&query("challenges"), &[]).unwrap());
}

#[test]
fn labels_come_in_the_language_asked_for_or_else_in_another() {
    let countries = |lang: &str| column(&ask(&query("challenges"), &[("lang", lang)]).unwrap(), "country");
    assert_eq!(countries("fr"), ["Mexique".to_owned()].into());
    assert_eq!(countries("pt"), ["Mexico".to_owned()].into()); // no Portuguese: English
    // A name that only the report gives has only the report's language.
    assert!(column(&ask(&query("dol-agriculture"), &[("lang", "fr")]).unwrap(), "programme").contains("Campos de Esperanza"));
}

#[test]
fn a_value_is_never_read_as_sparql() {
    let hostile = "x\")) } SELECT * WHERE { ?s ?p ?o #";
    assert!(ask(&query("commission-members"), &[("body", hostile)]).unwrap().rows.is_empty());
    let message = ask(&query("challenges"), &[("country", hostile)]).unwrap_err();
    assert!(message.contains("the graph knows no country"), "{message}");
}

#[test]
fn a_value_that_cannot_be_bound_says_what_can() {
    let wrong = |name: &str, values: &[(&str, &str)]| ask(&query(name), values).unwrap_err();
    assert_eq!(
        wrong("challenges", &[("country", "Mexco")]).lines().next().unwrap(),
        "`country`: the graph knows no country `Mexco`"
    );
    assert!(wrong("challenges", &[("country", "Mexco")]).contains("hint: did you mean `Mexico` (`id:country/mex`)"));
    assert!(wrong("challenges", &[("country", "Jalisco")]).contains("no country `Jalisco`")); // a place, of another class
    assert!(wrong("challenges", &[("country", "id:country/xyz")]).contains("no country `id:country/xyz`"));
    assert!(wrong("programmes", &[("sector", "cofee")]).contains("concept of “Sectors” `cofee`\nhint: did you mean `coffee`"));
    assert_eq!(wrong("challenges", &[("year", "21")]), "`year` is `21`\nhint: it takes a year of four digits, such as 2021");
    assert_eq!(wrong("challenges", &[("lang", "español")]), "`lang` is `español`\nhint: it takes a language code such as `es`");
    assert_eq!(wrong("uncertain", &[("below", "low")]), "`below` is `low`\nhint: it takes a number such as 0.7");
    let unknown = wrong("challenges", &[("land", "México")]);
    assert_eq!(unknown, "`land` is no parameter of `challenges`\nhint: its parameters are `country`, `year`, `lang`");
    assert_eq!(wrong("challenges", &[("year", "2021"), ("year", "2020")]), "`year` is given twice\nhint: give it once");
}

#[test]
fn a_name_of_two_is_not_guessed() {
    let turtle = r#"
        @prefix flg: <https://w3id.org/forced-labour-graph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix p: <https://w3id.org/forced-labour-graph/id/programme/> .
        p:one a flg:Programme ; skos:prefLabel "Élan"@fr . p:two a flg:Programme ; skos:prefLabel "Elan"@en .
        p:three a flg:Programme ; skos:prefLabel "elan"@es ."#;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("two.ttl");
    std::fs::write(&file, turtle).unwrap();
    let store = queries::data::in_memory(&[file]).unwrap();
    let query = query("programme-actors");
    let request = |name: &str| query.request(&store, &[("programme".to_owned(), name.to_owned())]);
    let message = request("ELAN").err().unwrap().to_string();
    assert_eq!(
        message,
        "`programme`: `ELAN` is the name of more than one programme\nhint: say which: `id:programme/one`, \
         `id:programme/three`, `id:programme/two`"
    );
    assert!(request("Élan").is_ok(), "the exact spelling decides");
}
