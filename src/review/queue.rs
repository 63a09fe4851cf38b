//! What is uncertain and waits for a person: new names, things that may be one, facts of low confidence, and merges that a
//! report speaks against.

use super::identity::Mention;
use super::likely::{Likeness, likely};
use super::standing::Standing;
use super::{Matter, Reviewed};
use crate::diff::{Single, plain};
use crate::facts::labels::{best, short};
use crate::facts::{self, Claim};
use crate::knowledge::authority::Authority;
use crate::model::id::fold;
use crate::model::vocab::{compact, flg};
use crate::review::apply::NAME;
use crate::store::{Pattern, Store, StoreError};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
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
    let mut desk = Desk { store, known: HashMap::new() };
    let mut items = desk.conflicts(&mentions, &standing)?;
    items.extend(desk.duplicates(&mentions, &standing, authority)?);
    items.extend(desk.names(&mentions, &standing)?);
    items.extend(desk.uncertain(below)?);
    items.sort_by(|a, b| (a.kind, &a.id, &a.other, &a.text).cmp(&(b.kind, &b.id, &b.other, &b.text)));
    Ok(items)
}

struct Desk<'s> {
    store: &'s dyn Store,
    known: HashMap<NamedNode, String>,
}

impl Desk<'_> {
    fn name(&mut self, iri: &NamedNode) -> Result<String, StoreError> {
        if let Some(name) = self.known.get(iri) {
            return Ok(name.clone());
        }
        let labels = facts::names_of(self.store, iri)?;
        let name = best(&labels, "en").map_or_else(|| short(iri), |(_, text)| text.clone());
        self.known.insert(iri.clone(), name.clone());
        Ok(name)
    }

    /// The words that introduce a thing, once a report.
    fn introductions(&self, iri: &NamedNode) -> Result<Vec<Evidence>, StoreError> {
        let claims = facts::claims_of(self.store, iri)?;
        let (names, others): (Vec<&Claim>, Vec<&Claim>) = claims.iter().partition(|claim| claim.method == NAME);
        let mut seen = BTreeSet::new();
        Ok(names.into_iter().chain(others).filter(|claim| seen.insert(claim.report.clone())).map(evidence).collect())
    }

    fn names(&mut self, mentions: &[&Mention], standing: &Standing) -> Result<Vec<Item>, StoreError> {
        let merged =
            |iri: &NamedNode| standing.merged().iter().any(|d| matches!(&d.matter, Matter::Pair(a, b) if a == iri || b == iri));
        let mut things: BTreeMap<&NamedNode, &Mention> = BTreeMap::new();
        for mention in mentions.iter().filter(|m| m.place.same_as.is_none()) {
            things.entry(&mention.place.own).or_insert(mention);
        }
        let mut items = Vec::new();
        for (iri, mention) in things.into_iter().filter(|(iri, _)| standing.thing(iri).is_none() && !merged(iri)) {
            let text = format!("{} ({})", self.name(iri)?, short(&mention.class));
            let evidence = self.introductions(iri)?;
            items.push(Item { kind: Kind::New, id: compact(iri.as_ref()), other: None, text, confidence: None, evidence });
        }
        Ok(items)
    }

    fn duplicates(&mut self, mentions: &[&Mention], standing: &Standing, authority: &Authority) -> Result<Vec<Item>, StoreError> {
        let mut pairs: BTreeMap<(NamedNode, NamedNode), Likeness> = BTreeMap::new();
        for (a, b, likeness) in likely(mentions, standing) {
            pairs.insert((a.place.iri().clone(), b.place.iri().clone()), likeness);
        }
        for mention in mentions.iter().filter(|m| m.place.same_as.is_none()) {
            for acronym in mention.acronyms() {
                let known = authority.by_name(&fold(&acronym)).iter().filter_map(|iri| authority.entity(iri.as_ref()));
                for known in known.filter(|k| k.classes.contains(&mention.class) && k.country == mention.country) {
                    if !standing.is_split(&known.iri, &mention.place.own) {
                        pairs.insert((known.iri.clone(), mention.place.own.clone()), Likeness::SameAcronym);
                    }
                }
            }
        }
        let mut items = Vec::new();
        for ((one, other), likeness) in pairs {
            let why = match likeness {
                Likeness::SameAcronym => "the same acronym",
                Likeness::SimilarName => "similar names",
            };
            let text = format!("{} | {}: {why}", self.name(&one)?, self.name(&other)?);
            let mut evidence = self.introductions(&one)?;
            evidence.extend(self.introductions(&other)?);
            let (id, other) = (compact(one.as_ref()), Some(compact(other.as_ref())));
            items.push(Item { kind: Kind::Duplicate, id, other, text, confidence: None, evidence });
        }
        Ok(items)
    }

    fn uncertain(&mut self, below: f32) -> Result<Vec<Item>, StoreError> {
        let confidence = flg::CONFIDENCE.into_owned();
        let mut subjects = BTreeSet::new();
        let mut doubtful = Vec::new();
        self.store.each(Pattern { predicate: Some(&confidence), ..Pattern::default() }, &mut |quad| {
            if matches!(&quad.object, Term::Literal(sure) if sure.value().parse::<f32>().is_ok_and(|sure| sure < below)) {
                doubtful.push(quad.subject);
            }
            Ok(())
        })?;
        let subject = crate::model::vocab::rdf::SUBJECT.into_owned();
        for claim in &doubtful {
            for quad in self.store.quads(Pattern { subject: Some(claim), predicate: Some(&subject), ..Pattern::default() })? {
                if let Term::NamedNode(subject) = quad.object {
                    subjects.insert(subject);
                }
            }
        }
        let mut items = Vec::new();
        for subject in subjects {
            for claim in facts::claims_of(self.store, &subject)? {
                let open = claim.status.as_deref() == Some("proposed") && claim.method != NAME;
                if open
                    && claim.confidence.is_some_and(|sure| sure < below)
                    && doubtful.contains(&NamedOrBlankNode::from(claim.iri.clone()))
                {
                    let text = self.fact(&claim)?;
                    let (id, confidence, evidence) = (compact(claim.iri.as_ref()), claim.confidence, vec![evidence(&claim)]);
                    items.push(Item { kind: Kind::Uncertain, id, other: None, text, confidence, evidence });
                }
            }
        }
        Ok(items)
    }

    fn fact(&mut self, claim: &Claim) -> Result<String, StoreError> {
        let value = if let Term::NamedNode(iri) = &claim.value { self.name(iri)? } else { plain(&claim.value) };
        Ok(format!("{} – {}: {value}", self.name(&claim.subject)?, compact(claim.property.as_ref())))
    }

    /// Things that are one in several reports, or by a decision, and of which the reports cannot both be right.
    fn conflicts(&mut self, mentions: &[&Mention], standing: &Standing) -> Result<Vec<Item>, StoreError> {
        let mut things: BTreeMap<&NamedNode, Vec<&Mention>> = BTreeMap::new();
        for mention in mentions {
            things.entry(mention.place.iri()).or_default().push(mention);
        }
        let single = Single::load();
        let mut items = Vec::new();
        for (iri, mentions) in things.into_iter().filter(|(_, mentions)| mentions.len() > 1) {
            let settled = settled(iri, &mentions, standing);
            let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
            let mut differ = |what: &str, of: &dyn Fn(&Mention) -> Option<String>| {
                let values: BTreeMap<String, BTreeSet<String>> =
                    by_value(mentions.iter().filter_map(|m| Some((of(m)?, m.report.clone()))));
                if values.len() > 1 {
                    let said = values.iter().map(|(value, reports)| format!("{value} ({})", joined(reports))).collect::<Vec<_>>();
                    found.push((format!("{what}: {}", said.join(" | ")), values.into_values().flatten().collect()));
                }
            };
            differ("class", &|m| Some(short(&m.class)));
            differ("country", &|m| m.country.as_ref().map(short));
            let claims = facts::claims_of(self.store, iri)?;
            let live: Vec<&Claim> =
                claims.iter().filter(|c| single.is(&c.property) && c.status.as_deref() != Some("rejected")).collect();
            let properties: BTreeSet<&NamedNode> = live.iter().map(|claim| &claim.property).collect();
            for property in properties {
                let of = live.iter().filter(|claim| claim.property == *property);
                let values = by_value(of.map(|claim| (plain(&claim.value), claim.report.clone())));
                // What one report says twice in different ways is that report's own contradiction.
                let reports: BTreeSet<String> = values.values().flatten().cloned().collect();
                let agree = reports.iter().all(|report| values.values().all(|said| said.contains(report)));
                if values.len() > 1 && reports.len() > 1 && !agree {
                    let said = values.iter().map(|(value, reports)| format!("{value} ({})", joined(reports))).collect::<Vec<_>>();
                    found.push((format!("{}: {}", compact(property.as_ref()), said.join(" | ")), reports));
                }
            }
            for (what, reports) in found.into_iter().filter(|(_, reports)| !reports.is_subset(&settled)) {
                let about: Vec<&Claim> =
                    live.iter().copied().filter(|c| what.starts_with(&compact(c.property.as_ref()))).collect();
                let mut evidence: Vec<Evidence> =
                    about.into_iter().filter(|c| reports.contains(&c.report)).map(self::evidence).collect();
                if evidence.is_empty() {
                    evidence = self.introductions(iri)?;
                }
                let text = format!("{} – {what}", self.name(iri)?);
                let other = mentions.iter().map(|m| &m.place.own).find(|own| *own != iri).map(|own| compact(own.as_ref()));
                items.push(Item { kind: Kind::Conflict, id: compact(iri.as_ref()), other, text, confidence: None, evidence });
            }
        }
        Ok(items)
    }
}

/// The reports that a person has compared when they decided that a thing is one.
fn settled(iri: &NamedNode, mentions: &[&Mention], standing: &Standing) -> BTreeSet<String> {
    let owns: BTreeSet<&NamedNode> = mentions.iter().map(|m| &m.place.own).chain([iri]).collect();
    let merged =
        standing.merged().iter().filter(|d| matches!(&d.matter, Matter::Pair(a, b) if owns.contains(a) || owns.contains(b)));
    merged.chain(standing.thing(iri)).flat_map(|decision| decision.seen.iter().cloned()).collect()
}

fn by_value(said: impl Iterator<Item = (String, String)>) -> BTreeMap<String, BTreeSet<String>> {
    let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (value, report) in said {
        values.entry(value).or_default().insert(report);
    }
    values
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
