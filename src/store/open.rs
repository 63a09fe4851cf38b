//! Opens the store that the settings name, wherever it is.

use super::{Embedded, Remote, Store, StoreError};
use crate::config::{Config, DefaultGraph, Location};

/// What a store is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To read it, beside others who do.
    Read,
    /// To write to it as well: nobody else has a folder open meanwhile.
    Write,
    /// The same, and it is made if there is none.
    Create,
}

/// Opens the store that the settings name. What names no graph sees all of them.
///
/// # Errors
/// If there is none, others have it open, or its service does not answer as it should.
pub fn open(config: &Config, access: Access) -> Result<Box<dyn Store>, StoreError> {
    open_with(config, access, DefaultGraph::Union)
}

/// The same, with what is to be seen where no graph is named.
///
/// # Errors
/// As [`open`].
pub fn open_with(config: &Config, access: Access, default: DefaultGraph) -> Result<Box<dyn Store>, StoreError> {
    Ok(match &config.store {
        Location::Service(address) => Box::new(Remote::open(address, &config.service)?.with_default_graph(default)),
        Location::Folder(path) => {
            let store = match access {
                Access::Read => Embedded::open_to_read(path)?,
                Access::Write => Embedded::open(path)?,
                Access::Create => Embedded::open_or_create(path)?,
            };
            Box::new(store.with_default_graph(default))
        }
    })
}
