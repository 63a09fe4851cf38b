//! Where the engine gathers rows before it gives the first, to sort or to group them or to leave out doubles, it reads no more of the
//! store, and so does not hear that a query is cancelled. There each row passes a gate of ours, a function that the query is
//! given, which ends the evaluation once its time is over, or once more is gathered to be sorted than there should be room for.

use super::StoreError;
use super::federation::{Federation, joined};
use super::run::Watch;
use super::walk::{Part, parts_of_pattern};
use crate::config::Services;
use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::SparqlEvaluator;
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::{Query, term::Variable};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Values that may be gathered to be sorted, in all parts of a query together: about half a gigabyte.
const MOST_GATHERED: usize = 10_000_000;

/// The function of rows that are all kept; it is told how many values a row has.
const KEPT: &str = "urn:x-flg:gate-of-kept-rows";
/// The function of rows that are counted, summed up, or kept once each, which the limit of rows bounds.
const PASSED: &str = "urn:x-flg:gate-of-passed-rows";

/// What an evaluation ends with at a gate.
pub(super) struct Closed(pub(super) StoreError);

/// An evaluator that knows the functions of gates, and the endpoints that may be asked.
pub(super) fn evaluator(watch: &Watch, services: &Services) -> SparqlEvaluator {
    let gathered = Arc::new(AtomicUsize::new(0));
    let (kept, passed) = (watch.clone(), watch.clone());
    let open = || Some(Term::from(Literal::from(true)));
    // Through the engine's own iterators there is no other way out: it takes an error of a function for a row that does not fit.
    let check = |watch: &Watch| {
        if let Err(error) = watch.check() {
            resume_unwind(Box::new(Closed(error)));
        }
    };
    SparqlEvaluator::new()
        .with_cancellation_token(watch.token.clone())
        .with_default_service_handler(Federation::new(services, watch))
        .with_custom_function(NamedNode::new_unchecked(PASSED), move |_| {
            check(&passed);
            open()
        })
        .with_custom_function(NamedNode::new_unchecked(KEPT), move |arguments| {
            check(&kept);
            if gathered.fetch_add(width(arguments), Ordering::Relaxed) >= MOST_GATHERED {
                resume_unwind(Box::new(Closed(StoreError::Gathered(MOST_GATHERED))));
            }
            open()
        })
}

/// How many values a row has, as its gate is told.
fn width(arguments: &[Term]) -> usize {
    match arguments {
        [_, Term::Literal(width)] => width.value().parse().unwrap_or(1),
        _ => 1,
    }
}

/// The same query with its gates.
pub(super) fn gated(mut query: Query) -> Query {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = &mut query;
    within(pattern);
    query
}

fn within(pattern: &mut GraphPattern) {
    use GraphPattern as P;
    if matches!(pattern, P::Service { .. }) {
        return; // another endpoint knows no gates
    }
    parts_of_pattern(pattern, &mut |part| {
        if let Part::Pattern(inner) = part {
            within(inner);
        }
    });
    match pattern {
        P::OrderBy { inner, .. } => gate(inner, KEPT),
        P::Distinct { inner } | P::Group { inner, .. } => gate(inner, PASSED),
        P::Join { left, right } => *pattern = joined(std::mem::take(left), std::mem::take(right)),
        _ => {}
    }
}

/// A pattern whose rows pass a gate. It looks at every variable, so that the engine sets it behind all joins and not before; it
/// looks whether one is the same as itself, which the engine neither works out beforehand nor reads a term for.
fn gate(inner: &mut GraphPattern, name: &str) {
    let mut variables: Vec<Variable> = Vec::new();
    inner.on_in_scope_variable(|variable| {
        if !variables.contains(variable) {
            variables.push(variable.clone());
        }
    });
    let width = Literal::from(u64::try_from(variables.len()).unwrap_or(u64::MAX));
    let same = |variable: Variable| {
        let variable = Box::new(Expression::Variable(variable));
        Expression::SameTerm(variable.clone(), variable)
    };
    let any = variables.into_iter().map(same).reduce(|all, one| Expression::Or(Box::new(all), Box::new(one)));
    let Some(any) = any else { return };
    let seen = Expression::Coalesce(vec![any, Literal::from(true).into()]);
    let passes = Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(name)), vec![seen, width.into()]);
    let rows = Box::new(std::mem::take(inner));
    *inner = GraphPattern::Filter { expr: passes, inner: rows };
}
