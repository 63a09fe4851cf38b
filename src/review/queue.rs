//! What is uncertain and waits for a person: new names, things that may be one, facts of low confidence, and merges that a
//! report speaks against.

use super::identity::Mention;
use super::likely::{Likeness, likely};
use super::mention;
use super::pair::are_abroad;
use super::standing::Standing;
use super::{Matter, Reviewed};
use crate::diff::{Single, by_value, disagreement, plain};
use crate::facts::labels::short;
use crate::facts::{self, Claim};
use crate::knowledge::authority::Authority;
use crate::model::vocab::{compact, graph};
use crate::names::Names;
use crate::review::apply::NAME;
use crate::store::{Store, StoreError};
use oxigraph::model::{NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Why something is in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Things that were merged, and of which reports say what cannot be true of one.
    Conflict,
    /// Two things that may be one.
    Duplicate,
    /// A thing that the authority does not have.
    New,
    /// A fact that its rule is not sure of.
    Uncertain,
}

/// The words of a report that something rests on.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Evidence {
    /// Which of the things it speaks of, in the short form.
    pub about: String,
    /// The report.
    pub report: String,
    /// The question, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The page, where pages are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The words.
    pub quote: String,
}

/// Something to decide on.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Item {
    /// Why it is here.
    pub kind: Kind,
    /// What is to be decided on, in the short form: a thing or a claim.
    pub id: String,
    /// The other thing, where there are two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// What it is about, in words.
    pub text: String,
    /// How sure the rule is, for a fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// What reports say, side by side.
    pub evidence: Vec<Evidence>,
}

/// All that waits, by kind and IRI. Facts below `below` are uncertain.
///
/// # Errors
/// If the store cannot be read.
pub fn queue(store: &dyn Store, reviewed: &Reviewed, authority: &Authority, below: f32) -> Result<Vec<Item>, StoreError> {
    let standing = reviewed.standing();
    let mentions: Vec<&Mention> = reviewed.mentions().values().flatten().collect();
    let known = mention::known(authority);
    let pairs = likely(&mentions, &known, &standing);
    let desk = Desk::read(store, reviewed, &pairs, below)?;
    let mut items = desk.conflicts(&mentions, &standing);
    items.extend(desk.duplicates(&pairs));
    items.extend(desk.new_names(&mentions, &standing));
    items.extend(desk.uncertain());
    items.sort_by(|a, b| (a.kind, &a.id, &a.other, &a.text).cmp(&(b.kind, &b.id, &b.other, &b.text)));
    Ok(items)
}

/// What the queue needs of the graph, read once: to ask for each thing would read the evidence a thousand times.
struct Desk {
    names: Names,
    /// The words that introduce a thing, once a report; first those that name it.
    introduced: HashMap<NamedNode, BTreeMap<String, (bool, Evidence)>>,
    /// Facts below the confidence that was asked for.
    doubtful: Vec<Claim>,
    /// Facts about things that are one in several reports, with properties of which there can be one value.
    single: HashMap<NamedNode, Vec<Claim>>,
    /// Those properties.
    only: Single,
}

impl Desk {
    fn read(store: &dyn Store, reviewed: &Reviewed, pairs: &Pairs, below: f32) -> Result<Self, StoreError> {
        let mut desk = Self {
            names: Names::read(store)?,
            introduced: HashMap::new(),
            doubtful: Vec::new(),
            single: HashMap::new(),
            only: Single::load(),
        };
        let mentions = || reviewed.mentions().values().flatten();
        let paired = pairs.keys().flat_map(|(one, other)| [one, other]);
        for iri in mentions().flat_map(|m| [m.place.iri(), &m.place.own]).chain(paired) {
            desk.introduced.entry(iri.clone()).or_default();
        }
        for (iri, _) in things(mentions()).into_iter().filter(|(_, mentions)| mentions.len() > 1) {
            desk.single.insert(iri.clone(), Vec::new());
        }
        for report in super::reports(store)? {
            let evidence = super::quads_of(store, &graph::evidence(&report))?;
            for claim in facts::claims_in(&report, &evidence) {
                desk.take(claim, below);
            }
        }
        Ok(desk)
    }

    fn take(&mut self, claim: Claim, below: f32) {
        let names = claim.method == NAME;
        if let Some(introduced) = self.introduced.get_mut(&claim.subject) {
            let better = introduced.get(&claim.report).is_none_or(|(named, _)| names && !named);
            if better {
                introduced.insert(claim.report.clone(), (names, evidence(&claim)));
            }
        }
        let rejected = claim.status.as_deref() == Some("rejected");
        if let Some(about) = self.single.get_mut(&claim.subject)
            && self.only.is(&claim.property)
            && !rejected
        {
            about.push(claim.clone());
        }
        let open = claim.status.as_deref() == Some("proposed") && !names;
        if open && claim.confidence.is_some_and(|sure| sure < below) {
            self.doubtful.push(claim);
        }
    }

    fn name(&self, iri: &NamedNode) -> String {
        self.names.label(iri, "en").map_or_else(|| short(iri), |name| name.text.clone())
    }

    fn introductions(&self, iri: &NamedNode) -> Vec<Evidence> {
        self.introduced.get(iri).into_iter().flat_map(|said| said.values().map(|(_, evidence)| evidence.clone())).collect()
    }

    fn new_names(&self, mentions: &[&Mention], standing: &Standing) -> Vec<Item> {
        let merged: BTreeSet<&NamedNode> = standing
            .merged()
            .iter()
            .flat_map(|decision| if let Matter::Pair(a, b) = &decision.matter { vec![a, b] } else { Vec::new() })
            .collect();
        let mut things: BTreeMap<&NamedNode, &Mention> = BTreeMap::new();
        for mention in mentions.iter().filter(|m| m.place.same_as.is_none()) {
            things.entry(&mention.place.own).or_insert(mention);
        }
        let undecided = things.into_iter().filter(|(iri, _)| standing.thing(iri).is_none() && !merged.contains(iri));
        undecided
            .map(|(iri, mention)| Item {
                kind: Kind::New,
                id: compact(iri.as_ref()),
                other: None,
                text: format!("{} ({})", self.name(iri), short(&mention.class)),
                confidence: None,
                evidence: self.introductions(iri),
            })
            .collect()
    }

    fn duplicates(&self, pairs: &Pairs) -> Vec<Item> {
        let item = |((one, other), likeness): (&(NamedNode, NamedNode), &Likeness)| {
            let mut evidence = self.introductions(one);
            evidence.extend(self.introductions(other));
            Item {
                kind: Kind::Duplicate,
                id: compact(one.as_ref()),
                other: Some(compact(other.as_ref())),
                text: format!("{} | {}: {}", self.name(one), self.name(other), likeness.words()),
                confidence: None,
                evidence,
            }
        };
        pairs.iter().map(item).collect()
    }

    fn uncertain(&self) -> Vec<Item> {
        let item = |claim: &Claim| Item {
            kind: Kind::Uncertain,
            id: compact(claim.iri.as_ref()),
            other: None,
            text: self.fact(claim),
            confidence: claim.confidence,
            evidence: vec![evidence(claim)],
        };
        self.doubtful.iter().map(item).collect()
    }

    fn fact(&self, claim: &Claim) -> String {
        let value = if let Term::NamedNode(iri) = &claim.value { self.name(iri) } else { plain(&claim.value) };
        format!("{} – {}: {value}", self.name(&claim.subject), compact(claim.property.as_ref()))
    }

    /// Things that are one in several reports, or by a decision, and of which the reports cannot both be right.
    fn conflicts(&self, mentions: &[&Mention], standing: &Standing) -> Vec<Item> {
        let mut items = Vec::new();
        for (iri, mentions) in things(mentions.iter().copied()).into_iter().filter(|(_, mentions)| mentions.len() > 1) {
            let settled = settled(iri, &mentions, standing);
            let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
            let mut differ = |what: &str, of: &dyn Fn(&Mention) -> Option<String>| {
                let values = by_value(mentions.iter().filter_map(|m| Some((of(m)?, m.report.clone()))));
                if values.len() > 1 {
                    let said = values.iter().map(|(value, reports)| format!("{value} ({})", joined(reports))).collect::<Vec<_>>();
                    found.push((format!("{what}: {}", said.join(" | ")), values.into_values().flatten().collect()));
                }
            };
            differ("class", &|m| Some(short(&m.class)));
            if !are_abroad(&mentions) {
                differ("country", &|m| m.country.as_ref().map(short));
            }
            let live: &[Claim] = self.single.get(iri).map(Vec::as_slice).unwrap_or_default();
            let properties: BTreeSet<&NamedNode> = live.iter().map(|claim| &claim.property).collect();
            for property in properties {
                let of = live.iter().filter(|claim| claim.property == *property);
                if let Some(values) = disagreement(&self.only, property, of) {
                    let said = values.iter().map(|(value, reports)| format!("{value} ({})", joined(reports))).collect::<Vec<_>>();
                    found.push((
                        format!("{}: {}", compact(property.as_ref()), said.join(" | ")),
                        values.into_values().flatten().collect(),
                    ));
                }
            }
            for (what, reports) in found.into_iter().filter(|(_, reports)| !reports.is_subset(&settled)) {
                let about = live.iter().filter(|c| what.starts_with(&compact(c.property.as_ref())));
                let mut evidence: Vec<Evidence> = about.filter(|c| reports.contains(&c.report)).map(self::evidence).collect();
                if evidence.is_empty() {
                    evidence = self.introductions(iri);
                }
                let text = format!("{} – {what}", self.name(iri));
                let other = mentions.iter().map(|m| &m.place.own).find(|own| *own != iri).map(|own| compact(own.as_ref()));
                items.push(Item { kind: Kind::Conflict, id: compact(iri.as_ref()), other, text, confidence: None, evidence });
            }
        }
        items
    }
}

/// Pairs of things that may be one, and why.
type Pairs = BTreeMap<(NamedNode, NamedNode), Likeness>;

/// What reports speak of, by the IRI under which the store has it.
fn things<'a>(mentions: impl Iterator<Item = &'a Mention>) -> BTreeMap<&'a NamedNode, Vec<&'a Mention>> {
    let mut things: BTreeMap<&NamedNode, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions {
        things.entry(mention.place.iri()).or_default().push(mention);
    }
    things
}

/// The reports that a person has compared when they decided that a thing is one.
fn settled(iri: &NamedNode, mentions: &[&Mention], standing: &Standing) -> BTreeSet<String> {
    let owns: BTreeSet<&NamedNode> = mentions.iter().map(|m| &m.place.own).chain([iri]).collect();
    let merged =
        standing.merged().iter().filter(|d| matches!(&d.matter, Matter::Pair(a, b) if owns.contains(a) || owns.contains(b)));
    merged.chain(standing.thing(iri)).flat_map(|decision| decision.seen.iter().cloned()).collect()
}

fn joined(reports: &BTreeSet<String>) -> String {
    reports.iter().cloned().collect::<Vec<_>>().join(", ")
}

fn evidence(claim: &Claim) -> Evidence {
    Evidence {
        about: compact(claim.subject.as_ref()),
        report: claim.report.clone(),
        question: claim.question(),
        page: claim.page.clone(),
        quote: claim.exact.clone(),
    }
}

/// The reports that speak of things, or of what they are the same as.
pub fn speak_of(mentions: &BTreeMap<String, Vec<Mention>>, things: &[&NamedNode]) -> BTreeSet<String> {
    let speaks = |m: &Mention| things.iter().any(|thing| m.place.own == **thing || m.place.same_as.as_ref() == Some(thing));
    mentions.iter().filter(|(_, all)| all.iter().any(speaks)).map(|(report, _)| report.clone()).collect()
}
