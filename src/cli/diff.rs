//! `flg diff`: what is new, gone and changed between two reports, files or releases.

use super::Status;
use super::output::{Output, visible};
use super::places::places;
use super::show::of_environment;
use crate::config::Config;
use crate::convert::Converter;
use crate::diff::{self, Kind, Line, Side, Single, Words};
use crate::facts::texts::{LANGUAGES, known};
use crate::graph::parse::{self, syntax_of};
use crate::graph::serialise::{Syntax, write_quads};
use crate::model::vocab::graph as graphs;
use crate::store::{self, Access, Pattern, Store};
use clap::builder::PossibleValuesParser;
use oxigraph::model::Quad;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  flg diff mex-2021-p029 mex-2023-p029       two reports of the store, by their identifiers
  flg diff old.txt new.txt                   two files, converted but not stored
  flg diff mex-2021-p029 corrected.txt       a report of the store and a file
  flg diff release-1.nq release-2.nq         two graphs: files of N-Quads, TriG, Turtle, JSON-LD and the like
  flg diff a.txt b.txt --lang es             in Spanish
  flg diff a.txt b.txt --format ttl          as RDF: change sets of http://purl.org/vocab/changeset/schema#
  flg diff a.txt b.txt --json | jq '.changes[] | select(.kind == \"emptied\")'

Answers are compared by their questions, facts by subject, property and value. A property that has one value at most has changed
where each side gives another; of others, one value is gone and another new.";

/// Tell what is new, gone and changed between two reports, files or releases
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The first version: a report of the store, the file of a report, or an RDF file
    #[arg(value_name = "A")]
    before: String,
    /// The second version
    #[arg(value_name = "B")]
    after: String,
    /// The language of the words [default: that of the environment, else English]
    #[arg(long, value_name = "LANGUAGE", value_parser = PossibleValuesParser::new(LANGUAGES.iter().map(|(code, _)| *code)))]
    lang: Option<String>,
    /// Give the differences as RDF
    #[arg(long, short, value_name = "FORM", conflicts_with = "json",
        value_parser = PossibleValuesParser::new(Syntax::ALL.iter().map(|syntax| syntax.name())))]
    format: Option<String>,
    /// Give the differences as JSON
    #[arg(long)]
    json: bool,
}

/// Compares.
///
/// # Errors
/// If one of the two is neither in the store nor a file that can be read.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let lang = args.lang.as_deref().and_then(known).unwrap_or_else(|| of_environment(|name| std::env::var(name).ok()));
    let mut sources = Sources { config, store: None, converter: None };
    let mut before = sources.side(&args.before)?;
    let mut after = sources.side(&args.after)?;
    Side::align(&mut before, &mut after);
    let changes = diff::compare(&before, &after, &Single::load());
    let words = Words { before: &before, after: &after, store: sources.store.as_deref(), lang };
    if let Some(syntax) = args.format.as_deref().and_then(Syntax::from_name) {
        write_quads(diff::quads(&changes, |change| words.sentence(change), lang), syntax, out.data())?;
    } else if args.json {
        let all: Vec<_> = changes.iter().map(|change| words.json(change)).collect();
        out.json(&serde_json::json!({ "before": args.before, "after": args.after, "changes": all }))?;
    } else {
        words.lines(&changes).iter().try_for_each(|line| write(line, out))?;
    }
    Ok(Status::Success)
}

/// Where versions are read from; store and knowledge are loaded when they are needed.
struct Sources<'a> {
    config: &'a Config,
    store: Option<Box<dyn Store>>,
    converter: Option<Converter>,
}

impl Sources<'_> {
    fn side(&mut self, name: &str) -> anyhow::Result<Side> {
        let path = Path::new(name);
        let is_place = path.exists() || name.contains("://") || name == "-";
        if !is_place && !name.contains(['/', '.']) {
            return Ok(Side::new(self.stored(name)?));
        }
        if let Some(syntax) = syntax_of(path).filter(|_| !name.contains("://")) {
            return Ok(Side::new(parse::file(path, syntax)?));
        }
        let document = match places(&[path.to_owned()]).as_slice() {
            [place] => place.read(self.config)?,
            _ => anyhow::bail!("`{name}` holds several reports\nhint: name one of them"),
        };
        let converter = match self.converter.take() {
            Some(converter) => converter,
            None => Converter::load()?,
        };
        let conversion = self.converter.insert(converter).convert(&document)?;
        Ok(Side::new(conversion.quads()))
    }

    fn stored(&mut self, report: &str) -> anyhow::Result<Vec<Quad>> {
        let store = match self.store.take() {
            Some(store) => store,
            None => store::open(self.config, Access::Read)?,
        };
        let store = self.store.insert(store);
        let mut quads = Vec::new();
        for graph in crate::graph::graphs(report) {
            quads.extend(store.quads(Pattern { graph: Some(&graph), ..Pattern::default() })?);
        }
        if quads.is_empty() {
            let source = graphs::source("");
            let there: Vec<String> = store
                .graphs()?
                .iter()
                .filter_map(|g| g.as_str().strip_prefix(source.as_str()))
                .map(|id| format!("`{id}`"))
                .collect();
            let hint =
                if there.is_empty() { "add reports with `flg add`".to_owned() } else { format!("it has {}", there.join(", ")) };
            anyhow::bail!("`{report}` is neither a file nor a report of the store `{}`\nhint: {hint}", self.config.store);
        }
        Ok(quads)
    }
}

/// A line as a terminal shows it.
fn write(line: &Line, out: &mut Output) -> std::io::Result<()> {
    let style = out.style;
    let told = visible(&line.to_string());
    match line {
        Line::Heading(_) => out.line(style.strong(told)),
        Line::Place(place) => out.line(format_args!("      {}", style.faint(visible(place)))),
        Line::Change(kind, text) => {
            let sign = kind.sign();
            let sign = match kind {
                Kind::New | Kind::Filled => style.good(sign),
                Kind::Gone | Kind::Emptied => style.error(sign),
                Kind::Changed => style.warning(sign),
            };
            out.line(format_args!("{sign} {}", visible(text)))
        }
        Line::Quote(..) | Line::Note(_) | Line::Gap => out.line(told),
    }
}
