//! Mentions made of the names of titles and items: class, identity, dates.

use super::title::{self, Named};
use crate::extract::reader::{Place, Reader};
use crate::extract::spots::{Spot, What};
use crate::extract::tokens::Token;
use crate::knowledge::table::{HeadClass, TableSpec};
use crate::model::claim::{Identity, Mention, MentionId, Name, NameKind, Object};
use crate::model::id::fold;
use crate::model::passage::Passage;
use crate::model::vocab::{class, flg, skos, xsd};
use oxigraph::model::{Literal, NamedNode};
use std::ops::Range;

/// A spot of something that is known.
pub(super) fn known_spot(tokens: Range<usize>, kind: NamedNode, id: MentionId) -> Spot {
    Spot { name: tokens.clone(), tokens, kind, what: What::Learnt(id), head: None, country: None, parts: Vec::new() }
}

/// The class that a name's head noun gives it in a table: the noun before its first preposition, so that "Committee of the
/// Ministry of Labor" is a committee.
pub(super) fn class_of(reader: &Reader<'_>, named: &Named, table: &TableSpec, default: &NamedNode) -> NamedNode {
    let (lang, words) = (&reader.report.language, &reader.tools.lexicon.rows);
    let Some((name, _)) = named.names.first() else { return default.clone() };
    let all: Vec<String> = name
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|w| fold(w.trim_matches(|c: char| !c.is_alphanumeric())))
        .collect();
    // "Ministry of Education Scholarship Program" is no ministry.
    let bare = fold(name.split('(').next().unwrap_or(name));
    let last = bare.split_whitespace().last().unwrap_or_default().to_owned();
    let thing = words.members.contains(&last) || words.kept_things.contains(&last) && default.as_ref() == class::PROGRAMME;
    if thing && !table.heads.iter().any(|h| h.words.get(lang).is_some_and(|l| l.contains(&last))) {
        return default.clone();
    }
    let cut = all.iter().position(|w| words.prepositions.contains(w)).unwrap_or(all.len());
    let own = all.first().is_some_and(|first| reader.is_own_countrys(first));
    let given = |word: &String| {
        let fits = |h: &&HeadClass| (own || !h.of_country) && h.words.get(lang).is_some_and(|l| l.contains(word));
        table.heads.iter().find(fits).map(|h| h.class.0.clone())
    };
    all[..cut].last().and_then(given).unwrap_or_else(|| default.clone())
}

/// The mention of what a title names.
pub(super) fn mention(reader: &mut Reader<'_>, at: usize, passage: &Passage, named: &Named, kind: &NamedNode) -> MentionId {
    let lang = Some(reader.report.language.clone());
    let Some(evidence) = reader.evidence(Some(at), passage, named.range.clone()) else { return reader.itself };
    let mut own = Vec::new();
    for (text, range) in &named.names {
        let evidence = reader.evidence(Some(at), passage, range.clone()).unwrap_or_else(|| evidence.clone());
        own.push(Name { text: text.clone(), lang: lang.clone(), kind: NameKind::Name, evidence });
    }
    if let Some((text, range)) = &named.acronym {
        let evidence = reader.evidence(Some(at), passage, range.clone()).unwrap_or_else(|| evidence.clone());
        own.push(Name { text: text.clone(), lang, kind: NameKind::Acronym, evidence });
    }
    let known = known(reader, &named.names.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>(), kind);
    let identity = if known.is_empty() { Identity::New } else { Identity::Known(known) };
    let words = named.names.first().map(|(n, _)| fold(n)).unwrap_or_default();
    let mention = Mention { class: kind.clone(), names: own, identity, country: None, evidence };
    reader.introduce(mention, kind, words, Some(at))
}

/// Whether the acronym behind a name is that of the issue that the name ends in: "Committee Against Trafficking in Persons (TIP)".
pub(super) fn abbreviates_issue(reader: &Reader<'_>, named: &Named) -> bool {
    let (Some((acronym, _)), Some((name, _))) = (&named.acronym, named.names.first()) else { return false };
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some(own) = words.len().checked_sub(acronym.chars().count()).filter(|own| *own > 0) else { return false };
    let initials = words[own..].iter().filter_map(|w| w.chars().next());
    let concept = |iri: &NamedNode| {
        let known = reader.tools.authority.entity(iri.as_ref());
        known.is_some_and(|k| k.is(skos::CONCEPT))
    };
    initials.flat_map(char::to_uppercase).eq(acronym.chars())
        && reader.tools.authority.by_name(&fold(&words[own..].join(" "))).iter().any(concept)
}

/// What a title means that is an acronym alone, which the report explains elsewhere.
pub(super) fn promised(reader: &mut Reader<'_>, at: usize, passage: &Passage, named: &Named) -> Option<(MentionId, NamedNode)> {
    let [(written, bytes)] = named.names.as_slice() else { return None };
    let kind = reader.acronyms.promised.get(written)?.clone();
    let toks = reader.tools.tokens(passage.text());
    let inside = |t: &Token| bytes.start <= t.start() && t.end() <= bytes.end;
    let from = toks.iter().position(inside)?;
    let to = toks.iter().rposition(inside)? + 1;
    let place = Place { answer: Some(at), passage, tokens: &toks };
    let mut spot = known_spot(from..to, kind.clone(), 0);
    spot.what = What::Promised(written.clone());
    reader.mention(place, &spot).map(|id| (id, kind))
}

/// What the authority has under one of some names that is of a class and of the report's country, or of none.
pub(super) fn known(reader: &Reader<'_>, names: &[&str], kind: &NamedNode) -> Vec<NamedNode> {
    let authority = reader.tools.authority;
    let fits = |iri: &&NamedNode| {
        authority.entity(iri.as_ref()).is_some_and(|k| {
            let of_class = k.classes.iter().any(|c| {
                reader.tools.classes.is_a(c.as_ref(), kind.as_ref()) || reader.tools.classes.is_a(kind.as_ref(), c.as_ref())
            });
            let body = kind.as_ref() == class::GOVERNMENT_BODY && k.is(class::COMMISSION)
                || kind.as_ref() == class::COMMISSION && k.is(class::GOVERNMENT_BODY);
            (of_class || body) && k.country.as_ref().is_none_or(|c| *c == reader.report.country)
        })
    };
    let folded = |name: &str| fold(name).split_whitespace().collect::<Vec<_>>().join(" ");
    names
        .iter()
        .find_map(|name| {
            let found: Vec<NamedNode> = authority.by_name(&folded(name)).iter().filter(fits).cloned().collect();
            (!found.is_empty()).then_some(found)
        })
        .unwrap_or_default()
}

/// Says when something begins and ends.
pub(super) fn dates(
    reader: &mut Reader<'_>,
    at: usize,
    passage: &Passage,
    range: Range<usize>,
    id: MentionId,
    period: (&str, &str),
) {
    let Some(evidence) = reader.evidence(Some(at), passage, range) else { return };
    for (property, written) in [(flg::START_DATE, period.0), (flg::END_DATE, period.1)] {
        if let Some(date) = date(reader, written) {
            reader.say(id, &property.into_owned(), Object::Literal(date), evidence.clone(), "period-in-name", 0.95);
        }
    }
}

/// A year, or a month and year.
fn date(reader: &Reader<'_>, written: &str) -> Option<Literal> {
    let (month, year) = written.rsplit_once(' ').map_or((None, written), |(m, y)| (Some(fold(m)), y));
    let at = month.and_then(|m| reader.tools.lexicon.words.months.iter().position(|forms| forms.contains(&m)));
    let year = year.parse::<u16>().ok()?;
    Some(match at {
        Some(at) => Literal::new_typed_literal(format!("{year}-{:02}", at + 1), xsd::G_YEAR_MONTH),
        None => Literal::new_typed_literal(year.to_string(), xsd::G_YEAR),
    })
}

/// Whether an acronym within a name is that of the words right before it, and not of the whole: "Rights at Work through the Global
/// Tides Network (GTN) Chapters".
fn of_part(before: &str, acronym: &str) -> bool {
    let initials: Vec<char> = before.split_whitespace().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() > 1 && initials.len() > letters.len() && initials.first() != letters.first() && initials.ends_with(&letters)
}

/// A name at tokens of a text.
pub(super) fn at_tokens(text: &str, toks: &[Token], run: &super::runs::Run) -> Named {
    let bytes = |r: &Range<usize>| toks[r.start].start()..toks[r.end - 1].end();
    let name = bytes(&run.name);
    let whole = bytes(&run.whole);
    let written = super::cell::plain(&text[name.clone()]);
    let mut names = vec![(written.clone(), name.clone())];
    // "X Project on Y (ACR)" inside the name: its brackets hold the acronym.
    let mut acronym = run.acronym.clone().map(|a| (text[bytes(&a)].to_owned(), bytes(&a)));
    if let (Some(open), Some(close)) = (written.find('('), written.find(')'))
        && open < close
        && title::is_acronym(&written[open + 1..close])
    {
        let without = format!("{} {}", written[..open].trim(), written[close + 1..].trim());
        names.push((without, name.clone()));
        let inner = of_part(&written[..open], &written[open + 1..close]);
        if let Some(at) = text[name.clone()].find('(').filter(|_| !inner) {
            let start = name.start + at + 1;
            acronym.get_or_insert((written[open + 1..close].to_owned(), start..start + (close - open - 1)));
        }
    }
    if let Some(other) = &run.other {
        let range = bytes(other);
        names.push((super::cell::plain(&text[range.clone()]), range));
    }
    if run.period.is_some() && run.acronym.is_none() {
        names.push((super::cell::plain(&text[whole.clone()]), whole.clone()));
    }
    Named { names, acronym, period: run.period.clone(), range: whole, ..Named::default() }
}
