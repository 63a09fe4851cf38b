//! Asks a store and gathers the answer: complete, or an error.

use super::labels;
use crate::model::lang::Lang;
use crate::store::{Request, Results, Store, StoreError, Table};
use oxigraph::model::{Term, Triple};

/// The answer to a query, all in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Of `ASK`.
    Boolean(bool),
    /// Of `SELECT`.
    Rows(Table),
    /// Of `CONSTRUCT` and `DESCRIBE`.
    Graph(Vec<Triple>),
}

impl Answer {
    /// How many rows or triples it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Boolean(_) => 1,
            Self::Rows(table) => table.rows.len(),
            Self::Graph(triples) => triples.len(),
        }
    }

    /// Whether nothing was found; a no is an answer.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Evaluates a request.
///
/// # Errors
/// What the store reports: limits, failures.
pub fn answer(store: &dyn Store, request: &Request) -> Result<Answer, StoreError> {
    let mut answer = Answer::Boolean(false);
    store.query(request, &mut |results| {
        answer = gather(results)?;
        Ok(())
    })?;
    Ok(answer)
}

/// All of a result.
///
/// # Errors
/// What it ends in, if not in its last row.
pub fn gather(results: Results<'_>) -> Result<Answer, StoreError> {
    Ok(match results {
        Results::Boolean(value) => Answer::Boolean(value),
        Results::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let rows = solutions.map(|row| row.map(|row| row.values().to_vec())).collect::<Result<_, _>>()?;
            Answer::Rows(Table { variables, rows })
        }
        Results::Graph(triples) => Answer::Graph(triples.collect::<Result<_, _>>()?),
    })
}

/// Evaluates a request of the query, and fills label columns where the query has a language: with the nearest name where there
/// is none in the language that was asked for.
///
/// # Errors
/// As [`answer`].
pub fn ask(store: &dyn Store, query: &super::Query, request: &Request) -> Result<Answer, StoreError> {
    let mut answer = self::answer(store, request)?;
    let bound = query.language().and_then(|parameter| {
        let term = request.bindings.iter().find(|(variable, _)| variable.as_str() == parameter.name).map(|(_, term)| term);
        match term {
            Some(Term::Literal(code)) => Lang::new(code.value()),
            _ => None,
        }
    });
    if let (Answer::Rows(table), Some(lang)) = (&mut answer, bound) {
        labels::fill(store, table, &lang)?;
    }
    Ok(answer)
}

/// The columns of a table that are shown to people: a label column stands for the column that it labels.
pub fn shown(table: &Table) -> Vec<Column> {
    let pairs = labels::pairs(table);
    let column = |(at, variable): (usize, &crate::store::Variable)| {
        if pairs.iter().any(|(of, _)| *of == at) {
            return None; // shown where its label is
        }
        let of = pairs.iter().find(|(_, label)| *label == at).map(|(of, _)| *of);
        let name = of.and_then(|of| table.variables.get(of)).unwrap_or(variable).as_str().to_owned();
        Some(Column { name, at, of })
    };
    table.variables.iter().enumerate().filter_map(column).collect()
}

/// A column as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The place of its text among the columns.
    pub at: usize,
    /// The place of the IRI that the text is the label of.
    pub of: Option<usize>,
}
