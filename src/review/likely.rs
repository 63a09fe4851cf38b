//! Things that look alike: what a person is asked about.
//!
//! Names are compared by what they are about: the beginnings of their telling words, each weighed by how rare it is among all
//! names, because two plans are not alike for being national. Things of one country are compared closely; those of no country
//! that reports of two countries speak of, only where their names are nearly the same.

use super::compare::{numbers, stems};
use super::identity::Mention;
use super::pair::{agree, has_name_of_its_own};
use super::standing::Standing;
use crate::model::vocab::org;
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Why two things may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// They have a name in common.
    SameName,
    /// They have an acronym in common.
    SameAcronym,
    /// Their names are about the same.
    SimilarName,
}

impl Likeness {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::SameName => "the same name",
            Self::SameAcronym => "the same acronym",
            Self::SimilarName => "similar names",
        }
    }
}

/// Names that have this share of their weight in common are worth a look, if both are of one country.
const ALIKE: f64 = 0.65;
/// The same, for what reports of two countries speak of.
const ALIKE_ABROAD: f64 = 0.85;
/// Names of fewer telling words are like many others.
const FEWEST: usize = 3;
/// By so many of its rarest words a name is looked for abroad.
const RAREST: usize = 2;

/// The pairs of things, each by its IRI in the store, that may be one, and nobody has decided on. `known` are things of the
/// authority; two of those are never a pair.
pub fn likely<'a>(
    mentions: &[&'a Mention],
    known: &'a [Mention],
    standing: &Standing,
) -> BTreeMap<(NamedNode, NamedNode), Likeness> {
    let asked = |m: &&&Mention| has_name_of_its_own(m.class.as_ref()) && m.class.as_ref() != org::ORGANIZATION;
    let new: Vec<&Mention> = mentions.iter().filter(asked).copied().collect();
    let all: Vec<&Mention> = new.iter().copied().chain(known).collect();
    let names = Weights::of(&all);
    // Things are compared that share an acronym, a name, or a telling word.
    let mut buckets: BTreeMap<String, Vec<&Mention>> = BTreeMap::new();
    for mention in &all {
        for key in names.keys(mention) {
            buckets.entry(key).or_default().push(mention);
        }
    }
    let mut found: BTreeMap<(NamedNode, NamedNode), Likeness> = BTreeMap::new();
    for bucket in buckets.values() {
        for (at, a) in bucket.iter().enumerate().filter(|(_, a)| !a.report.is_empty()) {
            for b in bucket.iter().enumerate().filter(|(other, b)| b.report.is_empty() || *other > at).map(|(_, b)| b) {
                let (one, other) = (a.place.iri(), b.place.iri());
                let key = (one.min(other).clone(), one.max(other).clone());
                if one == other
                    || found.contains_key(&key)
                    || standing.is_split(one, other)
                    || standing.is_split(&a.place.own, &b.place.own)
                    || !agree(a, b)
                {
                    continue;
                }
                if let Some(likeness) = names.alike(a, b) {
                    found.insert(key, likeness);
                }
            }
        }
    }
    first_of_each(found)
}

/// What has the same name as several others is asked about once, with the first of them: it is the answer to all.
fn first_of_each(found: BTreeMap<(NamedNode, NamedNode), Likeness>) -> BTreeMap<(NamedNode, NamedNode), Likeness> {
    let mut asked: BTreeSet<NamedNode> = BTreeSet::new();
    let once = |((_, other), likeness): &((NamedNode, NamedNode), Likeness)| {
        *likeness != Likeness::SameName || asked.insert(other.clone())
    };
    found.into_iter().filter(once).collect()
}

/// How much each stem tells, among all names.
struct Weights {
    names: f64,
    bearers: HashMap<String, u32>,
}

impl Weights {
    fn of(all: &[&Mention]) -> Self {
        let mut things: BTreeMap<&NamedNode, BTreeSet<String>> = BTreeMap::new();
        for mention in all {
            let stems = mention.compared.full.iter().flat_map(|name| stems(name));
            things.entry(mention.place.iri()).or_default().extend(stems);
        }
        let mut bearers = HashMap::new();
        for stem in things.values().flatten() {
            *bearers.entry(stem.clone()).or_insert(0) += 1;
        }
        Self { names: f64::from(u32::try_from(things.len()).unwrap_or(u32::MAX)), bearers }
    }

    fn weight(&self, stem: &str) -> f64 {
        (1.0 + self.names / f64::from(self.bearers.get(stem).copied().unwrap_or(1))).ln()
    }

    /// What a thing is found by: its acronyms, its names, and their words.
    fn keys(&self, mention: &Mention) -> BTreeSet<String> {
        let kind = kind(mention);
        let mut keys: BTreeSet<String> = mention.compared.acronyms.iter().map(|a| format!("{kind} ({a})")).collect();
        let home = mention.at_home().map_or("", |home| home.as_str());
        for name in &mention.compared.full {
            keys.insert(format!("{kind} “{name}”"));
            let mut words: Vec<String> = stems(name).into_iter().collect();
            keys.extend(words.iter().map(|word| format!("{kind} {home} {word}")));
            if mention.country.is_none() {
                words.sort_by(|a, b| self.weight(b).total_cmp(&self.weight(a)).then_with(|| a.cmp(b)));
                keys.extend(words.iter().take(RAREST).map(|word| format!("{kind} * {word}")));
            }
        }
        keys
    }

    fn alike(&self, a: &Mention, b: &Mention) -> Option<Likeness> {
        if kind(a) != kind(b) {
            return None;
        }
        let at_home = a.at_home() == b.at_home();
        if a.compared.full.intersection(&b.compared.full).any(|name| at_home || stems(name).len() >= FEWEST) {
            return Some(Likeness::SameName);
        }
        if a.compared.acronyms.intersection(&b.compared.acronyms).next().is_some() {
            return Some(Likeness::SameAcronym);
        }
        if a.class != b.class {
            return None;
        }
        let least = if at_home { ALIKE } else { ALIKE_ABROAD };
        let similar = |one: &String, other: &String| {
            numbers(one) == numbers(other) && self.share(one, other) >= least || differ_by_number(one, other)
        };
        a.compared.full.iter().any(|one| b.compared.full.iter().any(|other| similar(one, other))).then_some(Likeness::SimilarName)
    }

    /// How much of the weight of two names they have in common.
    fn share(&self, one: &str, other: &str) -> f64 {
        let (one, other) = (stems(one), stems(other));
        if one.len() < 2 || other.len() < 2 {
            return 0.0;
        }
        let weight = |stems: &mut dyn Iterator<Item = &String>| stems.map(|stem| self.weight(stem)).sum::<f64>();
        weight(&mut one.intersection(&other)) / weight(&mut one.union(&other))
    }
}

/// Whether two names have the same words, and one of them a number besides, as the year of a law: `MAP 16`, `Children Act 2004`.
fn differ_by_number(one: &str, other: &str) -> bool {
    let words = |name: &str| -> BTreeSet<String> {
        stems(name).into_iter().filter(|stem| !stem.bytes().any(|b| b.is_ascii_digit())).collect()
    };
    numbers(one).is_empty() != numbers(other).is_empty() && words(one).len() >= FEWEST && words(one) == words(other)
}

/// The kind of thing, as its IRI has it: bodies of several classes are `organization`s.
fn kind(mention: &Mention) -> &str {
    mention.iri.as_str().rsplit('/').nth(1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_one_name_lacks_does_not_part_them_and_another_number_does() {
        assert!(differ_by_number("trafficking in persons enforcement act 2015", "trafficking in persons enforcement act"));
        assert!(!differ_by_number("trafficking in persons enforcement act 2015", "trafficking in persons enforcement act 2019"));
        assert!(!differ_by_number("labour act 2015", "labour act"));
    }
}
