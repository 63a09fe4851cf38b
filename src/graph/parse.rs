//! RDF files of any syntax, with messages that name file and line.

use super::serialise::Syntax;
use oxigraph::io::{RdfParseError, RdfParser};
use oxigraph::model::Quad;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

/// Why an RDF file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    /// It cannot be read.
    #[error("`{file}` cannot be read: {source}\nhint: check the path and its permissions")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// It is not what its name says.
    #[error(
        "`{file}`{place} is not {syntax}: {message}\nhint: the ending of its name says what it is read as; check the place, or rename it"
    )]
    Syntax {
        /// The file.
        file: String,
        /// The line, as the message names it; empty where it is not known.
        place: String,
        /// What it was read as.
        syntax: &'static str,
        /// What is wrong.
        message: String,
    },
    /// There is no statement in it.
    #[error("`{file}` holds no statement\nhint: check that it was written completely")]
    Empty {
        /// The file.
        file: String,
    },
}

/// The syntax that the ending of a file's name stands for.
pub fn syntax_of(path: &Path) -> Option<Syntax> {
    Syntax::from_name(&path.extension()?.to_str()?.to_ascii_lowercase())
}

/// The statements of a file. Those of a syntax without graphs are in the default graph.
///
/// # Errors
/// At the first place that is not of the syntax, and if there is nothing in the file.
pub fn file(path: &Path, syntax: Syntax) -> Result<Vec<Quad>, ParseError> {
    let name = || path.display().to_string();
    let unreadable = |source| ParseError::Unreadable { file: name(), source };
    let reader = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut quads = Vec::new();
    // Names of blank nodes are the file's own: renamed, they cannot meet those of another.
    for quad in RdfParser::from_format(syntax.format()).rename_blank_nodes().for_reader(reader) {
        quads.push(quad.map_err(|error| match error {
            RdfParseError::Io(source) => unreadable(source),
            RdfParseError::Syntax(error) => ParseError::Syntax {
                file: name(),
                place: error.location().map(|range| format!(", line {},", range.start.line + 1)).unwrap_or_default(),
                syntax: syntax.format().name(),
                message: error.to_string(),
            },
        })?);
    }
    if quads.is_empty() {
        return Err(ParseError::Empty { file: name() });
    }
    Ok(quads)
}
