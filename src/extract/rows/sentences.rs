//! What each sentence of a row is about, and what it says that thing is for.

use super::cell::{lowered, plain};
use super::runs::end_of_run;
use super::umbrella::{Item, Piece};
use super::{RowOf, label, units};
use crate::extract::prose::Prose;
use crate::extract::reader::{Place, Reader};
use crate::extract::relations::literal;
use crate::extract::tokens::{Sentence, ends_owner, sentences as split};
use crate::model::claim::{MentionId, Object};
use crate::model::id::fold;
use crate::model::vocab::{class, flg, org};
use oxigraph::model::NamedNodeRef;
use std::ops::Range;

/// What sentences can be about.
const ABOUT: &[NamedNodeRef<'static>] =
    &[class::GOVERNMENT_BODY, class::COMMISSION, class::POLICY, class::OPERATIONAL_PROTOCOL, class::PROGRAMME, class::FORUM];

/// Brackets behind a name hold no more tokens than this: a period, an acronym, the name in another language.
const BRACKETS: usize = 12;

/// The words of a sentence, folded, with straight apostrophes.
pub(super) fn words(place: Place<'_>, tokens: &Range<usize>) -> String {
    fold(&plain(place.text(tokens))).replace('’', "'")
}

/// Whether a sentence tells what was done in the period of the report.
pub(super) fn is_result(reader: &Reader<'_>, place: Place<'_>, tokens: &Range<usize>) -> bool {
    let words = words(place, tokens);
    let rules = &reader.tools.rules.rows;
    rules.results.is_match(&words) && !matches(rules.kept.as_ref(), &words)
}

/// Whether a sentence is not sure of what it tells.
pub(super) fn is_hedged(reader: &Reader<'_>, place: Place<'_>, tokens: &Range<usize>) -> bool {
    matches(reader.tools.rules.rows.hedges.as_ref(), &words(place, tokens))
}

fn matches(rule: Option<&regex::Regex>, words: &str) -> bool {
    rule.is_some_and(|r| r.is_match(words))
}

/// Of each sentence, whether it tells that; what refers back to such a sentence goes on with it.
pub(super) fn results(reader: &Reader<'_>, place: Place<'_>, sentences: &[Sentence]) -> Vec<bool> {
    let rules = &reader.tools.rules.rows;
    let rules_lists = &reader.tools.lexicon.rows.lists;
    let mut out: Vec<bool> = Vec::new();
    for sentence in sentences {
        let text = words(place, &sentence.tokens);
        let refers = [&rules.same, &rules.other].into_iter().flatten().any(|r| r.is_match(&text));
        let named = place.tokens[sentence.tokens.clone()].get(1).is_some_and(|t| t.upper);
        // "Other projects include: …" begins a list of its own.
        let lists =
            sentence.tokens.clone().skip(1).any(|i| place.tokens[i].is(':') && rules_lists.contains(&place.tokens[i - 1].folded));
        let goes_on = refers && !named && !lists && out.last() == Some(&true);
        out.push(goes_on || is_result(reader, place, &sentence.tokens));
    }
    out
}

/// The sentences of a row's text; where a clause behind a semicolon tells what was done in the period of the report, it is one
/// of its own.
pub(super) fn clauses(reader: &Reader<'_>, place: Place<'_>) -> Vec<Sentence> {
    let toks = place.tokens;
    let mut out = Vec::new();
    let whole = split(toks, &reader.tools.lexicon.words.abbreviations);
    for whole in whole.into_iter().flat_map(|s| label::cited(reader, place, &s)) {
        let tokens = whole.tokens.clone();
        let told = is_result(reader, place, &tokens);
        let last = tokens.clone().rfind(|i| toks[*i].is(';'));
        let kept = || matches(reader.tools.rules.rows.kept.as_ref(), &words(place, &tokens));
        let last = last.filter(|_| told || kept());
        // "X; Y; and Z carried out …" is one list.
        let listed = |i: usize| toks.get(i + 1).is_some_and(|t| reader.tools.lexicon.words.and.contains(&t.folded));
        let ends = |i: usize| {
            if told { !is_result(reader, place, &(tokens.start..i)) } else { is_result(reader, place, &(i + 1..tokens.end)) }
        };
        let cut = last.filter(|i| !listed(*i) && ends(*i));
        match cut {
            Some(cut) => {
                out.push(Sentence { tokens: tokens.start..cut + 1, item: whole.item });
                if cut + 1 < tokens.end {
                    out.push(Sentence { tokens: cut + 1..tokens.end, item: whole.item });
                }
            }
            None => out.push(whole),
        }
    }
    out
}

/// The topics of a row's sentences.
#[derive(Clone, Debug, Default)]
pub(super) struct Topics {
    pub all: Vec<Vec<MentionId>>,
}

impl Topics {
    pub(super) fn of(reader: &Reader<'_>, row: &RowOf<'_>, prose: &Prose<'_>, pieces: &[Piece], items: &[Item]) -> Self {
        let mut all = Vec::new();
        let mut current = row.title.topics.clone();
        let mut labelled = false;
        for (at, piece) in pieces.iter().enumerate() {
            let unsure = piece.item.is_none() && is_hedged(reader, prose.place, &piece.sentence.tokens);
            if !piece.read || unsure {
                all.push(Vec::new());
                continue;
            }
            let rules = &reader.tools.rules.rows;
            let whole = &piece.sentence.tokens;
            let behind = label::behind(reader, row, prose.place.tokens, whole);
            labelled |= behind.is_some();
            let text = words(prose.place, &(behind.unwrap_or(whole.start)..whole.end));
            let starts = |r: &Option<regex::Regex>| r.as_ref().is_some_and(|r| r.is_match(&text));
            let mut subjects = subjects(reader, prose, at);
            if subjects.is_empty() {
                subjects.extend(own_programme(row, reader, prose, at));
            }
            let body = |id: &MentionId| {
                [class::GOVERNMENT_BODY, class::COMMISSION, class::FORUM].contains(&reader.class_of(*id))
                    && !row.title.topics.contains(id)
            };
            // "USDOL-funded project that …" and "The Minister serves as its chair" speak of the row.
            let programmes = row.table.class.as_ref().is_some_and(|c| c.0.as_ref() == class::PROGRAMME);
            // "The head of the Labor Bureau serves as its secretary", though no body's name begins it.
            let of_row = !row.title.topics.is_empty()
                && (starts(&rules.of_row) || programmes && subjects.iter().any(body))
                && (subjects.is_empty() || subjects.iter().any(body));
            if of_row {
                subjects.clear();
            }
            let defined = at == 0 && starts(&rules.definitions) && !row.title.umbrella;
            let here = if let Some(behind) = behind {
                current = label::named(prose, whole, behind);
                current.clone()
            } else if let Some(item) = piece.item {
                current = vec![items[item].id];
                current.clone()
            } else if !subjects.is_empty() {
                if !starts(&rules.same) {
                    current.clone_from(&subjects);
                }
                subjects
            } else if defined || of_row && current.iter().all(|c| row.title.topics.contains(&reader.origin(*c))) {
                row.title.topics.clone()
            } else if starts(&rules.same) || !starts(&rules.other) {
                // "Led by X": a sentence without a subject that says who leads speaks of the row.
                let row_itself = starts(&rules.asides) || starts(&rules.through);
                // Of a row on several things, the one that was spoken of last.
                let part = !current.is_empty()
                    && current.len() < row.title.topics.len()
                    && current.iter().all(|c| row.title.topics.contains(&reader.origin(*c)));
                let owners = starts(&rules.through).then(|| units::owners(reader, row, prose, at)).flatten();
                let row_itself = row_itself && !row.title.umbrella && !labelled && !part;
                owners.unwrap_or_else(|| if row_itself { row.title.topics.clone() } else { current.clone() })
            } else {
                Vec::new()
            };
            all.push(here);
        }
        Self { all }
    }
}

/// The names that a sentence begins with, where a verb follows them: "The X and the Y are responsible for …"; behind "Within
/// the X, the Y" it is the Y.
fn subjects(reader: &Reader<'_>, prose: &Prose<'_>, at: usize) -> Vec<MentionId> {
    let toks = prose.place.tokens;
    let sentence = prose.sentences[at].tokens.clone();
    let words = &reader.tools.lexicon.words;
    let small = |i: usize| words.determiners.contains(&toks[i].folded);
    let mut found: Vec<usize> = Vec::new();
    let mut next = clause(reader, prose, at).unwrap_or(sentence.start);
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
        if toks.get(next).is_some_and(|t| t.is('(')) {
            let close = (next..sentence.end.min(next + BRACKETS)).find(|i| toks[*i].is(')'));
            next = close.map_or(next, |c| c + 1);
        }
        if toks.get(next).is_some_and(|t| (t.is('\'') || t.is('’')) && !t.spaced) {
            // "The FGR's Unit": the owner is not the subject.
            next += 1 + usize::from(ends_owner(toks.get(next + 1), &reader.tools.lexicon.rows.owner_endings));
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

/// The programme of a row whose name begins a sentence, though another's stands behind it: "The MAP 16 USDOL-funded project is …".
fn own_programme(row: &RowOf<'_>, reader: &Reader<'_>, prose: &Prose<'_>, at: usize) -> Option<MentionId> {
    let toks = prose.place.tokens;
    let start = prose.sentences[at].tokens.start;
    let article = reader.tools.lexicon.rows.articles.contains(&toks[start].folded) && !toks[start].upper;
    let first = prose.spots.iter().position(|s| s.tokens.start == start + usize::from(article))?;
    let (next, id) = (toks.get(prose.spots[first].tokens.end)?, prose.ids[first]?);
    let id = Some(reader.origin(id)).filter(|id| row.title.topics.contains(id) && reader.class_of(*id) == class::PROGRAMME);
    id.filter(|_| next.upper)
}

/// Where the subject begins behind a clause that says how it came about: "Established via Agreement 2-2019, the X assumed …".
fn clause(reader: &Reader<'_>, prose: &Prose<'_>, at: usize) -> Option<usize> {
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
    let verb = |i: usize| toks[i].folded.ends_with('s') && !members.contains(&toks[i].folded);
    // "Ministry of Fisheries policy that aims to".
    let rows = &reader.tools.lexicon.rows;
    let which = |i: usize| toks.get(i).is_some_and(|t| rows.relatives.contains(&t.folded));
    let defined = |i: usize| rows.things.contains(&toks[i].folded) && which(i + 1);
    (from..to.min(from + FAR))
        .take_while(|i| toks[*i].kind == crate::extract::tokens::Kind::Word && !verb(*i))
        .any(|i| members.contains(&toks[i].folded) || defined(i))
}

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
    let aside = rules.asides.as_ref().is_some_and(|a| a.is_match(&text)) || lists_members(reader, prose, at);
    // From the words that part the thing from its purpose on, in the words as they are written.
    let lower = lowered(sentence);
    // "Program to Assist Kayayei" is a name.
    let named = |m: &regex::Match<'_>| {
        let first = m.as_str().find(' ').and_then(|i| sentence.get(m.start() + i + 1..)).and_then(|s| s.chars().next());
        m.as_str().starts_with("to ") && first.is_some_and(char::is_uppercase)
    };
    let aim = |m: &regex::Match<'_>| !named(m) && rules.not_purposes.as_ref().is_none_or(|n| !n.is_match(m.as_str()));
    let cut = rules.purposes.iter().filter_map(|p| p.captures(&lower)?.name("text").filter(aim).map(|m| m.start())).min();
    let clause = clause(reader, prose, at);
    let programme = topics.iter().all(|t| reader.class_of(*t) == class::PROGRAMME);
    let start = match cut {
        _ if clause.is_some() => clause.map_or(bytes.start, |c| prose.place.tokens[c].start()),
        Some(cut) if programme || aside => bytes.start + cut,
        _ if aside => return,
        _ if programme && row.title.umbrella => return,
        _ => bytes.start,
    };
    let range = start..bytes.end;
    let said = plain(prose.place.passage.slice(range.clone()));
    let mark = |c: char| c.is_whitespace() || ".,;:".contains(c);
    let mut said = said.trim_matches(mark);
    // "… reduce child labor, including": the list that follows is another's.
    let lists = &reader.tools.lexicon.rows.lists;
    while let Some((head, _)) = said.rsplit_once(' ').filter(|(_, last)| lists.contains(&fold(last))) {
        said = head.trim_end_matches(mark);
    }
    if said.split(' ').count() < 3 || said.split(' ').all(|w| w.starts_with(char::is_uppercase)) {
        return;
    }
    let mut topics = topics.to_vec();
    topics.extend(through(reader, prose, at));
    for topic in topics {
        let property = match reader.class_of(topic) {
            c if c == class::GOVERNMENT_BODY || c == class::COMMISSION || c == class::FORUM => flg::MANDATE.into_owned(),
            _ => flg::OBJECTIVE.into_owned(),
        };
        if let Some(evidence) = reader.evidence(prose.place.answer, prose.place.passage, start.min(bytes.start)..bytes.end) {
            let value = literal(reader, said);
            reader.say(topic, &property, Object::Literal(value), evidence, "row-purpose", 0.85);
        }
    }
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
