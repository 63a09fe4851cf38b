//! SHACL shapes, read by the crate `shacl-rust` and made ready for `validate`.
//!
//! The library passes all 98 tests of the core part of the W3C's suite, but takes in silence what it cannot read: a property
//! shape without a usable path, a pattern that is no regular expression, `sh:node` for values that are literals. Such shapes
//! are refused here when they are loaded, and so is what `validate` knows nothing of, so that no condition is lost.

use super::CheckError;
use super::view::first_terms;
use crate::model::diagnostic::Severity;
use crate::model::terms::{TermId as Id, Terms};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{Graph, Literal, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use regex::Regex;
use shacl_rust::core::constraints::Constraint as Read;
use shacl_rust::{NodeKind, Path, PathElement, Shape as ReadShape, Target as ReadTarget, sh};

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

/// A condition on the values of a shape: what stands at the end of its path, or the node itself.
pub(super) enum Constraint {
    Class(Id),
    Datatype(NamedNode),
    Kind(NodeKind),
    MinCount(usize),
    MaxCount(usize),
    MinLength(usize),
    Pattern(Regex),
    MinInclusive(Literal),
    MaxInclusive(Literal),
    LessThan(Id),
    UniqueLang,
    Or(Vec<Shape>),
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
    pub constraints: Vec<Constraint>,
    /// Property shapes, of the values.
    pub properties: Vec<Shape>,
}

/// Shapes that were read whole.
pub struct Shapes {
    /// The terms that they know by number.
    pub(super) terms: Terms,
    pub(super) all: Vec<Shape>,
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
        let mut reader = Reader { graph, terms };
        let mut all = Vec::new();
        for shape in parsed.iter().filter(|shape| !shape.targets.is_empty()) {
            all.push(reader.shape(shape)?);
        }
        for shape in parsed.iter().filter(|shape| shape.targets.is_empty()) {
            reader.shape(shape)?;
        }
        Ok(Self { terms: reader.terms, all, subclass, subproperty })
    }
}

struct Reader<'g> {
    graph: &'g Graph,
    terms: Terms,
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
        let mut constraints = Vec::new();
        for constraint in &read.constraints {
            constraints.extend(self.constraint(read, constraint)?);
        }
        let properties = read.property_shapes.iter().map(|inner| self.shape(inner)).collect::<Result<_, _>>()?;
        let severity = match read.severity {
            warning if warning == sh::WARNING => Severity::Warning,
            info if info == sh::INFO => Severity::Note,
            _ => Severity::Error,
        };
        let name = match read.node {
            NamedOrBlankNodeRef::NamedNode(iri) => iri.as_str().to_owned(),
            NamedOrBlankNodeRef::BlankNode(node) => node.to_string(),
        };
        Ok(Shape { name, severity, message: self.message(read.node), path, targets, constraints, properties })
    }

    /// The English message of a shape, or one that says as much as can be said without.
    fn message(&self, shape: NamedOrBlankNodeRef<'_>) -> String {
        let english = self.graph.objects_for_subject_predicate(shape, sh::MESSAGE).find_map(|message| match message {
            TermRef::Literal(text) if text.language() == Some("en") => Some(text.value().to_owned()),
            _ => None,
        });
        english.unwrap_or_else(|| "It does not meet a condition of this shape".to_owned())
    }

    fn constraint(&mut self, shape: &ReadShape<'_>, read: &Read<'_>) -> Result<Option<Constraint>, CheckError> {
        let refuse = |message: &str| Err(CheckError::Shape { shape: shape.node.to_string(), message: message.to_owned() });
        let number = |value: i32| usize::try_from(value).unwrap_or(0);
        Ok(Some(match read {
            Read::Class(class) => Constraint::Class(self.terms.copy(class.0.into())),
            Read::Datatype(datatype) => Constraint::Datatype(datatype.0.into_owned()),
            Read::NodeKind(kind) => Constraint::Kind(kind.0),
            Read::MinCount(least) => Constraint::MinCount(number(least.0)),
            Read::MaxCount(most) => Constraint::MaxCount(number(most.0)),
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
            Read::LessThan(other) => match single(&other.0) {
                Some(property) => Constraint::LessThan(self.terms.copy(property.into())),
                None => return refuse("sh:lessThan names no single property"),
            },
            Read::UniqueLang(unique) => return Ok(unique.0.then_some(Constraint::UniqueLang)),
            Read::Or(or) => Constraint::Or(or.0.iter().map(|inner| self.shape(inner)).collect::<Result<_, _>>()?),
            Read::QualifiedValueShape(qualified) => {
                if qualified.qualified_value_shapes_disjoint {
                    return refuse("sh:qualifiedValueShapesDisjoint is not used here");
                }
                let shape = Box::new(self.shape(&qualified.shape)?);
                let (min, max) = (qualified.qualified_min_count.map(number), qualified.qualified_max_count.map(number));
                Constraint::Qualified { shape, min, max }
            }
            Read::Node(_) => return refuse("sh:node holds for no literal; use sh:or"),
            other => {
                let kind = format!("{other:?}");
                let kind = kind.split('(').next().unwrap_or_default();
                return refuse(&format!("a condition of the kind {kind} is not used here; write a rule in `queries/checks/`"));
            }
        }))
    }
}

/// The property that a path is, if it is a single one.
fn single<'a>(path: &Path<'a>) -> Option<NamedNodeRef<'a>> {
    match path.get_elements() {
        [PathElement::Iri(property)] => Some(*property),
        _ => None,
    }
}
