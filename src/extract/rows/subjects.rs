//! Whom a row's sentence begins with, and whether it speaks of them.

use super::RowOf;
use super::runs::end_of_run;
use super::sentences::words;
use crate::extract::prose::Prose;
use crate::extract::reader::Reader;
use crate::extract::spots::Spot;
use crate::extract::tokens::{Token, ends_owner};
use crate::knowledge::words::folded_words;
use crate::model::claim::MentionId;
use crate::model::vocab::class;
use oxigraph::model::NamedNodeRef;
use std::ops::Range;

/// What sentences can be about.
const ABOUT: &[NamedNodeRef<'static>] =
    &[class::GOVERNMENT_BODY, class::COMMISSION, class::POLICY, class::OPERATIONAL_PROTOCOL, class::PROGRAMME, class::FORUM];

/// Brackets behind a name hold no more tokens than this: a period, an acronym, the name in another language.
const BRACKETS: usize = 12;

/// The names that a sentence begins with, where a verb follows them: "The X and the Y are responsible for …"; behind "Within
/// the X, the Y" it is the Y.
pub(super) fn subjects(reader: &Reader<'_>, prose: &Prose<'_>, at: usize) -> Vec<MentionId> {
    let toks = prose.place.tokens;
    let sentence = prose.sentences[at].tokens.clone();
    let words = &reader.tools.lexicon.words;
    let small = |i: usize| words.determiners.contains(&toks[i].folded);
    let mut found: Vec<usize> = Vec::new();
    let mut next = clause(reader, prose, at).unwrap_or_else(|| behind_opener(reader, toks, &sentence));
    let means = &reader.tools.lexicon.rows.by_means;
    let within = toks.get(next).is_some_and(|t| words.locative.contains(&t.folded) && !means.contains(&t.folded));
    let mut skipped = false;
    next += usize::from(within);
    loop {
        while next < sentence.end && small(next) && !toks[next].upper {
            next += 1;
        }
        let Some(spot) = prose.spots.iter().position(|s| s.tokens.start == next && s.tokens.end <= sentence.end) else { break };
        if !ABOUT.contains(&prose.spots[spot].kind.as_ref()) || prose.ids[spot].is_none() {
            return Vec::new();
        }
        next = prose.spots[spot].tokens.end;
        // "Cambodia Child Protection Program (2009–2023) is led by …".
        next = behind_bracket(toks, next, sentence.end);
        if toks.get(next).is_some_and(|t| (t.is('\'') || t.is('’')) && !t.spaced) {
            // "The FGR's Unit", "The Harbor Department's (HD) Unit": the owner is not the subject.
            next += 1 + usize::from(ends_owner(toks.get(next + 1), &reader.tools.lexicon.rows.owner_endings));
            next = behind_bracket(toks, next, sentence.end);
            found.clear();
            let owned = prose.spots.iter().any(|s| s.tokens.start == next);
            if owned {
                continue;
            }
            return Vec::new();
        }
        // "The General Labor Directorate in Abidjan coordinates …".
        let located =
            toks.get(next).is_some_and(|t| !t.capital && words.locative.contains(&t.folded) && !means.contains(&t.folded));
        if located && !within && toks.get(next + 1).is_some_and(|t| t.capital && !t.upper) {
            next = end_of_run(toks, next + 1, sentence.end, reader.tools.lexicon, false);
        }
        if within && !skipped && toks.get(next).is_some_and(|t| t.is(',')) {
            skipped = true;
            next += 1;
            continue;
        }
        found.push(spot);
        let mut joined = next;
        joined += usize::from(toks.get(joined).is_some_and(|t| t.is(',')));
        joined += usize::from(toks.get(joined).is_some_and(|t| words.and.contains(&t.folded)));
        let more = (joined > next).then(|| (joined..sentence.end).find(|i| !small(*i) || toks[*i].upper)).flatten();
        match more.filter(|i| prose.spots.iter().any(|s| s.tokens.start == *i && ABOUT.contains(&s.kind.as_ref()))) {
            Some(_) => next = joined,
            None => break,
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    // A list that no verb follows ("STPS cash transfer program that …") is no subject.
    let preposition = toks.get(next).is_some_and(|t| reader.tools.lexicon.rows.prepositions.contains(&t.folded));
    let verb = !preposition
        && toks.get(next).filter(|_| next < sentence.end).is_some_and(|t| t.is(',') || t.is_wordlike() && !t.capital && !t.upper);
    let noun = toks.get(next).is_some_and(|t| t.is('-')) || prose.spots.iter().any(|s| s.tokens.start == next);
    if !verb || noun || announces(reader, prose, next, sentence.end) {
        return Vec::new();
    }
    found.into_iter().filter_map(|s| prose.ids[s]).collect()
}

/// Where brackets end that open at a token.
fn behind_bracket(toks: &[Token], at: usize, end: usize) -> usize {
    let open = toks.get(at).filter(|t| t.is('('));
    let close = open.and_then(|_| (at..end.min(at + BRACKETS)).find(|i| toks[*i].is(')')));
    close.map_or(at, |close| close + 1)
}

/// Where a sentence begins behind a word, with a comma, that only joins it to the one before: "Separately, the X leads …".
fn behind_opener(reader: &Reader<'_>, toks: &[Token], sentence: &Range<usize>) -> usize {
    let words = &reader.tools.lexicon.words;
    let joins = |t: &Token| t.capital && words.openers.contains(&t.folded) && !words.determiners.contains(&t.folded);
    let opener = sentence.len() > 2 && joins(&toks[sentence.start]) && toks[sentence.start + 1].is(',');
    sentence.start + if opener { 2 } else { 0 }
}

/// Whether a sentence begins with the name of an organisation that rows are not about, and says something of it: "Caritas Mali, an NGO
/// that …, provides", "FTUU also operates".
pub(super) fn of_outsider(reader: &Reader<'_>, row: &RowOf<'_>, prose: &Prose<'_>, at: usize) -> bool {
    const OUTSIDE: &[NamedNodeRef<'static>] = &[
        class::CIVIL_SOCIETY_ORGANIZATION,
        class::INTERGOVERNMENTAL_ORGANIZATION,
        class::WORKERS_ORGANIZATION,
        class::EMPLOYERS_ORGANIZATION,
        class::COMPANY,
    ];
    let toks = prose.place.tokens;
    let sentence = prose.sentences[at].tokens.clone();
    let rows = &reader.tools.lexicon.rows;
    let mut start = behind_opener(reader, toks, &sentence);
    start += usize::from(toks.get(start).is_some_and(|t| rows.articles.contains(&t.folded) && !t.upper));
    let named = prose.spots.iter().zip(&prose.ids).find(|(s, _)| s.tokens.start == start && s.tokens.end < sentence.end);
    let Some((spot, Some(id))) = named else { return false };
    let next = behind_bracket(toks, spot.tokens.end, sentence.end);
    let verb = toks.get(next).is_some_and(|t| t.is_wordlike() && !t.capital && !rows.members.contains(&t.folded));
    let preposition = toks.get(next).is_some_and(|t| rows.prepositions.contains(&t.folded) || rows.suffixes.contains(&t.folded));
    let aside =
        toks.get(next).is_some_and(|t| t.is(',')) && toks.get(next + 1).is_some_and(|t| rows.articles.contains(&t.folded));
    OUTSIDE.contains(&spot.kind.as_ref())
        && !row.title.topics.contains(&reader.origin(*id))
        && (verb && !preposition && !announces(reader, prose, next, sentence.end) || aside)
}

/// The programme of a row that a sentence names behind someone who does something with it: "The government worked with the ILO to carry
/// out the USDOL-funded MAP 16 project".
pub(super) fn named_inside(
    reader: &Reader<'_>,
    row: &RowOf<'_>,
    prose: &Prose<'_>,
    at: usize,
    same: bool,
) -> Option<Vec<MentionId>> {
    let topics = &row.title.topics;
    let tokens = &prose.sentences[at].tokens;
    let named = |topic: &&MentionId| {
        let here = |(spot, id): (&Spot, &Option<MentionId>)| {
            tokens.contains(&spot.tokens.start) && id.is_some_and(|id| reader.origin(id) == **topic)
        };
        prose.spots.iter().zip(&prose.ids).any(here)
    };
    // Of a row on several, those that are named: "The Ministry also operates Open Line".
    let own: Vec<MentionId> = topics.iter().filter(named).copied().collect();
    let programmes = !same && topics.iter().all(|topic| reader.class_of(*topic) == class::PROGRAMME);
    (programmes && !own.is_empty() && (topics.len() == 1 || own.len() < topics.len())).then_some(own)
}

/// The programme of a row whose name begins a sentence, though another's stands behind it: "The MAP 16 USDOL-funded project is …".
pub(super) fn own_programme(row: &RowOf<'_>, reader: &Reader<'_>, prose: &Prose<'_>, at: usize) -> Option<MentionId> {
    let toks = prose.place.tokens;
    let start = prose.sentences[at].tokens.start;
    let article = reader.tools.lexicon.rows.articles.contains(&toks[start].folded) && !toks[start].upper;
    let first = prose.spots.iter().position(|s| s.tokens.start == start + usize::from(article))?;
    let (next, id) = (toks.get(prose.spots[first].tokens.end)?, prose.ids[first]?);
    let id = Some(reader.origin(id)).filter(|id| row.title.topics.contains(id) && reader.class_of(*id) == class::PROGRAMME);
    id.filter(|_| next.upper)
}

/// Whether a sentence's beginning that may refer back means what was spoken of: "the hotline" and "this budget" do so only where that is
/// called so, "this program" where it is one.
pub(super) fn refers(reader: &Reader<'_>, current: &[MentionId], text: &str) -> bool {
    /// The noun is one of so many words.
    const FAR: usize = 4;
    let rows = &reader.tools.lexicon.rows;
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default();
    let behind: Vec<&str> = words.take(FAR).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let is = |list: &[String], word: &str| list.iter().any(|w| w == word);
    let endings = &reader.tools.lexicon.words.plural_endings;
    let singular = |word: &str| endings.without(word).next().unwrap_or(word).to_owned();
    let called = |word: &str| {
        let names = current.iter().flat_map(|id| [*id, reader.origin(*id)]).flat_map(|id| &reader.claims.mentions[id].names);
        let mut own = names.flat_map(|name| folded_words(&name.text));
        own.any(|w| singular(&w) == singular(word))
    };
    if is(&rows.demonstratives, first) {
        let nouns = [&rows.bodies, &rows.plural_bodies, &rows.things, &rows.members, &rows.themes, &rows.umbrellas];
        let policies = [class::POLICY, class::OPERATIONAL_PROTOCOL];
        let written = !current.is_empty() && current.iter().all(|id| policies.contains(&reader.class_of(*id)));
        let meant = |w: &str| nouns.iter().any(|list| is(list, w)) || called(w) || written && is(&rows.papers, w);
        return behind.iter().any(|w| meant(w));
    }
    let facility = behind.first().filter(|w| is(&rows.definite, first) && is(&rows.facilities, w));
    facility.is_none_or(|w| called(w))
}

/// Where the subject begins behind a clause that says how it came about: "Established via Agreement 2-2019, the X assumed …".
pub(super) fn clause(reader: &Reader<'_>, prose: &Prose<'_>, at: usize) -> Option<usize> {
    let toks = prose.place.tokens;
    let sentence = prose.sentences[at].tokens.clone();
    let text = words(prose.place, &sentence);
    reader.tools.rules.rows.asides.as_ref().filter(|a| a.is_match(&text))?;
    prose
        .spots
        .iter()
        .enumerate()
        .filter(|(s, spot)| {
            prose.ids[*s].is_some() && sentence.contains(&spot.tokens.start) && ABOUT.contains(&spot.kind.as_ref())
        })
        .find_map(|(_, spot)| {
            let the =
                spot.tokens.start.checked_sub(1).filter(|i| reader.tools.lexicon.rows.articles.contains(&toks[*i].folded))?;
            let comma = the.checked_sub(1).filter(|i| toks[*i].is(','))?;
            let verb = toks.get(spot.tokens.end).filter(|t| {
                !t.capital
                    && t.is_wordlike()
                    && !reader.tools.lexicon.rows.prepositions.contains(&t.folded)
                    && !reader.tools.lexicon.words.and.contains(&t.folded)
            });
            (comma > sentence.start && verb.is_some()).then_some(the)
        })
}

/// Whether the words behind a name make it qualify a programme: "STPS cash transfer program that offers".
fn announces(reader: &Reader<'_>, prose: &Prose<'_>, from: usize, to: usize) -> bool {
    const FAR: usize = 6;
    let members = &reader.tools.lexicon.rows.members;
    let toks = prose.place.tokens;
    let rows = &reader.tools.lexicon.rows;
    let verb = |i: usize| rows.ends_as_verb(&toks[i].folded) && !members.contains(&toks[i].folded);
    // "Ministry of Fisheries policy that aims to".
    let which = |i: usize| toks.get(i).is_some_and(|t| rows.relatives.contains(&t.folded));
    let defined = |i: usize| rows.things.contains(&toks[i].folded) && which(i + 1);
    (from..to.min(from + FAR))
        .take_while(|i| toks[*i].kind == crate::extract::tokens::Kind::Word && !verb(*i))
        .any(|i| members.contains(&toks[i].folded) || defined(i))
}
