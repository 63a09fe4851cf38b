//! What a version was made of, as JSON: what can be checked, and what has to be known to make it again.

use crate::describe::Overview;
use crate::describe::figures::Figures;
use crate::describe::overview;
use crate::describe::version::File;
use crate::graph::graphs;
use crate::knowledge::files;
use crate::review::Decision;
use serde::{Deserialize, Serialize};

/// What the format of the manifest is called.
pub(super) const FORMAT: &str = "flg release 1";

/// What a version was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the manifest.
    pub format: String,
    /// The IRI of the version.
    pub iri: String,
    /// Its name.
    pub version: String,
    /// From when on it stands for the dataset, as `xsd:dateTime`.
    pub date: String,
    /// What is to be said of it.
    pub notes: Option<String>,
    /// The name of the version before it.
    pub previous: Option<String>,
    /// The program that released it.
    pub program: Program,
    /// What it holds.
    pub content: Content,
    /// What has changed since the version before.
    pub changes: Option<Change>,
    /// The reports.
    pub inputs: Vec<Input>,
    /// People's decisions, the oldest first.
    pub decisions: Vec<Decided>,
    /// The files, but for this one and that of the checksums.
    pub files: Vec<File>,
}

/// A program, and what it knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its version, with a hash of its knowledge.
    pub version: String,
    /// The files of that knowledge.
    pub knowledge: Vec<Knowledge>,
}

/// A file of what the program knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Knowledge {
    /// The file.
    pub file: String,
    /// Its SHA-256.
    pub sha256: String,
}

/// What a version holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// How its statements were put in order.
    pub canonicalisation: String,
    /// The SHA-256 of their canonical form, which is the file of all of them.
    pub sha256: String,
    /// How many statements there are, each counted in each graph.
    pub statements: usize,
    /// How many there are when each is counted once.
    pub triples: usize,
    /// How many graphs hold them.
    pub graphs: usize,
    /// How many things have a class.
    pub things: usize,
    /// How many classes are used.
    pub classes: usize,
    /// How many properties are used.
    pub properties: usize,
}

/// How much has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Facts and answers that are new.
    pub new: usize,
    /// Those that are gone.
    pub gone: usize,
    /// Those that say something else.
    pub changed: usize,
    /// Statements that were not there before.
    pub added: usize,
    /// Statements that are not there any more.
    pub removed: usize,
}

/// A report that it was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The report's identifier.
    pub report: String,
    /// What it is called.
    pub title: String,
    /// The year that it reports on.
    pub year: Option<String>,
    /// The form that it follows.
    pub form: Option<String>,
    /// The code of its language.
    pub language: Option<String>,
    /// The SHA-256 of its file.
    pub sha256: Option<String>,
    /// The version of the program that read it, with a hash of its knowledge.
    pub reader: Option<String>,
    /// How many statements were made of it.
    pub statements: usize,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Its IRI.
    pub iri: String,
    /// What was decided.
    pub verdict: String,
    /// When, as `xsd:dateTime`.
    pub when: String,
    /// By whom.
    pub by: String,
    /// Why, if that was said.
    pub why: Option<String>,
}

impl Program {
    /// This one.
    pub(super) fn this() -> Self {
        let file = |(file, sha256): (String, String)| Knowledge { file, sha256 };
        let knows = |(file, _): &(String, String)| !file.rsplit('/').next().unwrap_or_default().starts_with('.');
        let knowledge = files::knowledge().into_iter().filter(knows).map(file).collect();
        Self { name: "flg".to_owned(), version: files::version().to_owned(), knowledge }
    }
}

/// The reports, by their identifiers.
pub(super) fn inputs(overview: &Overview, figures: &Figures) -> Vec<Input> {
    let input = |report: &overview::Report| Input {
        report: report.id.clone(),
        title: report.name("en").to_owned(),
        year: report.year.clone(),
        form: report.form.clone(),
        language: report.language.clone(),
        sha256: report.sha256.clone(),
        reader: report.reader.clone(),
        statements: graphs(&report.id).iter().filter_map(|graph| figures.graphs.get(graph)).sum(),
    };
    let mut inputs: Vec<Input> = overview.reports.iter().map(input).collect();
    inputs.sort_by(|a, b| a.report.cmp(&b.report));
    inputs
}

/// The decisions, the oldest first.
pub(super) fn decisions(overview: &Overview) -> Vec<Decided> {
    let decided = |decision: &Decision| Decided {
        iri: decision.iri().into_string(),
        verdict: decision.verdict.name().to_owned(),
        when: decision.when.clone(),
        by: decision.by.clone(),
        why: decision.why.clone(),
    };
    overview.decisions.iter().rev().map(decided).collect()
}
