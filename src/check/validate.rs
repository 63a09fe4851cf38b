//! The shapes over what is checked. Only nodes that the conversion describes, and literals, can be at fault.
//!
//! The results are those of the library that reads the shapes; tests compare the two on this project's shapes and on the
//! W3C's suite. The library looks at every node of the context anew for each conversion, and this at none of them.

use super::Violation;
use super::index::{each, values, with};
use super::shapes::{Constraint, Shape, Shapes, Target};
use super::view::{NO_GRAPH, Scope, TYPE, View};
use crate::model::statements::Row;
use crate::model::terms::TermId as Id;
use oxigraph::model::{LiteralRef, NamedNode, Term, TermRef};
use rustc_hash::{FxHashMap, FxHashSet};
use shacl_rust::NodeKind;
use shacl_rust::utils::{ComparableValue, compare_comparables, literal_is_ill_formed, to_comparable};

/// Everything that breaks a shape, in no particular order.
pub(super) fn validate(shapes: &Shapes, view: &View<'_>) -> Vec<Violation> {
    let mut run = Run { shapes, view, below: FxHashMap::default(), found: Vec::new() };
    let mut instances: FxHashMap<Id, Vec<Id>> = FxHashMap::default();
    for node in view.described() {
        for class in values(view.about(*node), TYPE) {
            instances.entry(class).or_default().push(*node);
        }
    }
    for shape in &shapes.all {
        run.know_classes(shape);
        let mut nodes: Vec<Id> = shape.targets.iter().flat_map(|target| run.targets(target, &instances)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        for node in nodes {
            run.node(shape, node);
        }
    }
    run.found
}

struct Run<'r> {
    shapes: &'r Shapes,
    view: &'r View<'r>,
    /// Each class of the shapes with all below it.
    below: FxHashMap<Id, FxHashSet<Id>>,
    found: Vec<Violation>,
}

impl Run<'_> {
    /// Everything from which a property leads to a node, step by step, and the node itself.
    fn leading_to(&self, property: Id, node: Id) -> FxHashSet<Id> {
        let mut reached = FxHashSet::from_iter([node]);
        let mut pending = vec![node];
        while let Some(node) = pending.pop() {
            pending.extend(self.view.subjects(property, node).filter(|other| reached.insert(*other)));
        }
        reached
    }

    fn know_classes(&mut self, shape: &Shape) {
        let targets =
            shape.targets.iter().filter_map(|target| if let Target::Class(class) = target { Some(*class) } else { None });
        let of = shape.constraints.iter().filter_map(|c| if let Constraint::Class(class) = c { Some(*class) } else { None });
        for class in targets.chain(of) {
            if !self.below.contains_key(&class) {
                let below = self.leading_to(self.shapes.subclass, class);
                self.below.insert(class, below);
            }
        }
        for constraint in &shape.constraints {
            match constraint {
                Constraint::Or(inner) => inner.iter().for_each(|inner| self.know_classes(inner)),
                Constraint::Qualified { shape, .. } => self.know_classes(shape),
                _ => {}
            }
        }
        shape.properties.iter().for_each(|inner| self.know_classes(inner));
    }

    /// The nodes of a target that can be at fault.
    fn targets(&self, target: &Target, instances: &FxHashMap<Id, Vec<Id>>) -> Vec<Id> {
        let ours = |node: &Id| self.view.describes(*node) || matches!(self.view.term(*node), Some(TermRef::Literal(_)));
        let of = |property: Id, at: usize| {
            let properties = self.leading_to(self.shapes.subproperty, property);
            let all = properties.into_iter().flat_map(|p| self.view.find(None, Some(p), None, Scope::Union));
            all.map(|quad| quad[at]).filter(ours).collect()
        };
        match target {
            Target::Node(node) => Some(*node).filter(ours).into_iter().collect(),
            Target::Class(class) => {
                let below = self.below.get(class).into_iter().flatten();
                below.filter_map(|class| instances.get(class)).flatten().copied().collect()
            }
            Target::SubjectsOf(property) => of(*property, 0),
            Target::ObjectsOf(property) => of(*property, 2),
        }
    }

    /// Holds a shape to a node, and keeps what breaks it.
    fn node(&mut self, shape: &Shape, node: Id) {
        // What is said of the node is asked once for all of its property shapes.
        let about = if shape.path.is_some() || !shape.properties.is_empty() { self.view.about(node) } else { &[] };
        self.hold(shape, node, about);
    }

    /// The same, with all that is said of the node.
    fn hold(&mut self, shape: &Shape, node: Id, about: &[Row]) {
        let itself = [[NO_GRAPH, NO_GRAPH, node, NO_GRAPH]];
        let said = match &shape.path {
            Some((property, _)) => with(about, *property),
            None => &itself,
        };
        for constraint in &shape.constraints {
            self.constraint(shape, constraint, node, (about, said));
        }
        if shape.properties.is_empty() {
            return;
        }
        for value in each(said) {
            let of_value = if shape.path.is_some() { self.view.about(value) } else { about };
            for property in &shape.properties {
                self.hold(property, value, of_value);
            }
        }
    }

    fn conforms(&mut self, shape: &Shape, node: Id) -> bool {
        let before = self.found.len();
        self.node(shape, node);
        let conforms = self.found.len() == before;
        self.found.truncate(before);
        conforms
    }

    /// Holds a condition to the values of a node: `about` is all that is said of the node, `said` the rows with those values.
    fn constraint(&mut self, shape: &Shape, constraint: &Constraint, node: Id, (about, said): (&[Row], &[Row])) {
        let mut wrong: Vec<Id> = Vec::new();
        let mut whole = false;
        match constraint {
            Constraint::MinCount(least) => whole = each(said).count() < *least,
            Constraint::MaxCount(most) => whole = each(said).count() > *most,
            Constraint::UniqueLang => whole = self.language_twice(said),
            Constraint::Qualified { shape, min, max } => {
                let mut fit = 0;
                for value in each(said) {
                    fit += usize::from(!self.is_literal(value) && self.conforms(shape, value));
                }
                whole = min.is_some_and(|min| fit < min) || max.is_some_and(|max| fit > max);
            }
            Constraint::Or(shapes) => {
                for value in each(said) {
                    if !shapes.iter().any(|inner| self.conforms(inner, value)) {
                        wrong.push(value);
                    }
                }
            }
            Constraint::Class(class) => {
                let below = self.below.get(class);
                let is = |value: Id| values(self.view.about(value), TYPE).any(|class| below.is_some_and(|b| b.contains(&class)));
                wrong.extend(each(said).filter(|value| self.is_literal(*value) || !is(*value)));
            }
            Constraint::LessThan(property) => {
                let others: Vec<_> = values(about, *property).map(|other| self.comparable(other)).collect();
                for value in each(said) {
                    let own = self.comparable(value);
                    let less =
                        |other: &Option<_>| matches!((&own, other), (Some(a), Some(b)) if compare_comparables(a, b, |c| c < 0));
                    wrong.extend(others.iter().filter(|other| !less(other)).map(|_| value));
                }
            }
            single => {
                let breaks = |value: &Id| self.view.term(*value).is_some_and(|term| !holds(single, term));
                wrong.extend(each(said).filter(breaks));
            }
        }
        if whole {
            self.report(shape, node, None);
        }
        for value in wrong {
            self.report(shape, node, Some(value));
        }
    }

    fn report(&mut self, shape: &Shape, node: Id, value: Option<Id>) {
        let term = |id: Id| self.view.term(id).map(TermRef::into_owned);
        let Some(focus) = term(node) else { return };
        let subject_of = shape.targets.iter().find_map(|target| match target {
            Target::SubjectsOf(property) => term(*property),
            _ => None,
        });
        self.found.push(Violation {
            severity: shape.severity,
            shape: shape.name.clone(),
            focus,
            path: shape.path.as_ref().map(|(_, property)| property.clone()),
            subject_of: subject_of.and_then(|property| NamedNode::try_from(property).ok()),
            value: value.and_then(term),
            message: shape.message.clone(),
        });
    }

    fn is_literal(&self, id: Id) -> bool {
        matches!(self.view.term(id), Some(TermRef::Literal(_)))
    }

    fn comparable(&self, id: Id) -> Option<ComparableValue<'_>> {
        to_comparable(self.view.term(id)?)
    }

    /// Whether two of the values are texts in one language.
    fn language_twice(&self, said: &[Row]) -> bool {
        let language = |value: Id| match self.view.term(value) {
            Some(TermRef::Literal(text)) => text.language().map(str::to_ascii_lowercase),
            _ => None,
        };
        let languages: Vec<String> = each(said).filter_map(language).collect();
        languages.iter().enumerate().any(|(at, language)| languages[..at].contains(language))
    }
}

/// Whether a condition on a single value holds.
fn holds(constraint: &Constraint, value: TermRef<'_>) -> bool {
    let literal: Option<LiteralRef<'_>> = if let TermRef::Literal(literal) = value { Some(literal) } else { None };
    let text = match value {
        TermRef::Literal(literal) => Some(literal.value()),
        TermRef::NamedNode(iri) => Some(iri.as_str()),
        TermRef::BlankNode(_) => None,
    };
    let bounded = |bound: &oxigraph::model::Literal, fits: fn(i32) -> bool| {
        let bound = Term::from(bound.clone());
        matches!((to_comparable(value), to_comparable(bound.as_ref())), (Some(a), Some(b)) if compare_comparables(&a, &b, fits))
    };
    match constraint {
        Constraint::Datatype(datatype) => {
            literal.is_some_and(|literal| literal.datatype() == datatype.as_ref() && !literal_is_ill_formed(literal))
        }
        Constraint::Kind(kind) => {
            let (iri, blank) = (value.is_named_node(), value.is_blank_node());
            match kind {
                NodeKind::IRI => iri,
                NodeKind::BlankNode => blank,
                NodeKind::Literal => literal.is_some(),
                NodeKind::BlankNodeOrIRI => iri || blank,
                NodeKind::BlankNodeOrLiteral => blank || literal.is_some(),
                NodeKind::IRIOrLiteral => iri || literal.is_some(),
            }
        }
        Constraint::MinLength(least) => text.is_some_and(|text| text.chars().count() >= *least),
        Constraint::Pattern(pattern) => text.is_some_and(|text| pattern.is_match(text)),
        Constraint::MinInclusive(least) => bounded(least, |order| order >= 0),
        Constraint::MaxInclusive(most) => bounded(most, |order| order <= 0),
        // The others look at all values of a node, and are held to them above.
        _ => true,
    }
}
