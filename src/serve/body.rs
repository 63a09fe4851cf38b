//! What a request brings: its media type, and who sends it.

use super::error::{Code, Problem};
use super::limits::App;
use crate::config::{Right, Token};
use axum::http::{HeaderMap, header};

/// The log's target for what is written, and by whom.
pub const WRITES: &str = "flg::writes";

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
