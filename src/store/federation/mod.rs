//! `SERVICE`: parts of a query that other endpoints answer, if the settings allow them, within bounds of time and size.
//!
//! An endpoint that is allowed may still be led elsewhere: by a name that means an address of this machine or of its network,
//! or by a redirection. So every address that a name means is looked at, the connection goes to those that were looked at and
//! to no others, and a redirection is followed by hand, as if the query had named where it leads.

mod address;
mod fetch;

use super::StoreError;
use super::run::Watch;
use super::writer;
use crate::config::Services;
use oxigraph::model::NamedNode;
use oxigraph::sparql::results::{QueryResultsParser, SliceQueryResultsParserOutput};
use oxigraph::sparql::{DefaultServiceHandler, QuerySolution, QuerySolutionIter};
use oxiri::Iri;
use reqwest::Url;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::NamedNodePattern;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many times one query may ask: the engine may ask anew for each row.
const MOST_ASKED: usize = 50;

/// Whether a query may be evaluated that asks an endpoint.
pub(super) fn check(services: &Services, name: &NamedNodePattern) -> Result<(), StoreError> {
    match name {
        NamedNodePattern::NamedNode(name) => allowed(services, name.as_str()).map(|_| ()),
        // What it means is known when it is evaluated, and looked at then.
        NamedNodePattern::Variable(_) if !services.allow.is_empty() => Ok(()),
        NamedNodePattern::Variable(name) => Err(StoreError::Service(name.to_string())),
    }
}

/// Two patterns joined. What one finds names the endpoint that the other asks, if a variable stands for it: then that is asked
/// once what the variable means is known.
pub(super) fn joined(left: Box<GraphPattern>, right: Box<GraphPattern>) -> GraphPattern {
    let waits = |pattern: &GraphPattern| matches!(pattern, GraphPattern::Service { name: NamedNodePattern::Variable(_), .. });
    match (waits(&left), waits(&right)) {
        (_, true) => GraphPattern::Lateral { left, right },
        (true, false) => GraphPattern::Lateral { left: right, right: left },
        (false, false) => GraphPattern::Join { left, right },
    }
}

/// The address of an endpoint, if it is allowed.
fn allowed(services: &Services, address: &str) -> Result<Url, StoreError> {
    let refused = || StoreError::Service(format!("<{address}>"));
    let url = Url::parse(address).map_err(|_| refused())?;
    let known = services.allow.iter().any(|allowed| Url::parse(allowed).is_ok_and(|allowed| allowed == url));
    if known { Ok(url) } else { Err(refused()) }
}

/// Asks for one query.
pub(super) struct Federation {
    services: Services,
    watch: Watch,
    asked: AtomicUsize,
    /// Bytes that all of them may still answer.
    left: AtomicUsize,
}

impl Federation {
    pub(super) fn new(services: &Services, watch: &Watch) -> Self {
        let left = AtomicUsize::new(services.bytes);
        Self { services: services.clone(), watch: watch.clone(), asked: AtomicUsize::default(), left }
    }

    fn ask(&self, name: &str, query: &Query) -> Result<QuerySolutionIter<'static>, StoreError> {
        let url = allowed(&self.services, name)?;
        let failed = |why: String| StoreError::ServiceFailed { name: name.to_owned(), why };
        if self.asked.fetch_add(1, Ordering::Relaxed) >= MOST_ASKED {
            return Err(failed(format!("it would be asked more than {MOST_ASKED} times")));
        }
        let left = self.left.load(Ordering::Relaxed);
        let (format, bytes) = fetch::fetch(&self.services, left, url, writer::query(query), &self.watch)?;
        self.left.store(left.saturating_sub(bytes.len()), Ordering::Relaxed);
        let bad = |error: &dyn std::fmt::Display| failed(format!("it answers what is no {}: {}", format.name(), short(error)));
        match QueryResultsParser::from_format(format).for_slice(&bytes).map_err(|error| bad(&error))? {
            SliceQueryResultsParserOutput::Boolean(_) => Err(failed("it answers yes or no, not solutions".to_owned())),
            SliceQueryResultsParserOutput::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let all: Vec<QuerySolution> = solutions.collect::<Result<_, _>>().map_err(|error| bad(&error))?;
                Ok(QuerySolutionIter::new(variables.into(), all.into_iter().map(Ok)))
            }
        }
    }
}

/// An error in the words of someone else, which may be many.
fn short(error: &dyn std::fmt::Display) -> String {
    const MOST: usize = 200;
    error.to_string().chars().take(MOST).collect()
}

impl DefaultServiceHandler for Federation {
    type Error = StoreError;

    fn handle(
        &self,
        name: &NamedNode,
        pattern: &GraphPattern,
        base_iri: Option<&Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, StoreError> {
        let query = Query::Select { dataset: None, pattern: pattern.clone(), base_iri: base_iri.cloned() };
        self.ask(name.as_str(), &query)
    }
}
