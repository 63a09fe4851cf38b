//! The server within the process: its router over the store, with the limits of strangers lifted.

use super::PublishError;
use crate::config::{Config, Tokens};
use crate::describe::Place;
use crate::serve::limits::{App, Around, Settings};
use crate::serve::router;
use crate::store::{STACK, Store, evaluate_here};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderValue, Request, StatusCode, header};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// No page takes longer.
const LONGEST: Duration = Duration::from_hours(1);

/// The server.
pub(super) struct Site {
    router: Router,
    runtime: Runtime,
}

/// What it answers.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) media_type: String,
    /// Where it leads, if it does.
    pub(super) location: Option<String>,
    pub(super) body: Bytes,
}

impl Site {
    /// A server over a store whose answers are written to files at a place.
    ///
    /// # Errors
    /// If the process can have no more threads, or the place has no name that a server could have.
    pub(super) fn new(store: Arc<dyn Store>, config: &Config, place: &Place, jobs: usize) -> Result<Self, PublishError> {
        let settings = Settings {
            query_timeout: LONGEST,
            max_rows: 100_000_000,
            max_bytes: 1 << 40,
            max_cached: 0,
            concurrency: 4 * jobs,
            client_concurrency: 4 * jobs,
            client_rate: 0.0,
            ..Settings::of(config)
        };
        let base = HeaderValue::from_str(place.origin())
            .map_err(|error| PublishError::Page { address: place.origin().to_owned(), message: error.to_string() })?;
        let around = Around { files: Some(base), ..Around::default() };
        let mut threads = tokio::runtime::Builder::new_multi_thread();
        let threads = threads.worker_threads(1).thread_stack_size(STACK).on_thread_start(evaluate_here).enable_all();
        let runtime = threads.build().map_err(PublishError::Start)?;
        Ok(Self { router: router(App::with(store, settings, Tokens::default(), around)), runtime })
    }

    /// Asks for an address, on this thread, whose stack has to have room for queries.
    ///
    /// # Errors
    /// If it is none, or what comes has no end.
    pub(super) fn get(&self, address: &str, accept: &'static str) -> Result<Answer, PublishError> {
        let fault = |message: String| PublishError::Page { address: address.to_owned(), message };
        let request = Request::get(address).header(header::ACCEPT, accept).body(Body::empty());
        let request = request.map_err(|error| fault(error.to_string()))?;
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
            let (head, body) = response.into_parts();
            let said = |name| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
            let (media_type, location) = (said(header::CONTENT_TYPE).unwrap_or_default(), said(header::LOCATION));
            let body = to_bytes(body, usize::MAX).await.map_err(|error| fault(error.to_string()))?;
            Ok(Answer { status: head.status, media_type, location, body })
        })
    }
}
