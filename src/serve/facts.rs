//! Facts as pages show them: with links, and with what is known of the reports that they come from.

use super::error::Problem;
use super::reader::Graph;
use super::view::{self, Chrome, Evidence, Fact, Group, Value};
use crate::diff::{Single, disagreement};
use crate::facts::{group::grouped, terms};
use crate::model::vocab::{BASE, dcterms, graph};
use oxigraph::model::{NamedNode, Term};
use std::collections::{BTreeSet, HashMap};

pub use crate::facts::group::Side;
pub use crate::facts::{
    Claim, Statement, claim, claims_from, claims_of, claims_to, claims_within, incoming, iri, is_inferred, label, labels, names,
    names_of, outgoing, resources,
};

/// So many values of a property are shown on a page.
const SHOWN: usize = 200;

/// What pages need to know of the reports that evidence comes from, looked up once a page.
pub struct Reports<'a> {
    graph: &'a Graph,
    lang: &'static str,
    known: HashMap<String, (String, Option<String>)>,
}

impl<'a> Reports<'a> {
    /// Nothing is looked up yet.
    pub fn new(graph: &'a Graph, c: &Chrome) -> Self {
        Self { graph, lang: c.lang, known: HashMap::new() }
    }

    /// A report's name and language.
    pub fn get(&mut self, id: &str) -> Result<(String, Option<String>), Problem> {
        if let Some(known) = self.known.get(id) {
            return Ok(known.clone());
        }
        let Ok(report) = NamedNode::new(format!("{BASE}id/report/{id}")) else { return Ok((id.to_owned(), None)) };
        let said = outgoing(self.graph, &report)?;
        let names = names(&said);
        let name = view::best(&names, self.lang).map_or_else(|| id.to_owned(), |(_, text)| text.clone());
        let language = said.iter().find(|s| s.property == dcterms::LANGUAGE).and_then(|s| match &s.end {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            Term::NamedNode(iri) => Some(view::short(iri).to_ascii_lowercase()),
            Term::BlankNode(_) => None,
        });
        self.known.insert(id.to_owned(), (name.clone(), language.clone()));
        Ok((name, language))
    }

    /// A claim's evidence, as pages show it.
    pub fn evidence(&mut self, claim: &Claim, c: &Chrome) -> Result<Evidence, Problem> {
        let (report, language) = self.get(&claim.report)?;
        let lang = if claim.lang.is_empty() { language.unwrap_or_default() } else { claim.lang.clone() };
        let anchor = claim.span.map(|(start, _)| format!("#c{start}")).unwrap_or_default();
        Ok(Evidence {
            quote: claim.exact.clone(),
            prefix: claim.prefix.clone(),
            suffix: claim.suffix.clone(),
            lang: view::foreign(&lang, c.lang),
            number: claim.question(),
            href: format!("/page/id/report/{}{anchor}", claim.report),
            report,
            page: claim.page.clone(),
            method: claim.method.clone(),
            confidence: claim.confidence.map(|sure| format!("{sure:.2}")),
            status: claim.status.as_ref().map(|status| {
                let key = format!("evidence.status.{status}");
                let text = c.t(&key);
                if text == key { status.clone() } else { text.to_owned() }
            }),
            claim: view::href(claim.iri.as_str()).map(|(href, _)| href).unwrap_or_default(),
        })
    }
}

/// Groups statements by property, the graph's own properties first, each fact with the claims that state it.
pub fn groups(
    statements: &[Statement],
    claims: &[Claim],
    side: Side,
    this: &str,
    reports: &mut Reports<'_>,
    c: &Chrome,
) -> Result<Vec<Group>, Problem> {
    let mut groups = Vec::new();
    for group in grouped(statements, claims, side, c.lang) {
        let said = group.facts.iter().flat_map(|fact| fact.claims.iter().copied());
        let differ = side == Side::Subject && disagreement(Single::shared(), group.property, said).is_some();
        let more = group.facts.len().saturating_sub(SHOWN);
        let mut facts = Vec::new();
        for fact in group.facts.iter().take(SHOWN) {
            let evidence: Vec<Evidence> = fact.claims.iter().map(|claim| reports.evidence(claim, c)).collect::<Result<_, _>>()?;
            facts.push(Fact {
                value: Value::term(&fact.statement.end, &fact.statement.labels, c.lang),
                origin: if evidence.is_empty() { origin(&fact.statement.graphs, c) } else { None },
                evidence,
            });
        }
        groups.push(Group {
            label: group.label,
            href: view::href(group.property.as_str()).map(|(href, _)| href).unwrap_or_default(),
            comment: terms::comment(group.property.as_ref(), c.lang),
            incoming: side == Side::Value,
            this: this.to_owned(),
            differ,
            facts,
            more,
        });
    }
    Ok(groups)
}

/// Where a fact without a claim comes from.
fn origin(graphs: &BTreeSet<String>, c: &Chrome) -> Option<String> {
    let authority = graph::authority();
    if graphs.contains(authority.as_str()) {
        return Some(c.t("entity.reference").to_owned());
    }
    let source = graph::source("");
    graphs.iter().any(|name| name.starts_with(source.as_str())).then(|| c.t("entity.structure").to_owned())
}
