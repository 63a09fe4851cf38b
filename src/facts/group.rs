//! Facts by property, each with the claims that state it.

use super::labels::shown;
use super::{Claim, Statement, terms};
use crate::model::id::fold;
use crate::model::vocab::{flg, org, rdf, skos};
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, HashMap};

/// A fact, and the claims that state it.
pub struct Fact<'a> {
    /// The fact, without its end that is asked about.
    pub statement: &'a Statement,
    /// Its other end, in words.
    pub text: String,
    /// The claims, in the order of their places.
    pub claims: Vec<&'a Claim>,
}

/// The facts of a property.
pub struct Group<'a> {
    /// The property.
    pub property: &'a NamedNode,
    /// Its label.
    pub label: String,
    /// The facts: those that reports state first, then by their words.
    pub facts: Vec<Fact<'a>>,
}

/// Properties whose facts are shown elsewhere, or not at all.
fn is_apart(property: &NamedNode) -> bool {
    *property == rdf::TYPE
}

/// Names last; the graph's own properties first.
fn rank(property: &NamedNode) -> u8 {
    match property.as_ref() {
        p if p == skos::PREF_LABEL => 2,
        p if p == skos::ALT_LABEL => 3,
        p if p == flg::ACRONYM => 4,
        p if p.as_str().starts_with(flg::NS) || p.as_str().starts_with(org::NS) => 0,
        _ => 1,
    }
}

/// Which side of its facts a resource is on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// It is the subject.
    Subject,
    /// It is the value.
    Value,
}

/// Groups statements by property, the graph's own properties first and in the ontology's order, each fact with the claims that state it. Labels and words
/// are in `lang`.
pub fn grouped<'a>(statements: &'a [Statement], claims: &'a [Claim], side: Side, lang: &str) -> Vec<Group<'a>> {
    let mut evidence: HashMap<(&NamedNode, String), Vec<&Claim>> = HashMap::new();
    for claim in claims {
        let end = match side {
            Side::Subject => claim.value.to_string(),
            Side::Value => claim.subject.to_string(),
        };
        evidence.entry((&claim.property, end)).or_default().push(claim);
    }
    let mut sorted: BTreeMap<(u8, usize, String, &NamedNode), Vec<Fact<'a>>> = BTreeMap::new();
    for statement in statements.iter().filter(|statement| !is_apart(&statement.property)) {
        let property = &statement.property;
        let fact = Fact {
            statement,
            text: shown(&statement.end, &statement.labels, lang).0,
            claims: evidence.get(&(property, statement.end.to_string())).cloned().unwrap_or_default(),
        };
        let place = (rank(property), terms::position(property.as_ref()), terms::label(property.as_ref(), lang), property);
        sorted.entry(place).or_default().push(fact);
    }
    let group = |((.., label, property), mut facts): ((u8, usize, String, &'a NamedNode), Vec<Fact<'a>>)| {
        facts.sort_by_cached_key(|fact| (fact.claims.is_empty(), fold(&fact.text)));
        Group { property, label, facts }
    };
    sorted.into_iter().map(group).collect()
}
