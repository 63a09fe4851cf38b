//! Corrections and merges are tried before they are made: what a person says instead has to hold by the same shapes and rules as
//! what a report was read to say, and so has what is said of two things when they are one.

use super::apply::apply;
use super::identity::{Plan, inferred};
use super::queue::speak_of;
use super::{Decision, Matter, Reviewed, Standing, Verdict, quads_of};
use crate::check::{CheckError, Checker, Violation};
use crate::model::diagnostic::Severity;
use crate::model::vocab::graph;
use crate::store::{Pattern, Store, StoreError};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};
use std::collections::BTreeSet;

/// Why corrections could not be tried.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The checks could not be run.
    #[error("the corrections could not be checked")]
    Check(#[from] CheckError),
}

impl Reviewed {
    /// What the corrections and merges among new decisions would break that is not broken now, each with its report. Nothing is
    /// written.
    ///
    /// # Errors
    /// If the store cannot be read or the checks cannot be run; that something is broken is no error.
    pub fn trial(&self, store: &dyn Store, new: &[Decision]) -> Result<Vec<(String, Violation)>, TrialError> {
        let mut concerned: BTreeSet<String> = BTreeSet::new();
        let mut terms: Vec<Term> = Vec::new();
        for decision in new {
            match (&decision.matter, decision.verdict) {
                (Matter::Fact(fact), Verdict::Correct) => {
                    concerned.insert(fact.report.clone());
                    terms.extend(decision.correction.iter().flat_map(|(s, _, o)| [s.clone().into(), o.clone()]));
                }
                (Matter::Pair(keep, other), Verdict::Merge) => {
                    concerned.extend(speak_of(&self.mentions, &[keep, other]));
                    terms.extend([keep.clone().into(), other.clone().into()]);
                }
                _ => {}
            }
        }
        concerned.retain(|report| self.mentions.contains_key(report));
        if concerned.is_empty() {
            return Ok(Vec::new());
        }
        let mut decisions = self.decisions.clone();
        decisions.extend_from_slice(new);
        decisions.sort_by_key(Decision::order);
        let (then, now) = (Standing::of(&decisions), self.standing());
        let (plan_then, plan_now) = (self.plan(&then), self.plan(&now));
        let checker = Checker::standard()?;
        let mut context = quads_of(store, &graph::authority())?;
        for term in &terms {
            context.extend(said_of(store, term)?);
        }
        // Names of what is taken for another follow from both.
        let beside = |plan: &Plan| [context.clone(), inferred(self.mentions.values().flatten(), plan)].concat();
        let (beside_now, beside_then) = (beside(&plan_now), beside(&plan_then));
        let mut broken = Vec::new();
        for report in &concerned {
            let original = Self::original(store, report)?;
            let before = checker.check(&apply(report, &original, &now, &plan_now), &beside_now)?;
            let after = checker.check(&apply(report, &original, &then, &plan_then), &beside_then)?;
            let new = after.into_iter().filter(|violation| violation.severity == Severity::Error && !before.contains(violation));
            broken.extend(new.map(|violation| (report.clone(), violation)));
        }
        Ok(broken)
    }

    fn plan(&self, standing: &Standing) -> Plan {
        Plan::new(self.mentions.values().flatten(), standing)
    }
}

/// What is said of a resource that another report may have introduced: the correction may be the first to name it here.
fn said_of(store: &dyn Store, term: &Term) -> Result<Vec<Quad>, StoreError> {
    let Term::NamedNode(iri) = term else { return Ok(Vec::new()) };
    let subject = NamedOrBlankNode::from(iri.clone());
    let sources = graph::source("");
    let mut said = store.quads(Pattern { subject: Some(&subject), ..Pattern::default() })?;
    said.retain(|quad| matches!(&quad.graph_name, GraphName::NamedNode(name) if name.as_str().starts_with(sources.as_str())));
    Ok(said)
}
