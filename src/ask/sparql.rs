//! SPARQL, written: patterns with their terms as the RDF library serialises them, and prefixes declared where they are used.

use crate::model::vocab::PREFIXES;
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A variable or a term, as it stands in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A variable, without its question mark.
    Variable(String),
    /// A term.
    Term(Term),
}

impl Place {
    /// An IRI.
    pub fn iri(iri: &NamedNode) -> Self {
        Self::Term(iri.clone().into())
    }
}

/// A group graph pattern under way.
#[derive(Clone, Debug, Default)]
pub struct Group {
    lines: Vec<String>,
    depth: usize,
}

impl Group {
    /// A group inside of another.
    #[must_use]
    pub fn inner(&self) -> Self {
        Self { lines: Vec::new(), depth: self.depth + 1 }
    }
    fn line(&mut self, text: &str) {
        self.lines.push(format!("{}{text}", "  ".repeat(self.depth + 1)));
    }
    /// A triple, in one of the graphs that a variable ranges over if there is one.
    pub fn triple(&mut self, subject: &Place, property: &str, object: &Place, graph: Option<&str>) {
        let triple = format!("{} {property} {}", place(subject), place(object));
        match graph {
            Some(variable) => self.line(&format!("GRAPH ?{variable} {{ {triple} }}")),
            None => self.line(&format!("{triple} .")),
        }
    }
    /// What a variable ranges over.
    pub fn values(&mut self, variable: &str, terms: &[Term]) {
        let all: Vec<String> = terms.iter().map(term).collect();
        self.line(&format!("VALUES ?{variable} {{ {} }}", all.join(" ")));
    }
    /// What a variable that others bind is one of; few terms range, many are looked at.
    pub fn among(&mut self, variable: &str, terms: &[Term]) {
        const FEW: usize = 4;
        if terms.len() <= FEW && !terms.is_empty() {
            self.values(variable, terms);
        } else {
            let all: Vec<String> = terms.iter().map(term).collect();
            self.filter(&format!("?{variable} IN ({})", all.join(", ")));
        }
    }
    /// What several variables range over together.
    pub fn table(&mut self, variables: &[&str], rows: &[[Term; 3]]) {
        let head: Vec<String> = variables.iter().map(|variable| format!("?{variable}")).collect();
        self.line(&format!("VALUES ({}) {{", head.join(" ")));
        for row in rows {
            let cells: Vec<String> = row.iter().map(term).collect();
            self.line(&format!("  ({})", cells.join(" ")));
        }
        self.line("}");
    }
    /// A filter; the expression is made of this module's parts.
    pub fn filter(&mut self, expression: &str) {
        self.line(&format!("FILTER({expression})"));
    }
    /// What must not be.
    pub fn not_exists(&mut self, group: &Self) {
        self.line("FILTER NOT EXISTS {");
        self.lines.extend(group.lines.iter().cloned());
        self.line("}");
    }
    /// What may be.
    pub fn optional(&mut self, group: &Self) {
        self.line("OPTIONAL {");
        self.lines.extend(group.lines.iter().cloned());
        self.line("}");
    }
    /// Any of several.
    pub fn union(&mut self, groups: &[Self]) {
        for (at, group) in groups.iter().enumerate() {
            self.line(if at == 0 { "{" } else { "} UNION {" });
            self.lines.extend(group.lines.iter().cloned());
        }
        if !groups.is_empty() {
            self.line("}");
        }
    }
    /// A query of its own, whose variables are those of its projection; `tail` stands behind its pattern.
    pub fn sub_select(&mut self, projection: &str, group: &Self, tail: &str) {
        self.line(&format!("{{ SELECT {projection} WHERE {{"));
        self.lines.extend(group.lines.iter().cloned());
        let tail = if tail.is_empty() { String::new() } else { format!("{tail} ") };
        self.line(&format!("}} {tail}}}"));
    }
    /// Only things of which there are so many others; the condition is made of this module's parts.
    pub fn having(&mut self, variable: &str, group: &Self, condition: &str) {
        self.sub_select(&format!("?{variable}"), group, &format!("GROUP BY ?{variable} HAVING({condition})"));
    }
    /// A variable under another name.
    pub fn bind(&mut self, value: &Place, variable: &str) {
        self.line(&format!("BIND({} AS ?{variable})", place(value)));
    }
    /// What an expression gives, under a name; the expression is made of this module's parts.
    pub fn compute(&mut self, expression: &str, variable: &str) {
        self.line(&format!("BIND({expression} AS ?{variable})"));
    }
    /// All that another says.
    pub fn append(&mut self, other: &Self) {
        self.lines.extend(other.lines.iter().cloned());
    }
}

/// A whole query: its projection and what stands behind the pattern are made of this module's parts.
pub fn select(projection: &str, group: &Group, tail: &str) -> String {
    let mut body = format!("SELECT {projection} WHERE {{\n");
    for line in &group.lines {
        let _ = writeln!(body, "{line}"); // writing to a string cannot fail
    }
    body.push('}');
    if !tail.is_empty() {
        body.push('\n');
        body.push_str(tail);
    }
    let mut used: BTreeMap<&str, &str> = BTreeMap::new();
    for (prefix, namespace) in PREFIXES {
        let mark = format!("{prefix}:");
        let stands = body.match_indices(&mark).any(|(at, _)| {
            !body
                .get(..at)
                .and_then(|before| before.chars().next_back())
                .is_some_and(|c| c.is_alphanumeric() || c == '/' || c == '"')
        });
        if stands {
            used.insert(prefix, namespace);
        }
    }
    let mut text = String::new();
    for (prefix, namespace) in used {
        let _ = writeln!(text, "PREFIX {prefix}: {}", NamedNodeRef::new_unchecked(namespace));
    }
    text + &body
}

/// A query for triples of a template, which is made of this module's parts.
pub fn construct(template: &str, group: &Group) -> String {
    let text = select("*", group, "");
    text.replacen("SELECT * WHERE", &format!("CONSTRUCT {{ {template} }} WHERE"), 1)
}

/// A place in a query.
pub fn place(place: &Place) -> String {
    match place {
        Place::Variable(name) => format!("?{name}"),
        Place::Term(value) => term(value),
    }
}

/// A term in a query: terms of known vocabularies by their short names, all others as the RDF library writes them.
pub fn term(term: &Term) -> String {
    match term {
        Term::NamedNode(iri) => name(iri.as_ref()),
        other => other.to_string(),
    }
}

/// An IRI in a query.
pub fn name(iri: NamedNodeRef<'_>) -> String {
    let short = PREFIXES.iter().find_map(|(prefix, namespace)| {
        let local = iri.as_str().strip_prefix(namespace)?;
        let plain = !local.is_empty() && local.chars().all(|c| c.is_ascii_alphanumeric());
        plain.then(|| format!("{prefix}:{local}"))
    });
    short.unwrap_or_else(|| iri.to_string())
}

/// A string in a query.
pub fn string(text: &str) -> String {
    oxigraph::model::Literal::new_simple_literal(text).to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use oxigraph::model::Literal;

    #[test]
    fn nothing_in_a_term_can_break_out_of_it() {
        let evil = Term::from(Literal::new_simple_literal("\" } DROP ALL #\\ \n"));
        let mut group = Group::default();
        group.triple(&Place::Variable("a".to_owned()), "flg:text", &Place::Term(evil.clone()), None);
        let text = select("?a", &group, "");
        assert!(text.starts_with("PREFIX flg: <https://"), "{text}");
        assert_eq!(text.lines().count(), 4, "{text}");
        let parsed = crate::store::parse(&crate::store::Request::new(&text));
        assert!(parsed.is_ok(), "{text}");
    }
}
