//! Everything in a passage that a statement can be about: names, dates, numbers, and phrases that refer back.

use super::chunk::{Around, Chunk, with_years};
use super::dates::Date;
use super::gazetteer::Found;
use super::sums::{Sum, numbers, sums};
use super::tokens::{Kind, Token, apostrophe, same_word, tokens};
use super::{Tools, kinds};
use crate::knowledge::lexicon::Mode;
use crate::model::claim::MentionId;
use oxigraph::model::NamedNode;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What a spot is.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A name, perhaps borne by something known.
    Name {
        /// Who bears it, of the authority.
        known: Vec<NamedNode>,
        /// An acronym written with it.
        acronym: Option<String>,
        /// Whether the words are themselves an acronym.
        is_acronym: bool,
    },
    /// An acronym that this report has explained.
    Learnt(MentionId),
    /// An acronym that this report explains further on.
    Promised(String),
    /// A phrase that refers to something named before.
    Anaphor,
    /// The beginning of a name, which refers to the whole name before: `la Comisión Intersecretarial`.
    Short,
    /// The report's own country, by another phrase.
    OwnCountry,
    /// A date.
    Date(Date),
    /// A whole number.
    Number(i64),
    /// A sum of money.
    Sum(Sum),
}

/// The acronyms that a report explains, by their letters.
#[derive(Default)]
pub(super) struct Acronyms {
    /// Explained so far: what each stands for.
    pub learnt: HashMap<String, (MentionId, NamedNode)>,
    /// Explained somewhere in the report: the kind of what each stands for.
    pub promised: HashMap<String, NamedNode>,
}

/// A relation that the form of a name states: "Technical Secretariat of the Commission".
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The property.
    pub property: NamedNode,
    /// The index of the spot in [`Spots::inner`] that the name is completed by.
    pub inner: usize,
    /// Whether the inner one is the subject.
    pub inverse: bool,
}

/// A place of a passage at which something is mentioned.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Its tokens, acronym in brackets included.
    pub tokens: Range<usize>,
    /// The tokens of the name alone.
    pub name: Range<usize>,
    /// The class, scheme, or value kind.
    pub kind: NamedNode,
    /// What it is.
    pub what: What,
    /// The index of its head noun in the lexicon.
    pub head: Option<usize>,
    /// The country that the words give it.
    pub country: Option<NamedNode>,
    /// What its own form states.
    pub parts: Vec<Part>,
}

/// The spots of a passage.
#[derive(Clone, Debug, Default)]
pub(super) struct Spots {
    /// In order, none overlapping.
    pub outer: Vec<Spot>,
    /// Those that complete a longer name.
    pub inner: Vec<Spot>,
    /// Known things whose names stand inside a longer name: a sector in a programme's.
    pub nested: Vec<Spot>,
}

/// Finds the spots of a passage.
pub(super) fn find(text: &str, toks: &[Token], tools: &Tools<'_>, known: &Acronyms) -> Spots {
    let found = tools.gazetteer.find(text, toks, &tools.lexicon.language);
    let places = [kinds::country(), kinds::place()];
    let is_body = |f: &&Found| !f.concept && !places.contains(&f.kind);
    let all = |found: &[&Found]| found.iter().flat_map(|f| f.tokens.clone()).collect();
    let (bodies, others): (Vec<&Found>, Vec<&Found>) = found.iter().partition(is_body);
    let local: Vec<&Found> = others.into_iter().filter(|f| !f.concept).collect();
    let around = Around { starts: bodies.iter().map(|f| f.tokens.start).collect(), inside: all(&bodies), places: all(&local) };
    let chunks = tools.rules.chunker.find(toks, &around);
    let mut spots = merge(text, found, chunks, toks, tools);
    spots.extend(values(toks, tools));
    spots.extend(phrases(toks, tools));
    spots.extend(acronyms(text, toks, known));
    let all = spots.clone();
    let mut spots = longest(spots);
    brackets(text, toks, &mut spots);
    countries(toks, &mut spots, tools);
    let mut spots = complete(toks, spots, tools);
    known_parts(text, toks, &mut spots, tools);
    spots.nested = nested(all, &spots.outer);
    spots
}

/// The known names that lie inside longer names.
fn nested(all: Vec<Spot>, outer: &[Spot]) -> Vec<Spot> {
    let inside =
        |s: &Spot| outer.iter().any(|o| o.name.start <= s.name.start && s.name.end <= o.name.end && o.name.len() > s.name.len());
    let known = |s: &Spot| matches!(&s.what, What::Name { known, .. } if !known.is_empty());
    all.into_iter().filter(|s| known(s) && inside(s)).collect()
}

/// A head of so many words is a name in full: `Conseil national du patronat`.
const COMPLETE: usize = 4;

/// Known names and chunks: of two that overlap the longer one, of two of the same length the known one. A chunk that goes
/// on behind a known name by a preposition and a place is the known name.
fn merge(text: &str, found: Vec<Found>, chunks: Vec<Chunk>, toks: &[Token], tools: &Tools<'_>) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for chunk in chunks {
        let head = &tools.lexicon.heads[chunk.head];
        let name = chunk.tokens.clone();
        let covered = found.iter().find(|f| {
            !f.concept
                && f.tokens.start == name.start
                && f.tokens.len() >= 2
                && (f.tokens.end >= name.end || ends_in_place(f, &found, &name, toks))
        });
        let bare = name.len() == chunk.head_tokens.len() && head.mode != Mode::Before && name.start == chunk.head_tokens.start;
        let short =
            bare && head.mode == Mode::Name && head.complement.as_ref().is_none_or(|c| c.known_only) && name.len() < COMPLETE;
        if covered.is_some() || short && name.len() < 2 || name.is_empty() {
            continue;
        }
        if short {
            let same = found.iter().any(|f| f.tokens.start < name.end && name.start < f.tokens.end);
            if head.body && !same {
                spots.push(Spot { head: Some(chunk.head), ..spot(name, head.class.0.clone(), What::Short) });
            }
            continue;
        }
        let same = found.iter().find(|f| f.tokens == name && !f.concept);
        spots.push(Spot {
            kind: same.map_or_else(|| head.class.0.clone(), |f| f.kind.clone()),
            what: What::Name {
                known: same.map(|f| f.bearers.clone()).unwrap_or_default(),
                acronym: chunk.acronym.and_then(|at| text.get(toks[at].range.clone())).map(str::to_owned),
                is_acronym: false,
            },
            tokens: name.clone(),
            name,
            head: Some(chunk.head),
            country: None,
            parts: Vec::new(),
        });
    }
    for f in found {
        let what = What::Name { known: f.bearers, acronym: None, is_acronym: f.code };
        spots.push(Spot {
            tokens: f.tokens.clone(),
            name: f.tokens,
            kind: f.kind,
            what,
            head: None,
            country: None,
            parts: Vec::new(),
        });
    }
    spots
}

/// Whether all that a chunk has beyond a known name is small words and the name of a place.
fn ends_in_place(known: &Found, found: &[Found], chunk: &Range<usize>, toks: &[Token]) -> bool {
    let places = [kinds::country(), kinds::place()];
    let place = found.iter().find(|f| places.contains(&f.kind) && f.tokens.end == chunk.end && f.tokens.start > known.tokens.end);
    place.is_some_and(|p| toks[known.tokens.end..p.tokens.start].iter().all(|t| t.kind == Kind::Word && !t.capital))
}

fn spot(tokens: Range<usize>, kind: NamedNode, what: What) -> Spot {
    Spot { name: tokens.clone(), tokens, kind, what, head: None, country: None, parts: Vec::new() }
}

fn values(toks: &[Token], tools: &Tools<'_>) -> Vec<Spot> {
    let dates = tools.rules.dates.find(toks, tools.lexicon);
    let mut out: Vec<Spot> = dates.into_iter().map(|(range, date)| spot(range, kinds::date(), What::Date(date))).collect();
    out.extend(numbers(toks).into_iter().map(|(range, number)| spot(range, kinds::number(), What::Number(number))));
    out.extend(sums(toks, tools.lexicon).into_iter().map(|(range, sum)| spot(range, kinds::sum(), What::Sum(sum))));
    out
}

fn phrases(toks: &[Token], tools: &Tools<'_>) -> Vec<Spot> {
    let mut out = Vec::new();
    for (phrase, class) in &tools.rules.phrases {
        for at in 0..toks.len() {
            let here = toks.get(at..at + phrase.len());
            if here.is_some_and(|here| here.iter().zip(phrase).all(|(t, w)| same_word(t, w))) {
                let (kind, what) =
                    class.clone().map_or_else(|| (kinds::country(), What::OwnCountry), |kind| (kind, What::Anaphor));
                out.push(spot(at..at + phrase.len(), kind, what));
            }
        }
    }
    out
}

fn acronyms(text: &str, toks: &[Token], known: &Acronyms) -> Vec<Spot> {
    let of = |t: &Token| {
        let written = text.get(t.range.clone())?;
        let learnt = known.learnt.get(written).map(|(id, kind)| (kind, What::Learnt(*id)));
        learnt.or_else(|| known.promised.get(written).map(|kind| (kind, What::Promised(written.to_owned()))))
    };
    let upper = toks.iter().enumerate().filter(|(_, t)| t.upper);
    upper.filter_map(|(at, t)| of(t).map(|(kind, what)| spot(at..at + 1, kind.clone(), what))).collect()
}

/// The longest spots, none overlapping; of equal ones the first.
fn longest(mut spots: Vec<Spot>) -> Vec<Spot> {
    // What the report explains an acronym to be goes before what it is elsewhere.
    let rank = |s: &Spot| match &s.what {
        What::Learnt(_) | What::Promised(_) => 0,
        What::Name { known, .. } if !known.is_empty() => 1,
        What::Name { .. } => 2,
        What::Short => 3,
        _ => 4,
    };
    spots.sort_by_key(|s| (std::cmp::Reverse(s.tokens.len()), rank(s), s.tokens.start));
    let mut out: Vec<Spot> = Vec::new();
    for spot in spots {
        if out.iter().all(|o| o.tokens.end <= spot.tokens.start || spot.tokens.end <= o.tokens.start) {
            out.push(spot);
        }
    }
    out.sort_by_key(|s| s.tokens.start);
    // "the project X" names a project, and refers to none before.
    let names: HashSet<usize> = out.iter().filter(|s| matches!(s.what, What::Name { .. })).map(|s| s.tokens.start).collect();
    out.retain(|s| !(matches!(s.what, What::Anaphor) && names.contains(&s.tokens.end)));
    out
}

/// `Full Name (ACRONYM)` and `ACRONYM (Full Name)`: the brackets belong to the name's place and teach the acronym.
fn brackets(text: &str, toks: &[Token], spots: &mut Vec<Spot>) {
    let mut swallowed: Vec<Range<usize>> = Vec::new();
    for spot in spots.iter_mut() {
        let Range { start, end } = spot.tokens;
        let What::Name { acronym, is_acronym, .. } = &mut spot.what else { continue };
        if *is_acronym {
            continue;
        }
        if toks.get(end).is_some_and(|t| t.is('('))
            && let Some(close) = closing(toks, end + 1)
            && let Some(written) = letters(text, toks, end + 1..close)
        {
            *acronym = Some(written);
            spot.tokens.end = close + 1;
            swallowed.push(end..close + 1);
        } else if let Some(word) = start.checked_sub(2)
            && toks[word + 1].is('(')
            && toks.get(end).is_some_and(|t| t.is(')'))
            && (toks[word].spaced || word.checked_sub(1).is_some_and(|i| apostrophe(&toks[i])))
            && let Some(written) = letters(text, toks, word..word + 1)
        {
            *acronym = Some(written);
            spot.tokens = word..end + 1;
            swallowed.push(word..word + 1);
        }
    }
    spots.retain(|s| !swallowed.iter().any(|w| w.start <= s.tokens.start && s.tokens.end <= w.end));
}

/// The bracket that closes a short run of tokens written without spaces.
fn closing(toks: &[Token], from: usize) -> Option<usize> {
    /// An acronym has no more tokens than this: `J/TIP`, `CNLTP-PP`.
    const MOST: usize = 5;
    let close = (from..from + MOST + 1).find(|i| toks.get(*i).is_some_and(|t| t.is(')')))?;
    (close > from && toks[from..close].iter().all(|t| !t.spaced)).then_some(close)
}

/// Tokens that are an acronym: capitals, perhaps with digits and marks.
fn letters(text: &str, toks: &[Token], range: Range<usize>) -> Option<String> {
    const LONGEST_ACRONYM: usize = 14;
    let first = toks.get(range.start).filter(|t| t.capital)?;
    let written = text.get(first.range.start..toks.get(range.end.checked_sub(1)?)?.range.end)?;
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    let fits = capitals >= 2 && !written.chars().any(char::is_lowercase) && written.chars().count() <= LONGEST_ACRONYM;
    fits.then(|| written.to_owned())
}

/// The acronyms that a passage explains, each with the kind of what it stands for.
pub(super) fn explained(text: &str, tools: &Tools<'_>) -> Vec<(String, NamedNode)> {
    let spots = find(text, &tokens(text), tools, &Acronyms::default());
    let explained = |s: Spot| match s.what {
        What::Name { acronym: Some(acronym), .. } => Some((acronym, s.kind)),
        _ => None,
    };
    spots.outer.into_iter().chain(spots.inner).filter_map(explained).collect()
}

/// "the DOL of the United States": the country tells which body is meant, and belongs to its place.
fn countries(toks: &[Token], spots: &mut Vec<Spot>, tools: &Tools<'_>) {
    let mut at = 0;
    while at + 1 < spots.len() {
        let between = &toks[spots[at].tokens.end..spots[at + 1].tokens.start];
        let country = match &spots[at + 1].what {
            What::Name { known, .. } if spots[at + 1].kind == kinds::country() => known.first().cloned(),
            _ => None,
        };
        let small = !between.is_empty()
            && between.iter().all(|t| t.kind == Kind::Word && !t.capital && tools.rules.possessive.contains(&t.folded));
        let mut belongs = false;
        if let (Some(country), true, What::Name { known, .. }) = (&country, small, &mut spots[at].what)
            && known.iter().any(|k| tools.country_of(k) == Some(country))
        {
            known.retain(|k| tools.country_of(k) == Some(country));
            belongs = true;
        }
        if belongs {
            let next = spots.remove(at + 1);
            spots[at].tokens.end = next.tokens.end;
            spots[at].country = country;
        } else {
            at += 1;
        }
    }
}

/// Completes names by what follows them with a preposition: "Annual Reports" + "of" + the Commission.
fn complete(toks: &[Token], spots: Vec<Spot>, tools: &Tools<'_>) -> Spots {
    let mut out = Spots::default();
    // From the end, so that a complement is complete itself when it is taken.
    let mut pending = spots;
    let mut done: Vec<Spot> = Vec::new();
    while let Some(mut spot) = pending.pop() {
        let head = spot.head.or_else(|| known_head(&spot, toks, tools).map(|(head, _)| head));
        let complement = head.and_then(|h| tools.lexicon.heads[h].complement.as_ref());
        let complement = complement.filter(|c| !c.known_only && (spot.head.is_some() || !c.part_of_name));
        let Some(complement) = complement else {
            done.push(spot);
            continue;
        };
        let fits = done.last().is_some_and(|next| {
            let between: Vec<&str> = toks[spot.tokens.end..next.tokens.start].iter().map(|t| t.folded.as_str()).collect();
            let between = open(&between, tools);
            tools.rules.slots.get(&complement.class).is_some_and(|kinds| kinds.contains(&next.kind))
                && tools.preposition(&between, &complement.prepositions)
        });
        if fits && let Some(next) = done.pop() {
            let inner = out.inner.len();
            if let Some(property) = &complement.property {
                spot.parts.push(Part { property: property.0.clone(), inner, inverse: complement.inverse });
            }
            if complement.part_of_name {
                let end = with_years(toks, next.tokens.end);
                spot.tokens.end = end;
                spot.name.end = end;
                out.inner.push(next);
            } else {
                out.inner.push(next.clone());
                done.push(next);
            }
            done.push(spot);
        } else if !complement.required {
            done.push(spot);
        }
    }
    done.reverse();
    out.outer = done;
    out
}

/// The head that a known name begins with, and its length.
fn known_head(spot: &Spot, toks: &[Token], tools: &Tools<'_>) -> Option<(usize, usize)> {
    let known = matches!(&spot.what, What::Name { known, .. } if !known.is_empty());
    tools.rules.chunker.head_of(toks, spot.name.start).filter(|(_, length)| known && *length < spot.name.len())
}

/// What the names of known bodies say that end in another name: "Technical Secretariat of the Commission".
fn known_parts(text: &str, toks: &[Token], spots: &mut Spots, tools: &Tools<'_>) {
    for at in 0..spots.outer.len() {
        let spot = &spots.outer[at];
        let Some((head, length)) = known_head(spot, toks, tools) else { continue };
        let Some(complement) = tools.lexicon.heads[head].complement.as_ref().filter(|_| spot.parts.is_empty()) else { continue };
        let (from, end) = (spot.name.start + length, spot.name.end);
        let follows = |start: usize| {
            (from.max(start.saturating_sub(3))..start).any(|before| {
                let words: Vec<&str> = toks[before..start].iter().map(|t| t.folded.as_str()).collect();
                tools.preposition(&open(&words, tools), &complement.prepositions)
            })
        };
        let Some(inner) = last_name(text, toks, from..end, tools) else { continue };
        let fits = tools.rules.slots.get(&complement.class).is_some_and(|kinds| kinds.contains(&inner.kind));
        if fits && follows(inner.tokens.start) {
            if let Some(property) = &complement.property {
                let part = Part { property: property.0.clone(), inner: spots.inner.len(), inverse: complement.inverse };
                spots.outer[at].parts.push(part);
            }
            spots.inner.push(inner);
        }
    }
}

/// The name that ends a stretch of a passage: a known one, or the beginning of one that was named before.
fn last_name(text: &str, toks: &[Token], range: Range<usize>, tools: &Tools<'_>) -> Option<Spot> {
    let rest = toks.get(range.clone())?;
    let found = tools.gazetteer.find(text, rest, &tools.lexicon.language);
    if let Some(last) = found.into_iter().find(|f| f.tokens.end == rest.len()) {
        let what = What::Name { known: last.bearers, acronym: None, is_acronym: last.code };
        return Some(spot(last.tokens.start + range.start..range.end, last.kind, what));
    }
    let start = range.clone().find(|at| toks[*at].capital)?;
    let (head, _) = tools.rules.chunker.head_of(toks, start)?;
    Some(spot(start..range.end, tools.lexicon.heads[head].class.0.clone(), What::Short))
}

/// Words with contractions opened.
fn open(words: &[&str], tools: &Tools<'_>) -> String {
    let contractions = &tools.lexicon.words.contractions;
    words.iter().map(|w| contractions.get(*w).map_or(*w, String::as_str)).collect::<Vec<_>>().join(" ")
}
