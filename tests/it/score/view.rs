//! A converted report as the measure looks at it: all but its evidence, each triple once.

use super::measure::{NAMES, fold};
use forced_labour_graph::model::vocab::{rdf, rdfs, skos};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeSet, HashMap, HashSet};

pub(super) type Triple = (NamedOrBlankNode, NamedNode, Term);

pub(super) struct View {
    pub triples: HashSet<Triple>,
    /// The names of each node, folded.
    pub labels: HashMap<NamedOrBlankNode, BTreeSet<String>>,
    by_label: HashMap<String, HashSet<NamedOrBlankNode>>,
    objects: HashMap<(NamedOrBlankNode, NamedNode), Vec<Term>>,
}

impl View {
    pub(super) fn new(quads: &[Quad]) -> Self {
        let evidence = |g: &GraphName| matches!(g, GraphName::NamedNode(n) if n.as_str().contains("/graph/evidence/"));
        let stated = quads.iter().filter(|q| !evidence(&q.graph_name));
        let triples: HashSet<Triple> = stated.map(|q| (q.subject.clone(), q.predicate.clone(), q.object.clone())).collect();
        let mut view =
            Self { triples: HashSet::new(), labels: HashMap::new(), by_label: HashMap::new(), objects: HashMap::new() };
        for (s, p, o) in &triples {
            view.objects.entry((s.clone(), p.clone())).or_default().push(o.clone());
            if let Term::Literal(literal) = o
                && (NAMES.contains(&p.as_ref()) || p.as_ref() == rdfs::LABEL)
            {
                let name = fold(literal.value());
                view.labels.entry(s.clone()).or_default().insert(name.clone());
                view.by_label.entry(name).or_default().insert(s.clone());
            }
        }
        Self { triples, ..view }
    }

    pub(super) fn node(term: &Term) -> Option<NamedOrBlankNode> {
        match term {
            Term::NamedNode(node) => Some(node.clone().into()),
            Term::BlankNode(node) => Some(node.clone().into()),
            Term::Literal(_) => None,
        }
    }
    pub(super) fn objects(&self, subject: &NamedOrBlankNode, property: &NamedNode) -> Vec<Term> {
        self.objects.get(&(subject.clone(), property.clone())).cloned().unwrap_or_default()
    }
    pub(super) fn is(&self, node: &NamedOrBlankNode, class: &NamedNode) -> bool {
        self.objects(node, &rdf::TYPE.into_owned()).contains(&class.clone().into())
    }
    /// Who bears a name in its folded form.
    pub(super) fn folded(&self, name: &str) -> HashSet<NamedOrBlankNode> {
        self.by_label.get(name).cloned().unwrap_or_default()
    }
    /// Who bears a name.
    pub(super) fn named(&self, name: &str) -> HashSet<NamedOrBlankNode> {
        self.folded(&fold(name))
    }
    pub(super) fn bears(&self, node: &NamedOrBlankNode, name: &str) -> bool {
        self.labels.get(node).is_some_and(|labels| labels.contains(&fold(name)))
    }
    pub(super) fn subjects(&self, property: NamedNodeRef<'_>) -> HashSet<NamedOrBlankNode> {
        self.triples.iter().filter(|(_, p, _)| p.as_ref() == property).map(|(s, _, _)| s.clone()).collect()
    }
    /// The subjects that some properties link to some objects.
    pub(super) fn subjects_of(
        &self,
        properties: &[NamedNodeRef<'_>],
        objects: &HashSet<NamedOrBlankNode>,
    ) -> HashSet<NamedOrBlankNode> {
        let fits = |t: &&Triple| properties.contains(&t.1.as_ref()) && Self::node(&t.2).is_some_and(|o| objects.contains(&o));
        self.triples.iter().filter(fits).map(|(s, _, _)| s.clone()).collect()
    }
    pub(super) fn with_literal(&self, property: NamedNodeRef<'_>, value: &str) -> HashSet<NamedOrBlankNode> {
        let fits = |t: &&Triple| t.1.as_ref() == property && matches!(&t.2, Term::Literal(l) if l.value() == value);
        self.triples.iter().filter(fits).map(|(s, _, _)| s.clone()).collect()
    }
    /// Everything above a concept.
    pub(super) fn above(&self, node: &NamedOrBlankNode) -> Vec<Term> {
        let mut found: Vec<Term> = Vec::new();
        let mut open = vec![node.clone()];
        while let Some(node) = open.pop() {
            for above in self.objects(&node, &skos::BROADER.into_owned()) {
                if !found.contains(&above) {
                    open.extend(Self::node(&above));
                    found.push(above);
                }
            }
        }
        found
    }
}
