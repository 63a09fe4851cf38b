//! `flg convert`: reports to RDF, without a store.

use super::Status;
use super::aside::Aside;
use super::output::Output;
use super::places::places;
use super::reports::{Converted, Failed, Jobs, Outcome, Place, Reports, count, tell_diagnostics};
use crate::config::Config;
use crate::convert::{Conversion, Converter, Summary};
use crate::graph::canonical::canonical;
use crate::graph::serialise::{Syntax, write_quads};
use crate::model::diagnostic::Diagnostic;
use crate::model::statements::Statements;
use anyhow::Context as _;
use clap::ValueEnum;
use oxigraph::model::QuadRef;
use std::io::Write;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  flg convert report.txt                     canonical N-Quads: the same report gives the same bytes
  flg convert report.txt -o report.trig      TriG, which people can read; the ending says so
  flg convert reports/ -o reports.nq         all reports of a folder, one output
  flg convert 'r/*.html' -f jsonld | jq .    what a pattern matches
  pdftotext report.pdf - | flg convert -     a report from standard input

What was not understood is said on standard error, with file and line. Reports are written in the order in which they are
named, each in canonical order. One that fails is told, and the others are written; the exit code is 1 then.";

/// Turn reports into RDF: their facts, the words that state them, and the names of what they mention
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The reports: files (text, PDF, HTML, DOCX, XML), folders, patterns, addresses, or `-` for standard input
    #[arg(required = true, value_name = "FILE|FOLDER|URL")]
    files: Vec<PathBuf>,
    /// The form of the output [default: what the ending of OUT says, else nq]
    #[arg(long, short, value_name = "FORM")]
    format: Option<Format>,
    /// The file to write, whole or not at all [default: standard output]
    #[arg(long, short, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Give a summary as JSON on standard output; the reports go to OUT
    #[arg(long, requires = "output")]
    json: bool,
    #[command(flatten)]
    jobs: Jobs,
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
    /// The text of what a report says. Of several reports, the texts one after the other are one text of this form, but for
    /// JSON-LD, of which a list holds them all: here is what stands in it.
    fn serialise(self, statements: &Statements) -> std::io::Result<Vec<u8>> {
        let syntax = match self {
            Self::Nq => return Ok(canonical(statements).into_bytes()),
            Self::Trig => Syntax::TriG,
            Self::Ttl => Syntax::Turtle,
            Self::Jsonld => Syntax::JsonLd,
        };
        let mut bytes = Vec::new();
        write_quads(statements.iter().map(QuadRef::into_owned), syntax, &mut bytes)?;
        if self == Self::Jsonld {
            let list = bytes.trim_ascii();
            let inner = list.strip_prefix(b"[").and_then(|list| list.strip_suffix(b"]")).unwrap_or(list);
            return Ok(inner.trim_ascii().to_vec());
        }
        Ok(bytes)
    }
}

/// A converted report, ready to be written.
struct Written {
    name: String,
    bytes: Vec<u8>,
    report: String,
    summary: Summary,
    diagnostics: Vec<Diagnostic>,
}

/// What was done, for programs.
#[derive(serde::Serialize)]
struct Done<'a> {
    output: Option<&'a Path>,
    reports: Vec<Outcome>,
    failed: Vec<Failed>,
}

/// Converts the reports, several at once, and writes them in the order in which they were named.
///
/// # Errors
/// If the output cannot be written. A report that fails is told, and the status says so.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let format = args.format.or_else(|| args.output.as_deref().and_then(by_ending)).unwrap_or(Format::Nq);
    let places = places(&args.files);
    let mut target = match &args.output {
        Some(path) => {
            refuse_to_overwrite(path, &places)?;
            Some(Aside::of(path).with_context(|| unwritable(path))?)
        }
        None => None,
    };
    let converter = Converter::load()?;
    let mut reports = Reports::new(&converter, config, args.jobs);
    let make = |place: &Place, done: Converted| {
        let Conversion { report, statements, summary, diagnostics, .. } = done.conversion;
        Ok(Written { name: place.name(), bytes: format.serialise(&statements)?, report, summary, diagnostics })
    };
    let mut first = true;
    let worked = reports.convert(&places, out, make, |done, _, out| {
        tell_diagnostics(&done.name, &done.diagnostics, out);
        let facts = count(done.summary.facts, "fact", "facts");
        let claims = count(done.summary.claims, "claim", "claims");
        out.talk(format_args!("{}: `{}`, {facts}, {claims}", done.name, done.report));
        let before: &[u8] = match (format, first) {
            (Format::Jsonld, true) => b"[",
            (Format::Jsonld, false) => b",",
            _ => b"",
        };
        first = false;
        let to: &mut dyn Write = target.as_mut().map_or_else(|| out.data(), |target| target.file());
        to.write_all(before)?;
        Ok(to.write_all(&done.bytes)?)
    });
    if format == Format::Jsonld && !first {
        target.as_mut().map_or_else(|| out.data(), |target| target.file()).write_all(b"]\n")?;
    }
    if places.len() > 1 {
        for line in reports.table(out.talk_style) {
            out.talk(line);
        }
    }
    worked?;
    let (done, failed) = (reports.done.len(), reports.failed.len());
    if let (Some(path), Some(target)) = (&args.output, target)
        && done > 0
    {
        target.put(path).with_context(|| unwritable(path))?;
        out.talk(format_args!("Wrote `{}`", path.display()));
    }
    if failed > 0 && places.len() > 1 {
        out.warn(match done {
            0 => "nothing was written, because no report could be converted".to_owned(),
            _ => format!("{} not converted; the others were written", count(failed, "report was", "reports were")),
        });
    }
    if args.json {
        out.json(&Done { output: args.output.as_deref(), reports: reports.done, failed: reports.failed })?;
    }
    Ok(if failed == 0 { Status::Success } else { Status::Failure })
}

fn unwritable(path: &Path) -> String {
    format!("cannot write `{}`\nhint: check that its folder is there and may be written", path.display())
}

/// The form that the ending of a file's name stands for.
fn by_ending(path: &Path) -> Option<Format> {
    path.extension().and_then(|ending| Format::from_str(ending.to_str()?, true).ok())
}

/// Refuses an output that is a folder or one of the reports.
fn refuse_to_overwrite(path: &Path, places: &[Place]) -> anyhow::Result<()> {
    if path.is_dir() {
        anyhow::bail!("`{0}` is a folder\nhint: name a file in it, for instance `{0}/out.nq`", path.display());
    }
    let own = path.canonicalize();
    let same = |place: &&Place| match place {
        Place::File(file) | Place::Record { file, .. } => matches!((file.canonicalize(), &own), (Ok(a), Ok(b)) if a == *b),
        _ => false,
    };
    if let Some(report) = places.iter().find(same) {
        anyhow::bail!("`{}` is one of the reports, and is not overwritten\nhint: name another output", report.name());
    }
    Ok(())
}
