//! The authority: what is known before any report is read, from `data/authority/*.ttl`.
//!
//! Countries, places, sectors, issues, groups, legal instruments and organisations, with their names and acronyms in several
//! languages. Everything has an IRI; the same name may belong to several things, which is ambiguity and no mistake.

use super::files;
use super::turtle::{self, TurtleError};
use crate::model::id::fold;
use crate::model::lang::Lang;
use crate::model::vocab::{class, dcterms, flg, graph, org, rdf, schema, skos};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Why the authority cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// A file is no Turtle, or has a blank node.
    #[error(transparent)]
    File(#[from] TurtleError),
    /// An entity is not well described.
    #[error("`{place}`: `{iri}` {message}", place = files::place(file))]
    Entity {
        /// The file in which it was first seen.
        file: String,
        /// The entity.
        iri: String,
        /// What is wrong with it.
        message: String,
    },
}

/// What a label is to its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LabelKind {
    /// The preferred name: one a language.
    Pref,
    /// Another name, or a way in which texts write it.
    Alt,
    /// An acronym or a short code: its case matters in running text.
    Acronym,
    /// A code of a classification, `MX` or `0114` for instance; no name, and not to be looked for in text.
    Notation,
}

impl LabelKind {
    /// Whether a text may use the label as a name.
    pub fn is_name(self) -> bool {
        self != Self::Notation
    }
}

/// A label of a known entity.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label {
    /// What it is to its bearer.
    pub kind: LabelKind,
    /// Its language; codes have none.
    pub lang: Option<Lang>,
    /// The label.
    pub text: String,
}

/// Something that the authority knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its IRI.
    pub iri: NamedNode,
    /// Its classes as stated, in the order of their IRIs; the classes above them are in [`super::classes::Classes`].
    pub classes: Vec<NamedNode>,
    /// Its labels: preferred names first, then other names, acronyms, codes.
    pub labels: Vec<Label>,
    /// The country that it belongs to. A country has none.
    pub country: Option<NamedNode>,
    /// The concepts directly above it.
    pub broader: Vec<NamedNode>,
    /// The concept scheme that it is in.
    pub scheme: Option<NamedNode>,
    /// The organisations directly above it (`org:unitOf`, `org:subOrganizationOf`).
    pub parents: Vec<NamedNode>,
    /// Whether it is there to fund work in other countries (`schema:FundingAgency`, which is said besides its class).
    pub funds_abroad: bool,
}

impl Known {
    /// Whether it is stated to be of this class.
    pub fn is(&self, class: NamedNodeRef<'_>) -> bool {
        self.classes.iter().any(|c| c.as_ref() == class)
    }
    /// What texts call it: every label but codes.
    pub fn names(&self) -> impl Iterator<Item = &Label> {
        self.labels.iter().filter(|label| label.kind.is_name())
    }
}

/// The authority, checked and indexed.
#[derive(Clone, Debug)]
pub struct Authority {
    quads: Vec<Quad>,
    entities: Vec<Known>,
    /// The place of each of them, by its IRI.
    by_iri: FxHashMap<String, usize>,
    by_name: FxHashMap<String, Vec<NamedNode>>,
}

impl Authority {
    /// The authority that is part of the binary.
    ///
    /// # Errors
    /// If a file is malformed, or an entity has no class or no name.
    pub fn load() -> Result<Self, AuthorityError> {
        Self::from_files(files::data("authority", ".ttl"))
    }

    /// An authority from Turtle files, each a path below `data/` and its bytes.
    ///
    /// # Errors
    /// If a file is malformed, or an entity has no class or no name.
    pub fn from_files<B: AsRef<[u8]>>(files: impl IntoIterator<Item = (String, B)>) -> Result<Self, AuthorityError> {
        let mut quads = Vec::new();
        let mut first_file: BTreeMap<NamedNode, String> = BTreeMap::new();
        for (file, bytes) in files {
            for quad in turtle::parse_named(&files::place(&file), bytes.as_ref(), graph::authority())? {
                if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
                    first_file.entry(subject.clone()).or_insert_with(|| file.clone());
                }
                quads.push(quad);
            }
        }
        let entities = entities(&quads, &first_file)?;
        let by_iri = entities.iter().map(|known| known.iri.as_str().to_owned()).zip(0..).collect();
        let by_name = index(&entities);
        Ok(Self { quads, entities, by_iri, by_name })
    }

    /// Every triple of the files, in the authority's graph.
    pub fn quads(&self) -> &[Quad] {
        &self.quads
    }
    /// Everything known, in the order of the IRIs; concept schemes are no entities.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = &Known> {
        self.entities.iter()
    }
    /// What is known under an IRI.
    pub fn entity(&self, iri: NamedNodeRef<'_>) -> Option<&Known> {
        self.entities.get(*self.by_iri.get(iri.as_str())?)
    }
    /// Whatever bears a name or an acronym, in the order of the IRIs. The name is given as [`fold`] returns it.
    pub fn by_name(&self, folded: &str) -> &[NamedNode] {
        self.by_name.get(folded).map_or(&[], Vec::as_slice)
    }
    /// The preferred name in a language, or else in English, Spanish, French, or any.
    pub fn label(&self, iri: NamedNodeRef<'_>, lang: &Lang) -> Option<&str> {
        let preferred = || self.entity(iri).into_iter().flat_map(|k| &k.labels).filter(|l| l.kind == LabelKind::Pref);
        let of = |code: &str| preferred().find(|label| label.lang.as_ref().is_some_and(|l| l.code() == code));
        [lang.code(), "en", "es", "fr"].into_iter().find_map(of).or_else(|| preferred().next()).map(|label| label.text.as_str())
    }
    /// Every concept above one, by any number of `skos:broader` steps, itself left out; nearest first.
    pub fn ancestors(&self, concept: NamedNodeRef<'_>) -> Vec<&Known> {
        let mut found: Vec<&Known> = Vec::new();
        let mut open: Vec<NamedNode> = vec![concept.into_owned()];
        while !open.is_empty() {
            let above: Vec<NamedNode> =
                open.iter().filter_map(|c| self.entity(c.as_ref())).flat_map(|k| k.broader.clone()).collect();
            open.clear();
            for known in above.iter().filter_map(|c| self.entity(c.as_ref())) {
                if known.iri.as_ref() != concept && !found.iter().any(|f| f.iri == known.iri) {
                    found.push(known);
                    open.push(known.iri.clone());
                }
            }
        }
        found
    }
    /// Whether a concept is another, or below it.
    pub fn is_within(&self, concept: NamedNodeRef<'_>, ancestor: NamedNodeRef<'_>) -> bool {
        concept == ancestor || self.ancestors(concept).iter().any(|k| k.iri.as_ref() == ancestor)
    }
}

/// The typed view of the quads, in the order of the IRIs.
fn entities(quads: &[Quad], first_file: &BTreeMap<NamedNode, String>) -> Result<Vec<Known>, AuthorityError> {
    let mut drafts: BTreeMap<&str, Draft> = BTreeMap::new();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            drafts.entry(subject.as_str()).or_default().take(quad.predicate.as_ref(), &quad.object);
        }
    }
    let mut known = Vec::with_capacity(drafts.len());
    for (iri, file) in first_file {
        let Some(draft) = drafts.remove(iri.as_str()) else { continue };
        if draft.classes.iter().any(|c| c.as_ref() == skos::CONCEPT_SCHEME) {
            continue;
        }
        let wrong = |message: &str| AuthorityError::Entity {
            file: file.clone(),
            iri: iri.as_str().to_owned(),
            message: message.to_owned(),
        };
        if draft.classes.is_empty() {
            return Err(wrong("has no rdf:type"));
        }
        if !draft.labels.iter().any(|label| label.kind == LabelKind::Pref) {
            return Err(wrong("has no skos:prefLabel"));
        }
        if draft.unreadable {
            return Err(wrong("has a label that is no text, or a relation to something that is no IRI"));
        }
        if draft.countries.len() > 1 || draft.schemes.len() > 1 {
            return Err(wrong("has two countries or is in two schemes"));
        }
        known.push(draft.finish(iri.clone()));
    }
    Ok(known)
}

/// An entity as it is gathered, triple by triple.
#[derive(Default)]
struct Draft {
    classes: BTreeSet<NamedNode>,
    labels: BTreeSet<Label>,
    countries: BTreeSet<NamedNode>,
    broader: BTreeSet<NamedNode>,
    schemes: BTreeSet<NamedNode>,
    parents: BTreeSet<NamedNode>,
    funds_abroad: bool,
    unreadable: bool,
}

impl Draft {
    fn take(&mut self, predicate: NamedNodeRef<'_>, object: &Term) {
        if let Some(kind) = label_kind(predicate) {
            match object {
                Term::Literal(literal) => {
                    let lang = literal.language().and_then(|tag| Lang::new(tag.split('-').next().unwrap_or(tag)));
                    self.unreadable |= literal.value().trim().is_empty();
                    self.labels.insert(Label { kind, lang, text: literal.value().to_owned() });
                }
                _ => self.unreadable = true,
            }
            return;
        }
        if predicate == rdf::TYPE && *object == schema::FUNDING_AGENCY.into() {
            self.funds_abroad = true;
            return;
        }
        let nodes = match predicate {
            p if p == rdf::TYPE => &mut self.classes,
            p if p == flg::COUNTRY => &mut self.countries,
            p if p == skos::BROADER => &mut self.broader,
            p if p == skos::IN_SCHEME => &mut self.schemes,
            p if p == org::UNIT_OF || p == org::SUB_ORGANIZATION_OF => &mut self.parents,
            _ => return,
        };
        match object {
            Term::NamedNode(node) => {
                nodes.insert(node.clone());
            }
            _ => self.unreadable = true,
        }
    }

    fn finish(self, iri: NamedNode) -> Known {
        let is_country = self.classes.iter().any(|c| c.as_ref() == class::COUNTRY);
        Known {
            iri,
            classes: self.classes.into_iter().collect(),
            labels: self.labels.into_iter().collect(),
            country: self.countries.into_iter().next().filter(|_| !is_country),
            broader: self.broader.into_iter().collect(),
            scheme: self.schemes.into_iter().next(),
            parents: self.parents.into_iter().collect(),
            funds_abroad: self.funds_abroad,
        }
    }
}

fn label_kind(predicate: NamedNodeRef<'_>) -> Option<LabelKind> {
    const KINDS: [(NamedNodeRef<'static>, LabelKind); 5] = [
        (skos::PREF_LABEL, LabelKind::Pref),
        (skos::ALT_LABEL, LabelKind::Alt),
        (flg::ACRONYM, LabelKind::Acronym),
        (skos::NOTATION, LabelKind::Notation),
        (dcterms::IDENTIFIER, LabelKind::Notation),
    ];
    KINDS.iter().find(|(property, _)| *property == predicate).map(|(_, kind)| *kind)
}

/// Who bears which folded name; entities come in order, so that the bearers do.
fn index(entities: &[Known]) -> FxHashMap<String, Vec<NamedNode>> {
    let mut by_name: FxHashMap<String, Vec<NamedNode>> = FxHashMap::default();
    for known in entities {
        for label in known.names() {
            let bearers = by_name.entry(fold(&label.text)).or_default();
            if bearers.last() != Some(&known.iri) {
                bearers.push(known.iri.clone());
            }
        }
    }
    by_name
}
