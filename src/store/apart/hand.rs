//! The server's hold on a process that evaluates: starts it, speaks with it, ends it.

use super::super::{CancellationToken, StoreError};
use super::wire::{self, Hello, Job, kind};
use std::io::{self, ErrorKind, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A process ends an evaluation at its time limit by itself; this much later it is killed, should the engine be where it does not
/// look at the clock.
const GRACE: Duration = Duration::from_millis(300);
/// How often it is looked whether somebody still waits.
const LOOK: Duration = Duration::from_millis(20);
/// What a process says when it breaks down is kept up to so many bytes.
const SAID: usize = 2_000;

/// A process that evaluates.
pub(super) struct Hand {
    child: Child,
    socket: UnixStream,
    /// What came over the socket and was not looked at yet.
    buffer: Vec<u8>,
    /// The end of what it said on standard error.
    said: Arc<Mutex<String>>,
    memory: usize,
    /// Whether it can be given something else to do.
    pub(super) ready: bool,
    alive: bool,
}

/// An evaluation under way, as its server sees it.
pub(super) struct Watch<'w> {
    pub(super) token: &'w CancellationToken,
    pub(super) limit: Option<Duration>,
    /// When the process is killed.
    until: Option<Instant>,
    cancelled: bool,
}

impl<'w> Watch<'w> {
    pub(super) fn new(token: &'w CancellationToken, limit: Option<Duration>) -> Self {
        Self { token, limit, until: limit.map(|limit| Instant::now() + limit + GRACE), cancelled: false }
    }

    fn late(&self) -> StoreError {
        let limit = self.limit.filter(|_| !self.cancelled);
        limit.map_or(StoreError::Cancelled, |limit| StoreError::TimeLimit(limit.as_secs_f64()))
    }
}

impl Hand {
    /// Starts a process.
    ///
    /// # Errors
    /// If the system does not.
    pub(super) fn start(program: &Path, arguments: &[String], hello: &Hello) -> io::Result<Self> {
        let (mut socket, theirs) = UnixStream::pair()?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::from(OwnedFd::from(theirs))).stdout(Stdio::null()).stderr(Stdio::piped());
        // A break-down is told in one line; memory for symbols there may be none.
        command.env("RUST_BACKTRACE", "0");
        // The allocator is to ask for memory as it is used: what it holds in reserve counts against the limit.
        command.env("MIMALLOC_ARENA_EAGER_COMMIT", "0");
        // Who stops the server at a terminal lets it end what is under way.
        command.process_group(0);
        let mut child = command.spawn()?;
        let said = Arc::new(Mutex::new(String::new()));
        if let Some(stderr) = child.stderr.take() {
            let said = Arc::clone(&said);
            thread::Builder::new().name("worker-says".to_owned()).spawn(move || overhear(stderr, &said))?;
        }
        socket.set_read_timeout(Some(LOOK))?;
        wire::send_json(&mut socket, kind::HELLO, hello)?;
        Ok(Self { child, socket, buffer: Vec::new(), said, memory: hello.memory, ready: true, alive: true })
    }

    /// Gives it something to do; whether it has begun with it, which it has not if it was not there any more.
    ///
    /// # Errors
    /// If nobody waits for it any more.
    pub(super) fn give(&mut self, job: &Job, watch: &mut Watch<'_>) -> Result<bool, StoreError> {
        self.ready = false;
        if wire::send_json(&mut self.socket, kind::JOB, job).is_err() {
            return Ok(false);
        }
        match self.next(watch) {
            Ok((kind::BEGUN, _)) => Ok(true),
            Err(error @ (StoreError::TimeLimit(_) | StoreError::Cancelled)) => Err(error),
            Ok(_) | Err(_) => Ok(false),
        }
    }

    /// The next thing that it says.
    ///
    /// # Errors
    /// The error that the evaluation ended in; why the process ended; what it was killed for.
    pub(super) fn next(&mut self, watch: &mut Watch<'_>) -> Result<(u8, Vec<u8>), StoreError> {
        loop {
            if let Some(frame) = self.frame() {
                return match frame {
                    (kind::ERROR, body) => {
                        let told = serde_json::from_slice::<StoreError>(&body);
                        self.next(watch)?;
                        Err(told.unwrap_or_else(|_| StoreError::Evaluation("the engine failed unexpectedly".to_owned())))
                    }
                    (kind::DONE, body) => {
                        self.ready = body == [0];
                        Ok((kind::DONE, body))
                    }
                    other => Ok(other),
                };
            }
            let mut part = [0; 16 << 10];
            match self.socket.read(&mut part) {
                Ok(0) => return Err(self.ended()),
                Ok(count) => self.buffer.extend_from_slice(part.get(..count).unwrap_or_default()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => return Err(self.ended()),
            }
            if watch.token.is_cancelled() && !watch.cancelled {
                watch.cancelled = true;
                watch.until = Some(Instant::now() + GRACE);
                let _ = wire::send(&mut self.socket, kind::CANCEL, &[]); // it is killed if it does not hear
            }
            if watch.until.is_some_and(|until| Instant::now() > until) {
                self.kill();
                return Err(watch.late());
            }
        }
    }

    /// A whole frame, if one has come.
    fn frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let (start, _) = self.buffer.split_first_chunk::<{ wire::HEAD }>()?;
        let (length, kind) = wire::head(*start);
        let body = self.buffer.get(wire::HEAD..wire::HEAD + length)?.to_vec();
        self.buffer.drain(..wire::HEAD + length);
        Some((kind, body))
    }

    /// Ends what nobody waits for any more, with the process if it does not end soon.
    pub(super) fn settle(&mut self, watch: &mut Watch<'_>) {
        if self.ready || !self.alive {
            return;
        }
        watch.cancelled = true;
        watch.until = Some(Instant::now() + GRACE);
        if wire::send(&mut self.socket, kind::CANCEL, &[]).is_err() {
            return self.kill();
        }
        while self.alive {
            if matches!(self.next(watch), Ok((kind::DONE, _)) | Err(_)) {
                return;
            }
        }
    }

    fn kill(&mut self) {
        (self.ready, self.alive) = (false, false);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Why the process ended by itself.
    fn ended(&mut self) -> StoreError {
        /// Signals, by their numbers everywhere.
        const ABORTED: i32 = 6;
        const KILLED: i32 = 9;
        (self.ready, self.alive) = (false, false);
        let _ = self.child.kill(); // if the socket broke and nothing else
        let status = self.child.wait().ok();
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner).trim().to_owned();
        tracing::warn!(?status, %said, "a process that evaluated a query ended");
        match status.and_then(|status| status.signal()) {
            _ if said.contains("overflowed its stack") => StoreError::BrokeDown("it is nested too deep".to_owned()),
            // It, or the system, ended it for the memory it took; or it could have no more.
            Some(ABORTED | KILLED) => StoreError::MemoryLimit(self.memory),
            _ => StoreError::BrokeDown("it ended without a word".to_owned()),
        }
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Keeps the last of what a process says.
fn overhear(mut from: ChildStderr, said: &Mutex<String>) {
    let mut part = [0; 1024];
    while let Ok(count @ 1..) = from.read(&mut part) {
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        said.push_str(&String::from_utf8_lossy(part.get(..count).unwrap_or_default()));
        while said.len() > SAID {
            said.remove(0);
        }
    }
}
