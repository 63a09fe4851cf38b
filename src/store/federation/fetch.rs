//! One query to one endpoint: by POST, to an address that was looked at, as far as a few redirections lead, up to so many bytes.

use super::super::error::{StoreError, innermost};
use super::super::run::Watch;
use super::{address, allowed, short};
use crate::config::Services;
use oxigraph::sparql::results::QueryResultsFormat;
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use std::net::SocketAddr;
use std::time::Duration;

/// So many redirections are followed.
const MOST_REDIRECTIONS: usize = 3;
/// How often it is looked whether somebody still waits.
const LOOK: Duration = Duration::from_millis(20);
const AGENT: &str = concat!("flg/", env!("CARGO_PKG_VERSION"));
const ACCEPTED: &str = "application/sparql-results+json, application/sparql-results+xml;q=0.8";

/// What an endpoint answers, and its form.
///
/// # Errors
/// [`StoreError::Service`], [`StoreError::ServiceAddress`], [`StoreError::ServiceFailed`]; why the evaluation was cancelled.
pub(super) fn fetch(
    services: &Services,
    most: usize,
    url: Url,
    query: String,
    watch: &Watch,
) -> Result<(QueryResultsFormat, Vec<u8>), StoreError> {
    let name = url.to_string();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let asking = async {
        let late =
            |_| failed(&name, format!("it does not answer within {} s (`service-timeout`)", services.timeout.as_secs_f64()));
        tokio::time::timeout(services.timeout, ask(services, most, url, query)).await.map_err(late)?
    };
    let gone = async {
        while watch.check().is_ok() {
            tokio::time::sleep(LOOK).await;
        }
    };
    let answer = runtime.block_on(async {
        tokio::select! {
            answer = asking => answer,
            () = gone => Err(watch.check().err().unwrap_or(StoreError::Cancelled)),
        }
    });
    // A name that is still being looked up must not hold the query.
    runtime.shutdown_background();
    answer
}

fn failed(name: &str, why: impl Into<String>) -> StoreError {
    StoreError::ServiceFailed { name: name.to_owned(), why: why.into() }
}

async fn ask(services: &Services, most: usize, first: Url, query: String) -> Result<(QueryResultsFormat, Vec<u8>), StoreError> {
    let mut url = first.clone();
    for _ in 0..=MOST_REDIRECTIONS {
        let response = send(services, &url, query.clone()).await?;
        let status = response.status();
        if !status.is_redirection() {
            return read(&url, most, response).await;
        }
        let place = response.headers().get(LOCATION).and_then(|place| place.to_str().ok());
        let next = place.and_then(|place| url.join(place).ok());
        let next = next.ok_or_else(|| failed(url.as_str(), format!("it answers {status}, and not where else")))?;
        url = allowed(services, next.as_str())?;
    }
    Err(failed(first.as_str(), format!("it leads from one address to the next more than {MOST_REDIRECTIONS} times")))
}

/// Sends a query to the addresses that a name means, each of which was looked at.
async fn send(services: &Services, url: &Url, query: String) -> Result<Response, StoreError> {
    let name = url.as_str();
    let host = url.host_str().ok_or_else(|| failed(name, "the address names no host"))?;
    let port = url.port_or_known_default().ok_or_else(|| failed(name, "the address names no port"))?;
    // Addresses of the newer kind are written in brackets in URLs, and nowhere else.
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found = tokio::net::lookup_host((bare, port)).await;
    let addresses: Vec<SocketAddr> = found.map_err(|error| failed(name, format!("its name leads nowhere: {error}")))?.collect();
    if !services.private {
        for address in &addresses {
            if let Some(what) = address::closed(address.ip()) {
                return Err(StoreError::ServiceAddress {
                    name: name.to_owned(),
                    address: address.ip().to_string(),
                    what: what.into(),
                });
            }
        }
    }
    let client = Client::builder()
        .resolve_to_addrs(host, &addresses)
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .user_agent(AGENT)
        .build()
        .map_err(|error| failed(name, error.to_string()))?;
    let request = client.post(url.clone()).header(CONTENT_TYPE, "application/sparql-query").header(ACCEPT, ACCEPTED);
    request.body(query).send().await.map_err(|error| broken(name, &error))
}

async fn read(url: &Url, most: usize, mut response: Response) -> Result<(QueryResultsFormat, Vec<u8>), StoreError> {
    let name = url.as_str();
    let status = response.status();
    if !status.is_success() {
        return Err(failed(name, format!("it answers {status}")));
    }
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let format = QueryResultsFormat::from_media_type(&kind)
        .ok_or_else(|| failed(name, format!("it answers `{}`, which is no form of results", short(&kind))))?;
    let mut bytes = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| broken(name, &error))? {
        bytes.extend_from_slice(&part);
        if bytes.len() > most {
            return Err(failed(name, "it answers more bytes than are taken (`service-bytes`)"));
        }
    }
    Ok((format, bytes))
}

fn broken(name: &str, error: &reqwest::Error) -> StoreError {
    failed(name, short(&innermost(error)))
}
