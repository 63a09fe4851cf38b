//! The statements of an answer as concepts: each sentence of "2012 AR: Lack of data; lack of staff." names a difficulty.

use super::prose::Prose;
use super::reader::Reader;
use super::tokens::{Kind, Token, phrase};
use crate::knowledge::form::{Form, Meaning, Subject};
use crate::model::claim::{Evidence, Identity, Mention, MentionId, Name, NameKind, Object};
use crate::model::id::{fold, resource, slug};
use crate::model::report::Answer;
use crate::model::vocab::{class, flg, skos};
use oxigraph::model::NamedNode;
use std::ops::Range;

/// So many words that begin with "none" or "NIL" say that there is nothing: "NIL before 2010".
const SHORT: usize = 4;

/// Says each statement of an answer as a meaning asks: of the country, or of a need that is made for it.
pub(super) fn read(reader: &mut Reader<'_>, at: usize, answer: &Answer, form: &Form, meaning: &Meaning, prose: &Prose<'_>) {
    let Some(scheme) = meaning.scheme.as_ref().map(|scheme| &scheme.0) else { return };
    let toks = prose.place.tokens;
    // Where a line before a date has no full stop, both are one sentence.
    let dating = form.dated.patterns(&reader.report.language).map_or(&[][..], |dating| &dating.begins);
    let text = answer.text.text();
    let marks: Vec<Range<usize>> = dating.iter().flat_map(|mark| mark.find_iter(text).map(|found| found.range())).collect();
    let parts_at = |at: usize| toks[at].is(';') || marks.iter().any(|mark| mark.contains(&toks[at].start()));
    let parts = prose.sentences.iter().flat_map(|sentence| parts(toks, sentence.tokens.clone(), &parts_at));
    for (whole, words) in parts.collect::<Vec<_>>() {
        if says_nothing(reader, form, meaning, &toks[words.clone()]) {
            continue;
        }
        let Some(evidence) = reader.evidence(Some(at), &answer.text, prose.place.bytes(&whole)) else { continue };
        let Some(topic) = concept(reader, at, answer, scheme, prose.place.bytes(&words)) else { continue };
        let subject = match &meaning.subject {
            Subject::Country => reader.country,
            Subject::Need => need(reader, &topic.1, &evidence),
            Subject::Report | Subject::Ratification | Subject::Concept(_) => continue, // the form's check rules it out
        };
        reader.say(subject, &meaning.property.0, Object::Mention(topic.0), evidence.clone(), "form", 1.0);
        if meaning.subject == Subject::Need {
            let own = reader.country;
            reader.say(subject, &flg::COUNTRY.into_owned(), Object::Mention(own), evidence, "form", 1.0);
        }
    }
}

/// The statements of a sentence, parted by semicolons and dates: each with who states it, and without: "According to the union: lack of
/// data" is a lack of data.
fn parts(toks: &[Token], sentence: Range<usize>, parts_at: &impl Fn(usize) -> bool) -> Vec<(Range<usize>, Range<usize>)> {
    let ends = sentence.clone().filter(|at| parts_at(*at)).chain([sentence.end]);
    let mut start = sentence.start;
    let mut out = Vec::new();
    for end in ends {
        let mut whole = start..end;
        start = end + 1;
        let marks = |at: usize| toks[at].kind == Kind::Mark && !toks[at].is('"') && !toks[at].is('”') && !toks[at].is(')');
        while !whole.is_empty() && marks(whole.end - 1) {
            whole.end -= 1;
        }
        while !whole.is_empty() && marks(whole.start) && !toks[whole.start].is('(') {
            whole.start += 1;
        }
        let mut words = whole.clone();
        for at in whole.clone() {
            let colon = toks[at].is(':') && toks.get(at + 1).is_some_and(|next| next.spaced);
            // "assistance in (i) assessing …": the first item of a list.
            let item =
                toks[at].is(')') && at >= 2 && at - 1 > whole.start && toks[at - 1].folded.len() <= 3 && toks[at - 2].is('(');
            let first = toks[at].is(')') && at == whole.start + 1 && toks[whole.start].folded.len() <= 3;
            if colon || first || item && is_number(&toks[at - 1]) {
                words.start = at + 1;
            }
        }
        while !words.is_empty()
            && toks[words.start].kind == Kind::Mark
            && !toks[words.start].is('"')
            && !toks[words.start].is('“')
        {
            words.start += 1;
        }
        if words.clone().any(|at| toks[at].kind == Kind::Word) {
            out.push((whole, words));
        }
    }
    out
}

/// Whether a token is the number of a list's item: `i`, `iv`, `a`, `2`.
fn is_number(token: &Token) -> bool {
    token.kind == Kind::Number || token.folded.len() == 1 || token.folded.chars().all(|c| "ivx".contains(c))
}

/// Whether a statement says that there is nothing to state, or what the meaning leaves out.
fn says_nothing(reader: &Reader<'_>, form: &Form, meaning: &Meaning, words: &[Token]) -> bool {
    let lang = &reader.report.language;
    let text: Vec<&str> = words.iter().map(|t| t.folded.as_str()).collect();
    let has = |known: &String, begins: bool| {
        let known = phrase(known);
        let here = |at: usize| text.get(at..at + known.len()).is_some_and(|t| t.iter().zip(&known).all(|(t, k)| t == k));
        !known.is_empty() && if begins { here(0) } else { (0..text.len()).any(here) }
    };
    let answers = [&form.words.nothing, &form.words.no, &form.words.yes];
    let nothing =
        text.len() <= SHORT && answers.iter().filter_map(|words| words.get(lang)).flatten().any(|known| has(known, true));
    let joined = text.join(" ");
    nothing
        || meaning.unless.get(lang).into_iter().flatten().any(|known| has(known, false))
        || reader.tools.rules.nothing.as_ref().is_some_and(|nothing| nothing.is_match(&joined))
}

/// The concept that words name: the scheme's own of that name, or a new one of the scheme.
fn concept(
    reader: &mut Reader<'_>,
    at: usize,
    answer: &Answer,
    scheme: &NamedNode,
    words: Range<usize>,
) -> Option<(MentionId, NamedNode)> {
    let text = answer.text.slice(words.clone()).to_owned();
    let evidence = reader.evidence(Some(at), &answer.text, words)?;
    let authority = reader.tools.authority;
    let of_scheme = |iri: &&NamedNode| authority.entity(iri.as_ref()).is_some_and(|known| known.scheme.as_ref() == Some(scheme));
    if let Some(known) = authority.by_name(&fold(&text)).iter().find(of_scheme).cloned() {
        return Some((reader.fixed_at(known.clone(), skos::CONCEPT, evidence), known));
    }
    let of_it = authority.entities().find(|known| known.scheme.as_ref() == Some(scheme));
    let folder = of_it.and_then(|known| known.iri.as_str().rsplit('/').nth(1)).unwrap_or("concept");
    let iri = resource(folder, &slug(&text));
    let lang = Some(reader.report.language.clone());
    let names = vec![Name { text, lang, kind: NameKind::Name, evidence: evidence.clone() }];
    let (class, identity) = (skos::CONCEPT.into_owned(), Identity::Fixed(iri.clone()));
    Some((reader.push(Mention { class, names, identity, country: None, evidence }), iri))
}

/// The need of a topic.
fn need(reader: &mut Reader<'_>, topic: &NamedNode, evidence: &Evidence) -> MentionId {
    let topic = topic.as_str().rsplit('/').next().unwrap_or_default();
    let iri = resource("cooperation-need", &format!("{}-{topic}", reader.report.id));
    reader.fixed_at(iri, class::COOPERATION_NEED, evidence.clone())
}
