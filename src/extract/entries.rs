//! The entries of a list that asks for names: each is a name, whatever it is called, because the question says what it names.

use super::reader::{Place, Reader};
use super::spots::{Spot, What, acronym_of};
use super::tokens::{Kind, Token, apostrophe};
use crate::knowledge::form::{Each, QuestionSpec};
use crate::model::id::fold;
use crate::model::report::Value;
use crate::model::vocab::class;
use oxigraph::model::NamedNode;
use std::ops::Range;

/// A name is not longer than this, in tokens.
const LONGEST: usize = 20;
/// So many words of a name may be neither capitalised nor small words that join others: "travailleurs malgaches".
const PLAIN: usize = 2;

/// What a list of names asks for.
pub(super) struct Asked<'a> {
    /// The class of what is named.
    pub class: NamedNode,
    /// Its entries, in bytes of the answer.
    pub entries: &'a [Range<usize>],
}

impl<'a> Asked<'a> {
    /// What a question asks to be listed, if it asks for names.
    pub(super) fn of(question: &QuestionSpec, value: &'a Value) -> Option<Self> {
        let Value::List(entries) = value else { return None };
        let meaning = question.meanings.iter().find(|m| m.each == Each::Mention)?;
        let class = meaning.class.as_ref().map_or(class::GOVERNMENT_BODY, |c| c.0.as_ref()).into_owned();
        Some(Self { class, entries })
    }

    /// The entries that are names as a whole, given what was found in them: those in which nothing of the right class was
    /// found, and those of which what was found is only the beginning or a part.
    pub(super) fn names(&self, reader: &Reader<'_>, place: Place<'_>, found: &[Spot]) -> Vec<Spot> {
        let parts = self.entries.iter().flat_map(|entry| parts(reader, place.tokens, entry));
        parts.filter_map(|entry| self.name(reader, place, &entry, found)).collect()
    }

    fn name(&self, reader: &Reader<'_>, place: Place<'_>, entry: &Range<usize>, found: &[Spot]) -> Option<Spot> {
        let toks = place.tokens;
        let first = toks.iter().position(|t| t.start() >= entry.start)?;
        let joins = |t: &Token| t.is(',') || reader.tools.lexicon.words.and.contains(&t.folded);
        // "a la Central de Estibadores"
        let leads = |t: &Token| joins(t) || !t.capital && (is_small(reader, t) || apostrophe(t));
        let first = first + toks[first..].iter().take_while(|t| leads(t)).count();
        let mut range = first..toks.iter().rposition(|t| t.end() <= entry.end)? + 1;
        if range.is_empty() {
            return None;
        }
        while range.end > range.start && toks.get(range.end - 1).is_some_and(|t| t.is('.') || t.is(';') || t.is(',')) {
            range.end -= 1;
        }
        let acronym = acronym_of(place.passage.text(), toks, range.clone());
        let name = range.start..acronym.as_ref().map_or(range.end, |(bracket, _)| *bracket);
        let inside = |s: &&Spot| name.start <= s.tokens.start && s.tokens.start < name.end && s.tokens.end <= range.end;
        let right = |s: &&Spot| inside(s) && reader.tools.classes.is_a(s.kind.as_ref(), self.class.as_ref());
        let right: Vec<&Spot> = found.iter().filter(right).collect();
        match right.as_slice() {
            [] => {}
            [one]
                if one.tokens != range
                    && reads_as_name(reader, &toks[name.clone()])
                    && !(one.tokens.end == range.end && says(reader, &toks[range.start..one.tokens.start])) => {}
            _ => return None,
        }
        if name.is_empty() || name.len() == 1 && toks[name.start].upper && !right.is_empty() {
            return None;
        }
        // "Employers", as the rest of a name that was cut, is a group of people.
        let fits = |known: &&NamedNode| {
            let entity = reader.tools.authority.entity(known.as_ref());
            entity.is_some_and(|e| e.classes.iter().any(|c| reader.tools.classes.is_a(c.as_ref(), self.class.as_ref())))
        };
        let known: Vec<NamedNode> =
            reader.tools.authority.by_name(&fold(place.text(&name))).iter().filter(fits).cloned().collect();
        Some(Spot {
            country: known.is_empty().then(|| reader.report.country.clone()),
            what: What::Name { known, acronym: acronym.map(|(_, written)| written), is_acronym: false },
            tokens: range,
            name,
            kind: self.class.clone(),
            head: None,
            parts: Vec::new(),
        })
    }
}

/// The parts of an entry that names several things one behind the other, each but the last with its acronym:
/// `National Union (NU), Free Union (FU) and Harbour Union`.
fn parts(reader: &Reader<'_>, toks: &[Token], entry: &Range<usize>) -> Vec<Range<usize>> {
    let and = &reader.tools.lexicon.words.and;
    let parted = |t: &Token| t.is(',') || t.is(';') || and.contains(&t.folded);
    let mut out = Vec::new();
    let mut start = entry.start;
    let inside = |t: &Token| entry.start <= t.start() && t.end() <= entry.end;
    for pair in toks.windows(2).filter(|pair| inside(&pair[0]) && inside(&pair[1])) {
        if pair[0].is(')') && parted(&pair[1]) {
            out.push(start..pair[0].end());
            start = pair[1].end();
        }
    }
    out.push(start..entry.end);
    out
}

/// Whether a word is one of the small ones that stand before names and within them.
fn is_small(reader: &Reader<'_>, token: &Token) -> bool {
    reader.tools.lexicon.words.connectors.contains(&token.folded) || token.folded.chars().count() == 1
}

/// Whether words before a name say something of it, and are no part of it: "Se remitió a la Central de Estibadores".
fn says(reader: &Reader<'_>, words: &[Token]) -> bool {
    words.iter().any(|t| t.kind == Kind::Word && !t.capital && !is_small(reader, t))
}

/// Whether words read as one name, and not as a sentence or as several names.
fn reads_as_name(reader: &Reader<'_>, words: &[Token]) -> bool {
    let joins = |t: &Token| t.is('-') || t.is('&') || t.is('/') || t.is('.') || t.is('"') || apostrophe(t);
    let plain = words.iter().filter(|t| t.kind == Kind::Word && !t.capital && !is_small(reader, t)).count();
    let begins = words.first().is_some_and(|t| t.capital && !reader.tools.lexicon.words.openers.contains(&t.folded));
    begins && plain <= PLAIN && words.len() <= LONGEST && words.iter().all(|t| t.kind != Kind::Mark || joins(t))
}
