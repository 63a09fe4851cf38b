//! Tokens: who may write through the server, and what. The settings hold their digests, never the tokens.

use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

/// What the holder of a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Right {
    /// Make decisions about what was read.
    Review,
    /// Change graphs, by SPARQL Update and the Graph Store Protocol.
    Update,
    /// Everything.
    Admin,
}

impl Right {
    /// Its name in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Update => "update",
            Self::Admin => "admin",
        }
    }
}

/// A token that the settings name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// Who holds it, as the log is to say.
    pub name: String,
    /// The SHA-256 digest of the token, in lower-case hexadecimal digits.
    pub sha256: String,
    /// What its holder may do.
    pub rights: Vec<Right>,
}

impl Token {
    /// What is wrong with an entry of the settings, if anything is.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let digits = self.sha256.len() == 64 && self.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if self.name.trim().is_empty() {
            Some("`name` is empty")
        } else if !digits {
            Some("`sha256` is no digest of 64 hexadecimal digits in lower case")
        } else if self.rights.is_empty() {
            Some("`rights` is empty")
        } else {
            None
        }
    }
    /// Whether its holder may do something.
    pub fn may(&self, right: Right) -> bool {
        self.rights.iter().any(|own| *own == right || *own == Right::Admin)
    }
}

/// Bytes as hexadecimal digits in lower case.
pub fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The digest by which the settings know a token.
pub fn digest(token: &str) -> String {
    hexadecimal(&Sha256::digest(token.as_bytes()))
}

/// The tokens of a server. Without any, nobody may write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens(pub Vec<Token>);

impl Tokens {
    /// The entry of a token. Every entry is compared, and each in the same time, so that the time that this takes tells nothing.
    pub fn find(&self, token: &str) -> Option<&Token> {
        let digest = digest(token);
        self.0.iter().fold(
            None,
            |found, entry| {
                if bool::from(entry.sha256.as_bytes().ct_eq(digest.as_bytes())) { Some(entry) } else { found }
            },
        )
    }
}
