//! Expressions as text, each operator in brackets of its own.

use super::Group;
use oxigraph::model::Literal;
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression};
use std::fmt::{self, Display, Formatter};

/// An aggregate of a `SELECT`.
pub(super) struct Aggregate<'a>(pub(super) &'a AggregateExpression);

impl Display for Aggregate<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let once = |distinct: bool| if distinct { "DISTINCT " } else { "" };
        match self.0 {
            AggregateExpression::CountSolutions { distinct } => write!(f, "COUNT({}*)", once(*distinct)),
            AggregateExpression::FunctionCall { name: AggregateFunction::GroupConcat { separator }, expr, distinct } => {
                write!(f, "GROUP_CONCAT({}{}", once(*distinct), Value(expr))?;
                if let Some(separator) = separator {
                    write!(f, "; SEPARATOR = {}", Literal::from(separator.as_str()))?;
                }
                f.write_str(")")
            }
            AggregateExpression::FunctionCall { name, expr, distinct } => {
                write!(f, "{name}({}{})", once(*distinct), Value(expr))
            }
        }
    }
}

/// An expression.
pub(super) struct Value<'a>(pub(super) &'a Expression);

impl Display for Value<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Expression::NamedNode(node) => write!(f, "{node}"),
            Expression::Literal(literal) => write!(f, "{literal}"),
            Expression::Variable(variable) => write!(f, "{variable}"),
            Expression::Or(a, b) => between(f, a, "||", b),
            Expression::And(a, b) => between(f, a, "&&", b),
            Expression::Equal(a, b) => between(f, a, "=", b),
            Expression::Greater(a, b) => between(f, a, ">", b),
            Expression::GreaterOrEqual(a, b) => between(f, a, ">=", b),
            Expression::Less(a, b) => between(f, a, "<", b),
            Expression::LessOrEqual(a, b) => between(f, a, "<=", b),
            Expression::Add(a, b) => between(f, a, "+", b),
            Expression::Subtract(a, b) => between(f, a, "-", b),
            Expression::Multiply(a, b) => between(f, a, "*", b),
            Expression::Divide(a, b) => between(f, a, "/", b),
            Expression::SameTerm(a, b) => write!(f, "sameTerm({}, {})", Value(a), Value(b)),
            Expression::In(value, list) => {
                write!(f, "({} IN ", Value(value))?;
                arguments(f, list)?;
                f.write_str(")")
            }
            Expression::UnaryPlus(value) => write!(f, "(+ {})", Value(value)),
            Expression::UnaryMinus(value) => write!(f, "(- {})", Value(value)),
            Expression::Not(value) => match value.as_ref() {
                Expression::Exists(pattern) => write!(f, "NOT EXISTS {}", Group(pattern)),
                value => write!(f, "(! {})", Value(value)),
            },
            Expression::Exists(pattern) => write!(f, "EXISTS {}", Group(pattern)),
            Expression::Bound(variable) => write!(f, "BOUND({variable})"),
            Expression::If(test, yes, no) => write!(f, "IF({}, {}, {})", Value(test), Value(yes), Value(no)),
            Expression::Coalesce(list) => {
                f.write_str("COALESCE")?;
                arguments(f, list)
            }
            Expression::FunctionCall(function, list) => {
                write!(f, "{function}")?;
                arguments(f, list)
            }
        }
    }
}

fn between(f: &mut Formatter<'_>, a: &Expression, sign: &str, b: &Expression) -> fmt::Result {
    write!(f, "({} {sign} {})", Value(a), Value(b))
}

fn arguments(f: &mut Formatter<'_>, list: &[Expression]) -> fmt::Result {
    f.write_str("(")?;
    for (at, value) in list.iter().enumerate() {
        write!(f, "{}{}", if at == 0 { "" } else { ", " }, Value(value))?;
    }
    f.write_str(")")
}
