//! How far a name reaches from its head noun, to the right and to the left.

use super::signs::{abbreviated, coordinates, over_field, own_acronym, parted, plural_possessive, with_number};
use super::{Around, Chunker, LONGEST, MOST_CONNECTORS};
use crate::extract::tokens::{Kind, Token, apostrophe, ends_owner, same_word};
use crate::extract::vocabulary::Senses;
use crate::knowledge::head::Mode;
use crate::model::vocab::class;

impl Chunker {
    /// Where a name that begins at `start` ends, `from` on; it is `bare` if there is nothing of it yet but its head.
    pub(super) fn extend(&self, tokens: &[Token], start: usize, from: usize, around: &Around, bare: bool) -> usize {
        let mut end = from;
        while end < tokens.len() && end - start < LONGEST {
            let token = &tokens[end];
            let sign = end > start && token.can_be(Senses::NUMBER_SIGN) && tokens.get(end + 1).is_some_and(|t| !t.is_wordlike());
            if sign || with_number(tokens, end) > end || end > start && parted(tokens, end) {
                break;
            }
            // "Community-Based" is a word of a name, "Ministry-based" is not.
            let inner = end > from && !around.inside.contains(&(end - 1)) && !around.places.contains(&(end - 1));
            let part = |t: &Token| !t.spaced && t.is_wordlike() && (inner && t.capital || !t.can_be(Senses::TIED));
            // "corridor Belize–Guatemala"
            let dash = token.is('-') || token.is('–') && tokens.get(end + 1).is_some_and(|t| t.capital);
            let joined = dash && !token.spaced && tokens.get(end + 1).is_some_and(part);
            if token.capital && !(end > start && around.starts.contains(&end)) || joined {
                end += 1 + usize::from(joined);
            } else if let Some(next) = self.over_connectors(tokens, end, around, bare && end == from) {
                end = next;
            } else if let Some(next) = self.over_first(tokens, start, from, end) {
                end = next;
            } else if let Some(next) = self.over_possessive(tokens, end, around) {
                end = next;
            } else if let Some(next) =
                self.over_comma(tokens, end, around).or_else(|| self.over_series(tokens, start, end, around))
            {
                end = next;
            } else if let Some(next) = self
                .over_last_comma(tokens, start, end, around)
                .or_else(|| over_field(tokens, start, end, around, &self.field_phrases))
                .or_else(|| self.over_last(tokens, start, end))
                .or_else(|| self.over_adjective(tokens, start, end))
            {
                end = next;
            } else {
                break;
            }
        }
        end
    }

    /// Where a policy's name ends that is called by two nouns: "National Action Plan and Strategy Against Human Trafficking".
    pub(super) fn twofold(&self, tokens: &[Token], head: usize, start: usize, from: usize, end: usize, around: &Around) -> usize {
        let policy = self.heads[head].class.0.as_ref() == class::POLICY;
        if !policy || end != from || start + 1 >= from || !tokens.get(end).is_some_and(|t| t.can_be(Senses::AND)) {
            return end;
        }
        let second = self.name_head_at(tokens, end + 1).filter(|(h, _)| self.heads[*h].class == self.heads[head].class);
        let Some((_, length)) = second.filter(|_| !around.starts.contains(&(end + 1))) else { return end };
        let behind = end + 1 + length;
        let reach = self.extend(tokens, start, behind, around, true);
        if reach > behind { reach } else { end }
    }

    /// The word of a name behind up to [`MOST_CONNECTORS`] small words.
    /// A head that is still `bare` needs it, be it a body's too: "Unidad de Inspección".
    pub(super) fn over_connectors(&self, tokens: &[Token], at: usize, around: &Around, bare: bool) -> Option<usize> {
        let mut next = at;
        let mut small = 0;
        while let Some(token) = tokens.get(next) {
            let elided = next > at && apostrophe(token) && !token.spaced;
            if !elided && (small == MOST_CONNECTORS || token.capital || !(token.can_be(Senses::CONNECTOR) || token.is('&'))) {
                break;
            }
            small += usize::from(!elided);
            next += 1;
        }
        let elided = next.checked_sub(1).is_some_and(|i| apostrophe(&tokens[i]));
        let lower = |t: &Token| !t.capital && t.can_be(Senses::INSIDE);
        let word = tokens.get(next).filter(|t| (next > at && t.capital || lower(t)) && (t.spaced || elided))?;
        // "le ministère du Travail a formé …": a verb that is written as a small word.
        if next == at + 1 && lower(word) && tokens[at].can_be(Senses::AUXILIARY) {
            return None;
        }
        // "Preside la Comisión el Ministerio …": an article alone begins another name.
        let article = !tokens[at].can_be(Senses::GENITIVE) && tokens[at].can_be(Senses::DETERMINER) && !tokens[at].is('&');
        if article && self.begins_body(tokens, next) {
            return None;
        }
        let listed = tokens[at..next].iter().any(|t| t.can_be(Senses::AND));
        let new_name = around.starts.contains(&next) || !bare && self.begins_body(tokens, next);
        let new_name = new_name || listed && self.begins_name(tokens, next, false);
        let dated = word.can_be(Senses::MONTH) && tokens.get(next + 1).is_some_and(|t| t.kind == Kind::Number);
        let located = dated || around.places.contains(&next) && tokens[at..next].iter().any(|t| t.can_be(Senses::LOCATIVE));
        (!(new_name || located || listed && word.upper)).then_some(next + 1)
    }

    /// What the head of a body or a national policy is said to be of, where names have words in lower case: "Direction des
    /// roseaux", "Forum régional des fours". Without it there is no name, so that any word will do.
    fn over_first(&self, tokens: &[Token], start: usize, from: usize, at: usize) -> Option<usize> {
        /// A word of a name has more letters than this.
        const SMALL: usize = 3;
        let (head, length) = self.name_head_at(tokens, start)?;
        let policy = self.heads[head].class.0.as_ref() == class::POLICY && (length > 1 || at > from);
        // Nothing but adjectives may stand between.
        let bare = !tokens[from..at].iter().any(|t| t.capital || !t.is_wordlike() || t.can_be(Senses::GENITIVE));
        let named = self.heads[head].body || policy;
        if !named || !bare || !self.lower || !tokens.get(at)?.can_be(Senses::GENITIVE) {
            return None;
        }
        let small = |i: &usize| {
            let token = &tokens[*i];
            apostrophe(token) || !token.capital && token.folded.len() <= SMALL && token.can_be(Senses::CONNECTOR)
        };
        let next = (at + 1..tokens.len().min(at + 1 + MOST_CONNECTORS)).find(|i| !small(i))?;
        let word = &tokens[next];
        let plain = word.kind == Kind::Word && !word.capital && word.folded.len() > SMALL;
        (plain && !word.can_be(Senses::CONNECTOR)).then_some(next + 1)
    }

    /// The last of a series, though it could name something else, where an acronym behind it tells that all is one name:
    /// "Ministry of Public Service, Labour and Social Laws (MPSLL)".
    fn over_last(&self, tokens: &[Token], start: usize, at: usize) -> Option<usize> {
        let series = tokens[at].can_be(Senses::AND) && tokens[start..at].iter().any(|t| t.is(','));
        let word = tokens.get(at + 1).filter(|t| series && t.capital && !t.upper)?;
        let whole = word.spaced && abbreviated(tokens, at + 1) && !self.begins_body(tokens, at + 1);
        whole.then_some(at + 2)
    }

    /// "Attorney General's Office", "Workers' Union".
    fn over_possessive(&self, tokens: &[Token], at: usize, around: &Around) -> Option<usize> {
        let before = at.checked_sub(1)?;
        if !apostrophe(&tokens[at]) || tokens[at].spaced || !tokens[before].capital || around.inside.contains(&before) {
            return None;
        }
        let s = ends_owner(tokens.get(at + 1), &self.owner_endings);
        // "the Ministry's Anti-Trafficking Directorate" is called without its owner.
        if s && tokens[before].can_be(Senses::SUPERIOR) {
            return None;
        }
        let next = at + 1 + usize::from(s);
        // "the Ministry of Labor's Secretary-General" is not one name; "the Secretary-General's Office" is.
        let run = tokens[next.min(tokens.len())..].iter().take_while(|t| t.capital || t.is('-'));
        let person = tokens.get(next).is_some_and(|t| t.can_be(Senses::PERSON));
        if person && run.last().is_some_and(|t| !t.can_be(Senses::OFFICE)) {
            return None;
        }
        let part = s && self.bodies.contains(&tokens[before].folded) && self.begins_pair(tokens, next);
        let own = |next: usize| self.begins_body(tokens, next) || part;
        let fits = |t: &&Token| t.capital && t.spaced && !around.starts.contains(&next) && !own(next);
        tokens.get(next).filter(fits).map(|_| next + 1)
    }

    /// Whether the name of a body begins at a token: it is not a part of the name before it.
    fn begins_body(&self, tokens: &[Token], at: usize) -> bool {
        self.begins_name(tokens, at, true)
    }

    /// Whether the name of a body begins at a token that has an "and" before its noun: "Child and Family Protection Unit".
    fn begins_pair(&self, tokens: &[Token], at: usize) -> bool {
        const LONGEST: usize = 8;
        let word = |i: usize| tokens.get(i).is_some_and(|t| t.capital && t.spaced && !t.upper);
        let and = (at + 1..at + LONGEST).take_while(|i| tokens.get(*i).is_some()).find(|i| !word(*i));
        and.is_some_and(|i| tokens[i].can_be(Senses::AND) && word(i + 1) && self.begins_body(tokens, i + 1))
    }

    /// Whether a name of its own begins at a token, or a body's: its head stands there, or, where words that qualify it stand
    /// before it, behind them.
    pub(super) fn begins_name(&self, tokens: &[Token], at: usize, body: bool) -> bool {
        let head = |i: usize| {
            let begins = |head: usize| matches!(self.heads[head].mode, Mode::Name | Mode::Join);
            let found = self.heads_at(tokens, i).into_iter().find(|(h, _)| begins(*h));
            let found = found.filter(|(h, _)| self.heads[*h].body || !body);
            found.filter(|(h, length)| !self.qualifies(tokens, *h, i + length))
        };
        if head(at).is_some() {
            return true;
        }
        let mut next = at + 1;
        // "Marine Officers' and Dockers' Union"
        let and = |i: usize| tokens[i].can_be(Senses::AND) && plural_possessive(tokens, i - 1);
        let goes_on = |i: usize, t: &Token| t.capital && t.spaced || i > at + 1 && (plural_possessive(tokens, i) || and(i));
        while tokens.get(next).is_some_and(|t| goes_on(next, t)) {
            if head(next).is_some_and(|(h, _)| self.heads[h].leading) {
                return true;
            }
            next += 1;
        }
        false
    }

    /// What follows a comma belongs to the name where a series of capitalised words ends in "and": "Prevenir, Sancionar y
    /// Erradicar", or where the comma is followed by a small word and a capitalised one that is no name of its own:
    /// "Programa Anual de Trabajo, para Prevenir".
    fn over_comma(&self, tokens: &[Token], at: usize, around: &Around) -> Option<usize> {
        if !tokens[at].is(',') {
            return None;
        }
        let first = tokens.get(at + 1)?;
        if first.can_be(Senses::GENITIVE) && self.goes_on(tokens, at + 1, around) {
            return self.over_connectors(tokens, at + 1, around, false);
        }
        let small = |t: &Token| t.folded.len() > 2 && t.can_be(Senses::CONNECTOR);
        if small(first) && !first.can_be(Senses::AND) && !first.can_be(Senses::OPENER) {
            let named = around.inside.contains(&(at + 2)) || self.begins_body(tokens, at + 2);
            return tokens.get(at + 2).filter(|t| t.capital && !named).map(|_| at + 3);
        }
        let mut next = at + 1;
        let mut closed = false;
        while let Some(token) = tokens.get(next) {
            if token.capital && (around.starts.contains(&next) || self.begins_body(tokens, next)) {
                return None;
            }
            if token.can_be(Senses::AND) {
                let the = usize::from(tokens.get(next + 1).is_some_and(|t| !t.capital && t.can_be(Senses::CONNECTOR)));
                let last = next + 1 + the;
                closed = tokens.get(last).is_some_and(|t| {
                    let one = the == 0 || tokens[next - 1].is(',') && abbreviated(tokens, last);
                    t.capital && !t.upper && one && !around.starts.contains(&last) && !self.begins_body(tokens, last)
                });
                break;
            }
            if !(token.capital || token.is(',') || token.can_be(Senses::CONNECTOR)) {
                break;
            }
            next += 1;
        }
        (first.capital && closed).then_some(at + 2)
    }

    /// What a name in lower case goes on with behind a comma up to its acronym, which begins as the name does: "Comité de lutte contre
    /// la traite, l'exploitation et le travail des enfants (CLTE)".
    fn over_series(&self, tokens: &[Token], start: usize, at: usize, around: &Around) -> Option<usize> {
        const MOST: usize = 24;
        /// So many words may be none that stand in names.
        const PLAIN: usize = 2;
        if !tokens[at].is(',') || !self.lower {
            return None;
        }
        let word = |t: &Token| t.capital || [Senses::INSIDE, Senses::CONNECTOR, Senses::AND].iter().any(|s| t.can_be(*s));
        let goes_on = |t: &&Token| t.kind == Kind::Word || t.is(',') || apostrophe(t) || t.is('-');
        let open = at + 1 + tokens[at + 1..].iter().take(MOST).take_while(goes_on).count();
        if tokens[at + 1..open].iter().filter(|t| t.kind == Kind::Word && !word(t)).count() > PLAIN {
            return None;
        }
        let acronym = tokens.get(open).filter(|t| t.is('(')).and_then(|_| tokens.get(open + 1)).filter(|t| t.upper)?;
        let own =
            (at + 1..open).all(|i| !around.starts.contains(&i) && !around.inside.contains(&i) && !self.begins_body(tokens, i));
        let same = acronym.folded.chars().next() == tokens[start].folded.chars().next();
        let and = tokens[at + 1..open].iter().any(|t| t.can_be(Senses::AND));
        (own && same && and).then_some(open)
    }

    /// The last of a series behind its last comma: "Ministry of Youth, Sport, and Child Development".
    fn over_last_comma(&self, tokens: &[Token], start: usize, at: usize, around: &Around) -> Option<usize> {
        let series = tokens[at].is(',') && tokens[start..at].iter().any(|t| t.is(','));
        let and = tokens.get(at + 1).is_some_and(|t| t.can_be(Senses::AND));
        // Behind an article another name may stand, unless an acronym tells that all is one: "Ministry of Youth, Sport, and the
        // Development of Children (MYSD)".
        let the = usize::from(and && tokens.get(at + 2).is_some_and(|t| !t.capital && t.can_be(Senses::CONNECTOR)));
        let next = at + 2 + the;
        let word = tokens.get(next).filter(|t| t.capital && !t.upper && (the == 0 || abbreviated(tokens, next)))?;
        let own = around.starts.contains(&next) || around.inside.contains(&next) || self.begins_body(tokens, next);
        (series && and && !own && word.spaced).then_some(next + 1)
    }

    /// Where the series of capitalised words ends that a name of these tokens begins: "Finance, Labor, and Transfers".
    pub(in crate::extract) fn series(&self, tokens: &[Token], start: usize, end: usize, around: &Around) -> usize {
        if tokens.get(end).is_some_and(|t| t.is(',')) { self.extend(tokens, start, end, around, false) } else { end }
    }

    /// Whether a series of complements that begins behind a comma ends in "and" and one more: ", du Travail et de la Santé".
    fn goes_on(&self, tokens: &[Token], from: usize, around: &Around) -> bool {
        let mut and = false;
        for (at, token) in tokens.iter().enumerate().skip(from).take(LONGEST) {
            if around.starts.contains(&at) || self.begins_body(tokens, at) {
                return false;
            }
            if and {
                return token.can_be(Senses::GENITIVE);
            }
            and = token.can_be(Senses::AND);
            let word = token.capital || token.can_be(Senses::INSIDE) || token.can_be(Senses::CONNECTOR);
            if !(and || word || token.is(',') || apostrophe(token)) {
                return false;
            }
        }
        false
    }

    /// Where the name begins whose head stands at `at` and has the words that qualify it before it: "Federal Police
    /// Commission", "Attorney General's Office".
    pub(super) fn qualified_from(&self, tokens: &[Token], at: usize, floor: usize, around: &Around) -> usize {
        let mut start = at;
        // A word that begins sentences is one of a name behind another of it: "Local Government Academy".
        let named = |i: usize| tokens[i].capital && tokens[i].kind == Kind::Word && !tokens[i].can_be(Senses::OPENER);
        let word = |i: usize| {
            let t = &tokens[i];
            let opener = t.can_be(Senses::OPENER) && !(t.spaced && i > floor && named(i - 1));
            t.capital && i >= floor && !around.inside.contains(&i) && !opener
        };
        while start > floor {
            let before = start - 1;
            let two = start.checked_sub(2).filter(|i| *i >= floor);
            let dash = |t: &Token| (t.is('-') || t.is('–')) && !t.spaced;
            // "the 5-Year Plan"
            let count = |i: usize| tokens[i].kind == Kind::Number && tokens[i].folded.len() <= 2 && tokens[i].spaced;
            if !tokens[start].spaced && dash(&tokens[before]) && two.is_some_and(|i| word(i) || count(i)) {
                start -= 2;
            } else if !tokens[start].spaced {
                break;
            } else if word(before) {
                start = before;
            } else if let Some(open) = own_acronym(tokens, before, floor).filter(|_| start == at) {
                start = open;
            } else if let Some(length) = self.leads(tokens, start, floor) {
                start -= length;
            } else if tokens[before].can_be(Senses::OWNER_ENDING)
                && two.is_some_and(|i| apostrophe(&tokens[i]))
                && start.checked_sub(3).is_some_and(|i| {
                    let owner = tokens[i].can_be(Senses::SUPERIOR);
                    word(i) && !tokens[i].upper && !owner && !around.places.contains(&i)
                })
            {
                start -= 3;
            } else if two.is_some_and(word) && (plural_possessive(tokens, before) || coordinates(tokens, before, start < at)) {
                start -= 2;
            } else {
                break;
            }
        }
        start
    }

    /// Where the title of a law begins that has small words in it: "Trafficking in Persons and Servitude at Sea Act".
    pub(super) fn titled_from(&self, tokens: &[Token], from: usize, floor: usize, around: &Around) -> usize {
        let small = |t: &Token| t.can_be(Senses::CONNECTOR) && !t.can_be(Senses::AND);
        let mut start = from;
        while let Some(word) = start.checked_sub(2).filter(|i| *i >= floor && small(&tokens[i + 1])) {
            let named = &tokens[word];
            let own = named.capital && !named.upper && !around.inside.contains(&word) && !named.can_be(Senses::OPENER);
            if !own || !tokens[start].capital || around.places.contains(&word) {
                break;
            }
            start = self.qualified_from(tokens, word, floor, around);
        }
        start
    }

    /// The length of a phrase before a name that belongs to it although a small word parts them: "Trafficking in" + "Persons Act".
    fn leads(&self, tokens: &[Token], start: usize, floor: usize) -> Option<usize> {
        let fits = |words: &&Vec<String>| {
            let from = start.checked_sub(words.len()).filter(|from| *from >= floor);
            from.is_some_and(|from| tokens[from].capital && tokens[from..start].iter().zip(*words).all(|(t, w)| same_word(t, w)))
        };
        self.lead_ins.iter().find(fits).map(Vec::len)
    }
}
