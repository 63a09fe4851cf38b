//! Languages, as two- or three-letter BCP 47 codes: a new one is a new data file, so this is no closed list.

use std::fmt;

/// The languages that the project itself speaks: its pages, answers, terms and queries.
pub const SPOKEN: [&str; 3] = ["en", "es", "fr"];

/// A primary language code in lower case, `es` for instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang(String);

impl Lang {
    /// The language of `code`, or `None` if that is no two- or three-letter code.
    pub fn new(code: &str) -> Option<Self> {
        let fits = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphabetic());
        fits.then(|| Self(code.to_ascii_lowercase()))
    }
    /// The code, as RDF language tags and file names use it.
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Lang {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::new(&code).ok_or_else(|| serde::de::Error::custom(format!("`{code}` is no language code such as `es`")))
    }
}
