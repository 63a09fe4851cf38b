//! Full text over HTTP: `/search` for people and programs, suggestions while something is typed, and what a browser needs to know
//! to search here; and the index that they share, made once for each state of the store.

use super::cache::Tag;
use super::description::Place;
use super::error::{Code, Problem};
use super::form::{Form, encode};
use super::formats::HTML;
use super::limits::App;
use super::negotiate::Preferences;
use super::pages::search as page;
use super::view::{Chrome, href};
use super::{html, sparql};
use crate::model::id::content_hash;
use crate::search::{Chosen, Facet, Index, Results, Wanted};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// More characters than this are not looked for.
const LONGEST: usize = 200;
/// So many results stand on a page.
const PER_PAGE: usize = 20;
/// So many at most, where a program asks for more.
const MOST_PER_PAGE: usize = 100;
/// So many names are suggested.
const SUGGESTED: usize = 10;
/// Results can be narrowed down to so many values of a facet.
const MOST_CHOSEN: usize = 50;
/// What is written in so short a time is indexed together.
const SETTLED: Duration = Duration::from_millis(500);
const JSON: &[&str] = &["application/json", "text/json"];

/// The index, kept for as long as the store is as it was.
#[derive(Default)]
pub(super) struct Kept {
    ready: Mutex<Option<(String, Arc<Index>)>>,
    /// Held while one is made, so that requests which come meanwhile wait for it, and make none of their own.
    making: tokio::sync::Mutex<()>,
    written: Notify,
}

impl Kept {
    /// The store has been written to.
    pub(super) fn written(&self) {
        self.written.notify_one();
    }

    fn at(&self, state: &str) -> Option<Arc<Index>> {
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        ready.as_ref().filter(|(of, _)| of == state).map(|(_, index)| Arc::clone(index))
    }
}

impl App {
    /// Makes the index before somebody asks for it, now and whenever the store has been written to and is left alone for a while.
    pub fn keep_index(self: &Arc<Self>) {
        let app = Arc::clone(self);
        tokio::spawn(async move {
            loop {
                if let Err(problem) = Arc::clone(&app).make_index().await {
                    tracing::warn!(problem = problem.message, "the search index was not made ahead");
                }
                tokio::select! {
                    () = app.search.written.notified() => {}
                    () = app.draining() => return,
                }
                while tokio::time::timeout(SETTLED, app.search.written.notified()).await.is_ok() {}
            }
        });
    }

    /// The index of the store as it is now.
    pub(super) async fn index(self: &Arc<Self>) -> Result<Arc<Index>, Problem> {
        if let Some(index) = self.search.at(&self.state().await) {
            return Ok(index);
        }
        // It is made to its end, for those who come later, even if who asked first goes away.
        let making = tokio::spawn(Arc::clone(self).make_index());
        match tokio::time::timeout(self.settings.query_timeout, making).await {
            Ok(Ok(made)) => made,
            Ok(Err(failure)) => Err(Problem::internal(&failure)),
            Err(_) => Err(Problem::new(Code::Busy, "What is searched is being read").hint("Try again in a few seconds")),
        }
    }

    async fn make_index(self: Arc<Self>) -> Result<Arc<Index>, Problem> {
        let _making = self.search.making.lock().await;
        let state = self.state().await;
        if let Some(index) = self.search.at(&state) {
            return Ok(index);
        }
        // The one of before is asked for no more; two of them at a time would take twice the memory.
        *self.search.ready.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let (store, revision) = (self.store(), content_hash(&[&state]).chars().take(16).collect());
        let made = tokio::task::spawn_blocking(move || Index::read(store.as_ref(), revision)).await;
        let index = Arc::new(made.map_err(|failure| Problem::internal(&failure))?.map_err(|error| Problem::internal(&error))?);
        *self.search.ready.lock().unwrap_or_else(PoisonError::into_inner) = Some((state, Arc::clone(&index)));
        Ok(index)
    }
}

/// What a request looks for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What was typed.
    pub text: String,
    /// What results are narrowed down to.
    pub chosen: Chosen,
    /// The number of a page of results, from 1.
    pub page: usize,
    per_page: usize,
}

impl Asked {
    fn of(form: &Form) -> Self {
        let number = |name: &str| form.first(name).and_then(|number| number.parse::<usize>().ok()).filter(|number| *number > 0);
        let mut chosen = Chosen::new();
        for facet in Facet::ALL {
            let mut values: Vec<String> = form.all(facet.name()).filter(|value| !value.is_empty()).map(str::to_owned).collect();
            values.sort_unstable();
            values.dedup();
            values.truncate(MOST_CHOSEN);
            if !values.is_empty() {
                chosen.insert(facet, values);
            }
        }
        Self {
            text: form.first("q").unwrap_or_default().chars().take(LONGEST).collect::<String>().trim().to_owned(),
            chosen,
            page: number("page").unwrap_or(1),
            per_page: number("per_page").unwrap_or(PER_PAGE).min(MOST_PER_PAGE),
        }
    }

    /// The address of such a search with other values chosen, on its first page.
    pub fn with(&self, chosen: &Chosen) -> String {
        let values =
            chosen.iter().flat_map(|(facet, values)| values.iter().map(|value| format!("&{}={}", facet.name(), encode(value))));
        format!("/search?q={}{}", encode(&self.text), values.collect::<String>())
    }

    /// The address of another page of its results.
    pub fn at(&self, page: usize) -> String {
        let per_page = if self.per_page == PER_PAGE { String::new() } else { format!("&per_page={}", self.per_page) };
        format!("{}{per_page}&page={page}", self.with(&self.chosen))
    }

    fn results(&self, index: &Index, lang: &str) -> Result<Results, Problem> {
        let wanted = Wanted { text: &self.text, chosen: &self.chosen, page: self.page, per_page: self.per_page, lang };
        let mut results = index.search(&wanted).map_err(|error| Problem::internal(&error))?;
        for hit in &mut results.results {
            hit.href = href(&hit.iri).map(|(href, _)| href);
            for said in &mut hit.passages {
                said.href = Some(match (&said.answer, said.start) {
                    (Some(answer), None) => href(answer).map(|(href, _)| href).unwrap_or_default(),
                    (_, start) => {
                        let anchor = start.map(|start| format!("#c{start}")).unwrap_or_default();
                        format!("/page/id/report/{}{anchor}", said.report_id)
                    }
                });
            }
        }
        Ok(results)
    }
}

/// Results, with the addresses of the pages around them.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    results: &'a Results,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

fn json(asked: &Asked, results: &Results) -> Result<Response, Problem> {
    let address = |page: usize| format!("{}&format=json", asked.at(page));
    let told = Told {
        previous: (results.page > 1).then(|| address(results.page - 1)),
        next: (results.page < results.pages()).then(|| address(results.page + 1)),
        results,
    };
    let body = serde_json::to_vec_pretty(&told).map_err(|error| Problem::internal(&error))?;
    Ok(sparql::sent(body, "application/json"))
}

/// `GET /search?q=…`: results, for people and for programs.
pub(super) async fn get(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let c = Chrome::new(&uri, &headers);
    let form = Form::of(&uri)?;
    let accept = Preferences::media(&headers);
    let as_json = match form.first("format") {
        Some("json") => true,
        Some("html") => false,
        Some(other) => {
            return Err(Problem::new(Code::NotAcceptable, format!("There is no form `{other}` of results"))
                .hint("`format` is `html` or `json`"));
        }
        None => match accept.best(&[HTML, JSON]) {
            Some(best) => best == 1,
            None => {
                return Err(Problem::new(Code::NotAcceptable, "Results come as text/html or application/json")
                    .hint("Name one of them in `Accept`, or in `?format=html` or `?format=json`"));
            }
        },
    };
    let asked = Asked::of(&form);
    let tag = Tag::new(&app, &["search", uri.query().unwrap_or_default(), c.lang]).await;
    if as_json && let Some(response) = tag.unchanged(&headers) {
        return Ok(response);
    }
    let index = app.index().await?;
    let mut response = app
        .read(move |_| {
            let results = asked.results(&index, c.lang)?;
            if as_json { json(&asked, &results) } else { page::page(&asked, &results, &c).map(|page| html(&c, page)) }
        })
        .await?;
    if as_json {
        tag.mark(&mut response, None);
        response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    } else {
        response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    }
    Ok(response)
}

/// `GET /search/suggest?q=…`: names that may be meant, as browsers read them: what was typed, the names, what each is, and where it
/// leads.
pub(super) async fn suggest(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let c = Chrome::new(&uri, &headers);
    let place = Place::of(&headers);
    let typed: String = Form::of(&uri)?.first("q").unwrap_or_default().chars().take(LONGEST).collect();
    let index = app.index().await?;
    app.read(move |_| {
        let all = index.suggest(&typed, c.lang, SUGGESTED);
        let names: Vec<&str> = all.iter().map(|one| one.text.as_str()).collect();
        let kinds: Vec<&str> = all.iter().map(|one| one.what.as_str()).collect();
        let at = |iri: &str| href(iri).map(|(path, outside)| if outside { path } else { place.at(&path).into_string() });
        let places: Vec<String> = all.iter().map(|one| at(&one.iri).unwrap_or_default()).collect();
        let body = serde_json::to_vec(&(typed, names, kinds, places)).map_err(|error| Problem::internal(&error))?;
        let mut response = sparql::sent(body, "application/x-suggestions+json");
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        Ok(response)
    })
    .await
}

/// `GET /opensearch.xml`: how browsers and programs search here.
pub(super) async fn description(uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let c = Chrome::new(&uri, &headers);
    let body = page::description(&Place::of(&headers), &c)?;
    Ok(sparql::sent(body.0.into_bytes(), "application/opensearchdescription+xml"))
}
