//! The places of countries that reports name without any noun beside them: `data/places/*.toml`.
//!
//! They are no part of the authority: a place of the list is described only where a report names it.
//!
//! ```toml
//! [ken]
//! names = ["Mombasa", "Kilifi", "Murang'a|Muranga"]
//! shared = ["Coast"]
//! ```

use super::authority::Authority;
use super::files;
use super::words::folded_words;
use crate::model::id::{resource, slug};
use oxigraph::model::NamedNode;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;

/// What parts the names of one place.
const OR: char = '|';

/// The places of countries, by the codes of the countries.
#[derive(Debug, Default)]
pub struct Places(BTreeMap<String, Vec<Place>>);

/// A place of a country, by one of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The first of its names, which it is called after.
    pub name: String,
    /// The words of the name that is meant here, folded.
    pub words: Vec<String>,
    /// Whether other things are called so too, so that the name counts only in a series with other places.
    pub shared: bool,
    /// The file and line in which the name stands.
    at: (Arc<str>, usize),
}

impl Place {
    /// The place of the country with this code.
    pub fn iri(code: &str, name: &str) -> NamedNode {
        resource("place", &format!("{code}-{}", slug(name)))
    }
}

/// Why a list of places cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("`{place}`{}: {message}", line.map(|line| format!(", line {line}")).unwrap_or_default(), place = files::place(file))]
pub struct PlacesError {
    /// The file.
    pub file: String,
    /// The line, counted from 1; none where `message` tells it.
    pub line: Option<usize>,
    /// What is wrong, and a hint.
    pub message: String,
}

/// What a file says of a country.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    #[serde(default)]
    names: Vec<Spanned<String>>,
    #[serde(default)]
    shared: Vec<Spanned<String>>,
}

impl Places {
    /// The places that are part of the program, and those of a folder that was laid over it.
    ///
    /// # Errors
    /// The first file that is not of the right shape, names a country that `authority` does not know, or a name that its country
    /// has already.
    pub fn load(authority: &Authority) -> Result<Self, PlacesError> {
        Self::from_files(files::data("places", ".toml"), authority)
    }

    /// The same from the given files: their names and contents.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub fn from_files<B: AsRef<[u8]>>(
        files: impl IntoIterator<Item = (String, B)>,
        authority: &Authority,
    ) -> Result<Self, PlacesError> {
        let mut places = BTreeMap::new();
        for (file, bytes) in files {
            add(&file, bytes.as_ref(), authority, &mut places)?;
        }
        Ok(Self(places))
    }

    /// The codes of the countries, each with its places by their names; one that has several names stands there several times.
    pub fn countries(&self) -> impl Iterator<Item = (&str, &[Place])> {
        self.0.iter().map(|(code, places)| (code.as_str(), places.as_slice()))
    }
}

fn add(file: &str, bytes: &[u8], authority: &Authority, places: &mut BTreeMap<String, Vec<Place>>) -> Result<(), PlacesError> {
    let error = |line: Option<usize>, message: String| PlacesError { file: file.to_owned(), line, message };
    let text = std::str::from_utf8(bytes).map_err(|e| error(None, e.to_string()))?;
    let countries: BTreeMap<Spanned<String>, Listed> = toml::from_str(text).map_err(|e| error(None, e.to_string()))?;
    let breaks: Vec<usize> = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
    let line = |at: usize| breaks.partition_point(|end| *end < at) + 1;
    let this: Arc<str> = file.into();
    for (code, listed) in countries {
        let (at, code) = (code.span().start, code.into_inner());
        if authority.entity(resource("country", &code).as_ref()).is_none() {
            let hint = "hint: a table is called by the three letters of ISO 3166-1 in lower case: `ken`";
            return Err(error(Some(line(at)), format!("no country has the code `{code}`\n{hint}")));
        }
        let own = places.entry(code.clone()).or_default();
        let shared = listed.shared.iter().map(|names| (names, true));
        for (names, shared) in listed.names.iter().map(|names| (names, false)).chain(shared) {
            let here = line(names.span().start);
            let each = || names.get_ref().split(OR).map(str::trim);
            for name in each() {
                if !name.starts_with(char::is_uppercase) {
                    let hint = "hint: a name begins with a capital; several names of one place are parted by `|`";
                    return Err(error(Some(here), format!("`{name}` is no name of a place\n{hint}")));
                }
                let words = folded_words(name);
                if let Some(Place { at: (first, line), .. }) = own.iter().find(|place| place.words == words) {
                    let hint = "hint: a place stands once, with all its names in one string, parted by `|`";
                    let first = files::place(first);
                    let message = format!("`{name}` of `{code}` stands in `{first}`, line {line}, already\n{hint}");
                    return Err(error(Some(here), message));
                }
                let called = each().next().unwrap_or(name).to_owned();
                own.push(Place { name: called, words, shared, at: (Arc::clone(&this), here) });
            }
        }
    }
    Ok(())
}
