//! Results from the store to their reader, row by row.

use super::error::Problem;
use super::formats;
use super::negotiate::Preferences;
use super::reader::{Graph, Outcome, Question, problem};
use super::sparql::{Shape, choose, serializer};
use super::stream::Sink;
use crate::queries::run::gather;
use crate::store::{Results, StoreError};
use axum::response::Response;
use oxigraph::model::GraphNameRef;
use oxigraph::sparql::results::QueryResultsSerializer;

/// What became of a result.
pub enum Passed {
    /// It was written, in a form of this media type.
    Data(&'static str),
    /// It is a page for people.
    Page(Response),
}

/// Evaluates a query and writes what it finds in the form that the client accepts, or asks for; a page is made of all rows.
///
/// # Errors
/// If there is no such form; those of the query.
pub fn pass(
    graph: &Graph,
    question: &Question,
    (accept, asked): (&Preferences, Option<&str>),
    sink: &mut Sink,
    page: &(dyn Fn(&Outcome) -> Result<Response, Problem> + Sync),
) -> Result<Passed, Problem> {
    let mut passed = None;
    let done = graph.visit(question, Some(graph.settings.max_rows), &mut |results| {
        passed = Some(match choose(matches!(results, Results::Graph(_)), accept, asked) {
            Ok(Shape::Html) => page(&gather(results)?).map(Passed::Page),
            Ok(Shape::Rows(format)) => rows(results, format, sink).map(|()| Ok(Passed::Data(format.media_type())))?,
            Ok(Shape::Graph(format)) => triples(results, format, sink).map(|()| Ok(Passed::Data(format.media_type())))?,
            Err(problem) => Err(problem),
        });
        // Nobody wants the rest then.
        if matches!(passed, Some(Err(_))) { Err(StoreError::Cancelled) } else { Ok(()) }
    });
    match (done, passed) {
        (_, Some(Err(problem))) => Err(problem),
        (Err(error), _) => Err(problem(&error)),
        (Ok(()), Some(passed)) => passed,
        (Ok(()), None) => Err(Problem::internal(&"a query gave no result")),
    }
}

/// Writes rows, or a yes or no, as a SPARQL results document.
fn rows(results: Results<'_>, format: &formats::Rows, to: &mut Sink) -> Result<(), StoreError> {
    to.set_media_type(format.media_type());
    let serializer = QueryResultsSerializer::from_format(format.format);
    match results {
        Results::Boolean(value) => serializer.serialize_boolean_to_writer(to, value).map(|_| ())?,
        Results::Solutions(solutions) => {
            let mut writer = serializer.serialize_solutions_to_writer(to, solutions.variables().to_vec())?;
            for row in solutions {
                writer.serialize(&row?)?;
            }
            writer.finish()?;
        }
        Results::Graph(_) => {}
    }
    Ok(())
}

/// Writes triples as a document, with the prefixes of the project.
///
/// # Errors
/// Those of the query; if nobody reads what is written.
pub fn triples(results: Results<'_>, format: &formats::Graph, to: &mut Sink) -> Result<(), StoreError> {
    to.set_media_type(format.media_type());
    let Results::Graph(triples) = results else { return Ok(()) };
    let mut writer = serializer(format).for_writer(to);
    for triple in triples {
        writer.serialize_quad(triple?.as_ref().in_graph(GraphNameRef::DefaultGraph))?;
    }
    writer.finish()?;
    Ok(())
}
