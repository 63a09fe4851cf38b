//! Which new things of several reports are one.
//!
//! An IRI is minted from class, country and name alone, so that two reports that use one name give one IRI. Three questions are
//! left, and each is answered from the set of all reports, never from the order in which they came:
//!
//! 1. *One IRI, two things.* A programme's IRI may come from its acronym, which others may share. Reports of different countries
//!    that have no full name of it in common speak of different programmes; so do they where the programme's own countries differ,
//!    and reports of one country whose full names of it have little in common. The oldest report keeps the IRI, the others' gets
//!    their country added, or the report where the country is the same. A person may also say so (`flg review split`).
//! 2. *Two IRIs, one thing.* What has the same full name, class and country is one. An acronym is never enough.
//! 3. *Which IRI is kept.* That of the authority; else that which a person chose; else the shortest, then the first by letters.
//!
//! A programme that reports of several countries speak of is no one country's, whatever each of them says of where it works.
//!
//! What looks alike and is not certain goes to the queue (`likely`), until a person has decided.

use super::compare::{self, Names};
use super::pair::{agree, are_abroad, comparable, has_name_of_its_own, one_thing};
use super::standing::Standing;
use crate::knowledge::telling;
use crate::model::vocab::{class, dcterms, flg, graph, rdf, schema, skos};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How a description is kept of a thing that was taken for another, so that queries for things of a class or by name find that
/// other alone: each property with the one that stands for it.
pub(super) const KEPT: &[(NamedNodeRef<'static>, NamedNodeRef<'static>)] = &[
    (rdf::TYPE, dcterms::TYPE),
    (flg::COUNTRY, dcterms::SPATIAL),
    (skos::PREF_LABEL, schema::NAME),
    (skos::ALT_LABEL, schema::ALTERNATE_NAME),
    (flg::ACRONYM, skos::HIDDEN_LABEL),
];

/// Where a report's thing is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its own IRI: the one that was minted, or another if that belongs to something else.
    pub own: NamedNode,
    /// What it is the same as, where it is written instead.
    pub same_as: Option<NamedNode>,
    /// Whether the report's own name for it is only another of its names, because it is shown by that of an older report.
    pub renamed: bool,
    /// Whether the country that the report gives it is only one of those where it is.
    pub abroad: bool,
}

impl Place {
    /// The IRI under which facts about it stand.
    pub fn iri(&self) -> &NamedNode {
        self.same_as.as_ref().unwrap_or(&self.own)
    }
}

/// A new thing that a report speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The report.
    pub report: String,
    /// The IRI that was minted for it.
    pub iri: NamedNode,
    /// Its class.
    pub class: NamedNode,
    /// The country that it belongs to.
    pub country: Option<NamedNode>,
    /// The country that the report is about.
    pub reporter: Option<NamedNode>,
    /// Its names: the property, the name.
    pub names: Vec<(NamedNode, Literal)>,
    /// Its names, as they are compared.
    pub compared: Names,
    /// Where the store has it now.
    pub place: Place,
}

impl Mention {
    /// The country that a mention tells, of its own or by the report that it stands in.
    pub(super) fn at_home(&self) -> Option<&NamedNode> {
        self.country.as_ref().or(self.reporter.as_ref())
    }

    /// Whether its IRI says that its country has it as others have theirs: `mrt-unicef-country-program`.
    pub(super) fn is_countrys_own(&self) -> bool {
        let last = |iri: &NamedNode| iri.as_str().rsplit('/').next().unwrap_or_default().to_owned();
        self.country.as_ref().is_some_and(|country| last(&self.iri).starts_with(&format!("{}-", last(country))))
    }

    /// What the report calls it, in a language.
    fn label(&self) -> Option<&Literal> {
        self.names.iter().find(|(property, _)| *property == skos::PREF_LABEL).map(|(_, name)| name)
    }
}

/// Where each thing of each report is written.
#[derive(Debug, Default)]
pub struct Plan {
    places: HashMap<(String, NamedNode), Place>,
}

impl Plan {
    /// The plan for all new things of all reports.
    pub fn new<'a>(mentions: impl Iterator<Item = &'a Mention>, standing: &Standing) -> Self {
        let mut by_iri: BTreeMap<&NamedNode, Vec<&Mention>> = BTreeMap::new();
        for mention in mentions {
            by_iri.entry(&mention.iri).or_default().push(mention);
        }
        let mut owns: Vec<(&Mention, NamedNode)> = Vec::new();
        for (iri, mentions) in by_iri {
            owns.extend(told_apart(iri, mentions, standing));
        }
        let same = sames(&owns, standing);
        let labels = labels(&owns, &same, standing);
        let abroad = abroad(&owns, &same);
        let place = |mention: &Mention, own: NamedNode| {
            let same_as = same.get(&own).cloned();
            let renamed = mention.label().is_some_and(|label| {
                labels.get(&(own.clone(), label.language().map(str::to_owned))).is_some_and(|chosen| *chosen != label)
            });
            let abroad = mention.country.is_some() && same_as.is_none() && abroad.contains(&own);
            Place { own, same_as, renamed, abroad }
        };
        let places = owns.iter().map(|(m, own)| ((m.report.clone(), m.iri.clone()), place(m, own.clone()))).collect();
        Self { places }
    }

    /// Where a thing is written.
    pub fn place(&self, mention: &Mention) -> Place {
        self.of(&mention.report, &mention.iri).unwrap_or_else(|| Place {
            own: mention.iri.clone(),
            same_as: None,
            renamed: false,
            abroad: false,
        })
    }

    /// Where what a report calls by an IRI is written; `None` for what is no new thing.
    pub fn of(&self, report: &str, iri: &NamedNode) -> Option<Place> {
        self.places.get(&(report.to_owned(), iri.clone())).cloned()
    }
}

/// The IRIs of things that were given the same one, the oldest report's first.
fn told_apart<'a>(iri: &NamedNode, mut mentions: Vec<&'a Mention>, standing: &Standing) -> Vec<(&'a Mention, NamedNode)> {
    mentions.sort_by_key(|m| (standing.is_apart(iri, &m.report), m.compared.full.is_empty(), age(&m.report), &m.report));
    let mut groups: Vec<Vec<&Mention>> = Vec::new();
    for mention in mentions {
        let apart = standing.is_apart(iri, &mention.report);
        let joins = |group: &Vec<&Mention>| {
            !apart
                && group.iter().all(|m| !standing.is_apart(iri, &m.report) && agree(m, mention))
                && group.iter().any(|m| one_thing(m, mention))
        };
        let joined: Vec<usize> = groups.iter().enumerate().filter(|(_, group)| joins(group)).map(|(at, _)| at).collect();
        let Some((first, rest)) = joined.split_first() else {
            groups.push(vec![mention]);
            continue;
        };
        groups[*first].push(mention);
        // What is one with two groups makes them one, unless they are of different countries, or it has no more than the acronym.
        for at in rest.iter().rev().filter(|_| !mention.compared.full.is_empty()) {
            if groups[*first].iter().all(|a| groups[*at].iter().all(|b| agree(a, b))) {
                let other = groups.remove(*at);
                groups[*first].extend(other);
            }
        }
    }
    let mut taken = BTreeSet::new();
    let mut owns = Vec::new();
    let home = groups.first().and_then(|group| group.first()?.at_home());
    for (at, group) in groups.into_iter().enumerate() {
        let own = if at == 0 { iri.clone() } else { another(iri, &group, home, &mut taken) };
        owns.extend(group.into_iter().map(|mention| (mention, own.clone())));
    }
    owns
}

/// The year of a report, from its identifier: `mex-2021-p029`.
fn age(report: &str) -> &str {
    report.split('-').nth(1).unwrap_or_default()
}

/// An IRI for what has the IRI of something else: with its country, or, where that is taken or the other's as well, with its oldest
/// report.
fn another(iri: &NamedNode, group: &[&Mention], others: Option<&NamedNode>, taken: &mut BTreeSet<NamedNode>) -> NamedNode {
    let last = |iri: &NamedNode| iri.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    let first = group.first();
    let home = first.and_then(|m| m.at_home()).filter(|home| Some(*home) != others).map(last);
    let by_country =
        home.filter(|code| !last(iri).starts_with(&format!("{code}-"))).map(|code| format!("{}-{code}", iri.as_str()));
    let by_report = || format!("{}-{}", iri.as_str(), first.map_or("", |m| m.report.as_str()));
    let candidate = by_country.map(NamedNode::new_unchecked).filter(|iri| !taken.contains(iri));
    let chosen = candidate.unwrap_or_else(|| NamedNode::new_unchecked(by_report()));
    taken.insert(chosen.clone());
    chosen
}

/// Before the words of a body's name, however its aim is worded; no name begins so.
const WORDED: &str = "~ ";

/// The IRIs that are the same as another.
fn sames(owns: &[(&Mention, NamedNode)], standing: &Standing) -> HashMap<NamedNode, NamedNode> {
    let mut sets = Sets::default();
    for decision in standing.merged() {
        if let super::Matter::Pair(keep, other) = &decision.matter {
            sets.join(keep, other, standing);
            sets.kept.insert(keep.clone());
        }
    }
    let kept: BTreeSet<NamedNode> = sets.kept.clone();
    let mut countries: BTreeMap<&NamedNode, BTreeSet<&NamedNode>> = BTreeMap::new();
    for (mention, own) in owns.iter().filter(|(m, _)| m.class != class::PROGRAMME || m.is_countrys_own()) {
        countries.entry(own).or_default().extend(&mention.country);
    }
    let mut by_name: BTreeMap<String, Vec<&(&Mention, NamedNode)>> = BTreeMap::new();
    for own in owns.iter().filter(|(m, _)| has_name_of_its_own(m.class.as_ref())) {
        for name in &own.0.compared.full {
            // The same words in another order are the same name; in the singular, only with the same acronym.
            let words = |bag: BTreeSet<String>| bag.into_iter().collect::<Vec<_>>().join(" ");
            by_name.entry(words(compare::bag(name))).or_default().push(own);
            let singular = words(compare::singular(name));
            for acronym in &own.0.compared.acronyms {
                by_name.entry(format!("{acronym}: {singular}")).or_default().push(own);
            }
            // A body is called "to Combat X" by one report and "Against X" by the next.
            let body = [class::GOVERNMENT_BODY, class::COMMISSION].contains(&own.0.class.as_ref());
            if let Some(told) = Some(name).filter(|_| body).and_then(|name| telling::body(name)) {
                by_name.entry(format!("{WORDED}{}", words(told))).or_default().push(own);
            }
        }
    }
    for (key, bearers) in &by_name {
        // Two that are worded differently and abbreviated differently are two.
        let apart = |a: &Mention, b: &Mention| {
            let (a, b) = (&a.compared.acronyms, &b.compared.acronyms);
            key.starts_with(WORDED) && !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
        };
        for (at, (a, one)) in bearers.iter().enumerate() {
            for (b, other) in &bearers[at + 1..] {
                let certain = a.iri != b.iri && comparable(a, b) && one_thing(a, b) && !apart(a, b);
                if one != other && certain && sets.in_one_country(one, other, &countries) {
                    sets.join(one, other, standing);
                }
            }
        }
    }
    let new: BTreeSet<&NamedNode> = owns.iter().map(|(_, own)| own).collect();
    // What nobody minted is the authority's.
    let rank = |iri: &NamedNode| (new.contains(iri), !kept.contains(iri), iri.as_str().len(), iri.as_str().to_owned());
    let mut same = HashMap::new();
    for members in sets.all() {
        let Some(best) = members.iter().min_by_key(|iri| rank(iri)) else { continue };
        same.extend(members.iter().filter(|iri| *iri != best).map(|iri| (iri.clone(), best.clone())));
    }
    same
}

/// The programmes that reports of several countries speak of, unless all of them say that it is the same country's.
fn abroad(owns: &[(&Mention, NamedNode)], same: &HashMap<NamedNode, NamedNode>) -> BTreeSet<NamedNode> {
    let mut said: BTreeMap<&NamedNode, Vec<&Mention>> = BTreeMap::new();
    for (mention, own) in owns.iter().filter(|(m, _)| m.class == class::PROGRAMME) {
        said.entry(same.get(own).unwrap_or(own)).or_default().push(mention);
    }
    said.into_iter().filter(|(_, mentions)| are_abroad(mentions)).map(|(iri, _)| iri.clone()).collect()
}

/// What each thing is shown by in each language, where reports call it by several names: as the oldest calls it. What people
/// have rejected is shown by nothing.
fn labels<'a>(
    owns: &[(&'a Mention, NamedNode)],
    same: &HashMap<NamedNode, NamedNode>,
    standing: &Standing,
) -> HashMap<(NamedNode, Option<String>), &'a Literal> {
    let mut labels: HashMap<(NamedNode, Option<String>), (&Mention, &Literal)> = HashMap::new();
    let rejected = |own: &NamedNode| standing.thing(own).is_some_and(|decision| decision.verdict == super::Verdict::Reject);
    for (mention, own) in owns.iter().filter(|(_, own)| !same.contains_key(own) && !rejected(own)) {
        let Some(label) = mention.label() else { continue };
        let chosen = labels.entry((own.clone(), label.language().map(str::to_owned))).or_insert((mention, label));
        if (age(&mention.report), &mention.report) < (age(&chosen.0.report), &chosen.0.report) {
            *chosen = (mention, label);
        }
    }
    labels.into_iter().map(|(key, (_, label))| (key, label)).collect()
}

/// Things that are one, in sets that are joined.
#[derive(Default)]
struct Sets {
    at: BTreeMap<NamedNode, usize>,
    members: Vec<BTreeSet<NamedNode>>,
    kept: BTreeSet<NamedNode>,
}

impl Sets {
    fn at(&mut self, iri: &NamedNode) -> usize {
        if let Some(at) = self.at.get(iri) {
            return *at;
        }
        self.members.push([iri.clone()].into());
        self.at.insert(iri.clone(), self.members.len() - 1);
        self.members.len() - 1
    }
    /// Whether all that would be one with two things is of one country, or of none that is known.
    fn in_one_country(
        &mut self,
        one: &NamedNode,
        other: &NamedNode,
        countries: &BTreeMap<&NamedNode, BTreeSet<&NamedNode>>,
    ) -> bool {
        let (a, b) = (self.at(one), self.at(other));
        let members = self.members[a].iter().chain(&self.members[b]);
        members.filter_map(|iri| countries.get(iri)).flatten().collect::<BTreeSet<_>>().len() < 2
    }
    /// Joins two, unless a person has said of any of theirs that they are not one.
    fn join(&mut self, one: &NamedNode, other: &NamedNode, standing: &Standing) {
        let (a, b) = (self.at(one), self.at(other));
        let kept_apart = standing.split().any(|(x, y)| {
            self.members[a].contains(x) && self.members[b].contains(y)
                || self.members[a].contains(y) && self.members[b].contains(x)
        });
        if a == b || kept_apart {
            return;
        }
        let moved = std::mem::take(&mut self.members[b]);
        for iri in &moved {
            self.at.insert(iri.clone(), a);
        }
        self.members[a].extend(moved);
    }
    fn all(&self) -> impl Iterator<Item = &BTreeSet<NamedNode>> {
        self.members.iter().filter(|set| set.len() > 1)
    }
}

/// Names of things that were taken for another, for that other: what follows, and stands in no report by itself. A name that the
/// other is shown by is not told again.
pub(super) fn inferred<'a>(mentions: impl Iterator<Item = &'a Mention> + Clone, plan: &Plan) -> Vec<Quad> {
    let mut shown: HashSet<(NamedNode, &Literal)> = HashSet::new();
    for (place, mention) in mentions.clone().map(|mention| (plan.place(mention), mention)) {
        shown.extend(mention.label().filter(|_| place.same_as.is_none() && !place.renamed).map(|label| (place.own, label)));
    }
    let mut quads = BTreeMap::new();
    for mention in mentions {
        let Some(same_as) = plan.place(mention).same_as else { continue };
        for (property, name) in &mention.names {
            let property = if *property == skos::PREF_LABEL { skos::ALT_LABEL } else { property.as_ref() };
            if property == skos::ALT_LABEL && shown.contains(&(same_as.clone(), name)) {
                continue;
            }
            let quad = Quad::new(same_as.clone(), property, name.clone(), graph::inferred());
            quads.insert(quad.to_string(), quad);
        }
    }
    quads.into_values().collect()
}
