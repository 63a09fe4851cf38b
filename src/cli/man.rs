//! `flg man`: the manual pages.

use super::output::Output;
use super::{Cli, Status};
use anyhow::Context as _;
use clap::CommandFactory as _;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  flg man | man -l -                        read it
  flg man query | man -l -                  read the page of one command
  flg man --dir ~/.local/share/man/man1     install a page for each command";

/// Print a manual page, or write all of them
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The command; without it, the page of flg itself
    command: Option<String>,
    /// Write a page for each command into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &Args, out: &mut Output) -> anyhow::Result<Status> {
    let mut flg = Cli::command();
    flg.build();
    if let Some(dir) = &args.dir {
        std::fs::create_dir_all(dir)
            .and_then(|()| clap_mangen::generate_to(flg, dir))
            .with_context(|| format!("cannot write manual pages to `{}`", dir.display()))?;
        return Ok(Status::Success);
    }
    let page = match &args.command {
        None => flg,
        Some(name) => flg.find_subcommand(name).cloned().with_context(|| {
            let known: Vec<_> = flg.get_subcommands().map(|c| format!("`{}`", c.get_name())).collect();
            format!("there is no command `{name}`\nhint: the commands are {}", known.join(", "))
        })?,
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    out.data().write_all(&roff)?;
    Ok(Status::Success)
}
