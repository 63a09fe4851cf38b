//! People's decisions, and which things of several reports are one: what a conversion becomes when it is stored.
//!
//! A report's graphs in the store are a function of three things: its conversion, all decisions (`graph/review`), and the things
//! that the other reports speak of. What a decision changes can be undone from the graphs themselves: a claim keeps the terms that
//! it was read with (`flg:originalSubject` and its like), a thing that was taken for another keeps its description in its report's
//! source graph, as `skos:exactMatch` with it. So [`unreview::restore`] gives back the conversion, and no order in which reports
//! and decisions arrive makes a difference.
//!
//! - A rejected fact is taken out of the report's graph, where queries look; its claim stays and says `rejected`.
//! - A thing that is the same as another is written under one IRI everywhere: that of the authority, or the one that a person
//!   chose, or the shortest. New IRIs are never made from the set of reports, but for two things that share one.

mod apply;
mod compare;
pub mod decision;
pub mod identity;
pub mod likely;
pub mod mention;
mod pair;
pub mod queue;
mod standing;
mod trial;
mod unreview;

pub use decision::{Decision, Matter, Verdict};
pub use standing::Standing;
pub use trial::TrialError;
pub use unreview::restore;

use crate::graph::graphs;
use crate::model::vocab::graph;
use crate::store::{Pattern, Store, StoreError};
use identity::{Mention, Plan};
use oxigraph::model::{NamedNode, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// What keeps the reports of a store in step with decisions and with each other: read once, for one store, and handed that store
/// whenever it writes.
#[derive(Clone, Debug)]
pub struct Reviewed {
    decisions: Vec<Decision>,
    /// The new things of each report, as it was converted.
    mentions: BTreeMap<String, Vec<Mention>>,
}

impl Reviewed {
    /// Reads decisions and new things from a store.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn read(store: &dyn Store) -> Result<Self, StoreError> {
        let decisions = decision::read(&quads_of(store, &graph::review())?);
        let mut mentions = BTreeMap::new();
        for report in reports(store)? {
            let of_report = mention::stored(store, &report)?;
            mentions.insert(report, of_report);
        }
        Ok(Self { decisions, mentions })
    }

    /// The decisions, oldest first.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// The new things of each report.
    pub fn mentions(&self) -> &BTreeMap<String, Vec<Mention>> {
        &self.mentions
    }

    /// What holds of all decisions.
    pub fn standing(&self) -> Standing {
        Standing::of(&self.decisions)
    }

    /// Puts a converted report in the place of its former self, and brings the others in step, all at once.
    ///
    /// # Errors
    /// If the store cannot be read or written; it is as it was then.
    pub fn put(&mut self, store: &dyn Store, report: &str, quads: &[Quad]) -> Result<(), StoreError> {
        let before = self.mentions.insert(report.to_owned(), mention::mentions(report, quads));
        let mut fresh = BTreeMap::new();
        fresh.insert(report.to_owned(), quads.to_vec());
        let outcome = self.bring_in_step(store, fresh, &BTreeSet::new(), None);
        if outcome.is_err() {
            match before {
                Some(before) => self.mentions.insert(report.to_owned(), before),
                None => self.mentions.remove(report),
            };
        }
        outcome
    }

    /// Adds decisions and does what they say.
    ///
    /// # Errors
    /// If the store cannot be read or written; it is as it was then.
    pub fn decide(&mut self, store: &dyn Store, new: &[Decision]) -> Result<(), StoreError> {
        let mut decisions = self.decisions.clone();
        decisions.extend_from_slice(new);
        decisions.sort_by_key(Decision::order);
        decisions.dedup();
        let before = std::mem::replace(&mut self.decisions, decisions);
        // The reports whose facts or things are decided on; those whose things move are found by that.
        let concerned = new.iter().flat_map(|decision| match &decision.matter {
            Matter::Fact(fact) => BTreeSet::from([fact.report.clone()]),
            Matter::Thing(thing) => queue::speak_of(&self.mentions, &[thing]),
            Matter::Pair(..) | Matter::Apart(..) => BTreeSet::new(),
        });
        let all: BTreeSet<String> = concerned.filter(|report| self.mentions.contains_key(report)).collect();
        let review = decision::quads(&self.decisions);
        let outcome = self.bring_in_step(store, BTreeMap::new(), &all, Some(review));
        if outcome.is_err() {
            self.decisions = before;
        }
        outcome
    }

    /// The graphs of a report, as it was converted.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn original(store: &dyn Store, report: &str) -> Result<Vec<Quad>, StoreError> {
        let mut quads = Vec::new();
        for graph in graphs(report) {
            quads.extend(quads_of(store, &graph)?);
        }
        Ok(restore(report, quads))
    }

    /// Writes the reports that are not as they should be: `fresh` ones, given as converted, those of `all`, and whichever speak of
    /// something that is now another's.
    fn bring_in_step(
        &mut self,
        store: &dyn Store,
        mut fresh: BTreeMap<String, Vec<Quad>>,
        all: &BTreeSet<String>,
        review: Option<Vec<Quad>>,
    ) -> Result<(), StoreError> {
        let standing = self.standing();
        let plan = Plan::new(self.mentions.values().flatten(), &standing);
        for (report, mentions) in &self.mentions {
            let moved = mentions.iter().any(|mention| plan.place(mention) != mention.place);
            if !fresh.contains_key(report) && (moved || all.contains(report)) {
                fresh.insert(report.clone(), Self::original(store, report)?);
            }
        }
        let mut written: Vec<NamedNode> = vec![graph::inferred()];
        let mut quads = identity::inferred(self.mentions.values().flatten(), &plan);
        for (report, original) in &fresh {
            written.extend(graphs(report));
            quads.extend(apply::apply(report, original, &standing, &plan));
        }
        if let Some(review) = review {
            written.push(graph::review());
            quads.extend(review);
        }
        store.replace(&written, &mut quads.into_iter())?;
        for mention in self.mentions.values_mut().flatten() {
            mention.place = plan.place(mention);
        }
        Ok(())
    }
}

fn quads_of(store: &dyn Store, graph: &NamedNode) -> Result<Vec<Quad>, StoreError> {
    store.quads(Pattern { graph: Some(graph), ..Pattern::default() })
}

/// The identifiers of the reports in a store.
///
/// # Errors
/// If the store cannot be read.
pub fn reports(store: &dyn Store) -> Result<Vec<String>, StoreError> {
    let source = graph::source("");
    Ok(store.graphs()?.iter().filter_map(|g| g.as_str().strip_prefix(source.as_str())).map(str::to_owned).collect())
}
