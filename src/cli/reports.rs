//! Reports as commands take them: where each is read from, how it is converted, and what is told when that fails.

use super::output::Output;
use crate::config::Config;
use crate::convert::{Conversion, ConvertError, Converter};
use crate::knowledge::reports::Bundled;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::read::{self, address};
use anyhow::Context as _;
use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// What stands for standard input among files.
const STANDARD_INPUT: &str = "-";

/// Where a report is read from.
pub(super) enum Place {
    File(PathBuf),
    Input,
    Address(String),
    Bundled(Box<Bundled>),
}

impl Place {
    /// The place that an argument names.
    pub(super) fn of(argument: &Path) -> Self {
        match argument.to_str() {
            Some(STANDARD_INPUT) => Self::Input,
            Some(text) if address::is_address(text) => Self::Address(text.to_owned()),
            _ => Self::File(argument.to_owned()),
        }
    }

    /// What messages call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Input => "standard input".to_owned(),
            Self::Address(address) => address.clone(),
            Self::Bundled(report) => report.path(),
        }
    }

    /// Reads it.
    pub(super) fn read(&self, config: &Config) -> anyhow::Result<Document> {
        Ok(match self {
            Self::File(path) => read::file(path)?,
            Self::Address(address) => address::fetch(address, config.fetch_timeout)?,
            Self::Bundled(report) => read::document(&report.path(), &report.bytes)?,
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

/// Converts the reports of a command one by one, and remembers what failed.
pub(super) struct Reports<'a> {
    converter: &'a Converter,
    config: &'a Config,
    /// The place that each report was read from, by identifier.
    seen: HashMap<String, String>,
    pub(super) failed: Vec<Failed>,
}

impl<'a> Reports<'a> {
    pub(super) fn new(converter: &'a Converter, config: &'a Config) -> Self {
        Self { converter, config, seen: HashMap::new(), failed: Vec::new() }
    }

    /// Reads and converts a report; `None`, and told, if that fails, or if the report was converted before.
    pub(super) fn convert(&mut self, place: &Place, out: &mut Output) -> Option<Converted> {
        let converted = place.read(self.config).and_then(|document| {
            let conversion = self.converter.convert(&document)?;
            Ok(Converted { document, conversion })
        });
        let converted = converted.and_then(|converted| {
            let id = &converted.conversion.report;
            match self.seen.insert(id.clone(), place.name()) {
                None => Ok(converted),
                Some(before) => {
                    let hint = "give the report once: it would replace itself";
                    anyhow::bail!("`{}` holds the report `{id}`, and so does `{before}`\nhint: {hint}", place.name())
                }
            }
        });
        match converted {
            Ok(converted) => Some(converted),
            Err(error) => {
                self.failed.push(told(&place.name(), &error, out));
                None
            }
        }
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
