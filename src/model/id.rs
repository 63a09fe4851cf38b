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
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(other) = rest.bytes().position(|byte| !byte.is_ascii()) {
        folded.push_str(&rest[..other]);
        let mut others = rest[other..].chars();
        match others.next().map(without_accent) {
            Some(Some(plain)) => folded.push(plain),
            _ => return fold_any(text),
        }
        rest = others.as_str();
    }
    folded.push_str(rest);
    folded.make_ascii_lowercase();
    folded
}

/// The same for any text.
fn fold_any(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// A character that [`fold_any`] turns into a single one, for those that are usual in the languages of reports.
fn without_accent(c: char) -> Option<char> {
    Some(match c {
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        'À'..='Å' | 'à'..='å' => 'a',
        'Ç' | 'ç' => 'c',
        'È'..='Ë' | 'è'..='ë' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' => 'i',
        'Ñ' | 'ñ' => 'n',
        'Ò'..='Ö' | 'ò'..='ö' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' => 'u',
        'Ý' | 'ý' | 'ÿ' => 'y',
        '«' | '»' | '¿' | '¡' | '–' | '—' | '‘' | '’' | '“' | '”' | '•' => c,
        _ => return None,
    })
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
    let mut iri = String::new();
    write_resource(&mut iri, kind, &[slug]);
    NamedNode::new_unchecked(iri)
}

/// The same behind what a text holds already; the parts of the slug stand behind each other.
pub fn write_resource(text: &mut String, kind: &str, slug: &[&str]) {
    for part in [BASE, "id/", kind, "/"].iter().chain(slug) {
        text.push_str(part);
    }
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
    hex(&digest(bytes))
}

/// SHA-256 of bytes.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    // Each claim has such a name: the digits are looked up, and not formatted.
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_characters_are_folded_as_any() {
        let mut usual = 0;
        for c in '\0'..='\u{FFFF}' {
            if let Some(plain) = without_accent(c) {
                assert_eq!(fold_any(&c.to_string()), plain.to_string(), "{c}");
                usual += usize::from(!c.is_ascii());
            }
        }
        assert!(usual > 50, "{usual}");
        assert_eq!(fold("Prévention à l’œuvre – ½"), fold_any("Prévention à l’œuvre – ½"));
    }

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
