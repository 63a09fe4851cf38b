//! Answers read as the form says: yes or no, options, levels, lists.

use super::boxes::{self, Label};
use crate::knowledge::form::{Form, Kind, OptionSpec, QuestionSpec, option_in};
use crate::knowledge::words::{Word, each_word, find, words};
use crate::model::diagnostic::Diagnostic;
use crate::model::report::{Chosen, Level, Value};
use std::ops::Range;

/// An answer to be read.
pub(super) struct Reading<'a> {
    pub(super) form: &'a Form,
    pub(super) question: &'a QuestionSpec,
    /// The answer, line wraps folded.
    pub(super) text: &'a str,
    /// The part of `text` that each line of the source became.
    pub(super) lines: &'a [Range<usize>],
}

impl Reading<'_> {
    /// The answer's value, and what was not understood; diagnostics have no place yet.
    pub(super) fn value(&self) -> (Value, Vec<Diagnostic>) {
        let end = self.notes();
        if (1..self.text.len()).contains(&end) {
            let text = self.text.get(..end).unwrap_or_default().trim_end();
            let lines: Vec<Range<usize>> = self.lines.iter().filter(|line| line.end <= text.len()).cloned().collect();
            return Reading { text, lines: &lines, ..*self }.said();
        }
        self.said()
    }

    /// Where the notes begin, which readers set behind an answer, one a line: `(1) See the decree`.
    fn notes(&self) -> usize {
        let note = |range: &Range<usize>| {
            let line = self.text.get(range.clone()).unwrap_or_default();
            let number = line.strip_prefix('(').and_then(|line| line.split_once(") "));
            number.is_some_and(|(number, _)| number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit()))
        };
        let first = self.lines.iter().find(|range| note(range));
        first.map_or(self.text.len(), |range| range.start)
    }

    /// What an answer without notes says.
    fn said(&self) -> (Value, Vec<Diagnostic>) {
        if self.text.is_empty() {
            return (Value::Empty, Vec::new());
        }
        if self.says_nothing() {
            return (Value::Prose, Vec::new());
        }
        match self.question.kind {
            Kind::Prose | Kind::Addresses | Kind::Record | Kind::Rows => (Value::Prose, Vec::new()),
            Kind::Boolean => self.boolean(),
            Kind::Choice => self.choice(),
            Kind::Options => self.options(),
            Kind::Levels => self.levels(),
            Kind::List => (Value::List(self.list()), Vec::new()),
        }
    }

    /// Whether the answer says in so many words that there is nothing to say.
    fn says_nothing(&self) -> bool {
        let phrases = &self.form.folded().nothing;
        let longest = phrases.iter().map(Vec::len).max().unwrap_or(0);
        let said: Vec<String> = each_word(self.text).take(longest + 1).map(|word| word.text).collect();
        phrases.contains(&said)
    }

    /// What says yes, and what says no.
    fn yes_and_no(&self) -> [(bool, &[Vec<String>]); 2] {
        let folded = self.form.folded();
        [(true, folded.yes.as_slice()), (false, folded.no.as_slice())]
    }

    /// A yes or no at the beginning that ends there or before a punctuation mark: "No existen" is a sentence, no "no".
    fn boolean(&self) -> (Value, Vec<Diagnostic>) {
        let labels = boxes::labels(self.text);
        if !labels.is_empty() {
            return self.boxed(&labels);
        }
        let longest = self.yes_and_no().iter().flat_map(|(_, phrases)| *phrases).map(Vec::len).max().unwrap_or(0);
        let all: Vec<Word> = each_word(self.text).take(longest).collect();
        for (value, phrases) in self.yes_and_no() {
            for phrase in phrases {
                let Some(range) = all.get(..phrase.len()).and_then(|start| find(start, phrase)) else { continue };
                let rest = self.text.get(range.end..).unwrap_or_default().trim_start();
                if rest.is_empty() || rest.starts_with(['.', ',', ';', ':', '-', '–', '—', '(', '/', '!']) {
                    return (Value::Boolean { value, range }, Vec::new());
                }
            }
        }
        let message = format!("question `{}` asks for yes or no, and the answer says neither", self.question.key);
        (Value::Prose, vec![unread("unread-answer", message)])
    }

    /// Yes or no as the one box says that is checked.
    fn boxed(&self, labels: &[Label]) -> (Value, Vec<Diagnostic>) {
        let mut checked = labels.iter().filter(|label| label.checked);
        let (Some(label), None) = (checked.next(), checked.next()) else {
            let message = format!("not one box of question `{}` is checked", self.question.key);
            return (Value::Prose, vec![unread("unread-answer", message)]);
        };
        let said = words(self.text.get(label.range.clone()).unwrap_or_default());
        for (value, phrases) in self.yes_and_no() {
            let found = phrases.iter().find_map(|phrase| find(said.get(..phrase.len())?, phrase));
            if let Some(found) = found {
                let range = label.range.start + found.start..label.range.start + found.end;
                return (Value::Boolean { value, range }, Vec::new());
            }
        }
        let message = format!("the box of question `{}` that is checked says neither yes nor no", self.question.key);
        (Value::Prose, vec![unread("unread-answer", message)])
    }

    /// Whether boxes stand in the answer, and what begins here stands at none that is checked.
    fn is_unchecked(labels: &[Label], start: usize) -> bool {
        !labels.is_empty() && !labels.iter().any(|l| l.checked && (l.range.start..l.range.end).contains(&start))
    }

    fn choice(&self) -> (Value, Vec<Diagnostic>) {
        let labels = boxes::labels(self.text);
        let mut all = words(self.text);
        all.retain(|word| !Self::is_unchecked(&labels, word.range.start));
        // Only at the beginning: "not likely" must not be taken for "likely".
        let first = all.first().map_or(0, |word| word.range.start);
        if let Some((option, range)) = option_in(&self.question.options, &all).filter(|(_, range)| range.start == first) {
            return (Value::Options(vec![chosen(option, range)]), Vec::new());
        }
        let message = format!("the answer to question `{}` is none of its options", self.question.key);
        (Value::Prose, vec![unread("unread-answer", message)])
    }

    fn options(&self) -> (Value, Vec<Diagnostic>) {
        let labels = boxes::labels(self.text);
        let mut entries = self.lettered();
        entries.retain(|(_, range)| !Self::is_unchecked(&labels, range.start));
        if entries.is_empty() {
            let mut all = words(self.text);
            all.retain(|word| !Self::is_unchecked(&labels, word.range.start));
            let mut found: Vec<Chosen> = Vec::new();
            for option in &self.question.options {
                if let Some((option, range)) = option_in(std::slice::from_ref(option), &all) {
                    found.push(chosen(option, range));
                }
            }
            found.sort_by_key(|c| c.range.start);
            if found.is_empty() {
                let message = format!("the answer to question `{}` names none of its options", self.question.key);
                return (Value::Prose, vec![unread("unread-answer", message)]);
            }
            return (Value::Options(found), Vec::new());
        }
        let mut diagnostics = Vec::new();
        let options = entries.into_iter().map(|(letter, range)| self.option(&letter, range, &mut diagnostics)).collect();
        (Value::Options(options), diagnostics)
    }

    fn levels(&self) -> (Value, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut levels = Vec::new();
        for (letter, range) in self.entries() {
            let entry = self.text.get(range.clone()).unwrap_or_default();
            let Some((at, sign)) = ARROWS.iter().find_map(|sign| Some((entry.rfind(sign)?, sign))) else {
                let message = format!("option `{letter}` of question `{}` has no level", self.question.key);
                diagnostics.push(unread("missing-level", message));
                continue;
            };
            let words_range = trimmed(self.text, range.start..range.start + at);
            let level_range = trimmed(self.text, range.start + at + sign.len()..range.end);
            let level_words = words(self.text.get(level_range.clone()).unwrap_or_default());
            let whole =
                |range: &Range<usize>| level_words.iter().all(|w| range.start <= w.range.start && w.range.end <= range.end);
            let level = option_in(&self.question.levels, &level_words).filter(|(_, range)| whole(range));
            let level = level.and_then(|(level, _)| level.concept.as_ref());
            if level.is_none() {
                let said = self.text.get(level_range.clone()).unwrap_or_default();
                let message = format!("`{said}` is no level of question `{}`", self.question.key);
                diagnostics.push(unread("unknown-level", message));
            }
            let level = level.map(|concept| concept.0.clone());
            let option = self.option(&letter, words_range, &mut diagnostics);
            levels.push(Level { option, level, range: level_range });
        }
        if levels.is_empty() {
            let message = format!("the answer to question `{}` gives no option a level", self.question.key);
            return (Value::Prose, vec![unread("unread-answer", message)]);
        }
        (Value::Levels(levels), diagnostics)
    }

    /// The entries of an answer with levels: by letter, or else one a line that has an arrow.
    fn entries(&self) -> Vec<(String, Range<usize>)> {
        let lettered = self.lettered();
        if !lettered.is_empty() {
            return lettered;
        }
        let mut start = 0;
        let mut entries = Vec::new();
        for line in self.lines {
            let entry = self.text.get(start..line.end).unwrap_or_default();
            let level = ARROWS.iter().find_map(|sign| entry.rsplit_once(sign));
            if level.is_some_and(|(_, level)| option_in(&self.question.levels, &words(level)).is_some()) {
                entries.push((String::new(), trimmed(self.text, start..line.end)));
                start = line.end;
            }
        }
        entries
    }

    /// The option of a letter, or, without one, of the words; words that are another option's outweigh the letter.
    fn option(&self, letter: &str, range: Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Chosen {
        let key = &self.question.key;
        let said = self.text.get(range.clone()).unwrap_or_default();
        let by_letter = self.question.options.iter().find(|o| o.letter.as_deref() == Some(letter));
        let by_words = option_in(&self.question.options, &words(said)).map(|(option, _)| option);
        let option = match (by_letter, by_words) {
            (Some(l), Some(w)) if l.letter != w.letter => {
                let other = w.letter.as_deref().unwrap_or_default();
                let message =
                    format!("option `{letter}` of question `{key}` has the words of option `{other}`; the words were followed");
                diagnostics.push(Diagnostic::warning("option-mismatch", message));
                Some(w)
            }
            (Some(l), None) if l.wordings().next().is_some() => {
                let message = format!("option `{letter}` of question `{key}` is worded otherwise than in the form: `{said}`");
                diagnostics.push(Diagnostic::note("option-reworded", message));
                Some(l)
            }
            (l, w) => l.or(w),
        };
        let concept = option.and_then(|o| o.concept.as_ref()).map(|concept| concept.0.clone());
        if concept.is_none() && self.question.options.iter().any(|o| o.concept.is_some()) {
            let message = format!("the form gives no concept for option `{letter}` of question `{key}`: `{said}`");
            diagnostics.push(unread("unknown-option", message));
        }
        let letter = match (letter, option) {
            ("", Some(option)) => option.letter.clone().unwrap_or_default(),
            _ => letter.to_owned(),
        };
        Chosen { letter, concept, range }
    }

    /// `a) …,b) …` as letters and the ranges of their words. Only letters that stand at the beginning or after a comma,
    /// a semicolon or a space, and that the question has, begin an option.
    fn lettered(&self) -> Vec<(String, Range<usize>)> {
        let mut marks: Vec<(char, usize, usize)> = Vec::new();
        let mut before = None;
        for (at, c) in self.text.char_indices() {
            let after = self.text.get(at + c.len_utf8()..).unwrap_or_default();
            let opens = before.is_none_or(|b: char| b.is_whitespace() || matches!(b, ',' | ';' | '('));
            let letter = c.to_ascii_lowercase();
            let known = || self.question.options.iter().any(|o| o.letter.as_deref().is_some_and(|l| l.starts_with(letter)));
            if opens && c.is_ascii_alphabetic() && after.starts_with(')') && known() {
                let start = if before == Some('(') { at - 1 } else { at };
                marks.push((letter, start, at + 2));
            }
            before = Some(c);
        }
        let boxes = boxes::labels(self.text);
        let ends = marks.iter().skip(1).map(|(_, start, _)| *start).chain([self.text.len()]);
        // The sign of the next one's box is none of its words.
        let end = |from: usize, to: usize| boxes.iter().find(|b| b.range.contains(&from)).map_or(to, |b| b.range.end.min(to));
        let ends = ends.zip(&marks).map(|(to, (_, _, from))| end(*from, to));
        marks.iter().zip(ends).map(|((letter, _, from), to)| (letter.to_string(), trimmed(self.text, *from..to))).collect()
    }

    /// The entries of a list: numbered, bulleted, separated by semicolons, or one a line.
    fn list(&self) -> Vec<Range<usize>> {
        let numbered = self.numbered();
        if !numbered.is_empty() {
            return numbered;
        }
        let cuts = |separators: &[char]| -> Vec<Range<usize>> {
            let mut start = 0;
            let mut all = Vec::new();
            for (at, c) in self.text.char_indices().filter(|(_, c)| separators.contains(c)).chain([(self.text.len(), ' ')]) {
                all.push(trimmed(self.text, start..at));
                start = at + c.len_utf8();
            }
            all.retain(|range| !range.is_empty());
            all
        };
        for separators in [BULLETS, &[';']] {
            let entries = cuts(separators);
            if entries.len() > 1 || self.text.starts_with(separators) {
                return entries;
            }
        }
        let line = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or_default().trim();
        // Where dashes begin entries, a line without one goes on with the entry before it.
        let dashes: Vec<usize> = self.lines.iter().filter(|r| line(r).starts_with(DASHES)).map(|r| r.start).collect();
        if dashes.len() > 1 && self.lines.first().is_some_and(|first| dashes.first() == Some(&first.start)) {
            let ends = dashes.iter().skip(1).copied().chain([self.text.len()]);
            return dashes.iter().zip(ends).map(|(from, to)| trimmed(self.text, *from..to)).collect();
        }
        let begins = |range: &Range<usize>| line(range).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        // Lines of which the last alone ends in a full stop are one sentence.
        let sentence = self.lines.iter().position(|r| line(r).ends_with('.')) == self.lines.len().checked_sub(1);
        if self.lines.len() > 1 && !sentence && self.lines.iter().all(begins) {
            return self.lines.iter().map(|range| trimmed(self.text, range.clone())).collect();
        }
        vec![trimmed(self.text, 0..self.text.len())]
    }

    /// `1) … 2) …`: numbers that count up from the first.
    fn numbered(&self) -> Vec<Range<usize>> {
        let mut marks: Vec<(usize, usize)> = Vec::new();
        let mut expected = 1;
        let mut at = 0;
        for word in self.text.split(' ') {
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            let number = word.get(..digits).and_then(|d| d.parse::<u32>().ok());
            let mark = word.get(digits..).unwrap_or_default();
            let length = mark.bytes().take_while(|b| matches!(b, b')' | b'.' | b'-')).count();
            if number == Some(expected) && length > 0 && (length == mark.len() || mark.starts_with(')')) {
                marks.push((at, at + digits + length));
                expected += 1;
            }
            at += word.len() + 1;
        }
        // Words before the first number belong to no entry, unless there are none: then it is no numbered list.
        let ends = marks.iter().skip(1).map(|(start, _)| *start).chain([self.text.len()]);
        let entries = marks.iter().zip(ends).map(|((_, from), to)| trimmed(self.text, *from..to));
        entries.filter(|range| !range.is_empty()).collect()
    }
}

/// A warning that something was not understood.
fn unread(code: &'static str, message: String) -> Diagnostic {
    Diagnostic::warning(code, message).hint("the answer is kept as text; its words can be added to the form's file")
}

/// What stands between an option and its level; the first that is found divides.
const ARROWS: &[&str] = &["=>", "->", "→", "⇒", "=", ":"];
/// Marks that begin an entry of a list where they stand first in a line.
const DASHES: &[char] = &['-', '–', '—', '*'];
/// Signs that begin an entry of a list.
const BULLETS: &[char] = &['○', '•', '●', '▪', '◦', '·', '■', '\u{f0b7}', '\u{f0a7}'];

fn chosen(option: &OptionSpec, range: Range<usize>) -> Chosen {
    Chosen {
        letter: option.letter.clone().unwrap_or_default(),
        concept: option.concept.as_ref().map(|concept| concept.0.clone()),
        range,
    }
}

/// A range without white space, commas, semicolons and dashes at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    const EDGE: &[char] = &[',', ';', '-', '–', '—', '*'];
    let part = text.get(range.clone()).unwrap_or_default();
    let edge = |c: char| c.is_whitespace() || EDGE.contains(&c);
    let head = part.trim_start_matches(edge);
    let start = range.end - head.len();
    start..start + head.trim_end_matches(edge).len()
}
