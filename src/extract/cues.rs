//! Which patterns can match a text at all, told in one pass by the words that they do not match without.
//!
//! A lexicon has hundreds of patterns, and most sentences have the words of a few: running the others is most of the work.

use super::pattern::{Match, Pattern};
use super::seats::Seats;
use aho_corasick::{AhoCorasick, BuildError};
use regex_syntax::hir::{Class, Hir, HirKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Strings of which a match holds at least one.
type OneOf = Vec<String>;

/// A set is not larger than this, so that it is known quickly.
const LARGEST: usize = 64;
/// A pattern is told by so many sets at most.
const MOST: usize = 8;

/// What each of a list of patterns needs.
pub(super) struct Cues {
    automaton: AhoCorasick,
    needs: Needs,
    /// Of each string, the patterns in whose most telling set it is.
    asked_by: Vec<Vec<usize>>,
    /// The patterns that need nothing.
    always: Vec<usize>,
}

/// Of each pattern, sets of strings: a match holds one of each, in this order, none reaching into the next. All of them stand one
/// behind the other, since they are looked at for each sentence.
#[derive(Default)]
struct Needs {
    /// Where the sets of each pattern end.
    patterns: Vec<u32>,
    /// Where the strings of each set end.
    sets: Vec<u32>,
    strings: Vec<u32>,
}

impl Needs {
    fn push(&mut self, sets: &[Vec<usize>]) {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        for set in sets {
            self.strings.extend(set.iter().map(|string| number(*string)));
            self.sets.push(number(self.strings.len()));
        }
        self.patterns.push(number(self.sets.len()));
    }

    /// The sets of a pattern, in their order.
    fn of(&self, pattern: usize) -> impl Iterator<Item = &[u32]> {
        part(&self.patterns, pattern).map(|set| &self.strings[part(&self.sets, set)])
    }
}

/// What a number stands for of what is told by where each part ends.
fn part(ends: &[u32], at: usize) -> Range<usize> {
    at.checked_sub(1).map_or(0, |before| ends[before] as usize)..ends[at] as usize
}

impl Cues {
    /// What the patterns need, in their order.
    ///
    /// # Errors
    /// If there are more strings than can be searched for.
    pub(super) fn new<'r>(patterns: impl Iterator<Item = &'r str>) -> Result<Self, BuildError> {
        let mut strings: Vec<String> = Vec::new();
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        let mut number = |string: String| {
            *known.entry(string).or_insert_with_key(|string| {
                strings.push(string.clone());
                strings.len() - 1
            })
        };
        let all: Vec<Vec<Vec<usize>>> = patterns
            .map(|pattern| {
                let sets = regex_syntax::parse(pattern).map(|hir| telling(needed(&hir))).unwrap_or_default();
                sets.into_iter().map(|set| set.into_iter().map(&mut number).collect()).collect()
            })
            .collect();
        let tells = |set: &&Vec<usize>| set.iter().map(|string| worth(&strings[*string])).min();
        let mut asked_by = vec![Vec::new(); strings.len()];
        let (mut always, mut needs) = (Vec::new(), Needs::default());
        for (pattern, sets) in all.iter().enumerate() {
            needs.push(sets);
            match sets.iter().max_by_key(tells) {
                Some(best) => best.iter().for_each(|string| asked_by[*string].push(pattern)),
                None => always.push(pattern),
            }
        }
        Ok(Self { automaton: AhoCorasick::new(&strings)?, needs, asked_by, always })
    }

    /// Looks for what the patterns need in a sentence.
    pub(super) fn seen<'a>(&'a self, sentence: Seats<'a>) -> Seen<'a> {
        /// So many strings stand in most sentences, or fewer.
        const USUAL: usize = 64;
        let mut seen = Seen {
            cues: self,
            places: Vec::with_capacity(USUAL),
            last: vec![NOWHERE; self.asked_by.len()],
            asked: vec![0; self.needs.patterns.len().div_ceil(WORD)],
            many: false,
            sentence,
        };
        let ask = |asked: &mut [u64], patterns: &[usize]| {
            for pattern in patterns {
                asked[pattern / WORD] |= 1 << (pattern % WORD);
            }
        };
        for found in self.automaton.find_overlapping_iter(seen.sentence.text) {
            let string = found.pattern().as_usize();
            // How places follow each other is not looked at in what is no sentence any more: that would take the square of their number.
            seen.many |= seen.places.len() == MANY;
            let Some(place) = u16::try_from(seen.places.len()).ok().filter(|_| !seen.many) else {
                ask(&mut seen.asked, &self.asked_by[string]);
                continue;
            };
            let before = std::mem::replace(&mut seen.last[string], place);
            seen.places.push(Seat { start: found.start(), end: found.end(), before });
            if before == NOWHERE {
                ask(&mut seen.asked, &self.asked_by[string]);
            }
        }
        ask(&mut seen.asked, &self.always);
        seen
    }
}

/// Patterns of which a text is asked whether one matches it.
pub(super) struct AnyOf {
    patterns: Vec<Pattern>,
    cues: Cues,
}

impl AnyOf {
    /// # Errors
    /// If there are more strings than can be searched for.
    pub(super) fn new(patterns: Vec<Pattern>) -> Result<Self, BuildError> {
        Ok(Self { cues: Cues::new(patterns.iter().map(Pattern::as_str))?, patterns })
    }

    /// Whether one of them matches a folded text without slots.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let seen = self.cues.seen(Seats::plain(text));
        seen.asked(0..self.patterns.len()).any(|number| seen.matches(number, &self.patterns[number]).next().is_some())
    }
}

/// So many places of a text are kept.
const MANY: usize = 2_000;

/// The number of no place. The numbers are small, since there is one for each string in each sentence.
const NOWHERE: u16 = u16::MAX;

/// So many patterns are asked for in a number.
const WORD: usize = u64::BITS as usize;

/// A place at which a string stands.
struct Seat {
    start: usize,
    end: usize,
    /// The number of the place before it at which the same string stands.
    before: u16,
}

/// What patterns need, as far as a text has it.
pub(super) struct Seen<'a> {
    cues: &'a Cues,
    sentence: Seats<'a>,
    places: Vec<Seat>,
    /// The number of the last place of each string: of hundreds, of which most are nowhere.
    last: Vec<u16>,
    /// The patterns of whose most telling set a string is there: a bit each.
    asked: Vec<u64>,
    /// Whether there are more places than are kept.
    many: bool,
}

impl<'a> Seen<'a> {
    /// Those of some patterns that may match, as far as can be told at once, in their order.
    pub(super) fn asked(&self, patterns: Range<usize>) -> impl Iterator<Item = usize> + use<'_> {
        let mut next = patterns.start;
        std::iter::from_fn(move || {
            while next < patterns.end {
                let rest = self.asked.get(next / WORD)? >> (next % WORD);
                if rest == 0 {
                    next = (next / WORD + 1) * WORD;
                    continue;
                }
                let found = next + rest.trailing_zeros() as usize;
                next = found + 1;
                return (found < patterns.end).then_some(found);
            }
            None
        })
    }

    /// The matches of a pattern, which is the one of this number; it is not looked for where what it needs is missing.
    pub(super) fn matches<'p>(&self, number: usize, pattern: &'p Pattern) -> impl Iterator<Item = Match<'p>> + use<'_, 'a, 'p> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = if self.may_match(number, from) { pattern.find(&self.sentence, from) } else { None }?;
            // No two matches are at one place.
            let next = || self.sentence.text[found.whole.end..].chars().next().map_or(1, char::len_utf8);
            from = found.whole.end + if found.whole.is_empty() { next() } else { 0 };
            Some(found)
        })
    }

    /// Whether a pattern may match from a place on: one string of each of its sets is there, in their order.
    fn may_match(&self, pattern: usize, mut from: usize) -> bool {
        let next = |from: usize, set: &[u32]| set.iter().filter_map(|string| self.first(*string as usize, from)).min();
        if self.asked(pattern..pattern + 1).next().is_none() || from > self.sentence.text.len() {
            return false;
        }
        self.many || self.cues.needs.of(pattern).all(|set| next(from, set).inspect(|end| from = *end).is_some())
    }

    /// Where a string first ends that begins at a place or behind it.
    fn first(&self, string: usize, from: usize) -> Option<usize> {
        let seat = |place: u16| self.places.get(usize::from(place));
        let seats = std::iter::successors(seat(self.last[string]), |later| seat(later.before));
        seats.take_while(|seat| seat.start >= from).last().map(|seat| seat.end)
    }
}

/// The sets of strings of which every match holds one each.
fn needed(hir: &Hir) -> Vec<OneOf> {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).map(|text| vec![vec![text.to_owned()]]).unwrap_or_default(),
        // The mark of a slot's class; a class of letters would tell nothing.
        HirKind::Class(Class::Unicode(class)) => {
            let all = || class.ranges().iter().flat_map(|range| range.start()..=range.end());
            let few = all().take(LARGEST + 1).count() <= LARGEST && all().all(is_mark);
            if few { vec![all().map(String::from).collect()] } else { Vec::new() }
        }
        HirKind::Repetition(repetition) if repetition.min > 0 => needed(&repetition.sub),
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(needed).collect(),
        HirKind::Alternation(ways) => {
            let mut all = OneOf::new();
            for way in ways {
                match telling(needed(way)).into_iter().max_by_key(least) {
                    Some(set) => all.extend(set),
                    None => return Vec::new(),
                }
            }
            vec![all]
        }
        _ => Vec::new(),
    }
}

/// The sets that tell most, in their order.
fn telling(mut sets: Vec<OneOf>) -> Vec<OneOf> {
    sets.retain(|set| least(set) > 0 && set.len() <= LARGEST);
    while sets.len() > MOST {
        let worst = (0..sets.len()).min_by_key(|at| least(&sets[*at])).unwrap_or_default();
        sets.remove(worst);
    }
    sets
}

/// How much it tells that one of some strings is there.
fn least(set: &OneOf) -> usize {
    set.iter().map(|string| worth(string)).min().unwrap_or(0)
}

/// How much it tells that a string is there: its letters, where a slot's mark counts as a word.
fn worth(string: &str) -> usize {
    match string.chars().filter(|c| c.is_alphanumeric()).count() {
        _ if string.chars().any(is_mark) => 6,
        1 => 0,
        letters => letters,
    }
}

/// Whether a character stands for the class of a slot.
fn is_mark(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::pattern::tests::{plain, seats};
    use super::*;
    use regex::Regex;

    #[test]
    fn what_is_ruled_out_does_not_match() {
        let patterns = [
            "(?:financed|funded) (?:jointly )?by (?P<o>⟨[\u{E001}\u{E002}]\\d+⟩)",
            "⟨\u{E003}\\d+⟩",
            "(?i)Funded",
            "(?:in|of|across){1,2} the (?:[a-z]+ )*⟨[\u{E001}]\\d+⟩$",
            "no(?:t|r)?",
            ".+",
        ];
        let cues = Cues::new(patterns.into_iter()).unwrap();
        let first = plain(patterns[0]);
        let mut ruled_out = 0;
        for text in [
            "it is funded by ⟨\u{E001}0⟩",
            "it is financed by ⟨\u{E003}0⟩",
            "across the whole ⟨\u{E001}12⟩",
            "FUNDED by ⟨\u{E002}1⟩",
            "not so",
            "",
        ] {
            let seen = cues.seen(seats(text));
            for (number, pattern) in patterns.iter().enumerate() {
                let (own, all) = (plain(pattern), Regex::new(pattern).unwrap());
                let own = seen.matches(number, &own).map(|found| found.whole);
                assert!(own.eq(all.find_iter(text).map(|found| found.range())), "`{pattern}` in `{text}`");
                ruled_out += usize::from(!seen.may_match(number, 0));
            }
        }
        assert!(ruled_out >= 15, "{ruled_out}");
        // All that the first pattern needs is there, in another order; and then once more behind what matched.
        assert!(!cues.seen(seats("by ⟨\u{E001}0⟩ funded")).may_match(0, 0));
        let twice = "funded by ⟨\u{E001}0⟩, by ⟨\u{E001}1⟩";
        assert_eq!(cues.seen(seats(twice)).matches(0, &first).count(), 1);
        assert!(!cues.seen(seats(twice)).may_match(0, "funded by ⟨\u{E001}0⟩".len()));
        // In a text without end nothing is missed either, whatever comes behind what is kept.
        let endless = format!("{} funded by ⟨\u{E001}0⟩", "by ⟨\u{E001}1⟩ ".repeat(MANY));
        assert_eq!(cues.seen(seats(&endless)).matches(0, &first).count(), 1);
    }
}
