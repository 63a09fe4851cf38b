//! Names that a row's text sets before what it says of each: "Harbor Board: Coordinates …. Border Police: Investigates …".

use super::RowOf;
use crate::extract::prose::Prose;
use crate::extract::reader::{Place, Reader};
use crate::extract::tokens::{Sentence, Token};
use crate::knowledge::words::folded_words;
use crate::model::claim::MentionId;
use crate::model::vocab::class;
use std::ops::Range;

/// A label has no more tokens than this.
const LONGEST: usize = 32;

/// Names that begin with so many words of a label may be what it means.
const BEGINNING: usize = 4;

/// Where what a sentence says begins behind the name, with a colon, that it is said of; only where a row may be about several
/// bodies.
pub(super) fn behind(reader: &Reader<'_>, row: &RowOf<'_>, toks: &[Token], sentence: &Range<usize>) -> Option<usize> {
    let bodies = [class::GOVERNMENT_BODY, class::COMMISSION];
    row.table.class.as_ref().filter(|c| bodies.contains(&c.0.as_ref()))?;
    let words = &reader.tools.lexicon.words;
    let endings = &reader.tools.lexicon.rows.owner_endings;
    let word = |t: &Token| {
        let small = words.connectors.contains(&t.folded) || words.and.contains(&t.folded);
        t.capital || small || t.is('(') || t.is(')') || t.is('-') || t.is('’') || t.is('\'') || endings.contains(&t.folded)
    };
    let here = sentence.start..sentence.end.min(sentence.start + LONGEST);
    let colon = here.clone().find(|i| toks[*i].is(':')).filter(|i| *i > sentence.start + 1)?;
    let named = toks[sentence.start].capital && toks[sentence.start..colon].iter().all(word);
    let next = toks.get(colon + 1).filter(|_| colon + 1 < sentence.end)?;
    (named && next.capital && !next.upper).then_some(colon + 1)
}

/// Whom a label names: what it begins with, or else the one of the row's bodies whose acronym it has or whose name begins as it does.
pub(super) fn named(
    reader: &Reader<'_>,
    row: &RowOf<'_>,
    prose: &Prose<'_>,
    sentence: &Range<usize>,
    behind: usize,
) -> Vec<MentionId> {
    let toks = prose.place.tokens;
    let bodies = [class::GOVERNMENT_BODY, class::COMMISSION, class::FORUM];
    let spot = prose.spots.iter().zip(&prose.ids).find(|(s, _)| {
        let whole = s.tokens.end + 1 >= behind || toks.get(s.tokens.end).is_some_and(|t| t.is('('));
        s.tokens.start == sentence.start && whole && bodies.contains(&s.kind.as_ref())
    });
    if let Some(id) = spot.and_then(|(_, id)| *id) {
        return vec![id];
    }
    let label = folded_words(prose.place.text(&(sentence.start..behind)));
    let meant = |id: &&MentionId| {
        let names = [**id, reader.origin(**id)].into_iter().flat_map(|id| &reader.claims.mentions[id].names);
        // An acronym that is explained further on has no name yet.
        let written = &reader.claims.mentions[**id].evidence.quote;
        names.map(|name| folded_words(&name.text)).chain([folded_words(written)]).any(|name| match name.as_slice() {
            [word] => label.contains(word),
            words => words.len() > BEGINNING && label.starts_with(&words[..BEGINNING]),
        })
    };
    let mut topics = row.title.topics.iter().filter(meant);
    topics.next().filter(|_| topics.next().is_none()).copied().into_iter().collect()
}

/// A sentence parted where a citation, which is no word of it, ends one without a full stop: "… of Exploitation (1,37) This
/// committee met".
pub(super) fn cited(reader: &Reader<'_>, place: Place<'_>, sentence: &Sentence) -> Vec<Sentence> {
    let toks = place.tokens;
    let text = place.passage.text();
    let opens = |i: usize| {
        let (before, token) = (&toks[i - 1], &toks[i]);
        let cites = || text.get(before.end()..token.start()).is_some_and(|between| between.contains(')'));
        let opener = || reader.tools.lexicon.words.determiners.contains(&token.folded);
        token.capital && !token.upper && before.is_wordlike() && cites() && opener()
    };
    let cuts: Vec<usize> = (sentence.tokens.start + 1..sentence.tokens.end).filter(|i| opens(*i)).collect();
    let starts = std::iter::once(sentence.tokens.start).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([sentence.tokens.end]);
    starts.zip(ends).map(|(start, end)| Sentence { tokens: start..end, item: sentence.item }).collect()
}
