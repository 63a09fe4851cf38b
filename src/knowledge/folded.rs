//! The words of forms in the form in which they are compared. Every report is compared with them, so they are folded once.

use super::form::{Form, OptionSpec, SectionSpec};
use super::words::folded_words;
use crate::model::lang::Lang;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Folded words by language.
pub type WordsByLang = Vec<(Lang, Vec<String>)>;
/// Folded phrases, whatever their language.
pub type Phrases = Vec<Vec<String>>;

/// The words of a form, in the form's order.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// Of each section's heading, in each of its wordings.
    pub sections: Vec<WordsByLang>,
    /// The phrases of the title page.
    pub marks: WordsByLang,
    /// The words for yes.
    pub yes: Phrases,
    /// The words for no.
    pub no: Phrases,
    /// The words that say that there is nothing to say.
    pub nothing: Phrases,
    /// The headings at which reports end.
    pub end: Phrases,
    /// The captions of each table.
    pub captions: Vec<Phrases>,
}

/// The words of a form, once they were asked for.
pub(super) type Once = OnceLock<Folded>;
/// The wordings of an option, once they were asked for.
pub(super) type OnceWordings = OnceLock<Phrases>;

/// Phrases by language as phrases.
fn phrases(by_lang: &BTreeMap<Lang, Vec<String>>) -> Phrases {
    by_lang.values().flatten().map(|phrase| folded_words(phrase)).collect()
}

impl Form {
    /// Its words, folded.
    pub fn folded(&self) -> &Folded {
        let headings = |section: &SectionSpec| {
            let also = section.also.iter().flat_map(|(lang, all)| all.iter().map(move |text| (lang, text)));
            section.heading.iter().chain(also).map(|(lang, text)| (lang.clone(), folded_words(text))).collect()
        };
        let marks = || {
            let marks = self.recognition.marks.iter();
            marks.flat_map(|(lang, all)| all.iter().map(|mark| (lang.clone(), folded_words(mark)))).collect()
        };
        self.folded.get_or_init(|| Folded {
            sections: self.sections.iter().map(headings).collect(),
            marks: marks(),
            yes: phrases(&self.words.yes),
            no: phrases(&self.words.no),
            nothing: phrases(&self.words.nothing),
            end: phrases(&self.end),
            captions: self.tables.iter().map(|table| phrases(&table.caption)).collect(),
        })
    }
}

impl OptionSpec {
    /// All wordings, in all languages, folded.
    pub fn folded(&self) -> &[Vec<String>] {
        self.folded.get_or_init(|| self.wordings().map(folded_words).collect())
    }
}
