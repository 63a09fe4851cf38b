//! The command line: one file per command, typed arguments, a returned status.
//!
//! Results go to standard output, talk to standard error; the exit code is 0 for success, 1 for bad input or failure,
//! 2 for wrong usage.

pub mod output;

mod add;
mod aside;
mod ask;
mod backup;
mod batch;
mod build;
mod check;
mod completions;
mod config;
mod convert;
mod diff;
mod flags;
mod interrupt;
mod man;
mod places;
mod probe;
mod publish;
mod query;
mod release;
mod remote;
mod reports;
mod restore;
mod review;
mod search;
mod serve;
mod show;
mod summary;
mod table;
mod target;
mod token;
mod worker;

use crate::config::{Config, Key, Sources};
use crate::knowledge::files::lay_over;
use clap::{Parser, Subcommand};
use output::Output;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// How a command ended. What went wrong has been said by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All went well.
    Success,
    /// Some input was bad.
    Failure,
    /// It ended as the command's help says that this exit code means.
    Code(u8),
}

const EXAMPLES: &str = "\
First steps:
  flg build                       make the graph from the reports that come with flg
  flg query dol-agriculture       ask one of the questions that come with it
  flg ask 'Who funds SENDEROS?'   ask in plain English, Spanish or French
  flg search 'sugar cane'         find names, and what reports say, in any of their languages
  flg show SENDEROS               what the graph knows of something, with the words that say it
  flg serve                       browse it at http://127.0.0.1:7878/
  flg publish --out site --base-url https://example.org    the same as files, for any file server

Settings: flags outdo the environment (`FLG_QUERY_TIMEOUT`), which outdoes the file `flg.toml` (`query-timeout = 5`); tokens
(`flg token`) stand only there. `flg config` prints them all, with what holds and where it is from.

Exit codes: 0 success, 1 bad input or failure, 2 wrong usage; `flg ask` and `flg search` have more.";

/// Turn reports on forced labour into a graph in which every fact carries the sentence it came from.
#[derive(Debug, Parser)]
#[command(name = "flg", version, after_help = EXAMPLES, propagate_version = true)]
#[command(arg_required_else_help = true, max_term_width = 110)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Args)]
struct Global {
    /// The folder of the store, or the address of a SPARQL service that it is on [environment: `FLG_STORE`; default: .flg/store]
    #[arg(long, global = true, value_name = "DIR|URL", help_heading = "Settings")]
    store: Option<PathBuf>,
    /// The file of settings [environment: `FLG_CONFIG`; default: flg.toml, if there is one]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Settings")]
    config: Option<PathBuf>,
    /// A folder of forms, lexicons and names of your own, laid over those that come with flg [environment: `FLG_KNOWLEDGE`]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Settings")]
    knowledge: Option<PathBuf>,
    /// Say nothing but warnings and errors
    #[arg(long, short, global = true, help_heading = "Settings")]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Add(add::Args),
    Convert(convert::Args),
    Check(check::Args),
    Query(query::Args),
    Show(show::Args),
    Ask(ask::Args),
    Search(search::Args),
    Diff(diff::Args),
    Review(review::Args),
    Release(release::Args),
    Serve(serve::Args),
    Publish(publish::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Config(config::Args),
    Token(token::Args),
    Completions(completions::Args),
    Man(man::Args),
    #[command(hide = true)]
    Worker(worker::Args),
}

/// Parses the arguments, runs the command, and says what went wrong: `main` without the process.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            Output::stdio(false).usage(&error);
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut out = Output::stdio(cli.global.quiet);
    let ended = run(cli, &mut out).and_then(|status| Ok(out.flush().map(|()| status)?));
    match ended {
        Ok(Status::Success) => ExitCode::SUCCESS,
        Ok(Status::Failure) => ExitCode::FAILURE,
        Ok(Status::Code(code)) => ExitCode::from(code),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = out.flush(); // the error that is about to be told matters more
            out.error(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli, out: &mut Output) -> anyhow::Result<Status> {
    // It is told what it needs by the server, which has read the settings.
    if matches!(cli.command, Command::Worker(_)) {
        return worker::run();
    }
    let config = settings(&cli.global, cli.command.flags())?;
    if let Some(folder) = &config.knowledge {
        lay_over(folder)?;
    }
    match cli.command {
        Command::Build(args) => build::run(&args, &config, out),
        Command::Add(args) => add::run(&args, &config, out),
        Command::Check(args) => check::run(&args, &config, out),
        Command::Show(args) => show::run(&args, &config, out),
        Command::Ask(args) => ask::run(&args, &config, out),
        Command::Search(args) => search::run(&args, &config, out),
        Command::Diff(args) => diff::run(&args, &config, out),
        Command::Review(args) => review::run(&args, &config, out),
        Command::Convert(args) => convert::run(&args, &config, out),
        Command::Completions(args) => completions::run(&args, out),
        Command::Man(args) => man::run(&args, out),
        Command::Query(args) => query::run(&args, &config, out),
        Command::Serve(args) => serve::run(&args, &config, out),
        Command::Release(args) => release::run(&args, &config, out),
        Command::Publish(args) => publish::run(&args, &config, out),
        Command::Backup(args) => backup::run(&args, &config, out),
        Command::Restore(args) => restore::run(&args, &config, out),
        Command::Config(args) => config::run(&args, &config, out),
        Command::Token(args) => token::run(&args, out),
        Command::Worker(_) => worker::run(),
    }
}

impl Command {
    /// The flags for settings that it was given.
    fn flags(&self) -> &flags::Flags {
        const NONE: &flags::Flags = &flags::Flags(Vec::new());
        match self {
            Self::Serve(args) => &args.settings,
            Self::Config(args) => &args.settings,
            _ => NONE,
        }
    }
}

fn settings(global: &Global, flags: &flags::Flags) -> anyhow::Result<Config> {
    let variable = |name: &str| std::env::var(name).ok();
    let sources = Sources { file: global.config.as_deref(), folder: std::path::Path::new(""), variable: &variable };
    let mut config = Config::load(&sources)?;
    let paths = [("store", &global.store), ("knowledge", &global.knowledge)];
    let paths = paths.into_iter().filter_map(|(name, path)| Some((Key::named(name)?, path.as_ref()?.as_os_str())));
    let others = flags.0.iter().map(|(key, text)| (*key, std::ffi::OsStr::new(text)));
    for (key, value) in paths.chain(others) {
        config.flag(key, value)?;
    }
    Ok(config)
}
