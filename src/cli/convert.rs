//! `flg convert`: reports to RDF, without a store.

use super::Status;
use super::output::Output;
use super::reports::{Place, Reports, count, tell_diagnostics};
use crate::config::Config;
use crate::convert::Converter;
use crate::graph::canonical::canonical_nquads;
use crate::graph::serialise::{Syntax, write_quads};
use anyhow::Context as _;
use clap::ValueEnum;
use oxigraph::model::Quad;
use std::io::Write as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  flg convert report.txt                     canonical N-Quads: the same report gives the same bytes
  flg convert report.txt -o report.trig      TriG, which people can read; the ending says so
  flg convert *.txt --format jsonld | jq .   several reports, one output
  pdftotext report.pdf - | flg convert -     a report from standard input

What was not understood is said on standard error, with file and line. If any report fails, nothing is written.";

/// Turn reports into RDF: their facts, the words that state them, and the names of what they mention
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The reports: text files, addresses, or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The form of the output [default: what the ending of OUT says, else nq]
    #[arg(long, short, value_name = "FORM")]
    format: Option<Format>,
    /// The file to write, whole or not at all [default: standard output]
    #[arg(long, short, value_name = "OUT")]
    output: Option<PathBuf>,
}

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Canonical N-Quads (RDFC-1.0)
    Nq,
    /// `TriG`: Turtle with named graphs
    Trig,
    /// Turtle: all graphs in one
    Ttl,
    /// JSON-LD, expanded
    Jsonld,
}

impl Format {
    fn serialise(self, quads: Vec<Quad>) -> std::io::Result<Vec<u8>> {
        let syntax = match self {
            Self::Nq => return Ok(canonical_nquads(quads).into_bytes()),
            Self::Trig => Syntax::TriG,
            Self::Ttl => Syntax::Turtle,
            Self::Jsonld => Syntax::JsonLd,
        };
        let mut bytes = Vec::new();
        write_quads(quads, syntax, &mut bytes)?;
        Ok(bytes)
    }
}

/// Converts the reports and writes them in one piece.
///
/// # Errors
/// If the output cannot be written. A report that fails is told, and the status says so.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let format = args.format.or_else(|| args.output.as_deref().and_then(by_ending)).unwrap_or(Format::Nq);
    if let Some(path) = &args.output {
        refuse_to_overwrite(path, &args.files)?;
    }
    let converter = Converter::load()?;
    let mut reports = Reports::new(&converter, config);
    let mut quads = Vec::new();
    for file in &args.files {
        let place = Place::of(file);
        let Some(done) = reports.convert(&place, out) else { continue };
        let (name, conversion) = (place.name(), done.conversion);
        tell_diagnostics(&name, &conversion.diagnostics, out);
        let facts = count(conversion.summary.facts, "fact", "facts");
        let claims = count(conversion.summary.claims, "claim", "claims");
        out.talk(format_args!("{name}: `{}`, {facts}, {claims}", conversion.report));
        quads.extend(conversion.quads);
    }
    if !reports.failed.is_empty() {
        if args.files.len() > 1 {
            out.warn("nothing was written, because not every report could be converted");
        }
        return Ok(Status::Failure);
    }
    let bytes = format.serialise(quads)?;
    match &args.output {
        Some(path) => {
            write_whole(path, &bytes).with_context(|| {
                format!("cannot write `{}`\nhint: check that its folder is there and may be written", path.display())
            })?;
            out.talk(format_args!("Wrote `{}`", path.display()));
        }
        None => out.data().write_all(&bytes)?,
    }
    Ok(Status::Success)
}

/// The form that the ending of a file's name stands for.
fn by_ending(path: &Path) -> Option<Format> {
    path.extension().and_then(|ending| Format::from_str(ending.to_str()?, true).ok())
}

/// Refuses an output that is a folder or one of the reports.
fn refuse_to_overwrite(path: &Path, files: &[PathBuf]) -> anyhow::Result<()> {
    if path.is_dir() {
        anyhow::bail!("`{0}` is a folder\nhint: name a file in it, for instance `{0}/out.nq`", path.display());
    }
    let same = |file: &PathBuf| matches!((file.canonicalize(), path.canonicalize()), (Ok(a), Ok(b)) if a == b);
    if let Some(report) = files.iter().find(|file| same(file)) {
        anyhow::bail!("`{}` is one of the reports, and is not overwritten\nhint: name another output", report.display());
    }
    Ok(())
}

/// Writes a file aside and puts it in its place when it is complete. What is no ordinary file, a pipe for instance, is
/// written to; where a link stands, the file that it leads to is replaced.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return std::fs::write(path, bytes);
    }
    let resolved = path.canonicalize();
    let path = resolved.as_deref().unwrap_or(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file: the process's mask takes away what it should.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.prefix(".flg-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}
