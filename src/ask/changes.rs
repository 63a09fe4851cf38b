//! What changed from one year to another: the facts that only the one or only the other year's reports state.

use super::answer::{Answer, Row, Status};
use super::evidence::{self, Statement};
use super::sorts::{self, Sorts};
use super::sparql::{Group, Place, select};
use super::{AskError, Asker, Understood, say};
use crate::facts::terms;
use crate::model::vocab::{BASE, flg};
use crate::store::Request;
use oxigraph::model::{NamedNode, Term};
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
    const MOST: usize = 200;
    let lexicon = understood.books.lexicon;
    let mut queries = Vec::new();
    for (these, those, year, key) in [(&reports.1, &reports.0, years.1, "added"), (&reports.0, &reports.1, years.1, "removed")] {
        if these.is_empty() {
            continue;
        }
        let graphs = |all: &[String]| -> Vec<Term> {
            all.iter().map(|id| NamedNode::new_unchecked(format!("{BASE}graph/report/{id}")).into()).collect()
        };
        let place = |name: &str| Place::Variable(name.to_owned());
        let mut body = Group::default();
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
        let query = select("DISTINCT ?subject ?property ?value", &body, "ORDER BY ?subject ?property ?value");
        let table = asker.store.table(&Request::new(&query).limited(asker.limits))?;
        queries.push(query);
        let mut statements = BTreeSet::new();
        for row in table.rows.iter().take(MOST) {
            if let [Some(subject), Some(property), Some(value)] = row.as_slice() {
                statements.insert(Statement::new(subject, property, value));
            }
        }
        let quotes = evidence::of(asker.store, &statements, Some(these))?;
        for row in table.rows.iter().take(MOST) {
            let [Some(subject), Some(Term::NamedNode(property)), Some(value)] = row.as_slice() else { continue };
            if [flg::REFERENCE_YEAR, flg::ABOUT_COUNTRY].contains(&property.as_ref()) {
                continue;
            }
            let evidence = quotes.get(&Statement::new(subject, &property.clone().into(), value)).cloned().unwrap_or_default();
            let text = format!(
                "{} – {}: {} ({})",
                name(asker, subject, lexicon.lang),
                terms::label(property.as_ref(), lexicon.lang),
                name(asker, value, lexicon.lang),
                say::filled(lexicon.words, key, &[("year", year.to_string())])
            );
            let iri = match subject {
                Term::NamedNode(iri) => Some(iri.as_str().to_owned()),
                _ => None,
            };
            answer.answers.push(Row { label: text, iri, value: Some(key.into()), evidence });
        }
    }
    answer.query = queries.into_iter().next();
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
