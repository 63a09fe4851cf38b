//! Requests to a service: who asks, how long is waited, what is tried again, and what an answer that is none means.

use super::error::RemoteError;
use crate::config::{Addresses, Secret, Service, is_here};
use crate::store::error::innermost;
use crate::store::run::Watch;
use crate::store::{Limits, StoreError};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, StatusCode, Url};
use std::error::Error;
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Runtime};

/// The way to a service.
pub(super) struct Http {
    /// `None` only while it is taken down.
    runtime: Option<Runtime>,
    client: Client,
    /// For changes that must not be made twice: each goes over a connection of its own.
    fresh: Client,
    service: Service,
    pub(super) at: Addresses,
}

/// A request, which may be sent more than once.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) address: String,
    pub(super) kind: Option<&'static str>,
    pub(super) accept: &'static str,
    pub(super) body: Vec<u8>,
    pub(super) again: Again,
}

/// When a request is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// Never.
    Never,
    /// If it is sure that nothing was done.
    Untouched,
    /// Also if it may have been carried out: doing it twice is doing it once.
    Always,
}

/// A request is sent so often at most.
pub(super) const TRIES: u32 = 5;
/// How long is waited before the second try; twice as long before each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The longest that is waited between tries, also where the service asks for more.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);
/// How often it is looked whether a request has been cancelled.
const LOOK: Duration = Duration::from_millis(20);
/// What a service says of an error is told in so many characters.
const TOLD: usize = 300;

/// What is said of a form's fields.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// A try that failed.
pub(super) struct Failure {
    pub(super) error: RemoteError,
    /// Whether another try may go better.
    pub(super) passes: bool,
    /// Whether the service cannot have carried it out.
    untouched: bool,
    /// How long the service asks to be left alone.
    pause: Option<Duration>,
}

impl Http {
    /// The way to a service; nothing is sent yet.
    ///
    /// # Errors
    /// [`RemoteError::Address`].
    pub(super) fn new(query: &str, service: &Service) -> Result<Self, RemoteError> {
        const AGENT: &str = concat!("flg/", env!("CARGO_PKG_VERSION"));
        let wrong =
            |address: &str, error: &dyn Error| RemoteError::Address { address: address.to_owned(), message: innermost(error) };
        let at = service.addresses(query);
        for address in [&at.query, &at.update, &at.data] {
            Url::parse(address).map_err(|error| wrong(address, &error))?;
        }
        // What is sent twice must be sent to the place that was named, and so must what opens it.
        let builder = || {
            let client = Client::builder().user_agent(AGENT).redirect(Policy::none());
            client.connect_timeout(CONNECT.min(service.timeout)).read_timeout(service.timeout)
        };
        let here = Url::parse(query).is_ok_and(|url| url.host_str().is_some_and(is_here));
        // A second one keeps no connection: on one that was kept, the service may have hung up just before.
        let build = |kept: usize| {
            let client = builder().pool_max_idle_per_host(kept);
            if here { client.no_proxy() } else { client }.build().map_err(|error| wrong(query, &error))
        };
        let (client, fresh) = (build(usize::MAX)?, build(0)?);
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("service").enable_all().build();
        let runtime = runtime.map_err(|error| wrong(query, &error))?;
        Ok(Self { runtime: Some(runtime), client, fresh, service: service.clone(), at })
    }

    /// A query.
    pub(super) fn query(&self, text: &str, accept: &'static str) -> Call {
        let (address, body) = (self.at.query.clone(), field("query", text));
        Call { method: Method::POST, address, kind: Some(FORM), accept, body, again: Again::Always }
    }

    /// An update.
    pub(super) fn update(&self, text: &str, again: Again) -> Call {
        let (address, body) = (self.at.update.clone(), field("update", text));
        Call { method: Method::POST, address, kind: Some(FORM), accept: "*/*", body, again }
    }

    /// Triples to be added to a graph, in Turtle.
    pub(super) fn post(&self, graph: &str, triples: Vec<u8>) -> Call {
        let sign = if self.at.data.contains('?') { '&' } else { '?' };
        let address = format!("{}{sign}graph={}", self.at.data, utf8_percent_encode(graph, NON_ALPHANUMERIC));
        let kind = Some("text/turtle");
        Call { method: Method::POST, address, kind, accept: "*/*", body: triples, again: Again::Never }
    }

    /// Sends a request, again if that helps, and gives the answer once it begins.
    ///
    /// # Errors
    /// Those of the last try; that it was cancelled or out of time.
    pub(super) fn send(&self, call: &Call, watch: &Watch) -> Result<Response, StoreError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let failure = match self.once(call, watch)? {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            let again = match call.again {
                Again::Never => false,
                Again::Untouched => failure.untouched,
                Again::Always => true,
            };
            if tries >= TRIES || !again || !failure.passes {
                let sure = call.again != Again::Untouched || failure.untouched;
                return Err(if sure { failure.error } else { failure.error.unsure() }.into());
            }
            self.pause(tries, &failure, watch)?;
        }
    }

    /// Sends a request once.
    ///
    /// # Errors
    /// That it was cancelled or out of time; the inner error is why it failed.
    pub(super) fn once(&self, call: &Call, watch: &Watch) -> Result<Result<Response, Failure>, StoreError> {
        self.until(watch, self.attempt(call))
    }

    /// Waits before the next try, longer after each.
    ///
    /// # Errors
    /// That it was cancelled or out of time.
    pub(super) fn pause(&self, tries: u32, failure: &Failure, watch: &Watch) -> Result<(), StoreError> {
        let usual = FIRST_PAUSE * 2u32.saturating_pow(tries.saturating_sub(1));
        let pause = failure.pause.unwrap_or(usual).min(LONGEST_PAUSE);
        tracing::debug!(tries, ?pause, error = %failure.error, "tried again");
        // Made inside, where there is a clock to wait by.
        self.until(watch, async { tokio::time::sleep(pause).await })
    }

    async fn attempt(&self, call: &Call) -> Result<Response, Failure> {
        let address = without_query(&call.address);
        let client = if call.again == Again::Untouched { &self.fresh } else { &self.client };
        let mut request = client.request(call.method.clone(), &call.address).header(ACCEPT, call.accept);
        if let Some(kind) = call.kind {
            request = request.header(CONTENT_TYPE, kind);
        }
        request = match (&self.service.token, &self.service.user) {
            (Some(token), _) => request.bearer_auth(token.reveal()),
            (None, Some(user)) => request.basic_auth(user, self.service.password.as_ref().map(Secret::reveal)),
            (None, None) => request,
        };
        let response = request.body(call.body.clone()).send().await.map_err(|error| self.broken(&address, &error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(refused(address, response).await)
    }

    /// No answer came.
    fn broken(&self, address: &str, error: &reqwest::Error) -> Failure {
        let address = address.to_owned();
        let untouched = error.is_connect();
        if error.is_timeout() && !untouched {
            let error = RemoteError::Late { address, seconds: self.service.timeout.as_secs_f64() };
            return Failure { error, passes: false, untouched, pause: None };
        }
        Failure { error: RemoteError::Unreachable { address, message: innermost(error) }, passes: true, untouched, pause: None }
    }

    /// Waits for something of the network, for as long as it is not cancelled.
    pub(super) fn until<T: Send>(&self, watch: &Watch, work: impl Future<Output = T> + Send) -> Result<T, StoreError> {
        let Some(runtime) = &self.runtime else { return Err(StoreError::Cancelled) };
        let watched = async {
            tokio::pin!(work);
            loop {
                tokio::select! {
                    done = &mut work => return Ok(done),
                    () = tokio::time::sleep(LOOK) => watch.check()?,
                }
            }
        };
        if Handle::try_current().is_err() {
            return runtime.block_on(watched);
        }
        // A thread that runs other tasks may not wait; another waits for it.
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| runtime.block_on(watched));
            waiting.join().unwrap_or_else(|_| Err(StoreError::Evaluation("the request failed unexpectedly".to_owned())))
        })
    }
}

impl Drop for Http {
    fn drop(&mut self) {
        // It may be dropped by a task of another runtime, where nobody may wait.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A watch for what has no limits.
pub(super) fn unlimited() -> Watch {
    Watch::new(Limits::default(), None)
}

fn field(name: &str, text: &str) -> Vec<u8> {
    format!("{name}={}", utf8_percent_encode(text, NON_ALPHANUMERIC)).into_bytes()
}

/// An address as it is told: without the graph that a request names.
fn without_query(address: &str) -> String {
    address.split('?').next().unwrap_or_default().to_owned()
}

/// An answer that the service refuses or fails.
async fn refused(address: String, response: Response) -> Failure {
    let status = response.status();
    let header = |name| response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok()).map(str::to_owned);
    let pause = header(RETRY_AFTER).and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
    let place = header(LOCATION).unwrap_or_default();
    let passes = matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504);
    // These are said before anything is done.
    let untouched = matches!(status.as_u16(), 400..=499 | 503);
    let told = status.to_string();
    let error = match status.as_u16() {
        401 => RemoteError::Forbidden {
            address,
            status: told,
            hint: "name who asks: `FLG_STORE_USER` and `FLG_STORE_PASSWORD`, or `FLG_STORE_TOKEN`",
        },
        403 => RemoteError::Forbidden { address, status: told, hint: "whoever runs the service has to allow it" },
        300..=399 => RemoteError::Moved { address, status: told, place },
        _ => RemoteError::Refused { address, status: told, text: words(response).await, hint: hint(status) },
    };
    Failure { error, passes, untouched, pause }
}

fn hint(status: StatusCode) -> &'static str {
    match status.as_u16() {
        404 | 405 | 415 => {
            "compare the addresses `store`, `store-update` and `store-data` with those of the engine in docs/scaling.md"
        }
        413 => "let the service take larger bodies",
        429 | 500..=599 => "see the service's log; try again later",
        _ => "see the service's log",
    }
}

/// What a service says of an error, in part and on one line.
async fn words(mut response: Response) -> String {
    let mut bytes = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > 4 * TOLD {
            break;
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let told: String = line.chars().filter(|c| !c.is_control()).take(TOLD).collect();
    if told.is_empty() { "it says nothing of why".to_owned() } else { told }
}
