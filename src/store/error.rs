//! What can go wrong with a store, in words that say what to do.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::PathBuf;

/// A hint on its own line, or nothing.
fn remedy(text: Option<&str>) -> String {
    text.map_or_else(String::new, |text| format!("\nhint: {text}"))
}

/// An error of a store or of a query on it. What a query can end in passes from the process that evaluates it to the server.
#[derive(Debug, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The query is not SPARQL.
    #[error("the query is not valid SPARQL at line {line}, column {column}: {message}{}", remedy(.hint.as_deref()))]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column, in characters from 1.
        column: usize,
        /// What the parser expected there.
        message: String,
        /// A remedy, where one is known.
        hint: Option<String>,
    },
    /// The query is longer than is accepted.
    #[error("the query has {bytes} bytes, more than the {limit} that are accepted\nhint: split it into several queries")]
    QueryTooLong {
        /// Its length.
        bytes: usize,
        /// The longest that is accepted.
        limit: usize,
    },
    /// The query is nested more deeply than is accepted.
    #[error(
        "the query nests brackets or operators {depth} deep at line {line}; {limit} is the deepest accepted\nhint: write it with fewer brackets: `IN (…)` or `VALUES` instead of long chains of alternatives"
    )]
    QueryTooDeep {
        /// Its depth where it was given up.
        depth: usize,
        /// The deepest that is accepted.
        limit: usize,
        /// The line where the limit was passed, from 1.
        line: usize,
    },
    /// The query has more triple patterns or inline rows than are accepted.
    #[error("the query has {count} {what}, more than the {limit} that are accepted\nhint: split it into several queries")]
    QueryTooLarge {
        /// What was counted.
        what: Cow<'static, str>,
        /// How many there are.
        count: usize,
        /// How many are accepted.
        limit: usize,
    },
    /// The query asks an endpoint that it may not ask.
    #[error(
        "`SERVICE` may not ask {0}: no endpoint is asked that the setting `service-allow` does not name\nhint: query the other endpoint on its own and join the results"
    )]
    Service(String),
    /// The name of an endpoint leads to an address that is not everybody's.
    #[error(
        "`SERVICE` may not ask <{name}>: it leads to {address}, which is {what}\nhint: whoever runs this server can allow it with `service-private = true`"
    )]
    ServiceAddress {
        /// The endpoint.
        name: String,
        /// The address.
        address: String,
        /// What it is for.
        what: Cow<'static, str>,
    },
    /// An endpoint gave no answer that can be used.
    #[error("`SERVICE <{name}>` failed: {why}\nhint: try again later; `SERVICE SILENT` goes on without it")]
    ServiceFailed {
        /// The endpoint.
        name: String,
        /// What happened.
        why: String,
    },
    /// The update asks for data from elsewhere.
    #[error("`LOAD` is not supported: this store fetches nothing\nhint: send the data itself, to `/data?graph=…`")]
    Load,
    /// The update writes to the default graph, which only shows the others.
    #[error(
        "what no graph is named for is the union of all graphs, which can only be read\nhint: name the graph: `GRAPH <…> {{ … }}` in an update, `?graph=…` in an address"
    )]
    UnionIsRead,
    /// The update and the request both name graphs.
    #[error(
        "the graphs are named both by the update (`USING`, `WITH`) and by the request (`using-graph-uri`)\nhint: name them in one of the two"
    )]
    TwoDatasets,
    /// A parameter is assigned by the query itself.
    #[error("the variable `?{0}` is bound from outside, but the query assigns it\nhint: rename one of the two")]
    BoundTwice(String),
    /// The query took longer than it may.
    #[error("time limit: the query did not end within {0} s\nhint: add `LIMIT`, or ask for less at a time")]
    TimeLimit(f64),
    /// The query has more results than may be given.
    #[error("row limit: the query has more than {0} results\nhint: add `LIMIT` and `OFFSET`, or ask for less at a time")]
    RowLimit(usize),
    /// The results take more than may be given.
    #[error("size limit: the result takes more than {0} bytes\nhint: ask for fewer columns, or for less at a time")]
    ByteLimit(usize),
    /// The evaluation took more memory than it may.
    #[error(
        "memory limit: the query takes more than {} MiB while it is evaluated\nhint: narrow its patterns, and make shorter texts in it", .0 >> 20
    )]
    MemoryLimit(usize),
    /// The process that evaluated the query broke down.
    #[error("the query broke down the process that evaluated it: {0}\nhint: make it simpler: fewer levels, fewer parts")]
    BrokeDown(String),
    /// The system starts no process for the query.
    #[error("no process can be started for the query: {0}")]
    NoProcess(String),
    /// The query gathers more than there is room for.
    #[error("the query gathers more than {0} values to sort them\nhint: narrow its patterns, or leave out `ORDER BY`")]
    Gathered(usize),
    /// Nobody waits for the results any more.
    #[error("the query was cancelled")]
    Cancelled,
    /// The query failed while it was evaluated.
    #[error("the query failed: {0}")]
    Evaluation(String),
    /// A statement to be stored is in no graph, or in one that was not named.
    #[error("a statement is in {0}, which is not among the graphs to replace")]
    ForeignGraph(String),
    /// Another process has the store open.
    #[error(
        "the store `{}` is in use by another process\nhint: end that process (`flg serve`, perhaps) or query it at its `/sparql`", .0.display()
    )]
    Locked(PathBuf),
    /// There is no store at this place.
    #[error("there is no store at `{}`\nhint: make it with `flg build`, or name another with `--store DIR`", .0.display())]
    Missing(PathBuf),
    /// There is something else at this place, which is left alone.
    #[error(
        "`{}` {what}, and is left as it is\nhint: name a new or empty folder with `--store DIR`", .path.display()
    )]
    NotAStore {
        /// The place.
        path: PathBuf,
        /// What is there instead.
        what: String,
    },
    /// The store cannot be read or written.
    #[serde(skip)]
    #[error("the store `{}` cannot be {action}: {source}", .path.display())]
    Access {
        /// The place; `in memory` for a store without one.
        path: PathBuf,
        /// What was attempted: opened, read, written.
        action: Cow<'static, str>,
        /// What the engine or the system says.
        source: oxigraph::store::StorageError,
    },
    /// The service that the store is on, or the way to it, fails.
    #[serde(skip)]
    #[error(transparent)]
    Remote(#[from] super::RemoteError),
    /// The results could not be written.
    #[serde(skip)]
    #[error("the results cannot be written: {0}")]
    Output(#[from] std::io::Error),
}

/// The innermost cause says what happened: `connection refused`, `certificate has expired`.
pub(super) fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
