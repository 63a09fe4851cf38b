//! Evaluates a query or update within its limits, on a thread of its own with a stack that nested ones cannot exhaust.

use super::gate::Closed;
use super::{CancellationToken, Limits, QuerySolution, Results, Solutions, StoreError};
use oxigraph::model::{Term, Triple};
use oxigraph::sparql::{QueryEvaluationError, QueryResults};
use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

/// Address space, not memory: pages that are not touched cost nothing.
pub const STACK: usize = 256 << 20;

thread_local! {
    /// Whether queries of this thread are evaluated on it.
    static ROOMY: Cell<bool> = const { Cell::new(false) };
}

/// Says that this thread has a stack of [`STACK`] bytes, and asks queries of our own, whose time nobody keeps: they are evaluated on it
/// from now on, which spares a thread for each.
pub fn evaluate_here() {
    ROOMY.set(true);
}

/// An evaluation under way: knows whether it may go on, and why it may not.
#[derive(Clone)]
pub(super) struct Watch {
    /// To be given to the engine.
    pub(super) token: CancellationToken,
    late: Arc<AtomicBool>,
    limits: Limits,
}

impl Watch {
    /// A watch over what runs on the thread of whoever asks, which nobody keeps the time of.
    pub(super) fn new(limits: Limits, cancellation: Option<CancellationToken>) -> Self {
        Self { token: cancellation.unwrap_or_default(), late: Arc::default(), limits }
    }

    /// The most rows or triples.
    pub(super) fn rows(&self) -> Option<usize> {
        self.limits.rows
    }

    /// Why the evaluation was cancelled, if it was.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        if self.token.is_cancelled() { Err(self.cancelled()) } else { Ok(()) }
    }

    fn cancelled(&self) -> StoreError {
        let limit = self.limits.time.filter(|_| self.late.load(Ordering::Acquire));
        limit.map_or(StoreError::Cancelled, |limit| StoreError::TimeLimit(limit.as_secs_f64()))
    }

    /// The engine's error in our terms.
    pub(super) fn error(&self, error: QueryEvaluationError) -> StoreError {
        match error {
            QueryEvaluationError::Cancelled => self.cancelled(),
            QueryEvaluationError::UnsupportedService(name) => StoreError::Service(name.to_string()),
            // What is told of an endpoint is an error of ours.
            QueryEvaluationError::Service(cause) => {
                cause.downcast::<StoreError>().map_or_else(|other| StoreError::Evaluation(other.to_string()), |told| *told)
            }
            other => StoreError::Evaluation(other.to_string()),
        }
    }

    /// The engine's results, which end in an error when a limit is reached.
    pub(super) fn results<'a>(&self, results: QueryResults<'a>) -> Results<'a> {
        match results {
            QueryResults::Boolean(value) => Results::Boolean(value),
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                Results::Solutions(Solutions { variables, rows: self.limited(solutions) })
            }
            QueryResults::Graph(triples) => Results::Graph(self.limited(triples)),
        }
    }

    pub(super) fn limited<'a, T: Weighed + 'a>(
        &self,
        rows: impl Iterator<Item = Result<T, QueryEvaluationError>> + 'a,
    ) -> Box<dyn Iterator<Item = Result<T, StoreError>> + 'a> {
        let watch = self.clone();
        let (mut ended, mut bytes) = (false, 0);
        let rows = rows.enumerate().map_while(move |(count, row)| {
            if ended {
                return None;
            }
            let row = match watch.limits.rows {
                Some(limit) if count >= limit => Err(StoreError::RowLimit(limit)),
                // The engine checks only where it reads the store; here is where a join of inline data is stopped.
                _ => watch.check().and_then(|()| row.map_err(|e| watch.error(e))),
            };
            let row = row.and_then(|row| {
                bytes += row.weight();
                watch.limits.bytes.filter(|limit| bytes > *limit).map_or(Ok(row), |limit| Err(StoreError::ByteLimit(limit)))
            });
            ended = row.is_err();
            Some(row)
        });
        Box::new(rows)
    }
}

/// A part of a result, as the limit of bytes counts it.
pub(super) trait Weighed {
    /// About how many bytes its terms take.
    fn weight(&self) -> usize;
}

impl Weighed for QuerySolution {
    fn weight(&self) -> usize {
        self.values().iter().flatten().map(weight).sum()
    }
}

impl Weighed for Triple {
    fn weight(&self) -> usize {
        weight(&self.object)
    }
}

fn weight(term: &Term) -> usize {
    /// What a term takes besides its text.
    const TERM: usize = 48;
    TERM + match term {
        Term::NamedNode(node) => node.as_str().len(),
        Term::BlankNode(node) => node.as_str().len(),
        Term::Literal(literal) => literal.value().len(),
    }
}

/// Runs `work` on a thread with a large stack, while this thread keeps the time; on this one, if it has such a stack itself.
pub(super) fn run<T: Send>(
    limits: Limits,
    cancellation: Option<CancellationToken>,
    work: impl FnOnce(&Watch) -> Result<T, StoreError> + Send,
) -> Result<T, StoreError> {
    if ROOMY.get() {
        let watch = Watch::new(Limits { time: None, ..limits }, cancellation);
        return catch_unwind(AssertUnwindSafe(|| work(&watch))).unwrap_or_else(broken);
    }
    let watch = Watch::new(limits, cancellation);
    thread::scope(|scope| {
        let (running, ended) = mpsc::channel::<()>();
        let keeper = watch.clone();
        let work = move || {
            let _running = running; // dropped at the end, also of a panic, which `ended` notices
            work(&watch)
        };
        let worker = thread::Builder::new().name("query".to_owned()).stack_size(STACK).spawn_scoped(scope, work)?;
        if let Some(limit) = keeper.limits.time
            && ended.recv_timeout(limit) == Err(RecvTimeoutError::Timeout)
        {
            keeper.late.store(true, Ordering::Release);
            keeper.token.cancel();
        }
        worker.join().unwrap_or_else(broken)
    })
}

/// What a panic of the engine comes to.
fn broken<T>(cause: Box<dyn Any + Send>) -> Result<T, StoreError> {
    let failed = || StoreError::Evaluation("the engine failed unexpectedly".to_owned());
    Err(cause.downcast::<Closed>().map_or_else(|_| failed(), |closed| closed.0))
}
