//! For whoever runs the server: whether it lives, whether it can be asked, and what it counts.

use super::error::{Code, Problem};
use super::limits::App;
use super::metrics::Shown;
use super::negotiate::Preferences;
use crate::store::{Limits, Request};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// The store has so long to answer the simplest of questions.
const PATIENCE: Duration = Duration::from_secs(2);

/// Headers with which proxies tell for whom they ask.
const FORWARDED: [&str; 4] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/// The routes at an address of their own.
pub fn router(app: Arc<App>) -> Router {
    Router::new().route("/health", get(health)).route("/ready", get(ready)).route("/metrics", get(metrics_here)).with_state(app)
}

/// Whether the process lives: it does if it says so.
pub async fn health() -> Response {
    told(StatusCode::OK, &json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

/// Whether the server can be asked now.
pub async fn ready(State(app): State<Arc<App>>) -> Response {
    let reason = if app.stops() { Some("the server is stopping".to_owned()) } else { unanswered(&app).await };
    match reason {
        None => told(StatusCode::OK, &json!({ "status": "ready" })),
        Some(reason) => told(StatusCode::SERVICE_UNAVAILABLE, &json!({ "status": "unavailable", "reason": reason })),
    }
}

/// Why the store does not answer, if it does not. No slot is waited for: a busy server is ready.
async fn unanswered(app: &App) -> Option<String> {
    let late = || Some(format!("the store did not answer within {} s", PATIENCE.as_secs()));
    // Those who ask again and again must not use up the threads while the store hangs.
    let Ok(permit) = Arc::clone(&app.probes).try_acquire_owned() else { return late() };
    let store = app.store();
    let asked = tokio::task::spawn_blocking(move || {
        let limits = Limits { time: Some(PATIENCE), ..Limits::default() };
        let answered = store.query(&Request::new("ASK { ?s ?p ?o }").limited(limits), &mut |_| Ok(()));
        drop(permit);
        answered
    });
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(Ok(()))) => None,
        Ok(Ok(Err(error))) => {
            tracing::error!(%error, "not ready");
            Some("the store cannot be asked".to_owned())
        }
        Ok(Err(_)) => Some("the store cannot be asked".to_owned()),
        Err(_) => late(),
    }
}

fn told(status: StatusCode, body: &serde_json::Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, format!("{body}\n")).into_response()
}

/// The counts, where they are shown at the server's own address.
pub async fn metrics(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let forwarded = FORWARDED.iter().any(|name| headers.contains_key(*name));
    match app.settings.metrics {
        Shown::Everyone => counts(&app, &headers),
        Shown::Straight if !forwarded => counts(&app, &headers),
        Shown::Straight | Shown::Nobody => Err(Problem::new(Code::NotFound, "Metrics are not shown here")
            .hint("Whoever runs the server can show them at an address of their own: the setting `metrics-bind`")),
    }
}

/// The counts, at an address of their own.
async fn metrics_here(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    counts(&app, &headers)
}

fn counts(app: &App, headers: &HeaderMap) -> Result<Response, Problem> {
    let open = Preferences::media(headers).names("application/openmetrics-text");
    let (text, media_type) = app.metrics.text(app.running(), &app.results, open)?;
    let mut response = text.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
