//! Algebra as SPARQL text. Every group keeps its braces: a filter reaches as far as it did, and operators bind as they did, which
//! the parser's own display does not see to.

mod values;

use oxigraph::model::BlankNode;
use spargebra::algebra::{GraphPattern, OrderExpression, QueryDataset};
use spargebra::term::{
    GraphName, GraphNamePattern, GroundQuadPattern, GroundTermPattern, QuadPattern, TermPattern, TriplePattern,
};
use spargebra::{GraphUpdateOperation, Query, Update};
use std::fmt::{self, Display, Formatter, Write};
use values::{Aggregate, Value};

/// A query as text.
pub(super) fn query(query: &Query) -> String {
    let mut text = String::new();
    let (Query::Select { base_iri, dataset, .. }
    | Query::Construct { base_iri, dataset, .. }
    | Query::Describe { base_iri, dataset, .. }
    | Query::Ask { base_iri, dataset, .. }) = query;
    if let Some(base) = base_iri {
        let _ = writeln!(text, "BASE <{base}>"); // writing to a string does not fail
    }
    let from = Dataset(dataset.as_ref(), "FROM");
    let _ = match query {
        Query::Select { pattern, .. } => write!(text, "{}", Select(pattern, Some(&from))),
        Query::Construct { template, pattern, .. } => {
            let _ = text.write_str("CONSTRUCT {");
            for triple in template {
                let _ = write!(text, " {} .", Triple(triple, true));
            }
            write!(text, " }}{from} WHERE {}", Group(pattern))
        }
        Query::Describe { pattern, .. } => write!(text, "DESCRIBE *{from} WHERE {}", Group(pattern)),
        Query::Ask { pattern, .. } => write!(text, "ASK{from} WHERE {}", Group(pattern)),
    };
    text
}

/// An update as text.
pub(super) fn update(update: &Update) -> String {
    let mut text = String::new();
    if let Some(base) = &update.base_iri {
        let _ = writeln!(text, "BASE <{base}>");
    }
    let operations: Vec<String> = update.operations.iter().map(|operation| Operation(operation).to_string()).collect();
    text + &operations.join(" ;\n")
}

struct Operation<'a>(&'a GraphUpdateOperation);

impl Display for Operation<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            GraphUpdateOperation::InsertData { data } => {
                let quads = data
                    .iter()
                    .map(|quad| (quad.graph_name.clone(), format!("{} {} {}", quad.subject, quad.predicate, quad.object)));
                data_block(f, "INSERT", quads)
            }
            GraphUpdateOperation::DeleteData { data } => {
                let quads = data
                    .iter()
                    .map(|quad| (quad.graph_name.clone(), format!("{} {} {}", quad.subject, quad.predicate, quad.object)));
                data_block(f, "DELETE", quads)
            }
            GraphUpdateOperation::DeleteInsert { delete, insert, using, pattern } => {
                if !delete.is_empty() {
                    template(f, "DELETE", delete.iter().map(|quad| added(quad, quad.graph_name.clone())))?;
                }
                if !insert.is_empty() {
                    template(f, "INSERT", insert.iter().cloned())?;
                }
                write!(f, "{} WHERE {}", Dataset(using.as_ref(), "USING"), Group(pattern))
            }
            other => write!(f, "{other}"),
        }
    }
}

/// Quads of one graph after the other stand in one block.
fn data_block(f: &mut Formatter<'_>, verb: &str, quads: impl Iterator<Item = (GraphName, String)>) -> fmt::Result {
    write!(f, "{verb} DATA {{")?;
    let mut open: Option<GraphName> = None;
    for (graph, triple) in quads {
        if open.as_ref() != Some(&graph) {
            if matches!(open, Some(GraphName::NamedNode(_))) {
                f.write_str(" }")?;
            }
            if graph != GraphName::DefaultGraph {
                write!(f, " GRAPH {graph} {{")?;
            }
            open = Some(graph);
        }
        write!(f, " {triple} .")?;
    }
    if matches!(open, Some(GraphName::NamedNode(_))) {
        f.write_str(" }")?;
    }
    f.write_str(" }")
}

fn template(f: &mut Formatter<'_>, verb: &str, quads: impl Iterator<Item = QuadPattern>) -> fmt::Result {
    write!(f, "{verb} {{")?;
    for QuadPattern { subject, predicate, object, graph_name } in quads {
        let triple = TriplePattern { subject, predicate, object };
        match graph_name {
            GraphNamePattern::DefaultGraph => write!(f, " {} .", Triple(&triple, true))?,
            name => write!(f, " GRAPH {name} {{ {} }}", Triple(&triple, true))?,
        }
    }
    f.write_str(" } ")
}

/// The graphs that a query is about, behind a word: `FROM` or `USING`.
struct Dataset<'a>(Option<&'a QueryDataset>, &'static str);

impl Display for Dataset<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Some(dataset) = self.0 else { return Ok(()) };
        dataset.default.iter().try_for_each(|graph| write!(f, " {} {graph}", self.1))?;
        dataset.named.iter().flatten().try_for_each(|graph| write!(f, " {} NAMED {graph}", self.1))
    }
}

/// A triple pattern; its blank nodes are labels in a template, and elsewhere variables that nobody sees.
struct Triple<'a>(&'a TriplePattern, bool);

impl Display for Triple<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let TriplePattern { subject, predicate, object } = self.0;
        if self.1 {
            return write!(f, "{subject} {predicate} {object}");
        }
        write!(f, "{} {predicate} {}", Node(subject), Node(object))
    }
}

struct Node<'a>(&'a TermPattern);

impl Display for Node<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            TermPattern::BlankNode(node) => write!(f, "{}", hidden(node)),
            other => write!(f, "{other}"),
        }
    }
}

/// The variable that a blank node of a pattern is.
fn hidden(node: &BlankNode) -> String {
    let name: String = node.as_str().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    format!("?flg_blank_{name}")
}

/// A pattern in braces.
struct Group<'a>(&'a GraphPattern);

impl Display for Group<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{{ {} }}", Content(self.0))
    }
}

/// A pattern that others follow in the same group: one with a filter of its own needs braces, as the filter would reach over them.
struct First<'a>(&'a GraphPattern);

impl Display for First<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if matches!(self.0, GraphPattern::Filter { .. }) { Group(self.0).fmt(f) } else { Content(self.0).fmt(f) }
    }
}

/// A pattern that stands behind others in a group: what would change those needs braces.
struct Next<'a>(&'a GraphPattern);

impl Display for Next<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            GraphPattern::Bgp { .. }
            | GraphPattern::Path { .. }
            | GraphPattern::Graph { .. }
            | GraphPattern::Union { .. }
            | GraphPattern::Values { .. } => Content(self.0).fmt(f),
            other => Group(other).fmt(f),
        }
    }
}

/// What is in the braces of a group.
struct Content<'a>(&'a GraphPattern);

impl Display for Content<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            GraphPattern::Bgp { patterns } => patterns.iter().try_for_each(|triple| write!(f, "{} . ", Triple(triple, false))),
            GraphPattern::Path { subject, path, object } => write!(f, "{} {path} {} . ", Node(subject), Node(object)),
            GraphPattern::Join { left, right } => write!(f, "{} {}", First(left), Next(right)),
            GraphPattern::Lateral { left, right } => write!(f, "{} LATERAL {}", First(left), Group(right)),
            GraphPattern::LeftJoin { left, right, expression: None } => {
                write!(f, "{} OPTIONAL {{ {} }}", First(left), First(right))
            }
            GraphPattern::LeftJoin { left, right, expression: Some(expression) } => {
                write!(f, "{} OPTIONAL {{ {} FILTER({}) }}", First(left), First(right), Value(expression))
            }
            GraphPattern::Filter { expr, inner } => write!(f, "{} FILTER({})", First(inner), Value(expr)),
            GraphPattern::Union { left, right } => write!(f, "{} UNION {}", Group(left), Group(right)),
            GraphPattern::Graph { name, inner } => write!(f, "GRAPH {name} {}", Group(inner)),
            GraphPattern::Extend { inner, variable, expression } => {
                write!(f, "{} BIND({} AS {variable})", First(inner), Value(expression))
            }
            GraphPattern::Minus { left, right } => write!(f, "{} MINUS {}", First(left), Group(right)),
            GraphPattern::Values { variables, .. } if variables.is_empty() => f.write_str("FILTER(false)"),
            GraphPattern::Values { variables, bindings } => {
                f.write_str("VALUES (")?;
                variables.iter().try_for_each(|variable| write!(f, " {variable}"))?;
                f.write_str(" ) {")?;
                for row in bindings {
                    f.write_str(" (")?;
                    for value in row {
                        match value {
                            Some(value) => write!(f, " {value}")?,
                            None => f.write_str(" UNDEF")?,
                        }
                    }
                    f.write_str(" )")?;
                }
                f.write_str(" }")
            }
            GraphPattern::Service { name, inner, silent } => {
                write!(f, "SERVICE {}{name} {}", if *silent { "SILENT " } else { "" }, Group(inner))
            }
            select @ (GraphPattern::Group { .. }
            | GraphPattern::Project { .. }
            | GraphPattern::Distinct { .. }
            | GraphPattern::Reduced { .. }
            | GraphPattern::OrderBy { .. }
            | GraphPattern::Slice { .. }) => write!(f, "{{ {} }}", Select(select, None)),
        }
    }
}

/// A `SELECT`, as a query or inside of one.
struct Select<'a>(&'a GraphPattern, Option<&'a Dataset<'a>>);

impl Display for Select<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut inner = self.0;
        let (mut slice, mut once, mut columns, mut order) = (None, "", None, None);
        if let GraphPattern::Slice { inner: next, start, length } = inner {
            (slice, inner) = (Some((start, length)), next.as_ref());
        }
        match inner {
            GraphPattern::Distinct { inner: next } => (once, inner) = (" DISTINCT", next.as_ref()),
            GraphPattern::Reduced { inner: next } => (once, inner) = (" REDUCED", next.as_ref()),
            _ => {}
        }
        if let GraphPattern::Project { inner: next, variables } = inner {
            (columns, inner) = (Some(variables), next.as_ref());
        }
        if let GraphPattern::OrderBy { inner: next, expression } = inner {
            (order, inner) = (Some(expression), next.as_ref());
        }
        write!(f, "SELECT{once}")?;
        let mut grouped = None;
        match (columns, inner) {
            // Where nothing but the grouping is left, it needs no query of its own.
            (None, GraphPattern::Group { inner: next, variables, aggregates }) => {
                aggregates.iter().try_for_each(|(variable, aggregate)| write!(f, " ({} AS {variable})", Aggregate(aggregate)))?;
                variables.iter().try_for_each(|variable| write!(f, " {variable}"))?;
                (grouped, inner) = (Some(variables), next.as_ref());
            }
            // Every column of it is bound from outside: what counts is how many rows there are.
            (Some(columns), _) if columns.is_empty() => f.write_str(" (1 AS ?flg_row)")?,
            (Some(columns), _) => columns.iter().try_for_each(|column| write!(f, " {column}"))?,
            _ => f.write_str(" *")?,
        }
        if let Some(dataset) = self.1 {
            dataset.fmt(f)?;
        }
        write!(f, " WHERE {}", Group(inner))?;
        if let Some(variables) = grouped.filter(|variables| !variables.is_empty()) {
            f.write_str(" GROUP BY")?;
            variables.iter().try_for_each(|variable| write!(f, " {variable}"))?;
        }
        if let Some(order) = order {
            f.write_str(" ORDER BY")?;
            for by in order {
                match by {
                    OrderExpression::Asc(value) => write!(f, " ASC({})", Value(value))?,
                    OrderExpression::Desc(value) => write!(f, " DESC({})", Value(value))?,
                }
            }
        }
        if let Some((start, length)) = slice {
            if let Some(length) = length {
                write!(f, " LIMIT {length}")?;
            }
            if *start > 0 {
                write!(f, " OFFSET {start}")?;
            }
        }
        Ok(())
    }
}

/// The same quad in a template that adds, or in another graph.
pub(super) fn added(quad: &GroundQuadPattern, graph: GraphNamePattern) -> QuadPattern {
    let node = |term: &GroundTermPattern| TermPattern::from(term.clone());
    QuadPattern { subject: node(&quad.subject), predicate: quad.predicate.clone(), object: node(&quad.object), graph_name: graph }
}
