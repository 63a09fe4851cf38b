//! Full text: names, acronyms, and what reports say, in the languages that have a lexicon.
//!
//! [`Index::read`] reads a store once and puts what is found into an index in memory, which knows nothing of later writes: whoever
//! keeps it makes another when the store has changed. [`Index::search`] finds the things that have the words that were typed, with
//! stems, without regard to accents, and with slips of the pen forgiven where nothing is spelt so; each thing once, with the
//! passages that say it, and with the counts of what the results can be narrowed down by.

mod asked;
mod claims;
mod facet;
mod find;
mod index;
mod read;
mod results;
pub mod shards;
mod snippet;
mod suggest;
mod text;
mod things;
pub mod told;

pub use facet::{Chosen, Facet};
pub use suggest::Suggestion;
pub use told::Results;

use crate::knowledge::lexicon::LexiconError;
use crate::names::folded;
use crate::store::{Store, StoreError};
use std::collections::HashMap;
use things::Kind;

/// Why something cannot be searched.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The words of a language cannot be read.
    #[error(transparent)]
    Words(#[from] LexiconError),
    /// The index cannot be made or read.
    #[error("the search index failed: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// The index cannot be read.
    #[error("the search index cannot be read: {0}")]
    Read(#[from] std::io::Error),
}

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// What was typed. Words in quotation marks are looked for one behind the other and as they stand; nothing else is syntax.
    pub text: &'a str,
    /// What results are narrowed down to.
    pub chosen: &'a Chosen,
    /// The number of a page of results, from 1.
    pub page: usize,
    /// How many results a page has.
    pub per_page: usize,
    /// The language of labels.
    pub lang: &'a str,
}

/// All that can be found, as the store had it.
pub struct Index {
    content: read::Content,
    inverted: index::Inverted,
    languages: text::Languages,
    accents: text::Accents,
    /// The things that bear each name, folded.
    called: HashMap<String, Vec<u32>>,
    /// The ends of names from each of their words on, folded and in order, with the thing and the place of the name.
    ends: Vec<(String, u32, u32)>,
    revision: String,
}

impl Index {
    /// Reads what can be found in a store; `revision` is a word for its state.
    ///
    /// # Errors
    /// If the store or the lexicons cannot be read, or there is no memory for the index.
    pub fn read(store: &dyn Store, revision: String) -> Result<Self, SearchError> {
        let languages = text::Languages::load()?;
        let content = read::read(store)?;
        let mut accents = text::Accents::new(languages.all.len());
        let inverted = index::Inverted::new(&content, &languages, &mut accents)?;
        let (mut called, mut ends): (HashMap<String, Vec<u32>>, Vec<_>) = Default::default();
        for (number, thing) in (0..).zip(&content.things.all).filter(|(_, thing)| thing.kind == Kind::Named) {
            for (at, name) in (0..).zip(&thing.names) {
                let folded = folded(&name.text);
                let starts = std::iter::once(0).chain(folded.match_indices(' ').map(|(space, _)| space + 1));
                ends.extend(starts.filter_map(|start| Some((folded.get(start..)?.to_owned(), number, at))));
                let bearers = called.entry(folded).or_default();
                if !bearers.contains(&number) {
                    bearers.push(number);
                }
            }
        }
        ends.sort_unstable();
        Ok(Self { content, inverted, languages, accents, called, ends, revision })
    }

    /// How many things, and how many passages of reports, can be found.
    pub fn size(&self) -> (usize, usize) {
        let named = self.content.things.all.iter().filter(|thing| thing.kind == Kind::Named).count();
        (named, self.content.passages.len())
    }

    /// The word for the state of the store that it was read from.
    pub fn revision(&self) -> &str {
        &self.revision
    }
}
