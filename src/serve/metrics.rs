//! What the server counts, for Prometheus. No label has more values than the code knows: routes, never paths.

use super::cache::Results;
use super::error::{Code, Problem};
use crate::config::MetricsAt;
use prometheus_client::encoding::{prometheus_text, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The media type of Prometheus' own text format.
const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";
/// That of `OpenMetrics`, which is sent to whoever names it.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The upper bounds of the buckets of latencies, in seconds.
const BUCKETS: [f64; 12] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0];

/// Who is shown the metrics at the server's own address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Nobody.
    Nobody,
    /// Whoever comes straight, and through no proxy.
    #[default]
    Straight,
    /// Everyone.
    Everyone,
}

impl Shown {
    /// Who it is by the settings, at an address that others reach or not.
    pub fn of(setting: MetricsAt, loopback: bool) -> Self {
        match setting {
            MetricsAt::Public => Self::Everyone,
            MetricsAt::Local if loopback => Self::Straight,
            MetricsAt::Local | MetricsAt::Off | MetricsAt::Address(_) => Self::Nobody,
        }
    }
}

type Label = (&'static str, String);

/// The counts of a server.
pub struct Metrics {
    registry: Registry,
    requests: Family<[Label; 3], Counter>,
    seconds: Family<[Label; 1], Histogram, fn() -> Histogram>,
    rejected: Family<[Label; 1], Counter>,
    queries: Family<[Label; 2], Counter>,
    cache: Family<[Label; 1], Counter>,
    cache_bytes: Gauge,
    cache_entries: Gauge,
    running: Gauge,
    triples: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::default(),
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            rejected: Family::default(),
            queries: Family::default(),
            cache: Family::default(),
            cache_bytes: Gauge::default(),
            cache_entries: Gauge::default(),
            running: Gauge::default(),
            triples: Gauge::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let labels: [Label; 1] = [("version", env!("CARGO_PKG_VERSION").to_owned())];
        let build = Family::<[Label; 1], Gauge>::default();
        build.get_or_create(&labels).set(1);
        let began = Gauge::<f64, AtomicU64>::default();
        began.set(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64());
        let all = &mut self.registry;
        all.register("flg_build_info", "The version of the program that runs", build);
        all.register_with_unit("process_start_time", "When the process began, since 1970", Unit::Seconds, began);
        let all = all.sub_registry_with_prefix("flg");
        all.register("http_requests", "Requests that were answered, by route, method and class of status", self.requests.clone());
        let time = "How long requests took, from their arrival to the last byte of the answer, by route";
        all.register_with_unit("http_request_duration", time, Unit::Seconds, self.seconds.clone());
        all.register("http_rejected", "Requests that were turned away before any work, by reason", self.rejected.clone());
        let queries = "Queries and updates of clients, by kind and outcome: `answered`, `cancelled`, or the code of the problem";
        all.register("queries", queries, self.queries.clone());
        all.register("queries_running", "Requests that are at the store now", self.running.clone());
        all.register("result_cache_requests", "Queries that were looked up in the cache of results", self.cache.clone());
        all.register_with_unit("result_cache", "Bytes of results that are kept", Unit::Bytes, self.cache_bytes.clone());
        all.register("result_cache_entries", "Results that are kept", self.cache_entries.clone());
        all.register("store_triples", "Triples of the named graphs, counted once in each", self.triples.clone());
    }

    /// A request was answered.
    pub(super) fn request(&self, route: &str, method: &str, status: u16, code: Option<Code>, time: Duration) {
        let class = format!("{}xx", status / 100);
        let labels = [("route", route.to_owned()), ("method", method.to_owned()), ("status", class)];
        self.requests.get_or_create(&labels).inc();
        self.seconds.get_or_create(&[("route", route.to_owned())]).observe(time.as_secs_f64());
        if let Some(code) = code.filter(|code| code.turns_away()) {
            self.rejected.get_or_create(&[("reason", code.name().to_owned())]).inc();
        }
    }

    /// A query begins; it is counted when it ends, or when nobody waits for it any more.
    pub(super) fn query(self: &Arc<Self>, kind: &'static str) -> Counted {
        Counted { metrics: Arc::clone(self), kind, outcome: "cancelled" }
    }

    /// A query was looked up in the cache.
    pub(super) fn cached(&self, result: &'static str) {
        self.cache.get_or_create(&[("result", result.to_owned())]).inc();
    }

    /// The store holds so many triples.
    pub(super) fn holds(&self, triples: usize) {
        self.triples.set(i64::try_from(triples).unwrap_or(i64::MAX));
    }

    /// All counts as text, and its media type; `open` asks for `OpenMetrics`.
    ///
    /// # Errors
    /// If they cannot be written as text.
    pub(super) fn text(&self, running: usize, results: &Results, open: bool) -> Result<(String, &'static str), Problem> {
        let set = |gauge: &Gauge, value: u64| gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
        set(&self.running, running as u64);
        set(&self.cache_bytes, results.bytes());
        set(&self.cache_entries, results.entries() as u64);
        let mut written = String::new();
        let (done, media_type) = if open {
            (text::encode(&mut written, &self.registry), OPEN_METRICS)
        } else {
            (prometheus_text::encode(&mut written, &self.registry), PROMETHEUS)
        };
        done.map_err(|error| Problem::internal(&error))?;
        Ok((written, media_type))
    }
}

/// A query under way.
pub(super) struct Counted {
    metrics: Arc<Metrics>,
    kind: &'static str,
    outcome: &'static str,
}

impl Counted {
    /// How it ended.
    pub(super) fn ended<T>(mut self, result: Result<T, Problem>) -> Result<T, Problem> {
        self.outcome = result.as_ref().map_or_else(|problem| problem.code.name(), |_| "answered");
        result
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let labels = [("kind", self.kind.to_owned()), ("outcome", self.outcome.to_owned())];
        self.metrics.queries.get_or_create(&labels).inc();
    }
}
