//! The parts of a query's patterns and expressions, whatever kind they are: who looks for one kind need not know all others.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

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

/// A part of a pattern or expression, to be changed.
pub(super) enum Part<'q> {
    /// A pattern.
    Pattern(&'q mut GraphPattern),
    /// An expression.
    Expression(&'q mut Expression),
}

/// Calls `change` with each pattern and expression that a pattern consists of, and not with their own parts.
pub(super) fn parts_of_pattern(pattern: &mut GraphPattern, change: &mut dyn FnMut(Part<'_>)) {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => {
            change(Part::Pattern(left));
            change(Part::Pattern(right));
        }
        GraphPattern::LeftJoin { left, right, expression } => {
            change(Part::Pattern(left));
            change(Part::Pattern(right));
            if let Some(expression) = expression {
                change(Part::Expression(expression));
            }
        }
        GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
            change(Part::Expression(expression));
            change(Part::Pattern(inner));
        }
        GraphPattern::OrderBy { inner, expression } => {
            for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                change(Part::Expression(expression));
            }
            change(Part::Pattern(inner));
        }
        GraphPattern::Group { inner, aggregates, .. } => {
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    change(Part::Expression(expr));
                }
            }
            change(Part::Pattern(inner));
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Service { inner, .. } => change(Part::Pattern(inner)),
    }
}

/// Calls `change` with each expression that an expression consists of, or with the pattern of `EXISTS`, and not with their own parts.
pub(super) fn parts_of_expression(expression: &mut Expression, change: &mut dyn FnMut(Part<'_>)) {
    match expression {
        Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
        Expression::Exists(pattern) => change(Part::Pattern(pattern)),
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
            change(Part::Expression(a));
            change(Part::Expression(b));
        }
        Expression::UnaryPlus(inner) | Expression::UnaryMinus(inner) | Expression::Not(inner) => change(Part::Expression(inner)),
        Expression::If(test, yes, no) => [test, yes, no].into_iter().for_each(|part| change(Part::Expression(part))),
        Expression::In(value, list) => {
            change(Part::Expression(value));
            for value in list {
                change(Part::Expression(value));
            }
        }
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
            for value in list {
                change(Part::Expression(value));
            }
        }
    }
}
