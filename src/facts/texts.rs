//! The words of the program for its readers, from `data/ui.toml`.

use crate::knowledge::files;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The languages that the pages can be read in, with their own names; the first is the one for readers of none of them.
pub const LANGUAGES: &[(&str, &str)] = &[("en", "English"), ("es", "Español"), ("fr", "Français")];

type Table = BTreeMap<String, BTreeMap<String, String>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let files = files::data("", "ui.toml");
    let text = files.first().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    toml::from_str(&text).unwrap_or_else(|error| {
        tracing::error!(%error, "`data/ui.toml` cannot be read: pages show the names of their words");
        Table::new()
    })
});

/// The words for `key` in a language, in English if they are missing there, or the key itself.
pub fn text<'a>(key: &'a str, lang: &str) -> &'a str
where
    'static: 'a,
{
    let words = TABLE.get(key);
    words.and_then(|words| words.get(lang).or_else(|| words.get("en"))).map_or(key, String::as_str)
}

/// The words for `key` with each `{name}` filled in.
pub fn filled(key: &str, lang: &str, values: &[(&str, String)]) -> String {
    values.iter().fold(text(key, lang).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// Every key, with the languages that it has; for tests.
pub fn keys() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    TABLE.iter().map(|(key, words)| (key.as_str(), words.keys().map(String::as_str).collect()))
}

/// The code of a language that the pages have, if `code` is one.
pub fn known(code: &str) -> Option<&'static str> {
    LANGUAGES.iter().map(|(known, _)| *known).find(|known| known.eq_ignore_ascii_case(code))
}
