//! What requests to the server may cost, and where their clients are.

use ipnet::IpNet;
use std::net::IpAddr;

/// Limits of the server, besides the time and the rows of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// How many bytes the terms of a result may take.
    pub query_bytes: usize,
    /// How many bytes of memory a query may take while it is evaluated. It takes processes of their own ([`Isolation::Process`]).
    pub query_memory: usize,
    /// Where queries are evaluated.
    pub isolation: Isolation,
    /// How many requests may be at the store at a time.
    pub concurrent_queries: usize,
    /// How many bytes the body of a request may have that sends no graph.
    pub body_bytes: usize,
    /// How many bytes the body of a request may have that sends a graph.
    pub graph_bytes: usize,
    /// How many requests of one client may be under way at a time.
    pub client_queries: usize,
    /// How many requests a client may send in a second, over some time; 0 is without limit.
    pub client_rate: f64,
    /// How many requests a client may send at once after it was silent for long.
    pub client_burst: usize,
    /// The proxies that say whom they speak for, in `X-Forwarded-For`.
    pub trusted_proxies: Vec<IpNet>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            query_bytes: 64 << 20,
            query_memory: 256 << 20,
            isolation: Isolation::default(),
            concurrent_queries: 16,
            body_bytes: 4 << 20,
            graph_bytes: 64 << 20,
            client_queries: 12,
            client_rate: 200.0,
            client_burst: 2_000,
            trusted_proxies: Vec::new(),
        }
    }
}

/// Where the server evaluates the queries of its clients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Isolation {
    /// In processes that are bounded in memory, and killed when their time is over.
    #[default]
    Process,
    /// In the server itself.
    None,
}

/// A number of bytes above 0, such as `64 MiB`.
pub(super) fn bytes(text: &str) -> Option<usize> {
    const UNITS: [(&str, usize); 4] = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("", 0)];
    let (number, shift) = UNITS.iter().find_map(|(unit, shift)| Some((text.trim().strip_suffix(unit)?.trim(), *shift)))?;
    number.parse::<usize>().ok()?.checked_mul(1 << shift).filter(|bytes| *bytes > 0)
}

/// A number of bytes as it is read.
pub(super) fn told(bytes: usize) -> String {
    match (bytes, bytes >> 20, bytes >> 10) {
        (_, mebibytes @ 1.., _) if mebibytes << 20 == bytes => format!("{mebibytes} MiB"),
        (_, _, kibibytes @ 1..) if kibibytes << 10 == bytes => format!("{kibibytes} KiB"),
        _ => bytes.to_string(),
    }
}

/// A rate: a number that is not below 0.
pub(super) fn rate(text: &str) -> Option<f64> {
    text.parse().ok().filter(|rate: &f64| rate.is_finite() && *rate >= 0.0)
}

/// Addresses and networks, parted by commas or spaces: `127.0.0.1, 10.0.0.0/8`.
pub(super) fn networks(text: &str) -> Option<Vec<IpNet>> {
    let one = |text: &str| text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
    words(text).map(one).collect()
}

/// The parts of a list.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', '\n']).filter(|word| !word.is_empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_units() {
        assert_eq!(bytes("64 MiB"), Some(64 << 20));
        assert_eq!((told(64 << 20), told(3 << 10), told(1_000)), ("64 MiB".to_owned(), "3 KiB".to_owned(), "1000".to_owned()));
        assert_eq!((bytes("1024"), bytes("2KiB"), bytes("1GiB")), (Some(1024), Some(2048), Some(1 << 30)));
        assert_eq!(
            (bytes("0"), bytes("MiB"), bytes("1 MB"), bytes("-1"), bytes("99999999999999 GiB")),
            (None, None, None, None, None)
        );
    }

    #[test]
    fn networks_are_listed() {
        let found = networks("127.0.0.1, 10.0.0.0/8 ::1").unwrap();
        assert!(found.len() == 3 && found[1].contains(&"10.9.8.7".parse::<IpAddr>().unwrap()));
        assert_eq!(networks("10.0.0.0/99"), None);
    }
}
