//! The process that evaluates: it does one thing at a time, within its memory, for as long as the server is there.

use super::super::embedded::Embedded;
use super::super::{CancellationToken, Limits, Request, Results, Store as _, StoreError, UpdateRequest};
use super::wire::{self, Hello, Job, Passed, kind};
use crate::config::DefaultGraph;
use oxigraph::model::{NamedNode, Term, Variable};
use rustix::process::{Resource, Rlimit, Signal, getpid, kill_process, setpriority_pgrp, setrlimit};
use std::io::{self, Write as _};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// So many bytes of rows go in one frame.
const BATCH: usize = 32 << 10;
/// Address space that is written to besides what an evaluation may take: stacks, and what the engine keeps.
const BESIDES: usize = 768 << 20;
/// How often the memory that an evaluation has taken is looked at.
const LOOK: Duration = Duration::from_millis(10);
/// What takes longer gives way to what does not.
const LONG: Duration = Duration::from_millis(500);
const NICE: i32 = 10;

/// Evaluates what comes over the socket that standard input is, until the server is gone.
///
/// # Errors
/// If there is no such socket, or it breaks.
pub(super) fn work() -> Result<(), StoreError> {
    let socket: OwnedFd = io::stdin().as_fd().try_clone_to_owned()?;
    let mut socket = UnixStream::from(socket);
    let hello: Hello = match wire::receive(&mut socket)? {
        (kind::HELLO, body) => serde_json::from_slice(&body).map_err(io::Error::other)?,
        _ => return Err(io::Error::other("this process is started by `flg serve` alone").into()),
    };
    bound(hello.memory)?;
    let busy = Arc::new(Busy::default());
    let watcher = keep_watch(hello.memory, Arc::clone(&busy))?;
    let (jobs, received) = channel();
    let listening = socket.try_clone()?;
    thread::Builder::new().name("listen".to_owned()).spawn(move || listen(listening, &jobs))?;
    let mut worker = Worker { socket, hello, open: None, busy: Arc::clone(&busy) };
    for (job, token) in received {
        busy.set(Some(Instant::now()));
        watcher.unpark();
        worker.one(&job, token)?;
        busy.set(None);
    }
    Ok(())
}

/// Sets what the system is to hold the process to.
fn bound(memory: usize) -> io::Result<()> {
    let most = u64::try_from(memory.saturating_add(BESIDES)).ok();
    setrlimit(Resource::Data, Rlimit { current: most, maximum: most })?;
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(())
}

/// What the process does.
#[derive(Default)]
struct Busy {
    /// Since when it evaluates something.
    since: Mutex<Option<Instant>>,
    /// Whether it has given way to others, which it cannot take back.
    gave_way: AtomicBool,
}

impl Busy {
    fn set(&self, since: Option<Instant>) {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner) = since;
    }
    fn time(&self) -> Option<Duration> {
        self.since.lock().unwrap_or_else(PoisonError::into_inner).map(|since| since.elapsed())
    }
}

/// Ends the process at once, whatever its other threads do, without a word.
fn die() {
    let _ = kill_process(getpid(), Signal::KILL);
}

/// Ends the process when it has taken more memory than it may, and lets others go first when it takes long. The system's limit of
/// memory counts what is asked for, and is wider; this counts what is there.
fn keep_watch(limit: usize, busy: Arc<Busy>) -> io::Result<Thread> {
    let before = resident().unwrap_or_default();
    let watch = move || {
        loop {
            let Some(time) = busy.time() else {
                thread::park();
                continue;
            };
            if resident().is_some_and(|bytes| bytes > before + limit) {
                die();
            }
            if time > LONG && !busy.gave_way.swap(true, Ordering::SeqCst) {
                let _ = setpriority_pgrp(None, NICE); // a favour, and no condition
            }
            thread::sleep(LOOK);
        }
    };
    Ok(thread::Builder::new().name("watch".to_owned()).spawn(watch)?.thread().clone())
}

/// Bytes of memory that are the process's own; `None` where the system does not tell.
fn resident() -> Option<usize> {
    let all = std::fs::read_to_string("/proc/self/statm").ok()?;
    let mut pages = all.split(' ').skip(1).map(str::parse::<usize>);
    let (resident, shared) = (pages.next()?.ok()?, pages.next()?.ok()?);
    Some(resident.saturating_sub(shared) * rustix::param::page_size())
}

/// Hands on what is to be evaluated, and cancels what is not to be any more.
fn listen(mut socket: UnixStream, jobs: &Sender<(Job, CancellationToken)>) {
    let mut token = CancellationToken::new();
    while let Ok((kind, body)) = wire::receive(&mut socket) {
        if kind == kind::CANCEL {
            token.cancel();
        } else if let (kind::JOB, Ok(job)) = (kind, serde_json::from_slice(&body)) {
            token = CancellationToken::new();
            if jobs.send((job, token.clone())).is_err() {
                break;
            }
        } else {
            break;
        }
    }
    // The server is gone, or does not want this process any more.
    die();
}

struct Worker {
    socket: UnixStream,
    hello: Hello,
    /// The store that was looked at last.
    open: Option<(PathBuf, Arc<Embedded>)>,
    busy: Arc<Busy>,
}

impl Worker {
    fn one(&mut self, job: &Job, token: CancellationToken) -> io::Result<()> {
        wire::send(&mut self.socket, kind::BEGUN, &[])?;
        match self.evaluate(job, token) {
            Ok(()) => {}
            Err(error) => wire::send(&mut self.socket, kind::ERROR, &wire::error(&error))?,
        }
        let spent = u8::from(self.spent());
        wire::send(&mut self.socket, kind::DONE, &[spent])
    }

    /// Whether the next job is better done by another process: memory that is given back to the allocator is not given back to
    /// the system, and who gave way once does so for good.
    fn spent(&self) -> bool {
        self.busy.gave_way.load(Ordering::SeqCst) || resident().is_some_and(|bytes| bytes > self.hello.memory / 4)
    }

    fn evaluate(&mut self, job: &Job, token: CancellationToken) -> Result<(), StoreError> {
        let named = |graphs: &[String]| graphs.iter().map(NamedNode::new_unchecked).collect();
        let (default_graphs, named_graphs) = (named(&job.default_graphs), named(&job.named_graphs));
        let limits = Limits { time: job.time.map(Duration::from_secs_f64), rows: job.rows, bytes: job.bytes };
        if job.update {
            let request = UpdateRequest {
                update: job.text.clone(),
                using_graphs: default_graphs,
                using_named_graphs: named_graphs,
                limits,
                cancellation: Some(token),
            };
            return self.store(&job.data, true)?.update(&request);
        }
        let term = |(name, term): &(String, String)| {
            let term = Term::from_str(term).map_err(|error| StoreError::Evaluation(error.to_string()))?;
            Ok((Variable::new_unchecked(name), term))
        };
        let request = Request {
            query: job.text.clone(),
            bindings: job.bindings.iter().map(term).collect::<Result<_, StoreError>>()?,
            default_graphs,
            named_graphs,
            limits,
            cancellation: Some(token),
        };
        let store = self.store(&job.data, false)?;
        let socket = &mut self.socket;
        store.query(&request, &mut |results| {
            match results {
                Results::Boolean(value) => wire::send(socket, kind::BOOLEAN, &[u8::from(value)])?,
                Results::Solutions(solutions) => {
                    let columns: Vec<&str> = solutions.variables().iter().map(Variable::as_str).collect();
                    wire::send_json(socket, kind::COLUMNS, &columns)?;
                    pass(solutions, socket)?;
                }
                Results::Graph(triples) => {
                    wire::send(socket, kind::GRAPH, &[])?;
                    pass(triples, socket)?;
                }
            }
            Ok(())
        })
    }

    /// The store in a folder, which is opened if it is another one than before.
    fn store(&mut self, data: &Path, to_write: bool) -> Result<Arc<Embedded>, StoreError> {
        if let Some((_, store)) = self.open.as_ref().filter(|(open, _)| open == data) {
            return Ok(Arc::clone(store));
        }
        self.open = None;
        let default = if self.hello.own { DefaultGraph::Own } else { DefaultGraph::Union };
        let store = Embedded::open_copy(data, to_write)?.with_default_graph(default);
        let store = Arc::new(store.with_services(self.hello.services.clone()));
        if !to_write {
            self.open = Some((data.to_owned(), Arc::clone(&store)));
        }
        Ok(store)
    }
}

/// Sends rows, some at a time.
fn pass<T: Passed>(rows: impl Iterator<Item = Result<T, StoreError>>, socket: &mut UnixStream) -> Result<(), StoreError> {
    let mut batch = Vec::with_capacity(BATCH);
    for row in rows {
        batch.push(wire::ROW);
        row?.write(&mut batch);
        if batch.len() >= BATCH {
            wire::send(socket, kind::ROWS, &batch)?;
            batch.clear();
        }
    }
    if !batch.is_empty() {
        wire::send(socket, kind::ROWS, &batch)?;
    }
    Ok(socket.flush()?)
}
