//! The results of a query as they come in, a row at a time, so that memory holds no more than what is done with them.

use super::error::RemoteError;
use super::http::Http;
use crate::store::error::innermost;
use crate::store::run::Watch;
use crate::store::{Form, QuerySolution, Results, Solutions, StoreError};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term, Triple};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput};
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use rustc_hash::FxHashSet;
use std::error::Error;
use std::io::{self, BufReader, Read};

/// What is asked for where rows or a truth value are expected.
pub(super) const ROWS: &str = "application/sparql-results+json, application/sparql-results+xml;q=0.8";
/// What is asked for where triples are expected.
pub(super) const TRIPLES: &str = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5";

/// A body that is read while it comes in.
struct Body<'a> {
    http: &'a Http,
    watch: &'a Watch,
    response: Response,
    chunk: Vec<u8>,
    read: usize,
}

impl Read for Body<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read == self.chunk.len() {
            let chunk = self.http.until(self.watch, self.response.chunk()).map_err(io::Error::other)?;
            let Some(chunk) = chunk.map_err(|error| io::Error::other(innermost(&error)))? else { return Ok(0) };
            self.chunk.clear();
            self.chunk.extend_from_slice(&chunk);
            self.read = 0;
        }
        let rest = &self.chunk[self.read..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.read += length;
        Ok(length)
    }
}

/// An answer, before it is known what it is.
pub(super) struct Answer<'a> {
    pub(super) http: &'a Http,
    pub(super) watch: &'a Watch,
    pub(super) response: Response,
}

impl<'a> Answer<'a> {
    /// The results, which end in an error when a limit is reached, and when they break off.
    pub(super) fn results(self, form: Form) -> Result<Results<'a>, StoreError> {
        let limit = self.watch.rows();
        if form == Form::Graph {
            return Ok(Results::Graph(Box::new(self.triples(limit)?)));
        }
        let (watch, most, broken) = (self.watch, self.most(), self.broken());
        let odd = self.unknown("a truth value in the place of rows".to_owned());
        let mut solutions = match (self.rows()?, form) {
            (ReaderQueryResultsParserOutput::Boolean(value), Form::Ask) => return Ok(Results::Boolean(value)),
            (ReaderQueryResultsParserOutput::Boolean(_), _) => return Err(odd),
            (ReaderQueryResultsParserOutput::Solutions(solutions), _) => solutions,
        };
        // Virtuoso answers yes with a row, and no with none.
        if form == Form::Ask {
            let first = solutions.next().transpose().map_err(|error| broken.by(&error, watch))?;
            return Ok(Results::Boolean(first.is_some()));
        }
        let variables = solutions.variables().to_vec();
        let mut count = 0;
        let mut ended = false;
        let rows = solutions.map_while(move |row| {
            if ended {
                return None;
            }
            count += 1;
            let row = match limit {
                Some(limit) if count > limit => Err(StoreError::RowLimit(limit)),
                _ if most == Some(count) => Err(broken.at(count)),
                _ => watch.check().and_then(|()| row.map(usual).map_err(|error| broken.by(&error, watch))),
            };
            ended = row.is_err();
            Some(row)
        });
        Ok(Results::Solutions(Solutions { variables, rows: Box::new(rows) }))
    }

    /// What makes the error of an answer that breaks off.
    fn broken(&self) -> Broken {
        Broken { address: self.http.at.query.clone() }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// The number of rows at which the service cuts results short without a word; Virtuoso does.
    fn most(&self) -> Option<usize> {
        self.header("x-sparql-maxrows")?.parse().ok()
    }

    /// The form of the answer, by its media type.
    fn kind(&self) -> String {
        self.header(CONTENT_TYPE.as_str()).unwrap_or_default().split(';').next().unwrap_or_default().trim().to_lowercase()
    }

    fn body(self) -> BufReader<Body<'a>> {
        let Self { http, watch, response } = self;
        BufReader::new(Body { http, watch, response, chunk: Vec::new(), read: 0 })
    }

    fn unknown(&self, kind: String) -> StoreError {
        RemoteError::NotSparql { address: self.http.at.query.clone(), kind }.into()
    }

    fn rows(self) -> Result<ReaderQueryResultsParserOutput<BufReader<Body<'a>>>, StoreError> {
        let kind = self.kind();
        let format = QueryResultsFormat::from_media_type(&kind)
            .filter(|format| matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml))
            .ok_or_else(|| self.unknown(kind))?;
        // Some say that a query did not end in time, and give what they have found until then.
        let broken = self.broken();
        if let Some(state) = self.header("x-sql-state") {
            return Err(broken.error(format!("the service gave up and says `{state}`"), AGAIN));
        }
        let watch = self.watch;
        QueryResultsParser::from_format(format).for_reader(self.body()).map_err(|error| broken.by(&error, watch))
    }

    /// Each triple once.
    fn triples(self, limit: Option<usize>) -> Result<impl Iterator<Item = Result<Triple, StoreError>> + 'a, StoreError> {
        let kind = self.kind();
        // RDF as JSON is not meant by what is called JSON.
        let format = RdfFormat::from_media_type(&kind).ok_or_else(|| self.unknown(kind))?;
        let (watch, broken) = (self.watch, self.broken());
        let parser = RdfParser::from_format(format).with_base_iri(crate::model::vocab::BASE);
        let parser = parser.map_err(|error| StoreError::Evaluation(error.to_string()))?;
        let mut seen: FxHashSet<Triple> = FxHashSet::default();
        let mut ended = false;
        let triples = parser.for_reader(self.body()).filter_map(move |quad| {
            let triple = match quad {
                Ok(quad) => Triple::new(quad.subject, quad.predicate, usual_term(quad.object)),
                Err(error) => return Some(Err(broken.by(&error, watch))),
            };
            if !seen.insert(triple.clone()) {
                return None;
            }
            Some(match limit {
                Some(limit) if seen.len() > limit => Err(StoreError::RowLimit(limit)),
                _ => watch.check().map(|()| triple),
            })
        });
        Ok(triples.map_while(move |triple| {
            if ended {
                return None;
            }
            ended = triple.is_err();
            Some(triple)
        }))
    }
}

/// A row with its truth values as they are usually written.
fn usual(row: QuerySolution) -> QuerySolution {
    if !row.values().iter().flatten().any(is_number) {
        return row;
    }
    let values: Vec<Option<Term>> = row.values().iter().map(|value| value.clone().map(usual_term)).collect();
    (row.variables().to_vec(), values).into()
}

/// Virtuoso writes `true` as `1`.
fn usual_term(term: Term) -> Term {
    if is_number(&term) { Literal::from(matches!(&term, Term::Literal(value) if value.value() == "1")).into() } else { term }
}

/// Whether a term is a truth value that is written as a number.
fn is_number(term: &Term) -> bool {
    matches!(term, Term::Literal(value) if matches!(value.value(), "0" | "1") && value.datatype() == xsd::BOOLEAN)
}

/// An answer that is not whole.
struct Broken {
    address: String,
}

const AGAIN: &str = "do it again; if it happens again, see the service's log";

impl Broken {
    fn error(&self, message: String, hint: &'static str) -> StoreError {
        RemoteError::Partial { address: self.address.clone(), message, hint }.into()
    }

    /// It has as many rows as the service gives at most.
    fn at(&self, rows: usize) -> StoreError {
        let hint = "raise the service's limit, `ResultSetMaxRows` of Virtuoso, or ask for less at a time";
        self.error(format!("the service gives no more than {rows} rows"), hint)
    }

    /// It ends where it should not, or because nobody waits for it any more.
    fn by(&self, error: &dyn Error, watch: &Watch) -> StoreError {
        watch.check().err().unwrap_or_else(|| self.error(innermost(error), AGAIN))
    }
}
