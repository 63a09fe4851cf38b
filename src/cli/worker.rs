//! `flg worker`: a process that `flg serve` starts to evaluate queries in. It is of no use to people, and not in the help.

use super::Status;
use crate::config::Config;
use crate::store::{Program, work};
use anyhow::Context;

/// The name of the command.
const NAME: &str = "worker";

/// Evaluates queries for `flg serve`, which starts it
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

/// Evaluates what the server gives, until that is gone.
///
/// # Errors
/// If it was not started by a server.
pub(super) fn run() -> anyhow::Result<Status> {
    work().context("this command is for `flg serve` alone, which starts it\nhint: run `flg serve`")?;
    Ok(Status::Success)
}

/// How such a process is started.
///
/// # Errors
/// If the system does not tell where this program is.
pub(super) fn program(config: &Config) -> anyhow::Result<Program> {
    let path = std::env::current_exe().context("cannot find this program to start it for queries")?;
    Ok(Program { path, arguments: vec![NAME.to_owned()], memory: config.limits.query_memory })
}
