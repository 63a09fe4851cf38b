//! The class hierarchy of `ontology/*.ttl`: which class is a kind of which.

use super::files;
use super::turtle::{self, TurtleError};
use crate::model::vocab::{graph, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The `rdfs:subClassOf` links of the ontology.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    superclasses: FxHashMap<String, BTreeSet<NamedNode>>,
}

impl Classes {
    /// The hierarchy of the ontology files that are part of the binary.
    ///
    /// # Errors
    /// If an ontology file is no Turtle.
    pub fn load() -> Result<Self, TurtleError> {
        let mut quads = Vec::new();
        for (file, bytes) in files::ontology(".ttl") {
            quads.extend(turtle::parse(&format!("ontology/{file}"), &bytes, graph::ontology())?);
        }
        Ok(Self::from_quads(&quads))
    }

    /// The hierarchy that some quads state; links to or from blank nodes are class expressions, and are left out.
    pub fn from_quads(quads: &[Quad]) -> Self {
        let mut direct: BTreeMap<String, BTreeSet<NamedNode>> = BTreeMap::new();
        for quad in quads.iter().filter(|quad| quad.predicate.as_ref() == rdfs::SUB_CLASS_OF) {
            if let (NamedOrBlankNode::NamedNode(sub), Term::NamedNode(sup)) = (&quad.subject, &quad.object) {
                direct.entry(sub.as_str().to_owned()).or_default().insert(sup.clone());
            }
        }
        let superclasses = direct.keys().map(|class| (class.clone(), closure(&direct, class))).collect();
        Self { superclasses }
    }

    /// Whether every member of `class` is one of `superclass`: the same class, or below it by any number of steps.
    pub fn is_a(&self, class: NamedNodeRef<'_>, superclass: NamedNodeRef<'_>) -> bool {
        class == superclass || self.superclasses(class).any(|c| c.as_ref() == superclass)
    }

    /// All classes above `class`, itself left out, in the order of their IRIs.
    pub fn superclasses(&self, class: NamedNodeRef<'_>) -> impl Iterator<Item = &NamedNode> {
        self.superclasses.get(class.as_str()).into_iter().flatten()
    }
}

/// Everything that can be reached from `start`, without `start` itself.
fn closure(direct: &BTreeMap<String, BTreeSet<NamedNode>>, start: &str) -> BTreeSet<NamedNode> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start.to_owned()];
    while let Some(class) = open.pop() {
        for above in direct.get(&class).into_iter().flatten() {
            if above.as_str() != start && reached.insert(above.clone()) {
                open.push(above.as_str().to_owned());
            }
        }
    }
    reached
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::vocab::class;

    #[test]
    fn a_class_is_below_another_over_two_steps_and_cycles_end() {
        let turtle =
            b"@prefix f: <https://w3id.org/forced-labour-graph/ontology#> . @prefix s: <http://www.w3.org/2000/01/rdf-schema#> .
            f:OperationalProtocol s:subClassOf f:Policy . f:Policy s:subClassOf f:Plan . f:Plan s:subClassOf f:Policy .";
        let classes = Classes::from_quads(&turtle::parse("t.ttl", turtle, graph::ontology()).unwrap());
        let plan = NamedNode::new("https://w3id.org/forced-labour-graph/ontology#Plan").unwrap();
        assert!(classes.is_a(class::OPERATIONAL_PROTOCOL, plan.as_ref()));
        assert!(classes.is_a(class::POLICY, class::POLICY));
        assert!(!classes.is_a(class::POLICY, class::OPERATIONAL_PROTOCOL));
    }
}
