//! Names that a text writes in part: "the ministries of Labor, Education, and Health", "the Minister of Labor"; and names
//! that nothing tells but the words before them: "implemented by Free the Slaves".

use super::runs::{behind, end_of_run, run};
use super::titles::{Titles, known, known_spot};
use crate::extract::reader::{Place, Reader};
use crate::extract::spots::{Spot, What, find};
use crate::extract::tokens::{Kind, Sentence, phrase};
use crate::knowledge::table::TableSpec;
use crate::knowledge::words::folded_words;
use crate::model::claim::{Identity, Mention, MentionId, Name, NameKind, Object};
use crate::model::id::fold;
use crate::model::vocab::{class, org};
use oxigraph::model::NamedNode;
use std::ops::Range;

/// "the ministries of Labor, Education, and Health": each is a name that begins with the noun they share.
pub(super) fn lists(reader: &mut Reader<'_>, place: Place<'_>, titles: &Titles) -> Vec<Spot> {
    let tools = reader.tools;
    let toks = place.tokens;
    let mut out = Vec::new();
    for at in 0..toks.len() {
        let Some(head) = tools.lexicon.rows.shared.get(&toks[at].folded) else { continue };
        let genitive = |i: usize| toks.get(i).is_some_and(|t| tools.lexicon.words.genitive.contains(&t.folded));
        // "MJSP, and the ministries for Women and Health" share it as well.
        if !genitive(at + 1) && !toks.get(at + 1).is_some_and(|t| t.folded == "for") {
            continue;
        }
        let mut next = at + 2;
        let mut first = true;
        let serial = serial(reader, place, next);
        while let Some(item) = item(reader, place, next, serial) {
            let the = toks.get(next).filter(|t| tools.lexicon.words.determiners.contains(&t.folded));
            let words = place.text(&item);
            let of = place.text(&(at + 1..at + 2)).to_owned();
            let name = match the {
                Some(_) => format!("{head} {of} {} {words}", place.text(&(next..next + 1))),
                None => format!("{head} {of} {words}"),
            };
            let from = if first { at } else { item.start };
            if let Some((id, kind)) = composed(reader, place, &name, at..item.end, titles) {
                out.push(known_spot(from..item.end, kind, id));
            }
            first = false;
            let mut behind = item.end;
            let comma = toks.get(behind).is_some_and(|t| t.is(','));
            behind += usize::from(comma);
            let and = toks.get(behind).is_some_and(|t| tools.lexicon.words.and.contains(&t.folded));
            behind += usize::from(and);
            if !comma && !and {
                break;
            }
            next = behind;
            if and {
                // The last of them, unless it is a name of its own.
                if let Some(item) = self::item(reader, place, next, serial) {
                    let the = toks.get(next).is_some_and(|t| tools.lexicon.words.determiners.contains(&t.folded));
                    let article = if the { format!("{} ", place.text(&(next..next + 1))) } else { String::new() };
                    let name = format!("{head} {of} {article}{}", place.text(&item));
                    if let Some((id, kind)) = composed(reader, place, &name, at..item.end, titles) {
                        out.push(known_spot(item.clone(), kind, id));
                    }
                }
                break;
            }
        }
    }
    out
}

/// Whether the list that begins at a token sets "and" behind a comma, so that another "and" belongs to a name.
fn serial(reader: &Reader<'_>, place: Place<'_>, from: usize) -> bool {
    let toks = place.tokens;
    let and = &reader.tools.lexicon.words.and;
    (from..toks.len().min(from + 60))
        .take_while(|i| !toks[*i].is('.') && !toks[*i].is(';'))
        .any(|i| toks[i].is(',') && toks.get(i + 1).is_some_and(|t| and.contains(&t.folded)))
}

/// The item of such a list that begins at a token, without its article: capitalised words that are no name by themselves.
fn item(reader: &Reader<'_>, place: Place<'_>, from: usize, serial: bool) -> Option<Range<usize>> {
    let toks = place.tokens;
    let words = &reader.tools.lexicon.words;
    let start = from + usize::from(toks.get(from).is_some_and(|t| words.determiners.contains(&t.folded) && !t.capital));
    let first = toks.get(start)?;
    let body = |i: usize| {
        toks.get(i).is_some_and(|t| {
            reader.tools.lexicon.rows.owners.contains(&t.folded) || reader.tools.lexicon.rows.shared.contains_key(&t.folded)
        })
    };
    if !first.capital || first.upper || body(start) {
        return None;
    }
    let mut end = start;
    while let Some(token) = toks.get(end) {
        let and = words.and.contains(&token.folded);
        let next = toks.get(end + 1);
        if token.capital && !token.upper && !body(end) || token.is('-') && !token.spaced {
            end += 1;
        } else if (and && serial || !and && words.connectors.contains(&token.folded))
            && next.is_some_and(|t| t.capital && !t.upper)
            && !body(end + 1)
        {
            end += 1;
        } else {
            break;
        }
    }
    (end > start).then_some(start..end)
}

/// A name that is put together from words of the text.
fn composed(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    name: &str,
    tokens: Range<usize>,
    titles: &Titles,
) -> Option<(MentionId, NamedNode)> {
    let words = folded_words(name);
    if let Some(titled) = titles.beginning(&words) {
        return Some((titled.id, titled.kind.clone()));
    }
    let evidence = reader.evidence(place.answer, place.passage, place.bytes(&tokens))?;
    let place_kind = class::PLACE.into_owned();
    let found = known(reader, &[name], &place_kind);
    let kind = if found.is_empty() { class::GOVERNMENT_BODY.into_owned() } else { place_kind };
    let found = if found.is_empty() { known(reader, &[name], &kind) } else { found };
    if found.is_empty() && reader.tools.lexicon.rows.places.iter().any(|p| p.starts_with(&words[0])) {
        return None; // a state or province that is not known
    }
    let identity = if found.is_empty() { Identity::New } else { Identity::Known(found) };
    let lang = Some(reader.report.language.clone());
    let names = vec![Name { text: name.to_owned(), lang, kind: NameKind::Name, evidence: evidence.clone() }];
    let mention = Mention { class: kind.clone(), names, identity, country: None, evidence };
    Some((reader.introduce(mention, &kind, fold(name), place.answer), kind))
}

/// "the Minister of Labor", "the Labor Minister": the office-holder stands for the body.
pub(super) fn officers(reader: &mut Reader<'_>, place: Place<'_>, titles: &Titles) -> Vec<Spot> {
    let tools = reader.tools;
    let toks = place.tokens;
    let mut out = Vec::new();
    for at in 0..toks.len() {
        let Some(body) = tools.lexicon.rows.officers.get(&toks[at].folded).filter(|_| toks[at].capital) else { continue };
        let genitive = toks.get(at + 1).is_some_and(|t| t.folded == "of" || t.folded == "for");
        // A prime minister is a head of government, and has no ministry.
        let head =
            at.checked_sub(1).filter(|i| toks[*i].capital && tools.lexicon.rows.heads_of_government.contains(&toks[*i].folded));
        if let Some(from) = head {
            out.extend(named_body(reader, place, from..at + 1));
            continue;
        }
        let mut from = at;
        while from > 0 && toks[from - 1].capital && tools.lexicon.rows.ranks.contains(&toks[from - 1].folded) {
            from -= 1;
        }
        let found = if genitive {
            let the = toks.get(at + 2).is_some_and(|t| t.folded == "the");
            let start = at + 2 + usize::from(the);
            let end = run(place.passage.text(), toks, start, toks.len(), tools.lexicon, false).map(|r| r.name.end);
            end.map(|end| (from..end, format!("{body} {}", place.text(&(at + 1..end)))))
        } else {
            let before = from.checked_sub(1).filter(|i| {
                toks[*i].capital
                    && !toks[*i].upper
                    && toks[*i].is_wordlike()
                    && *i > 0
                    && !tools.lexicon.words.openers.contains(&toks[*i].folded)
            });
            before.map(|i| (i..at + 1, format!("{body} of {}", place.text(&(i..from)))))
        };
        if let Some((tokens, name)) = found
            && let Some((id, kind)) = composed(reader, place, &name, tokens.clone(), titles)
        {
            out.push(known_spot(tokens, kind, id));
        }
    }
    out
}

/// Names behind "implemented by" and the like that neither head nouns nor the authority tell.
pub(super) fn behind_cues(reader: &mut Reader<'_>, place: Place<'_>, table: &TableSpec, titles: &Titles) -> Vec<Spot> {
    let tools = reader.tools;
    if table.rules.as_deref() != Some("programmes") {
        return Vec::new();
    }
    let toks = place.tokens;
    let cues: Vec<Vec<String>> = tools.lexicon.rows.cues.iter().map(|c| phrase(c)).collect();
    let found = find(place.passage.text(), toks, tools, &reader.acronyms);
    let titled = titles.spots(place.passage.text(), toks);
    let covered = |i: usize| titled.iter().chain(&found.outer).find(|s| s.tokens.start == i);
    let words = &tools.lexicon.words;
    let article = |i: usize| toks.get(i).is_some_and(|t| words.determiners.contains(&t.folded) && (!t.capital || t.upper));
    let mut out: Vec<Spot> = Vec::new();
    for start in behind(toks, &(0..toks.len()), &cues) {
        let mut next = start;
        loop {
            while article(next) {
                next += 1;
            }
            if !toks.get(next).is_some_and(|t| t.capital) {
                break;
            }
            let end = end_of_run(toks, next, toks.len(), tools.lexicon, false);
            let end = end.max(next + 1);
            let known = covered(next).filter(|s| s.tokens.end >= end || is_sure(s)).map(|s| s.tokens.end);
            if known.is_none() {
                out.extend(unknown(reader, place, next..end));
            }
            let end = known.unwrap_or(end);
            let comma = usize::from(toks.get(end).is_some_and(|t| t.is(',')));
            let and = usize::from(toks.get(end + comma).is_some_and(|t| words.and.contains(&t.folded)));
            next = end + comma + and;
            let goes_on = comma + and > 0 && (toks.get(next).is_some_and(|t| t.capital) || and > 0 && article(next));
            if !goes_on {
                break;
            }
        }
    }
    out
}

/// An office that is a body by itself.
fn named_body(reader: &mut Reader<'_>, place: Place<'_>, tokens: Range<usize>) -> Option<Spot> {
    let evidence = reader.evidence(place.answer, place.passage, place.bytes(&tokens))?;
    let kind = class::GOVERNMENT_BODY.into_owned();
    let name = place.text(&tokens).to_owned();
    let lang = Some(reader.report.language.clone());
    let names = vec![Name { text: name.clone(), lang, kind: NameKind::Name, evidence: evidence.clone() }];
    let mention = Mention { class: kind.clone(), names, identity: Identity::New, country: None, evidence };
    let id = reader.introduce(mention, &kind, fold(&name), place.answer);
    Some(known_spot(tokens, kind, id))
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
fn unknown(reader: &mut Reader<'_>, place: Place<'_>, tokens: Range<usize>) -> Option<Spot> {
    let name = place.text(&tokens).to_owned();
    let rows = &reader.tools.lexicon.rows;
    if name.chars().count() < 3 || rows.nobody.contains(&fold(&name)) {
        return None;
    }
    let evidence = reader.evidence(place.answer, place.passage, place.bytes(&tokens))?;
    let body = folded_words(&name).iter().any(|w| rows.owners.contains(w));
    let kind = if body { class::GOVERNMENT_BODY.into_owned() } else { class::CIVIL_SOCIETY_ORGANIZATION.into_owned() };
    let known = known(reader, &[name.as_str()], &kind);
    let lang = Some(reader.report.language.clone());
    let names = vec![Name { text: name.clone(), lang, kind: NameKind::Name, evidence: evidence.clone() }];
    let identity = if known.is_empty() { Identity::New } else { Identity::Known(known) };
    let mention = Mention { class: kind.clone(), names, identity, country: None, evidence };
    let id = reader.introduce(mention, &kind, fold(&name), place.answer);
    Some(known_spot(tokens, kind, id))
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
            let plural = toks[*i].folded.strip_suffix('s').is_some_and(|s| tools.lexicon.rows.bodies.iter().any(|b| b == s));
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

/// Names that reach too far: "Ministry of Education-funded", "X Unit and Y Unit".
pub(super) fn tidied(reader: &Reader<'_>, place: Place<'_>) -> Vec<Spot> {
    let tools = reader.tools;
    let toks = place.tokens;
    let rows = &tools.lexicon.rows;
    let mut out = Vec::new();
    for spot in find(place.passage.text(), toks, tools, &reader.acronyms).outer {
        let What::Name { known, .. } = &spot.what else { continue };
        let known = known.clone();
        let mut spot = spot.clone();
        for phrase in rows.leading.iter().map(|p| phrase(p)) {
            let from = spot.name.start.checked_sub(phrase.len());
            let here =
                from.filter(|f| toks[*f..spot.name.start].iter().zip(&phrase).all(|(t, w)| t.folded == *w) && toks[*f].capital);
            if let Some(mut from) = here {
                while from > 0
                    && toks[from - 1].capital
                    && toks[from].spaced
                    && !tools.lexicon.words.openers.contains(&toks[from - 1].folded)
                {
                    from -= 1;
                }
                spot.name.start = from;
                spot.tokens.start = from;
                out.push(spot.clone());
            }
        }
        let mut end = spot.name.end;
        // "Government of X Programs", "the Bureau of Labor in May 2020".
        let umbrella = |end: usize| end > spot.name.start + 1 && rows.umbrellas.contains(&toks[end - 1].folded);
        while spot.kind.as_ref() != class::PROGRAMME && umbrella(end) {
            end -= 1;
        }
        let month = |t: &crate::extract::tokens::Token| tools.lexicon.words.months.iter().flatten().any(|m| *m == t.folded);
        if let Some(at) = (spot.name.start + 2..end).find(|i| month(&toks[*i])) {
            end = at;
            while end > spot.name.start + 1 && !toks[end - 1].capital {
                end -= 1;
            }
        }
        while end > spot.name.start + 2 && rows.suffixes.contains(&toks[end - 1].folded) && toks[end - 2].is('-') {
            end -= 2;
        }
        let part = |tokens: Range<usize>| Spot { name: tokens.clone(), tokens, ..spot.clone() };
        let body = |i: usize| rows.bodies.contains(&toks[i].folded);
        let and = (spot.name.start + 1..end.saturating_sub(2)).find(|i| {
            tools.lexicon.words.and.contains(&toks[*i].folded)
                && body(*i - 1)
                && body(end - 1)
                && !rows.owners.contains(&toks[spot.name.start].folded)
        });
        match and {
            Some(and) if known.is_empty() && spot.kind.as_ref() == class::GOVERNMENT_BODY => {
                out.push(part(spot.name.start..and));
                out.push(part(and + 1..end));
            }
            _ if end < spot.name.end => {
                let mut short = part(spot.name.start..end);
                if let What::Name { known, .. } = &mut short.what {
                    *known = self::known(reader, &[place.text(&short.name)], &short.kind);
                }
                out.push(short);
            }
            _ => {}
        }
    }
    out
}
