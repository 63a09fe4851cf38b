//! Reports as commands take them: where each is read from, how they are converted, several at once, and what is told when
//! that fails.

use super::batch::{News, in_order};
use super::interrupt;
use super::output::{Output, Style};
use super::table;
use crate::config::Config;
use crate::convert::{Conversion, ConvertError, Converter};
use crate::knowledge::reports::Bundled;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::read::{self, address};
use anyhow::Context as _;
use std::collections::HashMap;
use std::io::Read as _;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Where a report is read from.
pub(super) enum Place {
    File(PathBuf),
    Input,
    Address(String),
    Bundled(Box<Bundled>),
    /// One of several reports of a file, read already.
    Record {
        file: PathBuf,
        document: Box<Document>,
    },
    /// There is nothing to read, for a reason that was found when the argument was looked at.
    Nothing {
        name: String,
        why: String,
    },
}

impl Place {
    /// What messages call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Input => "standard input".to_owned(),
            Self::Address(address) => address.clone(),
            Self::Bundled(report) => report.path(),
            Self::Record { document, .. } => document.source.name.clone(),
            Self::Nothing { name, .. } => name.clone(),
        }
    }

    /// Reads it.
    pub(super) fn read(&self, config: &Config) -> anyhow::Result<Document> {
        Ok(match self {
            Self::File(path) => read::file(path)?,
            Self::Address(address) => address::fetch(address, config.fetch_timeout)?,
            Self::Bundled(report) => read::document(&report.path(), &report.bytes)?,
            Self::Record { document, .. } => Document::clone(document),
            Self::Nothing { why, .. } => anyhow::bail!("{why}"),
            Self::Input => {
                let mut bytes = Vec::new();
                let mut input = std::io::stdin().lock().take(read::LARGEST + 1);
                input.read_to_end(&mut bytes).context("cannot read standard input")?;
                read::document(&self.name(), &bytes)?
            }
        })
    }
}

/// A report and what it was converted to.
pub(super) struct Converted {
    pub(super) document: Document,
    pub(super) conversion: Conversion,
}

/// A report that was not converted or not stored, for programs.
#[derive(serde::Serialize)]
pub(super) struct Failed {
    /// The report's file or address.
    file: String,
    /// Why, with the remedy.
    error: String,
    /// The rules that its graph breaks, if that is why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    violations: Vec<Diagnostic>,
}

/// A report that the store has already, made from the same bytes by the same program, for programs.
#[derive(serde::Serialize)]
pub(super) struct Unchanged {
    /// The report's file or address.
    file: String,
    /// Its identifier.
    report: String,
}

/// How many reports are converted at once.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Jobs {
    /// Work on so many at once; the result is the same [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

impl Jobs {
    pub(super) fn number(self) -> usize {
        let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.jobs.unwrap_or_else(cores).get()
    }
}

/// What became of a report, in short.
#[derive(serde::Serialize)]
pub(super) struct Outcome {
    /// Where it was read from.
    file: String,
    /// Its identifier.
    report: String,
    form: String,
    language: String,
    facts: usize,
    /// What a person is asked to look at: new names, and claims below the confidence of the settings.
    uncertain: usize,
    /// Places that were not understood.
    not_understood: usize,
}

/// Converts the reports of a command, and remembers what became of each.
pub(super) struct Reports<'a> {
    converter: &'a Converter,
    config: &'a Config,
    jobs: Jobs,
    /// The reports that need no conversion, by the checksum of their files.
    pub(super) stored: HashMap<String, String>,
    /// Those that were passed over for it.
    pub(super) unchanged: Vec<Unchanged>,
    /// The place that each report was read from, by identifier.
    seen: HashMap<String, String>,
    pub(super) done: Vec<Outcome>,
    pub(super) failed: Vec<Failed>,
    /// A row for each report in the order of the places, failed or not.
    rows: Vec<Vec<String>>,
}

impl<'a> Reports<'a> {
    pub(super) fn new(converter: &'a Converter, config: &'a Config, jobs: Jobs) -> Self {
        Self {
            converter,
            config,
            jobs,
            stored: HashMap::new(),
            unchanged: Vec::new(),
            seen: HashMap::new(),
            done: Vec::new(),
            failed: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Reads and converts reports, several at once. What `make` makes of each is given to `take` in the order of the places,
    /// with how far the work is, `[2/7]`. One that fails, or was converted before, is told, and the others go on.
    ///
    /// # Errors
    /// The first error of `take`, or that the work was interrupted.
    pub(super) fn convert<R: Send>(
        &mut self,
        places: &[Place],
        out: &mut Output,
        make: impl Fn(&Place, Converted) -> anyhow::Result<R> + Sync,
        mut take: impl FnMut(R, &str, &mut Output) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let (converter, config, stored) = (self.converter, self.config, std::mem::take(&mut self.stored));
        let work = |place: &Place| -> anyhow::Result<Work<R>> {
            let document = place.read(config)?;
            if let Some(report) = stored.get(&document.source.sha256) {
                return Ok(Work::Unchanged(report.clone()));
            }
            let mut conversion = converter.convert(&document)?;
            let document = conversion.laid_out.take().unwrap_or(document);
            let outcome = outcome(place, &document, &conversion, config.uncertain_below);
            Ok(Work::Done(outcome, make(place, Converted { document, conversion })?))
        };
        interrupt::listen();
        out.begin(places.len());
        let worked = in_order(places, self.jobs.number(), work, |news| {
            let step = |at: usize| format!("[{}/{}]", at + 1, places.len());
            match news {
                News::Begun(at) => {
                    if let Some(place) = places.get(at) {
                        out.progress(format_args!("{} Converting `{}`", step(at), place.name()));
                    }
                }
                News::Done(at, result) => {
                    let Some(place) = places.get(at) else { return Ok(()) };
                    match self.first(place, result) {
                        Ok(Work::Unchanged(report)) => {
                            out.progress(format_args!("`{report}` is unchanged (`--force` converts it anyway)"));
                            let unchanged = Unchanged { file: place.name(), report };
                            self.rows.push(unchanged.row());
                            self.unchanged.push(unchanged);
                        }
                        Ok(Work::Done(outcome, result)) => {
                            self.rows.push(outcome.row());
                            self.done.push(outcome);
                            take(result, &step(at), out)?;
                        }
                        Err(error) => {
                            let failed = told(&place.name(), &error, out);
                            self.rows.push(failed.row());
                            self.failed.push(failed);
                        }
                    }
                    out.advance();
                    anyhow::ensure!(
                        !interrupt::asked() || at + 1 == places.len(),
                        "interrupted after {}\nhint: what was done is whole; give the rest again",
                        count(at + 1, "report", "reports")
                    );
                }
            }
            Ok(())
        });
        out.end();
        worked
    }

    /// The result of a report, if it is the first with its identifier.
    fn first<R>(&mut self, place: &Place, result: Option<anyhow::Result<Work<R>>>) -> anyhow::Result<Work<R>> {
        let broke = || {
            let hint = "this is a fault of flg, not of the report: tell its makers, with the report";
            anyhow::anyhow!("`{}` made the conversion break off\nhint: {hint}", place.name())
        };
        let result = result.ok_or_else(broke)??;
        let Work::Done(Outcome { report: id, .. }, _) = &result else { return Ok(result) };
        match self.seen.insert(id.clone(), place.name()) {
            None => Ok(result),
            Some(before) => {
                let hint = "give the report once: it would replace itself";
                anyhow::bail!("`{}` holds the report `{id}`, and so does `{before}`\nhint: {hint}", place.name())
            }
        }
    }

    /// The lines of a table of what became of each report.
    pub(super) fn table(&self, style: Style) -> Vec<String> {
        let head = ["file", "form", "language", "facts", "uncertain", "not understood"].map(str::to_owned);
        table::lines(&head, &self.rows, table::width(), style)
    }
}

/// What the work on a report led to.
enum Work<R> {
    /// The store has it already, under this identifier.
    Unchanged(String),
    Done(Outcome, R),
}

fn outcome(place: &Place, document: &Document, conversion: &Conversion, below: f32) -> Outcome {
    let not_understood = conversion.diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
    Outcome {
        file: place.name(),
        report: conversion.report.clone(),
        form: conversion.form.clone(),
        language: conversion.language.to_string(),
        facts: conversion.summary.facts,
        uncertain: conversion.summary.new_entities + conversion.uncertain(below, document).len(),
        not_understood,
    }
}

impl Outcome {
    fn row(&self) -> Vec<String> {
        let numbers = [self.facts, self.uncertain, self.not_understood].map(|number| number.to_string());
        [self.file.clone(), self.form.clone(), self.language.clone()].into_iter().chain(numbers).collect()
    }
}

impl Unchanged {
    fn row(&self) -> Vec<String> {
        let mut row = vec![String::new(); 4];
        row.insert(0, self.file.clone());
        row.push("unchanged".to_owned());
        row
    }
}

impl Failed {
    fn row(&self) -> Vec<String> {
        const LONGEST: usize = 60;
        let why = self.error.lines().next().unwrap_or_default().replacen(&format!("`{}` ", self.file), "", 1);
        let cut = why.chars().count() > LONGEST;
        let why: String = why.chars().take(LONGEST).chain(cut.then_some('…')).collect();
        let mut row = vec![String::new(); 4];
        row.insert(0, self.file.clone());
        row.push(format!("failed: {why}"));
        row
    }
}

/// Tells why a report failed, with every broken rule, and keeps it for programs.
pub(super) fn told(name: &str, error: &anyhow::Error, out: &mut Output) -> Failed {
    let violations = match error.downcast_ref() {
        Some(ConvertError::Invalid { violations, .. }) => violations.clone(),
        Some(ConvertError::Unreadable { diagnostic, .. }) => vec![(**diagnostic).clone()],
        _ => Vec::new(),
    };
    for violation in &violations {
        out.diagnostic(name, violation);
    }
    out.error(error);
    let error = error
        .chain()
        .map(ToString::to_string)
        .reduce(|said, cause| if said.contains(&cause) { said } else { said + ": " + &cause });
    Failed { file: name.to_owned(), error: error.unwrap_or_default(), violations }
}

/// Tells what the stages had to say of a report: all of it, or under `--quiet` what is graver than a note.
pub(super) fn tell_diagnostics(name: &str, diagnostics: &[Diagnostic], out: &mut Output) {
    let least = if out.is_quiet() { Severity::Warning } else { Severity::Note };
    for diagnostic in diagnostics.iter().filter(|d| d.severity >= least) {
        out.diagnostic(name, diagnostic);
    }
}

/// `1 fact`, `2 facts`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
