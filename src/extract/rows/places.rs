//! Names that their place tells: behind "implemented by", at the head of a sentence, before a law's number.

use super::made::{known, known_spot};
use super::runs::{behind, end_of_run};
use super::titles::Titles;
use crate::extract::kinds;
use crate::extract::reader::{Place, Reader};
use crate::extract::spots::{Spot, What, find};
use crate::extract::tokens::{Kind, Sentence, Token, apostrophe, ends_owner, phrase};
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::table::TableSpec;
use crate::knowledge::words::folded_words;
use crate::model::claim::{Identity, Mention, Name, NameKind, Object};
use crate::model::id::fold;
use crate::model::vocab::{class, org};
use std::ops::Range;

/// An acronym that nobody explains is a member's name if it has so many letters.
const SHORTEST_ACRONYM: usize = 4;

/// Names behind "implemented by", or "composed of", and the like that neither head nouns nor the authority tell.
/// `taken` are the names that are found already; names are looked for where `read` says that a text is read.
pub(super) fn behind_cues(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    table: &TableSpec,
    taken: &[Spot],
    read: impl Fn(usize) -> bool,
) -> Vec<Spot> {
    let tools = reader.tools;
    let rows = &tools.lexicon.rows;
    let members = table.rules.as_deref() == Some("bodies");
    let cues = match table.rules.as_deref() {
        Some("programmes") => &rows.cues,
        Some("bodies") => &rows.member_cues,
        _ => return Vec::new(),
    };
    let toks = place.tokens;
    let cues: Vec<Vec<String>> = cues.iter().map(|c| phrase(c)).collect();
    let found = find(place.passage.text(), toks, tools, &reader.acronyms);
    let whole = |s: &&Spot| !matches!(s.what, What::Short);
    let covered = |i: usize| {
        taken.iter().find(|s| s.tokens.contains(&i)).or(found.outer.iter().filter(whole).find(|s| s.tokens.start == i))
    };
    let free = |r: &Range<usize>| taken.iter().all(|s| s.tokens.end <= r.start || r.end <= s.tokens.start);
    let words = &tools.lexicon.words;
    let article = |i: usize| toks.get(i).is_some_and(|t| words.determiners.contains(&t.folded) && (!t.capital || t.upper));
    let mut out: Vec<Spot> = Vec::new();
    for start in behind(toks, &(0..toks.len()), &cues).into_iter().filter(|at| read(*at)) {
        let mut next = start;
        loop {
            while article(next) {
                next += 1;
                // "implemented by the state-owned National Net Corporation"
                let tied =
                    toks.get(next).is_some_and(|t| t.is('-') && !t.spaced) && toks.get(next + 1).is_some_and(|t| !t.capital);
                next += if tied { 2 } else { 0 };
            }
            if !toks.get(next).is_some_and(|t| t.capital) && covered(next).is_none() {
                break;
            }
            let short = end_of_run(toks, next, toks.len(), tools.lexicon, false);
            let end = if members { short } else { over_article(toks, next..short, tools.lexicon) };
            let longer = end > short;
            // "X and the Y", "Ministry of X and Ministry of Y" are two.
            let the = |i: usize| toks.get(i).is_some_and(|t| !t.capital && words.determiners.contains(&t.folded));
            let noun = |i: usize| toks.get(i).is_some_and(|t| rows.owners.contains(&t.folded) || rows.bodies.contains(&t.folded));
            let apart = |i: usize| the(i) || members && noun(i) && i + 1 < end;
            let two = (next + 1..end).find(|i| words.and.contains(&toks[*i].folded) && apart(*i + 1));
            let end = two.unwrap_or(end).max(next + 1);
            // Such a name may begin with a word for a concept, "Education a Child"; others are no organisations.
            let own = |s: &&Spot| !(longer && kinds::is_scheme(&s.kind));
            let known = covered(next).filter(|s| s.tokens.end >= end || is_sure(s)).filter(own).map(|s| s.tokens.end);
            // Who sits in a body is told by several words; a person's title names no member.
            let holder = || toks[next..end].iter().any(|t| rows.holders.contains(&t.folded));
            // A member of one word is named only where it is an acronym.
            let brief = || end - next < 2 && !(toks[next].upper && toks[next].folded.len() >= SHORTEST_ACRONYM);
            if known.is_none() && free(&(next..end)) && !(members && (brief() || holder())) {
                out.extend(unknown(reader, place, next..end, members));
            }
            let end = known.unwrap_or(end);
            let comma = usize::from(toks.get(end).is_some_and(|t| t.is(',') || members && t.is(';')));
            let and = usize::from(toks.get(end + comma).is_some_and(|t| words.and.contains(&t.folded)));
            next = end + comma + and;
            let the = members && article(next) && toks.get(next + 1).is_some_and(|t| t.capital);
            let goes_on = comma + and > 0 && the
                || comma + and > 0
                    && (toks.get(next).is_some_and(|t| t.capital) || and > 0 && article(next) || covered(next).is_some());
            if !goes_on {
                break;
            }
        }
    }
    if !members {
        let tied = |at: &usize| {
            let suffix = toks.get(at + 1).is_some_and(|t| !t.spaced && words.tied.contains(&t.folded));
            suffix && toks[*at].is('-') && !toks[*at].spaced
        };
        for dash in (1..toks.len()).filter(|at| tied(at) && read(*at)) {
            let all: Vec<Spot> = taken.iter().chain(&out).cloned().collect();
            if let Some(name) = before_suffix(reader, place, &all, &found.outer, dash) {
                out.extend(unknown(reader, place, name, false));
            }
        }
    }
    out
}

/// The name before the dash of "-implemented" and the like that neither a head noun nor the authority tells: "a $2 million Harbor Stabilization Mission
/// in Rif-implemented program".
fn before_suffix(reader: &Reader<'_>, place: Place<'_>, taken: &[Spot], found: &[Spot], dash: usize) -> Option<Range<usize>> {
    const FEWEST: usize = 3;
    let toks = place.tokens;
    let words = &reader.tools.lexicon.words;
    let word = |i: usize| toks[i].capital && toks[i].is_wordlike() && !words.openers.contains(&toks[i].folded);
    let small = |i: usize| !toks[i].capital && words.locative.contains(&toks[i].folded);
    let mut start = dash;
    while let Some(i) = start.checked_sub(1) {
        if !(word(i) && (start == dash || toks[start].spaced) || small(i) && start < dash && i > 0 && word(i - 1)) {
            break;
        }
        start = i;
    }
    let name = start..dash;
    let whole = |s: &Spot| s.tokens.start <= name.start && name.end <= s.tokens.end;
    // Of a name alone the head tells more, unless the place behind it is all that is known.
    let last = found.iter().chain(taken).find(|s| s.tokens.end == dash && s.tokens.start > name.start);
    let located = last.is_none_or(|s| small(s.tokens.start - 1));
    let free =
        !taken.iter().chain(found).any(whole) && taken.iter().all(|s| s.tokens.end <= name.start || name.end <= s.tokens.start);
    (name.len() >= FEWEST && located && free).then_some(name)
}

/// Where a name ends that has an article in it, "Feed a Child", if a list or sentence goes on behind it; else where it ended.
fn over_article(toks: &[Token], name: Range<usize>, lexicon: &Lexicon) -> usize {
    let end = name.end;
    let article = toks.get(end).is_some_and(|t| !t.capital && lexicon.rows.articles.contains(&t.folded));
    if name.is_empty() || !article || !toks.get(end + 1).is_some_and(|t| t.capital && !t.upper) {
        return end;
    }
    let reach = end_of_run(toks, end + 1, toks.len(), lexicon, false);
    let listed = toks.get(reach).is_none_or(|t| t.is(',') || t.is('.') || lexicon.words.and.contains(&t.folded));
    if listed { reach } else { end }
}

/// Whether a spot is a name of something known.
fn is_sure(spot: &Spot) -> bool {
    match &spot.what {
        What::Learnt(_) | What::Promised(_) => true,
        What::Name { known, .. } => !known.is_empty(),
        _ => false,
    }
}

/// An organisation that nothing is known of.
fn unknown(reader: &mut Reader<'_>, place: Place<'_>, tokens: Range<usize>, member: bool) -> Option<Spot> {
    let name = place.text(&tokens).to_owned();
    let rows = &reader.tools.lexicon.rows;
    let never = member && folded_words(&name).iter().any(|w| rows.never.contains(w));
    if name.chars().count() < 3 || never || rows.nobody.contains(&fold(&name)) {
        return None;
    }
    let evidence = reader.evidence(place.answer, place.passage, place.bytes(&tokens))?;
    let noun = |w: &String| rows.owners.contains(w) || member && (rows.bodies.contains(w) || rows.plural_bodies.contains(w));
    let acronym = member && !name.chars().any(char::is_lowercase);
    let body = acronym || folded_words(&name).iter().any(noun);
    let kind = if body { class::GOVERNMENT_BODY.into_owned() } else { class::CIVIL_SOCIETY_ORGANIZATION.into_owned() };
    let known = known(reader, &[name.as_str()], &kind);
    let lang = Some(reader.report.language.clone());
    let how = if acronym { NameKind::Acronym } else { NameKind::Name };
    let names = vec![Name { text: name.clone(), lang, kind: how, evidence: evidence.clone() }];
    let identity = if known.is_empty() { Identity::New } else { Identity::Known(known) };
    let mention = Mention { class: kind.clone(), names, identity, country: None, evidence };
    let id = reader.introduce(mention, &kind, fold(&name), place.answer);
    Some(known_spot(tokens, kind, id))
}

/// Bodies that are named by their owners, "the LNP's WACPS": one name, of the body that is owned.
pub(super) fn owned(reader: &mut Reader<'_>, place: Place<'_>, titles: &Titles) -> Vec<Spot> {
    let toks = place.tokens;
    let body = |s: &Spot| [class::GOVERNMENT_BODY, class::COMMISSION].contains(&s.kind.as_ref());
    let spots: Vec<Spot> = titles.spots(place.passage.text(), toks).into_iter().filter(body).collect();
    let acronyms = find(place.passage.text(), toks, reader.tools, &reader.acronyms).outer;
    let acronyms = acronyms.into_iter().filter(|s| body(s) && matches!(s.what, What::Learnt(_) | What::Promised(_)));
    let mut out = Vec::new();
    for owner in spots.iter().cloned().chain(acronyms.filter(|a| spots.iter().all(|s| s.tokens.start != a.tokens.start))) {
        let mut next = owner.tokens.end;
        if !toks.get(next).is_some_and(|t| apostrophe(t) && !t.spaced) {
            continue;
        }
        next += 1 + usize::from(ends_owner(toks.get(next + 1), &reader.tools.lexicon.rows.owner_endings));
        let Some(part) = spots.iter().find(|s| s.tokens.start == next) else { continue };
        let What::Learnt(id) = part.what else { continue };
        let above = if let What::Learnt(above) = owner.what { Some(above) } else { reader.mention(place, &owner) };
        let Some(above) = above.filter(|above| *above != id) else { continue };
        let tokens = owner.tokens.start..part.tokens.end;
        let Some(evidence) = reader.evidence(place.answer, place.passage, place.bytes(&tokens)) else { continue };
        reader.say(id, &org::SUB_ORGANIZATION_OF.into_owned(), Object::Mention(above), evidence, "name-in-name", 0.9);
        out.push(known_spot(tokens, part.kind.clone(), id));
    }
    out
}

/// Bodies in lower case that a sentence is about: "The STPS inspectorate is responsible for …".
pub(super) fn plain_bodies(reader: &mut Reader<'_>, place: Place<'_>, sentences: &[Sentence]) -> Vec<Spot> {
    const LONGEST: usize = 7;
    let tools = reader.tools;
    let toks = place.tokens;
    let mut out = Vec::new();
    for sentence in sentences {
        let start = sentence.tokens.start;
        if !toks[start].capital || !tools.lexicon.words.determiners.contains(&toks[start].folded) {
            continue;
        }
        let from = start + 1;
        let Some(noun) = (from + 1..sentence.tokens.end.min(from + LONGEST)).find(|i| {
            let plural = tools
                .lexicon
                .words
                .plural_endings
                .without(&toks[*i].folded)
                .any(|s| tools.lexicon.rows.bodies.iter().any(|b| b == s));
            !toks[*i].capital && (plural || tools.lexicon.rows.bodies.contains(&toks[*i].folded))
        }) else {
            continue;
        };
        let charged = tools.lexicon.rows.charged.iter().any(|c| {
            let words = phrase(c);
            toks.get(noun + 1..noun + 1 + words.len()).is_some_and(|h| h.iter().zip(&words).all(|(t, w)| t.folded == *w))
        });
        let words = toks[from..noun].iter().all(|t| t.is_wordlike() && (!t.capital || t.upper) || t.is('-'));
        let told = toks[from..noun].iter().any(|t| t.upper || t.is('-'));
        if !(charged && words && told) {
            continue;
        }
        let tokens = from..noun + 1;
        let Some(evidence) = reader.evidence(place.answer, place.passage, place.bytes(&tokens)) else { continue };
        let name = place.text(&tokens).to_owned();
        let kind = class::GOVERNMENT_BODY.into_owned();
        let lang = Some(reader.report.language.clone());
        let owner = reader.acronyms.learnt.get(place.text(&(from..from + 1))).map(|(id, _)| *id);
        let names = vec![Name { text: name.clone(), lang, kind: NameKind::Name, evidence: evidence.clone() }];
        let mention = Mention { class: kind.clone(), names, identity: Identity::New, country: None, evidence: evidence.clone() };
        let id = reader.introduce(mention, &kind, fold(&name), place.answer);
        if let Some(owner) = owner {
            reader.say(id, &org::SUB_ORGANIZATION_OF.into_owned(), Object::Mention(owner), evidence, "name-in-name", 0.85);
        }
        out.push(known_spot(tokens, kind, id));
    }
    out
}

/// Laws that are known by their number: "Agreement 2-2019", "Federal Decree No. 10.701".
pub(super) fn numbered(reader: &mut Reader<'_>, place: Place<'_>) -> Vec<Spot> {
    let tools = reader.tools;
    let toks = place.tokens;
    let mut out = Vec::new();
    for at in 0..toks.len() {
        if !toks[at].capital || !tools.lexicon.rows.numbered.contains(&toks[at].folded) {
            continue;
        }
        let mut end = at + 1;
        end += usize::from(toks.get(end).is_some_and(|t| tools.lexicon.words.number_signs.contains(&t.folded)));
        end += usize::from(end > at + 1 && toks.get(end).is_some_and(|t| t.is('.') || t.is('°') || t.is('º')));
        if !toks.get(end).is_some_and(|t| t.kind == Kind::Number) {
            continue;
        }
        end += 1;
        while toks.get(end).is_some_and(|t| (t.is('-') || t.is('/') || t.is('.') || t.is('–')) && !t.spaced)
            && toks.get(end + 1).is_some_and(|t| t.is_wordlike() && !t.spaced)
        {
            end += 2;
        }
        let mut start = at;
        while start > 0
            && toks[start - 1].capital
            && toks[start].spaced
            && !tools.lexicon.words.openers.contains(&toks[start - 1].folded)
        {
            start -= 1;
        }
        let tokens = start..end;
        let Some(evidence) = reader.evidence(place.answer, place.passage, place.bytes(&tokens)) else { continue };
        let name = place.text(&tokens).to_owned();
        let kind = class::LEGAL_INSTRUMENT.into_owned();
        let known = known(reader, &[name.as_str()], &kind);
        let identity = if known.is_empty() { Identity::New } else { Identity::Known(known) };
        let lang = Some(reader.report.language.clone());
        let names = vec![Name { text: name.clone(), lang, kind: NameKind::Name, evidence: evidence.clone() }];
        let mention = Mention { class: kind.clone(), names, identity, country: None, evidence };
        let id = reader.introduce(mention, &kind, fold(&name), place.answer);
        out.push(known_spot(tokens, kind, id));
    }
    out
}

/// Bodies whose names are complete in a head noun, of which the report has no longer name: "in the National Police".
pub(super) fn alone(reader: &mut Reader<'_>, place: Place<'_>) -> Vec<Spot> {
    let tools = reader.tools;
    let mut out = Vec::new();
    for spot in find(place.passage.text(), place.tokens, tools, &reader.acronyms).outer {
        let head = spot.head.and_then(|h| tools.lexicon.heads.get(h)).filter(|h| h.alone);
        let words = fold(place.text(&spot.name));
        let short =
            matches!(spot.what, What::Short) && place.tokens[spot.name.clone()].iter().all(|t| t.capital || !t.is_wordlike());
        if head.is_none() || !short || reader.only_longer(place.answer, &spot.kind, &words).is_some() {
            continue;
        }
        let Some(evidence) = reader.evidence(place.answer, place.passage, place.bytes(&spot.name)) else { continue };
        let name = place.text(&spot.name).to_owned();
        let known = known(reader, &[name.as_str()], &spot.kind);
        let identity = if known.is_empty() { Identity::New } else { Identity::Known(known) };
        let lang = Some(reader.report.language.clone());
        let names = vec![Name { text: name, lang, kind: NameKind::Name, evidence: evidence.clone() }];
        let mention = Mention { class: spot.kind.clone(), names, identity, country: None, evidence };
        let id = reader.introduce(mention, &spot.kind, words, place.answer);
        out.push(known_spot(spot.tokens, spot.kind, id));
    }
    out
}
