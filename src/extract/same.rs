//! Bodies that one report names in several ways: "Department of Immigration" and "Immigration Department", "Ministry of
//! Interior" and "Ministry of the Interior", "Ministry of Labor" and "Ministry of Labor and Vocational Training", "Commission to
//! Combat Trafficking" and "National Commission on the Fight Against Trafficking".
//!
//! Only bodies that nothing is known of are told to be one, and only by whole words: an acronym joins nothing.

use super::reader::Reader;
use crate::knowledge::bearers::{Choice, choose};
use crate::knowledge::plural::PluralEndings;
use crate::knowledge::telling;
use crate::model::claim::{Identity, Mention, MentionId, NameKind, Object};
use crate::model::id::fold;
use crate::model::vocab::{class, org};
use oxigraph::model::NamedNode;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// A name has at least so many words that say something.
const FEWEST: usize = 2;

/// A new body and its name.
struct Body {
    id: MentionId,
    /// Its words as they follow each other, small ones included, commas apart.
    words: Vec<String>,
    /// The words that say something, without their plural, in order of the alphabet.
    key: Vec<String>,
}

/// Says which new bodies of the report are one.
pub(super) fn settle(reader: &mut Reader<'_>) {
    let bodies = bodies(reader);
    let mut first: Vec<&Body> = Vec::new();
    let mut by_key: FxHashMap<&[String], MentionId> = FxHashMap::default();
    for body in &bodies {
        if let Some(other) = by_key.get(body.key.as_slice()) {
            if !of_others(reader, body.id, *other) {
                reader.claims.mentions[body.id].identity = Identity::Same(*other);
            }
        } else {
            by_key.insert(&body.key, body.id);
            first.push(body);
        }
    }
    other_wordings(reader, &first);
    // No two of them have the same words.
    let by_words: FxHashMap<&[String], MentionId> = first.iter().map(|body| (body.words.as_slice(), body.id)).collect();
    let mut longer: BTreeMap<MentionId, Vec<MentionId>> = BTreeMap::new();
    for long in &first {
        let shorts: BTreeSet<MentionId> = short_forms(reader, long).filter_map(|words| by_words.get(words).copied()).collect();
        for short in shorts {
            longer.entry(short).or_default().push(long.id);
        }
    }
    for (short, longer) in longer {
        if let [long] = longer[..] {
            reader.claims.mentions[short].identity = Identity::Same(long);
        }
    }
}

/// Whether two bodies, one in the plural, are parts of others that share no word of their names: the "Bureau of Tides" of the Coast
/// Guard is none of the "Bureaus of Tides" of provincial councils.
fn of_others(reader: &Reader<'_>, one: MentionId, other: MentionId) -> bool {
    let words = |id: MentionId| -> BTreeSet<String> {
        let names = reader.claims.mentions[id].names.iter().filter(|n| n.kind == NameKind::Name);
        names.flat_map(|n| n.text.split_whitespace().map(word).collect::<Vec<_>>()).filter(|w| !w.is_empty()).collect()
    };
    let above = |id: MentionId| -> BTreeSet<String> {
        let claims = reader.claims.claims.iter().filter(|c| c.subject == id && c.property.as_ref() == org::SUB_ORGANIZATION_OF);
        let owners = claims.filter_map(|c| if let Object::Mention(owner) = c.object { Some(owner) } else { None });
        owners.flat_map(words).collect()
    };
    let (first, second) = (above(one), above(other));
    words(one) != words(other) && !first.is_empty() && !second.is_empty() && first.is_disjoint(&second)
}

/// Bodies of one class whose names differ in nothing but how they word their aim, or in being called national, are one.
fn other_wordings(reader: &mut Reader<'_>, bodies: &[&Body]) {
    let mut first: FxHashMap<(NamedNode, BTreeSet<String>), MentionId> = FxHashMap::default();
    let acronym = |m: &Mention| m.names.iter().find(|n| n.kind == NameKind::Acronym).map(|n| n.text.clone());
    for body in bodies {
        let mention = &reader.claims.mentions[body.id];
        let name = mention.names.iter().find(|n| n.kind == NameKind::Name);
        let Some(told) = name.and_then(|n| telling::body(&n.text)) else { continue };
        let one = *first.entry((mention.class.clone(), told)).or_insert(body.id);
        let acronyms = [mention, &reader.claims.mentions[one]].map(acronym);
        if one != body.id && (acronyms.contains(&None) || acronyms[0] == acronyms[1]) {
            reader.claims.mentions[body.id].identity = Identity::Same(one);
        }
    }
}

/// The new bodies that have a name of several words, in the order in which they are mentioned.
fn bodies(reader: &Reader<'_>) -> Vec<Body> {
    let kinds = [class::GOVERNMENT_BODY, class::COMMISSION];
    let words = &reader.tools.lexicon.words;
    let small = |w: &String| words.connectors.contains(w) || words.determiners.contains(w) && w.len() <= 4 || w == ",";
    let mut out = Vec::new();
    for (id, mention) in reader.claims.mentions.iter().enumerate() {
        let new = is_new(reader, mention) && kinds.contains(&mention.class.as_ref());
        let Some(name) = mention.names.iter().find(|n| new && n.kind == NameKind::Name) else { continue };
        // "Ministry for Women" and "Ministry of Women, Family and Youth" are worded alike.
        let remit = &reader.tools.lexicon.rows.remit;
        let alike = |w: String| if remit.contains(&w) { remit.first().cloned().unwrap_or(w) } else { w };
        let own: Vec<String> =
            name.text.replace(',', " , ").split_whitespace().map(word).filter(|w| !w.is_empty()).map(alike).collect();
        let mut key: Vec<String> = own.iter().filter(|w| !small(w)).map(|w| singular(w, &words.plural_endings)).collect();
        if key.len() >= FEWEST {
            key.sort();
            out.push(Body { id, words: own, key });
        }
    }
    out
}

/// Whether nothing is known of what a mention means: nothing bears its name, or only what is another country's and not meant.
fn is_new(reader: &Reader<'_>, mention: &Mention) -> bool {
    match mention.identity {
        Identity::New => true,
        Identity::Known(_) => {
            mention.country.is_none() && matches!(choose(mention, reader.report, reader.tools.authority), Choice::New)
        }
        Identity::Fixed(_) | Identity::Same(_) => false,
    }
}

/// A word, folded, without the marks around it.
fn word(written: &str) -> String {
    if written == "," {
        written.to_owned()
    } else {
        fold(written.trim_matches(|c: char| !c.is_alphanumeric())).replace('’', "'")
    }
}

/// A word as it is in the singular, where it is long enough to tell: by the first ending of the plural that it has. What ends in it
/// twice is no plural: "access".
fn singular(word: &str, endings: &PluralEndings) -> String {
    const LONG: usize = 4;
    let twice = |s: &&str| endings.end(s);
    endings.without(word).next().filter(|s| s.len() >= LONG && !twice(s)).unwrap_or(word).to_owned()
}

/// What is plainly a short form of a name: its words before a comma or "and", or those behind its country's.
fn short_forms<'b>(reader: &Reader<'_>, long: &'b Body) -> impl Iterator<Item = &'b [String]> {
    let and = &reader.tools.lexicon.words.and;
    let words = long.words.as_slice();
    let parts = move |at: &usize| words[*at] == "," || and.contains(&words[*at]);
    let behind = words.split_first().filter(|(of, _)| reader.is_own_countrys(of)).map(|(_, rest)| rest);
    (0..words.len()).filter(parts).map(move |at| &words[..at]).chain(behind)
}
