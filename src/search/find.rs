//! What has the words, thing by thing: what is called so first, then what has them in its name, then what is said to have to do
//! with them.

use super::Index;
use super::asked::{Asked, Lookup};
use super::facet::{Chosen, Facet, Value};
use super::index::{All, Found};
use super::text::words;
use super::things::{Kind, Thing};
use super::{SearchError, snippet};
use crate::names::folded;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What a thing was found by, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    /// It is called so.
    Name,
    /// Its name has the words.
    Part,
    /// What is said of it has them.
    Text,
}

impl By {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Part => "part",
            Self::Text => "text",
        }
    }
}

/// A thing, and the passages about it.
pub(super) struct Group {
    pub(super) thing: u32,
    pub(super) by: By,
    score: f32,
    /// The passages, the best first.
    pub(super) passages: Vec<(u32, f32)>,
}

/// All that was found.
pub(super) struct Outcome {
    pub(super) asked: Asked,
    pub(super) groups: Vec<Group>,
    /// How many groups have each value.
    pub(super) counts: Vec<usize>,
    pub(super) all_words: bool,
}

/// What the index found.
#[derive(Default)]
struct Matched {
    names: HashMap<u32, f32>,
    passages: HashMap<u32, f32>,
}

impl Index {
    /// Finds what has the words.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub(super) fn find(&self, typed: &str, chosen: &Chosen) -> Result<Outcome, SearchError> {
        let lookup = Lookup { index: &self.inverted, languages: &self.languages, accents: &self.accents };
        let asked = lookup.understand(typed)?;
        let (matched, all_words) = self.matched(&asked)?;
        let mended = asked.mended();
        let called = |text: &str| self.called.get(&folded(text)).map(Vec::as_slice).unwrap_or_default();
        let bearers = called(typed).iter().chain(mended.iter().flat_map(|text| called(text)));
        let bearers: BTreeSet<u32> = bearers.copied().collect();
        let hits = self.hits(&matched, &bearers);
        let mut outcome = Outcome { asked, groups: Vec::new(), counts: vec![0; self.content.values.len()], all_words };
        let mut narrowing = Narrowing::new(self, chosen);
        let mut things: Vec<u32> =
            hits.iter().map(|hit| hit.0).chain(matched.names.keys().copied()).chain(bearers.iter().copied()).collect();
        things.sort_unstable();
        things.dedup();
        let mut from = 0;
        for number in things {
            let to = from + hits.get(from..).unwrap_or_default().partition_point(|hit| hit.0 == number);
            let hits = hits.get(from..to).unwrap_or_default();
            from = to;
            let Some(thing) = self.content.things.get(number).filter(|thing| thing.kind != Kind::Aside) else { continue };
            let by = if bearers.contains(&number) {
                By::Name
            } else if matched.names.contains_key(&number) && all_words {
                By::Part
            } else {
                By::Text
            };
            let named = matched.names.get(&number).copied();
            let Some(passages) = narrowing.narrow(thing, by != By::Text || named.is_some(), hits, &mut outcome.counts) else {
                continue;
            };
            let best = passages.first().map_or(0.0, |passage| passage.1).max(named.unwrap_or_default());
            let many = u16::try_from(passages.len()).unwrap_or(u16::MAX);
            let score = best + 0.2 * f32::from(many).ln_1p() + 0.5 * thing.weight();
            outcome.groups.push(Group { thing: number, by, score, passages });
        }
        self.rank(&mut outcome);
        Ok(outcome)
    }

    /// What has all of the words; as many of them as possible, where nothing has all.
    fn matched(&self, asked: &Asked) -> Result<(Matched, bool), SearchError> {
        let many = asked.sought.len();
        let mut matched = Matched::default();
        if many == 0 {
            return Ok((matched, true));
        }
        let mut least: Vec<usize> = vec![many, many - 1, many / 2, 1];
        least.retain(|least| *least > 0);
        least.dedup();
        for least in least {
            let query = asked.query(&self.inverted, &self.languages, least);
            for (found, score) in self.inverted.searcher.search(&query, &All)? {
                match found {
                    Found::Thing(thing) => matched.names.insert(thing, score),
                    Found::Passage(passage) => matched.passages.insert(passage, score),
                };
            }
            if !(matched.names.is_empty() && matched.passages.is_empty()) {
                return Ok((matched, least == many));
            }
        }
        Ok((matched, true))
    }

    /// The passages of each thing: those that were found, and all of what bears the name. By thing, the best first.
    fn hits(&self, matched: &Matched, bearers: &BTreeSet<u32>) -> Vec<(u32, u32, f32)> {
        let mut hits = Vec::new();
        for (number, score) in &matched.passages {
            let Some(passage) = self.content.passages.get(*number as usize) else { continue };
            let mut of: Vec<u32> = passage.of.into_iter().chain(passage.stated.iter().map(|stated| stated.subject)).collect();
            of.sort_unstable();
            of.dedup();
            hits.extend(of.into_iter().filter(|thing| !bearers.contains(thing)).map(|thing| (thing, *number, *score)));
        }
        for bearer in bearers {
            let Some(thing) = self.content.things.get(*bearer) else { continue };
            let score = |passage: &u32| matched.passages.get(passage).copied().unwrap_or_default();
            hits.extend(thing.passages.iter().map(|passage| (*bearer, *passage, score(passage))));
        }
        hits.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| b.2.total_cmp(&a.2)).then_with(|| a.1.cmp(&b.1)));
        hits
    }

    /// Puts the groups in order.
    fn rank(&self, outcome: &mut Outcome) {
        /// So many names are compared with the words; the order of further ones is that of the index.
        const COMPARED: usize = 400;
        let order = |a: &Group, b: &Group| {
            let labels = |group: &Group| self.content.things.get(group.thing).map(|thing| &thing.iri);
            a.by.cmp(&b.by).then(b.score.total_cmp(&a.score)).then_with(|| labels(a).cmp(&labels(b)))
        };
        outcome.groups.sort_by(order);
        let marks = outcome.asked.marks();
        let typed: usize = outcome.asked.sought.len();
        let first = outcome.groups.iter_mut().skip_while(|group| group.by == By::Name).take_while(|group| group.by == By::Part);
        for group in first.take(COMPARED) {
            let Some(thing) = self.content.things.get(group.thing) else { continue };
            // How much of the name the words are; what stands for a thing with a longer one comes behind.
            let share = |name: &super::things::Name| {
                let all = words(&name.text);
                let place = self.languages.place(&name.language);
                let telling: Vec<_> = all.iter().filter(|word| !self.languages.is_small(&word.folded)).collect();
                let hit: HashSet<&str> = telling
                    .iter()
                    .filter(|word| marks.has(word, place, &self.languages))
                    .map(|word| word.folded.as_str())
                    .collect();
                let [hit, all] =
                    [hit.len().min(typed), telling.len().max(typed)].map(|n| f32::from(u16::try_from(n).unwrap_or(u16::MAX)));
                hit / all.max(1.0)
            };
            let best = thing.names.iter().map(share).fold(0.0, f32::max);
            group.score = 1_000.0 * best + 100.0 * thing.weight();
        }
        outcome.groups.sort_by(|a, b| match order(a, b) {
            Ordering::Equal => a.thing.cmp(&b.thing),
            other => other,
        });
    }

    /// A text with its marks.
    pub(super) fn marked(&self, text: &str, language: &str, marks: &super::asked::Marks) -> (super::told::Marked, usize) {
        snippet::marked(text, language, marks, &self.languages)
    }
}

/// What is chosen of the facets, looked up.
struct Narrowing<'a> {
    of: &'a Index,
    chosen: &'a Chosen,
    /// The bits of the facets that each report does not fit.
    reports: Vec<u8>,
    /// In which thing each value was last counted.
    last: Vec<u32>,
    turn: u32,
}

impl<'a> Narrowing<'a> {
    fn new(of: &'a Index, chosen: &'a Chosen) -> Self {
        let values = &of.content.values;
        let report = |report: &super::things::Report| {
            values.missed(&[Facet::Country], &report.countries, chosen)
                | values.missed(&[Facet::Year], &report.years, chosen)
                | values.missed(&[Facet::Source], &report.sources, chosen)
        };
        let reports = of.content.reports.iter().map(report).collect();
        Self { of, chosen, reports, last: vec![0; values.len()], turn: 0 }
    }

    /// The passages of a thing that fit what is chosen; `None` if neither they nor, where it counts by its name, the thing fits.
    /// Counts the values of each facet as if nothing of that facet were chosen.
    fn narrow(&mut self, thing: &Thing, named: bool, hits: &[(u32, u32, f32)], counts: &mut [usize]) -> Option<Vec<(u32, f32)>> {
        self.turn += 1;
        let values = &self.of.content.values;
        let own = values.missed(&[Facet::Class], &thing.classes, self.chosen)
            | values.missed(&[Facet::Sector], &thing.sectors, self.chosen)
            | values.missed(&[Facet::Funder], &thing.funders, self.chosen);
        let country = values.missed(&[Facet::Country], &thing.countries, self.chosen);
        let mut passages = Vec::new();
        let mut fits = false;
        let mut before = None;
        for (_, number, score) in hits {
            let Some(report) = self.of.content.passages.get(*number as usize).map(|passage| passage.report) else { continue };
            let missed = self.of_report(report, own, country);
            if missed == 0 {
                fits = true;
                passages.push((*number, *score));
            }
            // Passages of one report count alike.
            if before != Some(report) {
                self.count(thing, Some(report), missed, counts);
                before = Some(report);
            }
        }
        if named {
            for report in &thing.mentions {
                let missed = self.of_report(*report, own, country);
                fits |= missed == 0;
                self.count(thing, Some(*report), missed, counts);
            }
            if thing.mentions.is_empty() {
                let by_report = [Facet::Year, Facet::Source]
                    .into_iter()
                    .filter(|facet| self.chosen.get(facet).is_some_and(|all| !all.is_empty()));
                let missed = own | country | by_report.map(Facet::bit).sum::<u8>();
                fits |= missed == 0;
                self.count(thing, None, missed, counts);
            }
        }
        fits.then_some(passages)
    }

    /// The bits of the facets that something in a report does not fit.
    fn of_report(&self, report: u32, own: u8, country: u8) -> u8 {
        let missed = self.reports.get(report as usize).copied().unwrap_or_default();
        let bit = Facet::Country.bit();
        own | missed & !bit | missed & country & bit
    }

    fn count(&mut self, thing: &Thing, report: Option<u32>, missed: u8, counts: &mut [usize]) {
        let report = report.and_then(|report| self.of.content.reports.get(report as usize));
        let of_report = |facet: Facet| -> &[Value] {
            match (report, facet) {
                (Some(report), Facet::Country) => &report.countries,
                (Some(report), Facet::Year) => &report.years,
                (Some(report), Facet::Source) => &report.sources,
                _ => &[],
            }
        };
        for facet in Facet::ALL {
            if missed & !facet.bit() != 0 {
                continue;
            }
            let of_thing: &[Value] = match facet {
                Facet::Class => &thing.classes,
                Facet::Sector => &thing.sectors,
                Facet::Funder => &thing.funders,
                Facet::Country => &thing.countries,
                Facet::Year | Facet::Source => &[],
            };
            for value in of_thing.iter().chain(of_report(facet)) {
                if let (Some(last), Some(count)) = (self.last.get_mut(*value as usize), counts.get_mut(*value as usize))
                    && *last != self.turn
                {
                    *last = self.turn;
                    *count += 1;
                }
            }
        }
    }
}
