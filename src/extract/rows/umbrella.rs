//! Rows that stand for several things, "USDOL-Funded Projects": each project that the text names is one.

use super::RowOf;
use super::cell::cell_tokens;
use super::made::{at_tokens, known_spot};
use super::runs::{Run, cued, end_of_run, run, with_period, with_sum};
use super::sentences;
use super::titles::Titles;
use crate::extract::reader::{Place, Reader};
use crate::extract::spots::Spot;
use crate::extract::tokens::{Sentence, Token, apostrophe, ends_owner, phrase, sentences as split};
use crate::knowledge::lexicon::Lexicon;
use crate::model::claim::MentionId;
use crate::model::passage::Passage;
use crate::model::vocab::class;
use std::ops::Range;

/// A thing that the text introduces.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub id: MentionId,
    /// Whether a sentence that is not sure introduces it, so that the row says nothing of it.
    pub hedged: bool,
    pub spot: Spot,
}

/// A sentence, or the part of one that speaks of one item.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub sentence: Sentence,
    pub item: Option<usize>,
    pub read: bool,
}

/// A short name in quotation marks has no more tokens than this.
const LONGEST_SHORT: usize = 12;

/// Finds the items of a row's text, and parts its sentences between them.
pub(super) fn pieces(
    reader: &mut Reader<'_>,
    row: &RowOf<'_>,
    place: Place<'_>,
    whole: &[Sentence],
    results: &[bool],
    titles: &mut Titles,
) -> (Vec<Piece>, Vec<Item>) {
    let mut pieces = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    for (sentence, result) in whole.iter().zip(results) {
        let plain = |tokens: Range<usize>, item: Option<usize>| Piece {
            sentence: Sentence { tokens, item: sentence.item },
            item,
            read: !result,
        };
        let found = if *result || !row.title.umbrella { Vec::new() } else { runs(reader, place, &sentence.tokens) };
        if found.is_empty() {
            pieces.push(plain(sentence.tokens.clone(), None));
            continue;
        }
        let mut from = sentence.tokens.start;
        let mut starts: Vec<usize> = Vec::new();
        for (i, run) in found.iter().enumerate() {
            let after = if i == 0 { sentence.tokens.start } else { found[i - 1].whole.end };
            starts.push(opening(reader, place.tokens, after, run.owner.max(after), sentence.tokens.start));
        }
        if starts[0] > from {
            let before = plain(from..starts[0], None);
            let read = before.read && !of_another(reader, &place.tokens[before.sentence.tokens.clone()]);
            pieces.push(Piece { read, ..before });
        }
        for (i, run) in found.iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or(sentence.tokens.end);
            from = starts[i].max(from);
            let named = at_tokens(place.passage.text(), place.tokens, run);
            let kind = class::PROGRAMME.into_owned();
            let id = titles.introduce(reader, row.at, place.passage, &named, &kind);
            let hedged = sentences::is_hedged(reader, place, &sentence.tokens);
            let at = items.iter().position(|item| item.id == id).unwrap_or_else(|| {
                items.push(Item { id, hedged, spot: known_spot(run.whole.clone(), kind.clone(), id) });
                items.len() - 1
            });
            pieces.push(plain(from..end.max(from), Some(at)));
            from = end;
        }
    }
    (pieces, items)
}

/// Whether what stands before the first item that is found is of one that is not: it ends as the items of a list do, or all its
/// words are written as a title's are.
fn of_another(reader: &Reader<'_>, toks: &[Token]) -> bool {
    let lexicon = reader.tools.lexicon;
    let small = [&lexicon.words.connectors, &lexicon.words.openers, &lexicon.rows.inner];
    let titled = |t: &Token| t.capital || !t.is_wordlike() || small.iter().any(|l| l.contains(&t.folded));
    toks.last().is_some_and(|t| t.is(';')) || toks.iter().all(titled)
}

/// Whether a sentence of a text begins a list of things: "Include X; Y; …", "These include: X; Y; …".
pub(super) fn announces(reader: &Reader<'_>, text: &Passage) -> bool {
    let lexicon = reader.tools.lexicon;
    let toks = cell_tokens(text.text(), reader.tools.vocabulary());
    let lists = |i: usize| toks.get(i).is_some_and(|t| lexicon.rows.lists.contains(&t.folded));
    let colon = |s: &Sentence| lists(s.tokens.start + 1) && toks.get(s.tokens.start + 2).is_some_and(|t| t.is(':'));
    // "These projects include the X, an $8 million project …, and Y".
    let noun = |i: usize| toks.get(i).is_some_and(|t| lexicon.rows.themes.contains(&t.folded));
    let several = |s: &Sentence| {
        (0..3).any(|n| noun(s.tokens.start + n) && lists(s.tokens.start + n + 1) && !toks[s.tokens.start + n].capital)
    };
    let first = |s: &Sentence| lists(s.tokens.start) || colon(s) || several(s);
    split(&toks, &lexicon.words.abbreviations).iter().any(first)
}

/// Where the part of a sentence begins that speaks of the item whose name begins at a token: behind the last mark that parts
/// items, "a $2 million project to NAME" included, and "the $5 million, USDOL-funded NAME".
fn opening(reader: &Reader<'_>, toks: &[Token], from: usize, name: usize, start: usize) -> usize {
    let name = with_sum(reader.tools.lexicon, toks, from, name);
    let parted = (from..name).rev().find(|i| toks[*i].is(';') || toks[*i].is(':'));
    let whole = name - start < 3 || from == start && tied(reader, toks, start, name);
    parted.map_or_else(|| if whole { start } else { name }, |i| i + 1)
}

/// Whether a name stands behind who funds or runs what it names: "WFP-funded NAME".
fn tied(reader: &Reader<'_>, toks: &[Token], start: usize, name: usize) -> bool {
    let quote = name.checked_sub(1).is_some_and(|i| toks[i].is('"') || toks[i].is('“'));
    let word = name.checked_sub(2 + usize::from(quote)).filter(|i| *i > start);
    word.is_some_and(|i| toks[i].is('-') && !toks[i].spaced && reader.tools.lexicon.rows.suffixes.contains(&toks[i + 1].folded))
}

/// The names of items in a sentence.
fn runs(reader: &Reader<'_>, place: Place<'_>, sentence: &Range<usize>) -> Vec<Run> {
    let lexicon = reader.tools.lexicon;
    let toks = place.tokens;
    let mut out: Vec<Run> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let first = at == sentence.start;
        let member = first && lexicon.rows.members.contains(&toks[at].folded);
        // "Program to Assist Kayayei" is a name.
        let titled = member
            && toks.get(at + 1).is_some_and(|t| lexicon.rows.prepositions.contains(&t.folded))
            && toks.get(at + 2).is_some_and(|t| t.capital && !t.upper);
        let opener = lexicon.words.openers.contains(&toks[at].folded) || member && !titled;
        if toks.get(at + 1).is_some_and(|t| t.is(':')) && lexicon.rows.lists.contains(&toks[at].folded) {
            at += 2;
            continue;
        }
        let quoted = at > sentence.start && (toks[at - 1].is('"') || toks[at - 1].is('“'));
        let begins =
            toks[at].capital && !(opener && !quoted && toks.get(at + 1).is_none_or(|t| !t.capital || at == sentence.start));
        if !begins {
            at += 1;
            continue;
        }
        // "REEF: Implemented by …": the colon ends the name, where no more of it follows.
        let label = toks[at].upper && toks.get(at + 1).is_some_and(|t| t.is(':')) && cued(toks, at + 2, &lexicon.rows.cues);
        let to = if label { at + 1 } else { sentence.end };
        let Some(mut found) = run(place.passage.text(), toks, at, to, lexicon, true) else {
            at += 1;
            continue;
        };
        // "include A Safe Harbor Fund": the article is no part of the name.
        let article = !quoted && lexicon.rows.articles.contains(&toks[at].folded) && found.name.len() > 2;
        if article && toks[at + 1].capital && toks[at + 1].spaced {
            found.name.start += 1;
            found.whole.start += 1;
        }
        found = with_period(place.passage.text(), toks, found, to, &lexicon.rows.members);
        if let Some(start) = owned_from(reader, toks, &found.name) {
            found.name.start = start;
            found.whole.start = start;
        }
        if let Some(and) = second(reader, toks, &found.name) {
            found = Run {
                name: found.name.start..and,
                whole: found.whole.start..and,
                acronym: None,
                other: None,
                period: None,
                ..found
            };
        }
        // ""Safe Nets Project": Strategy for Harbors (2019–2022)": the words in quotation marks are another name of what follows.
        if quoted && let Some(title) = behind_quotes(place, &found, sentence, lexicon) {
            found = title;
        }
        let next = found.whole.end.max(at + 1);
        if !described(reader, place, sentence, &found) && actor(reader, place, sentence, at) {
            at = end_of_run(toks, at, sentence.end, lexicon, false).max(at + 1);
            continue;
        }
        if item(reader, place, sentence, &found) {
            out.push(found);
        }
        at = next;
    }
    out
}

/// The title behind a short name in quotation marks and a colon, which has that for its other name.
fn behind_quotes(place: Place<'_>, short: &Run, sentence: &Range<usize>, lexicon: &Lexicon) -> Option<Run> {
    let toks = place.tokens;
    let at = |i: usize, marks: &[char]| toks.get(i).is_some_and(|t| marks.iter().any(|c| t.is(*c)));
    // The run may have gone on over the colon.
    let close = (short.name.start..sentence.end.min(short.name.start + LONGEST_SHORT)).find(|i| at(*i, &['"', '”']))?;
    let start = close + 2;
    let titled = at(close + 1, &[':']) && toks.get(start).is_some_and(|t| t.capital);
    let title = titled.then(|| run(place.passage.text(), toks, start, sentence.end, lexicon, true)).flatten()?;
    let title = with_period(place.passage.text(), toks, title, sentence.end, &lexicon.rows.members);
    let whole = short.name.start - 1..title.whole.end;
    Some(Run { other: Some(short.name.start..close), whole, owner: short.name.start - 1, ..title })
}

/// Whether a name stands where an organisation is named: behind "implemented by", or in a list there.
fn actor(reader: &Reader<'_>, place: Place<'_>, sentence: &Range<usize>, at: usize) -> bool {
    let toks = place.tokens;
    let words = &reader.tools.lexicon.words;
    let cues: Vec<Vec<String>> = reader.tools.lexicon.rows.cues.iter().map(|c| phrase(c)).collect();
    let mut before = at;
    for _ in 0..30 {
        let Some(i) = before.checked_sub(1).filter(|i| *i >= sentence.start) else { return false };
        let here = |c: &Vec<String>| {
            (i + 1).checked_sub(c.len()).is_some_and(|from| toks[from..=i].iter().zip(c).all(|(t, w)| t.folded == *w))
        };
        if cues.iter().any(here) {
            return true;
        }
        let token = &toks[i];
        let and = words.and.contains(&token.folded) || token.is(',');
        let small = words.determiners.contains(&token.folded) || and || token.capital && before < at;
        if !small {
            return false;
        }
        before = i;
    }
    false
}

/// Where "and the" parts two names: "Safe Schools for Children and the Harvest Support Program".
fn second(reader: &Reader<'_>, toks: &[Token], name: &Range<usize>) -> Option<usize> {
    const FEWEST: usize = 3;
    let words = &reader.tools.lexicon.words;
    toks.get(name.end.checked_sub(1)?).filter(|t| reader.tools.lexicon.rows.things.contains(&t.folded))?;
    (name.start + 2..name.end.saturating_sub(FEWEST)).find(|i| {
        let the = &toks[*i + 1];
        words.and.contains(&toks[*i].folded) && !the.capital && words.determiners.contains(&the.folded)
    })
}

/// Where a name begins behind its owner's: "MOGCSP's Ghana School Feeding Program".
fn owned_from(reader: &Reader<'_>, toks: &[Token], name: &Range<usize>) -> Option<usize> {
    let rows = &reader.tools.lexicon.rows;
    (name.start + 1..name.end.saturating_sub(2)).find_map(|i| {
        let s = apostrophe(&toks[i]) && ends_owner(toks.get(i + 1), &rows.owner_endings);
        let owner = name.start..i;
        let acronym = owner.len() == 1 && toks[name.start].upper;
        let noun = owner.len() <= 6
            && [owner.start, owner.end - 1]
                .iter()
                .any(|i| rows.owners.contains(&toks[*i].folded) || rows.owned_by.contains(&toks[*i].folded));
        (s && (acronym || noun)).then_some(i + 2)
    })
}

/// Whether a name is followed by what it is: ", a $2 million project", "is an initiative".
fn described(reader: &Reader<'_>, place: Place<'_>, sentence: &Range<usize>, run: &Run) -> bool {
    const FAR: usize = 15;
    const SOON: usize = 3;
    let toks = place.tokens;
    let words = &reader.tools.lexicon.rows;
    let end = run.whole.end + usize::from(toks.get(run.whole.end).is_some_and(|t| t.is('"') || t.is('”')));
    let comma = usize::from(toks.get(end).is_some_and(|t| t.is(',') && end < sentence.end));
    let is = usize::from(toks.get(end).is_some_and(|t| words.copulas.contains(&t.folded)));
    let article = toks.get(end + comma + is).is_some_and(|t| words.articles.contains(&t.folded) || t.is('$'));
    let rest = end + comma + is + 1..sentence.end.min(end + FAR);
    let member = |i: usize| words.members.contains(&toks[i].folded);
    let duration = |i: usize| toks.get(i).is_some_and(|t| words.durations.iter().any(|d| t.folded.ends_with(d.as_str())));
    // ", global project implemented by": without an article, the noun must follow soon.
    let soon = (end + comma..sentence.end.min(end + comma + SOON)).take_while(|i| !toks[*i].capital).any(member);
    let article = article || comma > 0 && soon;
    // ", the MAP 16 project conducted research": that is another thing, which is called so.
    let definite = toks.get(end + comma + is).is_some_and(|t| words.definite.contains(&t.folded));
    let other = definite && rest.clone().take_while(|i| !member(*i)).any(|i| toks[i].capital);
    comma + is > 0
        && article
        && !other
        && rest.clone().take_while(|i| !(toks[*i].is(';') || toks[*i].is(',') && !duration(*i + 1))).any(member)
}

/// Whether a name is an item's, by what stands behind or before it.
fn item(reader: &Reader<'_>, place: Place<'_>, sentence: &Range<usize>, run: &Run) -> bool {
    let toks = place.tokens;
    let rows = &reader.tools.lexicon.rows;
    let member = |i: usize| rows.members.contains(&toks[i].folded);
    let end = run.whole.end + usize::from(toks.get(run.whole.end).is_some_and(|t| t.is('"') || t.is('”')));
    let name = run.name.clone();
    let acronym = toks[name.clone()].iter().all(|t| t.upper) && name.len() == 1;
    if acronym && known_body(reader, place, &name) {
        return false;
    }
    // "FLIP: $1 million for …; CACAO: Implemented by …".
    let ends = |t: &Token| t.is(':') || t.is(';') || t.is('.');
    let first = name.start == sentence.start || ends(&toks[name.start - 1]);
    if acronym && first && toks.get(end).is_some_and(|t| t.is(':')) {
        return true;
    }
    if tied(reader, toks, sentence.start, name.start)
        && name.len() > 2
        && toks[name.clone()].iter().any(|t| rows.things.contains(&t.folded))
    {
        return true;
    }
    let quoted = |i: usize| toks.get(i).is_some_and(|t| t.is('"') || t.is('“'));
    let in_quotes = name.start.checked_sub(1).is_some_and(quoted);
    // "the USAID-funded "Safe Nets" program".
    if in_quotes && end > run.whole.end && member(end) && toks.get(end).is_some_and(|t| !t.capital) {
        return true;
    }
    // "program to Combat Debt Bondage": what it is called, and not what it is for.
    let to = name.start.checked_sub(2).filter(|i| *i >= sentence.start && member(*i) && !toks[*i].capital);
    let to = to.is_some_and(|i| rows.toward.contains(&toks[i + 1].folded));
    if to && name.len() > 1 && !toks[name.start].upper {
        return true;
    }
    let announced = (sentence.start..name.start).rev().take(3).any(member);
    if in_quotes && announced {
        return true;
    }
    if of_actors(reader, toks, sentence.start, name.start) {
        return false;
    }
    let comma = toks.get(end).is_some_and(|t| t.is(',') && end < sentence.end);
    let which = comma && toks.get(end + 1).is_some_and(|t| rows.relatives.contains(&t.folded));
    if described(reader, place, sentence, run) {
        return true;
    }
    // "…; NAME, funded by X": who pays or carries out tells a title, where an item may begin.
    if comma && first && name.len() > 1 && cued(toks, end + 1, &rows.cues) && !known_body(reader, place, &name) {
        return true;
    }
    // "project implemented by Y to NAME (2019-2023)", "include NAME;", "the NAME, which aims to".
    let ends_as_member =
        toks[name.clone()].last().is_some_and(|t| rows.members.contains(&t.folded)) || run.whole.end > run.name.end;
    let parts = |i: usize| rows.lists.contains(&toks[i].folded) || toks[i].is(':') || toks[i].is(';');
    // Between a word that lists and a name stand small ones: "include the NAME", but not "and promote Fair Trade".
    let small = |t: &Token| !t.is_wordlike() || reader.tools.lexicon.words.determiners.contains(&t.folded) || t.capital;
    let mut near = (sentence.start..name.start).rev();
    let before = near.next().is_some_and(|i| parts(i) || small(&toks[i]) && near.next().is_some_and(parts));
    let verb =
        |i: usize| toks.get(i).is_some_and(|t| t.is_wordlike() && !t.capital && rows.ends_as_verb(&t.folded) && !member(i));
    // "The Food Voucher program provides": the noun behind the name tells what it is.
    let noun = (end..sentence.end.min(end + 2)).take_while(|i| member(*i) && !toks[*i].capital).count();
    let first = (sentence.start..run.owner).all(|i| !toks[i].capital || i == sentence.start);
    // "the Learning Support program, which helps".
    let tells = toks.get(end + noun).is_some_and(|t| t.is(',') && end + noun < sentence.end)
        && toks.get(end + noun + 1).is_some_and(|t| rows.relatives.contains(&t.folded));
    let begins_as_member = member(name.start) && name.len() > 2;
    ends_as_member && (which || before || first && verb(end) || run.period.is_some())
        || begins_as_member && first && verb(end)
        || noun > 0 && tells && name.len() > 1 && !known_body(reader, place, &name)
        || noun > 0 && first && verb(end + noun) && name.len() > 1 && !known_body(reader, place, &name)
        || which && before
        || before && name.len() > 1 && !known_body(reader, place, &name)
}

/// Whether "including" before a name lists who funds or runs what the sentence speaks of: "with funding by companies, including X".
fn of_actors(reader: &Reader<'_>, toks: &[Token], from: usize, name: usize) -> bool {
    let rows = &reader.tools.lexicon.rows;
    let Some(list) = (from..name).rev().take(2).find(|i| rows.including.contains(&toks[*i].folded)) else { return false };
    let noun = |i: &usize| rows.members.contains(&toks[*i].folded);
    let from = (from..list).rev().find(noun).unwrap_or(from);
    let cues: Vec<Vec<String>> = rows.cues.iter().map(|c| phrase(c)).collect();
    !super::runs::behind(toks, &(from..list), &cues).is_empty()
}

/// Whether a name is a known body's, or begins with a body's noun.
fn known_body(reader: &Reader<'_>, place: Place<'_>, name: &Range<usize>) -> bool {
    let toks = place.tokens;
    let words = place.text(name);
    let acronym = reader.acronyms.learnt.get(words).is_some_and(|(_, kind)| kind.as_ref() != class::PROGRAMME);
    let rows = &reader.tools.lexicon.rows;
    let noun = [toks[name.clone()].first(), toks[name.clone()].last()]
        .into_iter()
        .flatten()
        .any(|t| rows.owners.contains(&t.folded) || rows.owned_by.contains(&t.folded));
    let authority = reader.tools.authority;
    let known = |name: &str| {
        authority.by_name(&crate::model::id::fold(name)).iter().any(|iri| {
            authority.entity(iri.as_ref()).is_some_and(|k| {
                k.country.is_some() || k.is(class::INTERGOVERNMENTAL_ORGANIZATION) || k.is(class::COUNTRY) || k.is(class::PLACE)
            })
        })
    };
    // "USAID-UNICEF" are two.
    let joined = words.contains(['-', '/']) && words.split(['-', '/']).all(known);
    acronym || noun || known(words) || joined
}
