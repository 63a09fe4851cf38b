//! What a row's sentence says that something is for.

use super::cell::{lowered, plain};
use super::sentences::words;
use super::subjects::clause;
use super::{RowOf, label};
use crate::extract::prose::Prose;
use crate::extract::reader::Reader;
use crate::extract::relations::literal;
use crate::extract::spots::{Spot, What};
use crate::model::claim::{MentionId, Object};
use crate::model::id::fold;
use crate::model::vocab::{class, flg, org};

/// Says what a sentence's topics are for, where it tells that.
pub(super) fn purpose(reader: &mut Reader<'_>, row: &RowOf<'_>, prose: &Prose<'_>, at: usize) {
    if let Some(topics) = prose.topics.get(at).filter(|t| !t.is_empty()) {
        purpose_of(reader, row, prose, at, topics);
    }
}

/// Says what some things are for, where a sentence tells that.
pub(super) fn purpose_of(reader: &mut Reader<'_>, row: &RowOf<'_>, prose: &Prose<'_>, at: usize, topics: &[MentionId]) {
    let mut tokens = prose.sentences[at].tokens.clone();
    tokens.start = label::behind(reader, row, prose.place.tokens, &tokens).unwrap_or(tokens.start);
    let rules = &reader.tools.rules.rows;
    let bytes = prose.place.bytes(&tokens);
    let sentence = prose.place.passage.slice(bytes.clone());
    let text = words(prose.place, &tokens);
    let starts = |rule: &Option<regex::Regex>| rule.as_ref().is_some_and(|r| r.is_match(&text));
    let aside = rules.asides.as_ref().is_some_and(|a| a.is_match(&text)) || lists_members(reader, prose, at);
    // From the words that part the thing from its purpose on, in the words as they are written.
    let lower = lowered(sentence);
    // "Program to Assist Kayayei" is a name.
    let named = |m: &regex::Match<'_>| {
        let (to, _) = m.as_str().split_once(' ')?;
        let first = sentence.get(m.start() + to.len() + 1..)?.chars().next()?;
        Some(first.is_uppercase() && reader.tools.lexicon.rows.toward.contains(&fold(to)))
    };
    let aim =
        |m: &regex::Match<'_>| named(m) != Some(true) && rules.not_purposes.as_ref().is_none_or(|n| !n.is_match(m.as_str()));
    let cut = rules.purposes.iter().filter_map(|p| p.captures(&lower)?.name("text").filter(aim).map(|m| m.start())).min();
    let clause = clause(reader, prose, at);
    let programme = topics.iter().all(|t| reader.class_of(*t) == class::PROGRAMME);
    let begins_with_sum = prose.spots.iter().any(|s| s.tokens.start == tokens.start && matches!(s.what, What::Sum(_)));
    let start = match cut {
        _ if clause.is_some() => clause.map_or(bytes.start, |c| prose.place.tokens[c].start()),
        Some(cut) if programme || aside => bytes.start + cut,
        _ if aside => return,
        // "$2 million project run by the ILO" tells what it is.
        _ if programme && begins_with_sum => return,
        // "The government worked with the ILO to carry out the project" tells what someone did.
        _ if programme && starts(&rules.other) && !starts(&rules.same) && !starts(&rules.definitions) => return,
        _ if programme && row.title.umbrella => return,
        _ => bytes.start,
    };
    let range = start..bytes.end;
    let said = plain(prose.place.passage.slice(range.clone()));
    let said = listless(reader, said.trim_matches(MARK));
    if said.split(' ').count() < 3 || said.split(' ').all(|w| w.starts_with(char::is_uppercase)) {
        return;
    }
    let own = topics.iter().map(|topic| (*topic, said.to_owned()));
    let means = through(reader, prose, at).into_iter().filter(|unit| !topics.contains(unit));
    let said: Vec<(MentionId, String)> =
        own.chain(means.map(|unit| (unit, by_means(reader, prose, at, unit).unwrap_or_else(|| said.to_owned())))).collect();
    for (topic, said) in said {
        let property = match reader.class_of(topic) {
            c if c == class::GOVERNMENT_BODY || c == class::COMMISSION || c == class::FORUM => flg::MANDATE.into_owned(),
            _ => flg::OBJECTIVE.into_owned(),
        };
        if let Some(evidence) = reader.evidence(prose.place.answer, prose.place.passage, start.min(bytes.start)..bytes.end) {
            let value = literal(reader, &said);
            reader.say(topic, &property, Object::Literal(value), evidence, "row-purpose", 0.85);
        }
    }
}

/// What a sentence says that is done through a unit, without the words that name it: "Through its Night Patrols, rescues children", "Rescues
/// children through its Night Patrols in Rif".
fn by_means(reader: &Reader<'_>, prose: &Prose<'_>, at: usize, unit: MentionId) -> Option<String> {
    const NEAR: usize = 6;
    const FEWEST: usize = 3;
    let toks = prose.place.tokens;
    let sentence = prose.sentences[at].tokens.clone();
    let here = |(s, id): &(&Spot, &Option<MentionId>)| **id == Some(unit) && sentence.contains(&s.tokens.start);
    let (spot, _) = prose.spots.iter().zip(&prose.ids).find(here)?;
    let means = |i: &usize| reader.tools.lexicon.rows.by_means.contains(&toks[*i].folded);
    let means = (sentence.start..spot.tokens.start).rev().take(NEAR).find(means)?;
    let said = if means == sentence.start {
        // "Through its X, located in the Y, rescues …".
        let verb = |i: usize| toks.get(i).is_some_and(|t| !t.capital && reader.tools.lexicon.rows.ends_as_verb(&t.folded));
        let comma = (spot.tokens.end..sentence.end).find(|i| toks[*i].is(',') && verb(i + 1))?;
        comma + 1..sentence.end
    } else {
        sentence.start..means
    };
    let words = plain(prose.place.text(&said));
    let words = listless(reader, words.trim_matches(MARK));
    (words.split(' ').count() >= FEWEST).then(|| words.to_owned())
}

/// What parts the words of a sentence.
const MARK: fn(char) -> bool = |c| c.is_whitespace() || ".,;:".contains(c);

/// Words without those at their end behind which a list follows that is another's: "… reduce child labor, including".
fn listless<'w>(reader: &Reader<'_>, mut words: &'w str) -> &'w str {
    let lists = &reader.tools.lexicon.rows.lists;
    while let Some((head, _)) = words.rsplit_once(' ').filter(|(_, last)| lists.contains(&fold(last))) {
        words = head.trim_end_matches(MARK);
    }
    words
}

/// Whether a sentence begins with those who sit in a body: "Includes the Ministry of Health; the Ministry of Justice; …".
fn lists_members(reader: &Reader<'_>, prose: &Prose<'_>, at: usize) -> bool {
    const FEW: usize = 4;
    let tokens = &prose.sentences[at].tokens;
    let first = prose.spots.iter().zip(&prose.ids).find(|(s, _)| tokens.contains(&s.tokens.start));
    let Some((spot, Some(id))) = first else { return false };
    spot.tokens.start < tokens.start + FEW
        && reader.claims.claims.iter().any(|c| c.property.as_ref() == org::MEMBER_OF && c.subject == *id)
        && !prose.topics.get(at).is_some_and(|t| t.contains(id))
        && spot.tokens.start > tokens.start
}

/// The bodies through which the topic of a sentence acts: "Through its X, operates shelters".
pub(super) fn through(reader: &Reader<'_>, prose: &Prose<'_>, at: usize) -> Vec<MentionId> {
    let Some(topics) = prose.topics.get(at) else { return Vec::new() };
    let here: Vec<MentionId> = prose
        .spots
        .iter()
        .zip(&prose.ids)
        .filter(|(s, _)| prose.sentences[at].tokens.contains(&s.tokens.start))
        .filter_map(|(_, id)| *id)
        .collect();
    let acts = flg::ACTS_THROUGH;
    let claims = reader.claims.claims.iter().filter(|c| c.property.as_ref() == acts && topics.contains(&c.subject));
    let mut out: Vec<MentionId> = claims
        .filter_map(|c| if let Object::Mention(o) = c.object { Some(o) } else { None })
        .filter(|o| here.contains(o))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
