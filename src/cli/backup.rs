//! `flg backup`: the whole store in one file, while it is in use.

use super::Status;
use super::aside::Aside;
use super::output::Output;
use super::remote::Server;
use crate::backup::{self, Head, Source, Summary};
use crate::config::Config;
use crate::model::moment::now;
use crate::store::{self, Access, StoreError};
use anyhow::Context as _;
use std::path::{Path, PathBuf};

/// Write all that the store holds to one file, while it is in use
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A backup is sorted N-Quads packed with gzip, with lines at its beginning and end that say what made it, when, how many quads it has,
and its SHA-256. It holds the store as it was at one moment, whoever writes meanwhile; it is read back and checked before it gets
its name. The same content gives the same revision.

While a server that writes has the store open, the server makes the backup: that takes a token with the right `admin`.

Examples:
  flg backup /var/backups/flg              into a folder, under a name with the time
  flg backup graph.nq.gz                   into this file, whose place it takes when it is whole
  FLG_TOKEN=flg_… flg backup graph.nq.gz   from the server that has the store open
  flg backup graph.nq.gz --server https://graph.example/ --token-file admin.token
  flg restore --check graph.nq.gz          make sure later that it is whole
  zcat graph.nq.gz | grep -v '^#' | head   it is N-Quads")]
pub(super) struct Args {
    /// The file, or a folder for files with the time in their names
    to: PathBuf,
    /// Say what was written as JSON, for programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    server: Server,
}

/// Writes a backup.
///
/// # Errors
/// If the store cannot be read, or the file not written.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let head = Head::new(now());
    let path = if args.to.is_dir() { args.to.join(head.file_name()) } else { args.to.clone() };
    let name = path.display().to_string();
    let cannot = || format!("cannot write `{name}`");
    let mut aside = Aside::of(&path).with_context(cannot)?;
    let remote = match args.server.named()? {
        Some(remote) => Some(remote),
        None => match store::open(config, Access::Read) {
            Ok(store) => {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                out.begin_counting(store.size()? as u64, "quads");
                let written = backup::write(store.as_ref(), &head, aside.file(), (&name, folder), &mut |quads| out.reach(quads));
                out.end();
                written?;
                None
            }
            Err(StoreError::Locked(_)) => Some(args.server.of_store(config)?),
            Err(error) => return Err(error.into()),
        },
    };
    if let Some(remote) = remote {
        remote.backup(aside.file(), out)?;
    }
    let Some(written) = aside.path() else { return Ok(Status::Success) };
    let summary = backup::check(Source { path: written, name: &name }, &mut |_| {})?;
    aside.put(&path).with_context(cannot)?;
    tell(&name, &summary, args.json, out)?;
    Ok(Status::Success)
}

fn tell(name: &str, summary: &Summary, json: bool, out: &mut Output) -> std::io::Result<()> {
    if json {
        return out.json(&serde_json::json!({ "file": name, "backup": summary }));
    }
    let end = &summary.end;
    out.line(format_args!("Wrote `{name}`: {} quads in {} graphs, revision {}", end.quads, end.graphs, end.revision))?;
    out.line(format_args!("SHA-256 of its lines: {}", end.sha256))
}
