//! Names that a noun behind them announces: "the Fields of Hope project".

use super::{Around, Chunker};
use crate::extract::tokens::{Kind, Token};
use crate::extract::vocabulary::Senses;

impl Chunker {
    /// Where the name begins that a head behind it announces: "the Fields of Hope project".
    pub(super) fn announced_behind(&self, tokens: &[Token], at: usize, floor: usize, around: &Around) -> Option<usize> {
        let name = |i: usize| {
            let t = &tokens[i];
            let number = t.kind == Kind::Number && t.folded.len() < 4;
            (t.capital || number) && !around.inside.contains(&i) && !t.can_be(Senses::OPENER)
        };
        let mut start = at;
        while start > floor {
            let before = start - 1;
            if name(before) || start < at && tokens[before].is('-') && !tokens[before].spaced && !tokens[start].spaced {
                start = before;
                continue;
            }
            // Small words stand inside the name where a capitalised one stands before them.
            let small = (floor..start)
                .rev()
                .take_while(|i| {
                    let t = &tokens[*i];
                    let titled = *i >= floor + 2 && name(*i - 1) && name(*i - 2);
                    let word = t.can_be(Senses::CONNECTOR) && !t.can_be(Senses::AND);
                    word && (titled || !t.can_be(Senses::LOCATIVE))
                })
                .take(2)
                .count();
            let next = start.checked_sub(small + 1).filter(|i| start < at && small > 0 && *i >= floor && name(*i));
            match next.or_else(|| self.paired(tokens, start, floor, around).filter(|i| start < at && name(*i))) {
                Some(next) => start = next,
                None => break,
            }
        }
        let named = (start..at).any(|i| tokens[i].capital && !around.places.contains(&i));
        (named && tokens.get(at).is_some_and(|t| t.spaced)).then_some(start)
    }

    /// Where a name begins whose words are joined by "and", behind an article: "the Rescue and Tide scheme". Of two names the first
    /// would begin with a noun that tells what it is, or be known.
    fn paired(&self, tokens: &[Token], start: usize, floor: usize, around: &Around) -> Option<usize> {
        /// So many words may stand between the article and "and".
        const MOST: usize = 2;
        let and = start.checked_sub(1).filter(|i| *i > floor && tokens[*i].can_be(Senses::AND))?;
        let word = |i: &usize| {
            let t = &tokens[*i];
            t.capital
                && !t.upper
                && t.spaced
                && !t.can_be(Senses::CONNECTOR)
                && !around.inside.contains(i)
                && !around.places.contains(i)
        };
        let before = (floor..and).rev().take_while(word).count();
        let first = and.checked_sub(before).filter(|i| (1..=MOST).contains(&before) && *i > floor)?;
        let article = &tokens[first - 1];
        let one = !tokens[start].upper && !self.begins_name(tokens, first, false);
        let announced = article.can_be(Senses::CONNECTOR) && !article.can_be(Senses::GENITIVE);
        (one && announced && !article.can_be(Senses::AND)).then_some(first)
    }
}
