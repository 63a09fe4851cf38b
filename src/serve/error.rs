//! What can go wrong in a request: one table of public codes, and the answer that tells the client in the form it reads.
//!
//! A [`Problem`] says only what helps its reader. Causes inside the server are logged where the problem is made, never shown.

use super::negotiate::Preferences;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::time::Duration;

/// A kind of problem. The names are public: clients may test for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The request's parameters cannot be read.
    BadRequest,
    /// The query is no SPARQL.
    QuerySyntax,
    /// The query could not be evaluated.
    QueryFailed,
    /// The query text is longer than the server takes.
    QueryTooLarge,
    /// The query is nested deeper, or has more parts, than the server takes.
    QueryTooComplex,
    /// The query ran longer than the server lets it.
    Timeout,
    /// The result has more rows than the server gives.
    RowLimit,
    /// The result is larger than the server gives.
    SizeLimit,
    /// The query takes more memory than the server has for one.
    MemoryLimit,
    /// The body of the request is larger than the server takes.
    BodyTooLarge,
    /// The graph that is sent is larger than the server takes.
    GraphTooLarge,
    /// The client sends more requests in a time than the server takes of one.
    RateLimit,
    /// The client has more requests under way than the server takes of one.
    ClientBusy,
    /// Another endpoint that the query asks does not answer, or not well.
    ServiceFailed,
    /// Whoever writes has to say who that is.
    Unauthorized,
    /// The request asks for something that this server does not do, or not for whoever asks: federation, update.
    Refused,
    /// Nothing is at this address.
    NotFound,
    /// What was at this address is not there any more: a person decided so.
    Gone,
    /// There is nothing in a form that the client accepts.
    NotAcceptable,
    /// The method is not one of those that the address takes.
    MethodNotAllowed,
    /// The body's media type is none that the address takes.
    UnsupportedMediaType,
    /// More requests are under way than the server takes.
    Busy,
    /// The server is being stopped.
    Stopping,
    /// What is to be put somewhere would take the place of something.
    NotEmpty,
    /// A fault of the server.
    Internal,
}

/// Public name, status, the key of the page's heading in `data/ui.toml`, and the setting that the limit is, of every code.
pub const CODES: &[(Code, &str, StatusCode, &str, Option<&str>)] = &[
    (Code::BadRequest, "bad-request", StatusCode::BAD_REQUEST, "problem.request", None),
    (Code::QuerySyntax, "query-syntax", StatusCode::BAD_REQUEST, "problem.query", None),
    (Code::QueryFailed, "query-failed", StatusCode::BAD_REQUEST, "problem.query", None),
    (Code::QueryTooLarge, "query-too-large", StatusCode::PAYLOAD_TOO_LARGE, "problem.limit", None),
    (Code::QueryTooComplex, "query-too-complex", StatusCode::UNPROCESSABLE_ENTITY, "problem.limit", None),
    (Code::Timeout, "query-timeout", StatusCode::SERVICE_UNAVAILABLE, "problem.limit", Some("query-timeout")),
    (Code::RowLimit, "row-limit", StatusCode::UNPROCESSABLE_ENTITY, "problem.limit", Some("query-rows")),
    (Code::SizeLimit, "size-limit", StatusCode::UNPROCESSABLE_ENTITY, "problem.limit", Some("query-bytes")),
    (Code::MemoryLimit, "memory-limit", StatusCode::UNPROCESSABLE_ENTITY, "problem.limit", Some("query-memory")),
    (Code::BodyTooLarge, "body-too-large", StatusCode::PAYLOAD_TOO_LARGE, "problem.limit", Some("body-bytes")),
    (Code::GraphTooLarge, "graph-too-large", StatusCode::PAYLOAD_TOO_LARGE, "problem.limit", Some("graph-bytes")),
    (Code::RateLimit, "rate-limit", StatusCode::TOO_MANY_REQUESTS, "problem.busy", Some("client-rate")),
    (Code::ClientBusy, "client-busy", StatusCode::TOO_MANY_REQUESTS, "problem.busy", Some("client-queries")),
    (Code::ServiceFailed, "service-failed", StatusCode::BAD_GATEWAY, "problem.query", None),
    (Code::Unauthorized, "unauthorized", StatusCode::UNAUTHORIZED, "problem.refused", None),
    (Code::Refused, "refused", StatusCode::FORBIDDEN, "problem.refused", None),
    (Code::NotFound, "not-found", StatusCode::NOT_FOUND, "problem.not-found", None),
    (Code::Gone, "gone", StatusCode::GONE, "problem.gone", None),
    (Code::NotAcceptable, "not-acceptable", StatusCode::NOT_ACCEPTABLE, "problem.request", None),
    (Code::MethodNotAllowed, "method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, "problem.request", None),
    (Code::UnsupportedMediaType, "unsupported-media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "problem.request", None),
    (Code::Busy, "busy", StatusCode::SERVICE_UNAVAILABLE, "problem.busy", Some("concurrent-queries")),
    (Code::Stopping, "stopping", StatusCode::SERVICE_UNAVAILABLE, "problem.busy", None),
    (Code::NotEmpty, "not-empty", StatusCode::CONFLICT, "problem.request", None),
    (Code::Internal, "internal", StatusCode::INTERNAL_SERVER_ERROR, "problem.internal", None),
];

impl Code {
    fn entry(self) -> (&'static str, StatusCode, &'static str, Option<&'static str>) {
        let unknown = ("internal", StatusCode::INTERNAL_SERVER_ERROR, "problem.internal", None);
        let found = CODES.iter().find(|(code, ..)| *code == self);
        found.map_or(unknown, |(_, name, status, key, setting)| (*name, *status, *key, *setting))
    }
    /// The public name.
    pub fn name(self) -> &'static str {
        self.entry().0
    }
    /// The HTTP status that it is answered with.
    pub fn status(self) -> StatusCode {
        self.entry().1
    }
    /// Whether it means that a request was turned away before any work was done for it.
    pub fn turns_away(self) -> bool {
        const REFUSALS: [StatusCode; 4] =
            [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::PAYLOAD_TOO_LARGE, StatusCode::TOO_MANY_REQUESTS];
        REFUSALS.contains(&self.status()) || matches!(self, Self::Busy | Self::Stopping | Self::QueryTooComplex)
    }
    /// The key of its heading in `data/ui.toml`.
    pub fn heading(self) -> &'static str {
        self.entry().2
    }
    /// The setting by which whoever runs the server moves the limit, if it is one.
    pub fn setting(self) -> Option<&'static str> {
        self.entry().3
    }
}

/// A problem, as its reader is told of it.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Its kind.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What the reader can do about it.
    pub hint: Option<String>,
    /// The query that it is about, so that a page can show it for mending.
    pub query: Option<String>,
    /// Whether the address should be looked at for names close to it.
    pub suggest: bool,
    /// The id of the request, by which the log knows it.
    pub request: Option<String>,
    /// After how many seconds it is worth to try again.
    pub retry: Option<u32>,
}

impl Problem {
    /// A problem of a kind.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        /// What is busy is so for some seconds.
        const SOON: u32 = 2;
        let retry = matches!(code, Code::Busy | Code::ClientBusy | Code::RateLimit | Code::Stopping).then_some(SOON);
        Self { code, message: message.into(), hint: None, query: None, suggest: false, request: None, retry }
    }
    /// The same, to be tried again after some time.
    #[must_use]
    pub fn after(mut self, wait: Duration) -> Self {
        self.retry = Some(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1));
        self
    }
    /// The same, with a remedy.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
    /// The same, about a query.
    #[must_use]
    pub fn about(mut self, query: &str) -> Self {
        self.query = Some(query.to_owned());
        self
    }
    /// Nothing is at `path`.
    pub fn not_found(path: &str) -> Self {
        let mut problem = Self::new(Code::NotFound, format!("`{path}` names nothing in this graph"));
        problem.suggest = true;
        if path.contains("id/claim/") {
            return problem
                .hint("A claim is named by its report and its words: that of a report which has changed may be another");
        }
        problem.hint("Search by name, or start from the home page")
    }
    /// A fault of the server: the cause is logged, the client learns only that there is one.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "request failed");
        Self::new(Code::Internal, "The server failed on this request")
            .hint("Try again; if it fails again, tell whoever runs the server")
    }
    /// The server is being stopped, and waits no longer.
    pub fn stopping() -> Self {
        Self::new(Code::Stopping, "The server is being stopped").hint("Try again in a minute")
    }
    /// None of the forms in which a thing can be had is accepted.
    pub fn not_acceptable(offers: &[&str]) -> Self {
        Self::new(Code::NotAcceptable, format!("This can be had as {}", listed(offers)))
            .hint("Name one of these in the `Accept` header")
    }

    /// The answer for a program: `application/problem+json` where it reads JSON, plain text elsewhere.
    pub fn answer(&self, accept: &Preferences) -> Response {
        const JSON: &[&str] =
            &["application/problem+json", "application/json", "application/sparql-results+json", "application/ld+json"];
        let status = self.code.status();
        let mut response = if JSON.iter().any(|name| accept.names(name)) {
            let body = ProblemJson {
                kind: "about:blank",
                title: status.canonical_reason().unwrap_or_default(),
                status: status.as_u16(),
                code: self.code.name(),
                detail: &self.message,
                hint: self.hint.as_deref(),
                request: self.request.as_deref(),
                setting: self.code.setting(),
            };
            let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))];
            (kind, serde_json::to_string(&body).unwrap_or_default()).into_response()
        } else {
            let hint = self.hint.as_ref().map(|hint| format!("hint: {hint}\n")).unwrap_or_default();
            let setting = self.code.setting().map(|setting| format!("setting: {setting}\n")).unwrap_or_default();
            let request = self.request.as_ref().map(|id| format!("request: {id}\n")).unwrap_or_default();
            format!("{}: {}\n{hint}{setting}{request}", self.code.name(), self.message).into_response()
        };
        *response.status_mut() = status;
        self.finish(&mut response);
        response
    }

    /// The headers that go with the problem, whatever the form of its answer.
    pub fn finish(&self, response: &mut Response) {
        response.extensions_mut().insert(self.code);
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.append(header::VARY, HeaderValue::from_static("Accept"));
        if self.code == Code::Unauthorized {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"flg\""));
        }
        if let Some(wait) = self.retry {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
    }
}

/// Carried through the response, so that one layer gives it the form that its reader wants.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.answer(&Preferences::default());
        response.extensions_mut().insert(self);
        response
    }
}

/// RFC 9457.
#[derive(Serialize)]
struct ProblemJson<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    status: u16,
    code: &'a str,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    setting: Option<&'static str>,
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
