//! Tables of laws, a rule a row: "Section 3 of the Labor Code; Articles 5 and 6 of the Penal Code". Each law that is named is one
//! of the report's country.

use super::cell::plain;
use super::made::known;
use crate::extract::reader::Reader;
use crate::knowledge::words::folded_words;
use crate::model::claim::{Identity, Mention, Name, NameKind};
use crate::model::id::fold;
use crate::model::vocab::class;
use std::ops::Range;

/// A law's name has no more characters than this; what is longer is prose.
const LONGEST: usize = 160;

/// Reads one row.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) {
    let report = reader.report;
    let passage = &report.answers[at].text;
    for range in names(reader, passage.text()) {
        let Some(evidence) = reader.evidence(Some(at), passage, range.clone()) else { continue };
        let text = plain(passage.slice(range));
        let kind = class::LEGAL_INSTRUMENT.into_owned();
        let found = known(reader, &[text.as_str()], &kind);
        let identity = if found.is_empty() { Identity::New } else { Identity::Known(found) };
        let lang = Some(report.language.clone());
        let words = fold(&text);
        let names = vec![Name { text, lang, kind: NameKind::Name, evidence: evidence.clone() }];
        let mention = Mention { class: kind.clone(), names, identity, country: None, evidence };
        reader.introduce(mention, &kind, words, Some(at));
    }
}

/// Where the names of laws stand in a row's text.
fn names(reader: &Reader<'_>, text: &str) -> Vec<Range<usize>> {
    let rules = &reader.tools.rules.rows;
    let nouns = &reader.tools.lexicon.rows.laws;
    let clean = super::cell::blanked(text);
    let mut cuts: Vec<usize> =
        rules.law_breaks.iter().flat_map(|b| b.find_iter(&clean).map(|m| m.start()).collect::<Vec<_>>()).collect();
    cuts.extend([0, clean.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = Vec::new();
    for part in cuts.windows(2) {
        let words = &clean[part[0]..part[1]];
        // The first pattern that fits tells where the name stands.
        let Some(law) = rules.laws.iter().find_map(|p| p.captures(words)?.name("law")) else { continue };
        let end = |c: char| c.is_whitespace() || ".,;:–—-".contains(c);
        let name = law.as_str().trim_end_matches(end);
        let words = folded_words(name);
        // "Fourth Amendment to" has lost what it amends.
        let whole = words.last().is_some_and(|w| !reader.tools.lexicon.rows.prepositions.contains(w));
        let told = whole && words.iter().any(|w| nouns.contains(w));
        if told && name.chars().count() <= LONGEST {
            let start = part[0] + law.start();
            out.push(start..start + name.len());
        }
    }
    out
}
