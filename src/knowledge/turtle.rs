//! Reading Turtle files of the project, with messages that name file and line.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};

/// Why a Turtle file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TurtleError {
    /// It is no Turtle.
    #[error("`{file}`, line {line}: {message}")]
    Syntax {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        message: String,
    },
    /// It is Turtle, but not what this project publishes.
    #[error("`{file}`: {message}")]
    Content {
        /// The file.
        file: String,
        /// What is wrong, naming the subject.
        message: String,
    },
}

/// The triples of a Turtle file as quads of a graph, in the file's order.
///
/// # Errors
/// At the first place that is no Turtle.
pub fn parse(file: &str, bytes: &[u8], graph: impl Into<GraphName>) -> Result<Vec<Quad>, TurtleError> {
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_default_graph(graph).without_named_graphs();
    parser
        .for_slice(bytes)
        .map(|quad| {
            quad.map_err(|error| TurtleError::Syntax {
                file: file.to_owned(),
                line: error.location().map_or(1, |range| range.start.line + 1),
                message: error.to_string(),
            })
        })
        .collect()
}

/// The same, where published data must have an IRI for everything.
///
/// # Errors
/// At the first place that is no Turtle, and at a blank node.
pub fn parse_named(file: &str, bytes: &[u8], graph: impl Into<GraphName>) -> Result<Vec<Quad>, TurtleError> {
    let quads = parse(file, bytes, graph)?;
    let blank = quads
        .iter()
        .find(|quad| matches!(quad.subject, NamedOrBlankNode::BlankNode(_)) || matches!(quad.object, Term::BlankNode(_)));
    match blank {
        None => Ok(quads),
        Some(quad) => Err(TurtleError::Content {
            file: file.to_owned(),
            message: format!(
                "blank node in `{} {} {}`, where published data needs an IRI",
                quad.subject, quad.predicate, quad.object
            ),
        }),
    }
}
