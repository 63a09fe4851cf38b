//! Which mentions of one report, none of them known by name, are one thing.

use super::{Entity, known};
use crate::knowledge::authority::Authority;
use crate::model::claim::{Mention, MentionId, NameKind};
use crate::model::id::fold;
use crate::model::report::Report;
use crate::model::vocab::class;
use oxigraph::model::{NamedNode, NamedNodeRef};
use rustc_hash::{FxHashMap, FxHashSet};

/// Classes in which a shorter form of a name is the same body: a text shortens the names of its commissions freely.
const SHORTENED: &[NamedNodeRef<'static>] = &[class::COMMISSION, class::GOVERNMENT_BODY];
/// A short form has at least so many words that say something.
const FEWEST_WORDS: usize = 3;
/// Words this short say nothing.
const SMALL: usize = 3;

/// The mentions that have the same class and name, in the order of their first.
pub(super) fn clusters(mentions: &[Mention], new: &[MentionId]) -> Vec<Vec<MentionId>> {
    let mut clusters: Vec<Vec<MentionId>> = Vec::new();
    let mut by_name: FxHashMap<(NamedNode, Vec<String>), usize> = FxHashMap::default();
    for id in new {
        let mention = &mentions[*id];
        let name = mention.names.first().map_or(&mention.evidence.quote, |n| &n.text);
        let at = *by_name.entry((mention.class.clone(), words(name))).or_insert(clusters.len());
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
    chosen: &FxHashMap<MentionId, Entity>,
) -> Option<Entity> {
    let mention = &mentions[*cluster.first()?];
    let name = mention.names.iter().find(|n| n.kind == NameKind::Name)?;
    let short = content(&name.text);
    if !SHORTENED.contains(&mention.class.as_ref()) || short.len() < FEWEST_WORDS {
        return None;
    }
    // Only what the report itself names in full: a short form is short for something that was said.
    let named: FxHashSet<_> = chosen.values().filter(|e| e.class == mention.class).map(|e| e.iri.clone()).collect();
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

fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn content(text: &str) -> Vec<String> {
    words(text).into_iter().filter(|w| w.len() > SMALL).collect()
}
