//! How the dataset, a report or a fact is cited: as `BibTeX`, CSL-JSON or RIS.
//!
//! A citation names its thing by the canonical IRI, which stays whatever host serves it, the version of the dataset that it was seen
//! in, and the day on which it was seen.

mod write;

use super::{Overview, Reader};
use crate::facts::labels::{best, named, short, shown};
use crate::facts::{self, names_of, terms, texts};
use crate::model::vocab::{BASE, class, rdf};
use oxigraph::model::{NamedNode, Term};

/// A form of citations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// For LaTeX.
    BibTex,
    /// For Zotero, Pandoc and whatever reads the Citation Style Language.
    Csl,
    /// For `EndNote`, `RefWorks` and the like.
    Ris,
}

impl Style {
    /// All of them, the default first.
    pub const ALL: [Self; 3] = [Self::BibTex, Self::Csl, Self::Ris];

    /// The name that people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::BibTex => "BibTeX",
            Self::Csl => "CSL-JSON",
            Self::Ris => "RIS",
        }
    }
    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::BibTex => "bib",
            Self::Csl => "csl.json",
            Self::Ris => "ris",
        }
    }
    /// The media types that mean it; the first is what it is sent as.
    pub fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::BibTex => &["application/x-bibtex", "text/x-bibtex"],
            Self::Csl => &["application/vnd.citationstyles.csl+json"],
            Self::Ris => &["application/x-research-info-systems"],
        }
    }
    /// The media type it is sent as.
    pub fn media_type(self) -> &'static str {
        self.media_types().first().copied().unwrap_or_default()
    }
}

/// What is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The dataset.
    Dataset,
    /// A report.
    Report,
    /// What a report states.
    Fact,
    /// Anything else that the graph describes.
    Entry,
}

/// A citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// What is cited.
    pub kind: Kind,
    /// A key, as in `mex-2021-p029`.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Who wrote it; organisations, by their names.
    pub authors: Vec<String>,
    /// What it stands in: the report of a fact, the dataset of an entry.
    pub container: Option<String>,
    /// Who publishes it.
    pub publisher: String,
    /// The year of it.
    pub year: String,
    /// The IRI to cite.
    pub iri: String,
    /// The version of the dataset.
    pub version: String,
    /// The words of the report, and where they stand.
    pub note: Option<String>,
    /// The code of its language.
    pub language: Option<String>,
    /// The day on which it was seen, as `YYYY-MM-DD`; empty where that is not known.
    pub accessed: String,
}

impl Citation {
    /// How to cite `this`, seen on the day `accessed`, for a reader of a language; `None` if the graph does not describe it.
    ///
    /// # Errors
    /// As [`Reader::each`].
    pub fn of<R: Reader + ?Sized>(
        graph: &R,
        overview: &Overview,
        this: &NamedNode,
        (accessed, lang): (&str, &str),
    ) -> Result<Option<Self>, R::Error> {
        let path = this.as_str().strip_prefix(BASE).unwrap_or_default();
        let dataset = Self::dataset(overview, accessed, lang);
        if path == "dataset" {
            return Ok(Some(dataset));
        }
        let key = path.trim_start_matches("id/").replace('/', "-");
        if let Some(report) = path.strip_prefix("id/report/").and_then(|id| overview.report(id)) {
            let iri = this.as_str().to_owned();
            return Ok(Some(Self { key, title: report.name(lang).to_owned(), iri, ..dataset.of_report(report, lang) }));
        }
        let said = facts::outgoing(graph, this)?;
        if facts::resources(&said, rdf::TYPE).any(|(kind, _)| *kind == class::CLAIM) {
            return dataset.of_claim(graph, overview, this, lang);
        }
        let names = facts::names(&said);
        let entry = best(&names, lang).map(|(code, title)| Self {
            kind: Kind::Entry,
            key,
            title: title.clone(),
            container: Some(dataset.title.clone()),
            iri: this.as_str().to_owned(),
            language: Some(code.clone()).filter(|code| !code.is_empty()),
            ..dataset
        });
        Ok(entry)
    }

    /// How to cite the dataset.
    pub fn dataset(overview: &Overview, accessed: &str, lang: &str) -> Self {
        let site = texts::text("site", lang).to_owned();
        // What has no decisions has no date but that on which it was seen, or the last year that it tells of.
        let seen = || Some(accessed).filter(|day| !day.is_empty());
        let dated = overview.modified().or_else(seen).or_else(|| Some(overview.years()?.1)).unwrap_or_default();
        Self {
            kind: Kind::Dataset,
            key: "forced-labour-graph".to_owned(),
            title: site.clone(),
            authors: vec![site.clone()],
            container: None,
            publisher: site,
            year: dated.chars().take_while(char::is_ascii_digit).collect(),
            iri: format!("{BASE}dataset"),
            version: overview.version().to_owned(),
            note: None,
            language: None,
            accessed: accessed.to_owned(),
        }
    }

    /// The same for a report: its own authors, year and language.
    fn of_report(self, report: &super::overview::Report, lang: &str) -> Self {
        let publishers = report.publishers(lang);
        let site = self.title;
        Self {
            kind: Kind::Report,
            publisher: publishers.first().cloned().unwrap_or_else(|| site.clone()),
            authors: if publishers.is_empty() { vec![site.clone()] } else { publishers },
            year: report.year.clone().unwrap_or(self.year),
            container: Some(site.clone()),
            language: report.language.clone(),
            title: site,
            ..self
        }
    }

    fn of_claim<R: Reader + ?Sized>(
        self,
        graph: &R,
        overview: &Overview,
        this: &NamedNode,
        lang: &str,
    ) -> Result<Option<Self>, R::Error> {
        let claims = facts::claim(graph, this)?;
        let Some(claim) = claims.first() else { return Ok(None) };
        let name = |iri: &NamedNode| -> Result<String, R::Error> { Ok(named(iri, &names_of(graph, iri)?, lang).0) };
        let value = match &claim.value {
            Term::NamedNode(iri) => name(iri)?,
            other => shown(other, &[], lang).0,
        };
        let title = format!("{} – {} – {value}", name(&claim.subject)?, terms::label(claim.property.as_ref(), lang));
        let mut note = format!("“{}”", claim.exact.split_whitespace().collect::<Vec<_>>().join(" "));
        if let Some(number) = claim.question() {
            note = format!("{note} ({} {number})", texts::text("cite.question", lang));
        }
        if let Some(page) = &claim.page {
            note = format!("{note}, {} {page}", texts::text("cite.page", lang));
        }
        let report = overview.report(&claim.report);
        let container = report.map_or_else(|| claim.report.clone(), |report| report.name(lang).to_owned());
        let cited = match report {
            Some(report) => self.of_report(report, lang),
            None => self,
        };
        Ok(Some(Self {
            kind: Kind::Fact,
            key: format!("claim-{}", short(this)),
            title,
            container: Some(container),
            iri: this.as_str().to_owned(),
            note: Some(note),
            ..cited
        }))
    }
}
