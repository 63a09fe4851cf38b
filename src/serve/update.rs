//! SPARQL 1.1 Protocol for updates: posted as a form or as such, by the holders of tokens.

use super::body::{self, WRITES};
use super::error::{Code, Problem};
use super::form::{FORM_TYPE, Form};
use super::limits::App;
use super::observe::QUERIES;
use crate::config::Right;
use crate::store::{Limits, UpdateRequest};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use std::sync::Arc;

/// The media type of an update sent as such.
pub const UPDATE_TYPE: &str = "application/sparql-update";

/// Carries out an update; 204 once it holds.
pub async fn post(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Result<StatusCode, Problem> {
    let who = body::writer(&app, &headers, Right::Update)?.name.clone();
    let kind = body::media_type(&headers)?;
    let (form, update) = match kind.as_str() {
        UPDATE_TYPE => (Form::of(&uri)?, body::text(&body)?.to_owned()),
        FORM_TYPE => {
            let form = Form::of(&uri)?.and(Form::read(&body)?);
            let update = form.one("update")?.map(str::to_owned);
            let missing = || Problem::new(Code::BadRequest, "There is no update").hint("Give it in the parameter `update`");
            (form, update.ok_or_else(missing)?)
        }
        _ => {
            return Err(Problem::new(Code::UnsupportedMediaType, format!("An update cannot be sent as `{kind}`"))
                .hint(format!("Send it as `{UPDATE_TYPE}`, or in the parameter `update` as `{FORM_TYPE}`")));
        }
    };
    let request = UpdateRequest {
        using_graphs: form.graphs("using-graph-uri")?,
        using_named_graphs: form.graphs("using-named-graph-uri")?,
        limits: Limits { time: Some(app.settings.query_timeout), rows: Some(app.settings.max_changes), bytes: None },
        update,
        cancellation: None,
    };
    tracing::debug!(target: QUERIES, text = request.update, "update");
    let counted = app.metrics.query("update");
    let bytes = request.update.len();
    let written = app.update(request).await;
    if written.is_ok() {
        tracing::info!(target: WRITES, who, bytes, "update");
    }
    counted.ended(written.map(|()| StatusCode::NO_CONTENT))
}
