//! SHACL shapes, read by the crate `shacl-rust` and made ready for `validate`.
//!
//! The library passes all 98 tests of the core part of the W3C's suite, but takes in silence what it cannot read: a property
//! shape without a usable path, a pattern that is no regular expression, `sh:node` for values that are literals. Such shapes
//! are refused here when they are loaded, and so is what `validate` knows nothing of, so that no condition is lost.

use super::CheckError;
use super::view::{NO_GRAPH, first_terms};
use crate::model::diagnostic::Severity;
use crate::model::terms::{Kind, TermId as Id, Terms};
use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Graph, Literal, LiteralRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use regex::Regex;
use shacl_rust::core::constraints::Constraint as Read;
use shacl_rust::utils::literal_is_ill_formed;
use shacl_rust::{NodeKind, Path, PathElement, Shape as ReadShape, Target as ReadTarget, sh};
use std::collections::BTreeSet;

/// The namespace of this project's shapes.
pub const NS: &str = "https://w3id.org/forced-labour-graph/shapes#";

/// Which nodes a shape is about.
pub(super) enum Target {
    Node(Id),
    /// The instances of a class, those below it included.
    Class(Id),
    /// What has a property, or one below it.
    SubjectsOf(Id),
    /// What is a value of a property, or of one below it.
    ObjectsOf(Id),
}

/// What the values of a shape must be like: what stands at the end of its path, or the node itself.
pub(super) struct Values {
    /// How many there must be, at least and at most.
    pub least: usize,
    pub most: usize,
    /// What each must be, by its kind alone and otherwise.
    pub kinds: Kinds,
    pub each: Vec<Constraint>,
    /// What must hold between them, or of all together.
    pub together: Vec<Together>,
}

/// The kinds of terms that are allowed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    const ALL: Self = Self(31);
    const LITERALS: Self = Self(28);

    fn of(kind: NodeKind) -> Self {
        let (iri, blank, literal) = (Self::only(&Kind::Iri), Self::only(&Kind::Blank), Self::LITERALS);
        match kind {
            NodeKind::IRI => iri,
            NodeKind::BlankNode => blank,
            NodeKind::Literal => literal,
            NodeKind::BlankNodeOrIRI => blank.or(iri),
            NodeKind::BlankNodeOrLiteral => blank.or(literal),
            NodeKind::IRIOrLiteral => iri.or(literal),
        }
    }

    fn only(kind: &Kind<&str>) -> Self {
        Self(match kind {
            Kind::Iri => 1,
            Kind::Blank => 2,
            Kind::Plain => 4,
            Kind::Tagged(_) => 8,
            // One that lacks its language.
            Kind::Typed(datatype) if *datatype == rdf::LANG_STRING.as_str() => 8,
            Kind::Typed(_) => 16,
        })
    }

    fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether a term of a kind is among them.
    pub(super) fn has(self, kind: &Kind<&str>) -> bool {
        self.and(Self::only(kind)).0 != 0
    }
}

/// A condition on a value, whatever it is a value of.
pub(super) enum Constraint {
    /// To be of one of these classes.
    Class(Vec<Id>),
    Datatype {
        datatype: NamedNode,
        /// Whether not every text is one of its values.
        is_narrow: bool,
    },
    MinLength(usize),
    Pattern(Regex),
    MinInclusive(Literal),
    MaxInclusive(Literal),
    Or(Vec<Shape>),
}

/// A condition on the values of a node.
pub(super) enum Together {
    LessThan(Id),
    UniqueLang,
    Qualified { shape: Box<Shape>, min: Option<usize>, max: Option<usize> },
}

/// A shape or property shape.
pub(super) struct Shape {
    /// Its IRI, or the label of its blank node.
    pub name: String,
    pub severity: Severity,
    /// What is wrong where it is broken.
    pub message: String,
    /// The property whose values it is about.
    pub path: Option<(Id, NamedNode)>,
    pub targets: Vec<Target>,
    /// Its place among all that were read.
    pub number: usize,
    /// Whether one value that is what each must be is all that it asks for, besides its property shapes.
    pub takes_one: bool,
    pub values: Values,
    /// Property shapes, of the values, in the order of their properties.
    pub properties: Vec<Shape>,
    /// The property of each of them, and whether it can be broken where there are no values.
    pub asked: Vec<(Id, bool)>,
}

impl Shape {
    /// The classes of one of which a node must be, if the shape asks for nothing else.
    fn only_classes(&self) -> Option<Vec<Id>> {
        match self.values.each.as_slice() {
            [Constraint::Class(classes)] if self.asks_of_each_alone() && self.values.kinds == Kinds::ALL => Some(classes.clone()),
            _ => None,
        }
    }

    /// The kinds of terms of one of which a node must be, if the shape asks for nothing else.
    fn only_kinds(&self) -> Option<Kinds> {
        (self.asks_of_each_alone() && self.values.each.is_empty()).then_some(self.values.kinds)
    }

    /// Whether it asks for nothing but what each value alone must be, of nodes themselves.
    pub(super) fn asks_of_each_alone(&self) -> bool {
        let Values { least: 0, most: usize::MAX, together, .. } = &self.values else { return false };
        self.path.is_none() && together.is_empty() && self.properties.is_empty()
    }

    /// Whether it can be broken where there are no values.
    fn needs_values(&self) -> bool {
        let needs = |together: &Together| matches!(together, Together::Qualified { min: Some(1..), .. });
        self.values.least > 0 || self.values.together.iter().any(needs)
    }
}

/// Shapes that were read whole.
pub struct Shapes {
    /// The terms that they, and the rules, know by number.
    pub(super) terms: Terms,
    pub(super) all: Vec<Shape>,
    /// How many were read, those within others included.
    pub(super) count: usize,
    pub(super) subclass: Id,
    pub(super) subproperty: Id,
}

impl Shapes {
    /// The shapes of a graph.
    ///
    /// # Errors
    /// The first shape that would not, or not wholly, be taken into account.
    pub fn new(graph: &Graph) -> Result<Self, CheckError> {
        let parsed = shacl_rust::parse_shapes(graph)
            .map_err(|e| CheckError::Shape { shape: "ontology/shapes.ttl".to_owned(), message: e.to_string() })?;
        let mut terms = first_terms();
        let (subclass, subproperty) = (terms.copy(rdfs::SUB_CLASS_OF.into()), terms.copy(rdfs::SUB_PROPERTY_OF.into()));
        // In the order in which statements are put, so that what is said of a node is in the order of its numbers as well.
        let iris: BTreeSet<&str> = graph.iter().filter_map(|triple| named(triple.object)).collect();
        for iri in iris {
            terms.copy(NamedNodeRef::new_unchecked(iri).into());
        }
        let mut reader = Reader { graph, terms, count: 0 };
        let mut all = Vec::new();
        for shape in parsed.iter().filter(|shape| !shape.targets.is_empty()) {
            all.push(reader.shape(shape)?);
        }
        for shape in parsed.iter().filter(|shape| shape.targets.is_empty()) {
            reader.shape(shape)?;
        }
        Ok(Self { terms: reader.terms, all, count: reader.count, subclass, subproperty })
    }
}

struct Reader<'g> {
    graph: &'g Graph,
    terms: Terms,
    count: usize,
}

impl Reader<'_> {
    fn shape(&mut self, read: &ReadShape<'_>) -> Result<Shape, CheckError> {
        let refuse = |message: &str| Err(CheckError::Shape { shape: read.node.to_string(), message: message.to_owned() });
        let count = |property: NamedNodeRef<'_>| self.graph.objects_for_subject_predicate(read.node, property).count();
        if read.property_shapes.len() != count(sh::PROPERTY) {
            return refuse("one of its property shapes cannot be read");
        }
        if count(sh::SPARQL) > 0 {
            return refuse("sh:sparql is not used here; write a rule in `queries/checks/`");
        }
        if read.deactivated || read.closed.is_some() {
            return refuse("sh:deactivated and sh:closed are not used here");
        }
        let path = match read.path.as_ref() {
            None => None,
            Some(path) => match single(path) {
                Some(property) => Some((self.terms.copy(property.into()), property.into_owned())),
                None => return refuse("its path is more than one property; write a rule in `queries/checks/`"),
            },
        };
        let mut targets = Vec::new();
        for target in &read.targets {
            targets.push(match target {
                ReadTarget::Node(node) => Target::Node(self.terms.copy(*node)),
                ReadTarget::Class(class) => Target::Class(self.terms.copy((*class).into())),
                ReadTarget::SubjectsOf(property) => Target::SubjectsOf(self.terms.copy((*property).into())),
                ReadTarget::ObjectsOf(property) => Target::ObjectsOf(self.terms.copy((*property).into())),
                ReadTarget::Sparql { .. } | ReadTarget::Advanced(_) => return refuse("its target is of a kind not used here"),
            });
        }
        let mut values = Values { least: 0, most: usize::MAX, kinds: Kinds::ALL, each: Vec::new(), together: Vec::new() };
        for constraint in &read.constraints {
            self.constraint(read, constraint, &mut values)?;
        }
        let mut properties = read.property_shapes.iter().map(|inner| self.shape(inner)).collect::<Result<Vec<_>, _>>()?;
        properties.sort_by_key(|inner| inner.path.as_ref().map(|(property, _)| *property));
        let severity = match read.severity {
            warning if warning == sh::WARNING => Severity::Warning,
            info if info == sh::INFO => Severity::Note,
            _ => Severity::Error,
        };
        let name = match read.node {
            NamedOrBlankNodeRef::NamedNode(iri) => iri.as_str().to_owned(),
            NamedOrBlankNodeRef::BlankNode(node) => node.to_string(),
        };
        let asked =
            |inner: &Shape| inner.path.as_ref().map_or((NO_GRAPH, false), |(property, _)| (*property, inner.needs_values()));
        let asked = properties.iter().map(asked).collect();
        let takes_one = (values.least..=values.most).contains(&1) && values.together.is_empty();
        self.count += 1;
        Ok(Shape {
            name,
            severity,
            message: self.message(read.node),
            path,
            targets,
            number: self.count - 1,
            takes_one,
            asked,
            values,
            properties,
        })
    }

    /// The English message of a shape, or one that says as much as can be said without.
    fn message(&self, shape: NamedOrBlankNodeRef<'_>) -> String {
        let english = self.graph.objects_for_subject_predicate(shape, sh::MESSAGE).find_map(|message| match message {
            TermRef::Literal(text) if text.language() == Some("en") => Some(text.value().to_owned()),
            _ => None,
        });
        english.unwrap_or_else(|| "It does not meet a condition of this shape".to_owned())
    }

    fn constraint(&mut self, shape: &ReadShape<'_>, read: &Read<'_>, values: &mut Values) -> Result<(), CheckError> {
        let refuse = |message: &str| Err(CheckError::Shape { shape: shape.node.to_string(), message: message.to_owned() });
        let number = |value: i32| usize::try_from(value).unwrap_or(0);
        let kinds = match read {
            Read::NodeKind(kind) => Some(Kinds::of(kind.0)),
            Read::Datatype(datatype) if datatype.0 == xsd::STRING => Some(Kinds::only(&Kind::Plain)),
            Read::Datatype(datatype) if datatype.0 == rdf::LANG_STRING => Some(Kinds::only(&Kind::Tagged(""))),
            _ => None,
        };
        if let Some(kinds) = kinds {
            values.kinds = values.kinds.and(kinds);
            return Ok(());
        }
        values.each.push(match read {
            Read::Class(class) => Constraint::Class(vec![self.terms.copy(class.0.into())]),
            Read::Datatype(datatype) => {
                let is_narrow = literal_is_ill_formed(LiteralRef::new_typed_literal("", datatype.0));
                Constraint::Datatype { datatype: datatype.0.into_owned(), is_narrow }
            }
            Read::MinLength(least) => Constraint::MinLength(number(least.0)),
            Read::Pattern(pattern) => match &pattern.compiled {
                Some(compiled) => Constraint::Pattern(compiled.clone()),
                None => return refuse("its pattern is no regular expression"),
            },
            Read::MinInclusive(least) => match least.0 {
                TermRef::Literal(least) => Constraint::MinInclusive(least.into_owned()),
                _ => return refuse("a bound of it is no literal"),
            },
            Read::MaxInclusive(most) => match most.0 {
                TermRef::Literal(most) => Constraint::MaxInclusive(most.into_owned()),
                _ => return refuse("a bound of it is no literal"),
            },
            Read::Or(or) => {
                let shapes = or.0.iter().map(|inner| self.shape(inner)).collect::<Result<Vec<_>, _>>()?;
                let kinds: Option<Vec<_>> = shapes.iter().map(Shape::only_kinds).collect();
                if let Some(kinds) = kinds {
                    values.kinds = values.kinds.and(kinds.into_iter().fold(Kinds(0), Kinds::or));
                    return Ok(());
                }
                let classes: Option<Vec<_>> = shapes.iter().map(Shape::only_classes).collect();
                classes.map_or(Constraint::Or(shapes), |classes| Constraint::Class(classes.concat()))
            }
            other => return self.of_all(shape, other, values),
        });
        Ok(())
    }

    /// A condition that is not on each value alone.
    fn of_all(&mut self, shape: &ReadShape<'_>, read: &Read<'_>, values: &mut Values) -> Result<(), CheckError> {
        let refuse = |message: &str| Err(CheckError::Shape { shape: shape.node.to_string(), message: message.to_owned() });
        let number = |value: i32| usize::try_from(value).unwrap_or(0);
        match read {
            Read::MinCount(least) => values.least = values.least.max(number(least.0)),
            Read::MaxCount(most) => values.most = values.most.min(number(most.0)),
            Read::LessThan(other) => match single(&other.0) {
                Some(property) => values.together.push(Together::LessThan(self.terms.copy(property.into()))),
                None => return refuse("sh:lessThan names no single property"),
            },
            Read::UniqueLang(unique) => values.together.extend(unique.0.then_some(Together::UniqueLang)),
            Read::QualifiedValueShape(qualified) => {
                if qualified.qualified_value_shapes_disjoint {
                    return refuse("sh:qualifiedValueShapesDisjoint is not used here");
                }
                let shape = Box::new(self.shape(&qualified.shape)?);
                let (min, max) = (qualified.qualified_min_count.map(number), qualified.qualified_max_count.map(number));
                values.together.push(Together::Qualified { shape, min, max });
            }
            Read::Node(_) => return refuse("sh:node holds for no literal; use sh:or"),
            other => {
                let kind = format!("{other:?}");
                let kind = kind.split('(').next().unwrap_or_default();
                return refuse(&format!("a condition of the kind {kind} is not used here; write a rule in `queries/checks/`"));
            }
        }
        Ok(())
    }
}

fn named(term: TermRef<'_>) -> Option<&str> {
    if let TermRef::NamedNode(iri) = term { Some(iri.as_str()) } else { None }
}

/// The property that a path is, if it is a single one.
fn single<'a>(path: &Path<'a>) -> Option<NamedNodeRef<'a>> {
    match path.get_elements() {
        [PathElement::Iri(property)] => Some(*property),
        _ => None,
    }
}
