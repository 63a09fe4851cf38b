//! How the program's own queries are read: rows shown one by one, within the limits of whoever asks.

use super::{QuerySolution, Request, Results, Store, StoreError, Variable};
use oxigraph::model::Term;

/// A row of a result.
pub type Row = QuerySolution;

/// What reads one of the program's own queries: a store, with the limits of whoever asks.
pub trait Reader {
    /// Why it could not be read.
    type Error;

    /// Shows the rows of a query, with variables bound to terms, to `see`.
    ///
    /// # Errors
    /// If a limit was hit, or the store fails.
    fn each(&self, query: &'static str, bound: &[(&str, Term)], see: &mut (dyn FnMut(Row) + Send)) -> Result<(), Self::Error>;

    /// The rows of a query, with variables bound to terms.
    ///
    /// # Errors
    /// As [`Reader::each`].
    fn rows(&self, query: &'static str, bound: &[(&str, Term)]) -> Result<Vec<Row>, Self::Error> {
        let mut rows = Vec::new();
        self.each(query, bound, &mut |row| rows.push(row))?;
        Ok(rows)
    }
}

/// A store without limits.
impl Reader for dyn Store + '_ {
    type Error = StoreError;

    fn each(&self, query: &'static str, bound: &[(&str, Term)], see: &mut (dyn FnMut(Row) + Send)) -> Result<(), StoreError> {
        let mut request = Request::new(query);
        request.bindings = bound.iter().map(|(name, term)| (Variable::new_unchecked(*name), term.clone())).collect();
        self.query(&request, &mut |results| {
            if let Results::Solutions(rows) = results {
                for row in rows {
                    see(row?);
                }
            }
            Ok(())
        })
    }
}
