//! What the engine makes of a query by itself, without our server: whose fault a failure is.

use super::Verdict;
use super::compare::{self, Results};
use super::evaluate::{Query, based};
use super::manifest::{Case, Kind};
use oxigraph::model::{Graph, GraphName};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;

/// The verdict on the engine alone; `None` for what is not asked of it.
pub(super) fn verdict(case: &Case) -> Option<Verdict> {
    match case.kind {
        Kind::QueryEvaluation => Some(query(case)),
        Kind::Syntax { update, valid } => {
            let text = based(&case.manifest().file(&case.action()));
            let evaluator = SparqlEvaluator::new();
            let parsed = if update { evaluator.parse_update(&text).is_ok() } else { evaluator.parse_query(&text).is_ok() };
            Some(if parsed == valid { Ok(()) } else { Err("the parser of the engine says otherwise".to_owned()) })
        }
        _ => None,
    }
}

fn query(case: &Case) -> Verdict {
    let asked = Query::of(case)?;
    let store = Store::new().map_err(|e| e.to_string())?;
    let graphs = asked.named.iter().map(|(name, graph)| (GraphName::from(name.clone()), graph));
    for (name, graph) in graphs.chain([(GraphName::DefaultGraph, &asked.default)]) {
        for triple in graph {
            store.insert(triple.in_graph(name.as_ref())).map_err(|e| e.to_string())?;
        }
    }
    let prepared = SparqlEvaluator::new().parse_query(&asked.text).map_err(|e| e.to_string())?;
    let found = match prepared.on_store(&store).execute().map_err(|e| e.to_string())? {
        QueryResults::Boolean(value) => Results::Boolean(value),
        QueryResults::Graph(triples) => Results::Graph(triples.collect::<Result<Graph, _>>().map_err(|e| e.to_string())?),
        QueryResults::Solutions(solutions) => {
            let variables = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
            let rows: Result<Vec<_>, _> = solutions.map(|row| row.map(|row| compare::cells(&row))).collect();
            Results::Rows { variables, rows: rows.map_err(|e| e.to_string())?, ordered: false }
        }
    };
    compare::same(&compare::expected(&asked.expected)?, &found, asked.lax)
}
