//! `flg add`: reports into the store, each instead of its former self.

use super::Status;
use super::build::{Mode, Telling, store};
use super::output::Output;
use super::reports::Place;
use crate::config::Config;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  flg add ghana.txt guatemala.txt
  flg add https://example.org/reports/mexico-2022.txt
  pdftotext report.pdf - | flg add -

A report that the store has already is replaced as a whole. One that fails is told and not stored; the others are.";

/// Add reports to the graph, or replace them there
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The reports: text files, addresses, or `-` for standard input
    #[arg(required = true, value_name = "FILE|URL")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    telling: Telling,
}

/// Adds the reports.
///
/// # Errors
/// If the store cannot be used. A report that fails is told, and the status says so.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let places: Vec<Place> = args.files.iter().map(|file| Place::of(file)).collect();
    store(&places, Mode::Add, args.telling, config, out)
}
