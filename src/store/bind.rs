//! Puts terms in the place of variables, in the parsed query: nothing that a parameter holds is ever read as SPARQL.

use super::StoreError;
use super::walk::{Part, parts_of_expression, parts_of_pattern};
use oxigraph::model::{NamedNode, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::HashMap;

/// Replaces each variable by its term wherever the query uses it, in sub-queries and filters too. A variable that the query
/// selects keeps its column, filled with the term.
///
/// # Errors
/// [`StoreError::BoundTwice`] if the query itself assigns such a variable.
pub(super) fn bind(query: &mut Query, bindings: &[(Variable, Term)]) -> Result<(), StoreError> {
    if bindings.is_empty() {
        return Ok(());
    }
    let terms: HashMap<&str, &Term> = bindings.iter().map(|(variable, term)| (variable.as_str(), term)).collect();
    let outer = matches!(query, Query::Select { .. } | Query::Describe { .. });
    let mut binder = Binder { terms, assigned: None, outer };
    match query {
        Query::Select { pattern, .. } | Query::Describe { pattern, .. } => {
            binder.pattern(pattern);
            binder.keep_columns(pattern);
        }
        Query::Ask { pattern, .. } => binder.pattern(pattern),
        Query::Construct { template, pattern, .. } => {
            binder.pattern(pattern);
            template.retain_mut(|triple| binder.triple(triple));
        }
    }
    binder.assigned.map_or(Ok(()), |name| Err(StoreError::BoundTwice(name)))
}

struct Binder<'t> {
    terms: HashMap<&'t str, &'t Term>,
    /// A bound variable that the query assigns, if there is one.
    assigned: Option<String>,
    /// Whether the next columns that are met are those of the query itself.
    outer: bool,
}

impl Binder<'_> {
    fn term(&self, variable: &Variable) -> Option<&Term> {
        self.terms.get(variable.as_str()).copied()
    }

    /// Whether a variable is bound, which an assignment in the query contradicts.
    fn assigns(&mut self, variable: &Variable) {
        if self.term(variable).is_some() {
            self.assigned = Some(variable.as_str().to_owned());
        }
    }

    fn term_pattern(&self, pattern: &mut TermPattern) {
        if let TermPattern::Variable(variable) = pattern
            && let Some(term) = self.term(variable)
        {
            *pattern = term.clone().into();
        }
    }

    /// `None` where a literal would stand in the place of a name.
    fn name(&self, name: &NamedNodePattern) -> Result<Option<NamedNode>, ()> {
        match name {
            NamedNodePattern::Variable(variable) => match self.term(variable) {
                Some(Term::NamedNode(node)) => Ok(Some(node.clone())),
                Some(_) => Err(()),
                None => Ok(None),
            },
            NamedNodePattern::NamedNode(_) => Ok(None),
        }
    }

    /// Binds a triple; false if it cannot match anything any more, having a literal where none can be.
    fn triple(&self, triple: &mut TriplePattern) -> bool {
        self.term_pattern(&mut triple.subject);
        self.term_pattern(&mut triple.object);
        match self.name(&triple.predicate) {
            Ok(Some(name)) => triple.predicate = name.into(),
            Ok(None) => {}
            Err(()) => return false,
        }
        !matches!(triple.subject, TermPattern::Literal(_))
    }

    fn pattern(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let may_match = patterns.iter_mut().all(|triple| self.triple(triple));
                if !may_match {
                    *pattern = nothing();
                }
            }
            GraphPattern::Path { subject, object, .. } => {
                self.term_pattern(subject);
                self.term_pattern(object);
            }
            GraphPattern::Extend { variable, .. } => self.assigns(variable),
            GraphPattern::Values { variables, .. } => {
                for variable in variables {
                    self.assigns(variable);
                }
            }
            GraphPattern::Group { variables, aggregates, .. } => {
                variables.retain(|variable| self.term(variable).is_none());
                for (variable, _) in aggregates {
                    self.assigns(variable);
                }
            }
            GraphPattern::Project { variables, .. } => {
                // A column of a sub-query is empty once its variable is bound, and would be in the way of the query's own.
                let outer = std::mem::take(&mut self.outer);
                if !outer {
                    variables.retain(|variable| self.term(variable).is_none());
                }
            }
            GraphPattern::Graph { name, .. } | GraphPattern::Service { name, .. } => match self.name(name) {
                Ok(Some(node)) => *name = node.into(),
                Ok(None) => {}
                Err(()) => *pattern = nothing(),
            },
            _ => {}
        }
        parts_of_pattern(pattern, &mut |part| self.part(part));
    }

    fn part(&mut self, part: Part<'_>) {
        match part {
            Part::Pattern(pattern) => self.pattern(pattern),
            Part::Expression(expression) => self.expression(expression),
        }
    }

    fn expression(&mut self, expression: &mut Expression) {
        match expression {
            Expression::Variable(variable) => match self.term(variable) {
                Some(Term::NamedNode(node)) => *expression = Expression::NamedNode(node.clone()),
                Some(Term::Literal(literal)) => *expression = Expression::Literal(literal.clone()),
                _ => {}
            },
            Expression::Bound(variable) => {
                if self.term(variable).is_some() {
                    *expression = Expression::Literal(true.into());
                }
            }
            other => parts_of_expression(other, &mut |part| self.part(part)),
        }
    }

    /// Fills the columns of bound variables in what the query selects.
    fn keep_columns(&self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Project { inner, variables } => {
                for variable in variables {
                    let expression = match self.term(variable) {
                        Some(Term::NamedNode(node)) => Expression::NamedNode(node.clone()),
                        Some(Term::Literal(literal)) => Expression::Literal(literal.clone()),
                        _ => continue,
                    };
                    let bound = std::mem::replace(inner.as_mut(), nothing());
                    **inner = GraphPattern::Extend { inner: Box::new(bound), variable: variable.clone(), expression };
                }
            }
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
                self.keep_columns(inner);
            }
            _ => {}
        }
    }
}

/// A pattern that nothing matches.
fn nothing() -> GraphPattern {
    GraphPattern::Values { variables: Vec::new(), bindings: Vec::new() }
}
