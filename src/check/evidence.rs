//! The evidence of a conversion: each fact of a report has a claim, each claim a fact, an answer of the same report that it
//! rests on, and a quote that fits where it is said to stand.
//!
//! These conditions hold between graphs, each of which belongs to another by its name, and between each claim and its fact,
//! which neither shapes nor, for all claims of every report, queries say well: as queries they took a sixth of the time of a text.

use super::Violation;
use super::index::values;
use super::view::{NO_GRAPH, Scope, TOLD, View};
use crate::model::diagnostic::Severity;
use crate::model::id::resource;
use crate::model::statements::Row;
use crate::model::terms::TermId as Id;
use crate::model::vocab::{flg, graph, oa, prov, rdf, skos};
use oxigraph::model::{NamedNode, NamedNodeRef, TermRef};
use rustc_hash::{FxHashMap, FxHashSet};

/// A condition, by the name under which it is told.
struct Condition {
    name: &'static str,
    /// What is wrong where it does not hold.
    title: &'static str,
}

const FACT_WITHOUT_CLAIM: Condition = Condition {
    name: "fact-without-claim",
    title: "A fact of the report has no claim, so nobody could see which words state it",
};
const CLAIM_WITHOUT_FACT: Condition = Condition {
    name: "claim-without-fact",
    title: "A claim has no fact: what it quotes is neither in the report's graph nor a name in its source graph",
};
const CLAIM_FROM_ELSEWHERE: Condition =
    Condition { name: "claim-from-elsewhere", title: "A claim rests on an answer of another report" };
const LONG_QUOTE: Condition =
    Condition { name: "quote-longer-than-its-place", title: "A quote is longer than the place that it is said to stand at" };

/// Whatever is wrong with the evidence in what is checked.
pub(super) fn violations(view: &View<'_>) -> Vec<Violation> {
    let mut run = Run { view, found: Vec::new() };
    let (facts, evidence) = (graph::report("").into_string(), graph::evidence("").into_string());
    let graphs: Vec<(Id, String)> = view.graphs().filter_map(|graph| Some((graph, iri(view, graph)?))).collect();
    let of = |kind: String| graphs.iter().filter_map(move |(graph, name)| Some((*graph, name.strip_prefix(&kind)?)));
    let mut stated: FxHashMap<&str, FxHashSet<[Id; 3]>> = FxHashMap::default();
    for (graph, report) in of(evidence) {
        let claims = run.stated(graph);
        run.claims(graph, report, &claims);
        stated.insert(report, claims.into_iter().map(|[_, s, p, o]| [s, p, o]).collect());
    }
    for (graph, report) in of(facts) {
        run.facts(graph, stated.get(report));
    }
    run.quotes();
    run.found
}

struct Run<'r> {
    view: &'r View<'r>,
    found: Vec<Violation>,
}

impl Run<'_> {
    fn id(&self, term: NamedNodeRef<'_>) -> Option<Id> {
        self.view.id(term.into())
    }

    /// What the claims of a graph state: claim, subject, property and value.
    fn stated(&self, evidence: Id) -> Vec<[Id; 4]> {
        let view = self.view;
        let parts = [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].map(|part| self.id(part));
        let [Some(subject), Some(predicate), Some(object)] = parts else { return Vec::new() };
        let mut all = Vec::new();
        for [claim, _, property, _] in view.find(None, Some(predicate), None, Scope::In(evidence)) {
            let of = |part: Id| view.said(claim, part).filter(move |row| row[3] == evidence).map(|row| row[2]);
            all.extend(of(subject).flat_map(|s| of(object).map(move |o| [claim, s, property, o])));
        }
        all
    }

    /// Holds the claims of a report to its facts and answers.
    fn claims(&mut self, evidence: Id, report: &str, claims: &[[Id; 4]]) {
        let view = self.view;
        let in_graph = |graph: NamedNode| self.id(graph.as_ref());
        let facts = in_graph(graph::report(report));
        // Names of what was taken for something else are that other's, and follow from both.
        let named = [in_graph(graph::source(report)), in_graph(graph::inferred())];
        let naming = [skos::PREF_LABEL, skos::ALT_LABEL, flg::ACRONYM].map(|property| self.id(property));
        let [name, other_name, _] = naming;
        let (status, rejected) = (self.id(flg::STATUS), self.id(resource("status", "rejected").as_ref()));
        let (derived, in_report) = (self.id(prov::WAS_DERIVED_FROM), self.id(flg::IN_REPORT));
        let own = self.id(resource("report", report).as_ref());
        let is_said = |[s, p, o]: [Id; 3], of: &dyn Fn(Id) -> bool| view.said(s, p).any(|row| row[2] == o && of(row[3]));
        let is_in = |graph: Option<Id>, fact: [Id; 3]| graph.is_some_and(|graph| is_said(fact, &|of| of == graph));
        let mut wrong = Vec::new();
        for &[claim, s, p, o] in claims {
            let fact = [s, p, o];
            let has_name = || naming.contains(&Some(p)) && named.iter().any(|graph| is_in(*graph, fact));
            // A name that the other is shown by already is not told again as another of its names.
            let is_shown = || other_name == Some(p) && name.is_some_and(|name| is_said([s, name, o], &|of| of != NO_GRAPH));
            // What a person has rejected has no fact any more.
            let is_rejected = || status.zip(rejected).is_some_and(|(p, o)| is_in(Some(evidence), [claim, p, o]));
            if !(is_in(facts, fact) || has_name() || is_shown() || is_rejected()) {
                wrong.push((&CLAIM_WITHOUT_FACT, claim, p, o));
            }
        }
        if let Some((derived, in_report)) = derived.zip(in_report) {
            for [claim, _, answer, _] in view.find(None, Some(derived), None, Scope::In(evidence)) {
                if values(view.about(answer), in_report).any(|report| own != Some(report)) {
                    wrong.push((&CLAIM_FROM_ELSEWHERE, claim, derived, answer));
                }
            }
        }
        for (condition, claim, property, value) in wrong {
            self.report(condition, claim, property, value);
        }
    }

    /// Holds the facts of a graph to what claims state.
    fn facts(&mut self, facts: Id, stated: Option<&FxHashSet<[Id; 3]>>) {
        let view = self.view;
        for &[s, p, o, _] in view.told_in(facts) {
            if !stated.is_some_and(|stated| stated.contains(&[s, p, o])) {
                self.report(&FACT_WITHOUT_CLAIM, s, p, o);
            }
        }
    }

    /// Quotes are verbatim but for line wraps, so that they are as long as their place in the source, or shorter.
    fn quotes(&mut self) {
        let view = self.view;
        let known = [oa::HAS_SELECTOR, oa::EXACT, oa::START, oa::END].map(|property| self.id(property));
        let [Some(selector), Some(exact), Some(start), Some(end)] = known else { return };
        let selected: Vec<Row> = view.find(None, Some(selector), None, Scope::In(TOLD)).collect();
        for of_one in selected.chunk_by(|a, b| a[0] == b[0]) {
            let selectors = || of_one.iter().map(|row| (row[0], view.about(row[2])));
            let number = |id| text(view, id)?.parse::<usize>().ok();
            let place = |(_, at): (Id, &[Row])| {
                let from = values(at, start).filter_map(number).max()?;
                values(at, end).filter_map(number).min().map(|to| to.saturating_sub(from))
            };
            let Some(room) = selectors().filter_map(place).min() else { continue };
            for (claim, quote) in selectors().flat_map(|(claim, at)| values(at, exact).map(move |quote| (claim, quote))) {
                // No text has more characters than bytes.
                if text(view, quote).is_some_and(|quote| quote.len() > room && quote.chars().count() > room) {
                    self.report(&LONG_QUOTE, claim, exact, quote);
                }
            }
        }
    }

    fn report(&mut self, condition: &Condition, focus: Id, path: Id, value: Id) {
        let term = |id: Id| self.view.term(id).map(TermRef::into_owned);
        let Some(focus) = term(focus) else { return };
        self.found.push(Violation {
            severity: Severity::Error,
            shape: format!("evidence/{}", condition.name),
            focus,
            path: term(path).and_then(|path| NamedNode::try_from(path).ok()),
            subject_of: None,
            value: term(value),
            message: condition.title.to_owned(),
        });
    }
}

fn iri(view: &View<'_>, id: Id) -> Option<String> {
    match view.term(id)? {
        TermRef::NamedNode(iri) => Some(iri.as_str().to_owned()),
        _ => None,
    }
}

/// The text of a literal.
fn text<'v>(view: &'v View<'_>, id: Id) -> Option<&'v str> {
    match view.term(id)? {
        TermRef::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}
