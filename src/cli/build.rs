//! `flg build`: the graph from ontology, authority and reports, in the store.

use super::Status;
use super::output::Output;
use super::reports::{Failed, Place, Reports, count};
use super::summary::Stored;
use super::target::Target;
use crate::config::Config;
use crate::convert::Converter;
use crate::knowledge::reports::bundled;
use std::path::PathBuf;
use std::time::Instant;

const EXAMPLES: &str = "\
Examples:
  flg build                          the reports that come with flg, into the folder .flg/store
  flg build --store /var/lib/flg     into another folder
  flg build reports/*.txt            reports of your own instead
  flg build --verbose 2> found.txt   with every place that was not understood
  flg build --json | jq '.reports[].facts'

Building again gives the same graph. Reports that the store has besides are left as they are: delete its folder to start over.";

/// Make the graph: ontology, authority and reports
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Reports of your own: text files, addresses, or `-` for standard input [default: those that come with flg]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    telling: Telling,
}

/// How much is told, and in which form.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Telling {
    /// Tell everything that was not understood or is uncertain, each with its line, not only how much of each kind
    #[arg(long, short)]
    verbose: bool,
    /// Give the summary as JSON
    #[arg(long)]
    json: bool,
}

/// Fills the store.
///
/// # Errors
/// If the store cannot be used. A report that fails is told, and the status says so.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let places = if args.files.is_empty() {
        bundled()?.into_iter().map(|report| Place::Bundled(Box::new(report))).collect()
    } else {
        args.files.iter().map(|file| Place::of(file)).collect::<Vec<_>>()
    };
    store(&places, Mode::Build, args.telling, config, out)
}

/// Whether the store is built or added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Build,
    Add,
}

/// What was done, for programs.
#[derive(serde::Serialize)]
struct Done {
    store: PathBuf,
    reports: Vec<Stored>,
    failed: Vec<Failed>,
}

/// Converts reports and stores each as it is done, with progress and a summary.
pub(super) fn store(places: &[Place], mode: Mode, telling: Telling, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let begun = Instant::now();
    out.talk("Loading ontology, authority, forms and lexicons");
    let converter = Converter::load()?;
    let mut target = Target::new(&config.store, &converter, mode == Mode::Build)?;
    let mut reports = Reports::new(&converter, config);
    let mut stored = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let step = format!("[{}/{}]", at + 1, places.len());
        let name = place.name();
        out.talk(format_args!("{step} Converting `{name}`"));
        let Some(done) = reports.convert(place, out) else { continue };
        let conversion = &done.conversion;
        let statements = count(conversion.quads.len(), "statement", "statements");
        out.talk(format_args!("{step} Storing `{}`, {statements}", conversion.report));
        target.put(conversion)?;
        stored.push(Stored::new(name, done, config.uncertain_below));
    }
    let failed = reports.failed;
    out.talk(format_args!(
        "{} in `{}`, {:.1} s",
        count(stored.len(), "report is", "reports are"),
        config.store.display(),
        begun.elapsed().as_secs_f64()
    ));
    if !failed.is_empty() {
        let untouched = if stored.is_empty() { ": the store is as it was" } else { "" };
        out.warn(format_args!("{} not stored{untouched}", count(failed.len(), "report was", "reports were")));
    }
    let status = if failed.is_empty() { Status::Success } else { Status::Failure };
    if telling.json {
        out.json(&Done { store: config.store.clone(), reports: stored, failed })?;
    } else if !out.is_quiet() {
        for report in &stored {
            report.write(telling.verbose, out)?;
        }
        if !telling.verbose && stored.iter().any(Stored::has_more) {
            out.talk("Add `--verbose` to see every place, with its line.");
        }
    }
    Ok(status)
}
