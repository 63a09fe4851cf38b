//! Query once, answer many: results as they were sent, known by the state of the data and by what was asked.
//!
//! Every write makes a new state, so that no entry of an old one is ever asked for again; the oldest go when room is wanted.

use super::limits::App;
use super::reader::Question;
use crate::model::id::content_hash;
use crate::store::{normalised, varies};
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// So many entries are expected; more are taken, up to the bytes that the settings name.
const ENTRIES: usize = 1_000;

/// What was sent: the body, and its media type.
#[derive(Clone)]
pub struct Sent {
    /// The whole body.
    pub body: Bytes,
    /// Its media type.
    pub media_type: &'static str,
}

/// Bytes of an entry, its key and keeping included.
#[derive(Clone)]
struct Weight;

impl Weighter<String, Sent> for Weight {
    fn weight(&self, key: &String, sent: &Sent) -> u64 {
        (key.len() + sent.body.len() + 128) as u64
    }
}

/// Results that were sent.
pub struct Results(Cache<String, Sent, Weight>);

impl Results {
    /// A cache of so many bytes.
    pub fn new(bytes: usize) -> Self {
        Self(Cache::with_weighter(ENTRIES, bytes as u64, Weight))
    }
    /// What was sent for a tag.
    pub fn get(&self, tag: &Tag) -> Option<Sent> {
        self.0.get(&tag.0)
    }
    /// How many bytes are kept.
    pub fn bytes(&self) -> u64 {
        self.0.weight()
    }
    /// How many results are kept.
    pub fn entries(&self) -> usize {
        self.0.len()
    }
    /// Remembers what was sent, if that is the same each time.
    pub fn keep(&self, tag: &Tag, sent: Sent) {
        self.0.insert(tag.0.clone(), sent);
    }
}

/// What a result is known by, for clients and for ourselves. It is weak: the same result may be packed in several ways.
pub struct Tag(String);

impl Tag {
    /// The tag of something that is asked for in words, of the data as they are now.
    pub async fn new(app: &App, words: &[&str]) -> Self {
        let state = app.state().await;
        let parts: Vec<&str> = std::iter::once(state.as_str()).chain(words.iter().copied()).collect();
        Self(format!("W/\"{}\"", &content_hash(&parts)[..32]))
    }

    /// The tag of a query's result; `None` if it may differ each time that it is asked.
    pub async fn of(app: &App, question: &Question, accept: &str, format: Option<&str>) -> Option<Self> {
        if varies(&question.text) {
            return None;
        }
        let query = normalised(&question.text);
        let graphs = |graphs: &[oxigraph::model::NamedNode]| {
            graphs.iter().map(oxigraph::model::NamedNode::as_str).collect::<Vec<_>>().join(" ")
        };
        let (default, named) = (graphs(&question.default_graphs), graphs(&question.named_graphs));
        Some(Self::new(app, &[&query, &default, &named, accept, format.unwrap_or_default()]).await)
    }

    /// The answer to a client that has what the tag stands for: it has not changed.
    pub fn unchanged(&self, headers: &HeaderMap) -> Option<Response> {
        let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let strong = self.0.trim_start_matches("W/");
        let has = known.flat_map(|value| value.split(',')).any(|tag| tag.trim().trim_start_matches("W/") == strong);
        has.then(|| {
            let mut response = StatusCode::NOT_MODIFIED.into_response();
            self.mark(&mut response, None);
            response
        })
    }

    /// Tells a response's tag, and whether it was remembered.
    pub fn mark(&self, response: &mut Response, hit: Option<bool>) {
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&self.0) {
            headers.insert(header::ETAG, tag);
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.append(header::VARY, HeaderValue::from_static("Accept"));
        let status = hit.map(|hit| if hit { "flg; hit" } else { "flg; fwd=miss; stored" });
        if let Some(status) = status {
            headers.insert(HeaderName::from_static("cache-status"), HeaderValue::from_static(status));
        }
    }
}
