//! The three lexicons have the same keys, so that no language knows less than another unseen.

use forced_labour_graph::knowledge::lexicon::{Lexicon, lexicons};
use std::collections::BTreeSet;

/// What one language has and another has not, with the reason: (language, what, reason).
const LACKING: &[(&str, &str, &str)] = &[
    ("en", "words.contractions", "English has none that stand between a preposition and a name"),
    ("en", "words.elisions", "English cuts no words before a name"),
    ("es", "words.elisions", "Spanish cuts no words"),
    ("es", "words.inside", "Spanish names are read by their capitals; lower-case words behind them are too often a sentence's"),
    ("en", "words.inside", "English names are written with capitals throughout"),
    ("es", "words.tied", "Spanish ties no participle to a name"),
    ("fr", "words.tied", "French ties no participle to a name"),
    ("es", "words.locative", "Spanish names hold places behind `en`: `el sector agrícola en México`"),
    ("es", "head mode after", "Spanish announces a name before it: `el proyecto X`"),
    ("fr", "head mode after", "French announces a name before it: `le projet X`"),
    ("es", "head leading", "Spanish adjectives stand behind the head"),
    ("fr", "head leading", "French adjectives stand behind the head"),
];

fn keys(lexicon: &Lexicon) -> BTreeSet<String> {
    let words = &lexicon.words;
    let lists = [
        ("determiners", words.determiners.len()),
        ("connectors", words.connectors.len()),
        ("and", words.and.len()),
        ("months", words.months.iter().filter(|m| !m.is_empty()).count()),
        ("own_country", words.own_country.len()),
        ("continuations", words.continuations.len()),
        ("denials", words.denials.len()),
        ("nothing", words.nothing.len()),
        ("planned", words.planned.len()),
        ("abbreviations", words.abbreviations.len()),
        ("contractions", words.contractions.len()),
        ("elisions", words.elisions.len()),
        ("inside", words.inside.len()),
        ("openers", words.openers.len()),
        ("tied", words.tied.len()),
        ("locative", words.locative.len()),
        ("genitive", words.genitive.len()),
        ("number_signs", words.number_signs.len()),
        ("currencies", words.currencies.len()),
        ("multipliers", words.multipliers.len()),
    ];
    let lists = lists.into_iter().filter(|(_, size)| *size > 0).map(|(name, _)| format!("words.{name}"));
    let slots = lexicon.slots.iter().map(|(name, kinds)| format!("slot {name} = {kinds:?}"));
    // The rules for table rows are those of the languages in which reports with such tables are written.
    let relations = lexicon
        .relations
        .iter()
        .filter(|r| r.rows.is_empty())
        .map(|r| format!("relation {} says {} of {:?}", r.id, r.property.0, r.object));
    let events = lexicon.events.iter().flat_map(|e| {
        let roles = e.roles.iter().map(move |r| format!("event {} says {} of {}", e.id, r.property.0, r.object));
        std::iter::once(format!("event {}", e.id)).chain(roles)
    });
    let heads = lexicon.heads.iter().map(|h| format!("head of {}", h.class.0));
    let modes = lexicon.heads.iter().map(|h| format!("head mode {}", format!("{:?}", h.mode).to_lowercase()));
    let leading = lexicon.heads.iter().any(|h| h.leading).then(|| "head leading".to_owned());
    let anaphors = lexicon.anaphors.iter().map(|a| format!("anaphor {}", a.class));
    lists.chain(slots).chain(relations).chain(events).chain(heads).chain(modes).chain(leading).chain(anaphors).collect()
}

#[test]
fn the_languages_have_the_same_keys() {
    let all = lexicons().unwrap();
    let codes: Vec<&str> = all.iter().map(|l| l.language.code()).collect();
    assert_eq!(codes, ["en", "es", "fr"]);
    let union: BTreeSet<String> = all.iter().flat_map(keys).collect();
    let mut found = BTreeSet::new();
    for lexicon in &all {
        for key in union.difference(&keys(lexicon)) {
            found.insert((lexicon.language.code().to_owned(), key.clone()));
        }
    }
    let said: BTreeSet<(String, String)> = LACKING.iter().map(|(l, k, _)| ((*l).to_owned(), (*k).to_owned())).collect();
    let unexplained: Vec<_> = found.difference(&said).collect();
    let outdated: Vec<_> = said.difference(&found).collect();
    assert!(unexplained.is_empty(), "without a reason: {unexplained:?}");
    assert!(outdated.is_empty(), "explained, but not so: {outdated:?}");
}
