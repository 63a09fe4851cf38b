//! Consistency rules: `queries/checks/*.rq`, each a SELECT of what breaks it.
//!
//! A rule begins with comment lines: `# title:` says what is wrong in one sentence without a full stop, `# description:` why
//! it matters, `# severity:` is `error`, `warning` or `note`. Its variable `?focus` is the node at fault; `?path`, `?value`
//! and `?message` (instead of the title) are optional. It runs on the union of all graphs, each also there by its name.
//! In sub-selects, too, `?focus` stands for what the conversion describes.

use super::look::Look;
use super::sparql::{is_about_blank_nodes, narrowed};
use super::view::View;
use super::{CheckError, Violation};
use crate::knowledge::files;
use crate::model::diagnostic::Severity;
use crate::model::terms::Terms;
use oxigraph::model::{Term, Variable};
use spareval::{QueryEvaluator, QueryResults};
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name, which is that of its file.
    pub name: String,
    /// What is wrong where it finds something.
    pub title: String,
    /// Why that matters.
    pub description: String,
    /// How grave that is.
    pub severity: Severity,
    /// The SPARQL query.
    pub query: String,
    /// The same, as it is run.
    narrowed: Query,
    /// Whether it can only find something where there are blank nodes.
    about_blank_nodes: bool,
    /// Tells whether it can find anything.
    look: Option<Look>,
}

impl Rule {
    /// A rule from the text of its file.
    ///
    /// # Errors
    /// If its header is incomplete, or its query is no SELECT with a variable `?focus`.
    pub fn parse(name: &str, text: &str) -> Result<Self, CheckError> {
        let refuse = |message: String| CheckError::Rule { rule: name.to_owned(), message };
        let header = |key: &str| {
            let found = text.lines().find_map(|line| line.strip_prefix("# ")?.strip_prefix(key)?.strip_prefix(": "));
            found.map(str::trim).filter(|value| !value.is_empty()).ok_or_else(|| refuse(format!("it has no line `# {key}: …`")))
        };
        let severity = match header("severity")? {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            "note" => Severity::Note,
            other => return Err(refuse(format!("the severity `{other}` is none of error, warning, note"))),
        };
        let focus = Variable::new_unchecked("focus");
        let (narrowed, about_blank_nodes) = match SparqlParser::new().parse_query(text).map_err(|e| refuse(e.to_string()))? {
            Query::Select { pattern, dataset, base_iri } if names(&pattern, &focus) => {
                let about_blank_nodes = is_about_blank_nodes(&pattern);
                (Query::Select { pattern: narrowed(pattern, &focus), dataset, base_iri }, about_blank_nodes)
            }
            _ => return Err(refuse("it is no SELECT with a variable ?focus".to_owned())),
        };
        let (title, description) = (header("title")?.to_owned(), header("description")?.to_owned());
        let (name, query) = (name.to_owned(), text.to_owned());
        Ok(Self { name, title, description, severity, query, narrowed, about_blank_nodes, look: None })
    }

    /// Makes it ready to be looked at before it is run, with its terms among those that every view knows.
    pub(super) fn prepare(&mut self, terms: &mut Terms) {
        self.look = match &self.narrowed {
            Query::Select { pattern, dataset: None, .. } => Look::at(pattern, terms),
            _ => None,
        };
    }

    /// Whether it can find anything. To ask each term whether it is a blank node takes long, and there are none as a rule.
    fn can_find(&self, view: &View<'_>) -> bool {
        (!self.about_blank_nodes || view.has_blank_nodes()) && self.look.as_ref().is_none_or(|look| look.can_find(view))
    }
}

/// The rules that are part of the binary.
///
/// # Errors
/// The first that cannot be used.
pub fn standard() -> Result<Vec<Rule>, CheckError> {
    let parse = |(file, bytes): (String, std::borrow::Cow<'static, [u8]>)| {
        let name = file.rsplit('/').next().unwrap_or(&file).trim_end_matches(".rq").to_owned();
        let text = std::str::from_utf8(&bytes).map_err(|e| CheckError::Rule { rule: name.clone(), message: e.to_string() })?;
        Rule::parse(&name, text)
    };
    files::queries("checks").into_iter().map(parse).collect()
}

/// Whether a query gives a variable.
fn names(pattern: &GraphPattern, variable: &Variable) -> bool {
    match pattern {
        GraphPattern::Project { variables, .. } => variables.contains(variable),
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::OrderBy { inner, .. } => names(inner, variable),
        _ => false,
    }
}

/// What the rules find of what a conversion describes.
///
/// # Errors
/// If a query cannot be evaluated.
pub(super) fn run(rules: &[Rule], view: &View<'_>) -> Result<Vec<Violation>, CheckError> {
    let evaluator = QueryEvaluator::new();
    let mut violations = Vec::new();
    for rule in rules.iter().filter(|rule| rule.can_find(view)) {
        apply(rule, &evaluator, view, &mut violations)?;
    }
    Ok(violations)
}

fn apply(rule: &Rule, evaluator: &QueryEvaluator, view: &View<'_>, violations: &mut Vec<Violation>) -> Result<(), CheckError> {
    let refuse = |message: String| CheckError::Rule { rule: rule.name.clone(), message };
    // The view's default graph is the union of all graphs.
    let results = evaluator.prepare(&rule.narrowed).execute(view).map_err(|e| refuse(e.to_string()))?;
    let QueryResults::Solutions(solutions) = results else {
        return Err(refuse("it is no SELECT".to_owned()));
    };
    for solution in solutions {
        let solution = solution.map_err(|e| refuse(e.to_string()))?;
        let focus = solution.get("focus").ok_or_else(|| refuse("a row has no ?focus".to_owned()))?;
        violations.push(Violation {
            severity: rule.severity,
            shape: format!("queries/checks/{}.rq", rule.name),
            focus: focus.clone(),
            path: match solution.get("path") {
                Some(Term::NamedNode(iri)) => Some(iri.clone()),
                _ => None,
            },
            subject_of: None,
            value: solution.get("value").cloned(),
            message: match solution.get("message") {
                Some(Term::Literal(text)) => text.value().to_owned(),
                _ => rule.title.clone(),
            },
        });
    }
    Ok(())
}
