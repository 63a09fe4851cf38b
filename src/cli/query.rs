//! `flg query`: the questions that come with flg, and any other, of a store or of files.

mod list;
mod write;

use super::output::Output;
use super::{Status, table};
use crate::config::Config;
use crate::model::lang::Lang;
use crate::queries::header::Kind;
use crate::queries::run::{self, Answer};
use crate::queries::{self, Query, data};
use crate::store::{self, Access, Limits, Request, Store, StoreError};
use anyhow::{Context as _, bail};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// An answer is gathered before it is written: this many rows are the most that memory is trusted with.
const MOST_ROWS: usize = 1_000_000;
/// A query that is cancelled gets this long to end.
const GRACE: Duration = Duration::from_secs(1);

const EXAMPLES: &str = "\
A query has a name (`flg query --list` shows them all), or is in a file, or follows `-e`. A parameter takes a value; where
that is an entity, an IRI, `id:country/mex`, a name or an acronym. An empty value leaves a parameter open.

Examples:
  flg query --list                                the questions that come with flg
  flg query --list dol-agriculture                one of them, with its parameters
  flg query dol-agriculture country=México --lang es
  flg query programmes sector=coffee --format csv
  flg query mine.rq --format json
  flg query -e 'SELECT ?x WHERE { ?x a flg:Programme }'
  flg convert report.txt -o report.nq && flg query trainings --data report.nq";

/// Ask the graph one of the questions that come with flg, or one of your own in SPARQL
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The name of a query, or a file with one (`-` reads standard input); then its parameters
    #[arg(value_name = "NAME|FILE [NAME=VALUE]", verbatim_doc_comment)]
    query: Vec<String>,
    /// The query itself, in SPARQL; the prefixes of the graph need no declaration
    #[arg(short = 'e', long = "execute", value_name = "TEXT")]
    text: Option<String>,
    /// List the questions that come with flg, or say what one asks; also done where no query is given
    #[arg(long, short, conflicts_with_all = ["text", "data"])]
    list: bool,
    /// The form of the answer
    #[arg(long, short, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The language of labels: en, es, fr, or another code [default: en]
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    lang: Option<Lang>,
    /// Query this RDF file (nq, trig, ttl, nt, …) in memory, beside what flg knows of names and concepts, and no store; may be repeated
    #[arg(long, value_name = "FILE")]
    data: Vec<PathBuf>,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Aligned columns for people; a graph as Turtle
    Table,
    /// SPARQL results as comma-separated values
    Csv,
    /// SPARQL results as tab-separated RDF terms
    Tsv,
    /// SPARQL results as JSON
    Json,
    /// SPARQL results as XML
    Xml,
    /// Turtle, for CONSTRUCT and DESCRIBE
    Ttl,
    /// N-Triples, for CONSTRUCT and DESCRIBE
    Nt,
}

fn language(code: &str) -> Result<Lang, String> {
    Lang::new(code).ok_or_else(|| "a language is a code of two or three letters, such as `es`".to_owned())
}

pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let lang = args.lang.clone().or_else(|| Lang::new("en")).context("there is no language")?;
    if args.list || (args.query.is_empty() && args.text.is_none()) {
        return list::list(args, &lang, out);
    }
    let (query, values) = asked(args)?;
    let mut given = values.iter().map(|value| assignment(value)).collect::<anyhow::Result<Vec<_>>>()?;
    if let (Some(lang), Some(parameter)) = (&args.lang, query.language())
        && !given.iter().any(|(name, _)| *name == parameter.name)
    {
        given.push((parameter.name.clone(), lang.code().to_owned()));
    }
    let store: Box<dyn Store> =
        if args.data.is_empty() { store::open(config, Access::Read)? } else { Box::new(data::in_memory(&args.data)?) };
    if args.data.is_empty() && store.is_empty()? {
        bail!("the store `{}` is empty\nhint: fill it with `flg build`", config.store);
    }
    let limits = Limits { time: Some(config.query_timeout), rows: Some(MOST_ROWS), ..Limits::default() };
    let request = query.request(store.as_ref(), &given)?.limited(limits);
    let answer = evaluate(store, query.clone(), request, config.query_timeout)?;
    write::write(&answer, args.format, &lang, out)?;
    if answer.is_empty() {
        out.talk(nothing(&query, &given));
    }
    Ok(Status::Success)
}

/// Evaluates on a thread of its own. The engine does not hear everywhere that it is cancelled, least of all while it counts;
/// nobody has to wait for that: the thread ends with the process. Otherwise the store is closed before this returns: a process
/// that ends while its store is being closed may be aborted.
fn evaluate(store: Box<dyn Store>, query: Query, request: Request, limit: Duration) -> anyhow::Result<Answer> {
    let (done, ended) = mpsc::channel();
    let worker = std::thread::spawn(move || {
        let answer = run::ask(store.as_ref(), &query, &request);
        drop(store);
        let _ = done.send(answer); // nobody may be left to hear
    });
    let answer = ended.recv_timeout(limit + GRACE).unwrap_or_else(|error| match error {
        RecvTimeoutError::Timeout => Err(StoreError::TimeLimit(limit.as_secs_f64())),
        RecvTimeoutError::Disconnected => Err(StoreError::Evaluation("the engine failed unexpectedly".to_owned())),
    });
    if !matches!(answer, Err(StoreError::TimeLimit(_))) {
        let _ = worker.join(); // a panic was told already
    }
    answer.map_err(|error| match error {
        StoreError::TimeLimit(_) => anyhow::Error::from(error)
            .context("the query was given up\nhint: allow more with `query-timeout` in `flg.toml` or `FLG_QUERY_TIMEOUT`"),
        error => error.into(),
    })
}

/// The query that is asked for, and what follows it.
fn asked(args: &Args) -> anyhow::Result<(Query, &[String])> {
    if let Some(text) = &args.text {
        return Ok((Query::bare("-e", text), &args.query));
    }
    let Some((name, values)) = args.query.split_first() else { bail!("there is no query") };
    Ok((named(name)?, values))
}

/// The query of a name or a file.
fn named(name: &str) -> anyhow::Result<Query> {
    let catalogue = queries::catalogue()?;
    if let Some(query) = catalogue.iter().find(|query| query.name == name) {
        return Ok(query.clone());
    }
    if name == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("cannot read a query from standard input")?;
        return Ok(Query::read("standard input", &text)?);
    }
    let path = Path::new(name);
    let means_file = name.contains(['/', '\\']) || path.extension().is_some() || path.exists();
    if means_file {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the query `{name}`"))?;
        return Ok(Query::read(name, &text)?);
    }
    bail!("there is no query `{name}`\nhint: {}", nearest(name, &catalogue))
}

/// The likeliest queries that were meant.
fn nearest(name: &str, catalogue: &[Query]) -> String {
    const ALIKE: f64 = 0.75;
    const OFFERED: usize = 3;
    let name = name.to_lowercase();
    let likeness = |query: &Query| {
        let parts = query.name.split('-').map(|part| strsim::jaro_winkler(part, &name) * 0.95);
        parts.fold(strsim::jaro_winkler(&query.name, &name), f64::max)
    };
    let mut ranked: Vec<(f64, &str)> =
        catalogue.iter().map(|q| (likeness(q), q.name.as_str())).filter(|(score, _)| *score >= ALIKE).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let names: Vec<String> = ranked.iter().take(OFFERED).map(|(_, name)| format!("`{name}`")).collect();
    let all = "`flg query --list` shows them all, `-e` takes SPARQL";
    if names.is_empty() { all.to_owned() } else { format!("did you mean {}? {all}", names.join(", ")) }
}

fn assignment(text: &str) -> anyhow::Result<(String, String)> {
    let Some((name, value)) = text.split_once('=') else {
        bail!("`{text}` gives no parameter a value\nhint: write `NAME=VALUE`, with quotes around both if the value has spaces")
    };
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// That nothing was found, and with which values.
fn nothing(query: &Query, given: &[(String, String)]) -> String {
    let value = |p: &queries::Parameter| {
        let own = given.iter().find(|(name, _)| *name == p.name).map(|(_, value)| value);
        own.or(p.default.as_ref()).filter(|value| !value.is_empty()).map(|value| format!("{}={value}", p.name))
    };
    let values: Vec<String> = query.parameters.iter().filter(|p| p.kind != Kind::Language).filter_map(value).collect();
    let with = if values.is_empty() { String::new() } else { format!(" with `{}`", values.join("`, `")) };
    format!("No rows: the graph holds nothing that `{}` asks for{with}.", query.name)
}
