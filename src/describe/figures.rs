//! How much the dataset holds: statements, things, classes, properties, links with other datasets, and what the reports speak of.
//!
//! It is all counted in one pass over the store: queries that group everything read it several times, and take longer than a
//! query may in a large store.

use crate::model::vocab::{BASE, owl, rdf, rdfs, skos};
use crate::store::{Pattern, Store, StoreError};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{Hash, Hasher};

/// What links a thing with one of another dataset.
const LINKS: [NamedNodeRef<'_>; 7] = [
    owl::SAME_AS,
    rdfs::SEE_ALSO,
    skos::EXACT_MATCH,
    skos::CLOSE_MATCH,
    skos::BROAD_MATCH,
    skos::NARROW_MATCH,
    skos::RELATED_MATCH,
];

/// Counts. Statements are counted once, however many graphs hold them, but for those of each graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Statements of each graph.
    pub graphs: BTreeMap<NamedNode, usize>,
    /// Things of each class.
    pub classes: BTreeMap<NamedNode, usize>,
    /// Statements of each property.
    pub properties: BTreeMap<NamedNode, usize>,
    /// Things that have a class.
    pub entities: usize,
    /// Links by their property and by the other dataset, which is told by the scheme and host of its IRIs.
    pub links: BTreeMap<(NamedNode, String), usize>,
    /// What the reports speak of, with its classes.
    pub things: BTreeSet<(NamedNode, NamedNode)>,
}

impl Figures {
    /// Counts what a store holds.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn read(store: &dyn Store) -> Result<Self, StoreError> {
        let mut count = Counting::default();
        store.each(Pattern::default(), &mut |quad| {
            count.add(&quad);
            Ok(())
        })?;
        Ok(Self {
            graphs: count.graphs.into_iter().collect(),
            classes: count.classes.into_iter().collect(),
            properties: count.properties.into_iter().collect(),
            entities: count.entities.len(),
            links: count.links,
            things: count.things,
        })
    }

    /// Statements of all graphs together.
    pub fn triples(&self) -> usize {
        self.properties.values().sum()
    }
}

/// What was counted so far. Statements and things that were seen are known by 64 bits of them: among a million, the odds that two
/// share these are one to tens of millions.
#[derive(Default)]
struct Counting {
    seen: HashSet<u64>,
    entities: HashSet<u64>,
    graphs: HashMap<NamedNode, usize>,
    classes: HashMap<NamedNode, usize>,
    properties: HashMap<NamedNode, usize>,
    links: BTreeMap<(NamedNode, String), usize>,
    things: BTreeSet<(NamedNode, NamedNode)>,
}

impl Counting {
    fn add(&mut self, quad: &Quad) {
        let is_class = quad.predicate == rdf::TYPE;
        if let GraphName::NamedNode(name) = &quad.graph_name {
            one_more(&mut self.graphs, name);
            if let (true, NamedOrBlankNode::NamedNode(thing), Term::NamedNode(class)) = (is_class, &quad.subject, &quad.object)
                && name.as_str().strip_prefix(BASE).is_some_and(|path| path.starts_with("graph/source/"))
            {
                self.things.insert((thing.clone(), class.clone()));
            }
        }
        if !self.seen.insert(hash(&(&quad.subject, &quad.predicate, &quad.object))) {
            return;
        }
        one_more(&mut self.properties, &quad.predicate);
        let Term::NamedNode(value) = &quad.object else { return };
        if is_class {
            self.entities.insert(hash(&quad.subject));
            one_more(&mut self.classes, value);
        } else if LINKS.contains(&quad.predicate.as_ref())
            && !value.as_str().starts_with(BASE)
            && let Some(host) = host(value.as_str())
        {
            *self.links.entry((quad.predicate.clone(), host.to_owned())).or_default() += 1;
        }
    }
}

fn one_more(counts: &mut HashMap<NamedNode, usize>, of: &NamedNode) {
    match counts.get_mut(of) {
        Some(count) => *count += 1,
        None => drop(counts.insert(of.clone(), 1)),
    }
}

fn hash(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// Scheme and host of an IRI, with the slash behind: `http://publications.europa.eu/`.
fn host(iri: &str) -> Option<&str> {
    let start = iri.find("://")? + 3;
    let end = iri.get(start..)?.find('/').map_or(iri.len(), |at| start + at + 1);
    iri.get(..end)
}
