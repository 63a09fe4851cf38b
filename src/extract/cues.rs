//! Which patterns can match a text at all, told in one pass by the words that they do not match without.
//!
//! A lexicon has hundreds of patterns, and most sentences have the words of a few: running the others is most of the work.

use aho_corasick::{AhoCorasick, BuildError};
use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};
use rustc_hash::FxHashMap;

/// Strings of which a match holds at least one.
type OneOf = Vec<String>;

/// A set is not larger than this, so that it is known quickly.
const LARGEST: usize = 64;
/// A pattern is told by so many sets at most.
const MOST: usize = 4;

/// What each of a list of patterns needs.
pub(super) struct Cues {
    automaton: AhoCorasick,
    /// Of each pattern, sets of strings: a match holds at least one of each.
    needs: Vec<Vec<Vec<usize>>>,
    /// Of each string, the patterns in whose first set it is.
    asked_by: Vec<Vec<usize>>,
    /// The patterns that need nothing.
    always: Vec<usize>,
}

impl Cues {
    /// What the patterns need, in their order.
    ///
    /// # Errors
    /// If there are more strings than can be searched for.
    pub(super) fn new<'r>(patterns: impl Iterator<Item = &'r Regex>) -> Result<Self, BuildError> {
        let mut strings: Vec<String> = Vec::new();
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        let mut number = |string: String| {
            *known.entry(string).or_insert_with_key(|string| {
                strings.push(string.clone());
                strings.len() - 1
            })
        };
        let needs: Vec<Vec<Vec<usize>>> = patterns
            .map(|pattern| {
                let sets = regex_syntax::parse(pattern.as_str()).map(|hir| telling(needed(&hir))).unwrap_or_default();
                sets.into_iter().map(|set| set.into_iter().map(&mut number).collect()).collect()
            })
            .collect();
        let mut asked_by = vec![Vec::new(); strings.len()];
        let mut always = Vec::new();
        for (pattern, sets) in needs.iter().enumerate() {
            match sets.first() {
                Some(first) => first.iter().for_each(|string| asked_by[*string].push(pattern)),
                None => always.push(pattern),
            }
        }
        Ok(Self { automaton: AhoCorasick::new(&strings)?, needs, asked_by, always })
    }

    /// Of each pattern, whether it may match a text; where it says no, there is no match.
    pub(super) fn possible(&self, text: &str) -> Vec<bool> {
        let mut here = vec![false; self.asked_by.len()];
        let mut found: Vec<usize> = Vec::new();
        for string in self.automaton.find_overlapping_iter(text).map(|found| found.pattern().as_usize()) {
            if !std::mem::replace(&mut here[string], true) {
                found.push(string);
            }
        }
        let has = |set: &Vec<usize>| set.iter().any(|string| here[*string]);
        let mut possible = vec![false; self.needs.len()];
        for pattern in &self.always {
            possible[*pattern] = true;
        }
        for pattern in found.into_iter().flat_map(|string| &self.asked_by[string]) {
            possible[*pattern] = self.needs[*pattern].iter().all(has);
        }
        possible
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
                match telling(needed(way)).into_iter().next() {
                    Some(set) => all.extend(set),
                    None => return Vec::new(),
                }
            }
            vec![all]
        }
        _ => Vec::new(),
    }
}

/// The sets that tell most, the best first.
fn telling(mut sets: Vec<OneOf>) -> Vec<OneOf> {
    sets.retain(|set| worth(set) > 0 && set.len() <= LARGEST);
    sets.sort_by_key(|set| std::cmp::Reverse(worth(set)));
    sets.dedup();
    sets.truncate(MOST);
    sets
}

/// How much it tells that one of some strings is there: the letters of the shortest, where a slot's mark counts as a word.
fn worth(set: &OneOf) -> usize {
    let letters = |string: &String| match string.chars().filter(|c| c.is_alphanumeric()).count() {
        _ if string.chars().any(is_mark) => 6,
        1 => 0,
        letters => letters,
    };
    set.iter().map(letters).min().unwrap_or(0)
}

/// Whether a character stands for the class of a slot.
fn is_mark(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ruled_out_does_not_match() {
        let patterns: Vec<Regex> = [
            "(?:financed|funded) (?:jointly )?by (?P<o>⟨[\u{E001}\u{E002}]\\d+⟩)",
            "⟨\u{E003}\\d+⟩",
            "(?i)Funded",
            "(?:in|of|across){1,2} the (?:[a-z]+ )*⟨[\u{E001}]\\d+⟩$",
            "no(?:t|r)?",
            ".+",
        ]
        .iter()
        .map(|pattern| Regex::new(pattern).unwrap())
        .collect();
        let cues = Cues::new(patterns.iter()).unwrap();
        let mut ruled_out = 0;
        for text in [
            "it is funded by ⟨\u{E001}0⟩",
            "it is financed by ⟨\u{E003}0⟩",
            "across the whole ⟨\u{E001}12⟩",
            "FUNDED by ⟨\u{E002}1⟩",
            "not so",
            "",
        ] {
            for (pattern, possible) in patterns.iter().zip(cues.possible(text)) {
                assert!(possible || !pattern.is_match(text), "`{pattern}` matches `{text}`");
                ruled_out += usize::from(!possible);
            }
        }
        assert!(ruled_out >= 15, "{ruled_out}");
    }
}
