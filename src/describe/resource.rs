//! What the graph says of one thing: its Concise Bounded Description, with the names of what it is connected with.
//!
//! The description is what is said of the thing, and each claim that states some of it, with the words of the report. What is said
//! of others with it follows. Of claims and of others there may be more than a document should hold: a country stands in thousands
//! of statements. Then none of them is there, never a part, and `rdfs:seeAlso` leads to where they can be looked through. Names
//! stand in the default graph, whichever graphs say them.
//!
//! Nothing in a document is a blank node: one that somebody put into the store stands there under an IRI of its own, as
//! RDF 1.1 has it (section 3.5).

use super::{Document, Place, Reader};
use crate::facts::iri;
use crate::model::vocab::{BASE, graph as graphs, oa, rdf, rdfs};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

const ITSELF: &str = include_str!("queries/itself.rq");
const CLAIMS: &str = include_str!("queries/claims.rq");
const EVIDENCE: &str = include_str!("queries/evidence.rq");
const MENTIONS: &str = include_str!("queries/mentions.rq");
const NAMES: &str = include_str!("queries/names.rq");
const GRAPH: &str = include_str!("queries/graph.rq");

/// So many claims a document holds at most, and so many statements about others; the queries ask for one more.
const MOST: usize = 1_000;

/// Whether an IRI is that of a graph.
fn is_graph(this: &NamedNode) -> bool {
    this.as_str().strip_prefix(BASE).is_some_and(|path| path.starts_with("graph/"))
}

/// What the graph says of `this`; of a graph, what it holds; of the ontology, its terms.
///
/// # Errors
/// As [`Reader::each`].
pub fn describe<R: Reader + ?Sized>(graph: &R, this: &NamedNode, place: &Place) -> Result<Document, R::Error> {
    if this.as_str() == format!("{BASE}ontology") {
        return Ok(Document { about: Some(this.clone()), ..whole(graph, &graphs::ontology())? });
    }
    if is_graph(this) {
        return whole(graph, this);
    }
    let bound = [("this", Term::from(this.clone()))];
    let mut found = Found::default();
    found.read(graph, ITSELF, this)?;
    let mut mentions = Found::default();
    graph.each(MENTIONS, &bound, &mut |row| {
        mentions.add(row.get("subject"), iri(&row, "property"), Some(&this.clone().into()), iri(&row, "graph"));
    })?;
    if found.0.is_empty() && mentions.0.is_empty() {
        return Ok(Document::default());
    }
    let (claimed, mentioned) = (graph.rows(CLAIMS, &bound)?.len(), mentions.0.len());
    if claimed <= MOST && claimed > 0 {
        found.read(graph, EVIDENCE, this)?;
    }
    if mentioned <= MOST {
        found.0.append(&mut mentions.0);
    }
    if claimed > MOST || mentioned > MOST {
        let page = place.at(&format!("/page/{}", this.as_str().strip_prefix(BASE).unwrap_or_default()));
        found.put(Quad::new(this.clone(), rdfs::SEE_ALSO, page, GraphName::DefaultGraph));
    }
    for named in found.connected(this) {
        graph.each(NAMES, &[("this", named.clone().into())], &mut |row| {
            if let (Some(property), Some(value)) = (iri(&row, "property"), row.get("value")) {
                found.put(Quad::new(named.clone(), property.clone(), value.clone(), GraphName::DefaultGraph));
            }
        })?;
    }
    Ok(Document { about: Some(this.clone()), nested: true, quads: found.0.into_values().collect() })
}

/// All that a graph holds.
fn whole<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Document, R::Error> {
    let mut found = Found::default();
    graph.each(GRAPH, &[("this", this.clone().into())], &mut |row| {
        found.add(row.get("subject"), iri(&row, "property"), row.get("value"), Some(this));
    })?;
    Ok(Document { quads: found.0.into_values().collect(), ..Document::default() })
}

/// Statements, each once in each graph.
#[derive(Default)]
struct Found(BTreeMap<String, Quad>);

impl Found {
    /// Adds the rows of a query about `this`: a row without a subject is about that itself.
    fn read<R: Reader + ?Sized>(&mut self, graph: &R, query: &'static str, this: &NamedNode) -> Result<(), R::Error> {
        let itself = Term::from(this.clone());
        graph.each(query, &[("this", itself.clone())], &mut |row| {
            self.add(row.get("subject").or(Some(&itself)), iri(&row, "property"), row.get("value"), iri(&row, "graph"));
        })
    }

    fn add(&mut self, subject: Option<&Term>, property: Option<&NamedNode>, value: Option<&Term>, graph: Option<&NamedNode>) {
        let (Some(subject), Some(property), Some(value), Some(graph)) = (subject.and_then(node), property, value, graph) else {
            return;
        };
        let value = node(value).map_or_else(|| value.clone(), Term::from);
        self.put(Quad::new(subject, property.clone(), value, graph.clone()));
    }

    /// What a thing is said to be connected with, either way; its claims apart, which have no names.
    fn connected(&self, this: &NamedNode) -> BTreeSet<NamedNode> {
        let (subject, object) = (NamedOrBlankNode::from(this.clone()), Term::from(this.clone()));
        let other = |quad: &Quad| match (&quad.subject, &quad.object) {
            (from, Term::NamedNode(to)) if *from == subject && quad.predicate != oa::HAS_SELECTOR => Some(to.clone()),
            (NamedOrBlankNode::NamedNode(from), to) if *to == object && quad.predicate != rdf::SUBJECT => Some(from.clone()),
            _ => None,
        };
        self.0.values().filter_map(other).filter(|other| other != this).collect()
    }

    fn put(&mut self, quad: Quad) {
        self.0.insert(quad.to_string(), quad);
    }
}

/// A resource by its IRI; a blank node by one that is made of its name.
fn node(term: &Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(iri) => Some(iri.clone()),
        Term::BlankNode(blank) => Some(NamedNode::new_unchecked(format!("{BASE}.well-known/genid/{}", blank.as_str()))),
        Term::Literal(_) => None,
    }
}
