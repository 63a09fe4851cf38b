//! Which mentions of one report, none of them known by name, are one thing.

use super::{Entity, known};
use crate::knowledge::authority::{Authority, Label};
use crate::knowledge::telling;
use crate::model::claim::{Mention, MentionId, Name, NameKind};
use crate::model::id::fold;
use crate::model::report::Report;
use crate::model::vocab::class;
use oxigraph::model::{NamedNode, NamedNodeRef};
use rustc_hash::{FxHashMap, FxHashSet};

/// Classes in which a shorter form of a name is the same body: a text shortens the names of its commissions freely.
const SHORTENED: &[NamedNodeRef<'static>] = &[class::COMMISSION, class::GOVERNMENT_BODY];
/// A short form has at least so many words that say something.
const FEWEST_WORDS: usize = 3;
/// Names are about the same where they have so much in common: three quarters.
const MOST: usize = 3;
const OF: usize = 4;
/// Words this short say nothing.
const SMALL: usize = 3;

/// The mentions that have the same class and name, in the order of their first.
pub(super) fn clusters(mentions: &[Mention], new: &[MentionId]) -> Vec<Vec<MentionId>> {
    let mut clusters: Vec<Vec<MentionId>> = Vec::new();
    let mut by_name: FxHashMap<(NamedNode, Vec<String>), usize> = FxHashMap::default();
    for id in new {
        let mention = &mentions[*id];
        let name = mention.names.first().map_or(&mention.evidence.quote, |n| &n.text);
        // "Labour and Employment Act" and "Labor and Employment Act" are one.
        let spelt = words(name).iter().map(|word| telling::spelt(word).to_owned()).collect();
        let at = *by_name.entry((mention.class.clone(), spelt)).or_insert(clusters.len());
        if at == clusters.len() {
            clusters.push(Vec::new());
        }
        clusters[at].push(*id);
    }
    clusters
}

/// The known body of the report's country of which a cluster's name is plainly a short form, if there is just one: all of
/// its words are among the known name's, and the first word is the same.
pub(super) fn known_by_short_form(
    mentions: &[Mention],
    cluster: &[MentionId],
    report: &Report,
    authority: &Authority,
    chosen: &[Entity],
) -> Option<Entity> {
    let mention = &mentions[*cluster.first()?];
    if !SHORTENED.contains(&mention.class.as_ref()) {
        return None;
    }
    let name = mention.names.iter().find(|n| n.kind == NameKind::Name)?;
    let short = content(&name.text);
    if short.len() < FEWEST_WORDS {
        return None;
    }
    // Only what the report itself names in full: a short form is short for something that was said.
    let named: FxHashSet<_> = chosen.iter().filter(|e| e.known && e.class == mention.class).map(|e| &e.iri).collect();
    let shortens = |long: &str| {
        let long = content(long);
        long.len() > short.len() && long.first() == short.first() && short.iter().all(|w| long.contains(w))
    };
    let mut fits = named
        .iter()
        .filter_map(|iri| authority.entity(iri.as_ref()))
        .filter(|k| k.country.as_ref() == Some(&report.country))
        .filter(|k| k.names().any(|label| shortens(&label.text)));
    let one = fits.next()?;
    fits.next().is_none().then(|| known(one.iri.clone(), mention, authority))
}

/// The known body of the report's country that a cluster names by its acronym and, in other words, by its full name, if there is
/// just one: the same class, and names that have most of what they are about in common.
pub(super) fn known_by_acronym_and_name(
    mentions: &[Mention],
    cluster: &[MentionId],
    report: &Report,
    authority: &Authority,
) -> Option<Entity> {
    let members = || cluster.iter().map(|id| &mentions[*id]);
    let mention = members().next()?;
    if mention.country.as_ref().is_some_and(|country| *country != report.country) {
        return None;
    }
    let of_kind = |kind| members().flat_map(|m| &m.names).filter(move |n: &&Name| n.kind == kind);
    let mut fits: Vec<&NamedNode> = of_kind(NameKind::Acronym).flat_map(|n| authority.by_name(&fold(&n.text))).collect();
    if fits.is_empty() {
        return None;
    }
    fits.sort();
    fits.dedup();
    let full: Vec<String> = of_kind(NameKind::Name).map(|n| telling::words(&n.text).join(" ")).collect();
    let alike = |label: &Label| {
        let label = telling::words(&label.text).join(" ");
        full.iter().any(|name| telling::numbers(name) == telling::numbers(&label) && share(name, &label))
    };
    let mut fits = fits
        .into_iter()
        .filter_map(|iri| authority.entity(iri.as_ref()))
        .filter(|k| k.country.as_ref() == Some(&report.country) && k.classes.contains(&mention.class))
        .filter(|k| k.names().any(alike));
    let one = fits.next()?;
    fits.next().is_none().then(|| known(one.iri.clone(), mention, authority))
}

/// Whether two names are about the same for the most part.
fn share(one: &str, other: &str) -> bool {
    let (one, other) = (telling::stems(one), telling::stems(other));
    let both = one.intersection(&other).count();
    both >= FEWEST_WORDS && both * OF >= one.union(&other).count() * MOST
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn content(text: &str) -> Vec<String> {
    words(text).into_iter().filter(|w| w.len() > SMALL).collect()
}
