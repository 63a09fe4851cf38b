//! A word for all that makes a site what it is: the graph, the address, and the program.

use super::PublishError;
use crate::describe::Place;
use crate::knowledge::files;
use crate::model::id::{content_hash, sha256};
use crate::store::{Pattern, Store};

/// The word for a graph at a place. Its statements are added up by their hashes, so that their order does not matter and none is kept.
///
/// # Errors
/// If the store cannot be read.
pub(super) fn of(store: &dyn Store, place: &Place) -> Result<String, PublishError> {
    let (mut sum, mut count) = (0_u128, 0_u64);
    store.each(Pattern::default(), &mut |quad| {
        let hash = sha256(quad.to_string().as_bytes());
        sum = sum.wrapping_add(hash.get(..32).and_then(|half| u128::from_str_radix(half, 16).ok()).unwrap_or_default());
        count += 1;
        Ok(())
    })?;
    // Another build of the same version may have other templates.
    let program = std::env::current_exe().and_then(|file| file.metadata()).map_or(0, |file| file.len());
    Ok(content_hash(&[
        &format!("{sum:032x}"),
        &count.to_string(),
        place.origin(),
        env!("CARGO_PKG_VERSION"),
        &program.to_string(),
        files::version(),
    ]))
}
