//! The style sheet, the script and the icon, from the binary, under names that change with their content so that browsers keep them.

use crate::model::id::sha256;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

const CSS: &str = include_str!("../../web/flg.css");
const SCRIPT: &str = include_str!("../../web/ask.js");
const ICON: &str = include_str!("../../web/icon.svg");

static CSS_PATH: LazyLock<String> = LazyLock::new(|| format!("/static/flg.css?v={}", version(CSS)));
static SCRIPT_PATH: LazyLock<String> = LazyLock::new(|| format!("/static/ask.js?v={}", version(SCRIPT)));
static ICON_PATH: LazyLock<String> = LazyLock::new(|| format!("/static/icon.svg?v={}", version(ICON)));

fn version(content: &str) -> String {
    sha256(content.as_bytes()).chars().take(12).collect()
}

/// The address of the style sheet.
pub fn css_path() -> String {
    CSS_PATH.clone()
}

/// The address of the script that suggests while a question is typed.
pub fn script_path() -> String {
    SCRIPT_PATH.clone()
}

/// The address of the icon.
pub fn icon_path() -> String {
    ICON_PATH.clone()
}

/// The style sheet.
pub async fn css() -> Response {
    asset(CSS, "text/css; charset=utf-8")
}

/// The script.
pub async fn script() -> Response {
    asset(SCRIPT, "text/javascript; charset=utf-8")
}

/// The icon.
pub async fn icon() -> Response {
    asset(ICON, "image/svg+xml")
}

fn asset(content: &'static str, media_type: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, content).into_response()
}
