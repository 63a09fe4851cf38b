//! What is said instead of an answer: words that were not understood, names that are not known, names of several.

use super::answer::{Answer, Status};
use super::grammar::Reading;
use super::lattice::{Lattice, Value};
use super::meaning::{Cond, Head, Noun, Words};
use super::narrow;
use super::spelling;
use super::tokens::{self, Token};
use super::{AskError, Asker, Row, Understood, reading, say};
use crate::facts::labels::best;
use crate::facts::terms;
use crate::model::vocab::compact;
use crate::names::{Names, Of};
use crate::store::Store;
use oxigraph::model::NamedNodeRef;

/// So many choices or names are offered.
const OFFERED: usize = 6;

/// Whether a word has no meaning at all.
pub(super) fn has_unknown(tokens: &[Token], lattice: &Lattice) -> bool {
    !unknown(tokens, lattice).is_empty()
}

/// The stretches of words that have no meaning.
fn unknown(tokens: &[Token], lattice: &Lattice) -> Vec<Words> {
    let mut found: Vec<Words> = Vec::new();
    for at in 0..tokens.len() {
        let known = lattice.covered.get(at).copied().unwrap_or(false) || lattice.droppable.get(at).copied().unwrap_or(false);
        if known {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.1 == at => last.1 = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}

/// Says what of a question could not be read.
pub(super) fn refuse(asker: &Asker<'_>, understood: &Understood<'_>, mut answer: Answer) -> Result<Answer, AskError> {
    let lang = understood.books.lexicon.lang;
    let words = |key: &str, values: &[(&str, String)]| say::filled(understood.books.lexicon.words, key, values);
    if understood.tokens.is_empty() {
        answer.sentence = words("empty", &[]);
        answer.suggestions = say::examples(understood);
        return Ok(answer);
    }
    if understood.question.len() > tokens::LARGEST {
        answer.sentence = words("too-large", &[("most", tokens::LARGEST.to_string())]);
        return Ok(answer);
    }
    if tokens::is_too_long(understood.question, &understood.tokens) {
        answer.sentence = words("too-long", &[("most", tokens::LONGEST.to_string())]);
        return Ok(answer);
    }
    let strange = unknown(&understood.tokens, &understood.lattice);
    let names: Vec<Words> = strange.iter().filter_map(|stretch| name_around(understood, *stretch)).collect();
    if let Some(name) = names.first().filter(|_| names.len() == strange.len()) {
        let text = reading::text(understood, *name).to_owned();
        let store: &dyn Store = asker.store;
        let names = Names::read(store)?;
        answer.status = Status::NameNotKnown;
        let near = names.nearest(Of::Any, &text, OFFERED);
        answer.suggestions = near.iter().map(|name| called(understood, name.entity.as_ref(), lang)).collect();
        answer.sentence = words("name-not-known", &[("name", text)]);
        if !answer.suggestions.is_empty() {
            answer.sentence += " ";
            answer.sentence += &words("near-names", &[("names", answer.suggestions.join("; "))]);
        }
        return Ok(answer);
    }
    if let Some((stretch, bearers)) = part_of_name(understood) {
        let vocabulary = understood.books.vocabulary;
        let bearers = bearers.into_iter().take(OFFERED).filter_map(|bearer| vocabulary.entities.get(bearer));
        answer.status = Status::NameNotKnown;
        answer.suggestions = bearers.map(|entity| called(understood, entity.iri.as_ref(), lang)).collect();
        answer.sentence = words("name-not-known", &[("name", reading::text(understood, stretch).to_owned())]);
        answer.sentence += " ";
        answer.sentence += &words("near-names", &[("names", answer.suggestions.join("; "))]);
        return Ok(answer);
    }
    let texts: Vec<String> = if strange.is_empty() {
        outside(understood).into_iter().map(|stretch| reading::text(understood, stretch).to_owned()).collect()
    } else {
        strange.iter().map(|stretch| reading::text(understood, *stretch).to_owned()).collect()
    };
    let quoted: Vec<String> = texts.iter().map(|text| format!("“{text}”")).collect();
    answer.sentence = if strange.is_empty() {
        words("not-together", &[("words", quoted.join(", "))])
    } else {
        words("words-not-understood", &[("words", quoted.join(", "))])
    };
    answer.suggestions = say::examples(understood);
    Ok(answer)
}

/// The longest stretch that says a good part of a name, and whose that name is: "the national committee on child labour".
fn part_of_name(understood: &Understood<'_>) -> Option<(Words, Vec<usize>)> {
    /// Fewer words of a name may be meant otherwise.
    const ENOUGH: usize = 3;
    /// No part of a name is longer.
    const MOST: usize = 12;
    let plain: Vec<Option<String>> = understood.tokens.iter().map(|token| spelling::plain(&token.text)).collect();
    // What has a bearer of its own is known, though it may be a part of other names as well.
    let is_name = |words: Words| {
        let bears = |value: &Value| matches!(value, Value::Noun(noun) if matches!(noun.head, Head::Name(_)));
        understood.lattice.edges.iter().any(|edge| (edge.start, edge.end) == words && bears(&edge.value))
    };
    for length in (ENOUGH..=MOST.min(plain.len())).rev() {
        for (start, window) in plain.windows(length).enumerate() {
            let ends = window.first().is_some_and(Option::is_some) && window.last().is_some_and(Option::is_some);
            let words: Vec<String> = window.iter().flatten().cloned().collect();
            if !ends || words.len() < ENOUGH || is_name((start, start + length)) {
                continue;
            }
            let bearers = understood.books.vocabulary.partly_called(&words);
            if !bearers.is_empty() {
                return Some(((start, start + length), bearers));
            }
        }
    }
    None
}

/// The words of a name that a stretch without meaning is part of; none if it is not written like one.
fn name_around(understood: &Understood<'_>, stretch: Words) -> Option<Words> {
    let is_name = |at: usize| understood.tokens.get(at).is_some_and(|token| token.quoted || (token.capital && at > 0));
    let within: Vec<usize> = (stretch.0..stretch.1).filter(|at| is_name(*at)).collect();
    if within.len() < stretch.1 - stretch.0 && !(within.len() * 2 >= stretch.1 - stretch.0 && within.contains(&stretch.0)) {
        return None;
    }
    let mut start = stretch.0;
    while start > 1 && is_name(start - 1) {
        start -= 1;
    }
    let mut end = stretch.1;
    while end < understood.tokens.len() && is_name(end) {
        end += 1;
    }
    Some((start, end))
}

/// The words that the longest stretch with a meaning leaves out.
fn outside(understood: &Understood<'_>) -> Vec<Words> {
    let length = understood.tokens.len();
    let Some((start, end)) = understood.readings.longest else { return vec![(0, length)] };
    let says = |from: usize, to: usize| (from..to).any(|at| !understood.lattice.droppable.get(at).copied().unwrap_or(false));
    let mut found = Vec::new();
    if says(0, start) {
        found.push((0, start));
    }
    if says(end, length) {
        found.push((end, length));
    }
    if found.is_empty() { vec![(0, length)] } else { found }
}

/// A name of the reading that several things bear.
#[derive(Debug)]
pub(super) struct Ambiguous {
    words: Words,
    bearers: Vec<usize>,
}

/// The first name of a reading that is that of several.
pub(super) fn ambiguity(understood: &Understood<'_>, best: &Reading, settled: &Noun) -> Option<Ambiguous> {
    let all = names(settled);
    // Another reading that is as good, and that takes the same words for something else.
    // Where nothing is said of a name that could tell, whatever else bears it may be meant.
    let far = if best.noun.is_name() { 0.5 } else { 0.05 };
    let rival = |words: Words, bearers: &[usize]| {
        let as_good = understood.readings.whole.iter().skip(1).take_while(|other| other.cost - best.cost < far);
        let mut others = Vec::new();
        for other in as_good {
            let mut noun = other.noun.clone();
            narrow::settle(understood, &mut noun);
            let same = names(&noun).into_iter().filter(|(at, _)| *at == words).flat_map(|(_, bearers)| bearers);
            others.extend(same.filter(|bearer| !bearers.contains(bearer)));
        }
        others
    };
    for (words, mut bearers) in all {
        bearers.extend(rival(words, &bearers));
        bearers.sort_unstable();
        bearers.dedup();
        if bearers.len() > 1 {
            return Some(Ambiguous { words, bearers });
        }
    }
    None
}

/// The names of a reading, each with its bearers.
pub(super) fn names(noun: &Noun) -> Vec<(Words, Vec<usize>)> {
    let mut all = Vec::new();
    in_noun(noun, &mut all);
    all
}

fn in_noun(noun: &Noun, all: &mut Vec<(Words, Vec<usize>)>) {
    match &noun.head {
        Head::Name(bearers) => all.push((noun.words, bearers.clone())),
        Head::List { of, .. } => of.iter().for_each(|one| in_noun(one, all)),
        _ => {}
    }
    noun.conds.iter().for_each(|cond| in_cond(cond, all));
    if let Some(against) = &noun.against {
        in_noun(&against.other, all);
    }
}

fn in_cond(cond: &Cond, all: &mut Vec<(Words, Vec<usize>)>) {
    match cond {
        Cond::Link { other, .. } => in_noun(other, all),
        Cond::All(conds) | Cond::Any(conds) => conds.iter().for_each(|cond| in_cond(cond, all)),
        Cond::Per(cond) => in_cond(cond, all),
        Cond::Except(noun) | Cond::Among(noun) | Cond::Scope(noun) | Cond::Unsaid(noun) => in_noun(noun, all),
        Cond::Time(_) | Cond::Answered(_) => {}
    }
}

/// Shows the choices, and how to ask for each.
pub(super) fn ambiguous(understood: &Understood<'_>, mut answer: Answer, found: &Ambiguous) -> Answer {
    let lang = understood.books.lexicon.lang;
    answer.status = Status::Ambiguous;
    let mut choices = Vec::new();
    let range = |at: usize| understood.tokens.get(at).map(|token| token.range.clone());
    for entity in found.bearers.iter().take(OFFERED).filter_map(|b| understood.books.vocabulary.entities.get(*b)) {
        choices.push(called(understood, entity.iri.as_ref(), lang));
        let label = best(&entity.labels, lang).map_or_else(String::new, |(_, label)| label.clone());
        answer.answers.push(Row {
            label,
            iri: Some(entity.iri.as_str().to_owned()),
            value: None,
            evidence: Vec::new(),
            ..Row::default()
        });
        if let (Some(first), Some(last)) = (range(found.words.0), range(found.words.1.saturating_sub(1))) {
            let mut question = understood.question.to_owned();
            question.replace_range(first.start..last.end, &compact(entity.iri.as_ref()));
            answer.suggestions.push(question);
        }
    }
    let text = reading::text(understood, found.words).to_owned();
    answer.sentence = say::filled(
        understood.books.lexicon.words,
        "ambiguous",
        &[("name", text), ("choices", say::either(&choices, understood.books.lexicon.words))],
    );
    answer
}

/// A thing with what it is: "CAT: a trade union of Mexico".
pub(super) fn called(understood: &Understood<'_>, iri: NamedNodeRef<'_>, lang: &str) -> String {
    let vocabulary = understood.books.vocabulary;
    let Some(entity) = vocabulary.place(iri.as_str()).and_then(|at| vocabulary.entities.get(at)) else { return compact(iri) };
    let label = best(&entity.labels, lang).map_or_else(|| compact(iri), |(_, label)| label.clone());
    let kinds = super::sorts::iris(entity.sorts);
    let kind =
        kinds.iter().find(|kind| super::sorts::is_class(kind)).map(|kind| terms::label(NamedNodeRef::new_unchecked(kind), lang));
    let country = entity.country.as_ref().and_then(|country| super::rows::label(vocabulary, country.as_ref(), lang));
    let notes: Vec<String> = kind.into_iter().chain(country).collect();
    if notes.is_empty() { label } else { format!("{label} ({})", notes.join(", ")) }
}
