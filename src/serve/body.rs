//! What a request brings: its media type, and who sends it; and the reading of what nobody wants any more.

use super::error::{Code, Problem};
use super::limits::App;
use crate::config::{Right, Token};
use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// The log's target for what is written, and by whom.
pub const WRITES: &str = "flg::writes";
/// Of a body that was refused, so many bytes more are read, for so long.
const HEARD_OUT: (usize, Duration) = (4 << 20, Duration::from_secs(2));

/// A body that is still there when its reader has given it up.
#[derive(Clone)]
struct Shared(Arc<Mutex<BodyDataStream>>);

impl Stream for Shared {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).poll_next(context)
    }
}

/// Hears a client out whose request was refused before all of it was read: a connection that ends while its client still sends
/// takes the answer with it, and the client never learns what was wrong. Who sends much more than is allowed is not heard out.
pub async fn hear_out(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(head, body)).await;
    }
    let mut rest = Shared(Arc::new(Mutex::new(body.into_data_stream())));
    let response = next.run(Request::from_parts(head, Body::from_stream(rest.clone()))).await;
    if response.status().is_client_error() {
        let (most, time) = HEARD_OUT;
        let mut read = 0;
        let listening = async {
            while read < most
                && let Some(Ok(part)) = poll_fn(|context| Pin::new(&mut rest).poll_next(context)).await
            {
                read += part.len();
            }
        };
        // Whether it was read to its end or not, the answer is the same.
        let _ = tokio::time::timeout(time, listening).await;
    }
    response
}

/// The media type of the body in lower case, without its parameters; empty if it has none.
///
/// # Errors
/// If the body is text in another encoding than UTF-8.
pub fn media_type(headers: &HeaderMap) -> Result<String, Problem> {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = sent.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    for parameter in parts {
        let Some((name, value)) = parameter.split_once('=') else { continue };
        let value = value.trim().trim_matches('"');
        if name.trim().eq_ignore_ascii_case("charset")
            && !["utf-8", "utf8", "us-ascii"].iter().any(|n| value.eq_ignore_ascii_case(n))
        {
            return Err(Problem::new(Code::UnsupportedMediaType, format!("The body is in `{value}`")).hint("Send it in UTF-8"));
        }
    }
    Ok(kind)
}

/// A body as text.
///
/// # Errors
/// If it is not UTF-8.
pub fn text(body: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(body).map_err(|_| Problem::new(Code::BadRequest, "The body is not UTF-8").hint("Send it in UTF-8"))
}

/// Whoever sends a request that writes, if that is allowed to them.
///
/// # Errors
/// If nobody may write here, if the request has no token or one that is not known, or if its holder may not do this.
pub fn writer<'a>(app: &'a App, headers: &HeaderMap, right: Right) -> Result<&'a Token, Problem> {
    if app.tokens.0.is_empty() {
        return Err(Problem::new(Code::Refused, "This server is only read")
            .hint("Whoever runs it can allow writing with a token: see `flg token --help`"));
    }
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.split_once(' '));
    let Some((_, token)) = sent.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")) else {
        return Err(
            Problem::new(Code::Unauthorized, "Writing takes a token").hint("Send it in a header: `Authorization: Bearer TOKEN`")
        );
    };
    let Some(known) = app.tokens.find(token.trim()) else {
        return Err(Problem::new(Code::Unauthorized, "This token is not known").hint("Ask whoever runs the server for one"));
    };
    if known.may(right) {
        Ok(known)
    } else {
        Err(Problem::new(Code::Refused, format!("The token of `{}` is not good for this", known.name))
            .hint("Ask whoever runs the server for the right to do it"))
    }
}
