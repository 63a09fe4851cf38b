//! A word for all that makes a site what it is: the graph, the address, and the program.

use super::PublishError;
use crate::describe::Place;
use crate::knowledge::files;
use crate::model::id::content_hash;
use crate::store::{Pattern, Store};
use oxigraph::model::Quad;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// What the statements of a graph add up to, by their hashes, so that their order does not matter and none is kept.
#[derive(Default)]
pub(super) struct Sum {
    total: u128,
    count: u64,
    text: String,
}

impl Sum {
    /// That of a store.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn of(store: &dyn Store) -> Result<Self, PublishError> {
        let mut sum = Self::default();
        store.each(Pattern::default(), &mut |quad| {
            sum.add(&quad);
            Ok(())
        })?;
        Ok(sum)
    }

    /// Adds a statement.
    pub(super) fn add(&mut self, quad: &Quad) {
        self.text.clear();
        let _ = write!(self.text, "{quad}"); // to a string, which takes all that is written here
        let digest: [u8; 32] = Sha256::digest(self.text.as_bytes()).into();
        let half = digest.first_chunk().map_or(0, |half| u128::from_be_bytes(*half));
        self.total = self.total.wrapping_add(half);
        self.count += 1;
    }

    /// The word for the graph at a place.
    pub(super) fn word(&self, place: &Place) -> String {
        // Another build of the same version may have other templates.
        let program = std::env::current_exe().and_then(|file| file.metadata()).map_or(0, |file| file.len());
        content_hash(&[
            &format!("{:032x}", self.total),
            &self.count.to_string(),
            place.origin(),
            env!("CARGO_PKG_VERSION"),
            &program.to_string(),
            files::version(),
        ])
    }
}
