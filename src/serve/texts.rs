//! The language of a page, as its reader wants it; the words are in [`crate::facts::texts`].

use super::negotiate::Preferences;
use axum::http::HeaderMap;

pub use crate::facts::texts::{LANGUAGES, filled, keys, known, text};

/// The cookie that remembers the reader's choice of language.
pub const COOKIE: &str = "lang";

/// The reader's language: what the address asks for, what the reader chose before, what the browser prefers, or English.
pub fn language(asked: Option<&str>, headers: &HeaderMap) -> &'static str {
    let chosen = || cookie(headers).and_then(known);
    let preferred = || {
        let offers: Vec<&'static str> = LANGUAGES.iter().map(|(code, _)| *code).collect();
        Preferences::languages(headers).language(&offers)
    };
    asked.and_then(known).or_else(chosen).or_else(preferred).unwrap_or("en")
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(axum::http::header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value))
}
