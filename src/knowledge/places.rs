//! The places of countries that reports name without any noun beside them: `data/places/*.toml`.
//!
//! They are no part of the authority: a place of the list is described only where a report names it.
//!
//!     [ken]
//!     names = ["Mombasa", "Kilifi", "Murang'a|Muranga"]
//!     shared = ["Coast"]

use super::authority::Authority;
use super::files;
use super::words::folded_words;
use crate::model::id::{resource, slug};
use oxigraph::model::NamedNode;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// What parts the names of one place.
const OR: char = '|';

/// The places of countries, in the order of their files.
#[derive(Debug, Default)]
pub struct Places(Vec<Place>);

/// A place of a country, by one of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its country.
    pub country: NamedNode,
    /// The place, called after its country and the first of its names.
    pub iri: NamedNode,
    /// The words of the name, folded.
    pub words: Vec<String>,
    /// Whether other things are called so too, so that the name counts only in a series with other places.
    pub shared: bool,
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
        let mut places = Vec::new();
        let mut seen = FxHashMap::default();
        for (file, bytes) in files {
            add(&file, bytes.as_ref(), authority, &mut places, &mut seen)?;
        }
        Ok(Self(places))
    }

    /// The places by their names; one that has several names stands here several times.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.0.iter()
    }
}

/// The files and lines in which names stand, by country and words.
type Seen = FxHashMap<(NamedNode, Vec<String>), (String, usize)>;

fn add(file: &str, bytes: &[u8], authority: &Authority, places: &mut Vec<Place>, seen: &mut Seen) -> Result<(), PlacesError> {
    let error = |line: Option<usize>, message: String| PlacesError { file: file.to_owned(), line, message };
    let text = std::str::from_utf8(bytes).map_err(|e| error(None, e.to_string()))?;
    let countries: BTreeMap<Spanned<String>, Listed> = toml::from_str(text).map_err(|e| error(None, e.to_string()))?;
    let breaks: Vec<usize> = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
    let line = |at: usize| breaks.partition_point(|end| *end < at) + 1;
    for (code, listed) in countries {
        let (at, code) = (code.span().start, code.into_inner());
        let country = resource("country", &code);
        if authority.entity(country.as_ref()).is_none() {
            let hint = "hint: a table is called by the three letters of ISO 3166-1 in lower case: `ken`";
            return Err(error(Some(line(at)), format!("no country has the code `{code}`\n{hint}")));
        }
        let shared = listed.shared.iter().map(|names| (names, true));
        for (names, shared) in listed.names.iter().map(|names| (names, false)).chain(shared) {
            let here = line(names.span().start);
            let each = || names.get_ref().split(OR).map(str::trim);
            let iri = resource("place", &format!("{code}-{}", slug(each().next().unwrap_or_default())));
            for name in each() {
                if !name.starts_with(char::is_uppercase) {
                    let hint = "hint: a name begins with a capital; several names of one place are parted by `|`";
                    return Err(error(Some(here), format!("`{name}` is no name of a place\n{hint}")));
                }
                let words = folded_words(name);
                if let Some((first, at)) = seen.insert((country.clone(), words.clone()), (file.to_owned(), here)) {
                    let hint = "hint: a place stands once, with all its names in one string, parted by `|`";
                    let first = files::place(&first);
                    return Err(error(
                        Some(here),
                        format!("`{name}` of `{code}` stands in `{first}`, line {at}, already\n{hint}"),
                    ));
                }
                places.push(Place { country: country.clone(), iri: iri.clone(), words, shared });
            }
        }
    }
    Ok(())
}
