//! Units that the words before them tell: those whose noun is written in lower case, "through its Child Protection and Victim
//! Support units", and those that no head noun begins or ends; and whose units a row is about.

use super::RowOf;
use super::made::known_spot;
use super::runs::end_of_run;
use crate::extract::kinds;
use crate::extract::prose::Prose;
use crate::extract::reader::{Place, Reader};
use crate::extract::spots::{Spot, find};
use crate::extract::tokens::Token;
use crate::model::claim::{Claim, Identity, Mention, MentionId, Name, NameKind, Object};
use crate::model::id::fold;
use crate::model::vocab::{class, org};
use std::ops::Range;

/// Finds them behind "through"; they are looked for where `read` says that a text is read.
pub(super) fn behind_through(reader: &mut Reader<'_>, place: Place<'_>, read: impl Fn(usize) -> bool) -> Vec<Spot> {
    let means = &reader.tools.lexicon.rows.by_means;
    let found: Vec<Range<usize>> = (0..place.tokens.len())
        .filter(|at| read(*at) && means.contains(&place.tokens[*at].folded))
        .filter_map(|at| unit(reader, place, at + 1))
        .collect();
    found.into_iter().filter_map(|tokens| named(reader, place, tokens)).collect()
}

/// The name that begins at a token, or behind its article: capitalised words of which the last stands before the noun of a body.
fn unit(reader: &Reader<'_>, place: Place<'_>, from: usize) -> Option<Range<usize>> {
    let toks = place.tokens;
    let lexicon = reader.tools.lexicon;
    let small = |i: &usize| toks.get(*i).is_some_and(|t| !t.capital && lexicon.words.determiners.contains(&t.folded));
    let start = from + (from..toks.len()).take_while(small).count();
    let first = toks.get(start).filter(|t| t.capital)?;
    let end = end_of_run(toks, start, toks.len(), lexicon, false);
    // An acronym alone tells whose unit it is, and not which.
    if end < start + 2 || end == start + 2 && first.upper {
        return None;
    }
    if unheard(reader, place, start..end) {
        return Some(start..end);
    }
    let noun = |i: usize| {
        toks.get(i).is_some_and(|t| {
            !t.capital && (lexicon.rows.bodies.contains(&t.folded) || lexicon.rows.plural_bodies.contains(&t.folded))
        })
    };
    // "sub-department".
    let prefixed = toks.get(end + 1).is_some_and(|t| t.is('-')) && !toks.get(end).is_some_and(|t| t.capital);
    let last = if noun(end) { end } else { end + 2 };
    (noun(end) || prefixed && noun(last)).then_some(start..last + 1)
}

/// Whether words behind "through its" are a body's name that only its place tells: "Through its Brigades Mondaine (Vice Squads)".
fn unheard(reader: &Reader<'_>, place: Place<'_>, tokens: Range<usize>) -> bool {
    let toks = place.tokens;
    let rows = &reader.tools.lexicon.rows;
    let noun = |t: &Token| rows.bodies.contains(&t.folded) || rows.plural_bodies.contains(&t.folded);
    let ends = toks.get(tokens.end).is_some_and(|t| t.is(',') || t.is('('));
    let its = tokens.start.checked_sub(1).is_some_and(|i| !toks[i].capital && !rows.articles.contains(&toks[i].folded));
    let told = ends && its && (noun(&toks[tokens.start]) || noun(&toks[tokens.end - 1]));
    let met = |s: &Spot| s.tokens.start < tokens.end && tokens.start < s.tokens.end && !kinds::is_scheme(&s.kind);
    told && !find(place.passage.text(), toks, reader.tools, &reader.acronyms).outer.iter().any(met)
}

fn named(reader: &mut Reader<'_>, place: Place<'_>, tokens: Range<usize>) -> Option<Spot> {
    let evidence = reader.evidence(place.answer, place.passage, place.bytes(&tokens))?;
    let name = place.text(&tokens).to_owned();
    let kind = class::GOVERNMENT_BODY.into_owned();
    let lang = Some(reader.report.language.clone());
    let names = vec![Name { text: name.clone(), lang, kind: NameKind::Name, evidence: evidence.clone() }];
    let mention = Mention { class: kind.clone(), names, identity: Identity::New, country: None, evidence };
    let id = reader.introduce(mention, &kind, fold(&name), place.answer);
    Some(known_spot(tokens, kind, id))
}

/// Whose parts a row is about, where a sentence begins with one of them: "Through their Night Patrols, enforce …" in a row on the
/// Night Patrols and the Day Patrols of the Coast Guard speaks of the Coast Guard.
pub(super) fn owners(reader: &Reader<'_>, row: &RowOf<'_>, prose: &Prose<'_>, at: usize) -> Option<Vec<MentionId>> {
    const SOON: usize = 4;
    let start = prose.sentences[at].tokens.start;
    let body = |s: &Spot| [class::GOVERNMENT_BODY, class::COMMISSION].contains(&s.kind.as_ref());
    let soon = prose.spots.iter().any(|s| body(s) && (start..start + SOON).contains(&s.tokens.start));
    let above = |topic: &MentionId| {
        let claims = &reader.claims.claims;
        let part = |c: &&Claim| c.subject == *topic && c.property.as_ref() == org::SUB_ORGANIZATION_OF && c.method == "row-title";
        claims.iter().find(part).and_then(|c| if let Object::Mention(above) = c.object { Some(above) } else { None })
    };
    let mut owners: Vec<MentionId> = row.title.topics.iter().filter_map(above).collect();
    let all = row.title.topics.len() > 1 && owners.len() == row.title.topics.len();
    owners.dedup();
    (soon && all).then_some(owners)
}
