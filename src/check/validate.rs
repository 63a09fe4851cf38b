//! The shapes over what is checked. Only nodes that the conversion describes, and literals, can be at fault.
//!
//! The results are those of the library that reads the shapes; tests compare the two on this project's shapes and on the
//! W3C's suite. The library looks at every node of the context anew for each conversion, and this at none of them.

use super::Violation;
use super::index::{each, values, with};
use super::shapes::{Constraint, Shape, Shapes, Target, Together, Values};
use super::targets::Targets;
use super::view::{NO_GRAPH, Scope, TYPE, View};
use crate::model::statements::Row;
use crate::model::terms::{Kind, TermId as Id};
use oxigraph::model::{LiteralRef, NamedNode, TermRef};
use shacl_rust::utils::{compare_comparables, literal_is_ill_formed, to_comparable};

/// Everything that breaks a shape, in no particular order.
pub(super) fn validate(shapes: &Shapes, view: &View<'_>) -> Vec<Violation> {
    let own_targets = (view.uses(shapes.subclass) || view.uses(shapes.subproperty))
        .then(|| Targets::new(shapes, |property, value| view.find(None, Some(property), value, Scope::Union).collect()));
    let targets = own_targets.as_ref().unwrap_or(view.targets());
    let mut run = Run {
        view,
        targets,
        met: vec![NO_GRAPH; shapes.count],
        node: NO_GRAPH,
        classes: Vec::new(),
        shapes: Vec::new(),
        found: Vec::new(),
    };
    let mut others: Vec<(usize, Id)> = targets.nodes().to_vec();
    others.retain(|(_, node)| view.describes_anew(*node) || run.is_literal(*node));
    for &node in view.described() {
        let about = view.about(node);
        run.turn_to(node, about);
        let mut about_node = std::mem::take(&mut run.shapes);
        let mut property = NO_GRAPH;
        let mut of_values: &[usize] = &[];
        for row in about {
            if row[1] != property {
                property = row[1];
                of_values = &[];
                if let Some(of) = targets.property(property) {
                    about_node.extend_from_slice(&of.subjects);
                    of_values = &of.objects;
                }
            }
            if !of_values.is_empty() {
                others.extend(of_values.iter().map(|shape| (*shape, row[2])));
            }
        }
        if about_node.len() > 1 {
            about_node.sort_unstable();
            about_node.dedup();
        }
        for shape in &about_node {
            run.hold(&shapes.all[*shape], node, about);
        }
        run.shapes = about_node;
    }
    others.sort_unstable();
    others.dedup();
    for (shape, node) in others {
        if view.describes(node) || run.is_literal(node) {
            let about = view.about(node);
            run.turn_to(node, about);
            run.hold(&shapes.all[shape], node, about);
        }
    }
    run.found.iter().filter_map(|broken| broken.told(view)).collect()
}

/// What breaks a shape.
struct Broken<'r> {
    shape: &'r Shape,
    node: Id,
    value: Option<Id>,
}

impl Broken<'_> {
    fn told(&self, view: &View<'_>) -> Option<Violation> {
        let term = |id: Id| view.term(id).map(TermRef::into_owned);
        let shape = self.shape;
        let subject_of = shape.targets.iter().find_map(|target| match target {
            Target::SubjectsOf(property) => term(*property),
            _ => None,
        });
        Some(Violation {
            severity: shape.severity,
            shape: shape.name.clone(),
            focus: term(self.node)?,
            path: shape.path.as_ref().map(|(_, property)| property.clone()),
            subject_of: subject_of.and_then(|property| NamedNode::try_from(property).ok()),
            value: self.value.and_then(term),
            message: shape.message.clone(),
        })
    }
}

struct Run<'r> {
    view: &'r View<'r>,
    targets: &'r Targets,
    /// By the number of a shape, the last value that was all that the shape asks of each: the next is often the same.
    met: Vec<Id>,
    /// The node that is looked at, and the classes that shapes name of those that it is.
    node: Id,
    classes: Vec<Id>,
    /// The shapes about its classes.
    shapes: Vec<usize>,
    found: Vec<Broken<'r>>,
}

impl<'r> Run<'r> {
    fn turn_to(&mut self, node: Id, about: &[Row]) {
        self.node = node;
        self.classes.clear();
        self.shapes.clear();
        for class in values(about, TYPE).filter_map(|class| self.targets.class(class)) {
            self.classes.extend_from_slice(&class.named);
            self.shapes.extend_from_slice(&class.shapes);
        }
    }

    /// Holds a shape to a node, and keeps what breaks it; `about` is all that is said of the node.
    fn hold(&mut self, shape: &'r Shape, node: Id, about: &[Row]) {
        if let Some((property, _)) = &shape.path {
            return self.property(shape, node, about, with(about, *property));
        }
        if !(shape.takes_one && self.is_plainly_met(shape, node)) {
            self.values(shape, node, about, &[[NO_GRAPH, NO_GRAPH, node, NO_GRAPH]]);
        }
        self.properties(shape, node, about);
    }

    /// Whether a value is seen at once to be what it must be.
    #[inline]
    fn is_plainly_met(&self, shape: &Shape, value: Id) -> bool {
        let is_of_kind = || self.view.kind(value).is_some_and(|kind| shape.values.kinds.has(&kind));
        match shape.values.each.as_slice() {
            [] => is_of_kind(),
            [Constraint::Class(one_of)] if value == self.node => self.is_here(one_of) && is_of_kind(),
            _ => self.met[shape.number] == value,
        }
    }

    /// Whether the node that is looked at is of one of these classes.
    fn is_here(&self, one_of: &[Id]) -> bool {
        self.classes.iter().any(|class| one_of.contains(class))
    }

    /// Holds the property shapes of a shape, which stand in the order of their properties, as what is said of the node does.
    fn properties(&mut self, shape: &'r Shape, node: Id, about: &[Row]) {
        let (mut rest, mut at) = (about, 0);
        while let [[_, property, ..], ..] = rest
            && at < shape.asked.len()
        {
            let (said, behind) = rest.split_at(rest.iter().take_while(|row| row[1] == *property).count());
            while let Some((asked, needs_values)) = shape.asked.get(at)
                && asked <= property
            {
                if asked == property {
                    self.property(&shape.properties[at], node, about, said);
                } else if *needs_values {
                    self.property(&shape.properties[at], node, about, &[]);
                }
                at += 1;
            }
            rest = behind;
        }
        for (inner, (_, needs_values)) in shape.properties.iter().zip(&shape.asked).skip(at) {
            if *needs_values {
                self.property(inner, node, about, &[]);
            }
        }
    }

    /// Holds a property shape to the values of a node, which stand in the rows `said`.
    fn property(&mut self, shape: &'r Shape, node: Id, about: &[Row], said: &[Row]) {
        match said {
            [row] if shape.takes_one && self.is_plainly_met(shape, row[2]) => {}
            _ => self.values(shape, node, about, said),
        }
        if !shape.properties.is_empty() {
            each(said).for_each(|value| self.properties(shape, value, self.view.about(value)));
        }
    }

    /// Holds a shape to the values of a node, which stand in the rows `said`.
    fn values(&mut self, shape: &'r Shape, node: Id, about: &[Row], said: &[Row]) {
        let values = &shape.values;
        let (mut count, mut last) = (0, None);
        for value in said.iter().map(|row| row[2]) {
            if last == Some(value) {
                continue;
            }
            last = Some(value);
            count += 1;
            if self.met[shape.number] == value {
                continue;
            }
            if self.is_each(values, value) {
                self.met[shape.number] = value;
            } else {
                self.found.push(Broken { shape, node, value: Some(value) });
            }
        }
        if count < values.least || count > values.most {
            self.found.push(Broken { shape, node, value: None });
        }
        for together in &values.together {
            self.together(shape, together, node, (about, said));
        }
    }

    fn conforms(&mut self, shape: &'r Shape, node: Id) -> bool {
        if shape.asks_of_each_alone() {
            return self.is_each(&shape.values, node);
        }
        let before = self.found.len();
        self.hold(shape, node, self.view.about(node));
        let conforms = self.found.len() == before;
        self.found.truncate(before);
        conforms
    }

    /// Holds a condition to all values of a node: `about` is all that is said of the node, `said` the rows with those values.
    fn together(&mut self, shape: &'r Shape, together: &'r Together, node: Id, (about, said): (&[Row], &[Row])) {
        let view = self.view;
        match together {
            Together::UniqueLang => {
                if self.language_twice(said) {
                    self.found.push(Broken { shape, node, value: None });
                }
            }
            Together::Qualified { shape: inner, min, max } => {
                let fit = each(said).filter(|value| !self.is_literal(*value) && self.conforms(inner, *value)).count();
                if min.is_some_and(|min| fit < min) || max.is_some_and(|max| fit > max) {
                    self.found.push(Broken { shape, node, value: None });
                }
            }
            Together::LessThan(property) => {
                for value in each(said) {
                    let own = view.term(value).and_then(to_comparable);
                    for other in values(about, *property) {
                        let other = view.term(other).and_then(to_comparable);
                        if !own.as_ref().zip(other.as_ref()).is_some_and(|(a, b)| compare_comparables(a, b, |order| order < 0)) {
                            self.found.push(Broken { shape, node, value: Some(value) });
                        }
                    }
                }
            }
        }
    }

    /// Whether a value is what each must be.
    fn is_each(&mut self, values: &'r Values, value: Id) -> bool {
        let Some(kind) = self.view.kind(value) else { return true };
        values.kinds.has(&kind) && values.each.iter().all(|constraint| self.holds(constraint, value))
    }

    /// Whether a condition on a value holds.
    fn holds(&mut self, constraint: &'r Constraint, value: Id) -> bool {
        match constraint {
            Constraint::Class(one_of) if value == self.node => self.is_here(one_of),
            Constraint::Class(one_of) => {
                let mut classes = values(self.view.about(value), TYPE).filter_map(|class| self.targets.class(class));
                classes.any(|class| class.named.iter().any(|class| one_of.contains(class)))
            }
            Constraint::MinLength(least) => self.text(value).is_some_and(|text| {
                // No character has more than four bytes.
                text.len() / 4 >= *least || text.chars().take(*least).count() == *least
            }),
            Constraint::Pattern(pattern) => self.text(value).is_some_and(|text| pattern.is_match(text)),
            Constraint::Or(shapes) => shapes.iter().any(|shape| self.conforms(shape, value)),
            other => self.view.term(value).is_none_or(|term| fits(other, term)),
        }
    }

    /// What a value spells, if it is no blank node.
    fn text(&self, value: Id) -> Option<&'r str> {
        self.view.text(value).filter(|_| self.view.kind(value) != Some(Kind::Blank))
    }

    fn is_literal(&self, id: Id) -> bool {
        matches!(self.view.kind(id), Some(Kind::Plain | Kind::Tagged(_) | Kind::Typed(_)))
    }

    /// Whether two of the values are texts in one language.
    fn language_twice(&self, said: &[Row]) -> bool {
        if let [] | [_] = said {
            return false;
        }
        let language = |value: Id| match self.view.term(value) {
            Some(TermRef::Literal(text)) => text.language(),
            _ => None,
        };
        let languages: Vec<&str> = each(said).filter_map(language).collect();
        let is_before = |(at, language): (usize, &&str)| languages[..at].iter().any(|other| other.eq_ignore_ascii_case(language));
        languages.iter().enumerate().any(is_before)
    }
}

/// Whether a value is of a datatype, or within bounds.
fn fits(constraint: &Constraint, value: TermRef<'_>) -> bool {
    let literal: Option<LiteralRef<'_>> = if let TermRef::Literal(literal) = value { Some(literal) } else { None };
    let bounded = |bound: &oxigraph::model::Literal, fits: fn(i32) -> bool| {
        let bound = to_comparable(bound.as_ref().into());
        to_comparable(value).zip(bound).is_some_and(|(value, bound)| compare_comparables(&value, &bound, fits))
    };
    match constraint {
        Constraint::Datatype { datatype, is_narrow } => literal
            .is_some_and(|literal| literal.datatype() == datatype.as_ref() && !(*is_narrow && literal_is_ill_formed(literal))),
        Constraint::MinInclusive(least) => bounded(least, |order| order >= 0),
        Constraint::MaxInclusive(most) => bounded(most, |order| order <= 0),
        // What depends on what is said of the value is held to above.
        _ => true,
    }
}
