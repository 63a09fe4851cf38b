//! What the server and a process that evaluates for it say to each other, over one socket: frames of a length, a kind and a body.
//!
//! What is asked is JSON, small and rare. Results are many, so that their terms are written plainly: a kind, a length, the text.

use super::super::StoreError;
use super::super::run::Weighed;
use crate::config::Services;
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, Triple, Variable};
use oxigraph::sparql::QuerySolution;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// The first thing that a process is told: what it may take, and what it may ask.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Hello {
    /// Bytes of memory.
    pub(super) memory: usize,
    /// Other endpoints.
    pub(super) services: Services,
    /// Whether the default graph is a graph of its own.
    pub(super) own: bool,
}

/// Something to be evaluated.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Job {
    /// The folder of the engine's files, which nobody writes to meanwhile, unless it is an update: that has a folder of its own.
    pub(super) data: PathBuf,
    /// Whether it is an update. Then it is tried and not kept.
    pub(super) update: bool,
    pub(super) text: String,
    /// Variables and their terms, written as N-Triples has them.
    pub(super) bindings: Vec<(String, String)>,
    /// The graphs of the request: those of the default graph, and the named ones.
    pub(super) default_graphs: Vec<String>,
    pub(super) named_graphs: Vec<String>,
    /// Seconds.
    pub(super) time: Option<f64>,
    pub(super) rows: Option<usize>,
    pub(super) bytes: Option<usize>,
}

/// Kinds of frames.
pub(super) mod kind {
    /// To the process: [`super::Hello`].
    pub(in super::super) const HELLO: u8 = b'h';
    /// To the process: [`super::Job`].
    pub(in super::super) const JOB: u8 = b'j';
    /// To the process: nobody waits for the results any more.
    pub(in super::super) const CANCEL: u8 = b'c';
    /// The job has come, and is begun: a process that ends before has done nothing of it.
    pub(in super::super) const BEGUN: u8 = b'a';
    /// A yes or no.
    pub(in super::super) const BOOLEAN: u8 = b'b';
    /// The names of columns: solutions follow.
    pub(in super::super) const COLUMNS: u8 = b'v';
    /// Triples follow.
    pub(in super::super) const GRAPH: u8 = b'g';
    /// Some solutions or triples.
    pub(in super::super) const ROWS: u8 = b'r';
    /// All is done; the body says whether the process is better not kept.
    pub(in super::super) const DONE: u8 = b'd';
    /// It failed; all is done after this.
    pub(in super::super) const ERROR: u8 = b'x';
}

/// Bytes before the body of a frame: its length, its kind.
pub(super) const HEAD: usize = 5;

pub(super) fn send(to: &mut impl Write, kind: u8, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    let mut frame = Vec::with_capacity(HEAD + body.len());
    frame.extend_from_slice(&length.to_le_bytes());
    frame.push(kind);
    frame.extend_from_slice(body);
    to.write_all(&frame)
}

pub(super) fn send_json(to: &mut impl Write, kind: u8, value: &impl Serialize) -> io::Result<()> {
    send(to, kind, &serde_json::to_vec(value)?)
}

/// The length of a frame's body, and its kind.
pub(super) fn head(head: [u8; HEAD]) -> (usize, u8) {
    let [a, b, c, d, kind] = head;
    (u32::from_le_bytes([a, b, c, d]) as usize, kind)
}

/// Waits for a frame.
pub(super) fn receive(from: &mut impl Read) -> io::Result<(u8, Vec<u8>)> {
    let mut start = [0; HEAD];
    from.read_exact(&mut start)?;
    let (length, kind) = head(start);
    let mut body = vec![0; length];
    from.read_exact(&mut body)?;
    Ok((kind, body))
}

/// A part of a result that passes from one process to another.
pub(super) trait Passed: Sized + Weighed {
    fn write(&self, to: &mut Vec<u8>);
    fn read(from: &mut &[u8], columns: &Arc<[Variable]>) -> Option<Self>;
}

impl Passed for QuerySolution {
    fn write(&self, to: &mut Vec<u8>) {
        self.values().iter().for_each(|cell| write_cell(to, cell.as_ref()));
    }
    fn read(from: &mut &[u8], columns: &Arc<[Variable]>) -> Option<Self> {
        let values: Option<Vec<Option<Term>>> = columns.iter().map(|_| read_cell(from)).collect();
        Some((Arc::clone(columns), values?).into())
    }
}

impl Passed for Triple {
    fn write(&self, to: &mut Vec<u8>) {
        write_cell(to, Some(&self.subject.clone().into()));
        write_cell(to, Some(&self.predicate.clone().into()));
        write_cell(to, Some(&self.object));
    }
    fn read(from: &mut &[u8], _: &Arc<[Variable]>) -> Option<Self> {
        let subject: NamedOrBlankNode = match read_cell(from)?? {
            Term::NamedNode(node) => node.into(),
            Term::BlankNode(node) => node.into(),
            Term::Literal(_) => return None,
        };
        let Term::NamedNode(predicate) = read_cell(from)?? else { return None };
        Some(Triple { subject, predicate, object: read_cell(from)?? })
    }
}

/// What each row begins with: one without columns would be nothing else.
pub(super) const ROW: u8 = b'.';

const UNBOUND: u8 = 0;
const IRI: u8 = 1;
const BLANK: u8 = 2;
const SIMPLE: u8 = 3;
const TAGGED: u8 = 4;
const TYPED: u8 = 5;

fn write_cell(to: &mut Vec<u8>, term: Option<&Term>) {
    let mut put = |kind: u8, texts: &[&str]| {
        to.push(kind);
        for text in texts {
            // A text that is longer cannot be in a result: the limit of bytes was struck before.
            to.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
            to.extend_from_slice(text.as_bytes());
        }
    };
    match term {
        None => put(UNBOUND, &[]),
        Some(Term::NamedNode(node)) => put(IRI, &[node.as_str()]),
        Some(Term::BlankNode(node)) => put(BLANK, &[node.as_str()]),
        Some(Term::Literal(literal)) => match literal.language() {
            Some(language) => put(TAGGED, &[literal.value(), language]),
            None if literal.datatype() == oxigraph::model::vocab::xsd::STRING => put(SIMPLE, &[literal.value()]),
            None => put(TYPED, &[literal.value(), literal.datatype().as_str()]),
        },
    }
}

/// A cell, which may be unbound; none where the bytes are none.
#[allow(clippy::option_option)]
fn read_cell(from: &mut &[u8]) -> Option<Option<Term>> {
    let whole = *from;
    let (kind, rest) = whole.split_first()?;
    *from = rest;
    let mut text = || {
        let whole = *from;
        let (length, rest) = whole.split_first_chunk::<4>()?;
        let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        *from = rest;
        String::from_utf8(text.to_vec()).ok()
    };
    Some(match *kind {
        UNBOUND => None,
        IRI => Some(NamedNode::new_unchecked(text()?).into()),
        BLANK => Some(BlankNode::new_unchecked(text()?).into()),
        SIMPLE => Some(Literal::new_simple_literal(text()?).into()),
        TAGGED => Some(Literal::new_language_tagged_literal_unchecked(text()?, text()?).into()),
        TYPED => Some(Literal::new_typed_literal(text()?, NamedNode::new_unchecked(text()?)).into()),
        _ => return None,
    })
}

/// An error as it is sent: what only this machine understands is told in words.
pub(super) fn error(error: &StoreError) -> Vec<u8> {
    let told = |error: &StoreError| serde_json::to_vec(error).ok();
    told(error).or_else(|| told(&StoreError::Evaluation(error.to_string()))).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use oxigraph::model::vocab::xsd;

    #[test]
    fn results_pass_whole() {
        let columns: Arc<[Variable]> = ["a", "b", "c", "d", "e", "f"].map(Variable::new_unchecked).into();
        let cells: Vec<Option<Term>> = vec![
            Some(NamedNode::new_unchecked("urn:ñ").into()),
            None,
            Some(BlankNode::new_unchecked("b0").into()),
            Some(Literal::new_simple_literal("").into()),
            Some(Literal::new_language_tagged_literal_unchecked("dos\nlíneas", "es").into()),
            Some(Literal::new_typed_literal("1.50", xsd::DECIMAL).into()),
        ];
        let solution = QuerySolution::from((Arc::clone(&columns), cells));
        let mut bytes = Vec::new();
        solution.write(&mut bytes);
        assert_eq!(QuerySolution::read(&mut bytes.as_slice(), &columns), Some(solution));
        for cut in 0..bytes.len() {
            assert_eq!(QuerySolution::read(&mut &bytes[..cut], &columns), None, "{cut} of {} bytes", bytes.len());
        }
        let triple = Triple::new(BlankNode::new_unchecked("s"), NamedNode::new_unchecked("urn:p"), Literal::from(1));
        let mut bytes = Vec::new();
        triple.write(&mut bytes);
        assert_eq!(Triple::read(&mut bytes.as_slice(), &columns), Some(triple));
    }

    #[test]
    fn errors_pass_with_their_kind() {
        for sent in [
            StoreError::RowLimit(7),
            StoreError::QueryTooLarge { what: "patterns".into(), count: 9, limit: 3 },
            StoreError::Syntax { line: 1, column: 2, message: "no".to_owned(), hint: None },
        ] {
            let received: StoreError = serde_json::from_slice(&error(&sent)).unwrap();
            assert_eq!(format!("{received:?}"), format!("{sent:?}"));
        }
        let broken = StoreError::Output(io::Error::other("the pipe"));
        assert!(
            matches!(serde_json::from_slice(&error(&broken)).unwrap(), StoreError::Evaluation(told) if told.contains("pipe"))
        );
    }
}
