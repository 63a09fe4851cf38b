//! The parts of a query's patterns and expressions, whatever kind they are: who looks for one kind need not know all others.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// What patterns and expressions consist of, told once: to be looked at, or, with `mut`, to be changed.
macro_rules! parts {
    ($(#[$about:meta])* $part:ident, $of_pattern:ident, $of_expression:ident $(, $mutable:tt)?) => {
        $(#[$about])*
        pub(super) enum $part<'q> {
            /// A pattern.
            Pattern(&'q $($mutable)? GraphPattern),
            /// An expression or a part of one.
            Expression(&'q $($mutable)? Expression),
        }

        /// Hands over each pattern and expression that a pattern consists of, and not their own parts.
        pub(super) fn $of_pattern(pattern: &$($mutable)? GraphPattern, each: &mut dyn FnMut($part<'_>)) {
            match pattern {
                GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
                GraphPattern::Join { left, right }
                | GraphPattern::Lateral { left, right }
                | GraphPattern::Union { left, right }
                | GraphPattern::Minus { left, right } => {
                    each($part::Pattern(left));
                    each($part::Pattern(right));
                }
                GraphPattern::LeftJoin { left, right, expression } => {
                    each($part::Pattern(left));
                    each($part::Pattern(right));
                    if let Some(expression) = expression {
                        each($part::Expression(expression));
                    }
                }
                GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
                    each($part::Expression(expression));
                    each($part::Pattern(inner));
                }
                GraphPattern::OrderBy { inner, expression } => {
                    for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                        each($part::Expression(expression));
                    }
                    each($part::Pattern(inner));
                }
                GraphPattern::Group { inner, aggregates, .. } => {
                    for (_, aggregate) in aggregates {
                        if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                            each($part::Expression(expr));
                        }
                    }
                    each($part::Pattern(inner));
                }
                GraphPattern::Graph { inner, .. }
                | GraphPattern::Project { inner, .. }
                | GraphPattern::Distinct { inner }
                | GraphPattern::Reduced { inner }
                | GraphPattern::Slice { inner, .. }
                | GraphPattern::Service { inner, .. } => each($part::Pattern(inner)),
            }
        }

        /// Hands over each expression that an expression consists of, or the pattern of `EXISTS`, and not their own parts.
        pub(super) fn $of_expression(expression: &$($mutable)? Expression, each: &mut dyn FnMut($part<'_>)) {
            match expression {
                Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
                Expression::Exists(pattern) => each($part::Pattern(pattern)),
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
                    each($part::Expression(a));
                    each($part::Expression(b));
                }
                Expression::UnaryPlus(inner) | Expression::UnaryMinus(inner) | Expression::Not(inner) => each($part::Expression(inner)),
                Expression::If(test, yes, no) => [test, yes, no].into_iter().for_each(|part| each($part::Expression(part))),
                Expression::In(value, list) => {
                    each($part::Expression(value));
                    for value in list {
                        each($part::Expression(value));
                    }
                }
                Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
                    for value in list {
                        each($part::Expression(value));
                    }
                }
            }
        }
    };
}

parts! {
    /// A part of a query.
    #[derive(Clone, Copy)]
    Node, nodes_of_pattern, nodes_of_expression
}

parts! {
    /// A part of a query, to be changed.
    Part, parts_of_pattern, parts_of_expression, mut
}

/// Calls `visit` with a pattern and all that is inside it, `EXISTS` too.
pub(super) fn walk(pattern: &GraphPattern, visit: &mut dyn FnMut(Node<'_>)) {
    from(Node::Pattern(pattern), visit);
}

fn from(node: Node<'_>, visit: &mut dyn FnMut(Node<'_>)) {
    visit(node);
    match node {
        Node::Pattern(pattern) => nodes_of_pattern(pattern, &mut |part| from(part, visit)),
        Node::Expression(expression) => nodes_of_expression(expression, &mut |part| from(part, visit)),
    }
}
