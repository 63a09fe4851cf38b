//! Forms prepared for comparison: the words of their questions, headings and title pages as numbers, side by side.
//!
//! Every report is compared with all forms, so this is done once, when the forms are loaded.

use super::headings::Heads;
use super::labels::{Labels, is_labelled};
use super::vocabulary::{Number, Vocabulary, WordSet};
use crate::knowledge::form::{Form, QuestionSpec, SectionSpec, Texts};
use crate::model::lang::Lang;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// A form and its words.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) form: &'a Form,
    pub(super) words: &'a FormWords,
}

impl<'a> Known<'a> {
    pub(super) fn question(self, question: usize) -> Option<&'a QuestionSpec> {
        self.form.questions.get(question)
    }

    pub(super) fn section(self, section: usize) -> Option<&'a SectionSpec> {
        self.form.sections.get(section)
    }
}

/// Words that belong together: of a question, a heading or a phrase, in one language.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    lang: usize,
    words: Range<usize>,
}

/// The words of a form.
pub(super) struct FormWords {
    languages: Vec<Lang>,
    /// The words of all phrases.
    all: Vec<Number>,
    /// Those of all questions, question by question, and which of them are those of each.
    questions: (Vec<Phrase>, Vec<Range<usize>>),
    /// Other wordings of the questions, question by question.
    also: Vec<Vec<Phrase>>,
    /// The questions that have a printed number, by that, in the form's order.
    by_number: FxHashMap<String, Vec<usize>>,
    /// The phrases of the title page.
    pub(super) marks: Vec<Phrase>,
    /// The words that such phrases begin with.
    pub(super) mark_begins: WordSet,
    /// The headings of its sections, and its labels without numbers.
    pub(super) heads: Heads,
    /// Categories and labels by language, of a form whose questions have no numbers.
    pub(super) labels: Vec<Labels>,
}

impl FormWords {
    /// The words of a form, learned.
    pub(super) fn of(form: &Form, vocabulary: &mut Vocabulary) -> Self {
        let marks = form.recognition.marks.iter();
        let texts = form.questions.iter().map(|q| &q.text).chain(form.sections.iter().map(|s| &s.heading));
        let languages: BTreeSet<&Lang> = texts.flat_map(Texts::keys).chain(form.recognition.marks.keys()).collect();
        let mut words = Self {
            languages: languages.into_iter().cloned().collect(),
            all: Vec::new(),
            questions: (Vec::new(), Vec::new()),
            also: Vec::new(),
            by_number: FxHashMap::default(),
            marks: Vec::new(),
            mark_begins: WordSet::default(),
            heads: Heads::default(),
            labels: Vec::new(),
        };
        for (at, question) in form.questions.iter().enumerate() {
            let phrases = words.learn(&question.text, vocabulary);
            let from = words.questions.0.len();
            words.questions.0.extend(phrases);
            words.questions.1.push(from..words.questions.0.len());
            let also = question.also.iter().flat_map(|(lang, all)| all.iter().map(move |text| (lang, text)));
            let also = also.map(|(lang, text)| words.phrase(lang, text, vocabulary)).collect();
            words.also.push(also);
            if let Some(number) = &question.number {
                words.by_number.entry(number.clone()).or_default().push(at);
            }
        }
        let sections: Vec<Vec<Phrase>> = form.sections.iter().map(|section| words.learn(&section.heading, vocabulary)).collect();
        for (lang, phrases) in marks {
            for phrase in phrases {
                let phrase = words.phrase(lang, phrase, vocabulary);
                words.marks.push(phrase);
            }
        }
        words.mark_begins = WordSet::of(words.marks.iter().filter_map(|mark| words.of_phrase(mark).first().copied()));
        words.heads = Heads::of(form, &words, &sections);
        if is_labelled(form) {
            words.labels = words.languages.iter().map(|lang| Labels::of(form, &words, &sections, lang)).collect();
        }
        words
    }

    fn learn(&mut self, texts: &Texts, vocabulary: &mut Vocabulary) -> Vec<Phrase> {
        texts.iter().map(|(lang, text)| self.phrase(lang, text, vocabulary)).collect()
    }

    fn phrase(&mut self, lang: &Lang, text: &str, vocabulary: &mut Vocabulary) -> Phrase {
        let from = self.all.len();
        self.all.extend(vocabulary.learned(text));
        let lang = self.languages.iter().position(|l| l == lang).unwrap_or_default();
        Phrase { lang, words: from..self.all.len() }
    }

    /// The language of a phrase.
    pub(super) fn lang(&self, phrase: &Phrase) -> &Lang {
        &self.languages[phrase.lang]
    }

    /// The words of a phrase.
    pub(super) fn of_phrase(&self, phrase: &Phrase) -> &[Number] {
        &self.all[phrase.words.clone()]
    }

    /// The words of a question, by language.
    pub(super) fn of_question(&self, question: usize) -> &[Phrase] {
        self.questions.1.get(question).map_or(&[], |range| &self.questions.0[range.clone()])
    }

    /// Other wordings of a question, by language.
    pub(super) fn also_of(&self, question: usize) -> &[Phrase] {
        self.also.get(question).map_or(&[], Vec::as_slice)
    }

    /// The words of one of several phrases in a language; none if it has none in that one.
    pub(super) fn in_lang(&self, phrases: &[Phrase], lang: &Lang) -> Option<&[Number]> {
        phrases.iter().find(|phrase| self.lang(phrase) == lang).map(|phrase| self.of_phrase(phrase))
    }

    /// The words of a question in a language, or in any if it has none in that one.
    pub(super) fn question_in(&self, question: usize, lang: &Lang) -> &[Number] {
        let phrases = self.of_question(question);
        self.in_lang(phrases, lang).or_else(|| phrases.first().map(|phrase| self.of_phrase(phrase))).unwrap_or_default()
    }

    /// The questions with a printed number.
    pub(super) fn numbered(&self, number: &str) -> &[usize] {
        self.by_number.get(number).map_or(&[], Vec::as_slice)
    }
}
