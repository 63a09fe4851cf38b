//! Names of things: slugs and resource IRIs, the same whatever order the reports arrive in.

use super::vocab::BASE;
use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A slug is cut here, at a word, and ends in a hash of the whole name.
const LONGEST_SLUG: usize = 72;

/// Lower case without accents: the form in which names are compared. Length in bytes may change.
pub fn fold(text: &str) -> String {
    // Most words are plain, and a report is compared with the words of forms and lexicons many thousand times.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// A name as part of an IRI: lower-case ASCII, digits and single hyphens. A long one is cut at a word and made unique by
/// a hash of the whole. A name without any such character becomes its hash.
pub fn slug(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let whole = words.join("-");
    if !whole.is_empty() && whole.len() <= LONGEST_SLUG && words_cover(&folded) {
        return whole;
    }
    let hash = &content_hash(&[&folded])[..8];
    let mut cut = String::new();
    for word in words {
        if cut.len() + word.len() > LONGEST_SLUG {
            break;
        }
        cut.push_str(word);
        cut.push('-');
    }
    cut + hash
}

/// Whether no letter of a folded name is lost in its slug: other scripts keep a hash, so that two names never meet.
fn words_cover(folded: &str) -> bool {
    folded.chars().all(|c| c.is_ascii() || !c.is_alphanumeric())
}

/// `{base}id/{kind}/{slug}`. `kind` and `slug` are taken as they are: give them what [`slug`] returns.
pub fn resource(kind: &str, slug: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}id/{kind}/{slug}"))
}

/// SHA-256 of the parts, each ended by a zero byte, in lower-case hexadecimal.
pub fn content_hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize())
}

/// SHA-256 of bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}"); // writing to a string cannot fail
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii_and_stable() {
        assert_eq!(slug("Secretaría del Trabajo y Previsión Social"), "secretaria-del-trabajo-y-prevision-social");
        let long =
            slug("Comisión Intersecretarial para Prevenir, Sancionar y Erradicar los Delitos en Materia de Trata de Personas");
        assert!(long.len() <= LONGEST_SLUG + 9 && long.starts_with("comision-intersecretarial-para-prevenir"), "{long}");
        assert_ne!(slug("Министерство труда"), slug("Министерство юстиции"));
        assert!(!slug("…").is_empty());
    }
}
