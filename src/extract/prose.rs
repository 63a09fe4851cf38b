//! Running text: its sentences, what each is about, and the rules run over them.

use super::byway::{self, Reading};
use super::chunk::Chunker;
use super::entries::Asked;
use super::layout::{self, Title};
use super::mask::{Masked, Slot};
use super::pattern::Match;
use super::reader::{Place, Reader};
use super::rules::{Rules, Selector};
use super::seats::Seats;
use super::spots::{self, Spot, Spots, What};
use super::tokens::{Kind, Sentence, Token, sentences};
use super::{events, relations};
use super::{lists, whereabouts};
use crate::model::claim::{Claim, MentionId, Object};
use crate::model::id::fold;
use crate::model::report::Link;
use crate::model::vocab::{class, flg, org, schema, xsd};
use oxigraph::model::{Literal, NamedNode};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::ops::Range;

/// The slot alias of what an address can belong to.
const LINKED: &str = "Linked";

/// A passage with all that is mentioned in it.
pub(super) struct Prose<'a> {
    pub place: Place<'a>,
    pub spots: Vec<Spot>,
    /// Known things named inside the spots, with their mentions.
    pub nested: Vec<(Spot, MentionId)>,
    /// The mention of each spot.
    pub ids: Vec<Option<MentionId>>,
    pub sentences: Vec<Sentence>,
    /// How each sentence is read; empty where all are read as they stand.
    pub readings: Vec<Reading>,
    /// The sentences masked, and whether each carries the topic of the one before over.
    pub masked: Vec<(Masked, bool)>,
    /// What each sentence of a row is about; empty for running text.
    pub topics: Vec<Vec<MentionId>>,
}

/// What is known of a passage before its names are looked for.
pub(super) struct Frame<'a> {
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// How each is read; empty where all are read as they stand.
    pub readings: Vec<Reading>,
    /// Names found by other means; they go before those that are found here.
    pub spots: Vec<Spot>,
    /// Of each sentence, whether it is read.
    pub read: Vec<bool>,
    /// Whether it is the text of a table's row.
    pub rows: bool,
    /// The names that the question asks to be listed.
    pub asked: Option<&'a Asked<'a>>,
}

/// Reads running text: mentions, relations, events, and what addresses belong to.
pub(super) fn read(reader: &mut Reader<'_>, place: Place<'_>, links: &[Link]) {
    let prose = Prose::new(reader, place, links);
    relate(reader, &prose, links);
}

/// Runs the rules over a passage whose mentions are found.
pub(super) fn relate(reader: &mut Reader<'_>, prose: &Prose<'_>, links: &[Link]) {
    for at in 0..prose.sentences.len() {
        let rules = reader.tools.rules;
        let seen = rules.cues.seen(prose.seats(at, rules));
        relations::read(reader, prose, at, &seen, None);
        events::read(reader, prose, at, &seen);
    }
    addresses(reader, prose, links);
}

impl<'a> Prose<'a> {
    /// Finds everything that is mentioned in a passage.
    pub(super) fn new(reader: &mut Reader<'_>, place: Place<'a>, links: &[Link]) -> Self {
        Self::answer(reader, place, links, None)
    }

    /// The same of an answer to a question that may ask for names.
    pub(super) fn answer(reader: &mut Reader<'_>, place: Place<'a>, links: &[Link], asked: Option<&Asked<'_>>) -> Self {
        let rules = reader.tools.rules;
        let mut found = found(reader, place, links);
        whereabouts::add(reader, place, &mut found.outer);
        let sentences = sentences(place.tokens, &reader.tools.lexicon.words.abbreviations);
        let mut sentences = rules.layout.cut(reader, place, sentences, &found.outer);
        let titles = rules.layout.titles(reader, place, &mut sentences, &found.outer);
        let (sentences, readings): (Vec<_>, Vec<_>) =
            byway::readings(sentences, place.tokens, &rules.byways, &rules.ands).into_iter().unzip();
        let read = vec![true; sentences.len()];
        let spots = titles.iter().map(|title| title.spot.clone()).collect();
        let frame = Frame { sentences, readings, spots, read, rows: false, asked };
        Self::made(reader, place, found, frame, &titles)
    }

    /// The same, where some of it is known.
    pub(super) fn framed(reader: &mut Reader<'_>, place: Place<'a>, links: &[Link], frame: Frame<'_>) -> Self {
        let found = found(reader, place, links);
        Self::made(reader, place, found, frame, &[])
    }

    /// The same, where the names are found that its words tell.
    fn made(reader: &mut Reader<'_>, place: Place<'a>, mut found: Spots, frame: Frame<'_>, titles: &[Title]) -> Self {
        let tools = reader.tools;
        let Frame { mut sentences, mut readings, spots, read, rows, asked } = frame;
        found.overlay(place.tokens, spots);
        let listed = asked.map(|asked| asked.names(reader, place, &found.outer)).unwrap_or_default();
        found.overlay(place.tokens, listed);
        let unread = |s: &Spot| {
            let sentence = sentences.iter().position(|x| x.tokens.start <= s.tokens.start && s.tokens.start < x.tokens.end);
            sentence.is_some_and(|at| read.get(at) == Some(&false))
        };
        // A single word is no name in a row, unless its letters are all capitals or its title has it.
        let slight = |s: &Spot| {
            let new = matches!(&s.what, What::Name { known, is_acronym: false, .. } if known.is_empty());
            let nobody = || tools.lexicon.rows.nobody.contains(&fold(place.text(&s.name)));
            rows && new && (s.name.len() == 1 && place.tokens.get(s.name.start).is_none_or(|t| !t.upper) || nobody())
        };
        found.outer.retain(|s| !unread(s) && !slight(s));
        found.nested.retain(|s| !unread(s));
        // In the order of the text, because a phrase refers to what stands before it.
        let all: Vec<&Spot> = found.outer.iter().chain(&found.inner).collect();
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|at| all[*at].tokens.start);
        let mut ids = vec![None; all.len()];
        for at in order {
            ids[at] = reader.mention(place, all[at]);
        }
        let inner = ids.split_off(found.outer.len());
        let nested = found.nested.into_iter().filter_map(|s| reader.mention(place, &s).map(|id| (s, id))).collect();
        if !rows {
            years(reader, place, &found.outer, &ids);
        }
        for (spot, id) in found.outer.iter().chain(&found.inner).zip(ids.iter().chain(&inner)) {
            for part in &spot.parts {
                let (Some(id), Some(inner)) = (*id, inner.get(part.inner).copied().flatten()) else { continue };
                let Some(evidence) = reader.evidence(place.answer, place.passage, place.bytes(&spot.tokens)) else { continue };
                let (s, o) = if part.inverse { (inner, id) } else { (id, inner) };
                reader.say(s, &part.property, Object::Mention(o), evidence, "name-complement", 0.9);
            }
        }
        let slots: Vec<Slot> = found
            .outer
            .iter()
            .zip(&ids)
            .map(|(s, id)| {
                let value = s.kind.as_str().starts_with("urn:");
                let other = !rows && matches!(s.what, What::Other(_));
                let code = if id.is_some() || value || other { tools.rules.codes.of(&s.kind) } else { '\u{F8FF}' };
                // A short form that is short for nothing is words.
                let words = !rows && id.is_none() && matches!(s.what, What::Short | What::Anaphor);
                let end = if words { s.tokens.start } else { s.tokens.end };
                Slot { tokens: s.tokens.start..end, code }
            })
            .collect();
        if !rows {
            (sentences, readings) = lists::with_items(reader, place, sentences, readings, &found.outer);
        }
        let masked = sentences
            .iter()
            .enumerate()
            .map(|(at, s)| {
                let out = readings.get(at).and_then(|r| match r {
                    Reading::Without(out) | Reading::Item(out) => Some(out),
                    Reading::Plain | Reading::With(_) => None,
                });
                let masked = Masked::new(place.tokens, s.tokens.clone(), out, &slots, &tools.lexicon.words);
                let carried =
                    tools.rules.continuation.as_ref().is_some_and(|c| c.is_match(&unslotted(&masked, &found.outer, place)))
                        || !rows && layout::goes_on(tools.rules, place.tokens, s, titles);
                (masked, carried)
            })
            .collect();
        Self { place, spots: found.outer, nested, ids, sentences, readings, masked, topics: Vec::new() }
    }

    /// A masked sentence made ready for patterns.
    pub(super) fn seats(&self, at: usize, rules: &Rules) -> Seats<'_> {
        let masked = &self.masked[at].0;
        Seats::new(&masked.text, masked.all_slots().map(|(place, _)| place), &rules.determiners)
    }

    /// The mentions that a selector finds for a match in a sentence, each with its spot where it has one; `None` if there is nothing for it,
    /// and no mention if what there is has no name.
    pub(super) fn select(
        &self,
        reader: &Reader<'_>,
        selector: &Selector,
        at: usize,
        found: &Match<'_>,
    ) -> Option<Vec<(MentionId, Option<usize>)>> {
        let one = |spot: Option<usize>| spot.map(|s| self.ids[s].map(|id| (id, Some(s))).into_iter().collect());
        let some = |all: Vec<_>| (!all.is_empty()).then_some(all);
        match selector {
            Selector::Report => Some(vec![(reader.itself, None)]),
            Selector::Row(kinds) => {
                let topics = self.topics.get(at).into_iter().flatten();
                let fits = |id: &&MentionId| kinds.iter().any(|k| k.as_ref() == reader.class_of(**id));
                some(topics.filter(fits).map(|id| (*id, None)).collect())
            }
            Selector::Country => Some(vec![(reader.country, None)]),
            Selector::Slots(names, kinds) => {
                let slots = names.iter().filter_map(|name| found.slot(name)).flat_map(|range| self.listed(at, &range));
                let fits = |s: &usize| kinds.as_ref().is_none_or(|kinds| kinds.contains(&self.spots[*s].kind));
                some(slots.filter(fits).filter_map(|s| self.ids[s].map(|id| (id, Some(s)))).collect())
            }
            Selector::First(kinds) => one(self.of_kinds(at, kinds).find(|(place, _)| *place < found.whole.start).map(|(_, s)| s)),
            Selector::Before(kinds) => match self.of_kinds(at, kinds).rfind(|(place, _)| *place < found.whole.start) {
                Some((_, spot)) => one(Some(spot)),
                None => self.carried(at).map(|b| self.subjects(reader, b, kinds)).find(|s| !s.is_empty()),
            },
            Selector::Chain(kinds) => {
                let nearest = self.of_kinds(at, kinds).rfind(|(place, _)| *place < found.whole.start);
                let (id, spot) = nearest.and_then(|(_, s)| self.ids[s].map(|id| (id, s)))?;
                let through = flg::ACTS_THROUGH;
                let by =
                    reader.claims.claims.iter().filter(|c| c.property.as_ref() == through && c.object == Object::Mention(id));
                Some(std::iter::once((id, Some(spot))).chain(by.map(|c| (c.subject, None))).collect())
            }
            Selector::Dependent(name) => {
                let spots = found.slot(name).map(|r| self.masked[at].0.slots(&r)).unwrap_or_default();
                let dependent = |s: &usize| self.spots[*s].head.is_some_and(|h| reader.tools.lexicon.heads[h].dependent);
                some(spots.into_iter().filter(dependent).filter_map(|s| self.ids[s].map(|id| (id, Some(s)))).collect())
            }
            Selector::Inside(kinds) | Selector::Between(kinds) => {
                let spots = found.slot("s").map(|r| self.masked[at].0.slots(&r)).unwrap_or_default();
                let inside = |s: &Spot| {
                    spots
                        .iter()
                        .any(|o| self.spots[*o].tokens.start <= s.tokens.start && s.tokens.end <= self.spots[*o].tokens.end)
                };
                let all = self.nested.iter().filter(|(s, _)| kinds.contains(&s.kind) && inside(s)).map(|(_, id)| (*id, None));
                let all: Vec<_> = all.collect();
                let several = matches!(selector, Selector::Between(_));
                some(if several && all.len() < 2 { Vec::new() } else { all })
            }
            Selector::Topic(kinds) => {
                // What the pattern itself names goes before what the sentence carries on: "The programme Safe Nets, run by X".
                let named = found.slot("x").and_then(|range| {
                    let fits = |s: &usize| kinds.contains(&self.spots[*s].kind) && self.ids[*s].is_some();
                    self.masked[at].0.slots(&range).into_iter().find(fits).map(|s| (range.start, s))
                });
                let before = named.or_else(|| self.of_kinds(at, kinds).rfind(|(place, _)| *place < found.whole.start));
                let carried = || self.carried(at).find_map(|b| self.of_kinds(b, kinds).next());
                let after = || self.of_kinds(at, kinds).next();
                one(before.or_else(carried).or_else(after).map(|(_, s)| s))
            }
        }
    }

    /// The spots of a list of names; a name of its own that brackets hold behind one is another name of that, and no one more.
    fn listed(&self, at: usize, range: &Range<usize>) -> Vec<usize> {
        let masked = &self.masked[at].0;
        let outside = |place: usize| {
            let before = masked.text.get(range.start..place).unwrap_or_default();
            before.matches('(').count() <= before.matches(')').count()
        };
        let named = |s: usize| matches!(&self.spots[s].what, What::Name { known, is_acronym: false, .. } if known.is_empty());
        let meant = |(place, slot): &(usize, usize)| range.contains(place) && (outside(*place) || !named(*slot));
        masked.all_slots().filter(meant).map(|(_, slot)| slot).collect()
    }

    /// Whom the last statement of a sentence is about, or else the first of some kinds that it names.
    fn subjects(&self, reader: &Reader<'_>, at: usize, kinds: &FxHashSet<NamedNode>) -> Vec<(MentionId, Option<usize>)> {
        let own: Vec<(usize, MentionId)> = self.of_kinds(at, kinds).filter_map(|(_, s)| self.ids[s].map(|id| (s, id))).collect();
        // "The Council brings together the Ministry, …, and the Network" is about the Council, though the Network is one of the kind.
        let gatherings = !kinds.iter().any(|kind| kind.as_ref() == class::GOVERNMENT_BODY);
        let gathering = |c: &Claim| match c.object {
            Object::Mention(o) if gatherings && c.property.as_ref() == org::MEMBER_OF => {
                own.iter().find(|(_, id)| *id == o).copied()
            }
            _ => None,
        };
        let about = |c: &&Claim| gathering(c).is_some() || own.iter().any(|(_, id)| *id == c.subject);
        let Some(last) = reader.claims.claims.iter().rfind(about) else {
            return own.first().map(|(s, id)| (*id, Some(*s))).into_iter().collect();
        };
        if let Some((spot, id)) = gathering(last) {
            return vec![(id, Some(spot))];
        }
        let together = |c: &&Claim| c.method == last.method && c.evidence == last.evidence && c.property == last.property;
        let said: Vec<MentionId> = reader.claims.claims.iter().filter(together).map(|c| c.subject).collect();
        own.into_iter().filter(|(_, id)| said.contains(id)).map(|(s, id)| (id, Some(s))).collect()
    }

    /// The sentences whose topic a sentence carries on, nearest first.
    fn carried(&self, at: usize) -> impl Iterator<Item = usize> {
        let item = self.sentences[at].item;
        let on = self.masked[at].1;
        let own = |b: &usize| !matches!(self.readings.get(*b), Some(Reading::Item(_)));
        (0..at).rev().take_while(move |b| on && self.sentences[*b].item == item).filter(own)
    }

    /// The spots of a sentence of some kinds that are mentions, or stand for what has no name, with their places in the masked text.
    pub(super) fn of_kinds(&self, at: usize, kinds: &FxHashSet<NamedNode>) -> impl DoubleEndedIterator<Item = (usize, usize)> {
        let other = |s: usize| self.topics.is_empty() && matches!(self.spots[s].what, What::Other(_));
        let told = move |s: usize| self.ids[s].is_some() || other(s);
        self.masked[at].0.all_slots().filter(move |(_, s)| kinds.contains(&self.spots[*s].kind) && told(*s))
    }

    /// Whether a match reaches out of what its sentence says by the way, or says something of what is named there by words behind
    /// it: `subjects` are the spots that it is said of.
    pub(super) fn strays(&self, at: usize, found: &Match<'_>, subjects: &[Option<usize>]) -> bool {
        let Some(Reading::With(aside)) = self.readings.get(at) else { return false };
        let Some(place) = self.masked[at].0.place(aside) else { return false };
        let inside = |s: &Option<usize>| s.is_some_and(|s| aside.contains(&self.spots[s].tokens.start));
        let behind = found.whole.end > place.end;
        behind && found.whole.start >= place.start && (found.whole.start < place.end || subjects.iter().any(inside))
    }

    /// The bytes of the passage that a range of a masked sentence was made from.
    pub(super) fn bytes(&self, at: usize, range: &Range<usize>) -> Option<Range<usize>> {
        self.masked[at].0.tokens(range).map(|t| self.place.bytes(&t))
    }
}

/// What is named in a passage, but for what stands in addresses.
fn found(reader: &Reader<'_>, place: Place<'_>, links: &[Link]) -> Spots {
    let mut found = spots::find(place.passage.text(), place.tokens, reader.tools, &reader.acronyms);
    let in_link = |s: &Spot| {
        let bytes = place.bytes(&s.tokens);
        links.iter().any(|l| l.range.start < bytes.end && bytes.start < l.range.end)
    };
    found.outer.retain(|s| !in_link(s));
    found
}

/// A masked sentence with its anaphors as words, so that "the project supports" can be seen to carry a topic over.
fn unslotted<'m>(masked: &'m Masked, spots: &[Spot], place: Place<'_>) -> Cow<'m, str> {
    let first = masked.all_slots().next().filter(|(at, s)| *at == 0 && matches!(spots[*s].what, spots::What::Anaphor));
    match first {
        Some((_, s)) => {
            let words: Vec<&str> = place.tokens[spots[s].tokens.clone()].iter().map(|t| t.folded.as_str()).collect();
            words.join(" ").into()
        }
        None => masked.text.as_str().into(),
    }
}

/// The years in or behind the name of a plan or programme are its own: `Programa Sectorial 2020-2024`, `Bridge (2018–2022)`.
fn years(reader: &mut Reader<'_>, place: Place<'_>, spots: &[Spot], ids: &[Option<MentionId>]) {
    let kinds = [class::PROGRAMME, class::POLICY, class::OPERATIONAL_PROTOCOL];
    for (spot, id) in spots.iter().zip(ids) {
        let Some(id) = id.filter(|_| kinds.contains(&spot.kind.as_ref())) else { continue };
        let Some(period) = period(place.tokens, spot, &reader.tools.rules.chunker) else { continue };
        let whole = spot.tokens.start..spot.tokens.end.max(period.end);
        let Some(evidence) = reader.evidence(place.answer, place.passage, place.bytes(&whole)) else { continue };
        for (property, at) in [(flg::START_DATE, period.start), (flg::END_DATE, period.end - 1)] {
            let value = Object::Literal(Literal::new_typed_literal(&place.tokens[at].folded, xsd::G_YEAR));
            reader.say(id, &property.into_owned(), value, evidence.clone(), "years-in-name", 0.95);
        }
    }
}

/// The two years of a period, with the dash between them, that ends a name or stands in brackets behind it.
fn period(toks: &[Token], spot: &Spot, chunker: &Chunker) -> Option<Range<usize>> {
    let year = |at: usize| toks.get(at).is_some_and(|t| t.kind == Kind::Number && t.folded.len() == 4);
    let range = |at: usize| {
        let dash = |t: &Token| ['-', '–', '—'].iter().any(|c| t.is(*c));
        (year(at) && toks.get(at + 1).is_some_and(dash) && year(at + 2)).then_some(at..at + 3)
    };
    let own = spot.name.end.checked_sub(3).filter(|at| *at > spot.name.start).and_then(range);
    let bracketed = |at: usize| toks.get(at).filter(|t| t.is('(')).and_then(|_| range(at + 1));
    // "Plan d'action national (PAN) 2011-2020"
    let behind_acronym = || (spot.name.end < spot.tokens.end).then(|| range(spot.tokens.end)).flatten();
    // "the project “Bridge” (2018–2022)", "the Bridge project (2018–2022)"
    let quoted = toks.get(spot.tokens.end).is_some_and(|t| ['"', '”', '»'].iter().any(|c| t.is(*c)));
    let behind = spot.tokens.end + usize::from(quoted);
    let noun = usize::from(chunker.announces_before(toks, behind).is_some());
    own.or_else(behind_acronym).or_else(|| bracketed(behind + noun).filter(|r| toks.get(r.end).is_some_and(|t| t.is(')'))))
}

/// An address belongs to the nearest document, programme or body of rules that is named before it.
fn addresses(reader: &mut Reader<'_>, prose: &Prose<'_>, links: &[Link]) {
    let Some(linked) = reader.tools.rules.slots.get(LINKED) else { return };
    for link in links {
        let before = |s: &&usize| {
            prose.place.bytes(&prose.spots[**s].tokens).end <= link.range.start && linked.contains(&prose.spots[**s].kind)
        };
        let order: Vec<usize> = (0..prose.spots.len()).filter(|s| prose.ids[*s].is_some()).collect();
        let Some(id) = order.iter().rfind(before).and_then(|s| prose.ids[*s]) else { continue };
        let Ok(address) = NamedNode::new(&link.href) else { continue };
        let Some(evidence) = reader.evidence(prose.place.answer, prose.place.passage, link.range.clone()) else { continue };
        reader.say(id, &schema::URL.into_owned(), Object::Resource(address), evidence, "address", 0.8);
    }
}
