//! New things that look alike: what a person is asked about.

use super::identity::{Mention, comparable, has_name_of_its_own, words};
use super::standing::Standing;
use crate::model::vocab::org;
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// Why two things may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// They have an acronym in common.
    SameAcronym,
    /// Their names are nearly the same, or all words of one are in the other.
    SimilarName,
}

/// Two names as alike as this are worth a look.
const ALIKE: f64 = 0.94;
/// So many words of one name have to be in the other.
const FEWEST_WORDS: usize = 3;
/// Words this short say nothing.
const SMALL: usize = 3;

/// The pairs of things, each by its IRI in the store, that may be one, and nobody has decided on.
pub fn likely<'a>(mentions: &[&'a Mention], standing: &Standing) -> Vec<(&'a Mention, &'a Mention, Likeness)> {
    // Things are compared that share an acronym or a word of their names.
    let mut buckets: BTreeMap<String, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions.iter().filter(|m| has_name_of_its_own(m.class.as_ref()) && m.class.as_ref() != org::ORGANIZATION) {
        let keys: BTreeSet<String> =
            mention.full().iter().filter_map(|name| content(name).into_iter().max_by_key(String::len)).collect();
        for key in keys.into_iter().chain(mention.acronyms().into_iter().map(|a| format!("({a})"))) {
            buckets.entry(key).or_default().push(mention);
        }
    }
    let mut found: BTreeMap<(NamedNode, NamedNode), (&Mention, &Mention, Likeness)> = BTreeMap::new();
    for bucket in buckets.values() {
        for (at, a) in bucket.iter().enumerate() {
            for b in &bucket[at + 1..] {
                let (one, other) = (a.place.iri(), b.place.iri());
                if one == other
                    || standing.is_split(one, other)
                    || standing.is_split(&a.place.own, &b.place.own)
                    || !comparable(a, b)
                {
                    continue;
                }
                let Some(likeness) = alike(a, b) else { continue };
                let key = (one.min(other).clone(), one.max(other).clone());
                let pair = if one < other { (*a, *b, likeness) } else { (*b, *a, likeness) };
                found.entry(key).or_insert(pair);
            }
        }
    }
    found.into_values().collect()
}

fn alike(a: &Mention, b: &Mention) -> Option<Likeness> {
    if a.acronyms().intersection(&b.acronyms()).next().is_some() {
        return Some(Likeness::SameAcronym);
    }
    let similar = |one: &String, other: &String| {
        let (x, y) = (content(one), content(other));
        let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
        let within = short.len() >= FEWEST_WORDS && short.first() == long.first() && short.iter().all(|w| long.contains(w));
        within
            || one.len() > 12 && strsim::jaro_winkler(one, other) >= ALIKE && strsim::normalized_levenshtein(one, other) >= 0.85
    };
    a.full().iter().any(|one| b.full().iter().any(|other| similar(one, other))).then_some(Likeness::SimilarName)
}

fn content(name: &str) -> Vec<String> {
    words(name).into_iter().filter(|word| word.len() > SMALL).collect()
}
