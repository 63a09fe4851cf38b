//! The manifests of test suites in the vocabularies of the W3C.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Stands for the folder of the suites.
const ROOT: &str = "http://suites.example/";
pub(super) const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
pub(super) const QT: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
pub(super) const UT: &str = "http://www.w3.org/2009/sparql/tests/test-update#";
pub(super) const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
pub(super) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    QueryEvaluation,
    CsvResult,
    UpdateEvaluation,
    Syntax { update: bool, valid: bool },
    Protocol,
    GraphStore,
}

impl Kind {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "QueryEvaluationTest" => Self::QueryEvaluation,
            "CSVResultFormatTest" => Self::CsvResult,
            "UpdateEvaluationTest" => Self::UpdateEvaluation,
            "PositiveSyntaxTest" | "PositiveSyntaxTest11" => Self::Syntax { update: false, valid: true },
            "NegativeSyntaxTest" | "NegativeSyntaxTest11" => Self::Syntax { update: false, valid: false },
            "PositiveUpdateSyntaxTest11" => Self::Syntax { update: true, valid: true },
            "NegativeUpdateSyntaxTest11" => Self::Syntax { update: true, valid: false },
            "ProtocolTest" => Self::Protocol,
            "GraphStoreProtocolTest" => Self::GraphStore,
            _ => return None,
        })
    }
}

/// A test.
pub(super) struct Case {
    /// Its folder, below that of the suites.
    pub(super) suite: String,
    pub(super) name: String,
    pub(super) kind: Kind,
    node: NamedOrBlankNode,
    manifest: Arc<Manifest>,
}

impl Case {
    /// What it counts to.
    pub(super) fn group(&self) -> &'static str {
        match (self.kind, self.suite.starts_with("sparql10")) {
            (_, _) if self.suite.ends_with("entailment") => "SPARQL 1.1 entailment regimes",
            (Kind::QueryEvaluation | Kind::CsvResult, false) => "SPARQL 1.1 query and result formats",
            (Kind::QueryEvaluation | Kind::CsvResult, true) => "SPARQL 1.0 query",
            (Kind::UpdateEvaluation, _) => "SPARQL 1.1 update",
            (Kind::Syntax { .. }, false) => "SPARQL 1.1 syntax",
            (Kind::Syntax { .. }, true) => "SPARQL 1.0 syntax",
            (Kind::Protocol, _) => "SPARQL 1.1 protocol",
            (Kind::GraphStore, _) => "Graph store protocol",
        }
    }
    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }
    pub(super) fn action(&self) -> Term {
        self.manifest.one(&self.node, MF, "action").expect("a test has an action")
    }
    pub(super) fn result(&self) -> Option<Term> {
        self.manifest.one(&self.node, MF, "result")
    }
    /// Whether rows may be found less often than is told.
    pub(super) fn is_lax(&self) -> bool {
        self.manifest.one(&self.node, MF, "resultCardinality").is_some()
    }
    /// The graphs that a test of the protocol begins with.
    pub(super) fn graphs(&self) -> Vec<(NamedNode, File)> {
        self.manifest.graphs(&self.node, UT)
    }
}

/// A file of a suite.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) iri: NamedNode,
    path: PathBuf,
}

impl File {
    pub(super) fn text(&self) -> String {
        std::fs::read_to_string(&self.path).unwrap_or_else(|e| panic!("{}: {e}", self.path.display()))
    }
    pub(super) fn ending(&self) -> &str {
        self.path.extension().and_then(|ending| ending.to_str()).unwrap_or_default()
    }
    /// The triples of a file of data.
    pub(super) fn graph(&self) -> Graph {
        let format = RdfFormat::from_extension(self.ending()).expect("a file of data");
        let parser = RdfParser::from_format(format).with_base_iri(self.iri.as_str()).unwrap();
        let bytes = std::fs::read(&self.path).unwrap();
        let quads = parser.for_slice(&bytes).map(|quad| quad.unwrap().into());
        quads.collect::<Vec<oxigraph::model::Triple>>().into_iter().collect()
    }
}

/// A manifest, and where it is.
pub(super) struct Manifest {
    graph: Graph,
    root: PathBuf,
}

impl Manifest {
    pub(super) fn all(&self, node: &NamedOrBlankNode, namespace: &str, name: &str) -> Vec<Term> {
        let property = NamedNode::new_unchecked(format!("{namespace}{name}"));
        self.graph.objects_for_subject_predicate(node, property.as_ref()).map(Into::into).collect()
    }
    pub(super) fn one(&self, node: &NamedOrBlankNode, namespace: &str, name: &str) -> Option<Term> {
        self.all(node, namespace, name).pop()
    }
    pub(super) fn text(&self, node: &NamedOrBlankNode, namespace: &str, name: &str) -> Option<String> {
        match self.one(node, namespace, name)? {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            other => panic!("{other} is no text"),
        }
    }
    /// The members of a list.
    pub(super) fn list(&self, list: &Term) -> Vec<Term> {
        let mut members = Vec::new();
        let mut at = node(list);
        while let Some(first) = self.one(&at, RDF, "first") {
            members.push(first);
            at = node(&self.one(&at, RDF, "rest").expect("the rest of a list"));
        }
        members
    }
    pub(super) fn file(&self, iri: &Term) -> File {
        let Term::NamedNode(iri) = iri else { panic!("{iri} is no file") };
        let path = iri.as_str().strip_prefix(ROOT).expect("a file of the suite");
        File { iri: iri.clone(), path: self.root.join(path) }
    }
    /// The named graphs of an action, a result or a test.
    pub(super) fn graphs(&self, of: &NamedOrBlankNode, namespace: &str) -> Vec<(NamedNode, File)> {
        let graphs = self.all(of, namespace, "graphData").into_iter().map(|graph| match &graph {
            Term::NamedNode(iri) => (iri.clone(), self.file(&graph)),
            other => {
                let other = node(other);
                let file = self.one(&other, namespace, "graph").expect("the file of a graph");
                (NamedNode::new(self.text(&other, RDFS, "label").unwrap()).unwrap(), self.file(&file))
            }
        });
        graphs.collect()
    }
}

/// A term that can have properties.
pub(super) fn node(term: &Term) -> NamedOrBlankNode {
    match term {
        Term::NamedNode(node) => node.clone().into(),
        Term::BlankNode(node) => node.clone().into(),
        Term::Literal(literal) => panic!("{literal} has no properties"),
    }
}

/// The tests of manifests and of those that they include, in their order.
pub(super) fn cases(root: &Path, manifests: &[&str]) -> Vec<Case> {
    let mut cases = Vec::new();
    for manifest in manifests {
        gather(root, manifest, &mut cases);
    }
    cases
}

fn gather(root: &Path, path: &str, cases: &mut Vec<Case>) {
    let iri = NamedNode::new_unchecked(format!("{ROOT}{path}"));
    let graph = File { iri: iri.clone(), path: root.join(path) }.graph();
    let manifest = Arc::new(Manifest { graph, root: root.to_owned() });
    let suite = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let this = NamedOrBlankNode::from(iri);
    for list in manifest.all(&this, MF, "include") {
        for included in manifest.list(&list) {
            let Term::NamedNode(iri) = included else { continue };
            gather(root, iri.as_str().strip_prefix(ROOT).expect("a manifest of the suite"), cases);
        }
    }
    for list in manifest.all(&this, MF, "entries") {
        for entry in manifest.list(&list) {
            let test = node(&entry);
            let mut kinds = manifest.all(&test, RDF, "type").into_iter().filter_map(|kind| match kind {
                Term::NamedNode(kind) => Kind::named(kind.as_str().strip_prefix(MF)?),
                _ => None,
            });
            let Some(kind) = kinds.next_back() else { continue };
            let name = local(&test);
            cases.push(Case { suite: suite.to_owned(), name, kind, node: test, manifest: Arc::clone(&manifest) });
        }
    }
}

/// What stands behind the last `#` or `/`.
fn local(node: &NamedOrBlankNode) -> String {
    let NamedOrBlankNode::NamedNode(iri) = node else { panic!("a test without a name") };
    let iri: NamedNodeRef<'_> = iri.as_ref();
    iri.as_str().rsplit(['#', '/']).next().unwrap_or_default().to_owned()
}
