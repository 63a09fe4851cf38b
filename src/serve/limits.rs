//! The server's state, and the one way to the store: off the event loop, so many at a time, for so long, up to so many rows, and
//! not after the client is gone.

use super::cache::Results;
use super::clients::Clients;
use super::dataset::Described;
use super::error::{Code, Problem};
use super::life::Life;
use super::memory::Memory;
use super::metrics::Metrics;
use super::names::{FRESH, Names};
use super::permit::{Permit, Stop, StopOnDrop};
use super::reader::{Graph, problem};
use super::search::Kept;
pub use super::settings::Settings;
use super::shelf::Shelf;
use crate::config::Tokens;
use crate::store::{Evaluate, Store, StoreError, UpdateRequest};
use axum::http::HeaderValue;
use ipnet::IpNet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tracing::Span;

/// What handlers share.
pub struct App {
    store: Arc<dyn Store>,
    /// Where queries and updates of clients are evaluated, if not in the store itself.
    apart: Option<Arc<dyn Evaluate>>,
    /// The address of the files that answers are written to, where no server will answer.
    pub(super) files: Option<HeaderValue>,
    /// What was read last, where answers are written to files, for which nobody writes to the store.
    memory: Option<Arc<Memory>>,
    /// Who may write.
    pub(super) tokens: Tokens,
    /// What requests may cost.
    pub settings: Settings,
    /// Who asks.
    pub(super) clients: Clients,
    slots: Arc<Semaphore>,
    names: Arc<Names>,
    /// What is searched.
    pub(super) search: Kept,
    /// Results that were sent.
    pub(super) results: Results,
    /// What is known of the dataset as a whole.
    pub(super) described: Described,
    /// The versions that were released, if they are shown.
    pub(super) shelf: Option<Arc<Shelf>>,
    /// When the server began, and how often it was written to: together they tell one state of the data from another.
    begun: SystemTime,
    writes: Arc<AtomicU64>,
    /// What is counted.
    pub(super) metrics: Arc<Metrics>,
    pub(super) life: Life,
    /// Permits to ask whether the store answers.
    pub(super) probes: Arc<Semaphore>,
    /// The permit to read or replace the whole store.
    pub(super) upkeep: Arc<Semaphore>,
    /// Whether the store is being replaced, so that nobody may write.
    pub(super) replacing: Arc<AtomicBool>,
    /// The store's own word for its state, and when it was asked for; `None` where nobody but this server writes.
    shared: Option<Mutex<Option<(Instant, String)>>>,
}

/// What a server may have around its store.
#[derive(Default)]
pub struct Around {
    /// What evaluates the queries and updates of clients, if not the store itself.
    pub apart: Option<Arc<dyn Evaluate>>,
    /// The proxies that say whom they speak for.
    pub proxies: Vec<IpNet>,
    /// The folder of the releases that are shown.
    pub releases: Option<PathBuf>,
    /// The address of the files that answers are written to, if they are: it has no slash behind.
    pub files: Option<HeaderValue>,
}

/// So many may ask at a time whether the store answers.
const PROBES: usize = 4;

/// How long a request waits for a free slot.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// The store ends a query at its time limit and says so; this much later the server answers by itself, should the engine be
/// somewhere where it does not look at the clock.
pub(super) const GRACE: Duration = Duration::from_secs(2);

impl App {
    /// State over a store that is written to by the holders of tokens.
    pub fn new(store: Arc<dyn Store>, settings: Settings, tokens: Tokens) -> Arc<Self> {
        Self::with(store, settings, tokens, Around::default())
    }

    /// The same, with what is around the store.
    pub fn with(store: Arc<dyn Store>, settings: Settings, tokens: Tokens, around: Around) -> Arc<Self> {
        let (slots, results) = (Arc::new(Semaphore::new(settings.concurrency)), Results::new(settings.max_cached));
        let clients = Clients::new(settings, around.proxies);
        let (names, writes, metrics, life, replacing, search) = Default::default();
        let (probes, upkeep) = (Arc::new(Semaphore::new(PROBES)), Arc::new(Semaphore::new(1)));
        let begun = SystemTime::now();
        let shared = (!matches!(store.revision(), Ok(None))).then(Mutex::default);
        let app = Self {
            store,
            apart: around.apart,
            memory: around.files.is_some().then(Arc::default),
            files: around.files,
            tokens,
            settings,
            clients,
            slots,
            names,
            search,
            results,
            described: Described::default(),
            shelf: around.releases.map(|folder| Arc::new(Shelf::new(folder))),
            begun,
            writes,
            metrics,
            life,
            probes,
            upkeep,
            replacing,
            shared,
        };
        Arc::new(app)
    }

    /// The store itself, for what is no request of a client.
    pub(super) fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store)
    }

    /// How many requests are at the store.
    pub(super) fn running(&self) -> usize {
        self.settings.concurrency.saturating_sub(self.slots.available_permits())
    }

    /// Counts what the store holds, which is told among the metrics from then on.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn count(&self) -> Result<(), StoreError> {
        self.metrics.holds(self.store.size()?);
        Ok(())
    }

    /// Takes nothing new on: `/ready` says so.
    pub fn drain(&self) {
        self.life.drain();
    }

    /// Whether nothing new is taken on.
    pub fn stops(&self) -> bool {
        self.life.drains()
    }

    /// Ends once nothing new is taken on.
    pub fn draining(&self) -> impl Future<Output = ()> + Send + use<> {
        self.life.draining()
    }

    /// Cancels the queries that still run: whoever asked is told.
    pub fn end(&self) {
        self.life.end();
    }

    /// What is done once something was written.
    fn written(store: &dyn Store, (names, writes, metrics): (&Names, &AtomicU64, &Metrics)) {
        writes.fetch_add(1, Ordering::SeqCst);
        names.forget();
        match store.size() {
            Ok(triples) => metrics.holds(triples),
            Err(error) => tracing::error!(%error, "what the store holds cannot be counted"),
        }
    }

    /// What tells the state of the data from what it was before a write, or when another server began. What others write to the
    /// store is noticed within [`FRESH`].
    pub(super) async fn state(&self) -> String {
        let begun = self.begun.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let state = format!("{begun}.{}", self.writes.load(Ordering::SeqCst));
        let Some(shared) = &self.shared else { return state };
        let known = shared.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, word)) = known.filter(|(looked, _)| looked.elapsed() < FRESH) {
            return format!("{state}.{word}");
        }
        let store = Arc::clone(&self.store);
        let found = tokio::task::spawn_blocking(move || store.revision()).await;
        let Ok(Ok(Some(word))) = found else {
            // Nothing is known to be as it was.
            return format!("{state}.{:?}", SystemTime::now());
        };
        *shared.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), word.clone()));
        format!("{state}.{word}")
    }

    /// A free slot at the store.
    async fn slot(&self) -> Result<OwnedSemaphorePermit, Problem> {
        if let Ok(Ok(slot)) = tokio::time::timeout(PATIENCE, Arc::clone(&self.slots).acquire_owned()).await {
            return Ok(slot);
        }
        let many = format!("{} requests are under way, as many as are taken at a time", self.settings.concurrency);
        Err(Problem::new(Code::Busy, many).hint("Try again in a few seconds"))
    }

    /// Runs `work`, which writes, off the event loop, once there is a free slot. What it has written is seen by whoever reads
    /// from then on. It is not given up halfway: whoever sent it may go away, and it ends as it would have.
    ///
    /// # Errors
    /// Those of `work`; [`Code::Busy`] if no slot becomes free in time.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        if self.replacing.load(Ordering::SeqCst) {
            return Err(Problem::new(Code::Busy, "The store is being replaced by a backup").hint("Try again in a few minutes"));
        }
        let slot = self.slot().await?;
        self.change(move |store| {
            let result = work(store);
            drop(slot);
            result
        })
        .await
    }

    /// Runs `work`, which writes, off the event loop and at once.
    ///
    /// # Errors
    /// Those of `work`.
    pub(super) async fn change<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let (store, names, writes) = (Arc::clone(&self.store), Arc::clone(&self.names), Arc::clone(&self.writes));
        let (metrics, span) = (Arc::clone(&self.metrics), Span::current());
        let running = tokio::task::spawn_blocking(move || {
            let _request = span.entered();
            let result = work(store.as_ref());
            Self::written(store.as_ref(), (&names, &writes, &metrics));
            result
        });
        let ended = running.await;
        self.search.written();
        ended.unwrap_or_else(|failure| Err(Problem::internal(&failure)))
    }

    /// What a request needs to read, once there is a free slot.
    pub(super) async fn permit(&self) -> Result<Permit, Problem> {
        let permit = self.permit_for(self.store(), self.apart.clone(), Arc::clone(&self.names)).await?;
        Ok(Permit { graph: Graph { memory: self.memory.clone(), ..permit.graph }, ..permit })
    }

    async fn permit_for(
        &self,
        store: Arc<dyn Store>,
        apart: Option<Arc<dyn Evaluate>>,
        names: Arc<Names>,
    ) -> Result<Permit, Problem> {
        let slot = self.slot().await?;
        let stop = Arc::new(Stop::default());
        let graph = Graph {
            store,
            memory: None,
            apart,
            stop: Arc::clone(&stop),
            names,
            settings: self.settings,
            until: Instant::now() + self.settings.query_timeout,
        };
        Ok(Permit { slot, graph, gone: StopOnDrop(stop) })
    }

    /// Carries out an update.
    ///
    /// # Errors
    /// As [`App::write`]; those of the update.
    pub async fn update(&self, request: UpdateRequest) -> Result<(), Problem> {
        let apart = self.apart.clone();
        let work = move |store: &dyn Store| {
            let done = apart.map_or_else(|| store.update(&request), |apart| apart.update(&request));
            done.map_err(|error| problem(&error).about(&request.update))
        };
        self.write(work).await
    }

    /// Runs `work` with a reader, off the event loop, once there is a free slot. If the caller goes away, the work is cancelled; it
    /// keeps its slot until it has ended.
    ///
    /// # Errors
    /// Those of `work`; [`Code::Busy`] if no slot becomes free in time; [`Code::Timeout`].
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Graph) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.under(self.permit().await?, work).await
    }

    /// The same with a reader of another store, which is written to by nobody.
    ///
    /// # Errors
    /// As [`App::read`].
    pub(super) async fn read_from<T: Send + 'static>(
        &self,
        store: Arc<dyn Store>,
        work: impl FnOnce(&Graph) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.under(self.permit_for(store, None, Arc::default()).await?, work).await
    }

    async fn under<T: Send + 'static>(
        &self,
        Permit { slot, graph, gone: _gone }: Permit,
        work: impl FnOnce(&Graph) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        // Who writes answers to files waits for each on a thread that is made for it.
        if self.files.is_some() {
            return work(&graph);
        }
        let span = Span::current();
        let running = tokio::task::spawn_blocking(move || {
            let _request = span.entered();
            let result = work(&graph);
            drop(slot);
            result
        });
        let ended = tokio::select! {
            ended = tokio::time::timeout(self.settings.query_timeout + GRACE, running) => ended,
            () = self.life.ending() => return Err(Problem::stopping()),
        };
        match ended {
            Ok(Ok(result)) => result,
            Ok(Err(failure)) => Err(Problem::internal(&failure)),
            Err(_) => Err(late(self.settings.query_timeout)),
        }
    }
}

pub(super) fn late(limit: Duration) -> Problem {
    Problem::new(Code::Timeout, format!("Time limit: the query did not end within {} s", limit.as_secs_f64()))
        .hint("Add `LIMIT`, or ask for less at a time")
}
