//! What things are called, in the reader's language or the nearest to it.

use super::texts;
use crate::model::vocab::{self, BASE, xsd};
use oxigraph::model::{NamedNode, Term};

/// A name in a language; the language is empty where it is not known.
pub type Label = (String, String);

/// The label for a reader of `lang`: in that language, else in English, Spanish or French, else any.
pub fn best<'a>(labels: &'a [Label], lang: &str) -> Option<&'a Label> {
    let of = |wanted: &str| labels.iter().find(|(code, _)| code.split('-').next() == Some(wanted));
    of(lang).or_else(|| texts::LANGUAGES.iter().find_map(|(code, _)| of(code))).or_else(|| labels.first())
}

/// A resource under its best label, with the label's language, or under its short name where it has none.
pub fn named(iri: &NamedNode, labels: &[Label], lang: &str) -> (String, Option<String>) {
    match best(labels, lang) {
        Some((code, text)) => (text.clone(), Some(code.clone())),
        None => (short(iri), None),
    }
}

/// Any term in words, with their language where it is known; `labels` are those of the resource, if it is one.
pub fn shown(term: &Term, labels: &[Label], lang: &str) -> (String, Option<String>) {
    match term {
        Term::NamedNode(iri) => named(iri, labels, lang),
        Term::Literal(literal) if literal.datatype() == xsd::BOOLEAN => {
            let key = if matches!(literal.value(), "true" | "1") { "yes" } else { "no" };
            (texts::text(key, lang).to_owned(), None)
        }
        Term::Literal(literal) => (literal.value().to_owned(), literal.language().map(str::to_owned)),
        Term::BlankNode(node) => (node.to_string(), None),
    }
}

/// The name of a resource without a label: the last part of its address here, `prefix:local` elsewhere.
pub fn short(iri: &NamedNode) -> String {
    match iri.as_str().strip_prefix(BASE) {
        Some(rest) if rest.starts_with("id/") => rest.rsplit('/').next().unwrap_or(rest).to_owned(),
        _ => vocab::compact(iri.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_fall_back_to_another_language() {
        let labels = [("de".to_owned(), "Mexiko".to_owned()), ("es".to_owned(), "México".to_owned())];
        assert_eq!(best(&labels, "es").map(|l| l.1.as_str()), Some("México"));
        assert_eq!(best(&labels, "fr").map(|l| l.1.as_str()), Some("México"));
        assert_eq!(best(&labels[..1], "fr").map(|l| l.1.as_str()), Some("Mexiko"));
    }
}
