//! What is searched, as it is held in memory: things with their names, reports, and the passages of reports.

use super::facet::Value;
use crate::facts::labels::{Label, short};
use crate::names::Sort;
use oxigraph::model::{NamedNode, Term};
use std::collections::HashMap;

/// A name of a thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) sort: Sort,
    pub(super) language: String,
    pub(super) text: String,
}

/// What a result stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// A thing that has names.
    Named,
    /// What a report answers to a question.
    Answer {
        /// The report's place.
        report: u32,
        /// The question.
        question: u32,
    },
    /// Something that is only spoken of: it labels others.
    #[default]
    Aside,
}

/// Something that can be found.
pub(super) struct Thing {
    pub(super) iri: NamedNode,
    pub(super) kind: Kind,
    /// Labels first; each once.
    pub(super) names: Vec<Name>,
    /// Classes, or the schemes of a concept.
    pub(super) classes: Vec<Value>,
    /// Its own country or countries.
    pub(super) countries: Vec<Value>,
    pub(super) sectors: Vec<Value>,
    pub(super) funders: Vec<Value>,
    /// The reports that name it.
    pub(super) mentions: Vec<u32>,
    /// The passages that state something of it or with it, in their order.
    pub(super) passages: Vec<u32>,
}

impl Thing {
    fn new(iri: NamedNode) -> Self {
        Self {
            iri,
            kind: Kind::default(),
            names: Vec::new(),
            classes: Vec::new(),
            countries: Vec::new(),
            sectors: Vec::new(),
            funders: Vec::new(),
            mentions: Vec::new(),
            passages: Vec::new(),
        }
    }

    /// What it is shown by: its labels, else its acronyms.
    pub(super) fn labels(&self) -> Vec<Label> {
        let of = |sort: Sort| -> Vec<Label> {
            let names = self.names.iter().filter(|name| name.sort == sort);
            names.map(|name| (name.language.clone(), name.text.clone())).collect()
        };
        [Sort::Label, Sort::Acronym, Sort::Other].into_iter().map(of).find(|labels| !labels.is_empty()).unwrap_or_default()
    }

    /// How much reports say of it, for the order of what is alike otherwise: between 0 and 1.
    pub(super) fn weight(&self) -> f32 {
        /// What says no more of a thing.
        const MUCH: f32 = 500.0;
        let spoken = f32::from(u16::try_from(self.passages.len() + self.mentions.len()).unwrap_or(u16::MAX));
        (spoken.ln_1p() / MUCH.ln_1p()).min(1.0)
    }
}

/// All things, each with a number.
#[derive(Default)]
pub(super) struct Things {
    pub(super) all: Vec<Thing>,
    known: HashMap<NamedNode, u32>,
}

impl Things {
    /// The number of a thing, new or known.
    pub(super) fn add(&mut self, iri: &NamedNode) -> u32 {
        if let Some(known) = self.known.get(iri) {
            return *known;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.known.insert(iri.clone(), number);
        self.all.push(Thing::new(iri.clone()));
        number
    }

    pub(super) fn get(&self, number: u32) -> Option<&Thing> {
        self.all.get(number as usize)
    }

    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut Thing> {
        self.all.get_mut(number as usize)
    }

    /// The number of a thing that is known.
    pub(super) fn number(&self, iri: &NamedNode) -> Option<u32> {
        self.known.get(iri).copied()
    }

    /// What a resource is called in a language or the nearest to it, with the language of that.
    pub(super) fn named(&self, iri: &NamedNode, lang: &str) -> Label {
        let labels = self.number(iri).and_then(|number| self.get(number)).map(Thing::labels).unwrap_or_default();
        crate::facts::labels::best(&labels, lang).cloned().unwrap_or_else(|| (String::new(), short(iri)))
    }
}

/// A report.
pub(super) struct Report {
    /// Its identifier: `gha-2021-dol-findings`.
    pub(super) id: String,
    /// The report as a thing.
    pub(super) thing: u32,
    pub(super) language: String,
    pub(super) countries: Vec<Value>,
    pub(super) years: Vec<Value>,
    pub(super) sources: Vec<Value>,
}

/// What a passage states.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub(super) claim: NamedNode,
    pub(super) subject: u32,
    pub(super) property: NamedNode,
    pub(super) value: Term,
}

/// The words of a report: those that claims quote, or those of an answer.
pub(super) struct Passage {
    pub(super) report: u32,
    pub(super) text: String,
    /// A little of what stands before and after them.
    pub(super) around: (String, String),
    /// The language's code; empty where it is not known.
    pub(super) language: String,
    /// The answer that it stands in, if any.
    pub(super) answer: Option<NamedNode>,
    /// The thing whose passage it is, for an answer: what the report answers to the question.
    pub(super) of: Option<u32>,
    pub(super) page: Option<String>,
    /// Where it begins in the report's text, in characters.
    pub(super) start: Option<usize>,
    /// What it was read as.
    pub(super) stated: Vec<Stated>,
}
