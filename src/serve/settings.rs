//! What requests may cost, from the configuration.

use super::metrics::Shown;
use crate::config::Config;
use std::time::Duration;

/// What a request may cost.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How long a query may take, and how long all the queries of a page may take together.
    pub query_timeout: Duration,
    /// How many rows or triples a client's query may give.
    pub max_rows: usize,
    /// How many bytes of terms a client's query may give.
    pub max_bytes: usize,
    /// How many solutions a pattern of an update may have.
    pub max_changes: usize,
    /// How many bytes of results may be kept to be sent again.
    pub max_cached: usize,
    /// How many bytes of a result are held until it is whole; a larger one is sent while it is made.
    pub max_held: usize,
    /// How many bytes the body of a request may have that sends no graph.
    pub max_body: usize,
    /// How many bytes the body of a request may have that sends a graph.
    pub max_graph: usize,
    /// How many requests may be at the store at a time.
    pub concurrency: usize,
    /// How many requests of one client may be under way at a time.
    pub client_concurrency: usize,
    /// How many requests one client may send in a second, over some time; 0 is without limit.
    pub client_rate: f64,
    /// How many requests one client may send at once after it was silent for long.
    pub client_burst: usize,
    /// Who is shown the metrics.
    pub metrics: Shown,
}

impl Default for Settings {
    fn default() -> Self {
        Self::of(&Config::default())
    }
}

impl Settings {
    /// Those that the configuration has.
    pub fn of(config: &Config) -> Self {
        let limits = &config.limits;
        Self {
            query_timeout: config.query_timeout,
            max_rows: config.query_rows,
            max_bytes: limits.query_bytes,
            max_changes: 1_000_000,
            max_cached: 64 << 20,
            max_held: 4 << 20,
            max_body: limits.body_bytes,
            max_graph: limits.graph_bytes,
            concurrency: limits.concurrent_queries,
            client_concurrency: limits.client_queries,
            client_rate: limits.client_rate,
            client_burst: limits.client_burst,
            metrics: Shown::of(config.metrics_bind, config.bind.ip().is_loopback()),
        }
    }
}
