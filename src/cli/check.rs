//! `flg check`: reports, RDF files or the store against the shapes and the rules.

use super::Status;
use super::output::{Output, visible};
use super::places::places;
use super::reports::{Failed, Place, count, told};
use crate::check::{Violation, line_of};
use crate::config::Config;
use crate::convert::{Checked, ConvertError, Converter};
use crate::graph::parse;
use crate::model::diagnostic::Severity;
use crate::model::document::{Document, Source};
use crate::model::statements::Statements;
use crate::model::vocab::{BASE, compact, flg, graph};
use crate::store::{self, Access, Pattern};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};
use std::io;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  flg check                       the store
  flg check report.txt            a report: it is converted, and nothing is stored
  flg check graph.trig dump.nq    RDF files; Turtle has no graphs, so that rules about graphs find nothing in it
  flg check --json | jq '.findings[] | select(.severity == \"error\")'

The exit code is 1 if there is an error; warnings and notes leave it at 0.";

/// Check reports, RDF files or the store against the shapes and rules of the graph
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Reports (files, folders, patterns, addresses, `-`) or RDF files (nq, trig, ttl, nt, jsonld, rdf) [default: the store]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Give the findings as JSON
    #[arg(long)]
    json: bool,
}

/// Something that breaks a shape or a rule.
#[derive(serde::Serialize)]
struct Finding {
    /// The file or the store, or the report in it.
    file: String,
    /// The line of the report's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    severity: Severity,
    /// The shape's IRI or the rule's file.
    shape: String,
    /// The node at which it is broken, in the short form.
    node: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    message: String,
    /// All of it in one sentence.
    #[serde(skip)]
    sentence: String,
}

/// What was checked, and what was found, for programs.
#[derive(serde::Serialize)]
struct Verdict {
    checked: usize,
    findings: Vec<Finding>,
    failed: Vec<Failed>,
}

/// Checks what was named.
///
/// # Errors
/// If there is no store, or the checks cannot be run. A file that cannot be read is told, and the status says so.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let (mut findings, mut failed, mut checked) = (Vec::new(), Vec::new(), 0);
    if args.files.is_empty() {
        let store = store::open(config, Access::Read)?;
        let is_ontology = |quad: &Quad| quad.graph_name == graph::ontology().into();
        let (ontology, all): (Vec<Quad>, Vec<Quad>) = store.quads(Pattern::default())?.into_iter().partition(is_ontology);
        findings = look(&Converter::load()?, &all, &ontology, &config.store.to_string())?;
        checked = 1;
    } else {
        let converter = Converter::load()?;
        for place in places(&args.files) {
            match check(&converter, &place, config) {
                Ok(found) => {
                    findings.extend(found);
                    checked += 1;
                }
                Err(error) => failed.push(told(&place.name(), &error, out)),
            }
        }
    }
    let number = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let errors = number(Severity::Error);
    let verdict = format!(
        "{}, {}, {} in {}",
        count(errors, "error", "errors"),
        count(number(Severity::Warning), "warning", "warnings"),
        count(number(Severity::Note), "note", "notes"),
        if args.files.is_empty() { "the store".to_owned() } else { count(checked, "file", "files") }
    );
    let verdict = match failed.len() {
        0 => verdict,
        number => format!("{verdict}; {} not be checked", count(number, "file could", "files could")),
    };
    let status = if errors == 0 && failed.is_empty() { Status::Success } else { Status::Failure };
    if args.json {
        out.json(&Verdict { checked, findings, failed })?;
    } else {
        findings.iter().try_for_each(|finding| finding.write(out))?;
    }
    out.talk(verdict);
    Ok(status)
}

impl Finding {
    fn new(file: String, line: Option<usize>, violation: &Violation) -> Self {
        let term = |term: &Term| match term {
            Term::NamedNode(iri) => compact(iri.as_ref()),
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(node) => node.to_string(),
        };
        Self {
            file,
            line,
            severity: violation.severity,
            shape: violation.shape.clone(),
            node: term(&violation.focus),
            path: violation.path.as_ref().map(|path| compact(path.as_ref())),
            value: violation.value.as_ref().map(term),
            message: violation.message.clone(),
            sentence: violation.to_string(),
        }
    }

    fn write(&self, out: &mut Output) -> io::Result<()> {
        let style = out.style;
        let label = match self.severity {
            Severity::Note => style.strong("note:"),
            Severity::Warning => style.warning("warning:"),
            Severity::Error => style.error("error:"),
        };
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        out.line(format_args!("{}{line}: {label} {}", self.file, visible(&self.sentence)))
    }
}

/// Checks a file: a graph if its name ends like one, else a report.
fn check(converter: &Converter, place: &Place, config: &Config) -> anyhow::Result<Vec<Finding>> {
    if let Place::File(path) = place
        && let Some(syntax) = parse::syntax_of(path)
    {
        let quads = parse::file(path, syntax)?;
        return look(converter, &quads, converter.base_quads(), &place.name());
    }
    let document = place.read(config)?;
    let Checked { violations, statements, laid_out } = converter.check(&document)?;
    let document = laid_out.unwrap_or(document);
    let finding = |violation: &Violation| Finding::new(place.name(), line_of(violation, &statements, &document), violation);
    Ok(violations.iter().map(finding).collect())
}

/// Checks a graph, and finds the line of the report that each finding rests on where the graph has the report's text.
fn look(converter: &Converter, quads: &[Quad], context: &[Quad], name: &str) -> anyhow::Result<Vec<Finding>> {
    let failed = |source| ConvertError::Check { name: name.to_owned(), source };
    let violations = converter.checker().check(quads, context).map_err(failed)?;
    let texts = texts(quads);
    let finding = |violation: &Violation| {
        let place = texts.iter().find_map(|text| Some((text, line_of(violation, &text.statements, &text.document)?)));
        match place {
            Some((text, line)) => Finding::new(format!("{name} ({})", text.document.source.name), Some(line), violation),
            None => Finding::new(name.to_owned(), None, violation),
        }
    };
    Ok(violations.iter().map(finding).collect())
}

/// A report's text in a graph, with the statements that speak of it.
struct Text {
    document: Document,
    statements: Statements,
}

/// The texts of the reports that a graph holds.
fn texts(quads: &[Quad]) -> Vec<Text> {
    let of = |quad: &Quad| {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return None };
        let id = subject.as_str().strip_prefix(BASE)?.strip_prefix("id/report/")?;
        match &quad.object {
            Term::Literal(text) if quad.predicate == flg::TEXT => Some((id.to_owned(), text.value().to_owned())),
            _ => None,
        }
    };
    let found: Vec<(String, String)> = quads.iter().filter_map(of).collect();
    let alone = found.len() == 1;
    let text = |(id, text): (String, String)| {
        let graphs: Vec<GraphName> = crate::graph::graphs(&id).into_iter().map(GraphName::from).collect();
        let ours = |quad: &&Quad| graphs.contains(&quad.graph_name) || (alone && quad.graph_name.is_default_graph());
        let statements = quads.iter().filter(ours).map(Quad::as_ref).collect();
        Text { document: Document::new(Source { name: id, sha256: String::new() }, text, Vec::new()), statements }
    };
    found.into_iter().map(text).collect()
}
