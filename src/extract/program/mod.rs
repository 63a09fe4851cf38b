//! Patterns as programs that are run from where they can begin: masked sentences are short, and a search for a regular expression
//! costs more for getting ready than for looking.
//!
//! A program finds what its regular expression finds: the leftmost match, and of those that begin there the one that is tried first. A name
//! with the small words before it is one step (`super::seats`).

mod build;
mod run;

use super::seats::Seats;
use run::Run;

/// Characters that stand for names of some classes, in the pattern that a program is made from: the number of the set of classes is theirs,
/// counted from the first.
pub(super) const NAMES: std::ops::RangeInclusive<char> = '\u{F0000}'..='\u{FFFFD}';

/// A pattern that cannot be made a program, and has to be searched for as a regular expression.
#[derive(Debug)]
pub(super) struct Unsuited;

/// Where the groups of a match begin and end, the whole first.
pub(super) type Groups = Vec<Option<(usize, usize)>>;

/// What a search found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// The first match.
    Match(Groups),
    /// Not to be told in so many steps.
    TooLong,
}

/// One step of a program.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Letters that stand there, by their place among all.
    Text(u32, u32),
    /// A character of a class.
    Class(u32),
    /// So many characters of a class as there are, and fewer if what follows asks for it.
    Many { class: u32, least: u32, most: u32 },
    /// A name whose class's code is in a class.
    Name(u32),
    /// Goes on at the first, or else at the second.
    Either(u32, u32),
    /// Goes on elsewhere.
    Go(u32),
    /// Keeps the place.
    Keep(u32),
    /// The text begins here.
    Begins,
    /// The text ends here.
    Ends,
    /// A word begins or ends here.
    Edge,
    /// The match ends here.
    Done,
}

/// Some characters.
#[derive(Clone, Debug)]
struct Class {
    ascii: u128,
    /// The others, in order.
    ranges: Vec<(char, char)>,
}

impl Class {
    fn new(ranges: impl Iterator<Item = (char, char)>) -> Self {
        let mut class = Self { ascii: 0, ranges: Vec::new() };
        for (first, last) in ranges {
            (first..=last).take_while(char::is_ascii).for_each(|c| class.ascii |= 1 << u32::from(c));
            if !last.is_ascii() {
                class.ranges.push((first.max('\u{80}'), last));
            }
        }
        class
    }

    fn has(&self, c: char) -> bool {
        if c.is_ascii() { self.has_ascii(c as u8) } else { self.has_other(c) }
    }

    /// How long the character is that stands at a place of a text, if it is one of them.
    fn length(&self, text: &str, at: usize) -> Option<usize> {
        let byte = *text.as_bytes().get(at)?;
        if byte.is_ascii() {
            return self.has_ascii(byte).then_some(1);
        }
        let other = text[at..].chars().next()?;
        self.has_other(other).then(|| other.len_utf8())
    }

    fn has_ascii(&self, c: u8) -> bool {
        self.ascii >> c & 1 == 1
    }

    fn has_other(&self, c: char) -> bool {
        let at = self.ranges.partition_point(|(_, last)| *last < c);
        self.ranges.get(at).is_some_and(|(first, _)| *first <= c)
    }
}

/// What a match can begin with.
#[derive(Debug)]
struct First {
    letters: Letters,
    /// A name, with the small words before it.
    names: bool,
    /// Nothing: it can begin anywhere.
    anywhere: bool,
    /// It begins with the text alone.
    text: bool,
}

/// The letters with which a match can begin.
#[derive(Debug)]
enum Letters {
    /// By the numbers of their first three bytes, as [`Seats::heads`] has them.
    Heads([bool; 256]),
    /// By their first bytes, where it can go on with anything behind them.
    Bytes([bool; 256]),
}

/// A pattern as a program.
#[derive(Debug)]
pub(super) struct Program {
    steps: Vec<Step>,
    letters: String,
    classes: Vec<Class>,
    /// Of groups, with the whole.
    groups: usize,
    first: First,
}

impl Program {
    /// The first match that begins at a place or behind it.
    pub(super) fn find(&self, sentence: &Seats<'_>, from: usize) -> Found {
        let mut run = Run::new(self, sentence);
        let mut try_at = |at: usize| match run.matches_at(at) {
            Some(true) => Some(Found::Match(run.groups(at))),
            Some(false) => None,
            None => Some(Found::TooLong),
        };
        let bytes = sentence.text.as_bytes();
        let found = if self.first.text {
            (from == 0).then(|| try_at(0)).flatten()
        } else if self.first.anywhere {
            (from..=bytes.len()).filter(|at| sentence.text.is_char_boundary(*at)).find_map(try_at)
        } else {
            let mut names = sentence.starts_from(from).filter(|_| self.first.names).peekable();
            let (letters, begins) = match &self.first.letters {
                Letters::Heads(begins) => (sentence.heads(), begins),
                Letters::Bytes(begins) => (bytes, begins),
            };
            let mut from = from;
            // The next place from which it can begin, by a letter or by a name.
            let next = || {
                while names.next_if(|name| *name < from).is_some() {}
                let name = names.peek().copied();
                let before_name = letters.get(from..name.unwrap_or(letters.len())).unwrap_or_default();
                let letter = before_name.iter().position(|letter| begins[usize::from(*letter)]).map(|at| from + at);
                let at = letter.or(name)?;
                from = at + 1;
                Some(at)
            };
            std::iter::from_fn(next).filter(|at| sentence.text.is_char_boundary(*at)).find_map(try_at)
        };
        found.unwrap_or(Found::Nothing)
    }
}
