//! Each request is given an id, and a line in the log and a place in the counts once its answer has been sent. No part of a query,
//! of a body or of a token is logged above the level of debugging.

use super::error::Code;
use super::limits::App;
use crate::config::hexadecimal;
use axum::body::HttpBody as _;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt as _;
use std::sync::Arc;
use std::time::Instant;
use tracing::{Instrument as _, Span};

/// The log's target for requests.
pub const REQUESTS: &str = "flg::requests";
/// The log's target for the texts of queries, at the level of debugging.
pub const QUERIES: &str = "flg::queries";

/// The header with which clients and proxies name a request, and its answer.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Longer ids are not taken over.
const LONGEST: usize = 64;
/// The route of what no route is for.
const UNMATCHED: &str = "unmatched";
/// Routes that machines ask for again and again.
const QUIET: [&str; 3] = ["/health", "/ready", "/metrics"];

/// What a request is known by, in the log and to whoever sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

impl RequestId {
    /// The id that the request brings, if that is a plain word; else a new one.
    fn of(headers: &HeaderMap) -> Self {
        let plain =
            |id: &&str| (1..=LONGEST).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        let brought = headers.get(HEADER).and_then(|value| value.to_str().ok()).filter(plain);
        Self(brought.map_or_else(fresh, str::to_owned))
    }
}

fn fresh() -> String {
    let mut random = [0; 8];
    // Without random numbers, requests are told apart less well, and served all the same.
    let _ = getrandom::fill(&mut random);
    hexadecimal(&random)
}

/// A request whose answer is on its way.
struct Line {
    app: Arc<App>,
    span: Span,
    route: String,
    method: &'static str,
    client: String,
    status: u16,
    code: Option<Code>,
    bytes: u64,
    begun: Instant,
}

/// The layer that does it, the outermost.
pub async fn observe(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = RequestId::of(request.headers());
    let route = request.extensions().get::<MatchedPath>().map_or(UNMATCHED, MatchedPath::as_str).to_owned();
    let client = app.clients.of(&request).map_or_else(|| "-".to_owned(), |address| address.to_string());
    let method = known(request.method());
    let span = tracing::info_span!(target: REQUESTS, "request", id = id.0);
    tracing::debug!(target: QUERIES, parent: &span, address = %request.uri(), "request");
    let header = HeaderValue::from_str(&id.0);
    request.extensions_mut().insert(id);
    let mut line = Line { app, span: span.clone(), route, method, client, status: 0, code: None, bytes: 0, begun };
    let mut response = next.run(request).instrument(span).await;
    if let Ok(header) = header {
        response.headers_mut().insert(HEADER, header);
    }
    // How long a body is that is whole already would be lost behind the one that counts.
    let length = response.body().size_hint().exact().filter(|length| *length > 0);
    if let Some(length) = length {
        response.headers_mut().entry(header::CONTENT_LENGTH).or_insert(length.into());
    }
    line.status = response.status().as_u16();
    line.code = response.extensions().get::<Code>().copied();
    // The body takes the line along, and lets it go when it has been sent or given up.
    response.map(|body| {
        axum::body::Body::new(body.map_frame(move |frame| {
            let line = &mut line; // all of it is taken along
            line.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
            frame
        }))
    })
}

/// The method, if it is one that there are routes for; clients can think of any.
fn known(method: &Method) -> &'static str {
    const KNOWN: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.status == 0 {
            // Whoever asked went away before there was an answer.
            self.status = 499;
        }
        let time = self.begun.elapsed();
        self.app.metrics.request(&self.route, self.method, self.status, self.code, time);
        let (route, method, client, status, bytes) = (&self.route, self.method, &self.client, self.status, self.bytes);
        let (ms, code) = (u64::try_from(time.as_millis()).unwrap_or(u64::MAX), self.code.map(Code::name));
        let _entered = self.span.enter();
        if QUIET.contains(&route.as_str()) {
            tracing::debug!(target: REQUESTS, method, route, status, code, bytes, ms, client, "answered");
        } else {
            tracing::info!(target: REQUESTS, method, route, status, code, bytes, ms, client, "answered");
        }
    }
}
