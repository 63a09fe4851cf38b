//! Names as they stand in a sentence: with the article that their noun has in Spanish and French, drawn together with the
//! preposition before it.

use super::lattice::Books;
use super::sorts;
use crate::facts::labels::best;
use crate::model::id::fold;
use crate::model::vocab::class;
use std::collections::BTreeMap;

/// Some words and the name behind them: "dirigidos a" and "agricultura" are "dirigidos a la agricultura".
pub(super) fn behind(words: &str, entity: usize, label: &str, books: Books<'_>) -> String {
    let with = |article: &str, name: &str| {
        let space = if article.ends_with('\'') { "" } else { " " };
        format!("{article}{space}{name}")
    };
    let Some(article) = of(entity, label, books) else { return join(words, label) };
    let Some((before, last)) = words.rsplit_once(' ').map_or(Some(("", words)), Some).filter(|(_, last)| !last.is_empty()) else {
        return with(&article, label);
    };
    match books.lexicon.words.contracted.get(&format!("{} {article}", fold(last))) {
        Some(together) => join(before, &with(together, label)),
        None => join(words, &with(&article, label)),
    }
}

/// What is written and what comes next: the article of a name that comes next is drawn together with the last word where that
/// only adds to it ("a" and "el café" are "al café"), and left out where the word would become another.
pub(super) fn after(written: &str, next: &str, books: Books<'_>) -> String {
    let words = books.lexicon.words;
    let last = written.rsplit(' ').next().unwrap_or_default();
    let drawn = words.contracted.iter().find_map(|(apart, together)| {
        let (preposition, article) = apart.split_once(' ')?;
        let name = next.strip_prefix(article).filter(|name| name.starts_with(' ') || article.ends_with('\''))?;
        (fold(last) == preposition).then_some((together, name.trim_start()))
    });
    match drawn {
        Some((together, name)) => match together.strip_prefix(last) {
            Some(more) if !more.is_empty() => format!("{written}{more} {name}"),
            _ => join(written, name),
        },
        None => join(written, next),
    }
}

fn join(words: &str, rest: &str) -> String {
    if words.is_empty() { rest.to_owned() } else { format!("{words} {rest}") }
}

/// The article of a name; none if it stands without one, as acronyms and the names of people's own things do.
fn of(entity: usize, label: &str, books: Books<'_>) -> Option<String> {
    let words = books.lexicon.words;
    let found = books.vocabulary.entities.get(entity)?;
    let own = best(&found.labels, books.lexicon.lang).is_some_and(|(lang, _)| lang == books.lexicon.lang);
    let country = found.sorts & sorts::of_class(class::COUNTRY.as_str()) != 0;
    let first = fold(label.split([' ', '-', '\'', '’']).next().unwrap_or_default());
    let table = if country { &words.country_article } else { &words.article };
    let common = country || label.starts_with(char::is_lowercase);
    let article = longest(table, &first, common).filter(|article| own && !article.is_empty())?;
    // "L'agriculture": before a vowel, an article that ends in one loses it.
    let vowel = |text: &str| text.starts_with(['a', 'e', 'i', 'o', 'u']);
    let short = article.get(..1).map(|first| format!("{first}'"));
    let elided = short.filter(|short| words.elided.contains(short) && vowel(&first) && matches!(article, "le" | "la"));
    Some(elided.unwrap_or_else(|| article.to_owned()))
}

/// The article whose pattern fits best: the word itself before its ending, a long ending before a short one. Only common nouns
/// are told by their endings.
fn longest<'a>(table: &'a BTreeMap<String, Vec<String>>, word: &str, common: bool) -> Option<&'a str> {
    let rank = |pattern: &String| match pattern.strip_prefix('-') {
        Some(ending) => (common && word.ends_with(ending)).then_some(ending.len()),
        None => (pattern == word).then_some(usize::MAX),
    };
    let best = table.iter().filter_map(|(article, patterns)| Some((patterns.iter().filter_map(rank).max()?, article.as_str())));
    best.max().map(|(_, article)| article)
}
