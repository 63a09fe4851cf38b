//! Which shapes are about what, with the classes and properties below those that they name.

use super::shapes::{Constraint, Shape, Shapes, Target, Together};
use crate::model::statements::Row;
use crate::model::terms::TermId as Id;
use rustc_hash::{FxHashMap, FxHashSet};

/// The shapes, by their places among all, that are about a node.
pub(super) struct Targets {
    /// By what the node is an instance of.
    classes: FxHashMap<Id, Class>,
    /// By the numbers of properties.
    properties: Vec<Property>,
    /// By the node itself: those that shapes name, and the values of such properties that are known already.
    nodes: Vec<(usize, Id)>,
}

/// What shapes have to do with a class.
#[derive(Default)]
pub(super) struct Class {
    /// Those about its instances.
    pub shapes: Vec<usize>,
    /// The classes that shapes name, of those that it is, or is below.
    pub named: Vec<Id>,
}

/// The shapes about what has a property, and about its values.
#[derive(Clone, Default)]
pub(super) struct Property {
    pub subjects: Vec<usize>,
    pub objects: Vec<usize>,
}

impl Targets {
    /// The targets of shapes where `find` gives the statements with a property, of those with a value, or of all.
    pub(super) fn new(shapes: &Shapes, find: impl Fn(Id, Option<Id>) -> Vec<Row>) -> Self {
        let subjects = |property: Id, node: Id| -> Vec<Id> { find(property, Some(node)).into_iter().map(|row| row[0]).collect() };
        let mut all = Self { classes: FxHashMap::default(), properties: Vec::new(), nodes: Vec::new() };
        let mut named = FxHashSet::default();
        for (place, shape) in shapes.all.iter().enumerate() {
            name_classes(shape, &mut named);
            for target in &shape.targets {
                match target {
                    Target::Node(node) => all.nodes.push((place, *node)),
                    Target::Class(class) => {
                        for below in leading_to(shapes.subclass, *class, &subjects) {
                            all.classes.entry(below).or_default().shapes.push(place);
                        }
                    }
                    Target::SubjectsOf(property) | Target::ObjectsOf(property) => {
                        for below in leading_to(shapes.subproperty, *property, &subjects) {
                            if all.properties.len() <= below as usize {
                                all.properties.resize(below as usize + 1, Property::default());
                            }
                            let about = &mut all.properties[below as usize];
                            if matches!(target, Target::SubjectsOf(_)) {
                                about.subjects.push(place);
                            } else {
                                about.objects.push(place);
                                all.nodes.extend(find(below, None).into_iter().map(|row| (place, row[2])));
                            }
                        }
                    }
                }
            }
        }
        all.nodes.sort_unstable();
        all.nodes.dedup();
        for class in named {
            for below in leading_to(shapes.subclass, class, &subjects) {
                all.classes.entry(below).or_default().named.push(class);
            }
        }
        all
    }

    /// What shapes have to do with a class.
    pub(super) fn class(&self, class: Id) -> Option<&Class> {
        self.classes.get(&class)
    }

    /// The shapes about what has a property, and about its values.
    pub(super) fn property(&self, property: Id) -> Option<&Property> {
        self.properties.get(property as usize)
    }

    /// The nodes that shapes are about, whatever is said of them in what is checked.
    pub(super) fn nodes(&self) -> &[(usize, Id)] {
        &self.nodes
    }
}

/// Everything from which a property leads to a node, step by step, and the node itself.
fn leading_to(property: Id, node: Id, subjects: &impl Fn(Id, Id) -> Vec<Id>) -> FxHashSet<Id> {
    let mut reached = FxHashSet::from_iter([node]);
    let mut pending = vec![node];
    while let Some(node) = pending.pop() {
        pending.extend(subjects(property, node).into_iter().filter(|other| reached.insert(*other)));
    }
    reached
}

/// The classes that the conditions of a shape name.
fn name_classes(shape: &Shape, named: &mut FxHashSet<Id>) {
    for constraint in &shape.values.each {
        match constraint {
            Constraint::Class(classes) => named.extend(classes),
            Constraint::Or(inner) => inner.iter().for_each(|inner| name_classes(inner, named)),
            _ => {}
        }
    }
    for together in &shape.values.together {
        if let Together::Qualified { shape, .. } = together {
            name_classes(shape, named);
        }
    }
    shape.properties.iter().for_each(|inner| name_classes(inner, named));
}
