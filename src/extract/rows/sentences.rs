//! Which sentences of a row are read, and what each is about.

use super::cell::plain;
use super::subjects::{named_inside, of_outsider, own_programme, refers, subjects};
use super::umbrella::{Item, Piece};
use super::{RowOf, label, units};
use crate::extract::prose::Prose;
use crate::extract::reader::{Place, Reader};
use crate::extract::tokens::{Sentence, sentences as split};
use crate::model::claim::MentionId;
use crate::model::id::fold;
use crate::model::vocab::class;
use std::ops::Range;

/// The words of a sentence, folded, with straight apostrophes.
pub(super) fn words(place: Place<'_>, tokens: &Range<usize>) -> String {
    fold(&plain(place.text(tokens))).replace('’', "'")
}

/// Whether a sentence tells what was done in the period of the report.
pub(super) fn is_result(reader: &Reader<'_>, place: Place<'_>, tokens: &Range<usize>) -> bool {
    let words = words(place, tokens);
    let rules = &reader.tools.rules.rows;
    rules.results.is_match(&words) && !matches(rules.kept.as_ref(), &words)
}

/// Whether a sentence is not sure of what it tells.
pub(super) fn is_hedged(reader: &Reader<'_>, place: Place<'_>, tokens: &Range<usize>) -> bool {
    matches(reader.tools.rules.rows.hedges.as_ref(), &words(place, tokens))
}

fn matches(rule: Option<&regex::Regex>, words: &str) -> bool {
    rule.is_some_and(|r| r.is_match(words))
}

/// Of each sentence, whether it tells that; what refers back to such a sentence goes on with it.
/// With `titled`, one that begins with a title of several words is about that.
pub(super) fn results(reader: &Reader<'_>, place: Place<'_>, sentences: &[Sentence], titled: bool) -> Vec<bool> {
    let rules = &reader.tools.rules.rows;
    let rules_lists = &reader.tools.lexicon.rows.lists;
    let mut out: Vec<bool> = Vec::new();
    for sentence in sentences {
        let text = words(place, &sentence.tokens);
        let refers = [&rules.same, &rules.other].into_iter().flatten().any(|r| r.is_match(&text));
        // "The MAP 16 project …", "The Girls Lead Program …" begin on something else.
        let here = &place.tokens[sentence.tokens.clone()];
        let name = |n: usize| here.get(n).is_some_and(|t| t.capital && t.is_wordlike());
        let named = here.get(1).is_some_and(|t| t.upper) || titled && (1..4).all(name);
        // "Other projects include: …" begins a list of its own.
        let lists =
            sentence.tokens.clone().skip(1).any(|i| place.tokens[i].is(':') && rules_lists.contains(&place.tokens[i - 1].folded));
        let goes_on = refers && !named && !lists && out.last() == Some(&true);
        out.push(goes_on || is_result(reader, place, &sentence.tokens));
    }
    out
}

/// The sentences of a row's text; where a clause behind a semicolon tells what was done in the period of the report, it is one
/// of its own.
pub(super) fn clauses(reader: &Reader<'_>, place: Place<'_>) -> Vec<Sentence> {
    let toks = place.tokens;
    let mut out = Vec::new();
    let whole = split(toks, &reader.tools.lexicon.words.abbreviations);
    for whole in whole.into_iter().flat_map(|s| label::cited(reader, place, &s)) {
        let tokens = whole.tokens.clone();
        let told = is_result(reader, place, &tokens);
        let last = tokens.clone().rfind(|i| toks[*i].is(';'));
        let kept = || matches(reader.tools.rules.rows.kept.as_ref(), &words(place, &tokens));
        let last = last.filter(|_| told || kept());
        // "X; Y; and Z carried out …" is one list.
        let listed = |i: usize| toks.get(i + 1).is_some_and(|t| reader.tools.lexicon.words.and.contains(&t.folded));
        let ends = |i: usize| {
            if told { !is_result(reader, place, &(tokens.start..i)) } else { is_result(reader, place, &(i + 1..tokens.end)) }
        };
        let cut = last.filter(|i| !listed(*i) && ends(*i));
        match cut {
            Some(cut) => {
                out.push(Sentence { tokens: tokens.start..cut + 1, item: whole.item });
                if cut + 1 < tokens.end {
                    out.push(Sentence { tokens: cut + 1..tokens.end, item: whole.item });
                }
            }
            None => out.push(whole),
        }
    }
    out
}

/// The topics of a row's sentences.
#[derive(Clone, Debug, Default)]
pub(super) struct Topics {
    pub all: Vec<Vec<MentionId>>,
}

impl Topics {
    pub(super) fn of(reader: &Reader<'_>, row: &RowOf<'_>, prose: &Prose<'_>, pieces: &[Piece], items: &[Item]) -> Self {
        let mut all = Vec::new();
        let mut current = row.title.topics.clone();
        let mut labelled = false;
        for (at, piece) in pieces.iter().enumerate() {
            let unsure = piece.item.is_none() && is_hedged(reader, prose.place, &piece.sentence.tokens);
            if !piece.read || unsure {
                all.push(Vec::new());
                continue;
            }
            let rules = &reader.tools.rules.rows;
            let whole = &piece.sentence.tokens;
            let behind = label::behind(reader, row, prose.place.tokens, whole);
            labelled |= behind.is_some();
            let text = words(prose.place, &(behind.unwrap_or(whole.start)..whole.end));
            let starts = |r: &Option<regex::Regex>| r.as_ref().is_some_and(|r| r.is_match(&text));
            let same = starts(&rules.same) && refers(reader, &current, &text);
            let mut subjects = subjects(reader, prose, at);
            if subjects.is_empty() {
                subjects.extend(own_programme(row, reader, prose, at));
            }
            let body = |id: &MentionId| {
                [class::GOVERNMENT_BODY, class::COMMISSION, class::FORUM].contains(&reader.class_of(*id))
                    && !row.title.topics.contains(id)
            };
            // "USDOL-funded project that …" and "The Minister serves as its chair" speak of the row.
            let programmes = row.table.class.as_ref().is_some_and(|c| c.0.as_ref() == class::PROGRAMME);
            // "The head of the Labor Bureau serves as its secretary", though no body's name begins it.
            let of_row = !row.title.topics.is_empty()
                && (starts(&rules.of_row) || programmes && subjects.iter().any(body))
                && (subjects.is_empty() || subjects.iter().any(body));
            if of_row {
                subjects.clear();
            }
            let defined = at == 0 && starts(&rules.definitions) && !row.title.umbrella;
            let here = if let Some(behind) = behind {
                current = label::named(reader, row, prose, whole, behind);
                current.clone()
            } else if let Some(item) = piece.item {
                current = vec![items[item].id];
                current.clone()
            } else if !subjects.is_empty() {
                if !same {
                    current.clone_from(&subjects);
                }
                subjects
            } else if of_outsider(reader, row, prose, at) && !starts(&rules.of_row) {
                Vec::new()
            } else if let Some(named) = named_inside(reader, row, prose, at, same) {
                current.clone_from(&named);
                named
            } else if defined || of_row && current.iter().all(|c| row.title.topics.contains(&reader.origin(*c))) {
                row.title.topics.clone()
            } else if same || !(starts(&rules.other) || starts(&rules.same)) {
                // "Led by X": a sentence without a subject that says who leads speaks of the row.
                let row_itself = starts(&rules.asides) || starts(&rules.through);
                // Of a row on several things, the one that was spoken of last.
                let part = !current.is_empty()
                    && current.len() < row.title.topics.len()
                    && current.iter().all(|c| row.title.topics.contains(&reader.origin(*c)));
                let owners = starts(&rules.through).then(|| units::owners(reader, row, prose, at)).flatten();
                let row_itself = row_itself && !row.title.umbrella && !labelled && !part;
                owners.unwrap_or_else(|| if row_itself { row.title.topics.clone() } else { current.clone() })
            } else {
                Vec::new()
            };
            all.push(here);
        }
        Self { all }
    }
}
