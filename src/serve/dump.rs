//! The whole dataset as one file of N-Quads, as it is at one moment: made while it is sent, one at a time, so that it takes neither memory
//! nor the time of others.

use super::admin::Chunks;
use super::cache::Tag;
use super::error::{Code, Problem};
use super::limits::App;
use crate::describe::dataset::DUMP;
use crate::store::{Part, StoreError};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use http_body_util::channel::Channel;
use oxigraph::io::{RdfFormat, RdfSerializer};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tracing::Span;

/// So many chunks wait for a slow client.
const WAITING: usize = 8;
/// A client that takes nothing for so long is taken to be gone.
const PATIENCE: Duration = Duration::from_secs(30);

/// Everything, if no other dump is under way.
pub async fn dump(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let tag = Tag::new(&app, &["dump"]).await;
    if let Some(response) = tag.unchanged(&headers) {
        return Ok(response);
    }
    let permit = Arc::clone(&app.described.dumps).try_acquire_owned().map_err(|_| {
        Problem::new(Code::Busy, "Another dump is being sent")
            .hint("Try again when that has ended, or take the reports one by one: `/dataset` says where they are")
    })?;
    let (sender, body) = Channel::<Bytes, io::Error>::new(WAITING);
    let (store, span) = (app.store(), Span::current());
    let mut to = Chunks::new(sender, Some(PATIENCE));
    tokio::task::spawn_blocking(move || {
        let _request = span.entered();
        let _permit = permit;
        let mut writer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(&mut to);
        let sent = store.snapshot(&mut |part| match part {
            Part::Quad(quad) => Ok(writer.serialize_quad(&quad)?),
            Part::Graph(_) => Ok(()),
        });
        let sent = sent.and_then(|()| Ok(writer.finish().and_then(io::Write::flush)?));
        if let Err(error) = sent {
            // Whoever hung up needs no telling; whoever did not sees that the file has no end.
            if !matches!(error, StoreError::Output(_)) {
                tracing::error!(%error, "a dump was broken off");
            }
            to.abort("the dump failed");
        }
    });
    let mut response = Body::new(body).into_response();
    tag.mark(&mut response, None);
    let name = DUMP.rsplit('/').next().unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/n-quads"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}
