//! A form prepared for comparison: its questions' and headings' words, folded, by language.

use crate::knowledge::form::{Form, QuestionSpec, SectionSpec, Texts};
use crate::knowledge::words::folded_words;
use crate::model::lang::Lang;

/// Folded words by language, in the order of the form.
pub(super) type ByLang<'a> = Vec<(&'a Lang, Vec<String>)>;

/// A form and its words.
pub(super) struct Known<'a> {
    pub(super) form: &'a Form,
    pub(super) questions: Vec<(&'a QuestionSpec, ByLang<'a>)>,
    pub(super) sections: Vec<(&'a SectionSpec, ByLang<'a>)>,
    /// The phrases of the title page.
    pub(super) marks: ByLang<'a>,
}

impl<'a> Known<'a> {
    /// Folds the words of a form.
    pub(super) fn of(form: &'a Form) -> Self {
        let marks = form.recognition.marks.iter();
        Self {
            form,
            questions: form.questions.iter().map(|q| (q, folded(&q.text))).collect(),
            sections: form.sections.iter().map(|s| (s, folded(&s.heading))).collect(),
            marks: marks.flat_map(|(lang, all)| all.iter().map(move |mark| (lang, folded_words(mark)))).collect(),
        }
    }

    /// The words of a question in a language, or in any if it has none in that one.
    pub(super) fn words(&self, question: usize, lang: &Lang) -> &[String] {
        let Some((_, by_lang)) = self.questions.get(question) else { return &[] };
        by_lang.iter().find(|(l, _)| *l == lang).or(by_lang.first()).map_or(&[], |(_, words)| words)
    }
}

fn folded(texts: &Texts) -> ByLang<'_> {
    texts.iter().map(|(lang, text)| (lang, folded_words(text))).collect()
}
