//! `flg build`: the graph from ontology, authority and reports, in the store.

use super::Status;
use super::output::Output;
use super::places::places;
use super::reports::{Converted, Failed, Jobs, Place, Reports, Unchanged, count};
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
  flg build reports/                 reports of your own instead: a folder, files, patterns, addresses
  flg build --verbose 2> found.txt   with every place that was not understood
  flg build --json | jq '.reports[].facts'
  flg build --force                  also what has not changed

A report whose file has not changed, and that this version of flg has converted, is passed over.
Building again gives the same graph. Reports that the store has besides are left as they are: delete its folder to start over.";

/// Make the graph: ontology, authority and reports
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Reports of your own: files (text, PDF, HTML, DOCX, XML), folders, patterns, addresses, or `-` for standard input
    /// [default: those that come with flg]
    #[arg(value_name = "FILE|FOLDER|URL")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    jobs: Jobs,
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
    /// Convert reports that have not changed, too
    #[arg(long)]
    force: bool,
}

/// Fills the store.
///
/// # Errors
/// If the store cannot be used. A report that fails is told, and the status says so.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let places = if args.files.is_empty() {
        bundled()?.into_iter().map(|report| Place::Bundled(Box::new(report))).collect()
    } else {
        places(&args.files)
    };
    store(&places, Mode::Build, args.telling, args.jobs, config, out)
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
    store: String,
    reports: Vec<Stored>,
    unchanged: Vec<Unchanged>,
    failed: Vec<Failed>,
}

/// Converts reports and stores each as it is done, with progress and a summary.
pub(super) fn store(
    places: &[Place],
    mode: Mode,
    telling: Telling,
    jobs: Jobs,
    config: &Config,
    out: &mut Output,
) -> anyhow::Result<Status> {
    let begun = Instant::now();
    out.talk("Loading ontology, authority, forms and lexicons");
    let converter = Converter::load()?;
    // Names of one's own are names of the graph.
    let refresh = mode == Mode::Build || config.knowledge.is_some();
    let mut target = Target::new(config, &converter, refresh)?;
    let mut reports = Reports::new(&converter, config, jobs);
    if !telling.force {
        reports.stored = target.unchanged()?;
    }
    // Of many reports, a row each is enough, unless all is to be told.
    let whole = telling.json || telling.verbose || places.len() == 1;
    let mut stored = Vec::new();
    let below = config.uncertain_below;
    let make = |place: &Place, done: Converted| Ok((whole.then(|| Stored::new(place.name(), &done, below)), done.conversion));
    let worked = reports.convert(places, out, make, |(report, conversion), step, out| {
        let statements = count(conversion.statements.len(), "statement", "statements");
        out.progress(format_args!("{step} Storing `{}`, {statements}", conversion.report));
        target.put(&conversion)?;
        stored.extend(report);
        Ok(())
    });
    if mode == Mode::Build {
        target.refresh()?;
    }
    let (done, failed) = (reports.done.len(), reports.failed.len());
    let unchanged = reports.unchanged.len();
    let and_unchanged = if unchanged == 0 { String::new() } else { format!(" stored, {unchanged} unchanged,") };
    out.talk(format_args!(
        "{}{and_unchanged} in `{}`, {:.1} s",
        count(done, "report is", "reports are"),
        config.store,
        begun.elapsed().as_secs_f64()
    ));
    if failed > 0 {
        let untouched = if done == 0 { ": the store is as it was" } else { "" };
        out.warn(format_args!("{} not stored{untouched}", count(failed, "report was", "reports were")));
    }
    if telling.json {
        let Reports { unchanged, failed, .. } = reports;
        out.json(&Done { store: config.store.to_string(), reports: stored, unchanged, failed })?;
    } else if !out.is_quiet() {
        for report in &stored {
            report.write(telling.verbose, out)?;
        }
        if places.len() > 1 {
            // Where nothing was stored, there is no result, only talk.
            for line in reports.table(out.style) {
                if done + unchanged > 0 { out.line(line)? } else { out.talk(line) }
            }
        }
        if !telling.verbose && (places.len() > 1 || stored.iter().any(Stored::has_more)) {
            out.talk("Add `--verbose` to see every place, with its line.");
        }
    }
    worked?;
    Ok(if failed == 0 { Status::Success } else { Status::Failure })
}
