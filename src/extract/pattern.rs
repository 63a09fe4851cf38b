//! Patterns of the lexicon as regular expressions over masked text.

use super::mask::Codes;
use super::program::{Found, Groups, NAMES, Program};
use super::seats::Seats;
use crate::knowledge::classes::Classes;
use crate::knowledge::files;
use crate::knowledge::lexicon::Lexicon;
use oxigraph::model::NamedNode;
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// A pattern of a lexicon that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("`{place}`: rule `{rule}`: {message}", place = files::place(&format!("lexicon/{language}.toml")))]
pub struct PatternError {
    language: String,
    rule: String,
    message: String,
}

pub(super) fn error(lexicon: &Lexicon, rule: &str, message: impl Into<String>) -> PatternError {
    PatternError { language: lexicon.language.code().to_owned(), rule: rule.to_owned(), message: message.into() }
}

/// A plain regular expression of a lexicon.
pub(super) fn pattern(lexicon: &Lexicon, rule: &str, text: &str) -> Result<Regex, PatternError> {
    Regex::new(text).map_err(|e| error(lexicon, rule, e.to_string()))
}

/// A regular expression of a lexicon for folded text.
pub(super) fn folded(lexicon: &Lexicon, rule: &str, text: &str) -> Result<Regex, PatternError> {
    pattern(lexicon, rule, &for_folded(text))
}

/// Words and numbers of folded text are of ASCII characters: to tell it so spares the large automata of Unicode, and those that give up at
/// the first other character. The few letters that folding leaves as they are (`œ`) end a word there.
fn for_folded(text: &str) -> String {
    text.replace("\\d", "[0-9]").replace("\\b", "(?-u:\\b)")
}

/// A pattern with slots, to be searched for in masked sentences.
#[derive(Debug)]
pub(super) struct Pattern {
    /// As a regular expression.
    text: String,
    /// The names of its groups, the whole first.
    names: Vec<Option<String>>,
    program: Option<Program>,
    /// The same as an automaton, made when it is wanted: where there is no program, or a sentence is too long for one.
    automaton: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern as a regular expression, and with [`NAMES`] for its slots, which stand for names of classes with these codes.
    fn new(text: String, short: &str, names: &[Vec<char>]) -> Result<Self, String> {
        let parsed = regex_syntax::parse(short).map_err(|e| e.to_string())?;
        let program = Program::new(&parsed, names).ok();
        Ok(Self { text, names: group_names(&parsed), program, automaton: OnceLock::new() })
    }

    /// The pattern as a regular expression.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Its first match from a place of a sentence on.
    pub(super) fn find<'p>(&'p self, sentence: &Seats<'_>, from: usize) -> Option<Match<'p>> {
        let found = self.program.as_ref().map_or(Found::TooLong, |program| program.find(sentence, from));
        let groups = match found {
            Found::Nothing => return None,
            Found::Match(groups) => groups,
            Found::TooLong => {
                let found = self.automaton()?.captures_at(sentence.text, from)?;
                found.iter().map(|group| group.map(|group| (group.start(), group.end()))).collect()
            }
        };
        let (start, end) = groups.first().copied().flatten()?;
        Some(Match { whole: start..end, groups, pattern: self })
    }

    /// Its text is well formed, and as large as it may be, so that there is one.
    fn automaton(&self) -> Option<&Regex> {
        self.automaton.get_or_init(|| RegexBuilder::new(&self.text).size_limit(usize::MAX).build().ok()).as_ref()
    }
}

/// A match of a pattern in a masked sentence.
#[derive(Debug)]
pub(super) struct Match<'p> {
    /// The whole match.
    pub whole: Range<usize>,
    groups: Groups,
    pattern: &'p Pattern,
}

impl Match<'_> {
    /// The range of a slot.
    pub(super) fn slot(&self, name: &str) -> Option<Range<usize>> {
        let at = self.pattern.names.iter().position(|own| own.as_deref() == Some(name))?;
        self.groups.get(at).copied().flatten().map(|(start, end)| start..end)
    }
}

/// Turns the `{name:Class}` of patterns into regular expressions.
pub(super) struct Compiler<'a> {
    pub lexicon: &'a Lexicon,
    pub codes: &'a Codes,
    pub classes: &'a Classes,
    pub kinds: &'a [NamedNode],
}

impl Compiler<'_> {
    /// The kinds that a slot alias stands for, classes below its own included.
    pub(super) fn kinds(&self, rule: &str, alias: &str) -> Result<Vec<NamedNode>, PatternError> {
        match alias {
            "Date" => return Ok(vec![super::kinds::date()]),
            "Number" => return Ok(vec![super::kinds::number()]),
            "Sum" => return Ok(vec![super::kinds::sum()]),
            _ => {}
        }
        let stated = self
            .lexicon
            .slots
            .get(alias)
            .ok_or_else(|| error(self.lexicon, rule, format!("`{alias}` is not one of the lexicon's slots")))?;
        let below = |kind: &&NamedNode| stated.iter().any(|s| self.classes.is_a(kind.as_ref(), s.0.as_ref()));
        Ok(self.kinds.iter().filter(below).cloned().collect())
    }

    /// A pattern with slots: `{s:Org}` one name, `{s:Org+}` a list of names, `{text}` words, `{text,}` words up to a comma.
    pub(super) fn compile(&self, rule: &str, text: &str) -> Result<Pattern, PatternError> {
        let mut names = Vec::new();
        let short = self.expand(rule, text, &mut |codes| {
            let mark = NAMES.clone().nth(names.len()).unwrap_or(*NAMES.end());
            names.push(codes.to_vec());
            mark.to_string()
        })?;
        let whole = for_folded(&self.expand(rule, text, &mut |codes| self.one(codes))?);
        Pattern::new(whole, &for_folded(&short), &names).map_err(|message| error(self.lexicon, rule, message))
    }

    /// The same as a regular expression, for patterns that are not searched for in whole sentences.
    pub(super) fn regex(&self, rule: &str, text: &str) -> Result<Regex, PatternError> {
        folded(self.lexicon, rule, &self.expand(rule, text, &mut |codes| self.one(codes))?)
    }

    /// A name of one of some classes, with the small words before it.
    fn one(&self, codes: &[char]) -> String {
        let (determiners, codes) = (self.lexicon.words.determiners.join("|"), codes.iter().collect::<String>());
        format!("(?:\\b(?:{determiners}) )*[\"“«]?⟨[{codes}]\\d+⟩[\"”»]?(?: ?\\([^()]*\\))?")
    }

    /// A pattern with the parts that it shares with others in their places.
    pub(super) fn whole<'t>(&self, rule: &str, text: &'t str) -> Result<Cow<'t, str>, PatternError> {
        /// Parts stand in each other no deeper.
        const DEEPEST: usize = 8;
        let mut whole = Cow::Borrowed(text);
        for _ in 0..DEEPEST {
            let Some((name, _)) = whole.split_once("{=").and_then(|(_, from)| from.split_once('}')) else { return Ok(whole) };
            let unknown = || error(self.lexicon, rule, format!("`{name}` is not one of the lexicon's parts"));
            let part = self.lexicon.parts.get(name).ok_or_else(unknown)?;
            whole = Cow::Owned(whole.replace(&format!("{{={name}}}"), part));
        }
        Err(error(self.lexicon, rule, format!("its parts stand in each other without end in `{text}`")))
    }

    /// A pattern whose slots are put in: `one` tells what stands for a name of the classes of some codes.
    fn expand(&self, rule: &str, text: &str, one: &mut impl FnMut(&[char]) -> String) -> Result<String, PatternError> {
        let whole = self.whole(rule, text)?;
        let mut out = String::new();
        let mut rest = whole.as_ref();
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            out.push_str(before);
            let close = from.find('}').ok_or_else(|| error(self.lexicon, rule, format!("`{{` without `}}` in `{text}`")))?;
            let inner = &from[1..close];
            rest = &from[close + 1..];
            out.push_str(&self.slot(rule, inner, one)?);
        }
        out.push_str(rest);
        Ok(out)
    }

    fn slot(&self, rule: &str, inner: &str, one: &mut impl FnMut(&[char]) -> String) -> Result<String, PatternError> {
        match inner {
            "text" => return Ok("(?P<text>.+)".into()),
            "text," => return Ok("(?P<text>[^,]+)".into()),
            _ if inner.chars().all(|c| c.is_ascii_digit() || c == ',') => return Ok(format!("{{{inner}}}")), // a count
            _ => {}
        }
        let (name, alias) =
            inner.split_once(':').ok_or_else(|| error(self.lexicon, rule, format!("`{{{inner}}}` is no slot")))?;
        let (alias, list) = alias.strip_suffix('+').map_or((alias, false), |a| (a, true));
        let mut codes: Vec<char> = self.kinds(rule, alias)?.iter().map(|k| self.codes.of(k)).collect();
        codes.sort_unstable();
        codes.dedup();
        let one = one(&codes);
        if !list {
            return Ok(format!("(?P<{name}>{one})"));
        }
        let and = self.lexicon.words.and.join("|");
        Ok(format!("(?P<{name}>{one}(?:(?: ?[,;] ?(?:(?:{and}) )?| (?:{and}) ){one})*)"))
    }
}

/// The names of a pattern's groups, the whole first.
fn group_names(pattern: &Hir) -> Vec<Option<String>> {
    fn inner(hir: &Hir, names: &mut Vec<Option<String>>) {
        match hir.kind() {
            HirKind::Capture(capture) => {
                names.push(capture.name.as_deref().map(str::to_owned));
                inner(&capture.sub, names);
            }
            HirKind::Repetition(repetition) => inner(&repetition.sub, names),
            HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().for_each(|part| inner(part, names)),
            _ => {}
        }
    }
    let mut names = vec![None];
    inner(pattern, &mut names);
    names
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
pub(super) mod tests {
    use super::super::kinds;
    use super::super::seats::Determiners;
    use super::*;
    use crate::knowledge::lexicon::lexicons;
    use regex_syntax::hir::Class;

    /// A pattern without slots.
    pub(in crate::extract) fn plain(text: &str) -> Pattern {
        Pattern::new(text.to_owned(), text, &[]).unwrap()
    }

    pub(in crate::extract) fn seats(text: &str) -> Seats<'_> {
        Seats::new(text, text.match_indices('⟨').map(|(at, _)| at), &Determiners::default())
    }

    /// Numbers that look like chance, the same in every run.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % end.max(1)
        }

        /// A text that a pattern may match.
        fn text(&mut self, hir: &Hir, out: &mut String) {
            match hir.kind() {
                HirKind::Literal(literal) => out.push_str(std::str::from_utf8(&literal.0).unwrap()),
                HirKind::Class(Class::Unicode(class)) => {
                    let all: Vec<char> = class.iter().flat_map(|range| range.start()..=range.end()).take(500).collect();
                    let usual: Vec<char> = all.iter().copied().filter(|c| c.is_ascii_lowercase() || "0 ,".contains(*c)).collect();
                    let from = if usual.is_empty() { all } else { usual };
                    out.push(from[self.below(from.len())]);
                }
                HirKind::Repetition(repetition) => {
                    let most = repetition.max.unwrap_or(u32::MAX).min(repetition.min + 3) as usize;
                    let least = repetition.min as usize;
                    for _ in 0..least + self.below(most - least + 1) {
                        self.text(&repetition.sub, out);
                    }
                }
                HirKind::Capture(capture) => self.text(&capture.sub, out),
                HirKind::Concat(parts) => parts.iter().for_each(|part| self.text(part, out)),
                HirKind::Alternation(ways) => {
                    let way = self.below(ways.len());
                    self.text(&ways[way], out);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn programs_find_what_regular_expressions_find() {
        let classes = crate::knowledge::classes::Classes::load().unwrap();
        let kinds = kinds::all();
        let codes = Codes::new(kinds.iter().cloned());
        let mut chance = Chance(7);
        let (mut patterns, mut found) = (0, 0);
        for lexicon in lexicons().unwrap() {
            let c = Compiler { lexicon: &lexicon, codes: &codes, classes: &classes, kinds: &kinds };
            let determiners = Determiners::new(&lexicon.words);
            let of_relations = lexicon.relations.iter().flat_map(|rule| &rule.patterns);
            for text in of_relations.chain(lexicon.events.iter().flat_map(|rule| &rule.patterns)) {
                let pattern = c.compile("a rule", text).unwrap();
                let Some(program) = &pattern.program else { panic!("`{text}` is no program") };
                let hir = regex_syntax::parse(pattern.as_str()).unwrap();
                patterns += 1;
                for _ in 0..6 {
                    let mut sentence = ["", "ghana the ", "the ", "a las ", "«"][chance.below(5)].to_owned();
                    chance.text(&hir, &mut sentence);
                    sentence.push_str([" ", "", ", ", " the "][chance.below(4)]);
                    chance.text(&hir, &mut sentence);
                    let seats = Seats::new(&sentence, sentence.match_indices('⟨').map(|(at, _)| at), &determiners);
                    for from in [0, 1, sentence.find(' ').map_or(0, |at| at + 1)] {
                        if !sentence.is_char_boundary(from) {
                            continue;
                        }
                        let own = match program.find(&seats, from) {
                            Found::Match(groups) => Some(groups),
                            Found::Nothing => None,
                            Found::TooLong => panic!("`{text}` takes long in `{sentence}`"),
                        };
                        let range = |group: Option<regex::Match<'_>>| group.map(|group| (group.start(), group.end()));
                        let automaton = pattern.automaton().unwrap().captures_at(&sentence, from);
                        let wanted = automaton.map(|all| all.iter().map(range).collect::<Vec<_>>());
                        found += usize::from(own.is_some());
                        assert_eq!(own, wanted, "`{text}` in `{sentence}` from {from}");
                    }
                }
            }
        }
        assert!(patterns > 500 && found > patterns * 6, "{found} matches of {patterns} patterns");
    }

    #[test]
    fn patterns_share_parts() {
        let (classes, kinds) = (crate::knowledge::classes::Classes::load().unwrap(), kinds::all());
        let codes = Codes::new(kinds.iter().cloned());
        let mut english = lexicons().unwrap().into_iter().find(|lexicon| lexicon.language.code() == "en").unwrap();
        let compiled = |lexicon: &Lexicon, text: &str| {
            let c = Compiler { lexicon, codes: &codes, classes: &classes, kinds: &kinds };
            c.compile("a rule", text).map(|pattern| pattern.as_str().to_owned()).map_err(|error| error.to_string())
        };
        for (name, part) in [("who", "(?:judges|{=others})"), ("others", "clerks"), ("endless", "a{=endless}")] {
            english.parts.insert(name.to_owned(), part.to_owned());
        }
        assert_eq!(compiled(&english, "train {=who} of {=others}"), compiled(&english, "train (?:judges|clerks) of clerks"));
        let refused = |text: &str| compiled(&english, text).unwrap_err();
        assert!(refused("{=nobody}").contains("`nobody` is not one of the lexicon's parts"), "{}", refused("{=nobody}"));
        assert!(refused("{=endless}").contains("without end"), "{}", refused("{=endless}"));
        assert!(refused("{=who").contains("`{` without `}`"), "{}", refused("{=who"));
        // What is shipped is used.
        for lexicon in lexicons().unwrap() {
            let patterns =
                lexicon.relations.iter().flat_map(|r| &r.patterns).chain(lexicon.events.iter().flat_map(|e| &e.patterns));
            let all: Vec<&String> = patterns.chain(&lexicon.rows.purposes).chain(lexicon.parts.values()).collect();
            for name in lexicon.parts.keys() {
                assert!(all.iter().any(|pattern| pattern.contains(&format!("{{={name}}}"))), "{name} in {}", lexicon.language);
            }
        }
    }

    #[test]
    fn what_takes_long_is_left_to_an_automaton() {
        let pattern = plain("(?:(?:a|b|ab)*c|(?:a|b)+)x");
        let endless = format!("{}x", "ab".repeat(20_000));
        assert!(matches!(pattern.program.as_ref().unwrap().find(&seats(&endless), 0), Found::TooLong));
        assert_eq!(pattern.find(&seats(&endless), 0).unwrap().whole, 0..endless.len());
        assert!(pattern.find(&seats("abab"), 0).is_none());
    }

    #[test]
    fn a_name_does_not_begin_within_a_word() {
        let lexicon = lexicons().unwrap().into_iter().find(|lexicon| lexicon.language.code() == "es").unwrap();
        let (classes, kinds) = (crate::knowledge::classes::Classes::load().unwrap(), kinds::all());
        let codes = Codes::new(kinds.iter().cloned());
        let c = Compiler { lexicon: &lexicon, codes: &codes, classes: &classes, kinds: &kinds };
        let (pattern, determiners) = (c.compile("a rule", "{o:Actor}").unwrap(), Determiners::new(&lexicon.words));
        let code = codes.of(&c.kinds("a rule", "Actor").unwrap()[0]);
        for (text, start) in [("solo ⟨0⟩", 5), ("la ⟨0⟩", 0), ("todas las ⟨0⟩", 6), ("«⟨0⟩", 0)] {
            let text = text.replace('⟨', &format!("⟨{code}"));
            let seats = Seats::new(&text, text.match_indices('⟨').map(|(at, _)| at), &determiners);
            assert_eq!(pattern.find(&seats, 0).unwrap().whole.start, start, "{text}");
        }
    }
}
