//! Results on their way: kept until they are whole if they are small, and sent while they are made if they are not.
//!
//! A limit that strikes a result that was not sent yet is an error with its name. A result of which some was sent already is
//! broken off: the body of the answer has no end then, which every client takes for a failed transfer.

use super::error::Problem;
use super::limits::{App, late};
use super::permit::{Permit, StopOnDrop};
use super::reader::Graph;
use axum::body::{Body, Bytes};
use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tracing::Span;

/// What is sent at a time, in bytes.
const PART: usize = 64 << 10;
/// So many parts wait for a client that reads slowly.
const WAITING: usize = 16;

/// The parts of a result, as they come.
type Rest = mpsc::Receiver<io::Result<Bytes>>;

/// A result that was made.
pub enum Made<T> {
    /// All of it, and what was said of it.
    Whole(Vec<u8>, T),
    /// Its beginning; the rest comes while it is sent. And its media type.
    Begun(Body, &'static str),
}

/// Where a result is written to.
pub struct Sink {
    held: Vec<u8>,
    most: usize,
    media_type: &'static str,
    begin: Option<oneshot::Sender<(Rest, &'static str)>>,
    parts: Option<mpsc::Sender<io::Result<Bytes>>>,
    until: Instant,
    runtime: Handle,
}

impl Sink {
    /// Says what the result is, before any of it is written.
    pub fn set_media_type(&mut self, media_type: &'static str) {
        self.media_type = media_type;
    }

    /// Sends what is held.
    fn send(&mut self) -> io::Result<()> {
        let part = Bytes::from(std::mem::take(&mut self.held));
        self.give(Ok(part))
    }

    fn give(&self, part: io::Result<Bytes>) -> io::Result<()> {
        let Some(parts) = &self.parts else { return Ok(()) };
        let time = self.until.saturating_duration_since(Instant::now());
        let sent = self.runtime.block_on(parts.send_timeout(part, time));
        sent.map_err(|_| io::Error::new(ErrorKind::BrokenPipe, "nobody reads the result"))
    }

    /// Ends the result as it ended: what was not sent yet is given back.
    fn end<T>(mut self, result: Result<T, Problem>) -> Result<Option<(Vec<u8>, T)>, Problem> {
        if self.parts.is_none() {
            return result.map(|said| Some((self.held, said)));
        }
        match result {
            Ok(_) => drop(self.send()),
            Err(problem) => {
                tracing::info!(code = problem.code.name(), message = problem.message, "a result was broken off");
                // Whoever does not read any more is told by the end of the connection.
                if let Some(parts) = &self.parts {
                    let _ =
                        self.runtime.block_on(parts.send_timeout(Err(io::Error::other(problem.message)), super::limits::GRACE));
                }
            }
        }
        Ok(None)
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.parts.is_none() && self.held.len() > self.most {
            let (parts, rest) = mpsc::channel(WAITING);
            self.parts = Some(parts);
            if let Some(begin) = self.begin.take() {
                let _ = begin.send((rest, self.media_type)); // if nobody waits, the next part cannot be sent
            }
        }
        if self.parts.is_some() && self.held.len() >= PART {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The parts of a body. When nobody wants them any more, what makes them is stopped.
struct Parts {
    rest: Rest,
    _gone: StopOnDrop,
}

impl futures_core::Stream for Parts {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.rest.poll_recv(context)
    }
}

impl App {
    /// Runs `work`, which writes a result, as [`App::read`] does; the result may be on its way before it has ended.
    ///
    /// # Errors
    /// As [`App::read`].
    pub async fn stream<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Graph, &mut Sink) -> Result<T, Problem> + Send + 'static,
    ) -> Result<Made<T>, Problem> {
        let Permit { slot, graph, gone } = self.permit().await?;
        let (begin, opened) = oneshot::channel();
        let mut sink = Sink {
            held: Vec::new(),
            most: self.settings.max_held,
            media_type: "application/octet-stream",
            begin: Some(begin),
            parts: None,
            until: graph.until,
            runtime: Handle::current(),
        };
        let span = Span::current();
        let mut running = tokio::task::spawn_blocking(move || {
            let _request = span.entered();
            let result = work(&graph, &mut sink);
            drop(slot);
            sink.end(result)
        });
        let began_or_ended = async {
            tokio::select! {
                biased;
                () = self.life.ending() => Err(Problem::stopping()),
                Ok((rest, media_type)) = opened => Ok(Made::Begun(Body::from_stream(Parts { rest, _gone: gone }), media_type)),
                ended = &mut running => match ended {
                    Ok(Ok(Some((body, said)))) => Ok(Made::Whole(body, said)),
                    Ok(Ok(None)) => Err(Problem::internal(&"a result was sent to nobody")),
                    Ok(Err(problem)) => Err(problem),
                    Err(failure) => Err(Problem::internal(&failure)),
                },
            }
        };
        let limit = self.settings.query_timeout;
        tokio::time::timeout(limit + super::limits::GRACE, began_or_ended).await.unwrap_or_else(|_| Err(late(limit)))
    }
}
