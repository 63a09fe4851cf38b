//! The page of a resource: what it is, what is said of it and with it, and the words that say so.

use super::{Html, about, country, question, render, report, summary};
use crate::describe::Overview;
use crate::model::vocab::{BASE, class, flg, graph as graphs, rdf, skos};
use crate::serve::error::Problem;
use crate::serve::facts::{self, Reports, Side};
use crate::serve::pictures::{Picture, around};
use crate::serve::reader::Graph;
use crate::serve::terms;
use crate::serve::view::{About, Chrome, Group, Link, Statement, Value, best, foreign, href, short};
use askama::Template;
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "entity.html")]
struct Page<'a> {
    c: &'a Chrome,
    about: About,
    name: Value,
    kinds: Vec<Link>,
    acronyms: Vec<String>,
    comment: String,
    others: Shortened<Value>,
    named_in: Shortened<Link>,
    around: Option<Picture>,
    outgoing: Vec<Group>,
    incoming: Vec<Group>,
    understood: Vec<Statement>,
    inferred: Vec<Group>,
}

/// A list of which the first few are shown, and the others on request.
pub struct Shortened<T> {
    /// The first few.
    pub first: Vec<T>,
    /// The others.
    pub rest: Vec<T>,
}

impl<T> Shortened<T> {
    /// So many are shown at once.
    const AT_ONCE: usize = 8;

    /// A list, shortened.
    pub fn new(mut first: Vec<T>) -> Self {
        let rest = first.split_off(first.len().min(Self::AT_ONCE));
        Self { first, rest }
    }
}

/// The page of `this`, in the manner of what it is.
///
/// # Errors
/// [`Problem::not_found`] if the graph does not speak of it.
pub fn page(graph: &Graph, this: &NamedNode, overview: &Overview, c: &Chrome) -> Result<Html, Problem> {
    let said = facts::outgoing(graph, this)?;
    let is = |class: NamedNodeRef<'_>| facts::resources(&said, rdf::TYPE).any(|(kind, _)| *kind == class);
    if is(class::REPORT) {
        return report::page(graph, this, &said, overview, c);
    }
    if is(class::QUESTION) {
        return question::page(graph, this, &said, c);
    }
    if is(class::COUNTRY) {
        return country::page(graph, this, &said, overview, c);
    }
    if is(class::CLAIM) {
        return question::claim(graph, this, c);
    }
    let others = facts::incoming(graph, this)?;
    if said.is_empty() && others.is_empty() {
        return Err(Problem::not_found(this.as_str().strip_prefix(BASE).unwrap_or(this.as_str())));
    }
    let names = facts::names(&said);
    let name = match best(&names, c.lang) {
        Some((code, text)) => Value { text: text.clone(), lang: foreign(code, c.lang), ..Value::default() },
        None => Value::words(short(this)),
    };
    let mut reports = Reports::new(graph, c);
    let (follows, said): (Vec<_>, Vec<_>) = said.into_iter().partition(facts::is_inferred);
    let others: Vec<_> = others.into_iter().filter(|statement| !facts::is_inferred(statement)).collect();
    let claims_of = facts::claims_of(graph, this)?;
    let claims_to = facts::claims_to(graph, this)?;
    let told: Vec<_> = said.iter().filter(|statement| !is_in_head(statement, &claims_of)).cloned().collect();
    let acronyms: BTreeSet<String> = facts::labels(&said, flg::ACRONYM).into_iter().map(|(_, text)| text).collect();
    let kinds = kinds(&said, c);
    let comment = best(&facts::labels(&said, skos::DEFINITION), c.lang).map(|(_, text)| text.clone()).unwrap_or_default();
    let outgoing = facts::groups(&told, &claims_of, Side::Subject, &name.text, &mut reports, c)?;
    let kind = kinds.iter().map(|kind| kind.text.as_str()).collect::<Vec<_>>().join(", ");
    let description = if comment.is_empty() { summary(&kind, &outgoing) } else { comment.clone() };
    render(&Page {
        c,
        about: about(this.as_str(), &name.text, &description, c),
        kinds,
        acronyms: acronyms.into_iter().filter(|acronym| *acronym != name.text).collect(),
        comment,
        others: Shortened::new(also(&said, &name, c)),
        named_in: Shortened::new(named_in(&said, &mut reports)?),
        around: around::picture(graph, this, c)?,
        outgoing,
        incoming: facts::groups(&others, &claims_to, Side::Value, &name.text, &mut reports, c)?,
        understood: understood(graph, this, &mut reports, c)?,
        inferred: facts::groups(&follows, &[], Side::Subject, &name.text, &mut reports, c)?,
        name,
    })
}

/// Whether the head of a page has a statement already: a name that no report introduces.
fn is_in_head(statement: &facts::Statement, claims: &[facts::Claim]) -> bool {
    let is_name = [skos::PREF_LABEL, skos::ALT_LABEL, flg::ACRONYM].iter().any(|property| statement.property == *property);
    is_name && !claims.iter().any(|claim| claim.property == statement.property && claim.value == statement.end)
}

/// The classes of a resource, those of the graph's own ontology first and alone where there are any.
pub fn kinds(said: &[facts::Statement], c: &Chrome) -> Vec<Link> {
    let all: Vec<&NamedNode> = facts::resources(said, rdf::TYPE).map(|(kind, _)| kind).collect();
    let own: Vec<&NamedNode> = all.iter().copied().filter(|kind| kind.as_str().starts_with(class::NS)).collect();
    let link = |kind: &NamedNode| Link {
        href: match kind.as_str().strip_prefix(class::NS) {
            Some(local) => format!("/page/list/{local}"),
            None => href(kind.as_str()).map(|(href, _)| href).unwrap_or_default(),
        },
        text: terms::label(kind.as_ref(), c.lang),
    };
    if own.is_empty() { all.into_iter().map(link).collect() } else { own.into_iter().map(link).collect() }
}

/// The other names of a resource, each once.
pub fn also(said: &[facts::Statement], name: &Value, c: &Chrome) -> Vec<Value> {
    let mut seen = BTreeSet::from([name.text.clone()]);
    let all = facts::labels(said, skos::PREF_LABEL).into_iter().chain(facts::labels(said, skos::ALT_LABEL));
    all.filter(|(_, text)| seen.insert(text.clone()))
        .map(|(code, text)| Value { text, lang: foreign(&code, c.lang), ..Value::default() })
        .collect()
}

/// The reports that speak of a resource: those in whose source graphs it has a class.
fn named_in(said: &[facts::Statement], reports: &mut Reports<'_>) -> Result<Vec<Link>, Problem> {
    let source = graphs::source("");
    let ids: BTreeSet<&str> = facts::resources(said, rdf::TYPE)
        .flat_map(|(_, statement)| statement.graphs.iter().filter_map(|name| name.strip_prefix(source.as_str())))
        .collect();
    ids.into_iter().map(|id| Ok(Link { href: format!("/page/id/report/{id}"), text: reports.get(id)?.0 })).collect()
}

/// What was read from an answer, a section or a row.
fn understood(graph: &Graph, this: &NamedNode, reports: &mut Reports<'_>, c: &Chrome) -> Result<Vec<Statement>, Problem> {
    let claims = facts::claims_from(graph, this)?;
    claims.iter().map(|claim| statement(graph, claim, reports, c)).collect()
}

/// A claim as a line: subject, property, value, and the words.
pub fn statement(graph: &Graph, claim: &facts::Claim, reports: &mut Reports<'_>, c: &Chrome) -> Result<Statement, Problem> {
    let subject = facts::names_of(graph, &claim.subject)?;
    let value = match &claim.value {
        oxigraph::model::Term::NamedNode(iri) => facts::names_of(graph, iri)?,
        _ => Vec::new(),
    };
    Ok(Statement {
        subject: Value::resource(&claim.subject, &subject, c.lang),
        property: terms::label(claim.property.as_ref(), c.lang),
        property_href: href(claim.property.as_str()).map(|(href, _)| href).unwrap_or_default(),
        fact: crate::serve::view::Fact {
            value: Value::term(&claim.value, &value, c.lang),
            evidence: vec![reports.evidence(claim, c)?],
            origin: None,
        },
    })
}
