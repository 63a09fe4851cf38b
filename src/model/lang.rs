//! Languages, as two- or three-letter BCP 47 codes: a new one is a new data file, so this is no closed list.

use std::fmt;

/// The languages that the project itself speaks: its pages, answers, terms and queries.
pub const SPOKEN: [&str; 3] = ["en", "es", "fr"];

/// A primary language code in lower case, `es` for instance. Each name that a report has carries one: it is kept in place, with zeros
/// behind a short one, and so takes its place in the order of codes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang([u8; LONGEST]);

/// A code has so many letters at most.
const LONGEST: usize = 3;

impl Lang {
    /// The language of `code`, or `None` if that is no two- or three-letter code.
    pub fn new(code: &str) -> Option<Self> {
        let fits = (2..=LONGEST).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphabetic());
        fits.then(|| {
            let mut letters = [0; LONGEST];
            letters.iter_mut().zip(code.bytes()).for_each(|(letter, byte)| *letter = byte.to_ascii_lowercase());
            Self(letters)
        })
    }
    /// The code, as RDF language tags and file names use it.
    pub fn code(&self) -> &str {
        let length = self.0.iter().position(|letter| *letter == 0).unwrap_or(LONGEST);
        std::str::from_utf8(&self.0[..length]).unwrap_or_default()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Lang {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::new(&code).ok_or_else(|| serde::de::Error::custom(format!("`{code}` is no language code such as `es`")))
    }
}
