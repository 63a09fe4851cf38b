//! SPARQL over what is checked, and rules made narrower: only what the conversion describes can be at fault.

use super::view::{CLASS_NAME, Found, PROPERTY_NAME, Scope, TOLD_NAME, View};
use crate::model::terms::TermId as Id;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Term, TermRef, Variable};
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::convert::Infallible;
use std::rc::Rc;

/// A term as the evaluation passes it on.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Known {
    /// One that occurs.
    Id(Id),
    /// One that was computed and occurs nowhere.
    New(Rc<Term>),
}

impl<'v> QueryableDataset<'v> for &'v View<'v> {
    type InternalTerm = Known;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Known>,
        predicate: Option<&Known>,
        object: Option<&Known>,
        graph_name: Option<Option<&Known>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Known>, Infallible>> + use<'v> {
        let view: &'v View<'v> = self;
        // `None` is what fits anything, `Some(None)` what occurs nowhere.
        let id = |term: Option<&Known>| match term {
            None => Some(None),
            Some(Known::Id(id)) => Some(Some(*id)),
            Some(Known::New(_)) => None,
        };
        let scope = match graph_name {
            None => Some(Scope::AnyNamed),
            Some(None) => Some(Scope::Union),
            Some(Some(Known::Id(graph))) => Some(Scope::In(*graph)),
            Some(Some(Known::New(_))) => None,
        };
        let found: Option<Found<'v>> = match (id(subject), id(predicate), id(object), scope) {
            (Some(s), Some(p), Some(o), Some(scope)) => Some(view.find(s, p, o, scope)),
            _ => None,
        };
        found.into_iter().flatten().map(move |[s, p, o, g]| {
            let [subject, predicate, object] = [s, p, o].map(Known::Id);
            let graph_name = match scope {
                Some(Scope::Union) | None => None,
                Some(Scope::In(graph)) => Some(Known::Id(graph)),
                Some(Scope::AnyNamed) => Some(Known::Id(g)),
            };
            Ok(InternalQuad { subject, predicate, object, graph_name })
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Known, Infallible>> + use<'v> {
        let graphs: Vec<Id> = self.graphs().collect();
        graphs.into_iter().map(|graph| Ok(Known::Id(graph)))
    }

    fn internalize_term(&self, term: Term) -> Result<Known, Infallible> {
        Ok(self.id(term.as_ref()).map_or_else(|| Known::New(Rc::new(term)), Known::Id))
    }

    fn externalize_expression_term(&self, term: Known) -> Result<ExpressionTerm, Infallible> {
        // Whole numbers are read where they stand: there are two of them for each claim.
        if let Known::Id(id) = term
            && let Some(TermRef::Literal(literal)) = self.term(id)
            && literal.datatype() == xsd::INTEGER
            && let Ok(number) = literal.value().parse::<i64>()
        {
            return Ok(ExpressionTerm::IntegerLiteral(number.into()));
        }
        Ok(self.externalize_term(term)?.into())
    }

    fn externalize_term(&self, term: Known) -> Result<Term, Infallible> {
        Ok(match term {
            // A number that the evaluation has is always that of a term.
            Known::Id(id) => self.term(id).unwrap_or(TOLD_NAME.into()).into_owned(),
            Known::New(term) => Rc::unwrap_or_clone(term),
        })
    }
}

/// A query that finds the same of what the conversion describes, and passes over most of the rest: what it says of `focus` as
/// a subject, in whichever graph, is looked for in the graph of what is told of described nodes, in sub-selects too.
pub(super) fn narrowed(pattern: GraphPattern, focus: &Variable) -> GraphPattern {
    use GraphPattern as P;
    let on = |inner: Box<P>| Box::new(narrowed(*inner, focus));
    match pattern {
        P::Bgp { patterns } => {
            let (about, others): (Vec<_>, Vec<_>) = patterns.into_iter().partition(|p| is_about(p, focus));
            match (about.is_empty(), others.is_empty()) {
                (true, _) => P::Bgp { patterns: others },
                (false, true) => told(about),
                // Few nodes are described: the rest is looked up for each, and not gathered whole from the context and joined.
                (false, false) => P::Lateral { left: Box::new(told(about)), right: Box::new(P::Bgp { patterns: others }) },
            }
        }
        P::Join { left, right } => P::Join { left: on(left), right: on(right) },
        P::Union { left, right } => P::Union { left: on(left), right: on(right) },
        P::Minus { left, right } => P::Minus { left: on(left), right },
        P::LeftJoin { left, right, expression } => P::LeftJoin { left: on(left), right, expression },
        P::Filter { expr, inner } => P::Filter { expr, inner: on(inner) },
        P::Extend { inner, variable, expression } => P::Extend { inner: on(inner), variable, expression },
        P::Distinct { inner } => P::Distinct { inner: on(inner) },
        P::Reduced { inner } => P::Reduced { inner: on(inner) },
        P::OrderBy { inner, expression } => P::OrderBy { inner: on(inner), expression },
        P::Project { inner, variables } => P::Project { inner: on(inner), variables },
        P::Group { inner, variables, aggregates } if aggregates.is_empty() => match used(&inner, &variables, focus) {
            Some(used) => used,
            None => P::Group { inner: on(inner), variables, aggregates },
        },
        other => other,
    }
}

/// Whether a query can only find something where there are blank nodes.
pub(super) fn is_about_blank_nodes(pattern: &GraphPattern) -> bool {
    use GraphPattern as P;
    fn asks(expression: &Expression) -> bool {
        match expression {
            Expression::FunctionCall(Function::IsBlank, _) => true,
            Expression::Or(a, b) => asks(a) && asks(b),
            Expression::And(a, b) => asks(a) || asks(b),
            _ => false,
        }
    }
    match pattern {
        P::Filter { expr, inner } => asks(expr) || is_about_blank_nodes(inner),
        P::Project { inner, .. } | P::Distinct { inner } | P::Reduced { inner } | P::OrderBy { inner, .. } => {
            is_about_blank_nodes(inner)
        }
        _ => false,
    }
}

fn is_about(pattern: &TriplePattern, focus: &Variable) -> bool {
    matches!(&pattern.subject, TermPattern::Variable(subject) if subject == focus)
}

/// What finds the same where the properties, or the classes, of all that is described are asked for, each once: they are looked up,
/// and not gathered from each statement.
fn used(inner: &GraphPattern, variables: &[Variable], focus: &Variable) -> Option<GraphPattern> {
    let (GraphPattern::Bgp { patterns }, [asked]) = (inner, variables) else { return None };
    let [pattern] = patterns.as_slice() else { return None };
    if !is_about(pattern, focus) || asked == focus {
        return None;
    }
    let made_up = match (&pattern.predicate, &pattern.object) {
        (NamedNodePattern::Variable(property), TermPattern::Variable(value))
            if property == asked && ![asked, focus].contains(&value) =>
        {
            PROPERTY_NAME
        }
        (NamedNodePattern::NamedNode(property), TermPattern::Variable(value))
            if *property == rdf::TYPE && value == asked && value != focus =>
        {
            CLASS_NAME
        }
        _ => return None,
    };
    let pattern = TriplePattern {
        subject: asked.clone().into(),
        predicate: made_up.into_owned().into(),
        object: TOLD_NAME.into_owned().into(),
    };
    Some(GraphPattern::Project { inner: Box::new(GraphPattern::Bgp { patterns: vec![pattern] }), variables: vec![asked.clone()] })
}

fn told(patterns: Vec<TriplePattern>) -> GraphPattern {
    GraphPattern::Graph { name: TOLD_NAME.into_owned().into(), inner: Box::new(GraphPattern::Bgp { patterns }) }
}
