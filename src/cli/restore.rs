//! `flg restore`: a backup in the place of what the store holds.

use super::Status;
use super::output::Output;
use super::remote::Server;
use crate::backup::{self, Source, Summary};
use crate::config::Config;
use crate::store::{self, Access, StoreError};
use anyhow::Context as _;
use serde::Deserialize as _;
use std::path::PathBuf;

/// Put a backup into an empty store, or in the place of what the store holds
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The backup is checked first. Then the store holds all of it, or what it held before: also if this process is killed, and also for
those who read meanwhile. Empty graphs are restored, and the default graph, if the store has one of its own.

While a server that writes has the store open, the server restores the backup: that takes a token with the right `admin`.

Examples:
  flg restore --check graph.nq.gz            is it whole, and what does it hold?
  flg restore graph.nq.gz                    into an empty store, or a new one
  flg restore graph.nq.gz --replace          what the store held is gone then: back it up before
  flg restore graph.nq.gz --replace --server https://graph.example/ --token-file admin.token")]
pub(super) struct Args {
    /// The backup, as `flg backup` makes it
    file: PathBuf,
    /// Put it in the place of what the store holds
    #[arg(long)]
    replace: bool,
    /// Read it to its end and say whether it is whole; change nothing
    #[arg(long, conflicts_with_all = ["replace", "server"])]
    check: bool,
    /// Say what was done as JSON, for programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    server: Server,
}

/// Restores a backup.
///
/// # Errors
/// If it is none or is damaged, or the store is not empty or cannot be written.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let name = args.file.display().to_string();
    let source = Source { path: &args.file, name: &name };
    if args.check {
        out.begin_counting(0, "quads");
        let checked = backup::check(source, &mut |quads| out.reach(quads));
        out.end();
        let summary = checked?;
        return tell(args, &format!("`{name}` is whole"), &summary, None, out);
    }
    let remote = match args.server.named()? {
        Some(remote) => remote,
        None => match store::open(config, Access::Create) {
            Ok(store) => {
                let before = store.size()?;
                out.begin_counting(0, "quads");
                let restored = backup::restore(store.as_ref(), source, args.replace, &mut |quads| out.reach(quads));
                out.end();
                let place = format!("Restored `{name}` to `{}`", config.store);
                return tell(args, &place, &restored?, Some(before), out);
            }
            Err(StoreError::Locked(_)) => args.server.of_store(config)?,
            Err(error) => return Err(error.into()),
        },
    };
    // What the server would refuse need not be sent.
    backup::check(source, &mut |_| {})?;
    let answer = remote.restore(&args.file, args.replace)?;
    let summary = Summary::deserialize(&answer["restored"]).context("the server's answer is none that this version knows")?;
    let before = answer["before"]["quads"].as_u64().and_then(|quads| usize::try_from(quads).ok());
    tell(args, &format!("Restored `{name}` through `{}`", remote.address()), &summary, before, out)
}

fn tell(args: &Args, what: &str, summary: &Summary, before: Option<usize>, out: &mut Output) -> anyhow::Result<Status> {
    let Summary { head, end } = summary;
    if args.json {
        out.json(&serde_json::json!({ "file": args.file, "backup": summary, "before": before }))?;
        return Ok(Status::Success);
    }
    out.line(format_args!("{what}: {} quads in {} graphs, revision {}", end.quads, end.graphs, end.revision))?;
    out.line(format_args!("Made on {} by version {}", head.made, head.program))?;
    if let Some(before) = before.filter(|before| *before > 0) {
        out.line(format_args!("The {before} quads that the store held are gone"))?;
    }
    Ok(Status::Success)
}
