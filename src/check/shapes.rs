//! SHACL validation, by the crate `shacl-rust`.
//!
//! It passes all 98 tests of the core part of the W3C's suite, but takes in silence what it cannot read: a property shape
//! without a usable path, a pattern that is no regular expression, `sh:node` for values that are literals. Such shapes are
//! refused here when they are loaded, so that no condition is lost.

use super::{CheckError, Violation};
use crate::model::diagnostic::Severity;
use oxigraph::model::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};
use shacl_rust::core::constraints::Constraint;
use shacl_rust::validation::dataset::ValidationDataset;
use shacl_rust::validation::report::ValidationResult;
use shacl_rust::{PathElement, Shape, sh};

/// The namespace of this project's shapes.
pub const NS: &str = "https://w3id.org/forced-labour-graph/shapes#";

/// Shapes that were read whole.
pub struct Shapes(Graph);

impl Shapes {
    /// The shapes of a graph.
    ///
    /// # Errors
    /// The first shape that the library would not, or not wholly, take into account.
    pub fn new(graph: Graph) -> Result<Self, CheckError> {
        let parsed = shacl_rust::parse_shapes(&graph)
            .map_err(|e| CheckError::Shape { shape: "ontology/shapes.ttl".to_owned(), message: e.to_string() })?;
        for shape in &parsed {
            usable(&graph, shape)?;
        }
        drop(parsed);
        Ok(Self(graph))
    }

    /// Every result of validating `data`, in no particular order.
    ///
    /// # Errors
    /// If the library refuses the shapes, which [`Shapes::new`] has read before.
    pub fn validate(&self, data: Graph) -> Result<Vec<Violation>, CheckError> {
        let refused =
            |e: shacl_rust::ShaclError| CheckError::Shape { shape: "ontology/shapes.ttl".to_owned(), message: e.to_string() };
        let dataset = ValidationDataset::from_graphs(data, Graph::new()).map_err(refused)?;
        let shapes = shacl_rust::parse_shapes(&self.0).map_err(refused)?;
        let report = shacl_rust::validate(&dataset, &shapes);
        Ok(report.get_results().iter().map(|result| self.violation(result)).collect())
    }

    fn violation(&self, result: &ValidationResult<'_>) -> Violation {
        let shape = result.source_shape();
        let severity = match result.severity() {
            warning if warning == sh::WARNING => Severity::Warning,
            info if info == sh::INFO => Severity::Note,
            _ => Severity::Error,
        };
        let path = match result.result_path().map(shacl_rust::Path::get_elements) {
            Some([PathElement::Iri(iri)]) => Some(NamedNode::from(*iri)),
            _ => None,
        };
        Violation {
            severity,
            shape: match shape {
                NamedOrBlankNodeRef::NamedNode(iri) => iri.as_str().to_owned(),
                NamedOrBlankNodeRef::BlankNode(node) => node.to_string(),
            },
            focus: Term::from(result.focus_node()),
            path,
            value: result.value().map(Term::from),
            message: self.message(shape).unwrap_or_else(|| result.messages().join("; ")),
        }
    }

    /// The English message of a shape. The library hands out those of all languages alike.
    fn message(&self, shape: NamedOrBlankNodeRef<'_>) -> Option<String> {
        self.0.objects_for_subject_predicate(shape, sh::MESSAGE).find_map(|message| match message {
            TermRef::Literal(text) if text.language() == Some("en") => Some(text.value().to_owned()),
            _ => None,
        })
    }
}

/// Refuses a shape of which the library would leave a part out.
fn usable(graph: &Graph, shape: &Shape<'_>) -> Result<(), CheckError> {
    let refuse = |message: &str| Err(CheckError::Shape { shape: shape.node.to_string(), message: message.to_owned() });
    let count = |property: NamedNodeRef<'_>| graph.objects_for_subject_predicate(shape.node, property).count();
    if shape.property_shapes.len() != count(sh::PROPERTY) {
        return refuse("one of its property shapes cannot be read");
    }
    if count(sh::SPARQL) > 0 {
        return refuse("sh:sparql is not used here; write a rule in `queries/checks/`");
    }
    for constraint in &shape.constraints {
        match constraint {
            Constraint::Pattern(pattern) if pattern.compiled.is_none() => return refuse("its pattern is no regular expression"),
            Constraint::Node(node) => {
                if node.0.constraints.iter().any(|c| matches!(c, Constraint::Datatype(_) | Constraint::LanguageIn(_))) {
                    return refuse("sh:node holds for no literal; use sh:or");
                }
                usable(graph, &node.0)?;
            }
            Constraint::Or(or) => or.0.iter().try_for_each(|inner| usable(graph, inner))?,
            _ => {}
        }
    }
    shape.property_shapes.iter().try_for_each(|inner| usable(graph, inner))
}
