//! Tests of queries and updates: their syntax, and what they find or change.

use super::Verdict;
use super::compare::{self, Results};
use super::endpoint::{Endpoint, triples};
use super::manifest::{Case, File, Kind, QT, UT, node};
use forced_labour_graph::store::{Request, parse};
use oxigraph::model::{Graph, NamedNode, Term, Triple, TripleRef};
use oxigraph::sparql::results::QueryResultsFormat;
use spargebra::SparqlParser;
use std::collections::{BTreeMap, BTreeSet};

/// A text of SPARQL, its relative addresses being relative to its file.
pub(super) fn based(file: &File) -> String {
    format!("BASE <{}>\n{}", file.iri.as_str(), file.text())
}

/// The triples of a file that goes into a graph with others.
fn together(file: &File) -> Vec<Triple> {
    file.graph().iter().map(TripleRef::into_owned).collect()
}

/// The media type of an answer.
fn kind(answer: &reqwest::Response) -> String {
    let kind = answer.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().to_owned()
}

pub(super) async fn syntax(endpoint: &Endpoint, case: &Case, update: bool, valid: bool) -> Verdict {
    endpoint.reset().await;
    let text = based(&case.manifest().file(&case.action()));
    let answer = endpoint.sparql(update, text, "application/json").await;
    let status = answer.status();
    let body = answer.text().await.map_err(|e| e.to_string())?;
    let refused = body.contains("\"code\":\"query-syntax\"");
    match (valid, refused) {
        (true, false) if !status.is_server_error() => Ok(()),
        (false, true) => Ok(()),
        _ => Err(format!("{status}: {body}")),
    }
}

/// A query, what it is asked of, and what it should find.
pub(super) struct Query {
    pub(super) text: String,
    pub(super) default: Graph,
    pub(super) named: Vec<(NamedNode, Graph)>,
    pub(super) expected: File,
    /// Whether rows that are found more than once may be found less often: `REDUCED`.
    pub(super) lax: bool,
}

impl Query {
    pub(super) fn of(case: &Case) -> Result<Self, String> {
        let (manifest, action) = (case.manifest(), node(&case.action()));
        let text = based(&manifest.file(&manifest.one(&action, QT, "query").ok_or("the test has no query")?));
        let data = manifest.all(&action, QT, "data");
        let default = data.iter().flat_map(|data| together(&manifest.file(data))).collect();
        let mut named: BTreeMap<String, File> =
            manifest.graphs(&action, QT).into_iter().map(|(graph, file)| (graph.into_string(), file)).collect();
        if let Ok(query) = SparqlParser::new().parse_query(&text)
            && let Some(dataset) = query.dataset()
        {
            let graphs = dataset.default.iter().chain(dataset.named.iter().flatten());
            named.extend(graphs.map(|graph| (graph.as_str().to_owned(), manifest.file(&Term::from(graph.clone())))));
        }
        let named = named.into_iter().map(|(graph, file)| (NamedNode::new_unchecked(graph), file.graph())).collect();
        let expected = manifest.file(&case.result().ok_or("the test has no result")?);
        Ok(Self { text, default, named, expected, lax: case.is_lax() })
    }
}

pub(super) async fn query(endpoint: &Endpoint, case: &Case) -> Verdict {
    endpoint.reset().await;
    let Query { text, default, named, expected, lax } = Query::of(case)?;
    endpoint.load(None, &default).await;
    for (graph, triples) in &named {
        endpoint.load(Some(graph), triples).await;
    }
    let graph = parse(&Request::new(text.clone())).is_ok_and(|query| query.form() == forced_labour_graph::store::Form::Graph);
    let accept = match expected.ending() {
        "srx" => "application/sparql-results+xml",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        _ if graph => "application/n-triples",
        _ => "application/sparql-results+json",
    };
    let answer = endpoint.sparql(false, text, accept).await;
    let (status, kind) = (answer.status(), kind(&answer));
    let body = answer.bytes().await.map_err(|e| e.to_string())?;
    if !status.is_success() {
        return Err(format!("{status}: {}", String::from_utf8_lossy(&body)));
    }
    if kind != accept {
        return Err(format!("{accept} was asked for, and {kind} is what came"));
    }
    if case.kind == Kind::CsvResult {
        let (expected, found) = (compare::csv(&expected.text()), compare::csv(&String::from_utf8_lossy(&body)));
        return if expected == found { Ok(()) } else { Err(format!("expected {expected:?}, found {found:?}")) };
    }
    let found = match QueryResultsFormat::from_media_type(&kind) {
        Some(format) => compare::parsed(format, &body)?,
        None => Results::Graph(triples(&kind, &body)?),
    };
    compare::same(&compare::expected(&expected)?, &found, lax)
}

pub(super) async fn update(endpoint: &Endpoint, case: &Case) -> Verdict {
    const NAMES: &str = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }";
    endpoint.reset().await;
    let (manifest, action) = (case.manifest(), node(&case.action()));
    for data in manifest.all(&action, UT, "data") {
        endpoint.load(None, &manifest.file(&data).graph()).await;
    }
    for (graph, file) in manifest.graphs(&action, UT) {
        endpoint.load(Some(&graph), &file.graph()).await;
    }
    let request = manifest.file(&manifest.one(&action, UT, "request").ok_or("the test has no request")?);
    let answer = endpoint.sparql(true, based(&request), "application/json").await;
    let status = answer.status();
    if !status.is_success() {
        return Err(format!("{status}: {}", answer.text().await.unwrap_or_default()));
    }
    let result = node(&case.result().ok_or("the test has no result")?);
    let data = manifest.all(&result, UT, "data");
    let default: Graph = data.iter().flat_map(|data| together(&manifest.file(data))).collect();
    let mut faults = Vec::new();
    if !compare::isomorphic(&default, &endpoint.content(None).await) {
        faults.push(format!("the default graph holds {}", endpoint.content(None).await));
    }
    let mut named = BTreeSet::new();
    for (graph, file) in manifest.graphs(&result, UT) {
        let (expected, found) = (file.graph(), endpoint.content(Some(&graph)).await);
        if !compare::isomorphic(&expected, &found) {
            faults.push(format!("{graph} holds {found}"));
        }
        if !expected.is_empty() {
            named.insert(graph.as_str().to_owned());
        }
    }
    let graphs = endpoint.sparql(false, NAMES.to_owned(), "text/csv").await.text().await.map_err(|e| e.to_string())?;
    let graphs: BTreeSet<String> = graphs.lines().skip(1).map(str::to_owned).collect();
    if graphs != named {
        faults.push(format!("there are the graphs {graphs:?}"));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("; ")) }
}
