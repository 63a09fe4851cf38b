//! JSON-LD as a programmer likes to read it: short names instead of IRIs, texts by their languages, numbers as numbers, and what a
//! document is about on top, with its claims and the names of what it is connected with inside.
//!
//! Neither Oxigraph nor sophia compacts, and a crate that does would still leave the shape open: compaction keeps the flat list of
//! nodes that it is given, and nesting them is framing, which no Rust library has. So the tree is made here, from the statements
//! and the context; that processors read the very same statements from it is what the tests hold, with two of them.

use super::Document;
use super::context::{Context, How};
use crate::model::vocab::{rdf, rdfs, skos, xsd};
use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A document as JSON-LD, of whose statements the graphs are left out in `triples`; its context is named by its address.
///
/// # Errors
/// If it cannot be put into bytes.
pub(super) fn write(document: &Document, triples: &[Quad], context: &str) -> serde_json::Result<Vec<u8>> {
    let mut top = Map::new();
    top.insert("@context".to_owned(), context.into());
    let mut tree = Tree::new(document, triples);
    match &document.about {
        Some(about) if document.nested => {
            top.extend(tree.node(about.as_str()));
            tree.others(&mut top);
            let rest = tree.rest();
            if !rest.is_empty() {
                top.insert("@included".to_owned(), rest.into());
            }
        }
        _ => drop(top.insert("@graph".to_owned(), tree.rest().into())),
    }
    let mut text = serde_json::to_vec_pretty(&top)?;
    text.push(b'\n');
    Ok(text)
}

/// The statements that are still to be written.
struct Tree {
    context: &'static Context,
    /// By subject and property.
    said: BTreeMap<String, BTreeMap<NamedNode, Vec<Term>>>,
    /// The subjects of statements whose value is what the document is about, by property.
    others: BTreeMap<NamedNode, Vec<String>>,
    /// Whether a node stands where it is named first.
    nested: bool,
}

/// The name of a node.
fn id(node: &NamedOrBlankNode) -> String {
    match node {
        NamedOrBlankNode::NamedNode(iri) => iri.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(blank) => blank.to_string(),
    }
}

/// Class, names, then everything else.
fn rank(property: &NamedNode) -> u8 {
    match property.as_ref() {
        p if p == rdf::TYPE => 0,
        p if p == skos::PREF_LABEL || p == rdfs::LABEL => 1,
        p if p == skos::ALT_LABEL => 2,
        _ => 3,
    }
}

impl Tree {
    fn new(document: &Document, triples: &[Quad]) -> Self {
        let about = document.about.as_ref().filter(|_| document.nested).map(|about| Term::from(about.clone()));
        let mut tree = Self { context: Context::own(), said: BTreeMap::new(), others: BTreeMap::new(), nested: document.nested };
        for quad in triples.iter().cloned() {
            let subject = id(&quad.subject);
            if Some(&quad.object) == about.as_ref() && Some(Term::from(quad.subject)) != about {
                tree.others.entry(quad.predicate).or_default().push(subject);
            } else {
                tree.said.entry(subject).or_default().entry(quad.predicate).or_default().push(quad.object);
            }
        }
        tree
    }

    /// A node with all that is said of it, which is written but once.
    fn node(&mut self, id: &str) -> Map<String, Value> {
        let mut node = Map::new();
        node.insert("iri".to_owned(), id.into());
        let mut said: Vec<_> = self.said.remove(id).unwrap_or_default().into_iter().collect();
        said.sort_by_cached_key(|(property, _)| (rank(property), self.context.value(property)));
        for (property, mut values) in said {
            values.sort_by_cached_key(|value| match value {
                Term::Literal(literal) => (literal.language().unwrap_or_default().to_owned(), literal.value().to_owned()),
                other => (String::new(), other.to_string()),
            });
            for value in &values {
                self.put(&mut node, &property, value);
            }
        }
        node
    }

    /// All nodes that were not written yet.
    fn rest(&mut self) -> Vec<Value> {
        let mut rest = Vec::new();
        while let Some(id) = self.said.keys().next().cloned() {
            rest.push(self.node(&id).into());
        }
        rest
    }

    /// What is said of others with what the document is about.
    fn others(&mut self, top: &mut Map<String, Value>) {
        let mut reverse = Map::new();
        for (property, subjects) in std::mem::take(&mut self.others) {
            let nodes: Vec<Value> = subjects.iter().map(|subject| self.node(subject).into()).collect();
            match self.context.name(property.as_str(), |how| *how == How::Reverse) {
                Some(short) => drop(top.insert(short.name.clone(), nodes.into())),
                None => drop(reverse.insert(self.key(&property, |how| matches!(how, How::Iri | How::Name)), nodes.into())),
            }
        }
        if !reverse.is_empty() {
            top.insert("@reverse".to_owned(), reverse.into());
        }
    }

    /// The name of a property that reads its values so, or else one that leaves them as they are.
    fn key(&self, property: &NamedNode, how: impl Fn(&How) -> bool) -> String {
        let name = self.context.name(property.as_str(), how);
        let name = name.or_else(|| self.context.name(property.as_str(), |how| *how == How::Plain));
        name.map_or_else(|| self.context.prefixed(property.as_str()), |short| short.name.clone())
    }

    fn put(&mut self, node: &mut Map<String, Value>, property: &NamedNode, value: &Term) {
        match value {
            Term::NamedNode(iri) if *property == rdf::TYPE => add(node, "type".to_owned(), self.context.value(iri).into()),
            Term::NamedNode(iri) => {
                let how = self.context.name(property.as_str(), |how| matches!(how, How::Iri | How::Name));
                let as_name = how.is_some_and(|short| short.how == How::Name);
                let bare = how.is_some();
                let key = self.key(property, |how| matches!(how, How::Iri | How::Name));
                let value = if self.nested && self.said.contains_key(iri.as_str()) || !bare {
                    self.inside(iri.as_str())
                } else if as_name {
                    self.context.value(iri).into()
                } else {
                    iri.as_str().into()
                };
                add(node, key, value);
            }
            Term::BlankNode(blank) => {
                let value = self.inside(&blank.to_string());
                add(node, self.key(property, |how| *how == How::Iri), value);
            }
            Term::Literal(literal) => self.literal(node, property, literal),
        }
    }

    /// A node where it is named: with all that is said of it, if it may stand there and was not written yet.
    fn inside(&mut self, id: &str) -> Value {
        if self.nested { self.node(id).into() } else { json!({ "iri": id }) }
    }

    fn literal(&self, node: &mut Map<String, Value>, property: &NamedNode, literal: &Literal) {
        let (text, language) = (literal.value(), literal.language());
        let by_language = self.context.name(property.as_str(), |how| *how == How::Languages);
        if let Some(short) = by_language.filter(|_| language.is_some() || literal.datatype() == xsd::STRING) {
            let texts = node.entry(short.name.clone()).or_insert_with(|| Map::new().into());
            if let Some(texts) = texts.as_object_mut() {
                add(texts, language.unwrap_or("@none").to_owned(), text.into());
            }
            return;
        }
        if let Some(language) = language {
            return add(node, self.key(property, |_| false), json!({ "@language": language, "@value": text }));
        }
        let datatype = literal.datatype();
        let fits = |how: &How| matches!(how, How::Datatype(known) if known == datatype.as_str());
        let native = native(literal);
        if let Some(short) = self.context.name(property.as_str(), fits) {
            return add(node, short.name.clone(), native.unwrap_or_else(|| text.into()));
        }
        let value = match native {
            Some(native) => native,
            None if datatype == xsd::STRING => text.into(),
            None => json!({ "@type": self.context.prefixed(datatype.as_str()), "@value": text }),
        };
        add(node, self.key(property, |_| false), value);
    }
}

/// A number or truth value as JSON has it, where that means the very same literal.
fn native(literal: &Literal) -> Option<Value> {
    let text = literal.value();
    match literal.datatype() {
        xsd::BOOLEAN => text.parse::<bool>().ok().map(Value::from),
        // What is larger is no whole number to readers that know floating point alone.
        xsd::INTEGER => text.parse::<i64>().ok().filter(|n| n.unsigned_abs() < 1 << 53 && n.to_string() == text).map(Value::from),
        _ => None,
    }
}

/// Adds a value to those of a key: one stands alone, several in a list.
fn add(node: &mut Map<String, Value>, key: String, value: Value) {
    match node.get_mut(&key) {
        None => drop(node.insert(key, value)),
        Some(Value::Array(values)) => values.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
    }
}
