//! New IRIs, from class, country and name alone, so that no order of reports changes them.

use crate::knowledge::telling;
use crate::model::claim::{Name, NameKind};
use crate::model::id::{resource, slug};
use crate::model::report::Report;
use crate::model::vocab::{class, skos};
use oxigraph::model::{NamedNode, NamedNodeRef};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// The folder of a class's resources: `id/programme/…`.
fn kind(class: NamedNodeRef<'_>) -> &'static str {
    const KINDS: &[(NamedNodeRef<'static>, &str)] = &[
        (class::COUNTRY, "country"),
        (class::PROGRAMME, "programme"),
        (class::POLICY, "policy"),
        (class::OPERATIONAL_PROTOCOL, "protocol"),
        (class::LEGAL_INSTRUMENT, "instrument"),
        (class::TRAINING_ACTIVITY, "training"),
        (class::MEETING, "meeting"),
        (class::PLACE, "place"),
        (class::REPORT, "document"),
        (skos::CONCEPT, "concept"),
    ];
    KINDS.iter().find(|(c, _)| *c == class).map_or("organization", |(_, kind)| kind)
}

/// The IRIs that a report's new things were given, with the full names under which each is spoken of.
#[derive(Default)]
pub(super) struct Minted(FxHashMap<NamedNode, BTreeSet<String>>);

impl Minted {
    /// The IRI of something new. A programme whose acronym stands for another one of the report, by their full names, is known by its
    /// own. `country` prefixes the slug of what each country has its own of.
    pub(super) fn mint(&mut self, class: &NamedNode, names: &[&Name], country: Option<&NamedNode>, report: &Report) -> NamedNode {
        let iri = mint(class, names, country, report);
        if class.as_ref() != class::PROGRAMME {
            return iri;
        }
        let own: Vec<&Name> = names.iter().filter(|n| n.kind == NameKind::Name).copied().collect();
        let full: BTreeSet<String> = own.iter().map(|n| telling::words(&n.text).join(" ")).collect();
        let others = self.0.get(&iri).is_some_and(|known| telling::are_unlike(known, &full));
        let iri = if others { mint(class, &own, country, report) } else { iri };
        self.0.entry(iri.clone()).or_default().extend(full);
        iri
    }
}

/// What [`Minted::mint`] gives where no other thing has the acronym.
fn mint(class: &NamedNode, names: &[&Name], country: Option<&NamedNode>, report: &Report) -> NamedNode {
    let full = names.iter().find(|n| n.kind == NameKind::Name).or(names.first());
    // Two letters would tell too little.
    let acronym = names.iter().find(|n| n.kind == NameKind::Acronym && n.text.chars().count() > 2);
    let class = class.as_ref();
    // A programme is known by its acronym; two bodies of one country may share one.
    let name = if class == class::PROGRAMME { acronym.or(full) } else { full };
    let spelt = |text: &str| if class == class::PROGRAMME { slug(&closed(text)) } else { slug(text) };
    let name = spelt(name.map_or("unnamed", |n| n.text.as_str()));
    let prefix = match class {
        class::MEETING | class::TRAINING_ACTIVITY => Some(report.id.as_str()),
        class::REPORT => report.country.as_str().rsplit('/').next(),
        _ => country.and_then(|c| c.as_str().rsplit('/').next()),
    };
    resource(kind(class), &prefix.map_or_else(|| name.clone(), |p| format!("{p}-{name}")))
}

/// A name; if it is in capitals, with its number closed up: `MAP 16`, `MAP-16` and `MAP16` are one.
fn closed(text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut gap = None;
    for c in text.chars() {
        match gap.take() {
            Some(between) if !c.is_ascii_digit() => out.push(between),
            _ => {}
        }
        if matches!(c, ' ' | '-' | '–' | '\u{a0}') && out.ends_with(char::is_alphabetic) {
            gap = Some(c);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_close_to_its_acronym() {
        assert_eq!(closed("MAP 16"), "MAP16");
        assert_eq!(closed("MAP-16"), "MAP16");
        assert_eq!(closed("GEQIP-E"), "GEQIP-E");
        assert_eq!(closed("Phase 2"), "Phase 2");
    }
}
