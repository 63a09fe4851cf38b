//! What holds of all decisions: the latest on each matter.

use super::decision::{Decision, Fact, Matter, Verdict};
use oxigraph::model::{NamedNode, Term};
use std::collections::{HashMap, HashSet};

/// The decisions that hold.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    facts: HashMap<Fact, Decision>,
    things: HashMap<NamedNode, Decision>,
    /// Things that are one, the kept one first, by the decision.
    merged: Vec<Decision>,
    split: HashSet<(NamedNode, NamedNode)>,
    apart: HashSet<(NamedNode, String)>,
}

impl Standing {
    /// What holds of decisions in the order in which they were made.
    pub fn of(decisions: &[Decision]) -> Self {
        let mut latest: HashMap<Matter, &Decision> = HashMap::new();
        for decision in decisions {
            latest.insert(decision.matter.key(), decision);
        }
        let mut holding: Vec<&Decision> = latest.into_values().collect();
        holding.sort_by_key(|decision| decision.order());
        let mut standing = Self::default();
        for decision in holding {
            match (&decision.matter, decision.verdict) {
                (Matter::Fact(fact), _) => drop(standing.facts.insert(fact.clone(), decision.clone())),
                (Matter::Thing(thing), _) => drop(standing.things.insert(thing.clone(), decision.clone())),
                (Matter::Pair(..), Verdict::Merge) => standing.merged.push(decision.clone()),
                (Matter::Pair(a, b), _) => drop(standing.split.insert((a.min(b).clone(), a.max(b).clone()))),
                (Matter::Apart(thing, report), Verdict::Split) => drop(standing.apart.insert((thing.clone(), report.clone()))),
                (Matter::Apart(..), _) => {}
            }
        }
        standing
    }

    /// The decision on a fact.
    pub fn fact(&self, report: &str, subject: &NamedNode, property: &NamedNode, value: &Term) -> Option<&Decision> {
        let fact = Fact { report: report.to_owned(), subject: subject.clone(), property: property.clone(), value: value.clone() };
        self.facts.get(&fact)
    }
    /// The decision on a thing.
    pub fn thing(&self, thing: &NamedNode) -> Option<&Decision> {
        self.things.get(thing)
    }
    /// The decisions that two things are one.
    pub fn merged(&self) -> &[Decision] {
        &self.merged
    }
    /// Whether two things are not one.
    pub fn is_split(&self, one: &NamedNode, other: &NamedNode) -> bool {
        self.split.contains(&(one.min(other).clone(), one.max(other).clone()))
    }
    /// The pairs of things that are not one.
    pub fn split(&self) -> impl Iterator<Item = &(NamedNode, NamedNode)> {
        self.split.iter()
    }
    /// Whether a report means something else by a name.
    pub fn is_apart(&self, thing: &NamedNode, report: &str) -> bool {
        self.apart.contains(&(thing.clone(), report.to_owned()))
    }
}
