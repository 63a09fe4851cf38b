//! `flg completions`: what the shell needs to complete commands and options.

use super::output::Output;
use super::{Cli, Status};
use clap::CommandFactory as _;
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  flg completions bash > ~/.local/share/bash-completion/completions/flg
  flg completions zsh  > ~/.zfunc/_flg
  flg completions fish > ~/.config/fish/completions/flg.fish";

/// Print the completions of a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args, out: &mut Output) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "flg", &mut script);
    out.data().write_all(&script)?;
    Ok(Status::Success)
}
