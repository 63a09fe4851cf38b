//! A form prepared for comparison: its questions' and headings' words, folded, by language.

use crate::knowledge::folded::WordsByLang;
use crate::knowledge::form::{Form, QuestionSpec, SectionSpec};
use crate::model::lang::Lang;

/// Folded words by language, in the order of the form.
pub(super) type ByLang<'a> = Vec<(&'a Lang, &'a [String])>;

/// A form and its words.
pub(super) struct Known<'a> {
    pub(super) form: &'a Form,
    pub(super) questions: Vec<(&'a QuestionSpec, ByLang<'a>)>,
    pub(super) sections: Vec<(&'a SectionSpec, ByLang<'a>)>,
    /// The phrases of the title page.
    pub(super) marks: ByLang<'a>,
}

impl<'a> Known<'a> {
    /// A form with its words.
    pub(super) fn of(form: &'a Form) -> Self {
        let folded = form.folded();
        Self {
            form,
            questions: form.questions.iter().zip(folded.questions.iter().map(by_lang)).collect(),
            sections: form.sections.iter().zip(folded.sections.iter().map(by_lang)).collect(),
            marks: by_lang(&folded.marks),
        }
    }

    /// The words of a question in a language, or in any if it has none in that one.
    pub(super) fn words(&self, question: usize, lang: &Lang) -> &[String] {
        let Some((_, by_lang)) = self.questions.get(question) else { return &[] };
        by_lang.iter().find(|(l, _)| *l == lang).or(by_lang.first()).map_or(&[], |(_, words)| *words)
    }
}

fn by_lang(words: &WordsByLang) -> ByLang<'_> {
    words.iter().map(|(lang, words)| (lang, words.as_slice())).collect()
}
