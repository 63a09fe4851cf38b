//! Checks of a conversion before it is stored: the shapes of `ontology/shapes.ttl`, the rules of `queries/checks/` for
//! what SHACL says badly, and the evidence, which holds between graphs. What fails is not stored.

mod evidence;
mod index;
mod look;
mod place;
pub mod rules;
pub mod shapes;
mod sparql;
mod targets;
mod validate;
mod view;

pub use place::line_of;
pub use view::Context;

use crate::knowledge::files;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::statements::Statements;
use crate::model::terms::{TermId, Terms};
use crate::model::vocab;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Graph, NamedNode, Quad, Term, Triple};
use rules::Rule;
use rustc_hash::FxHashSet;
use shapes::Shapes;
use std::fmt;
use view::View;

/// A condition that does not hold at a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// How grave it is: [`Severity::Error`] keeps the conversion from being stored.
    pub severity: Severity,
    /// What was broken: the IRI of a shape, `queries/checks/NAME.rq`, or `evidence/NAME`.
    pub shape: String,
    /// The node at which it is broken.
    pub focus: Term,
    /// The property whose values are wrong or missing, where it is about one.
    pub path: Option<NamedNode>,
    /// The property whose subjects a shape is about, where that made it look at the node.
    pub subject_of: Option<NamedNode>,
    /// The value that is wrong.
    pub value: Option<Term>,
    /// What is wrong, in English, in one sentence without a full stop.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shape = self.shape.strip_prefix(shapes::NS).unwrap_or(&self.shape);
        write!(f, "`{}`: {}", short(&self.focus), self.message)?;
        if let Some(value) = self.value.as_ref().filter(|value| **value != self.focus) {
            write!(f, ": `{}`", short(value))?;
        }
        write!(f, " (shape `{shape}`)")
    }
}

impl Violation {
    /// The same as a diagnostic, at the line of the report that led to it, where one did.
    pub fn diagnostic(&self, statements: &Statements, document: &Document) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(self.severity, "failed-check", self.to_string());
        diagnostic.line = line_of(self, statements, document);
        diagnostic
    }
}

/// A term for people to read: long texts cut, IRIs in their short form.
fn short(term: &Term) -> String {
    const LONGEST: usize = 60;
    match term {
        Term::NamedNode(iri) => vocab::compact(iri.as_ref()),
        Term::Literal(text) if text.value().chars().count() > LONGEST => {
            text.value().chars().take(LONGEST).chain(std::iter::once('…')).collect()
        }
        Term::Literal(text) => text.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

/// Why checking was not possible, as opposed to having found something.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A file of the vocabulary is no Turtle.
    #[error("`ontology/{file}` is not Turtle: {message}")]
    Vocabulary {
        /// The file.
        file: String,
        /// What is wrong, with its place.
        message: String,
    },
    /// A shape cannot be used.
    #[error("the shape `{shape}` cannot be used: {message}")]
    Shape {
        /// Its IRI.
        shape: String,
        /// What is wrong.
        message: String,
    },
    /// A rule cannot be used.
    #[error("`queries/checks/{rule}.rq` cannot be used: {message}")]
    Rule {
        /// Its name.
        rule: String,
        /// What is wrong.
        message: String,
    },
}

/// The shapes and rules, read and found usable.
pub struct Checker {
    vocabulary: Graph,
    shapes: Shapes,
    rules: Vec<Rule>,
}

impl Checker {
    /// A checker with a vocabulary, whose class hierarchy the shapes rest on, with shapes, and with rules.
    ///
    /// # Errors
    /// If a shape cannot be used whole.
    pub fn new(vocabulary: Graph, shapes: &Graph, mut rules: Vec<Rule>) -> Result<Self, CheckError> {
        let mut shapes = Shapes::new(shapes)?;
        for rule in &mut rules {
            rule.prepare(&mut shapes.terms);
        }
        Ok(Self { vocabulary, shapes, rules })
    }

    /// The checker of this graph: `ontology/flg.ttl`, `ontology/shapes.ttl` and `queries/checks/*.rq`.
    ///
    /// # Errors
    /// If one of the files cannot be used; they are part of the binary, so a released one has none such.
    pub fn standard() -> Result<Self, CheckError> {
        let mut graphs = [Graph::new(), Graph::new()];
        for (file, bytes) in files::ontology(".ttl") {
            for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(&bytes) {
                let quad = quad.map_err(|e| CheckError::Vocabulary { file: file.clone(), message: e.to_string() })?;
                graphs[usize::from(file == "shapes.ttl")].insert(&Triple::from(quad));
            }
        }
        let [vocabulary, shapes] = graphs;
        Self::new(vocabulary, &shapes, rules::standard()?)
    }

    /// What conversions refer to or say alike, made ready once for all of them: the authority above all, and the vocabulary.
    pub fn context(&self, mut known: Statements) -> Context {
        let vocabulary = vocab::graph::ontology();
        self.vocabulary.iter().for_each(|triple| known.copy(triple.in_graph(&vocabulary)));
        Context::new(&self.shapes, &known)
    }

    /// Whatever is wrong with a conversion: `statements` are those of its source, report and evidence graphs, in order, `context`
    /// what it refers to. Only nodes that `statements` describe are spoken of, and where they say of a node only what the context
    /// says of it, it is spoken of for what is wrong with it there. Graver findings come first, then by node.
    ///
    /// # Errors
    /// If the checks cannot be run; findings are no errors.
    pub fn check_in(&self, statements: &Statements, context: &Context) -> Result<Vec<Violation>, CheckError> {
        let mut view = View::new(statements, context);
        if !view.unknown().is_empty() {
            self.look_into(view.unknown(), context)?;
            view = View::new(statements, context);
        }
        let mut violations = self.broken(&view)?;
        violations.sort_by_cached_key(|v| {
            let value = v.value.as_ref().map(ToString::to_string);
            let path = v.path.as_ref().map(|path| path.as_str().to_owned());
            (std::cmp::Reverse(v.severity), v.focus.to_string(), v.shape.clone(), value, v.message.clone(), path)
        });
        violations.dedup();
        Ok(violations)
    }

    /// Finds out which of these nodes are without a fault in the context.
    fn look_into(&self, nodes: &[TermId], context: &Context) -> Result<(), CheckError> {
        let no_terms = Terms::default();
        let view = View::repeating(context, nodes, &no_terms);
        let violations = self.broken(&view)?;
        let unsound: FxHashSet<TermId> = violations.iter().filter_map(|v| view.id(v.focus.as_ref())).collect();
        context.keep(nodes, |node| !unsound.contains(&node));
        Ok(())
    }

    /// Whatever is wrong with what is described, in no particular order.
    fn broken(&self, view: &View<'_>) -> Result<Vec<Violation>, CheckError> {
        let mut violations = validate::validate(&self.shapes, view);
        violations.extend(evidence::violations(view));
        violations.extend(rules::run(&self.rules, view)?);
        violations.retain(|violation| match &violation.focus {
            Term::Literal(_) => true,
            node => view.id(node.as_ref()).is_some_and(|node| view.describes(node)),
        });
        Ok(violations)
    }

    /// The same, where the context serves once.
    ///
    /// # Errors
    /// If the checks cannot be run; findings are no errors.
    pub fn check(&self, dataset: &[Quad], context: &[Quad]) -> Result<Vec<Violation>, CheckError> {
        let mut statements: Statements = dataset.iter().map(Quad::as_ref).collect();
        statements.settle();
        self.check_in(&statements, &self.context(context.iter().map(Quad::as_ref).collect()))
    }
}
