//! Reports by their address: fetched with a time limit and a size limit.

use super::{LARGEST, ReadError};
use crate::model::document::Document;
use reqwest::{StatusCode, Url};
use std::error::Error;
use std::time::Duration;

/// Why an address gives no report.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It is none.
    #[error("`{address}` is no web address: {message}\nhint: an address begins with `https://` or `http://`")]
    Malformed {
        /// The address.
        address: String,
        /// What is wrong with it.
        message: String,
    },
    /// It is of a kind that is not fetched.
    #[error("`{address}` is not fetched: only `http` and `https` are\nhint: download it by other means, and name the file")]
    Scheme {
        /// The address.
        address: String,
    },
    /// Nobody answers there, or not in a way that can be trusted.
    #[error("`{address}` cannot be reached: {message}\nhint: {hint}")]
    Unreachable {
        /// The address.
        address: String,
        /// What happened.
        message: String,
        /// What can be done.
        hint: &'static str,
    },
    /// It did not answer in time.
    #[error("`{address}` was not fetched within {seconds} s\nhint: try again later, or allow more time with `FLG_FETCH_TIMEOUT`")]
    Late {
        /// The address.
        address: String,
        /// The time limit.
        seconds: f64,
    },
    /// It answered that it has nothing.
    #[error("`{address}` answers {status}\nhint: {hint}")]
    Refused {
        /// The address.
        address: String,
        /// The status, with its name.
        status: String,
        /// What can be done.
        hint: &'static str,
    },
    /// It sends more than any report has.
    #[error("`{address}` sends more than {limit} MB, the limit\nhint: find the address of the report alone")]
    TooLarge {
        /// The address.
        address: String,
        /// The limit in megabytes.
        limit: u64,
    },
    /// What it sends is no text.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Whether an argument is meant as an address: it begins with a scheme and `://`.
pub fn is_address(argument: &str) -> bool {
    argument.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// Fetches a report; `timeout` is for all of it.
///
/// # Errors
/// [`FetchError`]; the answer is given up as soon as it is larger than [`LARGEST`].
pub fn fetch(address: &str, timeout: Duration) -> Result<Document, FetchError> {
    let malformed = |message: String| FetchError::Malformed { address: address.to_owned(), message };
    let url = Url::parse(address).map_err(|e| malformed(e.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(FetchError::Scheme { address: address.to_owned() });
    }
    let failed = |message: String| unreachable(address, message, "try again");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| failed(e.to_string()))?;
    let bytes = runtime.block_on(get(address, url, timeout))?;
    Ok(super::document(address, &bytes)?)
}

async fn get(address: &str, url: Url, timeout: Duration) -> Result<Vec<u8>, FetchError> {
    const AGENT: &str = concat!("flg/", env!("CARGO_PKG_VERSION"));
    const MEGABYTE: u64 = 1_000_000;
    let failed = |error: reqwest::Error| failure(address, &error, timeout);
    let too_large = || FetchError::TooLarge { address: address.to_owned(), limit: LARGEST / MEGABYTE };
    let client = reqwest::Client::builder().timeout(timeout).user_agent(AGENT).build().map_err(failed)?;
    let mut response = client.get(url).send().await.map_err(failed)?;
    if !response.status().is_success() {
        return Err(refusal(address, response.status()));
    }
    if response.content_length().is_some_and(|length| length > LARGEST) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() as u64 > LARGEST {
            return Err(too_large());
        }
    }
    Ok(bytes)
}

fn refusal(address: &str, status: StatusCode) -> FetchError {
    let hint = match status.as_u16() {
        401 | 403 => "it is not open to everyone: download it in a browser, and name the file",
        404 | 410 => "check the address; the report may have moved",
        429 | 500..=599 => "the fault is the server's: try again later",
        _ => "open the address in a browser to see what is there",
    };
    FetchError::Refused { address: address.to_owned(), status: status.to_string(), hint }
}

fn failure(address: &str, error: &reqwest::Error, timeout: Duration) -> FetchError {
    if error.is_timeout() {
        return FetchError::Late { address: address.to_owned(), seconds: timeout.as_secs_f64() };
    }
    // The innermost cause says what happened: `connection refused`, `certificate has expired`.
    let mut cause: &dyn Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    let hint = if error.is_connect() {
        "check the address and the connection"
    } else if error.is_redirect() {
        "open the address in a browser, and use the one that it leads to"
    } else {
        "try again; if it happens again, download it in a browser and name the file"
    };
    unreachable(address, cause.to_string(), hint)
}

fn unreachable(address: &str, message: String, hint: &'static str) -> FetchError {
    FetchError::Unreachable { address: address.to_owned(), message, hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_files() {
        for address in ["https://example.org/report.txt", "ftp://example.org/x", "file:///etc/passwd"] {
            assert!(is_address(address), "{address}");
        }
        for file in ["report.txt", "a/b://c", "C:\\report.txt", "://x", "-"] {
            assert!(!is_address(file), "{file}");
        }
    }

    #[test]
    fn only_the_web_is_fetched() {
        let second = Duration::from_secs(1);
        assert!(matches!(fetch("file:///etc/passwd", second), Err(FetchError::Scheme { .. })));
        assert!(matches!(fetch("http://", second), Err(FetchError::Malformed { .. })));
    }
}
