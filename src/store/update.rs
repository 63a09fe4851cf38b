//! Carries out the operations of an update in a [`Draft`], so that each sees what those before it have changed.

use super::dataset::Datasets;
use super::draft::Draft;
use super::gate;
use super::run::Watch;
use super::{StoreError, UpdateRequest};
use crate::config::Services;
use oxigraph::model::{BlankNode, GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::{QueryResults, QuerySolution};
use spargebra::algebra::{GraphPattern, GraphTarget, QueryDataset};
use spargebra::term::{
    GraphNamePattern, GroundQuad, GroundQuadPattern, GroundTermPattern, NamedNodePattern, QuadPattern, TermPattern,
};
use spargebra::{GraphUpdateOperation, Query, Update};
use std::collections::HashMap;

/// An update under way.
pub(super) struct Updater<'u, 'd> {
    pub(super) draft: &'u mut Draft<'d>,
    pub(super) datasets: &'u Datasets,
    pub(super) services: &'u Services,
    pub(super) request: &'u UpdateRequest,
    pub(super) watch: &'u Watch,
}

/// The blank nodes that the labels of an operation, or of one solution, stand for.
type Blank = HashMap<BlankNode, BlankNode>;

impl Updater<'_, '_> {
    /// Carries out all operations.
    ///
    /// # Errors
    /// Where one fails that is not `SILENT`; where a limit is reached.
    pub(super) fn all(&mut self, update: Update) -> Result<(), StoreError> {
        let Update { base_iri, operations } = update;
        for operation in operations {
            self.watch.check()?;
            self.one(operation, |dataset, pattern| Query::Select { dataset, pattern, base_iri: base_iri.clone() })?;
        }
        Ok(())
    }

    fn one(
        &mut self,
        operation: GraphUpdateOperation,
        query: impl FnOnce(Option<QueryDataset>, GraphPattern) -> Query,
    ) -> Result<(), StoreError> {
        match operation {
            GraphUpdateOperation::InsertData { data } => {
                let mut blank = Blank::new();
                data.into_iter().try_for_each(|quad| self.insert(renamed(quad, &mut blank)))
            }
            GraphUpdateOperation::DeleteData { data } => data.into_iter().try_for_each(|quad| self.remove(ground(quad))),
            GraphUpdateOperation::DeleteInsert { delete, insert, using, pattern } => {
                self.modify(&delete, &insert, query(using, *pattern))
            }
            // What is silent may fail without a word.
            GraphUpdateOperation::Load { silent: true, .. } => Ok(()),
            GraphUpdateOperation::Load { .. } => Err(StoreError::Load),
            GraphUpdateOperation::Create { silent, graph } => {
                let there = self.draft.has(&graph)?;
                if !there {
                    self.draft.create(&graph);
                }
                if there && !silent { Err(StoreError::Evaluation(format!("there is a graph {graph} already"))) } else { Ok(()) }
            }
            GraphUpdateOperation::Clear { silent, graph } => {
                self.targets(&graph, silent)?.iter().try_for_each(|graph| self.draft.clear(graph.as_ref()))
            }
            GraphUpdateOperation::Drop { silent, graph } => {
                self.targets(&graph, silent)?.iter().try_for_each(|graph| self.draft.drop(graph.as_ref()))
            }
        }
    }

    /// The graphs that an operation on whole graphs means.
    fn targets(&self, target: &GraphTarget, silent: bool) -> Result<Vec<NamedOrBlankNode>, StoreError> {
        let own = self.datasets.own();
        let all = || self.draft.graphs();
        match target {
            GraphTarget::NamedNode(graph) if silent || self.draft.has(graph)? => Ok(vec![graph.clone().into()]),
            GraphTarget::NamedNode(graph) => Err(StoreError::Evaluation(format!("there is no graph {graph}"))),
            GraphTarget::DefaultGraph => match own {
                Some(own) => Ok(vec![own.clone().into()]),
                None => Err(StoreError::UnionIsRead),
            },
            GraphTarget::NamedGraphs => {
                let named = |graph: &NamedOrBlankNode| !matches!(graph, NamedOrBlankNode::NamedNode(name) if Some(name) == own);
                Ok(all()?.into_iter().filter(named).collect())
            }
            GraphTarget::AllGraphs => all(),
        }
    }

    /// `DELETE … INSERT … WHERE`: everything is found before anything is changed.
    fn modify(&mut self, delete: &[GroundQuadPattern], insert: &[QuadPattern], query: Query) -> Result<(), StoreError> {
        let (gone, new) = self.found(delete, insert, query)?;
        gone.into_iter().try_for_each(|quad| self.remove(quad))?;
        new.into_iter().try_for_each(|quad| self.insert(quad))
    }

    /// The quads to take out and to add, for the solutions of a query.
    fn found(
        &self,
        delete: &[GroundQuadPattern],
        insert: &[QuadPattern],
        query: Query,
    ) -> Result<(Vec<Quad>, Vec<Quad>), StoreError> {
        let with_dataset = query.dataset().is_some();
        let mut prepared = gate::evaluator(self.watch, self.services).for_query(gate::gated(query));
        let UpdateRequest { using_graphs, using_named_graphs, .. } = self.request;
        self.datasets.apply(prepared.dataset_mut(), with_dataset, (using_graphs, using_named_graphs), || self.draft.graphs())?;
        let results = prepared.on_transaction(self.draft.reader()).execute().map_err(|error| self.watch.error(error))?;
        let (mut gone, mut new) = (Vec::new(), Vec::new());
        let QueryResults::Solutions(solutions) = results else { return Ok((gone, new)) };
        for solution in self.watch.limited(solutions) {
            let solution = solution?;
            gone.extend(delete.iter().filter_map(|quad| filled_ground(quad, &solution)));
            let mut blank = Blank::new();
            new.extend(insert.iter().filter_map(|quad| filled(quad, &solution, &mut blank)));
            // A template may make many of one solution.
            if let Some(limit) = self.request.limits.rows.filter(|limit| gone.len() + new.len() > *limit) {
                return Err(StoreError::RowLimit(limit));
            }
        }
        Ok((gone, new))
    }

    fn insert(&mut self, quad: Quad) -> Result<(), StoreError> {
        let quad = self.datasets.stored(quad)?;
        self.draft.insert(quad.as_ref())
    }

    fn remove(&mut self, quad: Quad) -> Result<(), StoreError> {
        let quad = self.datasets.stored(quad)?;
        self.draft.remove(quad.as_ref())
    }
}

fn fresh(node: &BlankNode, blank: &mut Blank) -> BlankNode {
    blank.entry(node.clone()).or_default().clone()
}

fn graph_name(name: spargebra::term::GraphName) -> GraphName {
    match name {
        spargebra::term::GraphName::NamedNode(node) => node.into(),
        spargebra::term::GraphName::DefaultGraph => GraphName::DefaultGraph,
    }
}

/// A quad of `INSERT DATA`, its blank nodes new ones.
fn renamed(quad: spargebra::term::Quad, blank: &mut Blank) -> Quad {
    let subject = match quad.subject {
        NamedOrBlankNode::BlankNode(node) => fresh(&node, blank).into(),
        named @ NamedOrBlankNode::NamedNode(_) => named,
    };
    let object = match quad.object {
        Term::BlankNode(node) => fresh(&node, blank).into(),
        other => other,
    };
    Quad::new(subject, quad.predicate, object, graph_name(quad.graph_name))
}

fn ground(quad: GroundQuad) -> Quad {
    Quad::new(quad.subject, quad.predicate, quad.object, graph_name(quad.graph_name))
}

/// A quad of a template with the values of a solution; `None` if it is no quad then.
fn filled(quad: &QuadPattern, solution: &QuerySolution, blank: &mut Blank) -> Option<Quad> {
    let mut term = |pattern: &TermPattern| {
        Some(match pattern {
            TermPattern::NamedNode(node) => node.clone().into(),
            TermPattern::BlankNode(node) => fresh(node, blank).into(),
            TermPattern::Literal(literal) => literal.clone().into(),
            TermPattern::Variable(variable) => solution.get(variable)?.clone(),
        })
    };
    let subject = node(term(&quad.subject)?)?;
    let object = term(&quad.object)?;
    Some(Quad { subject, predicate: name(&quad.predicate, solution)?, object, graph_name: graph(&quad.graph_name, solution)? })
}

fn filled_ground(quad: &GroundQuadPattern, solution: &QuerySolution) -> Option<Quad> {
    let term = |pattern: &GroundTermPattern| {
        Some(match pattern {
            GroundTermPattern::NamedNode(node) => node.clone().into(),
            GroundTermPattern::Literal(literal) => literal.clone().into(),
            GroundTermPattern::Variable(variable) => solution.get(variable)?.clone(),
        })
    };
    let (subject, object) = (node(term(&quad.subject)?)?, term(&quad.object)?);
    Some(Quad { subject, predicate: name(&quad.predicate, solution)?, object, graph_name: graph(&quad.graph_name, solution)? })
}

fn node(term: Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.into()),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    }
}

fn name(pattern: &NamedNodePattern, solution: &QuerySolution) -> Option<NamedNode> {
    match pattern {
        NamedNodePattern::NamedNode(node) => Some(node.clone()),
        NamedNodePattern::Variable(variable) => match solution.get(variable)? {
            Term::NamedNode(node) => Some(node.clone()),
            _ => None,
        },
    }
}

fn graph(pattern: &GraphNamePattern, solution: &QuerySolution) -> Option<GraphName> {
    match pattern {
        GraphNamePattern::NamedNode(node) => Some(node.clone().into()),
        GraphNamePattern::DefaultGraph => Some(GraphName::DefaultGraph),
        GraphNamePattern::Variable(variable) => node(solution.get(variable)?.clone()).map(GraphName::from),
    }
}
