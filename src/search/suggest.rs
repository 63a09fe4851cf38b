//! What can be meant while it is typed: names that have a word that begins so.

use super::Index;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// Of so many names the best are offered.
const LOOKED_AT: usize = 4_000;

/// A name that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The name.
    pub text: String,
    /// What bears it.
    pub iri: String,
    /// What that is, in the reader's language.
    pub what: String,
}

impl Index {
    /// The names that may be meant by what was typed so far, the best first: those that begin so, then those that have a word that
    /// does; of these what reports say most of. Labels are in `lang`.
    pub fn suggest(&self, typed: &str, lang: &str, most: usize) -> Vec<Suggestion> {
        let typed = crate::names::folded(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let from = self.ends.partition_point(|(end, ..)| *end < typed);
        let begun = self.ends.get(from..).unwrap_or_default().iter().take_while(|(end, ..)| end.starts_with(&typed));
        let mut best: HashMap<u32, (u32, u32)> = HashMap::new();
        for (end, number, at) in begun.take(LOOKED_AT) {
            let Some(thing) = self.content.things.get(*number) else { continue };
            let Some(name) = thing.names.get(*at as usize) else { continue };
            let whole = u32::from(end.chars().count() == crate::names::folded(&name.text).chars().count());
            let same = u32::from(*end == typed);
            let own = u32::from(name.language == lang || name.language.is_empty());
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a weight is between 0 and 1")]
            let spoken = (thing.weight() * 100.0) as u32;
            let score = whole * 1_000 + same * 500 + spoken * 4 + own * 50;
            let known = best.entry(*number).or_insert((score, *at));
            if score > known.0 {
                *known = (score, *at);
            }
        }
        let mut ranked: Vec<(u32, u32, u32)> = best.into_iter().map(|(number, (score, at))| (score, number, at)).collect();
        ranked.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut seen = HashSet::new();
        let suggestion = |(_, number, at): (u32, u32, u32)| {
            let thing = self.content.things.get(number)?;
            let text = thing.names.get(at as usize)?.text.clone();
            let what = super::facet::class_labels(thing, &self.content.values, &self.content.things, lang).into_iter().next();
            seen.insert(text.clone()).then(|| Suggestion {
                text,
                iri: thing.iri.as_str().to_owned(),
                what: what.unwrap_or_default(),
            })
        };
        ranked.into_iter().filter_map(suggestion).take(most).collect()
    }
}
