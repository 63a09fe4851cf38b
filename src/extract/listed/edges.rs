//! What stands beside a listed name: whether it is a name of its own, or a part of a longer one.

use crate::extract::localities::Localities;
use crate::extract::tokens::{Kind, Token, apostrophe, ends_owner};
use crate::extract::vocabulary::Senses;

/// Nouns and small words that are looked past beside a name.
const MOST_BESIDE: usize = 3;
/// An article that a hyphen ties to a name has no more letters: `al-`.
const ARTICLE: usize = 2;

/// Whether a token may say what a name beside it names: `County`.
pub(super) fn tells(token: &Token) -> bool {
    token.can_be(Senses::PLACE_NOUN) && !token.upper
}

/// Where the nouns end that stand behind a name and say what it names: `Nairobi City County`.
pub(super) fn past_nouns(toks: &[Token], end: usize, capital: bool) -> usize {
    let noun = |t: &&Token| t.spaced && tells(t) && (t.capital || !capital);
    end + toks.get(end..).unwrap_or_default().iter().take(MOST_BESIDE).take_while(noun).count()
}

impl Localities {
    /// Whether what stands before a name leaves it a name of its own: not "UNICEF Piura", "Universidad de Piura", "Mr. Kilifi".
    pub(super) fn free_before(&self, toks: &[Token], start: usize) -> bool {
        let Some(mut at) = start.checked_sub(1) else { return true };
        // "d'Abidjan", "l'Artibonite"
        if apostrophe(&toks[at]) && !toks[start].spaced {
            match at.checked_sub(1).filter(|before| !toks[*before].capital && !toks[at].spaced) {
                Some(before) => at = before,
                None => return false,
            }
        }
        let before = &toks[at];
        if before.kind == Kind::Mark {
            // "al-Jawf" begins with an article.
            let article = at.checked_sub(1).is_some_and(|t| !toks[t].capital && toks[t].folded.len() <= ARTICLE);
            // A line may break behind a hyphen: "Embassy- Accra".
            let tied = !(toks[start].spaced && before.spaced) && (before.is('-') || before.is('–')) && !article;
            let title = before.is('.') && at.checked_sub(1).is_some_and(|t| toks[t].capital && self.shortens(&toks[t]));
            return !(tied || title);
        }
        if before.capital {
            return tells(before) && self.free_before(toks, at)
                || !before.upper && (before.can_be(Senses::SMALL) || before.can_be(Senses::OPENER));
        }
        let named = self.named_of(toks, at + 1);
        named.is_none_or(|noun| tells(&toks[noun]) && self.free_before(toks, noun))
    }

    /// The word with a capital that "of" and nouns in lower case tie to what begins at `end`: "Universidad de", "Cour d'appel de".
    /// It may begin an organisation's name, also where it begins a sentence: "Trabajadores de Piura".
    fn named_of(&self, toks: &[Token], mut end: usize) -> Option<usize> {
        let letter = |t: &Token| t.is_wordlike() && t.folded.len() == 1;
        let small = |t: &&Token| !t.capital && (self.ties(t) || t.can_be(Senses::DETERMINER) || letter(t) || apostrophe(t));
        for _ in 0..MOST_BESIDE {
            let run = toks[..end].iter().rev().take(MOST_BESIDE + 1).take_while(small);
            let (length, tied) = run.fold((0, false), |(length, tied), t| (length + 1, tied || self.ties(t)));
            let noun = end.checked_sub(length + 1).filter(|noun| tied && toks[*noun].is_wordlike())?;
            if toks[noun].capital {
                return Some(noun);
            }
            end = noun;
        }
        None
    }

    /// Whether what stands behind a name leaves it a name of its own: not "Mombasa County Court", "Kwale Women's Network".
    pub(super) fn free_behind(&self, toks: &[Token], end: usize) -> bool {
        let end = past_nouns(toks, end, true);
        let Some(next) = toks.get(end) else { return true };
        let capital = |at: usize| toks.get(at).is_some_and(|t| t.capital && t.is_wordlike());
        if next.is_wordlike() {
            let small = |t: &&Token| self.ties(t) || t.can_be(Senses::DETERMINER);
            let run = toks[end..].iter().take(MOST_BESIDE).take_while(small).count();
            return !(capital(end) || self.ties(next) && capital(end + run));
        }
        if next.spaced {
            return true;
        }
        if apostrophe(next) {
            return !capital(end + 1 + usize::from(ends_owner(toks.get(end + 1), &self.owner_endings)));
        }
        let tied = (next.is('-') || next.is('–')) && toks.get(end + 1).is_some_and(|t| !t.spaced);
        !tied
    }
}
