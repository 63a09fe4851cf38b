//! What the form says that an answer means: options, levels, lists and statuses as statements.

use super::prose::Prose;
use super::reader::Reader;
use super::{kinds, relations, statements};
use crate::knowledge::form::{Each, Form, Meaning, QuestionSpec, Subject};
use crate::model::claim::{Identity, MentionId, Object};
use crate::model::id::{fold, resource, slug};
use crate::model::report::{Answer, Value};
use crate::model::vocab::{class, flg, skos};
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::ops::Range;

/// Reads an answer as its question's meanings say. `prose` is the answer with its mentions.
pub(super) fn read(reader: &mut Reader<'_>, at: usize, answer: &Answer, form: &Form, question: &QuestionSpec, prose: &Prose<'_>) {
    for meaning in &question.meanings {
        match meaning.each {
            Each::Option => options(reader, at, answer, meaning, prose),
            Each::Level => levels(reader, at, answer, meaning),
            Each::Mention => mentions(reader, at, answer, meaning, prose),
            Each::Text => text(reader, at, answer, meaning),
            Each::Status => statuses(reader, at, answer, question, meaning, prose),
            Each::Statement => statements::read(reader, at, answer, form, meaning, prose),
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
        Subject::Need => return None, // needs are made one by one, in `levels` and `statements`
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

fn options(reader: &mut Reader<'_>, at: usize, answer: &Answer, meaning: &Meaning, prose: &Prose<'_>) {
    let Value::Options(chosen) = &answer.value else { return };
    for option in chosen {
        let Some(concept) = &option.concept else { continue };
        if meaning.subject == Subject::Ratification && meaning.instrument.is_none() {
            // The form does not say of which instrument; the answer does: `YES, since 2005 for C.29 and C.105`.
            for (instrument, place) in instruments(reader, prose) {
                let range = option.range.start..place.end.max(option.range.end);
                let Some(subject) = ratification(reader, at, answer, &instrument, range.clone()) else { continue };
                let Some(evidence) = reader.evidence(Some(at), &answer.text, range.clone()) else { continue };
                let object = reader.fixed_at(concept.clone(), skos::CONCEPT, evidence);
                say(reader, at, answer, (subject, &meaning.property.0), Object::Mention(object), range);
            }
            continue;
        }
        let Some(subject) = subject(reader, at, answer, meaning, option.range.clone()) else { continue };
        let Some(evidence) = reader.evidence(Some(at), &answer.text, option.range.clone()) else { continue };
        let object = reader.fixed_at(concept.clone(), skos::CONCEPT, evidence);
        say(reader, at, answer, (subject, &meaning.property.0), Object::Mention(object), option.range.clone());
    }
}

/// The known instruments that an answer names, each at its first place.
fn instruments(reader: &Reader<'_>, prose: &Prose<'_>) -> Vec<(NamedNode, Range<usize>)> {
    let mut found: Vec<(NamedNode, Range<usize>)> = Vec::new();
    for spot in 0..prose.spots.len() {
        if let Some(instrument) = instrument(reader, prose, spot).filter(|i| found.iter().all(|(other, _)| other != i)) {
            found.push((instrument, prose.place.bytes(&prose.spots[spot].tokens)));
        }
    }
    found
}

/// The known instrument that a spot names.
fn instrument(reader: &Reader<'_>, prose: &Prose<'_>, spot: usize) -> Option<NamedNode> {
    prose.spots.get(spot).filter(|s| s.kind.as_ref() == class::LEGAL_INSTRUMENT)?;
    match &reader.claims.mentions[prose.ids.get(spot).copied().flatten()?].identity {
        Identity::Known(known) => known.first().cloned(),
        _ => None,
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
    for entry in entries {
        let inside = |s: &&(usize, Range<usize>)| s.1.start >= entry.start && s.1.end <= entry.end;
        let spots: Vec<(usize, Range<usize>)> =
            prose.spots.iter().enumerate().map(|(i, s)| (i, prose.place.bytes(&s.tokens))).filter(|s| inside(&s)).collect();
        let right: Vec<_> = spots
            .iter()
            .filter(|(s, _)| prose.ids[*s].is_some() && fits(reader, &prose.spots[*s].kind, wanted.as_ref()))
            .collect();
        for (spot, range) in right {
            let Some(id) = prose.ids[*spot] else { continue };
            say(reader, at, answer, (subject, &meaning.property.0), Object::Mention(id), range.clone());
        }
    }
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

/// `C29 y C105: ratificados P029: no ratificado`: each status is said of the instruments before it, back to the last one;
/// or of those behind it, in `ratified in 1963 the Convention (No. 105)`, with the year that stands between.
fn statuses(reader: &mut Reader<'_>, at: usize, answer: &Answer, question: &QuestionSpec, meaning: &Meaning, prose: &Prose<'_>) {
    let toks = prose.place.tokens;
    let words: Vec<(Vec<String>, NamedNode)> = question
        .options
        .iter()
        .flat_map(|o| {
            let lang = &reader.report.language;
            let also = o.also.get(lang).into_iter().flatten();
            let wordings = o.text.get(lang).into_iter().chain(also);
            wordings.filter_map(|text| Some((super::tokens::phrase(text), o.concept.as_ref()?.0.clone()))).collect::<Vec<_>>()
        })
        .collect();
    let mut waiting: Vec<usize> = Vec::new();
    // A status that no instrument stands before, and where it begins.
    let mut ahead: Option<(NamedNode, usize)> = None;
    let mut token = 0;
    while token < toks.len() {
        let here = prose.spots.iter().position(|s| s.tokens.start == token);
        if let Some(spot) = here.filter(|spot| prose.spots[*spot].kind.as_ref() == class::LEGAL_INSTRUMENT) {
            let end = prose.spots[spot].tokens.end;
            match &ahead {
                Some((status, start)) => {
                    let range = toks[*start].start()..toks[end - 1].end();
                    let year = year_in(prose, *start..token);
                    status_of(reader, (at, answer), meaning, (prose, spot), status, range, year);
                }
                None => waiting.push(spot),
            }
            token = end;
            continue;
        }
        let longest = words.iter().filter(|(w, _)| same(toks.get(token..token + w.len()), w)).max_by_key(|(w, _)| w.len());
        let Some((status, concept)) = longest else {
            if toks[token].is('.') || toks[token].is(';') {
                ahead = None;
            }
            token += 1;
            continue;
        };
        let end = toks[token + status.len() - 1].end();
        ahead = waiting.is_empty().then(|| (concept.clone(), token));
        for spot in waiting.drain(..) {
            let range = toks[prose.spots[spot].tokens.start].start()..end;
            status_of(reader, (at, answer), meaning, (prose, spot), concept, range, None);
        }
        token += status.len();
    }
}

/// Says the status of the instrument that a spot names, and since when, if a year is given.
fn status_of(
    reader: &mut Reader<'_>,
    (at, answer): (usize, &Answer),
    meaning: &Meaning,
    (prose, spot): (&Prose<'_>, usize),
    status: &NamedNode,
    range: Range<usize>,
    year: Option<oxigraph::model::Literal>,
) {
    let Some(instrument) = instrument(reader, prose, spot) else { return };
    let Some(subject) = ratification(reader, at, answer, &instrument, range.clone()) else { return };
    let Some(evidence) = reader.evidence(Some(at), &answer.text, range.clone()) else { return };
    let object = reader.fixed_at(status.clone(), skos::CONCEPT, evidence);
    say(reader, at, answer, (subject, &meaning.property.0), Object::Mention(object), range.clone());
    if let Some(year) = year {
        say(reader, at, answer, (subject, &flg::START_DATE.into_owned()), Object::Literal(year), range);
    }
}

/// The last date that stands in a range of tokens.
fn year_in(prose: &Prose<'_>, tokens: Range<usize>) -> Option<oxigraph::model::Literal> {
    let dates = prose.spots.iter().filter(|s| tokens.start <= s.tokens.start && s.tokens.end <= tokens.end);
    dates
        .filter_map(|spot| if let super::spots::What::Date(date) = &spot.what { Some(date.start.clone()) } else { None })
        .next_back()
}

/// Whether tokens are these words, by their stems where they are inflected: `ratificados` for `ratificado`.
fn same(tokens: Option<&[super::tokens::Token]>, words: &[String]) -> bool {
    let inflected =
        |t: &str, w: &str| t == w || (w.len() > 4 && t.strip_prefix(&w[..w.len() - 1]).is_some_and(|rest| rest.len() <= 3));
    tokens.is_some_and(|ts| !words.is_empty() && ts.iter().zip(words).all(|(t, w)| inflected(&t.folded, w)))
}
