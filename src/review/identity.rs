//! Which new things of several reports are one.
//!
//! An IRI is minted from class, country and name alone, so that two reports that use one name give one IRI. Three questions are
//! left, and each is answered from the set of all reports, never from the order in which they came:
//!
//! 1. *One IRI, two things.* A programme's IRI may come from its acronym, which others may share. Reports of different countries
//!    that have no full name of it in common speak of different programmes; so do they where the programme's own countries differ.
//!    The oldest report keeps the IRI, the others' gets their country added. A person may also say so (`flg review split`).
//! 2. *Two IRIs, one thing.* What has the same full name, class and country is one. An acronym is never enough.
//! 3. *Which IRI is kept.* That of the authority; else that which a person chose; else the shortest, then the first by letters.
//!
//! What looks alike and is not certain goes to the queue (`likely`), until a person has decided.

use super::standing::Standing;
use crate::model::id::{fold, resource, slug};
use crate::model::vocab::{class, dcterms, flg, graph, owl, rdf, schema, skos};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    /// Where the store has it now.
    pub place: Place,
}

impl Mention {
    /// Its full names, as they are compared.
    pub fn full(&self) -> BTreeSet<String> {
        self.named(|property| property != flg::ACRONYM)
    }
    /// Its acronyms, as they are compared.
    pub fn acronyms(&self) -> BTreeSet<String> {
        self.named(|property| property == flg::ACRONYM)
    }
    fn named(&self, which: impl Fn(NamedNodeRef<'_>) -> bool) -> BTreeSet<String> {
        let names = self.names.iter().filter(|(property, _)| which(property.as_ref()));
        names.map(|(_, name)| words(name.value()).join(" ")).filter(|name| !name.is_empty()).collect()
    }
    /// The country that a mention tells, of its own or by the report that it stands in.
    fn at_home(&self) -> Option<&NamedNode> {
        self.country.as_ref().or(self.reporter.as_ref())
    }
}

pub(super) fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The new things of a report, from its source graph, converted or as the store has it.
pub fn mentions(report: &str, quads: &[Quad]) -> Vec<Mention> {
    let source = graph::source(report);
    let mut said: BTreeMap<&NamedNode, Vec<&Quad>> = BTreeMap::new();
    for quad in quads.iter().filter(|quad| quad.graph_name == source.clone().into()) {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            said.entry(subject).or_default().push(quad);
        }
    }
    let node = |quads: &[&Quad], property: NamedNodeRef<'_>| {
        quads
            .iter()
            .filter(|q| q.predicate == property)
            .find_map(|q| if let Term::NamedNode(n) = &q.object { Some(n.clone()) } else { None })
    };
    // A report's identifier begins with the code of its country.
    let reporter = report.split('-').next().map(|code| resource("country", code));
    let mut found = Vec::new();
    for (own, quads) in &said {
        let new = quads.iter().any(|q| q.predicate == flg::STATUS);
        let kept = node(quads, dcterms::TYPE);
        let Some(class) = kept.clone().or_else(|| node(quads, rdf::TYPE)).filter(|_| new || kept.is_some()) else { continue };
        let names = quads.iter().filter_map(|quad| {
            let (property, _) = KEPT[2..].iter().find(|(shown, kept)| quad.predicate == *shown || quad.predicate == *kept)?;
            if let Term::Literal(name) = &quad.object { Some((property.into_owned(), name.clone())) } else { None }
        });
        found.push(Mention {
            report: report.to_owned(),
            iri: node(quads, owl::DIFFERENT_FROM).unwrap_or_else(|| (*own).clone()),
            class,
            country: node(quads, dcterms::SPATIAL).or_else(|| node(quads, flg::COUNTRY)),
            reporter: reporter.clone(),
            names: names.collect(),
            place: Place { own: (*own).clone(), same_as: node(quads, skos::EXACT_MATCH).filter(|_| kept.is_some()) },
        });
    }
    found
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
        let place = |own: NamedNode| Place { same_as: same.get(&own).cloned(), own };
        Self { places: owns.into_iter().map(|(m, own)| ((m.report.clone(), m.iri.clone()), place(own))).collect() }
    }

    /// Where a thing is written.
    pub fn place(&self, mention: &Mention) -> Place {
        self.of(&mention.report, &mention.iri).unwrap_or_else(|| Place { own: mention.iri.clone(), same_as: None })
    }

    /// Where what a report calls by an IRI is written; `None` for what is no new thing.
    pub fn of(&self, report: &str, iri: &NamedNode) -> Option<Place> {
        self.places.get(&(report.to_owned(), iri.clone())).cloned()
    }
}

/// The IRIs of things that were given the same one, the oldest report's first.
fn told_apart<'a>(iri: &NamedNode, mut mentions: Vec<&'a Mention>, standing: &Standing) -> Vec<(&'a Mention, NamedNode)> {
    mentions.sort_by_key(|m| (standing.is_apart(iri, &m.report), age(&m.report), &m.report));
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
        // What is one with two groups makes them one, unless they are of different countries.
        for at in rest.iter().rev() {
            if groups[*first].iter().all(|a| groups[*at].iter().all(|b| agree(a, b))) {
                let other = groups.remove(*at);
                groups[*first].extend(other);
            }
        }
    }
    let mut taken = BTreeSet::new();
    let mut owns = Vec::new();
    for (at, group) in groups.into_iter().enumerate() {
        let own = if at == 0 { iri.clone() } else { another(iri, &group, &mut taken) };
        owns.extend(group.into_iter().map(|mention| (mention, own.clone())));
    }
    owns
}

/// The year of a report, from its identifier: `mex-2021-p029`.
fn age(report: &str) -> &str {
    report.split('-').nth(1).unwrap_or_default()
}

/// An IRI for what has the IRI of something else: with its country, or, where that is taken, with its oldest report.
fn another(iri: &NamedNode, group: &[&Mention], taken: &mut BTreeSet<NamedNode>) -> NamedNode {
    let last = |iri: &NamedNode| iri.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    let first = group.first();
    let home = first.and_then(|m| m.at_home()).map(last);
    let by_country =
        home.filter(|code| !last(iri).starts_with(&format!("{code}-"))).map(|code| format!("{}-{code}", iri.as_str()));
    let by_report = || format!("{}-{}", iri.as_str(), first.map_or("", |m| m.report.as_str()));
    let candidate = by_country.map(NamedNode::new_unchecked).filter(|iri| !taken.contains(iri));
    let chosen = candidate.unwrap_or_else(|| NamedNode::new_unchecked(by_report()));
    taken.insert(chosen.clone());
    chosen
}

/// Whether no country speaks against two being one.
fn agree(a: &Mention, b: &Mention) -> bool {
    a.country == b.country || a.country.is_none() || b.country.is_none()
}

/// Whether two reports mean one thing by one IRI.
fn one_thing(a: &Mention, b: &Mention) -> bool {
    let by_acronym = |m: &Mention| m.acronyms().iter().any(|acronym| m.iri.as_str().ends_with(&format!("/{}", slug(acronym))));
    let (one, other) = (a.full(), b.full());
    !(by_acronym(a) || by_acronym(b)) || one.intersection(&other).next().is_some() || a.at_home() == b.at_home()
}

/// Whether two new things with different IRIs may be one: the same class, and no country that speaks against it.
pub(super) fn comparable(a: &Mention, b: &Mention) -> bool {
    a.class == b.class && agree(a, b)
}

/// Classes whose things are told apart by more than their names: two meetings of one body have one name.
pub(super) fn has_name_of_its_own(class: NamedNodeRef<'_>) -> bool {
    ![class::MEETING, class::TRAINING_ACTIVITY, class::REPORT].contains(&class)
}

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
    for (mention, own) in owns {
        countries.entry(own).or_default().extend(&mention.country);
    }
    let mut by_name: BTreeMap<String, Vec<&(&Mention, NamedNode)>> = BTreeMap::new();
    for own in owns.iter().filter(|(m, _)| has_name_of_its_own(m.class.as_ref())) {
        for name in own.0.full() {
            by_name.entry(name).or_default().push(own);
        }
    }
    for bearers in by_name.values() {
        for (at, (a, one)) in bearers.iter().enumerate() {
            for (b, other) in &bearers[at + 1..] {
                if one != other && a.iri != b.iri && comparable(a, b) && sets.in_one_country(one, other, &countries) {
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

/// Names of things that were taken for another, for that other: what follows, and stands in no report by itself.
pub(super) fn inferred<'a>(mentions: impl Iterator<Item = &'a Mention>, plan: &Plan) -> Vec<Quad> {
    let mut quads = BTreeMap::new();
    for mention in mentions {
        let Some(same_as) = plan.place(mention).same_as else { continue };
        for (property, name) in &mention.names {
            let property = if *property == skos::PREF_LABEL { skos::ALT_LABEL } else { property.as_ref() };
            let quad = Quad::new(same_as.clone(), property, name.clone(), graph::inferred());
            quads.insert(quad.to_string(), quad);
        }
    }
    quads.into_values().collect()
}
