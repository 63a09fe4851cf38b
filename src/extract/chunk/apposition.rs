//! Titles that a noun behind them explains: "Safe Nets for Youth (2018–2022), a $5 million project implemented by …".

use crate::extract::tokens::{Kind, Token, apostrophe};
use crate::extract::vocabulary::Senses;
use std::ops::Range;

/// Between the comma and the noun stand no more tokens than this: an article, a sum, a few adjectives.
const LONGEST_GAP: usize = 14;
/// A title has at least so many words.
const FEWEST_WORDS: usize = 2;

/// The title that the noun at `at` explains: all that stands between the beginning of the sentence and the comma before
/// the noun, if it is written as a title. A period in brackets is no part of it.
pub(super) fn title_before(tokens: &[Token], at: usize, floor: usize) -> Option<Range<usize>> {
    let from = floor.max(at.saturating_sub(LONGEST_GAP));
    let commas = (from..at).rev().filter(|i| tokens[*i].is(',') && !in_number(tokens, *i));
    let explains = |t: &Token| (!t.capital || t.upper || t.is('$')) && !(ends(t) && t.spaced);
    commas.take_while(|i| tokens[i + 1..at].iter().all(explains)).find_map(|comma| {
        let mut end = comma;
        if tokens[end.checked_sub(1)?].is(')') {
            end = (floor..end).rev().find(|i| tokens[*i].is('('))?;
        }
        let start = (floor..end).rev().find(|i| ends(&tokens[*i])).map_or(floor, |i| i + 1);
        is_title(tokens, start..end).then_some(start..end)
    })
}

/// Whether words are written as a title: it begins with a capital, all but small words have one, and there are several.
fn is_title(tokens: &[Token], range: Range<usize>) -> bool {
    let here = &tokens[range];
    let small = |t: &Token| {
        t.can_be(Senses::CONNECTOR)
            || t.can_be(Senses::OPENER)
            || t.can_be(Senses::OWNER_ENDING)
            || t.kind == Kind::Number
            || apostrophe(t)
            || [',', '-', '–', '&', '"', '“', '”'].iter().any(|c| t.is(*c))
    };
    let capitals = here.iter().filter(|t| t.capital && t.kind == Kind::Word).count();
    let begins = here.first().is_some_and(|t| t.capital && !t.can_be(Senses::OPENER));
    begins && capitals >= FEWEST_WORDS && here.iter().all(|t| t.capital || small(t))
}

/// Whether a mark ends what stands before it.
fn ends(token: &Token) -> bool {
    ['.', ';', ':', '?', '!', ')'].iter().any(|c| token.is(*c))
}

/// Whether a comma stands inside of a number: `1,200`.
fn in_number(tokens: &[Token], at: usize) -> bool {
    let digits = |t: Option<&Token>| t.is_some_and(|t| t.kind == Kind::Number);
    !tokens[at].spaced
        && digits(at.checked_sub(1).and_then(|i| tokens.get(i)))
        && digits(tokens.get(at + 1).filter(|t| !t.spaced))
}
