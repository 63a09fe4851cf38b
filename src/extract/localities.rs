//! Places that nothing is known of, told by the noun beside them: `Azuay, Pichincha, and Guayas provinces`, `departamentos de
//! Petén y Alta Verapaz`. Those that no noun tells are looked for by `extract::listed`.

use super::tokens::{Kind, Token, apostrophe};
use super::vocabulary::Senses;
use crate::knowledge::lexicon::{Lexicon, PlaceNouns};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A name has no more words than this.
const MOST_WORDS: usize = 5;
/// So many small words may stand between a noun and the name that it announces: `de la`, `d'`.
const MOST_SMALL: usize = 3;

/// The nouns of a language that tell places, ready to be looked up.
pub(super) struct Localities {
    nouns: FxHashMap<String, Noun>,
    /// Words with a capital that name no place by themselves: `Northern`.
    nameless: FxHashSet<String>,
    /// Words that begin a sentence.
    openers: FxHashSet<String>,
    /// Small words inside a name, and between a noun and a name.
    small: FxHashSet<String>,
    and: FxHashSet<String>,
    /// Words before the place that something is in.
    within: FxHashSet<String>,
    /// Words whose full stop ends no sentence.
    abbreviations: FxHashSet<String>,
    /// What an apostrophe ties to an owner's name.
    pub(super) owner_endings: Vec<String>,
}

/// A noun that tells places: whether in the plural, beside several names, where it stands behind names and before them; `None` where
/// it does not stand there.
#[derive(Default)]
struct Noun {
    behind: Option<bool>,
    before: Option<bool>,
}

impl Localities {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let words = &lexicon.words;
        let set = |lists: &[&[String]]| lists.iter().flat_map(|l| l.iter().cloned()).collect();
        let mut nouns: FxHashMap<String, Noun> = FxHashMap::default();
        let all = |nouns: &PlaceNouns| -> Vec<(String, bool)> {
            nouns.one.iter().map(|noun| (noun.clone(), false)).chain(nouns.many.iter().map(|noun| (noun.clone(), true))).collect()
        };
        for (noun, plural) in all(&lexicon.places.behind) {
            nouns.entry(noun).or_default().behind = Some(plural);
        }
        for (noun, plural) in all(&lexicon.places.before) {
            nouns.entry(noun).or_default().before = Some(plural);
        }
        Self {
            nouns,
            nameless: lexicon.places.nameless.iter().cloned().collect(),
            openers: set(&[&words.openers, &words.determiners, &words.locative]),
            small: lexicon.places.small.iter().cloned().collect(),
            and: words.and.iter().cloned().collect(),
            within: lexicon.places.within.iter().cloned().collect(),
            abbreviations: words.abbreviations.iter().cloned().collect(),
            owner_endings: lexicon.rows.owner_endings.clone(),
        }
    }

    /// Whether a token is an abbreviation, perhaps of a title.
    pub(super) fn shortens(&self, token: &Token) -> bool {
        self.abbreviations.contains(&token.folded)
    }

    /// The names of places in a passage, without their nouns.
    pub(super) fn find(&self, toks: &[Token]) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        for (at, token) in toks.iter().enumerate().filter(|(_, t)| t.can_be(Senses::PLACE_NOUN)) {
            let Some(noun) = self.nouns.get(&token.folded) else { continue };
            if let Some(plural) = noun.behind {
                self.series_before(toks, at, plural, &mut out);
            }
            if let Some(plural) = noun.before.filter(|_| !token.capital) {
                self.series_behind(toks, at, plural, &mut out);
            }
        }
        out
    }

    /// The names that end before a noun: one, or the members of a series if the noun is in the plural.
    fn series_before(&self, toks: &[Token], noun: usize, plural: bool, out: &mut Vec<Range<usize>>) {
        // "Nimba County Court" is a longer name, and a hyphen makes another word.
        let goes_on = toks.get(noun + 1).is_some_and(|t| t.is_wordlike() && t.capital || t.is('-') && !t.spaced);
        if goes_on || !toks[noun].spaced {
            return;
        }
        let Some(last) = self.name_before(toks, noun) else { return };
        let mut start = last.start;
        let first = out.len();
        out.push(last);
        while let Some(end) = self.joined_before(toks, start).filter(|_| plural) {
            let Some(name) = self.name_before(toks, end) else { break };
            start = name.start;
            out.push(name);
        }
        out[first..].reverse();
    }

    /// Where the member of a series ends that a comma or "and" joins to what begins at `at`.
    pub(super) fn joined_before(&self, toks: &[Token], at: usize) -> Option<usize> {
        let and = at.checked_sub(1).filter(|i| self.and.contains(&toks[*i].folded));
        let at = and.unwrap_or(at);
        let comma = at.checked_sub(1).filter(|i| toks[*i].is(','));
        comma.or(and)
    }

    /// The name that ends at `end`: capitalised words, with small ones between them.
    pub(super) fn name_before(&self, toks: &[Token], end: usize) -> Option<Range<usize>> {
        let mut start = end;
        while let Some(at) = start.checked_sub(1).filter(|at| end - at <= MOST_WORDS) {
            let inner = start < end && (self.small.contains(&toks[at].folded) || joins(&toks[at]));
            if !(names(&toks[at]) || inner && at > 0 && toks[at - 1].capital) {
                break;
            }
            start = at;
        }
        self.trimmed(toks, start..end)
    }

    /// The names behind a noun: one, or the members of a series if the noun is in the plural.
    fn series_behind(&self, toks: &[Token], noun: usize, plural: bool, out: &mut Vec<Range<usize>>) {
        let mut at = self.past_small(toks, noun + 1);
        if at == noun + 1 {
            return;
        }
        let (first, mut nameless) = (out.len(), Vec::new());
        while let Some(words) = self.words_at(toks, at) {
            at = words.end;
            match self.trimmed(toks, words.clone()) {
                Some(name) => out.push(name),
                // "regions of the East and Adamawa": beside a name, a direction is one.
                None => nameless.push(words),
            }
            let Some((next, _)) = self.joined_behind(toks, at).filter(|_| plural) else { break };
            at = next;
        }
        if out.len() > first {
            out.extend(nameless);
            out[first..].sort_by_key(|name| name.start);
        }
    }

    /// Where the member of a series begins that a comma or "and" joins to what ends at `at`, and whether it is "and".
    pub(super) fn joined_behind(&self, toks: &[Token], at: usize) -> Option<(usize, bool)> {
        let comma = usize::from(toks.get(at).is_some_and(|t| t.is(',')));
        let and = toks.get(at + comma).is_some_and(|t| self.and.contains(&t.folded));
        (comma > 0 || and).then(|| (self.past_small(toks, at + comma + usize::from(and)), and))
    }

    /// Whether a small word ties what follows it to what stands before it: `of`, `de`, whatever the language of the name.
    pub(super) fn ties(&self, token: &Token) -> bool {
        let small = || token.folded.len() > 1 && self.small.contains(&token.folded) && !token.can_be(Senses::DETERMINER);
        !token.capital && (token.can_be(Senses::GENITIVE) || small())
    }

    /// Where the small words begin that announce the name at `at`.
    pub(super) fn before_small(&self, toks: &[Token], at: usize) -> usize {
        let small = |t: &&Token| !t.capital && self.small.contains(&t.folded) || apostrophe(t);
        at - toks[..at].iter().rev().take(MOST_SMALL).take_while(small).count()
    }

    /// Where a name may begin that something is in, behind the word at a token that says so: `in the`.
    pub(super) fn within(&self, toks: &[Token], at: usize) -> Option<usize> {
        let inside = toks.get(at).is_some_and(|t| t.kind == Kind::Word && !t.capital && self.within.contains(&t.folded));
        inside.then(|| self.past_small(toks, at + 1))
    }

    /// Where the small words end that announce a name: `of the`, `d'`.
    fn past_small(&self, toks: &[Token], at: usize) -> usize {
        let small = |t: &&Token| self.small.contains(&t.folded) || apostrophe(t);
        at + toks.get(at..).unwrap_or_default().iter().take(MOST_SMALL).take_while(small).count()
    }

    /// The name that begins at a token.
    pub(super) fn name_at(&self, toks: &[Token], start: usize) -> Option<Range<usize>> {
        self.words_at(toks, start).and_then(|words| self.trimmed(toks, words))
    }

    /// The words with capitals that begin at a token.
    fn words_at(&self, toks: &[Token], start: usize) -> Option<Range<usize>> {
        let word = |at: usize| toks.get(at).is_some_and(names);
        if !word(start) {
            return None;
        }
        let mut end = start + 1;
        while end - start < MOST_WORDS {
            let small = usize::from(toks.get(end).is_some_and(|t| self.small.contains(&t.folded) || joins(t)));
            if !word(end + small) || small == 0 && !toks[end].spaced {
                break;
            }
            end += small + 1;
        }
        Some(start..end)
    }

    /// A name without the capital that begins its sentence; none if nothing is left that names.
    fn trimmed(&self, toks: &[Token], name: Range<usize>) -> Option<Range<usize>> {
        let opens = |at: usize| at == 0 || toks[at - 1].kind == Kind::Mark && !toks[at - 1].is(',');
        let opener = name.len() > 1 && opens(name.start) && self.openers.contains(&toks[name.start].folded);
        let name = name.start + usize::from(opener)..name.end;
        let nothing = |t: &Token| !t.is_wordlike() || self.nameless.contains(&t.folded) || self.openers.contains(&t.folded);
        (!name.is_empty() && toks[name.start].capital && !toks[name.clone()].iter().all(nothing)).then_some(name)
    }
}

/// Whether a token is a word of a name; acronyms are other things' names.
fn names(token: &Token) -> bool {
    token.kind == Kind::Word && token.capital && !token.upper
}

/// Whether a mark joins two words of a name: `Bío-Bío`, `Sant'Anna`.
fn joins(token: &Token) -> bool {
    !token.spaced && (token.is('-') || apostrophe(token))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tokens::tokens;
    use crate::extract::vocabulary::{Language, Numbers, Vocabulary};
    use crate::knowledge::lexicon::lexicons;

    fn names(language: &str, text: &str) -> Vec<String> {
        let lexicon = lexicons().unwrap_or_default().into_iter().find(|l| l.language.to_string() == language);
        let Some(lexicon) = lexicon else { return Vec::new() };
        let mut numbers = Numbers::default();
        let words = Language::new(&lexicon, &[], &mut numbers);
        let toks = tokens(text, Vocabulary { numbers: &numbers, language: &words });
        let found = Localities::new(&lexicon).find(&toks);
        found.into_iter().map(|r| text[toks[r.start].start()..toks[r.end - 1].end()].to_owned()).collect()
    }

    #[test]
    fn a_noun_behind_names_tells_what_they_are() {
        assert_eq!(names("en", "three hubs in Azuay, Pichincha, and Guayas provinces."), ["Azuay", "Pichincha", "Guayas"]);
        assert_eq!(names("en", "shelters in Lofa and Nimba Counties"), ["Lofa", "Nimba"]);
        assert_eq!(names("en", "In Nunukan Regency, North Kalimantan province, it"), ["Nunukan", "North Kalimantan"]);
    }

    #[test]
    fn a_noun_before_names_tells_what_they_are() {
        assert_eq!(names("en", "in the provinces of Cabo Delgado and Sofala and in May"), ["Cabo Delgado", "Sofala"]);
        assert_eq!(
            names("es", "en los departamentos de Petén, Alta Verapaz y Santa Rosa,"),
            ["Petén", "Alta Verapaz", "Santa Rosa"]
        );
        assert_eq!(names("es", "en la provincia de Santiago del Estero"), ["Santiago del Estero"]);
        assert_eq!(names("fr", "dans les régions de Kolda et de Ziguinchor"), ["Kolda", "Ziguinchor"]);
        assert_eq!(names("fr", "dans la région d'Agadez"), ["Agadez"]);
    }

    #[test]
    fn what_is_no_name_of_a_place_is_left_out() {
        for text in [
            "the Northern and Central provinces",
            "the Nimba County Court",
            "All provinces have one. Several districts do",
            "MOL and LNP districts",
            "in 15 districts",
            "the province of the north",
        ] {
            assert!(names("en", text).is_empty(), "{text}: {:?}", names("en", text));
        }
        assert!(names("es", "el departamento de Trabajo y el estado de Derecho").is_empty());
        assert!(names("fr", "le département du Travail").is_empty());
    }
}
