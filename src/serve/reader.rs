//! What a request reads of the store, within its limits.

use super::error::{Code, Problem};
use super::limits::{Settings, late};
use super::memory::Memory;
use super::names::Names;
use super::permit::Stop;
use crate::ask::{self, Answer, AskError, Asker};
use crate::config::DefaultGraph;
use crate::facts::{Reader, Row};
use crate::queries::run::gather;
use crate::queries::{self, Query, value::ValueError};
use crate::store::{Evaluate, Limits, Request, Results, Store, StoreError, Variable, Visit};
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
    /// What it found last, if nobody writes to the store.
    pub(super) memory: Option<Arc<Memory>>,
    /// Where queries of clients are evaluated, if not in the store itself.
    pub(super) apart: Option<Arc<dyn Evaluate>>,
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
        let mut outcome = Outcome::Boolean(false);
        let done = self.visit(question, Some(self.settings.max_rows), &mut |results| {
            outcome = gather(results)?;
            Ok(())
        });
        done.map_err(|error| problem(&error))?;
        Ok(outcome)
    }

    /// Hands the results of a client's query to `visit`; of so many rows, if that is limited.
    ///
    /// # Errors
    /// As [`Graph::ask`].
    pub fn visit(&self, question: &Question, rows: Option<usize>, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        let mut request = self.request(question.text.clone(), rows);
        request.limits.time = Some(self.settings.query_timeout);
        request.limits.bytes = Some(self.settings.max_bytes);
        request.default_graphs.clone_from(&question.default_graphs);
        request.named_graphs.clone_from(&question.named_graphs);
        match &self.apart {
            Some(apart) => apart.query(&request, visit),
            None => self.store.query(&request, visit),
        }
    }

    /// Hands all triples of a graph, or of the default graph if none is named, to `visit`; says whether there is such a graph.
    ///
    /// # Errors
    /// If they are more than the server gives, in bytes or time.
    pub fn whole(&self, graph: Option<&NamedNode>, visit: &mut Visit<'_>) -> Result<bool, Problem> {
        if let Some(graph) = graph
            && !self.store.has(graph).map_err(|error| problem(&error))?
        {
            return Ok(false);
        }
        let text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }".to_owned();
        let default_graphs = graph.cloned().into_iter().collect();
        let question = Question { text, default_graphs, named_graphs: Vec::new() };
        self.visit(&question, None, visit).map(|()| true).map_err(|error| problem(&error))
    }

    /// What is seen where no graph is named, and all graphs.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn dataset(&self) -> Result<(DefaultGraph, Vec<NamedNode>), Problem> {
        Ok((self.store.default_graph(), self.store.graphs().map_err(|error| problem(&error))?))
    }

    /// Asks one of the published questions, with values for its parameters as pairs of name and text.
    ///
    /// # Errors
    /// If a value is none that the parameter takes, or a limit is passed.
    pub fn published(&self, query: &Query, given: &[(String, String)]) -> Result<Outcome, Problem> {
        match &self.memory {
            Some(memory) => memory.answer(&query.name, given, || self.answered(query, given)),
            None => self.answered(query, given),
        }
    }

    fn answered(&self, query: &Query, given: &[(String, String)]) -> Result<Outcome, Problem> {
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
        Request {
            query,
            limits: Limits { time: Some(time), rows, bytes: None },
            cancellation: Some(self.stop.token()),
            ..Request::default()
        }
    }
}

impl Reader for Graph {
    type Error = Problem;

    fn each(&self, query: &'static str, bound: &[(&str, Term)], see: &mut (dyn FnMut(Row) + Send)) -> Result<(), Problem> {
        match &self.memory {
            Some(memory) => memory.each(query, bound, see, |see| self.read(query, bound, see)),
            None => self.read(query, bound, see),
        }
    }
}

impl Graph {
    /// Evaluates one of the server's own queries.
    fn read(&self, query: &'static str, bound: &[(&str, Term)], see: &mut (dyn FnMut(Row) + Send)) -> Result<(), Problem> {
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

/// An error of the store as its reader is told of it: the hint is the line that begins with `hint:`.
pub(super) fn problem(error: &StoreError) -> Problem {
    let code = match error {
        StoreError::Syntax { .. } | StoreError::BoundTwice(_) => Code::QuerySyntax,
        StoreError::QueryTooLong { .. } => Code::QueryTooLarge,
        StoreError::QueryTooDeep { .. } | StoreError::QueryTooLarge { .. } | StoreError::BrokeDown(_) => Code::QueryTooComplex,
        StoreError::ServiceFailed { .. } => Code::ServiceFailed,
        StoreError::Service(_) | StoreError::ServiceAddress { .. } | StoreError::Load | StoreError::UnionIsRead => Code::Refused,
        StoreError::TwoDatasets => Code::BadRequest,
        // Where it cannot be written, nobody reads it.
        StoreError::TimeLimit(_) | StoreError::Cancelled | StoreError::Output(_) => Code::Timeout,
        StoreError::RowLimit(_) => Code::RowLimit,
        StoreError::ByteLimit(_) => Code::SizeLimit,
        StoreError::MemoryLimit(_) | StoreError::Gathered(_) => Code::MemoryLimit,
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
