//! Answers in words, in the language of the question.

use super::Understood;
use super::answer::Row;
use super::lattice::Books;
use super::words::Words;

/// The words for `key`, with each `{name}` filled in.
pub(super) fn filled(words: &Words, key: &str, values: &[(&str, String)]) -> String {
    let text = words.say.get(key).cloned().unwrap_or_default();
    values.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// So many things are named in a sentence.
const NAMED: usize = 12;

/// Several things as a list in words: "A, B and C".
pub(super) fn list(items: &[String], words: &Words) -> String {
    let more = items.len().saturating_sub(NAMED);
    let shown = items.get(..items.len().min(NAMED)).unwrap_or_default();
    if more > 0 {
        return filled(words, "and-more", &[("items", shown.join(", ")), ("more", more.to_string())]);
    }
    joined(shown, words.say.get("and").map_or("", String::as_str))
}

/// Several things as a choice: "A, B or C".
pub(super) fn either(items: &[String], words: &Words) -> String {
    joined(items, words.say.get("or").map_or("", String::as_str))
}

fn joined(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} {word} {last}", all.join(", ")),
    }
}

/// The rows as a sentence.
pub(super) fn rows(rows: &[Row], words: &Words) -> String {
    let item = |row: &Row| match &row.value {
        Some(value) if row.iri.is_some() => format!("{} ({})", row.label, plain(value)),
        _ => row.label.clone(),
    };
    let items: Vec<String> = rows.iter().map(item).collect();
    let text = list(&items, words);
    if text.ends_with('.') { text } else { text + "." }
}

/// A value as it is read.
pub(super) fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Questions that can be asked: the examples of the language whose names the graph holds.
pub(super) fn examples(understood: &Understood<'_>) -> Vec<String> {
    of_language(understood.books).into_iter().take(3).collect()
}

/// The examples of a language.
pub(super) fn of_language(books: Books<'_>) -> Vec<String> {
    books.lexicon.words.examples.clone()
}
