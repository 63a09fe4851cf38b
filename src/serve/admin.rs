//! For the holders of a token that is good for everything: a backup of the store while it is in use, and a backup in its place.

use super::body::{self, WRITES};
use super::error::{Code, Problem};
use super::form::Form;
use super::limits::App;
use super::reader::told;
use crate::backup::{self, BackupError, Head, MEDIA_TYPE, Source, Summary};
use crate::config::Right;
use crate::model::moment::now;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt as _;
use http_body_util::channel::{Channel, Sender};
use serde_json::json;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tempfile::NamedTempFile;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tracing::Span;

/// What the body of a request is called.
const BODY: &str = "the body";
/// Bytes that are sent at a time.
const CHUNK: usize = 64 << 10;
/// So many chunks wait for a slow client.
const WAITING: usize = 8;

/// The permit to read or replace the whole store, which one has at a time.
fn alone(app: &App) -> Result<OwnedSemaphorePermit, Problem> {
    Arc::clone(&app.upkeep)
        .try_acquire_owned()
        .map_err(|_| Problem::new(Code::Busy, "Another backup is being made or restored").hint("Try again when that has ended"))
}

/// A backup of the store as it is now, while others write.
pub async fn backup(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let who = body::writer(&app, &headers, Right::Admin)?.name.clone();
    let permit = alone(&app)?;
    let head = Head::new(now());
    let name = head.file_name();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let (sender, body) = Channel::<Bytes, io::Error>::new(WAITING);
    let (store, span) = (app.store(), Span::current());
    let mut to = Chunks::new(sender, None);
    tokio::task::spawn_blocking(move || {
        let _request = span.entered();
        let written = backup::write(store.as_ref(), &head, &mut to, (&name, &std::env::temp_dir()), &mut |_| {});
        drop(permit);
        match written {
            Ok(Summary { end, .. }) => {
                tracing::info!(target: WRITES, who, quads = end.quads, sha256 = end.sha256, "backup made");
            }
            Err(error) => {
                tracing::error!(who, %error, "no backup made");
                // The answer breaks off, so that whoever gets it knows that it is none.
                to.abort("the backup failed");
            }
        }
    });
    let mut response = Body::new(body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_DISPOSITION, disposition.map_err(|error| Problem::internal(&error))?);
    Ok(response)
}

/// Writes to the body of an answer, from a thread that may wait.
pub(super) struct Chunks {
    sender: Sender<Bytes, io::Error>,
    handle: Handle,
    chunk: Vec<u8>,
    patience: Option<Duration>,
}

impl Chunks {
    /// Writes to `sender`, and waits no longer than `patience` for whoever reads.
    pub(super) fn new(sender: Sender<Bytes, io::Error>, patience: Option<Duration>) -> Self {
        Self { sender, handle: Handle::current(), chunk: Vec::new(), patience }
    }
    /// Breaks the answer off, so that whoever gets it knows that it is none.
    pub(super) fn abort(self, why: &'static str) {
        self.sender.abort(io::Error::other(why));
    }
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.chunk.extend_from_slice(bytes);
        if self.chunk.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.chunk.is_empty() {
            return Ok(());
        }
        let chunk = std::mem::take(&mut self.chunk).into();
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let sent = self.sender.send_data(chunk);
        let sent = match self.patience {
            None => self.handle.block_on(sent).is_ok(),
            Some(patience) => {
                self.handle.block_on(async { tokio::time::timeout(patience, sent).await.is_ok_and(|sent| sent.is_ok()) })
            }
        };
        if sent { Ok(()) } else { Err(gone()) }
    }
}

/// Puts a backup in the place of what the store holds, which has to be empty unless the address says `replace`.
pub async fn restore(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let who = body::writer(&app, &headers, Right::Admin)?.name.clone();
    let replace = Form::of(&uri)?.first("replace").is_some();
    let permit = alone(&app)?;
    let file = received(body).await?;
    let replacing = Arc::clone(&app.replacing);
    app.change(move |store| {
        let _permit = permit;
        let before = store.size().map_err(|error| Problem::internal(&error))?;
        // Whoever wants to write is told to come back, and takes no slot while the store is filled.
        replacing.store(true, Ordering::SeqCst);
        let restored = backup::restore(store, Source { path: file.path(), name: BODY }, replace, &mut |_| {});
        replacing.store(false, Ordering::SeqCst);
        let summary = restored.map_err(|error| problem(&error))?;
        tracing::info!(target: WRITES, who, before, quads = summary.end.quads, revision = summary.end.revision, "backup restored");
        let answer = json!({ "restored": summary, "before": { "quads": before } });
        let kind = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
        Ok((kind, format!("{answer}\n")).into_response())
    })
    .await
}

/// The body in a temporary file.
async fn received(mut body: Body) -> Result<NamedTempFile, Problem> {
    let (chunks, mut arriving) = mpsc::channel::<Bytes>(WAITING);
    let writing = tokio::task::spawn_blocking(move || -> io::Result<NamedTempFile> {
        let mut file = NamedTempFile::new()?;
        while let Some(chunk) = arriving.blocking_recv() {
            file.write_all(&chunk)?;
        }
        file.flush()?;
        Ok(file)
    });
    while let Some(frame) = body.frame().await {
        let cut = |_| Problem::new(Code::BadRequest, "The body is cut off").hint("Send it again");
        let Ok(data) = frame.map_err(cut)?.into_data() else { continue };
        if chunks.send(data).await.is_err() {
            break; // it cannot be written, as is told below
        }
    }
    drop(chunks);
    let written = writing.await.map_err(|failure| Problem::internal(&failure))?;
    written.map_err(|error| Problem::internal(&error))
}

fn problem(error: &BackupError) -> Problem {
    match error {
        BackupError::Access { .. } | BackupError::Store(_) => Problem::internal(error),
        BackupError::NotEmpty { .. } => {
            told(Code::NotEmpty, &error.to_string()).hint("To put the backup in its place, add `?replace` to the address")
        }
        other => told(Code::BadRequest, &other.to_string()),
    }
}
