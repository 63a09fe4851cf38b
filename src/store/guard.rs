//! From the text of a query to its algebra, with what would exhaust the stack, the planner or the network refused first.

use super::bind::{self, Node};
use super::{Request, StoreError};
use crate::model::vocab::{BASE, PREFIXES};
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};

/// The longest query that is accepted, in bytes.
pub const LONGEST_QUERY: usize = 64 * 1024;
/// Brackets may nest, and signs follow each other, this deep: parser, planner and evaluator recurse.
const DEEPEST_QUERY: usize = 64;
/// The planner's work grows faster than the number of patterns, and it cannot be cancelled.
const MOST_PATTERNS: usize = 500;
/// The product of the rows of all `VALUES`: nothing checks for cancellation while they are joined with each other.
const MOST_INLINE_ROWS: usize = 1_000_000;
/// The optimiser's work grows with the square of an expression's length.
const MOST_OPERATORS: usize = 2_000;
/// Longer lists of what the parser expected tell nothing.
const MOST_WORDS: usize = 8;

/// A query that was parsed, its bindings put in.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed(pub(super) Query);

/// The form of a query, which decides what its results are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `SELECT`
    Select,
    /// `ASK`
    Ask,
    /// `CONSTRUCT` or `DESCRIBE`
    Graph,
}

impl Parsed {
    /// What the results will be.
    pub fn form(&self) -> Form {
        match self.0 {
            Query::Select { .. } => Form::Select,
            Query::Ask { .. } => Form::Ask,
            Query::Construct { .. } | Query::Describe { .. } => Form::Graph,
        }
    }
}

/// Parses the query of a request and puts its bindings in.
///
/// # Errors
/// Syntax errors with line and column; a query that is too long, too deep or too large; `SERVICE`.
pub fn parse(request: &Request) -> Result<Parsed, StoreError> {
    let text = &request.query;
    if text.len() > LONGEST_QUERY {
        return Err(StoreError::QueryTooLong { bytes: text.len(), limit: LONGEST_QUERY });
    }
    depth(text)?;
    let mut parser = SparqlParser::new();
    for (prefix, namespace) in PREFIXES {
        parser = parser.with_prefix(*prefix, *namespace).map_err(|e| StoreError::Evaluation(e.to_string()))?;
    }
    parser = parser.with_prefix("id", format!("{BASE}id/")).map_err(|e| StoreError::Evaluation(e.to_string()))?;
    let mut query = parser.parse_query(text).map_err(|e| syntax(text, &e.to_string()))?;
    size(&query)?;
    bind::bind(&mut query, &request.bindings)?;
    Ok(Parsed(query))
}

/// The parser's message, `error at 1:15: expected one of …`, made readable: what stands there, and which words could.
fn syntax(text: &str, message: &str) -> StoreError {
    let place = message.strip_prefix("error at ").and_then(|rest| {
        let (place, expected) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, expected))
    });
    let Some((line, column, expected)): Option<(usize, usize, &str)> = place else {
        return StoreError::Syntax { line: 1, column: 1, message: message.to_owned(), hint: None };
    };
    let line_text = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let before: String = line_text.chars().take(column.saturating_sub(1)).collect();
    let found: String = line_text.chars().skip(column.saturating_sub(1)).take_while(|c| !c.is_whitespace()).take(20).collect();
    if expected.contains("Prefix not found") {
        let word = before.split(|c: char| c.is_whitespace() || "{}()[],;^|/".contains(c)).next_back().unwrap_or_default();
        let prefix = word.split(':').next().unwrap_or_default();
        let message = format!("the prefix `{prefix}:` is not declared");
        let hint = Some(format!("declare it before the query: `PREFIX {prefix}: <…>`"));
        return StoreError::Syntax { line, column: column.saturating_sub(word.chars().count()).max(1), message, hint };
    }
    let mut words: Vec<&str> = expected.split('"').skip(1).step_by(2).filter(|word| !word.trim().is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    let found = if found.is_empty() { "the line ends here".to_owned() } else { format!("`{found}` cannot stand here") };
    let message = if words.is_empty() || words.len() > MOST_WORDS {
        found
    } else {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        format!("{found}; {} could", words.join(", "))
    };
    let hint = update_word(text).map(|word| format!("`{word}` is an update, and only queries are answered here"));
    StoreError::Syntax { line, column, message, hint }
}

/// The first word of an update request.
fn update_word(text: &str) -> Option<&'static str> {
    const UPDATES: [&str; 10] = ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"];
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let first = lines.find(|l| !l.get(..6).is_some_and(|p| p.eq_ignore_ascii_case("prefix")))?;
    let word = first.split(|c: char| !c.is_ascii_alphabetic()).next()?;
    UPDATES.into_iter().find(|update| update.eq_ignore_ascii_case(word))
}

/// Refuses a text whose brackets or prefix operators go too deep, without recursion. Strings, IRIs and comments are skipped.
fn depth(text: &str) -> Result<(), StoreError> {
    let bytes = text.as_bytes();
    let (mut at, mut open, mut signs, mut line) = (0, 0usize, 0usize, 1);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\n' => line += 1,
            b'#' => at = until(bytes, at, |b| b == b'\n').saturating_sub(1),
            b'"' | b'\'' => {
                let end = string_end(bytes, at, *byte);
                line += text.get(at..end).map_or(0, |string| string.matches('\n').count());
                at = end - 1;
                signs = 0;
            }
            b'<' => {
                let end = until(bytes, at + 1, |b| b <= b' ' || b"<>\"{}|^`\\".contains(&b));
                if bytes.get(end) == Some(&b'>') {
                    at = end;
                    signs = 0;
                }
            }
            b'\\' => at += 1,
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            b'!' | b'-' | b'+' | b'^' => signs += 1,
            b' ' | b'\t' | b'\r' => {}
            _ => signs = 0,
        }
        if open.max(signs) > DEEPEST_QUERY {
            return Err(StoreError::QueryTooDeep { depth: open.max(signs), limit: DEEPEST_QUERY, line });
        }
        at += 1;
    }
    Ok(())
}

/// The first position from `at` whose byte fits, or the end.
fn until(bytes: &[u8], at: usize, fits: impl Fn(u8) -> bool) -> usize {
    bytes[at.min(bytes.len())..].iter().position(|b| fits(*b)).map_or(bytes.len(), |offset| at + offset)
}

/// One past the end of the string that begins at `at`; just past its quote if it has no end.
fn string_end(bytes: &[u8], at: usize, quote: u8) -> usize {
    let long = bytes[at..].starts_with(&[quote; 3]);
    let (mark, mut position) = if long { (&[quote; 3][..], at + 3) } else { (&[quote][..], at + 1) };
    while let Some(byte) = bytes.get(position) {
        if bytes[position..].starts_with(mark) {
            return position + mark.len();
        }
        if *byte == b'\n' && !long {
            break;
        }
        position += if *byte == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// Refuses `SERVICE`, and more patterns or inline rows than can be planned and joined in reasonable time.
fn size(query: &Query) -> Result<(), StoreError> {
    let mut size = Size { patterns: 0, operators: 0, rows: 1, service: false };
    size.query(query);
    if size.service {
        return Err(StoreError::Service);
    }
    if size.patterns > MOST_PATTERNS {
        return Err(StoreError::QueryTooLarge { what: "patterns", count: size.patterns, limit: MOST_PATTERNS });
    }
    if size.operators > MOST_OPERATORS {
        return Err(StoreError::QueryTooLarge { what: "operators", count: size.operators, limit: MOST_OPERATORS });
    }
    if size.rows > MOST_INLINE_ROWS {
        let what = "combinations of inline rows (`VALUES`)";
        return Err(StoreError::QueryTooLarge { what, count: size.rows, limit: MOST_INLINE_ROWS });
    }
    Ok(())
}

struct Size {
    patterns: usize,
    operators: usize,
    rows: usize,
    service: bool,
}

impl Size {
    fn query(&mut self, query: &Query) {
        let (Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. }) = query;
        bind::walk(pattern, &mut |node| match node {
            Node::Expression => self.operators += 1,
            Node::Pattern(GraphPattern::Bgp { patterns }) => self.patterns += patterns.len(),
            Node::Pattern(GraphPattern::Service { .. }) => self.service = true,
            Node::Pattern(GraphPattern::Values { bindings, .. }) => {
                self.patterns += 1;
                self.rows = self.rows.saturating_mul(bindings.len().max(1));
            }
            Node::Pattern(_) => self.patterns += 1,
        });
    }
}
