//! Updates as they are sent: each operation, and behind it what keeps the union and the register of graphs in step with it. All of
//! it is one request, which services carry out whole or not at all.

use super::algebra::{any, filter, gone_of, join, modify, not, nowhere, quad_of, triple, variable, within};
use super::names;
use super::scope::Scope;
use crate::model::vocab::{rdf, schema};
use crate::store::dataset::Datasets;
use crate::store::writer::added;
use crate::store::{StoreError, UpdateRequest};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Triple};
use spargebra::algebra::{Expression, Function, GraphPattern, GraphTarget, QueryDataset};
use spargebra::term::{GraphNamePattern, GroundQuad, GroundQuadPattern, QuadPattern, TermPattern, Variable};
use spargebra::{GraphUpdateOperation, Update};
use std::collections::HashMap;

/// What a rewriting has to know of the store.
pub(super) trait Known {
    /// Whether there is such a graph.
    fn has(&self, graph: &NamedNode) -> Result<bool, StoreError>;
    /// All graphs.
    fn graphs(&self) -> Result<Vec<NamedNode>, StoreError>;
}

/// An update that is being rewritten.
pub(super) struct Rewriting<'a> {
    datasets: &'a Datasets,
    known: &'a dyn Known,
    /// The graphs that the request names for the patterns.
    asked: Option<QueryDataset>,
    /// Graphs that the update itself has made or dropped so far.
    changed: HashMap<NamedNode, bool>,
    operations: Vec<GraphUpdateOperation>,
}

impl<'a> Rewriting<'a> {
    pub(super) fn new(datasets: &'a Datasets, known: &'a dyn Known) -> Self {
        Self { datasets, known, asked: None, changed: HashMap::new(), operations: Vec::new() }
    }

    /// The update of a client, rewritten.
    ///
    /// # Errors
    /// [`StoreError::UnionIsRead`]; where an operation fails that is not `SILENT`.
    pub(super) fn client(mut self, update: Update, request: &UpdateRequest) -> Result<Update, StoreError> {
        let UpdateRequest { using_graphs, using_named_graphs, .. } = request;
        if !using_graphs.is_empty() || !using_named_graphs.is_empty() {
            self.asked = Some(QueryDataset { default: using_graphs.clone(), named: Some(using_named_graphs.clone()) });
        }
        for operation in update.operations {
            self.one(operation)?;
        }
        Ok(Update { base_iri: update.base_iri, ..self.finished() })
    }

    /// What has been put together, and a new revision.
    pub(super) fn finished(mut self) -> Update {
        self.operations.extend(revised());
        self.unseen()
    }

    /// What has been put together, where readers do not see it.
    pub(super) fn unseen(self) -> Update {
        Update { base_iri: None, operations: self.operations }
    }

    fn one(&mut self, operation: GraphUpdateOperation) -> Result<(), StoreError> {
        match operation {
            GraphUpdateOperation::InsertData { data } => {
                let stored = |quad: spargebra::term::Quad| {
                    self.datasets.stored(Quad::new(quad.subject, quad.predicate, quad.object, graph_name(quad.graph_name)))
                };
                let quads = data.into_iter().map(stored).collect::<Result<Vec<_>, _>>()?;
                self.insert(&quads)
            }
            GraphUpdateOperation::DeleteData { data } => {
                let stored = |quad: GroundQuad| {
                    self.datasets.stored(Quad::new(quad.subject, quad.predicate, quad.object, graph_name(quad.graph_name)))
                };
                let quads = data.into_iter().map(stored).collect::<Result<Vec<_>, _>>()?;
                self.delete(&quads)
            }
            GraphUpdateOperation::DeleteInsert { delete, insert, using, pattern } => self.modify(delete, insert, using, *pattern),
            // What is silent may fail without a word.
            GraphUpdateOperation::Load { silent: true, .. } => Ok(()),
            GraphUpdateOperation::Load { .. } => Err(StoreError::Load),
            GraphUpdateOperation::Create { silent, graph } => {
                let there = self.has(&graph)?;
                if there && !silent {
                    return Err(StoreError::Evaluation(format!("there is a graph {graph} already")));
                }
                self.create(&graph)
            }
            GraphUpdateOperation::Clear { silent, graph } => {
                self.targets(&graph, silent)?.iter().for_each(|graph| self.empty(graph));
                Ok(())
            }
            GraphUpdateOperation::Drop { silent, graph } => {
                self.targets(&graph, silent)?.iter().for_each(|graph| self.drop(graph));
                Ok(())
            }
        }
    }

    /// Adds quads of named graphs.
    pub(super) fn insert(&mut self, quads: &[Quad]) -> Result<(), StoreError> {
        let mut data: Vec<Quad> = quads.to_vec();
        data.sort_by_cached_key(|quad| quad.graph_name.to_string());
        let mut graphs: Vec<NamedNode> = Vec::new();
        for quad in &data {
            if let GraphName::NamedNode(graph) = &quad.graph_name
                && graphs.last() != Some(graph)
            {
                graphs.push(graph.clone());
            }
        }
        data.extend(quads.iter().map(|quad| Quad { graph_name: names::union().into(), ..quad.clone() }));
        for graph in &graphs {
            free(graph)?;
            data.push(entry(graph));
            self.changed.insert(graph.clone(), true);
        }
        let data = data.into_iter().map(algebra_quad).collect();
        self.operations.push(GraphUpdateOperation::InsertData { data });
        Ok(())
    }

    /// Takes quads of named graphs out; those with blank nodes are not meant, and left.
    pub(super) fn delete(&mut self, quads: &[Quad]) -> Result<(), StoreError> {
        let mut data: Vec<GroundQuad> =
            quads.iter().cloned().map(algebra_quad).filter_map(|quad| GroundQuad::try_from(quad).ok()).collect();
        if data.is_empty() {
            return Ok(());
        }
        for quad in quads {
            if let GraphName::NamedNode(graph) = &quad.graph_name {
                free(graph)?;
            }
        }
        data.sort_by_cached_key(|quad| quad.graph_name.to_string());
        let columns = ["s", "p", "o"].map(variable).to_vec();
        let rows = data
            .iter()
            .map(|quad| vec![Some(quad.subject.clone().into()), Some(quad.predicate.clone().into()), Some(quad.object.clone())]);
        let gone = GraphPattern::Values { variables: columns, bindings: rows.collect() };
        self.operations.push(GraphUpdateOperation::DeleteData { data });
        self.operations.push(modify(vec![gone_of(&names::union())], Vec::new(), filter(gone, nowhere(None))));
        Ok(())
    }

    fn modify(
        &mut self,
        delete: Vec<GroundQuadPattern>,
        insert: Vec<QuadPattern>,
        using: Option<QueryDataset>,
        mut pattern: GraphPattern,
    ) -> Result<(), StoreError> {
        let place = |name: GraphNamePattern| match name {
            GraphNamePattern::DefaultGraph => self.datasets.written(None).map(GraphNamePattern::from),
            named => Ok(named),
        };
        let mut taken = Vec::new();
        for quad in delete {
            taken.push(GroundQuadPattern { graph_name: place(quad.graph_name)?, ..quad });
        }
        let mut put = Vec::new();
        for quad in insert {
            put.push(QuadPattern { graph_name: place(quad.graph_name)?, ..quad });
        }
        let using = match (self.asked.clone().or(using), self.datasets) {
            (None, datasets) => {
                Scope::of(datasets).apply(&mut pattern);
                None
            }
            // `WITH`, which leaves `GRAPH` as it is.
            (Some(QueryDataset { default, named: None }), datasets) => {
                let graph = default.into_iter().next().unwrap_or_else(names::union);
                Scope::with(datasets, graph).apply(&mut pattern);
                None
            }
            (using, _) => using,
        };
        let graphs = taken.iter().map(|quad| &quad.graph_name).chain(put.iter().map(|quad| &quad.graph_name));
        for graph in graphs {
            match graph {
                GraphNamePattern::NamedNode(graph) => free(graph)?,
                GraphNamePattern::Variable(graph) => pattern = filter(pattern, is_free(graph)),
                GraphNamePattern::DefaultGraph => {}
            }
        }
        let scratch = names::scratch(&names::unique());
        let mut all = put.clone();
        for quad in &put {
            all.push(QuadPattern { graph_name: names::union().into(), ..quad.clone() });
            let graph = match &quad.graph_name {
                GraphNamePattern::NamedNode(graph) => TermPattern::from(graph.clone()),
                GraphNamePattern::Variable(graph) => graph.clone().into(),
                GraphNamePattern::DefaultGraph => continue,
            };
            let listed = QuadPattern {
                subject: graph,
                predicate: rdf::TYPE.into_owned().into(),
                object: names::NAMED_GRAPH.into_owned().into(),
                graph_name: names::register().into(),
            };
            if !all.contains(&listed) {
                all.push(listed);
            }
            if let GraphNamePattern::NamedNode(graph) = &quad.graph_name {
                self.changed.insert(graph.clone(), true);
            }
        }
        all.extend(taken.iter().map(|quad| added(quad, scratch.clone().into())));
        let frees = !taken.is_empty();
        self.operations.push(GraphUpdateOperation::DeleteInsert {
            delete: taken,
            insert: all,
            using,
            pattern: Box::new(pattern),
        });
        if frees {
            let gone = filter(within(scratch.clone(), any()), nowhere(None));
            self.operations.push(modify(vec![gone_of(&names::union())], Vec::new(), gone));
            self.operations.push(dropped(&scratch));
        }
        Ok(())
    }

    /// Enters a graph into the register, so that it is there, be it empty.
    pub(super) fn create(&mut self, graph: &NamedNode) -> Result<(), StoreError> {
        free(graph)?;
        self.changed.insert(graph.clone(), true);
        self.operations.push(GraphUpdateOperation::InsertData { data: vec![algebra_quad(entry(graph))] });
        Ok(())
    }

    /// Takes everything out of a graph.
    pub(super) fn empty(&mut self, graph: &NamedNode) {
        let gone = filter(within(graph.clone(), any()), nowhere(Some(graph)));
        self.operations.push(modify(vec![gone_of(&names::union())], Vec::new(), gone));
        self.operations.push(dropped(graph));
    }

    /// Takes a graph away.
    pub(super) fn drop(&mut self, graph: &NamedNode) {
        self.empty(graph);
        self.changed.insert(graph.clone(), false);
        let data = GroundQuad::try_from(algebra_quad(entry(graph))).into_iter().collect();
        self.operations.push(GraphUpdateOperation::DeleteData { data });
    }

    /// Puts parts that were loaded in the place of what a graph holds, or beside it if that `stays`. Once it is done, the parts are
    /// no more entered as loaded, and nothing happens if it is asked for again.
    pub(super) fn take_over(&mut self, graph: &NamedNode, parts: &[NamedNode], stays: bool) {
        if let (Some(first), false) = (parts.first(), stays) {
            let loaded = || within(names::loads(), triple(first.clone(), PART_OF.into_owned(), graph.clone()));
            let old = || join(loaded(), within(graph.clone(), any()));
            self.operations.push(modify(vec![gone_of(&names::union())], Vec::new(), filter(old(), nowhere(Some(graph)))));
            self.operations.push(modify(vec![gone_of(graph)], Vec::new(), old()));
        }
        for part in parts {
            // One after the other: Virtuoso cannot put a long text into two graphs at a time.
            for place in [graph, &names::union()] {
                self.operations.push(modify(Vec::new(), vec![quad_of(place)], within(part.clone(), any())));
            }
        }
        self.operations.push(GraphUpdateOperation::InsertData { data: vec![algebra_quad(entry(graph))] });
        self.forget(graph, parts);
    }

    /// Drops parts, and what is said of them.
    pub(super) fn forget(&mut self, graph: &NamedNode, parts: &[NamedNode]) {
        let data: Vec<GroundQuad> =
            parts.iter().filter_map(|part| GroundQuad::try_from(algebra_quad(part_entry(part, graph))).ok()).collect();
        if !data.is_empty() {
            self.operations.push(GraphUpdateOperation::DeleteData { data });
        }
        self.operations.extend(parts.iter().map(dropped));
    }

    /// Drops what was brought of a part.
    pub(super) fn throw_away(&mut self, part: &NamedNode) {
        self.operations.push(dropped(part));
    }

    /// Enters parts as being loaded.
    pub(super) fn announce(&mut self, graph: &NamedNode, parts: &[NamedNode]) {
        let data = parts.iter().map(|part| algebra_quad(part_entry(part, graph))).collect();
        self.operations.push(GraphUpdateOperation::InsertData { data });
    }

    fn has(&self, graph: &NamedNode) -> Result<bool, StoreError> {
        self.changed.get(graph).map_or_else(|| self.known.has(graph), |there| Ok(*there))
    }

    /// The graphs that an operation on whole graphs means.
    fn targets(&self, target: &GraphTarget, silent: bool) -> Result<Vec<NamedNode>, StoreError> {
        let own = self.datasets.own();
        let all = || -> Result<Vec<NamedNode>, StoreError> {
            let mut graphs = self.known.graphs()?;
            graphs.retain(|graph| self.changed.get(graph) != Some(&false));
            graphs.extend(self.changed.iter().filter(|(_, there)| **there).map(|(graph, _)| graph.clone()));
            graphs.sort();
            graphs.dedup();
            Ok(graphs)
        };
        match target {
            GraphTarget::NamedNode(graph) => {
                free(graph)?;
                if silent || self.has(graph)? {
                    return Ok(vec![graph.clone()]);
                }
                Err(StoreError::Evaluation(format!("there is no graph {graph}")))
            }
            GraphTarget::DefaultGraph => own.map(|own| vec![own.clone()]).ok_or(StoreError::UnionIsRead),
            GraphTarget::NamedGraphs => Ok(all()?.into_iter().filter(|graph| Some(graph) != own).collect()),
            GraphTarget::AllGraphs => all(),
        }
    }
}

/// That something is a part of what a graph is to hold.
pub(super) const PART_OF: oxigraph::model::NamedNodeRef<'static> = crate::model::vocab::dcterms::IS_PART_OF;

/// What the register says of a graph.
fn entry(graph: &NamedNode) -> Quad {
    Quad::new(graph.clone(), rdf::TYPE.into_owned(), names::NAMED_GRAPH.into_owned(), names::register())
}

fn part_entry(part: &NamedNode, graph: &NamedNode) -> Quad {
    Triple::new(part.clone(), PART_OF.into_owned(), graph.clone()).in_graph(names::loads())
}

/// What tells the state of the store from all that were before: a random word, another after each change.
fn revised() -> [GraphUpdateOperation; 2] {
    let old = within(names::register(), triple(names::register(), schema::SOFTWARE_VERSION.into_owned(), variable("o")));
    let gone = GroundQuadPattern {
        subject: names::register().into(),
        predicate: schema::SOFTWARE_VERSION.into_owned().into(),
        object: variable("o").into(),
        graph_name: names::register().into(),
    };
    let new = Triple::new(names::register(), schema::SOFTWARE_VERSION.into_owned(), Literal::from(names::unique()));
    let data = vec![algebra_quad(new.in_graph(names::register()))];
    [modify(vec![gone], Vec::new(), old), GraphUpdateOperation::InsertData { data }]
}

fn dropped(graph: &NamedNode) -> GraphUpdateOperation {
    GraphUpdateOperation::Drop { silent: true, graph: GraphTarget::NamedNode(graph.clone()) }
}

/// Refuses to write to what the store keeps for itself.
fn free(graph: &NamedNode) -> Result<(), StoreError> {
    if names::is_kept(graph) {
        return Err(StoreError::Evaluation(format!("the graph {graph} is kept by the store itself")));
    }
    Ok(())
}

/// That a variable is not such a graph.
fn is_free(graph: &Variable) -> Expression {
    let text = Expression::FunctionCall(Function::Str, vec![graph.clone().into()]);
    let kept = Literal::from(crate::model::vocab::graph::kept("").as_str());
    let is_kept = Expression::FunctionCall(Function::StrStarts, vec![text, kept.into()]);
    Expression::Or(Box::new(not(Expression::Bound(graph.clone()))), Box::new(not(is_kept)))
}

fn graph_name(name: spargebra::term::GraphName) -> GraphName {
    match name {
        spargebra::term::GraphName::NamedNode(node) => node.into(),
        spargebra::term::GraphName::DefaultGraph => GraphName::DefaultGraph,
    }
}

fn algebra_quad(quad: Quad) -> spargebra::term::Quad {
    spargebra::term::Quad {
        subject: quad.subject,
        predicate: quad.predicate,
        object: quad.object,
        graph_name: match quad.graph_name {
            GraphName::NamedNode(name) => name.into(),
            _ => spargebra::term::GraphName::DefaultGraph,
        },
    }
}
