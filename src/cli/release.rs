//! `flg release`: a version of the dataset, in a folder that never changes.

use super::Status;
use super::output::{Output, visible};
use super::remote::Server;
use crate::backup::{self, Source};
use crate::config::Config;
use crate::describe::version::DATA;
use crate::model::moment::Moment;
use crate::release::{self, Order, Outcome, Release, check, list};
use crate::store::{self, Access, Embedded, Store, StoreError};
use anyhow::Context as _;
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempDir};

/// Where releases are, if neither a flag nor the settings say it.
const FOLDER: &str = "releases";

/// Make a version of the dataset that can be cited, checked and had for good
#[derive(Debug, clap::Args)]
#[command(
    disable_version_flag = true,
    after_help = "\
A release is a folder of files: all statements as canonical N-Quads (RDFC-1.0), what is new, gone and changed since the version before,
in words, as RDF and to the statement, a description (VoID, DCAT), a manifest of what it was made of, and the SHA-256 of each file. The
same store with the same version, date and notes, after the same versions, gives the same bytes. A release is never changed, and never
there in part. Where nothing has changed since the last version, none is made.

`flg serve --releases DIR` shows them at /release/, and answers who asks with `Accept-Datetime` as the version of that day did
(RFC 7089): docs/releasing.md.

While a server that writes has the store open, the server hands the store over: that takes a token with the right `admin`.

Examples:
  flg release                                 version 2026-11-29, if that is today, in ./releases
  flg release --version 1.2.0 --notes 'The reports of 2026'
  flg release --out /srv/releases --date 2026-11-29T16:00:00Z
  flg release --check                         make sure that all releases are still whole
  cd releases/2026-11-29 && sha256sum -c SHA256SUMS
  flg diff releases/2026-10-31/forced-labour-graph.nq releases/2026-11-29/forced-labour-graph.nq --lang es"
)]
pub(super) struct Args {
    /// The folder of all releases [default: the setting `releases`, else releases]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What the version is called [default: its day, with a number behind it from the second of a day on]
    #[arg(long, value_name = "NAME")]
    version: Option<String>,
    /// From when on it stands for the dataset: a day, or a moment of it in UTC [default: now]
    #[arg(long, value_name = "DATE", value_parser = moment)]
    date: Option<Moment>,
    /// What is to be said of it
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
    /// Make it though nothing has changed
    #[arg(long)]
    force: bool,
    /// Make no release, and make sure that those that there are are whole
    #[arg(long, conflicts_with_all = ["version", "date", "notes", "force"])]
    check: bool,
    /// Say what was made, or checked, as JSON, for programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    server: Server,
}

fn moment(text: &str) -> Result<Moment, String> {
    Moment::parse(text).ok_or_else(|| "it takes a day such as 2026-11-29, or a moment such as 2026-11-29T16:00:00Z".to_owned())
}

/// Makes a release, or checks those that there are.
///
/// # Errors
/// As [`release::write`] and [`check`].
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let folder = args.out.clone().or_else(|| config.releases.clone()).unwrap_or_else(|| FOLDER.into());
    if args.check {
        return checked(&folder, args.json, out);
    }
    let order = Order {
        folder: &folder,
        version: args.version.as_deref(),
        date: args.date.unwrap_or_else(Moment::now),
        notes: args.notes.as_deref().map(str::trim).filter(|notes| !notes.is_empty()),
        force: args.force,
    };
    let outcome = match (args.server.named()?, store::open(config, Access::Read)) {
        (None, Ok(store)) => release::write(store.as_ref(), &order)?,
        (Some(remote), _) => Handed::over(&remote, out)?.release(&order)?,
        (None, Err(StoreError::Locked(_))) => Handed::over(&args.server.of_store(config)?, out)?.release(&order)?,
        (None, Err(error)) => return Err(error.into()),
    };
    tell(&outcome, args.json, out)?;
    Ok(Status::Success)
}

/// The content of a server's store, as it was at one moment.
struct Handed {
    store: Embedded,
    _folder: TempDir,
}

impl Handed {
    /// Has a server hand over what its store holds.
    fn over(remote: &super::remote::Remote, out: &mut Output) -> anyhow::Result<Self> {
        let cannot = "cannot keep what the server hands over";
        let mut file = NamedTempFile::new().context(cannot)?;
        remote.backup(file.as_file_mut(), out)?;
        let folder = tempfile::tempdir().context(cannot)?;
        let store = Embedded::open_or_create(&folder.path().join("store"))?;
        backup::restore(&store, Source { path: file.path(), name: "the server's backup" }, false, &mut |_| {})?;
        Ok(Self { store, _folder: folder })
    }

    fn release(&self, order: &Order<'_>) -> Result<Outcome, release::ReleaseError> {
        release::write(&self.store as &dyn Store, order)
    }
}

fn tell(outcome: &Outcome, json: bool, out: &mut Output) -> std::io::Result<()> {
    let made = match outcome {
        Outcome::Made(made) => made,
        Outcome::Unchanged(version) if json => return out.json(&serde_json::json!({ "unchanged": version })),
        Outcome::Unchanged(version) => {
            out.line(format_args!("Nothing has changed since version `{version}`: no release was made"))?;
            out.talk("hint: `--force` makes one all the same");
            return Ok(());
        }
    };
    if json {
        return out.json(&serde_json::json!({ "folder": made.folder, "release": made.manifest }));
    }
    let manifest = &made.manifest;
    out.line(format_args!("Released version `{}` of {} in `{}`", made.version(), made.date, made.folder.display()))?;
    let content = &manifest.content;
    let (reports, decisions) = (manifest.inputs.len(), manifest.decisions.len());
    out.line(format_args!(
        "{} statements in {} graphs, of {reports} reports and {decisions} decisions",
        content.statements, content.graphs
    ))?;
    if let (Some(previous), Some(change)) = (&manifest.previous, &manifest.changes) {
        out.line(format_args!(
            "Since version `{previous}`: {} new, {} gone, {} changed; {} statements more and {} fewer",
            change.new, change.gone, change.changed, change.added, change.removed
        ))?;
    }
    out.line(format_args!("SHA-256 of `{DATA}`: {}", content.sha256))
}

/// Makes sure that all releases are whole, and says of each whether it is.
fn checked(folder: &Path, json: bool, out: &mut Output) -> anyhow::Result<Status> {
    let releases = list(folder)?;
    if releases.is_empty() {
        anyhow::bail!("there are no releases in `{}`\nhint: name their folder with `--out DIR`", folder.display());
    }
    let mut faults = 0;
    let mut told = Vec::new();
    for one in &releases {
        let fault = check(one).err().map(anyhow::Error::new);
        faults += usize::from(fault.is_some());
        match &fault {
            Some(fault) => out.error(fault),
            None if !json => out.line(format_args!("`{}` is whole: {}", one.version(), whole(one)))?,
            None => {}
        }
        told.push(serde_json::json!({ "version": one.version(), "whole": fault.is_none(), "fault": fault.map(|f| visible(&f.to_string())) }));
    }
    if json {
        out.json(&serde_json::json!({ "releases": told }))?;
    }
    Ok(if faults == 0 { Status::Success } else { Status::Failure })
}

fn whole(release: &Release) -> String {
    format!("{} statements, {} files", release.manifest.content.statements, release.files().count())
}
