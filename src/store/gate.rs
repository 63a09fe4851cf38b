//! Where the engine gathers rows before it gives the first, to sort or to group them or to leave out doubles, it reads no more of the
//! store, and so does not hear that a query is cancelled. There each row passes a gate of ours, a function that the query is
//! given, which ends the evaluation once its time is over, or once more is gathered to be sorted than there should be room for.

use super::StoreError;
use super::federation::{Federation, joined};
use super::run::Watch;
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
pub(super) fn gated(query: Query) -> Query {
    match query {
        Query::Select { dataset, pattern, base_iri } => Query::Select { dataset, pattern: within(pattern), base_iri },
        Query::Construct { template, dataset, pattern, base_iri } => {
            Query::Construct { template, dataset, pattern: within(pattern), base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => Query::Describe { dataset, pattern: within(pattern), base_iri },
        Query::Ask { dataset, pattern, base_iri } => Query::Ask { dataset, pattern: within(pattern), base_iri },
    }
}

fn within(pattern: GraphPattern) -> GraphPattern {
    use GraphPattern as P;
    let on = |inner: Box<P>| Box::new(within(*inner));
    match pattern {
        P::OrderBy { inner, expression } => P::OrderBy { inner: gate(on(inner), KEPT), expression },
        P::Distinct { inner } => P::Distinct { inner: gate(on(inner), PASSED) },
        P::Group { inner, variables, aggregates } => P::Group { inner: gate(on(inner), PASSED), variables, aggregates },
        P::Join { left, right } => joined(on(left), on(right)),
        P::Lateral { left, right } => P::Lateral { left: on(left), right: on(right) },
        P::LeftJoin { left, right, expression } => P::LeftJoin { left: on(left), right: on(right), expression },
        P::Union { left, right } => P::Union { left: on(left), right: on(right) },
        P::Minus { left, right } => P::Minus { left: on(left), right: on(right) },
        P::Filter { expr, inner } => P::Filter { expr, inner: on(inner) },
        P::Graph { name, inner } => P::Graph { name, inner: on(inner) },
        P::Extend { inner, variable, expression } => P::Extend { inner: on(inner), variable, expression },
        P::Project { inner, variables } => P::Project { inner: on(inner), variables },
        P::Reduced { inner } => P::Reduced { inner: on(inner) },
        P::Slice { inner, start, length } => P::Slice { inner: on(inner), start, length },
        other @ (P::Bgp { .. } | P::Path { .. } | P::Values { .. } | P::Service { .. }) => other,
    }
}

/// A pattern whose rows pass a gate. It looks at every variable, so that the engine sets it behind all joins and not before; it
/// looks whether one is the same as itself, which the engine neither works out beforehand nor reads a term for.
fn gate(inner: Box<GraphPattern>, name: &str) -> Box<GraphPattern> {
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
    let Some(any) = any else { return inner };
    let seen = Expression::Coalesce(vec![any, Literal::from(true).into()]);
    let passes = Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(name)), vec![seen, width.into()]);
    Box::new(GraphPattern::Filter { expr: passes, inner })
}
