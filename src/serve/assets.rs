//! The style sheet, scripts and the icon, and what the set-up bundled for browsers, from the binary. Their addresses change with their
//! content, so that browsers keep them.

use super::cache::Tag;
use super::error::Problem;
use crate::model::id::sha256;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What works without the set-up's bundles.
const OWN: &[(&str, &str)] = &[
    ("flg.css", include_str!("../../web/flg.css")),
    ("ask.js", include_str!("../../web/ask.js")),
    ("icon.svg", include_str!("../../web/icon.svg")),
];

/// What the set-up bundles; nothing, where it could not.
#[derive(RustEmbed)]
#[folder = "web/built/"]
#[exclude = ".*"]
#[allow_missing = true]
struct Built;

static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let own = OWN.iter().map(|(name, text)| ((*name).to_owned(), Cow::Borrowed(text.as_bytes())));
    let built = Built::iter().filter_map(|name| Some((name.to_string(), Built::get(&name)?.data)));
    own.chain(built).map(|(name, content)| (name, Asset { version: sha256(&content)[..12].to_owned(), content })).collect()
});

/// A file for browsers.
pub struct Asset {
    /// A word that changes with the content.
    pub version: String,
    /// The file itself.
    pub content: Cow<'static, [u8]>,
}

/// All files for browsers, by name: what `/static/…` has.
pub fn all() -> &'static BTreeMap<String, Asset> {
    &ASSETS
}

/// The address of a file; `None` if there is none of that name, as where nothing could be bundled.
pub fn address(name: &str) -> Option<String> {
    ASSETS.get(name).map(|asset| format!("/static/{name}?v={}", asset.version))
}

/// What a file is, by the end of its name.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}

/// A file. At an address with its version it never changes; at any other, a client has to ask whether it has.
pub async fn get(Path(name): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Result<Response, Problem> {
    let asset = ASSETS.get(&name).ok_or_else(|| Problem::not_found(&format!("/static/{name}")))?;
    let tag = Tag::lasting(&[&asset.version]);
    if let Some(response) = tag.unchanged(&headers) {
        return Ok(response);
    }
    let mut response = asset.content.clone().into_response();
    tag.mark(&mut response, None);
    let found = response.headers_mut();
    found.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(&name)));
    if query.is_some_and(|query| query.strip_prefix("v=") == Some(asset.version.as_str())) {
        found.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    }
    Ok(response)
}
