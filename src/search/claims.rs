//! The claims of reports as passages: words that several claims quote are one passage, which states several things.

use super::read::{Content, each, text};
use super::things::{Passage, Stated};
use crate::facts::labels::short;
use crate::model::vocab::{flg, graph, oa, prov, rdf, skos};
use crate::store::{Store, StoreError};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeMap, HashMap};

/// A claim of a name quotes the name alone, by which the thing is found already.
const NAMES: [NamedNodeRef<'_>; 3] = [skos::PREF_LABEL, skos::ALT_LABEL, flg::ACRONYM];
/// The word for a claim that a person has turned down.
const REJECTED: &str = "rejected";

/// What is said of a claim.
#[derive(Default)]
struct Claim {
    subject: Option<NamedNode>,
    property: Option<NamedNode>,
    value: Option<Term>,
    answer: Option<NamedNode>,
    selectors: Vec<NamedNode>,
    page: Option<String>,
    rejected: bool,
}

/// What a selector selects.
#[derive(Default)]
struct Selected {
    exact: Option<(String, String)>,
    start: Option<usize>,
    before: String,
    after: String,
}

/// A graph of evidence and a resource in it; the graph by the identifier of its report.
type Key = (String, NamedNode);

/// All claims, while they are put together.
#[derive(Default)]
pub(super) struct Claims {
    claims: BTreeMap<Key, Claim>,
    selected: HashMap<Key, Selected>,
}

impl Claims {
    /// Reads them.
    ///
    /// # Errors
    /// What the store reports.
    pub(super) fn read(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        let evidence = graph::evidence("");
        let within = |graph: &NamedNode| graph.as_str().strip_prefix(evidence.as_str()).map(str::to_owned);
        for property in
            [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT, prov::WAS_DERIVED_FROM, oa::HAS_SELECTOR, flg::PAGE, flg::STATUS]
        {
            each(store, property, |iri, value, graph| {
                let Some(report) = within(&graph) else { return };
                let claim = self.claims.entry((report, iri)).or_default();
                match value {
                    value if property == rdf::OBJECT => claim.value = Some(value),
                    Term::NamedNode(iri) if property == rdf::SUBJECT => claim.subject = Some(iri),
                    Term::NamedNode(iri) if property == rdf::PREDICATE => claim.property = Some(iri),
                    Term::NamedNode(iri) if property == prov::WAS_DERIVED_FROM => claim.answer = Some(iri),
                    Term::NamedNode(iri) if property == oa::HAS_SELECTOR => claim.selectors.push(iri),
                    Term::NamedNode(iri) if property == flg::STATUS => claim.rejected |= short(&iri) == REJECTED,
                    value if property == flg::PAGE => claim.page = text(value).map(|found| found.0),
                    _ => {}
                }
            })?;
        }
        for property in [oa::EXACT, oa::START, oa::PREFIX, oa::SUFFIX] {
            each(store, property, |iri, value, graph| {
                let (Some(report), Some((words, language))) = (within(&graph), text(value)) else { return };
                let selected = self.selected.entry((report, iri)).or_default();
                match property {
                    p if p == oa::EXACT => selected.exact = Some((words, language)),
                    p if p == oa::START => selected.start = words.parse().ok(),
                    p if p == oa::PREFIX => selected.before = words,
                    _ => selected.after = words,
                }
            })?;
        }
        Ok(())
    }

    /// Puts them among what is searched, in the order of their places; `reports` has the places of reports.
    pub(super) fn put(self, all: &mut Content, reports: &HashMap<String, u32>) {
        let Self { claims, selected } = self;
        let mut passages: BTreeMap<(u32, Option<usize>, String), Passage> = BTreeMap::new();
        for ((report, claim), said) in claims {
            let (Some(subject), Some(property), Some(value)) = (said.subject, said.property, said.value) else { continue };
            if NAMES.contains(&property.as_ref()) {
                continue;
            }
            let Some(place) = reports.get(&report).copied().filter(|_| !said.rejected) else { continue };
            let mut words = Selected::default();
            for selector in said.selectors {
                let Some(found) = selected.get(&(report.clone(), selector)) else { continue };
                words.start = words.start.or(found.start);
                if let (None, Some(exact)) = (&words.exact, &found.exact) {
                    words.exact = Some(exact.clone());
                    (words.before, words.after) = (found.before.clone(), found.after.clone());
                }
            }
            let Some((exact, language)) = words.exact else { continue };
            let stated = Stated { claim, subject: all.things.add(&subject), property, value };
            let language = match language {
                none if none.is_empty() => {
                    all.reports.get(place as usize).map(|report| report.language.clone()).unwrap_or_default()
                }
                known => known,
            };
            let passage = passages.entry((place, words.start, exact)).or_insert_with_key(|(report, start, text)| Passage {
                report: *report,
                text: text.clone(),
                around: (words.before, words.after),
                language,
                answer: said.answer,
                of: None,
                page: said.page,
                start: *start,
                stated: Vec::new(),
            });
            passage.stated.push(stated);
        }
        all.passages.extend(passages.into_values());
    }
}
