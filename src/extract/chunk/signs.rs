//! What the words around tell of where a name begins and ends, whatever its head.

use super::{Around, Chunker, with_years};
use crate::extract::tokens::{Kind, Token, apostrophe};
use crate::extract::vocabulary::Senses;
use crate::knowledge::lexicon::Adjectives;

/// A number that ends a name, with the sign that announces it, and the year: `Ley núm. 27`, `Law No. 27-2009`, `loi n° 2008-05`,
/// `Act No. 12 of 2015`, `Ley 985 de 2005`.
pub(super) fn with_number(tokens: &[Token], end: usize) -> usize {
    let mut at = end;
    if tokens.get(at).is_some_and(|t| t.can_be(Senses::NUMBER_SIGN)) {
        at += 1;
        // "N.º 412"
        let raised = |t: &Token| ["º", "°", "o"].contains(&t.folded.as_str());
        at += usize::from(tokens.get(at).is_some_and(|t| t.kind == Kind::Mark && !t.spaced));
        at += usize::from(tokens.get(at).is_some_and(|t| raised(t) && !t.spaced));
    }
    let number = |i: usize| tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
    // "No. STSS-155-2019"
    let letters = at > end && tokens.get(at).is_some_and(|t| t.upper) && tokens.get(at + 1).is_some_and(|t| t.is('-'));
    if letters && number(at + 2) {
        at += 2;
    }
    // Without a sign, more than one digit; a year alone is none.
    let bare = at == end && (!number(at) || tokens[at].folded.len() < 2 || with_years(tokens, at) > at);
    if bare || !number(at) {
        return end;
    }
    at += 1;
    let part = |i: usize| number(i) || tokens.get(i).is_some_and(|t| t.upper && !t.spaced);
    // "Ley N° 19.643"
    let thousands = |i: usize| number(i) && !tokens[i].spaced && tokens[i].folded.len() == 3;
    let joined = |t: &Token| (t.is('-') || t.is('/')) && !t.spaced;
    while tokens.get(at).is_some_and(joined) && part(at + 1)
        || tokens.get(at).is_some_and(|t| t.is('.') && !t.spaced) && thousands(at + 1)
    {
        at += 2;
    }
    let year = tokens.get(at).is_some_and(|t| t.can_be(Senses::GENITIVE)) && with_years(tokens, at + 1) == at + 2;
    if year { at + 2 } else { at }
}

impl Chunker {
    /// The adjective that ends what a body is for, told by its ending: "Ministère des Océans lointains", "Ministerio de Seguridad pública".
    pub(super) fn over_adjective(&self, tokens: &[Token], start: usize, at: usize) -> Option<usize> {
        /// Before its ending an adjective has at least so many letters.
        const STEM: usize = 3;
        let word = &tokens[at];
        let noun = at.checked_sub(1).filter(|i| *i > start).map(|i| &tokens[i]).filter(|t| t.capital && !t.upper)?;
        let plain = word.kind == Kind::Word
            && word.spaced
            && !word.capital
            && !word.can_be(Senses::SMALL)
            && !word.can_be(Senses::DEMONYM);
        let genitive = || tokens[start..at].iter().any(|t| t.can_be(Senses::GENITIVE));
        let body = || self.heads_at(tokens, start).iter().any(|(head, _)| self.heads[*head].body);
        let ends = |endings: &[String]| {
            endings.iter().any(|e| word.folded.strip_suffix(e.as_str()).is_some_and(|stem| stem.chars().count() >= STEM))
        };
        let Adjectives { one, many, accented } = &self.adjectives;
        let plural = self.plural_endings.end(&noun.folded);
        let adjective = || ends(if plural { many } else { one }) || word.can_be(Senses::ACCENTED) && ends(accented);
        (plain && genitive() && adjective() && body()).then_some(at + 1)
    }
}

/// Whether something that is no word, a citation, stood before a token that can begin a sentence: "Forms of Exploitation
/// (1,37) This committee".
pub(super) fn parted(tokens: &[Token], at: usize) -> bool {
    /// More characters than the spaces between two words.
    const GAP: usize = 3;
    let token = &tokens[at];
    token.capital && token.start() > tokens[at - 1].end() + GAP && token.can_be(Senses::OPENER)
}

/// Whether nothing but the words of a name stand between a token and an acronym in brackets.
pub(super) fn abbreviated(tokens: &[Token], from: usize) -> bool {
    let word = |t: &&Token| t.capital || t.can_be(Senses::CONNECTOR) || t.can_be(Senses::AND);
    let open = from + tokens[from..].iter().take_while(word).count();
    let at = |i: usize, c: char| tokens.get(i).is_some_and(|t| t.is(c));
    at(open, '(') && tokens.get(open + 1).is_some_and(|t| t.upper) && at(open + 2, ')')
}

/// What a ministry is for besides, though it could name a body: "Ministry of Justice and Community Services".
pub(super) fn over_field(tokens: &[Token], start: usize, at: usize, around: &Around, phrases: &[Vec<String>]) -> Option<usize> {
    const MOST: usize = 3;
    let genitive = tokens[start..at].iter().any(|t| t.can_be(Senses::GENITIVE));
    if !genitive || !tokens[at].can_be(Senses::AND) || around.starts.contains(&(at + 1)) {
        return None;
    }
    let word = |i: usize, w: &String| tokens.get(i).is_some_and(|t| t.capital && t.spaced && t.folded == *w);
    let here = |phrase: &&Vec<String>| phrase.iter().zip(at + 1..).all(|(w, i)| word(i, w));
    // "Ministry of Labor and Civil Service Commission" names two.
    if let Some(end) = phrases.iter().find(here).map(|phrase| at + 1 + phrase.len()) {
        return tokens.get(end).is_none_or(|t| !(t.capital && t.spaced)).then_some(end);
    }
    let run = tokens[at + 1..].iter().take(MOST + 1).take_while(|t| t.capital && !t.upper && t.spaced).count();
    let last = tokens.get(at + run).filter(|_| (1..=MOST).contains(&run))?;
    last.can_be(Senses::FIELD).then_some(at + run + 1)
}

/// Where a name goes on to in lower case, up to its acronym, which has the first letters of its words in their order and of those behind
/// `end` at least the last: "Comité de lutte contre la traite et pratiques assimilées (CLTPA)".
pub(super) fn by_acronym(tokens: &[Token], start: usize, end: usize) -> Option<usize> {
    const FARTHEST: usize = 12;
    let word = |t: &&Token| t.kind == Kind::Word || apostrophe(t) || t.is('-') || t.is(',');
    let open = end + tokens.get(end..)?.iter().take(FARTHEST).take_while(word).count();
    let at = |i: usize, c: char| tokens.get(i).is_some_and(|t| t.is(c));
    let acronym = tokens.get(open + 1).filter(|t| open > end && t.upper && at(open, '(') && at(open + 2, ')'))?;
    let initial = |t: &Token| t.folded.chars().next().filter(|c| c.is_alphabetic());
    let mut letters = acronym.folded.chars().rev().peekable();
    let mut last = None;
    for (at, token) in tokens.get(start..open)?.iter().enumerate().rev() {
        if letters.peek().is_some_and(|letter| initial(token) == Some(*letter)) {
            letters.next();
            last = last.or(Some(start + at));
        }
    }
    let whole = letters.next().is_none() && acronym.folded.chars().count() > 2;
    (whole && last.is_some_and(|last| last >= end) && initial(&tokens[start]) == acronym.folded.chars().next()).then_some(open)
}

/// Where the name of a policy goes on to in lower case, up to its years: "Plan national de lutte contre la servitude côtière (2020-2024)".
pub(super) fn by_years(tokens: &[Token], end: usize) -> Option<usize> {
    const FARTHEST: usize = 12;
    let small = |t: &Token| t.can_be(Senses::CONNECTOR) && !t.can_be(Senses::AUXILIARY);
    tokens.get(end).filter(|t| t.spaced && !t.capital && small(t))?;
    let word = |t: &&Token| t.kind == Kind::Word && !t.upper && !t.can_be(Senses::AUXILIARY) || apostrophe(t) || t.is('-');
    let open = end + tokens[end..].iter().take(FARTHEST).take_while(word).count();
    let year = |t: &Token| t.kind == Kind::Number && t.folded.len() == 4;
    let years = tokens.get(open).is_some_and(|t| t.is('(')) && tokens.get(open + 1).is_some_and(year);
    years.then_some(open)
}

/// The "and" of "Labour and Victim Support Unit": `inside` the name, and not between acronyms.
pub(super) fn coordinates(tokens: &[Token], at: usize, inside: bool) -> bool {
    let and = tokens[at].can_be(Senses::AND) || tokens[at].is('&');
    and && inside && !tokens[at + 1].upper && at.checked_sub(1).is_some_and(|i| !tokens[i].upper)
}

/// Whether a word begins one more of what the capitalised words before "and" name: "Protection of Children and the Regulation".
pub(super) fn one_more(tokens: &[Token], at: usize) -> bool {
    let small = |i: usize| !tokens[i].capital && tokens[i].can_be(Senses::DETERMINER) && !tokens[i].can_be(Senses::AND);
    let and = at.checked_sub(1).map(|i| if small(i) { i.saturating_sub(1) } else { i });
    and.is_some_and(|i| i > 0 && tokens[i].can_be(Senses::AND) && tokens[i - 1].capital)
}

/// Where a name ends that begins before `end`, without a small word in capitals that leads on to what is none of it: "Unit on Domestic
/// Violence Within the Police".
pub(super) fn ended(tokens: &[Token], from: usize, end: usize) -> usize {
    let small = |t: &Token| t.capital && t.spaced && !t.upper && t.can_be(Senses::LOCATIVE);
    let leads =
        end > from && small(&tokens[end - 1]) && tokens.get(end).is_some_and(|t| t.spaced && !t.capital && t.is_wordlike());
    if leads { end - 1 } else { end }
}

/// The apostrophe of "Workers' Union".
pub(super) fn plural_possessive(tokens: &[Token], at: usize) -> bool {
    apostrophe(&tokens[at]) && !tokens[at].spaced
}

/// Where the bracket opens that closes at a token and holds the acronym of the words right before it: "Online Tide Safety (OTS)
/// Committee". Its letters may stand in another order than the words.
pub(super) fn own_acronym(tokens: &[Token], close: usize, floor: usize) -> Option<usize> {
    let open = close.checked_sub(2).filter(|i| *i > floor && tokens[*i].is('(') && tokens[close].is(')'))?;
    let acronym = &tokens[open + 1];
    let mut letters: Vec<char> = acronym.folded.chars().collect();
    let from = open.checked_sub(letters.len()).filter(|from| *from >= floor && letters.len() > 1 && acronym.upper)?;
    let words = &tokens[from..open];
    let mut initials: Vec<char> =
        words.iter().filter(|t| t.capital && !t.upper).filter_map(|t| t.folded.chars().next()).collect();
    letters.sort_unstable();
    initials.sort_unstable();
    (letters == initials).then_some(open)
}
