//! The report that is shipped, for tests: as it is, and in variants that keep or break something of it.

use forced_labour_graph::convert::{Conversion, Converter};
use forced_labour_graph::form::{self, FormError, Recogniser};
use forced_labour_graph::knowledge::authority::Authority;
use forced_labour_graph::knowledge::form::{Form, forms};
use forced_labour_graph::model::diagnostic::Diagnostic;
use forced_labour_graph::model::document::{Document, Span};
use forced_labour_graph::model::passage::Passage;
use forced_labour_graph::model::report::{Answer, Report};
use forced_labour_graph::model::vocab::class;
use forced_labour_graph::read;
use forced_labour_graph::store::{Embedded, Store};
use oxigraph::model::{GraphName, NamedNode, Quad};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The report, as it is shipped.
pub(crate) const TEXT: &str = include_str!("../../data/reports/mexico-2021-p029.es.txt");

static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| Authority::load().unwrap());
static FORMS: LazyLock<Recogniser> = LazyLock::new(|| Recogniser::new(forms().unwrap()));
static CONVERTER: LazyLock<Converter> = LazyLock::new(|| Converter::load().unwrap());
static CONVERSION: LazyLock<Conversion> = LazyLock::new(|| convert(TEXT));

pub(crate) fn converter() -> &'static Converter {
    &CONVERTER
}

pub(crate) fn authority() -> &'static Authority {
    &AUTHORITY
}

/// The shipped report, converted.
pub(crate) fn conversion() -> &'static Conversion {
    &CONVERSION
}

/// The form that the report follows.
pub(crate) fn its_form() -> &'static Form {
    FORMS.forms().iter().find(|form| form.id == "ilo-p029-2021").unwrap()
}

pub(crate) fn document(text: &str) -> Document {
    read::document("report.txt", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// A text converted; that it is refused is a failure.
pub(crate) fn convert(text: &str) -> Conversion {
    converter().convert(&document(text)).unwrap_or_else(|error| panic!("{error}: {error:?}"))
}

/// A document read as its form says.
pub(crate) fn recognise(document: &Document) -> Result<(Report, Vec<Diagnostic>), FormError> {
    let country = |folded: &str| {
        let is_country = |iri: &&NamedNode| AUTHORITY.entity(iri.as_ref()).is_some_and(|known| known.is(class::COUNTRY));
        AUTHORITY.by_name(folded).iter().find(is_country).cloned()
    };
    FORMS.recognise(document, form::Options { country_by_name: &country })
}

/// A text read as its form says.
pub(crate) struct Read {
    pub(crate) document: Document,
    pub(crate) report: Report,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

pub(crate) fn read(text: &str) -> Read {
    let document = document(text);
    let (report, diagnostics) = recognise(&document).unwrap_or_else(|error| panic!("{error}"));
    Read { document, report, diagnostics }
}

impl Read {
    /// The answer with this key.
    pub(crate) fn answer(&self, key: &str) -> &Answer {
        let found = self.report.answers.iter().find(|a| a.key == key);
        found.unwrap_or_else(|| panic!("no answer `{key}` in {:?}", self.keys()))
    }
    pub(crate) fn keys(&self) -> Vec<&str> {
        self.report.answers.iter().map(|a| a.key.as_str()).collect()
    }
    /// The diagnostics of a code.
    pub(crate) fn told(&self, code: &str) -> Vec<&Diagnostic> {
        self.diagnostics.iter().filter(|d| d.code == code).collect()
    }
    /// The places of a passage's words in the document, in their order.
    pub(crate) fn places(passage: &Passage) -> Vec<Span> {
        let text = passage.text();
        let starts = text.match_indices(' ').map(|(at, _)| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(starts).filter(|at| *at < text.len()).collect();
        let end = |start: usize| text[start..].find(' ').map_or(text.len(), |length| start + length);
        starts.into_iter().map(|start| passage.source(start..end(start)).unwrap()).collect()
    }
}

/// A text with some of its parts replaced.
pub(crate) fn replaced(text: &str, mut changes: Vec<(Span, String)>) -> String {
    changes.sort_by_key(|(span, _)| *span);
    let mut out = text.to_owned();
    for (span, new) in changes.into_iter().rev() {
        out.replace_range(span.range(), &new);
    }
    out
}

/// The report with one stretch replaced, which must stand there once.
pub(crate) fn with(old: &str, new: &str) -> String {
    assert_eq!(TEXT.matches(old).count(), 1, "`{old}` does not stand in the report once");
    TEXT.replacen(old, new, 1)
}

/// A store in memory that holds these graphs.
pub(crate) fn store_of(quads: Vec<Quad>) -> Embedded {
    let graphs: BTreeSet<_> = quads
        .iter()
        .map(|quad| match &quad.graph_name {
            GraphName::NamedNode(name) => name.clone(),
            other => panic!("a quad in {other}"),
        })
        .collect();
    let store = Embedded::in_memory().unwrap();
    store.replace(&graphs.into_iter().collect::<Vec<_>>(), &mut quads.into_iter()).unwrap();
    store
}
