//! From the text of a query or update to its algebra, with what would exhaust the stack, the planner or the network refused first.

use super::bind;
use super::walk::{self, Node};
use super::{Request, StoreError, UpdateRequest, federation, text};
use crate::config::Services;
use crate::model::vocab::{BASE, prefixes};
use quick_cache::sync::Cache;
use spargebra::algebra::GraphPattern;
use spargebra::term::NamedNodePattern;
use spargebra::{GraphUpdateOperation, Query, SparqlParser, Update};
use std::sync::{Arc, LazyLock};

/// The longest query that is accepted, in bytes.
pub const LONGEST_QUERY: usize = 64 * 1024;
/// The longest update that is accepted, in bytes; more data are better sent to their graph.
pub const LONGEST_UPDATE: usize = 1 << 20;
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
/// So many queries are remembered as they were parsed, and none that is longer, in bytes.
const REMEMBERED: usize = 256;
const LONGEST_REMEMBERED: usize = 4 * 1024;

/// A query as its text says, without what a request binds.
struct Understood {
    query: Query,
    size: Size,
}

/// The queries that were parsed last, by their texts: pages ask the same few again and again, each time with other terms.
static RECENT: LazyLock<Cache<String, Arc<Understood>>> = LazyLock::new(|| Cache::new(REMEMBERED));

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

/// Parses the query of a request and puts its bindings in. It asks no other endpoint.
///
/// # Errors
/// Syntax errors with line and column; a query that is too long, too deep or too large; `SERVICE`.
pub fn parse(request: &Request) -> Result<Parsed, StoreError> {
    parse_for(request, &Services::default())
}

/// The same; it may ask some endpoints.
pub(super) fn parse_for(request: &Request, services: &Services) -> Result<Parsed, StoreError> {
    let text = &request.query;
    if text.len() > LONGEST_QUERY {
        return Err(StoreError::QueryTooLong { bytes: text.len(), limit: LONGEST_QUERY });
    }
    let understood = if let Some(known) = RECENT.get(text.as_str()) {
        known
    } else {
        let new = Arc::new(understand(text)?);
        if text.len() <= LONGEST_REMEMBERED {
            RECENT.insert(text.clone(), Arc::clone(&new));
        }
        new
    };
    understood.size.check(services)?;
    let mut query = understood.query.clone();
    bind::bind(&mut query, &request.bindings)?;
    Ok(Parsed(query))
}

/// Parses the text of a query, and counts what it consists of.
fn understand(text: &str) -> Result<Understood, StoreError> {
    let bare = text::bare(text);
    depth(&bare)?;
    let mut query = parser()?.parse_query(text).map_err(|e| {
        let hint = update_word(text).map(|word| format!("`{word}` is an update, and only queries are answered here"));
        syntax(text, &e.to_string(), hint)
    })?;
    let mut size = Size::default();
    size.query(&query);
    if let Query::Select { pattern, .. } = &mut query
        && text::selects_all(&bare)
    {
        columns(pattern, &bare);
    }
    Ok(Understood { query, size })
}

/// Parses an update.
///
/// # Errors
/// As [`parse`]; [`StoreError::Load`]; [`StoreError::TwoDatasets`].
pub(super) fn parse_update(request: &UpdateRequest, services: &Services) -> Result<Update, StoreError> {
    let text = &request.update;
    if text.len() > LONGEST_UPDATE {
        return Err(StoreError::QueryTooLong { bytes: text.len(), limit: LONGEST_UPDATE });
    }
    depth(&text::bare(text))?;
    let update = parser()?.parse_update(text).map_err(|e| syntax(text, &e.to_string(), None))?;
    let named = !request.using_graphs.is_empty() || !request.using_named_graphs.is_empty();
    for operation in &update.operations {
        match operation {
            GraphUpdateOperation::Load { silent: false, .. } => return Err(StoreError::Load),
            GraphUpdateOperation::DeleteInsert { using: Some(_), .. } if named => return Err(StoreError::TwoDatasets),
            GraphUpdateOperation::DeleteInsert { pattern, .. } => {
                let mut size = Size::default();
                size.pattern(pattern);
                size.check(services)?;
            }
            _ => {}
        }
    }
    Ok(update)
}

/// A parser that knows the prefixes of the project, for which relative addresses are those of its resources: `<id/country/mex>`.
fn parser() -> Result<SparqlParser, StoreError> {
    let failed = |error: &dyn std::fmt::Display| StoreError::Evaluation(error.to_string());
    let mut parser = SparqlParser::new().with_base_iri(BASE).map_err(|e| failed(&e))?;
    for (prefix, namespace) in prefixes() {
        parser = parser.with_prefix(prefix, namespace.into_owned()).map_err(|e| failed(&e))?;
    }
    Ok(parser)
}

/// The parser's message, `error at 1:15: expected one of …`, made readable: what stands there, and which words could.
fn syntax(text: &str, message: &str, hint: Option<String>) -> StoreError {
    let place = message.strip_prefix("error at ").and_then(|rest| {
        let (place, expected) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, expected))
    });
    let Some((line, column, expected)): Option<(usize, usize, &str)> = place else {
        return StoreError::Syntax { line: 1, column: 1, message: message.to_owned(), hint };
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
    StoreError::Syntax { line, column, message, hint }
}

/// Puts the columns of `SELECT *` in the order in which the query names them; the parser sorts them.
fn columns(pattern: &mut GraphPattern, bare: &str) {
    match pattern {
        GraphPattern::Project { variables, .. } => {
            let order = text::variables(bare);
            variables.sort_by_key(|variable| order.iter().position(|name| *name == variable.as_str()));
        }
        GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
            columns(inner, bare);
        }
        _ => {}
    }
}

/// Refuses a text whose brackets or prefix operators go too deep, without recursion.
fn depth(bare: &str) -> Result<(), StoreError> {
    let (mut open, mut signs, mut line) = (0usize, 0usize, 1);
    for byte in bare.bytes() {
        match byte {
            b'\n' => line += 1,
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            b'!' | b'-' | b'+' | b'^' => signs += 1,
            b' ' | b'\t' | b'\r' => {}
            _ => signs = 0,
        }
        if open.max(signs) > DEEPEST_QUERY {
            return Err(StoreError::QueryTooDeep { depth: open.max(signs), limit: DEEPEST_QUERY, line });
        }
    }
    Ok(())
}

/// The first word of an update request.
fn update_word(text: &str) -> Option<&'static str> {
    const UPDATES: [&str; 10] = ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"];
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let first = lines.find(|l| !l.get(..6).is_some_and(|p| p.eq_ignore_ascii_case("prefix")))?;
    let word = first.split(|c: char| !c.is_ascii_alphabetic()).next()?;
    UPDATES.into_iter().find(|update| update.eq_ignore_ascii_case(word))
}

/// What a query or an operation of an update consists of.
#[derive(Default)]
struct Size {
    patterns: usize,
    operators: usize,
    /// The numbers of rows of its `VALUES`.
    rows: Vec<usize>,
    /// The endpoints that it asks and that may not be silent.
    services: Vec<NamedNodePattern>,
}

impl Size {
    /// Refuses `SERVICE` where it is not allowed, and more patterns or inline rows than can be planned and joined in reasonable time.
    fn check(&self, services: &Services) -> Result<(), StoreError> {
        self.services.iter().try_for_each(|name| federation::check(services, name))?;
        let rows = self.rows.iter().fold(1, |product: usize, rows| product.saturating_mul((*rows).max(1)));
        let limits = [
            ("patterns", self.patterns, MOST_PATTERNS),
            ("operators", self.operators, MOST_OPERATORS),
            ("combinations of inline rows (`VALUES`)", rows, MOST_INLINE_ROWS),
        ];
        let passed = limits.into_iter().find(|(_, count, limit)| count > limit);
        passed.map_or(Ok(()), |(what, count, limit)| Err(StoreError::QueryTooLarge { what: what.into(), count, limit }))
    }

    fn query(&mut self, query: &Query) {
        let (Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. }) = query;
        self.pattern(pattern);
    }

    fn pattern(&mut self, pattern: &GraphPattern) {
        walk::walk(pattern, &mut |node| match node {
            Node::Expression(_) => self.operators += 1,
            Node::Pattern(GraphPattern::Bgp { patterns }) => self.patterns += patterns.len(),
            // What is silent may fail without a word, and leaves its variables unbound then.
            Node::Pattern(GraphPattern::Service { silent: false, name, .. }) => self.services.push(name.clone()),
            Node::Pattern(GraphPattern::Values { bindings, .. }) => {
                self.patterns += 1;
                self.rows.push(bindings.len());
            }
            Node::Pattern(_) => self.patterns += 1,
        });
    }
}
