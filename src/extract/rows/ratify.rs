//! The table of conventions: which are ratified, by the check marks in their rows, or else by the sentence that says all are.

use super::cell::plain;
use crate::extract::reader::Reader;
use crate::knowledge::table::{RowName, TableSpec};
use crate::model::claim::{Evidence, MentionId, Object};
use crate::model::diagnostic::Diagnostic;
use crate::model::id::{fold, resource};
use crate::model::vocab::{class, flg, skos};

/// Reads one row.
pub(super) fn read(reader: &mut Reader<'_>, table: &TableSpec, at: usize) {
    let report = reader.report;
    let answer = &report.answers[at];
    let Some(evidence) = reader.evidence(Some(at), &answer.question, 0..answer.question.text().len()) else { return };
    let title = plain(answer.question.text());
    let name = fold(&title).split_whitespace().collect::<Vec<_>>().join(" ");
    let authority = reader.tools.authority;
    let law = |iri: &&oxigraph::model::NamedNode| authority.entity(iri.as_ref()).is_some_and(|k| k.is(class::LEGAL_INSTRUMENT));
    let whole = authority.by_name(&name).iter().find(law).cloned();
    // "ILO C. 138, Minimum Age": what stands before the comma tells it.
    let begin = || title.split_once(',').and_then(|(code, _)| authority.by_name(&fold(code)).iter().find(law).cloned());
    let labels = |row: &&RowName| row.label.get(&report.language).is_some_and(|labels| labels.contains(&name));
    let told = || table.rows.iter().find(labels).map(|row| row.about.0.clone());
    let Some(instrument) = whole.or_else(begin).or_else(told) else {
        let message = format!("`{title}` is no instrument that is known; its ratification was left out");
        reader.claims.diagnostics.push(Diagnostic::warning("unknown-instrument", message).at(reader.document, evidence.span));
        return;
    };
    let all = sentence(reader);
    let checked = answer.row.as_ref().and_then(|r| r.checked);
    // A word in the place of a mark is part of what the row says.
    let word = table.checked.as_ref().and_then(|_| reader.evidence(Some(at), &answer.text, 0..answer.text.text().len()));
    let (status, mut said) = match (checked, all) {
        (Some(true), all) => ("ratified", vec![Some(evidence.clone()), all]),
        (Some(false), Some(all)) => {
            let message = "a sentence says that all conventions are ratified, but this row is not checked; the row was followed";
            let found = Diagnostic::warning("ratification-disagrees", message).at(reader.document, evidence.span);
            reader.claims.diagnostics.push(found);
            let _ = all;
            ("not-ratified", vec![Some(evidence.clone())])
        }
        (Some(false), None) => ("not-ratified", vec![Some(evidence.clone())]),
        (None, Some(all)) if answer.text.is_empty() => ("ratified", vec![Some(all)]),
        (None, _) if reader.tools.rules.nothing.as_ref().is_some_and(|rule| rule.is_match(&fold(answer.text.text()))) => {
            let message = format!("whether `{title}` is ratified is no question here: its row says `{}`", answer.text.text());
            let found = Diagnostic::note("ratification-not-asked", message).at(reader.document, evidence.span);
            reader.claims.diagnostics.push(found);
            return;
        }
        (None, _) => {
            let message = format!("whether `{title}` is ratified cannot be told: its row shows no mark that can be read");
            reader
                .claims
                .diagnostics
                .push(Diagnostic::warning("unknown-ratification", message).at(reader.document, evidence.span));
            return;
        }
    };
    said.extend(word.map(Some));
    let country = report.country.as_str().rsplit('/').next().unwrap_or_default();
    let code = instrument.as_str().rsplit('/').next().unwrap_or_default();
    let id = reader.fixed_at(resource("ratification", &format!("{country}-{code}")), class::RATIFICATION, evidence.clone());
    let of = reader.fixed_at(instrument, class::LEGAL_INSTRUMENT, evidence.clone());
    let own = reader.country;
    reader.say(id, &flg::INSTRUMENT.into_owned(), Object::Mention(of), evidence.clone(), "check-mark", 1.0);
    reader.say(id, &flg::COUNTRY.into_owned(), Object::Mention(own), evidence, "check-mark", 1.0);
    for evidence in said.into_iter().flatten() {
        state(reader, id, status, evidence, checked.is_none());
    }
}

fn state(reader: &mut Reader<'_>, id: MentionId, status: &str, evidence: Evidence, by_sentence: bool) {
    let object = reader.fixed_at(resource("ratification-status", status), skos::CONCEPT, evidence.clone());
    let method = if by_sentence { "all-ratified" } else { "check-mark" };
    reader.say(id, &flg::RATIFICATION_STATUS.into_owned(), Object::Mention(object), evidence, method, 0.95);
}

/// The sentence that says that all conventions are ratified.
fn sentence(reader: &Reader<'_>) -> Option<Evidence> {
    let rule = reader.tools.rules.rows.all_ratified.as_ref()?;
    reader.report.answers.iter().enumerate().filter(|(_, a)| a.row.is_none()).find_map(|(at, answer)| {
        let text = answer.text.text();
        // Places are kept only where folding keeps lengths: the sentence is searched in the text as it is.
        let found = rule.find(text)?;
        let start = text[..found.start()].rfind(". ").map_or(0, |i| i + 2);
        reader.evidence(Some(at), &answer.text, start..found.end())
    })
}
