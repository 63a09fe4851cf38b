//! Marks in titles, and the notes that explain them: "† Program is funded by the Government of Mexico."

use super::RowOf;
use crate::extract::reader::Reader;
use crate::knowledge::table::{MarkSpec, MarkValue};
use crate::knowledge::words::words;
use crate::model::claim::{Evidence, Identity, Mention, MentionId, Name, NameKind, Object};
use crate::model::id::{fold, resource};
use crate::model::vocab::class;
use oxigraph::model::NamedNode;

/// Stands for the country in what its government is called.
const COUNTRY: &str = "{country}";

/// What the marks in the title say, by the notes that explain them.
pub(super) fn read(reader: &mut Reader<'_>, row: &RowOf<'_>, bearers: &[MentionId]) {
    let report = reader.report;
    let answer = &report.answers[row.at];
    let Some(notes) = answer.row.as_ref().map(|r| &r.notes) else { return };
    let lang = &report.language;
    for mark in row.title.marks.chars() {
        let Some(note) = notes.iter().find(|note| note.text().starts_with(mark)) else { continue };
        let words = fold(note.text());
        let means = |m: &&MarkSpec| {
            m.note.get(lang).into_iter().flatten().any(|p| regex::Regex::new(p).is_ok_and(|p| p.is_match(&words)))
        };
        for spec in row.table.marks.iter().filter(means) {
            let MarkValue::Government = spec.value;
            let whole = 0..answer.question.text().len();
            let Some(evidence) = reader.evidence(Some(row.at), &answer.question, whole) else { continue };
            let from = reader.evidence(Some(row.at), note, 0..note.text().len());
            let of = country_in(reader, note.text());
            let government = government(reader, of, from.clone().unwrap_or_else(|| evidence.clone()));
            // A mark says what holds of the table's things, not of a body that a row is about as well.
            let of_table = |id: &&MentionId| row.table.class.as_ref().is_none_or(|c| c.0.as_ref() == reader.class_of(**id));
            let marked: Vec<MentionId> = bearers.iter().filter(of_table).copied().collect();
            for id in &marked {
                let object = Object::Mention(government);
                reader.say(*id, &spec.property.0, object.clone(), evidence.clone(), "footnote-mark", 0.95);
                if let Some(from) = &from {
                    reader.say(*id, &spec.property.0, object, from.clone(), "footnote-mark", 0.95);
                }
            }
        }
    }
}

/// The country whose government a note names: the report's own, unless another is named alone, as in a report on a territory.
fn country_in(reader: &Reader<'_>, note: &str) -> NamedNode {
    const LONGEST: usize = 6;
    let authority = reader.tools.authority;
    let own = &reader.report.country;
    let words = words(note);
    let country = |name: &str| {
        let folded = fold(name).split_whitespace().collect::<Vec<_>>().join(" ");
        let is_country = |iri: &&NamedNode| authority.entity(iri.as_ref()).is_some_and(|k| k.is(class::COUNTRY));
        authority.by_name(&folded).iter().find(is_country).cloned()
    };
    // The longest name that begins at a word.
    let from = |at: usize| {
        let ends = (at..words.len().min(at + LONGEST)).rev();
        let mut names = ends.filter_map(|end| note.get(words[at].range.start..words[end].range.end));
        names.find_map(|name| Some(name).filter(|name| name.starts_with(char::is_uppercase)).and_then(&country))
    };
    let named: Vec<NamedNode> = (0..words.len()).filter_map(from).collect();
    named.first().filter(|_| !named.contains(own)).unwrap_or(own).clone()
}

/// The government of a country, named as a note names it.
fn government(reader: &mut Reader<'_>, country: NamedNode, evidence: Evidence) -> MentionId {
    let code = country.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    let known = resource("organization", &format!("{code}-government"));
    if reader.tools.authority.entity(known.as_ref()).is_some() {
        return reader.fixed_at(known, class::GOVERNMENT_BODY, evidence);
    }
    let label = reader.tools.authority.label(country.as_ref(), &reader.report.language).unwrap_or(&code);
    let called = reader.tools.lexicon.rows.government.as_deref().unwrap_or(COUNTRY);
    let name = Name {
        text: called.replace(COUNTRY, label),
        lang: Some(reader.report.language.clone()),
        kind: NameKind::Name,
        evidence: evidence.clone(),
    };
    let country = Some(country);
    reader.push(Mention {
        class: class::GOVERNMENT_BODY.into_owned(),
        names: vec![name],
        identity: Identity::New,
        country,
        evidence,
    })
}
