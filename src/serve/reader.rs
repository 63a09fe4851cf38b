//! What a request reads of the store, within its limits.

use super::error::{Code, Problem};
use super::limits::{Names, Settings, Stop, late};
use crate::ask::{self, Answer, AskError, Asker};
use crate::config::DefaultGraph;
use crate::facts::{Reader, Row};
use crate::queries::{self, Query, value::ValueError};
use crate::store::{Limits, Request, Results, Store, StoreError, Table, Variable};
use oxigraph::model::{NamedNode, Term};
use std::sync::Arc;
use std::time::Instant;

/// A query of a client, and the dataset that it asked for.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Its text.
    pub text: String,
    /// The graphs whose union is the default graph; empty for the union of all.
    pub default_graphs: Vec<NamedNode>,
    /// The named graphs; empty for all.
    pub named_graphs: Vec<NamedNode>,
}

/// The whole result of a query.
pub use crate::queries::run::Answer as Outcome;

/// A reader of the store, for one request.
pub struct Graph {
    pub(super) store: Arc<dyn Store>,
    pub(super) stop: Arc<Stop>,
    pub(super) names: Arc<Names>,
    pub(super) settings: Settings,
    /// When its time is over.
    pub(super) until: Instant,
}

impl Graph {
    /// Rows of one of the server's own queries, with variables bound to terms.
    ///
    /// # Errors
    /// If the time is over, or the store fails.
    pub fn rows(&self, query: &'static str, bound: &[(&str, Term)]) -> Result<Vec<Row>, Problem> {
        Reader::rows(self, query, bound)
    }

    /// Shows the rows of one of the server's own queries to `see`.
    ///
    /// # Errors
    /// As [`Graph::rows`].
    pub fn each(&self, query: &'static str, bound: &[(&str, Term)], mut see: impl FnMut(Row) + Send) -> Result<(), Problem> {
        Reader::each(self, query, bound, &mut see)
    }

    /// The whole result of a client's query.
    ///
    /// # Errors
    /// If it is no SPARQL, asks for what this server does not do, or passes a limit.
    pub fn ask(&self, question: &Question) -> Result<Outcome, Problem> {
        self.result(question, Some(self.settings.max_rows))
    }

    /// All triples of a graph, or of the default graph if none is named; `None` if there is no such graph.
    ///
    /// # Errors
    /// If they are more than the server gives, in bytes or time.
    pub fn whole(&self, graph: Option<&NamedNode>) -> Result<Option<Outcome>, Problem> {
        if let Some(graph) = graph
            && !self.store.has(graph).map_err(|error| problem(&error))?
        {
            return Ok(None);
        }
        let text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }".to_owned();
        let default_graphs = graph.cloned().into_iter().collect();
        self.result(&Question { text, default_graphs, named_graphs: Vec::new() }, None).map(Some)
    }

    /// What is seen where no graph is named, and all graphs.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn dataset(&self) -> Result<(DefaultGraph, Vec<NamedNode>), Problem> {
        Ok((self.store.default_graph(), self.store.graphs().map_err(|error| problem(&error))?))
    }

    fn result(&self, question: &Question, rows: Option<usize>) -> Result<Outcome, Problem> {
        let mut request = self.request(question.text.clone(), rows);
        request.limits.time = Some(self.settings.query_timeout);
        request.default_graphs.clone_from(&question.default_graphs);
        request.named_graphs.clone_from(&question.named_graphs);
        let mut outcome = Outcome::Boolean(false);
        let mut size = Size { bytes: 0, limit: self.settings.max_bytes };
        self.store
            .query(&request, &mut |results| {
                outcome = match results {
                    Results::Boolean(value) => Outcome::Boolean(value),
                    Results::Solutions(solutions) => {
                        let variables = solutions.variables().to_vec();
                        let mut rows = Vec::new();
                        for row in solutions {
                            let row = row?.values().to_vec();
                            row.iter().flatten().for_each(|term| size.add(term));
                            rows.push(row);
                            if !size.fits() {
                                break;
                            }
                        }
                        Outcome::Rows(Table { variables, rows })
                    }
                    Results::Graph(triples) => {
                        let mut all = Vec::new();
                        for triple in triples {
                            let triple = triple?;
                            size.add(&triple.object);
                            all.push(triple);
                            if !size.fits() {
                                break;
                            }
                        }
                        Outcome::Graph(all)
                    }
                };
                Ok(())
            })
            .map_err(|error| problem(&error))?;
        if size.fits() { Ok(outcome) } else { Err(size.problem()) }
    }

    /// Asks one of the published questions, with values for its parameters as pairs of name and text.
    ///
    /// # Errors
    /// If a value is none that the parameter takes, or a limit is passed.
    pub fn published(&self, query: &Query, given: &[(String, String)]) -> Result<Outcome, Problem> {
        let mut request = query.request(self.store.as_ref(), given).map_err(|error| match error {
            ValueError::Store(error) => Problem::internal(&error),
            other => told(Code::BadRequest, &other.to_string()),
        })?;
        let limits = self.request(String::new(), Some(self.settings.max_rows));
        request.limits = limits.limits;
        request.cancellation = limits.cancellation;
        queries::run::ask(self.store.as_ref(), query, &request).map_err(|error| problem(&error))
    }

    /// Answers a question in plain words; `lang` is its language, if that is known.
    ///
    /// # Errors
    /// If a limit is passed, or the store fails.
    pub fn answer(&self, question: &str, lang: Option<&str>, otherwise: &'static str) -> Result<Answer, Problem> {
        let names = self.names.of(self.store.as_ref())?;
        let limits = self.request(String::new(), Some(self.settings.max_rows)).limits;
        let asker = Asker { store: self.store.as_ref(), vocabulary: &names, limits };
        asker.ask(question, lang, otherwise).map_err(|error| match error {
            AskError::Store(error) => problem(&error),
            AskError::Words(error) => Problem::internal(&error),
        })
    }

    /// What can come next in a question.
    ///
    /// # Errors
    /// As [`Graph::answer`].
    pub fn suggest(&self, question: &str, lang: Option<&str>, otherwise: &'static str) -> Result<Vec<String>, Problem> {
        let names = self.names.of(self.store.as_ref())?;
        ask::suggest::next(question, lang, otherwise, &names).map_err(|error| Problem::internal(&error))
    }

    /// Questions in a language that the graph has answers to.
    ///
    /// # Errors
    /// As [`Graph::answer`].
    pub fn examples(&self, lang: &'static str) -> Result<Vec<String>, Problem> {
        let names = self.names.of(self.store.as_ref())?;
        ask::suggest::examples(lang, &names).map_err(|error| Problem::internal(&error))
    }

    fn request(&self, query: String, rows: Option<usize>) -> Request {
        let time = self.until.saturating_duration_since(Instant::now());
        Request { query, limits: Limits { time: Some(time), rows }, cancellation: Some(self.stop.token()), ..Request::default() }
    }
}

impl Reader for Graph {
    type Error = Problem;

    fn each(&self, query: &'static str, bound: &[(&str, Term)], see: &mut (dyn FnMut(Row) + Send)) -> Result<(), Problem> {
        let mut request = self.request(query.to_owned(), None);
        request.bindings = bound.iter().map(|(name, term)| (Variable::new_unchecked(*name), term.clone())).collect();
        let visit = &mut |results: Results<'_>| -> Result<(), StoreError> {
            if let Results::Solutions(rows) = results {
                for row in rows {
                    see(row?);
                }
            }
            Ok(())
        };
        self.store.query(&request, visit).map_err(|error| match error {
            StoreError::TimeLimit(_) | StoreError::Cancelled => late(self.settings.query_timeout),
            // The query is ours, so whatever is wrong with it is our fault.
            other => Problem::internal(&other),
        })
    }
}

/// How much the terms of a result take.
struct Size {
    bytes: usize,
    limit: usize,
}

impl Size {
    fn add(&mut self, term: &Term) {
        /// What a term takes besides its text.
        const TERM: usize = 48;
        self.bytes += TERM
            + match term {
                Term::NamedNode(node) => node.as_str().len(),
                Term::BlankNode(node) => node.as_str().len(),
                Term::Literal(literal) => literal.value().len(),
            };
    }
    fn fits(&self) -> bool {
        self.bytes <= self.limit
    }
    fn problem(&self) -> Problem {
        Problem::new(Code::SizeLimit, format!("Size limit: the result takes more than {} bytes", self.limit))
            .hint("Ask for fewer columns, or for less at a time")
    }
}

/// An error of the store as its reader is told of it: the hint is the line that begins with `hint:`.
pub(super) fn problem(error: &StoreError) -> Problem {
    let code = match error {
        StoreError::Syntax { .. } | StoreError::BoundTwice(_) => Code::QuerySyntax,
        StoreError::QueryTooLong { .. } => Code::QueryTooLarge,
        StoreError::QueryTooDeep { .. } | StoreError::QueryTooLarge { .. } => Code::QueryTooComplex,
        StoreError::Service | StoreError::Load | StoreError::UnionIsRead => Code::Refused,
        StoreError::TwoDatasets => Code::BadRequest,
        StoreError::TimeLimit(_) | StoreError::Cancelled => Code::Timeout,
        StoreError::RowLimit(_) | StoreError::Gathered(_) => Code::RowLimit,
        StoreError::Evaluation(_) => Code::QueryFailed,
        _ => return Problem::internal(error),
    };
    let told = told(code, &error.to_string());
    match (&told.hint, code) {
        (Some(_), _) => told,
        (None, Code::QuerySyntax) => told.hint("Compare the query with the examples at `/queries`"),
        (None, _) => told.hint("Ask for less at a time"),
    }
}

/// A message of a lower layer: its hint is the line that begins with `hint:`.
pub(super) fn told(code: Code, text: &str) -> Problem {
    let (message, hint) = text.split_once("\nhint: ").map_or((text, None), |(message, hint)| (message, Some(hint)));
    let mut message = message.to_owned();
    if let Some(first) = message.get(..1).map(str::to_uppercase) {
        message.replace_range(..1, &first);
    }
    let problem = Problem::new(code, message);
    match hint {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
}
