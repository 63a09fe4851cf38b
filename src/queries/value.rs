//! The values of parameters: from what a person writes to the terms that are bound.

use super::{Kind, Parameter, Query};
use crate::model::lang::Lang;
use crate::model::vocab::xsd;
use crate::names::{NameError, Names, Of, iri};
use crate::store::{Request, Store, StoreError, Variable};
use oxigraph::model::{Literal, Term};

/// Why a value cannot be bound.
#[derive(Debug, thiserror::Error)]
pub enum ValueError {
    /// The query has no such parameter.
    #[error("`{name}` is no parameter of `{query}`\nhint: {hint}")]
    Unknown {
        /// What was given.
        name: String,
        /// The query.
        query: String,
        /// The parameters that there are.
        hint: String,
    },
    /// A parameter was given two values.
    #[error("`{0}` is given twice\nhint: give it once")]
    Twice(String),
    /// The value is not of the parameter's type.
    #[error("`{name}` is `{value}`\nhint: it takes {expected}")]
    Kind {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
        /// What it takes.
        expected: &'static str,
    },
    /// The value names nothing that is known, or more than one thing.
    #[error("`{parameter}`: {source}")]
    Name {
        /// The parameter.
        parameter: String,
        /// What is wrong.
        source: NameError,
    },
    /// The names could not be looked up.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Query {
    /// The request that asks it with these values, as pairs of name and text; defaults stand in for what is not given, and a
    /// parameter with neither is left open. An empty value leaves a parameter open too, whatever its default.
    ///
    /// # Errors
    /// If a name is no parameter, a value is not of its type, or a name is not known to the store.
    pub fn request(&self, store: &dyn Store, given: &[(String, String)]) -> Result<Request, ValueError> {
        for (at, (name, _)) in given.iter().enumerate() {
            if given.iter().take(at).any(|(other, _)| other == name) {
                return Err(ValueError::Twice(name.clone()));
            }
            let known =
                if self.is_bare() { self.variables().contains(name) } else { self.parameters.iter().any(|p| p.name == *name) };
            if !known {
                return Err(ValueError::Unknown { name: name.clone(), query: self.name.clone(), hint: self.parameter_hint() });
            }
        }
        let mut request = Request::new(&self.text);
        if self.is_bare() {
            for (name, value) in given {
                request = request.bind(Variable::new_unchecked(name), untyped(value));
            }
            return Ok(request);
        }
        for parameter in &self.parameters {
            let given = given.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value);
            let Some(value) = given.or(parameter.default.as_ref()).map(|v| v.trim()).filter(|v| !v.is_empty()) else { continue };
            request = request.bind(Variable::new_unchecked(&parameter.name), term(store, parameter, value)?);
        }
        Ok(request)
    }

    /// Which parameters there are.
    fn parameter_hint(&self) -> String {
        let own: Vec<String> = if self.is_bare() {
            self.variables().iter().map(|name| format!("`{name}`")).collect()
        } else {
            self.parameters.iter().map(|p| format!("`{}`", p.name)).collect()
        };
        match (own.is_empty(), self.is_bare()) {
            (true, _) => "it takes none".to_owned(),
            (false, true) => format!("its variables are {}", own.join(", ")),
            (false, false) => format!("its parameters are {}", own.join(", ")),
        }
    }
}

/// What a type takes, as an error if `value` cannot be of it; whether a name is known is for the store to say.
pub(super) fn check(kind: &Kind, value: &str) -> Result<Term, &'static str> {
    let typed = |fits: bool, datatype, expected| {
        if fits { Ok(Literal::new_typed_literal(value, datatype).into()) } else { Err(expected) }
    };
    match kind {
        Kind::Entity(_) | Kind::Concept(_) => Ok(Literal::from(value).into()),
        Kind::String => Ok(Literal::new_simple_literal(value).into()),
        Kind::Integer => typed(value.parse::<i64>().is_ok(), xsd::INTEGER, "a whole number"),
        Kind::Decimal => typed(is_decimal(value), xsd::DECIMAL, "a number such as 0.7"),
        Kind::Year => {
            let digits = value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit());
            typed(digits, xsd::G_YEAR, "a year of four digits, such as 2021")
        }
        Kind::Language => {
            let lang = Lang::new(value).ok_or("a language code such as `es`")?;
            Ok(Literal::new_simple_literal(lang.code()).into())
        }
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.matches('.').count() < 2
        && digits.bytes().any(|b| b.is_ascii_digit())
}

fn term(store: &dyn Store, parameter: &Parameter, value: &str) -> Result<Term, ValueError> {
    let of = match &parameter.kind {
        Kind::Entity(class) => Of::Class(class.as_ref()),
        Kind::Concept(scheme) => Of::Scheme(scheme.as_ref()),
        kind => {
            let bad = |expected| ValueError::Kind { name: parameter.name.clone(), value: value.to_owned(), expected };
            return check(kind, value).map_err(bad);
        }
    };
    let found = Names::of(store, of)?.resolve(of, value);
    found.map(Term::from).map_err(|source| ValueError::Name { parameter: parameter.name.clone(), source })
}

/// The term that a text stands for where no type is declared: an IRI, a whole number, or a string.
fn untyped(text: &str) -> Term {
    match (iri(text), text.parse::<i64>()) {
        (Some(iri), _) => iri.into(),
        (None, Ok(number)) => Literal::from(number).into(),
        (None, Err(_)) => Literal::new_simple_literal(text).into(),
    }
}
