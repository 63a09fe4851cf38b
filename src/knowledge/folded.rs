//! The words of forms in the form in which they are compared. Every report is compared with them, so they are folded once.

use super::form::{Form, Texts};
use super::words::folded_words;
use crate::model::lang::Lang;
use std::sync::OnceLock;

/// Folded words by language.
pub type WordsByLang = Vec<(Lang, Vec<String>)>;

/// The words of a form, in the form's order.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// Of each question.
    pub questions: Vec<WordsByLang>,
    /// Of each section's heading.
    pub sections: Vec<WordsByLang>,
    /// The phrases of the title page.
    pub marks: WordsByLang,
}

/// The words of a form, once they were asked for.
pub(super) type Once = OnceLock<Folded>;

impl Form {
    /// Its words, folded.
    pub fn folded(&self) -> &Folded {
        let texts = |texts: &Texts| texts.iter().map(|(lang, text)| (lang.clone(), folded_words(text))).collect();
        let marks = || {
            let marks = self.recognition.marks.iter();
            marks.flat_map(|(lang, all)| all.iter().map(|mark| (lang.clone(), folded_words(mark)))).collect()
        };
        self.folded.get_or_init(|| Folded {
            questions: self.questions.iter().map(|question| texts(&question.text)).collect(),
            sections: self.sections.iter().map(|section| texts(&section.heading)).collect(),
            marks: marks(),
        })
    }
}
