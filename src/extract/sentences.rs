//! The sentences of a text, for those who show it.

use super::tokens::{self, Kind};
use super::vocabulary::{Language, Numbers, Vocabulary};
use crate::knowledge::lexicon::lexicons;
use crate::model::lang::Lang;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The words of each language whose full stop ends no sentence.
static ABBREVIATIONS: LazyLock<BTreeMap<Lang, Vec<String>>> = LazyLock::new(|| {
    let all = lexicons().unwrap_or_default();
    all.into_iter().map(|lexicon| (lexicon.language, lexicon.words.abbreviations)).collect()
});

/// The sentences of a text in the language of this code that have `least` words or more, in bytes of the text, without the
/// marks that begin the items of its lists.
pub fn sentences(text: &str, lang: &str, least: usize) -> Vec<Range<usize>> {
    let known = Lang::new(lang).and_then(|lang| ABBREVIATIONS.get(&lang));
    let tokens = tokens::tokens(text, Vocabulary { numbers: &Numbers::default(), language: &Language::default() });
    let all = tokens::sentences(&tokens, known.map(Vec::as_slice).unwrap_or_default());
    all.into_iter()
        .filter_map(|sentence| {
            let tokens = tokens.get(sentence.tokens)?;
            let words = tokens.iter().filter(|token| token.kind == Kind::Word).count();
            (words >= least).then_some(tokens.first()?.start()..tokens.last()?.end())
        })
        .collect()
}
