//! Everything in a passage that a statement can be about: names, dates, numbers, and phrases that refer back.

mod acronyms;
mod countries;
mod initials;
mod others;
mod parts;
mod words;

use super::chunk::{Around, Chunk};
use super::dates::Date;
use super::gazetteer::Found;
use super::sums::{Sum, numbers, sums};
use super::tokens::{Kind, Token};
use super::{Tools, kinds};
use crate::knowledge::head::Mode;
use crate::model::claim::MentionId;
use crate::model::vocab::{class, org};
pub(super) use acronyms::{Acronyms, acronym_of};
use acronyms::{acronyms, announced, brackets, lengthen, titled};
use countries::{countries, possessive, with_countries};
use oxigraph::model::NamedNode;
use parts::{complete, known_parts};
use rustc_hash::FxHashSet;
use std::ops::Range;
use words::{givers, phrases, told};

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
    /// A noun for something else, which has no name: "the project on school meals", "another project". With the word that says what
    /// sort it is: it may be what was named before after all, if the name has that word.
    Other(Option<String>),
    /// The beginning of a name, which refers to the whole name before: `la Comisión Intersecretarial`.
    Short,
    /// The report's own country, by another phrase.
    OwnCountry,
    /// A date; in a box, because most spots are none, and are moved about.
    Date(Box<Date>),
    /// A whole number.
    Number(i64),
    /// A sum of money.
    Sum(Box<Sum>),
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

impl Spots {
    /// Puts spots in, in place of all that they touch.
    pub(super) fn overlay(&mut self, toks: &[Token], spots: Vec<Spot>) {
        // A name that begins with one that is known and goes on is another's: "Special Prosecutor's Office Against Trafficking".
        let goes_on = |s: &Spot| {
            let own = matches!(&s.what, What::Name { known, .. } if known.is_empty()) && s.head.is_some();
            own && spots.iter().any(|o| {
                let named = matches!(o.what, What::Learnt(_)) && o.tokens.len() > 1;
                // "TP-HN Night Unit" is none of TP.
                let tied = toks.get(o.tokens.end).is_some_and(|t| t.is('-') && !t.spaced)
                    && toks.get(o.tokens.end + 1).is_some_and(|t| t.capital && !t.spaced);
                let named = named || tied && matches!(o.what, What::Learnt(_));
                // "Ministries of Justice, Education, and Health" are several.
                let shared = |x: &Spot| o.tokens.end <= x.tokens.start && x.tokens.end <= s.tokens.end;
                named && o.tokens.start == s.tokens.start && o.tokens.end + 1 < s.name.end && !spots.iter().any(shared)
            })
        };
        let longer: Vec<Range<usize>> = self.outer.iter().filter(|s| goes_on(s)).map(|s| s.tokens.clone()).collect();
        let spots: Vec<Spot> =
            spots.into_iter().filter(|o| longer.iter().all(|l| l.start != o.tokens.start || l.len() <= o.tokens.len())).collect();
        // The acronym in the brackets behind a name is that of all of it.
        let whole = |o: Spot| {
            let behind = |s: &&Spot| s.name.end < o.tokens.start && o.tokens.end < s.tokens.end;
            let named = matches!(o.what, What::Learnt(_)).then(|| self.outer.iter().find(behind)).flatten();
            match named {
                Some(s) => Spot { tokens: s.tokens.clone(), name: s.name.clone(), ..o },
                None => o,
            }
        };
        let alone = |o: &Spot, all: &[Spot]| {
            all.iter().filter(|s| s.tokens.start < o.tokens.end && o.tokens.start < s.tokens.end).count() == 1
        };
        let widened: Vec<Spot> = spots.iter().cloned().map(whole).collect();
        let spots: Vec<Spot> =
            spots.into_iter().zip(&widened).map(|(own, wide)| if alone(wide, &widened) { wide.clone() } else { own }).collect();
        // "the MOL Child Protection Unit": behind the acronym of its owner stands a body's own name.
        let unit = |s: &Spot| {
            let new = matches!(&s.what, What::Name { known, .. } if known.is_empty()) && s.head.is_some();
            let owner = |o: &&Spot| matches!(o.what, What::Learnt(_)) && o.tokens.len() == 1 && o.tokens.start == s.tokens.start;
            let body = [class::GOVERNMENT_BODY, class::COMMISSION].contains(&s.kind.as_ref());
            let own = spots.iter().find(owner).filter(|o| new && body && o.kind.as_ref() == class::GOVERNMENT_BODY)?.tokens.end;
            // The unit itself may be known.
            let known = spots.iter().find(|o| o.tokens == (own..s.tokens.end) && matches!(o.what, What::Learnt(_)));
            let other = |o: &&Spot| own < o.tokens.end && o.tokens.start < s.tokens.end;
            let free = spots.iter().filter(other).all(|o| known.is_some_and(|known| o.tokens == known.tokens));
            let whole = Spot { tokens: s.tokens.clone(), name: own..s.name.end, ..known.unwrap_or(s).clone() };
            (free && s.name.start < own && own + 1 < s.name.end).then_some(whole)
        };
        let mut units: Vec<Spot> = self.outer.iter().filter_map(unit).collect();
        // What is said there is said of the unit; its owner is told by the name.
        let (owners, spots): (Vec<Spot>, Vec<Spot>) = spots
            .into_iter()
            .partition(|o| units.iter().any(|u| u.tokens.start == o.tokens.start && o.tokens.end <= u.name.start));
        for unit in &mut units {
            let owner = owners.iter().find(|o| o.tokens.start == unit.tokens.start).cloned();
            let property = org::SUB_ORGANIZATION_OF.into_owned();
            unit.parts.extend(owner.is_some().then_some(Part { property, inner: self.inner.len(), inverse: false }));
            self.inner.extend(owner);
        }
        let touched = |s: &Spot| spots.iter().any(|o| o.tokens.start < s.tokens.end && s.tokens.start < o.tokens.end);
        self.outer
            .retain(|s| !touched(s) && units.iter().all(|u| u.tokens.end <= s.tokens.start || s.tokens.end <= u.tokens.start));
        self.outer.extend(units);
        self.outer.extend(spots);
        self.outer.sort_by_key(|s| s.tokens.start);
    }
}

/// Finds the spots of a passage.
pub(super) fn find(text: &str, toks: &[Token], tools: &Tools<'_>, known: &Acronyms) -> Spots {
    // What was found when the report was looked through for acronyms is not looked for again.
    match known.ahead.get(text).filter(|(read, _)| std::ptr::eq(read.as_slice(), toks) || **read == *toks) {
        Some((_, first)) => settled(text, toks, tools, known, first),
        None => settled(text, toks, tools, known, &first(text, toks, tools)),
    }
}

/// What is found in a passage whatever the report explains elsewhere; some of it overlaps.
fn first(text: &str, toks: &[Token], tools: &Tools<'_>) -> Vec<Spot> {
    let found = tools.known(text, toks);
    let places = [class::COUNTRY, class::PLACE];
    let is_body = |f: &&Found| !f.concept && !places.contains(&f.kind.as_ref());
    let all = |found: &[&Found]| found.iter().flat_map(|f| f.tokens.clone()).collect();
    let (bodies, others): (Vec<&Found>, Vec<&Found>) = found.iter().partition(is_body);
    let local: Vec<&Found> = others.into_iter().filter(|f| !f.concept).collect();
    // No name goes on over the label of a sheet, and none begins with it.
    let labels = tools.rules.layout.labels(toks);
    let starts = bodies.iter().map(|f| f.tokens.start).chain(labels.iter().copied()).collect();
    let around = Around { starts, inside: all(&bodies), places: all(&local) };
    let mut chunks = tools.rules.chunker.find(toks, &around);
    chunks.retain(|chunk| labels.binary_search(&chunk.tokens.start).is_err());
    let mut spots = merge(text, found, chunks, toks, tools);
    lengthen(text, toks, &mut spots, tools);
    spots.extend(announced(text, toks, tools));
    spots.extend(titled(text, toks, tools));
    spots.extend(values(toks, tools));
    spots.extend(phrases(toks, tools));
    let new = || What::Name { known: Vec::new(), acronym: None, is_acronym: false };
    spots.extend(givers(toks, tools));
    let taken = |name: &Range<usize>| spots.iter().any(|s| s.tokens.start < name.end && name.start < s.tokens.end);
    let places = tools.rules.localities.all(toks, tools.places, taken);
    spots.extend(places.into_iter().map(|name| spot(name, kinds::place(), new())));
    spots
}

/// The spots of a passage, made from what was found first and from the acronyms that are known.
fn settled(text: &str, toks: &[Token], tools: &Tools<'_>, known: &Acronyms, first: &[Spot]) -> Spots {
    let (acronyms, narrowed) = (acronyms(text, toks, known), with_countries(toks, first, tools));
    let mut all: Vec<&Spot> = first.iter().chain(&acronyms).collect();
    for (at, spot) in &narrowed {
        all[*at] = spot;
    }
    let mut spots: Vec<Spot> = longest(all).into_iter().cloned().collect();
    brackets(text, toks, &mut spots, tools);
    others::tell(toks, &mut spots, tools);
    countries(toks, &mut spots, tools);
    possessive(toks, &mut spots, tools);
    let mut spots = complete(toks, spots, tools);
    known_parts(text, toks, &mut spots, tools);
    spots.nested = nested(first, &spots.outer);
    spots
}

/// Those of the known names that lie inside longer names.
fn nested(first: &[Spot], outer: &[Spot]) -> Vec<Spot> {
    let inside = |s: &&Spot| {
        // Names stand in order, and none ends behind the end of the next.
        let behind = outer.partition_point(|o| o.name.start <= s.name.start);
        let mut near = outer[..behind].iter().rev().take_while(|o| o.name.end > s.name.start);
        near.any(|o| s.name.end <= o.name.end && o.name.len() > s.name.len())
    };
    first.iter().filter(|s| is_known(s)).filter(inside).cloned().collect()
}

/// Whether a spot is the name of something known.
fn is_known(spot: &Spot) -> bool {
    matches!(&spot.what, What::Name { known, .. } if !known.is_empty())
}

/// A head of so many words is a name in full: `Conseil national du patronat`.
const COMPLETE: usize = 4;

/// Known names and chunks: of two that overlap the longer one, of two of the same length the known one. A chunk that goes
/// on behind a known name by a preposition and a place is the known name.
fn merge(text: &str, found: Vec<Found>, chunks: Vec<Chunk>, toks: &[Token], tools: &Tools<'_>) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    let located = |t: &Token| !t.capital && tools.lexicon.words.locative.contains(&t.folded);
    for chunk in chunks {
        let head = &tools.lexicon.heads[chunk.head];
        let name = chunk.tokens.clone();
        let covered = found.iter().find(|f| {
            !f.concept
                && f.tokens.start == name.start
                && f.tokens.len() >= 2
                && (f.tokens.end >= name.end || ends_in_place(f, &found, &name, toks) || located(&toks[f.tokens.end]))
        });
        let bare = name.len() == chunk.head_tokens.len() && head.mode != Mode::Before && name.start == chunk.head_tokens.start;
        let short = bare
            && head.mode == Mode::Name
            && head.complement.as_ref().is_none_or(|c| c.known_only)
            && name.len() < COMPLETE
            && !head.whole;
        if covered.is_some() || short && name.len() < 2 || name.is_empty() {
            continue;
        }
        if short && head.office_of.is_some() {
            continue;
        }
        if short {
            // "the National Police" is a body, though "police" tells of whom it is made up.
            let other = |f: &&Found| !(head.alone && f.concept);
            let same = found.iter().filter(other).any(|f| f.tokens.start < name.end && name.start < f.tokens.end);
            if head.body && !same {
                spots.push(Spot { head: Some(chunk.head), ..spot(name, head.class.0.clone(), What::Short) });
            }
            continue;
        }
        let same = found.iter().find(|f| f.tokens == name && !f.concept);
        spots.push(Spot {
            kind: same.map_or_else(|| told(toks, &name, &chunk, tools), |f| f.kind.clone()),
            what: What::Name {
                known: same.map(|f| f.bearers.clone()).unwrap_or_default(),
                acronym: chunk.acronym.and_then(|at| text.get(toks[at].range())).map(str::to_owned),
                is_acronym: false,
            },
            tokens: name.clone(),
            name,
            head: Some(chunk.head),
            country: None,
            parts: Vec::new(),
        });
    }
    // "el proyecto CAÑA" is no cane.
    let announced = |f: &Found| {
        let own = |s: &Spot| s.name == f.tokens && s.head.is_some_and(|h| tools.lexicon.heads[h].mode != Mode::Name);
        f.concept && toks[f.tokens.clone()].iter().all(|t| t.upper) && spots.iter().any(own)
    };
    let found: Vec<Found> = found.into_iter().filter(|f| !announced(f)).collect();
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
    let places = [class::COUNTRY, class::PLACE];
    let place = found
        .iter()
        .find(|f| places.contains(&f.kind.as_ref()) && f.tokens.end == chunk.end && f.tokens.start > known.tokens.end);
    place.is_some_and(|p| toks[known.tokens.end..p.tokens.start].iter().all(|t| t.kind == Kind::Word && !t.capital))
}

fn spot(tokens: Range<usize>, kind: NamedNode, what: What) -> Spot {
    Spot { name: tokens.clone(), tokens, kind, what, head: None, country: None, parts: Vec::new() }
}

fn values(toks: &[Token], tools: &Tools<'_>) -> Vec<Spot> {
    let dates = tools.rules.dates.find(toks, tools.lexicon);
    let mut out: Vec<Spot> = dates.into_iter().map(|(range, date)| spot(range, kinds::date(), What::Date(date.into()))).collect();
    out.extend(numbers(toks).into_iter().map(|(range, number)| spot(range, kinds::number(), What::Number(number))));
    out.extend(sums(toks, tools.lexicon).into_iter().map(|(range, sum)| spot(range, kinds::sum(), What::Sum(sum.into()))));
    out
}

/// The longest spots, none overlapping; of equal ones the first.
fn longest(mut spots: Vec<&Spot>) -> Vec<&Spot> {
    // What the report explains an acronym to be goes before what it is elsewhere.
    let rank = |s: &&Spot| match &s.what {
        What::Learnt(_) | What::Promised(_) => 0,
        What::Name { known, .. } if !known.is_empty() => 1,
        What::Name { .. } => 2,
        What::Short => 3,
        _ => 4,
    };
    spots.sort_by_cached_key(|s| (std::cmp::Reverse(s.tokens.len()), rank(s), s.tokens.start));
    let mut taken = vec![false; spots.iter().map(|s| s.tokens.end).max().unwrap_or(0)];
    spots.retain(|spot| {
        let tokens = &mut taken[spot.tokens.clone()];
        let free = tokens.iter().all(|taken| !taken);
        if free {
            tokens.fill(true);
        }
        free
    });
    spots.sort_unstable_by_key(|s| s.tokens.start);
    // "the project X" names a project, and refers to none before.
    let names: FxHashSet<usize> = spots.iter().filter(|s| matches!(s.what, What::Name { .. })).map(|s| s.tokens.start).collect();
    spots.retain(|s| !(matches!(s.what, What::Anaphor) && names.contains(&s.tokens.end)));
    spots
}
