//! The server's state, and the one way to the store: off the event loop, so many at a time, for so long, up to so many rows, and
//! not after the client is gone.

use super::error::{Code, Problem};
use crate::ask::{self, Answer, AskError, Asker, Vocabulary, vocabulary};
use crate::facts::{Reader, Row};
use crate::queries::{self, Query, value::ValueError};
use crate::store::{CancellationToken, Limits, Request, Results, Store, StoreError, Table, Variable};
use oxigraph::model::{NamedNode, Term};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// What a request may cost.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How long a query may take, and how long all the queries of a page may take together.
    pub query_timeout: Duration,
    /// How many rows or triples a client's query may give.
    pub max_rows: usize,
    /// How many bytes of terms a client's query may give.
    pub max_bytes: usize,
    /// How many requests may be at the store at a time.
    pub concurrency: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { query_timeout: Duration::from_secs(10), max_rows: 10_000, max_bytes: 64 << 20, concurrency: 8 }
    }
}

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

/// What handlers share.
pub struct App {
    store: Arc<dyn Store>,
    /// What requests may cost.
    pub settings: Settings,
    slots: Arc<Semaphore>,
    names: Arc<Names>,
}

/// The names that questions are read with, as they were at a state of the store, and when that was looked at last.
#[derive(Default)]
struct Names(Mutex<Option<(Instant, Arc<Vocabulary>)>>);

/// For so long, the store is taken to be as it was.
const FRESH: Duration = Duration::from_secs(2);

impl Names {
    /// The names of the store, read anew only when it has changed.
    fn of(&self, store: &dyn Store) -> Result<Arc<Vocabulary>, Problem> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((looked, names)) = known.as_mut() {
            if looked.elapsed() < FRESH {
                return Ok(Arc::clone(names));
            }
            if vocabulary::revision(store).map_err(|error| Problem::internal(&error))? == names.revision {
                *looked = Instant::now();
                return Ok(Arc::clone(names));
            }
        }
        let names = Arc::new(Vocabulary::read(store).map_err(|error| Problem::internal(&error))?);
        *known = Some((Instant::now(), Arc::clone(&names)));
        Ok(names)
    }
}

/// How long a request waits for a free slot.
const PATIENCE: Duration = Duration::from_secs(5);

/// The store ends a query at its time limit and says so; this much later the server answers by itself, should the engine be
/// somewhere where it does not look at the clock.
const GRACE: Duration = Duration::from_secs(1);

impl App {
    /// State over a store.
    pub fn new(store: Arc<dyn Store>, settings: Settings) -> Arc<Self> {
        Arc::new(Self { store, settings, slots: Arc::new(Semaphore::new(settings.concurrency)), names: Arc::default() })
    }

    /// Runs `work` with a reader, off the event loop, once there is a free slot. If the caller goes away, the work is cancelled; it
    /// keeps its slot until it has ended.
    ///
    /// # Errors
    /// Those of `work`; [`Code::Busy`] if no slot becomes free in time; [`Code::Timeout`].
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Graph) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let wait = tokio::time::timeout(PATIENCE, Arc::clone(&self.slots).acquire_owned()).await;
        let Ok(Ok(slot)) = wait else {
            return Err(Problem::new(Code::Busy, "Too many requests are under way").hint("Try again in a few seconds"));
        };
        let stop = Arc::new(Stop::default());
        let graph = Graph {
            store: Arc::clone(&self.store),
            stop: Arc::clone(&stop),
            names: Arc::clone(&self.names),
            settings: self.settings,
            until: Instant::now() + self.settings.query_timeout,
        };
        let _gone = StopOnDrop(stop);
        let running = tokio::task::spawn_blocking(move || {
            let result = work(&graph);
            drop(slot);
            result
        });
        match tokio::time::timeout(self.settings.query_timeout + GRACE, running).await {
            Ok(Ok(result)) => result,
            Ok(Err(failure)) => Err(Problem::internal(&failure)),
            Err(_) => Err(late(self.settings.query_timeout)),
        }
    }
}

fn late(limit: Duration) -> Problem {
    Problem::new(Code::Timeout, format!("Time limit: the query did not end within {} s", limit.as_secs_f64()))
        .hint("Add `LIMIT`, or ask for less at a time")
}

/// Stops the queries of a request.
#[derive(Default)]
struct Stop {
    stopped: AtomicBool,
    running: Mutex<Option<CancellationToken>>,
}

impl Stop {
    /// The token for the next query; cancelled already if the request is.
    fn token(&self) -> CancellationToken {
        let token = CancellationToken::new();
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        if self.stopped.load(Ordering::SeqCst) {
            token.cancel();
        }
        token
    }
    fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        if let Some(token) = self.running.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            token.cancel();
        }
    }
}

struct StopOnDrop(Arc<Stop>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// A reader of the store, for one request.
pub struct Graph {
    store: Arc<dyn Store>,
    stop: Arc<Stop>,
    names: Arc<Names>,
    settings: Settings,
    until: Instant,
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
        let mut request = self.request(question.text.clone(), Some(self.settings.max_rows));
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
fn problem(error: &StoreError) -> Problem {
    let code = match error {
        StoreError::Syntax { .. } | StoreError::BoundTwice(_) => Code::QuerySyntax,
        StoreError::QueryTooLong { .. } => Code::QueryTooLarge,
        StoreError::QueryTooDeep { .. } | StoreError::QueryTooLarge { .. } => Code::QueryTooComplex,
        StoreError::Service => Code::Refused,
        StoreError::TimeLimit(_) | StoreError::Cancelled => Code::Timeout,
        StoreError::RowLimit(_) => Code::RowLimit,
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
fn told(code: Code, text: &str) -> Problem {
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
