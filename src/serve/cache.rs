//! Query once, answer many: results as they were sent, known by the state of the data and by what was asked.
//!
//! Every write makes a new state, so that no entry of an old one is ever asked for again; the oldest go when room is wanted.

use super::error::Problem;
use super::limits::App;
use super::reader::{Graph, Question};
use super::sparql::sent;
use crate::model::id::content_hash;
use crate::store::{Store, normalised, varies};
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

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

    /// The tag of something that never changes, or that is named by a word which changes with it.
    pub fn lasting(words: &[&str]) -> Self {
        Self(format!("W/\"{}\"", &content_hash(words)[..32]))
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

/// What a request for a document comes to.
pub enum Fresh {
    /// The document, and its media type.
    Body(Vec<u8>, &'static str),
    /// An answer that is not kept.
    Elsewhere(Response),
}

impl App {
    /// A document that is made of the data: sent again while they are the same. What it depends on besides stands in `words`.
    ///
    /// # Errors
    /// As [`App::read`].
    pub async fn kept(
        &self,
        headers: &HeaderMap,
        words: &[&str],
        work: impl FnOnce(&Graph) -> Result<Fresh, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let tag = Tag::new(self, words).await;
        match self.again(headers, &tag) {
            Some(response) => Ok(response),
            None => Ok(self.first(&tag, self.read(work).await?)),
        }
    }

    /// The answer to a request for a document that is known already, to the client or here.
    pub(super) fn again(&self, headers: &HeaderMap, tag: &Tag) -> Option<Response> {
        if let Some(response) = tag.unchanged(headers) {
            return Some(response);
        }
        let known = self.results.get(tag)?;
        let mut response = sent(known.body, known.media_type);
        tag.mark(&mut response, Some(true));
        Some(response)
    }

    /// The answer with a document that was not known, and is from now on.
    pub(super) fn first(&self, tag: &Tag, fresh: Fresh) -> Response {
        match fresh {
            Fresh::Elsewhere(response) => response,
            Fresh::Body(body, media_type) => {
                let data = Sent { body: body.into(), media_type };
                let mut response = sent(data.body.clone(), media_type);
                tag.mark(&mut response, Some(false));
                self.results.keep(tag, data);
                response
            }
        }
    }
}

/// A state of the data, and what was read of it.
type Found<T> = Mutex<Option<(String, Arc<T>)>>;

/// Something that is read of the data once for each state of them.
pub struct Known<T> {
    found: Arc<Found<T>>,
    /// The permit to read it slowly.
    reading: Arc<Semaphore>,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self { found: Arc::default(), reading: Arc::new(Semaphore::new(1)) }
    }
}

impl<T: Send + Sync + 'static> Known<T> {
    fn get(&self, state: &str) -> Option<Arc<T>> {
        let known = self.found.lock().unwrap_or_else(PoisonError::into_inner).clone();
        known.filter(|(of, _)| of == state).map(|(_, found)| found)
    }

    fn put(found: &Found<T>, state: String, read: &Arc<T>) {
        *found.lock().unwrap_or_else(PoisonError::into_inner) = Some((state, Arc::clone(read)));
    }

    /// What there is now; read with `read` if it is not known.
    ///
    /// # Errors
    /// As [`App::read`].
    pub async fn of(&self, app: &App, read: fn(&Graph) -> Result<T, Problem>) -> Result<Arc<T>, Problem> {
        let state = app.state().await;
        if let Some(found) = self.get(&state) {
            return Ok(found);
        }
        let found = Arc::new(app.read(read).await?);
        Self::put(&self.found, state, &found);
        Ok(found)
    }

    /// The same for what takes longer than a request may: it is read once at a time, to its end, whoever waits. `None` if it is not
    /// there when a query's time is over.
    pub async fn slowly(&self, app: &App, read: fn(&dyn Store) -> Result<T, Problem>) -> Option<Result<Arc<T>, Problem>> {
        let state = app.state().await;
        if let Some(found) = self.get(&state) {
            return Some(Ok(found));
        }
        let read_it = async {
            let permit = Arc::clone(&self.reading).acquire_owned().await;
            // Whoever had the permit may have read it.
            if let Some(found) = self.get(&state) {
                return Ok(found);
            }
            let (store, to, state) = (app.store(), Arc::clone(&self.found), state.clone());
            let reading = tokio::task::spawn_blocking(move || {
                let _permit = permit;
                let found = Arc::new(read(store.as_ref())?);
                Self::put(&to, state, &found);
                Ok(found)
            });
            reading.await.unwrap_or_else(|failure| Err(Problem::internal(&failure)))
        };
        tokio::time::timeout(app.settings.query_timeout, read_it).await.ok()
    }
}
