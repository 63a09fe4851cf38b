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

/// Whether a sentence of these words tells what was done in the period of the report.
fn is_result(reader: &Reader<'_>, words: &str) -> bool {
    let rules = &reader.tools.rules.rows;
    rules.results.is_match(words) && !matches(rules.kept.as_ref(), words)
}

/// Whether a sentence is not sure of what it tells.
pub(super) fn is_hedged(reader: &Reader<'_>, place: Place<'_>, tokens: &Range<usize>) -> bool {
    matches(reader.tools.rules.rows.hedges.as_ref(), &words(place, tokens))
}

fn matches(rule: Option<&regex::Regex>, words: &str) -> bool {
    rule.is_some_and(|r| r.is_match(words))
}

/// A sentence of a row's text, or a clause that is read as one.
struct Clause {
    sentence: Sentence,
    /// Its words, folded.
    words: String,
    /// Whether it tells what was done in the period of the report.
    result: bool,
}

impl Clause {
    fn of(reader: &Reader<'_>, place: Place<'_>, sentence: Sentence) -> Self {
        let words = words(place, &sentence.tokens);
        Self { result: is_result(reader, &words), words, sentence }
    }
}

/// The sentences of a row's text, and of each whether it tells what was done in the period of the report; what refers back to such a
/// sentence goes on with it. With `titled`, one that begins with a title of several words is about that.
pub(super) fn sentences(reader: &Reader<'_>, place: Place<'_>, titled: bool) -> (Vec<Sentence>, Vec<bool>) {
    let rules = &reader.tools.rules.rows;
    let rules_lists = &reader.tools.lexicon.rows.lists;
    let clauses = clauses(reader, place);
    let (mut sentences, mut results) = (Vec::with_capacity(clauses.len()), Vec::with_capacity(clauses.len()));
    for Clause { sentence, words, result } in clauses {
        let refers = [&rules.same, &rules.other].into_iter().flatten().any(|r| r.is_match(&words));
        // "The MAP 16 project …", "The Girls Lead Program …" begin on something else.
        let here = &place.tokens[sentence.tokens.clone()];
        let name = |n: usize| here.get(n).is_some_and(|t| t.capital && t.is_wordlike());
        let named = here.get(1).is_some_and(|t| t.upper) || titled && (1..4).all(name);
        // "Other projects include: …" begins a list of its own.
        let lists =
            sentence.tokens.clone().skip(1).any(|i| place.tokens[i].is(':') && rules_lists.contains(&place.tokens[i - 1].folded));
        let goes_on = refers && !named && !lists && results.last() == Some(&true);
        results.push(goes_on || result);
        sentences.push(sentence);
    }
    (sentences, results)
}

/// The sentences of a row's text; where a clause behind a semicolon tells what was done in the period of the report, it is one
/// of its own.
fn clauses(reader: &Reader<'_>, place: Place<'_>) -> Vec<Clause> {
    let toks = place.tokens;
    let mut out = Vec::new();
    let whole = split(toks, &reader.tools.lexicon.words.abbreviations);
    for whole in whole.into_iter().flat_map(|s| label::cited(reader, place, &s)) {
        let tokens = whole.tokens.clone();
        let clause = Clause::of(reader, place, whole);
        let last = tokens.clone().rfind(|i| toks[*i].is(';'));
        let kept = || matches(reader.tools.rules.rows.kept.as_ref(), &clause.words);
        let last = last.filter(|_| clause.result || kept());
        // "X; Y; and Z carried out …" is one list.
        let listed = |i: usize| toks.get(i + 1).is_some_and(|t| reader.tools.lexicon.words.and.contains(&t.folded));
        let result = |part: Range<usize>| is_result(reader, &words(place, &part));
        let ends = |i: usize| if clause.result { !result(tokens.start..i) } else { result(i + 1..tokens.end) };
        match last.filter(|i| !listed(*i) && ends(*i)) {
            Some(cut) => {
                let item = clause.sentence.item;
                for part in [tokens.start..cut + 1, cut + 1..tokens.end].into_iter().filter(|part| !part.is_empty()) {
                    out.push(Clause::of(reader, place, Sentence { tokens: part, item }));
                }
            }
            None => out.push(clause),
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
