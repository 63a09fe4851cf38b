//! An entity: what it is, what is said of it and with it, and the words that say so.

use crate::cli::output::{Output, visible};
use crate::facts::group::{Fact as Found, Side, grouped};
use crate::facts::labels::{best, named, short, shown};
use crate::facts::{self, Claim, Statement, terms, texts};
use crate::model::vocab::{compact, dcterms, flg, graph as graphs, skos};
use crate::store::{Pattern, Store, StoreError};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

/// So many facts of a property, and so many quotes of a fact, are shown unless all are asked for.
const SHOWN: usize = 12;
const QUOTES: usize = 2;

/// An entity as it is shown, and as programs get it.
#[derive(serde::Serialize)]
pub(super) struct Entity {
    iri: String,
    id: String,
    name: String,
    kinds: Vec<String>,
    names: Vec<Name>,
    facts: Vec<Fact>,
    incoming: Vec<Fact>,
}

/// A name of the entity.
#[derive(serde::Serialize)]
struct Name {
    text: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    lang: String,
    property: String,
}

/// A fact of the entity, or about another that names it.
#[derive(serde::Serialize)]
struct Fact {
    /// The property, in its short form.
    property: String,
    /// What it is called.
    label: String,
    /// The other end: a value of the entity, or that of which it is a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    evidence: Vec<Evidence>,
    /// The graphs that hold it.
    graphs: Vec<String>,
}

/// The words of a report that state a fact.
#[derive(serde::Serialize)]
struct Evidence {
    quote: String,
    report: String,
    report_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    method: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    claim: String,
}

impl Entity {
    /// Reads all that the graph says of an entity and with it.
    pub(super) fn read(graph: &dyn Store, iri: &NamedNode, lang: &str) -> Result<Self, StoreError> {
        let said: Vec<Statement> = facts::outgoing(graph, iri)?.into_iter().filter(|s| !facts::is_inferred(s)).collect();
        let others: Vec<Statement> = facts::incoming(graph, iri)?.into_iter().filter(|s| !facts::is_inferred(s)).collect();
        let (claims_of, claims_to) = (facts::claims_of(graph, iri)?, facts::claims_to(graph, iri)?);
        let said = with_rejected(graph, said, &claims_of, |claim| claim.value.clone())?;
        let others = with_rejected(graph, others, &claims_to, |claim| claim.subject.clone().into())?;
        let mut reports = Reports { graph, lang, known: HashMap::new() };
        let names = [skos::PREF_LABEL, skos::ALT_LABEL, flg::ACRONYM, dcterms::TITLE];
        let name = |property: NamedNodeRef<'static>| {
            let labels = facts::labels(&said, property).into_iter();
            labels.map(move |(lang, text)| Name { text, lang, property: compact(property) })
        };
        Ok(Self {
            iri: iri.as_str().to_owned(),
            id: compact(iri.as_ref()),
            name: named(iri, &facts::names(&said), lang).0,
            kinds: facts::kinds(graph, iri)?.iter().map(|kind| terms::label(kind.as_ref(), lang)).collect(),
            names: names.into_iter().flat_map(name).collect(),
            facts: reports.facts(&said, &claims_of, Side::Subject)?,
            incoming: reports.facts(&others, &claims_to, Side::Value)?,
        })
    }

    /// Writes it for people.
    pub(super) fn write(&self, all: bool, lang: &str, out: &mut Output) -> io::Result<()> {
        let style = out.style;
        let kinds = if self.kinds.is_empty() { String::new() } else { format!(" – {}", self.kinds.join(", ")) };
        out.line(format_args!("{}{kinds}", style.strong(visible(&self.name))))?;
        out.line(format_args!("{}", style.faint(&self.iri)))?;
        let mut others: Vec<&str> = self.names.iter().map(|name| name.text.as_str()).filter(|name| *name != self.name).collect();
        others.sort_unstable();
        others.dedup();
        if !others.is_empty() {
            let shown = if all { others.len() } else { SHOWN.min(others.len()) };
            let more = if shown < others.len() { ", …" } else { "" };
            let others = visible(&others[..shown].join(", "));
            out.line(format_args!("{} {others}{more}", texts::text("entity.also", lang)))?;
        }
        // A name that no report introduces has been told above.
        let told = |fact: &&Fact| {
            let is_name = self.names.iter().any(|name| name.property == fact.property);
            !is_name || !fact.evidence.is_empty()
        };
        let facts: Vec<&Fact> = self.facts.iter().filter(told).collect();
        let incoming: Vec<&Fact> = self.incoming.iter().collect();
        if facts.is_empty() && incoming.is_empty() {
            out.line("")?;
            return out.line(texts::text("entity.nothing", lang));
        }
        section(texts::text("entity.facts", lang), &facts, &|label| label.to_owned(), all, lang, out)?;
        let turned = |label: &str| format!("… {label} {}", self.name);
        section(texts::text("entity.incoming", lang), &incoming, &turned, all, lang, out)?;
        self.legend(out)
    }
}

/// Statements, and those that reports make and a person has rejected: they are no facts any more, and shown as what they are.
fn with_rejected(
    graph: &dyn Store,
    mut statements: Vec<Statement>,
    claims: &[Claim],
    end: impl Fn(&Claim) -> Term,
) -> Result<Vec<Statement>, StoreError> {
    for claim in claims.iter().filter(|claim| claim.status.as_deref() == Some("rejected")) {
        let end = end(claim);
        if !statements.iter().any(|s| s.property == claim.property && s.end == end) {
            let labels = if let Term::NamedNode(iri) = &end { facts::names_of(graph, iri)? } else { Vec::new() };
            statements.push(Statement { graphs: BTreeSet::new(), property: claim.property.clone(), end, labels });
        }
    }
    Ok(statements)
}

impl Entity {
    /// Writes which reports the identifiers below quotes stand for.
    fn legend(&self, out: &mut Output) -> io::Result<()> {
        let quoted = self.facts.iter().chain(&self.incoming).flat_map(|fact| &fact.evidence);
        let reports: BTreeMap<&str, &str> = quoted.map(|e| (e.report.as_str(), e.report_name.as_str())).collect();
        if !reports.is_empty() {
            out.line("")?;
        }
        reports.into_iter().try_for_each(|(id, name)| out.line(format_args!("{id}: {}", visible(name))))
    }
}

/// Writes facts under their properties.
fn section(
    heading: &str,
    facts: &[&Fact],
    label: &dyn Fn(&str) -> String,
    all: bool,
    lang: &str,
    out: &mut Output,
) -> io::Result<()> {
    let style = out.style;
    if facts.is_empty() {
        return Ok(());
    }
    out.line(format_args!("\n{}", style.strong(heading)))?;
    for group in facts.chunk_by(|a, b| a.property == b.property) {
        let Some(first) = group.first() else { continue };
        out.line(format_args!("\n  {}", style.strong(visible(&label(&first.label)))))?;
        let shown = if all { group.len() } else { SHOWN };
        for fact in group.iter().take(shown) {
            let id =
                fact.id.as_ref().filter(|id| **id != fact.text).map(|id| format!("  {}", style.faint(id))).unwrap_or_default();
            out.line(format_args!("    {}{id}", visible(&fact.text.replace('\n', " "))))?;
            let quotes = if all { fact.evidence.len() } else { QUOTES };
            for evidence in fact.evidence.iter().take(quotes) {
                out.line(format_args!("      “{}”", visible(&evidence.quote)))?;
                out.line(format_args!("      {}", style.faint(evidence.place(lang))))?;
            }
            more(fact.evidence.len(), quotes, "      ", out)?;
        }
        more(group.len(), shown, "    ", out)?;
    }
    Ok(())
}

/// That there is more than is shown.
fn more(there: usize, shown: usize, indent: &str, out: &mut Output) -> io::Result<()> {
    let style = out.style;
    match there.saturating_sub(shown) {
        0 => Ok(()),
        rest => out.line(format_args!("{indent}{}", style.faint(format_args!("… {rest} more with `--all`")))),
    }
}

impl Evidence {
    /// Report, question, line and page, rule and confidence, in the reader's language.
    fn place(&self, lang: &str) -> String {
        let mut parts = vec![visible(&self.report)];
        let mut add = |key: &str, value: Option<String>| {
            parts.extend(value.map(|value| format!("{} {value}", texts::text(key, lang).to_lowercase())));
        };
        add("evidence.question", self.question.clone());
        add("evidence.line", self.line.map(|line| line.to_string()));
        add("evidence.page", self.page.clone());
        add("evidence.confidence", self.confidence.map(|sure| format!("{sure:.2}")));
        if let Some(key @ ("evidence.status.accepted" | "evidence.status.rejected")) =
            self.status.as_ref().map(|status| format!("evidence.status.{status}")).as_deref()
        {
            parts.push(texts::text(key, lang).to_owned());
        }
        parts.join(", ")
    }
}

/// What is known of the reports that evidence comes from, looked up once.
struct Reports<'a> {
    graph: &'a dyn Store,
    lang: &'a str,
    known: HashMap<String, Report>,
}

/// A report: its name, and where its lines begin, in characters.
struct Report {
    name: String,
    lines: Vec<usize>,
}

impl Reports<'_> {
    fn facts(&mut self, statements: &[Statement], claims: &[Claim], side: Side) -> Result<Vec<Fact>, StoreError> {
        let mut all = Vec::new();
        for group in grouped(statements, claims, side, self.lang) {
            for Found { statement, claims, .. } in group.facts {
                let (text, lang) = shown(&statement.end, &statement.labels, self.lang);
                all.push(Fact {
                    property: compact(group.property.as_ref()),
                    label: group.label.clone(),
                    id: match &statement.end {
                        Term::NamedNode(iri) => Some(compact(iri.as_ref())),
                        _ => None,
                    },
                    text,
                    lang,
                    evidence: claims.into_iter().map(|claim| self.evidence(claim)).collect::<Result<_, _>>()?,
                    graphs: statement.graphs.iter().cloned().collect(),
                });
            }
        }
        Ok(all)
    }

    fn evidence(&mut self, claim: &Claim) -> Result<Evidence, StoreError> {
        let report = self.report(&claim.report)?;
        let line = claim.span.map(|(start, _)| report.lines.partition_point(|line| *line <= start)).filter(|line| *line > 0);
        Ok(Evidence {
            quote: claim.exact.clone(),
            report: claim.report.clone(),
            report_name: report.name.clone(),
            question: claim.question(),
            line,
            page: claim.page.clone(),
            method: claim.method.clone(),
            confidence: claim.confidence,
            status: claim.status.clone(),
            claim: compact(claim.iri.as_ref()),
        })
    }

    fn report(&mut self, id: &str) -> Result<&Report, StoreError> {
        if !self.known.contains_key(id) {
            let iri = crate::model::id::resource("report", id);
            let labels = facts::names_of(self.graph, &iri)?;
            let name = best(&labels, self.lang).map_or_else(|| short(&iri), |(_, text)| text.clone());
            self.known.insert(id.to_owned(), Report { name, lines: lines(self.graph, &iri, id)? });
        }
        // It was put there just now if it was not there before.
        Ok(self.known.entry(id.to_owned()).or_insert_with(|| Report { name: id.to_owned(), lines: Vec::new() }))
    }
}

/// Where the lines of a report's text begin, in characters; nothing if its text is not in the graph.
fn lines(graph: &dyn Store, iri: &NamedNode, id: &str) -> Result<Vec<usize>, StoreError> {
    let (subject, source) = (iri.clone().into(), graphs::source(id));
    let text = flg::TEXT.into_owned();
    let pattern = Pattern { subject: Some(&subject), predicate: Some(&text), graph: Some(&source), ..Pattern::default() };
    Ok(match graph.quads(pattern)?.first().map(|quad| &quad.object) {
        Some(Term::Literal(text)) => {
            let ends = text.value().chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        }
        _ => Vec::new(),
    })
}
