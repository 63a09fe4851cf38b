//! `flg add`: reports into the store, each instead of its former self.

use super::Status;
use super::build::{Mode, Telling, store};
use super::output::Output;
use super::places::places;
use super::reports::Jobs;
use crate::config::Config;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  flg add ghana.txt guatemala.docx
  flg add reports/                   a folder, with all that is in it
  flg add 'reports/**/*2021*.html'   what a pattern matches
  flg add https://example.org/reports/mexico-2022.txt
  pdftotext report.pdf - | flg add -

A report that the store has already is replaced as a whole, and people's decisions on it stay (`flg review`); one whose file has
not changed is passed over, unless `--force` is given. One that fails is told and not stored; the others are.";

/// Add reports to the graph, or replace them there
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The reports: files (text, PDF, HTML, DOCX, XML), folders, patterns, addresses, or `-` for standard input
    #[arg(required = true, value_name = "FILE|FOLDER|URL")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    jobs: Jobs,
    #[command(flatten)]
    telling: Telling,
}

/// Adds the reports.
///
/// # Errors
/// If the store cannot be used. A report that fails is told, and the status says so.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    store(&places(&args.files), Mode::Add, args.telling, args.jobs, config, out)
}
