//! Names that nobody told us of: a head noun, and the capitalised words around it.

mod announced;
mod apposition;
mod reach;
mod signs;

use super::tokens::{Kind, Token, phrase, same_word};
use super::vocabulary::Senses;
use crate::knowledge::head::{Head, Mode};
use crate::knowledge::lexicon::{Adjectives, Lexicon};
use crate::knowledge::plural::PluralEndings;
use crate::model::vocab::{class, org};
use oxigraph::model::NamedNode;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A name found by its head noun.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    /// The tokens of the name, without a head that only announces it.
    pub tokens: Range<usize>,
    /// The index of the head in the lexicon.
    pub head: usize,
    /// The tokens of the head itself.
    pub head_tokens: Range<usize>,
    /// The token of an acronym that follows a dash and belongs to the name: `… de México - SENDEROS`.
    pub acronym: Option<usize>,
}

/// Where known names stand in a passage, by their tokens: a name that is looked for does not run into them.
#[derive(Default)]
pub(super) struct Around {
    /// The first tokens of known bodies, programmes, instruments.
    pub starts: FxHashSet<usize>,
    /// All of their tokens.
    pub inside: FxHashSet<usize>,
    /// The tokens of countries and places.
    pub places: FxHashSet<usize>,
}

/// The head nouns of a language.
pub(super) struct Chunker {
    heads: Vec<Head>,
    /// First word → (words, head), longest first.
    first: FxHashMap<String, Vec<(Vec<String>, usize)>>,
    /// Whether words in lower case stand inside names.
    lower: bool,
    /// What an apostrophe ties to an owner's name: the `s` of "the Ministry's".
    owner_endings: Vec<String>,
    lead_ins: Vec<Vec<String>>,
    adjectives: Adjectives,
    plural_endings: PluralEndings,
    /// Words that titles of programmes have everywhere.
    common: FxHashSet<String>,
    /// What a ministry is for besides, though it could name a body.
    field_phrases: Vec<Vec<String>>,
    /// Words before the place that something is in.
    within: FxHashSet<String>,
    /// Nouns of bodies, which may own others.
    bodies: FxHashSet<String>,
}

/// A name is not longer than this, in tokens.
const LONGEST: usize = 60;
/// So many small words in a row may stand inside a name.
const MOST_CONNECTORS: usize = 4;

impl Chunker {
    /// A chunker for `lexicon`; `all` gives what ends an owner's name, because a name may be in another language.
    pub(super) fn new(lexicon: &Lexicon, all: &[Lexicon]) -> Self {
        let mut first: FxHashMap<String, Vec<(Vec<String>, usize)>> = FxHashMap::default();
        for (at, head) in lexicon.heads.iter().enumerate() {
            for form in &head.words {
                let words = phrase(form);
                if let Some(word) = words.first() {
                    first.entry(word.clone()).or_default().push((words, at));
                }
            }
        }
        for forms in first.values_mut() {
            forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self {
            heads: lexicon.heads.clone(),
            first,
            lower: !lexicon.words.inside.is_empty(),
            owner_endings: all.iter().flat_map(|l| l.rows.owner_endings.iter().cloned()).collect(),
            lead_ins: lexicon.rows.leading.iter().map(|p| phrase(p)).collect(),
            adjectives: lexicon.words.adjectives.clone(),
            plural_endings: lexicon.words.plural_endings.clone(),
            common: lexicon.titles.common.iter().cloned().collect(),
            field_phrases: lexicon.words.field_phrases.iter().map(|p| phrase(p)).collect(),
            within: lexicon.places.within.iter().cloned().collect(),
            bodies: lexicon.rows.bodies.iter().cloned().collect(),
        }
    }

    /// The heads that can begin at a token, each with its number of tokens, the likeliest first: what is capitalised begins a
    /// name rather than announcing one, and longer heads go before shorter ones.
    fn heads_at(&self, tokens: &[Token], at: usize) -> Vec<(usize, usize)> {
        let head = tokens.get(at).filter(|t| t.can_be(Senses::HEAD));
        let Some(forms) = head.and_then(|t| self.first.get(&t.folded)) else { return Vec::new() };
        let capital = tokens[at].capital;
        let fits = |words: &Vec<String>, head: usize| {
            let here = tokens.get(at..at + words.len())?;
            let same = here.iter().zip(words).all(|(t, w)| same_word(t, w));
            // A law or a line may be written in lower case where its number tells which it is.
            let numbered = || {
                let (end, Head { class, numbered, .. }) = (at + words.len(), &self.heads[head]);
                (*numbered || class.0.as_ref() == class::LEGAL_INSTRUMENT) && signs::with_number(tokens, end) > end
            };
            let name = capital || self.heads[head].mode != Mode::Name || numbered();
            (same && name && !(self.heads[head].deed && signs::one_more(tokens, at))).then_some((head, words.len()))
        };
        let mut all: Vec<_> = forms.iter().filter_map(|(words, head)| fits(words, *head)).collect();
        let announces = |head: usize| matches!(self.heads[head].mode, Mode::Before | Mode::After);
        // "Project: Safe Nets" announces a name, be it capitalised.
        let marked = |length: usize| tokens[at + length - 1].kind == Kind::Mark;
        all.sort_by_key(|(head, length)| {
            (capital && announces(*head) && !marked(*length), std::cmp::Reverse(*length), self.heads[*head].mode == Mode::Before)
        });
        all
    }

    /// The head of a name that begins at a token, with its number of tokens.
    fn name_head_at(&self, tokens: &[Token], at: usize) -> Option<(usize, usize)> {
        self.heads_at(tokens, at).into_iter().find(|(head, _)| self.heads[*head].mode == Mode::Name)
    }

    /// The noun that stands behind a name and says what it is the name of: "project"; with its class.
    pub(super) fn announces_before(&self, tokens: &[Token], at: usize) -> Option<(usize, NamedNode)> {
        let (head, _) = self.heads_at(tokens, at).into_iter().find(|(head, _)| self.heads[*head].mode == Mode::After)?;
        Some((head, self.heads[head].class.0.clone()))
    }

    /// The class of what a noun announces that stands before a name: "project".
    pub(super) fn announces_behind(&self, tokens: &[Token], at: usize) -> Option<(usize, NamedNode)> {
        let announces = |head: usize, length: usize| self.heads[head].mode == Mode::Before && length == 1;
        let (head, _) = self.heads_at(tokens, at).into_iter().find(|(head, length)| announces(*head, *length))?;
        Some((head, self.heads[head].class.0.clone()))
    }

    /// The head of a known name, which must begin it.
    pub(super) fn head_of(&self, tokens: &[Token], at: usize) -> Option<(usize, usize)> {
        self.heads_at(tokens, at).into_iter().next()
    }

    /// Whether the name of a body, or an acronym, stands at a token, perhaps behind an article: a list goes on with one more.
    fn listed(&self, tokens: &[Token], at: usize) -> bool {
        let the = usize::from(tokens.get(at).is_some_and(|t| !t.capital && t.can_be(Senses::DETERMINER)));
        let next = at + the;
        tokens.get(next).is_some_and(|t| t.capital && (t.upper || self.begins_name(tokens, next, true)))
    }

    /// All names in a passage.
    pub(super) fn find(&self, tokens: &[Token], around: &Around) -> Vec<Chunk> {
        let mut out: Vec<Chunk> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let floor = out.last().map_or(0, |chunk| chunk.tokens.end);
            let found = self
                .heads_at(tokens, at)
                .into_iter()
                .map(|(head, length)| self.last_head(tokens, at, head, length, around))
                .find_map(|(head, head_tokens)| self.chunk(tokens, head, head_tokens, floor, around));
            let found = found.map(|chunk| self.announced_policy(tokens, chunk, floor, around));
            at = found.as_ref().map_or(at + 1, |chunk| chunk.tokens.end.max(at + 1));
            out.extend(found);
        }
        out
    }

    /// "the Migration Policy for Decent Work project": what the noun behind it says goes before what the name begins with.
    fn announced_policy(&self, tokens: &[Token], chunk: Chunk, floor: usize, around: &Around) -> Chunk {
        let end = chunk.tokens.end;
        let Head { class, mode, .. } = &self.heads[chunk.head];
        let written = *mode == Mode::Name && [class::POLICY, class::OPERATIONAL_PROTOCOL].contains(&class.0.as_ref());
        let behind = tokens.get(end).filter(|t| written && !t.capital).and_then(|_| self.announces_before(tokens, end));
        let start = behind.as_ref().and_then(|_| self.announced_behind(tokens, end, floor, around));
        match (behind, start) {
            (Some((head, _)), Some(start)) => {
                Chunk { tokens: start.min(chunk.tokens.start)..end, head, head_tokens: end..end + 1, ..chunk }
            }
            _ => chunk,
        }
    }

    /// Where words that qualify a noun stand before it, the last head of a row of capitalised words is the head:
    /// "Police Act" is an act.
    fn last_head(&self, tokens: &[Token], at: usize, head: usize, length: usize, around: &Around) -> (usize, Range<usize>) {
        let mut found = (head, at..at + length);
        if !self.heads[head].leading {
            return found;
        }
        let mut next = at + length;
        loop {
            // "Agency Anti-Trafficking Working Group": a hyphen joins two words into one.
            let hyphen = tokens.get(next).is_some_and(|t| t.is('-') && !t.spaced);
            let second = tokens.get(next + 1).is_some_and(|t| t.capital && !t.spaced);
            if hyphen && second {
                next += 2;
                continue;
            }
            if !tokens.get(next).is_some_and(|t| t.capital && t.spaced && !around.starts.contains(&next)) {
                break;
            }
            match self.name_head_at(tokens, next).filter(|(h, _)| self.heads[*h].leading) {
                Some((head, length)) => {
                    found = (head, next..next + length);
                    next += length;
                }
                None => next += 1,
            }
        }
        found
    }

    /// Whether a head that ends what it names stands before another capitalised word: it only qualifies that.
    fn qualifies(&self, tokens: &[Token], head: usize, from: usize) -> bool {
        let word = |t: &Token| t.capital && t.spaced && t.kind == Kind::Word && !t.can_be(Senses::NUMBER_SIGN);
        self.heads[head].last && tokens.get(from).is_some_and(word)
    }

    fn chunk(&self, tokens: &[Token], head: usize, head_tokens: Range<usize>, floor: usize, around: &Around) -> Option<Chunk> {
        let Head { mode, leading, .. } = self.heads[head];
        let (at, from) = (head_tokens.start, head_tokens.end);
        let chunk = |tokens: Range<usize>, acronym| Some(Chunk { tokens, head, head_tokens: head_tokens.clone(), acronym });
        if mode == Mode::Phrase {
            let before = if leading && tokens[at].capital { self.qualified_from(tokens, at, floor, around) } else { at };
            let start = (0..before)
                .rev()
                .take_while(|i| self.heads[head].modifiers.contains(&tokens[*i].folded))
                .last()
                .unwrap_or(before);
            return chunk(start..with_bracketed_year(tokens, from), None);
        }
        // "Projet « Bridge »": what is in quotation marks is the name, though the noun before it is capitalised.
        let programme = mode == Mode::Name && self.heads[head].class.0.as_ref() == class::PROGRAMME;
        let behind = || quoted(tokens, Mode::Before, &head_tokens).filter(|_| programme);
        if let Some(quoted) = quoted(tokens, mode, &head_tokens).or_else(behind) {
            return chunk(quoted, None);
        }
        if mode == Mode::After {
            return match self.announced_behind(tokens, at, floor, around) {
                Some(start) => chunk(start..at, None),
                None => apposition::title_before(tokens, at, floor).and_then(|title| chunk(title, None)),
            };
        }
        // "the Prime Minister", "Ministro Juan Pérez": a person, and no ministry.
        // "the Minister of MOTI": the acronym names the ministry.
        let small = |t: &&Token| !t.capital && (t.can_be(Senses::CONNECTOR) || t.can_be(Senses::DETERMINER));
        let behind = from + tokens[from..].iter().take_while(small).count();
        let acronym = tokens.get(behind).is_some_and(|t| t.upper && t.kind == Kind::Word);
        let titled = |i: usize| tokens.get(i).is_some_and(|t| t.capital && t.kind == Kind::Word && !t.can_be(Senses::OPENER));
        if self.heads[head].office_of.is_some() && (acronym || titled(from) || at.checked_sub(1).is_some_and(titled)) {
            return None;
        }
        if self.heads[head].numbered && signs::with_number(tokens, from) == from {
            return None;
        }
        let follows = tokens.get(from).is_some_and(|t| t.capital && t.spaced && !around.starts.contains(&from));
        if mode == Mode::Before
            && !follows
            && let Some(start) = announced::called(tokens, from)
        {
            let quoted = quoted(tokens, mode, &(start - 1..start));
            return chunk(quoted.unwrap_or_else(|| start..self.extend(tokens, start, start, around, false)), None);
        }
        // "the Belize–Guatemala corridor".
        if mode == Mode::Join && leading && !follows {
            let start = self.qualified_from(tokens, at, floor, around);
            if (start..at).any(|i| around.places.contains(&i)) {
                return chunk(start..from, None);
            }
        }
        if mode == Mode::Before && !follows
            || mode == Mode::Join && !follows && self.over_connectors(tokens, from, around, true).is_none()
        {
            return None;
        }
        // What a cue such as "implemented by" announces may be anything: it needs more than one capitalised word, and no head
        // of its own, which would tell more.
        if mode == Mode::Before && self.heads[head].class.0.as_ref() == org::ORGANIZATION {
            let second = tokens.get(from + 1).is_some_and(|t| t.capital && t.spaced);
            // "ejecutado por Pact y la Fundación …": the list tells that one word is a name.
            let listed =
                tokens.get(from + 1).is_some_and(|t| t.can_be(Senses::AND) || t.is(',')) && self.listed(tokens, from + 2);
            if self.begins_name(tokens, from, false) || !second && !tokens[from].upper && !listed {
                return None;
            }
        }
        // "Law Enforcement Agency" is no law.
        if self.qualifies(tokens, head, from) {
            return None;
        }
        let start = match mode {
            Mode::Before => from,
            _ if leading && self.heads[head].class.0.as_ref() == class::LEGAL_INSTRUMENT => {
                self.titled_from(tokens, self.qualified_from(tokens, at, floor, around), floor, around)
            }
            _ if leading => self.qualified_from(tokens, at, floor, around),
            _ => at,
        };
        let bare = start == at && self.heads[head].complement.as_ref().is_none_or(|c| c.known_only);
        let closed = self.heads[head].whole && !tokens.get(from).is_some_and(|t| t.capital);
        let end = if closed { from } else { self.extend(tokens, start, from, around, bare) };
        let end = self.twofold(tokens, head, start, from, end, around);
        let end = if self.heads[head].body { self.before_programme(tokens, from, end) } else { end };
        let programme = mode == Mode::Before && self.heads[head].class.0.as_ref() == class::PROGRAMME;
        let end = if programme { self.before_places(tokens, from, end, around) } else { end };
        let end = signs::ended(tokens, from, end);
        let named = mode == Mode::Name && self.lower && end > start;
        let end = if named { signs::by_acronym(tokens, start, end).unwrap_or(end) } else { end };
        let policy = named && self.heads[head].class.0.as_ref() == class::POLICY;
        let end = if policy { signs::by_years(tokens, end).unwrap_or(end) } else { end };
        // "Decision of the Council of Ministers No. 353": the number is not the body's.
        let end = with_years(tokens, end);
        // "the Department Director" is a person.
        let post = self.heads[head].body && end == from + 1 && tokens[from].can_be(Senses::PERSON);
        if post && tokens[from].capital && !tokens[from].can_be(Senses::OFFICE) {
            return None;
        }
        let end = if self.heads[head].body { end } else { signs::with_number(tokens, end) };
        let acronym = tokens
            .get(end)
            .filter(|t| (t.is('-') || t.is('–')) && t.spaced)
            .and_then(|_| tokens.get(end + 1))
            .filter(|t| t.upper && t.spaced)
            .map(|_| end + 1);
        chunk(start..acronym.map_or(end, |a| a + 1), acronym)
    }
}

/// The words in quotation marks that a head stands before, in, or behind.
fn quoted(tokens: &[Token], mode: Mode, head: &Range<usize>) -> Option<Range<usize>> {
    /// A quoted name is not longer than this, in tokens.
    const LONGEST_QUOTED: usize = 25;
    let opens = |t: &Token| t.is('“') || t.is('«') || t.is('"');
    let closes = |t: &Token| t.is('”') || t.is('»') || t.is('"');
    if mode == Mode::After {
        let end = head.start.checked_sub(1).filter(|i| closes(&tokens[*i]))?;
        let start = (end.saturating_sub(LONGEST_QUOTED)..end).rev().find(|i| opens(&tokens[*i]))? + 1;
        return (start < end).then_some(start..end);
    }
    // "numéro vert 116 « Enfance »"
    let numbers = tokens.iter().skip(head.end).take_while(|t| t.kind == Kind::Number).count();
    let behind = head.end + numbers;
    let start = match mode {
        Mode::Name => head.start.checked_sub(1).filter(|i| opens(&tokens[*i])).map(|_| head.start),
        _ => tokens.get(behind).filter(|t| opens(t)).map(|_| behind + 1),
    }?;
    let end = (start + 1..(start + LONGEST_QUOTED).min(tokens.len())).find(|i| closes(&tokens[*i]))?;
    let end = if tokens[end - 1].is(',') { end - 1 } else { end };
    (start < end).then_some(start..end)
}

/// A year in brackets that ends a phrase: `informe anual (2018)`.
fn with_bracketed_year(tokens: &[Token], end: usize) -> usize {
    let closed = tokens.get(end).is_some_and(|t| t.is('(')) && tokens.get(end + 2).is_some_and(|t| t.is(')'));
    if closed && with_years(tokens, end + 1) == end + 2 { end + 3 } else { end }
}

/// A year, or a range of years, that ends a name: `2020-2024`.
pub(super) fn with_years(tokens: &[Token], end: usize) -> usize {
    let year = |at: usize| {
        tokens.get(at).is_some_and(|t| {
            t.kind == Kind::Number && t.folded.len() == 4 && (t.folded.starts_with("19") || t.folded.starts_with("20"))
        })
    };
    if !year(end) {
        return end;
    }
    let range = tokens.get(end + 1).is_some_and(|t| (t.is('-') || t.is('–')) && !t.spaced) && year(end + 2);
    if range { end + 3 } else { end + 1 }
}
