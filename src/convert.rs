//! Composes the stages: a document in, the quads of its report out, whole or not at all.

mod sound;
mod uncertain;

pub use uncertain::Uncertain;

use crate::check::{CheckError, Checker, Context, Violation};
use crate::extract::{ExtractError, Extractor};
use crate::form::{self, FormError, Recogniser};
use crate::graph;
use crate::knowledge::authority::{Authority, AuthorityError};
use crate::knowledge::classes::Classes;
use crate::knowledge::files;
use crate::knowledge::form::{Form, forms};
use crate::knowledge::lexicon::{LexiconError, lexicons};
use crate::knowledge::places::{Places, PlacesError};
use crate::knowledge::turtle::{self, TurtleError};
use crate::link;
use crate::model::claim::Linked;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::lang::Lang;
use crate::model::report::Report;
use crate::model::statements::{Row, Statements};
use crate::model::vocab::{class, compact, graph as graphs, rdf};
use crate::read;
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, QuadRef};
use sound::Reach;
use std::collections::BTreeMap;

/// A converted report.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// The report's identifier, `mex-2021-p029`.
    pub report: String,
    /// The report's title, as it stands in it.
    pub title: String,
    /// The form that it follows.
    pub form: String,
    /// The language that it is written in.
    pub language: Lang,
    /// The graphs that it fills: source, facts, evidence.
    pub graphs: Vec<NamedNode>,
    /// All that it says, in a fixed order.
    pub statements: Statements,
    /// What was found, what is uncertain, and what was not understood.
    pub summary: Summary,
    /// What the stages had to say.
    pub diagnostics: Vec<Diagnostic>,
    /// A plain text as its pages are laid out, if it was read as such: then all places are places of this document.
    pub laid_out: Option<Document>,
}

impl Conversion {
    /// The same as quads that stand alone, for stores.
    pub fn quads(&self) -> Vec<Quad> {
        self.statements.iter().map(QuadRef::into_owned).collect()
    }
}

/// What a conversion found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Entities by class, in its short form: `flg:Programme`.
    pub entities: BTreeMap<String, usize>,
    /// Entities that the authority does not have.
    pub new_entities: usize,
    /// Answers, with those that are empty.
    pub answers: usize,
    /// Answers in which nothing is written.
    pub unanswered: usize,
    /// Facts: distinct triples of the report graph.
    pub facts: usize,
    /// Claims, one for each fact and each place that states it, and one for each new name.
    pub claims: usize,
}

/// Why the knowledge that comes with the program cannot be used.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant is the error of one kind of data file, which says all")]
pub enum KnowledgeError {
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    #[error(transparent)]
    Turtle(#[from] TurtleError),
    #[error(transparent)]
    Form(#[from] crate::knowledge::form::FormError),
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    #[error(transparent)]
    Places(#[from] PlacesError),
    #[error(transparent)]
    Extract(#[from] ExtractError),
    #[error(transparent)]
    Check(#[from] CheckError),
}

/// Why a document was not converted.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// Its form could not be read.
    #[error(transparent)]
    Form(#[from] FormError),
    /// Something that no report can do without is missing: no lexicon for its language, for instance.
    #[error("`{name}` cannot be converted: {}{}", diagnostic.message, remedy(diagnostic))]
    Unreadable {
        /// The document.
        name: String,
        /// What is missing.
        diagnostic: Box<Diagnostic>,
    },
    /// The checks could not be run.
    #[error("the checks of `{name}` could not be run")]
    Check {
        /// The document.
        name: String,
        /// Why.
        source: CheckError,
    },
    /// What came out breaks the shapes or the rules: nothing of it is kept.
    #[error("`{name}` was converted to a graph that breaks {} rule(s)", violations.len())]
    Invalid {
        /// The document.
        name: String,
        /// Each broken rule with its node and, where one is known, the line of the report.
        violations: Vec<Diagnostic>,
    },
}

/// A diagnostic's hint, on a line of its own.
fn remedy(diagnostic: &Diagnostic) -> String {
    diagnostic.hint.as_ref().map(|hint| format!("\nhint: {hint}")).unwrap_or_default()
}

/// What the checks find in the graph of a document.
#[derive(Debug)]
pub struct Checked {
    /// What breaks a shape or a rule, grave or not.
    pub violations: Vec<Violation>,
    /// The graph.
    pub statements: Statements,
    /// As in [`Conversion::laid_out`].
    pub laid_out: Option<Document>,
}

/// A report as its form was read, with what that had to say.
type Recognised = (Report, Vec<Diagnostic>);

/// A conversion before its checks.
struct Draft {
    laid_out: Option<Document>,
    report: Report,
    linked: Linked,
    statements: Statements,
    diagnostics: Vec<Diagnostic>,
}

/// Converts documents; made once, it holds all knowledge.
pub struct Converter {
    recogniser: Recogniser,
    /// What every report of a form says of it, for each form of the recogniser.
    of_forms: Vec<Statements>,
    extractor: Extractor,
    checker: Checker,
    /// The ontology's graph and the authority's.
    base: Vec<Quad>,
    /// The same and what every report says of its form, made ready for checks.
    context: Context,
}

/// The quads that every store begins with: the ontology's graph and the authority's.
///
/// # Errors
/// If a file of the ontology is not well formed.
pub fn base_quads(authority: &Authority) -> Result<Vec<Quad>, KnowledgeError> {
    let mut quads = Vec::new();
    for (file, bytes) in files::ontology(".ttl") {
        quads.extend(turtle::parse(&format!("ontology/{file}"), &bytes, graphs::ontology())?);
    }
    quads.extend(authority.quads().iter().cloned());
    Ok(quads)
}

impl Converter {
    /// A converter with the knowledge that is part of the program.
    ///
    /// # Errors
    /// If a data file is not well formed; a test checks all that are shipped.
    pub fn load() -> Result<Self, KnowledgeError> {
        let authority = Authority::load()?;
        let base = base_quads(&authority)?;
        let places = Places::load(&authority)?;
        let extractor = Extractor::new(authority, Classes::load()?, &lexicons()?, &places)?;
        let checker = Checker::standard()?;
        let forms = forms()?;
        let mut known: Statements = base.iter().map(Quad::as_ref).collect();
        let of_forms: Vec<Statements> = forms.iter().map(graph::of_form).collect();
        of_forms.iter().flat_map(Statements::iter).for_each(|quad| known.copy(quad));
        let context = checker.context(known);
        Ok(Self { recogniser: Recogniser::new(forms), of_forms, extractor, checker, base, context })
    }

    /// The quads that every store begins with: the ontology's graph and the authority's.
    pub fn base_quads(&self) -> &[Quad] {
        &self.base
    }

    /// What is known by name.
    pub fn authority(&self) -> &Authority {
        self.extractor.authority()
    }

    /// The checks that every conversion passes.
    pub fn checker(&self) -> &Checker {
        &self.checker
    }

    /// Converts a document and checks what comes out.
    ///
    /// # Errors
    /// If its form is not known, or if the graph breaks a shape or a rule.
    pub fn convert(&self, document: &Document) -> Result<Conversion, ConvertError> {
        let Draft { laid_out, report, mut linked, mut statements, mut diagnostics } = self.draft(document)?;
        let document = laid_out.as_ref().unwrap_or(document);
        let mut found = self.violations(document, &statements)?;
        let mut reach = Some(Reach::Statement);
        while let Some(this) = reach.filter(|_| found.iter().any(|v| v.severity == Severity::Error)) {
            let unsound = sound::leave_out(&found, &mut linked, this);
            if unsound.is_empty() {
                reach = this.wider();
                continue;
            }
            diagnostics.extend(unsound.into_iter().map(|v| Diagnostic {
                severity: Severity::Warning,
                code: "statement-left-out",
                ..v.diagnostic(&statements, document)
            }));
            statements = self.state(document, &report, &linked)?;
            found = self.violations(document, &statements)?;
        }
        let found: Vec<Diagnostic> = found.iter().map(|v| v.diagnostic(&statements, document)).collect();
        let (violations, warnings): (Vec<_>, Vec<_>) = found.into_iter().partition(|d| d.severity == Severity::Error);
        if !violations.is_empty() {
            return Err(ConvertError::Invalid { name: document.source.name.clone(), violations });
        }
        let summary = summary(&report, &linked, &statements);
        diagnostics.extend(linked.diagnostics);
        diagnostics.extend(warnings);
        Ok(Conversion {
            graphs: graph::graphs(&report.id).to_vec(),
            title: report.title.text().to_owned(),
            form: report.form,
            language: report.language,
            report: report.id,
            statements,
            summary,
            diagnostics,
            laid_out,
        })
    }

    /// What a document says, unchecked: what a conversion costs without its checks.
    ///
    /// # Errors
    /// If its form is not known.
    pub fn unchecked(&self, document: &Document) -> Result<Statements, ConvertError> {
        Ok(self.draft(document)?.statements)
    }

    /// What the checks find in the graph of a document.
    ///
    /// # Errors
    /// If its form is not known; findings are no errors.
    pub fn check(&self, document: &Document) -> Result<Checked, ConvertError> {
        let Draft { laid_out, statements, .. } = self.draft(document)?;
        let violations = self.violations(document, &statements)?;
        Ok(Checked { violations, statements, laid_out })
    }

    fn violations(&self, document: &Document, statements: &Statements) -> Result<Vec<Violation>, ConvertError> {
        let failed = |source| ConvertError::Check { name: document.source.name.clone(), source };
        self.checker.check_in(statements, &self.context).map_err(failed)
    }

    /// The form of a report, and what every report says of it.
    fn form_of(&self, document: &Document, report: &Report) -> Result<(&Form, &Statements), ConvertError> {
        let unknown_form = || ConvertError::Unreadable {
            name: document.source.name.clone(),
            diagnostic: Box::new(Diagnostic::error("no-form", format!("there is no form `{}`", report.form))),
        };
        self.recogniser.forms().iter().zip(&self.of_forms).find(|(form, _)| form.id == report.form).ok_or_else(unknown_form)
    }

    /// What was linked, as statements.
    fn state(&self, document: &Document, report: &Report, linked: &Linked) -> Result<Statements, ConvertError> {
        let (form, of_form) = self.form_of(document, report)?;
        Ok(graph::statements(graph::Input { document, report, form, of_form, linked, authority: self.extractor.authority() }))
    }

    /// The report that a document is, and the document as its pages are laid out if a plain text was read so.
    fn recognised(&self, document: &Document, options: form::Options<'_>) -> Result<(Option<Document>, Recognised), FormError> {
        // A text whose form is none of the questionnaires may be the pages of a report with tables.
        let by_tables = || {
            let pages = Some(document).filter(|d| d.layout.is_none()).and_then(read::laid_out)?;
            let found = self.recogniser.by_tables(&pages, options)?;
            Some((pages, found))
        };
        // One that says so is not looked through for questions first.
        let early = if self.recogniser.shows_tables(document) { by_tables() } else { None };
        if let Some((pages, Ok(found))) = early {
            return Ok((Some(pages), found));
        }
        match self.recogniser.recognise(document, options) {
            Ok(found) => Ok((None, found)),
            Err(error) => {
                let (pages, found) = early.or_else(by_tables).ok_or(error)?;
                Ok((Some(pages), found?))
            }
        }
    }

    /// Converts a document, and leaves what comes out unchecked.
    fn draft(&self, document: &Document) -> Result<Draft, ConvertError> {
        let name = || document.source.name.clone();
        let country = |folded: &str| {
            let authority = self.extractor.authority();
            let is_country = |iri: &&NamedNode| authority.entity(iri.as_ref()).is_some_and(|k| k.is(class::COUNTRY));
            authority.by_name(folded).iter().find(is_country).cloned()
        };
        let options = form::Options { country_by_name: &country };
        let (laid_out, (report, mut diagnostics)) = self.recognised(document, options)?;
        let document = laid_out.as_ref().unwrap_or(document);
        diagnostics.splice(0..0, document.notes.iter().cloned());
        let (form, _) = self.form_of(document, &report)?;
        let claims = self.extractor.claims(document, &report, form);
        if let Some(error) = claims.diagnostics.iter().find(|d| d.severity == Severity::Error) {
            return Err(ConvertError::Unreadable { name: name(), diagnostic: Box::new(error.clone()) });
        }
        let linked = link::identify(claims, document, &report, self.extractor.authority());
        let statements = self.state(document, &report, &linked)?;
        Ok(Draft { laid_out, report, linked, statements, diagnostics })
    }
}

fn summary(report: &Report, linked: &Linked, statements: &Statements) -> Summary {
    let mut entities = BTreeMap::new();
    for entity in &linked.entities {
        *entities.entry(compact(entity.class.as_ref())).or_insert(0) += 1;
    }
    let term = |iri: NamedNodeRef<'_>| statements.terms().find(iri.into());
    let (facts, is_a, claim) = (term(graphs::report(&report.id).as_ref()), term(rdf::TYPE), term(class::CLAIM));
    let count = |fits: &dyn Fn(&Row) -> bool| statements.rows().iter().filter(|row| fits(row)).count();
    Summary {
        entities,
        new_entities: linked.entities.iter().filter(|e| !e.known && !e.names.is_empty()).count(),
        answers: report.answers.len(),
        unanswered: report.answers.iter().filter(|a| !a.says_something()).count(),
        facts: count(&|row| Some(row[3]) == facts),
        claims: count(&|row| Some(row[1]) == is_a && Some(row[2]) == claim),
    }
}
