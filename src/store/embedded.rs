//! The store inside the process: Oxigraph, on disk (`RocksDB`) or in memory.
//!
//! Oxigraph's own union of graphs gives a triple once for each graph that has it. So the union is kept in the engine's default
//! graph, in the same transaction as the named graphs (see [`Draft`]), and queries that name no graph read it there.

use super::count::Count;
use super::dataset::Datasets;
use super::draft::Draft;
use super::held::Held;
use super::run::{Watch, run};
use super::update::Updater;
use super::{Part, Pattern, Request, Store, StoreError, UpdateRequest, Visit, Write, folder, gate, guard};
use crate::config::{DefaultGraph, Services};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Triple};
use oxigraph::store::{StorageError, Store as Engine};
use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Quads that are put into a new store at a time, and so held in memory.
const BATCH_MEGABYTES: usize = 128;

/// An Oxigraph store.
pub struct Embedded {
    engine: RwLock<Arc<Held>>,
    datasets: Datasets,
    pub(super) services: Services,
    pub(super) path: Option<PathBuf>,
    /// How often it was changed.
    pub(super) version: AtomicU64,
    /// The engine commits two overlapping transactions without noticing the conflict: one writer at a time.
    writer: Mutex<()>,
    count: Count,
    /// Whether it was opened for reading alone.
    pub(super) read_only: bool,
    /// Held as long as the store is open: shared by readers, a writer's alone. The engine's own lock knows no readers.
    _lock: Option<File>,
}

impl Embedded {
    /// An empty store in memory.
    pub fn in_memory() -> Result<Self, StoreError> {
        let engine = Engine::new().map_err(|source| access(None, "opened", source))?;
        Ok(Self::new(engine, None, None, false))
    }

    /// Opens the store in a folder; makes it, and the folders above it, if there is none.
    ///
    /// # Errors
    /// [`StoreError::NotAStore`] if the folder holds something else, [`StoreError::Locked`] if another process uses it.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        folder::make(path)?;
        Self::open(path)
    }

    /// Opens the store in a folder, for writing: nobody else may have it open meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is nothing, else as [`Embedded::open_or_create`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        folder::known(path)?;
        let lock = folder::lock(path, File::try_lock)?;
        let files = folder::engine(path)?;
        let engine = Engine::open(&files).map_err(|source| opened(path, source))?;
        folder::tidy(path, &files);
        Ok(Self::new(engine, Some(path), lock, false))
    }

    /// Opens the store in a folder, for reading, beside others who read it.
    ///
    /// # Errors
    /// As [`Embedded::open`]; [`StoreError::Locked`] if another process writes to it.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        folder::known(path)?;
        // A store that was made and never filled has no files of the engine to read.
        if !folder::engine(path)?.join("CURRENT").exists() {
            return Self::open(path);
        }
        let lock = folder::lock(path, File::try_lock_shared)?;
        // A writer may have replaced it until the lock was ours.
        let engine = Engine::open_read_only(folder::engine(path)?).map_err(|source| opened(path, source))?;
        Ok(Self::new(engine, Some(path), lock, true))
    }

    pub(super) fn new(engine: Engine, path: Option<&Path>, lock: Option<File>, read_only: bool) -> Self {
        let engine = RwLock::new(Arc::new(Held::new(engine)));
        let datasets = Datasets::new(DefaultGraph::default());
        let (path, writer, count) = (path.map(Path::to_owned), Mutex::default(), Count::default());
        let (services, version) = (Services::default(), AtomicU64::default());
        Self { engine, datasets, services, path, version, writer, count, read_only, _lock: lock }
    }

    /// The engine that holds the content now.
    pub(super) fn engine(&self) -> Arc<Held> {
        Arc::clone(&self.engine.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until nobody writes.
    fn writing(&self) -> MutexGuard<'_, ()> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same, with another default graph.
    #[must_use]
    pub fn with_default_graph(mut self, default: DefaultGraph) -> Self {
        self.datasets = Datasets::new(default);
        self
    }

    /// The same, with other endpoints that queries may ask (`SERVICE`).
    #[must_use]
    pub fn with_services(mut self, services: Services) -> Self {
        self.services = services;
        self
    }

    pub(super) fn read(&self, source: StorageError) -> StoreError {
        access(self.path.as_deref(), "read", source)
    }

    fn written(&self, source: StorageError) -> StoreError {
        access(self.path.as_deref(), "written", source)
    }

    fn evaluate(&self, query: guard::Parsed, request: &Request, watch: &Watch, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        let named = query.0.dataset().is_some();
        let mut prepared = gate::evaluator(watch, &self.services).for_query(gate::gated(query.0));
        let asked = (request.default_graphs.as_slice(), request.named_graphs.as_slice());
        let engine = self.engine();
        let graphs = || engine.named_graphs().collect::<Result<_, _>>().map_err(|e| self.read(e));
        self.datasets.apply(prepared.dataset_mut(), named, asked, graphs)?;
        let results = prepared.on_store(&engine).execute().map_err(|e| watch.error(e))?;
        visit(watch.results(results))
    }

    /// Makes changes, all or none, one writer at a time, and durable when it returns.
    fn change<T>(&self, work: impl FnOnce(&mut Draft<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let _writing = self.writing();
        let engine = self.engine();
        let failed = |source| self.written(source);
        let mut draft = Draft::new(engine.start_transaction().map_err(failed)?, &failed, self.count.follows());
        let done = work(&mut draft)?;
        self.count.add(draft.commit()?);
        self.version.fetch_add(1, Ordering::SeqCst);
        if self.path.is_some() {
            engine.flush().map_err(failed)?;
        }
        Ok(done)
    }

    /// Fills a new engine with what a store consists of, and says how many quads that were.
    fn fill(&self, engine: &Engine, parts: &mut dyn Iterator<Item = Result<Part, StoreError>>) -> Result<i64, StoreError> {
        let failed = |source| self.written(source);
        let (mut graphs, mut count) = (Vec::new(), 0);
        let mut stopped = None;
        let quads = parts.map_while(|part| match part {
            Ok(Part::Quad(quad)) => Some(Some(quad)),
            Ok(Part::Graph(graph)) => {
                graphs.push(graph);
                Some(None)
            }
            Err(error) => {
                stopped = Some(error);
                None
            }
        });
        // Each quad goes to the union of all graphs as well.
        let quads = quads.flatten().inspect(|_| count += 1).flat_map(|quad| {
            let union = Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() };
            [quad, union]
        });
        let loader = engine.bulk_loader().with_num_threads(1).with_max_memory_size_in_megabytes(BATCH_MEGABYTES);
        let mut loader = loader.without_atomicity();
        loader.load_quads(quads).map_err(failed)?;
        if let Some(error) = stopped {
            return Err(error);
        }
        loader.commit().map_err(failed)?;
        for graph in &graphs {
            engine.insert_named_graph(graph.as_ref()).map_err(failed)?;
        }
        if self.path.is_some() {
            engine.flush().map_err(failed)?;
        }
        Ok(count)
    }

    /// Makes a new engine hold the content, from now on and for whoever opens the store; the caller lets nobody write meanwhile.
    fn take_over(&self, engine: Engine, files: Option<&Path>) -> Result<(), StoreError> {
        let mut retired = None;
        if let (Some(path), Some(files)) = (&self.path, files) {
            retired = Some(folder::engine(path)?);
            folder::point(path, files).map_err(|error| self.written(error.into()))?;
        }
        let mut held = self.engine.write().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *held, Arc::new(Held::new(engine)));
        self.version.fetch_add(1, Ordering::SeqCst);
        if let Some(folder) = retired {
            old.retire(folder);
        }
        Ok(())
    }
}

/// Why the engine did not open.
pub(super) fn opened(path: &Path, source: StorageError) -> StoreError {
    let message = source.to_string().to_lowercase();
    if message.contains("lock") { StoreError::Locked(path.to_owned()) } else { access(Some(path), "opened", source) }
}

impl Store for Embedded {
    fn replace(&self, graphs: &[NamedNode], quads: &mut dyn Iterator<Item = Quad>) -> Result<(), StoreError> {
        let targets: HashSet<GraphName> = graphs.iter().cloned().map(GraphName::from).collect();
        let new: HashSet<Quad> = quads.collect();
        if let Some(foreign) = new.iter().find(|quad| !targets.contains(&quad.graph_name)) {
            return Err(StoreError::ForeignGraph(match &foreign.graph_name {
                GraphName::DefaultGraph => "no graph".to_owned(),
                name => format!("the graph `{name}`"),
            }));
        }
        self.change(|draft| {
            let mut old = HashSet::new();
            for graph in &targets {
                for quad in draft.reader().quads_for_pattern(None, None, None, Some(graph.as_ref())) {
                    old.insert(quad.map_err(|e| self.read(e))?);
                }
            }
            // First what goes: the engine keeps numbers by their values, so that what is only written in another way is taken out
            // and put in again.
            old.difference(&new).try_for_each(|quad| draft.remove(quad.as_ref()))?;
            new.difference(&old).try_for_each(|quad| draft.insert(quad.as_ref()))?;
            let filled: HashSet<_> = new.iter().map(|quad| quad.graph_name.as_ref()).collect();
            let mut empty = graphs.iter().filter(|graph| !filled.contains(&GraphNameRef::from(graph.as_ref())));
            empty.try_for_each(|graph| draft.drop(graph.as_ref().into()))
        })
    }

    fn query(&self, request: &Request, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        run(request.limits, request.cancellation.clone(), |watch| {
            let query = guard::parse_for(request, &self.services)?;
            watch.check()?;
            self.evaluate(query, request, watch, visit)?;
            // Results that end early without an error of their own must not pass for all of them.
            watch.check()
        })
    }

    fn update(&self, request: &UpdateRequest) -> Result<(), StoreError> {
        run(request.limits, request.cancellation.clone(), |watch| {
            let update = guard::parse_update(request, &self.services)?;
            self.change(|draft| {
                Updater { draft, datasets: &self.datasets, services: &self.services, request, watch }.all(update)?;
                // Once it is committed, it is done, however late.
                watch.check()
            })
        })
    }

    fn write(
        &self,
        graph: Option<&NamedNode>,
        how: Write,
        triples: &mut dyn Iterator<Item = Triple>,
    ) -> Result<bool, StoreError> {
        let graph = self.datasets.written(graph)?;
        let triples: HashSet<Triple> = triples.collect();
        self.change(|draft| {
            let there = draft.has(&graph)?;
            if how == Write::Replace {
                draft.clear(graph.as_ref().into())?;
            }
            draft.create(&graph);
            triples.iter().try_for_each(|triple| draft.insert(triple.as_ref().in_graph(graph.as_ref())))?;
            Ok(there)
        })
    }

    fn remove(&self, graph: Option<&NamedNode>) -> Result<bool, StoreError> {
        let graph = self.datasets.written(graph)?;
        self.change(|draft| {
            let there = draft.has(&graph)?;
            draft.drop(graph.as_ref().into())?;
            Ok(there)
        })
    }

    fn default_graph(&self) -> DefaultGraph {
        if self.datasets.own().is_some() { DefaultGraph::Own } else { DefaultGraph::Union }
    }

    fn has(&self, graph: &NamedNode) -> Result<bool, StoreError> {
        self.engine().contains_named_graph(graph).map_err(|e| self.read(e))
    }

    fn each(&self, pattern: Pattern<'_>, visit: &mut dyn FnMut(Quad) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let graph = pattern.graph.map(|graph| GraphNameRef::from(graph.as_ref()));
        let engine = self.engine();
        let found = engine.quads_for_pattern(
            pattern.subject.map(NamedOrBlankNode::as_ref),
            pattern.predicate.map(NamedNode::as_ref),
            pattern.object.map(oxigraph::model::Term::as_ref),
            graph,
        );
        for quad in found {
            let quad = quad.map_err(|e| self.read(e))?;
            if !quad.graph_name.is_default_graph() {
                visit(quad)?;
            }
        }
        Ok(())
    }

    fn graphs(&self) -> Result<Vec<NamedNode>, StoreError> {
        let mut graphs = Vec::new();
        let engine = self.engine();
        for graph in engine.named_graphs() {
            if let NamedOrBlankNode::NamedNode(name) = graph.map_err(|e| self.read(e))? {
                graphs.push(name);
            }
        }
        graphs.sort();
        Ok(graphs)
    }

    fn is_empty(&self) -> Result<bool, StoreError> {
        self.engine().is_empty().map_err(|e| self.read(e))
    }

    fn size(&self) -> Result<usize, StoreError> {
        let mut counted = self.count.counted();
        if let Some(counted) = *counted {
            return Ok(self.count.total(counted));
        }
        let engine = self.engine();
        let quads = {
            let _writing = self.writing();
            self.count.begin();
            engine.iter()
        };
        let mut count = 0;
        for quad in quads {
            count += i64::from(!quad.map_err(|e| self.read(e))?.graph_name.is_default_graph());
        }
        *counted = Some(count);
        Ok(self.count.total(count))
    }

    fn snapshot(&self, visit: &mut dyn FnMut(Part) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let engine = self.engine();
        // Each of the two shows the store as it was when it was made, so nobody may write in between; then writes go on.
        let (graphs, quads) = {
            let _writing = self.writing();
            (engine.named_graphs(), engine.iter())
        };
        for graph in graphs {
            if let NamedOrBlankNode::NamedNode(name) = graph.map_err(|e| self.read(e))? {
                visit(Part::Graph(name))?;
            }
        }
        for quad in quads {
            let quad = quad.map_err(|e| self.read(e))?;
            if !quad.graph_name.is_default_graph() {
                visit(Part::Quad(quad))?;
            }
        }
        Ok(())
    }

    fn restore(&self, parts: &mut dyn Iterator<Item = Result<Part, StoreError>>) -> Result<(), StoreError> {
        if self.read_only {
            return Err(self.written(StorageError::Other("it was opened for reading alone".into())));
        }
        let mut counted = self.count.counted();
        let _writing = self.writing();
        let files = self.path.as_deref().map(folder::another);
        let made = files.as_ref().map_or_else(Engine::new, Engine::open);
        let filled = made.map_err(|source| self.written(source)).and_then(|engine| {
            let count = self.fill(&engine, parts)?;
            self.take_over(engine, files.as_deref())?;
            Ok(count)
        });
        if let (Err(_), Some(files)) = (&filled, &files) {
            let _ = std::fs::remove_dir_all(files); // or else whoever opens the store next does it
        }
        *counted = Some(filled?);
        self.count.begin();
        Ok(())
    }
}

pub(super) fn access(path: Option<&Path>, action: &'static str, source: StorageError) -> StoreError {
    StoreError::Access { path: path.map_or_else(|| PathBuf::from("in memory"), Path::to_owned), action: action.into(), source }
}
