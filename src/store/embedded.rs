//! The store inside the process: Oxigraph, on disk (`RocksDB`) or in memory.
//!
//! Oxigraph's own union of graphs gives a triple once for each graph that has it. So the union is kept in the engine's default
//! graph, in the same transaction as the named graphs (see [`Draft`]), and queries that name no graph read it there.

use super::dataset::Datasets;
use super::draft::Draft;
use super::gate;
use super::run::{Watch, run};
use super::update::Updater;
use super::{Pattern, Request, Store, StoreError, UpdateRequest, Visit, Write, guard};
use crate::config::DefaultGraph;
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Triple};
use oxigraph::store::{StorageError, Store as Engine};
use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The file that marks a folder as one of our stores, and what it says.
const MARK: &str = "flg-store.txt";
const MARK_TEXT: &str =
    "A store of the Forced Labour Graph, format 1. Made by `flg build`; delete the whole folder to start over.\n";
const MARK_ASIDE: &str = "flg-store.txt.new";
/// The file whose lock tells readers and a writer apart.
const LOCK: &str = "flg-store.lock";
/// The folder of the engine's files, inside the store's.
const ENGINE: &str = "oxigraph";

/// An Oxigraph store.
pub struct Embedded {
    engine: Engine,
    datasets: Datasets,
    path: Option<PathBuf>,
    /// The engine commits two overlapping transactions without noticing the conflict: one writer at a time.
    writer: Mutex<()>,
    /// Held as long as the store is open: shared by readers, a writer's alone. The engine's own lock knows no readers.
    _lock: Option<File>,
}

impl Embedded {
    /// An empty store in memory.
    pub fn in_memory() -> Result<Self, StoreError> {
        let engine = Engine::new().map_err(|source| access(None, "opened", source))?;
        Ok(Self::new(engine, None, None))
    }

    /// Opens the store in a folder; makes it, and the folders above it, if there is none.
    ///
    /// # Errors
    /// [`StoreError::NotAStore`] if the folder holds something else, [`StoreError::Locked`] if another process uses it.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        let mark = path.join(MARK);
        if !mark.is_file() {
            let refuse = |what: &str| StoreError::NotAStore { path: path.to_owned(), what: what.to_owned() };
            if path.exists() && !path.is_dir() {
                return Err(refuse("is a file, no store"));
            }
            let io = |source: std::io::Error| access(Some(path), "opened", source.into());
            fs::create_dir_all(path).map_err(io)?;
            for entry in fs::read_dir(path).map_err(io)? {
                if entry.map_err(io)?.file_name() != MARK_ASIDE {
                    return Err(refuse("holds other files"));
                }
            }
            // Written aside, so that a process that dies here leaves no mark that says nothing.
            let aside = path.join(MARK_ASIDE);
            fs::write(&aside, MARK_TEXT).and_then(|()| fs::rename(&aside, &mark)).map_err(io)?;
        }
        Self::open(path)
    }

    /// Opens the store in a folder, for writing: nobody else may have it open meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is nothing, else as [`Embedded::open_or_create`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        known(path)?;
        let lock = lock(path, File::try_lock)?;
        let engine = Engine::open(path.join(ENGINE)).map_err(|source| opened(path, source))?;
        Ok(Self::new(engine, Some(path), lock))
    }

    /// Opens the store in a folder, for reading, beside others who read it.
    ///
    /// # Errors
    /// As [`Embedded::open`]; [`StoreError::Locked`] if another process writes to it.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        known(path)?;
        // A store that was made and never filled has no files of the engine to read.
        if !path.join(ENGINE).join("CURRENT").exists() {
            return Self::open(path);
        }
        let lock = lock(path, File::try_lock_shared)?;
        let engine = Engine::open_read_only(path.join(ENGINE)).map_err(|source| opened(path, source))?;
        Ok(Self::new(engine, Some(path), lock))
    }

    fn new(engine: Engine, path: Option<&Path>, lock: Option<File>) -> Self {
        let datasets = Datasets::new(DefaultGraph::default());
        Self { engine, datasets, path: path.map(Path::to_owned), writer: Mutex::default(), _lock: lock }
    }

    /// The same, with another default graph.
    #[must_use]
    pub fn with_default_graph(mut self, default: DefaultGraph) -> Self {
        self.datasets = Datasets::new(default);
        self
    }

    fn read(&self, source: StorageError) -> StoreError {
        access(self.path.as_deref(), "read", source)
    }

    fn written(&self, source: StorageError) -> StoreError {
        access(self.path.as_deref(), "written", source)
    }

    fn evaluate(&self, query: guard::Parsed, request: &Request, watch: &Watch, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        let named = query.0.dataset().is_some();
        let mut prepared = gate::evaluator(watch).for_query(gate::gated(query.0));
        let asked = (request.default_graphs.as_slice(), request.named_graphs.as_slice());
        let graphs = || self.engine.named_graphs().collect::<Result<_, _>>().map_err(|e| self.read(e));
        self.datasets.apply(prepared.dataset_mut(), named, asked, graphs)?;
        let results = prepared.on_store(&self.engine).execute().map_err(|e| watch.error(&e))?;
        visit(watch.results(results))
    }

    /// Makes changes, all or none, one writer at a time, and durable when it returns.
    fn change<T>(&self, work: impl FnOnce(&mut Draft<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let _writing = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = |source| self.written(source);
        let mut draft = Draft::new(self.engine.start_transaction().map_err(failed)?, &failed);
        let done = work(&mut draft)?;
        draft.commit()?;
        if self.path.is_some() {
            self.engine.flush().map_err(failed)?;
        }
        Ok(done)
    }
}

/// Makes sure that a folder is one of our stores.
fn known(path: &Path) -> Result<(), StoreError> {
    let refuse = |what: &str| Err(StoreError::NotAStore { path: path.to_owned(), what: what.to_owned() });
    if !path.exists() {
        return Err(StoreError::Missing(path.to_owned()));
    }
    match fs::read_to_string(path.join(MARK)) {
        Ok(mark) if mark.contains("format 1.") => Ok(()),
        Ok(_) => refuse("was made by another version of `flg`"),
        Err(_) => refuse("is no store"),
    }
}

/// Takes the store's lock; where the folder cannot be written to, nobody writes to it and there is none.
fn lock(path: &Path, take: impl Fn(&File) -> Result<(), TryLockError>) -> Result<Option<File>, StoreError> {
    let file = match File::options().create(true).append(true).open(path.join(LOCK)) {
        Ok(file) => file,
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => return Ok(None),
        Err(error) => return Err(access(Some(path), "opened", error.into())),
    };
    match take(&file) {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(access(Some(path), "opened", error.into())),
    }
}

/// Why the engine did not open.
fn opened(path: &Path, source: StorageError) -> StoreError {
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
            for quad in new.difference(&old) {
                draft.insert(quad.as_ref());
            }
            let filled: HashSet<_> = new.iter().map(|quad| quad.graph_name.as_ref()).collect();
            let mut empty = graphs.iter().filter(|graph| !filled.contains(&GraphNameRef::from(graph.as_ref())));
            empty.try_for_each(|graph| draft.drop(graph.as_ref().into()))
        })
    }

    fn query(&self, request: &Request, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        run(request.limits, request.cancellation.clone(), |watch| {
            let query = guard::parse(request)?;
            watch.check()?;
            self.evaluate(query, request, watch, visit)?;
            // Results that end early without an error of their own must not pass for all of them.
            watch.check()
        })
    }

    fn update(&self, request: &UpdateRequest) -> Result<(), StoreError> {
        run(request.limits, request.cancellation.clone(), |watch| {
            let update = guard::parse_update(request)?;
            self.change(|draft| {
                Updater { draft, datasets: &self.datasets, request, watch }.all(update)?;
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
            for triple in &triples {
                draft.insert(triple.as_ref().in_graph(graph.as_ref()));
            }
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
        self.engine.contains_named_graph(graph).map_err(|e| self.read(e))
    }

    fn each(&self, pattern: Pattern<'_>, visit: &mut dyn FnMut(Quad) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let graph = pattern.graph.map(|graph| GraphNameRef::from(graph.as_ref()));
        let found = self.engine.quads_for_pattern(
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
        for graph in self.engine.named_graphs() {
            if let NamedOrBlankNode::NamedNode(name) = graph.map_err(|e| self.read(e))? {
                graphs.push(name);
            }
        }
        graphs.sort();
        Ok(graphs)
    }

    fn is_empty(&self) -> Result<bool, StoreError> {
        self.engine.is_empty().map_err(|e| self.read(e))
    }
}

fn access(path: Option<&Path>, action: &'static str, source: StorageError) -> StoreError {
    StoreError::Access { path: path.map_or_else(|| PathBuf::from("in memory"), Path::to_owned), action, source }
}
