//! Pieces of algebra that queries and updates on a remote service are made of.

use super::names;
use crate::model::vocab::rdf;
use oxigraph::model::{NamedNode, Variable};
use spargebra::GraphUpdateOperation;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundQuadPattern, NamedNodePattern, QuadPattern, TermPattern, TriplePattern};

pub(super) fn variable(name: &str) -> Variable {
    Variable::new_unchecked(name)
}

/// A pattern of one triple.
pub(super) fn triple(
    subject: impl Into<TermPattern>,
    predicate: impl Into<NamedNodePattern>,
    object: impl Into<TermPattern>,
) -> GraphPattern {
    let (subject, predicate, object) = (subject.into(), predicate.into(), object.into());
    GraphPattern::Bgp { patterns: vec![TriplePattern { subject, predicate, object }] }
}

/// `?s ?p ?o`.
pub(super) fn any() -> GraphPattern {
    triple(variable("s"), variable("p"), variable("o"))
}

pub(super) fn within(graph: impl Into<NamedNodePattern>, inner: GraphPattern) -> GraphPattern {
    GraphPattern::Graph { name: graph.into(), inner: Box::new(inner) }
}

pub(super) fn join(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    GraphPattern::Join { left: Box::new(left), right: Box::new(right) }
}

pub(super) fn filter(inner: GraphPattern, expr: Expression) -> GraphPattern {
    GraphPattern::Filter { expr, inner: Box::new(inner) }
}

pub(super) fn and(left: Expression, right: Expression) -> Expression {
    Expression::And(Box::new(left), Box::new(right))
}

pub(super) fn not(expression: Expression) -> Expression {
    Expression::Not(Box::new(expression))
}

pub(super) fn exists(pattern: GraphPattern) -> Expression {
    Expression::Exists(Box::new(pattern))
}

pub(super) fn is_not(name: &str, node: &NamedNode) -> Expression {
    not(Expression::Equal(Box::new(variable(name).into()), Box::new(node.clone().into())))
}

/// That a graph is one of the store's.
pub(super) fn registered(graph: impl Into<TermPattern>) -> GraphPattern {
    within(names::register(), triple(graph, rdf::TYPE.into_owned(), names::NAMED_GRAPH.into_owned()))
}

/// That no graph of the store has `?s ?p ?o`, but perhaps one that does not count. The register is looked at for the few graphs that
/// have the triple, and not the other way round.
pub(super) fn nowhere(but: Option<&NamedNode>) -> Expression {
    let listed = exists(registered(variable("other")));
    let counts = match but {
        Some(graph) => and(is_not("other", graph), listed),
        None => listed,
    };
    not(exists(filter(within(variable("other"), any()), counts)))
}

/// `?s ?p ?o` of a graph, in a template.
pub(super) fn quad_of(graph: &NamedNode) -> QuadPattern {
    QuadPattern {
        subject: variable("s").into(),
        predicate: variable("p").into(),
        object: variable("o").into(),
        graph_name: graph.clone().into(),
    }
}

/// The same, to be taken out.
pub(super) fn gone_of(graph: &NamedNode) -> GroundQuadPattern {
    GroundQuadPattern {
        subject: variable("s").into(),
        predicate: variable("p").into(),
        object: variable("o").into(),
        graph_name: graph.clone().into(),
    }
}

/// `DELETE { … } INSERT { … } WHERE { … }`.
pub(super) fn modify(delete: Vec<GroundQuadPattern>, insert: Vec<QuadPattern>, pattern: GraphPattern) -> GraphUpdateOperation {
    GraphUpdateOperation::DeleteInsert { delete, insert, using: None, pattern: Box::new(pattern) }
}
