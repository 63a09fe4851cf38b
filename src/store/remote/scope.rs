//! Which graphs a query sees on a remote service, written into the query: what names no graph is looked for in the union that is
//! kept there, and `GRAPH` shows the store's graphs alone. The service's own notion of a default graph does not matter then.

use super::algebra::{filter, is_not, join, registered, triple, variable, within};
use super::names;
use crate::store::dataset::Datasets;
use crate::store::walk::{Node, Part, parts_of_expression, parts_of_pattern, walk};
use oxigraph::model::NamedNode;
use spargebra::Query;
use spargebra::algebra::{GraphPattern, QueryDataset};
use spargebra::term::{NamedNodePattern, TriplePattern};

/// The graphs that patterns see.
pub(super) struct Scope<'d> {
    /// What no graph is named for.
    default: NamedNode,
    datasets: &'d Datasets,
}

/// A query as it is sent: within its dataset, and with one solution more than it may have, which tells that there are more.
pub(super) fn sent(query: Query, datasets: &Datasets, asked: (&[NamedNode], &[NamedNode]), rows: Option<usize>) -> Query {
    let chosen = |dataset: Option<QueryDataset>| {
        if asked.0.is_empty() && asked.1.is_empty() {
            return dataset;
        }
        Some(QueryDataset { default: asked.0.to_vec(), named: Some(asked.1.to_vec()) })
    };
    let scope = Scope::of(datasets);
    let scoped = |dataset: Option<QueryDataset>, mut pattern: GraphPattern| {
        let dataset = chosen(dataset);
        if dataset.is_none() {
            scope.apply(&mut pattern);
        }
        (dataset, pattern)
    };
    match query {
        Query::Select { dataset, pattern, base_iri } => {
            let (dataset, pattern) = scoped(dataset, pattern);
            Query::Select { dataset, pattern: limited(pattern, rows), base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => {
            let (dataset, pattern) = scoped(dataset, pattern);
            Query::Ask { dataset, pattern, base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => {
            let (dataset, pattern) = scoped(dataset, pattern);
            Query::Construct { template, dataset, pattern, base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => {
            let (template, pattern) = described(&pattern);
            let (dataset, pattern) = scoped(dataset, pattern);
            Query::Construct { template, dataset, pattern, base_iri }
        }
    }
}

/// What a description is, which every service decides for itself: all that has one of the resources as subject.
fn described(pattern: &GraphPattern) -> (Vec<TriplePattern>, GraphPattern) {
    let mut resources = Vec::new();
    pattern.on_in_scope_variable(|variable| resources.push(variable.clone()));
    let (mut template, mut all) = (Vec::new(), None);
    for (at, resource) in resources.into_iter().enumerate() {
        let (property, value) = (variable(&format!("flg_property_{at}")), variable(&format!("flg_value_{at}")));
        template.push(TriplePattern {
            subject: resource.clone().into(),
            predicate: property.clone().into(),
            object: value.clone().into(),
        });
        let one = join(pattern.clone(), triple(resource, property, value));
        all = Some(match all {
            None => one,
            Some(others) => GraphPattern::Union { left: Box::new(others), right: Box::new(one) },
        });
    }
    (template, all.unwrap_or_default())
}

/// What is sorted keeps its own limit: Virtuoso sorts no more than ten thousand rows for one, and any number without.
fn limited(pattern: GraphPattern, rows: Option<usize>) -> GraphPattern {
    let Some(most) = rows.filter(|_| !is_sorted(&pattern)).map(|rows| rows.saturating_add(1)) else { return pattern };
    match pattern {
        GraphPattern::Slice { inner, start, length } => {
            GraphPattern::Slice { inner, start, length: Some(length.map_or(most, |length| length.min(most))) }
        }
        whole => GraphPattern::Slice { inner: Box::new(whole), start: 0, length: Some(most) },
    }
}

fn is_sorted(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::OrderBy { .. } => true,
        GraphPattern::Slice { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Extend { inner, .. } => is_sorted(inner),
        _ => false,
    }
}

impl<'d> Scope<'d> {
    /// What a store shows where no graph is named.
    pub(super) fn of(datasets: &'d Datasets) -> Self {
        Self { default: datasets.own().cloned().unwrap_or_else(names::union), datasets }
    }

    /// The same with another graph for what no graph is named for.
    pub(super) fn with(datasets: &'d Datasets, default: NamedNode) -> Self {
        Self { default, datasets }
    }

    /// Puts a pattern that no graph is named around into its scope.
    pub(super) fn apply(&self, pattern: &mut GraphPattern) {
        if !is_plain(pattern) {
            self.children(pattern, &mut |scope, inner| scope.apply(inner));
            self.here(pattern);
        } else if looks(pattern) {
            *pattern = within(self.default.clone(), std::mem::take(pattern));
        }
    }

    /// Puts the `GRAPH`s of a pattern that is inside of one into their scope.
    fn inside(&self, pattern: &mut GraphPattern) {
        self.children(pattern, &mut |scope, inner| scope.inside(inner));
        self.here(pattern);
    }

    /// What a pattern itself is in the scope, its parts apart.
    fn here(&self, pattern: &mut GraphPattern) {
        match pattern {
            // Nobody else is asked; what is silent finds nothing, as if it had failed.
            GraphPattern::Service { .. } => *pattern = GraphPattern::default(),
            GraphPattern::Graph { name: NamedNodePattern::NamedNode(name), .. } if names::is_kept(name) => {
                *pattern = GraphPattern::Values { variables: Vec::new(), bindings: Vec::new() };
            }
            GraphPattern::Graph { name: NamedNodePattern::Variable(name), .. } => {
                let name = name.clone();
                let listed = join(std::mem::take(pattern), registered(name.clone()));
                *pattern = match self.datasets.own() {
                    Some(own) => filter(listed, is_not(name.as_str(), own)),
                    None => listed,
                };
            }
            _ => {}
        }
    }

    /// Changes the patterns that a pattern consists of, those of `EXISTS` too.
    fn children(&self, pattern: &mut GraphPattern, change: &mut dyn FnMut(&Self, &mut GraphPattern)) {
        if let GraphPattern::Graph { inner, .. } = pattern {
            return self.inside(inner);
        }
        parts_of_pattern(pattern, &mut |part| self.part(part, change));
    }

    fn part(&self, part: Part<'_>, change: &mut dyn FnMut(&Self, &mut GraphPattern)) {
        match part {
            Part::Pattern(pattern) => change(self, pattern),
            Part::Expression(expression) => parts_of_expression(expression, &mut |part| self.part(part, change)),
        }
    }
}

/// Whether a pattern can stand in a `GRAPH` as it is: it names no graph and has no query inside.
fn is_plain(pattern: &GraphPattern) -> bool {
    let mut plain = true;
    walk(pattern, &mut |node| {
        if let Node::Pattern(part) = node {
            plain &= matches!(
                part,
                GraphPattern::Bgp { .. }
                    | GraphPattern::Path { .. }
                    | GraphPattern::Join { .. }
                    | GraphPattern::LeftJoin { .. }
                    | GraphPattern::Union { .. }
                    | GraphPattern::Minus { .. }
                    | GraphPattern::Filter { .. }
                    | GraphPattern::Extend { .. }
                    | GraphPattern::Values { .. }
            );
        }
    });
    plain
}

/// Whether a pattern looks at triples at all.
fn looks(pattern: &GraphPattern) -> bool {
    let mut looks = false;
    walk(pattern, &mut |node| {
        looks |= match node {
            Node::Pattern(GraphPattern::Bgp { patterns }) => !patterns.is_empty(),
            Node::Pattern(GraphPattern::Path { .. }) => true,
            _ => false,
        };
    });
    looks
}
