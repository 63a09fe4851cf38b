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
        (named && !(start + 1 == at && self.is_common(tokens, start)) && tokens.get(at).is_some_and(|t| t.spaced))
            .then_some(start)
    }

    /// Whether a word has its capital from the sentence that it begins, and tells no project from others: "Two projects", "Pilot projects".
    fn is_common(&self, tokens: &[Token], at: usize) -> bool {
        let word = &tokens[at];
        let begins = at.checked_sub(1).is_none_or(|before| !tokens[before].is_wordlike() && !tokens[before].is('-'));
        begins
            && !word.upper
            && (word.can_be(Senses::NUMERAL)
                || std::iter::once(word.folded.as_str())
                    .chain(self.plural_endings.without(&word.folded))
                    .any(|w| self.common.contains(w)))
    }

    /// Where the name of a body ends behind which a noun announces what it gave for: "Tide Foundation for the Safe Nets programme".
    pub(super) fn before_programme(&self, tokens: &[Token], from: usize, end: usize) -> usize {
        let small = |t: &Token| !t.capital && t.can_be(Senses::CONNECTOR) && !t.can_be(Senses::AND);
        let behind = tokens.get(end).filter(|t| !t.capital).and_then(|_| self.announces_before(tokens, end));
        let cut = (from..end).rev().find(|i| small(&tokens[*i]) && !small(&tokens[*i - 1]));
        match (behind, cut) {
            (Some(_), Some(cut)) if !tokens[cut].can_be(Senses::GENITIVE) => cut,
            _ => end,
        }
    }

    /// Where the name of a programme ends before the places that it is in: "el proyecto Redes Limpias en Asunción, Encarnación y Luque".
    pub(super) fn before_places(&self, tokens: &[Token], from: usize, end: usize, around: &Around) -> usize {
        let within = |i: usize| !tokens[i].capital && self.within.contains(&tokens[i].folded);
        let place = |i: usize| tokens[i].capital && (around.places.contains(&i) || tokens[i].can_be(Senses::PLACE));
        (from + 1..end.saturating_sub(1)).find(|i| within(*i) && place(i + 1)).unwrap_or(end)
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

/// Where the name begins that a noun before `from` announces by a word like "called": "a new project, funded by the Bank and called
/// Safe Nets", "campaña nacional denominada «Redes»".
pub(super) fn called(tokens: &[Token], from: usize) -> Option<usize> {
    /// Between the noun and that word stand so many tokens at most, or so many where no comma parts it from them.
    const MOST: usize = 16;
    const CLOSE: usize = 3;
    let ends =
        |t: &Token| t.is('.') || t.is(';') || t.is(':') || t.can_be(Senses::HEAD) && !t.capital && !t.can_be(Senses::NAMING);
    let within = tokens.iter().enumerate().skip(from).take(MOST).take_while(|(_, t)| !ends(t));
    let (naming, _) = within.into_iter().find(|(_, t)| t.can_be(Senses::NAMING) && !t.capital)?;
    let parted = naming > from && [',', ')'].iter().any(|c| tokens[naming - 1].is(*c));
    let close = naming - from < CLOSE && tokens[from..naming].iter().all(|t| t.kind == Kind::Word && !t.capital);
    let small = tokens[naming + 1..].iter().take(1).take_while(|t| !t.capital && t.can_be(Senses::CONNECTOR)).count();
    let start = naming + 1 + small + usize::from(tokens.get(naming + 1 + small).is_some_and(|t| t.is(':')));
    let opens = |t: &Token| t.is('“') || t.is('«') || t.is('"');
    let first = tokens.get(start)?;
    let name = first.capital && first.spaced && !first.can_be(Senses::OPENER) || opens(first);
    ((parted || close) && name).then_some(start)
}
