//! Other SPARQL endpoints that queries may ask by `SERVICE`.

use super::limits::words;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Which endpoints may be asked, and for how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Services {
    /// Their addresses, as queries write them. Without any, `SERVICE` is refused.
    pub allow: Vec<String>,
    /// Whether they may be in private networks or on this machine.
    pub private: bool,
    /// How long one may take to answer.
    pub timeout: Duration,
    /// How many bytes one may answer.
    pub bytes: usize,
}

impl Default for Services {
    fn default() -> Self {
        Self { allow: Vec::new(), private: false, timeout: Duration::from_secs(5), bytes: 10 << 20 }
    }
}

/// Addresses of endpoints, parted by commas or spaces.
pub(super) fn addresses(text: &str) -> Option<Vec<String>> {
    let one = |text: &str| {
        let (scheme, rest) = text.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        // Whoever asks shows no credentials.
        (matches!(scheme, "http" | "https") && !host.is_empty() && !host.contains('@')).then(|| text.to_owned())
    };
    words(text).map(one).collect()
}
