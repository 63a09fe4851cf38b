//! What was found in a report, what is uncertain and what was not understood: short for people, whole for programs.

use super::output::{Output, visible};
use super::reports::{Converted, count, tell_diagnostics};
use crate::convert::{Summary, Uncertain};
use crate::model::diagnostic::{Diagnostic, Severity};
use std::io;

/// So many examples of a kind are shown.
const EXAMPLES: usize = 3;
/// So many characters of a message are shown in an overview.
const LONGEST: usize = 110;

/// A report that was stored.
#[derive(serde::Serialize)]
pub(super) struct Stored {
    /// Its identifier.
    report: String,
    /// Where it was read from.
    file: String,
    /// The form that it follows.
    form: String,
    /// The language that it is written in.
    language: String,
    /// Its title.
    title: String,
    #[serde(flatten)]
    found: Summary,
    /// The claims below [`Stored::below`].
    uncertain: Vec<Uncertain>,
    /// The confidence below which a claim is uncertain.
    #[serde(rename = "uncertain_below")]
    below: f32,
    /// What the stages had to say.
    diagnostics: Vec<Diagnostic>,
}

impl Stored {
    pub(super) fn new(file: String, converted: &Converted, below: f32) -> Self {
        let Converted { document, conversion } = converted;
        Self {
            uncertain: conversion.uncertain(below, document),
            report: conversion.report.clone(),
            file,
            form: conversion.form.clone(),
            language: conversion.language.to_string(),
            title: conversion.title.clone(),
            found: conversion.summary.clone(),
            below,
            diagnostics: conversion.diagnostics.clone(),
        }
    }

    /// Writes the overview. With `all`, everything that it counts is told as well, each with its line.
    pub(super) fn write(&self, all: bool, out: &mut Output) -> io::Result<()> {
        let Self { found, uncertain, .. } = self;
        if all {
            tell_diagnostics(&self.file, &self.diagnostics, out);
            for claim in uncertain {
                let warning = Diagnostic { line: claim.line, ..Diagnostic::warning("uncertain", said(claim)) };
                out.diagnostic(&self.file, &Diagnostic { excerpt: Some(claim.quote.clone()), ..warning });
            }
        }
        let style = out.style;
        out.line(format_args!("{}  {}", style.strong(&self.report), style.faint(shortened(&self.title))))?;
        let answers = count(found.answers, "answer", "answers");
        out.line(format_args!(
            "  found           {}, {}; {answers}, of which {} empty",
            count(found.facts, "fact", "facts"),
            count(found.claims, "quote", "quotes"),
            found.unanswered
        ))?;
        let entities: usize = found.entities.values().sum();
        out.line(format_args!("  entities        {entities}, of which {} are not in the authority", found.new_entities))?;
        let mut classes: Vec<(&String, &usize)> = found.entities.iter().collect();
        classes.sort_by_key(|(class, number)| (std::cmp::Reverse(**number), *class));
        let classes = classes.iter().map(|(class, number)| format!("{number} {}", class.rsplit(':').next().unwrap_or(class)));
        for line in wrapped(classes, LONGEST) {
            out.line(format_args!("                  {}", style.faint(line)))?;
        }
        out.line(format_args!(
            "  uncertain       {}, {} with a confidence below {}",
            count(found.new_entities, "new name", "new names"),
            count(uncertain.len(), "claim", "claims"),
            self.below
        ))?;
        for claim in uncertain.iter().take(EXAMPLES) {
            let line = claim.line.map(|line| format!(", line {line}")).unwrap_or_default();
            out.line(format_args!("                  {}", style.faint(format_args!("{}{line}", shortened(&said(claim))))))?;
        }
        let warnings = self.kinds(Severity::Warning);
        let notes = self.kinds(Severity::Note);
        out.line(format_args!("  not understood  {}", total(&warnings)))?;
        kinds(&warnings, out)?;
        out.line(format_args!("  worth a look    {}", total(&notes)))?;
        kinds(&notes, out)?;
        Ok(())
    }

    /// Whether there is anything that the overview only counts.
    pub(super) fn has_more(&self) -> bool {
        !self.diagnostics.is_empty() || !self.uncertain.is_empty()
    }

    /// The diagnostics of a severity by kind, the commonest first.
    fn kinds(&self, severity: Severity) -> Vec<Vec<&Diagnostic>> {
        let mut kinds: Vec<Vec<&Diagnostic>> = Vec::new();
        for diagnostic in self.diagnostics.iter().filter(|d| d.severity == severity) {
            match kinds.iter_mut().find(|kind| kind.first().is_some_and(|first| first.code == diagnostic.code)) {
                Some(kind) => kind.push(diagnostic),
                None => kinds.push(vec![diagnostic]),
            }
        }
        kinds.sort_by_key(|kind| std::cmp::Reverse(kind.len()));
        kinds
    }
}

fn said(claim: &Uncertain) -> String {
    format!("{} {} {} ({:.2}, rule `{}`)", claim.subject, claim.property, claim.object, claim.confidence, claim.method)
}

fn total(kinds: &[Vec<&Diagnostic>]) -> String {
    match kinds.iter().map(Vec::len).sum() {
        0 => "nothing".to_owned(),
        number => count(number, "place", "places"),
    }
}

/// A line for each kind of diagnostic: how many, and the first of them.
fn kinds(kinds: &[Vec<&Diagnostic>], out: &mut Output) -> io::Result<()> {
    let style = out.style;
    for kind in kinds {
        let Some(first) = kind.first() else { continue };
        let line = first.line.map(|line| format!(", line {line}")).unwrap_or_default();
        let example = format!("{}: {}{line}", first.code, shortened(&first.message));
        out.line(format_args!("            {:>4}  {}", kind.len(), style.faint(example)))?;
    }
    Ok(())
}

/// A text on one line, cut where it is long.
fn shortened(text: &str) -> String {
    let words = visible(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    if words.chars().count() <= LONGEST { words } else { words.chars().take(LONGEST).chain(['…']).collect() }
}

/// Items joined by commas, in lines of about a width.
fn wrapped(items: impl Iterator<Item = String>, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        match lines.last_mut().filter(|line| line.len() + item.len() < width) {
            Some(line) => {
                line.push_str(", ");
                line.push_str(&item);
            }
            None => lines.push(item),
        }
    }
    lines
}
