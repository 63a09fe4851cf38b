//! What the headers of an answer say of where else its thing is: the canonical IRI, the data, the page (RFC 8288).

use super::formats;
use crate::describe::cite::Style;
use crate::model::vocab::BASE;
use axum::http::{HeaderMap, HeaderValue, header};
use std::fmt::Write as _;

/// Adds the links of what has this path under the base, percent-encoded as in an address.
pub fn put(headers: &mut HeaderMap, path: &str) {
    let mut links = format!("<{BASE}{path}>; rel=\"canonical\"");
    let mut link = |place: &str, relation: &str, media_type: &str| {
        let _ = write!(links, ", <{place}>; rel=\"{relation}\"; type=\"{media_type}\""); // to a string, which takes it
    };
    if let Some(default) = formats::GRAPHS.first() {
        link(&format!("/data/{path}.{}", default.extension), "describedby", default.media_type());
    }
    link(&format!("/page/{path}"), "alternate", "text/html");
    for format in formats::GRAPHS {
        link(&format!("/data/{path}.{}", format.extension), "alternate", format.media_type());
    }
    if !path.starts_with("graph/") {
        for style in Style::ALL {
            link(&format!("/cite/{path}.{}", style.extension()), "alternate", style.media_type());
        }
    }
    // What is in an address may stand in a header.
    if let Ok(links) = HeaderValue::from_str(&links) {
        headers.append(header::LINK, links);
    }
}
