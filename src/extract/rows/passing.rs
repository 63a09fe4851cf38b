//! What a text on bodies names in passing, and no head noun tells: hotlines and databases, "manages a Harbor Rescue hotline",
//! "a trafficking database—Tide Watch (Guet)—", "Tide Pro, a database for …"; and bodies in the plural that have an acronym, "85
//! Harbor Care Centers (HCC)".

use super::made::known_spot;
use super::runs::end_of_run;
use super::title::{Named, is_acronym};
use super::titles::Titles;
use crate::extract::kinds;
use crate::extract::reader::{Place, Reader};
use crate::extract::spots::{Spot, find};
use crate::model::vocab::class;
use oxigraph::model::NamedNodeRef;
use std::ops::Range;

/// Brackets behind a name hold no more tokens than this.
const BRACKETS: usize = 12;
/// A name that only its place tells has at least so many words.
const FEWEST: usize = 2;
/// So many words may stand between an article and the noun that tells what something is.
const BETWEEN: usize = 4;

/// Finds them where `read` says that a text is read.
pub(super) fn find_all(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    at: usize,
    titles: &mut Titles,
    read: impl Fn(usize) -> bool,
) -> Vec<Spot> {
    let toks = place.tokens;
    let rows = &reader.tools.lexicon.rows;
    let noun = |i: usize| !toks[i].capital && rows.kept_things.contains(&toks[i].folded);
    let bodies = |i: usize| toks[i].capital && rows.plural_bodies.contains(&toks[i].folded);
    let mut found: Vec<(Range<usize>, NamedNodeRef<'static>)> = Vec::new();
    for i in (0..toks.len()).filter(|i| read(*i)) {
        if noun(i) {
            let thing =
                behind_dash(reader, place, i).or_else(|| before(reader, place, i)).or_else(|| apposition(reader, place, i));
            found.extend(thing.map(|name| (name, class::PROGRAMME)));
        } else if bodies(i) {
            found.extend(explained(reader, place, i).map(|name| (name, class::GOVERNMENT_BODY)));
        }
    }
    found.into_iter().map(|(name, kind)| named(reader, place, at, titles, name, kind)).collect()
}

/// Behind a dash the noun is told by its name: "a trafficking database—Tide Watch".
fn behind_dash(reader: &Reader<'_>, place: Place<'_>, noun: usize) -> Option<Range<usize>> {
    let toks = place.tokens;
    let dash = toks.get(noun + 1).filter(|t| t.is('—') || t.is('–'))?;
    let start = noun + 2;
    let first = toks.get(start).filter(|t| t.capital && dash.end() <= t.start())?;
    let end = end_of_run(toks, start, toks.len(), reader.tools.lexicon, false);
    (end >= start + FEWEST || first.upper).then_some(start..end)
}

/// A name that the noun ends, behind an article: "a Harbor Rescue hotline". Whose it is, is no name: "the Ministry's hotline".
fn before(reader: &Reader<'_>, place: Place<'_>, noun: usize) -> Option<Range<usize>> {
    let toks = place.tokens;
    let start = run_before(reader, place, noun);
    let article = start.checked_sub(1).filter(|i| reader.tools.lexicon.rows.articles.contains(&toks[*i].folded));
    let own = start + FEWEST <= noun && article.is_some() && !holds_body(reader, place, &(start..noun));
    own.then_some(start..noun + 1)
}

/// The name before a comma behind which it is said what it is: "Tide Pro, a database".
fn apposition(reader: &Reader<'_>, place: Place<'_>, noun: usize) -> Option<Range<usize>> {
    let toks = place.tokens;
    let articles = &reader.tools.lexicon.rows.articles;
    let plain = |i: &usize| toks[*i].is_wordlike() && !toks[*i].capital;
    let words = (0..noun).rev().take(BETWEEN).take_while(plain);
    let article = words.filter(|i| articles.contains(&toks[*i].folded)).last()?;
    let comma = article.checked_sub(1).filter(|i| toks[*i].is(','))?;
    let start = run_before(reader, place, comma);
    (start + FEWEST <= comma && !holds_body(reader, place, &(start..comma))).then_some(start..comma)
}

/// Bodies in the plural whose acronym tells that they have a name, where no known one stands there.
fn explained(reader: &Reader<'_>, place: Place<'_>, noun: usize) -> Option<Range<usize>> {
    let toks = place.tokens;
    let [open, word, close] = [1, 2, 3].map(|n| toks.get(noun + n));
    let acronym = open.is_some_and(|t| t.is('(')) && word.is_some_and(|t| t.upper) && close.is_some_and(|t| t.is(')'));
    let start = run_before(reader, place, noun + 1);
    let met = |s: &Spot| s.tokens.start <= noun && start < s.tokens.end && !kinds::is_scheme(&s.kind);
    let told = acronym && start < noun;
    let free = told && !find(place.passage.text(), toks, reader.tools, &reader.acronyms).outer.iter().any(met);
    free.then_some(start..noun + 1)
}

/// Where the run of capitalised words begins that ends before a token; a word that begins sentences is none of them.
fn run_before(reader: &Reader<'_>, place: Place<'_>, end: usize) -> usize {
    let toks = place.tokens;
    let openers = &reader.tools.lexicon.words.openers;
    let word = |i: &usize| {
        let joined = *i + 1 == end || toks.get(i + 1).is_some_and(|t| t.spaced);
        toks[*i].capital && toks[*i].is_wordlike() && joined && !openers.contains(&toks[*i].folded)
    };
    (0..end).rev().take_while(word).last().unwrap_or(end)
}

/// Whether words hold the noun of a body: they tell whose something is.
fn holds_body(reader: &Reader<'_>, place: Place<'_>, words: &Range<usize>) -> bool {
    let rows = &reader.tools.lexicon.rows;
    let noun = |w: &String| [&rows.bodies, &rows.plural_bodies, &rows.owners].into_iter().any(|l| l.contains(w));
    place.tokens[words.clone()].iter().any(|t| noun(&t.folded))
}

/// A thing or body that the text names, with what stands in brackets behind it.
fn named(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    at: usize,
    titles: &mut Titles,
    name: Range<usize>,
    kind: NamedNodeRef<'_>,
) -> Spot {
    let toks = place.tokens;
    let words = |tokens: &Range<usize>| (place.text(tokens).to_owned(), place.bytes(tokens));
    let mut named = Named { names: vec![words(&name)], range: place.bytes(&name), ..Named::default() };
    let mut whole = name.clone();
    let open = toks.get(name.end).filter(|t| t.is('(')).map(|_| name.end);
    let close = open.and_then(|open| (open + 2..toks.len().min(open + BRACKETS)).find(|i| toks[*i].is(')')));
    if let (Some(open), Some(close)) = (open, close) {
        let inner = open + 1..close;
        if is_acronym(place.text(&inner)) {
            named.acronym = Some(words(&inner));
        } else if toks[inner.start].capital {
            named.names.push(words(&inner));
        }
        whole.end = close + 1;
        named.range = place.bytes(&whole);
    }
    let kind = kind.into_owned();
    let id = titles.introduce(reader, at, place.passage, &named, &kind);
    known_spot(whole, kind, id)
}
