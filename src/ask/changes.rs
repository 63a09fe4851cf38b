//! What changed from one year to another: the facts that only the one or only the other year's reports state.

use super::answer::{Answer, Row, Status};
use super::evidence::{self, Statement};
use super::sorts::{self, Sorts};
use super::sparql::{self, Group, Place};
use super::{AskError, Asker, Understood, say};
use crate::facts::terms;
use crate::model::vocab::{BASE, flg};
use crate::store::Request;
use oxigraph::model::{Literal, NamedNode, Term};
use std::collections::BTreeSet;

/// The facts that only the one or only the other year's reports state.
pub(super) fn differences(
    asker: &Asker<'_>,
    understood: &Understood<'_>,
    reports: &(Vec<String>, Vec<String>),
    years: (i32, i32),
    kinds: Sorts,
    mut answer: Answer,
) -> Result<Answer, AskError> {
    /// Of what is new, and of what is gone: the one never leaves the other out.
    const MOST: usize = 200;
    let lexicon = understood.books.lexicon;
    let sides = [("added", &reports.1, &reports.0), ("removed", &reports.0, &reports.1)];
    let graphs = |all: &[String]| -> Vec<Term> {
        all.iter().map(|id| NamedNode::new_unchecked(format!("{BASE}graph/report/{id}")).into()).collect()
    };
    let place = |name: &str| Place::Variable(name.to_owned());
    let projection = "DISTINCT ?subject ?property ?value ?change";
    // The year and the country of a report differ because the report is another.
    let own: Vec<String> = [flg::REFERENCE_YEAR, flg::ABOUT_COUNTRY].into_iter().map(sparql::name).collect();
    let outer = Group::default();
    let mut groups = Vec::new();
    for (key, these, those) in sides.iter().filter(|(_, these, _)| !these.is_empty()) {
        let mut side = outer.inner();
        let mut body = side.inner();
        body.values("graph", &graphs(these));
        body.triple(&place("subject"), "?property", &place("value"), Some("graph"));
        if kinds != 0 {
            let classes: Vec<Term> = sorts::iris(kinds).into_iter().map(|iri| NamedNode::new_unchecked(iri).into()).collect();
            body.values("kind", &classes);
            body.triple(&place("subject"), "a", &place("kind"), None);
        }
        let mut other = body.inner();
        other.values("other", &graphs(those));
        other.triple(&place("subject"), "?property", &place("value"), Some("other"));
        body.not_exists(&other);
        body.bind(&Place::Term(Literal::new_simple_literal(*key).into()), "change");
        body.filter(&format!("?property NOT IN ({})", own.join(", ")));
        side.sub_select(projection, &body, &format!("ORDER BY ?subject ?property ?value LIMIT {MOST}"));
        groups.push(side);
    }
    let mut body = outer;
    body.union(&groups);
    let query = sparql::select(projection, &body, "ORDER BY ?change ?subject ?property ?value");
    let table = asker.store.table(&Request::new(&query).limited(asker.limits))?;
    for (key, these, _) in sides {
        let mut rows = Vec::new();
        for row in &table.rows {
            if let [Some(subject), Some(Term::NamedNode(property)), Some(value), Some(Term::Literal(change))] = row.as_slice()
                && change.value() == key
            {
                rows.push((subject, property, value, Statement::new(subject, &property.clone().into(), value)));
            }
        }
        let statements: BTreeSet<Statement> = rows.iter().map(|(.., statement)| statement.clone()).collect();
        let quotes = evidence::of(asker.store, &statements, Some(these))?;
        for (subject, property, value, statement) in rows {
            let evidence = quotes.get(&statement).cloned().unwrap_or_default();
            let text = format!(
                "{} – {}: {} ({})",
                name(asker, subject, lexicon.lang),
                terms::label(property.as_ref(), lexicon.lang),
                name(asker, value, lexicon.lang),
                say::filled(lexicon.words, key, &[("year", years.1.to_string())])
            );
            let iri = match subject {
                Term::NamedNode(iri) => Some(iri.as_str().to_owned()),
                _ => None,
            };
            answer.answers.push(Row { label: text, iri, value: Some(key.into()), evidence, ..Row::default() });
        }
    }
    answer.query = Some(query).filter(|_| !groups.is_empty());
    answer.status = if answer.answers.is_empty() { Status::NothingInGraph } else { Status::Answered };
    answer.sentence = if answer.answers.is_empty() {
        say::filled(lexicon.words, "nothing-in-graph", &[])
    } else {
        let labels: Vec<String> = answer.answers.iter().map(|row| row.label.clone()).collect();
        say::list(&labels, lexicon.words) + "."
    };
    Ok(answer)
}

fn name(asker: &Asker<'_>, term: &Term, lang: &str) -> String {
    match term {
        Term::NamedNode(iri) => {
            super::rows::label(asker.vocabulary, iri.as_ref(), lang).unwrap_or_else(|| crate::model::vocab::compact(iri.as_ref()))
        }
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}
