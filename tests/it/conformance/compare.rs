//! Results of queries, and whether two say the same.

use super::manifest::{File, RDF};
use oxigraph::model::dataset::CanonicalizationAlgorithm;
use oxigraph::model::{BlankNode, Dataset, Graph, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use std::collections::BTreeSet;

const RS: &str = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// The cells of a row that have a value.
pub(super) type Row = Vec<(String, Term)>;

#[derive(Debug)]
pub(super) enum Results {
    Boolean(bool),
    /// Rows of variables and terms; whether their order counts.
    Rows {
        variables: BTreeSet<String>,
        rows: Vec<Row>,
        ordered: bool,
    },
    Graph(Graph),
}

/// The results in a document of a media type or ending.
pub(super) fn parsed(format: QueryResultsFormat, document: &[u8]) -> Result<Results, String> {
    let told = |e: &dyn std::fmt::Display| e.to_string();
    match QueryResultsParser::from_format(format).for_slice(document).map_err(|e| told(&e))? {
        SliceQueryResultsParserOutput::Boolean(value) => Ok(Results::Boolean(value)),
        SliceQueryResultsParserOutput::Solutions(solutions) => {
            let variables = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
            let rows: Result<Vec<_>, _> = solutions.map(|row| row.map(|row| cells(&row))).collect();
            Ok(Results::Rows { variables, rows: rows.map_err(|e| told(&e))?, ordered: false })
        }
    }
}

/// The cells of a row that have a value.
pub(super) fn cells(row: &oxigraph::sparql::QuerySolution) -> Row {
    row.iter().map(|(variable, term)| (variable.as_str().to_owned(), term.clone())).collect()
}

/// The results that a test expects, in whichever form they are told; a graph is a graph unless it tells a set of results.
pub(super) fn expected(file: &File) -> Result<Results, String> {
    if let Some(format) = QueryResultsFormat::from_extension(file.ending()) {
        return parsed(format, file.text().as_bytes());
    }
    let graph = file.graph();
    let set = NamedNode::new_unchecked(format!("{RS}ResultSet"));
    let kind = NamedNode::new_unchecked(format!("{RDF}type"));
    let set = graph.subject_for_predicate_object(kind.as_ref(), set.as_ref()).map(NamedOrBlankNode::from);
    Ok(set.map_or_else(|| Results::Graph(graph.clone()), |set| told(&graph, &set)))
}

/// A set of results told as a graph.
fn told(graph: &Graph, set: &NamedOrBlankNode) -> Results {
    let all = |node: &NamedOrBlankNode, name: &str| -> Vec<Term> {
        let property = NamedNode::new_unchecked(format!("{RS}{name}"));
        graph.objects_for_subject_predicate(node, property.as_ref()).map(Into::into).collect()
    };
    let text = |term: Term| match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => panic!("{other} is no text"),
    };
    if let Some(value) = all(set, "boolean").pop() {
        return Results::Boolean(text(value) == "true");
    }
    let mut rows: Vec<(Option<u64>, Row)> = Vec::new();
    for solution in all(set, "solution") {
        let solution = super::manifest::node(&solution);
        let bindings = all(&solution, "binding").into_iter().map(|binding| {
            let binding = super::manifest::node(&binding);
            (text(all(&binding, "variable").remove(0)), all(&binding, "value").remove(0))
        });
        let index = all(&solution, "index").pop().map(|index| text(index).parse().unwrap());
        rows.push((index, bindings.collect()));
    }
    let ordered = rows.len() > 1 && rows.iter().all(|(index, _)| index.is_some());
    rows.sort_by_key(|(index, _)| *index);
    let variables = all(set, "resultVariable").into_iter().map(text).collect();
    Results::Rows { variables, rows: rows.into_iter().map(|(_, row)| row).collect(), ordered }
}

/// Whether two results say the same; blank nodes may have other names. With `lax`, rows that are found more than once may be
/// found less often.
pub(super) fn same(expected: &Results, found: &Results, lax: bool) -> Result<(), String> {
    let different = |what: String| Err(what.chars().take(400).collect());
    match (expected, found) {
        (Results::Boolean(a), Results::Boolean(b)) if a == b => Ok(()),
        (Results::Graph(a), Results::Graph(b)) if isomorphic(a, b) => Ok(()),
        (Results::Rows { variables: a, rows: expected, ordered }, Results::Rows { variables: b, rows: found, .. }) if a == b => {
            let (mut expected_rows, mut found_rows) = (told_rows(expected, *ordered), told_rows(found, *ordered));
            if lax {
                expected_rows.dedup();
                found_rows.dedup();
            }
            if expected_rows == found_rows && (lax || expected.len() == found.len()) {
                return Ok(());
            }
            let without = |all: &[String], others: &[String]| {
                all.iter().filter(|row| !others.contains(row)).cloned().collect::<Vec<_>>().join(" | ")
            };
            let (missing, extra) = (without(&expected_rows, &found_rows), without(&found_rows, &expected_rows));
            different(format!("{} rows for {}; missing {missing}; extra {extra}", found.len(), expected.len()))
        }
        _ => different(format!("expected {expected:?}, found {found:?}")),
    }
}

pub(super) fn isomorphic(a: &Graph, b: &Graph) -> bool {
    let canonical = |graph: &Graph| {
        let quads = graph.iter().map(|t| {
            let object = normal(&t.object.into_owned());
            Quad::new(t.subject.into_owned(), t.predicate.into_owned(), object, GraphName::DefaultGraph)
        });
        ordered(quads.collect())
    };
    a.len() == b.len() && canonical(a) == canonical(b)
}

/// The lines of quads in canonical form.
fn ordered(mut quads: Dataset) -> Vec<String> {
    quads.canonicalize(CanonicalizationAlgorithm::Unstable);
    let mut lines: Vec<String> = quads.iter().map(|quad| quad.to_string()).collect();
    lines.sort();
    lines
}

/// Rows as lines that are the same for the same rows: those without blank nodes as they are, the others as a graph.
fn told_rows(rows: &[Row], order: bool) -> Vec<String> {
    let name = |text: &str| NamedNode::new_unchecked(format!("urn:{text}"));
    let (mut plain, mut blank) = (Vec::new(), Dataset::new());
    for (at, row) in rows.iter().enumerate() {
        if row.iter().any(|(_, term)| term.is_blank_node()) {
            let node = BlankNode::default();
            if order {
                let index = Literal::from(u64::try_from(at).unwrap());
                blank.insert(&Quad::new(node.clone(), name("index"), index, GraphName::DefaultGraph));
            }
            for (variable, term) in row {
                let property = name(&format!("variable:{variable}"));
                blank.insert(&Quad::new(node.clone(), property, normal(term), GraphName::DefaultGraph));
            }
        } else {
            let mut cells: Vec<String> = row.iter().map(|(variable, term)| format!("{variable}={}", normal(term))).collect();
            cells.sort();
            plain.push(cells.join(" "));
        }
    }
    if !order {
        plain.sort();
    }
    plain.extend(ordered(blank));
    plain
}

/// A number in one spelling.
fn normal(term: &Term) -> Term {
    let Term::Literal(literal) = term else { return term.clone() };
    let number = ["integer", "decimal", "double", "float"].iter().any(|n| literal.datatype().as_str() == format!("{XSD}{n}"));
    match literal.value().parse::<f64>() {
        Ok(value) if number => Literal::new_typed_literal(value.to_string(), literal.datatype().into_owned()).into(),
        _ => term.clone(),
    }
}

/// Lines of CSV in no order, with one name for all blank nodes and one spelling of numbers.
pub(super) fn csv(text: &str) -> Vec<String> {
    let blank = regex::Regex::new(r"_:\w+").unwrap();
    let cell = |cell: &str| cell.parse::<f64>().map_or_else(|_| cell.to_owned(), |number| number.to_string());
    let line = |line: &str| {
        let line = blank.replace_all(line.trim_end(), "_:b");
        line.split(',').map(cell).collect::<Vec<_>>().join(",")
    };
    let mut lines: Vec<String> = text.lines().map(line).collect();
    lines.sort();
    lines
}
