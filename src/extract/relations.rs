//! Relation rules run over a sentence.

use super::cues::Seen;
use super::pattern::Match;
use super::prose::Prose;
use super::reader::Reader;
use super::rules::{RelationRule, Rules, TextCut, Value};
use super::spots::What;
use crate::model::claim::{MentionId, Object};
use crate::model::id::resource;
use crate::model::vocab::{class, flg};
use oxigraph::model::{Literal, NamedNode};
use regex::Regex;
use std::ops::Range;

/// Runs the relation rules of running text, or of a group of tables, over a sentence: `seen` is what patterns may find in it.
pub(super) fn read(reader: &mut Reader<'_>, prose: &Prose<'_>, at: usize, seen: &Seen<'_>, group: Option<&String>) {
    let rules = reader.tools.rules;
    let meant = |rule: &RelationRule| group.map_or(rule.spec.rows.is_empty(), |g| rule.spec.rows.contains(g));
    for number in seen.asked(0..rules.relation_patterns.len()) {
        let (rule, pattern) = rules.relation_patterns[number];
        let rule = &rules.relations[rule];
        if !meant(rule) {
            continue;
        }
        for found in seen.matches(number, &rule.patterns[pattern]) {
            apply(reader, prose, at, rule, &found);
        }
    }
}

fn apply(reader: &mut Reader<'_>, prose: &Prose<'_>, at: usize, rule: &RelationRule, found: &Match<'_>) {
    if denied(reader, prose, at, found, rule.spec.despite_denial) {
        return;
    }
    let text = &prose.masked[at].0.text;
    let named = found.slot("o").or_else(|| found.slot("s")).map_or(found.whole.start, |slot| slot.start);
    // A match may begin with the end of the name before it.
    let named = if text[named..].starts_with('⟩') { named + '⟩'.len_utf8() } else { named };
    let before = text.get(..named).unwrap_or_default();
    let behind = text.get(found.whole.end..).unwrap_or_default();
    let ruled_out = |rule: &Option<Regex>, words: &str| rule.as_ref().is_some_and(|r| r.is_match(words));
    let inside = text.get(found.whole.clone()).unwrap_or_default();
    if ruled_out(&rule.unless, before) || ruled_out(&rule.unless_behind, behind) || ruled_out(&rule.unless_inside, inside) {
        return;
    }
    let subjects = rule.subject.iter().find_map(|s| prose.select(reader, s, at, found)).unwrap_or_default();
    if prose.strays(at, found, &subjects.iter().map(|(_, spot)| *spot).collect::<Vec<_>>()) {
        return;
    }
    let property = &rule.spec.property.0;
    let meant = parted(reader, prose, at, found).map(|names| prose.masked[at].0.slots(&names));
    for (subject, spot) in subjects {
        if located(reader, prose, spot) {
            continue;
        }
        let from = |range: Range<usize>| with_spot(prose, at, spot, range);
        match &rule.object {
            Value::Names(selector) => {
                let mut objects = prose.select(reader, selector, at, found).unwrap_or_default();
                if let Some(meant) = &meant {
                    objects.retain(|(_, spot)| spot.is_none_or(|spot| meant.contains(&spot)));
                }
                for (object, other) in objects {
                    if property.as_ref() != flg::COVERS_PLACE && located(reader, prose, other) {
                        continue;
                    }
                    let Some(range) = prose.bytes(at, &found.whole) else { continue };
                    let range = with_spot(prose, at, other, from(range));
                    state(reader, prose, rule, (subject, property), Object::Mention(object), range);
                }
            }
            Value::Text => {
                for (start, end) in texts(prose, at, found, &rule.text) {
                    let words = prose.place.passage.slice(start..end).to_owned();
                    let literal = literal(reader, &words);
                    let whole = prose.bytes(at, &found.whole).unwrap_or(start..end);
                    // "Inspection is carried out by the Ministry": who does it stands behind what it is.
                    let behind = found.slot("s").zip(found.slot("text")).is_some_and(|(doer, text)| doer.start >= text.end);
                    let range = if behind { start..whole.end.max(end) } else { whole.start.min(start)..end };
                    state(reader, prose, rule, (subject, property), Object::Literal(literal), range);
                    within(reader, prose, rule, subject, start..end);
                }
            }
            Value::Date(slot) => {
                for (property, value) in dates(prose, at, found, slot, property) {
                    let Some(range) = prose.bytes(at, &found.whole) else { continue };
                    state(reader, prose, rule, (subject, &property), Object::Literal(value), from(range));
                }
            }
            Value::Sum(slot) => {
                for (property, value) in sum(prose, at, found, slot, property) {
                    let Some(range) = prose.bytes(at, &found.whole) else { continue };
                    state(reader, prose, rule, (subject, &property), Object::Literal(value), from(range));
                }
            }
            Value::Fixed(resource) => {
                let Some(range) = prose.bytes(at, &found.whole) else { continue };
                state(reader, prose, rule, (subject, property), Object::Resource(resource.clone()), from(range));
            }
            Value::Number(slot) => {
                let Some(value) = number(prose, at, found, slot) else { continue };
                let Some(range) = prose.bytes(at, &found.whole) else { continue };
                state(reader, prose, rule, (subject, property), Object::Literal(value), from(range));
            }
        }
        stage(reader, prose, at, rule, found, (subject, spot));
    }
}

/// Where the names stand that are meant of a list which a comma parts: the opening of a sentence ends there, and whom the sentence goes
/// on about begins. "With funding from the EU, the Ministry of Tides began …" and "With funding from the EU, the ILO and the Ministry of
/// Tides are carrying out …". `None` if all of the list are meant.
fn parted(reader: &Reader<'_>, prose: &Prose<'_>, at: usize, found: &Match<'_>) -> Option<Range<usize>> {
    let masked = &prose.masked[at].0;
    let (text, words) = (masked.text.as_str(), &reader.tools.lexicon.words);
    let list = found.slot("o").filter(|_| prose.topics.is_empty())?;
    let names: Vec<usize> = masked.all_slots().map(|(place, _)| place).filter(|place| list.contains(place)).collect();
    let between = |pair: &[usize]| format!("{} ", text[pair[0]..pair[1]].rsplit('⟩').next().unwrap_or_default());
    let joins = |pair: &[usize]| words.and.iter().any(|and| between(pair).contains(&format!(" {and} ")));
    let parts = |pair: &[usize]| between(pair).contains(',') && !joins(pair);
    // Behind "and" a list is closed: "Canada, Norway and Japan, UNICEF and the ILO".
    let pairs: Vec<&[usize]> = names.windows(2).collect();
    let closed = (1..pairs.len()).find(|i| parts(pairs[*i]) && pairs[..*i].iter().any(|pair| joins(pair)));
    let after_first = closed.or_else(|| pairs.iter().position(|pair| parts(pair)))? + 1;
    let after_last = names.windows(2).rposition(parts)? + 1;
    let small = |word: &str| [&words.connectors, &words.locative].iter().any(|list| list.iter().any(|w| w == word));
    // A pattern may leave the first words out: "Avec le financement de …".
    // "Partners help: With funding from the EU, the ILO …" begins anew behind the colon.
    let head = text[..found.whole.start].rsplit([':', ';']).next().unwrap_or_default().trim_start();
    let first_word = head.split(' ').next().unwrap_or_default();
    let at_head =
        head.is_empty() || small(first_word) && !words.determiners.iter().any(|w| w == first_word) && !head.contains([',', '⟨']);
    // "Under the Safe Nets project, funded by Canada, UNICEF trains …": the opening names what the list is said of.
    let opens_with = |word: &str| small(word) || words.openers.iter().any(|w| w == word);
    let under = !words.determiners.iter().any(|w| w == first_word) && opens_with(first_word) && names_one(head);
    if (at_head || under) && list.end == found.whole.end {
        let next = text[list.end..].strip_prefix(' ').filter(|rest| rest.starts_with(char::is_alphabetic))?;
        let alone = after_last + 1 == names.len();
        // Of more commas than one, any may be the one.
        let end = if alone { after_last } else { after_first };
        let word = next.split(' ').next().unwrap_or_default();
        let verb = !small(word) || words.auxiliaries.iter().any(|w| w == word);
        return (alone && at_head || verb).then(|| list.start..names[end]);
    }
    // "Con financiamiento de la …": in some languages the preposition may stand before any name.
    let begins = text[..list.start].rfind([':', ';']).map_or(0, |mark| mark + 1);
    let (opening, own) = (text[begins..list.start].trim(), text[list.clone()].split(' ').next().unwrap_or_default());
    let opens = list.start == found.whole.start && list.end < found.whole.end && !opening.contains([',', ';', '⟨']);
    let preposition = || opening.rsplit(' ').next().is_some_and(small) || words.genitive.iter().any(|word| word == own);
    (opens && !opening.is_empty() && preposition()).then(|| names[after_last]..list.end)
}

/// Whether words that open a sentence name something, and go on about nothing else: "under the ⟨Safe Nets⟩ project, ".
fn names_one(words: &str) -> bool {
    words.contains('⟨') && !words.trim_end().trim_end_matches(',').contains([',', ';', ':'])
}

/// Whether a spot is a country that tells where something is: "manufacturers in Cambodia, and ILO-funded".
fn located(reader: &Reader<'_>, prose: &Prose<'_>, spot: Option<usize>) -> bool {
    let Some(spot) = spot.map(|s| &prose.spots[s]).filter(|s| s.kind.as_ref() == class::COUNTRY) else { return false };
    let rows = !prose.topics.is_empty();
    let before = spot.tokens.start.checked_sub(1).and_then(|i| prose.place.tokens.get(i));
    rows && before.is_some_and(|t| reader.tools.lexicon.words.locative.contains(&t.folded))
}

fn state(
    reader: &mut Reader<'_>,
    prose: &Prose<'_>,
    rule: &RelationRule,
    about: (MentionId, &NamedNode),
    object: Object,
    range: Range<usize>,
) {
    if let Some(evidence) = reader.evidence(prose.place.answer, prose.place.passage, range) {
        reader.say(about.0, about.1, object, evidence, &rule.spec.id, rule.spec.confidence);
    }
}

/// A range of the passage, widened to hold a spot of the same sentence.
fn with_spot(prose: &Prose<'_>, at: usize, spot: Option<usize>, range: Range<usize>) -> Range<usize> {
    let sentence = &prose.sentences[at].tokens;
    match spot.map(|s| &prose.spots[s].tokens) {
        Some(t) if t.start >= sentence.start && t.end <= sentence.end => {
            let own = prose.place.bytes(t);
            own.start.min(range.start)..own.end.max(range.end)
        }
        _ => range,
    }
}

/// Whether a sentence does not state what matches: its clause says no, which may be what the rule looks for, or the words before or behind
/// doubt it or take it back.
pub(super) fn denied(reader: &Reader<'_>, prose: &Prose<'_>, at: usize, found: &Match<'_>, despite: bool) -> bool {
    let Rules { denial, affirmation, doubt, retraction, .. } = reader.tools.rules;
    let is = |rule: &Option<Regex>, text: &str| rule.as_ref().is_some_and(|rule| rule.is_match(text));
    let says_no = |clause: &str| match affirmation {
        Some(affirmation) if is(denial, clause) => is(denial, &affirmation.replace_all(clause, " ")),
        _ => is(denial, clause),
    };
    let text = &prose.masked[at].0.text;
    let start = |marks: &[char]| text[..found.whole.start].rfind(marks).map_or(0, |i| i + 1);
    let end = found.slot("text").map_or(found.whole.end, |text| text.start);
    let behind = &text[found.whole.end..];
    !despite && clause(prose, at, found).is_some_and(says_no)
        || is(doubt, text[start(&[';'])..end].trim_start())
        || is(retraction, behind.split(';').next().unwrap_or(behind))
}

/// The clause before a match, from the last mark on, with the words of the match itself up to its text.
fn clause<'p>(prose: &'p Prose<'_>, at: usize, found: &Match<'_>) -> Option<&'p str> {
    let text = &prose.masked[at].0.text;
    let start = text.get(..found.whole.start)?.rfind([',', ';', ':']).map_or(0, |i| i + 1);
    let own = text.get(found.whole.clone())?;
    let end = found.slot("text").map_or(own.len(), |t| t.start - found.whole.start);
    text.get(start..found.whole.start + end)
}

/// What is announced is planned.
fn stage(
    reader: &mut Reader<'_>,
    prose: &Prose<'_>,
    at: usize,
    rule: &RelationRule,
    found: &Match<'_>,
    about: (MentionId, Option<usize>),
) {
    let (id, spot) = about;
    let kinds = [class::PROGRAMME, class::POLICY, class::OPERATIONAL_PROTOCOL];
    let staged = spot.is_some_and(|s| kinds.contains(&prose.spots[s].kind.as_ref()));
    let planned = |c: &str| reader.tools.rules.planned.as_ref().is_some_and(|p| p.is_match(c));
    // "It will end in 2022" says that of what runs.
    let ends = rule.spec.property.0.as_ref() == flg::END_DATE;
    if staged
        && !ends
        && clause(prose, at, found).is_some_and(planned)
        && let Some(range) = prose.bytes(at, &found.whole)
    {
        let object = Object::Resource(resource("stage", "planned"));
        state(reader, prose, rule, (id, &flg::STAGE.into_owned()), object, with_spot(prose, at, spot, range));
    }
}

/// What addresses begin with.
const ADDRESSES: &[&str] = &["http:", "https:", "www."];

/// The captured text as ranges of the passage: cut and split as the rule says, marks at its ends left out.
pub(super) fn texts(prose: &Prose<'_>, at: usize, found: &Match<'_>, cut: &TextCut) -> Vec<(usize, usize)> {
    let Some(mut range) = found.slot("text") else { return Vec::new() };
    let text = &prose.masked[at].0.text;
    if let Some(end) = cut.until.as_ref().and_then(|u| u.find(&text[range.clone()])) {
        range.end = range.start + end.start();
    }
    // An address is no part of what is said.
    if let Some(end) = text.get(range.clone()).and_then(|t| ADDRESSES.iter().filter_map(|a| t.find(a)).min()) {
        range.end = range.start + end;
    }
    let mut parts = vec![range.start];
    let mut ends = Vec::new();
    for m in cut.split.iter().flat_map(|s| s.find_iter(&text[range.clone()]).collect::<Vec<_>>()) {
        ends.push(range.start + m.start());
        parts.push(range.start + m.end());
    }
    ends.push(range.end);
    parts
        .into_iter()
        .zip(ends)
        .filter_map(|(start, end)| {
            let bytes = prose.bytes(at, &(start..end))?;
            let words = prose.place.passage.slice(bytes.clone());
            let kept = words.trim_end_matches(|c: char| ",;:. ".contains(c)).len();
            let skipped = words.len() - words.trim_start_matches(|c: char| ",;: ".contains(c)).len();
            (kept > skipped + 3).then_some((bytes.start + skipped, bytes.start + kept))
        })
        .collect()
}

/// What a text names is related to its subject too.
fn within(reader: &mut Reader<'_>, prose: &Prose<'_>, rule: &RelationRule, subject: MentionId, range: Range<usize>) {
    // An objective of a body tells its mandate; only a programme is said to address an issue by its objective.
    if reader.class_of(subject) != class::PROGRAMME {
        return;
    }
    // Names are in the order in which they stand.
    let starts = |before: usize| prose.spots.partition_point(|spot| prose.place.bytes(&spot.tokens).start < before);
    let named = starts(range.start)..starts(range.end);
    for (kinds, property) in &rule.within {
        for (spot, id) in prose.spots[named.clone()].iter().zip(&prose.ids[named.clone()]) {
            if let Some(id) = id
                && kinds.contains(&spot.kind)
                && prose.place.bytes(&spot.tokens).end <= range.end
                && let Some(evidence) = reader.evidence(prose.place.answer, prose.place.passage, range.clone())
            {
                reader.say(subject, property, Object::Mention(*id), evidence, &rule.spec.id, rule.spec.confidence - 0.1);
            }
        }
    }
}

/// What the first value of a kind in a slot is.
fn value<T>(prose: &Prose<'_>, at: usize, found: &Match<'_>, slot: &str, of: impl Fn(&What) -> Option<T>) -> Option<T> {
    let spots = prose.masked[at].0.slots(&found.slot(slot)?);
    spots.into_iter().find_map(|s| of(&prose.spots[s].what))
}

/// The date in a slot: a range gives its end as well.
pub(super) fn dates(
    prose: &Prose<'_>,
    at: usize,
    found: &Match<'_>,
    slot: &str,
    property: &NamedNode,
) -> Vec<(NamedNode, Literal)> {
    let date = value(prose, at, found, slot, |what| match what {
        What::Date(date) => Some(date.clone()),
        _ => None,
    });
    date.map_or_else(Vec::new, |d| {
        let end = d.end.map(|end| (flg::END_DATE.into_owned(), end));
        std::iter::once((property.clone(), d.start)).chain(end).collect()
    })
}

pub(super) fn number(prose: &Prose<'_>, at: usize, found: &Match<'_>, slot: &str) -> Option<Literal> {
    value(prose, at, found, slot, |what| match what {
        What::Number(n) => Some(Literal::from(*n)),
        _ => None,
    })
}

/// The sum in a slot, with its currency.
pub(super) fn sum(
    prose: &Prose<'_>,
    at: usize,
    found: &Match<'_>,
    slot: &str,
    property: &NamedNode,
) -> Vec<(NamedNode, Literal)> {
    let sum = value(prose, at, found, slot, |what| match what {
        What::Sum(sum) => Some(sum.clone()),
        _ => None,
    });
    sum.map_or_else(Vec::new, |sum| {
        let currency = Literal::new_simple_literal(sum.currency);
        vec![(property.clone(), sum.amount), (flg::CURRENCY.into_owned(), currency)]
    })
}

/// A text in the report's language.
pub(super) fn literal(reader: &Reader<'_>, words: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(words, reader.report.language.code())
}
