//! What the short form of a name refers to: "the Commission", "the Interministerial Commission", "this programme".

use super::reader::{Named, Place, Reader};
use super::spots::Spot;
use super::tokens::plain;
use crate::model::claim::{Evidence, Identity, MentionId};
use crate::model::diagnostic::Diagnostic;
use crate::model::id::fold;
use oxigraph::model::NamedNode;
use rustc_hash::FxHashSet;

/// So many tokens before a short form, and so many after it, tell what is spoken of.
const TOPIC_BEFORE: usize = 80;
const TOPIC_AFTER: usize = 20;
/// So many words of a longer name stand there if it is meant,
const TOPIC_WORDS: usize = 3;
/// so many times as many as of any other,
const TOPIC_LEAD: usize = 3;
/// words of at least so many letters.
const TOPIC_WORD: usize = 4;

impl Reader<'_> {
    /// The mention of a kind in the same answer that a phrase refers to: the latest whose name begins with the phrase's noun,
    /// or else has it, or else the latest of all.
    pub(super) fn referred(&self, answer: Option<usize>, kind: &NamedNode, phrase: &str) -> Option<MentionId> {
        let classes = &self.tools.classes;
        let fits = |n: &&Named| {
            n.answer == answer && (classes.is_a(n.kind.as_ref(), kind.as_ref()) || classes.is_a(kind.as_ref(), n.kind.as_ref()))
        };
        let noun = phrase.split_whitespace().last().unwrap_or_default();
        // Nothing tells whether what was named is meant, or the thing without a name that was spoken of since.
        let since =
            self.nameless.iter().rfind(|(other, word, _)| *other == answer && word == noun).map_or(0, |(_, _, names)| *names);
        let rank = |n: &&Named| match n.words.split(' ').position(|word| word == noun) {
            Some(0) => 2,
            Some(_) => 1,
            None => 0,
        };
        self.named[since.min(self.named.len())..].iter().filter(fits).max_by_key(rank).map(|n| n.id)
    }

    /// The mention that a noun for something else means after all, because its name has the word that tells the thing from others: "the
    /// Meals for Schools project … The project on meals". Without it, the thing has no name.
    pub(super) fn after_all(&mut self, place: Place<'_>, spot: &Spot, word: Option<&str>) -> Option<MentionId> {
        let noun = fold(place.text(&spot.tokens));
        let meant = word.filter(|w| w.chars().count() >= TOPIC_WORD).and_then(|word| {
            let id = self.referred(place.answer, &spot.kind, &noun)?;
            let name = self.named.iter().rfind(|n| n.id == id)?;
            name.words.split(|c: char| !c.is_alphanumeric()).any(|own| own == word).then_some(id)
        });
        if meant.is_none() {
            let noun = noun.split_whitespace().last().unwrap_or_default().to_owned();
            self.nameless.push((place.answer, noun, self.named.len()));
        }
        meant
    }

    /// The latest mention of the same answer whose name begins with these words and goes on; or else that of the report, if
    /// all such mentions of it may be one thing.
    pub(super) fn only_longer(&self, answer: Option<usize>, kind: &NamedNode, words: &str) -> Option<MentionId> {
        let all = self.all_longer(kind, words);
        let here = |id: &&MentionId| self.named.iter().any(|n| n.id == **id && n.answer == answer);
        let bearers: FxHashSet<_> = all.iter().filter_map(|id| self.bearer(*id)).collect();
        all.iter().rev().find(here).or_else(|| all.last().filter(|_| bearers.len() <= 1)).copied()
    }

    /// Of several things whose names begin with these words, the one whose own further words stand around the short form,
    /// where hardly any of another's do; says so, since it is a conclusion.
    pub(super) fn by_topic(&mut self, place: Place<'_>, spot: &Spot, words: &str, evidence: &Evidence) -> Option<MentionId> {
        let around = spot.tokens.start.saturating_sub(TOPIC_BEFORE)..(spot.tokens.end + TOPIC_AFTER).min(place.tokens.len());
        let around: FxHashSet<&str> = place.tokens[around].iter().map(|t| t.folded.as_str()).collect();
        let mut topics: Vec<(Option<NamedNode>, MentionId, FxHashSet<&str>)> = Vec::new();
        for id in self.all_longer(&spot.kind, words) {
            let bearer = self.bearer(id).cloned();
            let name = self.named.iter().find(|n| n.id == id).map_or("", |n| n.words.as_str());
            let own = name.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= TOPIC_WORD);
            match topics.iter_mut().find(|(b, ..)| bearer.is_some() && *b == bearer) {
                Some((_, _, all)) => all.extend(own),
                None => topics.push((bearer, id, own.collect())),
            }
        }
        let told = |at: usize| {
            let others = || topics.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, (.., words))| words);
            topics[at].2.iter().filter(|w| around.contains(**w) && others().all(|o| !o.contains(*w))).count()
        };
        let told: Vec<usize> = (0..topics.len()).map(told).collect();
        let best = (0..topics.len()).max_by_key(|at| told[*at])?;
        let next = (0..topics.len()).filter(|at| *at != best).map(|at| told[at]).max().unwrap_or(0);
        if told[best] < TOPIC_WORDS.max(next * TOPIC_LEAD) {
            return None;
        }
        let id = topics[best].1;
        let (short, long) = (place.text(&spot.name), self.claims.mentions[id].evidence.quote.clone());
        let message = format!("`{short}` was taken for `{long}`, of which the passage speaks");
        self.claims.diagnostics.push(Diagnostic::note("short-form", message).at(self.document, evidence.span));
        Some(id)
    }

    /// What of the authority a mention is known to be.
    fn bearer(&self, id: MentionId) -> Option<&NamedNode> {
        match &self.claims.mentions[id].identity {
            Identity::Known(known) => known.first(),
            _ => None,
        }
    }

    /// The latest mention whose name begins with all of these words and goes on.
    pub(super) fn longer(&self, kind: &NamedNode, words: &str) -> Option<MentionId> {
        self.all_longer(kind, words).pop()
    }

    /// Says that a short form was not understood, because it may be short for several names of the report.
    pub(super) fn unclear(&mut self, place: Place<'_>, spot: &Spot, evidence: &Evidence) {
        let short = place.text(&spot.name);
        if !self.all_longer(&spot.kind, &fold(short)).is_empty() {
            let message = format!("`{short}` may be short for several names of this report and was left out");
            self.claims.diagnostics.push(Diagnostic::warning("ambiguous-name", message).at(self.document, evidence.span));
        }
    }

    fn all_longer(&self, kind: &NamedNode, words: &str) -> Vec<MentionId> {
        let start = plain(words);
        if start.split_whitespace().count() < 2 {
            return Vec::new();
        }
        let goes_on = |n: &&Named| n.kind == *kind && n.plain().strip_prefix(&start).is_some_and(|rest| !rest.is_empty());
        self.named.iter().filter(goes_on).map(|n| n.id).collect()
    }
}
