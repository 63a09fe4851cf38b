//! What the dataset consists of at a glance: its reports, the decisions on them, and its version.

use super::{Reader, Row};
use crate::facts::labels::{Label, best};
use crate::facts::{iri, label};
use crate::knowledge::files;
use crate::model::id::content_hash;
use crate::model::vocab::{BASE, dcterms, flg, graph, schema, skos};
use crate::review::decision::{self, Decision};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

const REPORTS: &str = include_str!("queries/reports.rq");
const GRAPH: &str = include_str!("queries/graph.rq");

/// A converted report.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Its identifier, as in `mex-2021-p029`.
    pub id: String,
    /// Its names.
    pub names: Vec<Label>,
    /// The year that it reports on.
    pub year: Option<String>,
    /// The countries that it is about, with their names.
    pub countries: BTreeMap<String, Vec<Label>>,
    /// The names of who published it.
    pub publishers: BTreeMap<String, Vec<Label>>,
    /// The code of its language.
    pub language: Option<String>,
    /// The form that it follows, by its identifier.
    pub form: Option<String>,
    /// The SHA-256 of its file.
    pub sha256: Option<String>,
    /// The version of the program that read it, with that of its knowledge.
    pub reader: Option<String>,
    /// What tells one state of it from another: the checksum of its file, and what read it.
    state: BTreeSet<String>,
}

impl Report {
    /// Its IRI.
    pub fn iri(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{BASE}id/report/{}", self.id))
    }
    /// Its name for a reader of a language.
    pub fn name(&self, lang: &str) -> &str {
        best(&self.names, lang).map_or(&self.id, |(_, text)| text)
    }
    /// The names of who published it, for a reader of a language.
    pub fn publishers(&self, lang: &str) -> Vec<String> {
        self.publishers.values().filter_map(|names| best(names, lang)).map(|(_, text)| text.clone()).collect()
    }
}

/// What the dataset consists of.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The reports, the newest first.
    pub reports: Vec<Report>,
    /// The decisions, the newest first.
    pub decisions: Vec<Decision>,
    /// The version, once somebody has asked for it.
    version: OnceLock<String>,
}

impl Overview {
    /// Reads it from a graph.
    ///
    /// # Errors
    /// As [`Reader::each`].
    pub fn read<R: Reader + ?Sized>(graph: &R) -> Result<Self, R::Error> {
        let mut found: BTreeMap<String, Report> = BTreeMap::new();
        graph.each(REPORTS, &[], &mut |row| note(&mut found, &row))?;
        let mut reports: Vec<Report> = found.into_values().collect();
        reports.sort_by(|a, b| (&b.year, &a.id).cmp(&(&a.year, &b.id)));
        let review = graph::review();
        let mut quads = Vec::new();
        graph.each(GRAPH, &[("this", review.clone().into())], &mut |row| {
            if let (Some(subject), Some(property), Some(value)) = (iri(&row, "subject"), iri(&row, "property"), row.get("value"))
            {
                quads.push(Quad::new(subject.clone(), property.clone(), value.clone(), review.clone()));
            }
        })?;
        let mut decisions = decision::read(&quads);
        decisions.reverse();
        Ok(Self { reports, decisions, version: OnceLock::new() })
    }

    /// The report of an identifier.
    pub fn report(&self, id: &str) -> Option<&Report> {
        self.reports.iter().find(|report| report.id == id)
    }

    /// The version of the dataset: that of the program, with a hash of all that makes the graph what it is: the reports' files, what
    /// read them, what the program knows, and the decisions. As semantic versioning has it, what stands behind `+` tells builds apart.
    pub fn version(&self) -> &str {
        self.version.get_or_init(|| self.reckoned())
    }

    fn reckoned(&self) -> String {
        let mut parts = vec![files::version().to_owned()];
        for report in &self.reports {
            parts.push(report.id.clone());
            parts.extend(report.state.iter().cloned());
        }
        parts.extend(self.decisions.iter().map(|decision| decision.iri().into_string()));
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        format!("{}+{}", env!("CARGO_PKG_VERSION"), &content_hash(&parts)[..12])
    }

    /// When the latest decision was made; reports have no such time, for the same report always gives the same graph.
    pub fn modified(&self) -> Option<&str> {
        self.decisions.first().map(|decision| decision.when.as_str())
    }

    /// The first and the last year that is reported on.
    pub fn years(&self) -> Option<(&str, &str)> {
        let years: BTreeSet<&str> = self.reports.iter().filter_map(|report| report.year.as_deref()).collect();
        Some((years.first()?, years.last()?))
    }

    /// The countries that are reported on, with their names.
    pub fn countries(&self) -> BTreeMap<&str, &[Label]> {
        self.reports.iter().flat_map(|report| &report.countries).map(|(iri, names)| (iri.as_str(), names.as_slice())).collect()
    }

    /// The codes of the languages of the reports.
    pub fn languages(&self) -> BTreeSet<&str> {
        self.reports.iter().filter_map(|report| report.language.as_deref()).collect()
    }
}

fn note(found: &mut BTreeMap<String, Report>, row: &Row) {
    let (Some(report), Some(property), Some(value)) = (iri(row, "report"), iri(row, "property"), row.get("value")) else {
        return;
    };
    let Some(id) = report.as_str().strip_prefix(BASE).and_then(|path| path.strip_prefix("id/report/")) else { return };
    let report = found.entry(id.to_owned()).or_insert_with(|| Report { id: id.to_owned(), ..Report::default() });
    let named = |all: &mut BTreeMap<String, Vec<Label>>, iri: &NamedNode| {
        let names = all.entry(iri.as_str().to_owned()).or_default();
        names.extend(label(row, "label").filter(|label| !names.contains(label)));
    };
    let is = |other: NamedNodeRef<'_>| *property == other;
    match value {
        Term::NamedNode(iri) if is(flg::ABOUT_COUNTRY) => named(&mut report.countries, iri),
        Term::NamedNode(iri) if is(dcterms::PUBLISHER) => named(&mut report.publishers, iri),
        Term::Literal(text) if is(skos::PREF_LABEL) => {
            let name = (text.language().unwrap_or_default().to_owned(), text.value().to_owned());
            if !report.names.contains(&name) {
                report.names.push(name);
            }
        }
        Term::Literal(text) if is(flg::REFERENCE_YEAR) => report.year = Some(text.value().to_owned()),
        Term::Literal(text) if is(dcterms::LANGUAGE) => report.language = Some(text.value().to_owned()),
        Term::NamedNode(iri) if is(flg::OF_FORM) => {
            report.form = iri.as_str().strip_prefix(BASE).and_then(|path| path.strip_prefix("id/form/")).map(str::to_owned);
        }
        Term::Literal(text) if is(schema::SHA256) || is(schema::SOFTWARE_VERSION) => {
            let known = if is(schema::SHA256) { &mut report.sha256 } else { &mut report.reader };
            *known = Some(text.value().to_owned());
            report.state.insert(text.value().to_owned());
        }
        _ => {}
    }
}
