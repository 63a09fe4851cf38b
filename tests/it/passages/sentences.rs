//! Sentences as governments of many countries write them, kept as text: `sentences/LANGUAGE.txt`, and others that are
//! about one thing: which programme is meant, where the names of bodies end, what is not stated, what is planned, which projects a list has.

use super::Case;

const FILES: &[(&str, &str)] = &[
    ("en", include_str!("sentences/en.txt")),
    ("es", include_str!("sentences/es.txt")),
    ("fr", include_str!("sentences/fr.txt")),
    ("en", include_str!("sentences/antecedents.en.txt")),
    ("es", include_str!("sentences/antecedents.es.txt")),
    ("fr", include_str!("sentences/antecedents.fr.txt")),
    ("en", include_str!("sentences/unstated.en.txt")),
    ("es", include_str!("sentences/unstated.es.txt")),
    ("fr", include_str!("sentences/unstated.fr.txt")),
    ("en", include_str!("sentences/bodies.en.txt")),
    ("es", include_str!("sentences/bodies.es.txt")),
    ("fr", include_str!("sentences/bodies.fr.txt")),
    ("en", include_str!("sentences/stages.en.txt")),
    ("es", include_str!("sentences/stages.es.txt")),
    ("fr", include_str!("sentences/stages.fr.txt")),
    ("en", include_str!("sentences/projects.en.txt")),
    ("es", include_str!("sentences/projects.es.txt")),
    ("fr", include_str!("sentences/projects.fr.txt")),
];

/// The cases of all files. A line `ken: …` gives a country and a sentence, the lines below what it says (`+`) and does not say (`-`).
/// Where ` / ` stands in a sentence, a line of the source ends.
pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (lang, text) in FILES {
        let (mut says, mut does_not_say) = (Vec::new(), Vec::new());
        // From the last line up, so that a sentence finds what stands below it.
        for line in text.lines().rev().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if let Some(statement) = line.strip_prefix("+ ") {
                says.push(statement);
            } else if let Some(statement) = line.strip_prefix("- ") {
                does_not_say.push(statement);
            } else {
                let (country, text) = line.split_once(": ").expect("a country and a sentence");
                let take = |statements: &mut Vec<&'static str>| &*std::mem::take(statements).leak();
                let text = &*text.replace(" / ", "\n").leak();
                cases.push(Case { lang, country, text, says: take(&mut says), does_not_say: take(&mut does_not_say) });
            }
        }
    }
    cases
}
