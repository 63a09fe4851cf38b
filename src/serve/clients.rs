//! Who asks, how often, and how much at a time: one client must not take the place of all others.
//!
//! A client is an address; of the newer kind, the network of 64 bits that one household or host has. Behind a proxy all come
//! from its address, so that the proxies that the settings name are believed when they say whom they speak for
//! (`X-Forwarded-For`), and nobody else is. What is remembered of clients is bounded: who was not seen for long is forgotten
//! first.

use super::error::{Code, Problem};
use super::limits::{App, PATIENCE, Settings};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use ipnet::IpNet;
use quick_cache::sync::Cache;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// So many clients are remembered, some hundred bytes each.
const REMEMBERED: usize = 20_000;
/// What is small and kept by browsers, and what those ask who watch over the server.
const FREE: [&str; 4] = ["/static/", "/health", "/ready", "/metrics"];

/// The clients of a server.
pub struct Clients {
    settings: Settings,
    proxies: Vec<IpNet>,
    known: Cache<IpAddr, Arc<Client>>,
}

/// What is known of a client.
struct Client {
    bucket: Mutex<Bucket>,
    /// Room for what it has under way.
    slots: Arc<Semaphore>,
}

/// Requests that it may still send: they come back with time.
struct Bucket {
    left: f64,
    seen: Instant,
}

impl Bucket {
    /// Takes a request out; how long it is until there is one, if there is none.
    fn take(&mut self, now: Instant, rate: f64, burst: f64) -> Result<(), Duration> {
        self.left = (self.left + now.saturating_duration_since(self.seen).as_secs_f64() * rate).min(burst);
        self.seen = now;
        if self.left >= 1.0 {
            self.left -= 1.0;
            return Ok(());
        }
        Err(Duration::try_from_secs_f64((1.0 - self.left) / rate).unwrap_or(Duration::MAX))
    }
}

impl Clients {
    /// Clients that come through proxies, or not.
    pub fn new(settings: Settings, proxies: Vec<IpNet>) -> Self {
        Self { settings, proxies, known: Cache::new(REMEMBERED) }
    }

    /// The address that a request comes from; `None` where there is no connection.
    pub(super) fn of(&self, request: &Request) -> Option<IpAddr> {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip())?;
        Some(self.address(peer, request.headers()))
    }

    /// The last address that no trusted proxy has.
    fn address(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let trusted = |address: &IpAddr| self.proxies.iter().any(|network| network.contains(address));
        let peer = peer.to_canonical();
        if !trusted(&peer) {
            return peer;
        }
        let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
        let told: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        let mut last = peer;
        for address in told.iter().rev() {
            // What a proxy cannot have meant ends what can be believed.
            let Some(address) = read(address) else { break };
            last = address.to_canonical();
            if !trusted(&last) {
                break;
            }
        }
        last
    }

    fn client(&self, address: IpAddr) -> Arc<Client> {
        let new = || {
            let bucket = Mutex::new(Bucket { left: burst(&self.settings), seen: Instant::now() });
            Arc::new(Client { bucket, slots: Arc::new(Semaphore::new(self.settings.client_concurrency)) })
        };
        self.known
            .get_or_insert_with(&whole(address), || Ok::<_, std::convert::Infallible>(new()))
            .unwrap_or_else(|never| match never {})
    }
}

#[allow(clippy::cast_precision_loss)] // of numbers of requests
fn burst(settings: &Settings) -> f64 {
    settings.client_burst as f64
}

/// An address as proxies write it: perhaps with a port, perhaps in brackets.
fn read(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// The client that an address stands for.
fn whole(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

/// Lets a request in when its client may send one.
pub async fn admit(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if FREE.iter().any(|path| request.uri().path().starts_with(path)) {
        return next.run(request).await;
    }
    let client = app.clients.client(app.clients.of(&request).unwrap_or(Ipv4Addr::LOCALHOST.into()));
    let settings = &app.settings;
    if settings.client_rate > 0.0 {
        let taken = client.bucket.lock().unwrap_or_else(PoisonError::into_inner).take(
            Instant::now(),
            settings.client_rate,
            burst(settings),
        );
        if let Err(wait) = taken {
            let many = format!(
                "Rate limit: you send more than {} requests in a second, and {} at once",
                settings.client_rate, settings.client_burst
            );
            return Problem::new(Code::RateLimit, many).hint("Wait between requests").after(wait).into_response();
        }
    }
    if let Ok(Ok(_slot)) = tokio::time::timeout(PATIENCE, Arc::clone(&client.slots).acquire_owned()).await {
        return next.run(request).await;
    }
    let many = format!("{} of your requests are under way, as many as one client may have", settings.client_concurrency);
    Problem::new(Code::ClientBusy, many).hint("Wait for the answer to one before you send the next").into_response()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn requests_come_back_with_time() {
        let begun = Instant::now();
        let mut bucket = Bucket { left: 2.0, seen: begun };
        assert!(bucket.take(begun, 10.0, 2.0).is_ok() && bucket.take(begun, 10.0, 2.0).is_ok());
        let wait = bucket.take(begun, 10.0, 2.0).unwrap_err();
        assert!(wait > Duration::from_millis(90) && wait < Duration::from_millis(110), "{wait:?}");
        assert!(bucket.take(begun + Duration::from_millis(150), 10.0, 2.0).is_ok());
        let late = begun + Duration::from_mins(1);
        assert_eq!((0..9).filter(|_| bucket.take(late, 10.0, 2.0).is_ok()).count(), 2, "not more than at once");
    }

    #[test]
    fn proxies_that_are_named_are_believed_and_nobody_else() {
        let clients = Clients::new(Settings::default(), vec!["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()]);
        let from = |peer: &str, told: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in told {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            clients.address(peer.parse().unwrap(), &headers).to_string()
        };
        assert_eq!(from("192.0.2.1", &["198.51.100.7"]), "192.0.2.1", "who is no proxy is not believed");
        assert_eq!(from("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(from("10.0.0.1", &["1.2.3.4, 198.51.100.7, 10.0.0.2"]), "198.51.100.7", "what a client has put there is not");
        assert_eq!(from("::1", &["1.2.3.4", "198.51.100.7:4711"]), "198.51.100.7");
        assert_eq!(from("::ffff:10.0.0.1", &["[2001:db8::5]:80"]), "2001:db8::5");
        assert_eq!(from("10.0.0.1", &["198.51.100.7, unknown"]), "10.0.0.1");
        assert_eq!(whole("2001:db8:1:2:3:4:5:6".parse().unwrap()), "2001:db8:1:2::".parse::<IpAddr>().unwrap());
    }
}
