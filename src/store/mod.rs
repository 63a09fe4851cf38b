//! The triple store: one trait, so that an embedded engine or a remote SPARQL 1.1 service can stand behind it.
//!
//! Every statement is in a named graph. A query that names no graph sees the union of them all, each triple once.

mod apart;
mod bind;
mod count;
mod dataset;
mod draft;
mod embedded;
mod error;
mod federation;
#[cfg(unix)]
mod files;
mod folder;
mod gate;
mod guard;
mod held;
mod open;
mod reader;
mod remote;
mod run;
mod text;
mod update;
mod walk;
mod writer;

pub use crate::config::DefaultGraph;
#[cfg(unix)]
pub use apart::Apart;
pub use apart::{Program, work};
pub use embedded::Embedded;
pub use error::StoreError;
pub use guard::{Form, LONGEST_QUERY, LONGEST_UPDATE, Parsed, parse};
pub use open::{Access, open, open_with};
pub use oxigraph::sparql::{CancellationToken, QuerySolution, Variable};
pub use reader::{Reader, Row};
pub use remote::{Remote, RemoteError};
pub use run::{STACK, evaluate_here};
pub use text::{kind, normalised, varies};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use std::time::Duration;

/// A query, with the terms and limits that it is to be evaluated with.
#[derive(Clone, Default)]
pub struct Request {
    /// The text of the query. The prefixes of [`crate::model::vocab::PREFIXES`] and `id:` need no declaration.
    pub query: String,
    /// Variables that stand for these terms wherever the query uses them.
    pub bindings: Vec<(Variable, Term)>,
    /// The graphs whose merge is the default graph, instead of those that the query names; the union of all if neither.
    pub default_graphs: Vec<NamedNode>,
    /// The graphs that `GRAPH` sees, instead of those that the query names; all if neither.
    pub named_graphs: Vec<NamedNode>,
    /// What the results may cost.
    pub limits: Limits,
    /// Cancels the evaluation from another thread. It is also cancelled at the time limit, so it serves one evaluation.
    pub cancellation: Option<CancellationToken>,
}

impl Request {
    /// A request for a query, without limits of time or rows.
    pub fn new(query: impl Into<String>) -> Self {
        Self { query: query.into(), ..Self::default() }
    }
    /// The same, with a variable bound to a term.
    #[must_use]
    pub fn bind(mut self, variable: Variable, term: impl Into<Term>) -> Self {
        self.bindings.push((variable, term.into()));
        self
    }
    /// The same, with limits.
    #[must_use]
    pub fn limited(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

/// An update, with the graphs and limits that it is to be carried out with.
#[derive(Clone, Default)]
pub struct UpdateRequest {
    /// Its text. The prefixes of [`crate::model::vocab::PREFIXES`] and `id:` need no declaration.
    pub update: String,
    /// The graphs whose merge the patterns see as default graph; those of the store if empty.
    pub using_graphs: Vec<NamedNode>,
    /// The graphs that `GRAPH` sees in the patterns; all if both are empty.
    pub using_named_graphs: Vec<NamedNode>,
    /// How long it may take, and how many solutions one of its patterns may have.
    pub limits: Limits,
    /// Cancels it from another thread: then nothing is changed.
    pub cancellation: Option<CancellationToken>,
}

/// What becomes of what a graph holds when triples are written to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// It is replaced.
    Replace,
    /// It stays.
    Merge,
}

/// What the results of a query may cost; `None` is without limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The longest that an evaluation may last, the writing of results included.
    pub time: Option<Duration>,
    /// The most solutions or triples.
    pub rows: Option<usize>,
    /// The most bytes that their terms take.
    pub bytes: Option<usize>,
}

/// The results of a query, while it is being evaluated.
pub enum Results<'a> {
    /// Of `ASK`.
    Boolean(bool),
    /// Of `SELECT`.
    Solutions(Solutions<'a>),
    /// Of `CONSTRUCT` and `DESCRIBE`; each triple once.
    Graph(Box<dyn Iterator<Item = Result<Triple, StoreError>> + 'a>),
}

/// The solutions of a `SELECT`.
pub struct Solutions<'a> {
    variables: Vec<Variable>,
    rows: Box<dyn Iterator<Item = Result<QuerySolution, StoreError>> + 'a>,
}

impl Solutions<'_> {
    /// The columns, in the order of the query.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }
}

impl Iterator for Solutions<'_> {
    type Item = Result<QuerySolution, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next()
    }
}

/// The solutions of a `SELECT`, all in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub variables: Vec<Variable>,
    /// The rows; a cell is `None` where the variable is unbound.
    pub rows: Vec<Vec<Option<Term>>>,
}

/// A pattern of statements; `None` matches anything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pattern<'a> {
    /// The subject.
    pub subject: Option<&'a NamedOrBlankNode>,
    /// The property.
    pub predicate: Option<&'a NamedNode>,
    /// The object.
    pub object: Option<&'a Term>,
    /// The named graph.
    pub graph: Option<&'a NamedNode>,
}

/// What is done with the results of a query; it runs on the thread that evaluates the query.
pub type Visit<'v> = dyn FnMut(Results<'_>) -> Result<(), StoreError> + Send + 'v;

/// What a store consists of, as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A graph that there is, be it empty.
    Graph(NamedNode),
    /// A quad of one.
    Quad(Quad),
}

/// What evaluates the queries and updates of clients, which nobody has looked at.
pub trait Evaluate: Send + Sync {
    /// As [`Store::query`].
    ///
    /// # Errors
    /// As there; [`StoreError::MemoryLimit`], [`StoreError::BrokeDown`].
    fn query(&self, request: &Request, visit: &mut Visit<'_>) -> Result<(), StoreError>;

    /// As [`Store::update`].
    ///
    /// # Errors
    /// As there; [`StoreError::MemoryLimit`], [`StoreError::BrokeDown`].
    fn update(&self, request: &UpdateRequest) -> Result<(), StoreError>;
}

/// A store of named graphs.
pub trait Store: Send + Sync {
    /// Replaces the whole content of `graphs` with `quads`, all at once: a reader sees the old graphs or the new ones, and
    /// so does whoever opens the store after a crash.
    ///
    /// # Errors
    /// [`StoreError::ForeignGraph`] if a quad lies outside `graphs`, before anything is changed; otherwise what the engine reports.
    fn replace(&self, graphs: &[NamedNode], quads: &mut dyn Iterator<Item = Quad>) -> Result<(), StoreError>;

    /// Evaluates a query and hands its results to `visit`, once.
    ///
    /// # Errors
    /// What [`parse`] reports, limits that were hit, failures of the evaluation, and what `visit` returns.
    fn query(&self, request: &Request, visit: &mut Visit<'_>) -> Result<(), StoreError>;

    /// Carries out an update: all of it, or nothing if it fails. It is durable when this returns.
    ///
    /// # Errors
    /// [`StoreError::UnionIsRead`] if it writes to no named graph where the default graph is the union of all, [`StoreError::Load`],
    /// [`StoreError::TwoDatasets`]; what [`parse`] reports, limits that were hit, failures of the evaluation.
    fn update(&self, request: &UpdateRequest) -> Result<(), StoreError>;

    /// Writes triples to a graph, or to the default graph if that is `None`, and says whether the graph was there. It may be empty
    /// then, and is there.
    ///
    /// # Errors
    /// [`StoreError::UnionIsRead`] if the default graph is the union of all; what the engine reports.
    fn write(&self, graph: Option<&NamedNode>, how: Write, triples: &mut dyn Iterator<Item = Triple>)
    -> Result<bool, StoreError>;

    /// Takes a graph away, or what the default graph holds if that is `None`, and says whether it was there.
    ///
    /// # Errors
    /// As [`Store::write`].
    fn remove(&self, graph: Option<&NamedNode>) -> Result<bool, StoreError>;

    /// What is seen where no graph is named.
    fn default_graph(&self) -> DefaultGraph;

    /// Whether there is such a graph, be it empty.
    ///
    /// # Errors
    /// What the engine reports.
    fn has(&self, graph: &NamedNode) -> Result<bool, StoreError>;

    /// Calls `visit` with each quad of the named graphs that matches, in no particular order.
    fn each(&self, pattern: Pattern<'_>, visit: &mut dyn FnMut(Quad) -> Result<(), StoreError>) -> Result<(), StoreError>;

    /// The names of the graphs that hold something, sorted.
    fn graphs(&self) -> Result<Vec<NamedNode>, StoreError>;

    /// A word for the state of the data, another after each change; `None` where nobody else writes while the store is open.
    ///
    /// # Errors
    /// What the engine reports.
    fn revision(&self) -> Result<Option<String>, StoreError> {
        Ok(None)
    }

    /// Whether nothing is stored.
    fn is_empty(&self) -> Result<bool, StoreError>;

    /// Shows all graphs and quads to `visit`, graphs first, as they are at one moment, whatever is written meanwhile.
    ///
    /// # Errors
    /// What the engine reports, and what `visit` returns.
    fn snapshot(&self, visit: &mut dyn FnMut(Part) -> Result<(), StoreError>) -> Result<(), StoreError>;

    /// Replaces all that is stored: whoever reads, and whoever opens the store after a crash, finds the old content or the new.
    /// The memory that it takes does not grow with what is stored.
    ///
    /// # Errors
    /// What the engine reports, and the first error of `parts`; nothing is changed then.
    fn restore(&self, parts: &mut dyn Iterator<Item = Result<Part, StoreError>>) -> Result<(), StoreError>;

    /// How many quads the named graphs hold, from a count that is kept: quick, but for the first time.
    ///
    /// # Errors
    /// What the engine reports.
    fn size(&self) -> Result<usize, StoreError>;

    /// The quads of the named graphs that match, in no particular order.
    fn quads(&self, pattern: Pattern<'_>) -> Result<Vec<Quad>, StoreError> {
        let mut found = Vec::new();
        self.each(pattern, &mut |quad| {
            found.push(quad);
            Ok(())
        })?;
        Ok(found)
    }

    /// Everything that is said of an entity: the quads that have it as subject, then those that have it as object.
    fn describe(&self, entity: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let (subject, object) = (entity.clone().into(), entity.clone().into());
        let mut found = self.quads(Pattern { subject: Some(&subject), ..Pattern::default() })?;
        found.extend(self.quads(Pattern { object: Some(&object), ..Pattern::default() })?);
        Ok(found)
    }

    /// How many quads the named graphs hold; reads them all.
    fn len(&self) -> Result<usize, StoreError> {
        let mut count = 0;
        self.each(Pattern::default(), &mut |_| {
            count += 1;
            Ok(())
        })?;
        Ok(count)
    }

    /// The solutions of a `SELECT`, all in memory; `ASK` gives one column and row, `CONSTRUCT` three columns.
    fn table(&self, request: &Request) -> Result<Table, StoreError> {
        let mut table = Table::default();
        self.query(request, &mut |results| {
            table = collect(results)?;
            Ok(())
        })?;
        Ok(table)
    }
}

fn collect(results: Results<'_>) -> Result<Table, StoreError> {
    let named = |names: &[&str]| names.iter().map(|name| Variable::new_unchecked(*name)).collect();
    Ok(match results {
        Results::Boolean(value) => {
            Table { variables: named(&["answer"]), rows: vec![vec![Some(oxigraph::model::Literal::from(value).into())]] }
        }
        Results::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let rows = solutions.map(|row| row.map(|row| row.values().to_vec())).collect::<Result<_, _>>()?;
            Table { variables, rows }
        }
        Results::Graph(triples) => Table {
            variables: named(&["subject", "predicate", "object"]),
            rows: triples
                .map(|triple| triple.map(|t| vec![Some(t.subject.into()), Some(t.predicate.into()), Some(t.object)]))
                .collect::<Result<_, _>>()?,
        },
    })
}
