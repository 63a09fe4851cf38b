//! What the form says that an answer means: options, levels, lists and statuses as statements.

use super::prose::Prose;
use super::reader::{Place, Reader};
use super::tokens::tokens;
use super::{kinds, relations};
use crate::knowledge::form::{Each, Meaning, QuestionSpec, Subject};
use crate::model::claim::{Identity, MentionId, Object};
use crate::model::id::{fold, resource, slug};
use crate::model::report::{Answer, Value};
use crate::model::vocab::{class, flg, skos};
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::ops::Range;

/// Reads an answer as its question's meanings say. `prose` is the answer with its mentions.
pub(super) fn read(reader: &mut Reader<'_>, at: usize, answer: &Answer, question: &QuestionSpec, prose: &Prose<'_>) {
    for meaning in &question.meanings {
        match meaning.each {
            Each::Option => options(reader, at, answer, meaning),
            Each::Level => levels(reader, at, answer, meaning),
            Each::Mention => mentions(reader, at, answer, meaning, prose),
            Each::Text => text(reader, at, answer, meaning),
            Each::Status => statuses(reader, at, answer, question, meaning, prose),
        }
    }
}

fn say(reader: &mut Reader<'_>, at: usize, answer: &Answer, about: (MentionId, &NamedNode), object: Object, range: Range<usize>) {
    if let Some(evidence) = reader.evidence(Some(at), &answer.text, range) {
        reader.say(about.0, about.1, object, evidence, "form", 1.0);
    }
}

/// The subject of a meaning; a ratification is made for its instrument.
fn subject(reader: &mut Reader<'_>, at: usize, answer: &Answer, meaning: &Meaning, range: Range<usize>) -> Option<MentionId> {
    Some(match &meaning.subject {
        Subject::Report => reader.itself,
        Subject::Country => reader.country,
        Subject::Concept(iri) => reader.fixed(iri.clone(), skos::CONCEPT, &answer.question, Some(at)),
        Subject::Ratification => {
            let instrument = meaning.instrument.as_ref()?.0.clone();
            ratification(reader, at, answer, &instrument, range)?
        }
        Subject::Need => return None, // needs are made option by option, in `levels`
    })
}

/// The ratification of an instrument by the report's country, with the statements that say what it is.
fn ratification(
    reader: &mut Reader<'_>,
    at: usize,
    answer: &Answer,
    instrument: &NamedNode,
    range: Range<usize>,
) -> Option<MentionId> {
    let country = tail(&reader.report.country);
    let iri = resource("ratification", &format!("{country}-{}", tail(instrument)));
    let evidence = reader.evidence(Some(at), &answer.text, range)?;
    let id = reader.fixed_at(iri, class::RATIFICATION, evidence.clone());
    let of = reader.fixed_at(instrument.clone(), class::LEGAL_INSTRUMENT, evidence.clone());
    let own = reader.country;
    reader.say(id, &flg::INSTRUMENT.into_owned(), Object::Mention(of), evidence.clone(), "form", 1.0);
    reader.say(id, &flg::COUNTRY.into_owned(), Object::Mention(own), evidence, "form", 1.0);
    Some(id)
}

/// The last part of a resource's IRI.
fn tail(iri: &NamedNode) -> &str {
    iri.as_str().rsplit(['/', '#']).next().unwrap_or_default()
}

fn options(reader: &mut Reader<'_>, at: usize, answer: &Answer, meaning: &Meaning) {
    let Value::Options(chosen) = &answer.value else { return };
    for option in chosen {
        let Some(concept) = &option.concept else { continue };
        let Some(subject) = subject(reader, at, answer, meaning, option.range.clone()) else { continue };
        let Some(evidence) = reader.evidence(Some(at), &answer.text, option.range.clone()) else { continue };
        let object = reader.fixed_at(concept.clone(), skos::CONCEPT, evidence);
        say(reader, at, answer, (subject, &meaning.property.0), Object::Mention(object), option.range.clone());
    }
}

fn levels(reader: &mut Reader<'_>, at: usize, answer: &Answer, meaning: &Meaning) {
    let Value::Levels(levels) = &answer.value else { return };
    for level in levels {
        let range = level.option.range.start..level.range.end;
        let (Some(concept), Some(importance)) = (&level.option.concept, &level.level) else { continue };
        let Some(evidence) = reader.evidence(Some(at), &answer.text, range.clone()) else { continue };
        let letter = if level.option.letter.is_empty() { slug(tail(concept)) } else { slug(&level.option.letter) };
        let iri = resource("cooperation-need", &format!("{}-{letter}", reader.report.id));
        let need = reader.fixed_at(iri, class::COOPERATION_NEED, evidence.clone());
        let topic = reader.fixed_at(concept.clone(), skos::CONCEPT, evidence.clone());
        let importance = reader.fixed_at(importance.clone(), skos::CONCEPT, evidence);
        let own = reader.country;
        say(reader, at, answer, (need, &meaning.property.0), Object::Mention(topic), range.clone());
        say(reader, at, answer, (need, &flg::IMPORTANCE.into_owned()), Object::Mention(importance), range.clone());
        say(reader, at, answer, (need, &flg::COUNTRY.into_owned()), Object::Mention(own), range);
    }
}

/// Whether a mention of a spot's kind can be what a meaning asks for; a name that nothing else classes is given the class.
fn fits(reader: &Reader<'_>, kind: &NamedNode, wanted: NamedNodeRef<'_>) -> bool {
    reader.tools.classes.is_a(kind.as_ref(), wanted) || wanted == skos::CONCEPT && *kind == kinds::group()
}

fn mentions(reader: &mut Reader<'_>, at: usize, answer: &Answer, meaning: &Meaning, prose: &Prose<'_>) {
    let wanted = meaning.class.as_ref().map_or(class::GOVERNMENT_BODY, |c| c.0.as_ref()).into_owned();
    let Some(subject) = subject(reader, at, answer, meaning, 0..answer.text.text().len()) else { return };
    let entries: Vec<Range<usize>> = match &answer.value {
        Value::List(ranges) => ranges.clone(),
        _ => std::iter::once(0..answer.text.text().len()).collect(),
    };
    let listed = matches!(answer.value, Value::List(_));
    for entry in entries {
        let inside = |s: &&(usize, Range<usize>)| s.1.start >= entry.start && s.1.end <= entry.end;
        let spots: Vec<(usize, Range<usize>)> =
            prose.spots.iter().enumerate().map(|(i, s)| (i, prose.place.bytes(&s.tokens))).filter(|s| inside(&s)).collect();
        let right: Vec<_> = spots
            .iter()
            .filter(|(s, _)| prose.ids[*s].is_some() && fits(reader, &prose.spots[*s].kind, wanted.as_ref()))
            .collect();
        if !right.is_empty() {
            for (spot, range) in right {
                let Some(id) = prose.ids[*spot] else { continue };
                say(reader, at, answer, (subject, &meaning.property.0), Object::Mention(id), range.clone());
            }
        } else if listed {
            // The whole entry is a name, whatever it is called: the question says what it is a name of.
            if let Some(id) = entry_name(reader, at, answer, entry.clone(), &wanted) {
                say(reader, at, answer, (subject, &meaning.property.0), Object::Mention(id), entry);
            }
        }
    }
}

/// A list entry as a name, with the acronym that ends it in brackets.
fn entry_name(reader: &mut Reader<'_>, at: usize, answer: &Answer, entry: Range<usize>, class: &NamedNode) -> Option<MentionId> {
    let toks = tokens(answer.text.text());
    let place = Place { answer: Some(at), passage: &answer.text, tokens: &toks };
    let mut range =
        toks.iter().position(|t| t.range.start >= entry.start)?..toks.iter().rposition(|t| t.range.end <= entry.end)? + 1;
    while range.end > range.start && toks.get(range.end - 1).is_some_and(|t| t.is('.') || t.is(';') || t.is(',')) {
        range.end -= 1;
    }
    let bracket =
        range.clone().rev().find(|i| toks[*i].is('(')).filter(|i| range.end - i == 3 && *i > range.start && toks[i + 1].upper);
    let name = range.start..bracket.unwrap_or(range.end);
    let acronym = bracket.map(|i| answer.text.slice(toks[i + 1].range.clone()).to_owned());
    if name.is_empty() {
        return None;
    }
    let known: Vec<NamedNode> = reader.tools.authority.by_name(&fold(place.text(&name))).to_vec();
    let spot = super::spots::Spot {
        tokens: range,
        name,
        kind: class.clone(),
        what: super::spots::What::Name { known, acronym, is_acronym: false },
        head: None,
        country: None,
        parts: Vec::new(),
    };
    let id = reader.mention(place, &spot)?;
    if matches!(reader.claims.mentions[id].identity, Identity::New) {
        reader.claims.mentions[id].country = Some(reader.report.country.clone());
    }
    Some(id)
}

fn text(reader: &mut Reader<'_>, at: usize, answer: &Answer, meaning: &Meaning) {
    let words = answer.text.text();
    let folded = fold(words);
    if words.is_empty() || reader.tools.rules.nothing.as_ref().is_some_and(|n| n.is_match(&folded)) {
        return; // the report says that there is nothing to say
    }
    let range = 0..words.len();
    let Some(subject) = subject(reader, at, answer, meaning, range.clone()) else { return };
    let literal = relations::literal(reader, words);
    say(reader, at, answer, (subject, &meaning.property.0), Object::Literal(literal), range);
}

/// `C29 y C105: ratificados P029: no ratificado`: each status is said of the instruments before it, back to the last one.
fn statuses(reader: &mut Reader<'_>, at: usize, answer: &Answer, question: &QuestionSpec, meaning: &Meaning, prose: &Prose<'_>) {
    let toks = prose.place.tokens;
    let words: Vec<(Vec<String>, NamedNode)> = question
        .options
        .iter()
        .filter_map(|o| Some((o.text.get(&reader.report.language)?, o.concept.as_ref()?.0.clone())))
        .map(|(text, concept)| (super::tokens::phrase(text), concept))
        .collect();
    let mut waiting: Vec<usize> = Vec::new();
    let mut token = 0;
    while token < toks.len() {
        if let Some(spot) = prose.spots.iter().position(|s| s.tokens.start == token && s.kind.as_ref() == class::LEGAL_INSTRUMENT)
        {
            waiting.push(spot);
            token = prose.spots[spot].tokens.end;
            continue;
        }
        let longest = words.iter().filter(|(w, _)| same(toks.get(token..token + w.len()), w)).max_by_key(|(w, _)| w.len());
        let Some((status, concept)) = longest else {
            token += 1;
            continue;
        };
        let end = toks[token + status.len() - 1].range.end;
        for spot in waiting.drain(..) {
            let range = toks[prose.spots[spot].tokens.start].range.start..end;
            let instrument = prose.ids[spot].map(|id| reader.claims.mentions[id].identity.clone());
            let Some(Identity::Known(known)) = instrument else { continue };
            let Some(instrument) = known.first() else { continue };
            let Some(subject) = ratification(reader, at, answer, instrument, range.clone()) else { continue };
            let Some(evidence) = reader.evidence(Some(at), &answer.text, range.clone()) else { continue };
            let object = reader.fixed_at(concept.clone(), skos::CONCEPT, evidence);
            say(reader, at, answer, (subject, &meaning.property.0), Object::Mention(object), range);
        }
        token += status.len();
    }
}

/// Whether tokens are these words, by their stems where they are inflected: `ratificados` for `ratificado`.
fn same(tokens: Option<&[super::tokens::Token]>, words: &[String]) -> bool {
    let inflected =
        |t: &str, w: &str| t == w || (w.len() > 4 && t.strip_prefix(&w[..w.len() - 1]).is_some_and(|rest| rest.len() <= 3));
    tokens.is_some_and(|ts| !words.is_empty() && ts.iter().zip(words).all(|(t, w)| inflected(&t.folded, w)))
}
