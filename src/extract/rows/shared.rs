//! Names that a text writes in part: "the ministries of Labor, Education, and Health", "the Minister of Labor".

use super::made::{known, known_spot};
use super::runs::run;
use super::titles::Titles;
use crate::extract::chunk::Around;
use crate::extract::reader::{Place, Reader};
use crate::extract::spots::{Spot, What, find};
use crate::extract::tokens::{Token, apostrophe, ends_owner};
use crate::knowledge::words::folded_words;
use crate::model::claim::{Identity, Mention, MentionId, Name, NameKind};
use crate::model::id::fold;
use crate::model::vocab::class;
use oxigraph::model::NamedNode;
use std::ops::Range;

/// A list of names that share a noun has no more tokens than this.
const LONGEST_LIST: usize = 60;

/// "the ministries of Labor, Education, and Health": each is a name that begins with the noun they share.
pub(super) fn lists(reader: &mut Reader<'_>, place: Place<'_>, titles: &Titles) -> Vec<Spot> {
    let tools = reader.tools;
    let toks = place.tokens;
    let mut out = Vec::new();
    for at in 0..toks.len() {
        let Some(head) = tools.lexicon.rows.shared.get(&toks[at].folded) else { continue };
        // "MJSP, and the ministries for Women and Health" share it as well.
        if toks.get(at + 1).is_none_or(|t| !tools.lexicon.rows.remit.contains(&t.folded)) {
            continue;
        }
        let mut next = at + 2;
        let mut first = true;
        let mut sign = None;
        let serial = serial(reader, place, next);
        while let Some(item) = item(reader, place, next, serial) {
            let the = toks.get(next).filter(|t| !t.capital && tools.lexicon.words.determiners.contains(&t.folded));
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
            // "the Ministries of Justice; Women's Affairs; and Labor": what parts the first two parts all.
            let sign = *sign.get_or_insert_with(|| if toks.get(behind).is_some_and(|t| t.is(';')) { ';' } else { ',' });
            let comma = toks.get(behind).is_some_and(|t| t.is(sign));
            behind += usize::from(comma);
            let and = toks.get(behind).is_some_and(|t| tools.lexicon.words.and.contains(&t.folded));
            behind += usize::from(and);
            if !comma && !and {
                break;
            }
            next = behind;
            if and {
                // The last of them, unless it is a name of its own.
                if let Some(item) = self::item(reader, place, next, serial).map(|item| with_series(reader, place, item, serial)) {
                    let the = toks.get(next).is_some_and(|t| !t.capital && tools.lexicon.words.determiners.contains(&t.folded));
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
    let words = &reader.tools.lexicon.words;
    let and = &words.and;
    let article = |i: usize| toks.get(i).is_some_and(|t| !t.capital && words.determiners.contains(&t.folded));
    // "the Ministries of Education and Health, the Civil Registry, and others", "…, MTPS, and ILO": another name begins there.
    let other = |i: usize| {
        let upper = toks.get(i + 1).is_some_and(|t| t.upper);
        toks[i].is(',') && (upper || article(i + 1) && !article(from))
    };
    let is_and = |i: usize| toks.get(i).is_some_and(|t| and.contains(&t.folded));
    let commas: Vec<usize> = (from..toks.len().min(from + LONGEST_LIST))
        .take_while(|i| !toks[*i].is('.') && !toks[*i].is(';') && !other(*i))
        .filter(|i| toks[*i].is(','))
        .collect();
    // "the Ministries of the Interior and Justice, and the National Institute": the first "and" ended the list.
    let ended = commas.first().is_some_and(|i| is_and(i + 1) && article(i + 2) && (from..*i).any(is_and));
    !ended && commas.iter().any(|i| is_and(i + 1)) || parted(toks, from, is_and, article)
}

/// Whether semicolons part the list that begins at a token, "Health and Child Care; Primary Education; and Youth", so that an "and"
/// within an item is a part of its name. `and` and `article` tell the small words.
fn parted(toks: &[Token], from: usize, and: impl Fn(usize) -> bool, article: impl Fn(usize) -> bool) -> bool {
    let word = |i: usize| toks[i].capital || toks[i].is(',') || toks[i].is(';') || !toks[i].spaced || and(i) || article(i);
    let list = from..(from..toks.len().min(from + LONGEST_LIST)).find(|i| !word(*i)).unwrap_or(toks.len());
    let signs: Vec<usize> = list.filter(|i| toks[*i].is(';')).collect();
    let one_more = |i: &usize| toks.get(i + 1).is_some_and(|t| t.capital && !t.upper);
    let (Some(end), Some(first)) = (signs.last(), signs.first()) else { return false };
    let before = |i: usize| toks[i].is(',');
    and(end + 1) && !article(end + 2) && !(from..*first).any(before) && signs[..signs.len() - 1].iter().all(one_more)
}

/// The last item of such a list with what its name goes on by: "…, Health, and Women, Family and Youth" ends in one name.
fn with_series(reader: &Reader<'_>, place: Place<'_>, item: Range<usize>, serial: bool) -> Range<usize> {
    let toks = place.tokens;
    let (words, rows) = (&reader.tools.lexicon.words, &reader.tools.lexicon.rows);
    let body = |w: &String| [&rows.bodies, &rows.plural_bodies, &rows.owners, &rows.holders].into_iter().any(|l| l.contains(w));
    let run = |from: usize| {
        let word = |t: &&Token| t.capital && !t.upper && t.is_wordlike() && !body(&t.folded);
        from + toks.get(from..).unwrap_or_default().iter().take_while(word).count()
    };
    if !serial || !toks.get(item.end).is_some_and(|t| t.is(',')) {
        return item;
    }
    let second = run(item.end + 1);
    let and = toks.get(second).is_some_and(|t| second > item.end + 1 && words.and.contains(&t.folded));
    let end = run(second + 1);
    let closed = toks.get(end).is_none_or(|t| t.is('.') || t.is(';') || t.is(')'));
    if and && closed && end > second + 1 { item.start..end } else { item }
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
        // "Local Government" is what a ministry is for.
        let field = end > start && reader.tools.lexicon.rows.governments.contains(&token.folded);
        let word = token.capital && !token.upper && (!body(end) || field) || token.is('-') && !token.spaced;
        // "Women's Affairs".
        let s = apostrophe(token) && !token.spaced && ends_owner(next, &reader.tools.lexicon.rows.owner_endings);
        if s && end > start && toks.get(end + 2).is_some_and(|t| t.capital && !t.upper) && !body(end + 2) {
            end += 2;
            continue;
        }
        let small = and && serial || !and && words.connectors.contains(&token.folded);
        let goes_on = next.is_some_and(|t| t.capital && !t.upper) && !body(end + 1);
        if !(word || small && goes_on) {
            break;
        }
        end += 1;
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
    let officer = |at: usize| tools.lexicon.rows.officers.get(&toks[at].folded).filter(|_| toks[at].capital);
    let all: Vec<(usize, &String)> = (0..toks.len()).filter_map(|at| Some((at, officer(at)?))).collect();
    if all.is_empty() {
        return Vec::new(); // as most texts
    }
    let around = bodies_around(reader, place);
    let acronyms = acronyms(reader, place);
    let mut out = Vec::new();
    for (at, body) in all {
        let genitive = toks.get(at + 1).is_some_and(|t| tools.lexicon.rows.remit.contains(&t.folded));
        // A prime minister is a head of government, and has no ministry.
        let head =
            at.checked_sub(1).filter(|i| toks[*i].capital && tools.lexicon.rows.heads_of_government.contains(&toks[*i].folded));
        // "the Office of the Prime Minister" names itself.
        let office = |from: usize| {
            let mut before = from;
            while before > 0 && !toks[before - 1].capital && tools.lexicon.words.connectors.contains(&toks[before - 1].folded) {
                before -= 1;
            }
            before < from && before > 0 && tools.lexicon.rows.offices.contains(&toks[before - 1].folded)
        };
        // A deputy holds no such office: "the Deputy Prime Minister and Minister of Interior".
        let deputy = |i: usize| i > 0 && toks[i - 1].capital && tools.lexicon.rows.ranks.contains(&toks[i - 1].folded);
        if head.is_some_and(|i| office(i) || deputy(i)) {
            continue;
        }
        if let Some(from) = head {
            out.extend(named_body(reader, place, from..at + 1));
            continue;
        }
        let mut from = at;
        while from > 0 && toks[from - 1].capital && tools.lexicon.rows.ranks.contains(&toks[from - 1].folded) {
            from -= 1;
        }
        let the = toks.get(at + 2).is_some_and(|t| tools.lexicon.rows.articles.contains(&t.folded) && !t.upper);
        let own = if genitive { Some(at + 2 + usize::from(the)) } else { from.checked_sub(1) };
        if let Some(body) = own.and_then(|own| acronyms.iter().find(|s| s.tokens == (own..own + 1))) {
            out.push(Spot { tokens: from.min(body.tokens.start)..(at + 1).max(body.tokens.end), ..body.clone() });
            continue;
        }
        let of = tools.lexicon.rows.remit.first();
        let found = if genitive {
            let the = toks.get(at + 2).is_some_and(|t| tools.lexicon.rows.articles.contains(&t.folded));
            let start = at + 2 + usize::from(the);
            let end = run(place.passage.text(), toks, start, toks.len(), tools.lexicon, false).map(|r| r.name.end);
            // "the Minister of Finance, Labor, and Transfers": the series is read as in the ministry's own name.
            let end = end.map(|end| reader.tools.rules.chunker.series(toks, start, end, &around));
            end.map(|end| (from..end, format!("{body} {}", place.text(&(at + 1..end)))))
        } else {
            let before = from.checked_sub(1).filter(|i| {
                toks[*i].capital
                    && !toks[*i].upper
                    && toks[*i].is_wordlike()
                    && *i > 0
                    && !tools.lexicon.words.openers.contains(&toks[*i].folded)
            });
            before.zip(of).map(|(i, of)| (i..at + 1, format!("{body} {of} {}", place.text(&(i..from)))))
        };
        if let Some((tokens, name)) = found
            && let Some((id, kind)) = composed(reader, place, &name, tokens.clone(), titles)
        {
            out.push(known_spot(tokens, kind, id));
        }
    }
    out
}

/// The acronyms of bodies in a text, by which an office-holder's title may tell whose it is: "the Minister of MOTI", "the MOTI
/// Minister".
fn acronyms(reader: &Reader<'_>, place: Place<'_>) -> Vec<Spot> {
    let found = find(place.passage.text(), place.tokens, reader.tools, &reader.acronyms).outer;
    let acronym = |s: &Spot| s.tokens.len() == 1 && place.tokens[s.tokens.start].upper;
    let told = |s: &Spot| match &s.what {
        What::Learnt(_) | What::Promised(_) => true,
        What::Name { known, is_acronym, .. } => *is_acronym && !known.is_empty(),
        _ => false,
    };
    found.into_iter().filter(|s| acronym(s) && told(s) && s.kind.as_ref() == class::GOVERNMENT_BODY).collect()
}

/// Where the names of known bodies stand in a text.
fn bodies_around(reader: &Reader<'_>, place: Place<'_>) -> Around {
    let places = [class::COUNTRY, class::PLACE];
    let found = reader.tools.gazetteer.find(place.passage.text(), place.tokens, &reader.tools.lexicon.language);
    let bodies: Vec<_> = found.into_iter().filter(|f| !f.concept && !places.contains(&f.kind.as_ref())).collect();
    Around {
        starts: bodies.iter().map(|f| f.tokens.start).collect(),
        inside: bodies.iter().flat_map(|f| f.tokens.clone()).collect(),
        ..Around::default()
    }
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
