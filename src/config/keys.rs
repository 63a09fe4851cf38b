//! The settings, each a row of one table: from it come what the file, the environment and the flags may say, `flg config`, the help
//! of commands, and the table of `docs/operating.md`.

mod table;
mod values;

use super::Config;
pub use table::KEYS;
use toml::Value;

/// A setting.
pub struct Key {
    /// Its name in the file; in the environment, `query-timeout` is `FLG_QUERY_TIMEOUT`, and as a flag `--query-timeout`.
    pub name: &'static str,
    /// What stands for its value in help.
    pub value: &'static str,
    /// What it is for.
    pub help: &'static str,
    /// What it takes.
    pub expected: &'static str,
    /// Who heeds it.
    pub scope: Scope,
    set: fn(&mut Config, &str) -> Option<()>,
    get: fn(&Config) -> Option<Value>,
}

/// Who heeds a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every command, which has a flag for it.
    All,
    /// `flg serve`, which has a flag for it.
    Server,
    /// Some commands, some of which have a flag of their own.
    Some,
}

impl Key {
    /// The setting of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }
    /// Its name in the environment.
    pub fn variable(&self) -> String {
        format!("FLG_{}", self.name.replace('-', "_").to_ascii_uppercase())
    }
    /// What it is in some settings; `None` if it is not set.
    pub fn of(&self, config: &Config) -> Option<Value> {
        (self.get)(config)
    }
    /// What it is if nobody sets it, as words.
    pub fn default(&self) -> String {
        self.of(&Config::default()).map_or_else(|| "not set".to_owned(), |value| words(&value))
    }
    /// Takes a text over.
    ///
    /// # Errors
    /// What it takes, if it cannot take this.
    pub(super) fn put(&self, config: &mut Config, text: &str) -> Result<(), &'static str> {
        (self.set)(config, text).ok_or(self.expected)
    }
    /// Whether it takes a text.
    ///
    /// # Errors
    /// As a sentence for the reader of a command line.
    pub fn check(&self, text: &str) -> Result<String, String> {
        self.put(&mut Config::default(), text).map(|()| text.to_owned()).map_err(|expected| format!("it takes {expected}"))
    }
}

/// A value without quotation marks.
pub fn words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// All settings as a table of Markdown.
pub fn markdown() -> String {
    let rows = KEYS.iter().map(|key| {
        let (name, variable, help, expected) = (key.name, key.variable(), key.help, key.expected);
        let default = key.of(&Config::default()).map_or_else(String::new, |value| format!("`{}`", words(&value)));
        format!("| `{name}` | `{variable}` | {help} | {expected} | {default} |\n")
    });
    let head = "| in the file | in the environment | what | takes | default |\n|---|---|---|---|---|\n".to_owned();
    std::iter::once(head).chain(rows).collect()
}

/// The likeliest setting that was meant, or all that there are.
pub(super) fn nearest(name: &str) -> String {
    const ALIKE: f64 = 0.75;
    let best = KEYS
        .iter()
        .map(|key| (strsim::jaro_winkler(&name.to_lowercase().replace('_', "-"), key.name), key.name))
        .filter(|(score, _)| *score >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or_else(
        || format!("the settings are {}", KEYS.iter().map(|k| format!("`{}`", k.name)).collect::<Vec<_>>().join(", ")),
        |(_, key)| format!("did you mean `{key}`?"),
    )
}
