//! Every name of the authority, found in one pass over a passage.

use super::kinds;
use super::tokens::{Kind, Token};
use crate::knowledge::authority::{Authority, Known, LabelKind};
use crate::model::id::fold;
use crate::model::lang::Lang;
use crate::model::vocab::{class, skos};
use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use oxigraph::model::NamedNode;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Who bears a name, and how the name must be written to count.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a condition of its own on how the name is written")]
struct Bearer {
    iri: NamedNode,
    /// The class, or the scheme of a concept.
    kind: NamedNode,
    lang: Option<Lang>,
    /// An acronym or code: its capitals count.
    code: bool,
    /// A concept may be written in lower case, and counts in its own language only.
    concept: bool,
    /// A name of a place counts in its own language only.
    local: bool,
    brackets: bool,
}

/// The names of the authority, ready to be found.
pub(crate) struct Gazetteer {
    automaton: AhoCorasick,
    bearers: Vec<Vec<Bearer>>,
}

/// A name found in a passage.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Who bears it; never empty.
    pub bearers: Vec<NamedNode>,
    /// The class of the first bearer, or its scheme.
    pub kind: NamedNode,
    /// Whether it is an acronym or code.
    pub code: bool,
    /// Whether it names a concept.
    pub concept: bool,
}

impl Gazetteer {
    /// The names of an authority.
    ///
    /// # Errors
    /// If there are more names than an automaton can hold.
    pub(crate) fn new(authority: &Authority) -> Result<Self, BuildError> {
        let mut names: FxHashMap<String, Vec<Bearer>> = FxHashMap::default();
        for known in authority.entities() {
            let Some(kind) = kind_of(known) else { continue };
            let concept = known.is(skos::CONCEPT);
            for label in known.names() {
                let key = key(&label.text);
                if key.trim().is_empty() {
                    continue;
                }
                let bearer = Bearer {
                    iri: known.iri.clone(),
                    kind: kind.clone(),
                    lang: label.lang.clone(),
                    code: label.kind == LabelKind::Acronym || !label.text.chars().any(char::is_lowercase),
                    concept,
                    local: known.is(class::COUNTRY) || known.is(class::PLACE),
                    brackets: label.text.contains('('),
                };
                names.entry(key).or_default().push(bearer);
            }
        }
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_by(|a, b| a.0.cmp(&b.0));
        for (_, bearers) in &mut names {
            bearers.sort_by(|a, b| a.iri.as_str().cmp(b.iri.as_str()));
        }
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::Standard).build(names.iter().map(|(key, _)| key.as_bytes()))?;
        Ok(Self { automaton, bearers: names.into_iter().map(|(_, b)| b).collect() })
    }

    /// The names in a passage that count in a language: the longest at each place, none inside another.
    pub(super) fn find(&self, text: &str, tokens: &[Token], lang: &Lang) -> Vec<Found> {
        let mut line = String::with_capacity(text.len() + tokens.len());
        line.push(' ');
        // The token that begins, and the one that ends, at a place in the line.
        let mut starts: Vec<(usize, usize)> = Vec::with_capacity(tokens.len());
        let mut ends: Vec<(usize, usize)> = Vec::with_capacity(tokens.len());
        for (at, token) in tokens.iter().enumerate().filter(|(_, t)| t.is_wordlike()) {
            starts.push((line.len() - 1, at));
            line.push_str(&token.folded);
            line.push(' ');
            ends.push((line.len(), at + 1));
        }
        let at = |places: &[(usize, usize)], place: usize| {
            places.binary_search_by_key(&place, |(place, _)| *place).ok().and_then(|at| places.get(at)).map(|(_, token)| *token)
        };
        let mut all: Vec<Found> = self
            .automaton
            .find_overlapping_iter(line.as_bytes())
            .filter_map(|m| {
                let range = at(&starts, m.start())?..at(&ends, m.end())?;
                self.counts(m.pattern().as_usize(), text, tokens, range, lang)
            })
            .collect();
        all.sort_by_key(|f| (f.tokens.start, std::cmp::Reverse(f.tokens.end)));
        let mut out: Vec<Found> = Vec::new();
        for found in all {
            if out.last().is_none_or(|last| last.tokens.end <= found.tokens.start) {
                out.push(found);
            }
        }
        out
    }

    fn counts(&self, pattern: usize, text: &str, tokens: &[Token], range: Range<usize>, lang: &Lang) -> Option<Found> {
        let here = tokens.get(range.clone())?;
        let letters_upper = || here.iter().filter(|t| t.kind == Kind::Word).all(|t| !has_lower(text, t));
        let fits = |b: &&Bearer| {
            let own = b.lang.as_ref().is_none_or(|l| l == lang);
            let short = here.iter().map(|t| t.folded.len()).sum::<usize>() <= 2;
            let written =
                if b.code { letters_upper() } else { b.concept || region(b) || here.first().is_some_and(|t| t.capital) };
            written && (own || !(b.concept || b.local || short)) && joined(text, here, b.brackets)
        };
        let bearers: Vec<&Bearer> = self.bearers.get(pattern)?.iter().filter(fits).collect();
        let first = bearers.first()?;
        let mut iris: Vec<NamedNode> =
            bearers.iter().filter(|b| b.kind == first.kind || !b.concept).map(|b| b.iri.clone()).collect();
        iris.dedup();
        Some(Found { tokens: range, bearers: iris, kind: first.kind.clone(), code: first.code, concept: first.concept })
    }
}

/// A world region is no country's: its name is often written in lower case.
fn region(bearer: &Bearer) -> bool {
    bearer.local
        && bearer.kind.as_ref() == class::PLACE
        && bearer.iri.as_str().rsplit('/').next().is_some_and(|s| s.as_bytes().get(2) != Some(&b'-'))
}

fn has_lower(text: &str, token: &Token) -> bool {
    text.get(token.range.clone()).is_some_and(|word| word.chars().any(char::is_lowercase))
}

/// Whether nothing stands between the tokens that would part a name.
fn joined(text: &str, tokens: &[Token], brackets: bool) -> bool {
    tokens.windows(2).all(|pair| {
        let between = text.get(pair[0].range.end..pair[1].range.start).unwrap_or_default();
        let sentence_end = between.contains(". ") && pair[0].folded.len() > 3;
        !sentence_end
            && between.chars().all(|c| c.is_whitespace() || ",.-–'’/\"“”º°´".contains(c) || brackets && "()".contains(c))
    }) && tokens.iter().filter(|t| t.kind == Kind::Mark).all(|t| brackets || !(t.is('(') || t.is(')') || t.is(';') || t.is(':')))
}

/// A name as it is looked for: its words and numbers, each ended by a space.
fn key(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::from(" ");
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        key.push_str(word);
        key.push(' ');
    }
    key
}

fn kind_of(known: &Known) -> Option<NamedNode> {
    if known.is(skos::CONCEPT) {
        // "ended" and "ratified" are words of the language before they are statuses.
        return known.scheme.clone().filter(kinds::is_read);
    }
    // Of several classes the first that is this graph's own; the file states the most specific one.
    let own = known.classes.iter().find(|c| class::ALL.contains(&c.as_ref()));
    own.or_else(|| known.classes.first()).cloned()
}
