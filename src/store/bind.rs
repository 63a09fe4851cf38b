//! Puts terms in the place of variables, in the parsed query: nothing that a parameter holds is ever read as SPARQL.

use super::StoreError;
use oxigraph::model::{NamedNode, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
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

/// A part of a query.
pub(super) enum Node<'q> {
    /// A pattern.
    Pattern(&'q GraphPattern),
    /// An expression or a part of one.
    Expression,
}

/// Calls `visit` with a pattern and all that is inside it, `EXISTS` too.
pub(super) fn walk(pattern: &GraphPattern, visit: &mut dyn FnMut(Node<'_>)) {
    visit(Node::Pattern(pattern));
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => {
            walk(left, visit);
            walk(right, visit);
        }
        GraphPattern::LeftJoin { left, right, expression } => {
            walk(left, visit);
            walk(right, visit);
            if let Some(expression) = expression {
                walk_expression(expression, visit);
            }
        }
        GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
            walk_expression(expression, visit);
            walk(inner, visit);
        }
        GraphPattern::OrderBy { inner, expression } => {
            for OrderExpression::Asc(e) | OrderExpression::Desc(e) in expression {
                walk_expression(e, visit);
            }
            walk(inner, visit);
        }
        GraphPattern::Group { inner, aggregates, .. } => {
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    walk_expression(expr, visit);
                }
            }
            walk(inner, visit);
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Service { inner, .. } => walk(inner, visit),
    }
}

fn walk_expression(expression: &Expression, visit: &mut dyn FnMut(Node<'_>)) {
    visit(Node::Expression);
    match expression {
        Expression::Exists(pattern) => walk(pattern, visit),
        Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => {
            walk_expression(a, visit);
            walk_expression(b, visit);
        }
        Expression::UnaryPlus(e) | Expression::UnaryMinus(e) | Expression::Not(e) => walk_expression(e, visit),
        Expression::If(a, b, c) => {
            walk_expression(a, visit);
            walk_expression(b, visit);
            walk_expression(c, visit);
        }
        Expression::In(e, list) => {
            walk_expression(e, visit);
            for e in list {
                walk_expression(e, visit);
            }
        }
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
            for e in list {
                walk_expression(e, visit);
            }
        }
    }
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
                if !patterns.iter_mut().all(|triple| self.triple(triple)) {
                    *pattern = nothing();
                }
            }
            GraphPattern::Path { subject, object, .. } => {
                self.term_pattern(subject);
                self.term_pattern(object);
            }
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                if let Some(expression) = expression {
                    self.expression(expression);
                }
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr);
                self.pattern(inner);
            }
            GraphPattern::Extend { inner, variable, expression } => {
                self.assigns(variable);
                self.expression(expression);
                self.pattern(inner);
            }
            GraphPattern::Values { variables, .. } => {
                for variable in variables {
                    self.assigns(variable);
                }
            }
            GraphPattern::Graph { name, inner } | GraphPattern::Service { name, inner, .. } => {
                self.pattern(inner);
                match self.name(name) {
                    Ok(Some(node)) => *name = node.into(),
                    Ok(None) => {}
                    Err(()) => *pattern = nothing(),
                }
            }
            GraphPattern::OrderBy { inner, expression } => {
                for OrderExpression::Asc(e) | OrderExpression::Desc(e) in expression {
                    self.expression(e);
                }
                self.pattern(inner);
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                let terms = &self.terms;
                variables.retain(|variable| !terms.contains_key(variable.as_str()));
                for (variable, aggregate) in aggregates {
                    self.assigns(variable);
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr);
                    }
                }
                self.pattern(inner);
            }
            GraphPattern::Project { inner, variables } => {
                // A column of a sub-query is empty once its variable is bound, and would be in the way of the query's own.
                if !std::mem::take(&mut self.outer) {
                    variables.retain(|variable| !self.terms.contains_key(variable.as_str()));
                }
                self.pattern(inner);
            }
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
                self.pattern(inner);
            }
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
            Expression::NamedNode(_) | Expression::Literal(_) => {}
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::Or(a, b)
            | Expression::And(a, b)
            | Expression::Equal(a, b)
            | Expression::SameTerm(a, b)
            | Expression::Greater(a, b)
            | Expression::GreaterOrEqual(a, b)
            | Expression::Less(a, b)
            | Expression::LessOrEqual(a, b)
            | Expression::Add(a, b)
            | Expression::Subtract(a, b)
            | Expression::Multiply(a, b)
            | Expression::Divide(a, b) => {
                self.expression(a);
                self.expression(b);
            }
            Expression::UnaryPlus(e) | Expression::UnaryMinus(e) | Expression::Not(e) => self.expression(e),
            Expression::If(a, b, c) => {
                self.expression(a);
                self.expression(b);
                self.expression(c);
            }
            Expression::In(e, list) => {
                self.expression(e);
                for e in list {
                    self.expression(e);
                }
            }
            Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
                for e in list {
                    self.expression(e);
                }
            }
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
