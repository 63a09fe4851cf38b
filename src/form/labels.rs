//! Forms whose questions have no numbers: the words of their categories and labels, and how a line goes on with them.

use super::headings::Head;
use super::known::{FormWords, Phrase};
use super::layout::Word;
use super::vocabulary::{Number, WordSet};
use crate::knowledge::form::{Form, SectionSpec};
use crate::knowledge::words::each_word;
use crate::model::document::{Document, Span};
use crate::model::id::fold;
use crate::model::lang::Lang;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A category or a label, with what follows it.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    /// What it is in the form.
    pub(super) head: Head,
    /// The line in which it begins.
    pub(super) line: usize,
    /// Its words, piece by piece.
    pub(super) words: Vec<Span>,
    /// The content, line by line.
    pub(super) content: Vec<(usize, Span)>,
}

/// Whether the questions of a form have no numbers.
pub(super) fn is_labelled(form: &Form) -> bool {
    form.questions.iter().all(|question| question.number.is_none())
}

/// The categories and labels of a form, in one language.
pub(super) struct Labels {
    pub(super) lang: Lang,
    pub(super) sections: Phrases,
    pub(super) questions: Phrases,
    /// The words that one of them begins with.
    pub(super) begins: WordSet,
    /// The category of each label.
    pub(super) of_section: Vec<Option<usize>>,
    /// The categories that each category holds, itself with them.
    within: Vec<Range<usize>>,
}

impl Labels {
    /// Those of a form, of whose sections the words are given.
    pub(super) fn of(form: &Form, words: &FormWords, sections: &[Vec<Phrase>], lang: &Lang) -> Self {
        let headings = form.sections.iter().zip(sections).enumerate().filter_map(|(at, (section, phrases))| {
            Some(Words::of(at, words.in_lang(phrases, lang)?, section.heading.get(lang)?))
        });
        let questions = form.questions.iter().enumerate().flat_map(|(at, question)| {
            let own = words.in_lang(words.of_question(at), lang).zip(question.text.get(lang));
            let also = words.also_of(at).iter().filter(|phrase| words.lang(phrase) == lang).map(|phrase| words.of_phrase(phrase));
            let also = also.zip(question.also.get(lang).into_iter().flatten());
            own.into_iter().chain(also).map(move |(numbers, text)| Words::of(at, numbers, text))
        });
        let (sections, questions) = (Phrases::of(headings), Phrases::of(questions));
        let section = |id: &String| form.sections.iter().position(|section| section.id == *id);
        Self {
            lang: lang.clone(),
            begins: WordSet::of(sections.by_first.keys().chain(questions.by_first.keys()).copied()),
            sections,
            questions,
            of_section: form.questions.iter().map(|question| question.section.as_ref().and_then(section)).collect(),
            within: (0..form.sections.len()).map(|at| at..held(&form.sections, at)).collect(),
        }
    }

    /// Whether the first word of a line is a part of one that a category or label begins with, which a narrow column broke.
    pub(super) fn begins_broken(&self, document: &Document, words: &[Word]) -> bool {
        first_part(document, words).is_some_and(|part| self.sections.has_broken(&part) || self.questions.has_broken(&part))
    }

    /// Whether a label belongs to a category, or to one within it.
    pub(super) fn holds(&self, section: usize, label: usize) -> bool {
        let of = self.of_section.get(label).copied().flatten();
        of.is_some_and(|of| self.within.get(section).is_some_and(|within| within.contains(&of)))
    }

    /// Whether a label begins with the whole name of a category: "Ratification" and "Ratification status".
    pub(super) fn begins_as(&self, label: usize, section: usize) -> bool {
        let names = || self.sections.all.iter().filter(|words| words.of == section);
        let labels = self.questions.all.iter().filter(|words| words.of == label);
        labels.into_iter().any(|label| names().any(|name| label.numbers.starts_with(&name.numbers)))
    }

    /// Whether the category of a label has begun, or one that it lies in, if those before `begun` have.
    pub(super) fn has_begun(&self, label: usize, begun: usize) -> bool {
        self.of_section.get(label).copied().flatten().is_none() || (0..begun).any(|section| self.holds(section, label))
    }
}

/// One past the last category within a category.
fn held(sections: &[SectionSpec], at: usize) -> usize {
    let level = sections.get(at).map_or(0, |section| section.level);
    let after = sections.iter().enumerate().skip(at + 1).find(|(_, section)| section.level <= level);
    after.map_or(sections.len(), |(after, _)| after)
}

/// The words of a category or label.
#[derive(Debug)]
pub(super) struct Words {
    /// Which one's they are, by its index in the form.
    of: usize,
    numbers: Vec<Number>,
    /// The same, folded; a narrow column may break them.
    folded: Vec<String>,
    /// The same, as the form prints them.
    pub(super) printed: Vec<String>,
}

/// How much of a category or label is found: so many words, and so many bytes of the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) words: usize,
    bytes: usize,
}

impl Words {
    fn of(of: usize, numbers: &[Number], text: &str) -> Self {
        let words: Vec<_> = each_word(text).collect();
        let printed = words.iter().map(|word| text.get(word.range.clone()).unwrap_or_default().to_owned()).collect();
        Self { of, numbers: numbers.to_vec(), folded: words.into_iter().map(|word| word.text).collect(), printed }
    }

    /// Whether all of it is found.
    pub(super) fn is_whole(&self, progress: Progress) -> bool {
        progress.words >= self.numbers.len()
    }

    /// How many words are not found.
    pub(super) fn missing(&self, progress: Progress) -> usize {
        self.numbers.len().saturating_sub(progress.words)
    }

    /// Whether a word may go on from where it was broken off, as far as its number and its first letter tell.
    pub(super) fn may_go_on(&self, document: &Document, word: &Word, from: Progress) -> bool {
        if from.bytes == 0 && self.numbers.get(from.words) == Some(&word.number) {
            return true;
        }
        let missing = self.folded.get(from.words).and_then(|folded| folded.as_bytes().get(from.bytes));
        let written = document.text.as_bytes().get(word.start);
        // What is folded may begin with another letter only where it is no ASCII character.
        let differ = |(own, known): (&u8, &u8)| own.is_ascii() && known.is_ascii() && !own.eq_ignore_ascii_case(known);
        !written.zip(missing).is_some_and(differ)
    }

    /// How many words at the beginning of some words go on from where it was broken off, and how far they come. The last word
    /// of a column's line may be a part of one: `Special initiati` and `ves/Progress`.
    pub(super) fn go_on(&self, document: &Document, words: &[Word], from: Progress) -> (usize, Progress) {
        let (mut at, mut progress) = (0, from);
        while let (Some(word), Some(known)) = (words.get(at), self.numbers.get(progress.words)) {
            if progress.bytes == 0 && word.number == *known {
                progress.words += 1;
            } else {
                if !self.may_go_on(document, word, progress) {
                    break; // as nearly all do
                }
                let rest = self.folded.get(progress.words).and_then(|folded| folded.get(progress.bytes..)).unwrap_or_default();
                let written = document.text.get(word.start..word.end()).unwrap_or_default();
                let part = fold(written);
                if progress.bytes > 0 && part == rest {
                    progress = Progress { words: progress.words + 1, bytes: 0 };
                } else if part.len() > 1
                    && part.len() < rest.len()
                    && rest.starts_with(&part)
                    && is_parted(document, words, at + 1)
                {
                    return (at + 1, Progress { bytes: progress.bytes + part.len(), ..progress });
                } else {
                    break;
                }
            }
            at += 1;
        }
        (at, progress)
    }
}

/// The words of categories or labels.
pub(super) struct Phrases {
    all: Vec<Words>,
    /// The places of those that begin with a word, ascending.
    by_first: FxHashMap<Number, Vec<usize>>,
}

impl Phrases {
    fn of(all: impl Iterator<Item = Words>) -> Self {
        let all: Vec<Words> = all.collect();
        let mut by_first: FxHashMap<Number, Vec<usize>> = FxHashMap::default();
        for (at, words) in all.iter().enumerate() {
            if let Some(first) = words.numbers.first() {
                by_first.entry(*first).or_default().push(at);
            }
        }
        Self { all, by_first }
    }

    /// Whether a word that stands by itself in its column is the first part of a word that one of them begins with.
    fn has_broken(&self, part: &str) -> bool {
        self.all.iter().filter_map(|words| words.folded.first()).any(|first| first.len() > part.len() && first.starts_with(part))
    }

    /// Those that begin with the first of some words: the index in the form, its words, and how many of the words are its own.
    pub(super) fn begun(&self, document: &Document, words: &[Word]) -> impl Iterator<Item = (usize, &Words, usize, Progress)> {
        let here = words.first().and_then(|word| self.by_first.get(&word.number));
        let broken = if here.is_none() && first_part(document, words).is_some() { self.all.len() } else { 0 };
        let all = here.into_iter().flatten().copied().chain(0..broken).map(move |at| {
            let known = &self.all[at];
            let (count, progress) = known.go_on(document, words, Progress::default());
            (known.of, known, count, progress)
        });
        all.filter(|(.., count, _)| *count > 0)
    }
}

/// The first word, folded, if it stands by itself in its column and is long enough to be a part of one that is broken.
fn first_part(document: &Document, words: &[Word]) -> Option<String> {
    const SHORTEST: usize = 5;
    let word = words.first().filter(|word| word.end() - word.start >= SHORTEST && is_parted(document, words, 1))?;
    Some(fold(document.text.get(word.start..word.end())?))
}

/// Whether a wide gap, a tab or a rule stands behind so many words, as between columns, or the end of the line.
pub(super) fn is_parted(document: &Document, words: &[Word], count: usize) -> bool {
    let Some(last) = count.checked_sub(1).and_then(|last| words.get(last)) else { return false };
    let Some(next) = words.get(count) else { return true };
    let between = document.text.get(last.end()..next.start).unwrap_or_default();
    between.contains("  ") || between.contains(['\t', '|', '\u{a0}'])
}
